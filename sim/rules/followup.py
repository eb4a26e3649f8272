"""Follow-up: looks at work under way; what lags is urged on, what departs from the norm is corrected.

Source: seed 003, follow-up of decisions and expediting (催办、督促); seed 002, promoting and corrective coordination
(促进式、纠偏式).
"""

from sim import vocabulary, world
from sim.compiled import compiled
from sim.rules.briefs import desk_work, open_briefs
from sim.rules.execution import next_look, redo
from sim.rules.labelling import CORRECTIVE, PROMOTING, object_of
from sim.rules.ledger import owe
from sim.rules.moves import note_finished
from sim.rules.positions import clip
from sim.rules.queues import hasten
from sim.rules.relations import shift_work, shifted, standing
from sim.rules.telling import tell
from sim.rules.transmission import brief_party, set_right
from sim.world import EPSILON, World

FOLLOW_UP = vocabulary.CONTENT_NAMES.index("follow_up")


@compiled
def look(w: World, m: int, t: int) -> None:
    """[FOL-LOOK] The office sets out to look at a matter being carried out, as often as its procedure says."""
    s = w.stages[w.matters[m].stage].follow
    w.matters[m].look_at = next_look(w, s, t)
    w.matters[m].briefs_open, w.matters[m].acting = 1, world.DURING
    desk_work(w, m, world.LOOK, w.stages[s].hours)


@compiled
def inspect(w: World, b: int, m: int, u: int, t: int) -> None:
    """[FOL-INSPECT] What the look shows: a gap in progress is urged on, a breach of norms corrected, or nothing.

    An inspection looks at what its unit has in hand; any other follow-up at its own matter.
    """
    w.matters[m].briefs_open = 0
    if w.strategy[0].inspectors > 0:
        w.briefs[b].host = -1  # whoever looks at work does not coordinate it
    target = m
    if w.procedures[w.matters[m].procedure].content == FOLLOW_UP:
        target = work_behind(w, m, t)
    acted = clarify(w, target, u, t)
    acted = correct(w, target, u, t) or acted
    if lagging(w, target, t):
        urge(w, target, u, t)
        if w.strategy[0].helpers:
            lend_a_hand(w, target, t)
    else:
        level(w, target, t)
        if not acted:
            looked = w.parties[w.matters[target].first].actor
            tell(w, t, vocabulary.LOOKED, m, u, looked, 0.0, w.matters[m].traits)
    if w.matters[m].pending == 0:
        note_finished(w, m)
    if w.matters[m].blocked and w.matters[m].left_during > EPSILON:
        open_briefs(w, m, world.DURING, 1.0)


@compiled
def work_behind(w: World, m: int, t: int) -> int:
    """The first of the lead unit's other matters that lags; the matter itself if none does."""
    p = w.actors[w.parties[w.matters[m].first].actor].queue
    while p >= 0:
        other = w.parties[p].matter
        if other != m and w.matters[other].life == world.DURING and lagging(w, other, t):
            return other
        p = w.parties[p].next
    return m


@compiled
def lagging(w: World, m: int, t: int) -> bool:
    """[FOL-LAG] Whether the share of the work done falls short of the share of the time that has passed (促进)."""
    return behind(w, m, t) > w.rules[0].lag_tolerance


@compiled
def behind(w: World, m: int, t: int) -> float:
    """The share of the time that has passed less the share of the work that is done; 0 where none is left."""
    done, left = 0.0, 0.0
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        done += w.parties[p].done + w.parties[p].ahead + w.parties[p].helped
        left += w.parties[p].left
    if left <= EPSILON:
        return 0.0
    span = max(w.matters[m].deadline - w.matters[m].decided, 1)
    return (t - w.matters[m].decided) / span - done / (done + left)


@compiled
def level(w: World, m: int, t: int) -> None:
    """[FOL-LEVEL] An office that would have all go at one pace holds back what is ahead, where it lets others go before
    it, instead of spurring what is behind (不能一味强调平衡).
    """
    if w.strategy[0].levelling > 0.0 and -behind(w, m, t) > w.rules[0].lag_tolerance:
        hasten(w, m, -w.rules[0].urging * w.strategy[0].levelling)


