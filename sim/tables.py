"""The tables of a result folder for other programs: as CSV or Parquet files, or as frames; DuckDB makes all three."""

from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from sim.errors import RequestError, nearest_name
from sim.kept import OpenStore, opened
from sim.store import FILE
from sim.writing import beside

if TYPE_CHECKING:
    import pandas as pd

TABLES = ("runs", "points", "series", "failures")
FORMATS = {"csv": "FORMAT csv, HEADER", "parquet": "FORMAT parquet, COMPRESSION zstd"}
# In one order whatever order the runs were kept in; runs of a sweep carry what their point set.
_QUERIES = {
    "runs": "SELECT runs.point, {factors}runs.* EXCLUDE (point) FROM runs JOIN points USING (point)"
    " ORDER BY point, strategy, replicate",
    "points": "FROM points ORDER BY point",
    "series": "FROM series ORDER BY point, strategy, replicate, tick",
    "failures": "FROM failures ORDER BY point, strategy, replicate",
}


def write_table(folder: Path, table: str, form: str, out: Path) -> int:
    """Write one of ``TABLES`` of a result folder to a file, whole or not at all; returns its number of rows.

    ``form`` is one of ``FORMATS``.  Raises ``RequestError`` for a folder without results and a file that cannot be
    written.
    """
    if out.resolve() == (folder / FILE).resolve():
        raise RequestError("is the store itself", key="--out", got=str(out), allowed="another file")
    with opened(folder) as file:
        query = _query(file, table)
        try:
            with beside(out) as place:
                path = str(place).replace("'", "''")
                rows = file.connection.execute(f"COPY ({query}) TO '{path}' ({FORMATS[form]})").fetchone()[0]
        except (OSError, duckdb.Error) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error).splitlines()[0]
            raise RequestError(f"cannot be written: {reason}", key="--out", got=str(out)) from error
    return int(rows)


def read_table(folder: Path, table: str) -> "pd.DataFrame":
    """One of ``TABLES`` of a result folder, read straight into pandas; what could not be measured is NaN.

    Rows and columns are those that ``write_table`` writes.  Raises ``RequestError`` for a folder without results and a
    table of another name.
    """
    if table not in TABLES:
        allowed, near = ", ".join(TABLES), nearest_name(table, TABLES)
        raise RequestError("no table of this name", key="table", got=table, allowed=allowed, nearest=near)
    with opened(folder) as file:
        frame: pd.DataFrame = file.connection.execute(_query(file, table)).df()
        return frame


def _query(file: OpenStore, table: str) -> str:
    factors = "".join(f'points."{each.path}", ' for each in file.design()[0].factors)
    return _QUERIES[table].format(factors=factors)
