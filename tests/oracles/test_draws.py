"""The draws: known answers, the definition on exact integers, and statistics against what chance should do.

Each statistical test states what it would call wrong: all p-values of this file together have a chance of about one
in a million to fall below their thresholds if the draws are what they should be (``ALARM`` divided among the tests).
"""

import math

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim import draws
from sim.draws import STREAMS, exponential, log, normal, stream_keys, uniform

ALARM = 1e-6
TESTS = 200  # statistical tests in this file, at most
words = st.integers(0, 2**64 - 1)
GOLDEN = 0x9E3779B97F4A7C15


# Known answers.


def test_the_finaliser_gives_the_published_sequence_of_splitmix64() -> None:
    """Seed 1234567 of the standard generator, which adds the golden gamma before each mix (Vigna's reference code)."""
    published = [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]
    assert [draws._mix_exact(1234567 + GOLDEN * turn) for turn in range(1, 6)] == published
    with np.errstate(over="ignore"):  # without the compiler, NumPy warns of what is meant to wrap
        mixed = [draws._mix_fast(np.uint64((1234567 + GOLDEN * turn) % 2**64)) for turn in range(1, 6)]
    assert [int(word) for word in mixed] == published


@given(words, st.integers(0, 2**62), st.integers(0, 2**46), st.integers(0, 2**16 - 1))
def test_compiled_draws_are_the_definition_on_exact_integers(key: int, entity: int, tick: int, j: int) -> None:
    exact = draws._word_exact(key, entity, tick, j)
    with np.errstate(over="ignore"):
        assert int(draws._word_fast(np.uint64(key), np.int64(entity), np.int64(tick), np.int64(j))) == exact
    assert uniform(np.uint64(key), entity, tick, j) == ((exact >> 11) + 0.5) / 2**53


def test_keys_are_those_written_down_once() -> None:
    """What a stored result was drawn from can be drawn again: these numbers belong to GENERATOR's name."""
    assert draws.GENERATOR == "nested-splitmix64/1"
    run = draws._mix_exact(draws._mix_exact(7 + GOLDEN) + 4 * 0xD1342543DE82EF95)
    fnv = 0xCBF29CE484222325
    for byte in b"outbreak":
        fnv = (fnv ^ byte) * 0x100000001B3 % 2**64
    assert int(stream_keys(7, 3)[draws.OUTBREAK]) == draws._mix_exact(run ^ fnv)


def test_streams_have_keys_of_their_own_for_every_seed_and_replicate() -> None:
    keys = [
        key for seed in (0, 1, 2, 2**63 - 1) for replicate in range(50) for key in stream_keys(seed, replicate).tolist()
    ]
    assert len(set(keys)) == len(keys) == 200 * len(STREAMS)


# Functions of a draw.


@given(st.floats(min_value=5e-324, max_value=1.7e308))
def test_the_logarithm_is_that_of_the_mathematical_library_to_an_ulp(x: float) -> None:
    assert abs(log(x) - math.log(x)) <= math.ulp(math.log(x))


@given(st.integers(0, 2**53 - 1))
def test_the_logarithm_of_every_draw_is_right_to_an_ulp_even_next_to_1(step: int) -> None:
    for u in ((step + 0.5) / 2**53, 1.0 - (step >> 20) * 2.0**-53 - 2.0**-54):
        assert abs(log(u) - math.log(u)) <= math.ulp(math.log(u))
        if u < 1.0:  # the tiniest remainder rounds to 1, whose logarithm is 0
            assert exponential(u) == pytest.approx(-math.log1p(-u), rel=1e-15)


@given(st.floats(2.0**-54, 1.0 - 2.0**-53))
def test_the_normal_quantile_is_scipys(u: float) -> None:
    """To 5e-15, which is what a rounding of u next to 1 may cost either."""
    assert normal(u) == pytest.approx(stats.norm.ppf(u), rel=5e-15, abs=5e-16)


def test_the_normal_quantile_is_the_published_one_at_known_points() -> None:
    """AS 241's test values (Wichura 1988)."""
    for u, z in ((0.25, -0.6744897501960817), (0.001, -3.090232306167814), (1e-20, -9.262340089798408)):
        assert normal(u) == pytest.approx(z, rel=1e-14)
    assert normal(0.5) == 0.0


# Statistics.


@numba.njit
def drawn(key, entity, tick, j, by_entity, by_tick, by_j, count):
    """``count`` draws along a line of counters."""
    out = np.empty(count)
    for n in range(count):
        out[n] = uniform(key, entity + n * by_entity, tick + n * by_tick, j + n * by_j)
    return out


LINES = {
    "entities": (0, 5, 0, 1, 0, 0), "ticks": (12, 0, 0, 0, 1, 0), "purposes": (12, 5, 0, 0, 0, 1),
    "entities of other organs": (3, 5, 0, 1 << 24, 0, 0), "both": (0, 0, 0, 1, 1, 0),
}  # fmt: skip


def chi_square(x: np.ndarray, y: np.ndarray, cells: int = 24) -> float:
    """p-value of the pairs (x, y) being uniform on the square."""
    counts = np.histogram2d(x, y, bins=cells, range=((0, 1), (0, 1)))[0]
    return float(stats.chisquare(counts.ravel()).pvalue)


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("stream", range(len(STREAMS)), ids=STREAMS)
def test_draws_are_uniform_along_every_line_and_pairs_of_neighbours_are_independent(stream: int, line: str) -> None:
    x = drawn(stream_keys(1, 0)[stream], *LINES[line], 60_000)
    assert ((x > 0.0) & (x < 1.0)).all()
    assert stats.kstest(x, "uniform").pvalue > ALARM / TESTS
    assert chi_square(x[:-1:2], x[1::2]) > ALARM / TESTS


