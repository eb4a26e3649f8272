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
    for found in (intervals.mean_interval(values), intervals.bootstrap_interval(values, 1)):
        assert found.n == np.isfinite(values).sum()
        assert np.isnan(found.low)
        assert np.isnan(found.high)
        assert found.mean == 2.0 or (np.isnan(found.mean) and found.n == 0)


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
    t, boot = intervals.mean_interval(x), intervals.bootstrap_interval(x, 5, resamples=20_000)
    error = x.std(ddof=1) / 20.0
    # An end's Monte Carlo error is √(0.025 · 0.975 / 20000) / φ(1.96) = 0.019 standard errors of the mean; four of
    # them, and 0.05 for what is left of skewness and for t against normal at n = 400.
    assert (boot.low, boot.high) == pytest.approx((t.low, t.high), abs=(4 * 0.019 + 0.05) * error)


def test_the_bootstrap_is_the_same_for_the_same_seed_and_does_not_depend_on_its_blocks() -> None:
    x = np.random.default_rng(6).exponential(size=30)
    assert intervals.bootstrap_interval(x, 7) == intervals.bootstrap_interval(x, 7)
    assert intervals.bootstrap_interval(x, 7) != intervals.bootstrap_interval(x, 8)
    wide = np.arange(1500.0)  # needs several blocks
    sums = intervals.resampled_sums(wide, 1, 1000)
    counts = np.random.default_rng(1).multinomial(1500, np.full(1500, 1 / 1500), size=1000)
    assert sums == pytest.approx(counts @ wide)


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
