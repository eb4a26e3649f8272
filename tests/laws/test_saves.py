"""Saves hold a game's decisions, all of them and nothing else, and say so if they hold anything else."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_play import board, drawn

from sim import saves
from sim.errors import RequestError
from sim.exercise import load_exercise
from sim.play import leave_all, play

NAMES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn")), max_size=60)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), name=NAMES)
def test_what_is_saved_comes_back(tmp_path: Path, data: st.DataObject, name: str) -> None:
    game = play(board(), drawn(data))
    save = saves.saved(board().exercise, name, game.decided)
    saves.store(save, tmp_path / "game.json")
    assert saves.load(tmp_path / "game.json") == save
    assert [each.name for each in tmp_path.iterdir()] == ["game.json"]


def _save() -> dict[str, object]:
    return saves.written(saves.saved(board().exercise, "甲", play(board(), leave_all).decided))


@pytest.mark.parametrize(
    "change",
    [
        {"trainee": 3}, {"trainee": "x" * 61}, {"decisions": 3}, {"decisions": [{"kind": "arises"}]},
        {"decisions": [{"kind": "war", "tick": 1, "matter": 1, "nth": 0, "choice": {}}]}, {"further": 1},
        {"decisions": [{"kind": "arises", "tick": -1, "matter": 1, "nth": 0, "choice": {}}]},
        {"decisions": [{"kind": "arises", "tick": 1, "matter": 1, "nth": 0, "choice": {"mode": "<script>"}}]},
    ],
)  # fmt: skip
def test_a_damaged_save_is_refused_by_where_it_is_damaged(change: dict[str, object]) -> None:
    with pytest.raises(RequestError, match="damaged save") as refused:
        saves.read({**_save(), **change}, "game.json")
    assert refused.value.where == "game.json"


@pytest.mark.parametrize(
    "text", ["", "{", "{}", "[]", "3", "null", '{"format": 1', '{"format": 2}', "\x00", "[" * 100_000]
)
def test_what_is_no_save_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "game.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RequestError):
        saves.load(path)


def test_a_save_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "game.json"
    path.write_text(json.dumps({**_save(), "exercise": "x" * saves.MOST_BYTES}), encoding="utf-8")
    with pytest.raises(RequestError, match="too large"):
        saves.load(path)


def test_a_save_of_another_exercise_or_other_rules_is_told_from_one_that_goes_on() -> None:
    save = saves.read(_save())
    saves.check_fits(save, board().exercise)
    with pytest.raises(RequestError, match="another exercise"):
        saves.check_fits(save, load_exercise("directors-year"))
    with pytest.raises(RequestError, match="other rules"):
        saves.check_fits(save._replace(code="0.0.1 (000000000000)"), board().exercise)


def test_a_save_of_an_exercise_that_was_changed_since_is_told_so() -> None:
    save = saves.read(_save())
    changed = load_exercise("first-weeks").model_copy(update={"matters": 9})
    with pytest.raises(RequestError, match="before it was changed"):
        saves.check_fits(save, changed)
