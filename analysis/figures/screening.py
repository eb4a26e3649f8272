"""Screening: how much each factor moves a measure, and how unevenly (Morris)."""

import numpy as np
from matplotlib.figure import Figure

from analysis.figures import ranked
from analysis.figures.style import BETTER, WORSE, frame
from analysis.intervals import Integers
from analysis.sensitivity import screening as screened
from analysis.sweep_wording import factor_label
from analysis.wording import counted, measure_label, measure_unit
from sim.kept import Swept
from sim.labels import text


def screening(swept: Swept, lang: str, measure: str) -> Figure | None:
    """A row per factor, the strongest first: mean size of its effect with interval, and the effects' spread.

    Panels: the baseline's mean, and the most contested difference.  None if nothing was measured.
    """
    pairs = ranked.outcomes(swept, measure)
    tables = [screened(swept, measure, *pair) for pair in pairs]
    if not np.isfinite(tables[0]["mu_star"]).any():
        return None
    chosen = ranked.order([table["mu_star"].to_numpy() for table in tables])
    names = [factor_label(swept.design.factors[f], lang) for f in chosen]
    figure, panels = ranked.rows(names, [ranked.outcome_label(swept, *pair, lang) for pair in pairs])
    for axes, table in zip(panels, tables, strict=True):
        own = table.iloc[chosen]
        columns = ("mu_star", "ci_low", "ci_high")
        ranked.dots(axes, own, columns, -0.13, color=BETTER, marker="o", label=text("sensitivity.mu_star", lang))
        axes.plot(own["sigma"], np.arange(len(chosen)) + 0.15, color=WORSE, marker="D", fillstyle="none", linestyle="",
                  markersize=5, label=text("sensitivity.sigma", lang))  # fmt: skip
        axes.set_xlim(left=0.0)
        axes.margins(x=0.06)
        axes.set_xlabel(text("sensitivity.effect", lang, unit=measure_unit(measure, lang)), fontsize=9)
    trajectories: Integers = np.concatenate([table["n"].to_numpy() for table in tables])
    noise = ranked.noise_note([float(table["noise"].iloc[0]) for table in tables], lang)
    note = text("sensitivity.screening_note", lang, n=counted(trajectories), noise=noise)
    note += ranked.top_note(len(chosen), len(swept.design.factors), lang)
    frame(figure, swept, lang, text("sensitivity.screening", lang, measure=measure_label(measure, lang)), note)
    ranked.legend(figure, panels[0].get_legend_handles_labels()[0])
    return figure
