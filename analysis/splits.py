"""Results split by label: which matters wait, are returned, clash, cost and reach their goal.

What a matter is split by was drawn with it (procedure, content, kind, field of society), so that every matter is in one
row; or follows from the acts of coordination on it (object, type, sides), so that it is in the row of every label they
carried.  Numbers follow the conventions of ``sim.measures``, and those of all matters are the measures of the run.
"""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.compare import DIGITS, write_whole
from analysis.intervals import Band, Floats, mean_band
from sim import engine, labels, world
from sim.errors import RequestError
from sim.scenario import Scenario
from sim.setting import prepare
from sim.strategy import Strategy
from sim.vocabulary import CONTENTS, FIELDS, LABEL, LABELS, Word
from sim.world import Table, World

PARTITIONS = ("procedure", "content", "kind", "field")
# What the names of a split's labels begin with, up to the number: O2, D1; T1.things; G4.levels, C3.state.
OVERLAPPING = {"object": "OPDX", "type": "T", "sides": "GC"}
MEASURES = ("closed", "time_in_system", "returns", "conflicts", "coordination_hours", "goal_attainment")
COLUMNS = ("matters", *MEASURES)
ALL = "all"


class Split(NamedTuple):
    """One strategy's results, label by label."""

    strategy: str
    by: str  # one of PARTITIONS or OVERLAPPING
    words: tuple[Word, ...]  # the labels, in the order of their table
    values: Floats  # shape (replicates, len(words) + 1, len(COLUMNS)), all matters last; NaN: nothing to measure

    @property
    def band(self) -> Band:
        """Means over the replicates with t intervals, in arrays of shape (len(words) + 1, len(COLUMNS))."""
        return mean_band(self.values)


def split(scenario: Scenario, strategy: Strategy, by: str) -> Split:
    """Run a strategy on the worlds of a scenario, and split what came out ``by`` label."""
    setting, record = prepare(scenario), strategy.record()
    chosen = words(by, scenario)
    runs = (
        engine.simulate(engine.draw(setting, scenario.seed, replicate), record, consume=True)
        for replicate in range(scenario.replicates)
    )
    return Split(strategy.name, by, chosen, np.stack([values(w, carried(w, by, chosen)) for w in runs]))


def words(by: str, scenario: Scenario) -> tuple[Word, ...]:
    """The labels of a split, with their texts.  An unknown ``by`` is a ValueError."""
    if by == "procedure":
        return tuple(Word(each.name, each.label("en"), each.label("zh")) for each in scenario.load_procedures())
    if by == "kind":
        return tuple(Word(name, *labels.LABELS[f"level.{name}"]) for name in world.LEVELS)
    if by == "content":
        return CONTENTS
    if by == "field":
        return FIELDS
    if by in OVERLAPPING:
        return tuple(word for word in _grouped(LABELS) if word.name[0] in OVERLAPPING[by])
    raise ValueError(f"by must be one of {', '.join((*PARTITIONS, *OVERLAPPING))}, got {by!r}")


def _grouped(words: tuple[Word, ...]) -> list[Word]:
    """Labels with those of one number side by side: their table has later ones at its end."""
    numbers = list(dict.fromkeys(word.name.split(".")[0] for word in words))
    return sorted(words, key=lambda word: numbers.index(word.name.split(".")[0]))


def carried(w: World, by: str, chosen: tuple[Word, ...]) -> NDArray[np.bool_]:
    """Which matter carries which of the labels ``chosen``; shape (len(chosen), matters)."""
    if by in OVERLAPPING:
        bits = np.array([LABEL[word.name] for word in chosen])
        return np.asarray((w.matters.labels >> bits[:, None]) & 1 == 1)
    row = w.matters.procedure
    codes = {"procedure": row, "field": w.matters.domain % len(FIELDS)}
    code = codes[by] if by in codes else w.procedures[by][row]
    return np.asarray(code == np.arange(len(chosen))[:, None])


def values(w: World, sets: NDArray[np.bool_]) -> Floats:
    """COLUMNS of a finished run for some ``sets`` of its matters, shape (sets, matters), and for all of them.

    Shape (sets + 1, len(COLUMNS)); NaN where nothing can be measured.
    """
    rows = np.vstack([sets, np.ones(len(w.matters), np.bool_)]).astype(np.float64)
    parts, wholes = (rows @ each.T for each in quotients(w))
    shares = np.divide(parts, wholes, out=np.full(parts.shape, np.nan), where=wholes > 0)
    return np.column_stack([rows.sum(axis=1), shares])


def quotients(w: World) -> tuple[Floats, Floats]:
    """What each matter adds to the part and the whole of each of MEASURES; both of shape (len(MEASURES), matters)."""
    m = w.matters
    closed, refused, withdrawn = (m.life == life for life in (world.CLOSED, world.REFUSED, world.WITHDRAWN))
    end = np.where(closed | refused, m.closed + 1.0, float(w.totals[0].horizon))
    end = np.where(withdrawn, m.arrival + w.rules[0].withdrawal, end)
    judged = closed & (m.decided >= 0)
    parts = [
        closed,
        (end - m.arose) / world.TICKS_PER_DAY,
        100.0 * m.returns,
        100.0 * (m.outbreaks + m.secondary + m.reopened + m.burst),
        m.host_hours + m.party_hours + m.leader_hours,
        np.where(judged, 1.0 - np.abs(m.outcome - _need(m)), 0.0),
    ]
    wholes = [judged if name == "goal_attainment" else np.ones(len(m)) for name in MEASURES]
    return np.stack(parts).astype(np.float64), np.stack(wholes).astype(np.float64)


def _need(m: Table) -> Floats:
    """What the whole needed of each matter when it was last closed [POS-NEED]."""
    changes = [np.where(m.closed >= m[f"need_at_{k}"], m[f"need_by_{k}"], 0.0) for k in (1, 2)]
    return np.asarray(np.clip(m.need + changes[0] + changes[1], 0.0, 1.0))


def frame(found: Split) -> pd.DataFrame:
    """A row per label and column: n (replicates it rests on), mean and its 95 % t interval (ci_low, ci_high).

    The rows of all matters have 'all' both for what is split by and for the label.
    """
    band = found.band
    rows = [(found.by, word.name) for word in found.words] + [(ALL, ALL)]
    pairs = [(found.strategy, *row, column) for row in rows for column in COLUMNS]
    table = pd.DataFrame(pairs, columns=["strategy", "by", "label", "measure"])
    return table.assign(n=band.n.ravel(), mean=band.mean.ravel(), ci_low=band.low.ravel(), ci_high=band.high.ravel())


def write_split(found: Split, folder: Path) -> Path:
    """Write ``splits.csv`` into ``folder``, whole or not at all; ``RequestError`` if that cannot be done."""
    content: Any = frame(found).to_csv(index=False, float_format=DIGITS, lineterminator="\n")
    try:
        return write_whole(folder / "splits.csv", content.encode())
    except OSError as error:
        raise RequestError(f"cannot be written: {error.strerror}", key="--out", got=str(folder)) from error
