"""Strategies: shares that sum to one, structures that fit their coordinators, records the rules can read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import parameters, world
from sim.errors import RequestError
from sim.strategy import TIMES, load_strategy, strategy_names

START = """\
title = { en = "A", zh = "甲" }
sentence = { en = "A.", zh = "甲。" }
"""
REST = {"structure": '"unified"', "timing": '"before"', "mode": '"talks"'}


def written(tmp_path: Path, more: str = "", **changed: str) -> Path:
    lines = [f"{key} = {value}\n" for key, value in (REST | changed).items() if value]
    file = tmp_path / "mine.toml"
    file.write_text(START + "".join(lines) + more, encoding="utf-8")
    return file


@pytest.mark.parametrize("name", strategy_names())
def test_a_strategy_that_comes_with_the_program_is_whole(name: str) -> None:
    strategy = load_strategy(name)
    record = strategy.record()[0]
    assert strategy.name == name
    assert record.before + record.during + record.after == pytest.approx(1)
    modes = sum(record[f"share_{mode}"] for mode in parameters.MODES)
    assert modes == pytest.approx(0 if record.adaptive_mode else 1)
    assert (record.structure == world.MULTI) == (record.coordinators > 1)
    assert strategy.label("en").isascii()
    assert not strategy.label("zh").isascii()
    assert strategy.sentence.en.endswith(".")
    assert strategy.sentence.zh.endswith("。")


def test_strategies_differ_in_more_than_their_names() -> None:
    digests = [load_strategy(name).digest for name in strategy_names()]
    assert len(set(digests)) == len(digests)


def test_the_map_of_structure_and_timing_has_every_cell_with_one_mix_of_modes() -> None:
    structures = {"unified": "unified", "multi3": "multi", "self-first": "self_first", "committee": "committee"}
    for name, structure in (structures | {"tiered": "tiered"}).items():
        for time in TIMES:
            cell = load_strategy(f"{name}-{time}")
            assert cell.structure == structure
            assert cell.timing == {other: float(other == time) for other in TIMES}
            assert cell.mode == load_strategy("unified-before").mode


MISTAKES = [
    ({"structure": '"unifed"'}, "", 3, ("structure", "did you mean 'unified'?")),
    ({"structure": '"multi"'}, "", 3, ("parameters.coordinators", "got 1", "2 or more")),
    ({}, "[parameters]\ncoordinators = 2", 7, ("parameters.coordinators", "got 2")),
    ({}, "[parameters]\nforms = 2", 7, ("parameters.forms", "got 2", "allowed: 0 or 1")),
    ({"timing": '"befor"'}, "", 4, ("timing: is not known", "did you mean 'before'?")),
    ({"timing": "{ before = 0.5, during = 0.6 }"}, "", 4, ("timing: shares must sum to 1", "got 1.1")),
    ({"timing": "{ before = -0.5, during = 1.5 }"}, "", 4, ("timing.before: must be a share", "got -0.5")),
    ({"timing": "{ before = nan }"}, "", 4, ("timing.before", "got nan")),
    ({"timing": "{ before = true }"}, "", 4, ("timing.before", "got True")),
    ({"timing": "3"}, "", 4, ("timing: is not known", "got 3")),
    ({"timing": ""}, "", 0, ("timing: is missing",)),
    ({"mode": "{ meting = 1.0 }"}, "", 5, ("mode.meting: unknown key", "did you mean 'meeting'?")),
    ({"mode": '"adaptve"'}, "", 5, ("mode: is not known", "did you mean 'adaptive'?")),
    ({}, "[parameters]\nefort = 2", 7, ("parameters.efort: unknown key", "did you mean 'effort'?")),
    ({}, "[parameters]\nbefore = 0.2", 7, ("parameters.before: unknown key",)),
    ({}, "[parameters]\nrounds = 0", 7, ("parameters.rounds", "got 0")),
]


@pytest.mark.parametrize(("changed", "more", "line", "parts"), MISTAKES)
def test_a_mistake_is_blamed_on_its_line(
    tmp_path: Path, changed: dict[str, str], more: str, line: int, parts: tuple[str, ...]
) -> None:
    with pytest.raises(RequestError) as caught:
        load_strategy(written(tmp_path, more, **changed))
    message = str(caught.value)
    assert f"mine.toml:{line}: " in message if line else "mine.toml: " in message
    for part in parts:
        assert part in message


def test_an_unknown_strategy_names_the_nearest() -> None:
    with pytest.raises(RequestError, match="did you mean 'committee'"):
        load_strategy("comittee")


def test_adaptive_timing_and_mode_are_flags(tmp_path: Path) -> None:
    record = load_strategy(written(tmp_path, timing='"adaptive"', mode='"adaptive"')).record()[0]
    assert record.adaptive_timing == 1
    assert record.adaptive_mode == 1
    assert (record.before, record.during, record.after) == tuple(
        parameters.BY_PATH[f"strategy.{time}"].default for time in TIMES
    )


@given(st.floats(0, 1))
def test_a_share_that_is_set_leaves_the_rest_to_the_others_in_proportion(share: float) -> None:
    before, during, after = 0.4, 0.35, 0.25
    changed = load_strategy("unified-balanced").with_values({"strategy.before": share}).record()[0]
    assert changed.before == share
    assert changed.during + changed.after == pytest.approx(1 - share)
    assert changed.during * after == pytest.approx(changed.after * during)
    assert load_strategy("unified-balanced").value("strategy.before") == before


def test_values_of_a_strategy_are_checked() -> None:
    strategy = load_strategy("unified-before-meeting")
    assert strategy.with_values({"strategy.effort": 5, "strategy.rounds": 3.0}).record().effort == 5
    assert strategy.with_values({"strategy.effort": 5}).digest != strategy.digest
    for values in (
        {"strategy.effort": -1},
        {"strategy.nothing": 1},
        {"strategy.before": 2},
        {"strategy.coordinators": 2},
    ):
        with pytest.raises(RequestError):
            strategy.with_values(values)
    with pytest.raises(RequestError, match="adaptive"):
        load_strategy("adaptive").with_values({"strategy.before": 0.5})
