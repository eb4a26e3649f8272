"""The forest of differences: each strategy against the baseline, on four key measures."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.compare import KEY, difference_of, verdicts
from analysis.figures.style import BETTER, FAINT, INK, UNDECIDED, WORSE, columns, frame, new_figure, plain
from analysis.intervals import Floats, Integers
from analysis.wording import baseline_label, counted, labels, measure, measure_label, measure_unit
from sim.kept import Results
from sim.labels import text

_SIGNS = {
    1: ("better", BETTER, "o", "full"),
    -1: ("worse", WORSE, "s", "full"),
    0: ("undecided", UNDECIDED, "D", "none"),
}


def forest(results: Results, lang: str) -> Figure | None:
    """Paired differences with intervals, a panel per measure; None if there is nothing beside the baseline."""
    others = [s for s, name in enumerate(results.strategies) if name != results.baseline]
    if not others:
        return None
    band, signs = difference_of(results, KEY), verdicts(results, KEY)
    height = 2.3 + 0.3 * len(others)
    figure = new_figure(12.0, height)
    names = [labels(results, lang)[s] for s in others]
    left = (0.35 + 0.078 * max(columns(name) for name in names)) / 12.0
    top, bottom = 1 - 1.25 / height, 1.02 / height
    width = (0.985 - left) / len(KEY)
    for m, name in enumerate(KEY):
        axes = figure.add_axes((left + m * width + 0.01, bottom, width - 0.025, top - bottom))
        limits = np.stack([band.mean, band.low, band.high])[:, others, m]
        _rows(axes, limits, signs[others, m])
        axes.set_yticks(range(len(others)), names if m == 0 else [""] * len(others))
        _say(axes, name, lang)
    note = text("figure.forest_note", lang, n=counted(band.n[others]))
    frame(figure, results, lang, text("figure.forest", lang, baseline=baseline_label(results, lang)), note)
    _legend(figure, lang)
    return figure


def _rows(axes: Axes, limits: Floats, signs: Integers) -> None:
    """A dot and an interval per row; ``limits`` holds means, lows and highs."""
    plain(axes)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0, pad=8)
    axes.grid(axis="x", color="#eeeeee", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.axvline(0.0, color=FAINT, linewidth=1.0)
    for row, (mean, low, high) in enumerate(limits.T):
        if row % 2 == 0:
            axes.axhspan(row - 0.5, row + 0.5, color="#f6f6f6", zorder=0, linewidth=0)
        _, color, marker, fill = _SIGNS[int(signs[row])]
        axes.plot([low, high], [row, row], color=color, linewidth=1.6, marker="|", markersize=8, markeredgewidth=1.6)
        axes.plot(mean, row, marker=marker, color=color, fillstyle=fill, markersize=4.5)
    axes.set_ylim(limits.shape[1] - 0.5, -0.5)
    finite = np.abs(limits[np.isfinite(limits)])
    reach = 1.12 * float(finite.max(initial=0.0)) or 1.0
    axes.set_xlim(-reach, reach)  # zero in the middle of every panel, so that sides can be compared
    axes.locator_params(axis="x", nbins=5)


def _say(axes: Axes, name: str, lang: str) -> None:
    axes.set_title(measure_label(name, lang), fontsize=10.5, color=INK, loc="center", pad=20)
    down = measure(name).better == "down"
    place, key = (0.02, "better_left") if down else (0.98, "better_right")
    axes.text(
        place, 1.02, text(f"figure.{key}", lang), transform=axes.transAxes, fontsize=9, color=BETTER,
        ha="left" if down else "right", va="bottom",
    )  # fmt: skip
    axes.set_xlabel(text("figure.difference_in", lang, unit=measure_unit(name, lang)), fontsize=9, color=INK)


def _legend(figure: Figure, lang: str) -> None:
    axes = figure.axes[0]
    handles = [
        axes.plot([], [], color=color, marker=marker, fillstyle=fill, linewidth=2, markersize=6,
                  label=text(f"figure.{key}", lang))[0]
        for key, color, marker, fill in _SIGNS.values()
    ]  # fmt: skip
    figure.legend(
        handles=handles, loc="upper right", bbox_to_anchor=(0.99, 0.995), ncols=3,
        frameon=False, fontsize=9, labelcolor=INK,
    )  # fmt: skip
