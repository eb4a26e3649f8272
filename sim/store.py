"""Where results are kept: one DuckDB file in a result folder, written batch by batch, read as arrays.

A folder belongs to one *identity*: scenario, seed, generator and version of the rules.  Strategies and replicates may
be added to it later, and asking for fewer gives exactly what a fresh experiment of that size would; what exists is
never computed twice.  A folder of another identity is refused, not overwritten.
"""

import json
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import duckdb
import numpy as np

from sim.errors import RequestError
from sim.measures import NAMES, SERIES_NAMES

SCHEMA = "1"
FILE = "runs.duckdb"
SERIES_REPLICATES = 1000  # time series are kept for this many replicates: enough for a mean, bounded in memory

Floats = np.ndarray[Any, np.dtype[np.float64]]
Integers = np.ndarray[Any, np.dtype[np.int64]]


class Busy(RequestError):
    """Another process is writing the results of a folder."""


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


class Entry(NamedTuple):
    """What is kept of a strategy beside its runs."""

    name: str
    digest: str
    label_en: str
    label_zh: str
    structure: str
    timing: str


class Request(NamedTuple):
    """Whose results a folder holds (the identity: scenario to code), and what was last asked of it."""

    scenario: str
    digest: str  # of what decides a run: organisation, workload, rules, length
    title_en: str
    title_zh: str
    seed: int
    generator: str
    code: str  # version and hash of the sources that decide an outcome
    strategies: tuple[Entry, ...]
    baseline: str
    replicates: int

    def identity(self) -> dict[str, str]:
        """What must be equal for two requests to share a folder."""
        return {
            "schema": SCHEMA,
            "scenario": f"{self.scenario} ({self.digest[:12]})",
            "seed": str(self.seed),
            "generator": self.generator,
            "code": self.code,
        } | {f"strategy {entry.name}": entry.digest[:12] for entry in self.strategies}


class Batch(NamedTuple):
    """Runs finished together: n of them, of which s also carry a time series."""

    strategy: Integers  # (n,), index into Request.strategies
    replicate: Integers  # (n,)
    values: Floats  # (n, M)
    series_strategy: Integers  # (s,)
    series_replicate: Integers  # (s,)
    series: Floats  # (s, samples, K)
    failures: tuple[tuple[int, int, str], ...]  # strategy, replicate, error
    seconds: float  # spent in drawing and running


class Store:
    """The writer of one result folder; at most one at a time, in any process."""

    def __init__(self, folder: Path, request: Request, sample_ticks: Integers) -> None:
        """Open or begin the store in ``folder``.

        Raises ``RequestError`` if the folder cannot be written, is in use, or holds something else.
        """
        self.folder, self.request, self.ticks = folder, request, sample_ticks
        self._names = [entry.name for entry in request.strategies]
        _check_writable(folder)
        self._connection = _connect(folder, read_only=False)
        try:
            self._begin()
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Write everything to the file and let others open it."""
        self._connection.close()

    def done(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Which runs of the request exist; shape (strategies, replicates)."""
        found = self._connection.execute(
            "SELECT list_position($names, strategy) - 1 AS s, replicate AS r FROM runs"
            " WHERE list_contains($names, strategy) AND replicate < $count",
            {"names": self._names, "count": self.request.replicates},
        ).fetchnumpy()
        done = np.zeros((len(self._names), self.request.replicates), dtype=np.bool_)
        done[found["s"], found["r"]] = True
        return done

    def add(self, batch: Batch) -> None:
        """Keep a batch: all of it, or nothing if the process dies."""
        runs: dict[str, Any] = {"s": batch.strategy, "r": batch.replicate}
        runs |= {name: np.ascontiguousarray(batch.values[:, m]) for m, name in enumerate(NAMES)}
        samples = len(self.ticks)
        series: dict[str, Any] = {
            "s": np.repeat(batch.series_strategy, samples),
            "r": np.repeat(batch.series_replicate, samples),
            "tick": np.tile(self.ticks, len(batch.series_replicate)),
        }
        series |= {name: batch.series[:, :, k].ravel() for k, name in enumerate(SERIES_NAMES)}
        self._connection.execute("BEGIN")
        try:
            self._insert("runs", runs)
            self._insert("series", series)
            for strategy, replicate, error in batch.failures:
                self._connection.execute(
                    "INSERT OR REPLACE INTO failures VALUES (?, ?, ?)", [self._names[strategy], replicate, error]
                )
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _insert(self, table: str, columns: dict[str, Any]) -> None:
        if not len(columns["s"]):
            return
        names = ", ".join(f'"{name}"' for name in list(columns)[1:])
        self._connection.register("incoming", columns)
        self._connection.execute(
            f"INSERT INTO {table} SELECT ($names)[s + 1], {names} FROM incoming", {"names": self._names}
        )
        self._connection.unregister("incoming")

    def _begin(self) -> None:
        """Make the tables, or compare what is there with the request; then note the request."""
        self._connection.execute("BEGIN")
        known = _meta(self._connection)
        if not known:
            self._make_tables()
        begun = known and self._connection.execute("SELECT 1 FROM runs LIMIT 1").fetchone()
        identity = json.loads(known["identity"]) if begun else {}  # a folder without a run is nobody's yet
        _compare(self.folder, identity, self.request.identity())
        # What failed is missing, and missing runs are about to be tried again.
        self._connection.execute(
            "DELETE FROM failures WHERE list_contains($names, strategy) AND replicate < $count",
            {"names": self._names, "count": self.request.replicates},
        )
        request = self.request._replace(strategies=())._asdict()
        notes = {
            "identity": json.dumps(identity | self.request.identity()),
            "request": json.dumps(request, ensure_ascii=False),
            "strategies": json.dumps([entry._asdict() for entry in self.request.strategies], ensure_ascii=False),
            "sample_ticks": json.dumps(self.ticks.tolist()),
        }
        for key, value in notes.items():
            self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [key, value])
        self._connection.execute("COMMIT")

    def _make_tables(self) -> None:
        run = "strategy VARCHAR NOT NULL, replicate INTEGER NOT NULL"
        once = "PRIMARY KEY (strategy, replicate)"
        measures = ", ".join(f'"{name}" DOUBLE' for name in NAMES)
        sampled = ", ".join(f'"{name}" DOUBLE' for name in SERIES_NAMES)
        self._connection.execute("CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL)")
        self._connection.execute(f"CREATE TABLE runs ({run}, {measures}, {once})")
        self._connection.execute(f"CREATE TABLE series ({run}, tick INTEGER NOT NULL, {sampled})")
        self._connection.execute(f"CREATE TABLE failures ({run}, error VARCHAR NOT NULL, {once})")


