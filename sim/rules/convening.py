"""Convening: when the next round of coordination can be held, and what it costs the host.

Source: seed 003, meetings (time, attendance) and circulation; model.md §3.
"""

from sim import parameters, world
from sim.compiled import compiled, entered
from sim.draws import AGENDA, uniform
from sim.rules.calendars import common_slot, free_from, mark, marked
from sim.rules.hearing import is_member
from sim.rules.queues import queued
from sim.world import World

MEETING, TALKS = parameters.MODES.index("meeting"), parameters.MODES.index("talks")
BY_ARRIVAL, BY_URGENCY = range(2)  # strategy.agenda_order; 2: as drawn
LEAST_EFFECT = 0.05  # a round that would be smaller than this share of a full one is not held


@compiled
def mode_of_round(w: World, m: int) -> int:
    """The committee meets; everybody else uses the mode chosen for the matter."""
    if w.strategy[0].structure == world.COMMITTEE:
        return MEETING
    return w.matters[m].mode


@entered
def round_cost(w: World, b: int, m: int) -> float:
    """[CON-COST] Host's hours for one full round, preparing and holding it, more where parties are to be turned to the
    whole.
    """
    return full_cost(w, m, w.briefs[b].mode)


@compiled
def full_cost(w: World, m: int, mode: int) -> float:
    """The same for a mode."""
    hours = w.modes[mode].host_hours + w.modes[mode].host_hours_party * w.matters[m].heard
    if w.matters[m].settling:
        return hours
    return hours * (1.0 + w.rules[0].persuasion_cost * w.strategy[0].persuasion)


@compiled
def convene(w: World, b: int, t: int) -> None:
    """[CON-CONVENE] Set the tick in which a prepared round is held: session, common slot, circulation, or plain
    delay.
    """
    m = w.briefs[b].matter
    mode = w.briefs[b].mode
    notice = int(w.modes[mode].delay + w.modes[mode].delay_party * w.matters[m].heard)
    if w.briefs[b].rounds == 0 and advised(w, m):
        t += int(w.rules[0].advice_wait)
    start = t + max(notice, 1)
    w.briefs[b].quorate = 0
    if w.strategy[0].structure == world.COMMITTEE and not w.matters[m].settling:
        due = session(w, t)
    elif w.modes[mode].calendar == world.COMMON:
        due = call_together(w, b, m, w.briefs[b].host, start)
    elif w.modes[mode].calendar == world.SEQUENCE:
        due = circulate(w, m, mode, t)
    else:
        due = start
    await_tick(w, b, due)


@compiled
def await_tick(w: World, b: int, due: int) -> None:
    """A brief waits for its tick, in the matter's present place; one at or after the end of the run never comes."""
    w.briefs[b].state, w.briefs[b].place = world.AWAITING, place_in_session(w, b, due)
    if due < w.totals[0].horizon:
        o = w.matters[w.briefs[b].matter].organ
        w.diary[o, due].due = queued(w.briefs, w.diary[o, due].due, b)


@compiled
def begin_settling(w: World, m: int, t: int) -> None:
    """[CON-SETTLE] The lead unit calls the others to talks before the office hears of it (N3, 自己去沟通)."""
    b = m * w.strategy[0].coordinators
    w.matters[m].settling, w.matters[m].disputed = 1, 0
    w.briefs[b].host = w.parties[w.matters[m].first].actor
    w.briefs[b].phase, w.briefs[b].rounds = world.ROUND, 0
    w.briefs[b].budget, w.briefs[b].effect, w.briefs[b].mode = 0.0, 1.0, TALKS
    w.matters[m].acting, w.matters[m].briefs_open = world.BEFORE, 1
    convene(w, b, t)


@compiled
def worth_a_round(w: World, m: int, hours: float) -> bool:
    """Whether hours shared among a matter's hosts, less what they spend on finding out, are enough for a round."""
    cost = full_cost(w, m, mode_of_round(w, m))
    kept = 1.0 - w.strategy[w.matters[m].way].investigation
    return hours * kept >= LEAST_EFFECT * cost * w.strategy[0].coordinators


