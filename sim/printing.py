"""Tables and JSON for whoever asked: a person, or a program."""

import json
import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sim.messages import say

if TYPE_CHECKING:
    from rich.console import Console

_NUMERIC = ("value", "default", "count")  # columns aligned to the right
_WHOLE = ("name", "path")  # to be typed again: never broken
_LEGIBLE = {"meaning": 22, "origin": 10}  # columns for a sentence


def console() -> "Console":
    """Standard output; numbers are not coloured by guesswork."""
    from rich.console import Console

    return Console(highlight=False)


def print_table(lang: str, head: Sequence[str], rows: Iterable[Sequence[str]], title: str = "") -> None:
    """A table whose ``head`` are message keys."""
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for key in head:
        table.add_column(
            say(key, lang), justify="right" if key in _NUMERIC else "left", overflow="fold", no_wrap=key in _WHOLE,
            min_width=_LEGIBLE.get(key),
        )  # fmt: skip
    for row in rows:
        table.add_row(*map(escape, row))
    console().print(table)


def print_json(content: object) -> None:
    """JSON knows no NaN: null stands for what could not be measured."""
    print(json.dumps(_plain(content), ensure_ascii=False, indent=2, allow_nan=False))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
