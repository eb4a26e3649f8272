"""How a sweep's strategies, factors and shares are said in a language."""

import numpy as np

from sim.design import Factor
from sim.kept import Swept
from sim.labels import said, unit


def strategy_labels(swept: Swept, lang: str) -> tuple[str, ...]:
    """The strategies' labels."""
    return swept.labels_zh if lang == "zh" else swept.labels_en


def strategy_label(swept: Swept, name: str, lang: str) -> str:
    """The label of the strategy called ``name``."""
    return strategy_labels(swept, lang)[swept.strategies.index(name)]


def factor_label(factor: Factor, lang: str) -> str:
    """A factor's label, without unit."""
    return said(factor, lang)


def factor_unit(factor: Factor, lang: str) -> str:
    """A factor's unit in words."""
    return unit(factor.unit, lang)


def percent(share: float, lang: str) -> str:
    """A share in whole hundredths: ``93 %`` in English, ``93%`` in Chinese; an en dash where there is none."""
    if not np.isfinite(share):
        return "–"
    return f"{100 * share:.0f}%" if lang == "zh" else f"{100 * share:.0f} %"
