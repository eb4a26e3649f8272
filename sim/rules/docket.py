"""The docket: cases that wait for a leader's attention, which is scarce.

Source: seed 003, B5 and B12; model.md §3.
"""

from sim import world
from sim.compiled import compiled
from sim.rules.queues import queued
from sim.world import World


@compiled
def proposals_spread(w: World, m: int) -> float:
    """Largest difference between what a matter's hosts have proposed in this stage."""
    count = w.strategy[0].coordinators
    low, high = 1.0, 0.0
    for b in range(m * count, (m + 1) * count):
        if w.briefs[b].rounds > 0:
            low, high = min(low, w.briefs[b].proposal), max(high, w.briefs[b].proposal)
    return max(high - low, 0.0)


@compiled
def submit(w: World, m: int, t: int) -> None:
    """[DOC-SUBMIT] A case goes to a leader with all views; disputed ones, and ones nobody prepared, need more
    attention.

    The leader in charge of the lead unit's portfolio decides; what is important goes to the principal, unless it was
    delegated.  Source: seed 003, B5, B12; model.md §3.
    """
    lead = w.parties[w.matters[m].first].actor
    leader = w.actors[lead].portfolio
    weighty = w.matters[m].importance >= w.rules[0].principal_importance and not w.matters[m].delegated
    if leader < 0 or weighty:
        leader = w.organs[w.matters[m].organ].principal
    hours = w.rules[0].decision_hours
    if w.matters[m].disputed:
        hours += w.rules[0].dispute_hours
        w.matters[m].escalated += 1
    if w.matters[m].rounds == 0:
        hours += w.rules[0].unprepared_hours
    elif w.strategy[0].coordinators > 1 and proposals_spread(w, m) > w.rules[0].contradiction_tolerance:
        hours += w.rules[0].reconciliation_hours * (w.strategy[0].coordinators - 1)
    if w.matters[m].acting == world.BEFORE:
        w.matters[m].stage = world.DECISION
    w.matters[m].leader, w.matters[m].case_hours, w.matters[m].cased = leader, hours, 1
    w.actors[leader].queue, w.waiting[leader] = queued(w.matters, w.actors[leader].queue, m), world.LEADER_WAITS
