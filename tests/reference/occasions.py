"""Papers that go round, and occasions that are arranged and take place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim import world

from . import chance
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
                if not party.is_gone_past(start):
                    back = max(back, self.read(party.actor, start))
                self.owe(party.actor, hours)
        else:
            back = start
            readers = [leader for leader in self.organ.leaders if leader.post != "semi_retired"]
            if model.strategy.reading_order == 1:
                readers.sort(key=lambda leader: leader.is_away(start))
            for leader in readers:
                back = self.read(leader, back) + 1
                leader.owe(hours)
                self.leader_hours += hours
        self.briefs[0].await_time("desk", max(back, model.tick + 1))

    def read(self: Matter, reader: Actor, start: int) -> int:
        """When somebody has read it, pressed if need be [OCC-READ]."""
        done, patience = reader.first_free(start, self.model.slot_window), self.stage.every
        if self.model.strategy.expediting == 1 and 0 < patience < done - start:
            self.extra += self.model.rules.press_hours
            self.model.totals["urged"] += 1
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
            people = [self.leader, *(party.actor for party in self.parties if party.member)]
            due, brief.quorate = common_slot(people, start, model.slot_window)
        else:
            due = self.choose(start)
        brief.await_time("desk", due)

    def choose(self: Matter, start: int) -> int:
        """Which leader goes, and when [OCC-CHOOSE]."""
        model, principal = self.model, self.organ.principal
        invited = chance.uniform(model.keys["invite"], self.ident)
        self.direct = self.failures[self.stage] == 0 and invited < model.strategy.direct_invitations
        self.leader, self.companion = principal, None
        if self.direct:  # [OCC-DIRECT]
            return start
        if model.strategy.attendance_rule == 1:
            self.leader = self.by_rule(start)
        elif self.responsible() is not principal:
            self.companion = self.responsible()
        due = self.organ.day_for(self.leader, start)
        if due < model.horizon:
            self.organ.events[due // world.FORTNIGHT] += 1
            self.leader.engage(due)
            if self.companion is not None:
                self.companion.engage(due)
        return due

    def by_rule(self: Matter, start: int) -> Leader:
        """Whom the rule provides for such an occasion [OCC-RULE]."""
        free = [leader for leader in self.organ.leaders if not leader.engaged(start)]
        fit: list[Leader] = []
        if self.occasion in ("visitor", "commemoration"):
            fit += [leader for leader in free if leader is self.organ.principal]
        if self.occasion == "public":
            fit += [leader for leader in free if leader.post == "semi_retired"]
        if self.occasion in ("public", "commemoration", "outstanding"):
            fit += [leader for leader in free if leader.post == "other"]
        return fit[0] if fit else self.responsible()

    def take_place(self: Matter) -> None:
        """What was awaited has come [OCC-HOLD]."""
        self.touch()
        if self.stage.type == "schedule":
            self.attend()
        elif self.stage.who == "superior":
            self.be_answered()
        else:
            self.leave("passed")

    def be_answered(self: Matter) -> None:
        """A superior organ says what it finds; one that guides puts it right itself [OCC-ANSWER]."""
        superior = next((party.actor for party in self.parties if party.actor.role == "superior"), None)
        post = "" if superior is None else superior.post
        checks = self.stage.checks & {"law"} if post == "supervising" else self.stage.checks
        found = self.examine_at_desk(superior, checks)
        if found and post == "guiding":
            self.mend()
            found = set()
        self.leave("failed" if found else "passed")

    def attend(self: Matter) -> None:
        """The event, unless the leader misses it or is called away [OCC-EVENT]."""
        cases = self.leader.cases
        missed = self.stage.who == "chosen" and self.is_missed()
        if missed or (cases and cases[0] is not self and cases[0].presses):
            self.leave("failed")
            return
        hours = self.stage.hours + self.stage.hours_party * len(self.parties)
        self.handle(self.leader)
        self.leader_hours += hours
        if self.stage.who == "parties":
            for party in self.parties:
                if party.member and (self.briefs[0].quorate or not party.actor.engaged(self.model.tick)):
                    way = self.model.rules.travel_hours if self.briefs[0].travels(party.actor) else 0.0
                    self.owe(party.actor, hours + way)
        elif self.companion is not None:
            self.leader_hours += hours
        self.leave("passed")

    def is_missed(self: Matter) -> bool:
        """Whether the leader is somewhere else, or has forgotten it [OCC-MISS]."""
        model, direct = self.model, self.direct
        self.direct = False
        if direct and self.leader.engaged(model.tick):
            model.totals["double_booked"] += 1
            return True
        drawn = chance.uniform(model.keys["invite"], self.ident, model.tick, 1)
        return model.strategy.reminders == 0 and drawn < model.rules.forgetting
