"""Rounds: the host proposes, the parties hear it, and it is seen what that has brought.

Source: seed 002 三(三), consultation again and again (反复商榷); model.md §3.
"""

import math

from sim import vocabulary, world
from sim.compiled import compiled, entered
from sim.draws import ESTIMATE, uniform
from sim.rules.briefs import desk_work
from sim.rules.convening import MEETING, attends, convene, hours_on_the_way, in_session, put_off, round_cost
from sim.rules.coordination import prepare
from sim.rules.hearing import is_member
from sim.rules.labelling import COGNITION, labels_of, object_of
from sim.rules.ledger import handle, owe, touch
from sim.rules.moves import leave
from sim.rules.norms import goes_past, slight
from sim.rules.occasions import take_place
from sim.rules.positions import spoken_divergence
from sim.rules.proposals import propose
from sim.rules.qualities import able
from sim.rules.relations import reconciled
from sim.rules.reports import AGREED, UNRESOLVED, end_brief
from sim.rules.telling import tell
from sim.world import World


@entered
def hold(w: World, b: int, t: int) -> None:
    """[COO-HOLD] A round is held: the host proposes, the parties that can be reached hear it and give their hours.

    What is not a round of coordination but falls due in this tick takes place.
    """
    m = w.briefs[b].matter
    if w.matters[m].life == world.WITHDRAWN:
        w.briefs[b].state = world.IDLE
        return
    if w.briefs[b].phase == world.PASSING:
        w.briefs[b].state = world.IDLE
        if w.matters[m].unclear:  # nobody has taken it: the office names one
            desk_work(w, m, world.DISPATCH, w.rules[0].intake_hours)
        else:
            leave(w, m, world.RESUMED)
        return
    if w.briefs[b].phase == world.DESK:
        take_place(w, b, m, t)
        return
    if in_session(w, b) and put_off(w, b, m, t):
        return
    propose(w, b, m, t)
    perceive(w, b, m)
    w.lists[w.totals[0].held].held = b
    w.totals[0].held += 1
    w.briefs[b].rounds += 1
    w.matters[m].rounds += 1
    handle(w, m, w.briefs[b].host, t)
    touch(w, m, t)
    if w.matters[m].settling:  # a host who is no coordinator gives a unit's hours
        owe(w, m, w.briefs[b].host, round_cost(w, b, m))
    labels = labels_of(w, m, w.briefs[b].mode)
    hours = w.modes[w.briefs[b].mode].party_hours * w.briefs[b].effect
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        reached = attends(w, b, p, t)
        if not reached and w.parties[p].heard and w.briefs[b].mode == MEETING and goes_past(w, m, p, t):
            slight(w, m, p, w.briefs[b].host, t)
            reached = True
        if reached:
            w.acts[w.totals[0].acts].brief, w.acts[w.totals[0].acts].party = b, p
            w.totals[0].acts += 1
            if w.briefs[b].mode != MEETING:
                owe(w, m, w.parties[p].actor, hours)
            elif is_member(w, p):
                owe(w, m, w.parties[p].actor, hours + hours_on_the_way(w, m, p))
            labels |= object_of(w, w.briefs[b].host, w.parties[p].actor)
    w.matters[m].labels |= labels
    tell(w, t, vocabulary.ROUND_HELD, m, w.briefs[b].host, w.briefs[b].mode, w.briefs[b].proposal, labels)


@compiled
def perceive(w: World, b: int, m: int) -> None:
    """[COO-PERCEIVE] The host takes the dispute for one of cognition or of interest, more often rightly the more it
    has found out.
    """
    host = w.briefs[b].host
    skill = able(w, host, w.actors[host].technique)
    wrong = 0.5 / math.sqrt(1.0 + w.briefs[b].research * skill / w.rules[0].investigation_half)
    right = uniform(w.keys[ESTIMATE], w.matters[m].ident, w.actors[host].ident, 1) >= wrong
    w.briefs[b].cognitive = ((w.matters[m].traits & COGNITION) != 0) == right


@entered
def conclude(w: World, b: int, t: int) -> None:
    """[COO-CONCLUDE] After a round: agreed if what is said lies close to the proposal, and the difference that may be
    reserved; else another round, or a report.
    """
    m = w.briefs[b].matter
    agreed, apart = UNRESOLVED, spoken_divergence(w, m, w.briefs[b].proposal)
    remainder = apart - w.rules[0].consensus_divergence
    if remainder <= w.strategy[w.matters[m].way].reserve and reconciled(w, m, t):
        agreed = AGREED
        w.matters[m].remainder = max(remainder, 0.0)
        if remainder > 0.0:
            tell(w, t, vocabulary.RESERVED, m, w.briefs[b].host, -1, apart, 0)
    limit = w.strategy[w.matters[m].way].self_rounds if w.matters[m].settling else w.strategy[w.matters[m].way].rounds
    if agreed == AGREED or w.briefs[b].rounds >= limit:
        end_brief(w, b, m, agreed, t)
    elif w.matters[m].settling:
        convene(w, b, t)
    else:
        prepare(w, b, m, t)
