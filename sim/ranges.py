"""A sweep made of the parameters' own ranges: what a sensitivity analysis looks at when nobody has written a file."""

import fnmatch
from collections.abc import Sequence

from sim import parameters
from sim.design import (
    MOST_POINTS,
    SAMPLED,
    Design,
    Factor,
    Floats,
    even_levels,
    grid,
    one_at_a_time,
    sample,
    sample_size,
)
from sim.errors import RequestError, nearest_name
from sim.factors import resolve
from sim.labels import text
from sim.parameters import ASSUMED
from sim.plan import Plan
from sim.reading import Text
from sim.scenario import GROUPS, Scenario
from sim.strategy import Strategy
from sim.sweep import check_points

METHODS = ("morris", "sobol", "latin", "tornado", "grid")
SIZES = {"morris": 10, "sobol": 64, "latin": 500, "tornado": 1, "grid": 6}  # trajectories, base points, points, levels
MOST_OF_GRID = 2  # parameters
LEVELS = 4  # of a Morris sample


def assumed(scenario: Scenario) -> tuple[str, ...]:
    """The paths of the scenario's parameters that have no record behind them, its counts of actors left out."""
    rows = (row for row in parameters.ALL if row.group.split(".")[0] in GROUPS and ASSUMED in row.source)
    return tuple(row.path for row in rows if not (row.group == "organisation" and row.whole))


def chosen(scenario: Scenario, patterns: Sequence[str]) -> tuple[Factor, ...]:
    """The factors of paths, or of patterns such as ``rules.*``; those assumed where none is given.

    Raises ``RequestError`` for what matches no parameter.
    """
    known = tuple(row.path for row in parameters.ALL if row.group.split(".")[0] in GROUPS)
    paths: list[str] = []
    for pattern in patterns or ("assumed",):
        found = assumed(scenario) if pattern == "assumed" else fnmatch.filter(known, pattern)
        if not found:
            near = nearest_name(pattern, known)
            allowed = "paths or patterns of 'list parameters', or 'assumed'"
            what = "no parameter of this path"
            raise RequestError(what, key="--parameters", got=pattern, allowed=allowed, nearest=near)
        paths += found
    fixed = _fixed(scenario)
    return tuple(resolve(path, scenario, ()) for path in dict.fromkeys(paths) if path not in fixed)


def _grid(factors: tuple[Factor, ...], levels: int) -> Floats:
    """All combinations of evenly spaced levels of the few factors that a diagram can show."""
    if len(factors) > MOST_OF_GRID:
        what, allowed = "too many parameters for a grid", f"at most {MOST_OF_GRID}"
        raise RequestError(what, key="--parameters", got=len(factors), allowed=allowed)
    _check_points(levels ** len(factors))
    return grid([even_levels(factor, max(levels, 2)) for factor in factors])


def _check_points(count: int) -> None:
    if count > MOST_POINTS:
        raise RequestError("has too many points", key="--size", got=count, allowed=f"at most {MOST_POINTS}")


def _fixed(scenario: Scenario) -> set[str]:
    """Counts that a file of a real organisation gives."""
    counts = {row.path for row in parameters.ORGANISATION if row.whole}
    return counts if scenario.organisation_files() else set()


def probe(
    scenario: Scenario,
    strategies: tuple[Strategy, ...],
    baseline: str,
    method: str,
    patterns: Sequence[str],
    size: int | None,
    replicates: int,
) -> Plan:
    """The plan of a sensitivity analysis by one of ``METHODS``; ``RequestError`` where a point makes no sense."""
    factors = chosen(scenario, patterns)
    levels, count, kind = (LEVELS if method == "morris" else 0), size or SIZES[method], method
    if size is not None and method == "tornado":
        raise RequestError("means nothing with --method tornado", key="--size", got=size, allowed="leave it out")
    if method in SAMPLED:
        _check_points(sample_size(method, len(factors), count))
        points = sample(method, factors, count, scenario.seed % 2**32, levels, False)
    elif method == "grid":
        points, kind = _grid(factors, count), "factorial"
    else:
        points = one_at_a_time(factors)
    titles = {"en": scenario.title.en, "zh": scenario.title.zh}
    told = {
        key: Text(**{lang: text(f"probe.{key}", lang, scenario=titles[lang], method=text(f"probe.{method}", lang))
                     for lang in titles})
        for key in ("title", "question")
    }  # fmt: skip
    plan = Plan(
        f"{scenario.name}-{method}", told["title"], told["question"], scenario, strategies, baseline, scenario.seed,
        Design(kind, factors, points, (), levels), replicates,
    )  # fmt: skip
    check_points(plan)
    return plan
