"""The answer in a few sentences: what is best and how sure, what is traded, and whether more worlds are needed."""

from collections.abc import Sequence

import numpy as np

from analysis.compare import KEY, PLANE, check_of, difference_of, mean_of, non_dominated, verdicts
from analysis.intervals import CONFIDENCE, Floats, mean_band, replicates_needed, spread
from analysis.selection import Selection, selections
from analysis.wording import baseline_label, capital, counted, decimals, labels, measure_label, measure_unit, number
from sim.kept import Results
from sim.labels import text
from sim.measures import NAMES

_FEW = 2  # names that a sentence can carry in one place


def sentences(results: Results, lang: str) -> list[str]:
    """What a comparison says on the key measures: one sentence or two per entry, plain text.

    Better, worse and undecided are the verdicts of the 95 % paired t intervals, each by itself.
    """
    if len(results.strategies) < 2:
        return [text("answer.alone", lang)]
    found = [_best(results, lang, chosen) for chosen in selections(results) if chosen.best]
    return [*found, *_trade(results, lang), *_replicates(results, lang), *_checked(results, lang)]


def _best(results: Results, lang: str, chosen: Selection) -> str:
    """What is best on one measure, how sure that is, and how many beat the baseline."""
    rivals = [name for name in chosen.possible if name != chosen.best]
    sure = chosen.chance >= CONFIDENCE
    needed = "" if sure or np.isnan(chosen.replicates_needed) else _rounded(chosen.replicates_needed)
    first = text(
        "answer.sure" if sure else "answer.likely" if chosen.chance > 0.5 else "answer.open",
        lang,
        measure=capital(measure_label(chosen.measure, lang)),
        best=_names(results, lang, [chosen.best]),
        chance=_chance(chosen.chance, lang),
        needed=text("answer.needed", lang, n=needed) if needed else "",
    )
    others = int((mean_of(results, [chosen.measure]).n[:, 0] > 0).sum()) - 1
    left = "answer.none" if not rivals else "answer.few" if len(rivals) <= _FEW else "answer.many"
    rest = text(left, lang, count=len(rivals), others=others, names=_names(results, lang, rivals))
    return first + rest + _against(results, lang, chosen.measure)


def _against(results: Results, lang: str, measure: str) -> str:
    signs = verdicts(results, [measure])[:, 0]
    compared = (difference_of(results, [measure]).n[:, 0] > 0) & (np.array(results.strategies) != results.baseline)
    better, worse, undecided = (
        [name for s, name in enumerate(results.strategies) if compared[s] and signs[s] == sign] for sign in (1, -1, 0)
    )
    return text(
        "answer.against",
        lang,
        better=len(better),
        better_names=_few(results, lang, better),
        worse=len(worse),
        worse_names=_few(results, lang, worse),
        undecided=len(undecided),
    )


def _trade(results: Results, lang: str) -> list[str]:
    """From the one end of what is not dominated on the plane to the other."""
    free = [results.strategies.index(name) for name in non_dominated(results)]
    if not free:
        return []
    first, second = (measure_label(name, lang) for name in PLANE)
    by_first = sorted(free, key=lambda s: float(mean_of(results, PLANE).mean[s, 0]))
    one, *between, other = by_first if len(by_first) > 1 else by_first * 2
    ends = {"one": _names(results, lang, [results.strategies[one]])}
    if one == other:
        return [text("answer.first", lang, first=first, second=second, best=ends["one"])]
    ends["other"] = _names(results, lang, [results.strategies[other]])
    values = results.values[:, :, [NAMES.index(name) for name in PLANE]]
    band = mean_band(values[other] - values[one])
    x, y = (_change(float(band.mean[k]), float(band.high[k] - band.mean[k])) for k in range(2))
    unit_x, unit_y = (measure_unit(name, lang) for name in PLANE)
    said = text("answer.trade", lang, first=first, second=second, x=x, y=y, unit_x=unit_x, unit_y=unit_y, **ends)
    if between:
        names = _names(results, lang, [results.strategies[s] for s in between])
        said += text("answer.between", lang, names=names)
    return [said]


def _replicates(results: Results, lang: str) -> list[str]:
    """How many worlds there are, and how many would decide what is undecided."""
    band = difference_of(results, KEY)
    compared = (band.n > 0) & (np.array(results.strategies) != results.baseline)[:, None]
    if not compared.any():
        return []
    undecided = compared & (verdicts(results, KEY) == 0)
    about = {"n": counted(band.n[compared]), "total": int(compared.sum()), "baseline": baseline_label(results, lang)}
    if not undecided.any():
        return [text("answer.decided", lang, **about)]
    said = text("answer.undecided", lang, count=int(undecided.sum()), **about)
    needed = replicates_needed(band.mean, spread(band))[undecided]
    if np.isfinite(needed).all():  # what does not differ at all, no number of worlds decides
        key = "answer.more" if needed.size > 1 else "answer.more_one"
        said += text(key, lang, least=_rounded(needed.min()), most=_rounded(needed.max()))
    return [said]


def _checked(results: Results, lang: str) -> list[str]:
    check = check_of(results, KEY)
    total, count = int(check.known.sum()), int((~check.agrees).sum())
    if not total:
        return []
    return [text("answer.disagree" if count else "answer.agree", lang, total=total, count=count)]


def _chance(chance: float, lang: str) -> str:
    """A bound, so rounded down; a bound of nothing says nothing."""
    if not chance >= 0.01:
        return text("answer.unknown", lang)
    percent, space = int(100.0 * chance), "" if lang == "zh" else " "
    key, shown = ("answer.above", 99) if chance >= 0.99 else ("answer.least", percent)
    return text(key, lang, share=f"{shown}{space}%")


def _change(mean: float, half: float) -> str:
    places = max(0, decimals(np.array([half])) - 1) if half > 0.0 else decimals(np.array([mean]))  # two digits of it
    width = f" ±{number(half, places)}" if np.isfinite(half) else ""
    return number(mean, places, "+") + width


def _rounded(n: float | Floats) -> str:
    """Two digits, upwards: it is a forecast."""
    size = 10.0 ** max(0, int(np.floor(np.log10(float(n)))) - 1)
    return f"{int(np.ceil(float(n) / size) * size):,}"


def _names(results: Results, lang: str, strategies: Sequence[str]) -> str:
    shown = dict(zip(results.strategies, labels(results, lang), strict=True))
    return ("；" if lang == "zh" else "; ").join(shown[name] for name in strategies)


def _few(results: Results, lang: str, strategies: Sequence[str]) -> str:
    """The names in parentheses, if they are few."""
    if not 0 < len(strategies) <= _FEW:
        return ""
    return text("answer.named", lang, names=_names(results, lang, strategies))
