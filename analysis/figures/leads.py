"""The distribution of lead times: which share of all matters is closed within so many days."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from analysis.cases import LeadTimes
from analysis.figures.panels import Group, groups
from analysis.figures.style import FAINT, INK, PALE, Look, frame, looks, new_figure, plain, save_each, writable
from analysis.incidence import RESAMPLES, Incidence, incidence_band
from analysis.intervals import Floats
from analysis.wording import number
from sim.labels import LANGUAGES, text

_PANEL, _LEFT, _HEIGHT = 4.7, 0.8, 5.9  # inches
_POINTS = 401  # at which the curves are drawn
_SHOWN = 0.98  # share of all closings, of whatever strategy, that lie within the figure


class Curves(NamedTuple):
    """What is drawn: the share closed within so many days, a curve with its band per strategy."""

    days: Floats
    found: list[Incidence]


def curves(times: LeadTimes) -> Curves:
    """The curves of lead times of which at least one matter was closed; their bands take a while."""
    days = np.linspace(0.0, _reach(times), _POINTS)
    each = zip(times.days, times.closed, times.gone, strict=True)
    return Curves(days, [incidence_band(*runs, times.world, days, times.seed) for runs in each])


def leads(times: LeadTimes, lang: str, drawn: Curves | None = None) -> Figure | None:
    """A line per strategy, in columns by structure where there are many; None if nothing was closed.

    ``drawn`` are the ``curves`` of ``times``, if they are known already.
    """
    if not times.closed.any():
        return None
    days, found = drawn or curves(times)
    shown, names = groups(times.structures), times.labels_zh if lang == "zh" else times.labels_en
    figure, panels = _grid(len(shown))
    for axes, group in zip(panels, shown, strict=True):
        plain(axes)
        _draw(axes, days, found, group, looks(times))
        _name(axes, days, found, group, names, looks(times), lang)
        if group.structure:
            axes.set_title(text(group.structure, lang), fontsize=11, color=INK, loc="left")
        axes.set_xlabel(text("leads.days", lang), fontsize=9.5, color=INK, loc="left")
    panels[0].set_ylabel(text("leads.share", lang), fontsize=9.5, color=INK)
    grey = text("course.grey", lang) if len(shown) > 1 else ""
    size = times.days.shape[1]
    note = text("leads.note", lang, resamples=RESAMPLES, n=times.worlds, matters=size, grey=grey)
    frame(figure, times, lang, text("leads.heading", lang), note)
    return figure


def write_leads(times: LeadTimes, folder: Path, languages: Sequence[str] = LANGUAGES) -> list[Path]:
    """Write ``figures/leads.png`` and ``.svg`` into ``folder``, and ``leads.zh.*`` where a font can write Chinese.

    Where none can, one warning is given.  Returns the files in order; none if nothing was closed.
    """
    drawn = curves(times) if times.closed.any() else None
    return save_each(lambda lang: leads(times, lang, drawn), folder / "figures" / "leads", writable(languages))


def _grid(groups: int) -> tuple[Figure, list[Axes]]:
    """A figure and its panels side by side; a single one is wide, and needs no room for a heading."""
    width, top = _PANEL * max(groups, 2) + _LEFT, 1.05 if groups > 1 else 0.8
    figure = new_figure(width, _HEIGHT)
    figure.subplots_adjust(left=_LEFT / width, right=0.985, top=1 - top / _HEIGHT, bottom=1.2 / _HEIGHT, wspace=0.05)
    return figure, list(figure.subplots(1, groups, sharex=True, sharey=True, squeeze=False)[0])


def _reach(times: LeadTimes) -> float:
    """Days the figure spans: a multiple of ten in which nearly all closings lie."""
    return float(np.ceil(np.quantile(times.days[times.closed], _SHOWN) / 10.0) * 10.0)


def _draw(axes: Axes, days: Floats, found: list[Incidence], group: Group, styles: list[Look]) -> None:
    axes.grid(color="#eeeeee", linewidth=0.8)
    axes.set_axisbelow(True)
    for s, each in enumerate(found):
        if s not in group.members:
            axes.plot(days, each.share, color=PALE, linewidth=0.7, zorder=1)
    for s in group.members:
        look, each = styles[s], found[s]
        axes.fill_between(days, each.low, each.high, color=look.color, alpha=0.12, linewidth=0, zorder=2)
        axes.plot(days, each.share, color=look.color, linestyle=look.line, linewidth=1.6, zorder=3)
    axes.set_ylim(0.0, 1.0)
    axes.yaxis.set_major_formatter(PercentFormatter(1.0))
    axes.set_xlim(0.0, days[-1])


def _name(
    axes: Axes, days: Floats, found: Sequence[Incidence], group: Group, names: Sequence[str], styles: Sequence[Look],
    lang: str,
) -> None:  # fmt: skip
    """Name the lines where a distribution leaves room, below them: the quickest first, with its median."""
    halves = {s: _half(days, found[s].share) for s in group.members}
    ordered = sorted(group.members, key=lambda s: halves[s])
    handles = [
        axes.plot([], [], color=styles[s].color, linestyle=styles[s].line, linewidth=1.6,
                  label=f"{names[s]} ({number(halves[s], 1)})")[0]
        for s in ordered
    ]  # fmt: skip
    legend = axes.legend(
        handles=handles, loc="lower right", fontsize=8.5, labelcolor=INK, framealpha=0.85, edgecolor="white",
        title=text("leads.half", lang), title_fontsize=8.5, alignment="left", handlelength=2.6, borderaxespad=0.2,
    )  # fmt: skip
    legend.get_title().set_color(FAINT)


def _half(days: Floats, share: Floats) -> float:
    """Days within which half of all matters are closed; infinite where that is never seen."""
    reached = np.flatnonzero(share >= 0.5)
    return float(days[reached[0]]) if reached.size else np.inf
