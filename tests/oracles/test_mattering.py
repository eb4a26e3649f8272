"""What is said to matter: factors put in are named in their order, and noise is not taken for an effect."""

import numpy as np
import pytest
from fake_swept import factors, fake_swept

from analysis.intervals import Floats, holm
from analysis.mattering import Effects, findings, index_effects, screening_effects, tornado_effects
from sim.design import Design, grid, one_at_a_time, sample

ABOUT = {"morris": screening_effects, "sobol": index_effects, "tornado": tornado_effects}


def design_of(kind: str, count: int = 5, seed: int = 3) -> Design:
    own, size = factors(count, unit=True), {"morris": 10, "sobol": 64, "tornado": 0}[kind]
    points = one_at_a_time(own) if kind == "tornado" else sample(kind, own, size, seed, 4, False)
    return Design(kind, own, points, (), 4 if kind == "morris" else 0)


def graded(points: Floats, s: int) -> Floats:
    """The first factor matters most, then the second; strategies differ along the third."""
    return np.asarray(9.0 * points[:, 0] + 5.0 * points[:, 1] + 6.0 * s * points[:, 2])


def flat(points: Floats, s: int) -> Floats:
    return 0.0 * points[:, 0] + s


@pytest.mark.parametrize("kind", ABOUT)
def test_the_strongest_factors_are_named_in_their_order_and_the_rest_are_not(kind: str) -> None:
    swept = fake_swept(design_of(kind), graded, replicates=10, noise=0.3)
    names = [factor.en for factor in swept.design.factors]
    mean, difference = findings(swept, "conflicts", "en")
    assert mean.index(names[0]) < mean.index(names[1])
    assert names[2] in difference
    assert not any(name in mean for name in names[3:])
    assert "by meeting’" in difference
    assert "95 %" in mean
    assert all("95%" in said for said in findings(swept, "conflicts", "zh"))


@pytest.mark.parametrize("kind", ABOUT)
def test_one_strategy_has_a_finding_of_its_own(kind: str) -> None:
    (said,) = findings(fake_swept(design_of(kind), graded, strategies=1, noise=0.3), "conflicts", "en")
    assert "2 of 5 factors" in said


@pytest.mark.parametrize("kind", ABOUT)
def test_noise_alone_is_seldom_taken_for_an_effect(kind: str) -> None:
    looks, found = 100, 0
    for seed in range(looks):
        swept = fake_swept(design_of(kind, 4, seed + 1), flat, strategies=1, replicates=4, seed=seed)
        effects: Effects = ABOUT[kind](swept, "conflicts", swept.baseline, "", "en")
        found += bool((holm(effects.p) < 0.05).any())
    # one in twenty, and three standard errors of that share
    assert found / looks <= 0.05 + 3.0 * np.sqrt(0.05 * 0.95 / looks)


@pytest.mark.parametrize("kind", ABOUT)
def test_where_nothing_is_above_the_noise_or_known_or_moved_it_is_said_so(kind: str) -> None:
    noisy = fake_swept(design_of(kind), graded, replicates=4, noise=300.0)
    assert ABOUT[kind](noisy, "conflicts", noisy.baseline, "", "en").p.min() > 0.01  # noise is 30 times the effect
    assert "none of the 5 factors is above the noise" in findings(noisy, "conflicts", "en")[0]
    once = fake_swept(design_of(kind), graded, replicates=1)
    assert all("not known" in said for said in findings(once, "conflicts", "en"))
    still = fake_swept(design_of(kind), flat, noise=0.0, replicates=4)
    assert all("no factor moves it" in said for said in findings(still, "conflicts", "en"))


def test_other_designs_and_missing_runs_have_no_finding() -> None:
    assert (
        findings(fake_swept(Design("factorial", factors(2), grid([[0.1, 0.6], [0.5, 4.5]]))), "conflicts", "en") == []
    )
    assert findings(fake_swept(design_of("morris"), gaps=1.0), "conflicts", "en") == []


def test_an_effect_on_the_side_where_a_factor_was_moved_is_found_though_it_stands_at_its_end() -> None:
    own = tuple(factor._replace(default=0.0) for factor in factors(3, unit=True))
    swept = fake_swept(Design("tornado", own, one_at_a_time(own)), graded, noise=0.3, strategies=1)
    (said,) = findings(swept, "conflicts", "en")
    assert "at 1: +9." in said or "at 1: +8." in said
