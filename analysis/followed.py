"""A run followed matter by matter: what each took and led to, how it was handled, and where it was when.

A debrief sets two of them side by side, of the same world.  What is told here of a matter is looked up in the run, and
its journal; nothing is guessed.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.intervals import Floats
from analysis.viewer.film import through
from sim import engine, world
from sim.decisions import Choice, Decision
from sim.errors import RequestError
from sim.experiment import DOMINANT
from sim.journal import Event, Journal, acts, keep
from sim.labels import TIMINGS
from sim.parameters import MODES
from sim.play import Board, Game, begin, by_key, days, replay
from sim.rules.positions import need_now
from sim.strategy import Strategy
from sim.workload import start
from sim.world import World

# Where a matter under way can be, the first that applies: blocked; a case; a round to come; on a desk; a brief nobody
# has taken; work of units; or none of these: with readers, other organs, at an occasion.
PLACES = ("conflict", "leader", "round", "desk", "queue", "units", "elsewhere")
NOWHERE = len(PLACES)  # not under way
_UNDER_WAY = (world.BEFORE, world.DECISION, world.DURING, world.AFTER)
_PHASES = {world.BEFORE: "before", world.DECISION: "before", world.DURING: "during", world.AFTER: "after"}

Drive = Callable[[World], Iterator[int]]  # as in analysis.viewer.film


class Round(NamedTuple):
    """A round of coordination that was held."""

    tick: int
    phase: str  # before the decision, during the work, after it
    mode: str


class Handling(NamedTuple):
    """How a matter was coordinated."""

    structure: str
    time: str  # of sim.labels.TIMINGS: what most of the hours were kept for
    hours: float  # coordinators' hours it was given
    ahead: float  # half-days of waiting it was spared in queues
    heard: tuple[int, ...]  # actors whose views were sought, the lead unit first
    mode: str  # chosen for its rounds
    rounds: tuple[Round, ...]
    ending: str  # of the first consultation: agreed, reserved, unresolved, or empty if there was none


class Followed(NamedTuple):
    """A finished run, what its journal has of the director's matters, and where they were in each half-day."""

    journal: Journal
    places: NDArray[np.uint8]  # (ticks, own), PLACES or NOWHERE

    @property
    def world(self) -> World:
        """As it ended."""
        return self.journal.world


class Field(NamedTuple):
    """The strategies that a year is compared with, on its own world; the standing way of the office first."""

    strategies: tuple[Strategy, ...]
    standing: World  # as the standing way left it
    values: Floats  # (strategies, NAMES)


def field(board: Board) -> Field:
    """Run the standing way and the exercise's opponents on the world of a board: much, but once for all its games."""
    standing = board.exercise.standing
    strategies = (standing, *(each for each in board.exercise.opponents if each.name != standing.name))
    values = [engine.run(board.template, each.record()).measures for each in strategies]
    return Field(strategies, engine.simulate(board.template, board.standing), np.array(values))


def finished(board: Board, log: Sequence[Decision]) -> Game:
    """The game after a log, which must be over."""
    game = replay(board, log)
    if game.point is not None:
        raise RequestError("the exercise is not over yet", key="decisions", got=len(log))
    return game


def follow_game(board: Board, game: Game) -> Followed:
    """A game that is over, gone through once more to see where the director's matters were."""
    answer = by_key({point.key: choice for point, choice in game.decided})
    places = _places(board, begin(board, 0), lambda w: days(board, answer, w))
    return Followed(_journal(board, game.world), places)


def follow_strategy(board: Board, strategy: Strategy) -> Followed:
    """The same of a strategy left to itself."""
    record = strategy.record()
    places = _places(board, start(board.template, record), through)
    return Followed(_journal(board, keep(board.template, record)), places)


def _journal(board: Board, w: World) -> Journal:
    """The journal of the director's matters only, which are few among many and looked up one by one."""
    rows = Journal(board.setting, board.template, w).rows
    rows, totals = rows[np.isin(rows.matter, board.own)], w.totals.copy()
    totals[0].events = len(rows)
    return Journal(board.setting, board.template, w._replace(events=rows, totals=totals))


def _places(board: Board, w: World, drive: Drive) -> NDArray[np.uint8]:
    own = np.array(board.own)
    return np.array([_where(w, own) for _ in drive(w)], np.uint8)


