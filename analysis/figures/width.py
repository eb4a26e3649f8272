"""How intervals narrow: the half-width of paired intervals against the number of worlds, and where verdicts settle."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter, NullLocator

from analysis.compare import PLANE
from analysis.figures.placing import spread
from analysis.figures.style import (
    BETTER,
    FAINT,
    INK,
    UNDECIDED,
    WORSE,
    Look,
    columns,
    dress,
    frame,
    looks,
    new_figure,
    plain,
)  # fmt: skip
from analysis.intervals import Band, Floats, running_band, settled
from analysis.wording import baseline_label, counted, labels, measure, measure_label, measure_unit
from sim.kept import Results
from sim.labels import text
from sim.measures import NAMES

FIRST = 5  # with fewer pairs the interval says little, and its width jumps
_POINTS = 400  # a line needs no more
_PANEL = 6.6  # inches
_MARKS = {1: ("better", BETTER, "o"), -1: ("worse", WORSE, "s"), 0: ("undecided", UNDECIDED, "D")}


def width(results: Results, lang: str) -> Figure | None:
    """A panel per measure of the plane, a line per strategy; None if none has a difference of five pairs or more."""
    panels = [_lines(results, name) for name in PLANE]
    counts = np.array([band.n[-1] for lines in panels for band in lines.values()], dtype=np.int64)
    if not counts.size:
        return None
    height = max(5.4, 2.2 + 0.2 * len(results.strategies))
    figure, styles = new_figure(2 * _PANEL, height), looks(results)
    figure.subplots_adjust(left=0.06, right=0.995, top=1 - 1.1 / height, bottom=0.95 / height, wspace=0.13)
    for axes, name, lines in zip(figure.subplots(1, len(PLANE)), PLANE, panels, strict=True):
        _scales(axes, lang, name)
        for s, band in lines.items():
            _draw(axes, band, styles[s], 1 if measure(name).better == "up" else -1)
        _guide(axes, lines, lang)
    heading = text("width.heading", lang, baseline=baseline_label(results, lang))
    frame(figure, results, lang, heading, text("width.note", lang, n=counted(counts), first=FIRST))
    _legend(figure, lang)
    dress(figure)  # the room for names depends on the font
    for axes, lines in zip(figure.axes, panels, strict=True):
        _names(axes, lines, labels(results, lang), styles)
    return figure


def _lines(results: Results, name: str) -> dict[int, Band]:
    """By strategy, the intervals over the first five pairs and more; none for the baseline, nor where all are alike."""
    values = results.values[:, :, NAMES.index(name)]
    base = values[results.strategies.index(results.baseline)]
    found = {}
    for s, strategy in enumerate(results.strategies):
        band = running_band(values[s] - base)
        if strategy != results.baseline and len(band.n) >= FIRST and band.high[-1] > band.low[-1]:
            found[s] = Band(*(array[FIRST - 1 :] for array in band))  # type: ignore[arg-type]  # each its own dtype
    return found


def _draw(axes: Axes, band: Band, look: Look, sign: int) -> None:
    half = _half(band)
    shown = np.unique(np.geomspace(1, len(half), _POINTS).astype(np.int64)) - 1
    axes.plot(band.n[shown], half[shown], color=look.color, linestyle=look.line, linewidth=1.4, zorder=2)
    signs = sign * ((band.low > 0).astype(np.int64) - (band.high < 0))
    at = settled(signs)
    _, color, marker = _MARKS[int(signs[-1])]
    face = color if signs[-1] else "white"
    axes.plot(
        band.n[at], half[at], marker=marker, color=color, markerfacecolor=face,
        markeredgecolor=color if not signs[-1] else "white", markersize=6, markeredgewidth=1.0, zorder=4,
    )  # fmt: skip


def _half(band: Band) -> Floats:
    """Half-widths; NaN for none, which a logarithmic axis cannot show."""
    half = (band.high - band.low) / 2.0
    return np.where(half > 0.0, half, np.nan)


def _scales(axes: Axes, lang: str, name: str) -> None:
    plain(axes)
    axes.set_xscale("log")
    axes.set_yscale("log")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(LogLocator(base=10, subs=(1.0, 2.0, 5.0)))
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
        axis.set_minor_formatter(NullFormatter())
    axes.xaxis.set_minor_locator(NullLocator())
    axes.grid(color="#eeeeee", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_title(measure_label(name, lang), fontsize=11, color=INK, loc="left")
    axes.set_xlabel(text("width.worlds", lang), fontsize=9.5, color=INK, loc="left")
    axes.set_ylabel(text("width.half", lang, unit=measure_unit(name, lang)), fontsize=9.5, color=INK)


def _guide(axes: Axes, lines: dict[int, Band], lang: str) -> None:
    """What 1/√n looks like, above the lines: a line that is steeper or flatter is not in its steady state yet."""
    last = max((int(band.n[-1]) for band in lines.values()), default=FIRST)
    if last == FIRST:
        return
    top = max(float(np.nanmax(_half(band) * np.sqrt(band.n))) for band in lines.values())
    n = np.array([FIRST, last])
    axes.plot(n, 1.15 * top / np.sqrt(n), color=FAINT, linewidth=1.0, linestyle=(0, (6, 3)), zorder=1)
    middle = float(np.sqrt(FIRST * last))
    axes.annotate(
        text("width.guide", lang), (middle, 1.15 * top / np.sqrt(middle)), (4, 4), textcoords="offset points",
        fontsize=9, color=FAINT, ha="left", va="bottom",
    )  # fmt: skip


def _last(lines: dict[int, Band]) -> int:
    """Where the axis of worlds ends."""
    return max(2 * FIRST, *(int(band.n[-1]) for band in lines.values()))


def _names(axes: Axes, lines: dict[int, Band], names: tuple[str, ...], styles: list[Look]) -> None:
    """Write each strategy's name beside the end of its line, with a sample of it, moved apart where lines end together.

    Heights are logarithms, as the axis shows them.
    """
    if not lines:
        return
    left, last = FIRST / 1.04, _last(lines)
    share = min(0.6, (0.75 + 0.064 * max(columns(names[s]) for s in lines)) / _PANEL)
    right = last * (last / left) ** (share / (1.0 - share))
    axes.set_xlim(left, right)
    axes.spines["bottom"].set_bounds(left, last)
    axes.set_xticks([tick for tick in axes.get_xticks() if left <= tick <= last])
    ends = np.array([np.log10(_half(band)[-1]) for band in lines.values()])
    tall = axes.get_window_extent().height * 72.0 / axes.figure.dpi / 12.0  # the names one above the other that fit
    low, high = np.log10(axes.get_ylim())
    below = min(0.5, 0.5 * len(lines) / tall)  # room for half of the names below where lines end, on the mean
    low = min(low, (ends.mean() - below * high) / (1.0 - below))
    axes.set_ylim(10.0**low, 10.0**high)
    sample = last * (right / last) ** np.array([0.08, 0.21, 0.24])
    for (s, band), end, place in zip(lines.items(), ends, spread(ends, (high - low) / tall, low, high), strict=True):
        color = styles[s].color
        axes.plot([band.n[-1], sample[0]], [10.0**end, 10.0**place], color=color, linewidth=0.5, zorder=1)
        axes.plot(sample[:2], [10.0**place] * 2, color=color, linestyle=styles[s].line, linewidth=1.4)
        axes.text(sample[2], 10.0**place, names[s], fontsize=8.5, va="center", color=INK)


def _legend(figure: Figure, lang: str) -> None:
    axes = figure.axes[0]
    handles = [
        axes.plot([], [], linestyle="", color=color, marker=marker, markerfacecolor=color if sign else "white",
                  markersize=6, label=text(f"width.{key}", lang))[0]
        for sign, (key, color, marker) in _MARKS.items()
    ]  # fmt: skip
    figure.legend(
        handles=handles, loc="upper right", bbox_to_anchor=(0.995, 1 - 0.33 / figure.get_figheight()),
        ncols=3, frameon=False, fontsize=9,
        labelcolor=INK, handletextpad=0.2,
    )  # fmt: skip
