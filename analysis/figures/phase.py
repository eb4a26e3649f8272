"""The phase diagram: over two factors, which strategy is best where, and where the verdict turns."""

from collections import Counter
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from analysis.figures.style import BETTER, FAINT, INK, WORSE, Look, frame, looks, new_figure, wrap
from analysis.intervals import Band, Floats, Integers
from analysis.response import differences_at, direction, means_at, over_replicates
from analysis.sweep_wording import factor_label, factor_unit, strategy_label, strategy_labels
from analysis.wording import counted, decimals, measure_label, measure_unit, number
from sim.design import Design
from sim.kept import Swept
from sim.labels import text

_LEFT, _RIGHT, _TOP, _BOTTOM = 1.15, 2.75, 0.95, 1.35  # inches
_DEPTHS = (0.4, 0.15, 0.6, 0.28)  # of a colour that several strategies share
_Color = tuple[float, float, float]
_READABLE = 12  # cells along a side above which no numbers are written


class _Grid(NamedTuple):
    """Levels of the two factors, and which row of the design is at which: (second, first), -1 where there is none."""

    first: Floats
    second: Floats
    rows: Integers

    @property
    def readable(self) -> bool:
        """Are cells large enough for numbers?"""
        return bool(max(self.rows.shape) <= _READABLE)

    def laid(self, values: Floats) -> Floats:
        """Values by point, (P,), as the grid has them."""
        return np.where(self.rows >= 0, values[self.rows], np.nan)


def phase(swept: Swept, lang: str, measure: str) -> Figure | None:
    """Over the levels of two factors the best of several strategies, or the difference between two.

    None if the design has not two factors, there is but one strategy, the measure has no direction, or nothing was
    measured.
    """
    if len(swept.design.factors) != 2 or len(swept.strategies) < 2 or not direction(measure):
        return None
    if not np.isfinite(swept.values(measure)).any():
        return None
    grid = _grid(swept.design)
    figure, axes = _canvas(swept, grid, lang)
    if len(swept.strategies) == 2:
        heading, note, said, handles = _pair(axes, swept, grid, measure, lang)
    else:
        heading, note, said, handles = _best(axes, swept, grid, measure, lang)
    frame(figure, swept, lang, heading, note)
    width, height = figure.get_size_inches()
    figure.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(1 - (_RIGHT - 0.1) / width, 1 - (_TOP - 0.08) / height),
        frameon=False, fontsize=9, labelcolor=INK, handlelength=1.8, labelspacing=0.7,
        title=wrap(said, 34), title_fontsize=9, alignment="left",
    )  # fmt: skip
    return figure


def _grid(design: Design) -> _Grid:
    first, second = (np.unique(column) for column in design.points.T)
    rows = np.full((second.size, first.size), -1, dtype=np.int64)
    across, up = np.searchsorted(first, design.points[:, 0]), np.searchsorted(second, design.points[:, 1])
    rows[up, across] = np.arange(len(design.points))
    return _Grid(first, second, rows)


def _canvas(swept: Swept, grid: _Grid, lang: str) -> tuple[Figure, Axes]:
    """Cells of equal size, however far apart the levels: they are named, and lines between them are interpolated."""
    across, up = (float(np.clip(cells * 0.95, 4.2, 8.0)) for cells in grid.rows.shape[::-1])
    up = min(0.75 * up, 5.2)
    width, height = _LEFT + across + _RIGHT, _TOP + up + _BOTTOM
    figure = new_figure(width, height)
    axes = figure.add_axes((_LEFT / width, _BOTTOM / height, across / width, up / height))
    axes.set_xlim(-0.5, grid.first.size - 0.5)
    axes.set_ylim(-0.5, grid.second.size - 0.5)
    axes.set_xticks(range(grid.first.size), list(map(_level, grid.first)))
    axes.set_yticks(range(grid.second.size), list(map(_level, grid.second)))
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0, labelcolor=INK, labelsize=9)
    names = [f"{factor_label(factor, lang)} ({factor_unit(factor, lang)})" for factor in swept.design.factors]
    axes.set_xlabel(wrap(names[0], int(across * 11)), fontsize=9.5, color=INK)
    axes.set_ylabel(wrap(names[1], int(up * 11)), fontsize=9.5, color=INK)
    return figure, axes


def _pair(axes: Axes, swept: Swept, grid: _Grid, measure: str, lang: str) -> tuple[str, str, str, list[Any]]:
    """Sign and size of the difference between two strategies, and the line where it is 0."""
    other = next(name for name in swept.strategies if name != swept.baseline)
    band = differences_at(swept, measure).at(swept.strategies.index(other))
    sign, greatest = direction(measure), float(np.nanmax(np.abs(band.mean), initial=0.0)) or 1.0
    places = decimals(band.mean)
    for p, row, column in _cells(grid):
        lead = float(sign * band.mean[p] / greatest)
        color = _mixed(BETTER if lead > 0 else WORSE, 0.12 + 0.6 * abs(lead)) if np.isfinite(lead) else (1.0, 1.0, 1.0)
        unsure = not (band.low[p] > 0 or band.high[p] < 0)
        _cell(axes, row, column, color, unsure, number(float(band.mean[p]), places, "+"), grid)
    _turns(axes, grid, band)
    names = {"first": strategy_label(swept, other, lang), "second": strategy_label(swept, swept.baseline, lang)}
    handles: list[Any] = []
    for which, shade, ahead in (("first", BETTER, sign * band.mean), ("second", WORSE, -sign * band.mean)):
        most = number(float(np.nanmax(ahead, initial=0.0)), places)
        label = text("phase.wins", lang, name=names[which], most=most)
        handles.append(Patch(facecolor=_mixed(shade, 0.6), label=wrap(label, 30)))
    handles += [_hatched(text("phase.undecided", lang)), _line(text("phase.boundary", lang))]
    heading = text("phase.pair", lang, measure=measure_label(measure, lang))
    said = text("figure.difference_in", lang, unit=measure_unit(measure, lang))
    return heading, text("phase.pair_note", lang, n=counted(band.n), **names), said, handles


