"""Transmission: what is passed down loses some of its content on the way, and is carried out as it was understood.

Source: seed 002 ④① and ④③ (理解目标、政策、法规; 真实地传递各种信息), 二(五) (走样); loss per level after Tullock
(1965); form assumed.
"""

from sim import vocabulary, world
from sim.compiled import compiled
from sim.draws import GARBLE, normal, uniform
from sim.rules.ledger import owe
from sim.rules.positions import clip
from sim.rules.telling import tell
from sim.world import World


@compiled
def levels_below(w: World, u: int) -> float:
    """Levels an instruction passes on its way to u: two to those below and to the public, one to all others."""
    role = w.actors[u].role
    if role == world.SUBORDINATE or role == world.STAFF or role == world.PUBLIC:
        return 2.0
    return 1.0


@compiled
def pass_down(w: World, m: int, t: int) -> None:
    """[TRA-GARBLE] Each assisting party understands what was decided with an error that grows with its distance, and
    that briefing lessens (M3).
    """
    kept = w.rules[0].garbling * (1.0 - w.rules[0].briefing_effect * w.strategy[0].briefing)
    for p in range(w.matters[m].first + 1, w.matters[m].first + w.matters[m].parties):
        error = normal(uniform(w.keys[GARBLE], w.matters[m].ident, t, p - w.matters[m].first))
        w.parties[p].misread = error * kept * levels_below(w, w.parties[p].actor)


@compiled
def brief_party(w: World, m: int, p: int, care: float) -> None:
    """[TRA-BRIEF] A party is told what goals, policies and regulations ask for: it gives the hours, and misunderstands
    less (M1).
    """
    if care <= 0.0:
        return
    removed = w.rules[0].briefing_effect * care * w.parties[p].bias
    w.parties[p].bias -= removed
    w.parties[p].stance = clip(w.parties[p].stance - removed)
    owe(w, m, w.parties[p].actor, w.rules[0].briefing_hours * care)


@compiled
def wrong_share(w: World, p: int) -> float:
    """[TRA-MISREAD] Share of a party's work that is not what was decided, as it has understood it."""
    return min(w.rules[0].misread_cost * abs(w.parties[p].misread), 1.0)


@compiled
def set_right(w: World, m: int, p: int, u: int, t: int) -> float:
    """[TRA-CLARIFY] A misreading comes to light and is put right; returns the share of the work so far that was
    wrong.
    """
    share = wrong_share(w, p)
    if share > 0.0:
        tell(w, t, vocabulary.MISREAD, m, u, w.parties[p].actor, abs(w.parties[p].misread), 0)
    w.parties[p].misread = 0.0
    return share
