"""Figures of claims on trial: all of them at a glance, and one claim over the conditions on which it may hang."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from analysis.claim_verdicts import CONTRADICTED, SUPPORTED, Judged, margins, scaled
from analysis.claim_wording import bracketed, contrast_said
from analysis.figures.style import (
    BETTER,
    FAINT,
    INK,
    PALE,
    UNDECIDED,
    WORSE,
    frame,
    new_figure,
    plain,
    save_png,
    wrap,
    writable,
)
from analysis.sweep_wording import factor_label, factor_unit
from analysis.wording import decimals, measure_label, measure_unit, number
from sim.claim import Test
from sim.design import Factor
from sim.factors import resolve
from sim.labels import LANGUAGES, text

COLORS = {"supported": BETTER, "contradicted": WORSE, "conditional": "#CC79A7", "undecided": UNDECIDED}
_MARKERS = {"supported": "o", "contradicted": "s", "conditional": "D", "undecided": "^"}
_WAYS = {SUPPORTED: BETTER, CONTRADICTED: WORSE}
_SAID = ("verdict.supported", "verdict.contradicted")
_MOST_PANELS = 3
_PANEL, _GAP, _LEAST_WIDTH = 4.2, 0.75, 7.4  # inches
_ROW = 0.235  # inches of a claim in the overview
_LIMIT = 300.0  # multiples of what matters beyond which a point is drawn at the edge


class _Titled(NamedTuple):
    title_en: str
    title_zh: str


def overview(found: Sequence[Judged], lang: str) -> Figure:
    """Each claim's deciding effect as a multiple of the smallest that matters, with its verdict and its share."""
    height = 1.75 + _ROW * len(found)
    figure = new_figure(11.0, height)
    axes = figure.add_axes((0.42, 0.95 / height, 0.46, _ROW * len(found) / height))
    plain(axes)
    axes.spines["left"].set_visible(False)
    axes.set_xscale("symlog", linthresh=1.0, linscale=0.8)
    axes.axvspan(-1.0, 1.0, color="#eeeeee", linewidth=0, zorder=0)
    axes.axvline(0.0, color=FAINT, linewidth=0.8)
    for row, each in enumerate(found):
        mean, low, high = (float(np.clip(x, -_LIMIT, _LIMIT)) for x in margins(each))
        color = COLORS[each.verdict]
        axes.plot([low, high], [row, row], color=color, linewidth=1.6, marker="|", markersize=6)
        axes.plot(mean, row, color=color, marker=_MARKERS[each.verdict], markersize=5.5)
        if each.share:
            axes.annotate(
                f"{100 * each.share.holds.mean:.0f} %", (1.02, row), xycoords=("axes fraction", "data"),
                va="center", fontsize=8.5, color=INK,
            )  # fmt: skip
    axes.set_yticks(range(len(found)), [f"{each.claim.number}  {each.claim.title.of(lang)}" for each in found])
    axes.tick_params(axis="y", length=0, labelsize=8.5)
    axes.set_ylim(len(found) - 0.5, -0.5)
    axes.set_xlim(-_LIMIT * 1.2, _LIMIT * 1.2)
    ticks = [-100, -10, -1, 0, 1, 10, 100]
    axes.set_xticks(ticks, [number(x, 0) for x in ticks])
    axes.minorticks_off()
    axes.set_xlabel(text("claims.axis", lang), fontsize=9.5, color=INK)
    axes.annotate(
        text("claims.holds", lang), (1.02, -0.9), xycoords=("axes fraction", "data"), fontsize=8.5, color=FAINT
    )
    subject = _Titled(text("claims.subject", "en"), text("claims.subject", "zh"))
    frame(figure, subject, lang, text("claims.heading", lang), text("claims.overview_note", lang))
    handles = [
        Line2D([], [], color=COLORS[verdict], marker=_MARKERS[verdict], label=text(f"verdict.{verdict}", lang))
        for verdict in COLORS
    ]
    figure.legend(
        handles=handles, loc="upper right", bbox_to_anchor=(0.99, 1 - 0.1 / height), ncols=4, frameon=False, fontsize=9,
        labelcolor=INK,
    )  # fmt: skip
    return figure


