"""After the work: review, closing, residual disputes and reopening, and what it all does to relations.

Source: seed 002 三(三), the aftermath (善后); model.md §3.
"""

import math

from sim import vocabulary, world
from sim.compiled import compiled, entered
from sim.draws import RESIDUAL, uniform
from sim.rules.authority import serve
from sim.rules.briefs import open_briefs
from sim.rules.docket import submit
from sim.rules.duties import WORKING_RELATIONS, delimit_duties
from sim.rules.execution import file_paperwork, lead_turn
from sim.rules.ledger import handle
from sim.rules.moves import leave
from sim.rules.positions import private_divergence
from sim.rules.relations import shift_work
from sim.rules.telling import tell
from sim.world import EPSILON, World


@entered
def finish(w: World, m: int, t: int) -> None:
    """[CLO-FINISH] Nothing of a matter is queued any more: paperwork is handed in; of work carried out, the lead's
    turn comes last.

    A matter that is before a coordinator, a leader or in open conflict waits until that is over.
    """
    w.matters[m].noted = 0
    w.totals[0].finished -= 1
    if w.matters[m].pending > 0 or w.matters[m].life == world.WITHDRAWN:
        return
    if w.matters[m].life != world.DURING:
        if w.stages[w.matters[m].stage].who == vocabulary.BY_LEAD:
            u = w.parties[w.matters[m].first].actor
            handle(w, m, u, t)
            tell(w, t, vocabulary.PASSES, m, u, -1, w.parties[w.matters[m].first].done, 0)
            file_paperwork(w, m)
            leave(w, m, world.PASSED)
        return
    if w.matters[m].briefs_open > 0 or w.matters[m].cased or w.matters[m].blocked:
        return
    if not lead_turn(w, m, t):
        leave(w, m, world.PASSED)


@compiled
def close(w: World, m: int, t: int) -> None:
    """[CLO-CLOSE] A matter is closed; what parties still hold against the outcome may bring it back (善后).

    Odds of a residual dispute are proportional to the private divergence that remains.  A matter on which nothing was
    to be decided leaves nothing behind; what was neither carried out nor put in force does not come back.
    """
    w.matters[m].life, w.matters[m].closed, w.matters[m].primed = world.CLOSED, t, 0
    if math.isnan(w.matters[m].outcome):
        tell(w, t, vocabulary.CLOSES, m, -1, -1, 0.0, 0)
        return
    serve(w, m, t <= w.matters[m].deadline and not w.matters[m].burst)
    if w.procedures[w.matters[m].procedure].content == WORKING_RELATIONS and not w.matters[m].reopened:
        delimit_duties(w, m)
    w.matters[m].latent = private_divergence(w, m, w.matters[m].outcome)
    tell(w, t, vocabulary.CLOSES, m, -1, -1, w.matters[m].latent, 0)
    settle_relations(w, m, t)
    odds = w.rules[0].residual_rate * w.matters[m].latent
    back = t + int(w.rules[0].reopen_delay)
    chance = uniform(w.keys[RESIDUAL], w.matters[m].ident, w.matters[m].reopened, 0)
    lasting = w.procedures[w.matters[m].procedure].lasting
    possible = lasting and w.matters[m].reopened < w.rules[0].reopen_limit and back < w.totals[0].horizon
    if possible and chance < odds / (1.0 + odds):
        w.matters[m].next = w.ticks[back].reopening
        w.ticks[back].reopening = m


@compiled
def refuse(w: World, m: int, t: int) -> None:
    """[CLO-REFUSE] A matter is answered with a refusal, which its sponsor holds against the office."""
    w.matters[m].life, w.matters[m].closed = world.REFUSED, t
    loss = 1.0 - w.rules[0].explanation_effect * w.strategy[0].explanation
    u = w.parties[w.matters[m].first].actor
    shift_work(w, w.actors[u].office_tie, -loss, t)
    tell(w, t, vocabulary.REFUSES, m, w.matters[m].holder, u, 0.0, 0)


@compiled
def settle_relations(w: World, m: int, t: int) -> None:
    """[CLO-RELATIONS] A settlement a party can live with betters its working relations; another worsens them.

    (c - gap) / (c + gap), with c the divergence that counts as consensus: 1 at full agreement, 0 at c, towards -1.
    Explaining an outcome lessens the loss (R2).
    """
    content = w.rules[0].consensus_divergence
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        gap = abs(w.parties[p].stance - w.matters[m].outcome)
        amount = (content - gap) / (content + gap + 1e-12)
        if amount < 0.0:
            amount *= 1.0 - w.rules[0].explanation_effect * w.strategy[0].explanation
        u = w.parties[p].actor
        given_up = abs(w.matters[m].outcome - w.parties[p].ideal)
        w.actors[u].conceded += w.rules[0].memory * (given_up - w.actors[u].conceded)
        shift_work(w, w.actors[u].office_tie, amount, t)
        if p > w.matters[m].first:
            shift_work(w, w.parties[p].tie, amount, t)


@entered
def reopen(w: World, m: int, t: int) -> None:
    """[CLO-REOPEN] A residual dispute brings a closed matter back: to its coordinators if they have hours, or to a
    leader.
    """
    w.lists[w.totals[0].active].active = m
    w.totals[0].active += 1
    w.totals[0].conflicts += 1
    w.matters[m].reopened += 1
    w.matters[m].life, w.matters[m].closed = world.AFTER, -1
    w.matters[m].acting, w.matters[m].disputed = world.AFTER, 1
    tell(w, t, vocabulary.RETURNS, m, w.parties[w.matters[m].first].actor, -1, 0.0, 0)
    if w.matters[m].left_after > EPSILON:
        open_briefs(w, m, world.AFTER, 1.0)
    else:
        submit(w, m, vocabulary.BY_LEADER, w.rules[0].decision_hours, t)


@entered
def withdraw(w: World, m: int, t: int) -> None:
    """[CLO-WITHDRAW] The sponsor gives up a matter that has waited too long for a decision."""
    if w.matters[m].decided < 0 and w.matters[m].life != world.CLOSED and w.matters[m].life != world.REFUSED:
        w.matters[m].life = world.WITHDRAWN
        tell(w, t, vocabulary.WITHDRAWS, m, w.parties[w.matters[m].first].actor, -1, 0.0, 0)
