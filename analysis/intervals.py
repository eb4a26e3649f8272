"""How sure a result is: t intervals, shares with Wilson intervals, the bootstrap, and Holm's adjustment.

Replicates lie along the first axis.  A replicate that is missing (not finite) is left out where it is missing, and
``n`` says how many are left.  With fewer than two there is no interval: NaN, never an error.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri, stdtr, stdtrit  # scipy.stats would cost ten times as long to import

CONFIDENCE = 0.95
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class Interval(NamedTuple):
    """A mean or share, its interval, and how many replicates it rests on."""

    n: int
    mean: float
    low: float
    high: float


class Band(NamedTuple):
    """The same for many quantities at once, in arrays of one shape; ``p`` is two-sided for a mean of 0."""

    n: Integers
    mean: Floats
    low: Floats
    high: Floats
    p: Floats

    def at(self, last: int) -> "Band":
        """The part at one index of the last axis."""
        return Band(*(array[..., last] for array in self))  # type: ignore[arg-type]  # each keeps its own dtype


def mean_band(values: ArrayLike, confidence: float = CONFIDENCE) -> Band:
    """Student's t intervals of means over the first axis; shape (R, ...) -> (...).

    The interval is mean ± t(n - 1) s / √n (Student 1908).  Without variance it has no width, and p is 0, or 1 at 0.
    """
    x = np.asarray(values, dtype=np.float64)
    there = np.isfinite(x)
    n = there.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(there, x, 0.0).sum(axis=0) / n
        constant = np.where(there, x, -np.inf).max(axis=0, initial=-np.inf)
        same = constant == np.where(there, x, np.inf).min(axis=0, initial=np.inf)
        mean = np.where(same, constant, mean)  # so that rounding gives equal values no spread
        squares = np.where(there, (x - mean) ** 2, 0.0).sum(axis=0)
        error = np.where(n > 1, np.sqrt(squares / (n - 1) / n), np.nan)
        half = stdtrit(n - 1.0, 0.5 + confidence / 2.0) * error
        p = 2.0 * stdtr(n - 1.0, -np.abs(mean) / error)
    p = np.where((error == 0.0) & (mean == 0.0), 1.0, p)
    return Band(n, mean, mean - half, mean + half, p)


def _interval(band: Band) -> Interval:
    return Interval(int(band.n), float(band.mean), float(band.low), float(band.high))


def mean_interval(values: ArrayLike, confidence: float = CONFIDENCE) -> Interval:
    """Student's t interval of the mean of one sample, shape (R,)."""
    return _interval(mean_band(values, confidence))


def paired_interval(values: ArrayLike, baseline: ArrayLike, confidence: float = CONFIDENCE) -> Interval:
    """The same for values less baseline, replicate by replicate; a pair counts only if both halves are there."""
    return _interval(mean_band(np.asarray(values, dtype=np.float64) - np.asarray(baseline), confidence))


def wilson(successes: float, n: int, confidence: float = CONFIDENCE) -> Interval:
    """Wilson's score interval of a share (Wilson 1927); half successes are allowed, for ties."""
    if n == 0:
        return Interval(0, np.nan, np.nan, np.nan)
    z2 = float(ndtri(0.5 + confidence / 2.0)) ** 2
    share = successes / n
    centre = (successes + z2 / 2.0) / (n + z2)
    half = np.sqrt(z2 * (share * (1.0 - share) * n + z2 / 4.0)) / (n + z2)
    # at 0 and n the score interval ends exactly there; rounding must not leave the share outside its interval
    return Interval(n, share, min(max(float(centre - half), 0.0), share), max(min(float(centre + half), 1.0), share))


def better_interval(values: ArrayLike, baseline: ArrayLike, better: str, confidence: float = CONFIDENCE) -> Interval:
    """Share of pairs in which ``values`` are better than ``baseline``, ties counting half, with Wilson's interval.

    ``better`` is 'up' or 'down', or '' for a measure without direction: then nothing is better, and all is NaN.
    """
    difference = np.asarray(values, dtype=np.float64) - np.asarray(baseline)
    difference = difference[np.isfinite(difference)]
    if not better:
        return Interval(difference.size, np.nan, np.nan, np.nan)
    sign = 1.0 if better == "up" else -1.0
    wins = float(np.count_nonzero(sign * difference > 0) + 0.5 * np.count_nonzero(difference == 0))
    return wilson(wins, difference.size, confidence)


def bootstrap_interval(
    values: ArrayLike, seed: int, *, resamples: int = 2000, confidence: float = CONFIDENCE
) -> Interval:
    """Percentile bootstrap of the mean (Efron 1979): a check on the t interval that assumes no normal distribution."""
    x = np.asarray(values, dtype=np.float64)
    x = x[np.isfinite(x)]
    mean = float(x.mean()) if x.size else np.nan
    if x.size < 2:
        return Interval(x.size, mean, np.nan, np.nan)
    means = resampled_sums(x, seed, resamples) / x.size
    low, high = np.quantile(means, (0.5 - confidence / 2.0, 0.5 + confidence / 2.0))
    return Interval(x.size, mean, float(low), float(high))


def resampled_sums(values: Floats, seed: int, resamples: int) -> Floats:
    """Sums over replicates drawn anew with replacement; shape (R, ...) -> (resamples, ...).

    A resample draws the same replicates for all columns, so that what was paired stays paired.
    """
    generator = np.random.default_rng(seed)
    n = len(values)
    block = max(1, 1_000_000 // n)  # bounds the memory; the draws are the same whatever the block
    sums = []
    for first in range(0, resamples, block):
        counts = generator.multinomial(n, np.full(n, 1.0 / n), size=min(block, resamples - first))
        sums.append(np.tensordot(counts.astype(np.float64), values, axes=1))
    return np.concatenate(sums)


def holm(p: ArrayLike) -> Floats:
    """P-values adjusted step-down for being several (Holm 1979); a NaN stays NaN and is not counted."""
    raw = np.asarray(p, dtype=np.float64)
    adjusted = np.full(raw.shape, np.nan)
    known = np.flatnonzero(np.isfinite(raw))
    order = known[np.argsort(raw[known], kind="stable")]
    factors = np.arange(order.size, 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(raw[order] * factors), 1.0)
    return adjusted
