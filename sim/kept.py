"""Reading what a result folder keeps: a comparison as arrays in memory, a sweep measure by measure."""

import functools
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import numpy as np

from sim.design import Design, Factor
from sim.errors import RequestError
from sim.measures import NAMES, SERIES_NAMES
from sim.store import (
    FILE,
    SCHEMA,
    SERIES_REPLICATES,
    Entry,
    Floats,
    Integers,
    Request,
    connected,
    notes,
    places,
    read_values,
)


class Results(NamedTuple):
    """What an experiment found; S strategies, R replicates, M measures, r = min(R, SERIES_REPLICATES)."""

    scenario: str
    title_en: str
    title_zh: str
    strategies: tuple[str, ...]  # S names, in the order of the request
    labels_en: tuple[str, ...]
    labels_zh: tuple[str, ...]
    structures: tuple[str, ...]  # world.STRUCTURES
    timings: tuple[str, ...]  # before, during, after, mixed, adaptive
    baseline: str
    replicates: tuple[int, ...]
    values: Floats  # (S, R, M), columns as in measures.NAMES; NaN where a run is missing or a measure undefined
    series: Floats  # (S, r, samples, K), columns as in measures.SERIES_NAMES; NaN where missing
    sample_ticks: Integers  # (samples,), the tick each sample was taken in
    seed: int


@dataclass(frozen=True)
class Swept:
    """What a sweep found: P points of a design, S strategies on each, up to R replicates.

    ``read`` gives measures one by one, so that a million runs need not be in memory at once.
    """

    name: str
    scenario: str
    title_en: str
    title_zh: str
    question_en: str
    question_zh: str
    strategies: tuple[str, ...]
    labels_en: tuple[str, ...]
    labels_zh: tuple[str, ...]
    structures: tuple[str, ...]
    timings: tuple[str, ...]
    baseline: str
    seed: int
    design: Design
    counts: Integers  # (P,), replicates asked for at each point
    read: Callable[[Sequence[str]], Iterator[Floats]] = field(repr=False)

    def values(self, measure: str) -> Floats:
        """One measure of every run, shape (P, S, R); NaN where a run is missing or the measure undefined."""
        (found,) = self.each([measure])
        return found

    def each(self, measures: Sequence[str]) -> Iterator[Floats]:
        """The same of several measures, one after the other; the folder is opened once."""
        return self.read(measures)


def load_results(folder: Path) -> Results:
    """The comparison last asked of ``folder``.

    Raises ``RequestError`` if there is none, or another process is writing it.
    """
    with opened(folder) as file:
        if file.noted("design")["kind"] != "single":
            what = "holds a sweep, not a comparison"
            raise RequestError(what, where=str(folder), allowed="a folder that 'compare' has written")
        count = int(file.request["replicates"])
        at = file.places(count)
        values = np.stack([file.values(name, count, at)[0] for name in NAMES], axis=-1)
        ticks = np.array(file.noted("sample_ticks"), dtype=np.int64)
        series = _read_series(file, min(count, SERIES_REPLICATES), ticks)
        asked, entries = file.request, file.entries
    _, _, en, zh, structures, timings = zip(*entries, strict=True)
    return Results(
        asked["scenario"], asked["title_en"], asked["title_zh"], tuple(each.name for each in entries), en, zh,
        structures, timings, asked["baseline"], tuple(range(count)), values, series, ticks, int(asked["seed"]),
    )  # fmt: skip


def load_swept(folder: Path) -> Swept:
    """The sweep last asked of ``folder``; its runs are read when a measure is asked for.

    Raises ``RequestError`` as ``load_results`` does.  A comparison is a sweep of one point.
    """
    with opened(folder) as file:
        asked, entries = file.request, file.entries
        design, counts = file.design()
        most = int(counts.max())
        at = file.places(most)

    def read(measures: Sequence[str]) -> Iterator[Floats]:
        for measure in measures:
            if measure not in NAMES:
                raise KeyError(measure)
        with opened(folder) as file:
            for measure in measures:
                values = file.values(measure, most, at)
                for p in np.flatnonzero(counts < most):  # runs of an earlier, larger request
                    values[p, :, counts[p] :] = np.nan
                yield values

    _, _, en, zh, structures, timings = zip(*entries, strict=True)
    return Swept(
        asked["name"], asked["scenario"], asked["title_en"], asked["title_zh"], asked["question_en"],
        asked["question_zh"], tuple(each.name for each in entries), en, zh, structures, timings, asked["baseline"],
        int(asked["seed"]), design, counts, read,
    )  # fmt: skip


