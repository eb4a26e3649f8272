"""Duties: a matter that is nobody's plain duty is passed on from unit to unit, until one takes it or the office names
one; clear duties prevent it.

Source: seed 002 一(一) (推诿、扯皮), ⑥ and ⑨ (明确职权划分、职责明确); seed 000 (职责分工、总调度); form assumed.
"""

from sim import vocabulary, world
from sim.compiled import compiled
from sim.draws import DUTY, uniform
from sim.rules.convening import await_tick
from sim.rules.labelling import OVER_DUTY
from sim.rules.relations import shift_work
from sim.rules.telling import tell
from sim.world import World

NOBODYS = 2  # unclear, and passed on by everybody: the office has to name one
WORKING_RELATIONS = vocabulary.CONTENT_NAMES.index("working_relations")


@compiled
def find_unclear(w: World, m: int) -> None:
    """[DUT-UNCLEAR] Whether nobody knows whose duty a matter of several parties is, as duties now stand in its domain
    (G6, K1, M5).
    """
    clarity = w.force[w.matters[m].organ, w.matters[m].domain].clarity
    w.matters[m].unclear = w.matters[m].parties > 1 and w.matters[m].murk >= clarity


@compiled
def pass_on(w: World, m: int, t: int) -> bool:
    """[DUT-PASS] An unclear matter that a unit should now take in hand is passed on instead, by one after the other,
    the more so the more departmental they are (G3, 推诿); true if anybody did.

    Each time costs a wait and some of the goodwill between the unit and the lead; where nobody takes it, the office
    has to name one.
    """
    if not w.matters[m].unclear:
        return False
    w.matters[m].unclear = 0
    first, taker, times = w.matters[m].first, -1, 0
    for p in range(first, first + w.matters[m].parties):
        u = w.parties[p].actor
        chance = uniform(w.keys[DUTY], w.matters[m].ident, 1, p - first)
        if chance >= w.rules[0].shirking * w.actors[u].departmentalism:
            taker = u
            break
        times += 1
        shift_work(w, w.parties[p].tie, -0.5, t)
    if times == 0:
        return False
    w.matters[m].passed_on += times
    w.matters[m].handovers += times
    w.force[w.matters[m].organ, w.matters[m].domain].passed += times
    if taker < 0:
        w.matters[m].unclear = NOBODYS
    labels = w.matters[m].traits | OVER_DUTY
    w.matters[m].labels |= labels
    tell(w, t, vocabulary.PASSED_ON, m, taker, -1, times, labels)
    divide_anew(w, m, t)
    b = m * w.strategy[0].coordinators
    w.briefs[b].phase = world.PASSING
    await_tick(w, b, t + max(int(w.rules[0].passing * times), 1))
    return True


@compiled
def name_lead(w: World, m: int) -> None:
    """[DUT-NAME] It has been said who leads and who assists, so nobody passes the matter on (B10, 总调度)."""
    w.matters[m].unclear = 0


@compiled
def delimit_duties(w: World, m: int) -> None:
    """[DUT-DELIMIT] Authority has been delimited: in this domain, part of what was unclear is so no more (C4a, M5)."""
    o, d = w.matters[m].organ, w.matters[m].domain
    w.force[o, d].clarity += w.rules[0].delimitation * (1.0 - w.force[o, d].clarity)


@compiled
def divide_anew(w: World, m: int, t: int) -> None:
    """[DUT-RESTRUCTURE] Where matters are passed on too often, functions are divided anew, which takes the principal's
    time (M9, 建立或撤消机构、职能分化).
    """
    o, d, limit = w.matters[m].organ, w.matters[m].domain, w.strategy[0].restructure_after
    if limit == 0 or w.force[o, d].passed < limit:
        return
    u = w.organs[o].principal
    tell(w, t, vocabulary.RESTRUCTURED, m, u, -1, w.force[o, d].passed, 0)
    w.force[o, d].passed = 0
    w.totals[0].restructured += 1
    delimit_duties(w, m)
    w.actors[u].debt += w.rules[0].restructuring_hours
    w.waiting[u] = world.LEADER_WAITS
    w.matters[m].leader_hours += w.rules[0].restructuring_hours
