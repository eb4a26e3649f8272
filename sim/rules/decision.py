"""Decision: a leader's scarce attention, spent on the cases that wait for it.

Source: seed 003, B5, B7, B12; model.md §3, leader attention.
"""

import math

from sim import vocabulary, world
from sim.compiled import compiled, entered
from sim.rules.calendars import marked
from sim.rules.checking import examine, mend
from sim.rules.labelling import O2, O3, TREE, object_of
from sim.rules.ledger import handle, touch
from sim.rules.moves import leave
from sim.rules.positions import estimate, mean_voice, within_band
from sim.rules.queues import pressing
from sim.rules.relations import heal, shift_work
from sim.rules.telling import tell
from sim.world import EPSILON, World

INSTRUCTIONS = 1 << vocabulary.INSTRUCTIONS


@entered
def decide(w: World, u: int, t: int) -> None:
    """[DEC-DESK] A leader's tick: what is owed to papers, then cases in order of urgency.

    An activity or absence takes the half-day; but what pre-empts reaches a leader who is engaged and not away.
    """
    engaged = marked(w.calendar, u, t)
    if engaged and marked(w.away, u, t):
        return
    hours, m = w.actors[u].capacity, w.actors[u].queue
    if not engaged:
        owed = min(w.actors[u].debt, hours)
        w.actors[u].debt -= owed
        w.actors[u].attended += owed
        hours -= owed
    while m >= 0 and hours > EPSILON:
        if w.matters[m].life == world.WITHDRAWN:
            w.actors[u].queue = w.matters[m].next
        elif engaged and not pressing(w, m):
            return
        else:
            hours -= consider(w, m, u, hours, t)
        m = w.actors[u].queue
    if m < 0 and w.actors[u].debt <= 0.0:
        w.waiting[u] = world.QUIET


@compiled
def consider(w: World, m: int, u: int, hours: float, t: int) -> float:
    """[DEC-CASE] Give a case attention; returns the hours spent."""
    spent = min(hours, w.matters[m].case_hours)
    w.matters[m].case_hours -= spent
    w.matters[m].leader_hours += spent
    w.actors[u].deciding += spent
    handle(w, m, u, t)
    touch(w, m, t)
    if w.matters[m].case_hours <= EPSILON:
        w.actors[u].queue, w.matters[m].next, w.matters[m].cased = w.matters[m].next, -1, 0
        close_case(w, m, u, t)
    return spent


@compiled
def close_case(w: World, m: int, u: int, t: int) -> None:
    """[DEC-CLOSE] A case has had its attention: approved or returned, decided or returned, or a dispute ruled on."""
    if w.matters[m].asked:
        approve(w, m, u, t)
    elif may_return(w, m) and examine(w, m, u, w.rules[0].leader_vetting, t):
        leave(w, m, world.FAILED)
    else:
        settle_case(w, m, u, t)
        leave(w, m, world.PASSED if w.matters[m].life == world.DECISION else world.RULED)


@compiled
def may_return(w: World, m: int) -> bool:
    """Whether a case may still go back for its paper: only before it is decided, and only so many times."""
    s = w.matters[m].stage
    failures = (w.matters[m].visits >> (4 * w.stages[s].place)) & 15
    return w.matters[m].life == world.DECISION and failures < w.stages[s].limit


@compiled
def approve(w: World, m: int, u: int, t: int) -> None:
    """[DEC-APPROVE] A leader signs what is laid before it, nearly always (批办); what a desk could not put right is
    settled by the leader's word; where leaders' instructions differ, among the leaders (O3).
    """
    w.matters[m].asked = 0
    labels = w.matters[m].traits | O2 | TREE
    if w.matters[m].found & INSTRUCTIONS:
        labels |= O3
    w.matters[m].labels |= labels
    if w.stages[w.matters[m].stage].who == vocabulary.BY_OFFICE:
        mend(w, m)
    elif examine(w, m, u, w.rules[0].leader_vetting, t):
        leave(w, m, world.FAILED)
        return
    tell(w, t, vocabulary.PASSES, m, u, -1, 0.0, labels)
    leave(w, m, world.PASSED)


@compiled
def settle_case(w: World, m: int, u: int, t: int) -> None:
    """[DEC-SETTLE] An agreed proposal, or an earlier ruling, is signed; otherwise the leader judges and imposes."""
    imposed = w.matters[m].disputed or (w.matters[m].rounds == 0 and not w.matters[m].ruled)
    outcome = own_judgement(w, m, u, t) if imposed else within_band(w, m, w.matters[m].paper)
    labels = w.matters[m].traits
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        labels |= object_of(w, u, w.parties[p].actor)
    w.matters[m].labels |= labels
    if imposed:
        impose(w, m, outcome, t)
    w.matters[m].paper = outcome
    if w.matters[m].life == world.DECISION:
        w.matters[m].outcome = outcome
        if w.matters[m].decided < 0:
            w.matters[m].decided = t
    tell(w, t, vocabulary.DECIDED, m, u, imposed, outcome, labels)


@compiled
def own_judgement(w: World, m: int, u: int, t: int) -> float:
    """[DEC-JUDGE] The leader's weight on the whole, on what the hosts found out, against what the parties say (B12)."""
    count = w.strategy[0].coordinators
    research = 0.0
    for b in range(m * count, (m + 1) * count):
        research += w.briefs[b].research
    whole = w.rules[0].leader_whole_weight
    if w.matters[m].delegated:
        whole *= 1.0 - w.rules[0].delegation_view_loss
    return within_band(w, m, whole * estimate(w, u, m, research, t) + (1.0 - whole) * reported_voice(w, m))


@compiled
def reported_voice(w: World, m: int) -> float:
    """[DEC-REPORT] What the leader is told the parties want: the less truthfully, the more like what the office
    proposes (M3, B12, 如实报告).
    """
    voice = mean_voice(w, m)
    if w.matters[m].rounds == 0 or math.isnan(w.matters[m].paper):
        return voice
    return voice + (1.0 - w.strategy[0].candour) * (w.matters[m].paper - voice)


@compiled
def impose(w: World, m: int, outcome: float, t: int) -> None:
    """[DEC-IMPOSE] Parties comply with an imposed outcome; those far from it hold it against the office, less if it
    is explained.  Between people a leader's talk brings them a step nearer.
    """
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        gap = abs(w.parties[p].stance - outcome)
        resentment = gap / (gap + w.rules[0].consensus_divergence + 1e-12)
        resentment *= 1.0 - w.rules[0].explanation_effect * w.strategy[0].explanation
        w.parties[p].voice = outcome
        shift_work(w, w.actors[w.parties[p].actor].office_tie, -resentment, t)
        if w.procedures[w.matters[m].procedure].people and p > w.matters[m].first:
            heal(w, w.parties[p].tie, 1.0, t)


@compiled
def adopt(w: World, m: int, t: int) -> None:
    """[DEC-ADOPT] What those concerned have agreed on, or what was asked for, stands without a leader's decision."""
    if not math.isnan(w.matters[m].outcome):
        return
    if w.matters[m].rounds > 0:
        w.matters[m].outcome = w.matters[m].paper
    else:
        w.matters[m].outcome = within_band(w, m, w.parties[w.matters[m].first].voice)
    if w.matters[m].decided < 0:
        w.matters[m].decided = t
