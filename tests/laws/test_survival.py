"""Killed at any moment, continued, cut into shards, put together: the rows are those of an undisturbed run."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from sim.errors import RequestError
from sim.experiment import Shard, carry_out
from sim.kept import Swept, count_failures, load_failures, load_swept
from sim.measures import NAMES
from sim.merging import merge
from sim.plan import Plan
from sim.stopping import needed
from sim.store import FILE
from sim.sweep import load_sweep

ROOT = Path(__file__).resolve().parents[2]
SWEEP = """\
title = { en = "A", zh = "甲" }
question = { en = "A?", zh = "甲？" }
source = "a test"
scenario = "teaching"
strategies = ["unified-before-meeting", "multi3-before", "unified-after"]
baseline = "unified-before-meeting"
design.kind = "factorial"
[factors]
ticks = [60]
workload.arrivals = [0.4, 0.8]
strategy.rounds = [1, 4]
"""
FIXED = "replicates = 30\n" + SWEEP
UNTIL = SWEEP + '[until]\nmeasure = "time_in_system"\nhalf_width = 0.8\nfirst = 6\nmost = 40\n'


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("sweeps")
    for name, text in (("fixed", FIXED), ("until", UNTIL)):
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.toml" for name in ("fixed", "until")}


@pytest.fixture(scope="module")
def undisturbed(files: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Swept]:
    found = {}
    for name, file in files.items():
        folder = tmp_path_factory.mktemp(name)
        carry_out(load_sweep(file), 2, folder)
        found[name] = load_swept(folder)
    return found


def same(one: Swept, other: Swept) -> None:
    assert one.counts.tolist() == other.counts.tolist()
    for name in NAMES:
        np.testing.assert_array_equal(one.values(name), other.values(name))


def begun(file: Path, folder: Path, delay: float = 3600.0) -> subprocess.Popen[bytes]:
    """A process of its own that carries the sweep out in tiny batches, and kills itself some seconds after the first.

    The kill comes from a thread: in the middle of a run, of a commit, or between.
    """
    program = "import os, signal, sys, threading; from pathlib import Path; from sim import experiment\n"
    program += "from sim.sweep import load_sweep\n"
    program += "experiment.BATCH_SECONDS, timers = 1e-9, []\n"
    program += "def kill(progress):\n"
    program += "    if progress.ran and not timers:\n"
    program += "        kill = lambda: os.kill(os.getpid(), signal.SIGKILL)\n"
    program += "        timers.append(threading.Timer(float(sys.argv[3]), kill))\n"
    program += "        timers[0].daemon = True; timers[0].start()\n"
    program += "experiment.carry_out(load_sweep(sys.argv[1]), 2, Path(sys.argv[2]), kill)"
    command = [sys.executable, "-c", program, str(file), str(folder), str(delay)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["fixed", "until"])
def test_a_sweep_killed_at_any_moment_goes_on_to_the_same_rows(
    name: str, files: dict[str, Path], undisturbed: dict[str, Swept], tmp_path: Path
) -> None:
    moments, codes = random.Random(name), []
    for _ in range(4):
        process = begun(files[name], tmp_path, moments.uniform(0.0, 0.1))
        process.communicate()
        codes.append(process.returncode)
    assert -signal.SIGKILL in codes
    tally = carry_out(load_sweep(files[name]), 2, tmp_path)
    assert tally.kept + tally.ran == tally.wanted
    same(load_swept(tmp_path), undisturbed[name])


def test_replicates_go_on_until_the_paired_interval_is_narrow_enough(
    files: dict[str, Path], undisturbed: dict[str, Swept]
) -> None:
    plan, found = load_sweep(files["until"]), undisturbed["until"]
    assert plan.until is not None
    values = found.values("time_in_system")
    pilot = values[:, :, : plan.until.first]
    assert found.counts.tolist() == needed(pilot[:, 1:] - pilot[:, :1], plan.until).tolist()
    assert len(set(found.counts.tolist())) > 1, "points differ in what they need"
    assert (np.isfinite(values).sum(axis=2) == found.counts[:, None]).all()
    fixed = undisturbed["fixed"].values("time_in_system")
    common = min(values.shape[2], 30)
    shared = np.isfinite(values[:, :, :common])
    np.testing.assert_array_equal(values[:, :, :common][shared], fixed[:, :, :common][shared])


@pytest.mark.parametrize("name", ["fixed", "until"])
@pytest.mark.parametrize("parts", [3])
def test_shards_put_together_in_any_order_are_the_whole(
    name: str, parts: int, files: dict[str, Path], undisturbed: dict[str, Swept], tmp_path: Path
) -> None:
    plan = load_sweep(files[name])
    shards = [tmp_path / f"part-{part}" for part in range(parts, 0, -1)]
    tallies = [carry_out(plan, 1, folder, shard=Shard(parts - k, parts)) for k, folder in enumerate(shards)]
    wanted = int(undisturbed[name].counts.sum()) * 3
    assert sum(tally.ran for tally in tallies) == wanted
    assert merge(shards, tmp_path / "whole") == wanted
    same(load_swept(tmp_path / "whole"), undisturbed[name])
    assert merge(shards[:1], tmp_path / "whole") == wanted, "again changes nothing"
    same(load_swept(tmp_path / "whole"), undisturbed[name])


def test_a_shard_that_is_missing_leaves_gaps_that_a_sweep_fills(
    files: dict[str, Path], undisturbed: dict[str, Swept], tmp_path: Path
) -> None:
    plan = load_sweep(files["fixed"])
    carry_out(plan, 1, tmp_path / "part", shard=Shard(2, 3))
    merged = merge([tmp_path / "part"], tmp_path / "whole")
    assert 0 < merged < 360
    tally = carry_out(plan, 2, tmp_path / "whole")
    assert (tally.kept, tally.ran) == (merged, 360 - merged)
    same(load_swept(tmp_path / "whole"), undisturbed["fixed"])


def test_shards_of_unequal_requests_are_united_and_missing_parts_are_known(
    files: dict[str, Path], undisturbed: dict[str, Swept], tmp_path: Path
) -> None:
    plan = load_sweep(files["fixed"])
    carry_out(plan._replace(replicates=2, strategies=plan.strategies[:2]), 1, tmp_path / "few")
    carry_out(plan._replace(replicates=6, strategies=plan.strategies[::2]), 1, tmp_path / "many")
    merge([tmp_path / "few", tmp_path / "many"], tmp_path / "out")
    found = load_swept(tmp_path / "out")
    assert (set(found.strategies), found.counts.tolist()) == ({each.name for each in plan.strategies}, [6] * 4)
    whole = undisturbed["fixed"].values("conflicts")[:, :, :6].copy()
    whole[:, 1, 2:] = np.nan  # the second strategy was asked for in two replicates only
    order = [found.strategies.index(each.name) for each in plan.strategies]
    np.testing.assert_array_equal(found.values("conflicts")[:, order], whole)
    carry_out(load_sweep(files["until"]), 1, tmp_path / "half", shard=Shard(1, 2))
    merge([tmp_path / "half"], tmp_path / "gaps")
    assert (load_swept(tmp_path / "gaps").counts > 0).tolist() == [True, False, True, False]


def test_shards_in_one_folder_add_up(files: dict[str, Path], undisturbed: dict[str, Swept], tmp_path: Path) -> None:
    for part in (1, 2, 3):
        carry_out(load_sweep(files["until"]), 1, tmp_path, shard=Shard(part, 3))
    same(load_swept(tmp_path), undisturbed["until"])


def test_a_merged_folder_knows_the_strategies_it_holds_but_was_not_asked_for(
    files: dict[str, Path], tmp_path: Path
) -> None:
    plan = load_sweep(files["fixed"])._replace(replicates=1)
    pair = plan._replace(strategies=plan.strategies[:2])
    carry_out(plan, 1, tmp_path / "all")
    carry_out(pair, 1, tmp_path / "all")
    carry_out(pair, 1, tmp_path / "pair")
    merge([tmp_path / "pair", tmp_path / "all"], tmp_path / "out")
    changed = plan.strategies[2].with_values({"strategy.rounds": 1})
    with pytest.raises(RequestError, match=r"strategy unified-after"):
        carry_out(plan._replace(strategies=(*plan.strategies[:2], changed)), 1, tmp_path / "out")


def test_what_is_of_another_sweep_or_has_other_values_is_not_merged(files: dict[str, Path], tmp_path: Path) -> None:
    import duckdb

    plan = load_sweep(files["fixed"])._replace(replicates=2)
    one, other, third = tmp_path / "one", tmp_path / "other", tmp_path / "third"
    carry_out(plan, 1, one)
    carry_out(plan._replace(seed=9), 1, other)
    carry_out(plan, 1, third)
    with pytest.raises(RequestError, match="seed: here 9, asked 1"):
        merge([one, other], tmp_path / "out")
    with duckdb.connect(str(third / FILE)) as connection:
        connection.execute("UPDATE runs SET conflicts = conflicts + 1 WHERE point = 1 AND replicate = 1")
    with pytest.raises(RequestError, match="holds other values for a run"):
        merge([one, third], tmp_path / "out")
    assert np.isfinite(load_swept(tmp_path / "out").values("closed")).all()
    with pytest.raises(RequestError, match="is the folder to merge into"):
        merge([one], one)


def test_a_second_sweep_on_one_folder_is_refused(files: dict[str, Path], tmp_path: Path) -> None:
    plan: Plan = load_sweep(files["fixed"])
    errors = []

    def meddle(progress: object) -> None:
        if not errors:
            errors.append(begun(files["fixed"], tmp_path).communicate()[1].decode())

    carry_out(plan._replace(replicates=1), 1, tmp_path, meddle)
    assert "another process is writing these results" in errors[0]


def test_runs_that_fail_are_recorded_with_their_point_and_the_rest_goes_on(
    files: dict[str, Path], undisturbed: dict[str, Swept], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sim import engine

    plan, real = load_sweep(files["fixed"]), engine.run

    def run(template: object, record: object) -> engine.Outcome:
        if record == plan.strategy(1, 1).record():
            raise ZeroDivisionError("nobody there")
        return real(template, record)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(engine, "run", run)
        tally = carry_out(plan, 2, tmp_path)
    assert (tally.ran, tally.failed) == (360, 60)
    assert count_failures(tmp_path) == 60
    assert load_failures(tmp_path, 1) == [(1, "multi3-before", 0, "ZeroDivisionError: nobody there")]
    assert np.isnan(load_swept(tmp_path).values("closed")[[1, 3], 1]).all()
    assert carry_out(plan, 2, tmp_path).failed == 0
    assert count_failures(tmp_path) == 0
    same(load_swept(tmp_path), undisturbed["fixed"])


def test_runs_that_fail_in_the_first_stage_are_not_tried_again_in_the_second(
    files: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sim import engine

    plan, real = load_sweep(files["until"]), engine.run

    def run(template: object, record: object) -> engine.Outcome:
        if record == plan.strategy(1, 1).record():
            raise ZeroDivisionError("nobody there")
        return real(template, record)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "run", run)
    tally = carry_out(plan, 2, tmp_path)
    assert (tally.kept + tally.ran, count_failures(tmp_path)) == (tally.wanted, tally.failed)
    counts = load_swept(tmp_path).counts
    assert counts[1] == counts[3] == 40  # what fails everywhere is never narrow enough
