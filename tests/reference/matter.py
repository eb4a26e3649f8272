"""The life of a matter, from its arising to its latest closing."""

from __future__ import annotations

import math

from . import chance
from .arising import Arising
from .conflict import Conflict
from .consulting import Consulting
from .dossier import Dossier
from .duties import Duties
from .followup import FollowUp
from .leaders import Leader
from .objects import NO_WORK, standing
from .occasions import Occasions
from .paper import Paper
from .passage import Passage
from .work import Work


class Matter(Arising, Passage, Duties, Paper, Consulting, Occasions, Work, Conflict, FollowUp, Dossier):
    """A matter: every turn its life can take."""

    # Decision

    def who_decides(self) -> Leader:
        """The leader who has the case: where the stage names the chosen one, whoever that was [DOC-LEADER]."""
        if self.stage.who == "chosen" and self.leader is not None:
            return self.unless_away(self.leader)
        return self.unless_away(self.organ.principal) if self.stage.who == "principal" else self.responsible()

    def responsible(self) -> Leader:
        """The leader whose business it is by portfolio and weight."""
        leader = self.lead.actor.portfolio
        if leader is None or (self.weighty and not self.delegated):
            leader = self.organ.principal
        return self.unless_away(leader)

    def unless_away(self, leader: Leader) -> Leader:
        """The leader; or, if it presses and that one is away, one who is there."""
        now = self.model.tick
        if not self.presses or not leader.is_away(now):
            return leader
        ready = [one for one in self.organ.leaders if one.post in ("principal", "in_charge")]
        return next((one for one in ready if not one.is_away(now)), leader)

    def submit(self, hours: float) -> None:
        """Bring the case to a leader [DOC-SUBMIT]."""
        rules = self.model.rules
        if self.disputed:
            hours += rules.dispute_hours
            self.escalated += 1
        if self.rounds == 0:
            hours += rules.unprepared_hours
        elif len(self.briefs) > 1 and self.spread > rules.contradiction_tolerance:
            hours += rules.reconciliation_hours * (len(self.briefs) - 1)
        self.hand_up(hours)

    def hand_up(self, hours: float, asked: bool = False) -> None:
        """The case joins the leader's queue [DOC-HAND]."""
        self.leader = self.who_decides()
        self.case_hours, self.cased, self.asked = hours, True, asked
        self.leader.join_queue(self)

    # Want of patience

    def lose_patience(self) -> None:
        """The grassroots may not wait quietly for ever [GRA-BURST]."""
        model = self.model
        if not self.of_grassroots or self.decided >= 0 or not self.under_way:
            return
        tie = self.lead.actor.office_tie
        odds = model.rules.burst_rate * (1.0 - standing(tie, model.tick))
        if chance.uniform(model.keys["patience"], self.ident) < odds / (1.0 + odds):
            self.burst = True
            model.conflicts += 1
            for party in self.parties:
                party.work *= 1.0 + model.rules.burst_growth
            if tie is not None:
                tie.shift_trust(-1.0, model.tick)
            self.organ.shift_prestige(-1.0)
            self.hasten(1e6)

    # After the work

    def finish(self) -> None:
        """Paperwork is done; or the lead begins, or the work is done [CLO-FINISH]."""
        if self.pending > 0 or self.life == "withdrawn":
            return
        lead = self.lead
        if self.life != "during":
            if self.stage.who == "lead":
                self.handle(lead.actor)
                asked = self.stage.hours + self.stage.hours_party * len(self.parties)
                hours = min(lead.done, asked) if self.leading else lead.done
                lead.paper, lead.done = lead.paper + hours, lead.done - hours
                self.leave("passed")
        elif self.unattended and not self.blocked:
            if not self.leading:
                self.leading = True
                self.handle(lead.actor)
                if lead.left > NO_WORK:  # [EXE-LEAD]
                    self.queue_work(lead)
                    return
            self.leave("passed")

    def close(self) -> None:
        """Settle accounts [CLO-CLOSE, CLO-RELATIONS]."""
        model, rules = self.model, self.model.rules
        self.life, self.closed, self.primed = "closed", model.tick, 0
        if math.isnan(self.outcome):
            return
        if self.of_grassroots:  # [AUT-SERVICE]
            self.organ.shift_prestige(0.5 if self.closed <= self.deadline and not self.burst else -0.5)
        if self.procedure.content == "working_relations" and self.reopened == 0:
            self.force.clarify(rules.delimitation)
        self.latent = self.private_divergence(self.outcome)
        close = rules.consensus_divergence
        for party in self.parties:
            gap = abs(party.stance - self.outcome)
            amount = (close - gap) / (close + gap + 1e-12)
            if amount < 0.0:
                amount *= model.unexplained
            given_up = abs(self.outcome - party.ideal)
            party.actor.conceded += rules.memory * (given_up - party.actor.conceded)
            if party.actor.office_tie is not None:
                party.actor.office_tie.shift_work(amount, model.tick)
            if party is not self.lead and party.tie is not None:
                party.tie.shift_work(amount, model.tick)
        back = model.tick + int(rules.reopen_delay)
        if self.procedure.lasting and self.reopened < rules.reopen_limit and back < model.horizon:
            odds = rules.residual_rate * self.latent
            if chance.uniform(model.keys["residual"], self.ident, self.reopened) < odds / (1.0 + odds):
                model.reopening[back].insert(0, self)

    def refuse(self) -> None:
        """Answered with a refusal [CLO-REFUSE]."""
        model = self.model
        self.life, self.closed = "refused", model.tick
        if self.lead.actor.office_tie is not None:
            self.lead.actor.office_tie.shift_work(-model.unexplained, model.tick)

    def reopen(self) -> None:
        """A residual dispute brings it back [CLO-REOPEN]."""
        self.model.active.append(self)
        self.reopened += 1
        self.model.conflicts += 1
        self.life = self.acting = "after"
        self.closed = -1
        self.disputed = True
        if self.hours_for["after"] > NO_WORK:
            self.open_briefs("after")
        else:
            self.submit(self.model.rules.decision_hours)

    def withdraw(self) -> None:
        """The sponsor gives up waiting for a decision [CLO-WITHDRAW]."""
        if self.decided < 0 and self.under_way:
            self.life = "withdrawn"
