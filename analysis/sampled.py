"""What a sample lets one say of the space it was drawn from: intervals of shares, and the p of a distance.

A Latin sample has independent points, or better: it is balanced, so that intervals for independent points are rather
too wide.  Sobol and Morris samples come in blocks (a base point or a trajectory with its neighbours), within which
points are alike.  A grid, a lattice, a tornado and a table are no samples: shares of their points have no interval.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

from analysis.intervals import CONFIDENCE, Floats, Integers, Interval, wilson
from sim.design import SAMPLED, Design

LEAST = 5  # independent points that each of two outcomes must hold before a factor is said to part them
_EXACT = 1_000  # independent points up to which p is counted exactly: half a second for 165 factors
_ROUNDING = 1e-9


def block_size(design: Design) -> int:
    """Points of a design that were drawn together: of a trajectory, of a base point with its neighbours, or 1."""
    count = len(design.factors)
    if design.kind == "sobol":
        return 2 * count + 2 if design.second_order else count + 2
    return count + 1 if design.kind == "morris" else 1


def independent_points(points: int, design: Design) -> int:
    """For how many independently drawn points so many points of a design count, rounded down.

    Of a Sobol block two are (A and B), of a Morris trajectory its start: the rest repeat their values.
    """
    return points * (2 if design.kind == "sobol" else 1) // block_size(design)


def share_interval(hits: NDArray[np.bool_], rows: Integers, design: Design) -> Interval:
    """The share of ``hits`` among the points ``rows`` of a design, with a 95 % interval where the design is a sample.

    Of a Latin sample Wilson's.  Of one in blocks Wilson's at the effective number of points, p (1 - p) / variance,
    where the variance of p is that between blocks (of a ratio; Cochran 1977, chapter 6) and t of their number takes the
    place of the normal quantile (Korn & Graubard 1998).  Blocks that happen to be alike are no proof: it is at most
    twice the number drawn independently, and just that where all blocks agree.  In simulations of Morris and Sobol
    samples of 6 to 64 blocks it then holds the true share in 96 to 100 of 100; Wilson's alone in 39 to 100.
    """
    n, size = hits.size, block_size(design)
    share = float(hits.mean()) if n else np.nan
    if design.kind not in SAMPLED or not n:
        return Interval(n, share, np.nan, np.nan)
    if size == 1:
        return wilson(int(hits.sum()), n)
    _, block = np.unique(rows // size, return_inverse=True)
    blocks = int(block.max()) + 1
    if blocks < 2:
        return Interval(n, share, np.nan, np.nan)
    drawn = min(independent_points(blocks * size, design), n)
    residuals = np.bincount(block, hits) - share * np.bincount(block)
    variance = blocks / (blocks - 1) * float((residuals**2).sum()) / n**2
    level = 0.5 + CONFIDENCE / 2.0
    narrower = float(ndtri(level) / stdtrit(blocks - 1.0, level)) ** 2
    effective = min(share * (1.0 - share) / variance * narrower, 2.0 * drawn, n) if variance > 0.0 else drawn
    whole = max(1, int(effective + _ROUNDING))
    return wilson(share * whole, whole)._replace(n=n, mean=share)


def smirnov_p(distances: Floats, m: int, n: int) -> Floats:
    """P-values of two-sided Kolmogorov-Smirnov distances between samples of ``m`` and ``n`` independent values.

    Exact for values without ties, and too large rather than too small with them: see ``exact_smirnov_p``.  Larger
    samples have the one-sample distribution at m n / (m + n), as ``scipy.stats.ks_2samp``.  NaN
    with fewer than ``LEAST`` on either side.
    """
    if min(m, n) < LEAST:
        return np.full(distances.shape, np.nan)
    if m + n <= _EXACT:
        return exact_smirnov_p(distances, m, n)
    from scipy.stats import kstwo  # slow to import

    return np.asarray(kstwo.sf(distances, np.round(m * n / (m + n))))


def exact_smirnov_p(distances: Floats, m: int, n: int) -> Floats:
    """Chance that samples of ``m`` and ``n`` from one continuous distribution lie so far apart or farther.

    All orders of the two are as likely (Hodges 1958).  ``away[:, i]`` is the chance that an order of i values of the
    one and k - i of the other has been that far apart at some place, from the two orders one value shorter.
    """
    i = np.arange(m + 1)
    away = np.zeros((distances.size, m + 1))
    for k in range(1, m + n + 1):
        shorter = np.append(np.zeros((distances.size, 1)), away[:, :-1], axis=1)
        away = (i * shorter + (k - i) * away) / k
        away[np.abs(i / m - (k - i) / n) >= distances[:, None] - _ROUNDING] = 1.0
        away[:, (i > k) | (k - i > n)] = 0.0  # no such order
    return np.asarray(away[:, m])
