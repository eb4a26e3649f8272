"""The tornado: each factor moved alone to its low and its high, the widest swing at the top."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures import ranked
from analysis.figures.style import INK, frame
from analysis.intervals import Integers
from analysis.sensitivity import tornado as moved
from analysis.sweep_wording import factor_label
from analysis.wording import counted, measure_label, measure_unit
from sim.kept import Swept
from sim.labels import text

_SIDES = (("low", "at_low", "#56B4E9"), ("high", "at_high", "#E69F00"))


def tornado(swept: Swept, lang: str, measure: str) -> Figure | None:
    """Bars from the centre to a measure at a factor's low and high, with paired intervals.

    Panels: the baseline's mean, and the most contested difference.  None if nothing was measured.
    """
    pairs = ranked.outcomes(swept, measure)
    tables = [moved(swept, measure, *pair) for pair in pairs]
    swings = [np.fmax(table["low_effect"].abs(), table["high_effect"].abs()).to_numpy() for table in tables]
    if not np.isfinite(swings[0]).any():
        return None
    chosen = ranked.order(swings)
    factors = {factor.path: factor for factor in swept.design.factors}
    shown = tables[0].iloc[chosen].to_dict("records")
    names = [f"{factor_label(factors[row['factor']], lang)} ({row['low']:g}–{row['high']:g})" for row in shown]
    figure, panels = ranked.rows(names, [ranked.outcome_label(swept, *pair, lang) for pair in pairs])
    for axes, table in zip(panels, tables, strict=True):
        _bars(axes, table.iloc[chosen], lang)
        axes.set_xlabel(text("sensitivity.change", lang, unit=measure_unit(measure, lang)), fontsize=9)
    n: Integers = np.concatenate([table[f"{side}_n"].to_numpy() for table in tables for side, *_ in _SIDES])
    note = text("sensitivity.tornado_note", lang, n=counted(n))
    note += ranked.top_note(len(chosen), len(tables[0]), lang)
    frame(figure, swept, lang, text("sensitivity.tornado", lang, measure=measure_label(measure, lang)), note)
    ranked.legend(figure, panels[0].get_legend_handles_labels()[0])
    return figure


def _bars(axes: Axes, own: Any, lang: str) -> None:
    for (side, key, color), offset in zip(_SIDES, (-0.17, 0.17), strict=True):
        at = np.arange(len(own)) + offset
        label = text(f"sensitivity.{key}", lang)
        axes.barh(at, own[f"{side}_effect"], height=0.32, color=color, label=label, zorder=2)
        axes.hlines(at, own[f"{side}_ci_low"], own[f"{side}_ci_high"], color=INK, linewidth=1.1, zorder=3)
    ranked.zero_line(axes)
    axes.margins(x=0.06)
