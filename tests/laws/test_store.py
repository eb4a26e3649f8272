"""What is kept is kept once, whole, and comes back to the bit."""

import subprocess
import sys
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import kept, store
from sim.design import ONE_POINT, Design, Factor
from sim.errors import RequestError
from sim.kept import load_failures, load_results, load_swept
from sim.measures import NAMES, SERIES_NAMES
from sim.store import Batch, Entry, Request, Store

TICKS = np.array([9, 19, 29])
ENTRIES = tuple(Entry(name, f"digest of {name}", name.upper(), f"{name} 策略", "unified", "before") for name in "abc")
REQUEST = Request(
    "town", "town", "digest", "A town", "某镇", "Why?", "为何？", 7, "generator/1", "0.1.0", ENTRIES[:2], "a",
    ONE_POINT, 4, {},
)  # fmt: skip


def batch(
    *runs: tuple[int, int], failures: tuple[tuple[int, int, int, str], ...] = (), seed: int = 0, point: int = 0
) -> Batch:
    """Runs (strategy, replicate) with arbitrary numbers, some of them NaN."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(len(runs), len(NAMES)))
    values[values > 1.5] = np.nan
    s, r = np.array(runs, dtype=np.int64).reshape(-1, 2).T
    series = rng.normal(size=(len(runs), len(TICKS), len(SERIES_NAMES)))
    return Batch(np.full(len(runs), point), s, r, values, np.arange(len(runs)), series, failures, 0.1)


def write(folder: Path, *batches: Batch, request: Request = REQUEST) -> None:
    with Store(folder, request, TICKS) as opened:
        for each in batches:
            opened.add(each)


@settings(max_examples=10)
@given(runs=st.lists(st.tuples(st.integers(0, 1), st.integers(0, 3)), unique=True), seed=st.integers(0, 99))
def test_what_is_kept_comes_back_to_the_bit_and_what_is_missing_is_nan(
    tmp_path_factory: pytest.TempPathFactory, runs: list[tuple[int, int]], seed: int
) -> None:
    folder = tmp_path_factory.mktemp("store")
    written = batch(*runs, seed=seed)
    write(folder, written)
    results = load_results(folder)
    values = np.full((2, 4, len(NAMES)), np.nan)
    series = np.full((2, 4, len(TICKS), len(SERIES_NAMES)), np.nan)
    for row, (s, r) in enumerate(runs):
        values[s, r], series[s, r] = written.values[row], written.series[row]
    np.testing.assert_array_equal(results.values, values)
    np.testing.assert_array_equal(results.series, series)


def test_results_carry_what_the_request_said(tmp_path: Path) -> None:
    write(tmp_path)
    results = load_results(tmp_path)
    assert results[:10] == (
        "town", "A town", "某镇", ("a", "b"), ("A", "B"), ("a 策略", "b 策略"), ("unified",) * 2, ("before",) * 2, "a",
        (0, 1, 2, 3),
    )  # fmt: skip
    assert results.sample_ticks.tolist() == TICKS.tolist()
    assert results.seed == 7


def test_what_exists_is_known_when_the_folder_is_opened_again(tmp_path: Path) -> None:
    write(tmp_path, batch((0, 1), (1, 3)))
    with Store(tmp_path, REQUEST, TICKS) as opened:
        assert np.argwhere(opened.done()[0]).tolist() == [[0, 1], [1, 3]]


def test_a_batch_that_repeats_a_run_is_refused_whole(tmp_path: Path) -> None:
    with Store(tmp_path, REQUEST, TICKS) as opened:
        opened.add(batch((0, 0)))
        with pytest.raises(duckdb.ConstraintException):
            opened.add(batch((0, 1), (0, 0)))
        assert np.argwhere(opened.done()[0]).tolist() == [[0, 0]]
        opened.add(batch((0, 1)))
    assert np.isfinite(load_results(tmp_path).series[0, :2]).all()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"design": Design("table", (), np.zeros((2, 0)))}, "design: here single of 1"),
        ({"seed": 8}, "seed: here 7, asked 8"),
        ({"digest": "other"}, "scenario: here town"),
        ({"scenario": "city"}, "scenario: here town"),
        ({"generator": "generator/2"}, "generator"),
        ({"code": "0.2.0"}, "code: here 0.1.0, asked 0.2.0"),
        ({"strategies": (ENTRIES[0]._replace(digest="changed"), ENTRIES[1])}, "strategy a"),
    ],
)
def test_a_folder_of_another_request_is_refused_with_what_differs(
    tmp_path: Path, change: dict[str, object], named: str
) -> None:
    write(tmp_path, batch((0, 0)))
    with pytest.raises(RequestError, match=named) as refused:
        Store(tmp_path, REQUEST._replace(**change), TICKS)
    assert "--out" in refused.value.allowed
    assert np.isfinite(load_results(tmp_path).series[0, 0]).all()


def test_a_folder_without_a_run_belongs_to_nobody(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, batch((0, 0)), request=REQUEST._replace(seed=8))
    assert load_results(tmp_path).seed == 8


def test_strategies_and_replicates_may_be_added_and_fewer_shown(tmp_path: Path) -> None:
    write(tmp_path, batch((0, 0), (1, 3)))
    wide = REQUEST._replace(strategies=(ENTRIES[2], ENTRIES[0]), replicates=6)
    write(tmp_path, batch((0, 5), (1, 5)), request=wide)
    results = load_results(tmp_path)
    assert results.strategies == ("c", "a")
    assert np.argwhere(np.isfinite(results.series).all(axis=(2, 3))).tolist() == [[0, 5], [1, 0], [1, 5]]
    write(tmp_path)
    assert load_results(tmp_path).values.shape[:2] == (2, 4)


def test_series_are_read_for_the_first_replicates_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "SERIES_REPLICATES", 2)
    write(tmp_path, batch((0, 0)), request=REQUEST._replace(replicates=4))
    assert load_results(tmp_path).series.shape[:2] == (2, 2)
    assert load_results(tmp_path).values.shape[:2] == (2, 4)


def test_failures_are_told_until_they_are_tried_again(tmp_path: Path) -> None:
    write(tmp_path, batch((0, 0), failures=((0, 1, 0, "ValueError: no"), (0, 1, 2, "ValueError: never"))))
    assert load_failures(tmp_path, 9) == [(0, "b", 0, "ValueError: no"), (0, "b", 2, "ValueError: never")]
    write(tmp_path, batch((1, 0)))
    assert load_failures(tmp_path, 9) == []


def test_another_process_is_refused_while_results_are_written(tmp_path: Path) -> None:
    program = f"from sim.store import *; from sim.kept import *; p = Path({str(tmp_path)!r})\n"
    program += "for act in (lambda: check_unused(p), lambda: load_results(p)):\n"
    program += "    try: act()\n    except Busy as error: print(error)\n"
    with Store(tmp_path, REQUEST, TICKS):
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.count("another process is writing these results") == 2


def test_what_was_added_survives_a_kill(tmp_path: Path) -> None:
    program = f"import os, signal, sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
    program += "from test_store import *\n"
    program += f"kept = Store(Path({str(tmp_path)!r}), REQUEST, TICKS)\n"
    program += "kept.add(batch((0, 0))); kept.add(batch((1, 1)))\n"
    program += "os.kill(os.getpid(), signal.SIGKILL)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == -9
    with Store(tmp_path, REQUEST, TICKS) as opened:
        assert np.argwhere(opened.done()[0]).tolist() == [[0, 0], [1, 1]]


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RequestError, match="cannot be written"):
        Store(tmp_path / "file" / "below", REQUEST, TICKS)


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / store.FILE).write_text("not a database" * 999)
    with pytest.raises(RequestError, match="cannot be opened"):
        Store(tmp_path, REQUEST, TICKS)
    store.check_unused(tmp_path)
    with pytest.raises(RequestError, match="no results here"):
        load_results(tmp_path / "elsewhere")


FACTORS = (
    Factor("rules.one", "One", "其一", "h", 0.0, 2.0, 1.0),
    Factor("ticks", "two", "其二", "tick", 1, 9, 5, True),
)
POINTS = np.array([[0.1, 3.0], [np.nan, 4.0], [1.9, 5.0]])
DESIGN = Design("table", FACTORS, POINTS, (("low", "低"), ("plain", "常"), ("high", "高")))


def test_a_sweep_comes_back_with_its_design_and_the_replicates_asked_for_at_each_point(tmp_path: Path) -> None:
    request = REQUEST._replace(design=DESIGN)
    parts = [batch((0, 0), (1, 3), seed=p, point=p) for p in range(3)]
    with Store(tmp_path, request, TICKS) as opened:
        for part in parts:
            opened.add(part)
        opened.ask(np.array([4, 1, 4]))
        assert np.argwhere(opened.done()).tolist() == [[p, *run] for p in range(3) for run in ((0, 0), (1, 3))]
    swept = load_swept(tmp_path)
    assert swept.design._replace(points=POINTS) == DESIGN
    np.testing.assert_array_equal(swept.design.points, POINTS)
    assert (swept.question_en, swept.question_zh, swept.counts.tolist()) == ("Why?", "为何？", [4, 1, 4])
    for m, name in enumerate(NAMES):
        wanted = np.full((3, 2, 4), np.nan)
        for p, part in enumerate(parts):
            wanted[p, 0, 0] = part.values[0, m]
            wanted[p, 1, 3] = part.values[1, m] if p != 1 else np.nan
        np.testing.assert_array_equal(swept.values(name), wanted)
    with pytest.raises(RequestError, match="holds a sweep"):
        load_results(tmp_path)


def test_a_store_of_another_version_is_refused_with_both_versions(tmp_path: Path) -> None:
    write(tmp_path, batch((0, 0)))
    with duckdb.connect(str(tmp_path / store.FILE)) as connection:
        connection.execute('UPDATE meta SET value = replace(value, \'"schema": "2"\', \'"schema": "1"\')')
    with pytest.raises(RequestError, match="schema: here 1, asked 2"):
        Store(tmp_path, REQUEST, TICKS)
    with pytest.raises(RequestError, match="another version of the store; got '1'; allowed: version 2"):
        load_results(tmp_path)


def test_a_full_disk_is_told_and_what_was_kept_stays(tmp_path: Path) -> None:
    program = f"import resource, sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
    program += "from test_store import *\n"
    program += f"opened = Store(Path({str(tmp_path)!r}), REQUEST._replace(replicates=10**6), TICKS)\n"
    program += "opened.add(batch((0, 0), (1, 1)))\n"
    program += "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
    program += "try:\n    for k in range(1, 99): opened.add(batch(*((0, 100 * k + r) for r in range(99))))\n"
    program += "except RequestError as error: print(error)\n"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "cannot be written" in done.stdout
    assert "the same command continues" in done.stdout
    with Store(tmp_path, REQUEST, TICKS) as opened:
        assert opened.done()[0, [0, 1], [0, 1]].all()
