"""The tables of a result folder as CSV or Parquet files, for other programs; DuckDB writes both."""

import os
from pathlib import Path

import duckdb

from sim.errors import RequestError
from sim.kept import opened

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
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    with opened(folder) as file:
        factors = "".join(f'points."{each.path}", ' for each in file.design()[0].factors)
        query = _QUERIES[table].format(factors=factors)
        path = str(beside).replace("'", "''")
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            rows = file.connection.execute(f"COPY ({query}) TO '{path}' ({FORMATS[form]})").fetchone()[0]
            beside.replace(out)
        except (OSError, duckdb.Error) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error).splitlines()[0]
            raise RequestError(f"cannot be written: {reason}", key="--out", got=str(out)) from error
        finally:
            beside.unlink(missing_ok=True)
    return int(rows)
