"""Occasions: what takes place at a time that has to be found: papers passed round, meetings, leaders' activities, and
the answer of a superior organ.

Source: seed 003, circulation (传阅), meetings (会议时间、地点、人员), leaders' activities; seed 000, superior organs.
"""

from sim import vocabulary, world
from sim.compiled import compiled
from sim.rules.activities import attend, choose_leader, missed
from sim.rules.calendars import free_from, marked
from sim.rules.checking import ANY_FLAW, LAW, mend, scrutinise
from sim.rules.convening import await_tick, call_together, hours_on_the_way
from sim.rules.docket import leader_for
from sim.rules.hearing import is_member
from sim.rules.labelling import O2, O3, TREE, by_paper, object_of
from sim.rules.ledger import handle, owe, touch
from sim.rules.moves import leave
from sim.rules.norms import goes_past, slight
from sim.rules.queues import pressing
from sim.rules.telling import tell
from sim.world import World


@compiled
def await_occasion(w: World, m: int, due: int) -> None:
    """What takes place at a tick is waited for by the matter's first brief, as desk work, not as a round."""
    b = m * w.strategy[0].coordinators
    w.briefs[b].phase = world.DESK
    await_tick(w, b, due)


@compiled
def await_superior(w: World, m: int, s: int, t: int) -> None:
    """[OCC-AWAIT] A superior organ takes its time to answer (O1)."""
    await_occasion(w, m, t + max(w.stages[s].wait, 1))


@compiled
def circulate_paper(w: World, m: int, s: int, t: int) -> None:
    """[OCC-CIRCULATE] A paper goes to the parties side by side, or round the leaders one after the other (B13).

    A leader who is away is passed over and comes last, unless the roll is kept to (确定恰当传阅顺序).  A reader who
    keeps it too long is pressed.
    """
    start, hours = t + w.stages[s].wait, w.stages[s].hours
    due = start
    if start >= w.totals[0].horizon:
        return
    if w.stages[s].who == vocabulary.BY_PARTIES:
        for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
            due = max(due, reach_party(w, m, s, p, start, t))
            owe(w, m, w.parties[p].actor, hours)
    else:
        o = w.matters[m].organ
        roll = w.rolls[o, world.LEADER].first
        for turn in range(2):
            for row in range(roll, roll + w.rolls[o, world.LEADER].count):
                u = w.members[row].actor
                last = w.strategy[0].reading_order == 1 and marked(w.away, u, start)
                if w.actors[u].post != world.SEMI_RETIRED and last == (turn == 1):
                    due = read(w, m, s, u, due) + 1
                    owe_leader(w, m, u, hours)
    await_occasion(w, m, max(due, t + 1))


@compiled
def reach_party(w: World, m: int, s: int, p: int, start: int, t: int) -> int:
    """When a party has read a paper: when its head is free, or at once if its people are asked past the head (N1)."""
    u = w.parties[p].actor
    if marked(w.calendar, u, start) and goes_past(w, m, p, start):
        slight(w, m, p, -1, t)
        return start
    return read(w, m, s, u, start)


@compiled
def read(w: World, m: int, s: int, u: int, start: int) -> int:
    """[OCC-READ] When u has read a paper that reaches it at ``start``: when free, or when pressed (适时催办)."""
    due, every = free_from(w, u, start), w.stages[s].every
    if w.strategy[0].expediting and every > 0 and due > start + every:
        due = start + every
        w.matters[m].extra += w.rules[0].press_hours
        w.totals[0].urged += 1
        tell(w, due, vocabulary.URGED, m, -1, u, 0.0, 0)
    labels = w.matters[m].traits | by_paper(w, u) | object_of(w, w.organs[w.matters[m].organ].director, u)
    w.matters[m].labels |= labels
    tell(w, due, vocabulary.READ, m, u, -1, due, labels)
    return due


