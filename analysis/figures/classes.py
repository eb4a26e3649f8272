"""A class on the plane of efficiency and conflict: named trainees among the strategies, all on one world."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.classes import Class, one_line
from analysis.compare import PLANE
from analysis.debrief_words import told
from analysis.figures.placing import Box, label_points
from analysis.figures.plane import scale_conflicts
from analysis.figures.style import BETTER, FAINT, INK, dress, frame, new_figure, plain, wrap
from analysis.intervals import Floats
from analysis.wording import measure_label, measure_unit
from sim.labels import text
from sim.measures import NAMES

_COLUMNS = [NAMES.index(name) for name in PLANE]
_WIDE = 18  # columns of a name, beyond which it is broken
_LONGEST = 36
_ROOM = 40  # names that the figure can carry
_MARK = 4.0  # points, half the side of a strategy's mark


def classes(found: Class, lang: str) -> Figure | None:
    """Days against conflicts; None if nobody has finished."""
    if not found.rows:
        return None
    figure = new_figure(10.0, 7.4)
    axes = figure.add_axes((0.085, 0.165, 0.895, 0.73))
    plain(axes)
    trainees = np.array([[row[name] for name in PLANE] for row in found.rows], np.float64)
    strategies = found.rivals.values[:, _COLUMNS]
    scale_conflicts(axes, np.concatenate([trainees, strategies])[:, 1])
    axes.grid(color="#eeeeee", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.plot(*strategies.T, linestyle="", marker="o", markersize=5, color="#b0b0b0", zorder=2)
    axes.plot(*trainees.T, linestyle="", marker="o", markersize=7.5, color=BETTER, markeredgecolor="white", zorder=3)
    scale = f", {text('figure.log', lang)}" if axes.get_yscale() == "log" else ""
    axes.set_xlabel(f"{measure_label(PLANE[0], lang)} ({measure_unit(PLANE[0], lang)})", fontsize=10, color=INK)
    axes.set_ylabel(f"{measure_label(PLANE[1], lang)} ({measure_unit(PLANE[1], lang)}{scale})", fontsize=10, color=INK)
    frame(figure, found, lang, told("class_figure")[lang], told("class_note")[lang])
    axes.margins(0.1, 0.13)  # room for labels
    corner = axes.text(
        0.012, 0.012, "↙ " + text("figure.better_corner", lang), transform=axes.transAxes, fontsize=9.5, color=BETTER
    )
    dress(figure)  # labels are placed by their size, which depends on the font
    left, bottom, right, top = np.asarray(corner.get_window_extent().extents) * 72.0 / figure.dpi
    _names(axes, found, lang, trainees, strategies, (left, bottom, right, top))
    return figure


def _names(axes: Axes, found: Class, lang: str, trainees: Floats, strategies: Floats, corner: Box) -> None:
    """Names of all trainees in ink, and in grey of as many strategies as there is room for."""
    axes.autoscale_view()  # matplotlib puts this off until it draws
    at = axes.transData.transform(np.concatenate([strategies, trainees])) * 72.0 / axes.figure.dpi
    named = _apart(at, len(strategies), max(_ROOM - len(trainees), 1))
    points = at[: len(strategies)]
    unnamed = [tuple(box) for box in np.hstack([points - _MARK, points + _MARK]).tolist()]
    words = [_short(row["trainee"]) for row in found.rows]
    light = [found.rivals.strategies[row].label(lang) for row in named]
    before = len(axes.texts)
    colors = [BETTER] * len(trainees) + [FAINT] * len(named)
    label_points(axes, np.concatenate([trainees, strategies[named]]), words + light, colors, [corner, *unnamed])
    for label in axes.texts[before:]:
        if label.get_text() in light:
            label.set_color(FAINT)
            label.set_fontsize(7.5)


def _apart(points: Floats, strategies: int, room: int) -> list[int]:
    """Which of the strategies, the first of the points, are named: the standing way, and those farthest from any other
    point.
    """
    between = np.linalg.norm(points[:, None] - points[None], axis=-1) + np.diag(np.full(len(points), np.inf))
    return [0, *(1 + np.argsort(-between[1:strategies].min(axis=1), kind="stable")[: room - 1]).tolist()]


def _short(name: str) -> str:
    """A trainee's name, broken if it is long and cut if it is longer."""
    plain_name = one_line(name)
    return wrap(plain_name if len(plain_name) <= _LONGEST else plain_name[: _LONGEST - 1] + "…", _WIDE)
