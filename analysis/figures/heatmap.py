"""The map of structure and timing: who coordinates, when, and how it turns out."""

from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import Colormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.figures.style import INK, PALE, frame, new_figure
from analysis.intervals import Band, Floats, mean_band
from analysis.wording import counted, decimals, measure, measure_label, measure_unit, number
from sim.kept import Results
from sim.labels import TIMINGS, text
from sim.measures import NAMES
from sim.world import STRUCTURES

_MEASURES = ("time_in_system", "conflicts", "goal_attainment")


def heatmap(results: Results, lang: str) -> Figure | None:
    """Means of the strategies of each cell, structures by timings, a panel per measure."""
    structures = tuple(name for name in STRUCTURES if name in results.structures)
    timings = tuple(name for name in TIMINGS if name in results.timings)
    places = list(zip(map(structures.index, results.structures), map(timings.index, results.timings), strict=True))
    sizes = np.zeros((len(structures), len(timings)))
    np.add.at(sizes, tuple(np.transpose(places)), 1)
    band = _cells(results, places, sizes.shape)
    if not np.isfinite(band.mean).any():
        return None
    figure = new_figure(12.5, 5.1)
    for m, name in enumerate(_MEASURES):
        axes = figure.add_axes((0.15 + 0.284 * m, 0.2, 0.277, 0.59))
        _panel(axes, band.at(m), sizes, measure(name).better)
        axes.set_title(f"{measure_label(name, lang)} ({measure_unit(name, lang)})", fontsize=10.5, color=INK, pad=8)
        axes.set_xticks(range(len(timings)), [text(f"timing.{timing}", lang) for timing in timings])
        names = [text(f"structure.{structure}", lang) for structure in structures]
        axes.set_yticks(range(len(structures)), names if m == 0 else [""] * len(names))
    note = text("figure.heatmap_note", lang, n=counted(band.n[sizes > 0]))
    frame(figure, results, lang, text("figure.heatmap", lang), note)
    return figure


def _cells(results: Results, places: list[tuple[int, int]], shape: tuple[int, ...]) -> Band:
    """Means over replicates of the mean over a cell's strategies, shape (structures, timings, measures).

    ``places`` are the cells of the strategies.  These are averaged within a replicate, so that the interval knows that
    they share worlds.
    """
    values = results.values[:, :, [NAMES.index(name) for name in _MEASURES]]
    averaged = np.full((values.shape[1], *shape, len(_MEASURES)), np.nan)
    for place in set(places):
        members = [s for s, other in enumerate(places) if other == place]
        averaged[:, place[0], place[1]] = values[members].mean(axis=0)
    return mean_band(averaged)


def _panel(axes: Axes, band: Band, sizes: Floats, better: str) -> None:
    # Lighter is better in every panel; the dark half of the map is left out so that numbers can be read on it.
    shades: Colormap = colormaps["YlOrBr"]
    finite = band.mean[np.isfinite(band.mean)]
    least, most = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    places = decimals(band.mean)
    for row, column in np.ndindex(band.mean.shape):
        mean = float(band.mean[row, column])
        half = float(band.high[row, column]) - mean
        if not np.isfinite(mean):
            axes.add_patch(_tile(row, column, facecolor="white", edgecolor=PALE, hatch="////"))
            continue
        depth = (mean - least) / (most - least) if most > least else 0.0
        depth = 1.0 - depth if better == "up" else depth
        axes.add_patch(_tile(row, column, facecolor=shades(0.02 + 0.5 * depth), edgecolor="white"))
        axes.text(column, row - 0.2, number(mean, places), ha="center", va="center", fontsize=11, color=INK)
        below = f"±{number(half, places)} ({int(sizes[row, column])})"
        axes.text(column, row + 0.2, below, ha="center", va="center", fontsize=8, color=INK)
    axes.set_xlim(-0.5, band.mean.shape[1] - 0.5)
    axes.set_ylim(band.mean.shape[0] - 0.5, -0.5)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0, labelcolor=INK, labelsize=9.5)


def _tile(row: int, column: int, **style: Any) -> Rectangle:
    return Rectangle((column - 0.5, row - 0.5), 1.0, 1.0, linewidth=1.5, **style)
