"""Looks at the work while it is carried out: urging on what lags, and correcting what departs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .objects import NO_WORK, clip

if TYPE_CHECKING:
    from .matter import Matter


class FollowUp:
    """The part of a matter that is looked after."""

    def plan_look(self: Matter) -> None:
        """When it is next looked at, if anybody ever does [EXE-LOOK]."""
        oversight = self.model.strategy.oversight
        if self.stage.follow is not None:
            pause = max(1, int(self.stage.follow.every / oversight)) if oversight > 0.0 else math.inf
            self.look_at = self.model.tick + pause

    def look(self: Matter) -> None:
        """The office sets out to look at the work [FOL-LOOK]."""
        follow = self.stage.follow
        self.plan_look()
        self.briefs_open, self.acting = 1, "during"
        self.briefs[0].start_task("look", follow.hours + follow.hours_party * len(self.parties))

    def inspect(self: Matter) -> None:
        """What the look leads to [FOL-INSPECT]."""
        self.briefs_open = 0
        if self.model.strategy.inspectors > 0:
            self.briefs[0].host = None
        subject = self.subject()
        subject.clarify()
        subject.correct()
        if subject.lags():
            subject.urge()
        elif self.model.strategy.levelling > 0.0 and subject.is_ahead():
            subject.hasten(-self.model.rules.urging * self.model.strategy.levelling)  # [FOL-LEVEL]
        if self.pending == 0:
            self.note()
        if self.blocked and self.hours_for["during"] > NO_WORK:
            self.open_briefs("during")

    def subject(self: Matter) -> Matter:
        """What is looked at: an inspection looks for something that lags."""
        if self.procedure.content == "follow_up":
            for work in self.lead.actor.queue:
                other = work.matter
                if other is not self and other.life == "during" and other.lags():
                    return other
        return self

    def lags(self: Matter) -> bool:
        """Whether work is left and further behind than time has gone on [FOL-LAG]."""
        return self.unfinished() and self.time_gone() - self.work_done() > self.model.rules.lag_tolerance

    def is_ahead(self: Matter) -> bool:
        """Whether work is left, and further on than time."""
        return self.unfinished() and self.work_done() - self.time_gone() > self.model.rules.lag_tolerance

    def unfinished(self: Matter) -> bool:
        """Whether work is left."""
        return sum(party.left for party in self.parties) > NO_WORK

    def work_done(self: Matter) -> float:
        """The share of the work that is done."""
        left = sum(party.left for party in self.parties)
        done = sum(party.done + party.ahead + party.helped for party in self.parties)
        return done / (done + left)

    def time_gone(self: Matter) -> float:
        """The share of the time to the deadline that has passed since the decision."""
        return (self.model.tick - self.decided) / max(1, self.deadline - self.decided)

    def clarify(self: Matter) -> None:
        """Put right what parties at work have misread [FOL-CLARIFY]."""
        for party in self.parties:
            if party.done > NO_WORK and party.left > NO_WORK:
                party.spoil(party.misread_share)
                party.misread = 0.0

    def urge(self: Matter) -> None:
        """Urge on those who lag, explain once more, and lend them a hand [FOL-URGE]."""
        strategy = self.model.strategy
        self.model.totals["urged"] += 1
        self.hasten(self.model.rules.urging * (1.0 - strategy.levelling))
        for party in self.parties:
            if party.left > NO_WORK:
                party.be_briefed(strategy.guidance)
        if strategy.helpers == 1:
            self.lend_a_hand()

    def lend_a_hand(self: Matter) -> None:
        """Whoever has most to do is helped by a unit at rest [FOL-HELP]."""
        at_work = [party for party in self.parties if (party is not self.lead or self.leading) and party.left > NO_WORK]
        if not at_work:
            return
        busiest = max(at_work, key=lambda party: party.left)
        partners = [pair for pair in busiest.actor.partners if pair[0].role in ("department", "subordinate")]
        if not partners:
            return
        helper, tie = partners[0]
        if helper.rest_from is not None:
            hours = 0.5 * busiest.left * tie.standing(self.model.tick)
            busiest.left -= hours
            busiest.helped += hours
            self.owe(helper, hours)

    def correct(self: Matter) -> None:
        """Bring back those who depart too far from what was decided, or let it pass [FOL-CORRECT]."""
        model, rules, firmness = self.model, self.model.rules, self.model.strategy.firmness
        departing = [
            party
            for party in self.parties
            if party.left > NO_WORK and abs(self.outcome - party.stance) > rules.breach_tolerance
        ]
        model.totals["corrected"] += len(departing)
        for party in departing:
            party.stance = clip(party.stance + rules.correction * firmness * (self.outcome - party.stance))
            if party.actor.office_tie is not None:
                party.actor.office_tie.shift_work(-firmness, model.tick)
            self.organ.set_example()
        if departing and firmness > 0.0 and self.leader is not None:
            self.leader.owe(rules.correction_hours * firmness)
            self.leader_hours += rules.correction_hours * firmness
