"""The life of a matter, from its arising to its latest closing."""

from __future__ import annotations

import math

from . import chance
from .consulting import Consulting
from .dossier import Dossier
from .followup import FollowUp
from .leaders import Leader
from .objects import NO_WORK, standing
from .occasions import Occasions
from .paper import Paper
from .passage import Passage
from .work import Work

LATER_MODES = ("onsite", "directive", "talks", "countersign")
GRASSROOTS = ("subordinate", "staff", "public")


class Matter(Passage, Paper, Consulting, Occasions, Work, FollowUp, Dossier):
    """A matter: every turn its life can take."""

    # Arising

    def arrive(self) -> None:
        """Come under way [INT-ARRIVE]."""
        model = self.model
        model.active.append(self)
        self.life = "before"
        self.choose_timing()
        self.choose_mode()
        if model.structure == "tiered":
            leader = self.lead.actor.portfolio
            others = {party.actor.portfolio for party in self.parties} - {None}
            self.delegated = leader is not None and others == {leader}
        self.leave("started")

    def choose_timing(self) -> None:
        """Keep coordinators' hours for each stage [INT-TIMING]."""
        strategy = self.model.strategy
        shares = {"before": strategy.before, "during": strategy.during, "after": strategy.after}
        if strategy.adaptive_timing:
            contention = strategy.contention_weight * self.spoken_divergence(self.mean_voice())
            shares["before"] = (0.25 + contention) * (1.0 - 0.5 * self.urgency)
            shares["during"] = 0.25 * self.urgency + strategy.volatility_weight * self.volatility
            shares["after"] = 0.05
            total = sum(shares.values())
            shares = {stage: share / total for stage, share in shares.items()}
        effort = strategy.effort * len(self.parties)
        self.hours_for = {stage: share * effort for stage, share in shares.items()}

    def choose_mode(self) -> None:
        """By the traits of the matter [INT-FIT], or by a draw from the strategy's mix [INT-MODE]."""
        strategy, close = self.model.strategy, self.model.rules.consensus_divergence
        if self.procedure.people:
            self.mode = "talks"
            return
        if strategy.adaptive_mode:
            divergence = self.spoken_divergence(self.mean_voice())
            if divergence <= close:
                self.mode = "countersign"
            elif len(self.parties) <= 3:
                self.mode = "onsite" if divergence > 2.0 * close else "talks"
            else:
                self.mode = "meeting"
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

    def round_mode(self) -> str:
        """The mode of its rounds: a committee always meets."""
        return "meeting" if self.model.structure == "committee" else self.mode

    # Decision

    def who_decides(self) -> Leader:
        """The leader who has the case: where the stage names the chosen one, whoever that was [DOC-LEADER]."""
        if self.stage.who == "chosen" and self.leader is not None:
            return self.unless_away(self.leader)
        return self.responsible()

    def responsible(self) -> Leader:
        """The leader whose business it is by portfolio and weight."""
        leader = self.lead.actor.portfolio
        weighty = self.importance >= self.model.rules.principal_importance and not self.delegated
        if leader is None or weighty or self.stage.who == "principal":
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
        if self.lead.actor.role not in GRASSROOTS or self.decided >= 0 or not self.under_way:
            return
        tie = self.lead.actor.office_tie
        odds = model.rules.burst_rate * (1.0 - standing(tie, model.tick))
        if chance.uniform(model.keys["patience"], self.ident) < odds / (1.0 + odds):
            self.burst = True
            model.conflicts += 1
            if tie is not None:
                tie.shift_trust(-1.0, model.tick)
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
        self.life, self.closed = "closed", model.tick
        if math.isnan(self.outcome):
            return
        self.latent = self.private_divergence(self.outcome)
        close = rules.consensus_divergence
        for party in self.parties:
            gap = abs(party.stance - self.outcome)
            amount = (close - gap) / (close + gap + 1e-12)
            if amount < 0.0:
                amount *= model.unexplained
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
