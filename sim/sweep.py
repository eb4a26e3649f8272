"""A sweep, read from ``scenarios/sweeps/*.toml``: which points of which design, on which scenario, by whom.

The file says what is asked; this module checks it, makes the points, and hands over a ``Plan``.
"""

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, field_validator

from sim import parameters
from sim.design import (
    KINDS,
    MOST_POINTS,
    SAMPLED,
    Design,
    Factor,
    Floats,
    even_levels,
    factor_of,
    grid,
    lattice,
    one_at_a_time,
    sample,
    sample_size,
)
from sim.errors import RequestError
from sim.factors import limits, resolve
from sim.listed import listed
from sim.measures import NAMES
from sim.plan import Plan, Until, Values, strategy_at
from sim.reading import Document, Text, checked, find_file, names_in, place, read_toml, shown
from sim.scenario import Scenario, load_scenario
from sim.strategy import TIMES, Strategy

FOLDER = Path(__file__).resolve().parent.parent / "scenarios" / "sweeps"
MOST_REPLICATES = 1_000_000
MIXED = tuple(f"strategy.{name}" for name in TIMES)
_FROZEN = ConfigDict(frozen=True, extra="forbid", strict=True)
_RANGE = {"low", "high", "levels"}
# What a design of a kind may say beside it.
_KEYS: dict[str, tuple[str, ...]] = {
    "factorial": (), "latin": ("size", "seed"), "sobol": ("size", "seed", "second_order"),
    "morris": ("size", "seed", "levels"), "tornado": (), "mixture": ("steps",), "table": ("points",),
}  # fmt: skip


class UntilTable(BaseModel):
    """The precision that decides how many replicates there are."""

    model_config = _FROZEN
    measure: Literal[NAMES] = Field(description=", ".join(NAMES))  # type: ignore[valid-type]
    half_width: float = Field(gt=0.0, allow_inf_nan=False, description="above 0, in the measure's unit")
    first: int = Field(20, ge=5, le=10_000, description="a whole number from 5 to 10000")
    most: int = Field(1000, ge=5, le=MOST_REPLICATES, description=f"a whole number from 5 to {MOST_REPLICATES}")
    confidence: float = Field(0.95, ge=0.5, lt=1.0, description="from 0.5 to below 1")


class DesignTable(BaseModel):
    """Which points."""

    model_config = _FROZEN
    kind: Literal[KINDS] = Field(description=", ".join(KINDS))  # type: ignore[valid-type]
    size: int = Field(64, ge=1, le=MOST_POINTS, description=f"a whole number from 1 to {MOST_POINTS}")
    seed: int = Field(1, ge=0, lt=2**32, description="a whole number from 0 to 2**32 - 1")
    levels: int = Field(4, ge=2, le=64, description="an even number from 2 to 64")
    second_order: bool = Field(False, description="true or false")
    steps: int = Field(6, ge=1, le=100, description="a whole number from 1 to 100")
    points: str | Annotated[tuple[dict[str, Any], ...], Field(strict=False)] = Field(
        (), description="a CSV file relative to this one, or tables [[design.points]]"
    )

    @field_validator("levels")
    @classmethod
    def _even(cls, value: int) -> int:
        if value % 2:
            raise ValueError("must be even")
        return value


class Sweep(BaseModel):
    """A sweep's file."""

    model_config = _FROZEN
    name: str
    title: Text = Field(description="a table with en and zh")
    question: Text = Field(description="a table with en and zh")
    source: str = Field(min_length=1, description="text: where the question and the ranges come from")
    scenario: str = Field(min_length=1, description="the name of a scenario, or its file relative to this one")
    strategies: tuple[str, ...] = Field((), strict=False, description="a list of names of strategies")
    baseline: str = Field("", description="one of the strategies listed")
    seed: int | None = Field(None, ge=0, lt=2**63, description="a whole number from 0 to 2**63 - 1")
    replicates: int | None = Field(
        None, ge=1, le=MOST_REPLICATES, description=f"a whole number from 1 to {MOST_REPLICATES}; or a table [until]"
    )
    until: UntilTable | None = Field(None, description="a table of measure, half_width, first, most, confidence")
    design: DesignTable = Field(description="a table with kind")
    factors: dict[str, Any] = Field({}, description="tables or lists by path")


class _Given(NamedTuple):
    """A factor as the file gives it."""

    factor: Factor
    levels: tuple[float, ...]
    keys: tuple[str, ...]  # where it stands


def sweep_names() -> tuple[str, ...]:
    """The sweeps that come with the program, in alphabetical order."""
    return names_in(FOLDER)


