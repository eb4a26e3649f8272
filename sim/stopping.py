"""How many replicates a wanted precision needs: Stein's two stages, whose interval keeps its level."""

import numpy as np
from scipy.special import stdtrit

from sim.design import Floats
from sim.plan import Integers, Until


def needed(pilot: Floats, until: Until) -> Integers:
    """Replicates for intervals no wider than ``until.half_width`` on each side; shape (P, K, n) -> (P,).

    ``pilot`` holds the quantities to be estimated (paired differences from the baseline) in the ``n`` replicates of
    the first stage.  After Stein (1945) the whole sample has size N = max(n, ⌈(t s / h)²⌉), where s and the quantile
    t of n - 1 degrees of freedom come from the first stage alone; the mean of all N, plus or minus h, then covers the
    true mean with at least the chance asked for, whatever the variance, if the differences are normal.  Where a
    quantity is undefined in some worlds, N of its values take more worlds, in the proportion of the first stage.
    Stopping at the first narrow interval instead would cover less often.  The largest N over the K quantities counts,
    at most ``until.most``; a quantity with fewer than two finite values asks for ``until.most``.
    """
    there = np.isfinite(pilot)
    n = there.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(there, pilot, 0.0).sum(axis=-1, keepdims=True) / n[..., None]
        variance = np.where(there, (pilot - mean) ** 2, 0.0).sum(axis=-1) / (n - 1)
        wanted = np.ceil(quantile(n, until.confidence) ** 2 * variance / until.half_width**2)
        wanted = np.ceil(np.maximum(wanted, n) * pilot.shape[-1] / n)
    wanted = np.where(n < 2, np.inf, wanted).max(axis=1, initial=0.0)
    return np.asarray(np.clip(wanted, until.first, until.most), dtype=np.int64)


def quantile(n: Integers, confidence: float) -> Floats:
    """Student's t for a two-sided interval from ``n`` values; NaN below two."""
    return np.asarray(np.where(n > 1, stdtrit(np.maximum(n - 1.0, 1.0), 0.5 + confidence / 2.0), np.nan))
