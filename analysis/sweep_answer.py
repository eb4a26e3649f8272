"""What a sweep says, in a few sentences computed from its runs."""

from collections.abc import Sequence

import numpy as np

from analysis.compare import PLANE
from analysis.deciding import SAMPLES, contested
from analysis.deciding_wording import grid_sentences
from analysis.deciding_wording import sentences as deciding
from analysis.mattering import findings
from analysis.response import differences_at, direction, over_replicates, verdicts_at
from analysis.sweep_wording import factor_label, strategy_label
from analysis.wording import capital, decimals, measure_label, measure_unit, number
from sim.kept import Swept
from sim.labels import LANGUAGES, text

FEW = 6  # strategies about which a sentence each can be read
NAMED = ("factorial", "mixture", "table")  # designs whose points somebody chose
SEVERAL_POINTS = 20  # of a sample, from which it is worth asking what decides


def sentences(swept: Swept, lang: str, measures: Sequence[str] = PLANE) -> list[str]:
    """How much was looked at, and per measure where strategies are better or worse, what moves it, and what decides.

    What moves a measure is said of designs for sensitivity, what decides of samples: see ``mattering.findings`` and
    ``deciding_wording.sentences``.  Of a single strategy on points that somebody chose: the best of them, and how many
    are not surely worse.
    """
    counts = swept.counts
    replicates = f"{counts.min()}" if counts.min() == counts.max() else f"{counts.min()}–{counts.max()}"
    sizes = {"points": f"{len(counts):,}", "strategies": len(swept.strategies), "replicates": replicates}
    said = [text("sweep.looked", lang, title=swept.title_zh if lang == "zh" else swept.title_en, **sizes)]
    for measure in measures:
        said += _verdicts(swept, measure, lang) if len(swept.strategies) > 1 else _best_point(swept, measure, lang)
        said += findings(swept, measure, lang)
        pair = contested(swept, measure)
        if pair and len(counts) >= SEVERAL_POINTS and swept.design.kind in SAMPLES:
            said += deciding(swept, measure, *pair, lang)
        elif pair and swept.design.kind == "factorial":
            said += grid_sentences(swept, measure, *pair, lang)
    return list(dict.fromkeys(said))  # where nothing could be compared, that is said once


def _verdicts(swept: Swept, measure: str, lang: str) -> list[str]:
    signs, there = verdicts_at(swept, measure), differences_at(swept, measure).n > 1
    others = [s for s, name in enumerate(swept.strategies) if name != swept.baseline]
    apart = [(int((signs[:, s] > 0).sum()), int((signs[:, s] < 0).sum()), int(there[:, s].sum()), s) for s in others]
    apart.sort(key=lambda row: (-row[0], row[1]))
    about = {"measure": capital(measure_label(measure, lang)), "baseline": strategy_label(swept, swept.baseline, lang)}
    said = []
    for better, worse, compared, s in apart[:FEW]:
        name = strategy_label(swept, swept.strategies[s], lang)
        if compared:
            counts = {"better": better, "worse": worse, "undecided": max(compared - better - worse, 0)}
            said.append(text("sweep.verdict", lang, strategy=name, points=compared, **about, **counts))
        else:
            said.append(text("decides.nothing", lang, first=name, second=about["baseline"], measure=about["measure"]))
    return said


def _best_point(swept: Swept, measure: str, lang: str) -> list[str]:
    """The point with the best mean of the only strategy, and how many others the paired intervals leave beside it."""
    runs, sign = swept.values(measure)[:, 0], direction(measure)
    mean = sign * over_replicates(runs[:, None])[1][:, 0]
    if swept.design.kind not in NAMED or not sign or not np.isfinite(mean).any():
        return []
    best = int(np.nanargmax(mean))
    behind = over_replicates((sign * (runs[best] - runs))[:, None])
    beside = int((behind.low[:, 0] <= 0).sum()) - int(behind.low[best, 0] <= 0)
    worst = int(np.nanargmin(mean))
    values = {which: number(sign * mean[p], decimals(mean)) for which, p in (("best", best), ("worst", worst))}
    return [
        text(
            "sweep.best", lang, measure=capital(measure_label(measure, lang)), unit=measure_unit(measure, lang),
            point=_point(swept, best, lang), other=_point(swept, worst, lang), beside=beside, **values,
        )
    ]  # fmt: skip


def _point(swept: Swept, p: int, lang: str) -> str:
    """A point by its name, or by what it sets."""
    design = swept.design
    if design.names and design.names[p][0]:
        return design.names[p][LANGUAGES.index(lang)]
    mixed = design.kind == "mixture"
    names = [text(f"timing.{each.path.split('.')[1]}", lang) if mixed else factor_label(each, lang)
             for each in design.factors]  # fmt: skip
    stop = "、" if lang == "zh" else ", "
    return stop.join(f"{name} {x:.3g}" for name, x in zip(names, design.points[p].tolist(), strict=True) if x == x)
