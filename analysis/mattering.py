"""Which parameters matter, in words: the strongest of a screening, of Sobol indices, or of a tornado.

A factor is named only if its effect is above what the noise of the draws alone would show: p < 0.05, adjusted for the
number of factors (Holm 1979).
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri, stdtr, stdtrit

from analysis.deciding import SURE, contested
from analysis.intervals import CONFIDENCE, Floats, Integers, holm
from analysis.response import over_replicates
from analysis.sensitivity import indices, noise_variance, runs_of, screening, tornado
from analysis.sweep_wording import factor_label, strategy_label
from analysis.wording import capital, counted, decimals, measure_label, measure_unit, number
from sim.design import Design
from sim.kept import Swept
from sim.labels import text

MOST = 3  # factors that a sentence can carry
_LEVEL = 0.5 + CONFIDENCE / 2.0


class Effects(NamedTuple):
    """What each of F factors does; ``values`` by name are what is said of it."""

    factors: Integers  # (F,), places in the design
    size: Floats  # (F,), by which they are ranked
    p: Floats  # (F,), of a size that noise alone would give; not adjusted; NaN where unknown
    n: Integers  # (F,), what each rests on
    values: list[dict[str, str]]


def findings(swept: Swept, measure: str, lang: str) -> list[str]:
    """A sentence on what moves the baseline's mean, and one on what moves the most contested difference.

    Nothing of a design that is for something else, or where nothing was measured.
    """
    if swept.design.kind not in _EFFECTS:
        return []
    pair = contested(swept, measure)
    said = [_finding(swept, measure, each, lang) for each in ((swept.baseline, ""), *([pair] if pair else []))]
    return [sentence for sentence in said if sentence]


def screening_effects(swept: Swept, measure: str, strategy: str, against: str, lang: str) -> Effects:
    """Of a Morris sample: is the mean size of the effect more than the draws alone would make it?

    The change over a step d has a variance of 2 v by noise, v being that of a mean of a point; the size of a normal
    deviate of standard deviation s is s √(2 / π) on average: so an effect of nothing has the size 2 √(v / π) / d.
    """
    table, design = screening(swept, measure, strategy, against), swept.design
    noise, _ = noise_variance(runs_of(swept, measure, strategy, against))
    n, size, high = (table[name].to_numpy() for name in ("n", "mu_star", "ci_high"))
    nothing = 2.0 * np.sqrt(noise / np.pi) * _mean_inverse_step(design)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = (high - size) / stdtrit(n - 1.0, _LEVEL)
        p = np.where(error > 0.0, stdtr(n - 1.0, -(size - nothing) / error), np.where(size > nothing, 0.0, 1.0))
    p = np.where(np.isfinite(error) & np.isfinite(nothing), p, np.nan)
    places = _places(size)
    values = [
        {"value": number(row["mu_star"], places), "range": _range(row["ci_low"], row["ci_high"], places, lang)}
        for row in table.to_dict("records")
    ]
    return Effects(np.arange(len(table)), size, p, n, values)


def _mean_inverse_step(design: Design) -> Floats:
    """1 / step of each factor in a Morris sample, as a share of its range, mean over the trajectories; shape (F,)."""
    count = len(design.factors)
    reach = np.array([factor.high - factor.low for factor in design.factors])
    steps = np.abs(np.diff(design.points.reshape(-1, count + 1, count), axis=1) / reach).max(axis=1)
    taken = steps > 0.0
    inverse = np.divide(1.0, steps, out=np.zeros(steps.shape), where=taken).sum(axis=0)
    return np.asarray(inverse / np.maximum(taken.sum(axis=0), 1))


def index_effects(swept: Swept, measure: str, strategy: str, against: str, lang: str) -> Effects:
    """Of a Sobol sample: is the total index more than the noise share, which noise adds to every factor's?"""
    table = indices(swept, measure, strategy, against)
    size = table["st"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        error = (table["st_high"].to_numpy() - size) / ndtri(_LEVEL)
        p = ndtr(-(size - table["noise"].to_numpy()) / error)
    values = [
        {f"{name}{end}": words for name in ("st", "s1") for end, words in (
            ("", number(row[name], 2)), ("_range", _range(row[f"{name}_low"], row[f"{name}_high"], 2, lang)))}
        for row in table.to_dict("records")
    ]  # fmt: skip
    return Effects(np.arange(len(table)), size, p, table["n"].to_numpy(), values)


def tornado_effects(swept: Swept, measure: str, strategy: str, against: str, lang: str) -> Effects:
    """Of a tornado: the larger of a factor's two changes from the centre; p of the paired t test, for both sides."""
    table = tornado(swept, measure, strategy, against)
    effects, highs, n = (
        np.stack([table[f"{side}_{what}"].to_numpy(dtype=np.float64) for side in ("low", "high")])
        for what in ("effect", "ci_high", "n")
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        error = (highs - effects) / stdtrit(n - 1.0, _LEVEL)
        p = 2.0 * stdtr(n - 1.0, -np.abs(effects) / error)
    p = np.where((error == 0.0) & (effects == 0.0), 1.0, p)
    side = np.where(np.isfinite(effects), np.abs(effects), -1.0).argmax(axis=0)
    chosen = np.arange(len(table))
    size, places = np.abs(effects[side, chosen]), _places(effects)
    values = []
    for at, row in zip(np.array(["low", "high"])[side], table.to_dict("records"), strict=True):
        low, high = row[f"{at}_ci_low"], row[f"{at}_ci_high"]
        value = number(row[f"{at}_effect"], places, "+")
        values.append({"at": f"{row[at]:.3g}", "value": value, "range": _range(low, high, places, lang)})
    paths = [factor.path for factor in swept.design.factors]
    rows = np.array([paths.index(path) for path in table["factor"]], dtype=np.int64)
    return Effects(rows, size, np.minimum(2.0 * np.fmin(*p), 1.0), n[side, chosen].astype(np.int64), values)


_EFFECTS: dict[str, Callable[[Swept, str, str, str, str], Effects]] = {
    "morris": screening_effects,
    "sobol": index_effects,
    "tornado": tornado_effects,
}


def _finding(swept: Swept, measure: str, outcome: tuple[str, str], lang: str) -> str:
    """One sentence on one outcome, a strategy's mean or its difference from another; empty if nothing was measured."""
    means = over_replicates(runs_of(swept, measure, *outcome)).mean
    means = means[np.isfinite(means)]
    if not means.size:
        return ""
    about = {"measure": capital(measure_label(measure, lang)), "outcome": _outcome(swept, *outcome, lang)}
    if np.ptp(means) == 0.0:
        return text("matters.still", lang, n=f"{means.size:,}", **about)
    found = _EFFECTS[swept.design.kind](swept, measure, *outcome, lang)
    if not np.isfinite(found.p).any():
        return text("matters.unknown", lang, **about)
    order = np.argsort(-np.where(np.isfinite(found.size), found.size, -np.inf), kind="stable")
    sure = [int(row) for row in order if holm(found.p)[row] < SURE]
    named = [_item(swept, found, row, lang) for row in (sure or [int(order[0])])[:MOST]]
    key = swept.design.kind if sure else "none"
    about |= {"items": ("；" if lang == "zh" else "; ").join(named), "unit": measure_unit(measure, lang)}
    return text(f"matters.{key}", lang, **about, count=len(sure), all=len(swept.design.factors), n=counted(found.n))


def _item(swept: Swept, found: Effects, row: int, lang: str) -> str:
    label = factor_label(swept.design.factors[found.factors[row]], lang)
    return text(f"matters.{swept.design.kind}_item", lang, factor=label, **found.values[row])


def _outcome(swept: Swept, strategy: str, against: str, lang: str) -> str:
    """What is explained, in words."""
    if not against:
        return text("sensitivity.mean_of", lang, strategy=strategy_label(swept, strategy, lang))
    names = {"first": strategy_label(swept, strategy, lang), "second": strategy_label(swept, against, lang)}
    return text("sensitivity.difference_of", lang, **names)


def _places(effects: Floats) -> int:
    return decimals(np.asarray(effects, dtype=np.float64))


def _range(low: float, high: float, places: int, lang: str) -> str:
    return text("matters.range", lang, low=number(low, places), high=number(high, places))
