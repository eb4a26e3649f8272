"""The triangle of timing: how a measure turns out for each mix of effort before, during and after the decision."""

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import RegularPolygon

from analysis.figures.style import FAINT, INK, frame, new_figure, wrap
from analysis.intervals import Band, Floats
from analysis.response import direction, over_replicates
from analysis.sweep_wording import percent, strategy_labels
from analysis.wording import counted, decimals, measure_label, measure_unit, number
from sim.kept import Swept
from sim.labels import text

MOST = 9  # triangles that a page can carry
PARTS = ("before", "during", "after")
_CORNERS = np.array([[0.0, 0.0], [0.5, np.sqrt(0.75)], [1.0, 0.0]])  # of all before, all during, all after
_CELL, _TOP, _LINE, _BAR = 3.9, 0.95, 0.17, 1.25  # inches
_HIGH, _SAID = 3.95, 0.55  # of a triangle with its words, and of these alone


def ternary(swept: Swept, lang: str, measure: str) -> Figure | None:
    """A triangle of hexagons per strategy, at most ``MOST``, all in one scale of colours.

    None if the design is no mixture of three parts, the measure has no direction, or nothing was measured.
    """
    if len(swept.design.factors) != 3 or not direction(measure):
        return None
    runs = swept.values(measure)
    band = over_replicates(runs)
    shown = [s for s in range(len(swept.strategies)) if np.isfinite(band.mean[:, s]).any()][:MOST]
    if not shown:
        return None
    across = 2 if len(shown) in (2, 4) else min(3, len(shown))
    down = -(-len(shown) // across)
    note = text("ternary.note", lang, n=counted(band.n[:, shown]), mixes=len(swept.design.points))
    if len(shown) < len(swept.strategies):
        note += text("ternary.shown", lang, shown=len(shown), all=len(swept.strategies))
    width = across * _CELL + _BAR
    bottom = 0.4 + _LINE * (wrap(note, int(width * 14)).count("\n") + 1)
    height = _TOP + down * _HIGH + bottom
    figure = new_figure(width, height)
    scale = _scale(band.mean[:, shown], direction(measure))
    for k, s in enumerate(shown):
        left, top = (k % across) * _CELL, _TOP + (k // across) * _HIGH
        axes = figure.add_axes((left / width, 1 - (top + _HIGH) / height, _CELL / width, (_HIGH - _SAID) / height))
        _triangle(axes, swept.design.points, lang)
        _hexagons(axes, swept.design.points, band.at(s), scale)
        words = _marks(axes, swept.design.points, runs[:, s], band.at(s), direction(measure), lang)
        axes.set_title(f"{wrap(strategy_labels(swept, lang)[s], 44)}\n{words}", fontsize=9.5, color=INK)
    _bar(figure, bottom, scale, f"{measure_label(measure, lang)} ({measure_unit(measure, lang)})")
    frame(figure, swept, lang, text("ternary.heading", lang, measure=measure_label(measure, lang)), note)
    _legend(figure, lang)
    return figure


def _scale(means: Floats, sign: int) -> ScalarMappable:
    """Lighter is better; the dark half of the map is left out so that marks can be seen on it."""
    shades: Colormap = LinearSegmentedColormap.from_list("light", colormaps["YlOrBr"](np.linspace(0.02, 0.62, 64)))
    shades = shades.reversed() if sign > 0 else shades
    return ScalarMappable(Normalize(float(np.nanmin(means)), float(np.nanmax(means))), shades)


def _step(points: Floats) -> float:
    return float(points[points > 0.0].min())


def _triangle(axes: Axes, points: Floats, lang: str) -> None:
    """Three sides with shares along them; each side reads the part that rises along it."""
    axes.set_aspect("equal")
    axes.set_axis_off()
    axes.set_xlim(-0.22, 1.22)
    axes.set_ylim(-0.25, 1.0)
    out = 0.62 * _step(points) + 0.03
    steps = round(1.0 / _step(points))
    every = max(1, -(-(steps - 1) // 5))  # five ticks at most, each at a mix that was run
    sides = ((0, 1, 60.0, (-np.sqrt(0.75), 0.5)), (1, 2, -60.0, (np.sqrt(0.75), 0.5)), (2, 0, 0.0, (0.0, -1.0)))
    for start, end, turn, outward in sides:
        normal = np.array(outward)
        for share in np.arange(every, steps, every) / steps:
            x, y = _CORNERS[start] + share * (_CORNERS[end] - _CORNERS[start]) + out * normal
            axes.text(x, y, f"{share:.2g}", fontsize=8, color=FAINT, ha="center", va="center")
        x, y = (_CORNERS[start] + _CORNERS[end]) / 2.0 + (out + 0.11) * normal
        words = text("ternary.share", lang, part=text(f"timing.{PARTS[end]}", lang))
        words = f"← {words}" if end == 0 else f"{words} →"
        said = axes.text(x, y, words, fontsize=9, color=INK, ha="center", va="center", rotation=turn)
        said.set_rotation_mode("anchor")


def _hexagons(axes: Axes, points: Floats, band: Band, scale: ScalarMappable) -> None:
    radius = _step(points) / np.sqrt(3.0)
    for at, mean in zip(points @ _CORNERS, band.mean, strict=True):
        face = scale.to_rgba(np.array(mean)) if np.isfinite(mean) else "white"
        axes.add_patch(RegularPolygon(tuple(at), 6, radius=radius, facecolor=face, edgecolor="white", linewidth=0.7))


def _marks(axes: Axes, points: Floats, runs: Floats, band: Band, sign: int, lang: str) -> str:
    """Star the best mix, ring those not surely worse; what the best is, in words."""
    best = int(np.nanargmax(sign * band.mean))
    behind = over_replicates(sign * (runs[best] - runs))
    near = np.flatnonzero((behind.low <= 0.0) & np.isfinite(band.mean))
    near = near[near != best]
    size = float(np.clip(60.0 * _step(points), 3.0, 11.0))
    places = points @ _CORNERS
    axes.plot(*places[near].T, linestyle="", marker="o", fillstyle="none", color=INK, markersize=size)
    axes.plot(*places[best], marker="*", color=INK, markersize=size + 3.0)
    digits = max(1, decimals(band.mean))
    half = number(float(band.high[best] - band.mean[best]), digits)
    mix = " / ".join(percent(share, lang) for share in points[best])
    return text("ternary.best", lang, mix=mix, mean=number(float(band.mean[best]), digits), half=half)


def _bar(figure: Figure, bottom: float, scale: ScalarMappable, label: str) -> None:
    width, height = figure.get_size_inches()
    axes = figure.add_axes((1 - (_BAR - 0.15) / width, (bottom + 0.5) / height, 0.16 / width, 2.6 / height))
    bar = figure.colorbar(scale, cax=axes)
    bar.outline.set_visible(False)
    axes.tick_params(colors=FAINT, labelcolor=INK, labelsize=8.5)
    axes.set_ylabel(wrap(label, 40), fontsize=9, color=INK)


def _legend(figure: Figure, lang: str) -> None:
    best = Line2D([], [], marker="*", markersize=10, label=text("ternary.best_mix", lang))
    near = Line2D([], [], marker="o", fillstyle="none", markersize=7, label=text("ternary.perhaps", lang))
    for handle in (best, near):
        handle.set(color=INK, linestyle="")
    figure.legend(
        handles=[best, near], loc="upper right", bbox_to_anchor=(0.995, 1 - 0.58 / figure.get_figheight()), ncols=2,
        frameon=False, fontsize=9, labelcolor=INK,
    )  # fmt: skip
