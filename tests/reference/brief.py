"""A coordinator's part in a matter: finding out, preparing, convening and holding rounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .objects import NO_WORK, Party, clip, enter, standing

if TYPE_CHECKING:
    from .actors import Actor
    from .matter import Matter

LATENESS = {"before": 0, "during": 1, "after": 2}


@dataclass(slots=True, eq=False)
class Brief:
    """One host's dealings with one matter."""

    matter: Matter
    place: float
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
    proposal: float = 0.0
    neutral: float = 0.0

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
        self.mode = "meeting" if self.matter.model.structure == "committee" else self.matter.mode
        cost = self.full_cost()
        self.effect = min(1.0, self.budget / cost) if cost > NO_WORK else 1.0
        if self.effect < 0.05:
            self.end(agreed=False)
            return
        self.task = self.effect * cost
        self.budget -= self.task
        self.phase = "round"
        enter(self.host.desk, self)

    def full_cost(self) -> float:
        """The host's hours for a full round."""
        mode = self.matter.model.modes[self.mode]
        return mode.host_hours + mode.host_hours_party * len(self.matter.parties)

    def convene(self) -> None:
        """Find the time of the round [CON-CONVENE]."""
        model, parties = self.matter.model, self.matter.parties
        mode, now = model.modes[self.mode], model.tick
        notice = max(1, int(mode.delay + mode.delay_party * len(parties)))
        self.quorate = False
        if model.structure == "committee":
            due = self.matter.organ.next_session(now)
        elif self.mode == "meeting":
            due = self.common_slot(now + notice)
        elif self.mode == "countersign":
            due = now + int(mode.delay)
            for party in parties:
                due = party.actor.first_free(due + int(mode.delay_party), model.slot_window)
            due = max(due, now + 1)
        else:
            due = now + notice
        if due < model.horizon:
            enter(self.matter.organ.due[due], self)

    def common_slot(self, start: int) -> int:
        """First slot common to host and parties, which it books, or the end of the window [CAL-COMMON]."""
        window = self.matter.model.slot_window
        people = [self.host, *(party.actor for party in self.matter.parties)]
        for t in range(start, start + window):
            if not any(person.engaged(t) for person in people):
                self.quorate = True
                for person in people:
                    if t < len(person.calendar):
                        person.calendar[t] = 1
                return t
        return start + window

    def hold(self) -> list[Party]:
        """Propose, and see who is there [COO-HOLD]: the parties reached."""
        matter, model = self.matter, self.matter.model
        self.propose()
        self.rounds += 1
        matter.rounds += 1
        matter.handle(self.host)
        matter.touch()
        if matter.settling:
            self.charge(self.host, self.full_cost())
        hours = model.modes[self.mode].party_hours * self.effect
        reached = [party for party in matter.parties if self.attends(party.actor)]
        for party in reached:
            self.charge(party.actor, hours)
        return reached

    def charge(self, actor: Actor, hours: float) -> None:
        """Hours a unit owes to a round."""
        actor.debt += hours
        self.matter.party_hours += hours

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

    def contradicts(self, party: Party) -> bool:
        """Whether another host told the party otherwise, beyond what it can live with."""
        if party.told_by is None or party.told_by is self.host:
            return False
        return abs(self.proposal - party.told) > self.matter.model.rules.contradiction_tolerance

    def stall(self, party: Party) -> None:
        """A contradiction stops the party and strains its tie to the office [PAR-CONTRADICT]."""
        matter, model = self.matter, self.matter.model
        party.stalled = model.tick + int(model.rules.stall)
        matter.secondary += 1
        model.conflicts += 1
        if party.actor.office_tie is not None:
            party.actor.office_tie.shift_work(-1.0, model.tick)

    def concede(self, party: Party) -> None:
        """How a party that is reached moves [PAR-CONCEDE]."""
        matter, model = self.matter, self.matter.model
        stalled = party.stalled > model.tick
        if not stalled and self.contradicts(party):
            self.stall(party)
            stalled = True  # in this round, even if a stall lasts no tick
        party.told, party.told_by = self.proposal, self.host
        if stalled:
            return
        mode = model.modes[self.mode]
        effect = self.effect
        if self.mode == "meeting" and len(matter.parties) > 4:  # [PAR-SIZE]
            effect /= 1.0 + model.rules.meeting_size_effect * (len(matter.parties) - 4)
        tie = party.tie if matter.settling else party.actor.office_tie
        r = self.openness(party, mode.openness, standing(tie, model.tick))
        party.bias *= 1.0 - mode.clarity * effect * self.host.skill
        target = r * self.proposal + (1.0 - r) * (party.ideal + party.bias)
        party.stance = clip(party.stance + mode.pace * effect * (target - party.stance))
        party.voice = clip(party.stance + mode.compliance * (self.proposal - party.stance))
        if tie is not None:
            tie.shift_trust(mode.rapport * effect, model.tick)

    def openness(self, party: Party, most: float, tau: float) -> float:
        """How far the party can be moved in this round [PAR-OPEN]."""
        model = self.matter.model
        rules = model.rules
        relation = 1.0 - rules.trust_weight + rules.trust_weight * tau
        unfair = rules.unfairness_sensitivity * abs(self.proposal - self.neutral) * model.unexplained
        deft = 1.0 - rules.skill_effect + rules.skill_effect * self.host.skill
        willing = most * relation * (1.0 - party.actor.departmentalism) * deft
        return willing * max(0.0, 1.0 - unfair) / (1.0 + rules.lateness_resistance * LATENESS[self.matter.acting])

    def conclude(self) -> None:
        """Agreed, given up, or another round [COO-CONCLUDE]."""
        matter, model = self.matter, self.matter.model
        agreed = matter.spoken_divergence(self.proposal) <= model.rules.consensus_divergence
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
        if matter.acting != "before":
            matter.hours_for[matter.acting] += self.budget
        self.budget = 0.0
        matter.briefs_open -= 1
        if not agreed:
            matter.disputed = True
        if matter.briefs_open == 0:
            matter.briefs_ended()