def claim_figure(judged: Judged, lang: str) -> Figure:
    """A claim over its map: a diagram of two conditions, curves over one; without a map, its effects in each world."""
    tests = _chosen(judged)
    axes_of = [resolve(path, judged.claim.base, judged.claim.strategies) for path in judged.claim.axes()]
    draw = {0: _worlds, 1: _curve, 2: _diagram}[len(axes_of)]
    first = 1.2 if axes_of else 2.2  # inches before the first panel
    width, height = max(first + len(tests) * (_PANEL + _GAP), _LEAST_WIDTH), 5.8
    figure = new_figure(width, height)
    for place, t in enumerate(tests):
        left = first + place * (_PANEL + _GAP)
        axes = figure.add_axes((left / width, 1.6 / height, _PANEL / width, 2.75 / height))
        draw(axes, judged, t, axes_of, lang)
        test = judged.claim.tests[t]
        heading = f"{measure_label(test.measure, lang)} ({measure_unit(test.measure, lang)})"
        axes.set_title(wrap(heading, 50), fontsize=10, color=INK, pad=24)
        contrast = wrap(contrast_said(test, judged.claim.arms, lang), 66)
        axes.annotate(contrast, (0.5, 1.015), xycoords="axes fraction", ha="center", fontsize=8, color=FAINT)
        if place:
            axes.set_ylabel("")
    verdict = text(f"verdict.{judged.verdict}", lang)
    title = f"{judged.claim.number}  {judged.claim.title.of(lang)}"
    subject = _Titled(text("claims.is", "en", verdict=verdict), text("claims.is", "zh", verdict=verdict))
    frame(figure, subject, lang, title, text(f"claims.note_{len(axes_of)}", lang))
    turns = any(test.expect == "turns" for test in judged.claim.tests)
    _legend(figure, len(axes_of), ("claims.above", "claims.below") if turns else _SAID, lang)
    return figure


def _chosen(judged: Judged) -> list[int]:
    """The tests that are drawn: of each part the best, or of one part all; where there is no room, the weakest."""
    parts = judged.claim.parts()

    def size(t: int) -> float:
        return scaled(judged.claim.tests[t], judged.home[t])[0]

    chosen = [max(part, key=size) for part in parts] if len(parts) > 1 else list(parts[0])
    return sorted(sorted(chosen, key=size)[:_MOST_PANELS])


def _size(test: Test) -> tuple[float, ...]:
    """Where an effect begins to matter: one value, or one on each side."""
    return {"more": (test.matters,), "less": (-test.matters,), "turns": (-test.matters, test.matters)}[test.expect]


def _diagram(axes: Axes, judged: Judged, t: int, factors: Sequence[Factor], lang: str) -> None:
    """Cells coloured by verdict, with the effect written in, and lines where it begins to matter."""
    first, second = judged.claim.axes().values()
    shape = (len(first), len(second))
    effects, test = judged.map[t], judged.claim.tests[t]
    mean, verdict = effects.mean.reshape(shape).T, effects.verdict.reshape(shape).T
    places = decimals(effects.mean)
    for (row, column), x in np.ndenumerate(mean):
        color = _WAYS.get(int(verdict[row, column]), "#ffffff")
        axes.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=_light(color), edgecolor="white"))
        if not verdict[row, column]:
            axes.add_patch(
                Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False, edgecolor=PALE, linewidth=0, hatch="///")
            )
        sign = "" if sum(test.weights.values()) else "+"
        axes.text(column, row, number(float(x), places, sign), ha="center", va="center", fontsize=8, color=INK)
    if min(shape) > 1:
        for level in _size(test):
            if np.nanmin(mean) < level < np.nanmax(mean):
                axes.contour(mean, levels=[level], colors=[INK], linewidths=1.8, linestyles="solid")
    axes.set_xlim(-0.5, shape[0] - 0.5)
    axes.set_ylim(-0.5, shape[1] - 0.5)
    axes.set_xticks(range(shape[0]), [f"{x:g}" for x in first])
    axes.set_yticks(range(shape[1]), [f"{x:g}" for x in second])
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0, labelcolor=INK, labelsize=8.5)
    _name_axes(axes, factors, lang)


