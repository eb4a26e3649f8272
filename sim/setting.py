"""What stays the same over all runs of a scenario: its organisation and its numbers, ready for the engine."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from sim import parameters, world
from sim.layout import Laid, lay_out
from sim.organisation import Organisation, build
from sim.procedure import Procedure
from sim.scenario import Scenario


class Setting(NamedTuple):
    """A scenario in the engine's terms."""

    organisation: Organisation
    workload: np.recarray  # world.WORKLOAD, one row
    people: np.recarray  # world.PEOPLE, one row
    rules: np.recarray  # world.RULES, one row
    modes: np.recarray  # world.MODE, a row per mode
    procedures: tuple[Procedure, ...]
    laid: Laid  # the same, and their shares of arrivals, as tables
    ticks: int


def prepare(scenario: Scenario, laid: Laid | None = None) -> Setting:
    """Build the organisation of a scenario and lay out its parameters; ``laid`` are its procedures, if done before."""
    modes = world.table(world.MODE, len(parameters.MODES))
    for row, mode in enumerate(parameters.MODES):
        modes[row].calendar = world.FINDS_TIME[mode]
        _fill(modes[row], scenario, f"modes.{mode}")
    single = {}
    for group, fields in (("workload", world.WORKLOAD), ("organisation", world.PEOPLE), ("rules", world.RULES)):
        single[group] = world.table(fields, 1)
        _fill(single[group][0], scenario, group)
    procedures = scenario.load_procedures()
    return Setting(
        build(scenario), single["workload"], single["organisation"], single["rules"], modes, procedures,
        laid or lay_out(procedures, scenario.shares), scenario.ticks,
    )  # fmt: skip


def with_numbers(setting: Setting, values: Mapping[str, float]) -> Setting:
    """The same with numbers ``workload.*``, ``rules.*`` and ``modes.<mode>.*`` set; they must have been checked."""
    workload, rules, modes = setting.workload.copy(), setting.rules.copy(), setting.modes.copy()
    tables = {"workload": workload, "rules": rules, "modes": modes}
    for path, value in values.items():
        group, *inner, name = path.split(".")
        tables[group][parameters.MODES.index(inner[0]) if inner else 0][name] = value
    return setting._replace(workload=workload, rules=rules, modes=modes)


def _fill(row: np.record, scenario: Scenario, group: str) -> None:
    for parameter in parameters.of_group(group):
        row[parameter.name] = scenario.value(parameter.path)
