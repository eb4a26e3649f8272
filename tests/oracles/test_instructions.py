"""What several leaders say of a matter put to all of them at once, against the range of independent normals."""

import math
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from builders import procedure_of, strategy, template, with_procedures
from scipy import integrate, stats

from sim import engine
from sim.vocabulary import INSTRUCTIONS

LEADERS = 6  # the principal, four in charge, one other; a semi-retired one is asked nothing
SPREAD = 0.03  # of an estimate: needs lie within [.2, .8], six spreads from the ends at least
WORLDS = 8
# All that arises is put to several leaders; nobody finds that, nothing changes and the best outcome is the domain's.
VALUES = {
    "workload.flaws": 20.0, "workload.arrivals": 4.0, "workload.drift_rate": 0.0, "workload.optimum_spread": 0.0,
    "rules.estimate_spread": SPREAD, "ticks": 120,
}  # fmt: skip


def differing(values: Mapping[str, float]) -> np.ndarray:
    """Of each matter of several drawn worlds, whether leaders' instructions differ after it has arisen."""
    found = []
    for replicate in range(WORLDS):
        drawn = template({**VALUES, **values}, 11, replicate, "incoming_from_below")
        assert (drawn.matters.flaws & (1 << INSTRUCTIONS)).all()
        filed = with_procedures(drawn, procedure_of({"name": "file", "type": "review", "hours": 0.1}))
        found.append((engine.simulate(filed, strategy()).matters.flaws & (1 << INSTRUCTIONS)) != 0)
    return np.concatenate(found)


@cache
def addressed(count: int, tolerance: float) -> np.ndarray:
    return differing({"workload.addressed": count, "rules.contradiction_tolerance": tolerance})


def chance_of_a_range_above(width: float, count: int) -> float:
    """That of ``count`` independent standard normals: 1 - k times the integral of φ(x) (Φ(x + w) - Φ(x))^(k - 1)."""
    inner, _ = integrate.quad(
        lambda x: stats.norm.pdf(x) * (stats.norm.cdf(x + width) - stats.norm.cdf(x)) ** (count - 1), -12.0, 12.0
    )
    return 1.0 - count * inner


def test_one_leader_never_differs_and_neither_do_several_who_judge_exactly() -> None:
    assert not addressed(1, 0.0).any()
    assert not differing({"workload.addressed": 4, "rules.estimate_spread": 0.0}).any()


@pytest.mark.parametrize("tolerance", [0.01, 0.03, 0.08])
@pytest.mark.parametrize("count", [2, 3, 4, 6])
def test_how_often_several_differ_is_how_often_independent_judgements_lie_apart(count: int, tolerance: float) -> None:
    """Within four binomial standard errors: by chance one such test in 15 000 would fail."""
    found = addressed(count, tolerance)
    expected = chance_of_a_range_above(tolerance / SPREAD, count)
    assert len(found) > 3000
    assert 0.0 < expected < 1.0
    assert found.mean() == pytest.approx(expected, abs=4.0 * math.sqrt(expected * (1.0 - expected) / len(found)))


def test_the_more_are_asked_the_more_often_they_differ_up_to_all_there_are() -> None:
    """Those asked are the same and one more, so that what differed before differs still."""
    found = [addressed(count, 0.03) for count in range(1, LEADERS + 1)]
    for fewer, more in pairwise(found):
        assert (fewer <= more).all()
        assert fewer.sum() < more.sum()
    np.testing.assert_array_equal(addressed(20, 0.03), found[-1])
