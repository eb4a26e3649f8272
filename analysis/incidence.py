"""How soon things end, when some end otherwise and some have not ended when the watching stops."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.intervals import CONFIDENCE, Floats, Integers

RESAMPLES = 500
Flags = NDArray[np.bool_]


class Incidence(NamedTuple):
    """An estimated share at each of some times, and its band; NaN where nobody was watched so long."""

    share: Floats
    low: Floats
    high: Floats


def incidence(days: Floats, ended: Flags, gone: Flags, at: Floats) -> Floats:
    """The share that ends within each of the times ``at``, shape (t,): cumulative incidence (Aalen & Johansen 1978).

    ``days`` (n,) is when each ended, was ``gone`` for another reason (a competing end: it never ends any more), or was
    seen last (neither).  F(x) is the sum over ends at t <= x of S(t-) / Y(t): S the share neither ended nor gone, Y
    those still watched.  Without competing ends that is one less the product-limit estimate (Kaplan & Meier 1958);
    with everything watched to its end, the plain share.  NaN beyond the last time if something was still watched then.
    """
    order = _order(days, ended | gone)
    share = _summed(np.ones(days.size), ended[order], gone[order])[np.searchsorted(days[order], at, side="right")]
    watched_on = not days.size or not (ended | gone)[order[-1]]
    return np.where((at > days.max(initial=-np.inf)) & watched_on, np.nan, share)


def incidence_band(
    days: Floats, ended: Flags, gone: Flags, world: Integers, at: Floats, seed: int,
    *, resamples: int = RESAMPLES, confidence: float = CONFIDENCE,
) -> Incidence:  # fmt: skip
    """The same with a percentile band from drawing whole worlds anew: those in one world are not independent.

    ``world`` (n,) numbers the worlds from 0.  With fewer than two there is no band: NaN.  The same ``seed`` draws the
    same worlds.
    """
    share = incidence(days, ended, gone, at)
    worlds = int(world.max(initial=-1)) + 1
    if worlds < 2:
        return Incidence(share, np.full(share.shape, np.nan), np.full(share.shape, np.nan))
    order = _order(days, ended | gone)
    ended, gone, world, places = ended[order], gone[order], world[order], np.searchsorted(days[order], at, side="right")
    draws = np.random.default_rng(seed).multinomial(worlds, np.full(worlds, 1.0 / worlds), size=resamples)
    drawn = [_summed(counts.astype(np.float64)[world], ended, gone)[places] for counts in draws]
    low, high = np.quantile(drawn, (0.5 - confidence / 2.0, 0.5 + confidence / 2.0), axis=0)
    unknown = np.isnan(share)
    return Incidence(share, np.where(unknown, np.nan, low), np.where(unknown, np.nan, high))


def _order(days: Floats, over: Flags) -> Integers:
    """In order of time; what ends in the moment in which another was seen last comes first."""
    return np.lexsort((~over, days))


def _summed(times: Floats, ended: Flags, gone: Flags) -> Floats:
    """F before any and after each of those in order, shape (n + 1,), each counted so many ``times``."""
    watched = np.cumsum(times[::-1])[::-1]
    hazard = np.divide(times, watched, out=np.zeros(times.shape), where=watched > 0)
    # Ends in one moment may be gone through one by one: each adds S(t-) / Y(t) all the same.
    left = np.concatenate([[1.0], np.cumprod(1.0 - hazard * (ended | gone))[:-1]])[: times.size]
    return np.concatenate([[0.0], np.cumsum(left * hazard * ended)])
