"""What a trainee decides: at which points, what may be chosen there, and how a choice reaches the rules.

A choice is written into a row of the strategy that holds for one matter (``world.OF_A_MATTER``); the rules read it as
they read the strategy of everybody else.  Nothing else of the world is touched.
"""

from typing import Any, Literal, NamedTuple

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim import world
from sim.errors import RequestError
from sim.parameters import MODES
from sim.reading import refuse
from sim.vocabulary import CONSULT, NEVER
from sim.world import FORTNIGHT

KINDS = ("arises", "round", "conflict")  # a matter arises; a round brought no agreement; a conflict has broken out
ARISES, ROUND, CONFLICT = KINDS
ORDERS = ("first", "later")
TIMES = ("before", "during", "after")
HOURS = ("more", "fewer")
ANSWERS = ("push_on", "accept", "report")
# What may be said at a point of each kind.
MAY_SAY = {
    ARISES: ("order", "when", "mode", "whom", "hours"),
    ROUND: ("answer", "mode", "whom", "hours"),
    CONFLICT: ("mode", "hours"),
}
MOST_FIRST = 5  # other matters that may be put first at one point
_STEP, _MOST = 0.5, 3.0  # of the hours the standing way gives to a matter: more or fewer each time, and at most
_SHARES = tuple(f"share_{mode}" for mode in MODES)


class Point(NamedTuple):
    """Where the run stops for a decision: before half-day ``tick``, or in it after a round has been held."""

    kind: str  # KINDS
    tick: int
    matter: int  # row
    nth: int  # of its kind in this matter, from 0
    rift: bool = False  # of a round: what is said is near enough, but a rift between people is not closed

    @property
    def key(self) -> tuple[int, str, int]:
        """What it is, whenever it comes: the same point of another course of the same world."""
        return self.matter, self.kind, self.nth


