"""Counter-based random draws: u = f(seed, replicate, stream, entity, tick, j), whatever the order of asking.

Three nested rounds of splitmix64's finaliser (Steele, Lea & Flood 2014, "Fast splittable pseudorandom number
generators") key a stream; two more make a draw.  Adding the words before a single mix would put all streams on one
orbit; nesting does not.  Logarithm and normal quantile are written out in + - * / and sqrt, which IEEE 754 fixes to
the bit, so that no machine's mathematical library decides an outcome.
"""

import math
from collections.abc import Callable
from typing import cast

import numpy as np

from sim.compiled import COMPILES, entered

GENERATOR = "nested-splitmix64/1"

# Streams: named, so that adding one disturbs no other.  The order is only an index into a world's ``keys``.
STREAMS = (
    "arrival", "matter", "party", "person", "profile", "domain", "tie", "absence", "calendar", "work", "drift",
    "estimate", "outbreak", "residual", "mode", "procedure", "flaw", "review", "mend", "patience", "chain", "force",
    "occasion", "duty", "hear", "garble", "order", "bypass", "agenda", "invite", "report",
)  # fmt: skip
(
    ARRIVAL, MATTER, PARTY, PERSON, PROFILE, DOMAIN, TIE, ABSENCE, CALENDAR, WORK, DRIFT,
    ESTIMATE, OUTBREAK, RESIDUAL, MODE, PROCEDURE, FLAW, REVIEW, MEND, PATIENCE, CHAIN, FORCE, OCCASION,
    DUTY, HEAR, GARBLE, ORDER, BYPASS, AGENDA, INVITE, REPORT,
) = range(len(STREAMS))  # fmt: skip

_MASK = (1 << 64) - 1


def _mix_exact(z: int) -> int:
    """splitmix64's finaliser on Python integers: the definition that the compiled one must equal."""
    z = int(z) & _MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
    return z ^ (z >> 31)


def _entity_key_exact(key: int, entity: int) -> int:
    return _mix_exact(int(key) + (int(entity) + 1) * 0x9E3779B97F4A7C15)


def _word_of_exact(entity_key: int, tick: int, j: int) -> int:
    return _mix_exact(int(entity_key) + ((int(tick) << 16) + int(j) + 1) * 0xD1342543DE82EF95)


def _word_exact(key: int, entity: int, tick: int, j: int) -> int:
    return _word_of_exact(_entity_key_exact(key, entity), tick, j)


@entered
def _mix_fast(z: np.uint64) -> np.uint64:
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@entered
def _entity_key_fast(key: np.uint64, entity: int) -> np.uint64:
    return _mix_fast(np.uint64(key) + np.uint64(entity + 1) * np.uint64(0x9E3779B97F4A7C15))


@entered
def _word_of_fast(entity_key: np.uint64, tick: int, j: int) -> np.uint64:
    return _mix_fast(np.uint64(entity_key) + np.uint64((tick << 16) + j + 1) * np.uint64(0xD1342543DE82EF95))


@entered
def _word_fast(key: np.uint64, entity: int, tick: int, j: int) -> np.uint64:
    return _word_of_fast(_entity_key_fast(key, entity), tick, j)


def stream_keys(seed: int, replicate: int) -> np.ndarray:
    """The keys of all streams of one replicate: uint64, shape (streams,)."""
    run = _mix_exact(_mix_exact(seed + 0x9E3779B97F4A7C15) + (replicate + 1) * 0xD1342543DE82EF95)
    keys = []
    for name in STREAMS:
        fnv = 0xCBF29CE484222325  # FNV-1a, so that a key depends on the stream's name and not on its place
        for byte in name.encode():
            fnv = ((fnv ^ byte) * 0x100000001B3) & _MASK
        keys.append(_mix_exact(run ^ fnv))
    return np.array(keys, dtype=np.uint64)


@entered
def _uniform_of_fast(entity_key: np.uint64, tick: int, j: int) -> float:
    return ((_word_of_fast(entity_key, tick, j) >> np.uint64(11)) + 0.5) * (1.0 / 9007199254740992.0)


