"""What a claim's experiments say: effects with intervals, verdicts against the smallest effect that matters.

An interval is held against the smallest effect that matters, as Schuirmann (1987) does with equivalence, not against
zero: beyond it the claim is supported; short of it, contradicted; across it, undecided.  All intervals of all claims
hold together with ``CONFIDENCE`` (Bonferroni; Dunn 1961): half of what may go wrong is spent at home, half on maps.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from analysis.intervals import Floats, Integers, Interval, mean_band, wilson
from sim.claim import Claim, Test, claim_names
from sim.design import grid
from sim.kept import Swept
from sim.trial import Trial

CONFIDENCE = 0.95
SUPPORTED, UNDECIDED, CONTRADICTED = 1, 0, -1
VERDICTS = ("supported", "contradicted", "conditional", "undecided")
_STEPS = {SUPPORTED: "supported", UNDECIDED: "undecided", CONTRADICTED: "contradicted"}
LEAST_DECIDED = 0.05  # share of a map that must be decided the other way before a claim is conditional


class Effects(NamedTuple):
    """A test's effect at B bases, in arrays (B,); ``verdict`` is SUPPORTED, UNDECIDED or CONTRADICTED."""

    mean: Floats
    low: Floats
    high: Floats
    n: Integers
    verdict: Integers

    def at(self, base: int) -> Interval:
        """The effect at one base."""
        return Interval(int(self.n[base]), float(self.mean[base]), float(self.low[base]), float(self.high[base]))


class Share(NamedTuple):
    """Of the space of assumed parameters, in how much a claim holds."""

    points: int
    holds: Interval  # by what was estimated at each point, Wilson's interval
    surely: float  # share in which the 95 % interval of the point says so
    surely_not: float


class Judged(NamedTuple):
    """A claim and what came of it."""

    claim: Claim
    verdict: str  # of VERDICTS
    home: tuple[Effects, ...]  # by test: base 0 is home, then the controls, last the world that turns it
    at_home: Integers  # (B,), the whole claim's verdict at these bases
    map: tuple[Effects, ...]  # by test, over the points of the map; empty if there is none
    at_map: Integers  # (P,)
    share: Share | None
    runs: int

    @property
    def controls_pass(self) -> bool:
        """Whether none of the controls shows the effect."""
        return bool((self.at_home[1:-1] != SUPPORTED).all())


class _Read(NamedTuple):
    """A trial with what it found, measure by measure."""

    trial: Trial
    values: Callable[[str], Floats]  # a measure, shape (points, S, R)


def judge(trials: Sequence[Trial], found: Sequence[Swept]) -> Judged:
    """The verdict on a claim from its experiments, in the order of ``sim.trial.trials``."""
    read = {trial.kind: _Read(trial, _remembered(swept)) for trial, swept in zip(trials, found, strict=True)}
    claim, risk = trials[0].claim, (1.0 - CONFIDENCE) / (2.0 * max(len(claim_names()), 1) * len(trials[0].claim.tests))
    home = tuple(_effects(test, read["home"], 1.0 - risk) for test in claim.tests)
    mapped: tuple[Effects, ...] = ()
    at_map: Integers = np.empty(0, dtype=np.int64)
    if "map" in read:
        points = read["map"].trial.bases
        mapped = tuple(_effects(test, read["map"], 1.0 - risk / points) for test in claim.tests)
        at_map = _whole(claim, [each.verdict for each in mapped])
        home = tuple(_turned(*each) for each in zip(claim.tests, home, mapped, strict=True))
    at_home = _whole(claim, [each.verdict for each in home])
    share = _share(claim, read["sample"]) if "sample" in read else None
    runs = sum(int(swept.counts.sum()) * len(swept.strategies) for swept in found)
    return Judged(claim, _verdict(claim, int(at_home[0]), at_map), home, at_home, mapped, at_map, share, runs)


