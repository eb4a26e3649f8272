"""A claim of the handbooks put as an experiment, read from ``scenarios/claims/*.toml``.

The file says what varies (arms), what is measured (tests), which size of effect matters, in which situations it is
looked at (places), over which conditions it may turn (map), where nothing must be seen (controls) and in which world
it comes out the other way (otherwise).  ``sim.claim_plans`` makes plans of it; ``analysis.claim_verdicts`` says what
came of them.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from sim.errors import RequestError, nearest_name
from sim.factors import limits, resolve
from sim.listed import flat
from sim.measures import NAMES
from sim.reading import Document, Text, checked, find_file, names_in, read_toml
from sim.scenario import Scenario, load_scenario
from sim.smallest_effects import SMALLEST
from sim.strategy import Strategy, load_strategy

FOLDER = Path(__file__).resolve().parent.parent / "scenarios" / "claims"
BASES = (
    "claim",
    "rule",
    "question",
)  # said by the handbooks; a rule of theirs whose purpose is plain; our own question
EXPECTED = ("more", "less", "turns")
MOST_AXES = 2  # of a map that can be drawn
_FROZEN = ConfigDict(frozen=True, extra="forbid", strict=True)
_PATHS = "a table of values by path"
_TEXT = "a table with en and zh"
Values = dict[str, float]
Weight = Annotated[float, Field(allow_inf_nan=False)]


class Arm(BaseModel):
    """One way of doing it: a strategy, and what else is set in it (``strategy.*``) or in the scenario."""

    model_config = _FROZEN
    title: Text = Field(description=_TEXT)
    strategy: str = Field(min_length=1, description="the name of a strategy")
    set: dict[str, Any] = Field({}, description=_PATHS)


class Test(BaseModel):
    """One comparison of arms.  Tests of one ``part`` are alternatives: one of them is enough; all parts must hold.

    The effect is the weighted sum of the arms' means; with ``against``, how much the size of that sum exceeds the
    largest of those.  ``turns``: its sign changes from place to place.  It is held against the smallest difference
    that matters in its measure, or against a ``level`` where the sum is no difference.
    """

    __test__ = False  # it is no test of pytest's
    model_config = _FROZEN
    measure: Literal[NAMES] = Field(description=", ".join(NAMES))  # type: ignore[valid-type]
    weights: dict[str, Weight] = Field(min_length=1, description="a table of finite weights by arm")
    against: tuple[dict[str, Weight], ...] = Field((), strict=False, description="a list of tables of weights by arm")
    expect: Literal["more", "less", "turns"] = Field(description=", ".join(EXPECTED))
    level: float | None = Field(None, gt=0.0, allow_inf_nan=False, description="above 0, in the measure's unit")
    part: str = Field("", description="text: what tests that are alternatives have in common")

    @property
    def matters(self) -> float:
        """What the effect is held against."""
        return SMALLEST[self.measure].size if self.level is None else self.level

    @property
    def needed(self) -> str:
        """The key of the label that says what is expected."""
        return f"claims.{self.expect}" if self.level is None else f"claims.level_{self.expect}"


class Situation(BaseModel):
    """A named world: what is set in the scenario or in all arms' strategies."""

    model_config = _FROZEN
    title: Text = Field(description=_TEXT)
    set: dict[str, Any] = Field(description=_PATHS)


class Says(BaseModel):
    """What follows for a head of office, in one plain sentence each."""

    model_config = _FROZEN
    holds: Text = Field(description=_TEXT)
    fails: Text = Field(description=_TEXT)


