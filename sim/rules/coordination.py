"""Coordination: what a host does with a brief, from finding out to reporting what came of it.

Study, prepare a round, convene it, hold it, see what it has brought, and go on or report.  Source: seed 002 三(三),
the general procedure (S1); model.md §3.
"""

from sim import world
from sim.compiled import compiled, entered
from sim.rules.briefs import open_stage, put_on_desk, return_budget
from sim.rules.calendars import marked
from sim.rules.closing import close
from sim.rules.convening import attends, convene, mode_of_round, round_cost
from sim.rules.docket import submit
from sim.rules.execution import EPSILON, begin, change_outcome, note_finished
from sim.rules.ledger import handle, touch
from sim.rules.positions import (
    clip,
    estimate,
    mean_voice,
    private_divergence,
    spoken_divergence,
    within_band,
)
from sim.world import World

UNRESOLVED, AGREED = range(2)  # how a brief ends
LEAST_EFFECT = 0.05  # a round that would be smaller than this share of a full one is not held


@entered
def coordinate(w: World, u: int, t: int) -> None:
    """[COO-DESK] A coordinator's tick: the tasks on the desk first, then what nobody has taken; nothing when away."""
    if marked(w.away, u, t):
        return
    hours = w.actors[u].capacity
    while hours > EPSILON:
        b = w.actors[u].queue
        if b < 0:
            b = take_from_pool(w, u)
            if b < 0:
                return
            put_on_desk(w, b, u)
        m = w.briefs[b].matter
        if w.matters[m].stage == world.WITHDRAWN:
            w.actors[u].queue, w.briefs[b].state = w.briefs[b].next, world.IDLE
        else:
            hours -= work_on_task(w, b, m, u, hours, t)


@compiled
def work_on_task(w: World, b: int, m: int, u: int, hours: float, t: int) -> float:
    """[COO-TASK] Spend hours on the task in hand; returns those spent."""
    spent = min(hours, w.briefs[b].task)
    w.briefs[b].task -= spent
    w.actors[u].coordinated += spent
    w.matters[m].host_hours += spent
    handle(w, m, u, t)
    touch(w, m, t)
    if w.briefs[b].task <= EPSILON:
        w.actors[u].queue, w.briefs[b].task = w.briefs[b].next, 0.0
        if w.briefs[b].phase == world.STUDY:
            weigh(w, b, m, t)
        else:
            convene(w, b, t)
    return spent


@compiled
def take_from_pool(w: World, u: int) -> int:
    """[COO-POOL] The first brief in the organ's pool that is not on a matter u already hosts; -1 if there is none."""
    o = w.actors[u].organ
    last, b = -1, w.organs[o].pool
    while b >= 0 and hosts(w, u, w.briefs[b].matter):
        last, b = b, w.briefs[b].next
    if b >= 0:
        if last < 0:
            w.organs[o].pool = w.briefs[b].next
        else:
            w.briefs[last].next = w.briefs[b].next
    return b


@compiled
def hosts(w: World, u: int, m: int) -> bool:
    """Whether u already hosts a brief on m."""
    count = w.strategy[0].coordinators
    for b in range(m * count, (m + 1) * count):
        if w.briefs[b].host == u:
            return True
    return False


@compiled
def weigh(w: World, b: int, m: int, t: int) -> None:
    """[COO-WEIGH] What has been found out decides whether a round is needed: always before the decision, later if
    amiss.
    """
    w.briefs[b].research += w.briefs[b].study
    w.briefs[b].study = 0.0
    if w.matters[m].acting == world.BEFORE or amiss(w, b, m, t):
        prepare(w, b, m, t)
    else:
        end_brief(w, b, m, AGREED, t)


@compiled
def amiss(w: World, b: int, m: int, t: int) -> bool:
    """[COO-AMISS] Open conflict, private divergence come to light, or an outcome that no longer meets the need (T5,
    应变).
    """
    if w.matters[m].blocked:
        return True
    if private_divergence(w, m, w.matters[m].outcome) > w.rules[0].consensus_divergence:
        return True
    needed = within_band(w, m, estimate(w, w.briefs[b].host, m, w.briefs[b].research, t))
    return abs(needed - w.matters[m].outcome) > w.rules[0].contingency_tolerance


