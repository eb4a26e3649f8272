"""A sweep's points are what its file says, and its rows are the runs of those points."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from builders import SWEEP_HEAD
from hypothesis import given
from hypothesis import strategies as st

from sim import engine, parameters
from sim.batches import _setting, code, run_task
from sim.design import Factor, grid, lattice, one_at_a_time, sample
from sim.estimate import estimate
from sim.experiment import carry_out
from sim.kept import load_swept
from sim.measures import NAMES
from sim.plan import Plan, setting_at
from sim.ranges import METHODS, assumed, probe
from sim.scenario import load_scenario
from sim.setting import prepare
from sim.sweep import load_sweep, sweep_names


@pytest.fixture
def plan_of(tmp_path: Path) -> Callable[[str], Plan]:
    def read(text: str) -> Plan:
        file = tmp_path / "x.toml"
        file.write_text(SWEEP_HEAD + text, encoding="utf-8")
        return load_sweep(file)

    return read


def test_a_grid_has_every_combination_once_in_order(plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of(
        'replicates = 2\ndesign.kind = "factorial"\n[factors]\nworkload.arrivals = [0.5, 0.3]\n'
        '"organisation.departments" = { low = 4, high = 8, levels = 5 }\nrules.stall = { levels = 2 }\n'
    )
    assert [factor.path for factor in plan.design.factors] == [
        "workload.arrivals", "organisation.departments", "rules.stall"
    ]  # fmt: skip
    assert len(plan.design.points) == 2 * 5 * 2
    assert plan.design.points[:3, :2].tolist() == [[0.5, 4.0], [0.5, 4.0], [0.5, 5.0]]
    assert len({tuple(row) for row in plan.design.points.tolist()}) == 20


@given(parts=st.integers(1, 4), steps=st.integers(1, 8))
def test_the_lattice_of_mixtures_sums_to_one_and_has_scheffes_number_of_points(parts: int, steps: int) -> None:
    from math import comb

    points = lattice(parts, steps)
    assert len(points) == comb(steps + parts - 1, parts - 1)
    np.testing.assert_allclose(points.sum(axis=1), 1.0, rtol=0, atol=1e-12)


FACTORS = (Factor("a.x", "x", "x", "", 0.0, 1.0, 0.5), Factor("a.n", "n", "n", "", 2, 5, 3, whole=True))


@pytest.mark.parametrize(("kind", "count"), [("latin", 40), ("sobol", 16 * 4), ("morris", 10 * 3)])
def test_a_sample_lies_in_its_ranges_and_is_the_same_for_the_same_seed(kind: str, count: int) -> None:
    size = {"latin": 40, "sobol": 16, "morris": 10}[kind]
    points = sample(kind, FACTORS, size, 3, 4, False)
    assert points.shape == (count, 2)
    assert (points >= [0.0, 2.0]).all()
    assert (points <= [1.0, 5.0]).all()
    assert np.array_equal(points[:, 1], np.rint(points[:, 1]))
    np.testing.assert_array_equal(points, sample(kind, FACTORS, size, 3, 4, False))
    assert not np.array_equal(points, sample(kind, FACTORS, size, 4, 4, False))


def test_every_whole_number_of_a_range_is_drawn_alike_often() -> None:
    points = sample("latin", FACTORS, 4000, 1, 4, False)
    # A Latin hypercube puts one point into each 4000th of the range: shares are exact but for the ends' 0.001.
    for value in (2, 3, 4, 5):
        assert abs((points[:, 1] == value).mean() - 0.25) < 0.002


def test_one_at_a_time_moves_one_factor_to_each_end(plan_of: Callable[[str], Plan]) -> None:
    assert one_at_a_time(FACTORS).tolist() == [[0.5, 3], [0.0, 3], [1.0, 3], [0.5, 2], [0.5, 5]]
    assert grid([(1.0, 2.0), (3.0,)]).tolist() == [[1.0, 3.0], [2.0, 3.0]]


def test_points_may_be_listed_as_tables_or_in_a_file_and_what_is_left_out_stays(
    plan_of: Callable[[str], Plan], tmp_path: Path
) -> None:
    one = plan_of(
        'replicates = 2\ndesign.kind = "table"\n'
        '[[design.points]]\nname = { en = "busy", zh = "忙" }\nworkload.arrivals = 0.9\n'
        "[[design.points]]\nticks = 300\nstrategies.multi3-before.rounds = 2\n"
    )
    text = "name.en,name.zh,workload.arrivals,ticks,strategies.multi3-before.rounds\nbusy,忙,0.9,,\n,,,300,2\n"
    (tmp_path / "p.csv").write_text(text, encoding="utf-8")
    other = plan_of('replicates = 2\ndesign = { kind = "table", points = "p.csv" }\n')
    assert one.design.names == other.design.names == (("busy", "忙"), ("", ""))
    np.testing.assert_array_equal(one.design.points, other.design.points)
    assert one.point(0, of_strategies=False) == (("workload.arrivals", 0.9),)
    assert one.point(1, of_strategies=True) == (("strategies.multi3-before.rounds", 2.0),)
    first, second = (one.strategy(1, s).value("strategy.rounds") for s in (0, 1))
    assert (first, second) == (one.strategies[0].value("strategy.rounds"), 2.0)


SWEPT = (
    'replicates = 2\ndesign.kind = "factorial"\n[factors]\nworkload.arrivals = [0.3, 0.5]\nticks = [60]\n'
    "organisation.departments = [4, 6]\nstrategy.rounds = [1, 4]\nstrategy.mode.talks = [0.5]\nrules.stall = [7.0]\n"
)


def test_every_row_is_the_run_of_its_strategy_on_the_world_of_its_point(
    plan_of: Callable[[str], Plan], tmp_path: Path
) -> None:
    plan = plan_of(SWEPT)
    carry_out(plan, 2, tmp_path / "out")
    swept = load_swept(tmp_path / "out")
    values = np.stack([swept.values(name) for name in NAMES], axis=-1)
    for p, row in enumerate(plan.design.points.tolist()):
        chosen = dict(zip((factor.path for factor in plan.design.factors), row, strict=True))
        of_scenario = {path: x for path, x in chosen.items() if not path.startswith("strategy.")}
        setting = prepare(plan.scenario.with_values(of_scenario))
        for s, strategy in enumerate(plan.strategies):
            rounds, talks = chosen["strategy.rounds"], chosen["strategy.mode.talks"]
            record = strategy.with_values({"strategy.rounds": rounds, "strategy.mode.talks": talks}).record()
            for replicate in range(2):
                outcome = engine.run(engine.draw(setting, plan.seed, replicate), record)
                np.testing.assert_array_equal(values[p, s, replicate], outcome.measures)
    assert not np.array_equal(values[0], values[1], equal_nan=True)


def test_points_that_differ_in_strategies_only_share_their_worlds(
    plan_of: Callable[[str], Plan], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_of(SWEPT)
    assert plan.settings().tolist() == [0, 0, 1, 1, 2, 2, 3, 3]
    drawn = 0
    real = engine.draw

    def draw(setting: Any, seed: int, replicate: int) -> Any:
        nonlocal drawn
        drawn += 1
        return real(setting, seed, replicate)

    monkeypatch.setattr(engine, "draw", draw)
    carry_out(plan, 1, tmp_path)
    assert drawn <= 4 * 2 + 1  # one more where the first run, done apart, cut a world in two


def _parts(found: Any) -> list[bytes]:
    """The values of a setting, however deep its tables lie (between fields of a table there may be anything)."""
    if isinstance(found, np.ndarray):
        return [repr(found.tolist()).encode()]
    return [part for each in found for part in _parts(each)] if isinstance(found, tuple) else [repr(found).encode()]


def test_a_point_gives_the_setting_that_the_scenario_with_its_values_has() -> None:
    """Most points replace numbers in a setting made before; whatever is set, it is as if all were made anew."""
    scenario = load_scenario("teaching").with_values({"procedures.emergency.share": 2.0, "ticks": 100})
    base = prepare(scenario)
    rows = [row for row in parameters.ALL if row.group.split(".")[0] != "strategy"]
    paths = {row.path: row.low if scenario.value(row.path) != row.low else row.high for row in rows}
    cut = {"procedures.general.stage.consult": 0.0, "procedures.emergency.share": 1.5}
    cut |= {"procedures.incoming_from_below.check.form": 0.0}
    for path, value in {**paths, "ticks": 60.0, **cut}.items():
        made, anew = setting_at(base, scenario, ((path, value),)), prepare(scenario.with_values({path: value}))
        assert _parts(made) == _parts(anew), path
        assert _parts(made) != _parts(base), path


def test_a_worker_of_another_version_is_refused(plan_of: Callable[[str], Plan]) -> None:
    from sim.batches import Arm, Task
    from sim.errors import RequestError

    plan = plan_of('replicates = 1\ndesign.kind = "mixture"\n')
    arm = Arm(0, 0, plan.strategy(0, 0).record())
    task = Task("k", "0.0.1 (other)", plan.scenario, 1, ((),), (arm,), ((0, 0, (0,)),), False)
    with pytest.raises(RequestError, match="another version of the program"):
        run_task(task)
    assert run_task(task._replace(code=code())).replicate.tolist() == [0]


def test_a_worker_remembers_few_settings_and_none_of_an_earlier_experiment(plan_of: Callable[[str], Plan]) -> None:
    from sim import batches
    from sim.batches import Arm, Task

    plan = plan_of('replicates = 1\ndesign.kind = "mixture"\n')
    arm = Arm(0, 0, plan.strategy(0, 0).record())
    for key in ("one", "two"):
        for stall in range(1, 9):
            values = (("rules.stall", float(stall)),)
            _setting(Task(key, code(), plan.scenario, 1, (values,), (arm,), (), False), values)
    assert {key for key, _ in batches._settings} == {"two"}
    assert len(batches._settings) == batches.KEPT_SETTINGS


def test_the_shares_of_a_mixture_are_those_of_the_strategies(plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of('replicates = 1\ndesign = { kind = "mixture", steps = 3 }\n')
    for p, row in enumerate(plan.design.points.tolist()):
        assert list(plan.strategy(p, 1).timing.values()) == pytest.approx(row)  # type: ignore[union-attr]


def test_a_table_of_one_point_is_a_sweep_whatever_its_length(plan_of: Callable[[str], Plan], tmp_path: Path) -> None:
    plan = plan_of('replicates = 2\ndesign.kind = "table"\n[[design.points]]\nticks = 60\n')
    assert carry_out(plan, 1, tmp_path).failed == 0
    assert load_swept(tmp_path).values("closed").shape == (1, 2, 2)


@pytest.mark.parametrize("name", sweep_names())
def test_the_sweeps_that_come_with_the_program_are_in_order(name: str) -> None:
    plan = load_sweep(name)
    assert plan.title.en
    assert plan.title.zh
    assert plan.question.en.endswith("?")
    assert plan.question.zh.endswith("？")
    assert len(plan.design.points) > 1


def test_a_sensitivity_analysis_explores_the_assumed_ranges() -> None:
    scenario = load_scenario("teaching").with_strategies(["unified-before-meeting", "multi3-before"])
    strategies = tuple(scenario.load_strategy(name) for name in scenario.strategies)
    paths = assumed(scenario)
    for method in METHODS:
        patterns = ("rules.stall", "workload.arr*") if method in ("sobol", "grid") else ()
        plan = probe(scenario, strategies, scenario.baseline, method, patterns, None if method == "tornado" else 4, 2)
        if method == "tornado":
            assert [factor.path for factor in plan.design.factors] == list(paths)
            assert len(plan.design.points) == 2 * len(paths) + 1
        assert plan.design.kind == ("factorial" if method == "grid" else method)
        if method == "grid":
            assert len(plan.design.points) == 4 * 4
    assert "rules.stall" in paths
    assert "organisation.departments" not in paths


def test_the_estimate_counts_the_runs_and_is_of_the_right_size(plan_of: Callable[[str], Plan], tmp_path: Path) -> None:
    plan = plan_of('replicates = 4\ndesign.kind = "factorial"\n[factors]\nticks = [40, 60]\nrules.stall = [7.0, 9.0]\n')
    found = estimate(plan, 1)
    assert (found.points, found.strategies, found.worlds, found.runs) == (4, 2, 4, (32, 32))
    assert found.seconds[0] > 0
    tally = carry_out(plan, 1, tmp_path)
    assert tally.wanted == 32
    until = plan_of(
        '[design]\nkind = "mixture"\nsteps = 1\n[until]\nmeasure = "conflicts"\nhalf_width = 1.0\nfirst = 5\nmost = 50'
    )
    assert estimate(until, 2).runs == (3 * 2 * 5, 3 * 2 * 50)


def test_the_generator_is_the_same_for_every_point(plan_of: Callable[[str], Plan], tmp_path: Path) -> None:
    """Points that change no draw see the same worlds: replicates are common random numbers over the whole design."""
    plan = plan_of(
        'replicates = 2\ndesign.kind = "factorial"\n[factors]\nrules.burst_rate = [0.0, 0.0001]\nticks = [20]\n'
    )
    carry_out(plan, 1, tmp_path)
    values = load_swept(tmp_path).values("first_wait")
    np.testing.assert_array_equal(values[0], values[1])
