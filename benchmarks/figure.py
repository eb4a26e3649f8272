"""A measured figure: its samples, what it should reach, and whether it does."""

from collections.abc import Iterable
from statistics import median
from typing import Any, NamedTuple


class Floor(NamedTuple):
    """The least (``at_least``) or the most that a figure's median may be."""

    value: float
    at_least: bool


FLOORS = {
    "rate_2": Floor(500.0, True),
    "journal_ratio": Floor(1.3, False),
    "twin_ratio": Floor(100.0, True),
    "twin_gap": Floor(1e-9, False),
    "batch_gap": Floor(1e-9, False),
    "sweep_share": Floor(0.8, True),
    "compare_12": Floor(40.0, False),
    "aggregate": Floor(5.0, False),
    "aggregate_memory": Floor(1.0, False),
    "mesa_gap": Floor(0.0, False),
    "help": Floor(0.3, False),
    "cached": Floor(3.0, False),
    "large_actors": Floor(100_000, True),
    "large_matters": Floor(400_000, True),
    "large_time": Floor(15.0, False),
    "large_memory": Floor(2.0, False),
    "million_time": Floor(90.0, False),
    "million_memory": Floor(8.0, False),
}


class Figure(NamedTuple):
    """One line of the table; ``samples`` are as they were measured, in ``unit``."""

    name: str  # a message key of ``benchmarks.wording``
    unit: str  # likewise
    samples: tuple[float, ...]

    @property
    def median(self) -> float:
        """What is compared with the floor."""
        return median(self.samples)

    @property
    def floor(self) -> Floor | None:
        """What the figure should reach; None if it is shown for information."""
        return FLOORS.get(self.name)

    @property
    def reached(self) -> bool | None:
        """Whether the median reaches the floor."""
        if self.floor is None:
            return None
        return self.median >= self.floor.value if self.floor.at_least else self.median <= self.floor.value

    def as_json(self) -> dict[str, Any]:
        """The figure in plain values."""
        floor = self.floor
        return {
            "name": self.name, "unit": self.unit, "median": self.median, "min": min(self.samples),
            "max": max(self.samples), "samples": list(self.samples), "floor": floor and floor.value,
            "floor_is": floor and ("at least" if floor.at_least else "at most"), "reached": self.reached,
        }  # fmt: skip


class Size(NamedTuple):
    """What a world of some size costs, in microseconds per matter (medians); ``party_tick`` in nanoseconds for each
    half-day that a party has a matter under way.
    """

    actors: int
    matters: int
    draw: float
    run: float
    assess: float
    party_tick: float

    @property
    def total(self) -> float:
        """Drawing, running and measuring."""
        return self.draw + self.run + self.assess


def figure(name: str, unit: str, samples: Iterable[float]) -> Figure:
    """A figure of any samples, at least one."""
    return Figure(name, unit, tuple(float(sample) for sample in samples))
