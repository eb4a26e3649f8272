"""How soon things end: estimates worked out by hand, and what they come to where nothing is cut off."""

import numpy as np
import pytest

from analysis.incidence import Incidence, incidence, incidence_band

CLOSED, GONE, SEEN = "closed", "gone", "seen"


def estimated(story: list[tuple[float, str]], at: list[float]) -> np.ndarray:
    days = np.array([day for day, _ in story])
    closed, gone = (np.array([what == kind for _, what in story]) for kind in (CLOSED, GONE))
    return incidence(days, closed, gone, np.array(at))


def test_the_shares_closed_are_those_worked_out_by_hand() -> None:
    # Six matters.  Day 1: one of 6 closed, 1/6.  Day 2: one of 5 refused, and 4/6 are left.  Day 3: one seen last.
    # Day 4: two of the 3 still watched closed, 4/6 x 2/3 = 4/9 more.  Day 5: the last one seen last.
    story = [(4.0, CLOSED), (1.0, CLOSED), (3.0, SEEN), (2.0, GONE), (5.0, SEEN), (4.0, CLOSED)]
    found = estimated(story, [0.5, 1.0, 3.5, 4.0, 5.0, 5.5])
    assert found[:5] == pytest.approx([0.0, 1 / 6, 1 / 6, 11 / 18, 11 / 18])
    assert np.isnan(found[5])  # one was still under way on day 5, and nobody knows what became of it


def test_without_other_ends_it_is_the_product_limit() -> None:
    # Kaplan and Meier's own form: 1 - (1 - 1/5) (1 - 1/4) (1 - 1/2), by day 1, 2 and 4; one seen last on day 3.
    story = [(1.0, CLOSED), (2.0, CLOSED), (3.0, SEEN), (4.0, CLOSED), (6.0, SEEN)]
    left = np.cumprod([4 / 5, 3 / 4, 1 / 2])
    assert estimated(story, [1.0, 2.0, 3.0, 4.0]) == pytest.approx([1 - left[0], 1 - left[1], 1 - left[1], 1 - left[2]])


def test_what_is_seen_last_when_another_closes_was_still_watched() -> None:
    story = [(1.0, SEEN), (1.0, CLOSED), (2.0, CLOSED)]
    assert estimated(story, [1.0, 2.0]) == pytest.approx([1 / 3, 1.0])


def test_closings_and_refusals_of_one_moment_share_it_in_any_order() -> None:
    story = [(1.0, CLOSED), (1.0, GONE), (1.0, CLOSED), (2.0, GONE)]
    for order in ([0, 1, 2, 3], [1, 0, 2, 3], [3, 2, 1, 0]):
        assert estimated([story[k] for k in order], [1.0, 9.0]) == pytest.approx([0.5, 0.5])


def test_where_everything_is_watched_to_its_end_it_is_the_plain_share() -> None:
    rng = np.random.default_rng(5)
    days, closed = rng.exponential(10.0, 300), rng.random(300) < 0.8
    at = np.linspace(0.0, 60.0, 50)
    plain = [(closed & (days <= day)).mean() for day in at]
    assert incidence(days, closed, ~closed, at) == pytest.approx(plain)


def test_watching_for_a_shorter_time_leaves_the_estimate_where_it_was() -> None:
    # 20,000 lead times of an exponential law, of which 1,350 are still watched on day 20.  Greenwood's variance at day
    # 20 is e^-4 / 20,000 times the integral of h / (S G) up to there, at most (e^2 - 1) / G(20) = 12.8: a standard
    # error of 0.0035, and less before.  Five of those are allowed.
    rng = np.random.default_rng(6)
    days, until = rng.exponential(10.0, 20_000), rng.uniform(0.0, 40.0, 20_000)
    at = np.array([2.0, 5.0, 10.0, 20.0])
    known, closed = np.minimum(days, until), days <= until
    law = 1.0 - np.exp(-at / 10.0)
    assert incidence(known, closed, np.zeros(20_000, np.bool_), at) == pytest.approx(law, abs=5 * 0.0035)
    assert law[-1] - (closed & (days <= at[-1])).mean() > 0.1  # the plain share would be far off


def test_nothing_to_watch_gives_nothing() -> None:
    none = np.empty(0)
    assert np.isnan(incidence(none, none > 0, none > 0, np.array([1.0, 2.0]))).all()
    found = incidence_band(none, none > 0, none > 0, none.astype(np.int64), np.array([1.0]), 1)
    assert all(np.isnan(part).all() for part in found)


def banded(shares: list[float], size: int = 10) -> Incidence:
    """Worlds of ``size`` matters, of which a share is closed on day 1 and the rest refused on day 2."""
    closed = np.concatenate([np.arange(size) < share * size for share in shares])
    days = np.where(closed, 1.0, 2.0)
    return incidence_band(days, closed, ~closed, np.repeat(np.arange(len(shares)), size), np.array([0.5, 1.5]), 3)


def test_worlds_that_are_all_alike_leave_no_doubt_and_one_world_leaves_it_open() -> None:
    alike = banded([0.3] * 8)
    assert alike.share == pytest.approx([0.0, 0.3])
    assert alike.low == pytest.approx(alike.share)
    assert alike.high == pytest.approx(alike.share)
    alone = banded([0.3])
    assert alone.share == pytest.approx([0.0, 0.3])
    assert np.isnan(alone.low).all()
    assert np.isnan(alone.high).all()


def test_the_band_comes_from_differences_between_worlds_not_between_matters() -> None:
    # Sixteen worlds, all or nothing closed: the share of a resample is binomial(16, 1/2) / 16, whose 2.5 and 97.5 %
    # points are 4/16 and 12/16.  Of 500 resamples such a point may be off by one sixteenth: the chance of at most
    # three is 1.1 %, of at most four 3.8 %.  Were the 1600 matters drawn one by one, it would be 0.475 to 0.525.
    found = banded([0.0, 1.0] * 8, size=100)
    assert found.share[1] == pytest.approx(0.5)
    assert found.low[1] == pytest.approx(4 / 16, abs=1 / 16)
    assert found.high[1] == pytest.approx(12 / 16, abs=1 / 16)
    assert (found.low[0], found.high[0]) == (0.0, 0.0)