def test_streams_replicates_and_seeds_are_independent_of_one_another() -> None:
    count = 60_000
    base = stream_keys(1, 0)
    mine = drawn(base[0], 0, 0, 0, 1, 0, 0, count)
    others = [*base[1:], stream_keys(1, 1)[0], stream_keys(2, 0)[0], stream_keys(1, 2**20)[0]]
    for key in others:
        assert chi_square(mine, drawn(key, 0, 0, 0, 1, 0, 0, count)) > ALARM / TESTS


def test_neighbouring_counters_are_independent_of_one_another() -> None:
    key, count = stream_keys(1, 0)[0], 60_000
    mine = drawn(key, 0, 0, 0, 1, 0, 0, count)
    for tick, j in ((1, 0), (0, 1), (64, 0), (1 << 16, 0)):
        assert chi_square(mine, drawn(key, 0, tick, j, 1, 0, 0, count)) > ALARM / TESTS


def test_each_bit_of_a_draw_is_even_and_flips_with_every_bit_of_the_counter() -> None:
    """Avalanche: of 53 bits, 26.5 differ on average between neighbouring counters; within 6 standard errors."""
    key, count = stream_keys(1, 0)[0], 4_000
    mine = np.array([draws._word_exact(int(key), entity, 3, 0) >> 11 for entity in range(count)])
    for other in (
        [draws._word_exact(int(key), entity, 3, 1) >> 11 for entity in range(count)],
        [draws._word_exact(int(key), entity, 2, 0) >> 11 for entity in range(count)],
        [draws._word_exact(int(key), entity ^ 1, 3, 0) >> 11 for entity in range(count)],
        [draws._word_exact(int(key) ^ 1, entity, 3, 0) >> 11 for entity in range(count)],
    ):
        flips = [(int(a) ^ b).bit_count() for a, b in zip(mine, other, strict=True)]
        assert np.mean(flips) == pytest.approx(26.5, abs=6.0 * math.sqrt(53 / 4 / count))
    for bit in range(53):
        assert ((mine >> bit) & 1).mean() == pytest.approx(0.5, abs=6.0 * 0.5 / math.sqrt(count))


# A reference generator by other hands: Philox4x32-10 (Salmon et al. 2011, Random123).


def philox(counter: np.ndarray, key: tuple[int, int]) -> np.ndarray:
    """Blocks of four 32-bit words for counters of four: uint64 arrays of shape (n, 4)."""
    low = np.uint64(0xFFFFFFFF)
    a, b, c, d = (counter[:, column].astype(np.uint64) for column in range(4))
    first, second = key
    for _ in range(10):
        one, two = a * np.uint64(0xD2511F53), c * np.uint64(0xCD9E8D57)
        a, b, c, d = (
            two >> np.uint64(32) ^ b ^ np.uint64(first),
            two & low,
            one >> np.uint64(32) ^ d ^ np.uint64(second),
            one & low,
        )
        first, second = (first + 0x9E3779B9) & 0xFFFFFFFF, (second + 0xBB67AE85) & 0xFFFFFFFF
    return np.stack((a, b, c, d), axis=1)


@pytest.mark.parametrize(
    ("counter", "key", "answer"),
    [
        ((0, 0, 0, 0), (0, 0), "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344), (0xA4093822, 0x299F31D0),
            "d16cfe09 94fdcceb 5001e420 24126ea1",
        ),
    ],
)  # fmt: skip
def test_the_reference_generator_gives_its_known_answers(
    counter: tuple[int, ...], key: tuple[int, int], answer: str
) -> None:
    assert " ".join(f"{word:08x}" for word in philox(np.array([counter]), key)[0]) == answer


RUNS, CUSTOMERS = 400, 500


def mean_waits(draws_of_run: np.ndarray) -> np.ndarray:
    """Mean wait in runs of a queue at a load of 0.7: draws of shape (runs, customers, 2)."""
    gap, service = -np.log1p(-draws_of_run[:, :, 0]), -0.7 * np.log1p(-draws_of_run[:, :, 1])
    wait, total = np.zeros(RUNS), np.zeros(RUNS)
    for customer in range(CUSTOMERS - 1):
        wait = np.maximum(wait + service[:, customer] - gap[:, customer + 1], 0.0)
        total += wait
    return total / CUSTOMERS


def test_a_statistic_of_whole_runs_is_distributed_as_with_the_reference_generator() -> None:
    """Mean waits in runs of a queue, sensitive to dependence between draws: Kolmogorov-Smirnov, and means to 5 SE."""
    ours = np.empty((RUNS, CUSTOMERS, 2))
    for run in range(RUNS):
        keys = stream_keys(1, run)
        ours[run, :, 0] = drawn(keys[draws.ARRIVAL], 0, 0, 0, 0, 1, 0, CUSTOMERS)
        ours[run, :, 1] = drawn(keys[draws.WORK], 0, 0, 0, 1, 0, 0, CUSTOMERS)
    counters = np.zeros((RUNS * CUSTOMERS, 4), np.uint64)
    counters[:, 0] = np.arange(len(counters))
    blocks = philox(counters, (1, 0)).astype(float).reshape(RUNS, CUSTOMERS, 4)
    theirs = (blocks[:, :, (0, 2)] + blocks[:, :, (1, 3)] / 2**32 + 2.0**-33) / 2**32
    one, other = mean_waits(ours), mean_waits(theirs)
    error = math.sqrt((one.var() + other.var()) / RUNS)
    assert abs(one.mean() - other.mean()) < 5.0 * error
    assert stats.ks_2samp(one, other).pvalue > ALARM / TESTS
