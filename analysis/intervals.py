"""How sure a result is: t intervals, shares with Wilson intervals, the bootstrap, and Holm's adjustment.

Replicates lie along the first axis.  A replicate that is missing (not finite) is left out where it is missing, and
``n`` says how many are left.  With fewer than two there is no interval: NaN, never an error.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri, stdtr, stdtrit  # scipy.stats would cost ten times as long to import

CONFIDENCE = 0.95
MOST_REPLICATES = 1e12  # a difference that would need more is rounding
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


def spread(band: Band, confidence: float = CONFIDENCE) -> Floats:
    """Standard deviations behind a band of means of that confidence; NaN where there is no interval."""
    with np.errstate(invalid="ignore"):
        return np.asarray((band.high - band.mean) * np.sqrt(band.n) / stdtrit(band.n - 1.0, 0.5 + confidence / 2.0))


def running_band(values: ArrayLike, confidence: float = CONFIDENCE) -> Band:
    """The t interval of the first n values for every n from 1; shape (R,) -> (those that are there,)."""
    x = np.asarray(values, dtype=np.float64)
    x = x[np.isfinite(x)]
    n = np.arange(1, x.size + 1)
    around = x - (x.mean() if x.size else 0.0)  # sums of squares about a far-off 0 would cancel
    squares = np.cumsum(around**2) - np.cumsum(around) ** 2 / n
    same = np.maximum.accumulate(x) == np.minimum.accumulate(x)  # so that rounding gives equal values no spread
    squares[same] = 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.where(n > 1, np.sqrt(np.maximum(squares, 0.0) / (n - 1) / n), np.nan)
        mean = np.where(same, x, np.cumsum(x) / n)
        half = stdtrit(n - 1.0, 0.5 + confidence / 2.0) * error
        p = 2.0 * stdtr(n - 1.0, -np.abs(mean) / error)
    return Band(n, mean, mean - half, mean + half, np.where((error == 0.0) & (mean == 0.0), 1.0, p))


def settled(signs: Integers) -> int:
    """The first place from which ``signs`` stay as they are at the end."""
    other = np.flatnonzero(signs != signs[-1])
    return int(other[-1]) + 1 if other.size else 0


def replicates_needed(difference: ArrayLike, deviation: ArrayLike) -> Floats:
    """Least n at which the 95 % t interval of a mean leaves out 0, were mean and standard deviation those seen.

    The least n with t(n - 1; 0.975) deviation / √n < |difference|; NaN where the difference is 0, or so small beside
    the deviation that it is rounding, and where either is unknown.  t(n - 1) / √n falls with n, and the n of the
    normal distribution is at most three too few; so a few candidates decide.
    """
    size, deviation = np.abs(np.asarray(difference, dtype=np.float64)), np.asarray(deviation, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        ratio = size / deviation
        normal = np.floor((ndtri(0.5 + CONFIDENCE / 2.0) / ratio) ** 2)
    known = (size > 0.0) & (normal < MOST_REPLICATES)
    candidates = np.maximum(np.where(known, normal, 0.0), 2.0)[..., None] + np.arange(6.0)
    enough = stdtrit(candidates - 1.0, 0.5 + CONFIDENCE / 2.0) / np.sqrt(candidates) < ratio[..., None]
    first = np.take_along_axis(candidates, enough.argmax(axis=-1)[..., None], axis=-1)[..., 0]
    return np.asarray(np.where(known, first, np.nan))


def bootstrap_band(
    values: ArrayLike, seed: int, *, resamples: int = 2000, confidence: float = CONFIDENCE
) -> tuple[Floats, Floats]:
    """Bootstrap intervals of means over the first axis, all from the same draws: low and high, (R, ...) -> (...).

    BCa intervals (Efron 1987), with the acceleration of a mean, Σd³ / 6(Σd²)^1.5, and with levels widened for small
    samples from z to √(n / (n - 1)) t(n - 1) (Hesterberg 2015): for symmetric data they are then the t interval, so
    that what differs from it is skewness.  The percentile interval would show a third of that, and is too narrow: of
    exponential samples of 30, t intervals of 95 % miss by 1 % on one side and 6 % on the other, percentile intervals
    by 2 % and 7 %, these by 2 % and 4 %.
    """
    x = np.asarray(values, dtype=np.float64)
    band = mean_band(x, confidence)
    means = resampled_means(x, seed, resamples)
    away = np.where(np.isfinite(x), x - band.mean, 0.0)
    known = np.isfinite(means).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        wide = np.sqrt(band.n / (band.n - 1.0)) * stdtrit(band.n - 1.0, 0.5 + confidence / 2.0)
        acceleration = (away**3).sum(axis=0) / 6.0 / (away**2).sum(axis=0) ** 1.5
        below = ((means < band.mean).sum(axis=0) + 0.5 * (means == band.mean).sum(axis=0)) / known
        bias = ndtri(np.clip(below, 0.5 / known, 1.0 - 0.5 / known))
    ordered = np.sort(means, axis=0)  # NaN last
    low, high = (_quantile(ordered, known, _level(bias, sign * wide, acceleration)) for sign in (-1.0, 1.0))
    point = band.high == band.low  # equal values: rounding gives them no width
    return np.where(point, band.mean, low), np.where(point, band.mean, high)


def _level(bias: Floats, z: Floats, acceleration: Floats) -> Floats:
    """Where in the distribution of resamples the BCa end lies that a normal one has at ``z``."""
    with np.errstate(divide="ignore", invalid="ignore"):
        shift = bias + z
        room = 1.0 - acceleration * shift
        return np.asarray(ndtr(bias + np.where(room > 0.0, shift / room, np.sign(shift) * np.inf)))


def _quantile(ordered: Floats, known: Integers, level: Floats) -> Floats:
    """Quantiles over the first axis, each column at its own level; the ``known`` of a column come first."""
    level = np.where(known > 0, level, np.nan)
    place = np.where(np.isfinite(level), level, 0.0) * np.maximum(known - 1, 0)
    below = np.floor(place).astype(np.int64)
    above = np.minimum(below + 1, np.maximum(known - 1, 0))
    low, high = (np.take_along_axis(ordered, row[None], axis=0)[0] for row in (below, above))
    return np.asarray(np.where(np.isfinite(level), low + (place - below) * (high - low), np.nan))


def resampled_means(values: Floats, seed: int, resamples: int) -> Floats:
    """Means over replicates drawn anew with replacement, (R, ...) -> (resamples, ...); NaN where none was there."""
    there = np.isfinite(values)
    if not len(values):
        return np.full((resamples, *values.shape[1:]), np.nan)
    if there.all():
        return resampled_sums(values, seed, resamples) / len(values)
    both = np.stack([np.where(there, values, 0.0), there], axis=-1)  # one stack, so that the draws are made once
    sums, counts = np.moveaxis(resampled_sums(both, seed, resamples), -1, 0)
    return np.asarray(np.divide(sums, counts, out=np.full(sums.shape, np.nan), where=counts > 0))


def resampled_sums(values: Floats, seed: int, resamples: int) -> Floats:
    """Sums over replicates drawn anew with replacement; shape (R, ...) -> (resamples, ...).

    A resample draws the same replicates for all columns, so that what was paired stays paired.
    """
    generator = np.random.default_rng(seed)
    n = len(values)
    flat = np.ascontiguousarray(values, dtype=np.float64).reshape(n, -1)
    block = max(1, 4_000_000 // n)  # bounds the memory; the draws are the same whatever the block
    sums = []
    for first in range(0, resamples, block):
        counts = generator.multinomial(n, np.full(n, 1.0 / n), size=min(block, resamples - first))
        sums.append(counts.astype(np.float64) @ flat)
    return np.concatenate(sums).reshape(resamples, *values.shape[1:])


def holm(p: ArrayLike) -> Floats:
    """P-values adjusted step-down for being several (Holm 1979); a NaN stays NaN and is not counted."""
    raw = np.asarray(p, dtype=np.float64)
    adjusted = np.full(raw.shape, np.nan)
    known = np.flatnonzero(np.isfinite(raw))
    order = known[np.argsort(raw[known], kind="stable")]
    factors = np.arange(order.size, 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(raw[order] * factors), 1.0)
    return adjusted
