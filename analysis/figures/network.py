"""The organisation as a network laid out by level: who is loaded, or in conflict, and which ties are strained."""

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import PathCollection
from matplotlib.colors import LinearSegmentedColormap, Normalize, to_rgba
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.cases import Case
from analysis.figures.levels import Levels, levels, same_line
from analysis.figures.style import FAINT, INK, PALE, frame, new_figure, wrap
from analysis.intervals import Floats
from sim.labels import text
from sim.world import World

BY = ("load", "conflict")
_LEFT, _HEAD, _FOOT = 1.15, 1.0, 0.7  # inches
_SMALL, _LARGE, _FEW = 11.0, 13.5, 30  # widths, and how many actors make a small organisation
_MOST = 600  # actors that can still be told apart
_TENSE = 0.8  # strain that has the darkest colour, the same in every figure
_CHANGED = 1e-6  # a smaller change of a tie has faded, or never was
_NODE = 70.0  # square points
_COLUMN = 0.058  # inches that a column of a name takes


def network(case: Case, lang: str, by: str = "load") -> Figure | None:
    """Actors as circles coloured ``by`` 'load' or 'conflict', ties as lines; None if nobody has a tie,
    or if there are too many actors for a page.

    Load is the share of an actor's hours it worked; conflict, the outbreaks and secondary conflicts in the matters
    it was a party to.
    """
    if by not in BY:
        raise ValueError(f"by must be one of {', '.join(BY)}, got {by!r}")
    w = case.journal.world
    if not len(w.ties) or len(w.actors) > _MOST:
        return None
    width = _SMALL if len(w.actors) <= _FEW else _LARGE
    places = levels(w.actors, width - _LEFT - 0.15)
    height = _HEAD + places.height + _FOOT
    figure = new_figure(width, height)
    axes = figure.add_axes((0.0, _FOOT / height, 1.0, places.height / height))
    axes.set(xlim=(-_LEFT, width - _LEFT), ylim=(places.height, 0.0))
    axes.axis("off")
    shades = _ties(axes, w, places)
    nodes = _nodes(axes, w, places, by)
    _names(axes, case, places, lang)
    _bar(figure, nodes, text(f"network.{by}", lang), 0, percent=by == "load")
    _bar(figure, shades, text("network.strain", lang), 1, percent=False, beyond=True)
    run = text("case.run", lang, replicate=case.replicate, seed=case.seed)
    frame(figure, case, lang, text(f"network.{by}_heading", lang), text("network.note", lang, run=run))
    return figure


def strains(w: World) -> tuple[Floats, Floats]:
    """One less the mean of working relation and trust of each tie at the end of a run, and at its baselines; (k,).

    What a tie has lost or gained fades from when it was last touched to the last half-day, as in ``sim.measures``.
    """
    ties, last = w.ties, int(w.totals[0].horizon) - 1
    kept = (1.0 - float(w.rules[0].trust_recovery)) ** np.maximum(last - ties.touched, 0)
    base = 0.5 * (ties.work_base + ties.trust_base)
    return 1.0 - (base + (0.5 * (ties.work + ties.trust) - base) * kept), 1.0 - base


def loads(w: World) -> Floats:
    """Hours each actor worked, attended, coordinated and decided, of those it had; (n,), NaN where it has none."""
    spent = w.actors.worked + w.actors.attended + w.actors.coordinated + w.actors.deciding
    had = w.actors.capacity * float(w.totals[0].horizon)
    return np.asarray(np.divide(spent, had, out=np.full(len(had), np.nan), where=had > 0))


def conflicts(w: World) -> Floats:
    """Outbreaks and secondary conflicts in the matters each actor was a party to; (n,), NaN where it was in none."""
    of = w.parties.matter
    each = (w.matters.outbreaks + w.matters.secondary)[of].astype(np.float64)
    found = np.bincount(w.parties.actor, each, minlength=len(w.actors))
    return np.where(np.bincount(w.parties.actor, minlength=len(w.actors)) > 0, found, np.nan)


