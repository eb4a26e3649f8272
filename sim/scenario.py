"""A scenario: what a user asks for, read from ``scenarios/*.toml`` and checked before anything runs.

Which numbers may be set, and within which bounds, is known to ``sim.parameters`` alone: the tables below are made
from its rows.  What is not set has its default.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
    ValidationInfo,
    create_model,
    model_validator,
)

from sim import parameters
from sim.errors import RequestError, nearest_name
from sim.naming import NAMES
from sim.parameters import FLAG
from sim.procedure import Procedure, load_procedure, procedure_names
from sim.reading import Document, Text, checked, find_file, names_in, parameter_model, place, read_toml, refuse
from sim.strategy import Strategy, as_written, known_row, load_strategy, strategy_names
from sim.vocabulary import FLAW_NAMES

FOLDER = Path(__file__).resolve().parent.parent / "scenarios"
MOST_TICKS = 1_000_000
MOST_ACTORS = 2_000_000  # twice the largest size the project promises
MOST_MATTERS = 20_000_000
GROUPS = ("organisation", "workload", "rules", "modes")
RUN = ("ticks", "replicates", "seed")
COUNTS = tuple(row.name for row in parameters.ORGANISATION if row.whole)
PLAIN = "general"  # the procedure of all matters where a scenario names none
# Which count of the organisation says how many there are of a role that may sponsor a matter.
_COUNT_OF = {
    "department": "departments", "subordinate": "subordinates", "staff": "staff_groups", "public": "publics",
    "peer": "peers", "superior": "superiors",
}  # fmt: skip

_FROZEN = ConfigDict(frozen=True, extra="forbid", strict=True)
_Path = Annotated[str, Field(min_length=1)] | None
_PATH = "a path relative to the scenario's file"


def _table(model: type[BaseModel], group: str) -> Any:
    return (model, Field(default_factory=model, description=f"a table of the parameters {group}.*"))


OrganisationTable = parameter_model(
    "OrganisationTable",
    parameters.ORGANISATION,
    file=(_Path, Field(None, description=f"{_PATH}, of a GraphML file")),
    nodes=(_Path, Field(None, description=f"{_PATH}, of a CSV file of actors")),
    edges=(_Path, Field(None, description=f"{_PATH}, of a CSV file of ties")),
    naming=(Literal["government", "university", "company"], Field("government", description=", ".join(NAMES))),
)
ModesTable = create_model(
    "ModesTable",
    __config__=_FROZEN,
    **{
        mode: _table(parameter_model(f"{mode.title()}Table", parameters.of_group(f"modes.{mode}")), f"modes.{mode}")
        for mode in parameters.MODES
    },
)
_TABLES = create_model(
    "_Tables",
    __config__=_FROZEN,
    organisation=_table(OrganisationTable, "organisation"),
    workload=_table(parameter_model("WorkloadTable", parameters.WORKLOAD), "workload"),
    rules=_table(parameter_model("RulesTable", parameters.RULES), "rules"),
    modes=_table(ModesTable, "modes"),
)


class Weight(BaseModel):
    """How often matters of a procedure arise beside those of the others, and why so often; and what it does without."""

    model_config = _FROZEN
    share: float = Field(gt=0.0, le=1e6, allow_inf_nan=False, description="above 0, at most 1e6")
    reason: Text = Field(description="a table with en and zh")
    source: str = Field("", min_length=1, description="text: where the share comes from")
    file: _Path = Field(None, description=f"{_PATH}, of a procedure")
    left_out: tuple[str, ...] = Field((), strict=False, description="a list of names of stages")
    unchecked: tuple[str, ...] = Field((), strict=False, description="a list of names of flaws")


class Scenario(_TABLES):  # type: ignore[misc,valid-type]
    """An organisation, its workload and rules, and which strategies to compare on it.

    ``strategies`` holds names, or paths of strategy files relative to the scenario's own; ``baseline`` is one of them.
    """

    name: str
    title: Text = Field(description="a table with en and zh")
    purpose: Text = Field(description="a table with en and zh")
    expectation: Text = Field(description="a table with en and zh")
    source: str = Field(min_length=1, description="text: where the values come from")
    ticks: int = Field(500, ge=1, le=MOST_TICKS, description=f"a whole number from 1 to {MOST_TICKS}")
    replicates: int = Field(100, ge=1, le=1_000_000, description="a whole number from 1 to 1000000")
    seed: int = Field(1, ge=0, lt=2**63, description="a whole number from 0 to 2**63 - 1")
    strategies: tuple[str, ...] = Field(min_length=1, strict=False, description="a list of names of strategies")
    baseline: str = Field(description="one of the strategies listed")
    procedures: dict[str, Weight] = Field({}, description="tables [procedures.NAME]")
    _folder: Path = PrivateAttr(default_factory=Path)
    _procedures: tuple[Procedure, ...] = PrivateAttr(())

    @model_validator(mode="after")
    def _consistent(self, info: ValidationInfo) -> "Scenario":
        self._folder = info.context.path.parent if info.context else Path()
        _check_organisation(self, info.context)
        _check_ranges(self, info.context)
        _check_size(self, info.context)
        _check_strategies(self, info.context)
        self._procedures = tuple(_read_procedures(self, info.context))
        _check_sponsors(self, info.context)
        return self

    def value(self, path: str) -> float:
        """The value of a parameter ``organisation.*``, ``workload.*``, ``rules.*`` or ``modes.<mode>.*``."""
        found: Any = self
        for name in known_row(path, *GROUPS).path.split("."):
            found = getattr(found, name)
        return float(found)

    def organisation_files(self) -> tuple[Path, ...]:
        """The files of a real organisation: one GraphML, or nodes and edges as CSV; empty if it is generated."""
        table = self.organisation
        return tuple(self._folder / name for name in (table.file, table.nodes, table.edges) if name)

    def load_strategy(self, name: str) -> Strategy:
        """A strategy by name, or by a path relative to the scenario's file."""
        return load_strategy(self._folder / name if name.endswith(".toml") else name)

    def load_procedures(self) -> tuple[Procedure, ...]:
        """The procedures matters pass through, in the order of the file: the general one where it names none."""
        return self._procedures

    @property
    def shares(self) -> tuple[float, ...]:
        """How often matters of each procedure arise, relative to the others; not yet made to sum to 1."""
        return tuple(weight.share for weight in self.procedures.values()) or (1.0,)

    def resolved(self) -> dict[str, Any]:
        """Everything, the procedures and the contents of graph files (as SHA-256) included, as JSON-able values."""
        files = {path.name: _file_digest(path) for path in self.organisation_files()}
        texts = {procedure.name: procedure.resolved() for procedure in self._procedures}
        return {**self.model_dump(mode="json"), "file_digests": files, "procedure_files": texts}

    @property
    def digest(self) -> str:
        """SHA-256 of ``resolved()``."""
        return _digest(self.resolved())

    @property
    def run_digest(self) -> str:
        """SHA-256 of what decides a run: organisation, workload, rules, modes, procedures, ticks; not texts."""
        decisive = (*GROUPS, "ticks", "file_digests")
        chosen = {key: value for key, value in self.resolved().items() if key in decisive}
        weighed = zip(self.shares, self._procedures, strict=True)
        return _digest({**chosen, "procedures": [(share, procedure.decisive()) for share, procedure in weighed]})

    def written(self) -> dict[str, Any]:
        """What its file holds and where that lies, as JSON-able values; ``rewritten`` makes the scenario again."""
        return {"folder": str(self._folder.resolve()), "file": self.model_dump(mode="json", exclude_unset=True)}

    def share_paths(self) -> tuple[str, ...]:
        """The paths of the shares of procedures that this scenario weighs."""
        return tuple(f"procedures.{name}.share" for name in self.procedures)

    def switch_paths(self) -> tuple[str, ...]:
        """The paths of the stages of these procedures that may be left out, and of the flaws they look for."""
        paths: list[str] = []
        for weight, procedure in zip(self.procedures.values(), self._procedures, strict=False):
            flaws = {*procedure.looked_for, *weight.unchecked}
            paths += [f"procedures.{procedure.name}.stage.{stage}" for stage in procedure.dispensable]
            paths += [f"procedures.{procedure.name}.check.{flaw}" for flaw in FLAW_NAMES if flaw in flaws]
        return tuple(paths)

    def with_values(self, values: Mapping[str, float]) -> "Scenario":
        """The same scenario with parameters set by path, or ``ticks``, ``replicates``, ``seed``; checked anew.

        ``procedures.<name>.share`` is how often matters of a procedure arise beside those of the others.  With
        ``procedures.<name>.stage.<stage>`` at 0 a stage is left out, with ``procedures.<name>.check.<flaw>`` at 0 no
        stage looks for a flaw; 1 is the usual.
        """
        data = self.model_dump(exclude_unset=True)
        weighed = {*self.share_paths(), *self.switch_paths()}
        for path, value in values.items():
            if path in RUN:
                data[path] = as_written(value, whole=True)
                continue
            if path in weighed:
                name = path.split(".")[1]
                data["procedures"] = {**data["procedures"], name: _weight_with(data["procedures"][name], path, value)}
                continue
            row = known_row(path, *GROUPS)
            table = data
            for name in row.group.split("."):
                table = table.setdefault(name, {})
            table[row.name] = as_written(value, row.whole)
        return self._again(data)

    def with_strategies(self, names: Iterable[str], baseline: str | None = None) -> "Scenario":
        """The same scenario comparing other strategies; the baseline is the present one if listed, else the first.

        Paths of strategy files are here relative to the present folder, as on a command line.
        """
        chosen = tuple(self._from_here(name) for name in names)
        kept = self.baseline if self.baseline in chosen or not chosen else chosen[0]
        reference = self._from_here(baseline) if baseline else kept
        data = {**self.model_dump(exclude_unset=True), "strategies": chosen, "baseline": reference}
        return self._again(data)

    def _from_here(self, name: str) -> str:
        return os.path.relpath(name, self._folder) if name.endswith(".toml") else name

    def __reduce__(self) -> tuple[Any, ...]:  # the tables are made at run time: pickle cannot find them by name
        return _unpickled, (self.model_dump(exclude_unset=True), self._folder)

    def _again(self, data: dict[str, Any]) -> "Scenario":
        # Relative paths still start from the file; none of its lines is to blame for what is set here.
        origin = Document(self._folder / f"{self.name}.toml", {}, {})
        try:
            again: Scenario = Scenario.model_validate(data, context=origin)
            return again
        except ValidationError as error:
            refuse(Scenario, error, origin)


