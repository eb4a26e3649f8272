"""Strategies compared on the same worlds: means, paired differences, and which are not dominated."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.intervals import (
    Band,
    Floats,
    Integers,
    better_interval,
    bootstrap_band,
    holm,
    mean_band,
    replicates_needed,
    resampled_means,
    spread,
)
from sim.kept import Results
from sim.measures import MEASURES, NAMES
from sim.writing import beside

PLANE = ("time_in_system", "conflicts")  # the two goods that strategies trade against each other
KEY = (*PLANE, "coordination_hours", "goal_attainment")
RESAMPLES = 2000
AGREE = 0.2  # how far an end of the bootstrap's interval may lie from that of the t interval, in half-widths
CHECKED_FROM = 10  # pairs from which a bootstrap is compared: of fewer normal ones more than one in four would differ
_CELLS = 20_000_000  # numbers worked on at once, which bounds the memory
TABLES = ("summary", "differences", "selection", "non_dominated")
DIGITS = "%.10g"  # more would differ between machines' mathematical libraries


class Check(NamedTuple):
    """Bootstrap intervals of paired differences beside the t intervals; arrays of shape (S, measures)."""

    low: Floats
    high: Floats
    known: NDArray[np.bool_]  # something can be said: not of the baseline, nor of fewer than CHECKED_FROM pairs
    agrees: NDArray[np.bool_]  # false where both are known and say different things


def mean_of(results: Results, measures: Sequence[str]) -> Band:
    """Means with t intervals, in arrays of shape (S, len(measures))."""
    return _joined([mean_band(part) for part in _parts(results, measures)])


def difference_of(results: Results, measures: Sequence[str]) -> Band:
    """Paired differences from the baseline, strategy less baseline, in arrays of shape (S, len(measures))."""
    return _joined([mean_band(part) for part in _parts(results, measures, paired=True)])


def check_of(results: Results, measures: Sequence[str], resamples: int = RESAMPLES) -> Check:
    """Does the bootstrap, which assumes no normal distribution, say of each paired difference what t says?

    Not if one interval leaves out 0 and the other does not, or an end differs by more than ``AGREE`` of the t
    interval's half-width.  With fewer than ``CHECKED_FROM`` pairs nothing is said: of 2 to 4 normal pairs all would
    differ, of 5 three in four.  Where t is exact, on normal samples, that happens by chance to 25 in 100
    intervals of 10 pairs, to 6 of 20, to 2 of 30, and to 1 of 100; on exponential samples of 30, where t is off, to
    59.  Every difference is resampled with the same draws.
    """
    parts = [bootstrap_band(part, results.seed, resamples=resamples) for part in _parts(results, measures, paired=True)]
    low, high = (np.concatenate(ends) for ends in zip(*parts, strict=True))
    t = difference_of(results, measures)
    known = (t.n >= CHECKED_FROM) & np.isfinite(t.low) & np.isfinite(low)
    known[_baseline(results)] = False
    apart = np.maximum(np.abs(low - t.low), np.abs(high - t.high)) > AGREE * (t.high - t.low) / 2.0
    unlike = (_side(low, high) != _side(t.low, t.high)) | apart
    return Check(low, high, known, ~(known & unlike))


def verdicts(results: Results, measures: Sequence[str]) -> Integers:
    """1 where a strategy is better than the baseline, -1 worse, 0 undecided: does the interval leave out 0?"""
    band = difference_of(results, measures)
    signs = np.array([_sign(name) for name in measures])
    return np.asarray(_side(band.low, band.high) * signs)


def summary(results: Results) -> pd.DataFrame:
    """One row per strategy and measure: n, mean and its 95 % t interval (ci_low, ci_high)."""
    band = mean_of(results, NAMES)
    frame = _rows(results.strategies, NAMES)
    return frame.assign(n=band.n.ravel(), mean=band.mean.ravel(), ci_low=band.low.ravel(), ci_high=band.high.ravel())


def differences(results: Results) -> pd.DataFrame:
    """One row per strategy but the baseline, and measure: strategy less baseline, replicate by replicate.

    ``probability_better`` is the share of pairs in which the strategy is better (a tie counts half) with Wilson's
    interval, NaN for a measure without direction.  ``p_holm`` is the p-value of the paired t test, adjusted for the
    number of strategies tried on that measure.  ``boot_low``, ``boot_high`` and ``intervals_agree``: see ``check_of``
    (NaN of too few pairs).  ``replicates_needed``: see there.
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
    check = check_of(results, NAMES)
    agrees = np.where(check.known, check.agrees.astype(object), np.nan)
    return frame.assign(
        p_holm=np.stack(adjusted, axis=1).ravel(),
        boot_low=check.low[others].ravel(),
        boot_high=check.high[others].ravel(),
        intervals_agree=agrees[others].ravel(),
        replicates_needed=replicates_needed(band.mean, spread(band))[others].ravel(),
    )