def _where(w: World, own: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Where matters are after a half-day."""
    m: Any = w.matters[own]
    count = int(w.strategy[0].coordinators)
    state, phase = (w.briefs[name].reshape(-1, count)[own] for name in ("state", "phase"))
    awaited = ((state == world.AWAITING) & (phase == world.ROUND)).any(axis=1)
    tests = (
        ~np.isin(m.life, _UNDER_WAY), m.blocked != 0, m.cased != 0, awaited, (state == world.ON_DESK).any(axis=1),
        (state == world.POOLED).any(axis=1), m.pending > 0,
    )  # fmt: skip
    codes = (NOWHERE, *(PLACES.index(place) for place in PLACES[:-1]))
    return np.select(tests, codes, PLACES.index("elsewhere")).astype(np.uint8)


def days_spent(followed: Followed, at: int) -> dict[str, float]:
    """Working days that the matter ``at`` this place among the director's was in each of PLACES."""
    counts = np.bincount(followed.places[:, at], minlength=NOWHERE + 1)
    return {place: count / world.TICKS_PER_DAY for place, count in zip(PLACES, counts[:NOWHERE].tolist(), strict=True)}


def days_in_hand(w: World) -> Floats:
    """Working days each matter took, those still open up to the end, as ``time_in_system`` counts them; (matters,)."""
    m = w.matters
    end = np.full(len(m), float(w.totals[0].horizon))
    over = np.isin(m.life, (world.CLOSED, world.REFUSED))
    end[over] = m.closed[over] + 1.0
    gone = m.life == world.WITHDRAWN
    end[gone] = m.arrival[gone] + float(w.rules[0].withdrawal)
    return np.asarray((end - m.arose) / world.TICKS_PER_DAY)


def hours(w: World) -> Floats:
    """Hours of coordination each matter took: of coordinators, parties and leaders; (matters,)."""
    return np.asarray(w.matters.host_hours + w.matters.party_hours + w.matters.leader_hours)


def conflicts(w: World) -> Floats:
    """Conflicts of each matter, as the measure counts them; (matters,)."""
    m = w.matters
    return np.asarray(m.outbreaks + m.secondary + m.reopened + m.burst, np.float64)


def gap(w: World, m: int) -> float | None:
    """How far the outcome of a closed matter is from what the whole needed then; None if nothing was decided."""
    row = w.matters[m]
    if row.life != world.CLOSED or row.decided < 0:
        return None
    return abs(float(row.outcome) - float(need_now(w, m, int(row.closed))))


def handling(followed: Followed, m: int) -> Handling:
    """How a matter was coordinated."""
    w, told = followed.world, told_of(followed.journal, m)
    way = w.strategy[int(w.matters[m].way)]
    first, count = int(w.matters[m].first), int(w.matters[m].parties)
    parties: Any = w.parties[first : first + count]
    return Handling(
        world.STRUCTURES[int(w.strategy[0].structure)], _time(way, told), float(way.effort) * count,
        float(way.headstart), tuple(parties.actor[parties.heard > 0].tolist()), _mode(w, m),
        tuple(_rounds(w, told)), _ending(told),
    )  # fmt: skip


def told_of(journal: Journal, m: int) -> list[Event]:
    """The events of a matter, act by act."""
    return [event for act in acts(journal, m) for event in act.events]


def _time(way: np.record, told: Sequence[Event]) -> str:
    """What most of the hours were kept for, as ``sim.experiment.timing`` says it of a strategy."""
    chosen = [event.timing for event in told if event.what == "timed"]
    if way.adaptive_timing and chosen:
        return TIMINGS[chosen[0]]
    shares = {name: float(way[name]) for name in ("before", "during", "after")}
    most = max(shares, key=lambda name: shares[name])
    return most if shares[most] >= DOMINANT else "mixed"


def _mode(w: World, m: int) -> str:
    """The mode chosen for a matter; a committee meets, whatever was chosen."""
    meets = int(w.strategy[0].structure) == world.COMMITTEE
    return "meeting" if meets else MODES[int(w.matters[m].mode)]


def _rounds(w: World, told: Sequence[Event]) -> Iterator[Round]:
    back = False
    for event in told:
        back |= event.what == "reopened"
        if event.what == "round":
            life = world.AFTER if back or event.stage < 0 else int(w.stages[event.stage].life)
            yield Round(event.tick, _PHASES[life], MODES[event.mode])


def _ending(told: Sequence[Event]) -> str:
    """How the first consultation ended; that a difference was reserved is told before the agreement."""
    return next((event.what for event in told if event.what in ("reserved", "agreed", "unresolved")), "")


def without(log: Sequence[Decision], m: int) -> Mapping[tuple[int, str, int], Choice]:
    """The choices of a log by point, but for what was decided on one matter: neither at its own points, nor when it was
    put first at another's.
    """
    kept: dict[tuple[int, str, int], Choice] = {}
    for point, choice in log:
        others = tuple(row for row in choice.first if row != m)
        kept[point.key] = Choice(first=others) if point.matter == m else choice.model_copy(update={"first": others})
    return kept


def decided_on(log: Sequence[Decision], m: int) -> bool:
    """Whether anything was said of a matter."""
    return without(log, m) != {point.key: choice for point, choice in log}


def number_or_none(value: float) -> float | None:
    """A number for JSON, which knows no NaN."""
    return None if math.isnan(value) else float(value)
