"""An exercise's file that is wrong is refused in one message: where, what, got, allowed, nearest."""

from pathlib import Path

import pytest

from sim.errors import RequestError
from sim.exercise import exercise_names, load_exercise
from sim.scenario import scenario_names

HEAD = """\
title = { en = "A", zh = "甲" }
purpose = { en = "A", zh = "甲" }
source = "a test"
scenario = "teaching"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("line", "key", "part"),
    [
        ('strategy = "unified-balancd"', "strategy", "did you mean 'unified-balanced'"),
        ('strategy = "multi3-before"', "strategy", "several coordinators"),
        ('rivals = ["self-frst"]', "rivals.0", "did you mean 'self-first'"),
        ("matters = 0", "matters", "greater than or equal to 1"),
        ("ticks = 39", "ticks", "from 40 to 5000"),
        ("seed = -1", "seed", "from 0"),
        ('hints = "sometimes"', "hints", "always, asked, never"),
        ('shows = ["everything"]', "shows.0", "positions"),
        ('language = "fr"', "language", "en, zh"),
        ("colour = 1", "colour", "unknown key"),
        ("replicate = 1.5", "replicate", "whole number"),
    ],
)
def test_a_wrong_line_is_named_with_what_is_allowed(tmp_path: Path, line: str, key: str, part: str) -> None:
    with pytest.raises(RequestError) as refused:
        load_exercise(written(tmp_path, HEAD + line))
    assert refused.value.key == key
    assert refused.value.where.endswith("own.toml:5")
    assert part in str(refused.value)


@pytest.mark.parametrize("gone", ["title", "purpose", "source"])
def test_a_missing_key_is_named(tmp_path: Path, gone: str) -> None:
    kept = [line for line in HEAD.splitlines() if not line.startswith(gone)]
    with pytest.raises(RequestError, match="missing") as refused:
        load_exercise(written(tmp_path, "\n".join(kept)))
    assert refused.value.key == gone


def test_an_unknown_scenario_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="did you mean 'teaching'"):
        load_exercise(written(tmp_path, HEAD.replace("teaching", "teachin")))
    with pytest.raises(RequestError, match="did you mean 'first-weeks'"):
        load_exercise("first-week")


@pytest.mark.parametrize("name", [*exercise_names(), *scenario_names()])
def test_every_exercise_and_every_scenario_can_be_played(name: str) -> None:
    found = load_exercise(name)
    assert found.opponents
    assert found.standing.value("strategy.coordinators") == 1


def test_a_scenario_beside_the_file_is_found_and_seed_and_length_are_those_of_the_exercise(tmp_path: Path) -> None:
    (tmp_path / "world.toml").write_text(Path("scenarios/teaching.toml").read_text(encoding="utf-8"), encoding="utf-8")
    text = HEAD.replace('"teaching"', '"world.toml"') + "seed = 5\nticks = 60\n"
    found = load_exercise(written(tmp_path, text))
    assert (found.plan.seed, found.plan.ticks) == (5, 60)
    assert found.resolved() != load_exercise("teaching").resolved()