class Claim(BaseModel):
    """A claim's file."""

    model_config = _FROZEN
    name: str
    number: int = Field(ge=1, description="a whole number from 1")
    basis: Literal["claim", "rule", "question"] = Field(description=", ".join(BASES))
    source: str = Field(min_length=1, description="text: where it is said")
    title: Text = Field(description=_TEXT)
    statement: Text = Field(description=f"{_TEXT}: what is claimed")
    mechanism: Text = Field(description=f"{_TEXT}: through which rules it can come out either way")
    note: Text | None = Field(None, description=f"{_TEXT}: what the experiment leaves out")
    revised: Text | None = Field(None, description=f"{_TEXT}: what was changed in the experiment after it had been run")
    says: Says = Field(description="a table with holds and fails")
    scenario: str = Field("district", min_length=1, description="the name of a scenario")
    home: dict[str, Any] = Field({}, description=_PATHS)
    arms: dict[str, Arm] = Field(min_length=1, description="tables [arms.NAME]")
    tests: tuple[Test, ...] = Field(strict=False, description="tables [[tests]]")
    places: tuple[Situation, ...] = Field((), strict=False, description="tables [[places]]")
    map: dict[str, Any] = Field({}, description="a table of lists of levels by path")
    controls: tuple[Situation, ...] = Field((), strict=False, description="tables [[controls]]")
    otherwise: Situation = Field(description="a table with title and set")
    _base: Scenario = PrivateAttr()
    _strategies: tuple[Strategy, ...] = PrivateAttr(())

    @property
    def base(self) -> Scenario:
        """The scenario it is tried on."""
        return self._base

    @property
    def strategies(self) -> tuple[Strategy, ...]:
        """The arms' strategies, each once, called by the first arm that has it."""
        return self._strategies

    def axes(self) -> dict[str, tuple[float, ...]]:
        """The levels of the map by path."""
        return {path: tuple(map(float, levels)) for path, levels in flat(self.map)}

    def at_home(self) -> Values:
        """Where home stands on the axes of the map; NaN where arms differ in that."""
        home = values(self.home)
        return {path: home.get(path, resolve(path, self._base, self._strategies).default) for path in self.axes()}

    def parts(self) -> tuple[tuple[int, ...], ...]:
        """The numbers of the tests of each part, in the order of the file; a test without a part is one of its own."""
        found: dict[str, list[int]] = {}
        for t, test in enumerate(self.tests):
            found.setdefault(test.part or f"{t}", []).append(t)
        return tuple(map(tuple, found.values()))

    def world_of(self, arm: str) -> Values:
        """What an arm sets in the scenario."""
        return {path: x for path, x in values(self.arms[arm].set).items() if not _of_strategy(path)}


class Cell(NamedTuple):
    """Where an arm stands in a plan: which variant of the world, which strategy."""

    variant: int
    strategy: int


def cells(claim: Claim) -> tuple[tuple[Values, ...], dict[str, Cell]]:
    """The variants of the world that arms differ in, and each arm's cell."""
    variants: list[Values] = []
    signs: list[tuple[str, Values]] = []
    found = {}
    for name, arm in claim.arms.items():
        world, sign = claim.world_of(name), _sign(arm)
        if world not in variants:
            variants.append(world)
        if sign not in signs:
            signs.append(sign)
        found[name] = Cell(variants.index(world), signs.index(sign))
    return tuple(variants), found


def values(table: Mapping[str, Any]) -> Values:
    """Values by path, written as ``"a.b" = 1`` or as nested tables."""
    return {path: float(x) for path, x in flat(table)}


def claim_names() -> tuple[str, ...]:
    """The claims that come with the program, by number."""
    return names_in(FOLDER)


def load_claim(name_or_path: str | Path) -> Claim:
    """Read a claim by number, name or file; every mistake is a ``RequestError`` with file, line and what is allowed."""
    path = find_file(_full_name(str(name_or_path)), FOLDER, "claim")
    document = read_toml(path)
    claim = checked(Claim, document, name=path.stem)
    _check_tests(claim, document)
    claim._base = _scenario(claim, document)
    _check_values(claim, document, (("arms", name, "set") for name in claim.arms))
    claim._strategies = tuple(_strategies(claim, document))
    _check_arms(claim, document)
    _check_values(claim, document, _tables(claim))
    _check_map(claim, document)
    return claim


def _full_name(given: str) -> str:
    """The name of the claim of a number."""
    if given.isdigit():
        return next((name for name in claim_names() if name.split("-")[0] == given.zfill(2)), given)
    return given


def _of_strategy(path: str) -> bool:
    return path.split(".", 1)[0] == "strategy"


def _sign(arm: Arm) -> tuple[str, Values]:
    """What makes an arm's strategy one of its own."""
    return arm.strategy, {path: x for path, x in values(arm.set).items() if _of_strategy(path)}


def _scenario(claim: Claim, document: Document) -> Scenario:
    try:
        scenario = load_scenario(claim.scenario)
        names = dict.fromkeys(arm.strategy for arm in claim.arms.values())
        return scenario.with_strategies(names)  # only these: they are checked again with every point
    except RequestError as error:
        raise _placed(error, document, "scenario" if error.key == "scenario" else "arms") from error


