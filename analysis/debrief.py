"""The debrief of an exercise: a trainee's year beside the strategies on the same world, and each matter with the reason
why it went differently.

A difference counts only from the smallest that matters on (``sim.smallest_effects``), and there is no single score:
time, conflict, cost and result pull apart.  Since a world is drawn before anybody acts on it, all that differs between
two courses of it comes from what was done.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from analysis.debrief_matters import Json, Matters, own_effects
from analysis.debrief_words import Told, clauses, titled, told, unit_of
from analysis.followed import (
    Field,
    Followed,
    conflicts,
    days_in_hand,
    field,
    finished,
    follow_game,
    follow_strategy,
    hours,
    number_or_none,
)
from analysis.intervals import Floats
from analysis.viewer.film import MAIN, measured, named
from sim import world
from sim.decisions import Decision
from sim.errors import RequestError, nearest_name
from sim.labels import LANGUAGES
from sim.measures import MEASURES, NAMES, assess
from sim.play import Board
from sim.smallest_effects import SMALLEST
from sim.world import World

_OTHERS = ("time_in_system", "conflicts", "coordination_hours")  # what all other matters are looked at for


def debrief(board: Board, log: Sequence[Decision], against: str | None = None, trainee: str = "") -> Json:
    """All that a trainee is told when the exercise is over, as JSON-able values.

    ``against`` is the strategy, of those compared, with which the matters are set side by side: the standing way of
    the office if none is named.  ``RequestError`` for another name, and for an exercise that is not over.
    """
    return look_back(board, log).told(against, trainee)


def look_back(board: Board, log: Sequence[Decision], rivals: Field | None = None) -> "Hindsight":
    """What a debrief needs whatever it sets the year against: made once, since much is run for it.

    ``rivals`` are ``field(board)``, if that has been made already.
    """
    game, among = finished(board, log), field(board) if rivals is None else rivals
    values = np.vstack([assess(game.world), among.values])
    own = {m: own_effects(board, game, m) for m in board.own}
    return Hindsight(board, game.decided, follow_game(board, game), among, values, own)


class Hindsight(NamedTuple):
    """A year that is over, and what it is compared with."""

    board: Board
    log: tuple[Decision, ...]
    mine: Followed
    rivals: Field
    values: Floats  # (1 + rivals, NAMES): the trainee's first and the standing way's second
    own: Mapping[int, list[Json]]  # by row of the matter, what the decisions on it have done by themselves

    def told(self, against: str | None = None, trainee: str = "") -> Json:
        """The debrief; see ``debrief``."""
        known = [strategy.name for strategy in self.rivals.strategies]
        chosen = known[0] if against is None else against
        if chosen not in known:
            raise RequestError(
                "is not among the strategies compared", key="against", got=chosen, allowed=", ".join(known),
                nearest=nearest_name(chosen, known),
            )  # fmt: skip
        at = known.index(chosen)
        rival = follow_strategy(self.board, self.rivals.strategies[at])
        matters = Matters(self.board, self.log, self.mine, rival, at == 0, self.own)
        return {
            "trainee": trainee, "exercise": titled(self.board.exercise.title), "against": chosen,
            "rivals": [named(strategy) for strategy in self.rivals.strategies],
            "summary": list(_summary(self.board, self.mine.world, self.rivals, self.values)),
            "measures": _measures(self.values), "matters": matters.told(),
        }  # fmt: skip


def places(values: Floats, better: str) -> list[int | None]:
    """The place of each value, 1 the best, equal ones sharing it; None where nothing is better or was measured."""
    sign = {"up": 1.0, "down": -1.0, "": 0.0}[better]
    if sign == 0.0:
        return [None] * len(values)
    return [None if np.isnan(x) else 1 + int((sign * values > sign * x).sum()) for x in values]


def described() -> list[Json]:
    """The main measures as a film describes them, with what each means of a finished run."""
    return [
        {**each, "about": {lang: MEASURES[column].told(lang) for lang in LANGUAGES}}
        for column, each in zip(MAIN, measured(), strict=True)
    ]


def _measures(values: Floats) -> list[Json]:
    """Each main measure of the trainee's year and its rivals'; ``values`` are (1 + rivals, NAMES)."""
    return [
        {
            **each, "mine": number_or_none(column[0]), "values": [number_or_none(x) for x in column[1:]],
            "place": places(column, each["better"])[0], "of": int(np.isfinite(column).sum()),
        }
        for each, column in zip(described(), values[:, MAIN].T, strict=True)
    ]  # fmt: skip


# the year as a whole


def _summary(board: Board, w: World, rivals: Field, values: Floats) -> Iterator[Told]:
    """The year in sentences; ``values`` are (1 + rivals, NAMES), the trainee's first and the standing way's second."""
    standing = rivals.standing
    yield from _among(values)
    yield _traded(values, titled(board.exercise.standing.title))
    yield _own(board, w, standing)
    if not np.array_equal(values[0], values[1], equal_nan=True):
        yield _others(board, w, standing)
    yield told("luck")


def _among(values: Floats) -> Iterator[Told]:
    """Where the year is clearly better, and clearly worse, than most of the strategies."""
    found: dict[str, list[Told]] = {"better": [], "worse": []}
    for each, column in zip(described(), values[:, MAIN].T, strict=True):
        ahead = _ahead(each, column[:1] - column[1:])
        middle = float(np.median(column[1:][np.isfinite(column[1:])])) if np.isfinite(column[1:]).any() else np.nan
        for key, side in (("better", 1), ("worse", -1)):
            if 2 * (ahead == side).sum() > len(ahead):
                found[key].append(_beside("median", each, float(column[0]), middle))
    for key, what in found.items():
        yield told(key if what else f"{key}_nowhere", what=clauses(what), count=len(values) - 1)


def _ahead(measure: Json, differences: Floats) -> Floats:
    """1 where a difference is for the better, -1 where it is for the worse, 0 where it does not matter."""
    sign = {"up": 1.0, "down": -1.0, "": 0.0}[measure["better"]]
    matters = np.abs(differences) >= SMALLEST[measure["name"]].size
    return np.asarray(np.where(matters, sign * np.sign(differences), 0.0))


def _traded(values: Floats, standing: Told) -> Told:
    """What was gained against the standing way of the office, and what was paid for it."""
    if np.array_equal(values[0], values[1], equal_nan=True):
        return told("same", standing=standing)
    sides: dict[float, list[Told]] = {1.0: [], -1.0: [], 0.0: []}
    for each, (mine, other) in zip(described(), values[:2, MAIN].T, strict=True):
        side = float(_ahead(each, np.array([mine - other]))[0])
        sides[side].append(_beside("instead", each, float(mine), float(other)))
    key = {(True, True): "traded", (True, False): "gained", (False, True): "paid", (False, False): "even"}
    gained, paid = sides[1.0], sides[-1.0]
    return told(key[bool(gained), bool(paid)], standing=standing, gained=clauses(gained), paid=clauses(paid))


def _own(board: Board, w: World, standing: World) -> Told:
    """What became of the matters that came to the director."""
    values: dict[str, object] = {"count": len(board.own)}
    own = np.array(board.own)
    for end, each in (("", w), ("_then", standing)):
        m = each.matters[own]
        closed = m.life == world.CLOSED
        values |= {
            f"closed{end}": int(closed.sum()), f"on_time{end}": int((closed & (m.closed <= m.deadline)).sum()),
            f"hours{end}": f"{hours(each)[own].sum():.0f}", f"conflicts{end}": f"{conflicts(each)[own].sum():.0f}",
        }  # fmt: skip
    return told("own", **values)


def _others(board: Board, w: World, standing: World) -> Told:
    """Whether the matters that nobody brought before the director were served otherwise."""
    rest = np.setdiff1d(np.arange(len(w.matters)), board.own)
    taken = np.array([
        [days_in_hand(each)[rest].mean(), 100.0 * conflicts(each)[rest].mean(), hours(each)[rest].mean()]
        for each in (w, standing)
    ]) if len(rest) else np.zeros((2, len(_OTHERS)))  # fmt: skip
    felt = []
    for name, (mine, other) in zip(_OTHERS, taken.T.tolist(), strict=True):
        if abs(mine - other) >= SMALLEST[name].size:
            felt.append(_beside("instead", _plain(name), mine, other))
    return told("others_felt" if felt else "others_not", count=len(rest), what=clauses(felt))


def _plain(name: str) -> Json:
    """A measure of the means of some matters."""
    measure = MEASURES[NAMES.index(name)]
    return {"name": name, "title": titled(measure), "unit": unit_of(measure.unit), "digits": 1}


def _beside(key: str, measure: Json, mine: float, other: float) -> Told:
    return told(key, title=measure["title"], mine=_amount(measure, mine), other=_amount(measure, other))


def _amount(measure: Json, value: float) -> Told:
    """A value with its unit, which goes without saying of a count; of a share, in hundredths."""
    of, number = MEASURES[NAMES.index(measure["name"])].unit, f"{value:.{measure['digits']}f}"
    if of == "share":
        return {"en": f"{100.0 * value:.0f} %", "zh": f"{100.0 * value:.0f}%"}
    return {lang: number if of == "count" else f"{number} {measure['unit'][lang]}" for lang in LANGUAGES}
