"""Where results are kept: one DuckDB file in a result folder, written batch by batch; ``sim.kept`` reads it.

A folder belongs to one *identity*: scenario, design, seed, generator and version of the rules.  Strategies and
replicates may be added to it later, and asking for fewer gives exactly what a fresh experiment of that size would;
what exists is never computed twice.  A folder of another identity is refused, not overwritten.
"""

import contextlib
import json
import math
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import duckdb
import numpy as np

from sim.design import Design
from sim.errors import RequestError
from sim.measures import NAMES, SERIES_NAMES

SCHEMA = "2"
FILE = "runs.duckdb"
LOCK = ".lock"
SERIES_REPLICATES = 1000  # time series are kept for this many replicates: enough for a mean, bounded in memory
RUN = "point INTEGER NOT NULL, strategy VARCHAR NOT NULL, replicate INTEGER NOT NULL"

KEY = "point, strategy, replicate"
_SAME = "here.point = there.point AND here.strategy = there.strategy AND here.replicate = there.replicate"

Floats = np.ndarray[Any, np.dtype[np.float64]]
Integers = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]


class Busy(RequestError):
    """Another process is writing the results of a folder."""


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

    name: str  # the sweep's, or the scenario's
    scenario: str
    digest: str  # of what decides a run: organisation, workload, rules, length
    title_en: str
    title_zh: str
    question_en: str
    question_zh: str
    seed: int
    generator: str
    code: str  # version and hash of the sources that decide an outcome
    strategies: tuple[Entry, ...]
    baseline: str
    design: Design
    replicates: int  # at any point at most
    origin: dict[str, Any]  # from which scenario and strategies can be made again

    def identity(self) -> dict[str, str]:
        """What must be equal for two requests to share a folder."""
        return {
            "schema": SCHEMA,
            "scenario": f"{self.scenario} ({self.digest[:12]})",
            "seed": str(self.seed),
            "generator": self.generator,
            "code": self.code,
            "design": f"{self.design.kind} of {len(self.design.points)} ({self.design.digest[:12]})",
        } | {f"strategy {entry.name}": entry.digest[:12] for entry in self.strategies}


class Batch(NamedTuple):
    """Runs finished together: n of them, of which s also carry a time series."""

    point: Integers  # (n,), row of the design
    strategy: Integers  # (n,), index into Request.strategies
    replicate: Integers  # (n,)
    values: Floats  # (n, M)
    with_series: Integers  # (s,), rows of the above
    series: Floats  # (s, samples, K)
    failures: tuple[tuple[int, int, int, str], ...]  # point, strategy, replicate, error
    seconds: float  # spent in drawing and running