def _strategies(claim: Claim, document: Document) -> Iterator[Strategy]:
    seen = []
    for name, arm in claim.arms.items():
        sign = _sign(arm)
        if sign in seen:
            continue
        seen.append(sign)
        try:
            strategy = load_strategy(arm.strategy).with_values(sign[1])
        except RequestError as error:
            raise _placed(error, document, "arms", name, *(["set"] if arm.set else [])) from error
        title = arm.title.model_dump()
        yield Strategy.model_validate({**strategy.written(), "name": name, "title": title})


def _check_tests(claim: Claim, document: Document) -> None:
    """There are tests, their weights name arms, and what turns from place to place has places."""
    if not claim.tests:
        raise _wrong(document, ("tests",), "is empty", None, "tables [[tests]]")
    for t, test in enumerate(claim.tests):
        for arm in itertools.chain(test.weights, *test.against):
            if arm not in claim.arms:
                near = nearest_name(arm, claim.arms)
                what, allowed = "no arm of this name", ", ".join(claim.arms)
                raise _wrong(document, ("tests", str(t), "weights"), what, arm, allowed, near)
        if test.expect == "turns" and len(claim.places) < 2:
            raise _wrong(document, ("tests", str(t), "expect"), "needs places", "turns", "two or more [[places]]")


def _check_arms(claim: Claim, document: Document) -> None:
    """Arms differ, and nothing else sets what an arm sets."""
    seen: list[tuple[Any, Values]] = []
    for name, arm in claim.arms.items():
        whole = (arm.strategy, values(arm.set))
        if whole in seen:
            raise _wrong(document, ("arms", name), "is the same as another arm", name, "arms that differ")
        seen.append(whole)
    own = {path for arm in claim.arms.values() for path in values(arm.set)}
    for keys in (*_tables(claim), ("map",)):
        for path in (path for path, _ in flat(_table_at(document, keys)) if path in own):
            raise _wrong(
                document, (*keys, path), "is set by an arm", path, "what no arm sets; strategies.ARM.PARAMETER"
            )


def _table_at(document: Document, keys: tuple[str, ...]) -> Mapping[str, Any]:
    table: Any = document.data
    for key in keys:
        table = table[int(key)] if isinstance(table, list) else table.get(key, {})
    found: Mapping[str, Any] = table
    return found


def _tables(claim: Claim) -> Iterator[tuple[str, ...]]:
    """Where else values stand."""
    yield ("home",)
    for kind in ("places", "controls"):
        yield from ((kind, str(k), "set") for k in range(len(getattr(claim, kind))))
    yield ("otherwise", "set")


def _check_values(claim: Claim, document: Document, tables: Iterable[tuple[str, ...]]) -> None:
    """Every value set in these tables is one that its path accepts."""
    for keys in tables:
        for path, x in flat(_table_at(document, keys)):
            _check_value(claim, document, keys, path, x)


def _check_map(claim: Claim, document: Document) -> None:
    if len(list(flat(claim.map))) > MOST_AXES:
        raise _wrong(document, ("map",), "has too many axes", len(list(flat(claim.map))), f"at most {MOST_AXES}")
    for path, levels in flat(claim.map):
        if not isinstance(levels, list) or len(levels) < 2 or sorted(set(levels)) != levels:
            raise _wrong(document, ("map",), "must be a list of rising levels", path, "two levels or more")
        for x in levels:
            _check_value(claim, document, ("map",), path, x)


def _check_value(claim: Claim, document: Document, keys: tuple[str, ...], path: str, x: Any) -> None:
    factor = resolve(path, claim.base, claim.strategies, document.where(*keys))
    least, most = limits(factor)
    if isinstance(x, bool) or not isinstance(x, int | float) or not least <= x <= most:
        raise _wrong(document, (*keys, path), "is out of bounds", x, f"from {least:g} to {most:g}")


def _placed(error: RequestError, document: Document, *keys: str) -> RequestError:
    """The same, said of the claim's own file."""
    where = document.where(*keys)
    return RequestError(
        error.what, where=where, key=error.key, got=error.got, allowed=error.allowed, nearest=error.nearest
    )


def _wrong(
    document: Document, keys: tuple[str, ...], what: str, got: object, allowed: str, nearest: str = ""
) -> RequestError:
    where = document.where(*keys)
    return RequestError(what, where=where, key=".".join(keys), got=got, allowed=allowed, nearest=nearest)
