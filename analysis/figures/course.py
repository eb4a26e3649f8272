"""The course of conflict: open conflicts, conflicts so far and matters under way, week by week."""

from collections.abc import Sequence
from itertools import product

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.panels import groups
from analysis.figures.placing import spread
from analysis.figures.style import FAINT, INK, PALE, Look, columns, dress, frame, looks, new_figure, plain
from analysis.intervals import Band, Floats, mean_band
from analysis.wording import counted, labels
from sim.kept import Results
from sim.labels import said, text, unit
from sim.measures import SERIES, SERIES_NAMES
from sim.world import TICKS_PER_DAY

_SERIES = ("in_conflict", "conflicts_so_far", "open")
_DAYS_PER_WEEK = 5
_PANEL, _LEFT = 4.5, 0.9  # inches


def course(results: Results, lang: str) -> Figure | None:
    """A row per series and a column per group of structures; few strategies share one row.  None without series."""
    chosen = results.series[..., [SERIES_NAMES.index(name) for name in _SERIES]]
    if not np.isfinite(chosen).any():
        return None
    band = mean_band(np.moveaxis(chosen, 1, 0))  # (S, samples, series)
    weeks = (results.sample_ticks + 1) / (TICKS_PER_DAY * _DAYS_PER_WEEK)
    shown = groups(results.structures)
    figure, panels = _grid(len(shown))
    for (k, name), (g, group) in product(enumerate(_SERIES), enumerate(shown)):
        axes = panels[k][g]
        plain(axes)
        _draw(axes, weeks, band.at(k), group.members, looks(results))
        if k == 0 and group.structure:
            axes.set_title(text(group.structure, lang), fontsize=11, color=INK, loc="left")
        if k == len(_SERIES) - 1 or len(shown) == 1:
            axes.set_xlabel(text("figure.weeks", lang), fontsize=9.5, color=INK, loc="left")
        if g == 0:
            series = SERIES[SERIES_NAMES.index(name)]
            axes.set_ylabel(f"{said(series, lang)} ({unit(series.unit, lang)})", fontsize=9.5, color=INK)
    grey = text("course.grey", lang) if len(shown) > 1 else ""
    note = text("figure.course_note", lang, n=counted(band.n[np.isfinite(band.mean)]), grey=grey)
    frame(figure, results, lang, text("figure.course", lang), note)
    dress(figure)  # the room for names depends on the ticks, and those on the font
    for (k, _), (g, group) in product(enumerate(_SERIES), enumerate(shown)):
        _name_lines(panels[k][g], weeks, band.at(k), group.members, labels(results, lang), looks(results))
    return figure


def _grid(groups: int) -> tuple[Figure, list[list[Axes]]]:
    """A figure and its panels, by series and group."""
    rows, columns, height = (len(_SERIES), groups, 9.2) if groups > 1 else (1, len(_SERIES), 4.4)
    figure = new_figure(_PANEL * columns + _LEFT, height)
    figure.subplots_adjust(
        left=_LEFT / figure.get_figwidth(), right=1.0, top=1 - 1.05 / height, bottom=0.95 / height,
        wspace=0.04 if groups > 1 else 0.16, hspace=0.12,
    )  # fmt: skip
    grid = figure.subplots(rows, columns, sharex=True, sharey="row" if groups > 1 else False, squeeze=False)
    return figure, [list(row) for row in (grid if groups > 1 else grid.T)]


def _draw(axes: Axes, weeks: Floats, band: Band, members: Sequence[int], styles: Sequence[Look]) -> None:
    for s in range(len(styles)):
        if s not in members:
            axes.plot(weeks, band.mean[s], color=PALE, linewidth=0.7, zorder=1)
    for s in members:
        axes.fill_between(weeks, band.low[s], band.high[s], color=styles[s].color, alpha=0.15, linewidth=0, zorder=2)
        axes.plot(weeks, band.mean[s], color=styles[s].color, linestyle=styles[s].line, linewidth=1.6, zorder=3)


def _name_lines(
    axes: Axes, weeks: Floats, band: Band, members: Sequence[int], names: Sequence[str], styles: Sequence[Look]
) -> None:
    """Write each strategy's name where its line ends, moved apart where lines end together."""
    share = min(0.6, (0.35 + 0.064 * max(columns(name) for name in names)) / _PANEL)
    beyond = (weeks[-1] - weeks[0]) * share / (1.0 - share)
    axes.set_xlim(weeks[0], weeks[-1] + beyond)
    axes.set_xticks([tick for tick in axes.get_xticks() if weeks[0] <= tick <= weeks[-1]])
    axes.spines["bottom"].set_bounds(weeks[0], weeks[-1])
    axes.axvline(weeks[-1], color=FAINT, linewidth=0.4, zorder=0)
    low, high = axes.get_ylim()
    gap = (high - low) * 12.0 / (axes.get_window_extent().height * 72.0 / axes.figure.dpi)
    known = [s for s in members if np.isfinite(band.mean[s, -1])]
    ends = band.mean[known, -1]
    for s, end, height in zip(known, ends, spread(ends, gap, low, high), strict=True):
        axes.annotate(
            names[s], (weeks[-1], end), (weeks[-1] + 0.1 * beyond, height), fontsize=8.5, va="center", color=INK,
            arrowprops={
                "arrowstyle": "-", "lw": 0.6, "color": styles[s].color, "relpos": (0.0, 0.5),
                "shrinkA": 1, "shrinkB": 0,
            },
        )  # fmt: skip
