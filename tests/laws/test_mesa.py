"""A Mesa user finds what Mesa's documentation promises: collecting, sets of agents, batches, stopping, with any 3.x."""

import inspect
from collections.abc import Iterable
from typing import Any

import mesa
import numpy as np
import pytest
from mesa.batchrunner import batch_run

from sim import engine
from sim.agents import AGENT_CLASSES, Actor, Department, Leader
from sim.errors import RequestError
from sim.measures import NAMES, SERIES_NAMES
from sim.model import CoordinationModel
from sim.scenario import load_scenario
from sim.setting import prepare
from sim.strategy import load_strategy
from sim.world import ROLES, SERIES_EVERY, World

SHORT = {"ticks": 30}
ITS_OWN = ("step", "remove")  # Mesa's names that the classes give a meaning of their own, as Mesa means them to


def short(**given: Any) -> CoordinationModel:
    """A model of thirty ticks, run to its end."""
    model = CoordinationModel("teaching", "self-first", rng=3, values=SHORT, **given)
    model.run_model()
    return model


def compiled(replicate: int = 0, strategy: str = "self-first", seed: int = 3) -> World:
    setting = prepare(load_scenario("teaching").with_values(SHORT))
    return engine.simulate(engine.draw(setting, seed, replicate), load_strategy(strategy).record())


def the_same(one: World, other: World) -> bool:
    tables = ((getattr(one, name), getattr(other, name)) for name in ("matters", "actors", "parties", "ties", "totals"))
    columns = ((a[name], b[name]) for a, b in tables for name in a.dtype.names)
    return all(a.tobytes() == b.tobytes() for a, b in columns)


def test_the_model_runs_to_its_horizon_and_stops() -> None:
    model = short()
    assert (model.steps, model.tick, model.running) == (30, 30, False)
    assert the_same(model.world, compiled())


def test_the_collected_series_are_those_of_the_compiled_run() -> None:
    frame = short().datacollector.get_model_vars_dataframe()
    sampled = frame[list(SERIES_NAMES)].to_numpy(dtype=float)[SERIES_EVERY - 1 :: SERIES_EVERY]
    assert np.array_equal(sampled, compiled().series)
    assert sampled[-1, 0] > 0, "a world in which nothing is under way would prove nothing"


def test_reporters_of_ones_own_come_on_top_and_take_the_place_of_ours() -> None:
    model = short(
        model_reporters={"people": lambda model: len(model.agents), "open": "tick"},
        agent_reporters={"role": "role", "doubled": lambda agent: 2 * agent.worked},
        collect_agents=True,
    )
    frame = model.datacollector.get_model_vars_dataframe()
    assert list(frame.columns) == [*SERIES_NAMES, "people"]
    assert frame["open"].tolist() == list(range(1, 31))
    assert set(frame["people"]) == {len(model.agents)}
    agents = model.datacollector.get_agent_vars_dataframe()
    assert list(agents.columns) == ["debt", "worked", "role", "doubled"]
    assert len(agents) == 30 * len(model.agents)
    assert agents["doubled"].tolist() == (2 * agents["worked"]).tolist()
    last = agents.xs(30, level="Step")
    assert last["worked"].sum() == pytest.approx(compiled().actors.worked.sum())


class Reporting(Department):
    """Departments that note when they work."""

    def execute(self, u: int, t: int) -> None:
        """Work, and write it down."""
        super().execute(u, t)
        self.model.datacollector.add_table_row("work", {"tick": t, "name": self.name})


def test_agents_can_write_to_tables_of_ones_own() -> None:
    model = short(agent_classes={"department": Reporting}, tables={"work": ["tick", "name"]})
    frame = model.datacollector.get_table_dataframe("work")
    assert len(frame) > 10
    assert set(frame["name"]) <= {agent.name for agent in model.agents_by_type[Reporting]}
    assert the_same(model.world, compiled())


def test_sets_of_agents_select_group_and_sum_as_any_do() -> None:
    model = short()
    actors = compiled().actors
    assert sum(len(each) for each in model.agents_by_type.values()) == len(model.agents) == len(actors)
    assert set(model.agents_by_type) <= set(AGENT_CLASSES.values())
    assert model.agents.agg("worked", sum) == pytest.approx(actors.worked.sum())
    grouped = model.agents.groupby("role")
    assert grouped.count() == {agent.role: len(grouped.groups[agent.role]) for agent in model.agents}
    assert grouped.agg("debt", max).keys() == grouped.count().keys()
    leaders = model.agents.select(agent_type=Leader)
    assert leaders.get("row") == np.flatnonzero(actors.role == ROLES.index("leader")).tolist()
    assert model.agents.sort("worked").get("worked") == sorted(actors.worked, reverse=True)
    assert sorted(model.agents.get("unique_id")) == list(range(1, len(actors) + 1))
    assert [agent.row for agent in model.actors] == list(range(len(actors)))


def test_looking_at_agents_in_random_order_changes_nothing() -> None:
    model = CoordinationModel("teaching", "self-first", rng=3, values=SHORT)
    seen: list[int] = []
    while model.running:
        model.step()
        model.agents.shuffle_do(lambda agent: seen.append(agent.row))
    assert seen[: len(model.agents)] != sorted(seen[: len(model.agents)])
    assert the_same(model.world, compiled())


