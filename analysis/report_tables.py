"""The tables of a report: means and paired differences of a comparison, means at the points of a sweep."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from analysis.compare import (
    AGREE,
    KEY,
    PLANE,
    Check,
    chance_better,
    check_of,
    difference_of,
    mean_of,
    non_dominated,
    verdicts,
)  # fmt: skip
from analysis.intervals import Band, Integers
from analysis.response import direction, over_replicates
from analysis.sweep_wording import percent, strategy_label, strategy_labels
from analysis.terminal import MAIN
from analysis.wording import baseline_label, counted, decimals, labels, measure_label, measure_unit, number
from sim.kept import Results, Swept
from sim.labels import said, text, unit
from sim.measures import NAMES

MOST_POINTS, MOST_STRATEGIES, MOST_FACTORS = 30, 6, 6  # of a sweep's table
_BETTER, _WORSE, _STAR, _DOUBT = "▲", "▼", "*", "?"


class Cell(NamedTuple):
    """What stands in a table; signs come with words for those who hear the page."""

    text: str
    kind: str = "number"  # or text, code, name (which heads its row)
    sign: str | None = None  # '' keeps its place where other rows have one
    meaning: str = ""
    after: str = ""  # behind the sign
    verdict: int = 0  # 1 better, -1 worse


class Head(NamedTuple):
    """What stands above a column."""

    text: str
    kind: str = "number"
    unit: str = ""


class Words(NamedTuple):
    """Paragraphs, or the entries of a list."""

    texts: tuple[str, ...]
    listed: bool = False
    kind: str = "words"


class Table(NamedTuple):
    """A table with what it is above and how to read it below."""

    caption: str
    head: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    kind: str = "table"


Block = Words | Table


def tables(results: Results, lang: str) -> tuple[Table, ...]:
    """Means of the main measures and, with several strategies, their paired differences on the key measures."""
    means = _compared(results, lang, MAIN, paired=False)
    return (means, _compared(results, lang, KEY, paired=True)) if len(results.strategies) > 1 else (means,)


def _compared(results: Results, lang: str, measures: Sequence[str], *, paired: bool) -> Table:
    band = difference_of(results, measures) if paired else mean_of(results, measures)
    signs = verdicts(results, measures)
    check = check_of(results, measures) if paired else None
    doubted = ~check.agrees if check else np.zeros(signs.shape, dtype=np.bool_)
    free = non_dominated(results)
    rows = []
    for s, name in enumerate(results.strategies):
        star = f" {_STAR}" if name in free else ""
        cells = [Cell(labels(results, lang)[s] + star, "name")]
        for m, measure in enumerate(measures):
            if paired and name == results.baseline:
                cells.append(Cell(text("table.baseline", lang), sign=""))
                continue
            after = percent(chance_better(results, s, NAMES.index(measure))[0], lang) if paired else ""
            signed = _signed(band.at(m), s, int(signs[s, m]), lang, plus="+" if paired else "")
            cells.append(_doubted(signed, bool(doubted[s, m]), lang)._replace(after=after))
        rows.append(tuple(cells))
    heads = (_strategy_head(lang), *(Head(measure_label(m, lang), unit=measure_unit(m, lang)) for m in measures))
    baseline = baseline_label(results, lang)
    caption = text("report.differences", lang, baseline=baseline) if paired else text("report.means", lang)
    return Table(caption, heads, tuple(rows), _note(results, lang, counted(band.n), paired) + _checked(check, lang))


def _note(results: Results, lang: str, n: str, paired: bool) -> str:
    first, second = (measure_label(name, lang) for name in PLANE)
    key = "table.differences_caption" if paired else "table.caption"
    signs = {"better": _BETTER, "worse": _WORSE, "star": _STAR}
    return text(key, lang, n=n, baseline=baseline_label(results, lang), first=first, second=second, **signs)


def _checked(check: Check | None, lang: str) -> str:
    """How many intervals the bootstrap disagrees with."""
    if check is None or not check.known.any():
        return ""
    total, count = int(check.known.sum()), int((~check.agrees).sum())
    key = "check.some" if count else "check.none"
    return text(key, lang, total=total, count=count, share=percent(AGREE, lang), sign=_DOUBT)


def _signed(band: Band, s: int, verdict: int, lang: str, plus: str = "") -> Cell:
    """A mean with the half-width of its interval, as a cell; ``verdict`` 1 better, -1 worse, 0 undecided."""
    mean, half = float(band.mean[s]), float(band.high[s] - band.mean[s])
    if not np.isfinite(mean):
        return Cell(number(mean, 0), sign="")
    places = decimals(band.mean)
    shown = number(mean, places, plus) + (f" ±{number(half, places)}" if np.isfinite(half) else "")
    sign = {1: _BETTER, -1: _WORSE, 0: ""}[verdict]
    meaning = {1: text("report.better", lang), -1: text("report.worse", lang), 0: ""}[verdict]
    return Cell(shown, sign=sign, meaning=meaning, verdict=verdict)


def _doubted(cell: Cell, doubted: bool, lang: str) -> Cell:
    if not doubted:
        return cell
    meaning = f"{cell.meaning}; {text('report.doubt', lang)}" if cell.meaning else text("report.doubt", lang)
    return cell._replace(sign=(cell.sign or "") + _DOUBT, meaning=meaning)


def _strategy_head(lang: str) -> Head:
    return Head(text("table.strategy", lang), "text")


def tables_of_sweep(swept: Swept, lang: str) -> tuple[Block, ...]:
    """Means at the first points, a table per measure of ``PLANE``, and what of the sweep is not in them."""
    left = Words(tuple(_left_out(swept, lang)))
    made = tuple(_at_points(swept, measure, lang) for measure in PLANE)
    return (*made, left) if left.texts else made


def _at_points(swept: Swept, measure: str, lang: str) -> Table:
    """A row per point, a column per strategy."""
    chosen, points = _chosen(swept), min(len(swept.design.points), MOST_POINTS)
    runs = swept.values(measure)[:points]
    base = runs[:, swept.strategies.index(swept.baseline), None]
    band, apart = over_replicates(runs), over_replicates(runs - base)
    signs: Integers = ((apart.low > 0).astype(np.int64) - (apart.high < 0)) * direction(measure)
    rows = []
    for p in range(points):
        cells = [_signed(band.at(s), p, int(signs[p, s]), lang) for s in chosen]
        rows.append((*_point(swept, p, lang), *cells))
    shown = (Head(label) for label in (strategy_labels(swept, lang)[s] for s in chosen))
    caption = text("report.at_points", lang, measure=measure_label(measure, lang), unit=measure_unit(measure, lang))
    baseline = strategy_label(swept, swept.baseline, lang)
    signs_said = {"better": _BETTER, "worse": _WORSE}
    note = text("report.at_points_note", lang, n=counted(band.n[:, chosen]), baseline=baseline, **signs_said)
    return Table(caption, (*_point_heads(swept, lang), *shown), tuple(rows), note)


def _chosen(swept: Swept) -> list[int]:
    """The first strategies, the baseline among them."""
    base = swept.strategies.index(swept.baseline)
    others = [s for s in range(len(swept.strategies)) if s != base]
    return sorted([base, *others[: MOST_STRATEGIES - 1]])


def _point(swept: Swept, p: int, lang: str) -> Iterable[Cell]:
    """What a point is called, and what it sets where that is not too much."""
    design = swept.design
    yield Cell(design.names[p][lang == "zh"] or str(p) if design.names else str(p), "name")
    if len(design.factors) <= MOST_FACTORS:
        yield from (Cell(f"{x:.4g}" if x == x else "–") for x in design.points[p].tolist())


def _point_heads(swept: Swept, lang: str) -> Iterable[Head]:
    yield Head(text("report.point", lang), "text")
    if len(swept.design.factors) <= MOST_FACTORS:
        yield from (Head(said(each, lang), unit=unit(each.unit, lang)) for each in swept.design.factors)


def _left_out(swept: Swept, lang: str) -> Iterable[str]:
    points, strategies, factors = len(swept.design.points), len(swept.strategies), len(swept.design.factors)
    if points > MOST_POINTS:
        yield text("report.first_points", lang, shown=MOST_POINTS, all=f"{points:,}")
    if strategies > MOST_STRATEGIES:
        yield text("report.first_strategies", lang, shown=MOST_STRATEGIES, all=strategies)
    if factors > MOST_FACTORS:
        yield text("report.first_factors", lang, all=factors)
