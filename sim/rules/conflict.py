"""Conflict while a matter is carried out: outbreaks, cooling, and the looks that may prevent or mend them.

Source: model.md §3, execution and lateness; forms assumed.
"""

from sim import vocabulary, world
from sim.compiled import compiled, entered
from sim.draws import CHAIN, uniform, uniform_of
from sim.rules.briefs import open_briefs
from sim.rules.execution import redo, tighten
from sim.rules.followup import look
from sim.rules.labelling import CHAIN as CHAIN_LABEL
from sim.rules.moves import note_finished
from sim.rules.positions import private_divergence
from sim.rules.relations import shift_trust, shift_work, standing
from sim.rules.telling import tell
from sim.world import EPSILON, World


@entered
def oversee(w: World, m: int, t: int) -> None:
    """[CNF-OVERSEE] A tick of a decided matter under way: it stays blocked, breaks out, or is looked at."""
    if w.matters[m].life != world.DURING:
        return
    if w.matters[m].blocked:
        w.matters[m].conflict += 1
        if w.matters[m].briefs_open == 0 and not w.matters[m].cased and t >= w.matters[m].cool_at:
            cool(w, m, t)
        return
    if w.matters[m].pending > 0:
        if 0 < w.matters[m].primed <= t or uniform_of(w.matters[m].omen, t, 0) < w.matters[m].hazard:
            erupt(w, m, t)
        elif w.matters[m].briefs_open > 0 or w.matters[m].cased:
            return
        elif w.stages[w.matters[m].stage].follow >= 0 and t >= w.matters[m].look_at:
            look(w, m, t)
        elif t >= w.matters[m].watch_at and w.matters[m].left_during > EPSILON:
            open_briefs(w, m, world.DURING, 1.0)


@compiled
def erupt(w: World, m: int, t: int) -> None:
    """[CNF-ERUPT] An outbreak blocks the matter and strains its ties; coordinators step in if the strategy has kept
    hours.
    """
    w.matters[m].blocked = 1
    w.matters[m].outbreaks += 1
    w.totals[0].conflicts += 1
    w.matters[m].cool_at = t + int(w.rules[0].cooling)
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        shift_work(w, w.parties[p].tie, -1.0, t)
        shift_trust(w, w.parties[p].tie, -1.0, t)
    tighten(w, m, t)
    spread(w, m, t)
    lead = w.parties[w.matters[m].first].actor
    tell(w, t, vocabulary.ERUPTED, m, lead, -1, private_divergence(w, m, w.matters[m].outcome), 0)
    step_in(w, m)


@compiled
def step_in(w: World, m: int) -> None:
    """[CNF-STEP] Coordinators take up an open conflict that nobody deals with, if hours are left for it."""
    if w.matters[m].left_during > EPSILON and w.matters[m].briefs_open == 0 and not w.matters[m].cased:
        open_briefs(w, m, world.DURING, 1.0)


@compiled
def spread(w: World, m: int, t: int) -> None:
    """[CNF-CHAIN] A conflict spreads over the strained ties of its parties to the next matter each has in hand, where
    it breaks out in the next half-day (T10, 连锁反应).
    """
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        u = w.parties[p].actor
        other = w.actors[u].queue
        while other >= 0 and w.parties[other].matter == m:
            other = w.parties[other].next
        if other < 0:
            continue
        further = w.parties[other].matter
        ready = w.matters[further].life == world.DURING and not w.matters[further].blocked
        odds = w.rules[0].chain_rate * (1.0 - standing(w, w.parties[p].tie, t))
        chance = uniform(w.keys[CHAIN], w.matters[m].ident, t, p - w.matters[m].first)
        if ready and w.matters[further].primed == 0 and chance < odds:
            w.matters[further].primed = t + 1
            w.totals[0].chained += 1
            tell(w, t, vocabulary.CHAINED, further, u, -1, m, CHAIN_LABEL)


@compiled
def cool(w: World, m: int, t: int) -> None:
    """[CNF-COOL] An outbreak left alone cools in time and has spoilt a bounded share of the work done."""
    w.matters[m].blocked, w.matters[m].primed = 0, 0
    tell(w, t, vocabulary.COOLED, m, -1, -1, 0.0, 0)
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        spoilt = w.rules[0].outbreak_rework * w.parties[p].done
        if spoilt > EPSILON:
            redo(w, p, spoilt)
    tighten(w, m, t)
    if w.matters[m].pending == 0:
        note_finished(w, m)
