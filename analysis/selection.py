"""Ranking and selection: which strategy is best on a measure, how sure that is, and which others may be."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import stdtr

from analysis.compare import KEY, directions
from analysis.intervals import CONFIDENCE, MOST_REPLICATES, Floats, mean_band, spread
from sim.kept import Results
from sim.measures import MEASURES, NAMES


class Choice(NamedTuple):
    """What values say about which of S strategies is best."""

    best: int  # the index of the best-looking; -1 if no strategy has a value
    n: int  # the fewest pairs that a comparison with it rests on
    chance: float  # that it is the best, at least; NaN if it cannot be said
    possible: tuple[int, ...]  # those that cannot be excluded as the best, itself among them
    replicates_needed: float  # for a chance of 95 %; NaN if it cannot be said, or no number is enough


class Selection(NamedTuple):
    """The same for one measure, with names."""

    measure: str
    best: str  # empty if no strategy has a value
    n: int
    chance: float
    possible: tuple[str, ...]
    replicates_needed: float
    indifference: float  # what is worse by no more than this counts as best too


def choose(goods: Floats, indifference: float = 0.0) -> Choice:
    """The best of S strategies by values of which more is better, (S, R), paired by replicate; NaN where missing.

    *Best-looking*: the best mean over the replicates that all strategies have (over each one's own if there are none);
    the first of equals.  A strategy without a value is no candidate.

    *Chance*: 1 - Σ P(another's true mean is better by more than ``indifference``), at least 0: the bound of Bonferroni
    on the posterior chance of correct selection (APCS-B, Chen & Lee 2011), with the t distribution of each paired
    difference, as for a flat prior.  A tie that never varies counts half.

    *Possible*: a strategy is excluded if the paired t test against the best-looking one says, one-sided and at 5 % over
    the number of tests (Bonferroni), that it is worse; so the truly best is among the rest in 95 % of experiments
    (subset selection: Nelson et al. 2001).  This does not use ``indifference``.

    *Needed*: the least number of replicates for a chance of 95 %, were means and deviations those seen.
    """
    candidates = np.flatnonzero(np.isfinite(goods).any(axis=1))
    if not candidates.size:
        return Choice(-1, 0, np.nan, (), np.nan)
    best = int(candidates[_best(goods[candidates])])
    rivals = candidates[candidates != best]
    if not rivals.size:
        return Choice(best, int(np.isfinite(goods[best]).sum()), 1.0, (best,), np.nan)
    ahead = (goods[best] - goods[rivals]).T
    lost, risk = _behind(ahead), _behind(ahead + indifference)
    band = mean_band(ahead + indifference)
    possible = rivals[~(lost < (1.0 - CONFIDENCE) / rivals.size)]  # what is not known is not excluded
    return Choice(
        best,
        int(band.n.min()),
        max(0.0, 1.0 - float(risk.sum())) if np.isfinite(risk).all() else np.nan,
        tuple(sorted((best, *possible.tolist()))),
        _needed(band.mean, spread(band)),
    )


def selections(
    results: Results, measures: Sequence[str] = KEY, indifference: Mapping[str, float] | None = None
) -> tuple[Selection, ...]:
    """What is best on each of ``measures``; ``indifference`` by measure, in its unit, 0 where not given.

    A measure without direction is a ValueError.
    """
    found = []
    for name, sign in zip(measures, directions(measures), strict=True):
        margin = (indifference or {}).get(name, 0.0)
        choice = choose(sign * results.values[:, :, NAMES.index(name)], margin)
        best = results.strategies[choice.best] if choice.best >= 0 else ""
        possible = tuple(results.strategies[s] for s in choice.possible)
        found.append(Selection(name, best, choice.n, choice.chance, possible, choice.replicates_needed, margin))
    return tuple(found)


def selection_table(results: Results, indifference: Mapping[str, float] | None = None) -> pd.DataFrame:
    """A row per measure with a direction; ``possible`` counts the ``candidates``, which are listed with semicolons."""
    measures = [measure.name for measure in MEASURES if measure.better]
    rows = [
        (each.measure, each.best or None, each.n, each.chance, len(each.possible), ";".join(each.possible) or None,
         each.replicates_needed, each.indifference)
        for each in selections(results, measures, indifference)
    ]  # fmt: skip
    names = ("measure", "best", "n", "chance", "possible", "candidates", "replicates_needed", "indifference")
    return pd.DataFrame(rows, columns=list(names))


def _best(goods: Floats) -> int:
    shared = np.isfinite(goods).all(axis=0)
    return int(np.argmax(mean_band((goods[:, shared] if shared.any() else goods).T).mean))


def _behind(ahead: Floats) -> Floats:
    """Chance that a true mean difference is below 0, a column each, (R, K) -> (K,); half where all is 0."""
    band = mean_band(ahead)
    return np.where(band.mean > 0.0, band.p / 2.0, 1.0 - band.p / 2.0)


def _needed(ahead: Floats, deviation: Floats) -> float:
    """Least n with Σ T(n - 1; -ahead √n / deviation) <= 5 %, by halving; it falls with n."""
    if not (ahead > 0.0).all() or not np.isfinite(deviation).all():
        return np.nan

    def enough(n: int) -> bool:
        with np.errstate(divide="ignore"):
            return float(stdtr(n - 1.0, -ahead * np.sqrt(n) / deviation).sum()) <= 1.0 - CONFIDENCE

    low, high = 1, 2
    while not enough(high):
        if high > MOST_REPLICATES:
            return np.nan
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return float(high)
