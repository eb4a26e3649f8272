"""A class: every save of a folder becomes a row or a reason, and no name of a trainee does any harm."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from analysis.classes import COLUMNS, Class, class_table, csv_of, gathered, one_line, result_row, write_class
from analysis.debrief import debrief
from analysis.figures.classes import classes
from analysis.figures.style import chinese_font
from sim.decisions import Choice, Point
from sim.errors import RequestError
from sim.exercise import FOLDER, load_exercise
from sim.labels import LANGUAGES
from sim.measures import NAMES
from sim.play import Board, lay, leave_all, play
from sim.saves import saved, store, written
from sim.world import World

HAN = re.compile(r"[\u4e00-\u9fff]")
RISKY = "=+-@\t\r＝＋－＠"


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Board:
    """The first lesson, compared with two strategies."""
    file = tmp_path_factory.mktemp("exercise") / "first-weeks.toml"
    rivals = 'rivals = ["unified-before-meeting", "multi2-before-meeting"]\n'
    file.write_text(rivals + (FOLDER / file.name).read_text(encoding="utf-8"), encoding="utf-8")
    return lay(load_exercise(file))


@pytest.fixture(scope="module")
def folder(board: Board, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two finished saves, and one of each kind that is none."""
    exercise, place = board.exercise, tmp_path_factory.mktemp("class")
    whole = play(board, leave_all).decided
    store(saved(exercise, "李明", whole), place / "a.json")
    store(saved(exercise, "=1+1", play(board, by_talks).decided), place / "b.json")
    store(saved(exercise, "half", whole[:4]), place / "half.json")
    store(saved(load_exercise("teaching"), "other", ()), place / "alien.json")
    old = {**written(saved(exercise, "old", whole)), "code": "0.1.0 of old"}
    (place / "old.json").write_text(json.dumps(old), encoding="utf-8")
    (place / "damaged.json").write_text("{", encoding="utf-8")
    (place / "deep.json").write_text("[" * 100_000, encoding="utf-8")
    (place / "binary.json").write_bytes(b"\xff\x00\xfe")
    (place / "forged.json").write_text(json.dumps(forged(board)), encoding="utf-8")
    (place / "folder.json").mkdir()
    (place / "notes.txt").write_text("no save", encoding="utf-8")
    return place


def by_talks(point: Point, w: World) -> Choice:
    """Everything is talked over, and what is not agreed is reported."""
    return (
        Choice(mode="talks") if point.kind == "arises" else Choice(answer="report" if point.kind == "round" else None)
    )


def forged(board: Board) -> dict[str, Any]:
    """A save with a decision on a matter that is not the director's."""
    data = written(saved(board.exercise, "forged", play(board, leave_all).decided))
    data["decisions"][0]["matter"] = 0
    return data


@pytest.fixture(scope="module")
def found(board: Board, folder: Path) -> Class:
    return gathered(board.exercise, folder)


def test_every_file_becomes_a_row_or_a_reason(found: Class, folder: Path) -> None:
    assert [row["file"] for row in found.rows] == ["a.json", "b.json"]
    skipped = {each.file: each.why for each in found.skipped}
    assert set(skipped) | {"a.json", "b.json"} == {path.name for path in folder.glob("*.json")}
    for file, word in (
        ("half.json", "not finished: stands at day"),
        ("alien.json", "another exercise"),
        ("old.json", "other rules"),
        ("damaged.json", "damaged"),
        ("deep.json", "damaged"),
        ("binary.json", "damaged"),
        ("forged.json", "does not belong"),
        ("folder.json", "cannot be read"),
    ):
        assert word in skipped[file]["en"], file
        assert str(folder) not in skipped[file]["en"]
    assert HAN.search(skipped["half.json"]["zh"])


def test_a_row_says_what_the_debrief_says(found: Class, board: Board) -> None:
    log = play(board, by_talks).decided
    told = {measure["name"]: measure for measure in debrief(board, log)["measures"]}
    row = result_row(board, log, "=1+1")
    assert {"file": "b.json", **row} == found.rows[1]
    assert row["decisions"] == len(log)
    assert set(told) < set(COLUMNS)
    for name, measure in told.items():
        assert row[name] == measure["mine"]
        assert row[f"place_{name}"] == measure["place"]


def test_who_leaves_everything_stands_where_the_standing_way_stands(found: Class) -> None:
    assert found.rivals.strategies[0].name == found.exercise.standing.name
    for name in COLUMNS:
        assert found.rows[0][name] == found.rivals.values[0, NAMES.index(name)]


@given(st.lists(st.text(max_size=30) | st.sampled_from(RISKY).map(lambda sign: f" {sign}1+1"), min_size=1, max_size=5))
def test_no_name_is_run_by_a_spreadsheet_or_breaks_a_table(names: list[str]) -> None:
    rows = [{"trainee": name, "conflicts": 1.5, "place_conflicts": None} for name in names]
    read = list(csv.DictReader(io.StringIO(csv_of(rows), newline="")))
    assert len(read) == len(names)
    for name, row in zip(names, read, strict=True):
        assert not row["trainee"].startswith(tuple(RISKY))
        assert row["trainee"].removeprefix("'") == one_line(name).removeprefix("'")
        assert (row["conflicts"], row["place_conflicts"]) == ("1.5", "")


def test_a_folder_without_saves_is_refused(board: Board, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="no save"):
        gathered(board.exercise, tmp_path)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_names_everybody_and_what_was_left_out(found: Class, lang: str) -> None:
    console = Console(width=160, record=True, file=io.StringIO())
    console.print(class_table(found, lang))
    shown = console.export_text()
    words = ["李明", "=1+1", *(each.file for each in found.skipped)]
    words += [strategy.label(lang) for strategy in found.rivals.strategies]
    assert not [word for word in words if word not in shown]


def test_files_appear_whole(found: Class, tmp_path: Path) -> None:
    paths = write_class(found, tmp_path, ["en"])
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == [
        "class.csv", "figures/class.png", "figures/class.svg",
    ]  # fmt: skip
    assert paths[0].read_text(encoding="utf-8").splitlines()[2].startswith("b.json,'=1+1,")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["class.csv", "figures"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("count", [1, 25])
def test_every_trainee_and_every_strategy_is_named_in_the_figure(found: Class, lang: str, count: int) -> None:
    if lang == "zh" and chinese_font() is None:
        pytest.skip("no Chinese font")
    rows = [{**found.rows[0], "trainee": f"T{row}", "conflicts": 5.0 + row} for row in range(count)]
    figure = classes(found._replace(rows=rows), lang)
    assert figure is not None
    words = {label.get_text() for label in figure.axes[0].texts}
    assert {row["trainee"] for row in rows} | {each.label(lang) for each in found.rivals.strategies} <= words


def test_a_class_of_nobody_has_no_figure(found: Class) -> None:
    assert classes(found._replace(rows=[]), "en") is None
    assert csv_of([]) == ""
