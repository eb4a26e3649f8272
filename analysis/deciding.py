"""Which factor decides between two strategies: where in the space of a sample each is better, and where that changes.

Monte-Carlo filtering, or regional sensitivity (Spear & Hornberger 1980; Saltelli et al. 2004, chapter 6): points are
parted by what happens there, and a factor decides as far as its values differ between the two parts.
"""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.intervals import Floats, Interval, holm, wilson
from analysis.response import differences_at, direction
from analysis.sweep_wording import factor_label, percent, strategy_label
from analysis.wording import capital, measure_label
from sim.design import Design, Factor
from sim.kept import Swept
from sim.labels import text
from sim.parameters import FLAG

SAMPLES = ("latin", "sobol", "morris")  # kinds of designs that fill a space
SURE = 0.05  # the adjusted p below which a factor is said to decide


class Shares(NamedTuple):
    """How much of the space each outcome holds, over the points whose runs are there, with Wilson intervals."""

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


def shares(verdicts: Floats) -> Shares:
    """The share of the points that each outcome of ``verdict`` holds."""
    known = int(np.isfinite(verdicts).sum())
    return Shares(*(wilson(int((verdicts == outcome).sum()), known) for outcome in (1.0, -1.0, 0.0)))


def deciders(swept: Swept, measure: str, first: str, second: str) -> pd.DataFrame:
    """A row per factor, the one that decides most between two strategies first.

    ``distance``: Kolmogorov-Smirnov distance between the factor's values where ``first`` is better and where
    ``second`` is; ``p`` of no distance, ``p_holm`` adjusted for the number of factors.  ``boundary``: the value at
    which that distance is reached, which is the best single split where both outcomes weigh alike (Youden 1950).
    ``above_share`` and ``below_share``: of the ``above_n`` and ``below_n`` decided points beyond it, the share in which
    ``first`` is better, with Wilson intervals.  NaN where one of the two is nowhere better.
    """
    verdicts = verdict(swept, measure, first, second)
    decided = np.isfinite(verdicts) & (verdicts != 0.0)
    points, wins = swept.design.points[decided], verdicts[decided] > 0
    share = _independent(swept.design)
    rows = [_decider(points[:, f], wins, share) for f in range(points.shape[1])]
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    frame.insert(0, "factor", [factor.path for factor in swept.design.factors])
    frame.insert(3, "p_holm", holm(frame["p"]))
    return frame.sort_values("distance", ascending=False, kind="stable", ignore_index=True)


_COLUMNS = ["distance", "p", "boundary", *(f"{side}_{what}" for side in ("above", "below") for what in (
    "n", "share", "low", "high"))]  # fmt: skip


def _decider(x: Floats, wins: Any, share: float) -> list[float]:
    """Distance, p, boundary, and per side number and share with interval, for one factor."""
    first, second = int(wins.sum()), int((~wins).sum())
    if not first or not second:
        return [np.nan, np.nan, np.nan, 0, np.nan, np.nan, np.nan, 0, np.nan, np.nan, np.nan]
    order = np.argsort(x, kind="stable")
    x, wins = x[order], wins[order]
    apart = np.abs(np.cumsum(wins) / first - np.cumsum(~wins) / second)
    apart[np.append(x[1:] == x[:-1], True)] = 0.0  # between equal values nothing can be parted
    at = int(apart.argmax())
    boundary = (x[at] + x[at + 1]) / 2.0 if at + 1 < len(x) else x[at]
    row = [float(apart[at]), _p_of_distance(float(apart[at]), first * share, second * share), float(boundary)]
    for side in (wins[x > boundary], wins[x <= boundary]):
        row += wilson(int(side.sum()), side.size)
    return row


def _p_of_distance(distance: float, first: float, second: float) -> float:
    """P-value of a two-sided Kolmogorov-Smirnov distance between samples of two sizes.

    The one-sample distribution at n = first second / (first + second), as ``scipy.stats.ks_2samp`` has it for large
    samples (Hodges 1958); with equal values, as of whole numbers, it is too large rather than too small.
    """
    from scipy.stats import kstwo  # slow to import

    return float(kstwo.sf(distance, max(1.0, np.round(first * second / (first + second)))))


def _independent(design: Design) -> float:
    """Share of a design's points that were drawn independently of the others.

    Of a Sobol block two (A and B), of a Morris trajectory its start: the rest repeat their values.
    """
    count = len(design.factors)
    if design.kind == "sobol":
        return 2.0 / (2 * count + 2 if design.second_order else count + 2)
    return 1.0 / (count + 1) if design.kind == "morris" else 1.0


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


def sentences(swept: Swept, measure: str, first: str, second: str, lang: str, most: int = 3) -> list[str]:
    """The answer in words: who is better in how much of the space, and up to ``most`` factors that decide it."""
    found, frame = shares(verdict(swept, measure, first, second)), deciders(swept, measure, first, second)
    names = {"first": strategy_label(swept, first, lang), "second": strategy_label(swept, second, lang)}
    said = [text("decides.shares", lang, measure=capital(measure_label(measure, lang)), n=found.first.n, **names, **{
        f"{which}_{what}": words for which, share in found._asdict().items()
        for what, words in (("share", percent(share.mean, lang)), ("range", _range(share, lang)))
    })]  # fmt: skip
    if not found.first.mean or not found.second.mean or not found.first.n:
        one = "first" if found.first.mean else "second"
        anyone = found.undecided.mean < 1.0
        return [*said, text("decides.always" if anyone else "decides.never", lang, winner=names[one])]
    by_path = {factor.path: factor for factor in swept.design.factors}
    sure = frame[frame["p_holm"] < SURE].head(most).to_dict("records")
    for place, row in enumerate(sure):
        key = "decides.also" if place else "decides.lead"
        lead = text(key, lang, factor=factor_label(by_path[row["factor"]], lang))
        said.append(_factor_sentence(lead, row, by_path[row["factor"]], names["first"], lang))
    if not sure:
        top = frame.iloc[0]
        label = factor_label(by_path[top["factor"]], lang)
        said.append(text("decides.none", lang, factor=label, distance=f"{top['distance']:.2f}"))
    return said


def _factor_sentence(lead: str, row: dict[Any, Any], factor: Factor, winner: str, lang: str) -> str:
    key = "decides.flag" if factor.unit == FLAG else "decides.factor"
    return text(
        key, lang, lead=lead, boundary=boundary_text(row["boundary"], factor), first=winner,
        above=percent(row["above_share"], lang), below=percent(row["below_share"], lang),
    )  # fmt: skip


def boundary_text(boundary: float, factor: Factor) -> str:
    """A boundary with as many figures as its factor's range needs."""
    reach = factor.high - factor.low
    places = int(np.clip(2 - np.floor(np.log10(reach)), 0, 6)) if reach > 0 else 3
    return f"{boundary:.{places}f}".rstrip("0").rstrip(".") if places else f"{boundary:.0f}"


def _range(share: Interval, lang: str) -> str:
    return f"{100 * share.low:.0f}–{percent(share.high, lang)}" if share.n else "–"
