"""What an experiment is to run: strategies at the points of a design, and how a point becomes a setting and records.

A comparison is a plan of one point.  Points that differ in strategies only share worlds; what a point changes is
checked before anything runs.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from sim.design import ONE_POINT, Design, Floats
from sim.reading import Text
from sim.scenario import Scenario, rewritten
from sim.setting import Setting, prepare, with_numbers
from sim.store import Request
from sim.strategy import Strategy

Integers = np.ndarray[Any, np.dtype[np.int64]]
Values = tuple[tuple[str, float], ...]  # paths with values, as a design sets them

OF_STRATEGIES = ("strategy", "strategies")  # first words of paths that change no world
NUMBERS = ("workload", "rules", "modes")  # of paths that leave organisation, procedures and length as they are
SHAPING = ("workload.domains",)  # but for these, which the organisation is built with


class Until(NamedTuple):
    """Replicates until the interval of a measure's paired difference is narrow enough (``sim.stopping``)."""

    measure: str
    half_width: float  # in the measure's unit
    first: int  # replicates of the first stage
    most: int
    confidence: float


class Plan(NamedTuple):
    """An experiment: everything that decides its rows."""

    name: str
    title: Text
    question: Text
    scenario: Scenario  # with the plan's strategies as its own
    strategies: tuple[Strategy, ...]
    baseline: str
    seed: int
    design: Design
    replicates: int  # at a point; at most, if ``until`` decides
    until: Until | None = None
    source: str = ""  # where the question and the ranges come from

    def point(self, p: int, *, of_strategies: bool) -> Values:
        """What a point sets in the strategies, or in the scenario."""
        row = self.design.points[p].tolist()
        pairs = zip((factor.path for factor in self.design.factors), row, strict=True)
        return tuple((path, x) for path, x in pairs if x == x and (_first(path) in OF_STRATEGIES) == of_strategies)

    def strategy(self, p: int, s: int) -> Strategy:
        """A strategy as it is at a point."""
        return strategy_at(self.strategies[s], self.point(p, of_strategies=True))

    def settings(self) -> Integers:
        """The number of each point's setting, shape (P,): points that differ in strategies only have the same."""
        columns = [f for f, each in enumerate(self.design.factors) if _first(each.path) not in OF_STRATEGIES]
        if not columns:
            return np.zeros(len(self.design.points), dtype=np.int64)
        rows: Floats = self.design.points[:, columns]
        _, first, inverse = np.unique(rows, axis=0, return_index=True, return_inverse=True, equal_nan=True)
        number = np.empty(len(first), dtype=np.int64)
        number[np.argsort(first, kind="stable")] = np.arange(len(first))  # in the order in which they come
        return number[inverse.reshape(-1)]


def of_scenario(
    scenario: Scenario, strategies: tuple[Strategy, ...], baseline: str, replicates: int, seed: int
) -> Plan:
    """The plan of a comparison on a scenario."""
    return Plan(
        scenario.name, scenario.title, scenario.purpose, scenario, strategies, baseline, seed, ONE_POINT, replicates,
        source=scenario.source,
    )  # fmt: skip


def remade(request: Request) -> Plan:
    """The plan of which a result folder keeps the request; ``RequestError`` if files are gone."""
    told = request.origin
    until = Until(**told["until"]) if told["until"] else None
    return Plan(
        request.name, Text(en=request.title_en, zh=request.title_zh),
        Text(en=request.question_en, zh=request.question_zh), rewritten(told["scenario"]),
        tuple(Strategy.model_validate(each) for each in told["strategies"]), request.baseline, request.seed,
        request.design, request.replicates, until, told["source"],
    )  # fmt: skip


def strategy_at(strategy: Strategy, values: Values) -> Strategy:
    """The strategy with what a point sets: ``strategy.*`` in all, ``strategies.<name>.*`` in the one of this name."""
    own = f"strategies.{strategy.name}."
    chosen = {path: x for path, x in values if path.startswith("strategy.")}
    chosen |= {"strategy." + path.removeprefix(own): x for path, x in values if path.startswith(own)}
    return strategy.with_values(chosen) if chosen else strategy


def setting_at(base: Setting, scenario: Scenario, values: Values) -> Setting:
    """The setting of a scenario with ``values``; ``base`` is that of the scenario itself."""
    changed: Mapping[str, float] = dict(values)
    if all(_first(path) in NUMBERS and path not in SHAPING for path in changed):
        return with_numbers(base, changed)
    again = scenario.with_values(changed)
    same = all(not path.startswith("procedures.") for path in changed)
    return prepare(again, base.laid if same else None)


def _first(path: str) -> str:
    return path.split(".", 1)[0]
