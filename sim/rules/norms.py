"""Norms of daily service: forms and published order, kept the better the more firmly they are enforced; heads who are
gone past.

Source: seed 002 ⑤ and ⑨ (申请单、不要跳过部门负责人、加强力度、慢慢就会理顺); form assumed.
"""

from sim import vocabulary
from sim.compiled import compiled
from sim.draws import BYPASS, ORDER, uniform
from sim.rules.relations import shift_trust, shift_work
from sim.rules.telling import tell
from sim.world import World

MISDIRECTED = (1 << vocabulary.SCOPE) | (1 << vocabulary.COMPLETE) | (1 << vocabulary.FORM)
FLAWS = len(vocabulary.FLAWS)


@compiled
def keep_order(w: World, m: int) -> None:
    """[NRM-KEEP] A unit that has learnt the order of services brings fewer requests to the wrong place, or
    incomplete (N5).
    """
    order = w.actors[w.parties[w.matters[m].first].actor].order
    for flaw in range(FLAWS):
        bit = 1 << flaw
        if w.matters[m].flaws & bit & MISDIRECTED:
            if uniform(w.keys[ORDER], w.matters[m].ident, 0, flaw) < order:
                w.matters[m].flaws &= ~bit
            else:
                w.totals[0].misdirected += 1


@compiled
def learn_order(w: World, m: int, found: int) -> None:
    """[NRM-LEARN] What is turned away or sent back teaches its sender, the more so the firmer the order is enforced."""
    if found & MISDIRECTED:
        u = w.parties[w.matters[m].first].actor
        w.actors[u].order += w.strategy[0].enforcement * w.rules[0].learning * (1.0 - w.actors[u].order)


@compiled
def goes_past(w: World, m: int, p: int, t: int) -> bool:
    """Whether, in tick t, a party's people would be asked past their head, who is engaged."""
    chance = uniform(w.keys[BYPASS], w.matters[m].ident, t, p - w.matters[m].first)
    return chance < w.strategy[0].bypass


@compiled
def slight(w: World, m: int, p: int, u: int, t: int) -> None:
    """[NRM-BYPASS] A head who was gone past holds it against the office: in relations and in trust (N1)."""
    k = w.actors[w.parties[p].actor].office_tie
    shift_work(w, k, -1.0, t)
    shift_trust(w, k, -1.0, t)
    w.totals[0].bypassed += 1
    tell(w, t, vocabulary.BYPASSED, m, w.parties[p].actor, u, 0.0, 0)
