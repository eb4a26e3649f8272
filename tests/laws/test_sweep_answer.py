"""What a sweep says: whole sentences in both languages, nothing about points that could not be compared."""

import numpy as np
import pytest
from fake_swept import factors, fake_swept, sloping

from analysis.deciding_wording import grid_sentences
from analysis.intervals import Floats
from analysis.sweep_answer import sentences
from sim.design import Design, grid, lattice, one_at_a_time, sample

LEVELS = [[0.1, 0.2, 0.5, 0.6], [0.5, 1.0, 4.5]]


def design_of(kind: str) -> Design:
    own = factors(2, unit=kind == "mixture")
    if kind == "mixture":
        own = (own[0]._replace(path="strategy.before"), own[1]._replace(path="strategy.after"))
    if kind in ("factorial", "table"):
        points = grid(LEVELS)
    elif kind == "mixture":
        points = lattice(2, 24)
    else:
        points = one_at_a_time(own) if kind == "tornado" else sample(kind, own, 16, 1, 4, False)
    return Design(kind, own, points, (), 4 if kind == "morris" else 0)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("strategies", "replicates"), [(1, 1), (1, 5), (2, 1), (3, 5)])
@pytest.mark.parametrize("kind", ["factorial", "latin", "sobol", "morris", "tornado", "mixture", "table"])
def test_every_sweep_says_whole_sentences(kind: str, strategies: int, replicates: int, lang: str) -> None:
    found = sentences(fake_swept(design_of(kind), strategies=strategies, replicates=replicates), lang)
    assert len(found) == len(set(found))
    for said in found:
        assert said.endswith("." if lang == "en" else "。")
        assert not any(sign in said for sign in ("nan", "{", "}", "  ", "of 0"))


@pytest.mark.parametrize("kind", ["factorial", "mixture", "tornado", "table"])
def test_points_that_somebody_chose_are_counted_without_an_interval_or_a_share(kind: str) -> None:
    words = [said for said in sentences(fake_swept(design_of(kind)), "en")[1:] if "moved most" not in said]
    assert any(" surely better at " in said for said in words)
    assert not any("interval" in said or "%" in said for said in words if "above the noise" not in said)


def test_where_no_point_can_be_compared_that_is_said_once_for_each_measure() -> None:
    found = sentences(fake_swept(design_of("latin"), replicates=1), "en")
    assert [said for said in found if "no point can be compared" in said] == found[1:]
    assert len(found) == 3


def test_a_grid_says_along_which_factor_the_better_one_changes() -> None:
    swept = fake_swept(design_of("factorial"), sloping, noise=0.05)  # strategies cross at 0.35 of the first factor
    pair = (swept.strategies[1], swept.baseline)
    (said,) = grid_sentences(swept, "conflicts", *pair, "en")
    label = swept.design.factors[0].en
    assert said.endswith(
        f"‘unified, before, by meeting’ is better changes along ‘{label}’ (in 3 of 3 rows of the grid)."
    )
    assert said in sentences(swept, "en")

    def ahead(points: Floats, s: int) -> Floats:
        return np.asarray(10.0 - s + 0.0 * points[:, 0])

    assert grid_sentences(fake_swept(design_of("factorial"), ahead, noise=0.01), "conflicts", *pair, "en") == []
