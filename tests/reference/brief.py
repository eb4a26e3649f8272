"""A coordinator's part in a matter: where it lies, and what its host does for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .hearing import Hearing
from .objects import NO_WORK, enter
from .proposing import Proposing
from .rounds import Round

if TYPE_CHECKING:
    from .actors import Actor
    from .matter import Matter


@dataclass(eq=False, repr=False)
class Brief(Round, Proposing, Hearing):
    """One host's dealings with one matter."""

    matter: Matter
    place: float = 0.0  # its matter's, when it was queued or called
    host: Actor | None = None
    phase: str = "study"
    mode: str = ""
    budget: float = 0.0
    task: float = 0.0
    study: float = 0.0
    research: float = 0.0
    effect: float = 1.0
    rounds: int = 0
    quorate: bool = False
    cognitive: bool = False  # the host takes the dispute for one of cognition
    queue: list[Brief] | None = None  # the desk or pool it lies in
    proposal: float = 0.0
    neutral: float = 0.0
    whole: float = 0.0  # what the host takes to be best for the whole

    # Where it lies

    def join_queue(self, queue: list[Brief]) -> None:
        """Onto a desk or into a pool, at its matter's present place."""
        self.place, self.queue = self.matter.place, queue
        enter(queue, self)

    def leave_queue(self) -> None:
        """Off the desk, or out of the pool."""
        self.queue.remove(self)
        self.queue = None

    def start_task(self, phase: str, hours: float) -> None:
        """A task for its host, if it has one, or for whoever takes it."""
        matter = self.matter
        self.phase, self.task = phase, hours
        if phase == "look" and matter.model.strategy.inspectors > 0:
            self.host = matter.organ.inspector(matter.ident)
        elif phase in ("desk", "look", "dispatch") and matter.presses:
            self.host = None
        if self.host is None:
            self.assign()
        else:
            self.join_queue(self.host.desk)

    def assign(self) -> None:
        """To a coordinator who knows the portfolio if the matter is delegated, else to the pool [BRF-ASSIGN]."""
        matter, organ = self.matter, self.matter.organ
        if matter.delegated:
            leader = matter.lead.actor.portfolio
            office = [person for person in organ.coordinators if person not in organ.inspectors]
            attached = [person for person in office if person.portfolio is leader]
            if attached:
                self.host = next((person for person in attached if not person.desk), attached[0])
                self.join_queue(self.host.desk)
                return
        self.join_queue(organ.pool)

    def await_time(self, phase: str, due: int, place: float | None = None) -> None:
        """Something happens at its time, if that is within the run."""
        self.phase, self.place = phase, self.matter.place if place is None else place
        if due < self.matter.model.horizon:
            enter(self.matter.organ.due[due], self)

    # What its host does

    def task_done(self) -> None:
        """On to what the task was for [COO-TASK]."""
        matter = self.matter
        done = {
            "study": self.weigh, "round": self.convene, "look": matter.inspect, "desk": self.clear,
            "dispatch": matter.dispatch,
        }  # fmt: skip
        done[self.phase]()

    def clear(self) -> None:
        """Desk work is done [COO-CLEAR]."""
        matter = self.matter
        matter.leave("failed" if matter.examine_at_desk(self.host) else "passed")

    def weigh(self) -> None:
        """What the investigation leads to [COO-WEIGH]."""
        self.research += self.study
        if self.matter.acting == "before" or self.amiss():
            self.prepare()
        else:
            self.end(agreed=True)

    def amiss(self) -> bool:
        """Whether a decided matter calls for a round [COO-AMISS]."""
        matter, model = self.matter, self.matter.model
        said = matter.spoken_divergence(matter.outcome)
        unsaid = max(matter.private_divergence(matter.outcome) - said, 0.0)
        if matter.blocked or said + model.strategy.feedback * unsaid > model.rules.consensus_divergence:
            return True
        best = matter.within_band(self.host.estimate(matter, self.research))
        return abs(best - matter.outcome) > model.rules.contingency_tolerance

    def prepare(self) -> None:
        """Set hours aside for a round, as full a one as the budget allows [COO-PREPARE]."""
        matter = self.matter
        if 0 < matter.model.strategy.dynamic <= self.rounds and not matter.procedure.people:  # [COO-SHIFT]
            matter.mode = matter.fitting_mode()
        self.mode = matter.round_mode()
        cost = self.full_cost(self.mode)
        self.effect = min(1.0, self.budget / cost) if cost > NO_WORK else 1.0
        if self.effect < 0.05:
            self.end(agreed=False)
            return
        self.budget -= self.effect * cost
        self.start_task("round", self.effect * cost)

    def full_cost(self, name: str) -> float:
        """The host's hours for a full round of a mode [CON-COST]."""
        matter, model = self.matter, self.matter.model
        mode = model.modes[name]
        cost = mode.host_hours + mode.host_hours_party * matter.heard
        if matter.settling:
            return cost
        return cost * (1.0 + model.rules.persuasion_cost * model.strategy.persuasion)

    def end(self, agreed: bool) -> None:
        """Give back what is left, and tell the matter [COO-REPORT]."""
        matter = self.matter
        matter.hours_for[matter.acting] += self.budget
        self.budget = 0.0
        matter.briefs_open -= 1
        if not agreed:
            matter.disputed = True
        if matter.briefs_open == 0:
            matter.leave("consulted")
