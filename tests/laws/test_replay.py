"""A stored run is made again to the bit; one that differs is never passed off as it; what is not there is refused."""

import shutil
from pathlib import Path

import duckdb
import numpy as np
import pytest
from builders import SWEEP_HEAD

from analysis.viewer import replay
from analysis.viewer.film import RUNNING, filmed
from analysis.viewer.replay import Stored, stored
from sim import engine
from sim.errors import RequestError
from sim.experiment import Shard, carry_out, compare
from sim.kept import load_swept
from sim.labels import LANGUAGES
from sim.measures import MEASURES, NAMES
from sim.merging import merge
from sim.plan import Plan
from sim.refusals import in_chinese
from sim.scenario import Scenario, load_scenario
from sim.setting import prepare
from sim.store import FILE
from sim.sweep import load_sweep

TICKS, SEED = 20, 11
NAMED = ("multi2-before-meeting", "unified-after-talks")
SWEEP = """\
replicates = 2
[design]
kind = "table"
[[design.points]]
"rules.stall" = 2.0
"strategy.rounds" = 1
[[design.points]]
"organisation.departments" = 5
"workload.arrivals" = 0.9
"strategies.multi3-before.coordinators" = 2
[[design.points]]
"ticks" = 15
"""
WHOLE = ("closed", "backlog", "conflicts", "strain")  # measures that a run of any length has


@pytest.fixture(scope="module")
def lesson() -> Scenario:
    return load_scenario("teaching").with_values({"ticks": TICKS})


