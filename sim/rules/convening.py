"""Convening: when the next round of coordination can be held, and what it costs the host.

Source: seed 003, meetings (time, attendance) and circulation; model.md §3.
"""

from sim import parameters, world
from sim.compiled import compiled
from sim.rules.calendars import common_slot, free_from, mark, marked
from sim.rules.queues import queued
from sim.world import World

MEETING = parameters.MODES.index("meeting")


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
        due = call_meeting(w, b, m, start)
    elif w.modes[mode].calendar == world.SEQUENCE:
        due = circulate(w, m, mode, t)
    else:
        due = start
    w.briefs[b].state = world.AWAITING
    if due < w.totals[0].horizon:
        o = w.matters[m].organ
        w.diary[o, due].due = queued(w.briefs, w.diary[o, due].due, b)


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
def call_meeting(w: World, b: int, m: int, start: int) -> int:
    """[CON-MEETING] A slot in which everybody is free, entered in every calendar; else the end of the window, with
    who can come.
    """
    due = common_slot(w, b, m, start) if start < w.totals[0].horizon else -1
    if due < 0:
        return start + int(w.rules[0].slot_window)
    w.briefs[b].quorate = 1
    mark(w.calendar, w.briefs[b].host, due)
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