class Store:
    """The writer of one result folder; at most one at a time, in any process."""

    def __init__(self, folder: Path, request: Request, sample_ticks: Integers) -> None:
        """Open or begin the store in ``folder``.

        Raises ``RequestError`` if the folder cannot be written, is in use, or holds something else.
        """
        self.folder, self.request, self.ticks = folder, request, sample_ticks
        self.identity: dict[str, str] = {}  # of all that is kept, strategies that are not asked for now included
        self.counts: Integers = np.zeros(len(request.design.points), dtype=np.int64)  # asked for at each point
        self._names = [entry.name for entry in request.strategies]
        check_writable(folder)
        self._connection = connected(folder, read_only=False)
        try:
            self._begin()
        except duckdb.Error as error:
            self._connection.close()
            raise self._unwritten(error) from error
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

    def ask(self, counts: Integers) -> None:
        """Note how many replicates are asked for at each point, shape (P,)."""
        self.counts = counts
        design = self.request.design
        columns: dict[str, Any] = {"point": np.arange(len(design.points)), "replicates": counts}
        english, chinese = (np.array([pair[k] for pair in design.names] or [""] * len(counts), object) for k in (0, 1))
        columns |= {"name_en": english, "name_zh": chinese}
        columns |= {each.path: np.ascontiguousarray(design.points[:, f]) for f, each in enumerate(design.factors)}
        self._connection.register("incoming", columns)
        self._connection.execute("BEGIN")
        self._connection.execute("DELETE FROM points")
        self._connection.execute("INSERT INTO points SELECT * FROM incoming")
        self._connection.execute("COMMIT")
        self._connection.unregister("incoming")

    def done(self) -> Flags:
        """Which runs of the request exist; shape (points, strategies, replicates)."""
        shape = len(self.request.design.points), len(self._names), self.request.replicates
        done = np.zeros(shape, dtype=np.bool_)
        at = places(self._connection, self._names, self.request.replicates)
        done.flat[at[at >= 0]] = True
        return done

    def values(self, measure: str, count: int) -> Floats:
        """One measure of the first ``count`` replicates; shape (points, strategies, count), NaN where missing."""
        at = places(self._connection, self._names, count)
        return read_values(self._connection, measure, (len(self.request.design.points), len(self._names), count), at)

    def add(self, batch: Batch) -> None:
        """Keep a batch: all of it, or nothing if the process dies.  ``RequestError`` if the disk refuses it."""
        runs: dict[str, Any] = {"p": batch.point, "s": batch.strategy, "r": batch.replicate}
        runs |= {name: np.ascontiguousarray(batch.values[:, m]) for m, name in enumerate(NAMES)}
        samples, carried = len(self.ticks), batch.with_series
        series: dict[str, Any] = {key: np.repeat(runs[key][carried], samples) for key in ("p", "s", "r")}
        series["tick"] = np.tile(self.ticks, len(carried))
        series |= {name: batch.series[:, :, k].ravel() for k, name in enumerate(SERIES_NAMES)}
        try:
            self._connection.execute("BEGIN")
            self._insert("runs", runs)
            self._insert("series", series)
            for point, strategy, replicate, error in batch.failures:
                failed = [point, self._names[strategy], replicate, error]
                self._connection.execute("INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?)", failed)
            self._connection.execute("COMMIT")
        except duckdb.ConstraintException:
            self._connection.execute("ROLLBACK")
            raise
        except duckdb.Error as error:
            raise self._unwritten(error) from error

    def absorb(self, folder: Path) -> None:
        """Copy the runs that another folder of the same experiment holds and this one does not.

        Raises ``RequestError`` if it is of another experiment, is being written, or has other values for a run.
        """
        with contextlib.closing(connected(folder, read_only=True)) as other:
            theirs = json.loads(notes(other).get("identity", "{}"))
        compare_identities(folder, theirs, self.identity)
        path = str(folder / FILE).replace("'", "''")
        try:
            self._connection.execute(f"ATTACH '{path}' AS shard (READ_ONLY)")
            unlike = " OR ".join(f'here."{name}" IS DISTINCT FROM there."{name}"' for name in NAMES)
            found = self._connection.execute(
                f"SELECT point, strategy, replicate FROM runs here JOIN shard.runs there USING ({KEY}) WHERE {unlike}"
            ).fetchone()
            if found:
                what = "holds other values for a run than the folder to merge into"
                raise RequestError(what, where=str(folder), got="point {}, {}, replicate {}".format(*found))
            self._connection.execute("BEGIN")
            for table in ("series", "failures", "runs"):  # the runs last: by them it is told what is new
                self._connection.execute(
                    f"INSERT INTO {table} SELECT * FROM shard.{table} there WHERE NOT EXISTS"
                    f" (FROM runs here WHERE {_SAME})"
                    + (f" AND NOT EXISTS (FROM failures here WHERE {_SAME})" if table == "failures" else "")
                )
            self._connection.execute(f"DELETE FROM failures there WHERE EXISTS (FROM runs here WHERE {_SAME})")
            self.identity |= theirs  # whose strategies' runs are here now
            write_notes(self._connection, self.identity, self.request, self.ticks)
            self._connection.execute("COMMIT")
            self._connection.execute("DETACH shard")
        except duckdb.Error as error:
            raise self._unwritten(error) from error

    def _unwritten(self, error: duckdb.Error) -> RequestError:
        reason = str(error).splitlines()[0]
        return RequestError(
            f"cannot be written: {reason}", where=str(self.folder / FILE),
            allowed="room on the disk; what was kept before is safe, and the same command continues",
        )  # fmt: skip

    def _insert(self, table: str, columns: dict[str, Any]) -> None:
        if not len(columns["s"]):
            return
        names = ", ".join(f'"{name}"' for name in list(columns)[3:])
        self._connection.register("incoming", columns)
        self._connection.execute(
            f"INSERT INTO {table} SELECT p, ($names)[s + 1], r, {names} FROM incoming", {"names": self._names}
        )
        self._connection.unregister("incoming")

    def _begin(self) -> None:
        """Make the tables, or compare what is there with the request; then note the request."""
        self._connection.execute("BEGIN")
        known = notes(self._connection)
        if known:
            begun = self._connection.execute("SELECT 1 FROM runs LIMIT 1").fetchone()
            identity = json.loads(known["identity"]) if begun else {}  # a folder without a run is nobody's yet
            compare_identities(self.folder, identity, self.request.identity())
            self.counts = _counts(self._connection, len(self.request.design.points))
            if not begun:
                for table in ("meta", "points", "runs", "series", "failures"):
                    self._connection.execute(f"DROP TABLE IF EXISTS {table}")
        else:
            begun, identity = None, {}
        if not begun:
            make_tables(self._connection, self.request.design)
        # What failed is missing, and missing runs are about to be tried again.
        self._connection.execute(
            "DELETE FROM failures WHERE list_contains($names, strategy) AND replicate < $count",
            {"names": self._names, "count": self.request.replicates},
        )
        self.identity = identity | self.request.identity()
        write_notes(self._connection, self.identity, self.request, self.ticks)
        self._connection.execute("COMMIT")
        if not begun:
            self.ask(self.counts)