@compiled
def urge(w: World, m: int, u: int, t: int) -> None:
    """[FOL-URGE] Urged on, a matter goes before others that wait no longer (催办); those behind are guided too (M8,
    督导).
    """
    hasten(w, m, w.rules[0].urging * (1.0 - w.strategy[0].levelling))
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        if w.parties[p].left > EPSILON:
            brief_party(w, m, p, w.strategy[0].guidance)
    w.totals[0].urged += 1
    v = w.parties[w.matters[m].first].actor
    labels = w.matters[m].traits | PROMOTING | object_of(w, u, v)
    w.matters[m].labels |= labels
    tell(w, t, vocabulary.URGED, m, u, v, 0.0, labels)


@compiled
def clarify(w: World, m: int, u: int, t: int) -> bool:
    """[FOL-CLARIFY] A look at the work shows what was misread on the way down, before more is done of it."""
    acted = False
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        if w.parties[p].done > EPSILON and w.parties[p].left > EPSILON:
            wrong = set_right(w, m, p, u, t) * w.parties[p].done
            if wrong > EPSILON:
                redo(w, p, wrong)
                acted = True
    return acted


@compiled
def lend_a_hand(w: World, m: int, t: int) -> None:
    """[FOL-HELP] The named helper of the unit that is furthest behind, if it has nothing to do, takes over half of
    what is left, as far as the two stand well (N4, 人手不够).

    The helper of a unit is the first of its partners that is a department or a subordinate unit.
    """
    behind = w.matters[m].first
    most = w.parties[behind].left if w.matters[m].leading else 0.0
    for p in range(w.matters[m].first + 1, w.matters[m].first + w.matters[m].parties):
        if w.parties[p].left > most:
            behind, most = p, w.parties[p].left
    if most <= EPSILON:
        return
    u = w.parties[behind].actor
    for row in range(w.actors[u].partner_first, w.actors[u].partner_first + w.actors[u].partner_count):
        v = w.partners[row].actor
        if w.actors[v].role == world.DEPARTMENT or w.actors[v].role == world.SUBORDINATE:
            if w.waiting[v] == world.QUIET:
                hours = 0.5 * most * standing(w, w.partners[row].tie, t)
                w.parties[behind].left -= hours
                w.parties[behind].helped += hours
                owe(w, m, v, hours)
                tell(w, t, vocabulary.HELPED, m, v, u, hours, 0)
            return


@compiled
def correct(w: World, m: int, u: int, t: int) -> bool:
    """[FOL-CORRECT] A unit that complies outwardly and means something else is put right, firmly (纠偏).

    It moves part of the way and holds it against the office; the leader has to be behind it.  The less firmly it is
    done, the less of all this, and the worse the example (决不能姑息迁就).
    """
    acted, firmness = False, w.strategy[0].firmness
    leader = w.matters[m].leader
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        gap = w.matters[m].outcome - w.parties[p].stance
        if w.parties[p].left > EPSILON and abs(gap) > w.rules[0].breach_tolerance:
            v = w.parties[p].actor
            w.parties[p].stance = clip(w.parties[p].stance + w.rules[0].correction * firmness * gap)
            shift_work(w, w.actors[v].office_tie, -firmness, t)
            set_example(w, w.matters[m].organ, firmness)
            if firmness > 0.0:
                labels = w.matters[m].traits | CORRECTIVE | object_of(w, u, v)
                w.matters[m].labels |= labels
                tell(w, t, vocabulary.CORRECTED, m, u, v, gap, labels)
                acted = True
            w.totals[0].corrected += 1
    if acted and leader >= 0:
        w.actors[leader].debt += w.rules[0].correction_hours * firmness
        w.waiting[leader] = world.LEADER_WAITS
        w.matters[m].leader_hours += w.rules[0].correction_hours * firmness
    return acted


@compiled
def set_example(w: World, o: int, firmness: float) -> None:
    """[FOL-EXAMPLE] What is let pass is an example to others: the organ's discipline falls as a relation does, for
    good (姑息迁就).
    """
    w.organs[o].discipline = shifted(w, w.organs[o].discipline, firmness - 1.0)