@compiled
def prepare(w: World, b: int, m: int, t: int) -> None:
    """[COO-PREPARE] Get the next round ready, as full as the budget allows; without hours the brief ends unresolved."""
    w.briefs[b].mode = mode_of_round(w, m)
    cost = round_cost(w, b, m)
    effect = 1.0 if cost <= EPSILON else min(1.0, w.briefs[b].budget / cost)
    if effect < LEAST_EFFECT:
        end_brief(w, b, m, UNRESOLVED, t)
        return
    w.briefs[b].effect, w.briefs[b].phase, w.briefs[b].task = effect, world.ROUND, effect * cost
    w.briefs[b].budget -= effect * cost
    put_on_desk(w, b, w.briefs[b].host)


@entered
def hold(w: World, b: int, t: int) -> None:
    """[COO-HOLD] A round is held: the host proposes, the parties that can be reached hear it and give their hours."""
    m = w.briefs[b].matter
    if w.matters[m].stage == world.WITHDRAWN:
        w.briefs[b].state = world.IDLE
        return
    propose(w, b, m, t)
    w.lists[w.totals[0].held].held = b
    w.totals[0].held += 1
    w.briefs[b].rounds += 1
    w.matters[m].rounds += 1
    handle(w, m, w.briefs[b].host, t)
    touch(w, m, t)
    if w.matters[m].settling:  # a host who is no coordinator gives a unit's hours
        owe(w, m, w.briefs[b].host, round_cost(w, b, m))
    hours = w.modes[w.briefs[b].mode].party_hours * w.briefs[b].effect
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        if attends(w, b, p, t):
            w.acts[w.totals[0].acts].brief, w.acts[w.totals[0].acts].party = b, p
            w.totals[0].acts += 1
            owe(w, m, w.parties[p].actor, hours)


@compiled
def owe(w: World, m: int, u: int, hours: float) -> None:
    """[COO-OWE] A unit promises hours to a round of coordination: it gives them before its other work."""
    w.actors[u].debt += hours
    w.waiting[u] = world.UNIT_WAITS
    w.matters[m].party_hours += hours


@compiled
def propose(w: World, b: int, m: int, t: int) -> None:
    """[COO-PROPOSE] (1 - partiality) x [whole x estimate + (1 - whole) x mean voice] + partiality x the lead's
    interest.

    Held to the legal band.  A delegated coordinator sees less of the whole.  A lead unit that calls the talks itself
    starts from the mean voice, leans to its own interest by its departmentalism (本位主义), and nobody checks the
    result against the whole or the law.
    """
    voice = mean_voice(w, m)
    own = w.parties[w.matters[m].first].ideal
    if w.matters[m].settling:
        partial = w.actors[w.briefs[b].host].departmentalism
        w.briefs[b].neutral, w.briefs[b].proposal = voice, (1.0 - partial) * voice + partial * own
        return
    whole = w.strategy[0].whole_weight
    if w.matters[m].delegated:
        whole *= 1.0 - w.rules[0].delegation_view_loss
    neutral = whole * judgement(w, b, m, t) + (1.0 - whole) * voice
    partial = w.strategy[0].partiality
    w.briefs[b].neutral = within_band(w, m, neutral)
    w.briefs[b].proposal = within_band(w, m, (1.0 - partial) * neutral + partial * own)


@compiled
def judgement(w: World, b: int, m: int, t: int) -> float:
    """[COO-JUDGE] A host's estimate; in the committee several coordinators pool theirs on the same findings (M6,
    集思广益).
    """
    host = w.briefs[b].host
    if w.strategy[0].structure != world.COMMITTEE:
        return estimate(w, host, m, w.briefs[b].research, t)
    o = w.matters[m].organ
    members = min(w.strategy[0].committee_members, w.organs[o].coordinators)
    total = 0.0
    for further in range(members):
        u = w.organs[o].director + (host - w.organs[o].director + further) % w.organs[o].coordinators
        total += estimate(w, u, m, w.briefs[b].research, t)
    return clip(total / members)