def load_sweep(name_or_path: str | Path) -> Plan:
    """Read a sweep by name or file; every mistake is a ``RequestError`` with file, line, key and what is allowed."""
    path = find_file(str(name_or_path), FOLDER, "sweep")
    document = read_toml(path)
    sweep = checked(Sweep, document, name=path.stem)
    scenario = _scenario(sweep, path.parent, document)
    strategies = tuple(scenario.load_strategy(name) for name in scenario.strategies)
    design = _design(sweep, scenario, strategies, document)
    until = _until(sweep, document)
    plan = Plan(
        sweep.name, sweep.title, sweep.question, scenario, strategies, scenario.load_strategy(scenario.baseline).name,
        scenario.seed, design, until.most if until else sweep.replicates or 0, until,
        sweep.source,
    )  # fmt: skip
    check_points(plan, document)
    return plan


def _until(sweep: Sweep, document: Document) -> Until | None:
    """What decides how many replicates there are; None if a number does."""
    if (sweep.until is None) == (sweep.replicates is None):
        what = "is missing" if sweep.until is None else "stands beside a table [until]"
        raise _wrong(document, ("replicates",), what, sweep.replicates, "replicates = NUMBER, or a table [until]")
    if sweep.until and sweep.until.most < sweep.until.first:
        raise _wrong(document, ("until", "most"), "is below first", sweep.until.most, f"at least {sweep.until.first}")
    return Until(**sweep.until.model_dump()) if sweep.until else None


def check_points(plan: Plan, document: Document | None = None) -> None:
    """Refuse a plan one of whose points is no scenario or strategy, before anything runs.  ``RequestError``."""
    hosts: dict[Values, int] = {}  # needed at most, by what a point sets in the strategies
    tried: set[Values] = set()
    for p in range(len(plan.design.points)):
        own, rest = plan.point(p, of_strategies=True), plan.point(p, of_strategies=False)
        try:
            if own not in hosts:
                hosts[own] = max(strategy_at(each, own).hosts_needed for each in plan.strategies)
            _check_office(plan, rest, hosts[own])
            if rest not in tried and _risky(rest):
                tried.add(rest)
                plan.scenario.with_values(dict(rest))
        except RequestError as error:
            raise _at_point(error, plan, p, document) from error


def _risky(values: Values) -> bool:
    """Whether bounds alone, which have been checked, do not yet make values right together."""
    bound = ("organisation.", "workload.deadline", "workload.band", "workload.arrivals", "ticks", "procedures.")
    return any(path.startswith(bound) for path, _ in values)


def _check_office(plan: Plan, values: Values, needed: int) -> None:
    if plan.scenario.organisation_files():  # known only when the files are read
        return
    office = dict(values).get("organisation.coordinators", float(plan.scenario.organisation.coordinators))
    if needed > office:
        what = "a strategy needs more coordinators than the office has"
        raise RequestError(what, key="organisation.coordinators", got=int(office), allowed=f"at least {needed}")


def _at_point(error: RequestError, plan: Plan, p: int, document: Document | None) -> RequestError:
    """The same, said of a point: the design is to blame, not the scenario's file."""
    where = place(document, "design")
    what = f"point {p} of the design: {error.what}"
    return RequestError(what, where=where, key=error.key, got=error.got, allowed=error.allowed, nearest=error.nearest)


def _scenario(sweep: Sweep, folder: Path, document: Document) -> Scenario:
    """The scenario with the sweep's strategies, baseline and seed."""
    try:
        name = sweep.scenario
        scenario = load_scenario(folder / name if name.endswith(".toml") else name)
        if sweep.strategies or sweep.baseline:
            names = tuple(_placed(each, folder) for each in sweep.strategies) or scenario.strategies
            scenario = scenario.with_strategies(names, _placed(sweep.baseline, folder) if sweep.baseline else None)
    except RequestError as error:
        if error.where.startswith(shown(document.path)) or error.key.split(".")[0] not in _BLAMED:
            raise
        key = error.key.split(".")
        raise RequestError(
            error.what, where=document.where(*key), key=error.key, got=error.got, allowed=error.allowed,
            nearest=error.nearest,
        ) from error  # fmt: skip
    return scenario if sweep.seed is None else scenario.with_values({"seed": sweep.seed})


_BLAMED = ("scenario", "strategies", "baseline")


def _placed(name: str, folder: Path) -> str:
    return str(folder / name) if name.endswith(".toml") else name


