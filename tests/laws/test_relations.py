"""Working relations and trust: recovery does not depend on when it is looked at, and shifts stay in bounds."""

import math

import numba
import numpy as np
import pytest
from builders import LONE, template
from hypothesis import given
from hypothesis import strategies as st

from sim.rules import relations
from sim.world import World

recover = numba.njit(lambda w, k, t: relations.recover(w, k, t))
standing = numba.njit(lambda w, k, t: relations.standing(w, k, t))
shift_work = numba.njit(lambda w, k, amount, t: relations.shift_work(w, k, amount, t))
shift_trust = numba.njit(lambda w, k, amount, t: relations.shift_trust(w, k, amount, t))
compiled_power = numba.njit(lambda x, n: relations.power(x, n))

TINY = template({**LONE, "ticks": 1})
shares = st.floats(0.0, 1.0)


def one_tie(
    work: float, trust: float, base: float, step: float = 0.05, asymmetry: float = 2.0, fade: float = 0.0
) -> World:
    """A world whose first tie stands as given."""
    w = TINY._replace(ties=TINY.ties.copy(), rules=TINY.rules.copy())
    tie = w.ties[0]
    tie.work, tie.trust, tie.work_base, tie.trust_base, tie.touched = work, trust, base, 1.0 - base, 0
    w.rules[0].trust_step, w.rules[0].trust_asymmetry, w.rules[0].trust_recovery = step, asymmetry, fade
    return w


@given(shares, shares, shares, st.floats(0.0, 0.5), st.integers(1, 60))
def test_recovery_at_one_look_is_recovery_tick_by_tick(
    work: float, trust: float, base: float, fade: float, ticks: int
) -> None:
    once, often = (one_tie(work, trust, base, fade=fade) for _ in range(2))
    recover(once, 0, ticks)
    for t in range(1, ticks + 1):
        recover(often, 0, t)
    assert once.ties[0].work == pytest.approx(often.ties[0].work, abs=1e-12)
    assert once.ties[0].trust == pytest.approx(often.ties[0].trust, abs=1e-12)
    assert once.ties[0].touched == often.ties[0].touched == ticks
    assert once.ties[0].work == pytest.approx(base + (work - base) * (1.0 - fade) ** ticks, abs=1e-12)


@given(shares, shares, shares)
def test_a_second_look_in_the_same_tick_changes_nothing(work: float, trust: float, base: float) -> None:
    w = one_tie(work, trust, base, fade=0.1)
    recover(w, 0, 7)
    seen = w.ties[0].copy()
    recover(w, 0, 7)
    assert w.ties[0] == seen


@given(
    shares,
    shares,
    shares,
    st.lists(st.tuples(st.floats(-1.0, 1.0), st.integers(0, 30)), max_size=30),
    shares,
    st.floats(0.0, 20.0),
)
def test_relations_stay_between_0_and_1_and_shift_the_way_they_are_pushed(
    work: float, trust: float, base: float, pushes: list[tuple[float, int]], step: float, asymmetry: float
) -> None:
    w, t = one_tie(work, trust, base, step, asymmetry, fade=0.02), 0
    for amount, wait in pushes:
        t += wait
        recover(w, 0, t)
        before = w.ties[0].copy()
        shift_work(w, 0, amount, t)
        shift_trust(w, 0, amount, t)
        for name in ("work", "trust"):
            change = w.ties[0][name] - before[name]
            assert change * amount >= 0.0
            assert 0.0 <= w.ties[0][name] <= 1.0
        assert 0.0 <= standing(w, 0, t) <= 1.0


@pytest.mark.parametrize("asymmetry", [1.0, 2.0, 5.0])
def test_from_the_middle_a_loss_is_as_many_times_a_gain_as_the_asymmetry_says(asymmetry: float) -> None:
    up, down = one_tie(0.5, 0.5, 0.5, 0.05, asymmetry), one_tie(0.5, 0.5, 0.5, 0.05, asymmetry)
    shift_work(up, 0, 0.6, 0)
    shift_work(down, 0, -0.6, 0)
    assert up.ties[0].work == pytest.approx(0.5 + 0.05 * 0.6 * 0.5, abs=1e-15)
    assert 0.5 - down.ties[0].work == pytest.approx(asymmetry * (up.ties[0].work - 0.5), abs=1e-15)
    assert up.ties[0].trust == 0.5


def test_shifts_move_by_a_share_of_the_room_so_that_no_load_exhausts_them() -> None:
    w = one_tie(0.7, 0.7, 0.7, 0.05, 2.0)
    for _ in range(100):
        shift_work(w, 0, -1.0, 0)
    assert w.ties[0].work == pytest.approx(0.7 * 0.9**100, rel=1e-12)


def test_those_without_a_tie_stand_half_way_and_cannot_shift() -> None:
    w = one_tie(0.7, 0.7, 0.7)
    before = w.ties.copy()
    assert standing(w, -1, 5) == 0.5
    shift_work(w, -1, 1.0, 5)
    shift_trust(w, -1, -1.0, 5)
    np.testing.assert_array_equal(w.ties, before)


@given(st.floats(0.5, 1.0), st.integers(0, 5000))
def test_whole_powers_are_those_of_the_mathematical_library(x: float, n: int) -> None:
    assert compiled_power(x, n) == pytest.approx(math.pow(x, n), rel=2e-15 * max(n, 1), abs=1e-300)
