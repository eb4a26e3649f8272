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
from sim.claim_plans import Trial
from sim.design import grid
from sim.kept import Swept

CONFIDENCE = 0.95
SUPPORTED, UNDECIDED, CONTRADICTED = 1, 0, -1
VERDICTS = ("supported", "contradicted", "conditional", "undecided")
WAYS = {SUPPORTED: "supported", UNDECIDED: "undecided", CONTRADICTED: "contradicted"}
RIGHT = 0.85  # share of the decided points at which a sentence about the map must be right
BESIDE = ("time_in_system", "coordination_hours", "conflicts", "goal_attainment")  # what a claim may cost or give
LEAST_DECIDED = 0.1  # share of a map that must be decided the other way before a claim is conditional


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
    estimated: Integers  # (B,), what the estimates alone say: SUPPORTED or CONTRADICTED
    map: tuple[Effects, ...]  # by test, over the points of the map; empty if there is none
    at_map: Integers  # (P,)
    share: Share | None
    beside: dict[str, Interval]  # of the deciding contrast at home, by measure of ``BESIDE``; 95 % each
    runs: int

    @property
    def turned(self) -> str:
        """Whether the last world turns what comes out at home: ``surely``, by the ``estimate``, or ``not``."""
        if self.at_home[0] * self.at_home[-1] < 0:
            return "surely"
        return "estimate" if self.estimated[0] * self.estimated[-1] < 0 else "not"

    def shown(self, base: int) -> list[int]:
        """The tests whose effect is seen at a base."""
        return [t for t, effects in enumerate(self.home) if effects.verdict[base] == SUPPORTED]

    @property
    def controls(self) -> str:
        """What controls show of the claim: ``nothing``, a ``part`` of it, or ``all``."""
        bases = range(1, len(self.at_home) - 1)
        if any(self.at_home[base] == SUPPORTED for base in bases):
            return "all"
        return "part" if any(self.shown(base) for base in bases) else "nothing"


class _Read(NamedTuple):
    """A trial with what it found, measure by measure."""

    trial: Trial
    values: Callable[[str], Floats]  # a measure, shape (points, S, R)


def judge(trials: Sequence[Trial], found: Sequence[Swept]) -> Judged:
    """The verdict on a claim from its experiments, in the order of ``sim.claim_plans.trials``."""
    read = {trial.kind: _Read(trial, _remembered(swept)) for trial, swept in zip(trials, found, strict=True)}
    claim, risk = trials[0].claim, (1.0 - CONFIDENCE) / (2.0 * max(len(claim_names()), 1) * len(trials[0].claim.tests))
    home = tuple(_effects(test, read["home"], 1.0 - risk / read["home"].trial.bases) for test in claim.tests)
    mapped: tuple[Effects, ...] = ()
    at_map: Integers = np.empty(0, dtype=np.int64)
    if "map" in read:
        points = read["map"].trial.bases
        mapped = tuple(_effects(test, read["map"], 1.0 - risk / points) for test in claim.tests)
        at_map = _whole(claim, [each.verdict for each in mapped])
    at_home = _whole(claim, [each.verdict for each in home])
    estimated = _by_estimate(claim, home)
    share = _share(claim, read["sample"]) if "sample" in read else None
    runs = sum(int(swept.counts.sum()) * len(swept.strategies) for swept in found)
    beside = _beside(read["home"], claim.tests[_deciding(claim, home)])
    return Judged(
        claim, _verdict(claim, int(at_home[0]), at_map), home, at_home, estimated, mapped, at_map, share, beside, runs
    )


def _verdict(claim: Claim, home: int, at_map: Integers) -> str:
    """Conditional where it holds in one part of the map and fails in another; else as it comes out at home."""
    seen = np.append(at_map, home)
    least = max(1.0, LEAST_DECIDED * len(at_map))
    ways = [(seen == way).sum() >= (least if way != home else 1) for way in (SUPPORTED, CONTRADICTED)]
    if all(ways) and not any(test.expect == "turns" for test in claim.tests):
        return "conditional"
    return WAYS[home]


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
    """How far an effect goes to the one side at one place and to the other at another: the lesser of the two.

    It is negative where it has one sign everywhere.  Every place's interval is widened for their number.
    """
    places = next(iter(arms.values())).shape[1]
    mean, low, high, n = _weighed(test.weights, arms, 1.0 - (1.0 - confidence) / places)  # (B, places)
    middle, least, most = (
        np.minimum(up.max(axis=1), -down.min(axis=1)) for up, down in ((mean, mean), (low, high), (high, low))
    )
    short = most < test.matters
    verdict = np.where(least > test.matters, SUPPORTED, np.where(short, CONTRADICTED, UNDECIDED))
    return Effects(middle, least, most, n.min(axis=1), verdict)


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
    return _deciding(judged.claim, judged.home)


