"""Occasions: what takes place at a time that has to be found: papers passed round, meetings, leaders' activities, and
the answer of a superior organ.

Source: seed 003, circulation (传阅), meetings (会议时间、地点、人员), leaders' activities (领导公务活动).
"""

from sim import vocabulary, world
from sim.compiled import compiled
from sim.rules.calendars import free_from, mark, marked
from sim.rules.checking import examine
from sim.rules.convening import await_tick, call_together
from sim.rules.docket import leader_for
from sim.rules.labelling import BY_PAPER, O2, O3, TREE, object_of
from sim.rules.ledger import handle, owe, touch
from sim.rules.moves import leave
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

    A leader who is away is passed over and comes last.  A reader who keeps it too long is pressed.
    """
    start, hours = t + w.stages[s].wait, w.stages[s].hours
    due = start
    if start >= w.totals[0].horizon:
        return
    if w.stages[s].who == vocabulary.BY_PARTIES:
        for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
            due = max(due, read(w, m, s, w.parties[p].actor, start))
            owe(w, m, w.parties[p].actor, hours)
    else:
        o = w.matters[m].organ
        roll = w.rolls[o, world.LEADER].first
        for turn in range(2):
            for row in range(roll, roll + w.rolls[o, world.LEADER].count):
                u = w.members[row].actor
                absent = marked(w.away, u, start)
                if w.actors[u].post != world.SEMI_RETIRED and absent == (turn == 1):
                    due = read(w, m, s, u, due) + 1
                    owe_leader(w, m, u, hours)
    await_occasion(w, m, max(due, t + 1))


@compiled
def read(w: World, m: int, s: int, u: int, start: int) -> int:
    """[OCC-READ] When u has read a paper that reaches it at ``start``: when free, or when pressed (催办)."""
    due, every = free_from(w, u, start), w.stages[s].every
    if every > 0 and due > start + every:
        due = start + every
        w.matters[m].extra += w.rules[0].press_hours
        w.totals[0].urged += 1
        tell(w, due, vocabulary.URGED, m, -1, u, 0.0, 0)
    labels = w.matters[m].traits | BY_PAPER | object_of(w, w.organs[w.matters[m].organ].director, u)
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
        due = choose_leader(w, m, start, t)
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
def choose_leader(w: World, m: int, start: int, t: int) -> int:
    """[OCC-CHOOSE] Which leader attends, by the rule; the first who is free on the day, else the day moves (A1-A5).

    An ordinary occasion is for the leader in charge alone.  A public one is for those of the second line, then for
    others.  One of the four exceptions is for the principal, then for the leader in charge.
    """
    kind = w.matters[m].occasion
    o, charge = w.matters[m].organ, leader_for(w, m, vocabulary.BY_LEADER, t)
    chosen = charge
    if kind == world.EXCEPTIONAL_OCCASION:
        chosen = w.organs[o].principal
        if marked(w.calendar, chosen, start):
            chosen = charge
    elif kind == world.PUBLIC_OCCASION:
        roll = w.rolls[o, world.LEADER].first
        for row in range(roll, roll + w.rolls[o, world.LEADER].count):
            u = w.members[row].actor
            second = w.actors[u].post == world.SEMI_RETIRED or w.actors[u].post == world.OTHER_LEADER
            if second and not marked(w.calendar, u, start):
                chosen = u
                if w.actors[u].post == world.SEMI_RETIRED:
                    break
    due = free_from(w, chosen, start)
    if due < w.totals[0].horizon:
        mark(w.calendar, chosen, due)
    w.matters[m].leader = chosen
    return due


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
        skill = w.actors[u].skill if u >= 0 else 1.0
        if examine(w, m, u, w.rules[0].vetting * skill, t):
            leave(w, m, world.FAILED)
        else:
            tell(w, t, vocabulary.PASSES, m, u, -1, 0.0, 0)
            leave(w, m, world.PASSED)
    else:
        leave(w, m, world.PASSED)


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
    if head >= 0 and head != m and pressing(w, head):
        leave(w, m, world.FAILED)
        return
    handle(w, m, u, t)
    w.actors[u].attended += hours
    w.matters[m].leader_hours += hours
    if w.stages[s].who == vocabulary.BY_PARTIES:
        for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
            v = w.parties[p].actor
            if w.briefs[b].quorate or not marked(w.calendar, v, t):
                owe(w, m, v, hours)
                came += 1
    tell(w, t, vocabulary.ATTENDED, m, u, -1, came, 0)
    leave(w, m, world.PASSED)
