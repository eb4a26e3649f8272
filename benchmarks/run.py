"""Measure speed and memory, and print the figures beside the floors they should reach.

``python3 run.py bench`` calls this.  A figure below its floor is said to be, and fails nothing: machines differ.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from benchmarks.figure import Figure, Size
from benchmarks.machine import machine
from benchmarks.wording import word
from sim.errors import RequestError
from sim.messages import LANGUAGES, explain, language
from sim.spoken import Command, OneOf, Option, refusal

if TYPE_CHECKING:
    from rich.table import Table

PARTS = ("throughput", "recording", "twin", "batches", "sweeping", "mesa", "start", "large", "million", "scaling")
PLAIN_WIDTH = 140  # of a table that no terminal shows
INTERRUPTED = 130


def bench(only: tuple[str, ...], file: Path | None, lang: str) -> None:
    """Measure all parts, or those named, and show them."""
    if file:
        _check_writable(file)
    where = machine()
    print(word("machine", lang, **where))
    if where["cores"] < 2:
        print(word("few_cores", lang))
    figures: dict[str, list[Figure]] = {}
    sizes: list[Size] = []
    _tell(word("warming", lang))
    for part, measure in _measurements(only or PARTS):
        _tell(word("measuring", lang, part=word(part, lang)))
        if part == "scaling":
            sizes = measure()
        else:
            figures[part] = measure()
    _show(figures, sizes, lang)
    if file:
        listed = [{"part": part, **each.as_json()} for part, group in figures.items() for each in group]
        scaling = [{**size._asdict(), "total": size.total} for size in sizes]
        content = {"machine": where, "figures": listed, "scaling": scaling}
        file.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _measurements(parts: tuple[str, ...]) -> list[tuple[str, Callable[[], Any]]]:
    """How each part is measured; the rules are compiled or loaded first, so that no part pays for it."""
    from benchmarks import batches, default_world, recording, size, starting, sweeping

    default_world.warm()
    known: dict[str, Callable[[], Any]] = {
        "throughput": default_world.throughput, "recording": recording.recording, "twin": default_world.twin,
        "batches": batches.batches, "sweeping": sweeping.sweeping, "mesa": default_world.mesa,
        "start": starting.start, "large": size.large, "million": size.million, "scaling": size.scaling,
    }  # fmt: skip
    return [(part, known[part]) for part in PARTS if part in parts]


def _check_writable(file: Path) -> None:
    try:
        file.open("a").close()
    except OSError as error:
        raise RequestError(f"cannot be opened: {error.strerror}", key="--json", got=str(file)) from error


def _tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _show(figures: dict[str, list[Figure]], sizes: list[Size], lang: str) -> None:
    """The tables: framed in a terminal, plain text elsewhere."""
    from rich.console import Console

    out = Console(highlight=False, width=None if sys.stdout.isatty() else PLAIN_WIDTH)
    if figures:
        table = _table(("figure", "median", "spread", "samples", "unit", "floor", "verdict"), (0, 4, 6), lang)
        for part, group in figures.items():
            table.add_row(f"[bold]{word(part, lang)}[/bold]")
            for each in group:
                table.add_row(*_line(each, lang))
        out.print(table)
    if sizes:
        table = _table(
            ("actors", "matters", "draw", "run", "assess", "total", "growth", "party_tick", "growth"), (), lang
        )
        for size in sizes:
            costs = (size.draw, size.run, size.assess, size.total, size.total / sizes[0].total)
            ticks = (size.party_tick, size.party_tick / sizes[0].party_tick)
            table.add_row(f"{size.actors:,}", f"{size.matters:,}", *(f"{cost:.1f}" for cost in (*costs, *ticks)))
        out.print("\n" + word("scaling_title", lang))
        out.print(table)


def _table(columns: tuple[str, ...], left: tuple[int, ...], lang: str) -> "Table":
    from rich import box
    from rich.table import Table

    frame = box.SIMPLE_HEAD if sys.stdout.isatty() else None
    table = Table(box=frame, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0))
    for place, column in enumerate(columns):
        table.add_column(word(column, lang), justify="left" if place in left else "right")
    return table


def _line(each: Figure, lang: str) -> tuple[str, ...]:
    """A figure in words."""
    spread, floor, verdict = "", "", ""
    if len(each.samples) > 1:
        spread = f"{_number(min(each.samples))} – {_number(max(each.samples))}"
    if each.floor is not None:
        floor = f"{'≥' if each.floor.at_least else '≤'} {_number(each.floor.value)}"
        verdict = word("reached", lang) if each.reached else f"[red]{word('below', lang)}[/red]"
    count = str(len(each.samples))
    return "  " + word(each.name, lang), _number(each.median), spread, count, word(each.unit, lang), floor, verdict


def _number(value: float) -> str:
    """Whole from a hundred on, else three digits."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def main(arguments: list[str]) -> int:
    """Carry out a command line; the exit status is 0, 2 for a wrong request, 130 if interrupted."""
    lang = language(arguments)
    options: list[click.Parameter] = [
        click.Option(["--only"], type=OneOf(*PARTS), multiple=True, help=word("only", lang)),
        click.Option(["--json", "file"], type=click.Path(path_type=Path), metavar="FILE", help=word("json", lang)),
        Option(["--lang"], type=OneOf(*LANGUAGES), expose_value=False, help="lang"),
    ]
    command = Command("bench", callback=lambda only, file: bench(only, file, lang), params=options, help="bench")
    try:
        command.main(arguments, prog_name="run.py bench", standalone_mode=False, obj=lang)
    except RequestError as error:
        _tell(explain(error, lang))
        return 2
    except click.UsageError as error:
        _tell(explain(refusal(error, lang), lang))
        return 2
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
