"""Response: measures against the levels of one factor, a line per strategy."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.compare import PLANE
from analysis.figures.placing import spread
from analysis.figures.style import INK, columns, dress, frame, looks, new_figure, plain, wrap
from analysis.intervals import Band, Floats, Integers, mean_band
from analysis.sweep_wording import factor_label, factor_unit, strategy_labels
from analysis.wording import counted, measure_label, measure_unit
from sim.kept import Swept
from sim.labels import text

_PANEL, _LEFT, _TOP, _PLOT, _BOTTOM = 4.3, 0.95, 0.95, 3.9, 1.2  # inches
_MANY = 9  # levels above which ticks are left to matplotlib


def response(swept: Swept, lang: str, measures: Sequence[str] = PLANE, factor: int = 0) -> Figure | None:
    """Means with 95 % bands over the levels of a factor, averaged over those of the others; a panel per measure.

    None if nothing was measured.
    """
    levels, where = np.unique(swept.design.points[:, factor], return_inverse=True)
    bands = [_averaged(swept.values(measure), where.astype(np.int64), levels.size) for measure in measures]
    if not any(np.isfinite(band.mean).any() for band in bands):
        return None
    room = 0.3 + 0.066 * max(columns(name) for name in strategy_labels(swept, lang))  # for names beside the lines
    width = len(measures) * (_LEFT + _PANEL + room)
    height = _TOP + max(_PLOT, 0.19 * len(swept.strategies)) + _BOTTOM
    figure = new_figure(width, height)
    for k, (measure, band) in enumerate(zip(measures, bands, strict=True)):
        left = k * (_LEFT + _PANEL + room) + _LEFT
        box = (left / width, _BOTTOM / height, _PANEL / width, (height - _TOP - _BOTTOM) / height)
        _panel(figure.add_axes(box), swept, levels, band, factor, lang)
        figure.axes[k].set_ylabel(f"{measure_label(measure, lang)} ({measure_unit(measure, lang)})", fontsize=9.5)
    note = text("response.note", lang, n=counted(np.concatenate([band.n.ravel() for band in bands])))
    several = len(swept.design.factors) > 1
    frame(figure, swept, lang, text("response.factor_heading" if several else "response.heading", lang), note)
    dress(figure)  # the room for names depends on the ticks, and those on the font
    for axes, band in zip(figure.axes, bands, strict=True):
        _name_lines(axes, swept, levels, band, lang)
    return figure


def _averaged(runs: Floats, where: Integers, levels: int) -> Band:
    """Runs (P, S, R) averaged over the points of a level within each replicate, then over replicates: (levels, S)."""
    level = np.full((levels, *runs.shape[1:]), np.nan)
    for k in range(levels):
        level[k] = runs[where == k].mean(axis=0)
    return mean_band(np.moveaxis(level, -1, 0))


def _panel(axes: Axes, swept: Swept, levels: Floats, band: Band, factor: int, lang: str) -> None:
    plain(axes)
    axes.grid(color="#eeeeee", linewidth=0.8)
    axes.set_axisbelow(True)
    for s, look in enumerate(looks(swept)):
        known = np.isfinite(band.mean[:, s])
        x, low, high = levels[known], band.low[known, s], band.high[known, s]
        axes.fill_between(x, low, high, color=look.color, alpha=0.15, linewidth=0, zorder=2)
        axes.plot(
            x, band.mean[known, s], color=look.color, linestyle=look.line, linewidth=1.6, marker=look.marker,
            fillstyle=look.fill, markersize=5, markerfacecoloralt="white", zorder=3,
        )  # fmt: skip
    if levels.size <= _MANY:
        axes.set_xticks(levels, [f"{level:g}" for level in levels])
    own = swept.design.factors[factor]
    label = f"{factor_label(own, lang)} ({factor_unit(own, lang)})"
    axes.set_xlabel(wrap(label, 58), fontsize=9.5, color=INK)


def _name_lines(axes: Axes, swept: Swept, levels: Floats, band: Band, lang: str) -> None:
    """Write each strategy's name beside the end of its line, moved apart where lines end together."""
    low, high = axes.get_ylim()
    gap = (high - low) * 12.5 / (axes.get_window_extent().height * 72.0 / axes.figure.dpi)
    known = [s for s in range(len(swept.strategies)) if np.isfinite(band.mean[-1, s])]
    ends = band.mean[-1, known]
    for s, end, height in zip(known, ends, spread(ends, gap, low, high), strict=True):
        axes.annotate(
            strategy_labels(swept, lang)[s], (levels[-1], end), (1.05, height),
            textcoords=axes.get_yaxis_transform(), fontsize=8.5, va="center", color=INK, annotation_clip=False,
            arrowprops={
                "arrowstyle": "-", "lw": 0.6, "color": looks(swept)[s].color, "relpos": (0.0, 0.5),
                "shrinkA": 1, "shrinkB": 3,
            },
        )  # fmt: skip