@pytest.fixture(scope="module")
def folder(lesson: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A comparison of two strategies on two worlds."""
    place = tmp_path_factory.mktemp("replay") / "compared"
    compare(lesson, tuple(lesson.load_strategy(name) for name in NAMED), 2, SEED, 1, place, baseline=NAMED[0])
    return place


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    file = tmp_path_factory.mktemp("plan") / "x.toml"
    file.write_text(SWEEP_HEAD + SWEEP, encoding="utf-8")
    read = load_sweep(file)
    return read._replace(scenario=read.scenario.with_values({"ticks": TICKS}))


@pytest.fixture(scope="module")
def merged(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sweep in two shards, put together."""
    place = tmp_path_factory.mktemp("swept")
    for part in (1, 2):
        carry_out(plan, 1, place / str(part), shard=Shard(part, 2))
    merge([place / "1", place / "2"], place / "whole")
    return place / "whole"


@pytest.fixture
def own(folder: Path, tmp_path: Path) -> Path:
    """A copy of the comparison that a test may change."""
    return Path(shutil.copytree(folder, tmp_path / "copy"))


def change(folder: Path, statement: str, *values: object) -> None:
    with duckdb.connect(str(folder / FILE)) as connection:
        connection.execute(statement, list(values))


def measures(run: Stored) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """What the runs give, shape (strategies, measures)."""
    template = engine.draw(prepare(run.scenario), run.seed, run.replicate)
    return np.stack([engine.run(template, each.record()).measures for each in run.strategies])


def is_the_same(run: Stored) -> bool:
    return "bit for bit" in run.note["en"] and "逐位相同" in run.note["zh"]


def test_a_stored_run_of_a_comparison_is_made_again_bit_for_bit(folder: Path) -> None:
    kept = list(load_swept(folder).each(NAMES))
    for replicate in (0, 1):
        run = stored(folder, None, NAMED, replicate)
        assert is_the_same(run)
        expected = np.stack([values[0, :, replicate] for values in kept], axis=-1)
        assert replay.same(measures(run), expected).all()
        assert (run.seed, run.replicate, [each.name for each in run.strategies]) == (SEED, replicate, list(NAMED))


def test_the_film_of_a_stored_run_ends_with_what_is_stored(folder: Path) -> None:
    run = stored(folder, 0, NAMED[1:], 1)
    film = filmed(run.scenario, run.strategies, run.seed, run.replicate, run.note)
    kept = [float(load_swept(folder).values(name)[0, 1, 1]) for name in RUNNING]
    assert film["runs"][0]["running"][-1] == [None if np.isnan(x) else x for x in kept]
    assert film["note"] == run.note


@pytest.mark.parametrize("point", [0, 1, 2])
def test_a_stored_run_of_a_merged_sweep_is_that_of_its_point(merged: Path, plan: Plan, point: int) -> None:
    names = [each.name for each in plan.strategies]
    run = stored(merged, point, names, 1)
    assert is_the_same(run)
    expected = np.stack([values[point, :, 1] for values in load_swept(merged).each(NAMES)], axis=-1)
    assert replay.same(measures(run), expected).all()
    assert run.scenario.ticks == (15 if point == 2 else TICKS)
    for name in WHOLE:
        assert not np.isnan(expected[:, NAMES.index(name)]).any()


def test_points_of_a_sweep_are_told_apart(merged: Path, plan: Plan) -> None:
    names = [plan.baseline]
    values = {measures(stored(merged, point, names, 0)).tobytes() for point in range(3)}
    assert len(values) == 3


def test_strategies_come_in_the_order_asked_for(folder: Path) -> None:
    assert [each.name for each in stored(folder, 0, NAMED[::-1], 0).strategies] == list(NAMED[::-1])
    assert is_the_same(stored(folder, 0, NAMED[::-1], 0))


def test_a_stored_run_changed_by_one_bit_is_noticed_and_named(own: Path) -> None:
    value = float(load_swept(own).values("strain")[0, 0, 1])
    where = "WHERE point = 0 AND strategy = ? AND replicate = 1"
    change(own, f"UPDATE runs SET strain = ? {where}", np.nextafter(value, 1.0), NAMED[0])
    run = stored(own, 0, NAMED, 1)
    strain = MEASURES[NAMES.index("strain")]
    for lang, title, other in (("en", strain.en, MEASURES[0].en), ("zh", strain.zh, MEASURES[0].zh)):
        assert title in run.note[lang]
        assert other not in run.note[lang]
        assert run.strategies[0].label(lang) in run.note[lang]
        assert run.strategies[1].label(lang) not in run.note[lang]
    assert not is_the_same(run)
    assert is_the_same(stored(own, 0, NAMED[1:], 1))


def test_a_measure_that_was_not_a_number_and_now_is_one_is_noticed(own: Path) -> None:
    change(own, "UPDATE runs SET closed = 'NaN'::DOUBLE WHERE replicate = 0")
    assert MEASURES[0].en in stored(own, 0, NAMED, 0).note["en"]


def test_runs_of_another_version_that_differ_are_said_to_be_of_another_version(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replay, "code", lambda: "9.9.9 (other)")
    assert is_the_same(stored(own, 0, NAMED, 0))
    change(own, "UPDATE runs SET backlog = backlog + 1")
    note = stored(own, 0, NAMED, 0).note
    for lang in LANGUAGES:
        assert "9.9.9 (other)" in note[lang]
    assert "version" in note["en"]
    assert "版本" in note["zh"]


def refusal(folder: Path, point: int | None, name: str, replicate: int) -> RequestError:
    with pytest.raises(RequestError) as caught:
        stored(folder, point, [name], replicate)
    error = caught.value
    for sentence in filter(None, (error.what, error.allowed)):
        assert in_chinese(sentence) != sentence or sentence == ", ".join(NAMED)
    return error


def test_what_a_folder_does_not_hold_is_refused_with_what_it_does(folder: Path, merged: Path) -> None:
    error = refusal(folder, 0, "multi2-before-meetin", 0)
    assert (error.nearest, error.allowed) == (NAMED[0], ", ".join(NAMED))
    for replicate in (2, -1):
        assert refusal(folder, 0, NAMED[0], replicate).allowed == "from 0 to 1"
    for point in (1, -1):
        assert refusal(folder, point, NAMED[0], 0).allowed == "from 0 to 0"
    assert refusal(merged, None, NAMED[0], 0).allowed == "from 0 to 2"
    assert refusal(merged, 3, NAMED[0], 0).key == "--point"


def test_runs_that_have_failed_or_are_still_to_come_are_refused_as_such(own: Path) -> None:
    change(own, "DELETE FROM runs WHERE replicate = 1")
    assert "not been made" in refusal(own, 0, NAMED[0], 1).what
    change(own, "INSERT INTO failures VALUES (0, ?, 1, 'out of memory')", NAMED[0])
    assert "out of memory" in refusal(own, 0, NAMED[0], 1).what
    assert is_the_same(stored(own, 0, NAMED, 0))


def test_folders_without_results_or_with_damaged_ones_are_refused(own: Path, tmp_path: Path) -> None:
    assert "no results" in refusal(tmp_path, 0, NAMED[0], 0).what
    assert "no results" in refusal(tmp_path / "nowhere", 0, NAMED[0], 0).what
    change(own, "UPDATE meta SET value = '{}' WHERE key = 'origin'")
    assert "damaged" in refusal(own, 0, NAMED[0], 0).what
    change(own, "UPDATE meta SET value = '{' WHERE key = 'origin'")
    assert "damaged" in refusal(own, 0, NAMED[0], 0).what
    (own / FILE).write_bytes(b"not a store")
    assert "cannot be opened" in refusal(own, 0, NAMED[0], 0).what