def _weight_with(weight: Mapping[str, Any], path: str, value: float) -> dict[str, Any]:
    """The table of a procedure with its share set, or a stage or check left out (0) or not (1)."""
    kind, *which = path.split(".")[2:]
    if kind == "share":
        return {**weight, "share": float(value)}
    if value not in (0, 1):
        raise RequestError("is out of bounds", key=path, got=value, allowed=FLAG)
    key = {"stage": "left_out", "check": "unchecked"}[kind]
    others = {*weight.get(key, ())} - {*which}
    return {**weight, key: tuple(sorted(others if value else {*others, *which}))}


def rewritten(data: Mapping[str, Any]) -> Scenario:
    """The scenario of which ``written`` has told; ``RequestError`` if files it needs are gone."""
    return _unpickled(data["file"], Path(data["folder"]))


def _unpickled(data: dict[str, Any], folder: Path) -> Scenario:
    scenario: Scenario = Scenario.model_validate(data, context=Document(folder / "scenario.toml", {}, {}))
    return scenario


def _refuse(document: Document | None, key: str, what: str, got: object, allowed: str, nearest: str = "") -> NoReturn:
    raise RequestError(what, where=place(document, *key.split(".")), key=key, got=got, allowed=allowed, nearest=nearest)


def _check_organisation(scenario: Scenario, document: Document | None) -> None:
    """A real organisation comes from one file or two, which then also fix every count."""
    table = scenario.organisation
    if (table.nodes is None) != (table.edges is None):
        missing = "edges" if table.edges is None else "nodes"
        _refuse(document, f"organisation.{missing}", "is missing", None, "nodes and edges together")
    if table.file is not None and table.nodes is not None:
        _refuse(document, "organisation.file", "stands beside nodes and edges", table.file, "file, or nodes with edges")
    if scenario.organisation_files():
        for name in COUNTS:
            if name in table.model_fields_set:
                got = getattr(table, name)
                _refuse(document, f"organisation.{name}", "is fixed by the organisation's file", got, "leave it out")
    for key in ("file", "nodes", "edges"):
        name = getattr(table, key)
        if name is not None and not (scenario._folder / name).is_file():
            _refuse(document, f"organisation.{key}", "there is no such file", name, _PATH)


