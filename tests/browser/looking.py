"""What tests of pages share: servers for them, and a page that is ready."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from starlette.types import ASGIApp

from analysis.viewer import serving
from analysis.viewer.exercise_app import exercise_app
from analysis.viewer.sittings import Sittings
from analysis.viewer.watching import Choices, watch_app

# One half-day on, and so on; every key that moves the clock, with by how many half-days.
KEYS = {"ArrowRight": 1, "ArrowLeft": -1, "Shift+ArrowRight": 2, "Shift+ArrowLeft": -2, "Shift+ArrowUp": 10,
        "Shift+ArrowDown": -10}  # fmt: skip
# Texts that are scripts, or end an element, when somebody makes HTML of them.
HOSTILE = (
    "<script>window.__hacked=1</script>",
    '"><img src=x onerror="window.__hacked=1">',
    "</script><!--",
    "a\u2028b'`",
)


class Looked(NamedTuple):
    """What a page has said and asked for while it was looked at."""

    complaints: list[str]  # of the console, errors nobody caught, and windows that it opened
    requests: list[str]


@contextmanager
def at_work(make: Callable[[tuple[str, ...]], ASGIApp], port: int = 0) -> Iterator[str]:
    """The address of a server in a thread, for an app made for the names it is addressed by; port 0 is any."""
    with serving.bound(serving.PRIVATE, port) as listening:
        server = serving.server(make(serving.hosts(serving.PRIVATE, listening)))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield serving.address(serving.PRIVATE, listening)
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def watched(choices: Choices, lang: str = "en") -> Iterator[str]:
    """The address at which runs can be watched."""
    with at_work(lambda hosts: watch_app(choices, lang, hosts)) as place:
        yield place


@contextmanager
def exercised(sittings: Sittings, lang: str = "en", port: int = 0) -> Iterator[str]:
    """The address at which an exercise can be played."""
    with at_work(lambda hosts: exercise_app(sittings, lang, hosts), port) as place:
        yield place


def ready(page: Any, place: str) -> Any:
    """The page at an address, when it shows its film."""
    page.goto(place)
    page.locator("#main").wait_for(state="visible")
    return page


def clock(page: Any) -> int:
    """The half-day at which the page is."""
    return int(page.locator("#seek").input_value())


def until(page: Any, condition: str, argument: Any = None) -> None:
    """Wait until a condition in the page's own language holds."""
    page.wait_for_function(condition, arg=argument)


def at(page: Any, tick: int) -> None:
    """Wait until the page is at a half-day, and all that is written there says so."""
    until(page, "tick => document.querySelector('#clock').textContent === Words.clock(tick)", tick)


def hostile(value: Any, key: str = "") -> Any:
    """The same data of a page in which every text is a script, or ends an element."""
    if isinstance(value, dict):
        return {name: hostile(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [hostile(each, key) for each in value]
    return "".join(HOSTILE) if isinstance(value, str) and key in ("en", "zh") else value
