"""Listed points: a row per point, a mark with its interval per strategy, a panel per measure."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.compare import PLANE
from analysis.figures.style import INK, columns, frame, looks, new_figure, plain, wrap
from analysis.intervals import Band
from analysis.response import means_at
from analysis.sweep_wording import strategy_labels
from analysis.wording import counted, measure_label, measure_unit
from sim.kept import Swept
from sim.labels import LANGUAGES, text

MOST = 30  # points that one figure can carry
_PANEL, _TOP, _BOTTOM, _NAME = 4.2, 0.85, 1.15, 26  # inches, and columns of a point's name
_SPREAD = 0.7  # of a row's height, over which its strategies lie


def points(swept: Swept, lang: str, measures: Sequence[str] = PLANE) -> Figure | None:
    """Means with 95 % t intervals at the first ``MOST`` points of a table; None if nothing was measured."""
    count = min(MOST, len(swept.design.points))
    bands = [_first(means_at(swept, measure), count) for measure in measures]
    if not any(np.isfinite(band.mean).any() for band in bands):
        return None
    names = [wrap(point_name(swept, p, lang), _NAME) for p in range(count)]
    left = 0.35 + 0.075 * max(columns(line) for name in names for line in name.split("\n"))
    row = max(0.42, 0.13 * len(swept.strategies) + 0.12)
    legend = 0.24 * -(-len(swept.strategies) // 2)
    width, height = left + len(measures) * (_PANEL + 0.3), _TOP + legend + row * count + _BOTTOM
    figure = new_figure(width, height)
    for k, (measure, band) in enumerate(zip(measures, bands, strict=True)):
        box = (left + k * (_PANEL + 0.3)) / width, _BOTTOM / height, _PANEL / width, row * count / height
        axes = figure.add_axes(box)
        _panel(axes, swept, band)
        axes.set_yticks(range(count), names if k == 0 else [""] * count)
        axes.set_xlabel(f"{measure_label(measure, lang)} ({measure_unit(measure, lang)})", fontsize=9.5, color=INK)
    _legend(figure, swept, lang, left / width, 1 - (_TOP - 0.1) / height)
    n = counted(np.concatenate([band.n.ravel() for band in bands]))
    shown = text("points.first", lang, shown=count, count=len(swept.design.points))
    note = text("points.note", lang, n=n) + (shown if count < len(swept.design.points) else "")
    frame(figure, swept, lang, text("points.heading", lang), note)
    return figure


def point_name(swept: Swept, p: int, lang: str) -> str:
    """A point by its name, else by its number."""
    named = swept.design.names and swept.design.names[p][0]
    return swept.design.names[p][LANGUAGES.index(lang)] if named else text("points.number", lang, p=p)


def _first(band: Band, count: int) -> Band:
    return Band(band.n[:count], band.mean[:count], band.low[:count], band.high[:count], band.p[:count])


def _panel(axes: Axes, swept: Swept, band: Band) -> None:
    plain(axes)
    axes.grid(axis="x", color="#eeeeee", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    count, strategies = band.mean.shape
    offsets = (np.arange(strategies) - (strategies - 1) / 2.0) * _SPREAD / max(strategies, 2)
    for p in range(0, count, 2):
        axes.axhspan(p - 0.5, p + 0.5, color="#f6f6f6", zorder=0)
    for s, look in enumerate(looks(swept)):
        y = np.arange(count) + offsets[s]
        axes.hlines(y, band.low[:, s], band.high[:, s], color=look.color, linewidth=1.3, zorder=2)
        axes.plot(
            band.mean[:, s], y, linestyle="", marker=look.marker, fillstyle=look.fill, markersize=6,
            color=look.color, markerfacecoloralt="white", zorder=3,
        )  # fmt: skip
    axes.set_ylim(count - 0.5, -0.5)


def _legend(figure: Figure, swept: Swept, lang: str, left: float, top: float) -> None:
    handles = [
        Line2D([], [], linestyle="", marker=look.marker, fillstyle=look.fill, color=look.color,
               markerfacecoloralt="white", label=label)
        for look, label in zip(looks(swept), strategy_labels(swept, lang), strict=True)
    ]  # fmt: skip
    figure.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(left, top), ncols=2, frameon=False, fontsize=9,
        borderaxespad=0.0, handletextpad=0.4,
    )  # fmt: skip
