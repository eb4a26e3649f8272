"""Papers that go round, and occasions that are arranged and take place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .actors import Actor, common_slot
from .leaders import Leader

if TYPE_CHECKING:
    from .matter import Matter


class Occasions:
    """The part of a matter that is out of the house, on its round, or in the diary."""

    def circulate(self: Matter, hours: float) -> None:
        """A paper passes among the parties, or from leader to leader [OCC-CIRCULATE]."""
        model = self.model
        start = model.tick + self.stage.wait
        if start >= model.horizon:
            return
        if self.stage.who == "parties":
            back = start
            for party in self.parties:
                back = max(back, self.read(party.actor, start))
                self.owe(party.actor, hours)
        else:
            back = start
            readers = [leader for leader in self.organ.leaders if leader.post != "semi_retired"]
            for leader in sorted(readers, key=lambda leader: leader.is_away(start)):
                back = self.read(leader, back) + 1
                leader.debt += hours
                self.leader_hours += hours
        self.briefs[0].await_time("desk", max(back, model.tick + 1))

    def read(self: Matter, reader: Actor, start: int) -> int:
        """When somebody has read it, pressed if need be [OCC-READ]."""
        done, patience = reader.first_free(start, self.model.slot_window), self.stage.every
        if 0 < patience < done - start:
            self.extra += self.model.rules.press_hours
            return start + patience
        return done

    def schedule(self: Matter) -> None:
        """Find a time for a meeting of all parties, or for the leader chosen to attend [OCC-SCHEDULE]."""
        model = self.model
        start = model.tick + max(1, self.stage.wait)
        if start >= model.horizon:
            return
        brief = self.briefs[0]
        if self.stage.who == "parties":
            self.leader = self.responsible()
            people = [self.leader, *(party.actor for party in self.parties)]
            due, brief.quorate = common_slot(people, start, model.slot_window)
        else:
            self.leader = self.choose(start)
            due = self.leader.first_free(start, model.slot_window)
            if due < model.horizon:
                self.leader.engage(due)
        brief.await_time("desk", due)

    def choose(self: Matter, start: int) -> Leader:
        """Which leader goes, by the kind of occasion [OCC-CHOOSE]."""
        usual = self.responsible()
        if self.occasion == "exceptional":
            return usual if self.organ.principal.engaged(start) else self.organ.principal
        if self.occasion == "public":
            free = [leader for leader in self.organ.leaders if not leader.engaged(start)]
            retired = [leader for leader in free if leader.post == "semi_retired"]
            others = [leader for leader in free if leader.post == "other"]
            return (retired + others[::-1] + [usual])[0]
        return usual

    def take_place(self: Matter) -> None:
        """What was awaited has come [OCC-HOLD]."""
        self.touch()
        if self.stage.type == "schedule":
            self.attend()
        elif self.stage.who == "superior":
            superiors = [party.actor for party in self.parties if party.actor.role == "superior"]
            keenness = self.model.rules.vetting * (superiors[0].skill if superiors else 1.0)
            self.leave("failed" if self.examine(keenness) else "passed")
        else:
            self.leave("passed")

    def attend(self: Matter) -> None:
        """The event, unless the leader is called away [OCC-EVENT]."""
        cases = self.leader.cases
        if cases and cases[0] is not self and cases[0].presses:
            self.leave("failed")
            return
        hours = self.stage.hours + self.stage.hours_party * len(self.parties)
        self.handle(self.leader)
        self.leader_hours += hours
        if self.stage.who == "parties":
            for party in self.parties:
                if self.briefs[0].quorate or not party.actor.engaged(self.model.tick):
                    self.owe(party.actor, hours)
        self.leave("passed")
