"""The rows of nodes and edges in a CSV or GraphML file, each with its line; what they mean is not asked here.

GraphML is read with the standard library's expat: a reader that builds a graph at once loses lines, and in it
duplicate and undeclared nodes vanish unseen.
"""

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from sim.errors import RequestError, nearest_name
from sim.reading import read_bytes, read_text, shown

NODE_COLUMNS = (
    "id", "role", "post", "organ", "portfolio", "name_en", "name_zh", "capacity", "busy", "departmentalism", "power",
    "political", "professional", "technique", "composure", "home",
)  # fmt: skip
EDGE_COLUMNS = ("source", "target", "kind", "work", "trust")
_REQUIRED = ("id", "role", "source", "target", "kind")


@dataclass(frozen=True, slots=True)
class Row:
    """A node or an edge as written; a column left empty or out is an empty text."""

    where: str  # file:line
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")

    def wrong(self, column: str, what: str, got: object = None, allowed: str = "", nearest: str = "") -> RequestError:
        """The error to raise for what this row has in ``column``."""
        return RequestError(what, where=self.where, key=column, got=got, allowed=allowed, nearest=nearest)


def read_csv(path: Path, columns: tuple[str, ...]) -> list[Row]:
    """The rows of a CSV file whose header names some of ``columns`` in any order."""
    reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    rows, line = [], 1
    header: list[str] = []
    while True:
        where = f"{shown(path)}:{line}"
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise RequestError(f"is not CSV: {error}", where=where) from error
        line = reader.line_num + 1
        if cells is None:
            break
        if not header:
            header = _header([cell.strip() for cell in cells], columns, where)
        elif len(cells) not in (0, len(header)):
            raise RequestError("wrong number of columns", where=where, got=len(cells), allowed=str(len(header)))
        elif cells:
            rows.append(_complete(Row(where, {name: cell.strip() for name, cell in zip(header, cells, strict=True)})))
    return rows


def _header(cells: list[str], columns: tuple[str, ...], where: str) -> list[str]:
    for column in cells:
        if column not in columns or cells.count(column) > 1:
            what = "column named twice" if column in columns else "unknown column"
            near = nearest_name(column, columns)
            raise RequestError(what, where=where, got=column, allowed=", ".join(columns), nearest=near)
    for column in _REQUIRED:
        if column in columns and column not in cells:
            raise RequestError("a column is missing", where=where, key=column, allowed=", ".join(columns))
    return cells


def _complete(row: Row) -> Row:
    for column in _REQUIRED:
        if column in row.values and not row[column]:
            raise row.wrong(column, "is missing")
    return row


def read_graphml(path: Path) -> tuple[list[Row], list[Row]]:
    """The nodes and edges of a GraphML file; attributes other than the columns above are passed over."""
    return _GraphML(path).read()


class _GraphML:
    """Collects nodes and edges while expat walks through the file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity
        self.names: dict[str, str] = {}  # key id -> attribute
        self.defaults: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
        self.found: dict[str, list[Row]] = {"node": [], "edge": []}
        self.key = ("", "")  # id and domain of the key element we are in
        self.row: list[Row] = []  # the nodes or edges we are in
        self.data: str | None = None  # attribute of the data element we are in
        self.words: list[str] = []
        self.directed = True

    def read(self) -> tuple[list[Row], list[Row]]:
        raw = read_bytes(self.path)
        try:
            self.parser.Parse(raw, True)
        except expat.ExpatError as error:
            what = f"is not XML: {expat.ErrorString(error.code)}"
            raise RequestError(what, where=f"{shown(self.path)}:{error.lineno}") from error
        for kind, rows in self.found.items():
            for row in rows:
                row.values.update({name: text for name, text in self.defaults[kind].items() if name not in row.values})
                self._check(row, kind)
        return self.found["node"], self.found["edge"]

    def _check(self, row: Row, kind: str) -> None:
        for column in ("id", "role") if kind == "node" else ("source", "target", "kind"):
            if not row[column]:
                raise row.wrong(column, f"is missing in {kind} {row['id'] or row['source']!r}")

    def _where(self) -> str:
        return f"{shown(self.path)}:{self.parser.CurrentLineNumber}"

    def _entity(self, *_: object) -> None:
        raise RequestError("entities are not read", where=self._where(), allowed="GraphML without a document type")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(" ")[2]
        self.words = []
        if tag == "key":
            self.key = (attributes.get("id", ""), attributes.get("for", "all"))
            self.names[self.key[0]] = attributes.get("attr.name", self.key[0])
        elif tag == "graph":
            self.directed = attributes.get("edgedefault") != "undirected"
        elif tag == "hyperedge":
            raise RequestError("hyperedges are not read", where=self._where(), allowed="edges between two nodes")
        elif tag in ("node", "edge"):
            kept: dict[str, str] = {
                name: attributes[name].strip() for name in ("id", "source", "target") if name in attributes
            }
            if attributes.get("directed", str(self.directed)).lower() != "true":
                kept["undirected"] = "yes"
            row = Row(self._where(), kept)
            self.row.append(row)
            self.found[tag].append(row)
        elif tag == "data" and self.row:
            self.data = self.names.get(attributes.get("key", ""), "")

    def _text(self, words: str) -> None:
        self.words.append(words)

    def _end(self, tag: str) -> None:
        tag = tag.rpartition(" ")[2]
        text = "".join(self.words).strip()
        if tag == "default":
            for kind in self.defaults:
                if self.key[1] in (kind, "all"):
                    self.defaults[kind][self.names[self.key[0]]] = text
        elif tag in ("node", "edge"):
            self.row.pop()
        elif tag == "data" and self.data is not None and self.row:
            if self.data in NODE_COLUMNS + EDGE_COLUMNS and self.data not in ("id", "source", "target"):
                self.row[-1].values[self.data] = text
            self.data = None
