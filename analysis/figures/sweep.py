"""Figures of a sweep: what fits its design, in English and, where a Chinese font is found, in Chinese."""

import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from matplotlib.figure import Figure

from analysis.compare import PLANE
from analysis.figures.decides import decides
from analysis.figures.indices import indices
from analysis.figures.phase import phase
from analysis.figures.points import points
from analysis.figures.response import response
from analysis.figures.screening import screening
from analysis.figures.style import chinese_font, save
from analysis.figures.ternary import ternary
from analysis.figures.tornado import tornado
from sim.kept import Swept
from sim.labels import LANGUAGES, text

Draw = Callable[[Swept, str], Figure | None]
DrawMeasure = Callable[[Swept, str, str], Figure | None]

_OF_KIND: dict[str, tuple[tuple[str, DrawMeasure], ...]] = {
    "morris": (("screening", screening),),
    "sobol": (("indices", indices), ("decides", decides)),
    "latin": (("decides", decides),),
    "tornado": (("tornado", tornado),),
    "mixture": (("ternary", ternary),),
}


def sweep_figures(swept: Swept, measures: Sequence[str] = PLANE) -> Iterator[tuple[str, Draw]]:
    """Names and makers of the figures that fit a sweep's design.

    Samples, mixtures and one-at-a-time designs have theirs for each measure; a grid of two factors and several
    strategies a phase diagram for each; any other grid, a response along each factor; a table, its points.
    """
    kind, count = swept.design.kind, len(swept.design.factors)
    if kind in _OF_KIND:
        for name, draw in _OF_KIND[kind]:
            for measure in measures:
                yield f"{name}-{measure}", partial(_of_measure, draw, measure)
    elif kind == "factorial" and count == 2 and len(swept.strategies) > 1:
        for measure in measures:
            yield f"phase-{measure}", partial(_of_measure, phase, measure)
    elif kind == "factorial":
        for factor in range(count):
            name = f"response-{swept.design.factors[factor].path}" if count > 1 else "response"
            yield name, partial(response, measures=measures, factor=factor)
    elif kind == "table":
        yield "points", partial(points, measures=measures)


def write_sweep_figures(
    swept: Swept, folder: Path, languages: Sequence[str] = LANGUAGES, measures: Sequence[str] = PLANE
) -> list[Path]:
    """Write ``figures/<name>.png`` and ``.svg`` into ``folder``, and ``<name>.zh.png`` and ``.zh.svg`` in Chinese.

    Chinese is left out, with one warning, where no font can write it.  A figure that the sweep has nothing for is not
    written.  Returns the files in order.
    """
    if "zh" in languages and chinese_font() is None:
        warnings.warn(text("notice.no_cjk_font", "en"), stacklevel=2)
        languages = [lang for lang in languages if lang != "zh"]
    written: list[Path] = []
    for name, draw in sweep_figures(swept, measures):
        for lang in languages:
            figure = draw(swept, lang)
            if figure is not None:
                written += save(figure, folder / "figures" / (name if lang == "en" else f"{name}.{lang}"))
    return written


def _of_measure(draw: DrawMeasure, measure: str, swept: Swept, lang: str) -> Figure | None:
    return draw(swept, lang, measure)
