"""The experiments of a claim, as plans: where it is stated, over its map, and over what is merely assumed.

Every plan is a table of points.  A *base* is a world to look at (home, a control, a point of the map or of the sample);
each has as many points as there are places, times variants of the world that arms differ in.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sim.claim import Cell, Claim, Values, cells, values
from sim.design import Design, Floats, grid, sample
from sim.factors import resolve
from sim.plan import Plan
from sim.ranges import assumed
from sim.reading import Text
from sim.sweep import check_points

REPLICATES = 200  # at home; maps and samples have a share of them at each of their many points
SAMPLE = 64  # points of the assumed parameters' space
KINDS = ("home", "map", "sample")
_SHARE = {"home": 1.0, "map": 0.2, "sample": 0.06}
_LEAST = 6  # replicates from which an interval is worth anything


class Trial(NamedTuple):
    """One experiment of a claim, of B bases."""

    claim: Claim
    kind: str  # of KINDS
    plan: Plan
    cells: Mapping[str, Cell]
    places: int
    variants: int

    def row(self, base: int, place: int, arm: str) -> tuple[int, int]:
        """The point and the strategy of an arm, at a place of a base."""
        cell = self.cells[arm]
        return (base * self.places + place) * self.variants + cell.variant, cell.strategy

    @property
    def bases(self) -> int:
        """How many worlds are looked at."""
        return len(self.plan.design.points) // (self.places * self.variants)


def trials(claim: Claim, replicates: int = REPLICATES) -> tuple[Trial, ...]:
    """The experiments of a claim: home with its controls and the world that turns it, the map, the sample.

    Raises ``RequestError`` where a point makes no sense.
    """
    counts = {kind: max(_LEAST, round(share * replicates)) for kind, share in _SHARE.items()}
    found = [_trial(claim, "home", home_bases(claim), counts["home"], placed=True)]
    axes = claim.axes()
    if axes:
        points = grid(list(axes.values()))
        worlds = [dict(zip(axes, row, strict=True)) for row in points.tolist()]
        found.append(_trial(claim, "map", worlds, counts["map"], placed=False))
    found.append(_trial(claim, "sample", _sampled(claim), counts["sample"], placed=True))
    return tuple(found)


def home_bases(claim: Claim) -> list[Values]:
    """Home, each control, and the world in which it comes out the other way."""
    return [{}, *(values(each.set) for each in claim.controls), values(claim.otherwise.set)]


def _sampled(claim: Claim) -> list[Values]:
    """A Latin hypercube over the assumed parameters, but for those that the claim itself sets."""
    given = [claim.home, *(arm.set for arm in claim.arms.values()), *(place.set for place in claim.places)]
    own = {path for table in given for path in values(table)}
    factors = tuple(resolve(path, claim.base, ()) for path in assumed(claim.base) if path not in own)
    points = sample("latin", factors, SAMPLE, claim.base.seed % 2**32, 0, False)
    return [dict(zip((factor.path for factor in factors), row, strict=True)) for row in points.tolist()]


def _trial(claim: Claim, kind: str, bases: Sequence[Values], replicates: int, *, placed: bool) -> Trial:
    variants, found = cells(claim)
    places = [values(each.set) for each in claim.places] if placed and claim.places else [{}]
    home = values(claim.home)
    worlds = [{**home, **place, **base, **variant} for base in bases for place in places for variant in variants]
    plan = _plan(claim, kind, worlds, replicates)
    check_points(plan)
    return Trial(claim, kind, plan, found, len(places), len(variants))


def _plan(claim: Claim, kind: str, worlds: Sequence[Values], replicates: int) -> Plan:
    paths = tuple(dict.fromkeys(path for world in worlds for path in world))
    points: Floats = np.array([[world.get(path, np.nan) for path in paths] for world in worlds]).reshape(
        len(worlds), -1
    )
    factors = tuple(resolve(path, claim.base, claim.strategies) for path in paths)
    ranged = tuple(
        factor._replace(low=float(np.nanmin(column)), high=float(np.nanmax(column)))
        for factor, column in zip(factors, points.T, strict=True)
    )
    return Plan(
        f"{claim.name}-{kind}", claim.title, Text(en=claim.statement.en, zh=claim.statement.zh), claim.base,
        claim.strategies, claim.strategies[0].name, claim.base.seed, Design("table", ranged, points), replicates,
        source=claim.source,
    )  # fmt: skip


def folder_of(out: Path, trial: Trial) -> Path:
    """Where a trial's runs are kept."""
    return out / trial.claim.name / trial.kind
