"""The Mesa model: the same rules as the compiled run, agent by agent, to be watched, collected and overridden."""

import inspect
import math
import operator
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import mesa
import networkx as nx
from mesa.discrete_space import Network

from sim import schedule, world
from sim.agents import AGENT_CLASSES, Actor
from sim.errors import RequestError, nearest_name
from sim.measures import MEASURES, SERIES_NAMES, assess
from sim.organisation import to_networkx
from sim.overrides import overridden
from sim.rules import recording
from sim.scenario import Scenario, load_scenario
from sim.setting import prepare
from sim.strategy import Strategy, load_strategy
from sim.workload import draw, start


class CoordinationModel(mesa.Model):  # type: ignore[misc]
    """An organisation under a coordination strategy; one step is half a working day.

    ``scenario`` and ``strategy`` are names, files, or loaded objects; ``values`` sets parameters of either by path, or
    ``ticks``.  ``rng`` is the whole number that seeds the world (the scenario's own if None) and ``replicate`` which
    of its worlds to use.  ``agent_classes`` replaces the classes of some roles (keys of ``sim.agents.AGENT_CLASSES``).

    After every step ``datacollector`` collects the series of ``sim.measures``.  ``model_reporters``,
    ``agent_reporters`` and ``tables`` are as in ``mesa.DataCollector`` and come on top; one of the same name takes the
    place of ours.  ``collect_agents`` also collects debt and hours per agent.  Agents are of ``agents_by_type`` and
    ``AgentSet`` as any others are, but stay for the whole run.

    The world depends on scenario, ``rng`` and ``replicate`` only; Mesa's own generators are seeded but never used, so
    that this model and the compiled run end in the same world, bit for bit.  Raises ``RequestError``.
    """

    def __init__(
        self,
        scenario: str | Path | Scenario = "teaching",
        strategy: str | Path | Strategy = "unified-before-meeting",
        *,
        rng: int | None = None,
        replicate: int = 0,
        agent_classes: Mapping[str, type[Actor]] | None = None,
        collect_agents: bool = False,
        values: Mapping[str, float] | None = None,
        model_reporters: Mapping[str, Any] | None = None,
        agent_reporters: Mapping[str, Any] | None = None,
        tables: Mapping[str, list[str]] | None = None,
    ) -> None:
        plan, chosen = _asked(scenario, strategy, values or {})
        seed = plan.seed if rng is None else _seed(rng)
        super().__init__(rng=seed)
        self.plan = plan
        self.strategy = chosen
        self.setting = prepare(plan)
        self.world = start(draw(self.setting, seed, replicate), self.strategy.record())
        self.tick = 0
        self.horizon = self.setting.ticks
        self.network = self._network()
        self.actors = self._people(_classes(agent_classes or {}))
        ours = {"debt": _debt, "worked": _worked} if collect_agents else {}
        series = {name: partial(_sampled, column=column) for column, name in enumerate(SERIES_NAMES)}
        self.datacollector = mesa.DataCollector(
            model_reporters=series | dict(model_reporters or {}),
            agent_reporters=ours | dict(agent_reporters or {}),
            tables=tables,
        )
        self.running = self.horizon > 0

    def _network(self) -> Network:
        graph = nx.Graph(to_networkx(self.setting.organisation))
        options: dict[str, Any] = {"random": self.random}
        if "layout" in inspect.signature(Network.__init__).parameters:
            options["layout"] = None  # Mesa 3.5 otherwise runs a spring layout nobody has asked for
        return Network(graph, **options)

    def _people(self, classes: Mapping[str, type[Actor]]) -> list[Actor]:
        actors = []
        cells = {cell.coordinate: cell for cell in self.network.all_cells}
        for row, record in enumerate(self.world.actors):
            actor = classes[world.ROLES[record.role]](self, row, self.setting.organisation.names_en[row])
            actor.cell = cells[row]
            actors.append(actor)
        return actors

    def step(self) -> None:
        """Half a day: every step of the schedule, each row by the agent who owns it."""
        if self.tick >= self.horizon:
            self.running = False
            return
        w, t = self.world, self.tick
        for part in schedule.SCHEDULE:
            for row in part.rows(w, t):
                owner = part.owner(w, row)
                if owner < 0:
                    part.rule(w, row, t)
                else:
                    self.actors[owner].act(part.name, row, t)
        self.tick += 1
        self.datacollector.collect(self)
        if self.tick >= self.horizon:
            self.running = False

    def measures(self) -> dict[str, float]:
        """The measures of ``sim.measures`` as they stand; only at the horizon are they those of a whole run."""
        # Measuring lets ties recover up to the horizon, which must not happen to a run that goes on.
        values = assess(self.world._replace(ties=self.world.ties.copy()))
        return {measure.name: float(value) for measure, value in zip(MEASURES, values, strict=True)}


def _debt(agent: mesa.Agent) -> float:
    return agent.debt if isinstance(agent, Actor) else math.nan  # a user's own agents are collected as well


def _worked(agent: mesa.Agent) -> float:
    return agent.worked if isinstance(agent, Actor) else math.nan


def _sampled(model: CoordinationModel, column: int) -> float:
    w = model.world
    if column == recording.OPEN:
        return int(w.totals[0].active)
    if column == recording.IN_CONFLICT:
        return int(w.matters.blocked[w.lists.active[: w.totals[0].active]].sum())
    if column == recording.CONFLICTS_SO_FAR:
        return int(w.totals[0].conflicts)
    return float(w.series[max(model.tick // world.SERIES_EVERY - 1, 0), recording.STRAIN])


def _asked(
    scenario: str | Path | Scenario, strategy: str | Path | Strategy, values: Mapping[str, float]
) -> tuple[Scenario, Strategy]:
    """Scenario and strategy, loaded and with ``values``; ``RequestError`` names the nearest path."""
    plan = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
    chosen = strategy if isinstance(strategy, Strategy) else load_strategy(strategy)
    plan, (chosen,) = overridden(plan, (chosen,), values)
    return plan, chosen


def _seed(rng: object) -> int:
    """The seed of the world; generators, which are not whole numbers, could not be told apart in results."""
    try:
        seed = operator.index(rng)  # type: ignore[arg-type]
    except TypeError:
        seed = -1
    if isinstance(rng, bool) or not 0 <= seed < 2**63:
        raise RequestError("must be a whole number", key="rng", got=rng, allowed="a whole number from 0 to 2**63 - 1")
    return seed


def _classes(given: Mapping[str, type[Actor]]) -> dict[str, type[Actor]]:
    for role in given:
        if role not in AGENT_CLASSES:
            raise RequestError(
                "unknown role", key="agent_classes", got=role, allowed=", ".join(AGENT_CLASSES),
                nearest=nearest_name(role, AGENT_CLASSES),
            )  # fmt: skip
    return {**AGENT_CLASSES, **given}
