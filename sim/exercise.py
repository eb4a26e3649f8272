"""An exercise: a trainee is the director of the office for the length of a scenario; ``scenarios/exercises/*.toml``.

The file says on which world, which matters come to the director, which strategy the office goes by in all the others,
what the trainee is shown, and with which strategies the year is compared.  ``sim.play`` plays it.
"""

from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationInfo, model_validator

from sim.errors import RequestError, nearest_name
from sim.reading import Document, Text, checked, find_file, names_in, place, read_toml
from sim.scenario import FOLDER as SCENARIOS
from sim.scenario import Scenario, load_scenario, scenario_names
from sim.setting import Setting
from sim.strategy import Strategy, load_strategy, strategy_names
from sim.world import World

FOLDER = Path(__file__).resolve().parent.parent / "scenarios" / "exercises"
SHOWN = ("positions", "private", "need", "calendars", "cases")
HINTS = ("always", "asked", "never")
MOST_MATTERS = 200
LAST_WEEKS = 20  # ticks before the end in which nothing new comes to the director: nothing would come of it any more
MOST_NAMED = 62  # parties that can be named one by one
_FROZEN = ConfigDict(frozen=True, extra="forbid", strict=True, validate_default=True)
_TEXT = "a table with en and zh"
_ROUTINE = ("activities",)  # contents that follow a rule of their own and are not coordinated among parties


class Exercise(BaseModel):
    """An exercise's file.

    ``strategy`` is the standing way of the office: it says of every matter what the director does not, and is one with
    a single coordinator per matter.  ``rivals`` are the strategies of the debrief; if none are named, the scenario's
    and all others of the program that its office can follow.
    """

    model_config = _FROZEN
    name: str
    title: Text = Field(description=_TEXT)
    purpose: Text = Field(description=f"{_TEXT}: what the trainee is told to begin with")
    source: str = Field(min_length=1, description="text: whose exercise it is")
    scenario: str = Field(min_length=1, description="the name of a scenario, or a path relative to this file")
    strategy: str = Field("unified-balanced", min_length=1, description="the name of a strategy")
    rivals: tuple[str, ...] = Field((), strict=False, description="a list of names of strategies")
    seed: int | None = Field(None, ge=0, lt=2**63, description="a whole number from 0 to 2**63 - 1")
    replicate: int = Field(0, ge=0, lt=2**31, description="a whole number from 0 to 2**31 - 1")
    ticks: int | None = Field(None, ge=40, le=5_000, description="a whole number from 40 to 5000")
    matters: int = Field(16, ge=1, le=MOST_MATTERS, description=f"a whole number from 1 to {MOST_MATTERS}")
    shows: tuple[Annotated[Literal[SHOWN], Field(description=", ".join(SHOWN))], ...] = Field(  # type: ignore[valid-type]
        ("positions", "calendars", "cases"), strict=False, description=", ".join(SHOWN)
    )
    hints: Literal["always", "asked", "never"] = Field("asked", description=", ".join(HINTS))
    language: Literal["en", "zh"] | None = Field(None, description="en, zh")
    _plan: Scenario = PrivateAttr()
    _standing: Strategy = PrivateAttr()
    _rivals: tuple[Strategy, ...] = PrivateAttr(())

    @model_validator(mode="after")
    def _consistent(self, info: ValidationInfo) -> "Exercise":
        document: Document | None = info.context
        self._plan = self._asked(document)
        self._standing = self._strategy(self.strategy, "strategy", document)
        if self._standing.value("strategy.coordinators") > 1:
            what, allowed = "has several coordinators on a matter", "a strategy that is not of structure 'multi'"
            where = place(document, "strategy")
            raise RequestError(what, where=where, key="strategy", got=self.strategy, allowed=allowed)
        names = self.rivals or tuple(dict.fromkeys((*self._plan.strategies, *_possible(self._plan))))
        self._rivals = tuple(self._strategy(name, f"rivals.{at}", document) for at, name in enumerate(names))
        return self

    def _asked(self, document: Document | None) -> Scenario:
        """The scenario with the seed and the length of the exercise."""
        named = self.scenario
        if named.endswith(".toml") and document:
            named = str(document.path.parent / named)
        elif named not in scenario_names():
            names = scenario_names()
            raise RequestError(
                "no scenario of this name", where=place(document, "scenario"), key="scenario", got=named,
                allowed=", ".join(names), nearest=nearest_name(named, names),
            )  # fmt: skip
        found = load_scenario(named)
        values = {key: value for key, value in (("seed", self.seed), ("ticks", self.ticks)) if value is not None}
        return found.with_values(values) if values else found

    def _strategy(self, name: str, key: str, document: Document | None) -> Strategy:
        """A strategy that the scenario's office can follow."""
        try:
            return self._plan.with_strategies([name], name).load_strategy(name)
        except RequestError as error:
            where = place(document, *key.split("."))
            raise RequestError(
                error.what, where=where, key=key, got=error.got, allowed=error.allowed, nearest=error.nearest
            ) from error

    @property
    def plan(self) -> Scenario:
        """The scenario it is played on, with its seed and length."""
        return self._plan

    @property
    def standing(self) -> Strategy:
        """How the office coordinates what the director says nothing of."""
        return self._standing

    @property
    def opponents(self) -> tuple[Strategy, ...]:
        """The strategies the year is compared with."""
        return self._rivals

    def resolved(self) -> dict[str, Any]:
        """What decides the course of it, as JSON-able values: the world and what is said of it, not what is shown."""
        return {
            "scenario": self._plan.run_digest, "seed": self._plan.seed, "replicate": self.replicate,
            "strategy": self._standing.digest, "matters": self.matters,
        }  # fmt: skip


