"""Leaders' activities: which leader attends what, on which day, and what may come of an invitation past the office.

Source: seed 003, leaders' activities: a rule, flexibility, ready communication (建立制度、灵活掌握、勤于沟通).
"""

from sim import vocabulary, world
from sim.compiled import compiled
from sim.draws import INVITE, uniform
from sim.rules.calendars import free_from, mark, marked
from sim.rules.docket import leader_for
from sim.rules.telling import tell
from sim.world import World


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
