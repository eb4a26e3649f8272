"""Who sits at an exercise: one game to each browser, kept on disk as its decisions, and in memory while it is played.

A browser is told apart by a cookie that nobody can guess.  A game's file is named after the cookie and does not give it
away, so that a server that starts anew finds every game where it was left.
"""

import hashlib
import itertools
import threading
from collections import OrderedDict
from pathlib import Path
from typing import Any, NamedTuple

from sim import saves
from sim.decisions import Decision, read_choice
from sim.errors import RequestError
from sim.play import Board, Game, decide, replay

KEPT = 64  # games in memory
LOCKS = 64  # browsers that do not wait for each other; more share them


class Sitting(NamedTuple):
    """One trainee at one exercise: whose, what has been decided, and where the game stands."""

    board: Board
    trainee: str
    begun: bool
    game: Game

    @property
    def log(self) -> tuple[Decision, ...]:
        """What has been decided."""
        return self.game.decided


class Stale(Exception):
    """A decision about a game that has gone on since, in another window or by a second click."""


class Sittings:
    """The games of one exercise; may be asked by many threads at once.

    ``offered`` is a save that every browser goes on from; what it had of its own is put aside.
    """

    def __init__(self, board: Board, folder: Path, offered: saves.Save | None = None) -> None:
        self.board, self.folder = board, folder
        self._empty = Sitting(board, "", False, replay(board, ()))
        self._offered = self._played(offered.trainee, offered.decisions) if offered else None
        self._took: set[str] = set()
        self._lock, self._locks = threading.Lock(), [threading.Lock() for _ in range(LOCKS)]
        self._kept: OrderedDict[str, Sitting] = OrderedDict()

    def get(self, key: str) -> Sitting:
        """The game of a browser as it stands; ``RequestError`` if its file is damaged or of another exercise."""
        with self._one_by_one(key):
            return self._held(key)

    def begin(self, key: str, trainee: str) -> Sitting:
        """Begin, under a name; one that has begun goes on as it is."""
        with self._one_by_one(key):
            sitting = self._held(key)
            return sitting if sitting.begun else self._store(key, trainee, ())

    def decide(self, key: str, count: int, choice: object) -> Sitting:
        """Decide at the point where ``count`` decisions have led; ``Stale`` if the game stands elsewhere."""
        with self._one_by_one(key):
            sitting = self._held(key)
            if not sitting.begun or count != len(sitting.log):
                raise Stale
            made = decide(self.board, sitting.game, read_choice(choice))
            return self._store(key, sitting.trainee, (*sitting.log, made))

    def resume(self, key: str, data: object) -> Sitting:
        """Go on from a save; ``RequestError`` if it is damaged, or of another exercise.

        What was played is put aside.
        """
        save = saves.read(data)
        saves.check_fits(save, self.board.exercise)
        sitting = self._played(save.trainee, save.decisions)
        with self._one_by_one(key):
            self._put_aside(key)
            return self._store(key, sitting.trainee, sitting.log)

    def restart(self, key: str) -> Sitting:
        """Begin anew; what was played is put aside."""
        with self._one_by_one(key):
            self._put_aside(key)
            return self._keep(key, self._empty)

    def path(self, key: str) -> Path:
        """The file of a browser's game."""
        return self.folder / f"{hashlib.sha256(key.encode()).hexdigest()[:16]}.json"

    def _one_by_one(self, key: str) -> threading.Lock:
        """What a browser's changes wait for each other by."""
        return self._locks[hash(key) % LOCKS]

    def _held(self, key: str) -> Sitting:
        """The game in memory, else the one offered, else the one on disk, else one that has not begun."""
        with self._lock:
            sitting = self._kept.get(key)
        if sitting:
            return sitting
        path = self.path(key)
        if self._offered and key not in self._took:
            self._took.add(key)
            self._put_aside(key)
            return self._store(key, self._offered.trainee, self._offered.log)
        if not path.exists():
            return self._empty
        save = saves.load(path)
        saves.check_fits(save, self.board.exercise, path.name)
        return self._keep(key, self._played(save.trainee, save.decisions))

    def _played(self, trainee: str, log: tuple[Decision, ...]) -> Sitting:
        return Sitting(self.board, trainee, True, replay(self.board, log))

    def _store(self, key: str, trainee: str, log: tuple[Decision, ...]) -> Sitting:
        """A game played so far, kept on disk once it has turned out to be one."""
        sitting = self._played(trainee, log)
        saves.store(saves.saved(self.board.exercise, trainee, log), self.path(key))
        return self._keep(key, sitting)

    def _keep(self, key: str, sitting: Sitting) -> Sitting:
        """The same, kept in memory while there is room."""
        with self._lock:
            self._kept[key] = sitting
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return sitting

    def _put_aside(self, key: str) -> None:
        """Give the file of a game another name, if there is one."""
        path = self.path(key)
        if path.exists():
            names = (path.with_name(f"{path.stem}-{number}.json") for number in itertools.count(1))
            path.rename(next(name for name in names if not name.exists()))


def named(data: dict[str, Any]) -> str:
    """The name a trainee gives; ``RequestError`` if it is none."""
    name = data.get("trainee", "")
    if not isinstance(name, str) or len(name) > saves.MOST_NAME or not name.isprintable():
        raise RequestError("must be a name", key="trainee", allowed=f"at most {saves.MOST_NAME} signs")
    return name.strip()
