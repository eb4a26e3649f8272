"""What is said of a sample holds as often as it claims: coverage of shares, and the p of a distance against scipy."""

import numpy as np
import pytest
from fake_swept import factors
from scipy.stats import ks_2samp

from analysis.intervals import Floats, wilson
from analysis.sampled import LEAST, block_size, exact_smirnov_p, independent_points, share_interval, smirnov_p
from sim.design import Design, grid, lattice, one_at_a_time, sample

SIZES = [(1, 1), (1, 5), (2, 2), (5, 5), (1, 12), (7, 5), (30, 11), (120, 90)]


def design_of(kind: str, count: int, size: int, seed: int = 3) -> Design:
    own = factors(count, unit=True)
    return Design(kind, own, sample(kind, own, size, seed, 4, False), (), 4 if kind == "morris" else 0)


@pytest.mark.parametrize(("m", "n"), SIZES)
def test_p_of_a_distance_is_scipys_exact_one(m: int, n: int) -> None:
    rng = np.random.default_rng(1)
    for shift in (0.0, 0.5, 5.0):
        known = ks_2samp(rng.normal(0.0, 1.0, m), rng.normal(shift, 1.0, n), method="exact")
        assert exact_smirnov_p(np.array([known.statistic]), m, n)[0] == pytest.approx(known.pvalue, rel=1e-9)


@pytest.mark.parametrize(("m", "n"), SIZES[:5])
def test_without_effect_p_below_a_twentieth_is_as_rare_as_that(m: int, n: int) -> None:
    rng, looks = np.random.default_rng(2), 1_000
    order = np.argsort(rng.random((looks, m + n)), axis=1) < m  # True where a value of the first sample stands
    apart = np.abs(np.cumsum(order, axis=1) / m - np.cumsum(~order, axis=1) / n).max(axis=1)
    rate = float((exact_smirnov_p(apart, m, n) < 0.05).mean())
    assert rate <= 0.05 + 3.0 * np.sqrt(0.05 * 0.95 / looks)  # three standard errors of a share of one twentieth
    assert np.isnan(smirnov_p(apart, m, n)).all() == (min(m, n) < LEAST)


def test_large_samples_have_the_limit_that_scipy_takes() -> None:
    rng = np.random.default_rng(3)
    known = ks_2samp(rng.random(900), rng.random(800) ** 1.1, method="asymp")
    assert smirnov_p(np.array([known.statistic]), 900, 800)[0] == pytest.approx(known.pvalue)


@pytest.mark.parametrize(("kind", "size", "points"), [("latin", 1, 12), ("sobol", 6, 4), ("morris", 5, 2)])
def test_points_count_for_as_many_as_were_drawn(kind: str, size: int, points: int) -> None:
    design = design_of(kind, 4, 8)
    assert block_size(design) == size
    assert independent_points(12, design) == points


@pytest.mark.parametrize(("kind", "count", "size"), [("morris", 20, 10), ("morris", 6, 6), ("sobol", 8, 16)])
@pytest.mark.parametrize("share", [0.5, 0.1])
def test_intervals_of_blocks_hold_the_true_share_and_those_of_points_do_not(
    kind: str, count: int, size: int, share: float
) -> None:
    looks = [design_of(kind, count, size, seed) for seed in range(1, 151)]
    sums = [design.points.sum(axis=1) for design in looks]
    cut = np.quantile(np.concatenate(sums), 1.0 - share) - 1e-9
    true = float(np.mean(np.concatenate(sums) > cut))

    def covered(found: list[tuple[float, float]]) -> float:
        return float(np.mean([low <= true <= high for low, high in found]))

    rows = np.arange(len(sums[0]))
    ours = covered([share_interval(s > cut, rows, d)[2:] for s, d in zip(sums, looks, strict=True)])
    naive = covered([wilson(int((s > cut).sum()), s.size)[2:] for s in sums])
    assert ours >= 0.95 - 3.0 * np.sqrt(0.95 * 0.05 / len(looks))  # three standard errors of a share of 95 in 100
    if kind == "morris" and count == 20:
        assert naive < 0.8


def test_blocks_that_agree_count_once_each_and_one_block_has_no_interval() -> None:
    design = design_of("morris", 4, 6)
    everywhere = share_interval(np.ones(30, dtype=np.bool_), np.arange(30), design)
    assert everywhere == wilson(6, 6)._replace(n=30)
    alone = share_interval(np.arange(5) > 2, np.arange(5), design)
    assert alone[:2] == (5, 0.4)
    assert np.isnan(alone.low)


def test_a_latin_sample_has_wilsons_interval_and_a_chosen_set_of_points_none() -> None:
    hits = np.arange(12) < 3
    assert share_interval(hits, np.arange(12), design_of("latin", 3, 12)) == wilson(3, 12)
    own = factors(2, unit=True)
    levels: Floats = np.linspace(0.0, 1.0, 4)
    for kind, points in (
        ("factorial", grid([levels.tolist(), [0.0, 0.5, 1.0]])),
        ("mixture", lattice(2, 11)),
        ("tornado", one_at_a_time(own)),
        ("table", grid([levels.tolist(), [0.0, 0.5, 1.0]])),
    ):
        found = share_interval(hits[: len(points)], np.arange(min(12, len(points))), Design(kind, own, points))
        assert found.mean == 3 / found.n
        assert np.isnan([found.low, found.high]).all()
