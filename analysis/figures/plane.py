"""The plane of efficiency and conflict: what each strategy takes in time, and what it costs in peace."""

from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from analysis.compare import PLANE, RESAMPLES, mean_of, non_dominated, non_dominated_share
from analysis.figures.placing import Box, label_points
from analysis.figures.style import BETTER, FAINT, INK, Look, dress, frame, looks, new_figure, plain
from analysis.intervals import Band, Floats, Integers
from analysis.wording import counted, labels, measure_label, measure_unit
from sim.kept import Results
from sim.labels import text

_MULTIPLE = 3.0  # most over least conflicts from which the axis is logarithmic


def plane(results: Results, lang: str) -> Figure | None:
    """Mean time in the system against mean conflicts, with intervals; None if no strategy has both."""
    band = mean_of(results, PLANE)
    known = np.flatnonzero(np.isfinite(band.mean).all(axis=1))
    if not known.size:
        return None
    figure = new_figure(10.0, 7.4)
    axes = figure.add_axes((0.085, 0.165, 0.895, 0.73))
    plain(axes)
    scale_conflicts(axes, band.mean[known, 1])
    axes.grid(color="#eeeeee", linewidth=0.8)
    axes.set_axisbelow(True)
    styles = looks(results)
    for s in known:
        _point(axes, band, int(s), styles[s])
    free = [results.strategies.index(name) for name in non_dominated(results)]
    _frontier(axes, band.mean[free])
    axes.set_xlabel(f"{measure_label(PLANE[0], lang)} ({measure_unit(PLANE[0], lang)})", fontsize=10, color=INK)
    scale = f", {text('figure.log', lang)}" if axes.get_yscale() == "log" else ""
    axes.set_ylabel(f"{measure_label(PLANE[1], lang)} ({measure_unit(PLANE[1], lang)}{scale})", fontsize=10, color=INK)
    note = text("figure.plane_note", lang, n=counted(band.n[known]), resamples=RESAMPLES)
    frame(figure, results, lang, text("figure.plane", lang), note)
    axes.margins(0.08, 0.13)  # room for labels
    corner = axes.text(
        0.012, 0.012, "↙ " + text("figure.better_corner", lang), transform=axes.transAxes, fontsize=9.5, color=BETTER
    )
    dress(figure)  # labels are placed by their size, which depends on the font
    shares = non_dominated_share(results)
    words = [_label(results, int(s), shares, lang) for s in known]
    left, bottom, right, top = np.asarray(corner.get_window_extent().extents) * 72.0 / figure.dpi
    obstacles = [(left, bottom, right, top), *_obstacles(axes, band, known, free)]
    label_points(axes, band.mean[known], words, [styles[s].color for s in known], obstacles)
    return figure


def scale_conflicts(axes: Axes, conflicts: Floats) -> None:
    """Logarithmic conflicts where the strategies differ by a multiple: else the quiet ones lie on one heap."""
    if conflicts.min() > 0.0 and conflicts.max() > _MULTIPLE * conflicts.min():
        axes.set_yscale("log")
        axes.yaxis.set_major_locator(LogLocator(base=10, subs=(1.0, 2.0, 3.0, 5.0)))
        axes.yaxis.set_minor_locator(NullLocator())
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))


def _point(axes: Axes, band: Band, s: int, look: Look) -> None:
    (x, y), (low_x, low_y), (high_x, high_y) = band.mean[s], band.low[s], band.high[s]
    axes.plot([low_x, high_x], [y, y], color=look.color, linewidth=1.1, alpha=0.7, zorder=2)
    axes.plot([x, x], [low_y, high_y], color=look.color, linewidth=1.1, alpha=0.7, zorder=2)
    axes.plot(
        x, y, marker=look.marker, fillstyle=look.fill, markersize=7,
        color=look.color, markerfacecoloralt="white", zorder=3,
    )  # fmt: skip


def _frontier(axes: Axes, means: Floats) -> None:
    """Rings around what is not dominated, and the staircase beyond which everything is."""
    means = means[np.argsort(means[:, 0], kind="stable")]
    axes.plot(*means.T, drawstyle="steps-post", color=FAINT, linewidth=1.0, zorder=1)
    axes.plot(*means.T, linestyle="", marker="o", fillstyle="none", color=INK, markersize=13, zorder=3)


def _stairs(axes: Axes, means: Floats) -> Floats:
    """Points every few pixels along the staircase, (n, 2) in pixels."""
    corners = axes.transData.transform(means[np.argsort(means[:, 0], kind="stable")])
    runs = [np.empty((0, 2))]
    for (x, y), (next_x, next_y) in pairwise(corners):
        runs.append(np.column_stack([np.arange(x, next_x, 3.0), np.full(len(np.arange(x, next_x, 3.0)), y)]))
        runs.append(np.column_stack([np.full(len(np.arange(next_y, y, 3.0)), next_x), np.arange(next_y, y, 3.0)]))
    return np.concatenate(runs)


def _label(results: Results, s: int, shares: dict[str, float], lang: str) -> str:
    share = shares[results.strategies[s]]
    label = labels(results, lang)[s]
    return f"{label} ({share:.0%})" if share >= 0.005 else label


def _obstacles(axes: Axes, band: Band, known: Integers, free: list[int]) -> list[Box]:
    """Boxes around the arms of intervals and the staircase, in points."""
    scale = 72.0 / axes.figure.dpi
    boxes: list[Box] = [(x - 1.0, y - 1.0, x + 1.0, y + 1.0) for x, y in _stairs(axes, band.mean[free]) * scale]
    for s in known:
        x, y = axes.transData.transform(band.mean[s]) * scale
        if np.isfinite(band.low[s]).all() and np.isfinite(band.high[s]).all():
            low_x, low_y = axes.transData.transform(band.low[s]) * scale
            high_x, high_y = axes.transData.transform(band.high[s]) * scale
            boxes += [(low_x, y - 1.0, high_x, y + 1.0), (x - 1.0, low_y, x + 1.0, high_y)]
    return boxes
