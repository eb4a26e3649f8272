"""A strategy: who coordinates, when, by which mode, and how; read from ``scenarios/strategies/*.toml``.

A new strategy is a new file; nothing else has to know of it.
"""

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
from sim.reading import Document, Text, checked, find_file, parameter_model, place, read_toml, refuse

FOLDER = Path(__file__).resolve().parent.parent / "scenarios" / "strategies"
TIMES = ("before", "during", "after")
ADAPTIVE = "adaptive"
SHARE_TOLERANCE = 1e-6  # rounding a person may make in writing shares that sum to 1

Shares = dict[str, float] | Literal["adaptive"]
_ROWS = tuple(row for row in parameters.of_group("strategy") if row.name not in TIMES)
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
        row = world.table(world.STRATEGY, 1)
        row.structure = world.STRUCTURES.index(self.structure)
        row.adaptive_timing = self.timing == ADAPTIVE
        row.adaptive_mode = self.mode == ADAPTIVE
        for mode in parameters.MODES:
            row[f"share_{mode}"] = 0.0 if isinstance(self.mode, str) else self.mode[mode]
        for parameter in parameters.of_group("strategy"):
            row[parameter.name] = self.value(parameter.path)
        return row

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

    def with_values(self, values: Mapping[str, float]) -> "Strategy":
        """The same strategy with parameters ``strategy.*`` set; the name stays.

        A share of timing that is set leaves the remainder to those not set, in their present proportion.
        """
        data = self.model_dump(exclude_unset=True)
        settings = dict(data.get("parameters", {}))
        times: dict[str, float] = {}
        for path, value in values.items():
            row = known_row(path, "strategy")
            (times if row.name in TIMES else settings)[row.name] = as_written(value, row.whole)
        if times:
            data["timing"] = self._retimed(times)
        try:
            return Strategy.model_validate({**data, "parameters": settings})
        except ValidationError as error:
            refuse(Strategy, error, None)

    def _retimed(self, times: dict[str, float]) -> dict[str, float]:
        if isinstance(self.timing, str):
            raise RequestError("timing is adaptive: its shares cannot be set", key=f"strategy.{next(iter(times))}")
        rest = {name: share for name, share in self.timing.items() if name not in times}
        room, present = 1.0 - sum(times.values()), sum(rest.values())
        spread = {name: room * (share / present if present else 1.0 / len(rest)) for name, share in rest.items()}
        return {**times, **spread}


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
    names = [name for name in parameters.BY_PATH if name.split(".")[0] in groups]
    if path not in names:
        raise RequestError("unknown parameter", key=path, nearest=nearest_name(path, names))
    return parameters.BY_PATH[path]


def as_written(value: object, whole: bool) -> Any:
    """A value as a file would hold it: NumPy scalars become Python's, whole floats become counts."""
    plain = value.item() if isinstance(value, np.generic) else value
    return int(plain) if whole and isinstance(plain, float) and plain.is_integer() else plain


def strategy_names() -> tuple[str, ...]:
    """The strategies that come with the program, in alphabetical order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def load_strategy(name_or_path: str | Path) -> Strategy:
    """Read a strategy by name or file; every mistake is a ``RequestError`` with file, line, key and what is allowed."""
    path = find_file(str(name_or_path), FOLDER, strategy_names(), "strategy")
    return checked(Strategy, read_toml(path), name=path.stem)
