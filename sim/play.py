"""Playing an exercise: a run that stops where the director decides, and goes on with what was decided.

Nothing is kept of a game but its decisions.  Where it stands is found by running the world again from the start with
them, which takes some hundredths of a second and is the same to the bit each time; so a save is a list of decisions,
and what a single one of them has done is seen by playing the others without it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from sim import engine, schedule, world
from sim.decisions import ARISES, CONFLICT, ROUND, Choice, Decision, Point, answered, check, in_hand, said
from sim.errors import RequestError
from sim.exercise import Exercise, brought
from sim.journal import ROWS_PER_MATTER
from sim.rules.positions import spoken_divergence
from sim.rules.redirection import redirect
from sim.rules.relations import reconciled
from sim.setting import Setting, prepare
from sim.workload import start
from sim.world import World

Answer = Callable[[Point, World], Choice | None]  # what is decided at a point; None: stop there


class Board(NamedTuple):
    """What an exercise is played on: the world as drawn, and which of its matters come to the director."""

    exercise: Exercise
    setting: Setting
    template: World
    standing: np.recarray  # world.STRATEGY, one row
    own: tuple[int, ...]  # rows of matters, in order of arrival


class Game(NamedTuple):
    """A run that is over, or that stands at a point; ``tick`` is the half-day it stands in."""

    world: World
    tick: int
    point: Point | None
    decided: tuple[Decision, ...]
    voices: np.ndarray  # what parties said when the half-day began; float64, shape (parties,)

    @property
    def position(self) -> int:
        """Where the run stands, of schedule.PARTS positions to a half-day."""
        held = self.point is not None and self.point.kind == ROUND
        return self.tick * schedule.PARTS + (schedule.CONCLUDE if held else 0)


def lay(exercise: Exercise) -> Board:
    """Draw the world of an exercise."""
    setting = prepare(exercise.plan)
    template = engine.draw(setting, exercise.plan.seed, exercise.replicate)
    own = brought(setting, template, exercise.matters)
    if not own:
        allowed = "a scenario in which matters touch several parties"
        raise RequestError("no matter of this world comes to the director", key="scenario", allowed=allowed)
    return Board(exercise, setting, template, exercise.standing.record(), own)


def begin(board: Board, room: int) -> World:
    """The world of an exercise, ready to run, with room for so many events."""
    return start(board.template, board.standing, events=room)


def days(board: Board, answer: Answer, w: World) -> Iterator[int]:
    """Run the world of an exercise half-day by half-day, and yield each after it has been run."""
    return _Table(board, answer, w).days()


def play(board: Board, answer: Answer) -> Game:
    """Run the world of an exercise until ``answer`` has none, or to its end; its journal has room for all events."""
    room, wanted = 0, max(ROWS_PER_MATTER * len(board.template.matters), 1)
    while room < wanted:
        room = wanted
        table = _Table(board, answer, begin(board, room))
        tick = 1 + max(table.days(), default=-1)
        wanted = int(table.w.totals[0].events)
    return Game(table.w, tick, table.point, tuple(table.decided), table.voices)


def replay(board: Board, log: Sequence[Decision]) -> Game:
    """The game after the decisions of a log; ``RequestError`` if they do not belong to this world."""
    made = {decision.point: decision.choice for decision in log}

    def answer(point: Point, w: World) -> Choice | None:
        choice = made.get(point)
        if choice is not None:
            check(choice, point, w, board.own)
        return choice

    game = play(board, answer)
    if list(game.decided) != list(log):
        raise RequestError("does not belong to this exercise", key="decisions", got=len(log))
    return game


def decide(board: Board, game: Game, choice: Choice) -> Decision:
    """The decision that a choice makes of the point a game stands at; ``RequestError`` if it cannot be made there."""
    if game.point is None:
        raise RequestError("the exercise is over", key="choice")
    check(choice, game.point, game.world, board.own)
    return Decision(game.point, choice)


def by_key(choices: Mapping[tuple[int, str, int], Choice]) -> Answer:
    """Answers by point, wherever in another course of the world it comes; elsewhere the standing way."""
    return lambda point, w: choices.get(point.key, Choice())


def leave_all(point: Point, w: World) -> Choice:
    """Everything in the standing way."""
    return Choice()


class _Table:
    """One game as it is played."""

    def __init__(self, board: Board, answer: Answer, w: World) -> None:
        self.board, self.answer, self.w = board, answer, w
        self.decided: list[Decision] = []
        self.point: Point | None = None  # where it stands
        self.times: dict[tuple[int, str], int] = {}
        self.own = frozenset(board.own)
        self.rows_of_own = np.array(board.own)
        self.quarrels: set[int] = set()  # own matters in open conflict
        self.rows = 1
        self.accepted: list[int] = []  # matters in which a difference is reserved in this half-day
        self.voices = w.parties.voice.copy()  # what parties said when the half-day began

    def days(self) -> Iterator[int]:
        """Half-day after half-day, to the end or to where there is no answer."""
        for t in range(int(self.w.totals[0].horizon)):
            position = t * schedule.PARTS
            self.voices = self.w.parties.voice.copy()
            if not all(map(self.settle, self.before(t))):
                return
            schedule.run(self.w, position, position + schedule.CONCLUDE)
            if not all(map(self.settle, self.after_rounds(t))):
                return
            schedule.run(self.w, position + schedule.CONCLUDE, position + schedule.PARTS)
            for m in self.accepted:  # this round, not those of later stages
                self.w.strategy[int(self.w.matters[m].way)].reserve = self.board.standing[0].reserve
            self.accepted.clear()
            yield t

    def before(self, t: int) -> Iterator[Point]:
        """What is decided before a half-day: conflicts that have broken out in the last, and matters that arise."""
        w = self.w
        blocked = set(self.rows_of_own[w.matters.blocked[self.rows_of_own] != 0].tolist())
        broken_out = sorted(blocked - self.quarrels)
        self.quarrels = blocked
        for m in broken_out:
            yield self.next_point(CONFLICT, t, m)
        for m in range(int(w.ticks[t].arrivals), int(w.ticks[t + 1].arrivals)):
            if m in self.own:
                yield self.next_point(ARISES, t, m)

    def after_rounds(self, t: int) -> Iterator[Point]:
        """Rounds held in a half-day on own matters that have not brought agreement."""
        for b in self.w.lists.held[: int(self.w.totals[0].held)].tolist():
            w = self.w  # which what has been decided in between may have given a longer table
            m = int(w.briefs[b].matter)
            if m in self.own and not w.matters[m].settling:
                near = self.beyond(m) <= float(w.strategy[int(w.matters[m].way)].reserve)
                closed = not near or bool(reconciled(w, m, t))  # asked as the rule asks, which brings ties up to date
                if not (near and closed):
                    yield self.next_point(ROUND, t, m)._replace(rift=near)

    def beyond(self, m: int) -> float:
        """Divergence from the latest proposal beyond agreement."""
        w = self.w
        apart = float(spoken_divergence(w, m, float(w.briefs[m].proposal)))
        return apart - float(w.rules[0].consensus_divergence)

    def next_point(self, kind: str, t: int, m: int) -> Point:
        """The next point of its kind in a matter."""
        nth = self.times.get((m, kind), 0)
        self.times[m, kind] = nth + 1
        return Point(kind, t, m, nth)

    def settle(self, point: Point) -> bool:
        """Have a point decided and do what was decided; false if there is no answer."""
        choice = self.answer(point, self.w)
        if choice is None:
            self.point = point
            return False
        self.decided.append(Decision(point, choice))
        for other in choice.first:
            if in_hand(self.w, other):
                self.turn(other, Choice(order="first"), point.tick)
        if choice != Choice(first=choice.first) or point.kind == ROUND:
            self.turn(point.matter, choice, point.tick, point.kind)
        return True

    def turn(self, m: int, choice: Choice, t: int, kind: str = "") -> None:
        """Give a matter a row of its own that says what was decided, and have it go by that from now on; ``kind`` is
        that of its own point, if it is at one.
        """
        if self.rows == len(self.w.strategy):
            longer = world.table(world.STRATEGY, 2 * self.rows)
            longer[: self.rows] = self.w.strategy
            self.w = self.w._replace(strategy=longer)
        w, row = self.w, self.rows
        w.strategy[row] = w.strategy[int(w.matters[m].way)]
        said(w.strategy[row], self.board.standing[0], choice)
        if kind == ROUND:
            answered(w.strategy[row], self.board.standing[0], choice, int(w.briefs[m].rounds), self.beyond(m))
        if choice.answer == "accept":
            self.accepted.append(m)
        self.rows += 1
        if kind == ARISES:
            w.matters[m].way = row
        else:
            redirect(w, m, row, t)
