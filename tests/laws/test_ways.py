"""What is said of one matter enters by a strategy's door: a row of the same table, read by the same rules."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import engine, parameters, schedule, world
from sim.rules.redirection import redirect
from sim.scenario import load_scenario
from sim.setting import Setting, prepare
from sim.strategy import load_strategy, strategy_names
from sim.workload import start
from sim.world import OF_A_MATTER, STRATEGY, World

SETTING: Setting = prepare(load_scenario("teaching"))
TEMPLATE = engine.draw(SETTING, 7, 3)
END = schedule.PARTS * SETTING.ticks
OWN = {"unified", "self_first", "committee", "tiered"}  # structures with one brief a matter
FEW = ("unified-balanced", "self-first", "committee", "tiered", "adaptive")


def record(name: str) -> np.recarray:
    return load_strategy(name).record()


def differing(one: World, other: World, but: tuple[str, ...] = ("strategy", "matters.way")) -> list[str]:
    """Columns in which two worlds differ in any bit, but for those that say by which row a matter goes."""
    found = []
    for name in World._fields:
        a, b = getattr(one, name), getattr(other, name)
        for part in a.dtype.names or ("",):
            column = f"{name}.{part}" if part else name
            same = (a[part] if part else a).tobytes() == (b[part] if part else b).tobytes()
            if not same and column not in but and name not in but:
                found.append(column)
    return found


def with_rows(*rows: np.recarray) -> World:
    """A world ready to run under the first row, with the others beside it."""
    table = world.table(world.STRATEGY, len(rows))
    for place, row in enumerate(rows):
        table[place] = row[0]
    return start(TEMPLATE, table)


def finished(w: World, first: int = 0) -> World:
    schedule.run(w, first, END)
    return w


@settings(max_examples=25)
@given(st.lists(st.integers(0, END), max_size=4), st.sampled_from(FEW))
def test_a_run_stopped_anywhere_and_taken_up_again_ends_in_the_same_bits(stops: list[int], name: str) -> None:
    whole, parted = finished(with_rows(record(name))), with_rows(record(name))
    places = [0, *sorted(stops), END]
    for first, last in pairwise(places):
        schedule.run(parted, first, last)
    assert differing(whole, parted, ()) == []


@pytest.mark.parametrize("name", [each for each in strategy_names() if load_strategy(each).structure in OWN])
def test_a_strategy_said_matter_by_matter_is_that_strategy(name: str) -> None:
    """All that may be said of a matter, said of every one of them, under an office that would do otherwise."""
    other, office = record(name), record("unified-during-onsite")
    for field in {field for field, *_ in STRATEGY} - {*OF_A_MATTER}:
        office[field] = other[field]
    said = with_rows(office, other)
    said.matters.way = 1
    assert differing(finished(with_rows(other)), finished(said)) == []


def test_what_concerns_the_office_is_never_read_from_a_matters_row() -> None:
    own, strange = record("unified-balanced"), record("unified-balanced")
    for field, kind, *_ in STRATEGY:
        if field not in OF_A_MATTER:
            strange[field] = np.nan if kind == "f8" else 0
    said = with_rows(own, strange)
    said.matters.way = 1
    assert differing(finished(with_rows(own)), finished(said)) == []


@settings(max_examples=20)
@given(st.integers(0, SETTING.ticks - 1), st.data())
def test_turning_a_matter_to_the_same_way_changes_nothing(t: int, data: st.DataObject) -> None:
    own = record("unified-balanced")
    usual, turned = with_rows(own), with_rows(own, own)
    position = t * schedule.PARTS
    schedule.run(turned, 0, position)
    under_way = [m for m in range(len(turned.matters)) if 0 < turned.matters[m].life < world.CLOSED]
    if under_way:
        redirect(turned, data.draw(st.sampled_from(under_way)), 1, t)
    assert differing(finished(usual), finished(turned, position)) == []


@pytest.mark.parametrize("mode", parameters.MODES)
def test_a_matter_turned_to_a_mode_is_coordinated_by_it_and_by_no_other_from_there_on(mode: str) -> None:
    own, other = record("unified-balanced"), record("unified-balanced")
    other.adaptive_mode, other.dynamic = 0, 0
    for each in parameters.MODES:
        other[f"share_{each}"] = float(each == mode)
    w = with_rows(own, other)
    at = SETTING.ticks // 3
    schedule.run(w, 0, at * schedule.PARTS)
    for m in range(len(w.matters)):
        if 0 < w.matters[m].life < world.CLOSED:
            redirect(w, m, 1, at)
            people = w.procedures[int(w.matters[m].procedure)].people
            assert w.matters[m].mode == (parameters.MODES.index("talks") if people else parameters.MODES.index(mode))


def test_hours_given_or_taken_are_there_for_the_time_the_matter_is_in() -> None:
    own, more, fewer = (record("unified-balanced") for _ in range(3))
    more.effort *= 2.0
    fewer.effort = 0.0
    w = with_rows(own, more, fewer)
    at = 30
    schedule.run(w, 0, at * schedule.PARTS)
    columns = {world.BEFORE: "left_before", world.DURING: "left_during", world.AFTER: "left_after"}
    seen = set()
    for m in range(len(w.matters)):
        life = int(w.matters[m].life)
        if life not in columns:
            continue
        seen.add(life)
        column = "left_during" if life == world.DURING else columns[life]
        open_brief = w.matters[m].briefs_open > 0
        before = float(w.briefs[m].budget) if open_brief else float(w.matters[m][column])
        given = float(own[0].effort) * int(w.matters[m].parties)
        redirect(w, m, 1, at)
        after = float(w.briefs[m].budget) if open_brief else float(w.matters[m][column])
        taken_up = not open_brief and w.matters[m].briefs_open > 0  # an open conflict is taken up with them
        assert taken_up or after == pytest.approx(before + given)
        redirect(w, m, 2, at)
        assert float(w.briefs[m].budget) >= 0.0
        assert float(w.matters[m][column]) >= 0.0
    assert {world.BEFORE, world.DURING} <= seen, "a world in which nothing is under way would prove nothing"
