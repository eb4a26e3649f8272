"""Reading what users write: TOML with line numbers, checked by a pydantic model, refused with one message.

``tomllib`` forgets where a key stood, so a small scanner walks the same text again and notes the line of every key.
The scanner trusts that ``tomllib`` has accepted the text, and therefore needs no error handling of its own.
"""

import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from sim.errors import RequestError, nearest_name
from sim.parameters import FLAG, Parameter

M = TypeVar("M", bound=BaseModel)
Path_ = tuple[str, ...]  # a key's place in a document; items of an array are numbered from "0"


class Text(BaseModel):
    """A text shown to people, in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    en: str = Field(min_length=1, description="English text")
    zh: str = Field(min_length=1, description="Chinese text")

    def of(self, lang: str) -> str:
        """The text in ``lang``: 'en' or 'zh'."""
        return self.zh if lang == "zh" else self.en


class Document(NamedTuple):
    """A TOML file as read: its data, how to call it in a message, and the line of every key."""

    path: Path
    data: dict[str, Any]
    lines: Mapping[Path_, int]

    def where(self, *keys: object) -> str:
        """``file:line`` of a key, of the nearest table around it that is written down, or of the file."""
        place = tuple(str(key) for key in keys)
        while place and place not in self.lines:
            place = place[:-1]
        return f"{shown(self.path)}:{self.lines[place]}" if place else shown(self.path)

    def line(self, *keys: object) -> int:
        """The line of a key, or 0 if it is not written down."""
        return self.lines.get(tuple(str(key) for key in keys), 0)


def shown(path: Path) -> str:
    """A path as a message gives it: relative to the present folder when inside it."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else Path(relative).as_posix()


def place(document: Document | None, *keys: object) -> str:
    """``document.where`` for a request that may not come from a file."""
    return document.where(*keys) if document else ""


def read_bytes(path: Path) -> bytes:
    """The contents of a file; ``RequestError`` says why it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise RequestError(f"cannot be read ({reason})", where=shown(path)) from error


def read_text(path: Path) -> str:
    """The text of a UTF-8 file; ``RequestError`` names the file, and the line of a byte that is not UTF-8."""
    raw = read_bytes(path)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise RequestError("is not UTF-8 text", where=f"{shown(path)}:{line}", allowed="UTF-8") from error


def read_toml(path: Path) -> Document:
    """Read a TOML file; ``RequestError`` for a file that is missing, or broken at a line."""
    text = read_text(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, _, at = str(error).partition(" (at ")
        found = re.search(r"line (\d+)", at)
        line = int(found[1]) if found else max(1, len(text.splitlines()))
        raise RequestError(f"is not TOML: {what}", where=f"{shown(path)}:{line}") from error
    return Document(path, data, key_lines(text))


def find_file(name: str, folder: Path, kind: str) -> Path:
    """The file of a bare name in ``folder``, or the path itself; ``RequestError`` names the nearest known name."""
    if name.endswith(".toml") or "/" in name or os.sep in name:
        return Path(name)
    if not (folder / f"{name}.toml").is_file():
        names = names_in(folder)
        raise RequestError(
            f"no {kind} of this name", key=kind, got=name, allowed=", ".join(names), nearest=nearest_name(name, names)
        )
    return folder / f"{name}.toml"


def names_in(folder: Path) -> tuple[str, ...]:
    """The names of the TOML files in a folder, in alphabetical order."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def checked(model: type[M], document: Document, **given: object) -> M:
    """Check a document against ``model``; ``given`` are fields that no file sets, such as its name."""
    for key in given:
        if key in document.data:
            raise _unknown(model, (key,), document)
    try:
        return model.model_validate({**document.data, **given}, context=document)
    except ValidationError as error:
        refuse(model, error, document)


def refuse(model: type[BaseModel], error: ValidationError, document: Document | None) -> NoReturn:
    """Say the first thing that is wrong, by line, as a ``RequestError``."""

    def order(detail: ErrorDetails) -> tuple[bool, int]:
        # A key that is missing may stand there misspelt, which is the better thing to say.
        return detail["type"] == "missing", document.line(*detail["loc"]) if document else 0

    detail = min(error.errors(include_url=False), key=order)
    keys = tuple(str(part) for part in detail["loc"])
    if detail["type"] == "extra_forbidden":
        raise _unknown(model, keys, document) from error
    found = _field(model, keys)
    allowed = (found.description or "") if found else ""
    common = {"where": place(document, *keys), "key": ".".join(keys), "allowed": allowed}
    if detail["type"] == "missing":
        raise RequestError("is missing", **common) from error
    got = detail["input"]
    what = _OURS.get(detail["type"]) or _plain(detail["msg"])
    misspelt = detail["type"] == "literal_error" and isinstance(got, str)
    nearest = nearest_name(got, re.findall(r"[\w-]+", allowed)) if misspelt else ""
    raise RequestError(what, got=got, nearest=nearest, **common) from error


_EMPTY = "must not be empty"
_TABLE = "must be a table"
_OURS = {  # where pydantic is wordy, or speaks Python
    "model_type": _TABLE, "dict_type": _TABLE, "tuple_type": "must be a list",
    "too_short": _EMPTY, "string_too_short": _EMPTY,
}  # fmt: skip


def _plain(message: str) -> str:
    for long, short in (("Input should", "must"), ("valid integer", "whole number"), ("a valid", "a")):
        message = message.replace(long, short)
    return message.removeprefix("Value error, ")


