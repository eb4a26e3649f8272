"""Comparisons: pairs are pairs, directions are directions, and nobody dominates himself."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from fake_results import alone, fake_results, with_gaps
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis import compare
from sim.measures import MEASURES, NAMES
from sim.store import Results


def made_of(goods: np.ndarray) -> Results:
    """Results whose time_in_system and conflicts are the two columns of ``goods`` in each of two replicates."""
    results = fake_results(strategies=len(goods), replicates=2)
    values = results.values.copy()
    values[:, :, [NAMES.index(name) for name in compare.PLANE]] = goods[:, None, :]
    return results._replace(values=values)


def test_the_summary_has_a_row_for_every_strategy_and_measure() -> None:
    results = with_gaps(fake_results())
    frame = compare.summary(results)
    assert list(frame.columns) == ["strategy", "measure", "n", "mean", "ci_low", "ci_high"]
    assert len(frame) == len(results.strategies) * len(NAMES)
    row = frame.query("strategy == 'committee' and measure == 'conflicts'").iloc[0]
    column = results.values[results.strategies.index("committee"), :, NAMES.index("conflicts")]
    assert row["n"] == np.isfinite(column).sum() < len(results.replicates)
    assert row["mean"] == pytest.approx(np.nanmean(column))
    assert row["ci_low"] < row["mean"] < row["ci_high"]


def test_what_is_missing_everywhere_has_no_mean_and_no_interval() -> None:
    frame = compare.summary(with_gaps(fake_results())).query("measure == 'latent_divergence'")
    assert (frame["n"] == 0).all()
    assert frame[["mean", "ci_low", "ci_high"]].isna().all(axis=None)


def test_differences_leave_the_baseline_out_and_pair_replicates() -> None:
    results = fake_results()
    frame = compare.differences(results)
    assert results.baseline not in set(frame["strategy"])
    assert set(frame["baseline"]) == {results.baseline}
    means = compare.mean_of(results, NAMES)
    paired = frame["ci_high"] - frame["difference"]
    assert paired.mean() < np.mean(means.high - means.mean)  # what worlds share cancels


def test_exchanging_strategy_and_baseline_turns_every_difference_around() -> None:
    there = fake_results(strategies=2)
    back = there._replace(baseline=there.strategies[1])
    one, other = compare.differences(there), compare.differences(back)
    assert one["difference"].to_numpy() == pytest.approx(-other["difference"].to_numpy())
    assert one["ci_low"].to_numpy() == pytest.approx(-other["ci_high"].to_numpy())
    assert one["p_holm"].to_numpy() == pytest.approx(other["p_holm"].to_numpy())
    chances = one["probability_better"].to_numpy() + other["probability_better"].to_numpy()
    directed = np.array([bool(measure.better) for measure in MEASURES])
    assert chances[directed] == pytest.approx(1.0)
    assert np.isnan(chances[~directed]).all()


def test_better_means_what_the_measure_says() -> None:
    results = fake_results(strategies=2)
    values = results.values.copy()
    values[1] = values[0] + 1.0
    frame = compare.differences(results._replace(values=values)).set_index("measure")
    assert frame.loc["on_time", "probability_better"] == 1.0
    assert frame.loc["conflicts", "probability_better"] == 0.0
    assert compare.verdicts(results._replace(values=values), ("on_time", "conflicts", "rounds"))[1].tolist() == [
        1,
        -1,
        0,
    ]


def test_a_baseline_alone_has_no_differences() -> None:
    frame = compare.differences(alone(fake_results(replicates=1)))
    assert frame.empty
    assert "p_holm" in frame.columns


def test_the_staircase_of_three_by_hand() -> None:
    results = made_of(np.array([[1.0, 3.0], [2.0, 2.0], [2.0, 3.0], [3.0, 1.0]]))
    names = results.strategies
    assert compare.non_dominated(results) == (names[0], names[1], names[3])
    assert compare.non_dominated_share(results) == dict(zip(names, [1.0, 1.0, 0.0, 1.0], strict=True))


def test_equals_do_not_dominate_each_other_and_the_unknown_are_left_out() -> None:
    results = made_of(np.array([[1.0, 1.0], [1.0, 1.0], [np.nan, 0.0]]))
    assert compare.non_dominated(results) == results.strategies[:2]


@given(arrays(np.float64, (6, 2), elements=st.floats(0, 10)))
def test_everyone_is_free_or_dominated_by_someone_free(goods: np.ndarray) -> None:
    results = made_of(goods)
    free = [results.strategies.index(name) for name in compare.non_dominated(results)]
    assert free
    for s in range(len(goods)):
        beaten = any((goods[f] <= goods[s]).all() and (goods[f] < goods[s]).any() for f in free)
        assert beaten != (s in free)


def test_shares_are_shares_follow_the_seed_and_agree_with_the_means() -> None:
    results = with_gaps(fake_results())
    shares = compare.non_dominated_share(results, resamples=300)
    assert shares == compare.non_dominated_share(results, resamples=300, seed=results.seed)
    assert all(0.0 <= share <= 1.0 for share in shares.values())
    assert sum(shares.values()) >= 1.0 - 1e-12  # someone is free in every resample
    assert max(shares, key=lambda name: shares[name]) in compare.non_dominated(results)


def test_dominance_on_a_measure_without_direction_is_refused() -> None:
    with pytest.raises(ValueError, match="direction"):
        compare.non_dominated(fake_results(), ("conflicts", "rounds"))


def test_tables_are_written_whole_and_read_back(tmp_path: Path) -> None:
    results = with_gaps(fake_results())
    paths = compare.write_tables(results, tmp_path / "new")
    assert [path.name for path in paths] == ["summary.csv", "differences.csv"]
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["differences.csv", "summary.csv"]
    for path, frame in zip(paths, (compare.summary(results), compare.differences(results)), strict=True):
        pd.testing.assert_frame_equal(pd.read_csv(path), frame, check_dtype=False, rtol=1e-9)