@compiled
def session(w: World, t: int) -> int:
    """[CON-SESSION] The next session of the committee after tick t (M6)."""
    interval = int(w.strategy[0].committee_interval)
    return (t // interval + 1) * interval


@compiled
def in_session(w: World, b: int) -> bool:
    """Whether a brief's round is one of the committee."""
    m = w.briefs[b].matter
    return w.strategy[0].structure == world.COMMITTEE and not w.matters[m].settling and w.briefs[b].phase == world.ROUND


@compiled
def place_in_session(w: World, b: int, due: int) -> float:
    """[CON-AGENDA] Topics of a session are taken by urgency, by arrival, or as drawn; everything else by urgency (E1,
    轻重缓急).
    """
    m, order = w.briefs[b].matter, w.strategy[0].agenda_order
    if not in_session(w, b) or order == BY_URGENCY:
        return w.matters[m].place
    if order == BY_ARRIVAL:
        return w.matters[m].arose
    return uniform(w.keys[AGENDA], w.matters[m].ident, due, 0)


@compiled
def advised(w: World, m: int) -> bool:
    """Whether advisers are asked about a matter before it is decided: a weighty one, or one of strategy (M7)."""
    if w.strategy[0].advice == 0 or w.matters[m].settling or w.matters[m].acting != world.BEFORE:
        return False
    weighty = w.matters[m].importance >= w.rules[0].principal_importance
    return weighty or w.procedures[w.matters[m].procedure].kind == world.STRATEGY_LEVEL


@compiled
def call_together(w: World, b: int, m: int, u: int, start: int) -> int:
    """[CON-MEETING] A slot in which u and all parties are free, entered in every calendar; else the end of the
    window, with who can come.
    """
    due = common_slot(w, u, m, start) if start < w.totals[0].horizon else -1
    w.briefs[b].quorate = due >= 0
    if due < 0:
        return start + int(w.rules[0].slot_window)
    mark(w.calendar, u, due)
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        if is_member(w, p):
            mark(w.calendar, w.parties[p].actor, due)
    return due


@compiled
def circulate(w: World, m: int, mode: int, t: int) -> int:
    """[CON-CIRCULATE] A paper passes from one party heard to the next and waits for each to be there (B13, 传阅)."""
    due = t + int(w.modes[mode].delay)
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        if w.parties[p].heard:
            due = free_from(w, w.parties[p].actor, due + int(w.modes[mode].delay_party))
    return max(due, t + 1)


@compiled
def attends(w: World, b: int, p: int, t: int) -> bool:
    """[CON-ATTEND] Whether a round reaches a party that is heard: a meeting without a common slot goes on without those
    engaged; observers come if they can.
    """
    m, u = w.parties[p].matter, w.parties[p].actor
    if not w.parties[p].heard:
        return False
    if w.strategy[0].structure == world.COMMITTEE and not w.matters[m].settling:
        return not marked(w.away, u, t)
    if w.briefs[b].mode != MEETING or (w.briefs[b].quorate and is_member(w, p)):
        return True
    return not marked(w.calendar, u, t)


@compiled
def hours_on_the_way(w: World, m: int, p: int) -> float:
    """[CON-PLACE] Hours on the way for a member who has to come: those from outside the house, unless most are and the
    place is chosen to suit (E3b).
    """
    outside, inside = 0, 0
    for other in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        if is_member(w, other):
            if is_outside(w, w.parties[other].actor):
                outside += 1
            else:
                inside += 1
    elsewhere = w.strategy[0].venue == 1 and outside > inside
    return w.rules[0].travel_hours if is_outside(w, w.parties[p].actor) != elsewhere else 0.0


@compiled
def is_outside(w: World, u: int) -> bool:
    """Whether u is not in the house: a superior body, a peer, a subordinate unit or the public."""
    role = w.actors[u].role
    return role == world.SUPERIOR or role == world.PEER or role == world.SUBORDINATE or role == world.PUBLIC


@compiled
def put_off(w: World, b: int, m: int, t: int) -> bool:
    """[CON-FULL] A session takes so many topics; the next has to take the others."""
    o = w.matters[m].organ
    if w.diary[o, t].agenda < w.strategy[0].committee_agenda:
        w.diary[o, t].agenda += 1
        return False
    await_tick(w, b, session(w, t))
    return True