@entered
def _uniform_fast(key: np.uint64, entity: int, tick: int, j: int) -> float:
    return _uniform_of_fast(_entity_key_fast(key, entity), tick, j)


def _uniform_of_exact(entity_key: int, tick: int, j: int) -> float:
    return ((_word_of_exact(entity_key, tick, j) >> 11) + 0.5) * (1.0 / 9007199254740992.0)


def uniform_exact(key: int, entity: int, tick: int, j: int) -> float:
    """``uniform`` in Python's own integers: its definition, and what runs where nothing is compiled."""
    return _uniform_of_exact(_entity_key_exact(key, entity), tick, j)


# The two halves of ``uniform``, for a draw that one entity makes again in every tick:
# uniform(key, entity, tick, j) = uniform_of(entity_key(key, entity), tick, j).
entity_key = cast(Callable[[np.uint64, int], np.uint64], _entity_key_fast if COMPILES else _entity_key_exact)
uniform_of = cast(Callable[[np.uint64, int, int], float], _uniform_of_fast if COMPILES else _uniform_of_exact)

# A draw in the open interval (0, 1), on a grid of 2**-53: uniform(key, entity, tick, j) with a key of ``stream_keys``.
# ``entity`` >= 0 is a stable id; 0 <= ``tick`` < 2**47; 0 <= ``j`` < 2**16 tells apart draws of one purpose.
uniform = cast(Callable[[np.uint64, int, int, int], float], _uniform_fast if COMPILES else uniform_exact)


@entered
def log(x: float) -> float:
    """Natural logarithm of x > 0 in plain arithmetic (fdlibm's ``__ieee754_log``), error below 1 ulp."""
    m, e = math.frexp(x)
    if m < 0.7071067811865476:
        m, e = m * 2.0, e - 1
    f = m - 1.0
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    odd = w * (0.3999999999940941908 + w * (0.2222219843214978396 + w * 0.1531383769920937332))
    even = z * (0.6666666666666735130 + w * (0.2857142874366239149 + w * (0.1818357216161805012 + w * 0.1479819860511658591)))
    half = 0.5 * f * f
    return e * 6.93147180369123816490e-01 - ((half - (s * (half + odd + even) + e * 1.90821492927058770002e-10)) - f)


@entered
def exponential(u: float) -> float:
    """Inverse CDF of the exponential distribution with mean 1."""
    return -log(1.0 - u)


@entered
def normal(u: float) -> float:
    """Inverse CDF of the standard normal distribution (Wichura 1988, AS 241, PPND16; relative error about 1e-16)."""
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        num = ((((((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r + 4.5921953931549871457e4) * r + 1.3731693765509461125e4) * r + 1.9715909503065514427e3) * r + 1.3314166789178437745e2) * r + 3.3871328727963666080e0
        den = ((((((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r + 3.9307895800092710610e4) * r + 2.1213794301586595867e4) * r + 5.3941960214247511077e3) * r + 6.8718700749205790830e2) * r + 4.2313330701600911252e1) * r + 1.0
        return q * num / den
    r = math.sqrt(-log(u if q < 0.0 else 1.0 - u))
    if r <= 5.0:
        r -= 1.6
        num = ((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1) * r + 1.27045825245236838258e0) * r + 3.64784832476320460504e0) * r + 5.76949722146069140550e0) * r + 4.63033784615654529590e0) * r + 1.42343711074968357734e0
        den = ((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2) * r + 1.48103976427480074590e-1) * r + 6.89767334985100004550e-1) * r + 1.67638483018380384940e0) * r + 2.05319162663775882187e0) * r + 1.0
    else:
        r -= 5.0
        num = ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3) * r + 2.65321895265761230930e-2) * r + 2.96560571828504891230e-1) * r + 1.78482653991729133580e0) * r + 5.46378491116411436990e0) * r + 6.65790464350110377720e0
        den = ((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5) * r + 7.86869131145613259100e-4) * r + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r + 5.99832206555887937690e-1) * r + 1.0
    return -num / den if q < 0.0 else num / den
