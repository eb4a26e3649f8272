"""Looks at the work while it is carried out: urging on what lags, and correcting what departs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .objects import NO_WORK, clip

if TYPE_CHECKING:
    from .matter import Matter


class FollowUp:
    """The part of a matter that is looked after."""

    def look(self: Matter) -> None:
        """The office sets out to look at the work [FOL-LOOK]."""
        follow = self.stage.follow
        self.look_at = self.model.tick + max(1, follow.every)
        self.briefs_open, self.acting = 1, "during"
        self.briefs[0].start_task("look", follow.hours + follow.hours_party * len(self.parties))

    def inspect(self: Matter) -> None:
        """What the look leads to [FOL-INSPECT]."""
        self.briefs_open = 0
        subject = self.subject()
        subject.correct()
        if subject.lags():
            subject.hasten(self.model.rules.urging)  # [FOL-URGE]
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
        left = sum(party.left for party in self.parties)
        if left <= NO_WORK:
            return False
        done = sum(party.done for party in self.parties)
        gone = (self.model.tick - self.decided) / max(1, self.deadline - self.decided)
        return gone - done / (done + left) > self.model.rules.lag_tolerance

    def correct(self: Matter) -> None:
        """Bring back those who depart too far from what was decided [FOL-CORRECT]."""
        model, rules = self.model, self.model.rules
        departing = [
            party
            for party in self.parties
            if party.left > NO_WORK and abs(self.outcome - party.stance) > rules.breach_tolerance
        ]
        for party in departing:
            party.stance = clip(party.stance + rules.correction * (self.outcome - party.stance))
            if party.actor.office_tie is not None:
                party.actor.office_tie.shift_work(-1.0, model.tick)
        if departing and self.leader is not None:
            self.leader.debt += rules.correction_hours
            self.leader_hours += rules.correction_hours
