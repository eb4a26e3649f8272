"""The end of a tick: lists are made ready for the next one, and the time series are sampled.

Source: model.md §4.
"""

from sim import world
from sim.compiled import compiled
from sim.rules.relations import standing
from sim.world import World

OPEN, IN_CONFLICT, CONFLICTS_SO_FAR, STRAIN = range(4)  # the columns, in the order of measures.SERIES


@compiled
def end_tick(w: World, t: int) -> None:
    """[REC-TICK] Matters closed or withdrawn leave the active list, in order; every tenth tick is sampled."""
    kept = 0
    for place in range(w.totals[0].active):
        m = w.lists[place].active
        if w.matters[m].life < world.CLOSED:
            w.lists[kept].active = m
            kept += 1
    w.totals[0].active, w.totals[0].acts, w.totals[0].held = kept, 0, 0
    if (t + 1) % world.SERIES_EVERY == 0:
        sample(w, t // world.SERIES_EVERY, t)


@compiled
def sample(w: World, row: int, t: int) -> None:
    """[REC-SAMPLE] Matters under way, in open conflict, conflicts so far, mean strain of ties."""
    blocked = 0
    for place in range(w.totals[0].active):
        blocked += w.matters[w.lists[place].active].blocked
    w.series[row, OPEN], w.series[row, IN_CONFLICT] = w.totals[0].active, blocked
    w.series[row, CONFLICTS_SO_FAR] = w.totals[0].conflicts
    w.series[row, STRAIN] = strain(w, t)


@compiled
def strain(w: World, t: int) -> float:
    """[REC-STRAIN] One less the mean standing over all ties."""
    total = 0.0
    for k in range(w.ties.shape[0]):
        total += standing(w, k, t)
    return 1.0 - total / max(w.ties.shape[0], 1)
