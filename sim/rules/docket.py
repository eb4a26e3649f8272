"""The docket: cases that wait for a leader's attention, which is scarce.

Source: seed 003, B5 and B12, A1, and emergencies (leader absent: the next one); model.md §3.
"""

from sim import vocabulary, world
from sim.compiled import compiled, entered
from sim.rules.calendars import marked
from sim.rules.labelling import object_of
from sim.rules.queues import pressing, queued
from sim.rules.telling import tell
from sim.world import World


@entered
def leader_for(w: World, m: int, who: int, t: int) -> int:
    """[DOC-LEADER] Who decides: the leader in charge of the lead unit's portfolio; the principal if it is weighty.

    What was delegated stays with the leader in charge.  What pre-empts does not wait for a leader who is away: the
    next one at hand takes it.
    """
    o = w.matters[m].organ
    leader = w.actors[w.parties[w.matters[m].first].actor].portfolio
    weighty = w.matters[m].importance >= w.rules[0].principal_importance and not w.matters[m].delegated
    if leader < 0 or weighty or who == vocabulary.BY_PRINCIPAL:
        leader = w.organs[o].principal
    if who == vocabulary.BY_CHOSEN and w.matters[m].leader >= 0:
        leader = w.matters[m].leader
    if pressing(w, m) and marked(w.away, leader, t):
        roll = w.rolls[o, world.LEADER].first
        for row in range(roll, roll + w.rolls[o, world.LEADER].count):
            u = w.members[row].actor
            front = w.actors[u].post == world.PRINCIPAL or w.actors[u].post == world.IN_CHARGE
            if front and not marked(w.away, u, t):
                return u
    return leader


@compiled
def submit(w: World, m: int, who: int, hours: float, t: int) -> None:
    """[DOC-SUBMIT] A case for decision goes to a leader with all views; disputed ones, and ones nobody prepared, need
    more attention.

    Several hosts whose proposals differ have to be reconciled.
    """
    if w.matters[m].disputed:
        hours += w.rules[0].dispute_hours
        w.matters[m].escalated += 1
    if w.matters[m].rounds == 0:
        hours += w.rules[0].unprepared_hours
    elif w.strategy[0].coordinators > 1 and w.matters[m].apart > w.rules[0].contradiction_tolerance:
        hours += w.rules[0].reconciliation_hours * (w.strategy[0].coordinators - 1)
    hand_up(w, m, who, hours, t)


@compiled
def hand_up(w: World, m: int, who: int, hours: float, t: int) -> None:
    """[DOC-HAND] A case joins a leader's queue."""
    u, holder = leader_for(w, m, who, t), w.matters[m].holder
    w.matters[m].leader, w.matters[m].case_hours, w.matters[m].cased = u, hours, 1
    w.actors[u].queue, w.waiting[u] = queued(w.matters, w.actors[u].queue, m), world.LEADER_WAITS
    labels = w.matters[m].traits | object_of(w, holder, u)
    w.matters[m].labels |= labels
    tell(w, t, vocabulary.REPORTED, m, holder, u, w.matters[m].disputed, labels)
