"""Saves of an exercise: whose it is, of which exercise, and what was decided; nothing else, since the rest follows.

A save is JSON.  It names the exercise by what decides its course, so that one of another world, or of other rules, is
told from one that goes on.
"""

import functools
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

import sim
from sim.batches import code
from sim.decisions import KINDS, Choice, Decision, Point
from sim.errors import RequestError
from sim.exercise import Exercise
from sim.reading import read_bytes, refuse, shown
from sim.writing import beside

FORMAT = 1
_OF_PLAY = ("exercise", "decisions", "play")  # modules that decide what a decision does, beside the rules of a run
MOST_BYTES = 2_000_000  # more than the most decisions take
MOST_DECISIONS = 5_000
MOST_NAME = 60
_STRICT = ConfigDict(frozen=True, extra="forbid", strict=True)


class _Made(BaseModel):
    """A decision as a save holds it."""

    model_config = _STRICT
    kind: Literal[KINDS] = Field(description=", ".join(KINDS))  # type: ignore[valid-type]
    tick: int = Field(ge=0, le=1_000_000)
    matter: int = Field(ge=0, le=100_000_000)
    nth: int = Field(ge=0, le=1_000_000)
    rift: bool = False
    choice: Choice


class _File(BaseModel):
    """A save's file."""

    model_config = _STRICT
    format: Literal[1] = Field(description="1")
    exercise: str = Field(max_length=200)
    world: str = Field(max_length=64)
    code: str = Field(max_length=64)
    trainee: str = Field(max_length=MOST_NAME)
    decisions: Annotated[tuple[_Made, ...], Field(strict=False, max_length=MOST_DECISIONS)]


class Save(NamedTuple):
    """What a save holds."""

    exercise: str  # its name
    world: str  # digest of what decides its course
    code: str  # version and digest of the rules
    trainee: str
    decisions: tuple[Decision, ...]


def saved(exercise: Exercise, trainee: str, decisions: Sequence[Decision]) -> Save:
    """The save of a game as it stands."""
    if len(decisions) > MOST_DECISIONS:
        raise RequestError("holds too many decisions", got=len(decisions), allowed=f"at most {MOST_DECISIONS}")
    return Save(exercise.name, world_of(exercise), rules(), trainee, tuple(decisions))


def world_of(exercise: Exercise) -> str:
    """Digest of what decides the course of an exercise beside the decisions."""
    return hashlib.sha256(json.dumps(exercise.resolved(), sort_keys=True).encode()).hexdigest()[:16]


@functools.cache
def rules() -> str:
    """Version and digest of all that decides what decisions lead to."""
    digest = hashlib.sha256(code().encode())
    for name in _OF_PLAY:
        digest.update((Path(__file__).parent / f"{name}.py").read_bytes())
    return f"{sim.__version__} ({digest.hexdigest()[:12]})"


def written(save: Save) -> dict[str, Any]:
    """A save as JSON-able values."""
    made = [{**point._asdict(), "choice": choice.written()} for point, choice in save.decisions]
    return {"format": FORMAT, **save._asdict(), "decisions": made}


def read(data: object, where: str = "") -> Save:
    """The save that JSON-able values hold; ``RequestError`` says what is wrong with them."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise RequestError("is not a save of an exercise", where=where)
    try:
        file = _File.model_validate(data)
    except ValidationError as error:
        try:
            refuse(_File, error, None)
        except RequestError as wrong:
            raise RequestError(
                f"is a damaged save: {wrong.what}", where=where, key=wrong.key, got=wrong.got, allowed=wrong.allowed
            ) from error
    made = tuple(
        Decision(Point(each.kind, each.tick, each.matter, each.nth, each.rift), each.choice) for each in file.decisions
    )
    return Save(file.exercise, file.world, file.code, file.trainee, made)


def check_fits(save: Save, exercise: Exercise, where: str = "") -> None:
    """Refuse a save of another exercise, or one made by other rules, whose decisions would mean something else."""
    if save.world != world_of(exercise):
        what = "is a save of another exercise"
        if save.exercise == exercise.name:
            raise RequestError("is a save of this exercise before it was changed", where=where)
        raise RequestError(what, where=where, got=save.exercise, allowed=exercise.name)
    if save.code != rules():
        raise RequestError("was saved under other rules", where=where, got=save.code, allowed=rules())


def load(path: Path) -> Save:
    """A save's file."""
    raw = read_bytes(path)
    if len(raw) > MOST_BYTES:
        allowed = f"at most {MOST_BYTES} bytes"
        raise RequestError("is too large for a save", where=shown(path), got=len(raw), allowed=allowed)
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise RequestError("is a damaged save: not JSON", where=shown(path)) from error
    return read(data, shown(path))


def store(save: Save, path: Path) -> None:
    """Write a save, whole or not at all."""
    text = json.dumps(written(save), ensure_ascii=False, indent=1) + "\n"
    try:
        with beside(path) as place:
            place.write_text(text, encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise RequestError(f"cannot be written ({reason})", where=shown(path)) from error