@entered
def conclude(w: World, b: int, t: int) -> None:
    """[COO-CONCLUDE] After a round: agreed if what is said lies close to the proposal; else another round, or a
    report.
    """
    m = w.briefs[b].matter
    agreed = UNRESOLVED
    if spoken_divergence(w, m, w.briefs[b].proposal) <= w.rules[0].consensus_divergence:
        agreed = AGREED
    limit = w.strategy[0].self_rounds if w.matters[m].settling else w.strategy[0].rounds
    if agreed == AGREED or w.briefs[b].rounds >= limit:
        end_brief(w, b, m, agreed, t)
    elif w.matters[m].settling:
        convene(w, b, t)
    else:
        prepare(w, b, m, t)


@compiled
def end_brief(w: World, b: int, m: int, agreed: int, t: int) -> None:
    """[COO-REPORT] A brief of this stage is done; when all are, the matter moves on."""
    w.briefs[b].state = world.IDLE
    return_budget(w, m, w.briefs[b].budget)
    w.briefs[b].budget = 0.0
    w.matters[m].briefs_open -= 1
    if agreed == UNRESOLVED:
        w.matters[m].disputed = 1
    if w.matters[m].briefs_open > 0:
        return
    if w.matters[m].settling:
        after_settling(w, b, m, agreed, t)
    elif w.matters[m].acting == world.BEFORE:
        after_consulting(w, b, m, t)
    elif w.matters[m].acting == world.DURING:
        after_mending(w, m, t)
    else:
        after_review(w, m, t)


@compiled
def rounds_held(w: World, m: int) -> int:
    """Rounds that a matter's hosts have held in this stage."""
    count = w.strategy[0].coordinators
    held = 0
    for b in range(m * count, (m + 1) * count):
        held += w.briefs[b].rounds
    return held


@compiled
def joint_proposal(w: World, m: int) -> float:
    """Mean of what the hosts who held a round in this stage propose: one proposal where there is one host."""
    count = w.strategy[0].coordinators
    total, hosts_heard = 0.0, 0
    for b in range(m * count, (m + 1) * count):
        if w.briefs[b].rounds > 0:
            total += w.briefs[b].proposal
            hosts_heard += 1
    return total / hosts_heard


@compiled
def after_settling(w: World, b: int, m: int, agreed: int, t: int) -> None:
    """[COO-SETTLED] Parties that agree go to work without anybody's leave; otherwise the office steps in (N3)."""
    w.matters[m].settling = 0
    w.briefs[b].host = -1
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        w.parties[p].told_by = -1  # what the parties told each other binds nobody
    if agreed == AGREED:
        begin(w, m, w.briefs[b].proposal, t)
    else:
        open_stage(w, m, world.BEFORE, t)


@compiled
def after_consulting(w: World, b: int, m: int, t: int) -> None:
    """[COO-SUBMIT] What was prepared goes to a leader; what the committee agreed on stands as decided (M6)."""
    if w.matters[m].rounds == 0:
        w.matters[m].disputed = 0  # nobody has objected: nobody was asked
    if w.strategy[0].structure == world.COMMITTEE and w.matters[m].rounds > 0 and not w.matters[m].disputed:
        begin(w, m, w.briefs[b].proposal, t)
    else:
        submit(w, m, t)


@compiled
def after_mending(w: World, m: int, t: int) -> None:
    """[COO-MENDED] While it is carried out: an agreed change is made and work goes on; an open conflict unresolved
    goes up.
    """
    w.matters[m].watch_at = t + int(w.strategy[0].watch_interval)
    if not w.matters[m].disputed:
        if rounds_held(w, m) > 0:
            change_outcome(w, m, joint_proposal(w, m), t)
        w.matters[m].blocked = 0
    elif w.matters[m].blocked:
        submit(w, m, t)
        return
    if w.matters[m].pending == 0:
        note_finished(w, m, t)


@compiled
def after_review(w: World, m: int, t: int) -> None:
    """[COO-REVIEWED] After the work: an agreed change is made, at the price of rework; a dispute unresolved goes up."""
    if w.matters[m].disputed:
        submit(w, m, t)
        return
    if rounds_held(w, m) > 0:
        change_outcome(w, m, joint_proposal(w, m), t)
    if w.matters[m].stage == world.AFTER:
        close(w, m, t)
