"""Single runs looked at closely: one run told matter by matter, and how long the matters of several runs took.

A result folder keeps the measures of a run and not its matters, so what is needed here is run again: a scenario,
strategy, seed and replicate give the same run every time.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.intervals import Floats
from sim import engine, vocabulary, world
from sim.experiment import timing
from sim.journal import Journal, record
from sim.scenario import Scenario
from sim.setting import prepare
from sim.strategy import Strategy
from sim.world import World

# How a matter stands in a stretch of time, in this order.
WAITING, UNDECIDED, DECIDED, BACK = STANDINGS = ("waiting", "undecided", "decided", "back")
_GONE = (world.REFUSED, world.WITHDRAWN)


class Span(NamedTuple):
    """A stretch of a matter's time, in ticks from the start of the run."""

    standing: str  # one of STANDINGS
    start: float
    end: float


class Case(NamedTuple):
    """One finished run with its journal, and what it was a run of."""

    scenario: Scenario
    strategy: Strategy
    seed: int
    replicate: int
    journal: Journal

    @property
    def title_en(self) -> str:
        """The scenario and the strategy."""
        return f"{self.scenario.title.en}: {self.strategy.label('en')}"

    @property
    def title_zh(self) -> str:
        """The same in Chinese."""
        return f"{self.scenario.title.zh}：{self.strategy.label('zh')}"


def finished(scenario: Scenario, strategy: Strategy, seed: int, replicate: int) -> Case:
    """Run a strategy on one world of a scenario, and keep what happened."""
    journal = record(prepare(scenario), seed, replicate, strategy.record())
    return Case(scenario, strategy, seed, replicate, journal)


def ends(w: World) -> Floats:
    """When each matter of a finished run came to its end, in ticks, shape (matters,); the horizon if it has not.

    As in ``sim.measures``: the half-day of a closing counts, and a matter that was reopened ends with its last closing.
    """
    m = w.matters
    end = np.where((m.life == world.CLOSED) | (m.life == world.REFUSED), m.closed + 1.0, float(w.totals[0].horizon))
    return np.asarray(np.where(m.life == world.WITHDRAWN, m.arrival + w.rules[0].withdrawal, end), dtype=np.float64)


def spans(journal: Journal, chosen: Sequence[int]) -> list[list[Span]]:
    """How each of the ``chosen`` matters (rows) stood from when it arose to its end; closed stretches are left out.

    Waiting lasts until somebody acts on it for the first time, undecided until the first decision (or its end: some
    matters need none), decided until it is closed, and back is the time after a reopening.
    """
    returned, closed = (_told(journal, what, chosen) for what in (vocabulary.RETURNS, vocabulary.CLOSES))
    end, matters = ends(journal.world), journal.world.matters
    return [_stood(matters[m], float(end[m]), returned.get(m, []), closed.get(m, [])) for m in chosen]


def _told(journal: Journal, what: int, chosen: Sequence[int]) -> dict[int, list[int]]:
    """The ticks in which something happened, by matter."""
    rows = journal.rows
    rows = rows[(rows.what == what) & np.isin(rows.matter, chosen)]
    found: dict[int, list[int]] = {}
    for m, tick in zip(rows.matter.tolist(), rows.tick.tolist(), strict=True):
        found.setdefault(m, []).append(tick)
    return found


def _stood(row: np.record, end: float, returned: Sequence[int], closed: Sequence[int]) -> list[Span]:
    """The spans of one matter that ends at ``end``, given when it came back and when it was closed."""
    first = closed[0] + 1.0 if returned else end
    turns = [row.first_act + 1.0 if row.first_act >= 0 else first, row.decided + 1.0 if row.decided >= 0 else first]
    edges = np.minimum(np.maximum.accumulate([float(row.arose), *turns, first]), first).tolist()
    found = [Span(*span) for span in zip(STANDINGS, edges[:-1], edges[1:], strict=False)]
    until = [*(tick + 1.0 for tick in closed[1:]), end]
    found += [Span(BACK, float(start), stop) for start, stop in zip(returned, until, strict=False)]
    return [span for span in found if span.end > span.start]


class LeadTimes(NamedTuple):
    """How long matters took: S strategies on the same worlds, whose n matters lie one world after another."""

    title_en: str
    title_zh: str
    strategies: tuple[str, ...]  # S names
    labels_en: tuple[str, ...]
    labels_zh: tuple[str, ...]
    structures: tuple[str, ...]
    timings: tuple[str, ...]
    seed: int
    worlds: int
    world: NDArray[np.int64]  # (n,), which world a matter is of, from 0
    days: Floats  # (S, n), working days from when it arose to its end, or to that of the run
    closed: NDArray[np.bool_]  # (S, n), ended by a closing
    gone: NDArray[np.bool_]  # (S, n), ended by a refusal or a withdrawal; neither: under way when the run ended


def lead_times(scenario: Scenario, strategies: Iterable[Strategy], seed: int, replicates: Sequence[int]) -> LeadTimes:
    """Run strategies on some worlds of a scenario, and note how long every matter took."""
    setting, chosen = prepare(scenario), tuple(strategies)
    runs: list[list[Mapping[str, NDArray[np.generic]]]] = [[] for _ in chosen]
    for replicate in replicates:
        template = engine.draw(setting, seed, replicate)
        for s, strategy in enumerate(chosen):
            runs[s].append(_lengths(engine.simulate(template, strategy.record())))
    days, closed, gone = (
        np.stack([np.concatenate([run[name] for run in row]) for row in runs]) for name in ("days", "closed", "gone")
    )
    return LeadTimes(
        scenario.title.en, scenario.title.zh, tuple(each.name for each in chosen),
        tuple(each.label("en") for each in chosen), tuple(each.label("zh") for each in chosen),
        tuple(each.structure for each in chosen), tuple(timing(each) for each in chosen), seed, len(replicates),
        np.repeat(np.arange(len(replicates)), [len(run["days"]) for run in runs[0]]), days, closed, gone,
    )  # fmt: skip


def _lengths(w: World) -> dict[str, NDArray[np.generic]]:
    life = np.asarray(w.matters.life)
    days = (ends(w) - w.matters.arose) / world.TICKS_PER_DAY
    return {"days": np.asarray(days), "closed": life == world.CLOSED, "gone": np.isin(life, _GONE)}
