"""Who runs what, in what order and how often interrupted, decides nothing."""

import hashlib
import json
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim import batches, engine, experiment
from sim.batches import Arm, Task, code, run_task
from sim.errors import RequestError
from sim.experiment import Interrupted, Pool, Tally, compare, timing
from sim.kept import Results, load_failures, load_results
from sim.manifest import FILE, write_manifest
from sim.plan import of_scenario
from sim.progress import Progress
from sim.scenario import Scenario
from sim.setting import prepare
from sim.strategy import Strategy

Pair = tuple[Strategy, ...]
SEED = 3


@pytest.fixture(scope="module")
def expected(small: Scenario, pair: Pair, tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder = tmp_path_factory.mktemp("expected")
    compare(small, pair, 5, SEED, 1, folder)
    return load_results(folder)


def same(one: Results, other: Results) -> None:
    np.testing.assert_array_equal(one.values, other.values)
    np.testing.assert_array_equal(one.series, other.series)


def test_a_row_is_the_run_of_its_strategy_on_its_world(small: Scenario, pair: Pair, expected: Results) -> None:
    setting = prepare(small)
    for s, strategy in enumerate(pair):
        for replicate in range(5):
            outcome = engine.run(engine.draw(setting, SEED, replicate), strategy.record())
            np.testing.assert_array_equal(expected.values[s, replicate], outcome.measures)
            np.testing.assert_array_equal(expected.series[s, replicate], outcome.series)
    assert expected.sample_ticks.tolist() == [9, 19, 29, 39]
    assert not np.array_equal(expected.values[0], expected.values[1], equal_nan=True)


@pytest.mark.parametrize(("workers", "seconds"), [(2, 0.5), (3, 1e-9), (2, 1e9)])
def test_the_rows_are_the_same_for_any_number_of_workers_and_size_of_batches(
    small: Scenario,
    pair: Pair,
    expected: Results,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    workers: int,
    seconds: float,
) -> None:
    monkeypatch.setattr(experiment, "BATCH_SECONDS", seconds)
    compare(small, pair, 5, SEED, workers, tmp_path)
    same(load_results(tmp_path), expected)


@pytest.mark.slow
def test_the_rows_are_the_same_in_other_processes(
    small: Scenario, pair: Pair, expected: Results, tmp_path: Path
) -> None:
    with ProcessPoolExecutor(1) as executor:
        compare(small, pair, 5, SEED, 1, tmp_path, pool=Pool(executor, lambda: 1))
    same(load_results(tmp_path), expected)


def test_a_world_is_drawn_once_for_all_strategies(small: Scenario, pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    real = engine.draw

    def draw(setting: Any, seed: int, replicate: int) -> Any:
        drawn.append(replicate)
        return real(setting, seed, replicate)

    monkeypatch.setattr(engine, "draw", draw)
    arms = tuple(Arm(0, s, strategy.record()) for s, strategy in enumerate(pair))
    task = Task("small", code(), small, SEED, ((),), arms, ((0, 4, (0, 1)), (0, 2, (1,))), True)
    batch = run_task(task)
    assert drawn == [4, 2]
    assert list(zip(batch.strategy.tolist(), batch.replicate.tolist(), strict=True)) == [(0, 4), (1, 4), (1, 2)]


def test_what_exists_is_not_run_again(
    small: Scenario, pair: Pair, expected: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert compare(small, pair[:1], 3, SEED, 2, tmp_path, baseline=pair[0].name)[:4] == (3, 0, 3, 0)
    assert compare(small, pair, 5, SEED, 2, tmp_path)[:4] == (10, 3, 7, 0)
    same(load_results(tmp_path), expected)
    monkeypatch.setattr(batches, "prepare", None)  # nothing is even prepared
    assert compare(small, pair, 5, SEED, 2, tmp_path)[:4] == (10, 10, 0, 0)


def test_a_run_that_fails_is_told_and_ends_nothing_and_is_tried_again(
    small: Scenario, pair: Pair, expected: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_draw, real_run, bad = engine.draw, engine.run, pair[1].record()

    def draw(setting: Any, seed: int, replicate: int) -> Any:
        if replicate == 3:
            raise MemoryError("too large a world")
        return real_draw(setting, seed, replicate)

    def run(template: Any, record: Any) -> Any:
        if record == bad:
            raise ValueError("broken rule")
        return real_run(template, record)

    with monkeypatch.context() as patch:
        patch.setattr(engine, "draw", draw)
        patch.setattr(engine, "run", run)
        assert compare(small, pair, 5, SEED, 2, tmp_path)[:4] == (10, 0, 10, 6)
    one, two = (strategy.name for strategy in pair)
    failed = {(name, replicate): error for _, name, replicate, error in load_failures(tmp_path, 99)}
    assert set(failed) == {(two, replicate) for replicate in range(5)} | {(one, 3)}
    assert failed[one, 3] == failed[two, 3] == "MemoryError: too large a world"
    assert failed[two, 0] == "ValueError: broken rule"
    assert np.isnan(load_results(tmp_path).values[1]).all()
    assert compare(small, pair, 5, SEED, 2, tmp_path)[:4] == (10, 4, 6, 0)
    assert load_failures(tmp_path, 99) == []
    same(load_results(tmp_path), expected)


def test_a_wrong_request_met_while_running_ends_the_experiment(
    small: Scenario, pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def draw(setting: Any, seed: int, replicate: int) -> Any:
        raise RequestError("no such world")

    monkeypatch.setattr(engine, "draw", draw)
    with pytest.raises(RequestError, match="no such world"):
        compare(small, pair, 5, SEED, 2, tmp_path)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_experiment_keeps_what_is_done_and_continues_to_the_same_rows(
    small: Scenario, pair: Pair, expected: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(experiment, "BATCH_SECONDS", 1e-9)
    before = signal.getsignal(number)

    def interrupt(progress: Progress) -> None:
        if progress.ran == 4:  # one apart, what was left of its world, and the next world
            os.kill(os.getpid(), number)

    with pytest.raises(Interrupted) as stop:
        compare(small, pair, 5, SEED, 1, tmp_path, interrupt)
    assert signal.getsignal(number) is before
    done = stop.value.tally.ran
    assert 4 <= done < 10
    assert np.isfinite(load_results(tmp_path).series).all(axis=(2, 3)).sum() == done
    assert compare(small, pair, 5, SEED, 2, tmp_path)[:4] == (10, done, 10 - done, 0)
    same(load_results(tmp_path), expected)


def test_an_interruption_while_preparing_is_one_too(
    small: Scenario, pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(scenario: Scenario) -> None:
        raise KeyboardInterrupt

    batches._settings.clear()
    monkeypatch.setattr(batches, "prepare", interrupted)
    with pytest.raises(Interrupted) as stop:
        compare(small, pair, 5, SEED, 1, tmp_path)
    assert stop.value.tally[:4] == (10, 0, 0, 0)


def test_a_folder_that_cannot_be_written_is_refused_before_anything_is_computed(
    small: Scenario, pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "prepare", None)
    (tmp_path / "file").write_text("")
    with pytest.raises(RequestError, match="cannot be written"):
        compare(small, pair, 5, SEED, 1, tmp_path / "file")


def test_strategies_of_one_name_and_an_unknown_baseline_are_refused(
    small: Scenario, pair: Pair, tmp_path: Path
) -> None:
    with pytest.raises(RequestError, match="two strategies have one name"):
        compare(small, (pair[0], pair[0]), 5, SEED, 1, tmp_path)
    with pytest.raises(RequestError, match="did you mean 'unified-before'"):
        compare(small, pair, 5, SEED, 1, tmp_path, baseline="unified-befor")


def test_progress_counts_every_run_and_estimates_the_rest(small: Scenario, pair: Pair, tmp_path: Path) -> None:
    seen: list[Progress] = []
    compare(small, pair, 5, SEED, 2, tmp_path, seen.append)
    assert [seen[0].done, seen[-1].done] == [0, 10]
    assert all(one.done <= other.done for one, other in pairwise(seen))
    half = Progress(wanted=100, kept=10, ran=31, failed=0, seconds=10.0)
    assert (half.rate, half.remaining) == (3.0, 59 / 3)
    assert "0:20" in half.line("en")
    assert "0:20" in half.line("zh")


def test_the_time_of_a_strategy_is_named_by_where_most_of_its_effort_goes(pair: Pair) -> None:
    assert timing(pair[0]) == "before"
    assert timing(pair[0].model_copy(update={"timing": "adaptive"})) == "adaptive"
    shares = {"before": 0.59, "during": 0.41, "after": 0.0}
    assert timing(pair[0].model_copy(update={"timing": shares})) == "mixed"
    shares = {"before": 0.2, "during": 0.2, "after": 0.6}
    assert timing(pair[0].model_copy(update={"timing": shares})) == "after"


def test_the_manifest_tells_what_was_run_and_checks_the_files(small: Scenario, pair: Pair, tmp_path: Path) -> None:
    tallies = [compare(small, pair, replicates, SEED, 2, tmp_path) for replicates in (2, 5, 5)]
    for tally in tallies:
        written = write_manifest(tmp_path, "the command", of_scenario(small, pair, pair[0].name, 5, SEED), 2, tally)
    read = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    assert read == written
    assert [session["runs"] for session in read["sessions"]] == [4, 6]
    assert read["wall_seconds"] == sum(tally.wall_seconds for tally in tallies[:2])
    assert (read["runs"], read["failures"], read["seed"]) == (10, 0, SEED)
    assert read["scenario"] == small.resolved()
    assert set(read["strategies"]) == set(small.strategies)
    assert {"xietiao", "python", "numpy", "numba", "mesa", "duckdb"} <= set(read["versions"])
    assert list(read["sha256"]) == ["runs.duckdb"]
    assert read["sha256"]["runs.duckdb"] == hashlib.sha256((tmp_path / "runs.duckdb").read_bytes()).hexdigest()


def test_a_manifest_that_cannot_be_read_is_replaced(small: Scenario, pair: Pair, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"sessions": [')
    plan = of_scenario(small, pair, pair[0].name, 1, SEED)
    write_manifest(tmp_path, "", plan, 1, Tally(2, 0, 2, 0, 0.1, 0.2, 0.1))
    assert len(json.loads((tmp_path / FILE).read_text(encoding="utf-8"))["sessions"]) == 1
