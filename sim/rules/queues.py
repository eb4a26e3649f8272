"""Queues: ordered by how long a matter has waited, with a head start for urgency.

The tick's fraction in the arrival time is the tie-break, so that the order in which agents act never decides who is
served.  Each queue is a linked list threaded through the records it holds; -1 ends it.

Source: seed 003, meetings (topics ordered by urgency, 轻重缓急); model.md §3, activation order.
"""

from sim.compiled import compiled
from sim.world import Table, World

NOBODY = -1


@compiled
def rank(w: World, m: int) -> float:
    """[QUE-RANK] A matter's place in any queue, set when it arises: smaller is earlier (E1, 轻重缓急)."""
    return w.matters[m].arose - w.rules[0].urgency_headstart * w.matters[m].urgency


@compiled
def queued(records: Table, head: int, row: int) -> int:
    """The queue that starts at ``head`` with a row put in its place; returns the new head.

    ``records`` are matters, briefs or parties: whatever has a ``place`` and a ``next``.
    """
    last, here = NOBODY, head
    while here >= 0 and records[here].place <= records[row].place:
        last, here = here, records[here].next
    records[row].next = here
    if last < 0:
        return row
    records[last].next = row
    return head
