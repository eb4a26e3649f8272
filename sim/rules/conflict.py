"""Conflict while a matter is carried out: outbreaks, cooling, and the looks that may prevent or mend them.

Source: model.md §3, execution and lateness; forms assumed.
"""

from sim import world
from sim.compiled import compiled, entered
from sim.draws import uniform_of
from sim.rules.briefs import open_stage
from sim.rules.execution import EPSILON, note_finished, redo, tighten
from sim.rules.relations import shift_trust, shift_work
from sim.world import World


@entered
def oversee(w: World, m: int, t: int) -> None:
    """[CNF-OVERSEE] A tick of a decided matter under way: it stays blocked, breaks out, or is looked at."""
    if w.matters[m].stage != world.DURING:
        return
    if w.matters[m].blocked:
        w.matters[m].conflict += 1
        if w.matters[m].briefs_open == 0 and not w.matters[m].cased and t >= w.matters[m].cool_at:
            cool(w, m, t)
        return
    if w.matters[m].pending > 0:
        if uniform_of(w.matters[m].omen, t, 0) < w.matters[m].hazard:
            erupt(w, m, t)
        elif t >= w.matters[m].watch_at and can_coordinate(w, m):
            open_stage(w, m, world.DURING, t)


@compiled
def can_coordinate(w: World, m: int) -> bool:
    """Whether the strategy has hours left for this stage and nobody is at it."""
    return w.matters[m].left_during > EPSILON and w.matters[m].briefs_open == 0 and not w.matters[m].cased


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
    if can_coordinate(w, m):
        open_stage(w, m, world.DURING, t)


@compiled
def cool(w: World, m: int, t: int) -> None:
    """[CNF-COOL] An outbreak left alone cools in time and has spoilt a bounded share of the work done."""
    w.matters[m].blocked = 0
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        spoilt = w.rules[0].outbreak_rework * w.parties[p].done
        if spoilt > EPSILON:
            redo(w, p, spoilt)
    tighten(w, m, t)
    if w.matters[m].pending == 0:
        note_finished(w, m, t)
