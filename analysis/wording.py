"""How results are said in a language: labels, counts and numbers, alike in tables and figures."""

import numpy as np

from analysis.intervals import Floats, Integers
from sim.kept import Results
from sim.labels import said, unit
from sim.measures import MEASURES, NAMES, Measure


def measure(name: str) -> Measure:
    """The measure called ``name``."""
    return MEASURES[NAMES.index(name)]


def measure_label(name: str, lang: str) -> str:
    """A measure's label, without unit."""
    return said(measure(name), lang)


def measure_unit(name: str, lang: str) -> str:
    """A measure's unit in words."""
    return unit(measure(name).unit, lang)


def labels(results: Results, lang: str) -> tuple[str, ...]:
    """The strategies' labels."""
    return results.labels_zh if lang == "zh" else results.labels_en


def capital(words: str) -> str:
    """A label as a sentence begins."""
    return words[:1].upper() + words[1:]


def title(results: Results, lang: str) -> str:
    """The scenario's title."""
    return results.title_zh if lang == "zh" else results.title_en


def baseline_label(results: Results, lang: str) -> str:
    """The baseline's label."""
    return labels(results, lang)[results.strategies.index(results.baseline)]


def counted(n: Integers) -> str:
    """How many replicates numbers rest on: one number, or the least and the most."""
    least, most = (int(n.min()), int(n.max())) if n.size else (0, 0)
    return str(most) if least == most else f"{least}–{most}"


def decimals(values: Floats) -> int:
    """Decimal places that show three digits of the largest value, and at most three."""
    finite = np.abs(values[np.isfinite(values)])
    largest = float(finite.max()) if finite.size else 0.0
    return int(np.clip(2 - np.floor(np.log10(largest)), 0, 3)) if largest > 0 else 0


def number(value: float, places: int, sign: str = "") -> str:
    """A number with a true minus sign; an en dash where there is none.  ``sign`` is '+' to write a plus as well."""
    return f"{value:{sign}.{places}f}".replace("-", "−") if np.isfinite(value) else "–"
