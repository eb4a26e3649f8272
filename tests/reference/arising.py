"""How a matter arises: who is heard, what the leader wants of it, when and by which mode it is to be coordinated."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from sim.vocabulary import FLAW_NAMES

from . import chance
from .duties import NOBODYS
from .hearing import binds

if TYPE_CHECKING:
    from .matter import Matter

LATER_MODES = ("onsite", "directive", "talks", "countersign")
PUBLISHED = ("scope", "complete", "form")  # what the published order of services asks for


class Arising:
    """The part of a matter that is settled when it arises."""

    def arrive(self: Matter) -> None:
        """Come under way [INT-ARRIVE]."""
        model = self.model
        model.active.append(self)
        self.life = "before"
        self.keep_order()
        self.unclear = len(self.parties) > 1 and self.murk >= self.force.clarity
        self.choose_heard()
        self.place = self.place_in_queues()
        intent = self.responsible().estimate(self, 0.0)
        self.mandate = min(max(intent, self.low), self.high)  # [INT-MANDATE]
        self.compare_instructions()
        self.choose_timing()
        self.choose_mode()
        if model.structure == "tiered":
            leader = self.lead.actor.portfolio
            others = {party.actor.portfolio for party in self.parties} - {None}
            self.delegated = leader is not None and others == {leader}
        if model.strategy.dispatch == 1:
            self.briefs[0].start_task("dispatch", model.rules.intake_hours)
        else:
            self.leave("started")

    def compare_instructions(self: Matter) -> None:
        """What leaders say to whom it was put at once; where they agree, nothing is amiss [INT-INSTRUCT]."""
        if "instructions" in self.flaws:
            deciding = self.responsible()
            others = [one for one in self.organ.leaders if one is not deciding and one.post != "semi_retired"]
            said = [one.estimate(self, 0.0) for one in [deciding, *others][: max(1, self.addressed)]]
            if max(said) - min(said) <= self.model.rules.contradiction_tolerance:
                self.flaws.remove("instructions")

    def dispatch(self: Matter) -> None:
        """The office has named who leads."""
        passed_by_all, self.unclear = self.unclear == NOBODYS, False
        self.leave("resumed" if passed_by_all else "started")

    def keep_order(self: Matter) -> None:
        """A lead that has learnt the order of services keeps to it [NRM-KEEP]."""
        model = self.model
        for flaw in PUBLISHED:
            if flaw in self.flaws:
                drawn = chance.uniform(model.keys["order"], self.ident, 0, FLAW_NAMES.index(flaw))
                if drawn < self.lead.actor.order:
                    self.flaws.remove(flaw)
                else:
                    model.totals["misdirected"] += 1

    def choose_heard(self: Matter) -> None:
        """The weightiest, and the public where it takes part [HEA-CHOOSE]."""
        strategy, key = self.model.strategy, self.model.keys["hear"]
        assisting = self.parties[1:]
        public = [party for party in assisting if party.actor.role == "public"]
        others = [party for party in assisting if party.actor.role != "public"]
        count = max(1, ceil(strategy.hearing * (len(others) + 1) - 1e-9))
        chosen = [self.lead, *sorted(others, key=lambda party: -party.weight)[: count - 1]]
        for party in public:
            if chance.uniform(key, self.ident, 0, party.number) < strategy.participation:
                chosen.append(party)
        for place, party in enumerate(chosen, start=1):
            party.heard = place
        self.hearers = [party for party in self.parties if party.heard]

    def place_in_queues(self: Matter) -> float:
        """Smaller is earlier [QUE-RANK]."""
        place = self.arose - self.model.rules.urgency_headstart * self.urgency - self.preference()
        return place - 1e6 if self.procedure.preempts else place

    def preference(self: Matter) -> float:
        """How far an office that serves one side more puts it before the other [QUE-SERVICE]."""
        grassroots = self.model.rules.service_headstart * (2.0 * self.model.strategy.service - 1.0)
        if self.of_grassroots:
            return grassroots
        from_above = self.lead.actor.role == "superior" or self.procedure.content in ("ad_hoc", "activities")
        return -grassroots if from_above else 0.0

    def choose_timing(self: Matter) -> None:
        """Keep coordinators' hours for each stage [INT-TIMING]."""
        strategy = self.model.strategy
        shares = {"before": strategy.before, "during": strategy.during, "after": strategy.after}
        if strategy.adaptive_timing:
            contention = 0.25 + strategy.contention_weight * self.spoken_divergence(self.mean_voice())
            shares["before"] = contention * (1.0 - 0.5 * self.urgency)
            shares["during"] = 0.25 * self.urgency + strategy.volatility_weight * self.volatility
            shares["after"] = 0.05
            if self.procedure.preempts:
                shares["before"] *= 0.25
                shares["after"] = contention
            total = sum(shares.values())
            shares = {stage: share / total for stage, share in shares.items()}
        effort = strategy.effort * len(self.parties)
        self.hours_for = {stage: share * effort for stage, share in shares.items()}

    def choose_mode(self: Matter) -> None:
        """By the traits of the matter, or by a draw from the strategy's mix [INT-MODE]."""
        strategy = self.model.strategy
        if self.procedure.people:
            self.mode = "talks"
            return
        if strategy.adaptive_mode:
            self.mode = self.fitting_mode()
            return
        draw = chance.uniform(self.model.keys["mode"], self.ident)
        self.mode, reached = "meeting", strategy.share_meeting
        if draw < reached:
            return
        for mode in LATER_MODES:
            share = getattr(strategy, f"share_{mode}")
            if share > 0.0 and draw >= reached:
                self.mode = mode
            reached += share

    def fitting_mode(self: Matter) -> str:
        """What suits the matter as it is now [INT-WHY, INT-FIT]."""
        if self.spoken_divergence(self.mean_voice()) <= self.model.rules.consensus_divergence:
            return "countersign"
        if self.procedure.preempts and all(binds("directive", party.actor) for party in self.hearers):
            return "directive"
        if self.heard > 3:
            return "meeting"
        return "talks" if self.cognitive else "onsite"

    def round_mode(self: Matter) -> str:
        """The mode of its rounds: a committee always meets."""
        return "meeting" if self.model.structure == "committee" else self.mode
