"""What decides between two strategies: factors ranked by how far they part the points where each is better."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.deciding import SURE, contested, deciders, shares, verdict
from analysis.deciding_wording import boundary_text
from analysis.figures import ranked
from analysis.figures.style import BETTER, FAINT, INK, WORSE, frame
from analysis.sampled import LEAST
from analysis.sweep_wording import factor_label, percent, strategy_label
from analysis.wording import measure_label
from sim.design import Factor
from sim.kept import Swept
from sim.labels import text


def decides(swept: Swept, lang: str, measure: str) -> Figure | None:
    """Distances on the left; on the right each factor's range, its boundary, and who is better on either side.

    The pair is the most contested one; None if there is none, or one of the two is nowhere better.
    """
    pair = contested(swept, measure)
    if pair is None:
        return None
    table = deciders(swept, measure, *pair).head(ranked.MOST)
    if not np.isfinite(table["distance"]).any():
        return None
    factors = {factor.path: factor for factor in swept.design.factors}
    shown = [factors[path] for path in table["factor"]]
    names = dict(zip(("first", "second"), (strategy_label(swept, name, lang) for name in pair), strict=True))
    titles = [text("decides.distance", lang), text("decides.where", lang, first=names["first"])]
    figure, (left, right) = ranked.rows([factor_label(factor, lang) for factor in shown], titles)
    rows = table.to_dict("records")
    _distances(left, rows, lang)
    _ranges(right, rows, shown, lang)
    found = shares(verdict(swept, measure, *pair), swept.design)
    decided = round(found.first.n * (1.0 - found.undecided.mean))
    parts = {f"{which}_share": percent(getattr(found, which).mean, lang) for which in names}
    note = text("decides.note", lang, n=found.first.n, decided=decided, **names, **parts)
    if table["p"].isna().all():
        note += text("decides.few_note", lang, least=LEAST)
    note += ranked.top_note(len(rows), len(factors), lang)
    frame(figure, swept, lang, text("decides.heading", lang, measure=measure_label(measure, lang)), note)
    ranked.legend(figure, left.get_legend_handles_labels()[0])
    return figure


def _distances(axes: Axes, rows: Sequence[dict[Any, Any]], lang: str) -> None:
    for sure, color, fill in ((True, INK, "full"), (False, FAINT, "none")):
        own = [(row["distance"], at) for at, row in enumerate(rows) if (row["p_holm"] < SURE) == sure]
        values, at = np.array(own).reshape(-1, 2).T
        axes.hlines(at, 0.0, values, color=color, linewidth=2.0 if sure else 1.0)
        axes.plot(values, at, linestyle="", marker="o", color=color, fillstyle=fill,
                  label=text("decides.sure" if sure else "decides.unsure", lang))  # fmt: skip
    axes.set_xlim(0.0, 1.02)


def _ranges(axes: Axes, rows: Sequence[dict[Any, Any]], factors: Sequence[Factor], lang: str) -> None:
    """A bar per factor from its low to its high, parted at the boundary; blue where the first strategy is better."""
    for at, (row, factor) in enumerate(zip(rows, factors, strict=True)):
        reach = factor.high - factor.low
        split = (row["boundary"] - factor.low) / reach
        for start, end, share in ((0.0, split, row["below_share"]), (split, 1.0, row["above_share"])):
            color, depth = (BETTER, share - 0.5) if share > 0.5 else (WORSE, 0.5 - share)
            shade = 0.1 + 1.1 * depth * (1.0 if row["p_holm"] < SURE else 0.5)
            axes.barh(at, end - start, left=start, height=0.44, color=color, alpha=shade, linewidth=0)
            if end - start > 0.09:
                middle, words = (start + end) / 2.0, percent(share, lang)
                axes.text(middle, at, words, ha="center", va="center", fontsize=8.5, color=INK)
        axes.plot([split, split], [at - 0.27, at + 0.27], color=INK, linewidth=1.6)
        axes.text(split, at - 0.28, boundary_text(row["boundary"], factor), ha="center", va="bottom", fontsize=7.5)
        for place, value, side in ((-0.015, factor.low, "right"), (1.015, factor.high, "left")):
            axes.text(place, at, f"{value:g}", ha=side, va="center", fontsize=8, color=FAINT)
    axes.set_xlim(-0.14, 1.14)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