def _check_ranges(scenario: Scenario, document: Document | None) -> None:
    for least, most in (("deadline_min", "deadline_max"), ("band_min", "band_max")):
        low, high = getattr(scenario.workload, least), getattr(scenario.workload, most)
        if low > high:
            _refuse(document, f"workload.{least}", f"must not exceed workload.{most}", low, f"at most {high:g}")


def _check_size(scenario: Scenario, document: Document | None) -> None:
    """Refuse before the memory is asked for, not when it runs out."""
    table = scenario.organisation
    per_organ = sum(getattr(table, name) for name in COUNTS if name not in ("organs", "branching", "partners"))
    actors = table.organs * (per_organ + 1)
    if actors > MOST_ACTORS:
        _refuse(document, "organisation.organs", "too many actors in all", actors, f"at most {MOST_ACTORS}")
    matters = table.organs * scenario.workload.arrivals * scenario.ticks
    if matters > MOST_MATTERS:
        _refuse(document, "workload.arrivals", "too many matters in all", round(matters), f"at most {MOST_MATTERS}")


def _check_strategies(scenario: Scenario, document: Document | None) -> None:
    names = strategy_names()
    for index, name in enumerate(scenario.strategies):
        key = f"strategies.{index}"
        if name in scenario.strategies[:index]:
            _refuse(document, key, "is listed twice", name, "each strategy once")
        if name not in names and not name.endswith(".toml"):
            _refuse(document, key, "no strategy of this name", name, ", ".join(names), nearest_name(name, names))
        needed, office = scenario.load_strategy(name).hosts_needed, scenario.organisation.coordinators
        if needed > office and not scenario.organisation_files():  # else known only when the files are read
            _refuse(document, key, f"{name} needs more coordinators than the office has", needed, f"at most {office}")
    if scenario.baseline not in scenario.strategies:
        got, listed = scenario.baseline, scenario.strategies
        _refuse(document, "baseline", "is not among the strategies", got, ", ".join(listed), nearest_name(got, listed))


