"""Hints: what a principle of the handbooks says to the point a trainee stands at.

Which time and which mode fit is asked of the very rules by which an adaptive office chooses; whether it works out is
another question, which the debrief answers.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from sim import vocabulary, world
from sim.decisions import ARISES, ROUND, TIMES, Point, fixed_mode, times_of
from sim.labels import said, text
from sim.parameters import MODES
from sim.principles import BY_ROW, Principle
from sim.rules.hearing import choose_heard
from sim.rules.intake import fitting_mode, fitting_time, reason_for, reason_for_time
from sim.rules.parties import EASY_SIZE
from sim.rules.planning import RUSH
from sim.rules.positions import spoken_divergence
from sim.vocabulary import Word
from sim.world import World

_NEAR = 2.0  # times what counts as agreement
_GRASSROOTS = (world.SUBORDINATE, world.STAFF, world.PUBLIC)


class Hint(NamedTuple):
    """A sentence in both languages, and the principle it rests on."""

    text: Mapping[str, str]
    principle: Principle


def hints(w: World, point: Point, moved: bool | None) -> list[Hint]:
    """What can be said to a point; of a round, whether it has ``moved`` the parties (None: none was held)."""
    seen = _as_asked(w, point)
    found = {ARISES: _on_arising, ROUND: _on_a_round}.get(point.kind, _on_conflict)
    return list(found(seen, point.matter, moved))


def _as_asked(w: World, point: Point) -> World:
    """The world as the rules would ask it: of a matter that arises, whom to hear is settled first.  A copy."""
    copy = w._replace(matters=_copied(w.matters), parties=_copied(w.parties))
    if point.kind == ARISES:
        choose_heard(copy, point.matter)
    return copy


def _copied(table: world.Table) -> world.Table:
    return np.asarray(table).copy().view(type(table))


def _hint(row: str, key: str, **values: object) -> Hint:
    return Hint({lang: text(f"exercise.hint.{key}", lang, **_of(values, lang)) for lang in ("en", "zh")}, BY_ROW[row])


def _of(values: Mapping[str, object], lang: str) -> dict[str, object]:
    """Values in a language: words of a table are said, others stay as they are."""
    return {key: said(value, lang) if isinstance(value, Word | _Term) else value for key, value in values.items()}


class _Term(NamedTuple):
    """A term of ``sim.labels`` in both languages."""

    en: str
    zh: str


def _term(key: str) -> _Term:
    return _Term(text(key, "en"), text(key, "zh"))


def _on_arising(w: World, m: int, moved: bool | None) -> Iterator[Hint]:
    why, time = vocabulary.TIMING_REASONS[int(reason_for_time(w, m))], TIMES[int(fitting_time(w, m))]
    if time in times_of(w, m):
        yield _hint("S2", "when", time=_term(f"exercise.when.{time}"), why=why)
    if not fixed_mode(w, m):
        why, mode = vocabulary.MODE_REASONS[int(reason_for(w, m))], MODES[int(fitting_mode(w, m))]
        yield _hint("S3", "mode", mode=_term(f"mode.{mode}"), why=why)
    count = int(w.matters[m].parties)
    yield _hint("E3c", "few", count=count) if count > EASY_SIZE else _hint("R2", "hear", count=count)
    lead = int(w.parties[int(w.matters[m].first)].actor)
    if _presses(w, m):
        yield _hint("E1", "urgent")
    elif int(w.actors[lead].role) in _GRASSROOTS:
        yield _hint("R7", "grassroots")


def _presses(w: World, m: int) -> bool:
    """Whether a matter pre-empts, or presses as rush work does."""
    return bool(w.procedures[int(w.matters[m].procedure)].preempts) or float(w.matters[m].urgency) > RUSH


def _on_a_round(w: World, m: int, moved: bool | None) -> Iterator[Hint]:
    brief = w.briefs[m]
    apart, enough = float(spoken_divergence(w, m, float(brief.proposal))), float(w.rules[0].consensus_divergence)
    if enough < apart <= _NEAR * enough:
        yield _hint("R8", "near")
    if moved:
        yield _hint("S1", "again")
    other = int(fitting_mode(w, m))
    if not moved and not fixed_mode(w, m) and other != int(brief.mode):
        why = vocabulary.MODE_REASONS[int(reason_for(w, m))]
        yield _hint("R9", "other_mode", mode=_term(f"mode.{MODES[other]}"), why=why)
    if not moved and int(brief.rounds) > 1:
        yield _hint("B12", "up")


def _on_conflict(w: World, m: int, moved: bool | None) -> Iterator[Hint]:
    yield _hint("T10", "conflict")
