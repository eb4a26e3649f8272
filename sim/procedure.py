"""A procedure: the stages a matter of one kind passes through; read from ``scenarios/procedures/*.toml``.

A new procedure is a new file and a share in a scenario; nothing else has to know of it.  Its words are those of
``sim.vocabulary``; what is checked beyond words and bounds is in ``sim.routes``.
"""

import functools
from collections.abc import Callable, Collection
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, create_model, model_validator
from pydantic_core import CoreSchema, core_schema

from sim import world
from sim.labels import text
from sim.reading import Document, Text, checked, find_file, names_in, read_toml
from sim.routes import check_procedure
from sim.vocabulary import (
    ACTING_NAMES,
    COMPARED,
    CONDITION_NAMES,
    CONTENT_NAMES,
    FLAW_NAMES,
    NEVER,
    TYPE_NAMES,
    WHO_CAN,
    WRITTEN_CONDITIONS,
)

FOLDER = Path(__file__).resolve().parent.parent / "scenarios" / "procedures"
# Who takes part in a matter as a party, and may therefore sponsor it.  Leaders decide and the office hosts.
SPONSORS = ("department", "subordinate", "staff", "public", "peer", "superior")
SLOTS = ("before", "after")
DISPENSABLE = ("review", "consult", "circulate", "schedule", "follow_up")  # types of stages that may be left out
MOST_FAILURES = 15  # counted in four bits for each stage
MOST_TICKS = 10_000  # of a wait

_FROZEN = ConfigDict(frozen=True, extra="forbid", strict=True)


class _OneOf(NamedTuple):
    """A text that is one of some names."""

    names: tuple[str, ...]

    def __get_pydantic_core_schema__(self, _: Any, __: Callable[[Any], CoreSchema]) -> CoreSchema:
        return core_schema.literal_schema(list(self.names))


def _from(names: tuple[str, ...], default: Any = ...) -> Any:
    return Field(default, description=", ".join(names))


def _number(default: float, most: float, unit: str, least: float = 0.0) -> Any:
    allowed = f"from {least:g} to {most:g} {unit}".rstrip()
    return Field(default, ge=least, le=most, allow_inf_nan=False, description=allowed)


def _count(default: int, most: int, unit: str = "") -> Any:
    return Field(default, ge=0, le=most, description=f"a whole number from 0 to {most} {unit}".rstrip())


_Role = Annotated[str, _OneOf(SPONSORS)]
_Flaw = Annotated[str, _OneOf(FLAW_NAMES)]
_TEXT = "a table with en and zh"


class Stage(BaseModel):
    """One stage.  Which keys mean something depends on the type: ``sim.routes.KEYS``."""

    model_config = _FROZEN
    name: str = Field(description="small letters, digits and _, beginning with a letter")
    title: Text = Field(description=_TEXT)
    type: Annotated[str, _OneOf(TYPE_NAMES)] = _from(TYPE_NAMES)
    who: Annotated[str, _OneOf(ACTING_NAMES)] = _from(ACTING_NAMES, "")
    hours: float = _number(0.0, 1e3, "h")
    hours_party: float = _number(0.0, 1e3, "h/party")
    checks: tuple[_Flaw, ...] = Field((), strict=False, description=", ".join(FLAW_NAMES))
    on_failure: str = Field("", min_length=1, description="a stage, leader, refuse or close")
    limit: int = _count(3, MOST_FAILURES)
    beyond: str = Field("", min_length=1, description="a stage, leader, refuse or close")
    wait: int = _count(0, MOST_TICKS, "tick")
    every: int = _count(0, MOST_TICKS, "tick")
    when: Annotated[str, _OneOf(WRITTEN_CONDITIONS)] = _from(WRITTEN_CONDITIONS, "always")
    slot: Annotated[str, _OneOf(SLOTS)] = _from(SLOTS, "before")
    share: float = _number(1.0, 1.0, "")
    issues: bool = Field(False, description="true or false")
    names: bool = Field(False, description="true or false")
    alongside: str = Field("", min_length=1, description="the stage in which it is carried out")
    implied: bool = Field(False, description="true or false")

    @model_validator(mode="before")
    @classmethod
    def _by_default(cls, data: Any) -> Any:
        """Who acts, and where a consultation before the decision or an occasion leads if it fails, unless it is said.

        Those who are not agreed go to the leader; what is postponed is arranged again.
        """
        kind = data.get("type") if isinstance(data, dict) else None
        if not isinstance(kind, str) or kind not in WHO_CAN:
            return data
        usual = {"who": WHO_CAN[kind][0]}
        if kind == "consult" and data.get("slot") != "after":
            usual["on_failure"] = "leader"
        elif kind == "schedule" and data.get("name"):
            usual["on_failure"] = data["name"]
        return {**usual, **data}

    @property
    def chained(self) -> bool:
        """Whether matters pass through it; a follow-up goes on alongside another stage."""
        return self.type != "follow_up"

    @property
    def left_out(self) -> bool:
        """Whether a scenario has it never take place."""
        return self.when == CONDITION_NAMES[NEVER]


class MatterTable(BaseModel):
    """How a matter of this procedure differs from the workload's average."""

    model_config = _FROZEN
    parties: int = Field(default=1, ge=1, le=16, description="a whole number from 1 to 16")
    assistants: float = _number(1.0, 100.0, "ratio")
    hours: float = _number(1.0, 100.0, "ratio")
    deadline: float = _number(1.0, 100.0, "ratio", least=0.01)
    urgency: float = _number(0.0, 1.0, "")
    importance: float = _number(0.0, 1.0, "")
    interest: float = _number(1.0, 100.0, "ratio")
    bias: float = _number(1.0, 100.0, "ratio")
    among: tuple[_Role, ...] = Field(default=SPONSORS, strict=False, min_length=1, description=", ".join(SPONSORS))
    with_roles: tuple[_Role, ...] = Field(default=(), alias="with", strict=False, description=", ".join(SPONSORS))


