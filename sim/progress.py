"""How far an experiment is, and how that is shown: a bar in a terminal, else a line now and then."""

import math
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from sim.messages import say

LINE_SECONDS = 5.0  # between plain lines


class Progress(NamedTuple):
    """A moment of an experiment."""

    wanted: int  # runs asked for
    kept: int  # of these, runs that existed before
    ran: int  # runs finished now, failures included
    failed: int  # of these, failures
    seconds: float  # since the first run was finished

    @property
    def rate(self) -> float:
        """Runs per second, the first left out; 0 before the second has finished."""
        return (self.ran - 1) / self.seconds if self.ran > 1 and self.seconds > 0 else 0.0

    @property
    def done(self) -> int:
        """Runs that need not be done any more."""
        return self.kept + self.ran

    @property
    def remaining(self) -> float:
        """Seconds left at this rate; NaN while the rate is unknown."""
        return (self.wanted - self.done) / self.rate if self.rate else math.nan

    def line(self, lang: str) -> str:
        """In words."""
        if not self.ran:
            return say("preparing", lang)
        return say(
            "progress", lang, done=self.done, wanted=self.wanted, rate=self.rate, remaining=_clock(self.remaining)
        )


def _clock(seconds: float) -> str:
    """Hours, minutes and seconds; a dash if unknown."""
    if math.isnan(seconds):
        return "–"
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


@contextmanager
def shown(lang: str) -> Iterator[Callable[[Progress], None]]:
    """A function that shows progress on the error stream while the context lasts."""
    if not sys.stderr.isatty():
        yield _lines(lang)
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    with Bar(BarColumn(), TextColumn("{task.description}"), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda now: bar.update(task, total=now.wanted, completed=now.done, description=now.line(lang))


def _lines(lang: str) -> Callable[[Progress], None]:
    last = time.monotonic()

    def show(now: Progress) -> None:
        nonlocal last
        if not now.ran or time.monotonic() - last >= LINE_SECONDS:
            last = time.monotonic()
            print(now.line(lang), file=sys.stderr, flush=True)

    return show