class Choice(BaseModel):
    """What is decided at a point; what is left out is done in the standing way of the office.

    ``whom`` are the parties to convene by their places in the matter, the lead unit (0) always being one; ``first``
    are rows of other matters under way that are put first from now on.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    order: Literal["first", "later"] | None = Field(default=None, description=", ".join(ORDERS))
    when: Literal["before", "during", "after"] | None = Field(default=None, description=", ".join(TIMES))
    mode: Literal[MODES] | None = Field(default=None, description=", ".join(MODES))  # type: ignore[valid-type]
    whom: tuple[int, ...] | None = Field(
        default=None, strict=False, max_length=62, description="a list of places of parties"
    )
    hours: Literal["more", "fewer"] | None = Field(default=None, description=", ".join(HOURS))
    answer: Literal["push_on", "accept", "report"] | None = Field(default=None, description=", ".join(ANSWERS))
    first: tuple[int, ...] = Field(
        default=(), strict=False, max_length=MOST_FIRST, description="a list of rows of matters"
    )

    def written(self) -> dict[str, Any]:
        """What was said, as JSON-able values."""
        return self.model_dump(mode="json", exclude_defaults=True)


class Decision(NamedTuple):
    """A choice and the point it was made at."""

    point: Point
    choice: Choice


def read_choice(data: object) -> Choice:
    """A choice from JSON-able values; ``RequestError`` says what is wrong with it."""
    if not isinstance(data, dict):
        raise RequestError("must be a table", key="choice")
    try:
        return Choice.model_validate(data)
    except ValidationError as error:
        refuse(Choice, error, None)


def check(choice: Choice, point: Point, w: world.World, own: tuple[int, ...]) -> None:
    """Refuse what cannot be said at a point; ``own`` are the matters that come to the director."""
    for name in ("order", "when", "mode", "whom", "hours", "answer"):
        if getattr(choice, name) is not None and name not in MAY_SAY[point.kind]:
            raise RequestError("cannot be said here", key=name, allowed=", ".join(MAY_SAY[point.kind]))
    times = times_of(w, point.matter)
    if choice.when is not None and choice.when not in times:
        raise RequestError("has no place in its procedure", key="when", got=choice.when, allowed=", ".join(times))
    if choice.mode is not None and fixed_mode(w, point.matter):
        raise RequestError("is not chosen here", key="mode", got=choice.mode)
    parties = int(w.matters[point.matter].parties)
    if choice.whom is not None:
        if any(not 0 <= at < parties for at in choice.whom) or len(set(choice.whom)) < len(choice.whom):
            allowed = f"each once, from 0 to {parties - 1}"
            raise RequestError("is not a party", key="whom", got=list(choice.whom), allowed=allowed)
        if len(set(choice.whom) | {0}) < 2:
            raise RequestError("must not be empty", key="whom", allowed="at least one party beside the lead unit")
    if choice.answer == "accept" and point.rift:
        raise RequestError("cannot be accepted: the rift is not closed", key="answer", allowed="push_on, report")
    for name in ("mode", "whom", "hours"):
        if choice.answer in ("accept", "report") and getattr(choice, name) is not None:
            raise RequestError("goes with pushing on only", key=name, got=getattr(choice, name))
    open_rows = {m for m in own if in_hand(w, m) and m != point.matter}
    wrong = [m for m in choice.first if m not in open_rows]
    if wrong or len(set(choice.first)) < len(choice.first):
        raise RequestError("is not a matter of yours under way", key="first", got=list(choice.first))


def times_of(w: world.World, m: int) -> tuple[str, ...]:
    """The times in which the procedure of a matter has its parties coordinated."""
    procedure = w.procedures[int(w.matters[m].procedure)]
    first = int(procedure.first)
    following = w.procedures.first[w.procedures.first > first]
    last = int(following.min()) if len(following) else len(w.stages)
    consulted = (w.stages.type == CONSULT) & (w.stages.life == world.BEFORE) & (w.stages.when != NEVER)
    there = (bool(consulted[first:last].any()), int(procedure.work) >= 0, int(procedure.review) >= 0)
    return tuple(time for time, has in zip(TIMES, there, strict=True) if has)


def fixed_mode(w: world.World, m: int) -> str:
    """Why there is no mode to choose for a matter: between 'people', and where a 'committee' meets; else empty."""
    if w.procedures[int(w.matters[m].procedure)].people:
        return "people"
    return "committee" if int(w.strategy[0].structure) == world.COMMITTEE else ""


def in_hand(w: world.World, m: int) -> bool:
    """Whether a matter has arisen and is not yet over."""
    return int(w.matters[m].life) in (world.BEFORE, world.DECISION, world.DURING, world.AFTER)


def said(row: np.record, standing: np.record, choice: Choice) -> None:
    """Write into a matter's own row of the strategy how it is to be coordinated; ``standing`` is the office's row."""
    if choice.order is not None:
        row.headstart = standing.headstart + (FORTNIGHT if choice.order == "first" else -FORTNIGHT)
    if choice.when is not None:
        row.adaptive_timing = 0
        for time in TIMES:
            row[time] = float(time == choice.when)
    if choice.mode is not None:
        row.adaptive_mode, row.dynamic = 0, 0
        for mode, share in zip(MODES, _SHARES, strict=True):
            row[share] = float(mode == choice.mode)
    if choice.whom is not None:
        row.convened = sum(1 << place for place in {0, *choice.whom})
    if choice.hours is not None:
        step = _STEP if choice.hours == "more" else -_STEP
        row.effort = min(max(row.effort + step * standing.effort, 0.0), _MOST * standing.effort)


def answered(row: np.record, standing: np.record, choice: Choice, rounds: int, beyond: float) -> None:
    """The same of what is to become of a round: ``rounds`` have been held in this stage, and ``beyond`` is the
    divergence there is beyond agreement.  Without an answer, as the office has it.
    """
    row.rounds, row.reserve = standing.rounds, standing.reserve
    if choice.answer == "push_on":
        row.rounds = max(int(standing.rounds), rounds + 1)
    elif choice.answer == "report":
        row.rounds = rounds
    elif choice.answer == "accept":
        row.reserve = max(float(standing.reserve), beyond)
