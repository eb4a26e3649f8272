"""Positions against closed forms: the Friedkin-Johnsen fixed point, the compromise rule, estimates and bands."""

import math

import numba
import numpy as np
import pytest
from builders import LONE, QUIET, strategy, template
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim import world
from sim.engine import simulate
from sim.rules import positions
from sim.world import World

mean_voice = numba.njit(lambda w, m: positions.mean_voice(w, m))
spoken_divergence = numba.njit(lambda w, m, x: positions.spoken_divergence(w, m, x))
private_divergence = numba.njit(lambda w, m, x: positions.private_divergence(w, m, x))
within_band = numba.njit(lambda w, m, x: positions.within_band(w, m, x))
need_now = numba.njit(lambda w, m, t: positions.need_now(w, m, t))

TINY = template({**LONE, "ticks": 20, "workload.arrivals": 1.0})
shares = st.floats(0.0, 1.0)
said = st.lists(st.tuples(shares, st.floats(1e-6, 1.0)), min_size=1, max_size=8)


def one_matter(voices: list[float], weights: list[float]) -> World:
    """A world whose first matter has these parties, who say what they believe."""
    parties = world.table(world.PARTY, len(voices))
    parties.voice, parties.stance, parties.weight, parties.heard = voices, voices, weights, 1
    w = TINY._replace(matters=TINY.matters.copy(), parties=parties, strategy=strategy())
    w.matters[0].first, w.matters[0].parties = 0, len(voices)
    return w


# The fixed point of opinion change.


def fixed_point(influence: np.ndarray, susceptibility: np.ndarray, start: np.ndarray) -> np.ndarray:
    """x = (I - AW)^-1 (I - A) x0 (Friedkin & Johnsen 1990)."""
    a, one = np.diag(susceptibility), np.eye(len(start))
    return np.linalg.solve(one - a @ influence, (one - a) @ start)


def test_the_fixed_point_is_that_of_the_published_group_of_four() -> None:
    """Friedkin & Johnsen's experimental group: 25, 25, 75, 85 ends at 60, 60, 75, 75; influences are given to 0.001."""
    influence = np.array(
        [[0.220, 0.120, 0.360, 0.300], [0.147, 0.215, 0.344, 0.294], [0, 0, 1, 0], [0.090, 0.178, 0.446, 0.286]]
    )
    end = fixed_point(influence, 1.0 - np.diag(influence), np.array([25.0, 25.0, 75.0, 85.0]))
    np.testing.assert_allclose(end, [60.0, 60.0, 75.0, 75.0], atol=0.05)


FOREVER: dict[str, float] = {
    **QUIET, **LONE, "organisation.departments": 7, "workload.assistants": 10.0, "workload.parties_max": 5,
    "workload.arrivals": 0.05, "ticks": 600, "rules.trust_weight": 0.0, "rules.trust_step": 0.0,
    "rules.consensus_divergence": 0.0, "rules.withdrawal": 1e6, "rules.intake_hours": 0.0, "modes.talks.delay": 0.0,
    "modes.talks.delay_party": 0.0, "modes.talks.host_hours": 0.0, "modes.talks.host_hours_party": 0.0,
    "modes.talks.party_hours": 0.0, "modes.talks.clarity": 0.0, "modes.talks.compliance": 0.0,
    "modes.talks.openness": 0.9,
}  # fmt: skip


def test_rounds_with_one_host_and_constant_rates_end_at_the_fixed_point() -> None:
    """A round in every tick, never agreed: what parties believe tends to the closed form, here to within 1e-9."""
    world_before = template(FOREVER)
    m = world_before.matters[np.argmax(world_before.matters.parties > 3)]
    assert m.parties == 5
    assert m.arrival < 100
    rows = slice(m.first, m.first + m.parties)
    m.low, m.high = 0.0, 1.0
    parties = world_before.parties[rows]
    parties.ideal, parties.bias = [0.1, 0.25, 0.5, 0.8, 0.9], [0.05, -0.1, 0.2, -0.05, 0.1]
    parties.stance = parties.voice = start = parties.ideal + parties.bias
    parties.weight = weight = np.array([0.2, 0.9, 0.4, 0.6, 1.0])

    w = simulate(world_before, strategy(mode="talks", whole_weight=0.0, rounds=10_000))

    u = w.actors[parties.actor]
    deft = w.rules[0].skill_effect
    skill = w.actors[w.organs[0].director].technique
    openness = w.modes[3].openness * (1.0 - u.departmentalism) * (1.0 - deft + deft * skill)
    influence = np.tile(weight / weight.sum(), (len(weight), 1))
    expected = fixed_point(influence, openness, start)
    np.testing.assert_allclose(w.parties[rows].stance, expected, atol=1e-9, rtol=0.0)
    np.testing.assert_array_equal(w.parties[rows].voice, w.parties[rows].stance)
    assert np.ptp(expected) > 0.05  # neither agreement nor standing still
    assert np.abs(expected - start).max() > 0.05


# The compromise rule.

# Capability, position (years of delay), salience: emission standards for cars in the European Community, after
# Bueno de Mesquita (1994) in Bueno de Mesquita & Stokman, "European Community Decision Making".
CARS = (
    (0.08, 4, 80), (0.08, 7, 40), (0.03, 4, 20), (0.16, 4, 80), (0.16, 10, 60), (0.16, 10, 60), (0.16, 10, 90),
    (0.05, 7, 10), (0.05, 4, 100), (0.08, 7, 70),
)  # fmt: skip


def test_the_compromise_on_emission_standards_for_cars_is_the_published_one() -> None:
    capability, years, salience = np.array(CARS).T
    w = one_matter(list(years / 10.0), list(capability * salience / 100.0))
    assert 10.0 * mean_voice(w, 0) == pytest.approx(7.389956, abs=5e-7)