def load_request(folder: Path) -> tuple[Request, Integers]:
    """What was last asked of ``folder``, and the ticks of its samples."""
    with opened(folder) as file:
        asked = {**file.request, "strategies": tuple(file.entries), "design": file.design()[0]}
        asked["origin"] = file.noted("origin")
        return Request(**asked), np.array(file.noted("sample_ticks"), dtype=np.int64)


def count_failures(folder: Path) -> int:
    """How many runs have failed in ``folder`` and are not there."""
    with opened(folder) as file:
        return int(file.connection.execute("SELECT count(*) FROM failures").fetchone()[0])


def load_failures(folder: Path, most: int) -> list[tuple[int, str, int, str]]:
    """Up to ``most`` runs that failed in ``folder``: point, strategy, replicate, error."""
    with opened(folder) as file:
        query = "SELECT point, strategy, replicate, error FROM failures ORDER BY point, replicate, strategy LIMIT ?"
        found: list[tuple[int, str, int, str]] = file.connection.execute(query, [most]).fetchall()
        return found


class OpenStore:
    """An open store, to be read: its connection, and what it says of itself."""

    def __init__(self, folder: Path) -> None:
        self.connection = connected(folder, read_only=True)
        self._noted = notes(self.connection)
        if not self._noted:
            self.connection.close()
            raise RequestError("holds no results", where=str(folder / FILE))

    def noted(self, key: str) -> Any:
        """A note by its key."""
        return json.loads(self._noted[key])

    @functools.cached_property
    def request(self) -> dict[str, Any]:
        """What was last asked, but for strategies and design."""
        return dict(self.noted("request"))

    @functools.cached_property
    def entries(self) -> list[Entry]:
        """The strategies last asked for."""
        return [Entry(**entry) for entry in self.noted("strategies")]

    @functools.cached_property
    def points(self) -> int:
        """How many points the design has."""
        return int(self.connection.execute("SELECT count(*) FROM points").fetchone()[0])

    def places(self, count: int) -> Integers:
        """``store.places`` of the strategies last asked for."""
        return places(self.connection, [entry.name for entry in self.entries], count)

    def values(self, measure: str, count: int, at: Integers) -> Floats:
        """``store.read_values`` of the strategies last asked for."""
        return read_values(self.connection, measure, (self.points, len(self.entries), count), at)

    def design(self) -> tuple[Design, Integers]:
        """The design, and the replicates asked for at each point."""
        told = self.noted("design")
        factors = tuple(Factor(**factor) for factor in told.pop("factors"))
        found = self.connection.execute("SELECT * FROM points ORDER BY point").fetchnumpy()
        columns = [np.ma.filled(found[each.path], np.nan) for each in factors]
        points = np.column_stack(columns) if factors else np.zeros((self.points, 0))
        pairs = tuple(zip(found["name_en"].tolist(), found["name_zh"].tolist(), strict=True))
        names = pairs if any(en for en, _ in pairs) else ()
        told |= {"factors": factors, "points": points.astype(np.float64), "names": names}
        return Design(**told), np.asarray(found["replicates"], dtype=np.int64)


@contextmanager
def opened(folder: Path) -> Iterator[OpenStore]:
    """An existing store, to be read while the context lasts; ``RequestError`` if it is none of this version."""
    file = None
    try:
        file = OpenStore(folder)
        if file.noted("identity")["schema"] != SCHEMA:
            kept, wanted = file.noted("identity")["schema"], SCHEMA
            what = "holds results of another version of the store"
            raise RequestError(what, where=str(folder), got=kept, allowed=f"version {wanted}; or --fresh to replace it")
        yield file
    except (duckdb.Error, KeyError, ValueError) as error:
        reason = str(error).splitlines()[0] if isinstance(error, duckdb.Error) else "is damaged"
        raise RequestError(f"cannot be read: {reason}", where=str(folder / FILE)) from error
    finally:
        if file:
            file.connection.close()


def _read_series(file: OpenStore, count: int, ticks: Integers) -> Floats:
    names = [entry.name for entry in file.entries]
    listed = ", ".join(f'"{name}"' for name in SERIES_NAMES)
    found = file.connection.execute(
        f"SELECT list_position($names, strategy) - 1, replicate, tick, {listed} FROM series"
        " WHERE list_contains($names, strategy) AND replicate < $count",
        {"names": names, "count": count},
    ).fetchnumpy()
    s, r, tick, *read = found.values()
    sample = np.searchsorted(ticks, tick)
    series = np.full((len(names), count, len(ticks), len(SERIES_NAMES)), np.nan)
    for column, cells in enumerate(read):
        series[s, r, sample, column] = np.ma.filled(cells, np.nan)
    return series
