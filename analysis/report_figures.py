"""Figures of a result folder, made small enough to lie inside one page without losing what their colours mean.

A picture is made smaller; then colours that cover some length stay as they are, and those in between (the edges of
lines and letters) are rounded to a few tones, so that lossless WebP takes a tenth of the file.  A palette of the
commonest colours would be simpler, but repaints the markers of whoever is seldom drawn.
"""

import base64
import io
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, features

from analysis.figures.style import DPI
from sim.labels import LABELS, LANGUAGES, Bilingual, said, text
from sim.measures import MEASURES

ORDER = (
    "plane", "forest", "heatmap", "width", "course", "leads", "gantt", "network",
    "phase", "ternary", "points", "response", "screening", "indices", "decides", "tornado",
)  # fmt: skip


class Step(NamedTuple):
    """How small pictures are made."""

    dpi: int  # of a figure drawn at ``DPI``
    share: float  # of the files' size that this takes in a page, as measured on a comparison of 18 strategies


# In this order until all figures fit.  At 80 dpi the smallest letters of a figure are 9 pixels high: no smaller.
STEPS = (Step(120, 0.172), Step(110, 0.155), Step(100, 0.138), Step(92, 0.125), Step(86, 0.115), Step(80, 0.105))
TONES = (255, 237, 205, 159, 90, 0)  # of red, green and blue; closer where it is light, for pale lines
RUN = 4  # equal pixels, across or down, that make a colour more than an edge


class Picture(NamedTuple):
    """What an ``img`` needs; the size is in pixels."""

    source: str  # a data: URI
    width: int
    height: int


class Shown(NamedTuple):
    """A figure in a page: a picture in English, and one in Chinese or nothing, if the English one serves both."""

    name: str
    headings: Mapping[str, str]  # by language
    captions: Mapping[str, str]
    pictures: Mapping[str, Picture]


def found(folder: Path) -> dict[str, dict[str, Path]]:
    """The files of ``folder/figures`` by figure and language, in the order in which they are shown."""
    files: dict[str, dict[str, Path]] = {}
    for path in sorted((folder / "figures").glob("*.png")):
        stem, _, last = path.stem.rpartition(".")
        name, lang = (stem, last) if stem and last in LANGUAGES else (path.stem, "en")
        files.setdefault(name, {})[lang] = path
    return dict(sorted(files.items(), key=lambda item: (_rank(item[0]), item[0])))


def shown(
    files: Mapping[str, Mapping[str, Path]], room: int, factors: Mapping[str, Bilingual]
) -> tuple[list[Shown], list[str]]:
    """Figures as a page holds them in ``room`` bytes, and the names of files that are left out.

    ``factors``, by path, are what a figure may be of, beside measures.
    """
    pictures, lost = embedded([path for each in files.values() for path in each.values()], room)
    kept = []
    for name, each in files.items():
        own = {lang: pictures[path] for lang, path in each.items() if path in pictures}
        if own:
            captions = {lang: _caption(name, lang) for lang in LANGUAGES}
            kept.append(Shown(name, {lang: _heading(name, lang, factors) for lang in LANGUAGES}, captions, own))
    return kept, sorted(path.name for path in lost)


def embedded(paths: Sequence[Path], room: int) -> tuple[dict[Path, Picture], set[Path]]:
    """Pictures that take ``room`` bytes together at most, and the files that could not be read or found no room.

    All are made by the same one of ``STEPS``, the first by which they fit, so that letters are as large in all; if
    they fit by none, the heaviest are left out.
    """
    size = sum(path.stat().st_size for path in paths)
    tried = [step for step in STEPS if size * step.share <= room] or STEPS[-1:]
    pictures: dict[Path, Picture] = {}
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for step in STEPS[STEPS.index(tried[0]) :]:
            encoded = zip(paths, pool.map(partial(_encoded, step=step), paths), strict=True)
            pictures = {path: picture for path, picture in encoded if picture}
            if sum(map(_weight, pictures.values())) <= room:
                break
    for path in sorted(pictures, key=lambda path: _weight(pictures[path]), reverse=True):
        if sum(map(_weight, pictures.values())) > room:
            del pictures[path]
    return pictures, set(paths) - set(pictures)


def _weight(picture: Picture) -> int:
    return len(picture.source)


def _encoded(path: Path, step: Step) -> Picture | None:
    """A figure's file as a picture; None if it is none."""
    try:
        with Image.open(path) as opened:
            image = opened.convert("RGB")
    except OSError:
        return None
    width, height = (max(1, round(side * step.dpi / DPI)) for side in image.size)
    pixels = np.asarray(image.resize((width, height), Image.Resampling.HAMMING))
    plain, content = Image.fromarray(simplified(pixels)), io.BytesIO()
    if features.check("webp"):
        kind = "webp"
        plain.save(content, "WEBP", lossless=True, quality=50, method=3)
    else:
        kind = "png"
        plain.save(content, "PNG", optimize=True)
    data = base64.b64encode(content.getvalue()).decode("ascii")
    return Picture(f"data:image/{kind};base64,{data}", width, height)


def simplified(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Round colours to ``TONES`` but where ``RUN`` of a colour stand across or down; shape (height, width, 3) both."""
    nearest = np.abs(np.arange(256)[:, None] - np.array(TONES)).argmin(axis=1)
    rounded = np.array(TONES, dtype=np.uint8)[nearest]
    red, green, blue = (pixels[..., k].astype(np.int64) for k in range(3))
    color = (red << 16) + (green << 8) + blue
    kept = _runs(color) | _runs(color.T).T
    return np.where(kept[..., None], pixels, rounded[pixels])


def _runs(color: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Where a pixel is part of ``RUN`` equal ones down; shape (height, width) both."""
    kept = np.zeros(color.shape, dtype=np.bool_)
    same = color[1:] == color[:-1]
    count = len(color) - RUN + 1  # of places where a run may begin
    if count > 0:
        begins = np.logical_and.reduce([same[k : k + count] for k in range(RUN - 1)])
        for k in range(RUN):
            kept[k : k + count] |= begins
    return kept


def _rank(name: str) -> int:
    kind = name.partition("-")[0]
    return ORDER.index(kind) if kind in ORDER else len(ORDER)


def _heading(name: str, lang: str, factors: Mapping[str, Bilingual]) -> str:
    """What a figure is, and of which measure or factor; the file's name where it is not one of ours."""
    kind, _, subject = name.partition("-")
    label = LABELS.get(f"report.fig_{kind}")
    if label is None:
        return name
    known: dict[str, Bilingual] = {measure.name: measure for measure in MEASURES} | dict(factors)
    if subject not in known:
        return said(label, lang)
    return text("report.fig_of", lang, figure=said(label, lang), subject=said(known[subject], lang))


def _caption(name: str, lang: str) -> str:
    label = LABELS.get(f"report.how_{name.partition('-')[0]}")
    return said(label, lang) if label else ""