def load_results(folder: Path) -> Results:
    """The results of the last request made of ``folder``.

    Raises ``RequestError`` if there are none, or another process is writing them.
    """
    connection = _connect(folder, read_only=True)
    try:
        known = _meta(connection)
        if not known:
            raise RequestError("holds no results", where=str(folder / FILE))
        request = json.loads(known["request"])
        entries = [Entry(**entry) for entry in json.loads(known["strategies"])]
        ticks = np.array(json.loads(known["sample_ticks"]), dtype=np.int64)
        names, count = [entry.name for entry in entries], int(request["replicates"])
        values = _read(connection, "runs", NAMES, names, count)
        series = _read_series(connection, names, min(count, SERIES_REPLICATES), ticks)
    except duckdb.Error as error:
        raise RequestError(f"cannot be read: {error}", where=str(folder / FILE)) from error
    finally:
        connection.close()
    _, _, en, zh, structures, timings = zip(*entries, strict=True)
    return Results(
        request["scenario"], request["title_en"], request["title_zh"], tuple(names), en, zh, structures, timings,
        request["baseline"], tuple(range(count)), values, series, ticks, int(request["seed"]),
    )  # fmt: skip


def check_unused(folder: Path) -> None:
    """Raise ``Busy`` if another process is writing results in ``folder``."""
    if (folder / FILE).is_file():
        try:
            _connect(folder, read_only=False).close()
        except Busy:
            raise
        except RequestError:  # not a store: nobody is writing it
            return


def load_failures(folder: Path, most: int) -> list[tuple[str, int, str]]:
    """Up to ``most`` runs that failed in ``folder``: strategy, replicate, error."""
    connection = _connect(folder, read_only=True)
    try:
        query = "SELECT strategy, replicate, error FROM failures ORDER BY replicate, strategy LIMIT ?"
        found: list[tuple[str, int, str]] = connection.execute(query, [most]).fetchall()
        return found
    finally:
        connection.close()


def _read(connection: Any, table: str, columns: tuple[str, ...], names: list[str], count: int) -> Floats:
    """Rows of ``table`` as (strategy, replicate, column)."""
    listed = ", ".join(f'"{name}"' for name in columns)
    found = connection.execute(
        f"SELECT list_position($names, strategy) - 1, replicate, {listed} FROM {table}"
        " WHERE list_contains($names, strategy) AND replicate < $count",
        {"names": names, "count": count},
    ).fetchnumpy()
    s, r, *read = found.values()
    values = np.full((len(names), count, len(columns)), np.nan)
    for column, cells in enumerate(read):
        values[s, r, column] = np.ma.filled(cells, np.nan)
    return values


def _read_series(connection: Any, names: list[str], count: int, ticks: Integers) -> Floats:
    listed = ", ".join(f'"{name}"' for name in SERIES_NAMES)
    found = connection.execute(
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


def _check_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise RequestError(f"the result folder cannot be written ({error.strerror})", where=str(folder)) from error


def _connect(folder: Path, read_only: bool) -> Any:
    """A connection to the folder's file; one thread, because the processors are busy with runs."""
    path = folder / FILE
    if read_only and not path.is_file():
        raise RequestError("no results here", where=str(folder), allowed="a folder that 'compare' has written")
    try:
        return duckdb.connect(str(path), read_only=read_only, config={"threads": 1})
    except duckdb.Error as error:
        if "lock" in str(error):
            busy = "another process is writing these results"
            raise Busy(busy, where=str(path), allowed="another folder (--out), or later") from error
        raise RequestError(f"cannot be opened: {error}", where=str(path)) from error


def _meta(connection: Any) -> dict[str, str]:
    """The notes of an existing store, or nothing if the file is new."""
    tables = connection.execute("SELECT table_name FROM information_schema.tables").fetchall()
    if ("meta",) not in tables:
        return {}
    return dict(connection.execute("SELECT key, value FROM meta").fetchall())


def _compare(folder: Path, kept: dict[str, str], asked: dict[str, str]) -> None:
    """Refuse a request whose identity is not that of the results already there."""
    shared = [key for key in asked if key in kept]
    different = [f"{key}: here {kept[key]}, asked {asked[key]}" for key in shared if kept[key] != asked[key]]
    if different:
        raise RequestError(
            "the folder holds results of another request (" + "; ".join(different) + ")",
            where=str(folder),
            allowed="another folder (--out), or --fresh to replace these",
        )
