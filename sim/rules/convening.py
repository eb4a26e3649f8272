"""Convening: when the next round of coordination can be held, and what it costs the host.

Source: seed 003, meetings (time, attendance) and circulation; model.md §3.
"""

from sim import parameters, world
from sim.compiled import compiled
from sim.rules.calendars import common_slot, free_from, mark, marked
from sim.rules.queues import queued
from sim.world import World

MEETING, TALKS = parameters.MODES.index("meeting"), parameters.MODES.index("talks")
LEAST_EFFECT = 0.05  # a round that would be smaller than this share of a full one is not held


@compiled
def mode_of_round(w: World, m: int) -> int:
    """The committee meets; everybody else uses the mode chosen for the matter."""
    if w.strategy[0].structure == world.COMMITTEE:
        return MEETING
    return w.matters[m].mode


@compiled
def round_cost(w: World, b: int, m: int) -> float:
    """[CON-COST] Host's hours for one full round, preparing and holding it."""
    mode = w.briefs[b].mode
    return w.modes[mode].host_hours + w.modes[mode].host_hours_party * w.matters[m].parties


@compiled
def convene(w: World, b: int, t: int) -> None:
    """[CON-CONVENE] Set the tick in which a prepared round is held: session, common slot, circulation, or plain
    delay.
    """
    m = w.briefs[b].matter
    mode = w.briefs[b].mode
    notice = int(w.modes[mode].delay + w.modes[mode].delay_party * w.matters[m].parties)
    start = t + max(notice, 1)
    w.briefs[b].quorate = 0
    if w.strategy[0].structure == world.COMMITTEE and not w.matters[m].settling:
        due = session(w, m, t)
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
    w.briefs[b].state, w.briefs[b].place = world.AWAITING, w.matters[w.briefs[b].matter].place
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
    mode = mode_of_round(w, m)
    cost = w.modes[mode].host_hours + w.modes[mode].host_hours_party * w.matters[m].parties
    return hours * (1.0 - w.strategy[0].investigation) >= LEAST_EFFECT * cost * w.strategy[0].coordinators


@compiled
def session(w: World, m: int, t: int) -> int:
    """[CON-SESSION] The next session of the committee with room on its agenda (M6)."""
    o, interval = w.matters[m].organ, int(w.strategy[0].committee_interval)
    due = (t // interval + 1) * interval
    while due < w.totals[0].horizon and w.diary[o, due].agenda >= w.strategy[0].committee_agenda:
        due += interval
    if due < w.totals[0].horizon:
        w.diary[o, due].agenda += 1
    return due


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
        mark(w.calendar, w.parties[p].actor, due)
    return due


@compiled
def circulate(w: World, m: int, mode: int, t: int) -> int:
    """[CON-CIRCULATE] A paper passes from one party to the next and waits for each to be there (B13, 传阅)."""
    due = t + int(w.modes[mode].delay)
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        due = free_from(w, w.parties[p].actor, due + int(w.modes[mode].delay_party))
    return max(due, t + 1)


@compiled
def attends(w: World, b: int, p: int, t: int) -> bool:
    """[CON-ATTEND] Whether a round reaches a party: a meeting without a common slot goes on without those engaged."""
    m, u = w.parties[p].matter, w.parties[p].actor
    if w.strategy[0].structure == world.COMMITTEE and not w.matters[m].settling:
        return not marked(w.away, u, t)
    if w.briefs[b].mode != MEETING or w.briefs[b].quorate:
        return True
    return not marked(w.calendar, u, t)