def make_tables(connection: Any, design: Design) -> None:
    """The tables of an empty file."""
    once = f"PRIMARY KEY ({KEY})"
    measures = ", ".join(f'"{name}" DOUBLE' for name in NAMES)
    sampled = ", ".join(f'"{name}" DOUBLE' for name in SERIES_NAMES)
    factors = "".join(f', "{factor.path}" DOUBLE' for factor in design.factors)
    named = "replicates INTEGER NOT NULL, name_en VARCHAR, name_zh VARCHAR"
    connection.execute("CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL)")
    connection.execute(f"CREATE TABLE points (point INTEGER PRIMARY KEY, {named}{factors})")
    connection.execute(f"CREATE TABLE runs ({RUN}, {measures}, {once})")
    connection.execute(f"CREATE TABLE series ({RUN}, tick INTEGER NOT NULL, {sampled})")
    connection.execute(f"CREATE TABLE failures ({RUN}, error VARCHAR NOT NULL, {once})")


def write_notes(connection: Any, identity: dict[str, str], request: Request, ticks: Integers) -> None:
    """Note what a file holds, and what was asked."""
    design = request.design
    told = {
        "identity": identity,
        "request": request._replace(strategies=(), design=None, origin={})._asdict(),  # type: ignore[arg-type]
        "strategies": [entry._asdict() for entry in request.strategies],
        "design": {**design._asdict(), "factors": [factor._asdict() for factor in design.factors], "points": None},
        "origin": request.origin,
        "sample_ticks": ticks.tolist(),
    }
    told["design"].pop("names")
    for key, value in told.items():
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [key, json.dumps(value, ensure_ascii=False)])


