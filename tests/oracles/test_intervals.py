"""Intervals against hand calculation, closed forms, SciPy's own tests, and their promise to cover."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis import intervals

NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)


def test_the_mean_of_one_to_five_has_the_interval_of_the_textbook() -> None:
    # s² = 2.5, t(4; 0.975) = 2.776445, half-width 2.776445 · √(2.5 / 5)
    found = intervals.mean_interval([1, 2, 3, 4, 5])
    assert found.n == 5
    assert found.mean == 3.0
    assert found.high - found.mean == pytest.approx(1.963243, abs=1e-6)
    assert found.mean - found.low == pytest.approx(1.963243, abs=1e-6)


def test_paired_intervals_and_p_values_equal_those_of_scipy() -> None:
    rng = np.random.default_rng(1)
    one, other = rng.normal(1.0, 2.0, 17), rng.normal(0.0, 1.0, 17)
    test = stats.ttest_rel(one, other)
    low, high = test.confidence_interval(0.9)
    found = intervals.paired_interval(one, other, confidence=0.9)
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-12)
    assert float(intervals.mean_band(one - other).p) == pytest.approx(test.pvalue, rel=1e-9)


def test_a_band_holds_the_intervals_of_its_columns() -> None:
    values = np.random.default_rng(2).normal(size=(9, 2, 3))
    values[3, 1, 2] = np.nan
    band = intervals.mean_band(values)
    for place in np.ndindex(2, 3):
        single = intervals.mean_interval(values[(slice(None), *place)])
        assert (band.n[place], band.mean[place], band.low[place], band.high[place]) == pytest.approx(single)


def test_the_interval_of_ninety_five_percent_covers_as_often_as_it_says() -> None:
    samples = np.random.default_rng(3).normal(10.0, 3.0, (8, 20_000))
    band = intervals.mean_band(samples)
    covered = np.mean((band.low <= 10.0) & (band.high >= 10.0))
    assert covered == pytest.approx(0.95, abs=4 * np.sqrt(0.95 * 0.05 / 20_000))  # 4 binomial standard errors


def test_missing_replicates_are_left_out_in_pairs() -> None:
    found = intervals.paired_interval([1.0, np.nan, 3.0, 4.0], [0.0, 1.0, np.nan, 1.0])
    assert (found.n, found.mean) == (2, 2.0)


@pytest.mark.parametrize("values", [[], [np.nan], [2.0], [2.0, np.nan]])
def test_fewer_than_two_replicates_have_no_interval(values: list[float]) -> None:
    found = intervals.mean_interval(values)
    assert found.n == np.isfinite(values).sum()
    assert np.isnan([found.low, found.high]).all()
    assert found.mean == 2.0 or (np.isnan(found.mean) and found.n == 0)
    assert np.isnan(intervals.bootstrap_band(values, 1)).all()


@given(NUMBERS, st.integers(2, 50))
def test_equal_values_have_an_interval_of_no_width(value: float, n: int) -> None:
    found = intervals.mean_interval([value] * n)
    assert found.mean == found.low == found.high == value


def test_a_difference_that_never_varies_is_certain_or_certainly_nothing() -> None:
    assert intervals.mean_band([0.5, 0.5, 0.5]).p == 0.0
    assert intervals.mean_band([0.0, 0.0, 0.0]).p == 1.0


def test_wilsons_interval_of_seven_in_ten() -> None:
    found = intervals.wilson(7, 10)
    assert (found.low, found.high) == pytest.approx((0.3968, 0.8922), abs=5e-5)


@given(st.integers(1, 500), st.data())
def test_wilsons_interval_equals_scipys_and_holds_the_share(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    found = intervals.wilson(k, n)
    expected = stats.binomtest(k, n).proportion_ci(method="wilson")
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-12)
    assert 0.0 <= found.low <= found.mean <= found.high <= 1.0


def test_better_follows_the_direction_and_a_tie_counts_half() -> None:
    one, other = [1.0, 2.0, 3.0, np.nan], [2.0, 2.0, 5.0, 1.0]
    assert intervals.better_interval(one, other, "down")[:2] == (3, pytest.approx(2.5 / 3))
    assert intervals.better_interval(one, other, "up")[:2] == (3, pytest.approx(0.5 / 3))
    assert np.isnan(intervals.better_interval(one, other, "").mean)


def test_nothing_to_compare_has_no_share() -> None:
    assert intervals.better_interval([np.nan], [1.0], "up").n == 0
    assert np.isnan(intervals.better_interval([np.nan], [1.0], "up").mean)


def test_the_bootstrap_agrees_with_the_t_interval_on_normal_samples() -> None:
    x = np.random.default_rng(4).normal(5.0, 1.0, 400)
    t, (low, high) = intervals.mean_interval(x), intervals.bootstrap_band(x, 5, resamples=20_000)
    error = x.std(ddof=1) / 20.0
    # An end's Monte Carlo error is √(0.025 · 0.975 / 20000) / φ(1.96) = 0.019 standard errors of the mean; four of
    # them.  A sample skewness of three standard deviations, 3√(6 / 400), moves it by that · (2 · 1.96² + 1) / 6√400.
    assert (low, high) == pytest.approx((t.low, t.high), abs=(4 * 0.019 + 0.027) * error)


def test_the_bootstrap_is_scipys_bca_at_the_widened_level() -> None:
    x = np.random.default_rng(8).exponential(size=8)
    widened = 1.0 - 2.0 * stats.norm.cdf(-np.sqrt(8 / 7) * stats.t.ppf(0.975, 7))
    ours, theirs = np.empty((20, 2)), np.empty((20, 2))
    for seed in range(20):
        rng = np.random.default_rng(100 + seed)
        found = stats.bootstrap((x,), np.mean, confidence_level=widened, n_resamples=20_000, method="BCa", rng=rng)
        theirs[seed], ours[seed] = found.confidence_interval, intervals.bootstrap_band(x, seed, resamples=20_000)
    error = np.sqrt((ours.var(axis=0, ddof=1) + theirs.var(axis=0, ddof=1)) / 20)  # of the difference of two means
    assert np.all(np.abs(ours.mean(axis=0) - theirs.mean(axis=0)) < 4.0 * error)


def test_equal_values_leave_the_bootstrap_no_width_and_gaps_are_left_out_column_by_column() -> None:
    values = np.random.default_rng(11).normal(size=(40, 3))
    values[:, 0] = 0.1
    values[::4, 1] = np.nan
    low, high = intervals.bootstrap_band(values, 1)
    assert low[0] == high[0] == 0.1
    t = intervals.mean_band(values)
    # The spread of a resampled size, 30 of 40, adds its tenth; skewness of 30 normal values the rest.
    assert np.stack([low, high])[:, 1:] == pytest.approx(
        np.stack([t.low, t.high])[:, 1:], abs=0.4 * (t.high - t.low)[1] / 2
    )
    assert (low[2], high[2]) == pytest.approx([end.item() for end in intervals.bootstrap_band(values[:, 2], 1)])


def test_the_bootstrap_is_the_same_for_the_same_seed_and_does_not_depend_on_its_blocks() -> None:
    x = np.random.default_rng(6).exponential(size=30)
    assert np.array_equal(intervals.bootstrap_band(x, 7), intervals.bootstrap_band(x, 7))
    assert not np.array_equal(intervals.bootstrap_band(x, 7), intervals.bootstrap_band(x, 8))
    wide = np.arange(9000.0)  # needs several blocks
    sums = intervals.resampled_sums(wide, 1, 1000)
    counts = np.random.default_rng(1).multinomial(9000, np.full(9000, 1 / 9000), size=1000)
    assert sums == pytest.approx(counts @ wide)


@given(st.floats(1e-3, 1e3), st.floats(1e-2, 10.0))
def test_replicates_needed_are_those_of_a_search_one_by_one(deviation: float, ratio: float) -> None:
    n = 2
    while stats.t.ppf(0.975, n - 1) * deviation / np.sqrt(n) >= ratio * deviation:
        n = (
            n + 1 if n < 50 else max(n + 1, int(0.999 * (1.9599 / ratio) ** 2))
        )  # nothing below the normal's n is enough
    for sign in (1.0, -1.0):
        assert intervals.replicates_needed(sign * ratio * deviation, deviation) == n


def test_no_number_of_replicates_decides_what_does_not_differ_or_is_unknown() -> None:
    found = intervals.replicates_needed([0.0, 0.0, np.nan, 1.0, 1e-17, 1.0], [1.0, 0.0, 1.0, np.nan, 1.0, 0.0])
    assert np.isnan(found[:5]).all()
    assert found[5] == 2.0  # never varies: two show it


def test_what_is_seen_is_decided_just_where_fewer_replicates_would_do() -> None:
    samples = np.random.default_rng(12).normal(0.3, 1.0, (25, 400))
    band = intervals.mean_band(samples)
    needed = intervals.replicates_needed(band.mean, intervals.spread(band))
    assert np.array_equal(needed <= 25, (band.low > 0) | (band.high < 0))


def test_a_running_band_holds_the_interval_of_every_beginning() -> None:
    x = 1e6 + np.random.default_rng(13).normal(size=40)
    x[[3, 20]] = np.nan
    band, there = intervals.running_band(x), x[np.isfinite(x)]
    for k in range(len(there)):
        single = intervals.mean_interval(there[: k + 1])
        found = (band.n[k], band.mean[k], band.low[k], band.high[k])
        assert found == pytest.approx(single, abs=1e-6, nan_ok=True)
    assert intervals.running_band([]).n.size == 0
    assert np.array_equal(intervals.running_band([0.1, 0.1, 0.1, 0.2]).high[1:3], [0.1, 0.1])


def test_a_verdict_is_settled_after_its_last_change() -> None:
    assert intervals.settled(np.array([0, 1, 0, 1, 1, 1])) == 3
    assert intervals.settled(np.array([1, 1])) == 0
    assert intervals.settled(np.array([1, 1, 0])) == 2


def test_holms_adjustment_by_hand() -> None:
    assert intervals.holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_holm_leaves_what_is_missing_out_of_the_count() -> None:
    assert intervals.holm([0.02, np.nan, 0.5]) == pytest.approx([0.04, np.nan, 0.5], nan_ok=True)
    assert intervals.holm([]).shape == (0,)


@given(st.lists(st.floats(0, 1), max_size=20))
def test_holm_never_lowers_a_p_value_and_keeps_their_order(p: list[float]) -> None:
    raw, adjusted = np.array(p), intervals.holm(p)
    assert np.all(adjusted >= raw)
    assert np.all(adjusted <= 1.0)
    assert np.all(np.diff(adjusted[np.argsort(raw, kind="stable")]) >= 0.0)
