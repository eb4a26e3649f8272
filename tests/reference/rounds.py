"""A round of coordination: when it is held, who is there, and whether it brings agreement."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from . import chance
from .actors import common_slot
from .objects import Party
from .rulebook import OUTSIDE

if TYPE_CHECKING:
    from .actors import Actor
    from .brief import Brief

FROM_OUTSIDE = OUTSIDE | {"subordinate"}  # who have a way to go to the office


class Round:
    """The part of a brief that is convened and held."""

    def convene(self: Brief) -> None:
        """Find the time of the round [CON-CONVENE]."""
        matter, model = self.matter, self.matter.model
        mode, now = model.modes[self.mode], model.tick
        if self.advised and self.rounds == 0:
            now += int(model.rules.advice_wait)
        start = now + max(1, int(mode.delay + mode.delay_party * matter.heard))
        self.quorate = False
        if model.structure == "committee":
            self.await_session(now)
            return
        if self.mode == "meeting":
            people = [self.host, *(party.actor for party in matter.parties if party.member)]
            due, self.quorate = common_slot(people, start, model.slot_window)
        elif self.mode == "countersign":
            due = now + int(mode.delay)
            for party in matter.hearers:
                due = party.actor.first_free(due + int(mode.delay_party), model.slot_window)
            due = max(due, now + 1)
        else:
            due = start
        self.await_time("round", due)

    @property
    def advised(self: Brief) -> bool:
        """Whether advisers are asked [CON-CONVENE]."""
        matter, model = self.matter, self.matter.model
        if matter.settling or matter.acting != "before" or model.strategy.advice == 0:
            return False
        return matter.weighty or matter.procedure.kind == "strategy"

    def await_session(self: Brief, now: int) -> None:
        """Onto the agenda of the committee's next session [CON-SESSION, CON-AGENDA]."""
        matter, model = self.matter, self.matter.model
        due = matter.organ.next_session(now)
        if model.strategy.agenda_order == 0:
            place = matter.arose
        elif model.strategy.agenda_order == 1:
            place = matter.place
        else:
            place = chance.uniform(model.keys["agenda"], matter.ident, due)
        self.await_time("round", due, place)

    def may_be_held(self: Brief) -> bool:
        """Whether the session has room for it; else it awaits the next one [CON-FULL]."""
        matter, model = self.matter, self.matter.model
        if model.structure != "committee" or matter.organ.takes_topic(model.tick):
            return True
        self.await_session(model.tick)
        return False

    def hold(self: Brief) -> list[Party]:
        """Propose, and see who is there [COO-HOLD]: the parties reached."""
        matter = self.matter
        self.propose()
        self.cognitive = self.takes_for_cognitive()
        self.rounds += 1
        matter.rounds += 1
        matter.handle(self.host)
        matter.touch()
        if matter.settling:
            matter.owe(self.host, self.full_cost(self.mode))
        reached = [party for party in matter.hearers if self.reaches(party)]
        self.charge(reached)
        return reached

    def takes_for_cognitive(self: Brief) -> bool:
        """Whether the host takes the dispute for one of cognition; it may be mistaken [COO-PERCEIVE]."""
        matter, model = self.matter, self.matter.model
        draw = chance.uniform(model.keys["estimate"], matter.ident, self.host.ident, 1)
        return matter.cognitive == (draw >= 0.5 / sqrt(1.0 + self.insight))

    def reaches(self: Brief, party: Party) -> bool:
        """Whether a party comes to the round, or its people are asked past its head [CON-ATTEND]."""
        return self.attends(party) or party.is_gone_past(self.matter.model.tick)

    def attends(self: Brief, party: Party) -> bool:
        """Whether its head comes."""
        model = self.matter.model
        if model.structure == "committee":
            return not party.actor.away[model.tick]
        if self.mode == "meeting" and not (self.quorate and party.member):
            return not party.actor.engaged(model.tick)
        return True

    def charge(self: Brief, reached: list[Party]) -> None:
        """What the round costs those it reaches; whoever only observes owes nothing [CON-PLACE]."""
        matter, model = self.matter, self.matter.model
        hours = model.modes[self.mode].party_hours * self.effect
        for party in reached:
            if self.mode != "meeting":
                matter.owe(party.actor, hours)
            elif party.member:
                matter.owe(party.actor, hours)
                if self.travels(party.actor):
                    matter.owe(party.actor, model.rules.travel_hours)

    def travels(self: Brief, actor: Actor) -> bool:
        """Whether a member has a way to go."""
        members = [party for party in self.matter.parties if party.member]
        outside = sum(party.actor.role in FROM_OUTSIDE for party in members)
        elsewhere = self.matter.model.strategy.venue == 1 and 2 * outside > len(members)
        return (actor.role in FROM_OUTSIDE) != elsewhere

    def conclude(self: Brief) -> None:
        """Agreed, given up, or another round [COO-CONCLUDE]."""
        matter, model = self.matter, self.matter.model
        difference = matter.spoken_divergence(self.proposal) - model.rules.consensus_divergence
        agreed = difference <= model.strategy.reserve and matter.rift_closed()
        if agreed:
            matter.remainder = max(difference, 0.0)
        limit = model.strategy.self_rounds if matter.settling else model.strategy.rounds
        if agreed or self.rounds >= limit:
            self.end(agreed)
        elif matter.settling:
            self.convene()
        else:
            self.prepare()
