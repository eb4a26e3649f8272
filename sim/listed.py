"""Points given one by one: as tables in a sweep's file, or as rows of a CSV file."""

import csv
import io
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from sim.design import Design, Factor
from sim.errors import RequestError
from sim.factors import limits, resolve
from sim.reading import Document, read_text, shown
from sim.scenario import Scenario
from sim.strategy import Strategy

NAMING = ("name.en", "name.zh")


def listed(
    given: str | tuple[dict[str, Any], ...], scenario: Scenario, strategies: tuple[Strategy, ...], document: Document
) -> Design:
    """The points of an explicit table, or of a CSV file; a cell left out leaves what scenario or strategies have.

    Raises ``RequestError`` with the file and line of the cell to blame.
    """
    rows = _read_rows(document.path.parent / given) if isinstance(given, str) else [dict(flat(row)) for row in given]

    def where(p: int) -> str:
        return f"{given}:{p + 2}" if isinstance(given, str) else document.where("design", "points", p)

    if not rows:
        where_to = document.where("design", "points")
        raise RequestError("is empty", where=where_to, key="design.points", allowed="at least one point")
    paths = list(dict.fromkeys(path for row in rows for path in row if path not in NAMING))
    factors = []
    for path in paths:
        first = next(p for p, row in enumerate(rows) if path in row)
        factors.append(resolve(path, scenario, strategies, where(first)))
    points = np.full((len(rows), len(paths)), math.nan)
    for p, row in enumerate(rows):
        for f, factor in enumerate(factors):
            if factor.path in row:
                points[p, f] = _cell(row[factor.path], factor, where(p))
    seen = np.nanmin(points, axis=0, initial=math.inf), np.nanmax(points, axis=0, initial=-math.inf)
    ranged = tuple(each._replace(low=low, high=high) for each, low, high in zip(factors, *seen, strict=True))
    names = tuple((str(row.get("name.en", "")), str(row.get("name.zh", row.get("name.en", "")))) for row in rows)
    return Design("table", ranged, points, names if any(en for en, _ in names) else ())


def flat(row: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """What stands in a table by path, tables within it included."""
    for key, value in row.items():
        if isinstance(value, dict):
            yield from flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def _read_rows(path: Path) -> list[dict[str, Any]]:
    """Rows of a CSV file whose header has paths, and maybe name.en and name.zh; empty cells are left out."""
    reader = csv.DictReader(io.StringIO(read_text(path)))
    heads = reader.fieldnames or ()
    twice = next((name for place, name in enumerate(heads) if name in heads[:place]), None)
    if twice is not None:
        raise RequestError("column named twice", where=f"{shown(path)}:1", key=twice, allowed="each path once")
    rows = []
    for number, row in enumerate(reader, 2):
        if None in row or None in row.values():
            what = "has another number of cells than the header"
            raise RequestError(what, where=f"{shown(path)}:{number}", allowed=f"{len(heads)} cells")
        rows.append({key: value for key, value in row.items() if value.strip()})
    return rows


def _cell(value: Any, factor: Factor, where: str) -> float:
    least, most = limits(factor)
    try:
        x = float(value)
    except (TypeError, ValueError):
        x = math.nan
    if not least <= x <= most or (factor.whole and x != int(x)) or isinstance(value, bool):
        whole = "a whole number " if factor.whole else ""
        what = "is out of bounds"
        raise RequestError(what, where=where, key=factor.path, got=value, allowed=f"{whole}from {least:g} to {most:g}")
    return x
