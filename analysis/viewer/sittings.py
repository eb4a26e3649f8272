"""Who sits at an exercise: one game to each browser, kept on disk as its decisions, and in memory while it is played.

A browser is told apart by a cookie that nobody can guess.  A game's file is named after the cookie and does not give it
away, so that a server that starts anew finds every game where it was left.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from analysis.viewer.desk import Sitting
from sim import saves
from sim.decisions import Decision, read_choice
from sim.errors import RequestError
from sim.play import Board, decide, replay

KEPT = 64  # games in memory


class Stale(Exception):
    """A decision about a game that has gone on since, in another window or by a second click."""


class Sittings:
    """The games of one exercise; may be asked by many threads at once.  ``offered`` is a save that a browser without a
    game of its own goes on from.
    """

    def __init__(self, board: Board, folder: Path, offered: saves.Save | None = None) -> None:
        self.board, self.folder = board, folder
        self._offered = self._played(offered.trainee, offered.decisions) if offered else None
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[threading.Lock, list[Sitting]]] = OrderedDict()

    def get(self, key: str) -> Sitting:
        """The game of a browser as it stands."""
        return self._change(key, lambda sitting: sitting)

    def begin(self, key: str, trainee: str) -> Sitting:
        """Begin, under a name; one that has begun goes on as it is."""

        def change(sitting: Sitting) -> Sitting:
            return sitting if sitting.begun else self._stored(key, trainee, ())

        return self._change(key, change)

    def decide(self, key: str, count: int, choice: object) -> Sitting:
        """Decide at the point where ``count`` decisions have led; ``Stale`` if the game stands elsewhere."""

        def change(sitting: Sitting) -> Sitting:
            if not sitting.begun or count != len(sitting.log):
                raise Stale
            made = decide(self.board, sitting.game, read_choice(choice))
            return self._stored(key, sitting.trainee, (*sitting.log, made))

        return self._change(key, change)

    def resume(self, key: str, data: object) -> Sitting:
        """Go on from a save; ``RequestError`` if it is damaged, or of another exercise."""
        save = saves.read(data)
        saves.check_fits(save, self.board.exercise)
        return self._change(key, lambda sitting: self._stored(key, save.trainee, save.decisions))

    def restart(self, key: str) -> Sitting:
        """Begin anew; what was played stays on disk under another name."""

        def change(sitting: Sitting) -> Sitting:
            path = self.path(key)
            if path.exists():
                number = 1 + len(list(self.folder.glob(f"{path.stem}-*.json")))
                path.rename(path.with_name(f"{path.stem}-{number}.json"))
            return self._empty()

        return self._change(key, change)

    def path(self, key: str) -> Path:
        """The file of a browser's game."""
        return self.folder / f"{hashlib.sha256(key.encode()).hexdigest()[:16]}.json"

    def _change(self, key: str, change: Callable[[Sitting], Sitting]) -> Sitting:
        """Change a browser's game, one change after the other; if it is refused, nothing has changed."""
        with self._lock:
            lock, held = self._kept.setdefault(key, (threading.Lock(), []))
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        with lock:
            sitting = change(held[0] if held else self._found(key))
            held[:] = [sitting]
            return sitting

    def _found(self, key: str) -> Sitting:
        """The game on disk, else the one offered, else one that has not begun."""
        path = self.path(key)
        if not path.exists():
            return self._offered or self._empty()
        save = saves.load(path)
        saves.check_fits(save, self.board.exercise, path.name)
        return self._played(save.trainee, save.decisions)

    def _empty(self) -> Sitting:
        return Sitting(self.board, "", False, replay(self.board, ()))

    def _played(self, trainee: str, log: tuple[Decision, ...]) -> Sitting:
        return Sitting(self.board, trainee, True, replay(self.board, log))

    def _stored(self, key: str, trainee: str, log: tuple[Decision, ...]) -> Sitting:
        """A game played so far, and kept on disk once it has turned out to be one."""
        sitting = self._played(trainee, log)
        saves.store(saves.saved(self.board.exercise, trainee, log), self.path(key))
        return sitting


def named(data: dict[str, Any]) -> str:
    """The name a trainee gives; ``RequestError`` if it is none."""
    name = data.get("trainee", "")
    if not isinstance(name, str) or len(name) > saves.MOST_NAME or not name.isprintable():
        raise RequestError("must be a name", key="trainee", allowed=f"at most {saves.MOST_NAME} signs")
    return name.strip()