def places(connection: Any, names: list[str], count: int) -> Integers:
    """Where each run lies in a flat array of shape (points, len(names), count); -1 if it is not among those asked for.

    In the order of the table, which is that of ``read_values``.
    """
    where = "SELECT point AS p, list_position($names, strategy) - 1 AS s, replicate AS r FROM runs"
    found = connection.execute(where, {"names": names}).fetchnumpy()
    s = np.ma.filled(found["s"], -1).astype(np.int64)
    at = (found["p"].astype(np.int64) * len(names) + s) * count + found["r"]
    return np.asarray(np.where((s >= 0) & (found["r"] < count), at, -1), dtype=np.int64)


def read_values(connection: Any, measure: str, shape: tuple[int, int, int], at: Integers) -> Floats:
    """One measure as an array of (points, strategies, count), NaN where missing; ``at`` are the runs' ``places``.

    The whole column is read: to choose rows would take longer.
    """
    found = connection.execute(f'SELECT "{measure}" AS x FROM runs').fetchnumpy()
    values = np.full(math.prod(shape) + 1, np.nan)  # one more, where what was not asked for goes
    values[at] = np.ma.filled(found["x"], np.nan)
    return values[:-1].reshape(shape)


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """The folder kept for this process while the context lasts, tables and figures included; ``Busy`` if it is taken.

    The system takes the lock back from a process that dies.  Where it has no such locks, only the store has its own.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    check_writable(folder)
    with (folder / LOCK).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _busy(folder) from error
        yield


def check_unused(folder: Path) -> None:
    """Raise ``Busy`` if another process is writing results in ``folder``."""
    if (folder / FILE).is_file():
        try:
            connected(folder, read_only=False).close()
        except Busy:
            raise
        except RequestError:  # not a store: nobody is writing it
            return


def connected(folder: Path, read_only: bool) -> Any:
    """A connection to the folder's file; one thread, because the processors are busy with runs."""
    path = folder / FILE
    if read_only and not path.is_file():
        allowed = "a folder that 'compare' or 'sweep' has written"
        raise RequestError("no results here", where=str(folder), allowed=allowed)
    try:
        return duckdb.connect(str(path), read_only=read_only, config={"threads": 1})
    except duckdb.Error as error:
        if "set lock" in str(error):
            raise _busy(folder) from error
        raise RequestError(f"cannot be opened: {str(error).splitlines()[0]}", where=str(path)) from error


def _busy(folder: Path) -> Busy:
    what = "another process is writing these results"
    return Busy(what, where=str(folder / FILE), allowed="another folder (--out), or later")


def notes(connection: Any) -> dict[str, str]:
    """The notes of an existing store, or nothing if the file is new."""
    if not _has(connection, "meta"):
        return {}
    return dict(connection.execute("SELECT key, value FROM meta").fetchall())


def _has(connection: Any, table: str) -> bool:
    return (table,) in connection.execute("SELECT table_name FROM information_schema.tables").fetchall()


def _counts(connection: Any, points: int) -> Integers:
    """Replicates asked for before at each point of the same design; none where that is not known."""
    if not _has(connection, "points"):
        return np.zeros(points, dtype=np.int64)
    found = connection.execute("SELECT replicates FROM points ORDER BY point").fetchnumpy()["replicates"]
    return np.asarray(found if len(found) == points else np.zeros(points), dtype=np.int64)


def compare_identities(folder: Path, kept: dict[str, str], asked: dict[str, str]) -> None:
    """Refuse a request whose identity is not that of the results already there."""
    shared = [key for key in asked if key in kept]
    different = [f"{key}: here {kept[key]}, asked {asked[key]}" for key in shared if kept[key] != asked[key]]
    if different:
        raise RequestError(
            "the folder holds results of another request (" + "; ".join(different) + ")",
            where=str(folder),
            allowed="another folder (--out), or --fresh to replace these",
        )


def check_writable(folder: Path) -> None:
    """Make a folder for results; ``RequestError`` if it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise RequestError(f"the result folder cannot be written ({error.strerror})", where=str(folder)) from error