_DRAWN: dict[str, Any] = {name: (float, _number(0.0, 1.0, "")) for name in FLAW_NAMES if name not in COMPARED}
FlawTable = create_model("FlawTable", __config__=_FROZEN, __module__=__name__, **_DRAWN)


class Procedure(BaseModel):
    """The stages of one kind of matter, and how such matters differ from others.

    A stage passes to the next in the file; follow-ups are not among these but accompany the stage that executes.
    """

    model_config = _FROZEN
    name: str
    kind: Annotated[str, _OneOf(world.LEVELS)] = _from(world.LEVELS)
    content: Annotated[str, _OneOf(CONTENT_NAMES)] = _from(CONTENT_NAMES)
    source: str = Field(min_length=1, description="text: where stages and numbers come from")
    title: Text = Field(description=_TEXT)
    purpose: Text = Field(description=_TEXT)
    sponsors: tuple[_Role, ...] = Field(("department", "subordinate"), strict=False, description=", ".join(SPONSORS))
    preempts: bool = Field(False, description="true or false")
    people: bool = Field(False, description="true or false")
    leaders_only: bool = Field(False, description="true or false")
    entry: str = Field("", min_length=1, description="the name of a stage")
    matter: MatterTable = Field(default_factory=MatterTable, description="a table")
    flaws: FlawTable = Field(default_factory=FlawTable, description="a table of chances")  # type: ignore[valid-type]
    stages: tuple[Stage, ...] = Field(alias="stage", strict=False, description="[[stage]] tables")

    @model_validator(mode="after")
    def _leads_to_an_end(self, info: ValidationInfo) -> "Procedure":
        document: Document | None = info.context
        check_procedure(self, document)
        return self

    @property
    def chain(self) -> tuple[int, ...]:
        """The places of the stages matters pass through, in order."""
        return tuple(place for place, stage in enumerate(self.stages) if stage.chained)

    def place(self, name: str) -> int:
        """The place of a stage; -1 if there is none of this name."""
        return next((place for place, stage in enumerate(self.stages) if stage.name == name), -1)

    @property
    def work(self) -> int:
        """The place of the stage that executes; -1 if there is none."""
        return next((place for place, stage in enumerate(self.stages) if stage.type == "execute"), -1)

    @property
    def review(self) -> int:
        """The place of the consultation afterwards; -1 if there is none."""
        return next((place for place, stage in enumerate(self.stages) if stage.slot == "after"), -1)

    @cached_property
    def dispensable(self) -> tuple[str, ...]:
        """The names of the stages that a scenario may leave out."""
        return tuple(stage.name for stage in self.stages if stage.type in DISPENSABLE)

    @cached_property
    def looked_for(self) -> tuple[str, ...]:
        """The flaws that some stage looks for, in the order of their table."""
        sought = {flaw for stage in self.stages for flaw in stage.checks}
        return tuple(flaw for flaw in FLAW_NAMES if flaw in sought)

    def without(self, stages: Collection[str], flaws: Collection[str]) -> "Procedure":
        """The same, but that these stages never take place and no stage looks for these flaws.

        What is drawn for its matters stays: the flaws are there, found or not.
        """

        def cut(stage: Stage) -> Stage:
            when = CONDITION_NAMES[NEVER] if stage.name in stages else stage.when
            checks = tuple(flaw for flaw in stage.checks if flaw not in flaws)
            return stage.model_copy(update={"when": when, "checks": checks})

        return self.model_copy(update={"stages": tuple(cut(stage) for stage in self.stages)})

    def chance(self, flaw: str) -> float:
        """The chance that the paper of such a matter has a flaw when it arises; 0 for those found by comparing."""
        return float(getattr(self.flaws, flaw, 0.0))

    def destination(self, name: str, lang: str) -> str:
        """What is shown for where a stage leads: a stage's title, or what becomes of the matter."""
        place = self.place(name)
        return self.stages[place].title.of(lang) if place >= 0 else text(f"end.{name}", lang)

    def label(self, lang: str = "en") -> str:
        """The title in a language: 'en' or 'zh'."""
        return self.title.of(lang)

    def resolved(self) -> dict[str, Any]:
        """Everything, defaults included, as JSON-able values under the keys of the file."""
        return self.model_dump(mode="json", by_alias=True)

    def decisive(self) -> dict[str, Any]:
        """What decides a run: neither names, nor texts, nor what is only said of a stage."""
        content = {key: value for key, value in self.resolved().items() if key not in ("name", *_SAID)}
        stages = [{key: each[key] for key in each if key not in _SAID} for each in content["stage"]]
        return {**content, "stage": stages}


_SAID = ("title", "purpose", "source", "implied")


def procedure_names() -> tuple[str, ...]:
    """The procedures that come with the program, in alphabetical order."""
    return names_in(FOLDER)


def load_procedure(name_or_path: str | Path) -> Procedure:
    """Read a procedure by name or file; every mistake is a ``RequestError`` with file, line and what is allowed."""
    path = find_file(str(name_or_path), FOLDER, "procedure")
    return _shipped(path) if path.parent == FOLDER else _read(path)


def _read(path: Path) -> Procedure:
    return checked(Procedure, read_toml(path), name=path.stem)


_shipped = functools.cache(_read)  # a scenario is checked again with every value a sweep sets
