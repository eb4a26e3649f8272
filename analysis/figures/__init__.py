"""Figures of a comparison, in English and, where a Chinese font is found, in Chinese.

Everything is drawn through matplotlib's objects, without pyplot's global state, so threads may draw at once; the same
results give the same bytes with the same matplotlib.
"""

import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

from matplotlib.figure import Figure

from analysis.figures.course import course
from analysis.figures.forest import forest
from analysis.figures.heatmap import heatmap
from analysis.figures.plane import plane
from analysis.figures.style import chinese_font, save
from analysis.figures.width import width
from sim.kept import Results
from sim.labels import LANGUAGES, text

FIGURES: dict[str, Callable[[Results, str], Figure | None]] = {
    "plane": plane,
    "forest": forest,
    "heatmap": heatmap,
    "course": course,
    "width": width,
}


def write_figures(results: Results, folder: Path, languages: Sequence[str] = LANGUAGES) -> list[Path]:
    """Write ``figures/<name>.png`` and ``.svg`` into ``folder``, and ``<name>.zh.png`` and ``.zh.svg`` in Chinese.

    Chinese is left out, with one warning, where no font can write it.  A figure that results have nothing for (a
    single strategy has no differences) is not written.  Returns the files in order.
    """
    if "zh" in languages and chinese_font() is None:
        warnings.warn(text("notice.no_cjk_font", "en"), stacklevel=2)
        languages = [lang for lang in languages if lang != "zh"]
    written: list[Path] = []
    for name, draw in FIGURES.items():
        for lang in languages:
            figure = draw(results, lang)
            if figure is not None:
                stem = name if lang == "en" else f"{name}.{lang}"
                written += save(figure, folder / "figures" / stem)
    return written