def _verdict(claim: Claim, home: int, at_map: Integers) -> str:
    """Conditional where it holds in one part of the map and fails in another; else as it comes out at home."""
    seen = np.append(at_map, home)
    least = max(1.0, LEAST_DECIDED * len(at_map))
    ways = [(seen == way).sum() >= (least if way != home else 1) for way in (SUPPORTED, CONTRADICTED)]
    if all(ways) and not any(test.expect == "turns" for test in claim.tests):
        return "conditional"
    return _STEPS[home]


def _remembered(swept: Swept) -> Callable[[str], Floats]:
    kept: dict[str, Floats] = {}

    def values(measure: str) -> Floats:
        if measure not in kept:
            kept[measure] = swept.values(measure)
        return kept[measure]

    return values


def _arms(read: _Read, measure: str) -> dict[str, Floats]:
    """A measure by arm, shape (bases, places, R)."""
    trial, runs = read.trial, read.values(measure)
    found = {}
    for arm in trial.cells:
        rows = [[trial.row(base, place, arm) for place in range(trial.places)] for base in range(trial.bases)]
        points, strategies = np.moveaxis(np.array(rows, dtype=np.int64), -1, 0)
        found[arm] = runs[points, strategies]
    return found


def _effects(test: Test, read: _Read, confidence: float) -> Effects:
    """A test's effect at every base of a trial."""
    arms = _arms(read, test.measure)
    if test.expect == "turns" and read.trial.places > 1:
        return _turning(test, arms, confidence)
    averaged = {arm: runs.mean(axis=1) for arm, runs in arms.items()}
    mean, low, high, n = (
        _outweighs(test, averaged, confidence) if test.against else _weighed(test.weights, averaged, confidence)
    )
    return Effects(mean, low, high, n, _held(test, low, high))


def _held(test: Test, low: Floats, high: Floats) -> Integers:
    """An interval against the smallest effect that matters; what has no interval is undecided.

    Of an effect that is to turn, at one place alone, the verdict is its sign.
    """
    if test.expect == "less":
        low, high = -high, -low
    short = high < (-test.matters if test.expect == "turns" else test.matters)
    return np.where(low > test.matters, SUPPORTED, np.where(short, CONTRADICTED, UNDECIDED))


def _weighed(
    weights: Mapping[str, float], arms: Mapping[str, Floats], confidence: float
) -> tuple[Floats, Floats, Floats, Integers]:
    """A weighted sum of arms, replicate by replicate: (B, R) each -> mean, low, high, n, (B,) each."""
    runs = sum(weight * arms[arm] for arm, weight in weights.items())
    band = mean_band(np.moveaxis(np.asarray(runs), -1, 0), confidence)
    return band.mean, band.low, band.high, band.n


def _turning(test: Test, arms: Mapping[str, Floats], confidence: float) -> Effects:
    """Whether an effect has one sign at one place and the other at another: by the least and the greatest of places.

    The mean is that of the place where it is greatest less that where it is least; each end is its own interval's.
    """
    places = next(iter(arms.values())).shape[1]
    mean, low, high, n = _weighed(test.weights, arms, 1.0 - (1.0 - confidence) / places)  # (B, places)
    above, below = low > test.matters, high < -test.matters
    can_be_above, can_be_below = high > test.matters, low < -test.matters
    turned = above.any(axis=1) & below.any(axis=1)
    cannot = ~(can_be_above.any(axis=1) & can_be_below.any(axis=1))
    verdict = np.where(turned, SUPPORTED, np.where(cannot, CONTRADICTED, UNDECIDED))
    span = mean.max(axis=1) - mean.min(axis=1)
    least = np.maximum(low.max(axis=1) - high.min(axis=1), 0.0)
    return Effects(span, least, high.max(axis=1) - low.min(axis=1), n.min(axis=1), verdict)


def _turned(test: Test, home: Effects, mapped: Effects) -> Effects:
    """What turns anywhere on the map has turned, wherever the places lie."""
    if test.expect != "turns" or not {SUPPORTED, CONTRADICTED} <= set(mapped.verdict.tolist()):
        return home
    verdict = home.verdict.copy()
    verdict[0] = SUPPORTED
    return home._replace(verdict=verdict)