def _ties(axes: Axes, w: World, places: Levels) -> ScalarMappable:
    """The ties, the most strained on top; those on one line as arcs."""
    strain, base = strains(w)
    changed = np.abs(strain - base) > _CHANGED
    light = LinearSegmentedColormap.from_list("strain", colormaps["OrRd"](np.linspace(0.15, 1.0, 64)))
    shades = ScalarMappable(Normalize(0.0, _TENSE), light)
    order = np.argsort(np.where(changed, strain, -1.0), kind="stable")
    one, other = w.ties.one[order], w.ties.other[order]
    bent = same_line(places, one, other)
    paths = [_path(places, int(u), int(v), bool(arc)) for u, v, arc in zip(one, other, bent, strict=True)]
    colors = [shades.to_rgba(strain[k], alpha=0.85) if changed[k] else PALE for k in order]
    widths = np.where(changed[order], 0.4 + 1.8 * strain[order] / _TENSE, 0.6)
    axes.add_collection(PathCollection(paths, facecolors="none", edgecolors=colors, linewidths=widths, zorder=1))
    return shades


def _path(places: Levels, u: int, v: int, arc: bool) -> Path:
    start, end = (places.x[u], places.y[u]), (places.x[v], places.y[v])
    if not arc:
        return Path([start, end])
    rise = min(0.09 + 0.035 * abs(end[0] - start[0]), 0.42)
    top = ((start[0] + end[0]) / 2.0, start[1] - 2.0 * rise)
    return Path([start, top, end], [Path.MOVETO, Path.CURVE3, Path.CURVE3])


def _nodes(axes: Axes, w: World, places: Levels, by: str) -> ScalarMappable:
    values = loads(w) if by == "load" else conflicts(w)
    most = 1.0 if by == "load" else max(float(np.nanmax(values, initial=0.0)), 1.0)
    shades = ScalarMappable(Normalize(0.0, most), colormaps["Blues"])
    colors = shades.to_rgba(np.nan_to_num(values))
    colors[np.isnan(values)] = to_rgba(PALE)
    axes.scatter(places.x, places.y, s=_NODE, c=colors, edgecolors=INK, linewidths=0.8, zorder=3)
    return shades


def _names(axes: Axes, case: Case, places: Levels, lang: str) -> None:
    """Names below the circles that have room, and headings of the levels and organs."""
    halo = [withStroke(linewidth=2.5, foreground="white")]
    organs = case.journal.world.actors.organ
    for u in np.flatnonzero(places.room > 0.0).tolist():
        name = case.journal.name(u, lang)
        if places.organs:  # the heading says it
            number = int(organs[u]) + 1
            name = name.removesuffix(f", organ {number}").removeprefix(f"第{number}单位")
        words = wrap(name, max(10, int(places.room[u] / _COLUMN) - 1))
        axes.text(
            places.x[u], places.y[u] + 0.1, words, fontsize=7, ha="center", va="top", color=INK, linespacing=1.0,
            path_effects=halo, zorder=4,
        )  # fmt: skip
    for key, top in places.headings:
        axes.text(
            0.2 - _LEFT, top + 0.2, wrap(text(f"network.{key}", lang), 16), fontsize=8.5, va="center", color=FAINT
        )
    for x, top in places.beside:
        axes.text(
            x, top, text("network.peer", lang), fontsize=8, ha="right", va="center", color=FAINT, path_effects=halo,
            zorder=4,
        )  # fmt: skip
    for organ, x, top in places.organs:
        axes.text(x, top + 0.1, text("network.organ", lang, number=organ + 1), fontsize=10, va="center", color=INK)


def _bar(figure: Figure, shades: ScalarMappable, label: str, place: int, percent: bool, beyond: bool = False) -> None:
    """A colour bar in the upper right corner."""
    width, height = figure.get_size_inches()
    axes = figure.add_axes(((width - 2.9 * (2 - place)) / width, 1 - 0.42 / height, 2.5 / width, 0.14 / height))
    bar = figure.colorbar(shades, cax=axes, orientation="horizontal", extend="max" if beyond else "neither")
    bar.outline.set_edgecolor(FAINT)
    axes.set_title(label, fontsize=8.5, color=INK, loc="left", pad=4)
    axes.tick_params(labelsize=8, colors=FAINT, labelcolor=INK)
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=not (percent or beyond)))  # conflicts are counted
    if percent:
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0%}"))
