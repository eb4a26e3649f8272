"""Briefs: a coordinator's part in a matter.  One brief per matter, or several where several coordinate at once.

However many there are, together they have the same hours: the share of the effort that the strategy keeps for the
stage is divided among them.

Source: seed 002 二(五), one host or several; model.md §3.
"""

from sim import world
from sim.compiled import compiled
from sim.rules.queues import pressing, queued
from sim.world import World


@compiled
def open_briefs(w: World, m: int, life: int, share: float) -> None:
    """[BRF-OPEN] Coordination before, during or after begins: every brief starts with finding out (S1, R1).

    The investigation takes its share of the budget; taking the matter in is added before any round was held,
    unless it was taken in when it arose.
    """
    count = w.strategy[0].coordinators
    budget = take_budget(w, m, life, share) / count
    fresh = life == world.BEFORE and w.matters[m].rounds == 0 and w.strategy[0].dispatch == 0
    w.matters[m].acting, w.matters[m].disputed, w.matters[m].briefs_open = life, 0, count
    for b in range(m * count, (m + 1) * count):
        study = w.strategy[w.matters[m].way].investigation * budget
        w.briefs[b].phase, w.briefs[b].rounds = world.STUDY, 0
        w.briefs[b].study, w.briefs[b].budget, w.briefs[b].task = study, budget - study, study
        if fresh and b == m * count:
            w.briefs[b].task += w.rules[0].intake_hours
        if w.briefs[b].host < 0:
            assign(w, b, m)
        else:
            put_on_desk(w, b, w.briefs[b].host)


@compiled
def take_budget(w: World, m: int, life: int, share: float) -> float:
    """A share of the coordinators' hours left for before, during or after, which its briefs now hold."""
    if life == world.BEFORE:
        budget = share * w.matters[m].left_before
        w.matters[m].left_before -= budget
    elif life == world.DURING:
        budget = share * w.matters[m].left_during
        w.matters[m].left_during -= budget
    else:
        budget = share * w.matters[m].left_after
        w.matters[m].left_after -= budget
    return budget


@compiled
def desk_work(w: World, m: int, phase: int, hours: float) -> None:
    """[BRF-DESK] The office has a task on a matter other than coordinating its parties: its first brief carries it.

    What presses does not wait for the one who had it last: whoever is first at hand takes it.
    """
    b = m * w.strategy[0].coordinators
    w.briefs[b].phase, w.briefs[b].task = phase, hours
    if phase == world.LOOK and w.strategy[0].inspectors > 0:
        put_on_desk(w, b, inspector_for(w, m))
    elif w.briefs[b].host < 0 or pressing(w, m):
        assign(w, b, m)
    else:
        put_on_desk(w, b, w.briefs[b].host)


@compiled
def assign(w: World, b: int, m: int) -> None:
    """[BRF-ASSIGN] Who hosts: the first coordinator with hours to spare, or, if delegated, one of the portfolio's
    own (M8).

    Of the portfolio's coordinators the first with an empty desk takes it, or else the first of them.
    """
    o, chosen = w.matters[m].organ, -1
    if w.matters[m].delegated:
        lead = w.parties[w.matters[m].first].actor
        for u in range(w.organs[o].director, w.organs[o].director + w.organs[o].coordinators - inspectors_of(w, o)):
            knows = w.actors[u].portfolio == w.actors[lead].portfolio
            if knows and (chosen < 0 or (w.actors[u].queue < 0 and w.actors[chosen].queue >= 0)):
                chosen = u
    if chosen >= 0:
        put_on_desk(w, b, chosen)
    else:
        w.briefs[b].host = -1
        w.briefs[b].state, w.briefs[b].place = world.POOLED, w.matters[m].place
        w.organs[o].pool = queued(w.briefs, w.organs[o].pool, b)


@compiled
def inspectors_of(w: World, o: int) -> int:
    """How many of an organ's coordinators, the last ones, do nothing but look at work under way; one at least
    coordinates.
    """
    return min(w.strategy[0].inspectors, w.organs[o].coordinators - 1)


@compiled
def inspects(w: World, u: int) -> bool:
    """Whether u is one of these."""
    o = w.actors[u].organ
    return u >= w.organs[o].director + w.organs[o].coordinators - inspectors_of(w, o)


@compiled
def inspector_for(w: World, m: int) -> int:
    """[BRF-INSPECT] Who looks at a matter where a supervising body does (C1h, 督办机构): its inspectors in turn; an
    office of one looks itself.
    """
    o = w.matters[m].organ
    count = inspectors_of(w, o)
    if count == 0:
        return w.organs[o].director
    return w.organs[o].director + w.organs[o].coordinators - 1 - w.matters[m].ident % count


@compiled
def put_on_desk(w: World, b: int, u: int) -> None:
    """A coordinator has a task for brief b in hand."""
    w.briefs[b].host, w.briefs[b].state = u, world.ON_DESK
    w.briefs[b].place = w.matters[w.briefs[b].matter].place
    w.actors[u].queue = queued(w.briefs, w.actors[u].queue, b)


@compiled
def within_portfolio(w: World, m: int) -> bool:
    """Whether every party that has a leader in charge has the same one."""
    first = w.matters[m].first
    own = w.actors[w.parties[first].actor].portfolio
    for p in range(first + 1, first + w.matters[m].parties):
        other = w.actors[w.parties[p].actor].portfolio
        if other >= 0 and other != own:
            return False
    return own >= 0