def test_measuring_while_a_run_goes_on_changes_nothing() -> None:
    model = CoordinationModel("teaching", "self-first", rng=3, values=SHORT)
    while model.running:
        model.step()
        model.measures()
    assert the_same(model.world, compiled())


def test_an_actor_is_not_removed_and_the_run_goes_on() -> None:
    model = CoordinationModel("teaching", "self-first", rng=3, values=SHORT)
    model.step()
    with pytest.raises(RequestError, match=f"stays for the whole run; got '{model.agents[0].name}'"):
        model.agents[0].remove()
    with pytest.raises(RequestError, match="stays for the whole run"):
        model.remove_all_agents()
    model.run_model()
    assert the_same(model.world, compiled())


def test_agents_of_another_kind_may_join_and_leave() -> None:
    model = CoordinationModel("teaching", "self-first", rng=3, values=SHORT, collect_agents=True)
    visitor = mesa.Agent(model)
    model.step()
    model.step()
    visitor.remove()
    model.run_model()
    collected = model.datacollector.get_agent_vars_dataframe().xs(visitor.unique_id, level="AgentID")
    assert len(collected) == 2
    assert collected.isna().all().all()
    assert the_same(model.world, compiled())


class Stopper(Leader):
    """Leaders who end the run the first time they decide."""

    def decide(self, u: int, t: int) -> None:
        """Decide, and stop."""
        super().decide(u, t)
        self.model.running = False


def test_an_agent_may_stop_the_run() -> None:
    model = short(agent_classes={"leader": Stopper})
    assert 0 < model.tick < model.horizon
    assert len(model.datacollector.get_model_vars_dataframe()) == model.tick


class Measured(CoordinationModel):
    """The model with two measures of a whole run among what is collected."""

    def __init__(self, **given: Any) -> None:
        wanted = ("conflicts", "goal_attainment")
        reporters = {name: lambda model, name=name: model.measures()[name] for name in wanted}
        super().__init__(model_reporters=reporters, **given)


def test_a_batch_gives_what_compiled_runs_give() -> None:
    strategies = ["self-first", "unified-before-meeting"]
    parameters = {"strategy": strategies, "replicate": range(2), "values": [SHORT]}
    rows = batch_run(Measured, parameters=parameters, display_progress=False)
    assert [(row["strategy"], row["replicate"]) for row in rows] == [(s, r) for s in strategies for r in range(2)]
    for row in rows:
        values = engine.assess(compiled(row["replicate"], row["strategy"], seed=1))
        assert [row[name] for name in ("conflicts", "goal_attainment")] == [
            values[NAMES.index(name)] for name in ("conflicts", "goal_attainment")
        ]
    assert len({row["conflicts"] for row in rows}) > 1


def seeded(seeds: Iterable[int]) -> dict[str, Any]:
    """How a batch is given seeds: Mesa 3.4 and later have an argument for it."""
    seeds = list(seeds)
    return {"rng": seeds} if "rng" in inspect.signature(batch_run).parameters else {"parameters": {"rng": seeds}}


def test_the_seeds_of_a_batch_are_those_of_the_worlds() -> None:
    given = seeded([3, 4])
    parameters = {"strategy": "self-first", "values": [SHORT], **given.pop("parameters", {})}
    rows = batch_run(Measured, parameters=parameters, display_progress=False, **given)
    expected = [engine.assess(compiled(seed=seed))[NAMES.index("goal_attainment")] for seed in (3, 4)]
    assert [row["goal_attainment"] for row in rows] == expected
    assert expected[0] != expected[1]


@pytest.mark.parametrize("rng", [-1, 2**63, 1.5, True, "3", np.random.default_rng(1)])
def test_what_seeds_no_world_is_refused(rng: Any) -> None:
    with pytest.raises(RequestError, match="rng: must be a whole number"):
        CoordinationModel("teaching", "self-first", rng=rng)


def test_numpy_seeds_are_seeds() -> None:
    one, other = (CoordinationModel("teaching", rng=rng, values=SHORT) for rng in (5, np.int64(5)))
    assert the_same(one.world, other.world)


def test_values_set_scenario_and_strategy_and_an_unknown_path_names_the_nearest() -> None:
    values = {"rules.estimate_spread": 0.0, "strategy.briefing": 0.5, "strategies.self-first.guidance": 0.25}
    model = CoordinationModel("teaching", "self-first", values=values)
    assert model.plan.value("rules.estimate_spread") == 0.0
    assert model.strategy.value("strategy.briefing") == 0.5
    assert model.strategy.value("strategy.guidance") == 0.25
    with pytest.raises(RequestError, match=r"did you mean 'rules\.estimate_spread'"):
        CoordinationModel("teaching", "self-first", values={"rules.estimate_spred": 0.0})


def test_mesas_own_names_are_left_to_mesa() -> None:
    model, plain = CoordinationModel("teaching", "self-first", values=SHORT), mesa.Model(rng=1)
    reserved = {name for name in (*dir(plain), *dir(mesa.Agent)) if not name.startswith("__")}
    ours = set(vars(model)) - set(vars(plain))
    for kind in (CoordinationModel, Actor, *AGENT_CLASSES.values()):
        bare = type("Bare", (kind.__mro__[1],), {})  # what Mesa gives every subclass
        ours |= {name for name, value in vars(kind).items() if name not in vars(bare) or callable(value)}
    assert {name for name in ours if not name.startswith("__")} & reserved == set(ITS_OWN)
