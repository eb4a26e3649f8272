"""The Mesa model and the compiled run are one simulation, driven in two ways."""

import ast
import inspect
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest

from sim import engine, schedule
from sim.agents import Department
from sim.errors import RequestError
from sim.model import CoordinationModel
from sim.scenario import load_scenario
from sim.strategy import load_strategy
from sim.world import World

ROOT = Path(__file__).parents[2]
STRATEGIES = ("unified-balanced", "multi3-before", "self-first", "committee", "tiered", "adaptive", "decide-first")


def differing_columns(one: World, other: World) -> list[str]:
    """Names of the columns in which two worlds differ in any bit (padding between columns is nobody's)."""
    found = []
    for name in World._fields:
        a, b = getattr(one, name), getattr(other, name)
        parts = a.dtype.names or (None,)
        found += [f"{name}.{part}" for part in parts if _bits(a, part) != _bits(b, part)]
    return found


def _bits(table: np.ndarray, part: str | None) -> bytes:
    return (table if part is None else table[part]).tobytes()


def run_to_end(model: CoordinationModel) -> CoordinationModel:
    while model.running:
        model.step()
    return model


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_both_drivers_leave_the_same_world_to_the_bit(strategy: str) -> None:
    model = run_to_end(CoordinationModel("teaching", strategy, rng=11, replicate=2))
    compiled = engine.simulate(engine.draw(model.setting, 11, 2), model.strategy.record())
    assert differing_columns(model.world, compiled) == []
    assert compiled.totals[0].conflicts > 0, "a world in which nothing happens would prove nothing"


DIGEST = """
import hashlib
from sim import engine
from sim.scenario import load_scenario
from sim.setting import prepare
from sim.strategy import load_strategy

setting = prepare(load_scenario("teaching").with_values({"ticks": 60}))
digest = hashlib.sha256()
for name in ("unified-balanced", "multi3-before", "committee", "adaptive", "self-first", "tiered-during"):
    outcome = engine.run(engine.draw(setting, 4, 1), load_strategy(name).record())
    digest.update(outcome.measures.tobytes() + outcome.series.tobytes())
print(digest.hexdigest())
"""


def test_compiled_and_plain_python_give_the_same_bits() -> None:
    answers = []
    for switch in ("0", "1"):
        environment = {**os.environ, "NUMBA_DISABLE_JIT": switch}
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", DIGEST], env=environment, cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        answers.append(done.stdout)
    assert answers[0] == answers[1]


def test_both_drivers_agree_on_the_default_world() -> None:
    model = run_to_end(CoordinationModel("district", "multi2-before-meeting", rng=5))
    compiled = engine.simulate(engine.draw(model.setting, 5, 0), model.strategy.record())
    assert differing_columns(model.world, compiled) == []


def _rules_called(name: str, rules: set[str]) -> list[str]:
    """The rules a loop of ``sim.schedule`` calls, as they are written, those of its parts in their place."""
    function = getattr(schedule, name)
    tree = ast.parse(textwrap.dedent(inspect.getsource(getattr(function, "py_func", function))))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    named = [node.func.id for node in sorted(calls, key=lambda node: node.lineno) if isinstance(node.func, ast.Name)]
    parts = [[each] if each in rules else _rules_called(each, rules) for each in named if each not in ("range", "int")]
    return [rule for part in parts for rule in part]


def test_the_compiled_loops_call_the_rules_of_the_schedule_in_its_order() -> None:
    """The moves, which end each of four passes, are written once; that they come where they should, the bits show."""
    rules = [step.name if step.name != "close_tick" else "end_tick" for step in schedule.SCHEDULE]
    assert rules.count("proceed") == 4
    once = [name for name in rules if name != "proceed"]
    assert _rules_called("run", set(rules)) == [*once[:-1], "proceed", once[-1]]


class Immovable(Department):
    """Departments that never concede."""

    def concede(self, a: int, t: int) -> None:
        """Hear the proposal and stay where one stands."""


def test_overriding_one_method_in_python_changes_what_happens() -> None:
    moving = ("briefing", "guidance", "oversight")  # parties who do not concede
    plain = {f"strategy.{name}": 0.0 for name in moving}
    plan = load_strategy("unified-before-meeting").with_values(plain)
    usual = run_to_end(CoordinationModel("teaching", plan, rng=2)).measures()
    model = run_to_end(CoordinationModel("teaching", plan, rng=2, agent_classes={"department": Immovable}))
    stubborn = model.measures()
    assert stubborn["escalations"] > usual["escalations"]
    assert stubborn["latent_divergence"] > usual["latent_divergence"]
    first = model.world.parties
    departments = np.isin(first.actor, np.flatnonzero(model.world.actors.role == 3))
    template = engine.draw(model.setting, 2, 0).parties
    assert np.array_equal(first.stance[departments], template.stance[departments])


def test_the_model_behaves_as_a_mesa_model_should() -> None:
    model = CoordinationModel("teaching", "unified-before", rng=1, collect_agents=True)
    assert len(model.agents) == len(model.world.actors)
    assert {type(agent).__name__ for agent in model.agents} >= {"Leader", "Office", "Department"}
    model.step()
    model.step()
    assert model.tick == model.steps == 2
    frame = model.datacollector.get_model_vars_dataframe()
    assert list(frame.columns) == ["open", "in_conflict", "conflicts_so_far", "strain"]
    assert len(frame) == 2
    assert len(model.datacollector.get_agent_vars_dataframe()) == 2 * len(model.agents)
    assert model.agents[0].cell.coordinate == model.agents[0].row


def test_the_model_stops_at_the_horizon_and_stays_there() -> None:
    scenario = load_scenario("teaching").with_values({"ticks": 20})
    model = run_to_end(CoordinationModel(scenario, "unified-before", rng=1))
    assert model.tick == 20
    before = model.measures()
    model.step()
    assert model.tick == 20
    assert model.measures() == pytest.approx(before, nan_ok=True)


def test_an_unknown_role_names_the_nearest_one() -> None:
    with pytest.raises(RequestError, match="department"):
        CoordinationModel("teaching", "unified-before", agent_classes={"departement": Immovable})
