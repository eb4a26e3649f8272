"""Queues: ordered by how long a matter has waited, with a head start for urgency.

The tick's fraction in the arrival time is the tie-break, so that the order in which agents act never decides who is
served.  Each queue is a linked list threaded through the records it holds; -1 ends it.

Source: seed 003, meetings (topics ordered by urgency, 轻重缓急); model.md §3, activation order.
"""

from sim.compiled import compiled
from sim.world import World

NOBODY = -1


@compiled
def rank(w: World, m: int) -> float:
    """[QUE-RANK] A matter's place in any queue, set when it arises: smaller is earlier (E1, 轻重缓急)."""
    return w.matters[m].arose - w.rules[0].urgency_headstart * w.matters[m].urgency


@compiled
def with_brief(w: World, head: int, b: int) -> int:
    """The queue that starts at ``head`` with brief b put in its place; returns the new head."""
    place = w.matters[w.briefs[b].matter].place
    last, here = NOBODY, head
    while here >= 0 and w.matters[w.briefs[here].matter].place <= place:
        last, here = here, w.briefs[here].next
    w.briefs[b].next = here
    if last < 0:
        return b
    w.briefs[last].next = b
    return head


@compiled
def with_party(w: World, head: int, p: int) -> int:
    """The queue of work that starts at ``head`` with p's work put in its place; returns the new head."""
    place = w.matters[w.parties[p].matter].place
    last, here = NOBODY, head
    while here >= 0 and w.matters[w.parties[here].matter].place <= place:
        last, here = here, w.parties[here].next
    w.parties[p].next = here
    if last < 0:
        return p
    w.parties[last].next = p
    return head


@compiled
def with_matter(w: World, head: int, m: int) -> int:
    """The queue of cases that starts at ``head`` with m put in its place; returns the new head."""
    place = w.matters[m].place
    last, here = NOBODY, head
    while here >= 0 and w.matters[here].place <= place:
        last, here = here, w.matters[here].next
    w.matters[m].next = here
    if last < 0:
        return m
    w.matters[last].next = m
    return head
