"""Comparisons: pairs are pairs, directions are directions, and nobody dominates himself."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from fake_results import alone, fake_results, with_gaps
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis import compare, selection
from sim.kept import Results
from sim.measures import MEASURES, NAMES


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


def skewed(results: Results, measure: str) -> Results:
    """The same with one strategy's differences on a measure that are far from normal: a few large, the rest small."""
    values, m = results.values.copy(), NAMES.index(measure)
    values[1, :, m] = values[0, :, m] + 0.01 * np.arange(len(results.replicates))
    values[1, :2, m] += 50.0
    return results._replace(values=values)


def test_the_bootstrap_agrees_on_normal_differences_and_not_on_skewed_ones() -> None:
    results = fake_results()
    check = compare.check_of(results, compare.KEY)
    assert check.agrees.all()  # 100 pairs of nearly normal values
    assert not check.known[0].any()  # the baseline has no difference
    assert check.known[1:].all()
    check = compare.check_of(skewed(results, "conflicts"), compare.KEY)
    assert np.argwhere(~check.agrees).tolist() == [[1, compare.KEY.index("conflicts")]]


@pytest.mark.parametrize("replicates", [2, 5, compare.CHECKED_FROM - 1, compare.CHECKED_FROM])
def test_of_few_pairs_it_is_not_said_whether_the_bootstrap_agrees(replicates: int) -> None:
    results = fake_results(replicates=replicates)
    check, said = compare.check_of(results, compare.KEY), replicates >= compare.CHECKED_FROM
    assert check.known[1:].all() == check.known.any() == said
    assert said or check.agrees.all()
    assert compare.differences(results)["intervals_agree"].notna().any() == said


def test_ends_may_lie_apart_by_the_stated_share_and_verdicts_may_not_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    results = fake_results(strategies=2, replicates=40)
    t = compare.difference_of(results, ("conflicts",))
    half = (t.high - t.low) / 2.0
    for moved, agrees in ((0.99, True), (1.01, False)):
        away = moved * compare.AGREE * half
        monkeypatch.setattr(compare, "bootstrap_band", lambda *_, ends=(t.low, t.high + away), **__: ends)
        assert bool(compare.check_of(results, ("conflicts",)).agrees[1, 0]) is agrees
    values = results.values.copy()
    values[1] += (1e-6 - t.low[1, 0]) * np.ones(len(NAMES))  # so that the t interval only just leaves out 0
    near = results._replace(values=values)
    t = compare.difference_of(near, ("conflicts",))
    monkeypatch.setattr(compare, "bootstrap_band", lambda *_, **__: (t.low - 1e-3, t.high))
    assert not compare.check_of(near, ("conflicts",)).agrees[1, 0]


def test_differences_say_what_the_bootstrap_says_and_how_many_replicates_are_needed() -> None:
    results = skewed(fake_results(), "conflicts")
    frame = compare.differences(results).set_index(["strategy", "measure"])
    odd = frame.loc[(results.strategies[1], "conflicts")]
    assert odd["intervals_agree"] is False
    assert odd["boot_high"] - odd["difference"] > odd["difference"] - odd["boot_low"]  # skewed to the right
    decided = (frame["ci_low"] > 0) | (frame["ci_high"] < 0)
    assert ((frame["replicates_needed"] <= frame["n"]) == decided).all()
    missing = compare.differences(with_gaps(results)).query("measure == 'latent_divergence'")
    new = ["boot_low", "boot_high", "intervals_agree", "replicates_needed"]
    assert missing[new].isna().all(axis=None)


def test_working_on_few_strategies_at_a_time_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    results = with_gaps(fake_results(replicates=30))
    whole = compare.summary(results), compare.differences(results)
    monkeypatch.setattr(compare, "_CELLS", 4 * 30 * len(NAMES))  # four at a time, of fifteen
    for one, other in zip(whole, (compare.summary(results), compare.differences(results)), strict=True):
        pd.testing.assert_frame_equal(one, other, rtol=1e-12)


@pytest.mark.parametrize("replicates", [0, 1])
def test_tables_of_no_world_and_of_one_have_their_rows_and_no_intervals(replicates: int) -> None:
    results = fake_results(strategies=3, replicates=max(replicates, 1))
    results = results._replace(values=results.values[:, :replicates], replicates=tuple(range(replicates)))
    found = compare.differences(results)
    assert len(found) == 2 * len(NAMES)
    assert found[["ci_low", "boot_low", "intervals_agree", "replicates_needed"]].isna().all(axis=None)
    assert selection.selection_table(results)["chance"].isna().all()
    assert len(compare.non_dominated_table(results)) == 3


def test_the_table_of_the_non_dominated_says_what_the_functions_say() -> None:
    results = with_gaps(fake_results())
    table = compare.non_dominated_table(results).set_index("strategy")
    assert tuple(table.index) == results.strategies
    for name, measures in (("plane", compare.PLANE), ("key", compare.KEY)):
        assert tuple(table.index[table[name]]) == compare.non_dominated(results, measures)
        assert table[f"{name}_share"].to_dict() == compare.non_dominated_share(results, measures)


def test_selections_follow_the_direction_of_the_measure() -> None:
    results = fake_results(strategies=4)
    for each in selection.selections(results):
        column = results.values[:, :, NAMES.index(each.measure)].mean(axis=1)
        better = MEASURES[NAMES.index(each.measure)].better
        assert each.best == results.strategies[column.argmax() if better == "up" else column.argmin()]
        assert each.best in each.possible
    with pytest.raises(ValueError, match="direction"):
        selection.selections(results, ("rounds",))


def test_indifference_is_in_the_unit_of_its_measure_and_only_raises_the_chance() -> None:
    """The second of two takes half a day longer on average, which differs by 5 to 6 days from world to world."""
    results = fake_results(strategies=2)
    first, second = results.values[:, :, NAMES.index("time_in_system")]
    second += 0.5 - (second - first).mean()
    exact = selection.selections(results)
    loose = selection.selections(results, indifference={"time_in_system": 2.0})
    assert loose[0].indifference == 2.0
    assert loose[0].chance > exact[0].chance
    assert loose[0].replicates_needed < exact[0].replicates_needed
    assert loose[0].possible == exact[0].possible
    assert loose[1:] == exact[1:]


def test_the_table_has_a_row_for_every_measure_with_a_direction() -> None:
    results = with_gaps(fake_results())
    table = selection.selection_table(results).set_index("measure")
    assert list(table.index) == [measure.name for measure in MEASURES if measure.better]
    for each in selection.selections(results, compare.KEY):
        row = table.loc[each.measure]
        assert (row["best"], row["chance"], row["possible"]) == (each.best, each.chance, len(each.possible))
        assert tuple(row["candidates"].split(";")) == each.possible
    assert table.loc["latent_divergence", ["best", "chance", "candidates"]].isna().all()
    assert (selection.selection_table(alone(results))["possible"] <= 1).all()


def test_tables_are_written_whole_and_read_back(tmp_path: Path) -> None:
    results = with_gaps(fake_results())
    paths = compare.write_tables(results, tmp_path / "new")
    names = ["summary.csv", "differences.csv", "selection.csv", "non_dominated.csv"]
    assert [path.name for path in paths] == names
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == sorted(names)
    tables = (compare.summary, compare.differences, selection.selection_table, compare.non_dominated_table)
    for path, frame in zip(paths, (table(results) for table in tables), strict=True):
        pd.testing.assert_frame_equal(pd.read_csv(path), frame, check_dtype=False, rtol=1e-9)