def _design(sweep: Sweep, scenario: Scenario, strategies: tuple[Strategy, ...], document: Document) -> Design:
    table = sweep.design
    for key in sorted(table.model_fields_set - {"kind"}):
        if key not in _KEYS[table.kind]:
            what = f"means nothing in a design of kind '{table.kind}'"
            raise _wrong(document, ("design", key), what, getattr(table, key), ", ".join(("kind", *_KEYS[table.kind])))
    given = [_given(keys, value, scenario, strategies, table, document) for keys, value in _leaves(sweep.factors)]
    for row, each in enumerate(given):
        if each.factor.path in [other.factor.path for other in given[:row]]:
            raise _wrong(document, ("factors", *each.keys), "names a factor twice", None, "each factor once")
    factors = tuple(each.factor for each in given)
    if table.kind == "table":
        if given:
            raise _wrong(document, ("factors",), "stands beside a table of points", None, "one of the two")
        return listed(table.points, scenario, strategies, document)
    if table.kind == "mixture":
        factors = _mixed(given, document)
        points = lattice(len(TIMES), table.steps)
    elif not given:
        raise _wrong(document, ("factors",), "is empty", None, "at least one path")
    elif table.kind in SAMPLED:
        size = sample_size(table.kind, len(factors), table.size, table.second_order)
        if size > MOST_POINTS:
            raise _wrong(document, ("design", "size"), "has too many points", size, f"at most {MOST_POINTS}")
        points = sample(table.kind, factors, table.size, table.seed, table.levels, table.second_order)
    elif table.kind == "tornado":
        points = one_at_a_time(factors)
    else:
        points = _gridded(given, document)
    if len(points) > MOST_POINTS:
        raise _wrong(document, ("design",), "has too many points", len(points), f"at most {MOST_POINTS}")
    levels = table.levels if table.kind == "morris" else 0
    return Design(table.kind, factors, points, (), levels, table.second_order and table.kind == "sobol")


def _gridded(given: list[_Given], document: Document) -> Floats:
    if math.prod(len(each.levels) for each in given) > MOST_POINTS:
        count = math.prod(len(each.levels) for each in given)
        raise _wrong(document, ("design",), "has too many points", count, f"at most {MOST_POINTS}")
    return grid([each.levels for each in given])


def _mixed(given: list[_Given], document: Document) -> tuple[Factor, ...]:
    if given:
        what = "a mixture varies the three shares of timing, and nothing else"
        raise _wrong(document, ("factors",), what, given[0].factor.path, "no factors")
    return tuple(factor_of(parameters.BY_PATH[path]) for path in MIXED)


def _leaves(table: Mapping[str, Any], keys: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Paths with what stands there: ``"a.b" = [...]`` and ``[factors.a] b = [...]`` are the same."""
    for key, value in table.items():
        if isinstance(value, dict) and (set(value) - _RANGE):
            yield from _leaves(value, (*keys, key))
        else:
            yield (*keys, key), value


def _given(
    keys: tuple[str, ...],
    value: Any,
    scenario: Scenario,
    strategies: tuple[Strategy, ...],
    table: DesignTable,
    document: Document,
) -> _Given:
    """A factor, its range or levels checked."""
    place_of = ("factors", *keys)
    base = resolve(".".join(keys), scenario, strategies, document.where(*place_of))
    least, most = limits(base)

    def number(x: Any, *inner: str) -> float:
        if isinstance(x, bool) or not isinstance(x, int | float) or not least <= x <= most:
            raise _wrong(document, (*place_of, *inner), "is out of bounds", x, f"from {least:g} to {most:g}")
        if base.whole and x != int(x):
            raise _wrong(document, (*place_of, *inner), "must be whole", x, f"from {least:g} to {most:g}")
        return float(x)

    if isinstance(value, list):
        if not value:
            raise _wrong(document, place_of, "is empty", value, "at least one level")
        if table.kind in (*SAMPLED, "tornado"):
            raise _wrong(document, place_of, "is a list, but a sample needs a range", value, "{ low = …, high = … }")
        levels = tuple(number(x, str(row)) for row, x in enumerate(value))
        if len(set(levels)) < len(levels):
            raise _wrong(document, place_of, "names a level twice", value, "each level once")
        return _Given(base._replace(low=min(levels), high=max(levels)), levels, keys)
    if not isinstance(value, dict):
        raise _wrong(document, place_of, "must be a list of levels, or a table of low and high", value, "")
    if "levels" in value and table.kind != "factorial":
        what = f"means nothing in a design of kind '{table.kind}'"
        raise _wrong(document, (*place_of, "levels"), what, value["levels"], "low, high")
    low, high = (number(value.get(end, getattr(base, end)), end) for end in ("low", "high"))
    if not low < high:
        raise _wrong(document, place_of, "is an empty range", [low, high], "low below high")
    return _Given(base._replace(low=low, high=high), _levels(low, high, value, base, place_of, document), keys)


def _levels(
    low: float, high: float, value: dict[str, Any], base: Factor, keys: tuple[str, ...], document: Document
) -> tuple[float, ...]:
    count = value.get("levels", 3)
    if isinstance(count, bool) or not isinstance(count, int) or not 2 <= count <= 10_000:
        raise _wrong(document, (*keys, "levels"), "is out of bounds", count, "a whole number from 2 to 10000")
    return even_levels(base._replace(low=low, high=high), count)


def _wrong(
    document: Document, keys: tuple[str, ...], what: str, got: object, allowed: str, nearest: str = ""
) -> RequestError:
    where = document.where(*keys)
    return RequestError(what, where=where, key=".".join(keys), got=got, allowed=allowed, nearest=nearest)
