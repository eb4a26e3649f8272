"""Figures of a result folder, made small enough to lie inside one page without losing what their colours mean.

A picture is narrowed; then colours that fill an area stay as they are, and those in between (the edges of lines and
letters) are rounded to a few levels, which lets lossless WebP write a tenth of the file.  A palette of the commonest
colours would be simpler, but repaints the markers of whoever is seldom drawn.
"""

import base64
import io
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, features

from sim.labels import LABELS, LANGUAGES, Bilingual, said, text
from sim.measures import MEASURES

WIDTHS = (1400, 1200, 1000, 850)  # pixels, tried in this order where a page would grow too large
LEVELS = 9  # of each of red, green and blue, for colours that fill no area
ORDER = (
    "plane", "forest", "heatmap", "width", "course", "leads", "gantt", "network",
    "phase", "ternary", "response", "screening", "indices", "decides", "tornado",
)  # fmt: skip


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


def embedded(paths: Iterable[Path], room: int) -> tuple[dict[Path, Picture], set[Path]]:
    """Pictures that take ``room`` bytes together at most, and the files that could not be read or found no room.

    While there is too little, every picture heavier than its fair share is narrowed by one of ``WIDTHS``; when none
    can be narrowed further, the heaviest is left out.
    """
    steps = dict.fromkeys(paths, 0)
    pictures: dict[Path, Picture] = {}
    lost: set[Path] = set()
    todo = list(steps)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        while todo:
            encoded = pool.map(_encoded, todo, [WIDTHS[steps[path]] for path in todo])
            for path, picture in zip(todo, encoded, strict=True):
                if picture:
                    pictures[path] = picture
                else:
                    lost.add(path)
            todo = _heavy(pictures, room, steps)
            while not todo and sum(map(_weight, pictures.values())) > room:
                heaviest = max(pictures, key=lambda path: _weight(pictures[path]))
                lost.add(heaviest)
                del pictures[heaviest]
                todo = _heavy(pictures, room, steps)
            for path in todo:
                steps[path] += 1
    return pictures, lost


def _heavy(pictures: Mapping[Path, Picture], room: int, steps: Mapping[Path, int]) -> list[Path]:
    """Pictures to narrow: those above their fair share that can be, if all together are too heavy."""
    if sum(map(_weight, pictures.values())) <= room:
        return []
    fair = room / len(pictures)
    return [path for path in pictures if _weight(pictures[path]) > fair and steps[path] + 1 < len(WIDTHS)]


def _weight(picture: Picture) -> int:
    return len(picture.source)


def _encoded(path: Path, width: int) -> Picture | None:
    """A figure's file at most ``width`` pixels wide; None if it is no picture."""
    try:
        with Image.open(path) as opened:
            image = opened.convert("RGB")
    except OSError:
        return None
    if image.width > width:
        height = max(1, round(image.height * width / image.width))
        image = image.resize((width, height), Image.Resampling.LANCZOS)
    content = io.BytesIO()
    plain = Image.fromarray(simplified(np.asarray(image)))
    if features.check("webp"):
        kind = "webp"
        plain.save(content, "WEBP", lossless=True, quality=50, method=3)
    else:
        kind = "png"
        plain.save(content, "PNG", optimize=True)
    data = base64.b64encode(content.getvalue()).decode("ascii")
    return Picture(f"data:image/{kind};base64,{data}", plain.width, plain.height)


def simplified(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Round the colours that fill no square of 2 x 2 pixels to ``LEVELS``; (height, width, 3) -> the same."""
    step = 255.0 / (LEVELS - 1)
    rounded = np.rint(np.rint(np.arange(256) / step) * step).astype(np.uint8)
    red, green, blue = (pixels[..., k].astype(np.uint32) for k in range(3))
    color = red << 16 | green << 8 | blue
    same = color[:-1, :-1] == color[1:, 1:]
    same &= (color[:-1, :-1] == color[:-1, 1:]) & (color[:-1, :-1] == color[1:, :-1])
    filled = np.zeros(color.shape, dtype=np.bool_)
    for rows in (slice(None, -1), slice(1, None)):
        for columns in (slice(None, -1), slice(1, None)):
            filled[rows, columns] |= same
    return np.where(filled[..., None], pixels, rounded[pixels])


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