def chance_better(results: Results, s: int, m: int) -> tuple[float, float, float]:
    """Share of pairs in which strategy ``s`` is better than the baseline on measure ``m``, and its interval."""
    values = results.values
    return better_interval(values[s, :, m], values[_baseline(results), :, m], MEASURES[m].better)[1:]


def non_dominated(results: Results, measures: Sequence[str] = PLANE) -> tuple[str, ...]:
    """Strategies whose means no other strategy equals on all ``measures`` and betters on one (Pareto).

    A measure without direction is a ValueError; a strategy with a mean missing is not among them.
    """
    free = _free(mean_of(results, measures).mean * directions(measures))
    return tuple(name for name, is_free in zip(results.strategies, free, strict=True) if is_free)


def non_dominated_share(
    results: Results, measures: Sequence[str] = PLANE, *, resamples: int = RESAMPLES, seed: int | None = None
) -> dict[str, float]:
    """How often each strategy is not dominated when replicates are drawn anew: the share of ``resamples``.

    Each resample draws the same replicates for all strategies.  ``seed`` is the results' own if not given.
    """
    if not results.replicates:
        return dict.fromkeys(results.strategies, np.nan)
    seed = results.seed if seed is None else seed
    means = resampled_means(np.moveaxis(_columns(results, measures), 1, 0), seed, resamples)
    shares = _free(means * directions(measures)).mean(axis=0)
    return dict(zip(results.strategies, shares.tolist(), strict=True))


def non_dominated_table(results: Results) -> pd.DataFrame:
    """A row per strategy: is it not dominated on the means, and in what share of resamples, on PLANE and on KEY."""
    frame = pd.DataFrame({"strategy": results.strategies})
    for name, measures in (("plane", PLANE), ("key", KEY)):
        free, shares = non_dominated(results, measures), non_dominated_share(results, measures)
        frame[name] = [strategy in free for strategy in results.strategies]
        frame[f"{name}_share"] = [shares[strategy] for strategy in results.strategies]
    return frame


def write_tables(results: Results, folder: Path) -> list[Path]:
    """Write ``TABLES`` as CSV into ``folder``; each file appears whole or not at all."""
    from analysis.selection import selection_table  # which compares, too

    tables = (summary, differences, selection_table, non_dominated_table)
    written = []
    for name, table in zip(TABLES, tables, strict=True):
        frame = table(results)
        content = frame.to_csv(index=False, float_format=DIGITS, lineterminator="\n")
        written.append(write_whole(folder / f"{name}.csv", content.encode()))
    return written


def directions(measures: Sequence[str]) -> Floats:
    """1 where more is better, -1 where less is; ValueError if a measure has no direction."""
    signs = np.array([_sign(name) for name in measures], dtype=np.float64)
    if not signs.all():
        raise ValueError(f"what is better needs measures with a direction, got {', '.join(measures)}")
    return signs


def write_whole(path: Path, content: bytes) -> Path:
    """Write a file whole or not at all."""
    with beside(path) as place:
        place.write_bytes(content)
    return path


def _columns(results: Results, measures: Sequence[str]) -> Floats:
    """The values of some measures, shape (S, R, len(measures))."""
    return results.values[:, :, [NAMES.index(name) for name in measures]]


def _parts(results: Results, measures: Sequence[str], *, paired: bool = False) -> Iterator[Floats]:
    """Values, less the baseline's if ``paired``, of so many strategies at a time as memory bears: (R, some, M)."""
    columns = [NAMES.index(name) for name in measures]
    less = results.values[_baseline(results)][:, columns] if paired else 0.0
    some = max(1, _CELLS // max(1, len(results.replicates) * len(columns)))
    for first in range(0, len(results.strategies), some):
        yield np.moveaxis(results.values[first : first + some][:, :, columns] - less, 1, 0)


def _joined(bands: Sequence[Band]) -> Band:
    return Band(*(np.concatenate(arrays) for arrays in zip(*bands, strict=True)))


def _side(low: Floats, high: Floats) -> Integers:
    """1 where an interval lies above 0, -1 below, 0 where it holds 0 or is unknown."""
    return np.asarray((low > 0).astype(np.int64) - (high < 0))


def _baseline(results: Results) -> int:
    return results.strategies.index(results.baseline)


def _sign(measure: str) -> int:
    return {"up": 1, "down": -1, "": 0}[MEASURES[NAMES.index(measure)].better]


def _free(goods: Floats) -> NDArray[np.bool_]:
    """Which rows of ``goods`` (..., S, measures; more is better) no other row dominates; shape (..., S)."""
    one, other = goods[..., :, None, :], goods[..., None, :, :]
    dominated = (other >= one).all(axis=-1) & (other > one).any(axis=-1)
    return np.asarray(np.isfinite(goods).all(axis=-1) & ~dominated.any(axis=-1))


def _rows(strategies: Iterable[str], measures: Sequence[str]) -> pd.DataFrame:
    """A row per strategy and measure, measures fastest."""
    pairs = [(strategy, measure) for strategy in strategies for measure in measures]
    return pd.DataFrame(pairs, columns=["strategy", "measure"])
