"""Strategies compared on the same worlds: means, paired differences, and which are not dominated."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.intervals import Band, Floats, Integers, better_interval, holm, mean_band, resampled_sums
from sim.measures import MEASURES, NAMES
from sim.store import Results

PLANE = ("time_in_system", "conflicts")  # the two goods that strategies trade against each other
KEY = (*PLANE, "coordination_hours", "goal_attainment")
RESAMPLES = 2000
DIGITS = "%.10g"  # more would differ between machines' mathematical libraries


def mean_of(results: Results, measures: Sequence[str]) -> Band:
    """Means with t intervals, in arrays of shape (S, len(measures))."""
    return mean_band(np.moveaxis(_columns(results, measures), 1, 0))


def difference_of(results: Results, measures: Sequence[str]) -> Band:
    """Paired differences from the baseline, strategy less baseline, in arrays of shape (S, len(measures))."""
    values = _columns(results, measures)
    return mean_band(np.moveaxis(values - values[_baseline(results)], 1, 0))


def verdicts(results: Results, measures: Sequence[str]) -> Integers:
    """1 where a strategy is better than the baseline, -1 worse, 0 undecided: does the interval leave out 0?"""
    band = difference_of(results, measures)
    signs = np.array([_sign(name) for name in measures])
    return np.asarray(((band.low > 0).astype(np.int64) - (band.high < 0)) * signs)


def summary(results: Results) -> pd.DataFrame:
    """One row per strategy and measure: n, mean and its 95 % t interval (ci_low, ci_high)."""
    band = mean_of(results, NAMES)
    frame = _rows(results.strategies, NAMES)
    return frame.assign(n=band.n.ravel(), mean=band.mean.ravel(), ci_low=band.low.ravel(), ci_high=band.high.ravel())


def differences(results: Results) -> pd.DataFrame:
    """One row per strategy but the baseline, and measure: strategy less baseline, replicate by replicate.

    ``probability_better`` is the share of pairs in which the strategy is better (a tie counts half) with Wilson's
    interval, NaN for a measure without direction.  ``p_holm`` is the p-value of the paired t test, adjusted for the
    number of strategies tried on that measure.
    """
    others = [s for s, name in enumerate(results.strategies) if name != results.baseline]
    band = difference_of(results, NAMES)
    frame = _rows([results.strategies[s] for s in others], NAMES)
    frame.insert(1, "baseline", results.baseline)
    columns = zip(("n", "difference", "ci_low", "ci_high"), band, strict=False)
    frame = frame.assign(**{column: array[others].ravel() for column, array in columns})
    adjusted = [holm(band.p[others, m]) for m in range(len(NAMES))]
    better = [chance_better(results, s, m) for s in others for m in range(len(NAMES))]
    shares = np.array(better, dtype=np.float64).reshape(-1, 3)
    names = ("probability_better", "better_low", "better_high")
    frame = frame.assign(**{name: shares[:, k] for k, name in enumerate(names)})
    return frame.assign(p_holm=np.stack(adjusted, axis=1).ravel())


def chance_better(results: Results, s: int, m: int) -> tuple[float, float, float]:
    """Share of pairs in which strategy ``s`` is better than the baseline on measure ``m``, and its interval."""
    values = results.values
    return better_interval(values[s, :, m], values[_baseline(results), :, m], MEASURES[m].better)[1:]


def non_dominated(results: Results, measures: Sequence[str] = PLANE) -> tuple[str, ...]:
    """Strategies whose means no other strategy equals on all ``measures`` and betters on one (Pareto).

    A measure without direction is a ValueError; a strategy with a mean missing is not among them.
    """
    free = _free(mean_of(results, measures).mean * _directions(measures))
    return tuple(name for name, is_free in zip(results.strategies, free, strict=True) if is_free)


def non_dominated_share(
    results: Results, measures: Sequence[str] = PLANE, *, resamples: int = RESAMPLES, seed: int | None = None
) -> dict[str, float]:
    """How often each strategy is not dominated when replicates are drawn anew: the share of ``resamples``.

    Each resample draws the same replicates for all strategies.  ``seed`` is the results' own if not given.
    """
    if not results.replicates:
        return dict.fromkeys(results.strategies, np.nan)
    values = np.moveaxis(_columns(results, measures), 1, 0)
    there = np.isfinite(values)
    seed = results.seed if seed is None else seed
    sums = resampled_sums(np.where(there, values, 0.0), seed, resamples)
    counts = resampled_sums(there.astype(np.float64), seed, resamples)
    means = np.divide(sums, counts, out=np.full(sums.shape, np.nan), where=counts > 0)
    shares = _free(means * _directions(measures)).mean(axis=0)
    return dict(zip(results.strategies, shares.tolist(), strict=True))


def write_tables(results: Results, folder: Path) -> list[Path]:
    """Write ``summary.csv`` and ``differences.csv`` into ``folder``; each appears whole or not at all."""
    written = []
    for name, frame in (("summary", summary(results)), ("differences", differences(results))):
        content = frame.to_csv(index=False, float_format=DIGITS, lineterminator="\n")
        written.append(write_whole(folder / f"{name}.csv", content.encode()))
    return written


def write_whole(path: Path, content: bytes) -> Path:
    """Write a file beside its place and move it there, so that nobody ever reads half of it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return path


def _columns(results: Results, measures: Sequence[str]) -> Floats:
    """The values of some measures, shape (S, R, len(measures))."""
    return results.values[:, :, [NAMES.index(name) for name in measures]]


def _baseline(results: Results) -> int:
    return results.strategies.index(results.baseline)


def _sign(measure: str) -> int:
    return {"up": 1, "down": -1, "": 0}[MEASURES[NAMES.index(measure)].better]


def _directions(measures: Sequence[str]) -> Floats:
    signs = np.array([_sign(name) for name in measures], dtype=np.float64)
    if not signs.all():
        raise ValueError(f"dominance needs measures with a direction, got {', '.join(measures)}")
    return signs


def _free(goods: Floats) -> NDArray[np.bool_]:
    """Which rows of ``goods`` (..., S, measures; more is better) no other row dominates; shape (..., S)."""
    one, other = goods[..., :, None, :], goods[..., None, :, :]
    dominated = (other >= one).all(axis=-1) & (other > one).any(axis=-1)
    return np.asarray(np.isfinite(goods).all(axis=-1) & ~dominated.any(axis=-1))


def _rows(strategies: Iterable[str], measures: Sequence[str]) -> pd.DataFrame:
    """A row per strategy and measure, measures fastest."""
    pairs = [(strategy, measure) for strategy in strategies for measure in measures]
    return pd.DataFrame(pairs, columns=["strategy", "measure"])
