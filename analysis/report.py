"""The report of a result folder: one HTML file with everything in it, in English and Chinese, read without a network.

The language is switched by two radio buttons and the style sheet, so the page needs no script and its own policy
forbids any; what users wrote (titles, purposes, names) is escaped wherever it stands.
"""

import functools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from analysis.compare import write_whole
from analysis.report_figures import Shown, found, shown
from analysis.report_parts import PAGE, Material, Section, sections, subtitle, title
from sim.errors import RequestError
from sim.kept import Results, Swept, load_request, load_results, load_swept
from sim.labels import LANGUAGES, text
from sim.manifest import FILE as MANIFEST
from sim.plan import Plan, remade
from sim.store import Request

LIMIT = 1_000_000  # bytes of the page: pictures are made smaller until they fit
_AROUND = 1_000  # bytes of what stands around a picture
_TEMPLATES = Path(__file__).resolve().parent / "templates"


def write_report(folder: Path, lang: str = "en") -> Path:
    """Write ``report.html`` into ``folder`` from the runs, tables and figures there, and return its path.

    Both languages are in it; ``lang`` is the one shown first.  A comparison and a sweep have the same sections.  What
    is missing (manifest, figures, files of the scenario) is said to be missing.  ``RequestError`` if there are no
    results, ``OSError`` if the disk refuses.
    """
    material, files = _gathered(folder), found(folder)
    parts = [sections(material, each) for each in LANGUAGES]
    factors = {each.path: each for each in material.request.design.factors}
    size = len(_page(material, parts, lang, [], []).encode()) + _AROUND * sum(map(len, files.values()))
    figures, lost = shown(files, max(0, LIMIT - size), factors)
    return write_whole(folder / PAGE, _page(material, parts, lang, figures, lost).encode())


def _gathered(folder: Path) -> Material:
    request, _ = load_request(folder)
    results: Results | Swept = load_results(folder) if request.design.kind == "single" else load_swept(folder)
    return Material(results, request, _plan(request), _manifest(folder))


def _plan(request: Request) -> Plan | None:
    """The scenario and strategies again, if their files are still there and still say what they must."""
    try:
        return remade(request)
    except (RequestError, KeyError, ValueError):
        return None


def _manifest(folder: Path) -> dict[str, Any] | None:
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) else None


def _page(
    material: Material, parts: Sequence[Sequence[Section]], lang: str, figures: Sequence[Shown], lost: Sequence[str]
) -> str:
    """The page; ``parts`` holds the sections of each of ``LANGUAGES``."""
    return _template().render(
        first=lang, languages=LANGUAGES, codes={"en": "en", "zh": "zh-Hans"},
        titles={each: title(material, each) for each in LANGUAGES},
        subtitles={each: subtitle(material, each) for each in LANGUAGES},
        sections=list(zip(*parts, strict=True)), figures=figures, lost=lost,
        say=lambda key, each, **values: text(f"report.{key}", each, **values),
    )  # fmt: skip


@functools.cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    return environment.get_template("report.html.j2")