@compiled
def owe_leader(w: World, m: int, u: int, hours: float) -> None:
    """A leader owes hours to a paper, and gives them before cases."""
    w.actors[u].debt += hours
    w.waiting[u] = world.LEADER_WAITS
    w.matters[m].leader_hours += hours


@compiled
def schedule_event(w: World, m: int, s: int, t: int) -> None:
    """[OCC-SCHEDULE] A time is found for what is to take place, and entered in every calendar it needs."""
    b = m * w.strategy[0].coordinators
    start = t + max(w.stages[s].wait, 1)
    if start >= w.totals[0].horizon:
        return
    labels = w.matters[m].traits | O2 | TREE
    if w.stages[s].who == vocabulary.BY_CHOSEN:
        due = choose_leader(w, m, s, start, t)
        if w.matters[m].leader != leader_for(w, m, vocabulary.BY_LEADER, t):
            labels |= O3  # another leader stands in for the one in charge
        w.briefs[b].quorate = 1
    else:
        u = leader_for(w, m, vocabulary.BY_LEADER, t)
        w.matters[m].leader = u
        due = call_together(w, b, m, u, start)
    w.matters[m].labels |= labels
    tell(w, t, vocabulary.BOOKED, m, w.matters[m].leader, -1, due, labels)
    await_occasion(w, m, due)


@compiled
def take_place(w: World, b: int, m: int, t: int) -> None:
    """[OCC-HOLD] The time has come: a superior organ answers, a paper is back, or what was arranged takes place."""
    s = w.matters[m].stage
    w.briefs[b].state = world.IDLE
    touch(w, m, t)
    if w.stages[s].type == vocabulary.SCHEDULE:
        hold_event(w, b, m, s, t)
    elif w.stages[s].type == vocabulary.REVIEW:
        u = superior_of(w, m)
        if answers_no(w, m, u, t):
            leave(w, m, world.FAILED)
        else:
            tell(w, t, vocabulary.PASSES, m, u, -1, 0.0, 0)
            leave(w, m, world.PASSED)
    else:
        leave(w, m, world.PASSED)


@compiled
def answers_no(w: World, m: int, u: int, t: int) -> bool:
    """[OCC-ANSWER] Whether a superior organ sends a paper back: one that leads, for whatever it checks; one that
    supervises, for breaches of law; one that guides only advises, and what it finds is mended without a return (O1).
    """
    post = w.actors[u].post if u >= 0 else world.LEADING
    found = scrutinise(w, m, u, LAW if post == world.SUPERVISING else ANY_FLAW, t)
    if found and post == world.GUIDING:
        mend(w, m)
        return False
    return found


@compiled
def superior_of(w: World, m: int) -> int:
    """The superior organ among a matter's parties; -1 if there is none."""
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        if w.actors[w.parties[p].actor].role == world.SUPERIOR:
            return w.parties[p].actor
    return -1


@compiled
def hold_event(w: World, b: int, m: int, s: int, t: int) -> None:
    """[OCC-EVENT] It takes place, unless what pre-empts keeps the leader: then a time has to be found again (A5)."""
    u, hours, came = w.matters[m].leader, w.stages[s].hours, 1
    head = w.actors[u].queue
    if missed(w, m, s, u, t):
        leave(w, m, world.FAILED)
        return
    if head >= 0 and head != m and pressing(w, head):
        leave(w, m, world.FAILED)
        return
    handle(w, m, u, t)
    attend(w, m, u, hours)
    if w.matters[m].companion >= 0:
        attend(w, m, w.matters[m].companion, hours)
        came += 1
    if w.stages[s].who == vocabulary.BY_PARTIES:
        for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
            v = w.parties[p].actor
            if not is_member(w, p):
                continue
            if w.briefs[b].quorate or not marked(w.calendar, v, t):
                owe(w, m, v, hours + hours_on_the_way(w, m, p))
                came += 1
    tell(w, t, vocabulary.ATTENDED, m, u, -1, came, 0)
    leave(w, m, world.PASSED)