def _unknown(model: type[BaseModel], keys: Path_, document: Document | None) -> RequestError:
    table = _table(model, keys[:-1])
    names = sorted(_fields(table)) if table else []
    allowed = ", ".join(names) if len(names) <= 20 else ""
    nearest = nearest_name(keys[-1], names)
    return RequestError(
        "unknown key", where=place(document, *keys), key=".".join(keys), allowed=allowed, nearest=nearest
    )


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields by the keys under which a file sets them."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _table(model: type[BaseModel], keys: Path_) -> type[BaseModel] | None:
    """The model of the table at ``keys``, or None if there is no table of fixed keys."""
    inner: Any = model
    for key in keys:
        if _is_model(inner):
            found = _fields(inner).get(key)
            inner = _given(found.annotation) if found else None
        else:  # an array of tables, or tables by name: each is like the others
            inner = next((each for each in get_args(inner) if _is_model(each)), None)
    return inner if _is_model(inner) else None


def _given(annotation: Any) -> Any:
    """The model of a table that may be left out; anything else as it is."""
    inner = [each for each in get_args(annotation) if each is not type(None)]
    return inner[0] if type(None) in get_args(annotation) and _is_model(inner[0]) else annotation


def _is_model(found: object) -> bool:
    return isinstance(found, type) and issubclass(found, BaseModel)


def _field(model: type[BaseModel], keys: Path_) -> FieldInfo | None:
    """The field at ``keys``, or the one that holds the array it is an item of."""
    for end in range(len(keys), 0, -1):
        table = _table(model, keys[: end - 1])
        if table and keys[end - 1] in _fields(table):
            return _fields(table)[keys[end - 1]]
    return None


def parameter_model(name: str, rows: Iterable[Parameter], **more: Any) -> type[BaseModel]:
    """A model of a table whose keys are parameters: types, bounds and defaults come from ``sim.parameters``."""
    fields: dict[str, Any] = {row.name: (int if row.whole else float, _bounds(row)) for row in rows}
    config = ConfigDict(frozen=True, extra="forbid", strict=True)
    made: type[BaseModel] = create_model(name, __config__=config, **fields, **more)
    return made


def _bounds(row: Parameter) -> Any:
    whole = "a whole number " if row.whole else ""
    allowed = f"{whole}from {row.least:g} to {row.most:g} {row.unit}"
    if row.unit == FLAG:
        allowed = row.unit
    default = int(row.default) if row.whole else row.default
    finite = None if row.whole else False  # pydantic knows the question for floats alone
    return Field(default, ge=row.least, le=row.most, allow_inf_nan=finite, description=allowed)


_TOKEN = re.compile(
    r'(?P<skip>[ \t\r]+|#[^\n]*)|(?P<long>"""(?:\\.|[^\\])*?"""{1,3}|\'\'\'.*?\'\'\'{1,3})'
    r'|(?P<quoted>"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\')|(?P<bare>[\w+:-]+)|(?P<mark>[][{}=,.\n])',
    re.DOTALL,
)


def key_lines(text: str) -> dict[Path_, int]:
    """The line (from 1) of every key, table header and array item of a valid TOML text."""
    return _Scanner(text).run()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str, int]] = []
        line = 1
        for found in _TOKEN.finditer(text):
            if found.lastgroup != "skip":
                self.tokens.append((str(found.lastgroup), found[0], line))
            line += found[0].count("\n")
        self.at = 0
        self.lines: dict[Path_, int] = {}
        self.items: dict[Path_, int] = {}  # arrays of tables, and the number of the latest item

    def run(self) -> dict[Path_, int]:
        table: Path_ = ()
        while self.at < len(self.tokens):
            if self._next("\n"):
                continue
            if self._next("["):
                table = self._array() if self._next("[") else self._key((), "]")
            else:
                self._value(self._key(table, "="))
        return self.lines

    def _next(self, mark: str) -> bool:
        """Step over ``mark`` if it is next."""
        found = self.at < len(self.tokens) and self.tokens[self.at][:2] == ("mark", mark)
        self.at += found
        return found

    def _array(self) -> Path_:
        """The header of one more item of an array of tables."""
        line = self.tokens[self.at][2]
        array = self._key((), "]")
        self._next("]")
        item = self.items[array] = self.items.get(array, -1) + 1
        self.lines[*array, str(item)] = line
        return (*array, str(item))

    def _key(self, table: Path_, end: str) -> Path_:
        """Keys up to ``end``, below ``table``; on the way, an array of tables stands for its latest item."""
        line = self.tokens[self.at][2]
        while not self._next(end):
            kind, word, _ = self.tokens[self.at]
            self.at += 1
            if kind != "mark":
                word = tomllib.loads(f"k={word}")["k"] if kind == "quoted" else word
                if table in self.items:
                    table = (*table, str(self.items[table]))
                table = (*table, word)
                self.lines.setdefault(table, line)
        return table

    def _value(self, key: Path_) -> None:
        if self._next("{"):
            while not self._next("}"):
                if not (self._next(",") or self._next("\n")):
                    self._value(self._key(key, "="))
        elif self._next("["):
            item = 0
            while not self._next("]"):
                if self._next(","):
                    item += 1
                elif not self._next("\n"):
                    self.lines.setdefault((*key, str(item)), self.tokens[self.at][2])
                    self._value((*key, str(item)))
        else:
            while self.at < len(self.tokens) and self.tokens[self.at][1] not in ("\n", ",", "]", "}"):
                self.at += 1
