"""Authority: the prestige of an organ, and what makes those who think otherwise carry out what was decided all the
same.

Source: seed 002 二(六) (威信), 二 (民主集中制); seed 000 (取得共识，确保权威性); form assumed.
"""

from sim import world
from sim.compiled import compiled
from sim.rules.relations import shifted
from sim.world import World


@compiled
def shift_prestige(w: World, o: int, amount: float) -> None:
    """[AUT-PRESTIGE] The prestige of an organ's authority rises or falls like a tie, but does not recover by itself
    (R7).
    """
    w.organs[o].prestige = shifted(w, w.organs[o].prestige, amount)


@compiled
def gain_authority(w: World, m: int, apart: float) -> None:
    """[AUT-CONSENSUS] A document that rests on agreement lends authority, one that does not costs some (C1g): on that
    of all concerned, for those who were not asked have agreed to nothing.
    """
    content = w.rules[0].consensus_divergence
    shift_prestige(w, w.matters[m].organ, (content - apart) / (content + apart + 1e-12))


@compiled
def serve(w: World, m: int, timely: bool) -> None:
    """[AUT-SERVICE] What is done in time for the grassroots, and what is not, tells on prestige (R7, 两个服务)."""
    role = w.actors[w.parties[w.matters[m].first].actor].role
    if role == world.SUBORDINATE or role == world.STAFF or role == world.PUBLIC:
        shift_prestige(w, w.matters[m].organ, 0.5 if timely else -0.5)


@compiled
def reluctance(w: World, p: int, m: int) -> float:
    """[AUT-DISCIPLINE] Share of a party's disagreement that shows in its work: less under an authority with prestige,
    and less for those who were heard before it was decided (R0, 民主集中制).
    """
    share = 1.0 - w.rules[0].prestige_effect * w.organs[w.matters[m].organ].prestige
    if w.parties[p].listened:
        share *= 1.0 - w.organs[w.matters[m].organ].discipline
    return share
