"""The Mesa model: the same rules as the compiled run, agent by agent, to be watched, collected and overridden."""

import inspect
from collections.abc import Mapping
from functools import partial
from typing import Any

import mesa
import networkx as nx
from mesa.discrete_space import Network

from sim import schedule, world
from sim.agents import AGENT_CLASSES, Actor
from sim.errors import RequestError, nearest_name
from sim.measures import MEASURES, SERIES_NAMES, assess
from sim.organisation import to_networkx
from sim.rules import recording
from sim.scenario import Scenario, load_scenario
from sim.setting import prepare
from sim.strategy import Strategy, load_strategy
from sim.workload import draw, start


class CoordinationModel(mesa.Model):  # type: ignore[misc]
    """An organisation under a coordination strategy; one step is half a working day.

    ``scenario`` and ``strategy`` are names, files, or loaded objects; ``rng`` is the whole number that seeds the world
    (the scenario's own if None) and ``replicate`` which of its worlds to use.  ``agent_classes`` replaces the classes
    of some roles (keys of ``sim.agents.AGENT_CLASSES``).  ``collect_agents`` also collects debt and hours per agent.

    The world depends on ``rng`` and ``replicate`` only; Mesa's own generators are seeded but never used, so that this
    model and the compiled run end in the same world, bit for bit.
    """

    def __init__(
        self,
        scenario: str | Scenario = "teaching",
        strategy: str | Strategy = "unified-before-meeting",
        *,
        rng: int | None = None,
        replicate: int = 0,
        agent_classes: Mapping[str, type[Actor]] | None = None,
        collect_agents: bool = False,
    ) -> None:
        plan = load_scenario(scenario) if isinstance(scenario, str) else scenario
        seed = plan.seed if rng is None else int(rng)
        super().__init__(rng=seed)
        self.plan = plan
        self.strategy = load_strategy(strategy) if isinstance(strategy, str) else strategy
        self.setting = prepare(plan)
        self.world = start(draw(self.setting, seed, replicate), self.strategy.record())
        self.tick = 0
        self.horizon = self.setting.ticks
        self.network = self._network()
        self.actors = self._people(_classes(agent_classes or {}))
        self.datacollector = mesa.DataCollector(
            model_reporters={name: partial(_sampled, column=column) for column, name in enumerate(SERIES_NAMES)},
            agent_reporters={"debt": _debt, "worked": _worked} if collect_agents else None,
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
        self.running = self.tick < self.horizon

    def measures(self) -> dict[str, float]:
        """The measures of ``sim.measures`` as they stand; only at the horizon are they those of a whole run."""
        values = assess(self.world)
        return {measure.name: float(value) for measure, value in zip(MEASURES, values, strict=True)}


def _debt(agent: Actor) -> float:
    return float(agent.state.debt)


def _worked(agent: Actor) -> float:
    return float(agent.state.worked)


def _sampled(model: CoordinationModel, column: int) -> float:
    w = model.world
    if column == recording.OPEN:
        return int(w.totals[0].active)
    if column == recording.IN_CONFLICT:
        return int(w.matters.blocked[w.lists.active[: w.totals[0].active]].sum())
    if column == recording.CONFLICTS_SO_FAR:
        return int(w.totals[0].conflicts)
    return float(w.series[max(model.tick // world.SERIES_EVERY - 1, 0), recording.STRAIN])


def _classes(given: Mapping[str, type[Actor]]) -> dict[str, type[Actor]]:
    for role in given:
        if role not in AGENT_CLASSES:
            raise RequestError(
                "unknown role", key="agent_classes", got=role, allowed=", ".join(AGENT_CLASSES),
                nearest=nearest_name(role, AGENT_CLASSES),
            )  # fmt: skip
    return {**AGENT_CLASSES, **given}