def _curve(axes: Axes, judged: Judged, t: int, factors: Sequence[Factor], lang: str) -> None:
    """The effect with its interval over one condition; the line where it begins to matter."""
    (levels,) = judged.claim.axes().values()
    effects, test = judged.map[t], judged.claim.tests[t]
    plain(axes)
    axes.axhline(0.0, color=FAINT, linewidth=0.8)
    for level in _size(test):
        axes.axhline(level, color=INK, linewidth=1.0, linestyle=(0, (4, 2)))
    axes.fill_between(levels, effects.low, effects.high, color=PALE, alpha=0.6, linewidth=0)
    axes.plot(levels, effects.mean, color=INK, linewidth=1.2)
    for x, y, verdict in zip(levels, effects.mean, effects.verdict, strict=True):
        color = _WAYS.get(int(verdict), UNDECIDED)
        axes.plot(x, y, marker="o" if verdict == SUPPORTED else "s" if verdict else "^", color=color, markersize=7)
    axes.set_xlabel(_named(factors[0], lang, 48), fontsize=9, color=INK)


def _worlds(axes: Axes, judged: Judged, t: int, factors: Sequence[Factor], lang: str) -> None:
    """The effect where the claim is stated, where it must not be seen, and where it turns."""
    claim, effects, test = judged.claim, judged.home[t], judged.claim.tests[t]
    names = [
        text("claims.home", lang),
        *(each.title.of(lang) for each in claim.controls),
        claim.otherwise.title.of(lang),
    ]
    plain(axes)
    axes.axvline(0.0, color=FAINT, linewidth=0.8)
    for level in _size(test):
        axes.axvline(level, color=INK, linewidth=1.0, linestyle=(0, (4, 2)))
    for row in range(len(names)):
        color = _WAYS.get(int(effects.verdict[row]), UNDECIDED)
        axes.plot(
            [effects.low[row], effects.high[row]], [row, row], color=color, linewidth=1.8, marker="|", markersize=8
        )
        axes.plot(effects.mean[row], row, marker="o", color=color, markersize=5.5)
    axes.set_yticks(
        range(len(names)), [wrap(name, 24) for name in names] if t == _chosen(judged)[0] else [""] * len(names)
    )
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(names) - 0.5, -0.5)


def _name_axes(axes: Axes, factors: Sequence[Factor], lang: str) -> None:
    axes.set_xlabel(_named(factors[0], lang, 50), fontsize=9, color=INK)
    axes.set_ylabel(_named(factors[1], lang, 34), fontsize=9, color=INK)


def _named(factor: Factor, lang: str, width: int) -> str:
    return wrap(f"{factor_label(factor, lang)}{bracketed(factor_unit(factor, lang), lang)}", width)


def _legend(figure: Figure, axes: int, said: tuple[str, str], lang: str) -> None:
    shade = _light if axes == 2 else str
    handles: list[Patch | Line2D] = [
        Patch(facecolor=shade(BETTER), label=text(said[0], lang)),
        Patch(facecolor=shade(WORSE), label=text(said[1], lang)),
        Patch(facecolor="white", edgecolor=FAINT, hatch="///", linewidth=0.5, label=text("verdict.undecided", lang))
        if axes == 2 else Patch(facecolor=UNDECIDED, label=text("verdict.undecided", lang)),
        Line2D([], [], color=INK, linestyle="solid" if axes == 2 else (0, (4, 2)), label=text("claims.line", lang)),
    ]  # fmt: skip
    figure.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0.005, 0.46 / figure.get_size_inches()[1]), ncols=4,
        frameon=False, fontsize=8.5, labelcolor=INK, handlelength=1.6, columnspacing=1.4,
    )  # fmt: skip


def _light(color: str) -> tuple[float, float, float]:
    red, green, blue = to_rgb(color)
    return 1 - 0.45 * (1 - red), 1 - 0.45 * (1 - green), 1 - 0.45 * (1 - blue)


def write_figures(found: Sequence[Judged], folder: Path) -> list[Path]:
    """Write ``overview`` and a figure for each claim that is contradicted or conditional, in both languages."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for lang in writable(LANGUAGES):
        end = "" if lang == "en" else f".{lang}"
        drawn = [(overview(found, lang), "overview")]
        drawn += [(claim_figure(each, lang), each.claim.name) for each in found if worth_a_figure(each)]
        written += [save_png(figure, folder / f"{name}{end}.png") for figure, name in drawn]
    return written


def worth_a_figure(judged: Judged) -> bool:
    """Whether a claim has a figure of its own."""
    return judged.verdict in ("contradicted", "conditional")
