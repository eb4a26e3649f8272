"""Small worlds for tests: what is not under test is switched off, what is can be edited before the run.

``QUIET`` leaves queues, delays and arithmetic: nobody is away or engaged, nobody disagrees or errs, nothing changes,
breaks out or comes back.  ``LONE`` is the smallest organisation: a principal, a leader in charge, one coordinator
and one department.
"""

from collections.abc import Mapping

import numpy as np

from sim import engine, world
from sim.scenario import Scenario, load_scenario
from sim.schedule import SCHEDULE
from sim.setting import prepare
from sim.strategy import load_strategy
from sim.world import World

Values = Mapping[str, float]

QUIET: dict[str, float] = {
    "organisation.busy_leaders": 0.0, "organisation.busy_heads": 0.0, "organisation.busy_outside": 0.0,
    "organisation.absence": 0.0, "workload.interest_spread": 0.0, "workload.interest_noise": 0.0,
    "workload.bias_spread": 0.0, "workload.optimum_spread": 0.0, "workload.drift_rate": 0.0,
    "rules.estimate_spread": 0.0, "rules.outbreak_rate": 0.0, "rules.residual_rate": 0.0,
    "rules.urgency_headstart": 0.0,
}  # fmt: skip
LONE: dict[str, float] = {
    "organisation.superiors": 0, "organisation.leaders_in_charge": 1, "organisation.other_leaders": 0,
    "organisation.semi_retired": 0, "organisation.coordinators": 1, "organisation.departments": 1,
    "organisation.peers": 0, "organisation.subordinates": 0, "organisation.staff_groups": 0,
    "organisation.publics": 0, "workload.assistants": 0.0,
}  # fmt: skip
# Neither registering nor deciding takes any hours: a matter is decided in the tick in which it arises.
FREE: dict[str, float] = {"rules.intake_hours": 0.0, "rules.decision_hours": 0.0, "rules.unprepared_hours": 0.0}


def scenario(values: Values) -> Scenario:
    """The district with other values, comparing nothing that a small office could not do."""
    return load_scenario("district").with_strategies(["unified-before"]).with_values(values)


def template(values: Values, seed: int = 1, replicate: int = 0) -> World:
    """A drawn world before anything has happened."""
    return engine.draw(prepare(scenario(values)), seed, replicate)


def strategy(structure: str = "unified", mode: str = "", **fields: float) -> np.recarray:
    """A strategy's record: all hours before the decision unless said otherwise, by one mode if one is named."""
    record = load_strategy("unified-before").record()
    record.structure = world.STRUCTURES.index(structure)
    if mode:
        for name in world.FINDS_TIME:
            record[f"share_{name}"] = float(name == mode)
    for name, value in fields.items():
        record[name] = value
    return record


def step(w: World, t: int) -> None:
    """One tick, by the list in ``sim.schedule``: slow, and stopping where a test wants to look."""
    for part in SCHEDULE:
        for row in part.rows(w, t):
            part.rule(w, row, t)


def chain(head: int, records: np.recarray) -> list[int]:
    """The rows of a linked list; fails on a list that runs in a circle."""
    rows: list[int] = []
    while head >= 0:
        rows.append(int(head))
        assert len(rows) <= len(records), "a linked list runs in a circle"
        head = records[head].next
    return rows
