"""How many replicates a precision needs: Stein's formula by hand, and that its intervals keep their level."""

import math

import numpy as np

from sim.plan import Until
from sim.stopping import needed, quantile

UNTIL = Until("conflicts", 0.5, 20, 2000, 0.95)


def test_the_number_is_steins_formula() -> None:
    pilot = np.array([[[1.0, 3.0, 2.0, 4.0, 0.0]]])  # variance 2.5, t(4) = 2.776445
    until = UNTIL._replace(first=5, half_width=1.0)
    assert needed(pilot, until).tolist() == [math.ceil(2.7764451**2 * 2.5)] == [20]
    assert abs(float(quantile(np.array(5), 0.95)) - 2.7764451) < 1e-6


def test_the_number_lies_between_the_first_stage_and_the_most() -> None:
    rng = np.random.default_rng(1)
    quiet, wild = rng.normal(0, 1e-9, (1, 2, 20)), rng.normal(0, 1e6, (1, 2, 20))
    assert needed(np.concatenate([quiet, wild]), UNTIL).tolist() == [20, 2000]


def test_the_widest_of_several_quantities_decides_and_missing_values_are_left_out() -> None:
    rng = np.random.default_rng(2)
    narrow, wide = rng.normal(0, 0.5, 20), rng.normal(0, 3.0, 20)
    alone = needed(wide[None, None], UNTIL)
    assert needed(np.stack([narrow, wide])[None], UNTIL).tolist() == alone.tolist()
    gap = wide.copy()
    gap[3] = np.nan
    without = needed(np.delete(wide, 3)[None, None], UNTIL).tolist()[0]
    assert needed(gap[None, None], UNTIL).tolist() == [math.ceil(without * 20 / 19)], "19 of 20 worlds have a value"
    gap[:] = np.nan
    assert needed(gap[None, None], UNTIL).tolist() == [2000]


def test_the_interval_covers_the_truth_as_often_as_it_says() -> None:
    """5,000 experiments with a true mean of 3: coverage falls short of 95 % by no more than three standard errors of
    the share, 3 √(0.95 · 0.05 / 5000) = 0.0093.  Stopping when the interval first looks narrow would cover some 92 %.
    """
    rng, runs, most = np.random.default_rng(3), 5000, 400
    values = rng.normal(3.0, 2.0, (runs, 1, most))
    until = Until("conflicts", 0.6, 10, most, 0.95)
    counts = needed(values[:, :, : until.first], until)
    inside = np.arange(most) < counts[:, None]
    means = np.where(inside, values[:, 0], 0.0).sum(axis=1) / counts
    covered = np.abs(means - 3.0) <= until.half_width
    assert covered[counts < most].mean() > 0.95 - 0.0093
    assert (counts < most).mean() > 0.95
