"""The compiled driver: a world and a strategy in, measures and time series out."""

from typing import NamedTuple

import numpy as np

from sim import schedule
from sim.measures import assess
from sim.workload import draw, start
from sim.world import World

__all__ = ["Outcome", "draw", "run", "simulate"]


class Outcome(NamedTuple):
    """What a run is reduced to."""

    measures: np.ndarray  # float64, shape (len(MEASURES),); NaN where nothing can be measured
    series: np.ndarray  # float64, shape (samples, len(SERIES))


def simulate(template: World, strategy: np.recarray, *, consume: bool = False, events: int = 0) -> World:
    """The world at the end of a run; the template is left as it was unless ``consume``.

    With ``events`` rows for the journal, as many events are told; ``totals.events`` counts all there were.
    """
    w = start(template, strategy, consume=consume, events=events)
    schedule.run_through(w)
    return w


def run(template: World, strategy: np.recarray) -> Outcome:
    """One run, reduced to its measures and series.  Releases the interpreter lock for most of its time."""
    w = simulate(template, strategy)
    return Outcome(assess(w), w.series)