def _outweighs(test: Test, arms: Mapping[str, Floats], confidence: float) -> tuple[Floats, Floats, Floats, Integers]:
    """By how much the size of an effect exceeds the largest of others; intervals by the jackknife (Tukey 1958)."""
    own = np.asarray(sum(weight * arms[arm] for arm, weight in test.weights.items()))
    others = [np.asarray(sum(weight * arms[arm] for arm, weight in each.items())) for each in test.against]

    def lead(means: Sequence[Floats]) -> Floats:
        return np.asarray(np.abs(means[0]) - np.max(np.abs(np.stack(means[1:])), axis=0))

    rows = [own, *others]
    count = own.shape[-1]
    whole = lead([row.mean(axis=-1) for row in rows])
    without = lead([(row.sum(axis=-1, keepdims=True) - row) / (count - 1) for row in rows])
    band = mean_band(np.moveaxis(count * whole[..., None] - (count - 1) * without, -1, 0), confidence)
    return band.mean, band.low, band.high, band.n


def _whole(claim: Claim, verdicts: Sequence[Integers]) -> Integers:
    """The claim's verdict from those of its tests: alternatives within a part, and all parts together."""
    stacked = np.stack(list(verdicts))
    parts = np.stack([stacked[list(part)].max(axis=0) for part in claim.parts()])
    return np.asarray(parts.min(axis=0))


def deciding(judged: Judged) -> int:
    """The test whose effect decides at home: of the part that is worst, the test that is best."""
    best = [max(part, key=lambda t: _scaled(judged, t)[0]) for part in judged.claim.parts()]
    return min(best, key=lambda t: _scaled(judged, t)[0])


def margins(judged: Judged) -> tuple[float, float, float]:
    """Mean, low and high of the deciding effect, in the claimed direction, in multiples of what matters."""
    return _scaled(judged, deciding(judged))


def _scaled(judged: Judged, t: int) -> tuple[float, float, float]:
    test, interval = judged.claim.tests[t], judged.home[t].at(0)
    if test.expect == "less":
        return -interval.mean / test.matters, -interval.high / test.matters, -interval.low / test.matters
    return interval.mean / test.matters, interval.low / test.matters, interval.high / test.matters


class Boundary(NamedTuple):
    """Where on the map a claim begins to hold, by the one axis that tells it best."""

    path: str
    holds_below: bool
    last: float  # level up to which it holds, or from which on if not ``holds_below``
    first: float  # the neighbouring level on the other side
    right: float  # share of the decided points that this sentence gets right


def boundary(judged: Judged) -> Boundary | None:
    """The best single sentence about where a claim holds; None where all decided points of the map say the same."""
    decided = judged.at_map != UNDECIDED
    holds = judged.at_map == SUPPORTED
    if len({*judged.at_map[decided].tolist()}) < 2:
        return None
    axes = judged.claim.axes()
    points = grid(list(axes.values()))
    best: Boundary | None = None
    for column, (path, levels) in enumerate(axes.items()):
        for last, first in itertools.pairwise(levels):
            below = points[:, column] <= last
            for holds_below in (True, False):
                right = float((holds == (below == holds_below))[decided].mean())
                if best is None or right > best.right:
                    inner, outer = (last, first) if holds_below else (first, last)
                    best = Boundary(path, holds_below, inner, outer, right)
    return best


def _share(claim: Claim, read: _Read) -> Share:
    """In how much of the assumed parameters' space a claim holds."""
    effects = [_effects(test, read, CONFIDENCE) for test in claim.tests]
    surely = _whole(claim, [each.verdict for each in effects])
    estimated = _whole(claim, [_estimated(test, each) for test, each in zip(claim.tests, effects, strict=True)])
    points = len(surely)
    holds = wilson(float((estimated == SUPPORTED).sum()), points, CONFIDENCE)
    return Share(points, holds, float((surely == SUPPORTED).mean()), float((surely == CONTRADICTED).mean()))


def _estimated(test: Test, effects: Effects) -> Integers:
    """What the estimate alone says, without its interval."""
    if test.expect == "turns":
        return effects.verdict
    size = -effects.mean if test.expect == "less" else effects.mean
    return np.where(size > test.matters, SUPPORTED, CONTRADICTED)
