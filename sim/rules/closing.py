"""After the work: review, closing, residual disputes and reopening, and what it all does to relations.

Source: seed 002 三(三), the aftermath (善后); model.md §3.
"""

from sim import world
from sim.compiled import compiled, entered
from sim.draws import RESIDUAL, uniform
from sim.rules.briefs import open_stage
from sim.rules.docket import submit
from sim.rules.execution import EPSILON, lead_turn
from sim.rules.positions import private_divergence
from sim.rules.relations import shift_work
from sim.world import World


@entered
def finish(w: World, m: int, t: int) -> None:
    """[CLO-FINISH] Nothing of a matter is queued any more: the lead's turn, then the review, then closing.

    A matter that is before a coordinator, a leader or in open conflict waits until that is over.
    """
    if w.matters[m].stage != world.DURING or w.matters[m].pending > 0:
        return
    if w.matters[m].briefs_open > 0 or w.matters[m].cased or w.matters[m].blocked:
        return
    if lead_turn(w, m, t):
        return
    if w.matters[m].left_after > EPSILON and not w.matters[m].reviewed:
        w.matters[m].stage, w.matters[m].reviewed = world.AFTER, 1
        open_stage(w, m, world.AFTER, t)
    else:
        close(w, m, t)


@compiled
def close(w: World, m: int, t: int) -> None:
    """[CLO-CLOSE] A matter is closed; what parties still hold against the outcome may bring it back (善后).

    Odds of a residual dispute are proportional to the private divergence that remains.
    """
    w.matters[m].stage, w.matters[m].closed = world.CLOSED, t
    w.matters[m].latent = private_divergence(w, m, w.matters[m].outcome)
    settle_relations(w, m, t)
    odds = w.rules[0].residual_rate * w.matters[m].latent
    back = t + int(w.rules[0].reopen_delay)
    chance = uniform(w.keys[RESIDUAL], w.matters[m].ident, w.matters[m].reopened, 0)
    possible = w.matters[m].reopened < w.rules[0].reopen_limit and back < w.totals[0].horizon
    if possible and chance < odds / (1.0 + odds):
        w.matters[m].next = w.ticks[back].reopening
        w.ticks[back].reopening = m


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
        shift_work(w, w.actors[w.parties[p].actor].office_tie, amount, t)
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
    w.matters[m].stage, w.matters[m].closed = world.AFTER, -1
    w.matters[m].acting = world.AFTER
    if w.matters[m].left_after > EPSILON:
        open_stage(w, m, world.AFTER, t)
    else:
        w.matters[m].disputed = 1
        submit(w, m, t)


@entered
def withdraw(w: World, m: int, t: int) -> None:
    """[CLO-WITHDRAW] The sponsor gives up a matter that has waited too long for a decision."""
    if w.matters[m].decided < 0:
        w.matters[m].stage = world.WITHDRAWN
