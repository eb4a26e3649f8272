"""Which factor decides between two strategies: where in the space of a sample each is better, and where that changes.

Monte-Carlo filtering, or regional sensitivity (Spear & Hornberger 1980; Saltelli et al. 2004, chapter 6): points are
parted by what happens there, and a factor decides as far as its values differ between the two parts.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.intervals import Floats, Integers, Interval, holm
from analysis.response import differences_at, direction
from analysis.sampled import independent_points, share_interval, smirnov_p
from sim.design import SAMPLED, Design
from sim.kept import Swept

SAMPLES = SAMPLED  # kinds of designs that fill a space
SURE = 0.05  # the adjusted p below which a factor is said to decide


class Shares(NamedTuple):
    """How much of the compared points each outcome holds; intervals, for the space, where the points are a sample."""

    first: Interval
    second: Interval
    undecided: Interval


def verdict(swept: Swept, measure: str, first: str, second: str) -> Floats:
    """1 at points where ``first`` is better, -1 where ``second`` is, 0 undecided, NaN unknown; shape (P,).

    Decided where the 95 % interval of the paired difference leaves out 0.  A measure without direction is a ValueError.
    """
    sign = direction(measure)
    if not sign:
        raise ValueError(f"a verdict needs a measure with a direction, got {measure}")
    band = differences_at(swept, measure, second).at(swept.strategies.index(first))
    outcome = sign * ((band.low > 0).astype(np.int64) - (band.high < 0))
    return np.where(np.isfinite(band.low), outcome.astype(np.float64), np.nan)


def shares(verdicts: Floats, design: Design) -> Shares:
    """The share of the compared points of a design that each outcome of ``verdict`` holds: see ``share_interval``."""
    known = np.flatnonzero(np.isfinite(verdicts))
    return Shares(*(share_interval(verdicts[known] == outcome, known, design) for outcome in (1.0, -1.0, 0.0)))


def deciders(swept: Swept, measure: str, first: str, second: str) -> pd.DataFrame:
    """A row per factor, the one that decides most between two strategies first.

    ``distance``: Kolmogorov-Smirnov distance between the factor's values where ``first`` is better and where
    ``second`` is; ``p`` of no distance, ``p_holm`` adjusted for the number of factors (NaN where fewer than
    ``sampled.LEAST`` independent points are on either side).  ``boundary``: the value at which that distance is
    reached, which is the best single split where both outcomes weigh alike (Youden 1950).  ``above_share`` and
    ``below_share``: of the ``above_n`` and ``below_n`` decided points beyond it, the share in which ``first`` is
    better, with intervals as ``share_interval`` has them.  NaN where one of the two is nowhere better; of a design
    that is no sample, p and intervals too.
    """
    verdicts = verdict(swept, measure, first, second)
    at = np.flatnonzero(np.isfinite(verdicts) & (verdicts != 0.0))
    wins, design = verdicts[at] > 0, swept.design
    rows = [_decider(design.points[at, f], wins, at, design) for f in range(len(design.factors))]
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    frame.insert(0, "factor", [factor.path for factor in design.factors])
    p = np.full(len(frame), np.nan)
    if design.kind in SAMPLES and wins.any() and not wins.all():
        sizes = (independent_points(int(part.sum()), design) for part in (wins, ~wins))
        p = smirnov_p(frame["distance"].to_numpy(), *sizes)
    frame.insert(2, "p", p)
    frame.insert(3, "p_holm", holm(p))
    return frame.sort_values("distance", ascending=False, kind="stable", ignore_index=True)


_COLUMNS = ["distance", "boundary", *(f"{side}_{what}" for side in ("above", "below") for what in (
    "n", "share", "low", "high"))]  # fmt: skip


def _decider(x: Floats, wins: NDArray[np.bool_], at: Integers, design: Design) -> list[float]:
    """Distance, boundary, and per side number and share with interval, for one factor at the decided points ``at``."""
    first, second = int(wins.sum()), int((~wins).sum())
    if not first or not second:
        return [np.nan, np.nan, 0, np.nan, np.nan, np.nan, 0, np.nan, np.nan, np.nan]
    order = np.argsort(x, kind="stable")
    x, wins, at = x[order], wins[order], at[order]
    apart = np.abs(np.cumsum(wins) / first - np.cumsum(~wins) / second)
    apart[np.append(x[1:] == x[:-1], True)] = 0.0  # between equal values nothing can be parted
    split = int(apart.argmax())
    boundary = (x[split] + x[split + 1]) / 2.0 if split + 1 < len(x) else x[split]
    row = [float(apart[split]), float(boundary)]
    for side in (x > boundary, x <= boundary):
        row += share_interval(wins[side], at[side], design)
    return row


def contested(swept: Swept, measure: str) -> tuple[str, str] | None:
    """The strategy that is better than the baseline in some of the points and worse in others most evenly, and it.

    None if there is nothing beside the baseline, or the measure has no direction.
    """
    others = [name for name in swept.strategies if name != swept.baseline]
    if not others or not direction(measure):
        return None
    band = differences_at(swept, measure)
    above, below = (band.low > 0).sum(axis=0), (band.high < 0).sum(axis=0)
    evenness = np.minimum(above, below) * len(band.n) + np.maximum(above, below)
    return max(others, key=lambda name: int(evenness[swept.strategies.index(name)])), swept.baseline
