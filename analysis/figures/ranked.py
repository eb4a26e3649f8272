"""What figures with a row per factor share: rows ranked, long names broken, panels side by side, a legend above."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.deciding import contested
from analysis.figures.style import FAINT, INK, new_figure, plain, wrap
from analysis.intervals import Floats, Integers
from analysis.sweep_wording import percent, strategy_label
from sim.kept import Swept
from sim.labels import text

MOST = 20  # rows that can be read
_NAMES, _PANEL, _GAP = 3.5, 4.2, 0.3  # inches
_TOP, _BOTTOM = 1.3, 1.15
_COLUMNS = 46  # of a name before it is broken


def outcomes(swept: Swept, measure: str) -> list[tuple[str, str]]:
    """What panels are about: the baseline's mean, and the difference that is most contested (strategy, against)."""
    pair = contested(swept, measure)
    return [(swept.baseline, ""), *([pair] if pair else [])]


def outcome_label(swept: Swept, strategy: str, against: str, lang: str) -> str:
    """What a panel is about, in words."""
    if not against:
        return text("sensitivity.mean_of", lang, strategy=strategy_label(swept, strategy, lang))
    names = {"first": strategy_label(swept, strategy, lang), "second": strategy_label(swept, against, lang)}
    return text("sensitivity.difference_of", lang, **names)


def order(sizes: Sequence[Floats]) -> Integers:
    """Factors from the one that is largest in any panel, each panel (F,) measured by its own largest; ``MOST`` at most.

    What is NaN in all panels comes last.
    """
    relative = []
    for size in sizes:
        finite = np.where(np.isfinite(size), size, -1.0)
        relative.append(finite / max(float(finite.max(initial=0.0)), np.finfo(np.float64).tiny))
    return np.argsort(-np.max(relative, axis=0), kind="stable")[:MOST]


def top_note(shown: int, everything: int, lang: str) -> str:
    """That not all factors are shown, if so."""
    return text("sensitivity.top", lang, shown=shown, all=everything) if shown < everything else ""


def noise_note(shares: Sequence[float], lang: str) -> str:
    """How much of the variance in each panel is replicate noise."""
    words = [percent(share, lang) if not 0.0 < share < 0.005 else "< " + percent(0.01, lang) for share in shares]
    return text("sensitivity.noise", lang, noise=("、" if lang == "zh" else ", ").join(words))


def rows(names: Sequence[str], titles: Sequence[str]) -> tuple[Figure, list[Axes]]:
    """A figure with a row per name and a panel per title; the first row is at the top."""
    broken = [wrap(name, _COLUMNS) for name in names]
    lines = max(name.count("\n") + 1 for name in broken)
    tall = max(0.14 + 0.15 * lines, 0.42) * len(names)
    width, height = _NAMES + len(titles) * (_PANEL + _GAP), _TOP + tall + _BOTTOM
    figure, panels = new_figure(width, height), []
    for k, title in enumerate(titles):
        left = _NAMES + k * (_PANEL + _GAP)
        axes = figure.add_axes((left / width, _BOTTOM / height, _PANEL / width, tall / height))
        plain(axes)
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="y", length=0, pad=8)
        axes.grid(axis="x", color="#eeeeee", linewidth=0.8)
        axes.set_axisbelow(True)
        for row in range(0, len(names), 2):
            axes.axhspan(row - 0.5, row + 0.5, color="#f6f6f6", zorder=0, linewidth=0)
        axes.set_ylim(len(names) - 0.5, -0.5)
        axes.set_yticks(range(len(names)), broken if k == 0 else [""] * len(names))
        axes.set_title(wrap(title, 50), fontsize=10, color=INK, pad=8)
        panels.append(axes)
    return figure, panels


def dots(axes: Axes, own: pd.DataFrame, names: tuple[str, str, str], offset: float, **look: Any) -> None:
    """A dot with its interval per row, a little off the row's middle; ``names`` of the columns value, low, high."""
    value, low, high = names
    at = np.arange(len(own)) + offset
    axes.hlines(at, own[low], own[high], color=look["color"], linewidth=1.5)
    axes.plot(own[value], at, linestyle="", markersize=5.5, **look)


def legend(figure: Figure, handles: Sequence[Any]) -> None:
    """A legend in the upper right corner."""
    figure.legend(
        handles=handles, loc="upper right", bbox_to_anchor=(0.995, 1 - 0.36 / figure.get_figheight()),
        ncols=len(handles), frameon=False, fontsize=9, labelcolor=INK,
    )  # fmt: skip


def zero_line(axes: Axes) -> None:
    """Where there is no effect."""
    axes.axvline(0.0, color=FAINT, linewidth=1.0, zorder=1)