def test_the_compromise_of_two_actors_lies_nearer_the_one_who_cares() -> None:
    assert 100.0 * mean_voice(one_matter([0.0, 1.0], [0.1, 0.6]), 0) == pytest.approx(85.0 + 5.0 / 7.0, abs=1e-12)


@given(said, shares)
def test_the_mean_is_the_point_from_which_signed_distances_cancel(parties: list[tuple[float, float]], x: float) -> None:
    voices, weights = (list(column) for column in zip(*parties, strict=True))
    w = one_matter(voices, weights)
    mean = mean_voice(w, 0)
    assert min(voices) - 1e-12 <= mean <= max(voices) + 1e-12
    assert math.fsum(s * (z - mean) for z, s in parties) == pytest.approx(0.0, abs=1e-12)
    expected = np.average(np.abs(np.array(voices) - x), weights=weights)
    assert spoken_divergence(w, 0, x) == pytest.approx(expected, abs=1e-12)
    assert private_divergence(w, 0, x) == pytest.approx(expected, abs=1e-12)


@given(said, said)
def test_what_is_said_and_what_is_believed_are_measured_apart(
    parties: list[tuple[float, float]], other: list[tuple[float, float]]
) -> None:
    voices, weights = (list(column) for column in zip(*parties, strict=True))
    w = one_matter(voices, weights)
    w.parties.stance = np.resize([x for x, _ in other], len(voices))
    expected = np.average(np.abs(w.parties.stance - 0.3), weights=weights)
    assert private_divergence(w, 0, 0.3) == pytest.approx(expected, abs=1e-12)
    assert spoken_divergence(w, 0, 0.3) == pytest.approx(
        np.average(np.abs(np.array(voices) - 0.3), weights=weights), abs=1e-12
    )


# Bands, needs and estimates.


@given(shares, shares, shares, shares)
def test_a_held_outcome_lies_in_the_share_of_the_band_that_may_be_used(
    one: float, other: float, flexibility: float, x: float
) -> None:
    low, high = min(one, other), max(one, other)
    w = one_matter([0.5], [1.0])
    w.matters[0].low, w.matters[0].high = low, high
    w.strategy[0].flexibility = flexibility
    held, middle, half = within_band(w, 0, x), (low + high) / 2.0, (high - low) / 2.0 * flexibility
    assert abs(held - middle) <= half + 1e-15
    assert low - 1e-15 <= held <= high + 1e-15
    if abs(x - middle) < half:
        assert held == x


def test_requirements_change_when_they_are_due_and_stay_between_0_and_1() -> None:
    w = one_matter([0.5], [1.0])
    m = w.matters[0]
    m.need, m.need_at_1, m.need_by_1, m.need_at_2, m.need_by_2 = 0.4, 10.0, 0.3, 20.5, 0.6
    assert [need_now(w, 0, t) for t in (9, 10, 20, 21)] == pytest.approx([0.4, 0.7, 0.7, 1.0])


@pytest.fixture(scope="module")
def judges() -> World:
    """Every need in the middle and small errors, so that no estimate is cut off at 0 or 1 (ten spreads away)."""
    w = template({**QUIET, "workload.arrivals": 1.0, "rules.estimate_spread": 0.05, "ticks": 500})
    w.matters.need = 0.5
    return w


@numba.njit
def estimates(w, hours, out):
    """All actors' estimates of all matters, as they arise."""
    for m in range(out.shape[0]):
        for u in range(out.shape[1]):
            out[m, u] = positions.estimate(w, u, m, hours, 0)


@pytest.mark.parametrize("hours", [0.0, 1.0, 2.5, 20.0])
def test_the_variance_of_an_estimate_falls_with_investigation_as_stated(judges: World, hours: float) -> None:
    """s^2 / (1 + H knowledge / half), times the square of local knowledge within a portfolio.

    Standardised by that law, some 30,000 errors of (matter, actor) are normal with variance 1: within 5 standard
    errors of a variance, sqrt(2 / n), and of a mean, and a Kolmogorov-Smirnov test at 1e-6.
    """
    w, out = judges, np.empty((len(judges.matters), len(judges.actors)))
    estimates(w, hours, out)
    spread = 0.05 / np.sqrt(1.0 + hours * w.actors.professional / w.rules[0].investigation_half)
    lead = w.actors.portfolio[w.parties.actor[w.matters.first]]
    knows = (w.actors.portfolio[np.newaxis] >= 0) & (w.actors.portfolio[np.newaxis] == lead[:, np.newaxis])
    errors = (out - 0.5) / (spread * np.where(knows, w.rules[0].local_knowledge, 1.0))
    for part in (errors[knows], errors[~knows]):
        assert part.var() == pytest.approx(1.0, abs=5.0 * math.sqrt(2.0 / part.size))
        assert part.mean() == pytest.approx(0.0, abs=5.0 / math.sqrt(part.size))
        assert stats.kstest(part, "norm").pvalue > 1e-6


def test_two_people_err_independently_and_one_does_not_differ_from_itself(judges: World) -> None:
    """Correlations between neighbouring actors, and between neighbouring matters, vanish within 5 / sqrt(n)."""
    out, again = np.empty((2, len(judges.matters), len(judges.actors)))
    estimates(judges, 0.0, out)
    estimates(judges, 0.0, again)
    np.testing.assert_array_equal(out, again)
    for left, right in ((out[:, :-1], out[:, 1:]), (out[:-1], out[1:])):
        assert abs(np.corrcoef(left.ravel(), right.ravel())[0, 1]) < 5.0 / math.sqrt(left.size)
