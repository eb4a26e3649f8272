"""Occasions: what takes place at a time that has to be found: papers passed round, meetings, leaders' activities, and
the answer of a superior organ.

Source: seed 003, circulation (传阅), meetings (会议时间、地点、人员), leaders' activities (领导公务活动).
"""

from sim import vocabulary, world
from sim.compiled import compiled
from sim.draws import INVITE, uniform
from sim.rules.calendars import free_from, mark, marked
from sim.rules.checking import ANY_FLAW, LAW, mend, scrutinise
from sim.rules.convening import await_tick, call_together
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

    A leader who is away is passed over and comes last.  A reader who keeps it too long is pressed.
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
                absent = marked(w.away, u, start)
                if w.actors[u].post != world.SEMI_RETIRED and absent == (turn == 1):
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
    """[OCC-READ] When u has read a paper that reaches it at ``start``: when free, or when pressed (催办)."""
    due, every = free_from(w, u, start), w.stages[s].every
    if every > 0 and due > start + every:
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
def choose_leader(w: World, m: int, s: int, start: int, t: int) -> int:
    """[OCC-CHOOSE] Which leader attends, by the rule, and on which day: the first on which that leader is free and the
    fortnight is not full (A1, 严格控制数量).

    Without a rule everybody's invitation is for the principal, and the leader in charge keeps company (陪会).
    """
    o, charge = w.matters[m].organ, leader_for(w, m, vocabulary.BY_LEADER, t)
    chosen, w.matters[m].companion, w.matters[m].direct = w.organs[o].principal, -1, 0
    if goes_direct(w, m, s):
        w.matters[m].leader, w.matters[m].direct = chosen, 1
        return start
    if w.strategy[0].attendance_rule:
        chosen = by_the_rule(w, m, charge, start)
    elif charge != chosen:
        w.matters[m].companion = charge
    due = free_from(w, chosen, start)
    while due < w.totals[0].horizon and w.diary[o, fortnight(due)].events >= w.strategy[0].event_cap:
        due = free_from(w, chosen, fortnight(due) + world.FORTNIGHT)
    if due < w.totals[0].horizon:
        w.diary[o, fortnight(due)].events += 1
        mark(w.calendar, chosen, due)
        if w.matters[m].companion >= 0:
            mark(w.calendar, w.matters[m].companion, due)
    w.matters[m].leader = chosen
    return due


@compiled
def fortnight(t: int) -> int:
    """The first tick of the fortnight t is in."""
    return t - t % world.FORTNIGHT


@compiled
def goes_direct(w: World, m: int, s: int) -> bool:
    """[OCC-DIRECT] Whether an invitation reaches the principal past the office, which then has no say in who goes and
    when (A3); arranged anew, it comes through the office.
    """
    if (w.matters[m].visits >> (4 * w.stages[s].place)) & 15:
        return False
    return uniform(w.keys[INVITE], w.matters[m].ident, 0, 0) < w.strategy[0].direct_invitations


@compiled
def by_the_rule(w: World, m: int, charge: int, start: int) -> int:
    """[OCC-RULE] Who goes, by the rule (A1, A2, A4).

    An ordinary occasion is for the leader in charge alone, and so is a professional meeting that moves central work.  A
    public one is for those of the second line, then for others.  A visitor of rank is for the principal, a
    commemoration for the principal and then another leader, an outstanding activity for another leader; whoever is not
    free on the day is replaced by the leader in charge.
    """
    kind, o = w.matters[m].occasion, w.matters[m].organ
    principal = w.organs[o].principal
    for_principal = kind == world.VISITOR or kind == world.COMMEMORATION
    if for_principal and not marked(w.calendar, principal, start):
        return principal
    if kind == world.PUBLIC_OCCASION:
        found = free_leader(w, o, world.SEMI_RETIRED, start)
        if found >= 0:
            return found
    if kind == world.PUBLIC_OCCASION or kind == world.COMMEMORATION or kind == world.OUTSTANDING_ACTIVITY:
        found = free_leader(w, o, world.OTHER_LEADER, start)
        if found >= 0:
            return found
    return charge


@compiled
def free_leader(w: World, o: int, post: int, t: int) -> int:
    """The first leader of a post who is free in tick t; -1 if there is none."""
    roll = w.rolls[o, world.LEADER].first
    for row in range(roll, roll + w.rolls[o, world.LEADER].count):
        u = w.members[row].actor
        if w.actors[u].post == post and not marked(w.calendar, u, t):
            return u
    return -1


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
                owe(w, m, v, hours)
                came += 1
    tell(w, t, vocabulary.ATTENDED, m, u, -1, came, 0)
    leave(w, m, world.PASSED)


@compiled
def attend(w: World, m: int, u: int, hours: float) -> None:
    """A leader gives hours to what takes place."""
    w.actors[u].attended += hours
    w.matters[m].leader_hours += hours


@compiled
def missed(w: World, m: int, s: int, u: int, t: int) -> bool:
    """[OCC-MISS] Whether a leader's activity fails: what was promised past the office meets with another engagement
    (A3), or it is forgotten where nobody reminds (A5, 以免误事).
    """
    if w.stages[s].who != vocabulary.BY_CHOSEN:
        return False
    if w.matters[m].direct:
        w.matters[m].direct = 0
        if marked(w.calendar, u, t):
            w.totals[0].double_booked += 1
            tell(w, t, vocabulary.DOUBLE_BOOKED, m, u, -1, 0.0, 0)
            return True
    if w.strategy[0].reminders == 0 and uniform(w.keys[INVITE], w.matters[m].ident, t, 1) < w.rules[0].forgetting:
        tell(w, t, vocabulary.FORGOTTEN, m, u, -1, 0.0, 0)
        return True
    return False
