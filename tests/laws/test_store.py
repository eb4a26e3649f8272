"""What is kept is kept once, whole, and comes back to the bit."""

import subprocess
import sys
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import store
from sim.errors import RequestError
from sim.measures import NAMES, SERIES_NAMES
from sim.store import Batch, Entry, Request, Store, load_failures, load_results

TICKS = np.array([9, 19, 29])
ENTRIES = tuple(Entry(name, f"digest of {name}", name.upper(), f"{name} 策略", "unified", "before") for name in "abc")
REQUEST = Request("town", "digest", "A town", "某镇", 7, "generator/1", "0.1.0", ENTRIES[:2], "a", 4)


def batch(*runs: tuple[int, int], failures: tuple[tuple[int, int, str], ...] = (), seed: int = 0) -> Batch:
    """Runs (strategy, replicate) with arbitrary numbers, some of them NaN."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(len(runs), len(NAMES)))
    values[values > 1.5] = np.nan
    s, r = np.array(runs, dtype=np.int64).reshape(-1, 2).T
    series = rng.normal(size=(len(runs), len(TICKS), len(SERIES_NAMES)))
    return Batch(s, r, values, s, r, series, failures, 0.1)


def write(folder: Path, *batches: Batch, request: Request = REQUEST) -> None:
    with Store(folder, request, TICKS) as kept:
        for each in batches:
            kept.add(each)


@settings(max_examples=10)
@given(runs=st.lists(st.tuples(st.integers(0, 1), st.integers(0, 3)), unique=True), seed=st.integers(0, 99))
def test_what_is_kept_comes_back_to_the_bit_and_what_is_missing_is_nan(
    tmp_path_factory: pytest.TempPathFactory, runs: list[tuple[int, int]], seed: int
) -> None:
    folder = tmp_path_factory.mktemp("store")
    kept = batch(*runs, seed=seed)
    write(folder, kept)
    results = load_results(folder)
    values = np.full((2, 4, len(NAMES)), np.nan)
    series = np.full((2, 4, len(TICKS), len(SERIES_NAMES)), np.nan)
    for row, (s, r) in enumerate(runs):
        values[s, r], series[s, r] = kept.values[row], kept.series[row]
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
    with Store(tmp_path, REQUEST, TICKS) as kept:
        assert np.argwhere(kept.done()).tolist() == [[0, 1], [1, 3]]


def test_a_batch_that_repeats_a_run_is_refused_whole(tmp_path: Path) -> None:
    with Store(tmp_path, REQUEST, TICKS) as kept:
        kept.add(batch((0, 0)))
        with pytest.raises(duckdb.ConstraintException):
            kept.add(batch((0, 1), (0, 0)))
        assert np.argwhere(kept.done()).tolist() == [[0, 0]]
        kept.add(batch((0, 1)))
    assert np.isfinite(load_results(tmp_path).series[0, :2]).all()


@pytest.mark.parametrize(
    ("change", "named"),
    [
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
    monkeypatch.setattr(store, "SERIES_REPLICATES", 2)
    write(tmp_path, batch((0, 0)), request=REQUEST._replace(replicates=4))
    assert load_results(tmp_path).series.shape[:2] == (2, 2)
    assert load_results(tmp_path).values.shape[:2] == (2, 4)


def test_failures_are_told_until_they_are_tried_again(tmp_path: Path) -> None:
    write(tmp_path, batch((0, 0), failures=((1, 0, "ValueError: no"), (1, 2, "ValueError: never"))))
    assert load_failures(tmp_path, 9) == [("b", 0, "ValueError: no"), ("b", 2, "ValueError: never")]
    write(tmp_path, batch((1, 0)))
    assert load_failures(tmp_path, 9) == []


def test_another_process_is_refused_while_results_are_written(tmp_path: Path) -> None:
    program = f"from sim.store import *; p = Path({str(tmp_path)!r})\n"
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
    with Store(tmp_path, REQUEST, TICKS) as kept:
        assert np.argwhere(kept.done()).tolist() == [[0, 0], [1, 1]]


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
