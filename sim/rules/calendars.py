"""Calendars: a bit per person and half-day.  A common slot is found, not assumed.

Source: seed 003, meetings (time, place, attendance) and leaders' activities; model.md §3.
"""

import numpy as np

from sim.compiled import compiled
from sim.rules.hearing import is_member
from sim.world import World

_ONE = np.uint64(1)


@compiled
def marked(bits: np.ndarray, u: int, t: int) -> bool:
    """Whether u's bit for tick t is set."""
    return (bits[u, t >> 6] >> np.uint64(t & 63)) & _ONE != np.uint64(0)


@compiled
def mark(bits: np.ndarray, u: int, t: int) -> None:
    """Set u's bit for tick t."""
    bits[u, t >> 6] |= _ONE << np.uint64(t & 63)


@compiled
def common_slot(w: World, u: int, m: int, start: int) -> int:
    """[CAL-COMMON] First tick from ``start`` on in which u and all members are free; -1 if none in the window."""
    end = start + int(w.rules[0].slot_window)
    for word in range(start >> 6, (end >> 6) + 1):
        engaged = w.calendar[u, word]
        for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
            if is_member(w, p):
                engaged |= w.calendar[w.parties[p].actor, word]
        for t in range(max(start, word << 6), min(end, (word + 1) << 6)):
            if (engaged >> np.uint64(t & 63)) & _ONE == np.uint64(0):
                return t
    return -1


@compiled
def free_from(w: World, u: int, start: int) -> int:
    """[CAL-FREE] First tick from ``start`` on in which u is free, or the end of the window."""
    end = start + int(w.rules[0].slot_window)
    t = start
    while t < end and (t >> 6) < w.calendar.shape[1] and marked(w.calendar, u, t):
        t += 1
    return t
