"""Telling: what happens is written into the journal, when there is one.

Source: model.md §6, everything that is counted can be read; assumed.
"""

from sim.compiled import compiled
from sim.world import World


@compiled
def tell(w: World, t: int, what: int, m: int, who: int, whom: int, value: float, labels: int) -> None:
    """[TEL-TELL] One line of the journal; one that finds no more room is counted, so that the next run can keep it."""
    if w.events.shape[0] == 0:
        return
    row = w.totals[0].events
    w.totals[0].events = row + 1
    if row < w.events.shape[0]:
        w.events[row].tick, w.events[row].what, w.events[row].matter = t, what, m
        w.events[row].stage = w.matters[m].stage
        w.events[row].who, w.events[row].whom = who, whom
        w.events[row].value, w.events[row].labels = value, labels