def _deciding(claim: Claim, home: Sequence[Effects]) -> int:
    def size(t: int) -> float:
        return scaled(claim.tests[t], home[t])[0]

    return min((max(part, key=size) for part in claim.parts()), key=size)


def margins(judged: Judged) -> tuple[float, float, float]:
    """Mean, low and high of the deciding effect, in the claimed direction, in multiples of what matters."""
    t = deciding(judged)
    return scaled(judged.claim.tests[t], judged.home[t])


def scaled(test: Test, effects: Effects) -> tuple[float, float, float]:
    """A test's mean, low and high at home, in the claimed direction, in multiples of what matters."""
    interval = effects.at(0)
    if test.expect == "less":
        return -interval.mean / test.matters, -interval.high / test.matters, -interval.low / test.matters
    return interval.mean / test.matters, interval.low / test.matters, interval.high / test.matters


def _beside(read: _Read, test: Test) -> dict[str, Interval]:
    """What else differs between the arms that decide, at home; nothing where they are not two groups set against
    each other.
    """
    if test.against or test.level is not None or test.expect == "turns":
        return {}
    found = {}
    for measure in BESIDE:
        arms = {arm: runs.mean(axis=1) for arm, runs in _arms(read, measure).items()}
        mean, low, high, n = _weighed(test.weights, arms, CONFIDENCE)
        found[measure] = Interval(int(n[0]), float(mean[0]), float(low[0]), float(high[0]))
    return found


class Boundary(NamedTuple):
    """Where on the map a claim begins to hold, by the one axis that tells it best."""

    path: str
    holds_below: bool
    last: float  # level up to which it holds, or from which on if not ``holds_below``
    first: float  # the neighbouring level on the other side
    right: float  # share of the decided points that this sentence gets right


def boundary(judged: Judged) -> Boundary | None:
    """The best single sentence about where a claim holds.

    None where all decided points of the map say the same, or where no sentence that agrees with home is right at
    ``RIGHT`` of them and at more than a constant guess.
    """
    decided = judged.at_map != UNDECIDED
    holds = judged.at_map == SUPPORTED
    if len({*judged.at_map[decided].tolist()}) < 2:
        return None
    axes, home = judged.claim.axes(), judged.claim.at_home()
    points = grid(list(axes.values()))
    best: Boundary | None = None
    for column, (path, levels) in enumerate(axes.items()):
        for last, first in itertools.pairwise(levels):
            below = points[:, column] <= last
            for holds_below in (True, False):
                right = float((holds == (below == holds_below))[decided].mean())
                inner, outer = (last, first) if holds_below else (first, last)
                said = Boundary(path, holds_below, inner, outer, right)
                if (best is None or right > best.right) and _right_about(home[path], said, int(judged.at_home[0])):
                    best = said
    guess = max(float(holds[decided].mean()), 1.0 - float(holds[decided].mean()))
    return best if best is not None and best.right >= RIGHT and best.right > guess else None


def _right_about(x: float, said: Boundary, verdict: int) -> bool:
    """Whether a sentence agrees with what came out at x; between its levels it says nothing."""
    inside = x <= said.last if said.holds_below else x >= said.last
    outside = x >= said.first if said.holds_below else x <= said.first
    return not (inside and verdict == CONTRADICTED) and not (outside and verdict == SUPPORTED)


def _share(claim: Claim, read: _Read) -> Share:
    """In how much of the assumed parameters' space a claim holds."""
    effects = [_effects(test, read, CONFIDENCE) for test in claim.tests]
    surely = _whole(claim, [each.verdict for each in effects])
    estimated = _by_estimate(claim, effects)
    points = len(surely)
    holds = wilson(float((estimated == SUPPORTED).sum()), points, CONFIDENCE)
    return Share(points, holds, float((surely == SUPPORTED).mean()), float((surely == CONTRADICTED).mean()))


def _by_estimate(claim: Claim, effects: Sequence[Effects]) -> Integers:
    """The claim's verdict by estimates alone."""
    return _whole(claim, [_estimated(test, each) for test, each in zip(claim.tests, effects, strict=True)])


def _estimated(test: Test, effects: Effects) -> Integers:
    """What the estimate alone says, without its interval."""
    size = -effects.mean if test.expect == "less" else effects.mean
    return np.where(size > test.matters, SUPPORTED, CONTRADICTED)
