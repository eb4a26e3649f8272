"""What is written down: procedures with their stages, and what says something in a domain.  Names instead of codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim import vocabulary, world

ENDS = {world.CLOSE: "close", world.REFUSE: "refuse", world.TO_LEADER: "leader"}
CLASHING = frozenset(vocabulary.CLASHING)
COMPARED = frozenset(vocabulary.COMPARED)
OUTSIDE = frozenset({"superior", "peer", "public"})
GRASSROOTS = frozenset({"subordinate", "staff", "public"})
STRICT_KINDS = frozenset({"plan", "strategy"})
STRICT_CONTENTS = frozenset({"working_relations", "interests", "work"})


@dataclass(slots=True, eq=False, repr=False)
class Stage:
    """A stage of a procedure; where it leads is another stage, or the name of an end."""

    type: str
    who: str
    life: str
    when: str
    hours: float
    hours_party: float
    checks: frozenset[str]
    limit: int
    wait: int
    every: int
    share: float
    issues: bool
    names: bool  # who leads and who assists
    place: int
    passed: Stage | str = "close"
    failed: Stage | str = "close"
    beyond: Stage | str = "close"
    follow: Stage | None = None


@dataclass(slots=True, eq=False, repr=False)
class Procedure:
    """The stages of one kind of matter that matter for its course."""

    entry: Stage
    work: Stage | None
    review: Stage | None
    kind: str
    content: str
    preempts: bool
    people: bool
    leaders_only: bool
    lasting: bool  # it leaves behind what can come back

    @property
    def strict(self) -> bool:
        """Whether principle is strictest in it [POS-BAND]."""
        return self.kind in STRICT_KINDS or self.content in STRICT_CONTENTS


@dataclass(slots=True, eq=False, repr=False)
class Force:
    """What is in force in a domain, as an organ sees it; ``own`` is ``None`` until it issues a document."""

    superior: float
    related: float
    clarity: float  # how clearly duties are divided
    passed: int = 0  # times matters were passed on since they were
    clashes: int = 0
    own: float | None = None
    matter: object = None  # whose document that is

    @property
    def standing(self) -> float:
        """The standing rule of the domain [DOC-STANDING]."""
        return self.superior if self.own is None else self.own

    def clarify(self, share: float) -> None:
        """Duties are divided more clearly [DUT-DELIMIT]."""
        self.clarity += share * (1.0 - self.clarity)


def named(bits: int, names: tuple[str, ...]) -> frozenset[str]:
    """The names whose bits are set."""
    return frozenset(name for number, name in enumerate(names) if (bits >> number) & 1)


def read_stages(table: Any) -> list[Stage]:
    """The stages of all procedures, linked."""
    stages = [
        Stage(
            vocabulary.TYPE_NAMES[row.type], vocabulary.ACTING_NAMES[row.who], world.LIVES[row.life],
            vocabulary.CONDITION_NAMES[row.when], float(row.hours), float(row.hours_party),
            named(int(row.checks), vocabulary.FLAW_NAMES), int(row.limit), int(row.wait), int(row.every),
            float(row.share), bool(row.issues), bool(row.names), int(row.place),
        )
        for row in table
    ]  # fmt: skip
    for stage, row in zip(stages, table, strict=True):
        stage.passed, stage.failed, stage.beyond = (
            ENDS[target] if target < 0 else stages[target] for target in (row.passed, row.failed, row.beyond)
        )
        stage.follow = stages[row.follow] if row.follow >= 0 else None
    return stages


def read_procedures(table: Any, stages: list[Stage]) -> list[Procedure]:
    """The procedures, with their stages."""
    return [
        Procedure(
            stages[row.entry], stages[row.work] if row.work >= 0 else None,
            stages[row.review] if row.review >= 0 else None, world.LEVELS[row.kind],
            vocabulary.CONTENT_NAMES[row.content], bool(row.preempts), bool(row.people), bool(row.leaders_only),
            bool(row.lasting),
        )
        for row in table
    ]  # fmt: skip
