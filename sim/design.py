"""Where a sweep looks: the points of a design, a row each, a column per factor.

Samples are SALib's (Herman & Usher 2017), so that its analyses fit them; the grid, the table and the lattice of
mixtures (Scheffé 1958) are plain counting.
"""

import hashlib
import itertools
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.parameters import Parameter

Floats = np.ndarray[Any, np.dtype[np.float64]]

KINDS = ("factorial", "latin", "sobol", "morris", "tornado", "mixture", "table")
MOST_POINTS = 1_000_000
SAMPLED = ("latin", "sobol", "morris")  # drawn from ranges, not from levels


class Factor(NamedTuple):
    """A column of a design: what is varied, within which range."""

    path: str
    en: str
    zh: str
    unit: str
    low: float
    high: float
    default: float  # what stands where the design does not vary it; NaN if that differs between strategies
    whole: bool = False


class Design(NamedTuple):
    """P points in F factors; ``names`` has a pair (English, Chinese) per point, or nothing."""

    kind: str  # one of KINDS, or 'single'
    factors: tuple[Factor, ...]
    points: Floats  # (P, F)
    names: tuple[tuple[str, str], ...] = ()
    levels: int = 0  # of a Morris sample
    second_order: bool = False  # of a Sobol sample

    @property
    def digest(self) -> str:
        """SHA-256 of what decides the runs: paths and points."""
        paths = json.dumps([self.kind, self.levels, self.second_order, [each.path for each in self.factors]])
        return hashlib.sha256(paths.encode() + np.ascontiguousarray(self.points).tobytes()).hexdigest()

    def problem(self) -> dict[str, Any]:
        """The factors as SALib names them."""
        return _problem(self.factors)


ONE_POINT = Design("single", (), np.zeros((1, 0)))


def factor_of(row: Parameter, path: str = "", *, low: float | None = None, high: float | None = None) -> Factor:
    """A factor that is a parameter, under its own or a longer path."""
    least, most = (row.low if low is None else low), (row.high if high is None else high)
    return Factor(path or row.path, row.en, row.zh, row.unit, least, most, row.default, row.whole)


def even_levels(factor: Factor, count: int) -> tuple[float, ...]:
    """``count`` levels evenly spaced over a factor's range; fewer where only whole numbers count."""
    levels = np.linspace(factor.low, factor.high, count)
    return tuple(np.unique(np.rint(levels)).tolist() if factor.whole else levels.tolist())


def grid(levels: Sequence[Sequence[float]]) -> Floats:
    """Every combination of the factors' levels, the last factor fastest; shape (product, F)."""
    return np.array(list(itertools.product(*levels)), dtype=np.float64).reshape(-1, len(levels))


def lattice(parts: int, steps: int) -> Floats:
    """Shares of ``parts`` in steps of 1/``steps`` that sum to 1: Scheffé's simplex lattice; shape (points, parts)."""
    counts = (each for each in itertools.product(range(steps + 1), repeat=parts) if sum(each) == steps)
    return np.array(list(counts), dtype=np.float64).reshape(-1, parts) / steps


def one_at_a_time(factors: Sequence[Factor]) -> Floats:
    """The centre, then each factor at its low and its high end with the others at the centre; shape (2 F + 1, F).

    The centre is what stands without the design; the middle of the range where strategies differ in that.
    """
    centre = np.array([each.default if np.isfinite(each.default) else _middle(each) for each in factors])
    points = np.tile(centre, (2 * len(factors) + 1, 1))
    for f, factor in enumerate(factors):
        points[1 + 2 * f, f], points[2 + 2 * f, f] = factor.low, factor.high
    return points


def _middle(factor: Factor) -> float:
    middle = (factor.low + factor.high) / 2.0
    return float(np.rint(middle)) if factor.whole else middle


def sample_size(kind: str, factors: int, size: int, second_order: bool = False) -> int:
    """How many points a sample has."""
    return size * {"latin": 1, "sobol": 2 * factors + 2 if second_order else factors + 2, "morris": factors + 1}[kind]


def sample(kind: str, factors: tuple[Factor, ...], size: int, seed: int, levels: int, second_order: bool) -> Floats:
    """A sample of a kind in ``SAMPLED``: ``size`` points, base points or trajectories; whole factors are rounded.

    ``latin``: McKay, Beckman & Conover (1979).  ``sobol``: Saltelli (2002).  ``morris``: Morris (1991).
    """
    import warnings

    from SALib.sample import latin, morris, sobol

    problem = _problem(factors)
    if kind != "morris":  # half a step beyond where only whole numbers count, so that each is as likely
        bounds = zip(problem["bounds"], factors, strict=True)
        problem["bounds"] = [[low - 0.499, high + 0.499] if each.whole else [low, high] for (low, high), each in bounds]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a base that is no power of two loses balance, not correctness
        if kind == "latin":
            points = latin.sample(problem, size, seed=seed)
        elif kind == "sobol":
            points = sobol.sample(problem, size, calc_second_order=second_order, seed=seed)
        else:
            points = morris.sample(problem, size, num_levels=levels, seed=seed)
    points = np.asarray(points, dtype=np.float64)
    whole = [column for column, factor in enumerate(factors) if factor.whole]
    for column in whole:
        points[:, column] = np.rint(points[:, column])
    return points


def _problem(factors: tuple[Factor, ...]) -> dict[str, Any]:
    return {
        "num_vars": len(factors),
        "names": [factor.path for factor in factors],
        "bounds": [[factor.low, factor.high] for factor in factors],
    }
