"""Queues: ordered by how long a matter has waited, with a head start for urgency.

The tick's fraction in the arrival time is the tie-break, so that the order in which agents act never decides who is
served.  Each queue is a linked list threaded through the records it holds; -1 ends it.

Source: seed 003, meetings (topics ordered by urgency, 轻重缓急), circulation (催办); model.md §3, activation order.
"""

from sim import vocabulary, world
from sim.compiled import compiled
from sim.world import Table, World

NOBODY = -1
# What leaders themselves ask for.
FOR_LEADERS = (vocabulary.CONTENT_NAMES.index("ad_hoc"), vocabulary.CONTENT_NAMES.index("activities"))
AHEAD = 1e6  # ticks of waiting: what pre-empts goes before anything that merely waits


@compiled
def rank(w: World, m: int) -> float:
    """[QUE-RANK] A matter's place in any queue, set when it arises: smaller is earlier (E1, 轻重缓急).

    Emergencies and tasks a leader hands out on the spot go before everything else (C2f, C2g).
    """
    place = w.matters[m].arose - w.rules[0].urgency_headstart * w.matters[m].urgency - preferred(w, m)
    place -= w.strategy[w.matters[m].way].headstart
    if w.procedures[w.matters[m].procedure].preempts:
        place -= AHEAD
    return place


@compiled
def preferred(w: World, m: int) -> float:
    """[QUE-SERVICE] Ticks of waiting that an office which serves one side first gives or takes: the grassroots'
    requests against what superiors and leaders ask for (R7, 两个服务).
    """
    role, content = w.actors[w.parties[w.matters[m].first].actor].role, w.procedures[w.matters[m].procedure].content
    ticks = w.rules[0].service_headstart * (2.0 * w.strategy[0].service - 1.0)
    if role == world.SUBORDINATE or role == world.STAFF or role == world.PUBLIC:
        return ticks
    if role == world.SUPERIOR or content in FOR_LEADERS:
        return -ticks
    return 0.0


@compiled
def pressing(w: World, m: int) -> bool:
    """Whether m pre-empts, from the start or since patience burst."""
    return w.procedures[w.matters[m].procedure].preempts or w.matters[m].burst


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


@compiled
def unqueued(records: Table, head: int, row: int) -> int:
    """The queue that starts at ``head`` without a row that is in it; returns the new head."""
    if head == row:
        return records[row].next
    last = head
    while records[last].next != row:
        last = records[last].next
    records[last].next = records[row].next
    return head


@compiled
def hasten(w: World, m: int, ticks: float) -> None:
    """[QUE-HASTEN] A matter is worth so much more waiting, in whatever queue it, its briefs or its work stand.

    A round that has been called stays as it was called.
    """
    place, count, o = w.matters[m].place - ticks, w.strategy[0].coordinators, w.matters[m].organ
    if w.matters[m].cased:
        u = w.matters[m].leader
        w.actors[u].queue = unqueued(w.matters, w.actors[u].queue, m)
        w.matters[m].place = place
        w.actors[u].queue = queued(w.matters, w.actors[u].queue, m)
    w.matters[m].place = place
    for b in range(m * count, (m + 1) * count):
        if w.briefs[b].state == world.ON_DESK:
            u = w.briefs[b].host
            w.actors[u].queue = unqueued(w.briefs, w.actors[u].queue, b)
            w.briefs[b].place = place
            w.actors[u].queue = queued(w.briefs, w.actors[u].queue, b)
        elif w.briefs[b].state == world.POOLED:
            w.organs[o].pool = unqueued(w.briefs, w.organs[o].pool, b)
            w.briefs[b].place = place
            w.organs[o].pool = queued(w.briefs, w.organs[o].pool, b)
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        if w.parties[p].queued:
            u = w.parties[p].actor
            w.actors[u].queue = unqueued(w.parties, w.actors[u].queue, p)
            w.parties[p].place = place
            w.actors[u].queue = queued(w.parties, w.actors[u].queue, p)
        else:
            w.parties[p].place = place