def _best(axes: Axes, swept: Swept, grid: _Grid, measure: str, lang: str) -> tuple[str, str, str, list[Any]]:
    """The best strategy of each cell by its look, with its mean; hatched where the second best may be as good."""
    runs, means = swept.values(measure), means_at(swept, measure)
    goods = np.where(np.isfinite(means.mean), direction(measure) * means.mean, -np.inf)
    ranks, points = np.argsort(-goods, axis=1, kind="stable"), np.arange(len(goods))
    best, second = ranks[:, 0], ranks[:, 1]
    lead = over_replicates(direction(measure) * (runs[points, best] - runs[points, second]))
    styles, chosen = looks(swept), means.mean[points, best]
    shades = _shades(styles, best[np.isfinite(chosen)])
    places = decimals(chosen)
    for p, row, column in _cells(grid):
        if np.isfinite(chosen[p]):
            look = styles[best[p]]
            _cell(
                axes,
                row,
                column,
                shades[int(best[p])],
                not lead.low[p] > 0,
                number(float(chosen[p]), places),
                grid,
                0.24,
            )
            axes.plot(
                column, row + (0.12 if grid.readable else 0.0), marker=look.marker, fillstyle=look.fill,
                color=look.color, markersize=8, markerfacecoloralt="white",
            )  # fmt: skip
    names = strategy_labels(swept, lang)
    handles: list[Any] = [
        Line2D([], [], linestyle="", marker=styles[s].marker, fillstyle=styles[s].fill, color=styles[s].color,
               markersize=8, markerfacecoloralt="white", label=wrap(names[s], 30))
        for s in shades
    ]  # fmt: skip
    handles.append(_hatched(text("phase.unsure", lang)))
    heading = text("phase.heading", lang, measure=measure_label(measure, lang))
    said = f"{measure_label(measure, lang)} ({measure_unit(measure, lang)})"
    return heading, text("phase.note", lang, n=counted(means.n)), said, handles


def _level(level: float) -> str:
    return f"{level:.0f}" if level == round(level) else f"{level:.4g}"


def _cells(grid: _Grid) -> list[tuple[int, int, int]]:
    return [(int(p), row, column) for (row, column), p in np.ndenumerate(grid.rows) if p >= 0]


def _cell(
    axes: Axes, row: int, column: int, color: _Color, unsure: bool, words: str, grid: _Grid, below: float = 0.0
) -> None:
    corner = (column - 0.5, row - 0.5)
    axes.add_patch(Rectangle(corner, 1.0, 1.0, facecolor=color, edgecolor="white", linewidth=1.2))
    if unsure:
        axes.add_patch(Rectangle(corner, 1.0, 1.0, fill=False, edgecolor=FAINT, linewidth=0.0, hatch="///"))
    if grid.readable:
        box = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.75}
        axes.text(column, row - below, words, ha="center", va="center", fontsize=8, color=INK, bbox=box, zorder=5)


def _turns(axes: Axes, grid: _Grid, band: Band) -> None:
    """The line where the difference is 0, thick, and those where an end of its interval is, dashed."""
    if min(grid.rows.shape) < 2:
        return
    for values, width, line in ((band.mean, 2.0, "solid"), (band.low, 1.0, "dashed"), (band.high, 1.0, "dashed")):
        laid = grid.laid(values)
        if np.nanmin(laid, initial=np.inf) < 0.0 < np.nanmax(laid, initial=-np.inf):
            axes.contour(laid, levels=[0.0], colors=[INK], linewidths=width, linestyles=line, zorder=4)


def _shades(styles: list[Look], best: Integers) -> dict[int, _Color]:
    """A cell's colour per strategy that is best somewhere: those that share a colour differ in depth."""
    seen: Counter[str] = Counter()
    shades = {}
    for s in sorted(set(best.tolist())):
        shades[s] = _mixed(styles[s].color, _DEPTHS[seen[styles[s].color] % len(_DEPTHS)])
        seen[styles[s].color] += 1
    return shades


def _mixed(color: str, depth: float) -> _Color:
    """A colour made lighter: ``depth`` of it on white."""
    red, green, blue = to_rgb(color)
    return 1.0 - depth * (1.0 - red), 1.0 - depth * (1.0 - green), 1.0 - depth * (1.0 - blue)


def _hatched(label: str) -> Patch:
    return Patch(facecolor="white", edgecolor=FAINT, hatch="///", linewidth=0.5, label=label)


def _line(label: str) -> Line2D:
    return Line2D([], [], color=INK, linewidth=2.0, label=wrap(label, 30))
