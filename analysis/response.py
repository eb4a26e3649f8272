"""What a sweep answers at each of its points: means, paired differences from the baseline, and their tables.

A sweep may hold a million runs, so one measure is read at a time and tables are made column by column.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.compare import DIGITS, write_whole
from analysis.intervals import Band, Floats, Integers, holm, mean_band
from sim.kept import Swept
from sim.measures import MEASURES, NAMES

_BLOCK = 1 << 16  # values looked at together: few enough for a processor's cache


def direction(measure: str) -> int:
    """1 where more of a measure is better, -1 where less is, 0 where neither."""
    return {"up": 1, "down": -1, "": 0}[MEASURES[NAMES.index(measure)].better]


def over_replicates(runs: Floats) -> Band:
    """Means with t intervals over the last axis, replicates: shape (P, ..., R) -> (P, ...)."""
    step = max(1, _BLOCK // max(1, runs[0].size))
    parts = [mean_band(np.moveaxis(runs[p : p + step], -1, 0)) for p in range(0, len(runs), step)]
    return Band(*(np.concatenate(part) for part in zip(*parts, strict=True)))


def means_at(swept: Swept, measure: str) -> Band:
    """Mean of a measure with its t interval at each point, in arrays of shape (P, S)."""
    return over_replicates(swept.values(measure))


def differences_at(swept: Swept, measure: str, baseline: str = "") -> Band:
    """Paired differences, strategy less ``baseline`` (the sweep's own if not given), in arrays of shape (P, S)."""
    return over_replicates(_less_baseline(swept.values(measure), swept, baseline))


def verdicts_at(swept: Swept, measure: str, baseline: str = "") -> Integers:
    """1 where a strategy is better than the baseline, -1 worse, 0 undecided, shape (P, S).

    It is decided where the 95 % interval of the paired difference leaves out 0; a measure without direction, and runs
    that are missing, decide nothing.
    """
    band = differences_at(swept, measure, baseline)
    return np.asarray(((band.low > 0).astype(np.int64) - (band.high < 0)) * direction(measure))


def sweep_points(swept: Swept) -> pd.DataFrame:
    """A row per point: its number, names if it has them, replicates asked for, and a column per factor."""
    columns: dict[str, Any] = {"point": np.arange(len(swept.design.points))}
    if swept.design.names:
        columns["name_en"], columns["name_zh"] = zip(*swept.design.names, strict=True)
    return pd.DataFrame(columns | {"replicates": swept.counts} | _factor_columns(swept, 1))


def sweep_summary(swept: Swept, measures: Sequence[str] = NAMES) -> pd.DataFrame:
    """A row per measure, point and strategy: factors under their paths, n, mean, and its 95 % t interval."""
    return sweep_frames(swept, measures)[0]


def sweep_differences(swept: Swept, measures: Sequence[str] = NAMES) -> pd.DataFrame:
    """A row per measure, point and strategy but the baseline: strategy less baseline, replicate by replicate.

    ``probability_better`` is the share of pairs in which the strategy is better (a tie counts half), NaN for a measure
    without direction.  ``p_holm`` is the p-value of the paired t test, adjusted for all looks at that measure: every
    point and every strategy (Holm 1979).
    """
    return sweep_frames(swept, measures)[1]


def sweep_frames(swept: Swept, measures: Sequence[str] = NAMES) -> tuple[pd.DataFrame, pd.DataFrame]:
    """``sweep_summary`` and ``sweep_differences``, for which the runs are read once."""
    pairs = [(_summary(swept, name, runs), _differences(swept, name, runs)) for name, runs in _read(swept, measures)]
    means, apart = zip(*pairs, strict=True)
    return pd.concat(means, ignore_index=True), pd.concat(apart, ignore_index=True)


def write_sweep_tables(swept: Swept, folder: Path, measures: Sequence[str] = NAMES) -> list[Path]:
    """Write ``points.csv``, ``summary.csv`` and ``differences.csv``; each appears whole or not at all.

    Factors stand in ``points.csv`` alone: written out once more in every row, they would be most of ``summary.csv``.
    """
    points, summary, differences = bytearray(csv_lines(sweep_points(swept)).encode()), bytearray(), bytearray()
    for name, runs in _read(swept, measures):
        means = _summary(swept, name, runs).drop(columns=[factor.path for factor in swept.design.factors])
        summary += csv_lines(means, header=not summary).encode()
        differences += csv_lines(_differences(swept, name, runs), header=not differences).encode()
    contents = {"points": points, "summary": summary, "differences": differences}
    return [write_whole(folder / f"{name}.csv", bytes(content)) for name, content in contents.items()]


def csv_lines(frame: pd.DataFrame, *, header: bool = True) -> str:
    """A frame as CSV without its index, floats as ``DIGITS``: what pandas writes, in a fifth of the time."""
    lines = [",".join(map(_quoted, frame.columns))] if header else []
    lines += map(",".join, zip(*[_written(frame[name]) for name in frame.columns], strict=True))
    return "\n".join([*lines, ""])


def _written(column: pd.Series) -> Iterable[str]:
    if isinstance(column.dtype, pd.CategoricalDtype):
        words = [_quoted(str(word)) for word in column.cat.categories]
        return map(words.__getitem__, column.cat.codes.tolist())
    if column.dtype.kind == "f":
        return _decimals(column.to_numpy())
    plain: Callable[[Any], str] = str if column.dtype.kind in "iu" else lambda word: _quoted(str(word))
    return map(plain, column.tolist())


def _decimals(values: Floats) -> Iterable[str]:
    """Numbers as text, nothing for NaN; a number that follows itself, as factors do, is written out only once."""
    starts = np.flatnonzero(np.append(True, values[1:] != values[:-1])[: len(values)])
    words = ["" if value != value else DIGITS % value for value in values[starts].tolist()]
    times = np.diff(np.append(starts, len(values)))
    return itertools.chain.from_iterable(map(itertools.repeat, words, times.tolist()))


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"' if any(sign in word for sign in ',"\r\n') else word


def _read(swept: Swept, measures: Sequence[str]) -> Iterator[tuple[str, Floats]]:
    return zip(measures, swept.each(measures), strict=True)


def _summary(swept: Swept, measure: str, runs: Floats) -> pd.DataFrame:
    band = over_replicates(runs)
    columns = _keys(swept, measure, range(len(swept.strategies))) | _factor_columns(swept, len(swept.strategies))
    values = {"n": band.n, "mean": band.mean, "ci_low": band.low, "ci_high": band.high}
    return pd.DataFrame(columns | {name: array.ravel() for name, array in values.items()})


def _differences(swept: Swept, measure: str, runs: Floats) -> pd.DataFrame:
    others = [s for s, name in enumerate(swept.strategies) if name != swept.baseline]
    apart = _less_baseline(runs, swept, "")[:, others]
    band = over_replicates(apart)
    keys = _keys(swept, measure, others)
    baselines = pd.Categorical([swept.baseline], swept.strategies).repeat(band.n.size)
    columns = {"point": keys["point"], "strategy": keys["strategy"], "baseline": baselines, "measure": keys["measure"]}
    values: dict[str, Any] = {"n": band.n, "difference": band.mean, "ci_low": band.low, "ci_high": band.high}
    values["probability_better"] = _probability_better(apart, band.n, direction(measure))
    frame = pd.DataFrame(columns | {name: array.ravel() for name, array in values.items()})
    return frame.assign(p_holm=holm(band.p.ravel()))


def _probability_better(apart: Floats, n: Integers, sign: int) -> Floats:
    """Share of pairs that are better, ties counting half: (P, S, R) and their number (P, S) -> (P, S)."""
    wins = np.count_nonzero(sign * apart > 0, axis=-1) + 0.5 * np.count_nonzero(apart == 0, axis=-1)
    return np.asarray(np.divide(wins, n, out=np.full(n.shape, np.nan), where=(n > 0) & (sign != 0)))


def _less_baseline(runs: Floats, swept: Swept, baseline: str) -> Floats:
    s = swept.strategies.index(baseline or swept.baseline)
    return np.asarray(runs - runs[:, s : s + 1])


def _keys(swept: Swept, measure: str, chosen: Sequence[int]) -> dict[str, Any]:
    """Columns that say which measure, point and strategy a row is about: points, and within them ``chosen``."""
    points = len(swept.design.points)
    rows = points * len(chosen)
    return {
        "point": np.repeat(np.arange(points), len(chosen)),
        "strategy": pd.Categorical.from_codes(np.tile(np.asarray(chosen, dtype=np.int64), points), swept.strategies),
        "measure": pd.Categorical.from_codes(np.full(rows, NAMES.index(measure)), NAMES),
    }


def _factor_columns(swept: Swept, times: int) -> dict[str, Floats]:
    """A column per factor, each point's value ``times`` over."""
    design = swept.design
    return {factor.path: np.repeat(design.points[:, k], times) for k, factor in enumerate(design.factors)}
