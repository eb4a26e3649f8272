"""With nothing left to chance, a matter closes where the critical path through its tasks ends.

The network of tasks is written here by hand and solved by networkx; every resource has one hour a tick and every task
takes whole hours, so that hours are ticks.  A weight is the ticks from one event to another, in which steps of the
same tick count nothing: a task begun in the tick of the event before it, because its step comes later in a tick, ends
hours - 1 ticks after it; a task begun in the next tick, hours after it.
"""

import math

import networkx as nx
import numpy as np
import pytest
from builders import LONE, QUIET, strategy, template, with_matters
from hypothesis import example, given
from hypothesis import strategies as st

from sim import world
from sim.engine import simulate
from sim.world import World

ARRIVAL = 3
COMMITTEE_INTERVAL = 8
INTAKE = 1  # hours; a round costs the host 1 hour and 1 for each party, and each party 1
BASE = template(
    {
        **QUIET, **LONE, "organisation.departments": 6, "organisation.coordinators": 2, "ticks": 300,
        "organisation.coordinator_hours": 1.0, "organisation.leader_hours": 1.0, "organisation.department_hours": 1.0,
        "rules.intake_hours": INTAKE, "workload.arrivals": 0.0,
        **{f"modes.{mode}.host_hours": 1.0 for mode in world.FINDS_TIME},
        **{f"modes.{mode}.host_hours_party": 1.0 for mode in world.FINDS_TIME},
        **{f"modes.{mode}.party_hours": 1.0 for mode in world.FINDS_TIME},
    }
)  # fmt: skip
UNITS = np.flatnonzero(BASE.actors.role == world.DEPARTMENT).tolist()


def notice(w: World, mode: str, parties: int) -> int:
    """Ticks from the preparation of a round to the round."""
    row = w.modes[list(world.FINDS_TIME).index(mode)]
    if mode == "countersign":
        return max(int(row.delay) + parties * int(row.delay_party), 1)
    return max(int(row.delay + row.delay_party * parties), 1)


def critical_path(structure: str, mode: str, work: list[int], decision: int, studies: tuple[int, int]) -> int:
    """The tick in which a matter that arises at ARRIVAL is closed; ``studies``: hours of each host before and after."""
    count = len(work)
    tasks = nx.DiGraph()
    tasks.add_edge("begin", "arises", weight=ARRIVAL)
    hosts = 2 if structure == "multi" else 1
    settling = structure == "self_first" and count > 1
    if settling:
        tasks.add_edge("arises", "held 0", weight=notice(BASE, "talks", count))
        tasks.add_edge("held 0", "decided", weight=0)
    else:
        for host in range(hosts):  # the first host registers the matter too, so that its round is the later one
            prepare = (INTAKE if host == 0 else 0) + studies[0] + 1 + count
            tasks.add_edge("arises", f"ready {host}", weight=prepare - 1)
            wait = notice(BASE, mode, count)
            if structure == "committee":
                ready = ARRIVAL + prepare - 1
                wait = (ready // COMMITTEE_INTERVAL + 1) * COMMITTEE_INTERVAL - ready
            tasks.add_edge(f"ready {host}", f"held {host}", weight=wait)
            tasks.add_edge(f"held {host}", "decided", weight=0 if structure == "committee" else decision - 1)
    for p, hours in enumerate(work):
        for host in reversed(range(hosts)):  # an hour for each round, in the tick of the round or after the one before
            further = 1 + count if settling and p == 0 else 0  # the lead is host and party
            tasks.add_edge(f"held {host}", f"attended {host} {p}", weight=further)
            if host < hosts - 1:
                tasks.add_edge(f"attended {host + 1} {p}", f"attended {host} {p}", weight=1)
        tasks.add_edge(f"attended 0 {p}", f"done {p}", weight=hours)
        if p > 0:
            tasks.add_edge("decided", f"done {p}", weight=hours - 1)
            tasks.add_edge(f"done {p}", "lead's turn", weight=0)
    tasks.add_edge("decided", "lead's turn", weight=0)
    tasks.add_edge("lead's turn", "done 0", weight=work[0])
    tasks.add_edge("done 0", "closed", weight=studies[1])
    return int(nx.dag_longest_path_length(tasks))


@pytest.mark.parametrize("structure", world.STRUCTURES)
@given(
    mode=st.sampled_from(list(world.FINDS_TIME)),
    work=st.lists(st.integers(1, 9), min_size=1, max_size=6),
    decision=st.integers(1, 4),
    reviewed=st.booleans(),
)
@example(mode="meeting", work=[1, 1], decision=1, reviewed=True)
def test_a_matter_closes_where_its_critical_path_ends(
    structure: str, mode: str, work: list[int], decision: int, reviewed: bool
) -> None:
    w = with_matters(BASE, {"arrival": ARRIVAL, "actors": UNITS[: len(work)], "work": work})
    w.rules[0].decision_hours = decision
    hosts = 2 if structure == "multi" else 1
    before = 0.5 if reviewed else 1.0
    plan = strategy(
        structure, mode, coordinators=hosts, before=before, after=1.0 - before, effort=16.0, investigation=0.5,
        committee_interval=COMMITTEE_INTERVAL,
    )  # fmt: skip
    budget = 16 * len(work) / hosts
    studies = int(budget * before / 2), int(budget * (1.0 - before) / 2)
    end = simulate(w, plan)
    m = end.matters[0]
    assert m.life == world.CLOSED
    assert m.closed == critical_path(structure, mode, work, decision, studies)
    assert math.isclose(m.outcome, 0.5)
    assert end.parties.friction.sum() == m.outbreaks == m.escalated == m.secondary == m.rework == 0
