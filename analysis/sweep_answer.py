"""What a sweep says, in a few sentences computed from its runs."""

from collections.abc import Sequence

import numpy as np

from analysis.compare import PLANE
from analysis.deciding import contested
from analysis.deciding import sentences as deciding
from analysis.response import differences_at, verdicts_at
from analysis.sweep_wording import strategy_label
from analysis.wording import measure_label
from sim.kept import Swept
from sim.labels import text

FEW = 6  # strategies about which a sentence each can be read
SEVERAL_POINTS = 20  # from which it is worth asking what decides


def sentences(swept: Swept, lang: str, measures: Sequence[str] = PLANE) -> list[str]:
    """How much was looked at, and per measure where the strategies are better, worse, and by what that is decided."""
    counts = swept.counts
    replicates = f"{counts.min()}" if counts.min() == counts.max() else f"{counts.min()}–{counts.max()}"
    sizes = {"points": f"{len(counts):,}", "strategies": len(swept.strategies), "replicates": replicates}
    said = [text("sweep.looked", lang, title=swept.title_zh if lang == "zh" else swept.title_en, **sizes)]
    for measure in measures:
        said += _verdicts(swept, measure, lang)
        pair = contested(swept, measure)
        if pair and len(counts) >= SEVERAL_POINTS and swept.design.kind not in ("tornado", "mixture", "table"):
            said += deciding(swept, measure, *pair, lang)
    return said


def _verdicts(swept: Swept, measure: str, lang: str) -> list[str]:
    signs, there = verdicts_at(swept, measure), differences_at(swept, measure).n > 1
    others = [s for s, name in enumerate(swept.strategies) if name != swept.baseline]
    apart = [(int((signs[:, s] > 0).sum()), int((signs[:, s] < 0).sum()), int(there[:, s].sum()), s) for s in others]
    apart.sort(key=lambda row: (-row[0], row[1]))
    return [
        text(
            "sweep.verdict", lang, measure=measure_label(measure, lang), strategy=strategy_label(swept, name, lang),
            baseline=strategy_label(swept, swept.baseline, lang), better=better, worse=worse,
            undecided=np.maximum(compared - better - worse, 0), points=compared,
        )
        for better, worse, compared, s in apart[:FEW]
        for name in (swept.strategies[s],)
    ]  # fmt: skip
