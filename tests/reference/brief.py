"""A coordinator's part in a matter: finding out, preparing, convening and holding rounds."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from . import chance
from .actors import common_slot
from .hearing import Hearing
from .objects import NO_WORK, Party, enter

if TYPE_CHECKING:
    from .actors import Actor
    from .matter import Matter


@dataclass(eq=False)
class Brief(Hearing):
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
        self.phase, self.task = phase, hours
        if self.host is None or (phase in ("desk", "look") and self.matter.presses):
            self.host = None
            self.assign()
        else:
            self.join_queue(self.host.desk)

    def assign(self) -> None:
        """To a coordinator who knows the portfolio if the matter is delegated, else to the pool [BRF-ASSIGN]."""
        matter = self.matter
        if matter.delegated:
            leader = matter.lead.actor.portfolio
            attached = [person for person in matter.organ.coordinators if person.portfolio is leader]
            if attached:
                self.host = next((person for person in attached if not person.desk), attached[0])
                self.join_queue(self.host.desk)
                return
        self.join_queue(matter.organ.pool)

    def await_time(self, phase: str, due: int) -> None:
        """Something happens at its time, if that is within the run."""
        self.phase, self.place = phase, self.matter.place
        if due < self.matter.model.horizon:
            enter(self.matter.organ.due[due], self)

    # What its host does

    def clear(self) -> None:
        """Desk work is done [COO-CLEAR]."""
        matter = self.matter
        found = matter.examine(matter.model.rules.vetting * self.host.skill)
        matter.leave("failed" if found else "passed")

    def weigh(self) -> None:
        """What the investigation leads to [COO-WEIGH]."""
        self.research += self.study
        if self.matter.acting == "before" or self.amiss():
            self.prepare()
        else:
            self.end(agreed=True)

    def amiss(self) -> bool:
        """Whether a decided matter calls for a round [COO-AMISS]."""
        matter, rules = self.matter, self.matter.model.rules
        if matter.blocked or matter.private_divergence(matter.outcome) > rules.consensus_divergence:
            return True
        best = matter.within_band(self.host.estimate(matter, self.research))
        return abs(best - matter.outcome) > rules.contingency_tolerance

    def prepare(self) -> None:
        """Set hours aside for a round, as full a one as the budget allows [COO-PREPARE]."""
        self.mode = self.matter.round_mode()
        cost = self.full_cost(self.mode)
        self.effect = min(1.0, self.budget / cost) if cost > NO_WORK else 1.0
        if self.effect < 0.05:
            self.end(agreed=False)
            return
        self.budget -= self.effect * cost
        self.start_task("round", self.effect * cost)

    def full_cost(self, name: str) -> float:
        """The host's hours for a full round of a mode [CON-COST]."""
        mode = self.matter.model.modes[name]
        return mode.host_hours + mode.host_hours_party * len(self.matter.parties)

    # The round

    def convene(self) -> None:
        """Find the time of the round [CON-CONVENE]."""
        model, people = self.matter.model, [party.actor for party in self.matter.parties]
        mode, now = model.modes[self.mode], model.tick
        notice = max(1, int(mode.delay + mode.delay_party * len(people)))
        self.quorate = False
        if model.structure == "committee":
            due = self.matter.organ.next_session(now)
        elif self.mode == "meeting":
            due, self.quorate = common_slot([self.host, *people], now + notice, model.slot_window)
        elif self.mode == "countersign":
            due = now + int(mode.delay)
            for person in people:
                due = person.first_free(due + int(mode.delay_party), model.slot_window)
            due = max(due, now + 1)
        else:
            due = now + notice
        self.await_time("round", due)

    def hold(self) -> list[Party]:
        """Propose, and see who is there [COO-HOLD]: the parties reached."""
        matter, model = self.matter, self.matter.model
        self.propose()
        self.cognitive = self.takes_for_cognitive()
        self.rounds += 1
        matter.rounds += 1
        matter.handle(self.host)
        matter.touch()
        if matter.settling:
            matter.owe(self.host, self.full_cost(self.mode))
        reached = [party for party in matter.parties if self.attends(party.actor)]
        for party in reached:
            matter.owe(party.actor, model.modes[self.mode].party_hours * self.effect)
        return reached

    def takes_for_cognitive(self) -> bool:
        """Whether the host takes the dispute for one of cognition; it may be mistaken [COO-PERCEIVE]."""
        matter, model = self.matter, self.matter.model
        draw = chance.uniform(model.keys["estimate"], matter.ident, self.host.ident, 1)
        error = 0.5 / sqrt(1.0 + self.research * self.host.skill / model.rules.investigation_half)
        return matter.cognitive == (draw >= error)

    def attends(self, actor: Actor) -> bool:
        """Whether a party comes to the round [CON-ATTEND]."""
        model = self.matter.model
        if model.structure == "committee":
            return not actor.away[model.tick]
        if self.mode == "meeting" and not self.quorate:
            return not actor.engaged(model.tick)
        return True

    def propose(self) -> None:
        """What the host proposes, and would have proposed if impartial [COO-PROPOSE]."""
        matter, strategy = self.matter, self.matter.model.strategy
        voice = matter.mean_voice()
        if matter.settling:
            own = self.host.departmentalism
            self.neutral = voice
            self.proposal = (1.0 - own) * voice + own * matter.lead.ideal
            return
        whole = strategy.whole_weight
        if matter.delegated:
            whole *= 1.0 - matter.model.rules.delegation_view_loss
        view = whole * self.judgement() + (1.0 - whole) * voice
        partiality = strategy.partiality
        self.neutral = matter.within_band(view)
        self.proposal = matter.within_band((1.0 - partiality) * view + partiality * matter.lead.ideal)

    def judgement(self) -> float:
        """The host's estimate, or in a committee the mean of several [COO-JUDGE]."""
        matter, model = self.matter, self.matter.model
        if model.structure != "committee":
            return self.host.estimate(matter, self.research)
        office = matter.organ.coordinators
        members = min(model.strategy.committee_members, len(office))
        start = office.index(self.host)
        judges = [office[(start + place) % len(office)] for place in range(members)]
        return sum(judge.estimate(matter, self.research) for judge in judges) / members

    def conclude(self) -> None:
        """Agreed, given up, or another round [COO-CONCLUDE]."""
        matter, model = self.matter, self.matter.model
        agreed = matter.spoken_divergence(self.proposal) <= model.rules.consensus_divergence and matter.rift_closed()
        limit = model.strategy.self_rounds if matter.settling else model.strategy.rounds
        if agreed or self.rounds >= limit:
            self.end(agreed)
        elif matter.settling:
            self.convene()
        else:
            self.prepare()

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
