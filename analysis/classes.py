"""A class: the saves of an exercise in a folder, each played out and set among the strategies on the same world."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from analysis.compare import KEY, PLANE, write_whole
from analysis.debrief import places
from analysis.debrief_words import Told, half_day, told
from analysis.followed import Field, field, finished, number_or_none
from analysis.viewer.film import MAIN
from analysis.wording import measure, measure_label, measure_unit, number
from sim.decisions import Decision
from sim.errors import RequestError
from sim.exercise import Exercise
from sim.labels import LANGUAGES
from sim.measures import NAMES, assess
from sim.messages import explain, say
from sim.play import Board, Game, lay, replay
from sim.saves import check_fits, load
from sim.smallest_effects import SMALLEST

COLUMNS = tuple(dict.fromkeys((*PLANE, *(NAMES[column] for column in MAIN))))  # measures of a row
_RISKY = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # what a spreadsheet takes a cell for a formula by
_SIGNS = {"up": "▲", "down": "▼", "": ""}

Row = dict[str, Any]


class Skipped(NamedTuple):
    """A file that is no finished save of the exercise, and why."""

    file: str
    why: Told


class Class(NamedTuple):
    """The trainees of a class, and the strategies they are among."""

    exercise: Exercise
    rows: list[Row]  # ``result_row`` of each, with its file, in the order of the files' names
    skipped: list[Skipped]
    rivals: Field

    @property
    def title_en(self) -> str:
        """The exercise, in English."""
        return self.exercise.title.en

    @property
    def title_zh(self) -> str:
        """The same in Chinese."""
        return self.exercise.title.zh


def gathered(exercise: Exercise, folder: Path) -> Class:
    """Play out every save (``*.json``) of a folder that is of this exercise and finished; say of the others why not."""
    files = sorted(path for path in folder.glob("*.json") if not path.name.startswith("."))
    if not files:
        raise RequestError("no save of an exercise in this folder", where=str(folder))
    board = lay(exercise)
    rivals = field(board)
    rows, skipped = [], []
    for path in files:
        try:
            save = load(path)
            check_fits(save, exercise)
            game = replay(board, save.decisions)
        except RequestError as error:
            skipped.append(Skipped(path.name, _why(error)))
            continue
        if game.point is not None:
            skipped.append(Skipped(path.name, told("unfinished", when=half_day(game.point.tick))))
        else:
            name = one_line(save.trainee) or path.stem
            rows.append({"file": path.name, **_row(board, name, game, rivals)})
    return Class(exercise, rows, skipped, rivals)


def result_row(board: Board, log: Sequence[Decision], trainee: str, rivals: Field | None = None) -> Row:
    """A finished exercise as one row: whose, how many decisions, the main measures, and the place of each among the
    strategies and this trainee (``place_<measure>``, 1 the best; None where nothing is better or was measured).

    ``rivals`` are ``analysis.followed.field(board)``, if that has been made already.
    """
    return _row(board, one_line(trainee), finished(board, log), field(board) if rivals is None else rivals)


def csv_of(rows: Sequence[Row]) -> str:
    """Rows as CSV; a text that a spreadsheet would run begins with an apostrophe."""
    out = io.StringIO()
    if rows:
        table = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows({name: _safe(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def write_class(found: Class, folder: Path, languages: Sequence[str] = LANGUAGES) -> list[Path]:
    """Write ``class.csv`` and ``figures/class`` into a folder; returns the files."""
    from analysis.figures.classes import classes  # which draws, and needs what is above
    from analysis.figures.style import save_each, writable

    written = [write_whole(folder / "class.csv", csv_of(found.rows).encode())]
    return written + save_each(lambda lang: classes(found, lang), folder / "figures" / "class", writable(languages))


def class_table(found: Class, lang: str) -> RenderableType:
    """Trainees, then strategies, on four key measures, for ``rich``; and what was left out."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    table.add_column(told("trainee")[lang], vertical="bottom", overflow="fold")
    table.add_column(told("decisions")[lang], vertical="bottom", justify="right")
    for name in KEY:
        head = Text(f"{measure_label(name, lang)} {_SIGNS[measure(name).better]}")
        table.add_column(head.append("\n" + measure_unit(name, lang), style="not bold dim"), justify="right")
    for row in found.rows:
        cells = (_cell(row[name], row[f"place_{name}"], name) for name in KEY)
        table.add_row(Text(one_line(row["trainee"])), str(row["decisions"]), *cells)
    for strategy, values in zip(found.rivals.strategies, found.rivals.values, strict=True):
        cells = (_cell(values[NAMES.index(name)], None, name) for name in KEY)
        table.add_row(Text(strategy.label(lang)), "", *cells, style="dim")
    lines = [told("left_out", file=each.file, why=each.why)[lang] for each in found.skipped]
    caption = told("class_caption", count=len(found.rivals.strategies))[lang]
    title = told("class_title", exercise=found.title_zh if lang == "zh" else found.title_en)[lang]
    return Group(Text(title, style="bold"), Text(), table, Text(), Text(caption, style="dim"), *map(Text, lines))


def one_line(name: str) -> str:
    """A name without line breaks and signs that nobody can see."""
    return "".join(sign for sign in " ".join(name.split()) if sign.isprintable())


def _row(board: Board, trainee: str, game: Game, rivals: Field) -> Row:
    values = np.vstack([assess(game.world), rivals.values])
    columns = {name: values[:, NAMES.index(name)] for name in COLUMNS}
    row: Row = {"trainee": trainee, "exercise": board.exercise.name, "decisions": len(game.decided)}
    row |= {name: number_or_none(column[0]) for name, column in columns.items()}
    return row | {f"place_{name}": places(column, measure(name).better)[0] for name, column in columns.items()}


def _why(error: RequestError) -> Told:
    """A refusal as it is told of one file among others."""
    again = RequestError(error.what, key=error.key, got=error.got, allowed=error.allowed, nearest=error.nearest)
    return {lang: explain(again, lang).removeprefix(say("error", lang)) for lang in LANGUAGES}


def _safe(value: Any) -> Any:
    """A cell that no spreadsheet runs, on one line."""
    if not isinstance(value, str):
        return value
    plain = one_line(value)
    return f"'{plain}" if plain.startswith(_RISKY) else plain


def _cell(value: float | None, place: int | None, name: str) -> str:
    """A value as finely as differences matter and one digit more, with its place."""
    digits = max(0, 1 - int(np.floor(np.log10(SMALLEST[name].size))))
    shown = number(np.nan if value is None else value, digits)
    return shown if place is None else f"{shown} ({place})"
