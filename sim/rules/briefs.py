"""Briefs: a coordinator's part in a matter.  One brief per matter, or several where several coordinate at once.

However many there are, together they have the same hours: the share of the effort that the strategy keeps for the
stage is divided among them.

Source: seed 002 二(五), one host or several; model.md §3.
"""

from sim import world
from sim.compiled import compiled
from sim.rules.queues import queued
from sim.world import World


@compiled
def open_stage(w: World, m: int, stage: int, t: int) -> None:
    """[BRF-OPEN] Coordination of a stage begins: every brief starts with finding out (S1, R1).

    The investigation takes its share of the budget; registering the matter is added once, before the decision.
    """
    count = w.strategy[0].coordinators
    budget = take_budget(w, m, stage) / count
    w.matters[m].acting, w.matters[m].disputed, w.matters[m].briefs_open = stage, 0, count
    for b in range(m * count, (m + 1) * count):
        study = w.strategy[0].investigation * budget
        w.briefs[b].phase, w.briefs[b].rounds = world.STUDY, 0
        w.briefs[b].study, w.briefs[b].budget, w.briefs[b].task = study, budget - study, study
        if stage == world.BEFORE and b == m * count:
            w.briefs[b].task += w.rules[0].intake_hours
        if w.briefs[b].host < 0:
            assign(w, b, m)
        else:
            put_on_desk(w, b, w.briefs[b].host)


@compiled
def take_budget(w: World, m: int, stage: int) -> float:
    """The coordinators' hours left for a stage, which its briefs now hold."""
    if stage == world.BEFORE:
        budget = w.matters[m].left_before
        w.matters[m].left_before = 0.0
    elif stage == world.DURING:
        budget = w.matters[m].left_during
        w.matters[m].left_during = 0.0
    else:
        budget = w.matters[m].left_after
        w.matters[m].left_after = 0.0
    return budget


@compiled
def return_budget(w: World, m: int, hours: float) -> None:
    """Hours a brief did not need go back to the stage; what is left from before the decision lapses with it."""
    if w.matters[m].acting == world.DURING:
        w.matters[m].left_during += hours
    elif w.matters[m].acting == world.AFTER:
        w.matters[m].left_after += hours


@compiled
def assign(w: World, b: int, m: int) -> None:
    """[BRF-ASSIGN] Who hosts: the first coordinator with hours to spare, or, if delegated, one of the portfolio's
    own (M8).

    Of the portfolio's coordinators the first with an empty desk takes it, or else the first of them.
    """
    o, chosen = w.matters[m].organ, -1
    if w.matters[m].delegated:
        lead = w.parties[w.matters[m].first].actor
        for u in range(w.organs[o].director, w.organs[o].director + w.organs[o].coordinators):
            knows = w.actors[u].portfolio == w.actors[lead].portfolio
            if knows and (chosen < 0 or (w.actors[u].queue < 0 and w.actors[chosen].queue >= 0)):
                chosen = u
    if chosen >= 0:
        put_on_desk(w, b, chosen)
    else:
        w.briefs[b].state = world.POOLED
        w.organs[o].pool = queued(w.briefs, w.organs[o].pool, b)


@compiled
def put_on_desk(w: World, b: int, u: int) -> None:
    """A coordinator has a task for brief b in hand."""
    w.briefs[b].host, w.briefs[b].state = u, world.ON_DESK
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