def _possible(plan: Scenario) -> tuple[str, ...]:
    """The program's strategies for which an office has the coordinators; of one read from files, the run will say."""
    office = int(plan.organisation.coordinators)
    needed = ((name, load_strategy(name).hosts_needed) for name in strategy_names())
    return tuple(name for name, hosts in needed if hosts <= office or plan.organisation_files())


def exercise_names() -> tuple[str, ...]:
    """The exercises that come with the program, in alphabetical order."""
    return names_in(FOLDER)


def load_exercise(name_or_path: str | Path) -> Exercise:
    """An exercise by name or file; a scenario's name or file gives the plain exercise on it.  ``RequestError``."""
    name = str(name_or_path)
    known = (*exercise_names(), *scenario_names())
    if not name.endswith(".toml") and name not in known:
        raise RequestError(
            "no exercise or scenario of this name", key="exercise", got=name, allowed=", ".join(known),
            nearest=nearest_name(name, known),
        )  # fmt: skip
    folder = SCENARIOS if name not in exercise_names() else FOLDER
    document = read_toml(find_file(name, folder, "exercise"))
    if "scenario" in document.data:
        return checked(Exercise, document, name=document.path.stem)
    return plain(load_scenario(name), name)


def plain(scenario: Scenario, name: str) -> Exercise:
    """The exercise on a scenario that nobody has written a file for."""
    said = {
        "title": scenario.title.model_dump(), "purpose": scenario.purpose.model_dump(), "source": scenario.source,
        "scenario": str(Path(name).resolve()) if name.endswith(".toml") else name,
    }  # fmt: skip
    return checked(Exercise, Document(Path(f"{scenario.name}.toml"), said, {}), name=scenario.name)


def brought(setting: Setting, template: World, count: int) -> tuple[int, ...]:
    """Rows of the matters that come to the director, in order of arrival: those that weigh most.

    Of the first organ's matters that touch several parties and whose procedure has them consulted, the ``count`` for
    which importance times what divides the parties, weighted as the compromise rule weighs them, is largest; ties by
    arrival.
    """
    m, p = template.matters, template.parties
    consulted = np.zeros(len(template.procedures), dtype=bool)
    for row, procedure in enumerate(setting.procedures):
        kinds = {stage.type for stage in procedure.stages}
        consulted[row] = "consult" in kinds and procedure.content not in _ROUTINE
    named = (m.organ == 0) & (m.parties > 1) & (m.parties <= MOST_NAMED) & consulted[m.procedure]
    able = named & (m.arrival < int(template.totals[0].horizon) - LAST_WEEKS)
    weight = np.bincount(p.matter, p.weight, minlength=len(m))
    middle = np.bincount(p.matter, p.weight * p.voice, minlength=len(m)) / weight
    apart = np.bincount(p.matter, p.weight * np.abs(p.voice - middle[p.matter]), minlength=len(m)) / weight
    score = np.where(able, m.importance * apart, -1.0)
    best = np.argsort(-score, kind="stable")[:count]
    return tuple(sorted(int(row) for row in best if score[row] > 0.0))