def _read_procedures(scenario: Scenario, document: Document | None) -> Iterator[Procedure]:
    """Those of the program by name, those of a user by file, each under the name the scenario gives it."""
    if not scenario.procedures:
        yield load_procedure(PLAIN)
    names = procedure_names() if scenario.procedures else ()
    for name, weight in scenario.procedures.items():
        if weight.file:
            path = scenario._folder / weight.file
            if not path.is_file():
                _refuse(document, f"procedures.{name}.file", "there is no such file", weight.file, _PATH)
            yield _cut(load_procedure(path.resolve()).model_copy(update={"name": name}), weight, document)
        elif name in names:
            yield _cut(load_procedure(name), weight, document)
        else:
            near = nearest_name(name, names)
            _refuse(document, f"procedures.{name}", "no procedure of this name", name, ", ".join(names), near)


def _cut(procedure: Procedure, weight: Weight, document: Document | None) -> Procedure:
    """A procedure without the stages and checks that a scenario leaves out."""
    stages, table = {stage.name: stage.type for stage in procedure.stages}, f"procedures.{procedure.name}"
    for key, names, allowed in (
        ("left_out", weight.left_out, procedure.dispensable),
        ("unchecked", weight.unchecked, procedure.looked_for),
    ):
        for item, name in enumerate(names):
            at = f"{table}.{key}.{item}"
            if name in names[:item]:
                _refuse(document, at, "is listed twice", name, "each name once")
            if name not in allowed:
                what = "no stage of this name" if key == "left_out" else "no stage looks for this"
                if key == "left_out" and name in stages:
                    what = f"a stage of type '{stages[name]}' cannot be left out"
                _refuse(document, at, what, name, ", ".join(allowed), nearest_name(name, allowed))
    return procedure.without(weight.left_out, weight.unchecked) if weight.left_out or weight.unchecked else procedure


def _check_sponsors(scenario: Scenario, document: Document | None) -> None:
    """A generated organisation has someone to sponsor each kind of matter."""
    if scenario.organisation_files():  # known only when the files are read
        return
    for procedure in scenario.load_procedures():
        if not any(getattr(scenario.organisation, _COUNT_OF[role]) for role in procedure.sponsors):
            what = "the organisation has nobody who may sponsor it"
            _refuse(document, f"procedures.{procedure.name}", what, procedure.name, ", ".join(procedure.sponsors))


def _file_digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def scenario_names() -> tuple[str, ...]:
    """The scenarios that come with the program, in alphabetical order."""
    return names_in(FOLDER)


def load_scenario(name_or_path: str | Path) -> Scenario:
    """Read a scenario by name or file; every mistake is a ``RequestError`` with file, line, key and what is allowed."""
    path = find_file(str(name_or_path), FOLDER, "scenario")
    return checked(Scenario, read_toml(path), name=path.stem)
