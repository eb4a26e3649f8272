"""A strategy: who coordinates, when, by which mode, and how; read from ``scenarios/strategies/*.toml``.

A new strategy is a new file; nothing else has to know of it.
"""

import functools
import hashlib
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator, model_validator

from sim import parameters, world
from sim.errors import RequestError, nearest_name
from sim.reading import Document, Text, checked, find_file, names_in, parameter_model, place, read_toml, refuse

FOLDER = Path(__file__).resolve().parent.parent / "scenarios" / "strategies"
TIMES = ("before", "during", "after")
ADAPTIVE = "adaptive"
SHARE_TOLERANCE = 1e-6  # rounding a person may make in writing shares that sum to 1

Shares = dict[str, float] | Literal["adaptive"]
_ROWS = tuple(row for row in parameters.of_group("strategy") if row.name not in TIMES)
MODE_PATH = "strategy.mode."
MODE_PATHS = tuple(MODE_PATH + mode for mode in parameters.MODES)
Settings = parameter_model("Settings", _ROWS)


class Strategy(BaseModel):
    """One way of coordinating.  ``timing`` and ``mode`` hold every share, or the word 'adaptive'.

    ``[parameters]`` are the rows ``strategy.*`` of ``sim.parameters``, but for the three shares of timing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, validate_default=True)
    name: str
    title: Text = Field(description="a table with en and zh")
    sentence: Text = Field(description="a table with en and zh")
    structure: Literal["unified", "multi", "self_first", "committee", "tiered"] = Field(
        description=", ".join(world.STRUCTURES)
    )
    timing: Shares
    mode: Shares
    parameters: Settings = Field(default_factory=Settings, description="a table of the parameters strategy.*")  # type: ignore[valid-type]

    @field_validator("timing", "mode", mode="plain")
    @classmethod
    def _shares(cls, value: object, info: ValidationInfo) -> Shares:
        names = TIMES if info.field_name == "timing" else parameters.MODES
        return read_shares(value, names, str(info.field_name), info.context)

    @model_validator(mode="after")
    def _coordinators_fit(self, info: ValidationInfo) -> "Strategy":
        count = self.value("strategy.coordinators")
        allowed = "2 or more with structure 'multi'" if self.structure == "multi" else "1 except with structure 'multi'"
        if (self.structure == "multi") != (count > 1):
            document: Document | None = info.context
            written = ("parameters", "coordinators")
            keys = written if document and document.line(*written) else ("structure",)
            what = "does not fit the structure"
            raise RequestError(
                what, where=place(document, *keys), key="parameters.coordinators", got=int(count), allowed=allowed
            )
        return self

    def value(self, path: str) -> float:
        """The value of ``strategy.<name>``; the defaults of the shares when timing is adaptive."""
        row = known_row(path, "strategy")
        if row.name in TIMES:
            return row.default if isinstance(self.timing, str) else self.timing[row.name]
        return float(getattr(self.parameters, row.name))

    @property
    def hosts_needed(self) -> int:
        """Coordinators an office must have for this strategy."""
        name = "committee_members" if self.structure == "committee" else "coordinators"
        return int(self.value(f"strategy.{name}") + self.value("strategy.inspectors"))

    def label(self, lang: str = "en") -> str:
        """The title in a language: 'en' or 'zh'."""
        return self.title.of(lang)

    def record(self) -> np.recarray:
        """One row of ``world.STRATEGY``; the shares of modes are zero when the mode is adaptive."""
        modes = dict.fromkeys(parameters.MODES, 0.0) if isinstance(self.mode, str) else self.mode
        cells = {f"share_{mode}": share for mode, share in modes.items()} | {
            "structure": world.STRUCTURES.index(self.structure),
            "adaptive_timing": self.timing == ADAPTIVE,
            "adaptive_mode": self.mode == ADAPTIVE,
            "convened": 0,
            "headstart": 0.0,
        }
        cells |= {row.name: self.value(row.path) for row in parameters.of_group("strategy")}
        table = world.table(world.STRATEGY, 1)
        table[0] = tuple(cells[name] for name in table.dtype.names or ())  # at once: a sweep makes many
        return table

    def resolved(self) -> dict[str, Any]:
        """Everything, defaults included, as JSON-able values."""
        return self.model_dump(mode="json")

    @property
    def digest(self) -> str:
        """SHA-256 of what the strategy does: neither its name nor its texts."""
        content = {key: value for key, value in self.resolved().items() if key not in ("name", "title", "sentence")}
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def __reduce__(self) -> tuple[Any, ...]:  # the settings are made at run time: pickle cannot find them by name
        return Strategy.model_validate, (self.model_dump(exclude_unset=True),)

    def written(self) -> dict[str, Any]:
        """What a file of it would hold, as JSON-able values; ``model_validate`` makes the strategy again."""
        return self.model_dump(mode="json", exclude_unset=True)

    def with_values(self, values: Mapping[str, float]) -> "Strategy":
        """The same strategy with parameters ``strategy.*`` or shares ``strategy.mode.<mode>`` set; the name stays.

        A share of timing or mode that is set leaves the remainder to those not set, in their present proportion.
        """
        data = self.model_dump(exclude_unset=True)
        settings = dict(data.get("parameters", {}))
        times: dict[str, float] = {}
        modes: dict[str, float] = {}
        for path, value in values.items():
            if path in MODE_PATHS:
                modes[path.removeprefix(MODE_PATH)] = float(value)
                continue
            row = known_row(path, "strategy")
            (times if row.name in TIMES else settings)[row.name] = as_written(value, row.whole)
        if times:
            data["timing"] = _reshared(self.timing, times, "timing", "strategy.")
        if modes:
            data["mode"] = _reshared(self.mode, modes, "mode", MODE_PATH)
        try:
            return Strategy.model_validate({**data, "parameters": settings})
        except ValidationError as error:
            refuse(Strategy, error, None)


def _reshared(present: Shares, given: dict[str, float], what: str, path: str) -> dict[str, float]:
    """Shares of which some are ``given``; the others have the remainder, in their present proportion."""
    if isinstance(present, str):
        raise RequestError(f"{what} is adaptive: its shares cannot be set", key=f"{path}{next(iter(given))}")
    rest = {name: share for name, share in present.items() if name not in given}
    room, total = max(1.0 - math.fsum(given.values()), 0.0), math.fsum(rest.values())
    spread = {name: room * (share / total if total else 1.0 / len(rest)) for name, share in rest.items()}
    return {**given, **spread}


def read_shares(value: object, names: tuple[str, ...], key: str, document: Document | None) -> Shares:
    """Shares that sum to 1 as a table, one name for all of it, or the word 'adaptive'; every name gets a share."""
    allowed = f"{ADAPTIVE}, {', '.join(names)}, or a table of shares of these that sum to 1"

    def wrong(what: str, got: object, allowed: str, *inner: str, nearest: str = "") -> RequestError:
        keys = (key, *inner)
        return RequestError(
            what, where=place(document, *keys), key=".".join(keys), got=got, allowed=allowed, nearest=nearest
        )

    if value == ADAPTIVE:
        return "adaptive"
    if isinstance(value, str) and value in names:
        value = {value: 1.0}
    if not isinstance(value, dict):
        raise wrong("is not known", value, allowed, nearest=nearest_name(str(value), (*names, ADAPTIVE)))
    for name, share in value.items():
        if name not in names:
            raise wrong("unknown key", None, ", ".join(names), name, nearest=nearest_name(name, names))
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0.0 <= share <= 1.0:
            raise wrong("must be a share", share, "from 0 to 1", name)
    total = math.fsum(value.values())
    if abs(total - 1.0) > SHARE_TOLERANCE:
        raise wrong("shares must sum to 1", total, "a sum of 1")
    return {name: float(value.get(name, 0.0)) for name in names}


def known_row(path: str, *groups: str) -> parameters.Parameter:
    """The parameter of a path within ``groups`` (``modes`` stands for all modes); ``RequestError`` if unknown."""
    if path.split(".")[0] not in groups or path not in parameters.BY_PATH:
        names = [name for name in parameters.BY_PATH if name.split(".")[0] in groups]
        raise RequestError("unknown parameter", key=path, nearest=nearest_name(path, names))
    return parameters.BY_PATH[path]


def as_written(value: object, whole: bool) -> Any:
    """A value as a file would hold it: NumPy scalars become Python's, whole floats become counts."""
    plain = value.item() if isinstance(value, np.generic) else value
    return int(plain) if whole and isinstance(plain, float) and plain.is_integer() else plain


def strategy_names() -> tuple[str, ...]:
    """The strategies that come with the program, in alphabetical order."""
    return names_in(FOLDER)


def load_strategy(name_or_path: str | Path) -> Strategy:
    """Read a strategy by name or file; every mistake is a ``RequestError`` with file, line, key and what is allowed."""
    path = find_file(str(name_or_path), FOLDER, "strategy")
    return _shipped(path) if path.parent == FOLDER else _read(path)


def _read(path: Path) -> Strategy:
    return checked(Strategy, read_toml(path), name=path.stem)


_shipped = functools.cache(_read)  # a scenario is checked again with every value a sweep sets
