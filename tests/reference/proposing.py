"""What a host proposes: what it takes to be best, what the parties think, what the leader wants, what the rule says."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from . import chance
from .objects import clip

if TYPE_CHECKING:
    from .brief import Brief


class Proposing:
    """The part of a brief that a host thinks out."""

    def propose(self: Brief) -> None:
        """What the host proposes, and would have proposed if impartial [COO-PROPOSE]."""
        matter, strategy = self.matter, self.matter.model.strategy
        if matter.settling:
            own = self.host.departmentalism
            self.neutral = matter.mean_voice()
            self.proposal = (1.0 - own) * self.neutral + own * matter.lead.ideal
            return
        whole = strategy.whole_weight
        if matter.delegated:
            whole *= 1.0 - matter.model.rules.delegation_view_loss
        self.whole = self.judgement()
        view = whole * self.whole + (1.0 - whole) * self.view_of_parties()
        view = (1.0 - strategy.mandate) * view + strategy.mandate * self.mandate_as_read()
        view = (1.0 - strategy.uniformity) * view + strategy.uniformity * matter.force.standing
        self.neutral = matter.within_band(view)
        partiality = strategy.partiality
        self.proposal = matter.within_band((1.0 - partiality) * view + partiality * matter.lead.ideal)

    def judgement(self: Brief) -> float:
        """What the host takes to be best, or the mean of several where it does not judge alone [COO-JUDGE]."""
        matter, model = self.matter, self.matter.model
        judges = [self.host]
        if model.structure == "committee":
            office = [person for person in matter.organ.coordinators if person not in matter.organ.inspectors]
            members = min(model.strategy.committee_members, len(office))
            start = office.index(self.host)
            judges = [office[(start + place) % len(office)] for place in range(members)]
            if model.strategy.seats == 1:
                judges += [party.actor for party in matter.hearers if party.actor.role == "department"]
        estimates = [judge.estimate(matter, self.research) for judge in judges]
        if self.advised:
            estimates += [self.advice(number) for number in range(model.strategy.advice)]
        return clip(sum(estimates) / len(estimates))

    def advice(self: Brief, number: int) -> float:
        """What an adviser takes to be best [COO-ADVISE]."""
        matter, model = self.matter, self.matter.model
        director = matter.organ.coordinators[0]
        error = chance.normal(model.keys["estimate"], matter.ident, director.ident, 3 + number)
        error *= model.rules.estimate_spread / sqrt(1.0 + model.rules.advice_hours / model.rules.investigation_half)
        return clip(matter.need_at(model.tick) + error)

    @property
    def insight(self: Brief) -> float:
        """What the host's investigation tells of the parties, by its technique."""
        return self.research * self.host.able("technique") / self.matter.model.rules.investigation_half

    def view_of_parties(self: Brief) -> float:
        """What the parties think, as the host sifts what they say and weighs them against each other [COO-VIEW]."""
        matter, strategy = self.matter, self.matter.model.strategy
        sifted = matter.model.rules.sifting * (1.0 - 1.0 / sqrt(1.0 + self.insight))
        heard = matter.hearers
        mean = sum(party.weight for party in heard) / len(heard)
        total = weights = 0.0
        for party in heard:
            weight = (1.0 - strategy.balance) * party.weight + strategy.balance * mean
            weight *= 1.0 + strategy.compensation * party.actor.conceded
            total += weight * (party.voice + sifted * (party.stance - party.voice))
            weights += weight
        return total / weights

    def mandate_as_read(self: Brief) -> float:
        """The leader's intent, as the host reads it [COO-MANDATE]."""
        matter, model = self.matter, self.matter.model
        error = chance.normal(model.keys["estimate"], matter.ident, self.host.ident, 2)
        return clip(matter.mandate + error * model.rules.reading_spread * (1.0 - self.host.able("political")))
