"""Shares of variance: how much of a measure's variance over the space each factor makes (Sobol)."""

import numpy as np
from matplotlib.figure import Figure

from analysis.figures import ranked
from analysis.figures.style import BETTER, WORSE, frame
from analysis.intervals import Integers
from analysis.sensitivity import indices as indexed
from analysis.sweep_wording import factor_label
from analysis.wording import counted, measure_label
from sim.kept import Swept
from sim.labels import text


def indices(swept: Swept, lang: str, measure: str) -> Figure | None:
    """A row per factor, the greatest first: its share alone and with others, with intervals.

    Panels: the baseline's mean, and the most contested difference.  None if nothing varies.
    """
    pairs = ranked.outcomes(swept, measure)
    tables = [indexed(swept, measure, *pair) for pair in pairs]
    if not np.isfinite(tables[0]["st"]).any():
        return None
    chosen = ranked.order([table["st"].to_numpy() for table in tables])
    names = [factor_label(swept.design.factors[f], lang) for f in chosen]
    figure, panels = ranked.rows(names, [ranked.outcome_label(swept, *pair, lang) for pair in pairs])
    for axes, table in zip(panels, tables, strict=True):
        own = table.iloc[chosen]
        ranked.dots(axes, own, ("s1", "s1_low", "s1_high"), -0.14, color=BETTER, marker="o",
                    label=text("sensitivity.alone", lang))  # fmt: skip
        ranked.dots(axes, own, ("st", "st_low", "st_high"), 0.14, color=WORSE, marker="D", fillstyle="none",
                    label=text("sensitivity.together", lang))  # fmt: skip
        ranked.zero_line(axes)
        low, high = axes.get_xlim()
        axes.set_xlim(min(low, -0.02), max(high, 1.0))
        axes.set_xlabel(text("sensitivity.index", lang), fontsize=9)
    bases: Integers = np.concatenate([table["n"].to_numpy() for table in tables])
    noise = ranked.noise_note([float(table["noise"].iloc[0]) for table in tables], lang)
    note = text("sensitivity.indices_note", lang, n=counted(bases), noise=noise)
    note += ranked.top_note(len(chosen), len(swept.design.factors), lang)
    frame(figure, swept, lang, text("sensitivity.indices", lang, measure=measure_label(measure, lang)), note)
    ranked.legend(figure, panels[0].get_legend_handles_labels()[0])
    return figure
