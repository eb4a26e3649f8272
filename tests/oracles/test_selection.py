"""Ranking and selection: what is said to be best is best as often as stated."""

import numpy as np
import pytest
from scipy import stats

from analysis import selection


def worlds(rng: np.random.Generator, means: np.ndarray, n: int) -> np.ndarray:
    """Values (S, n) with true ``means``: what worlds share is larger than what sets strategies apart in them."""
    return means[:, None] + rng.normal(0.0, 3.0, n) + rng.normal(0.0, 1.0, (len(means), n))


def test_of_two_strategies_the_chance_is_that_of_the_paired_t_test() -> None:
    goods = worlds(np.random.default_rng(1), np.array([0.0, 0.5]), 12)
    found = selection.choose(goods)
    test = stats.ttest_rel(goods[found.best], goods[1 - found.best], alternative="greater")
    assert found.chance == pytest.approx(1.0 - test.pvalue, rel=1e-12)
    assert found.n == 12
    assert (len(found.possible) == 1) == (test.pvalue < 0.05)
    nearer = stats.ttest_1samp(goods[found.best] - goods[1 - found.best], -0.7, alternative="greater")
    assert selection.choose(goods, 0.7).chance == pytest.approx(1.0 - nearer.pvalue, rel=1e-12)


def test_of_several_the_chance_is_one_less_the_sum_of_the_one_sided_p_values() -> None:
    goods = worlds(np.random.default_rng(2), np.array([1.0, 0.0, 0.3, -1.0]), 9)
    found = selection.choose(goods)
    rivals = [s for s in range(4) if s != found.best]
    p = {s: stats.ttest_rel(goods[found.best], goods[s], alternative="greater").pvalue for s in rivals}
    assert found.chance == pytest.approx(1.0 - sum(p.values()))
    assert set(found.possible) == {found.best} | {s for s in rivals if p[s] >= 0.05 / 3}


@pytest.mark.parametrize("strategies", [2, 5])
def test_the_best_is_selected_at_least_as_often_as_stated(strategies: int) -> None:
    """True means are drawn far wider than the noise: the flat prior under which the chance is a posterior one."""
    rng, trials, n = np.random.default_rng(3), 4000, 10
    stated, right = np.empty(trials), np.empty(trials, dtype=bool)
    for trial in range(trials):
        means = rng.normal(0.0, 3.0, strategies)  # noise of a difference: √2 / √10 = 0.45
        found = selection.choose(worlds(rng, means, n))
        stated[trial], right[trial] = found.chance, found.best == means.argmax()
    for low, high in ((0.0, 0.7), (0.7, 0.9), (0.9, 0.99), (0.99, 1.01)):
        among = (stated >= low) & (stated < high)
        chance = stated[among].mean()
        error = np.sqrt(chance * (1.0 - chance) / among.sum())  # binomial
        # The prior pulls a difference of d back by 0.45² / (2 · 3² + 0.45²) = 1 % of d, a few thousandths of chance.
        assert right[among].mean() >= chance - 4.0 * error - 0.005


def test_the_truly_best_is_hardly_ever_excluded() -> None:
    rng, trials = np.random.default_rng(4), 2000
    near = np.array([0.0, 0.0, 0.0, 0.0, 0.05])  # the hardest case: nearly equal
    kept = sum(4 in selection.choose(worlds(rng, near, 8)).possible for _ in range(trials))
    assert kept / trials >= 0.95 - 4.0 * np.sqrt(0.95 * 0.05 / trials)


def test_what_is_far_behind_is_excluded() -> None:
    found = selection.choose(worlds(np.random.default_rng(5), np.array([0.0, 9.0, 8.9, 0.0]), 20))
    assert set(found.possible) <= {1, 2}


def test_replicates_needed_are_those_of_a_search_one_by_one() -> None:
    for seed in range(5):
        goods = worlds(np.random.default_rng(seed), np.array([0.0, 0.4, 0.8]), 10)
        found = selection.choose(goods)
        ahead = np.stack([goods[found.best] - goods[s] for s in range(3) if s != found.best])
        ratio = ahead.mean(axis=1) / ahead.std(axis=1, ddof=1)
        n = 2
        while stats.t.cdf(-ratio * np.sqrt(n), n - 1).sum() > 0.05:
            n += 1
        assert found.replicates_needed == n
        assert (found.chance >= 0.95) == (n <= 10)


def test_identical_strategies_share_the_chance_and_none_is_excluded() -> None:
    one = np.random.default_rng(6).normal(size=10)
    found = selection.choose(np.stack([one, one, one - 50.0]))
    assert (found.best, found.possible, found.chance) == (0, (0, 1), pytest.approx(0.5))
    assert np.isnan(found.replicates_needed)  # no number tells them apart
    good = selection.choose(np.stack([one, one, one - 50.0]), indifference=0.1)
    assert (good.chance, good.replicates_needed) == (pytest.approx(1.0), 2.0)  # either is a good choice
    assert selection.choose(np.stack([one, one, one])).chance == 0.0  # a bound, and no more than that


def test_a_single_strategy_is_the_best_and_none_is_nobody() -> None:
    assert selection.choose(np.ones((1, 4)))[:4] == (0, 4, 1.0, (0,))
    nobody = selection.choose(np.full((3, 4), np.nan))
    assert (nobody.best, nobody.possible) == (-1, ())
    assert np.isnan(nobody.chance)


def test_one_world_says_who_looks_best_and_no_more() -> None:
    found = selection.choose(np.array([[1.0], [3.0], [2.0]]))
    assert (found.best, found.possible) == (1, (0, 1, 2))
    assert np.isnan([found.chance, found.replicates_needed]).all()


def test_runs_that_failed_are_left_out_in_pairs() -> None:
    goods = worlds(np.random.default_rng(7), np.array([0.0, 1.0, 0.5]), 30)
    goods[0, :3], goods[1, 5:7], goods[2, 6:12] = np.nan, np.nan, np.nan
    found = selection.choose(goods)
    p = [
        stats.ttest_rel(goods[found.best], goods[s], alternative="greater", nan_policy="omit").pvalue
        for s in range(3)
        if s != found.best
    ]
    assert found.chance == pytest.approx(1.0 - sum(p))
    lucky = np.stack([np.arange(10.0), np.arange(10.0) + 1.0])
    lucky[0, :8] = np.nan  # ran only in the worlds in which everything goes well
    assert selection.choose(lucky).best == 1
    absent = np.concatenate([goods, np.full((1, 30), np.nan)])
    assert selection.choose(absent) == found
