"""The life of a matter, from its arising to its latest closing."""

from __future__ import annotations

from dataclasses import dataclass

from . import chance
from .brief import Brief
from .dossier import Dossier
from .objects import NO_WORK, Party, enter, standing

LATER_MODES = ("onsite", "directive", "talks", "countersign")


@dataclass(slots=True, eq=False)
class Matter(Dossier):
    """A matter: every turn its life can take."""

    # Arising

    def arrive(self) -> None:
        """Come under way [INT-ARRIVE]."""
        model = self.model
        model.active.append(self)
        self.stage = "before"
        self.choose_timing()
        self.choose_mode()
        if model.structure == "tiered":
            leader = self.lead.actor.portfolio
            others = {party.actor.portfolio for party in self.parties} - {None}
            self.delegated = leader is not None and others == {leader}
        if model.structure == "self_first" and len(self.parties) > 1:
            self.start_settling()
        else:
            self.open_stage("before")

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

    def start_settling(self) -> None:
        """The parties try by themselves, the lead unit hosting talks [INT-SETTLE]."""
        self.settling, self.acting, self.briefs_open = True, "before", 1
        brief = self.briefs[0]
        brief.host, brief.mode, brief.effect, brief.budget = self.lead.actor, "talks", 1.0, 0.0
        brief.convene()

    # Stages and briefs

    def open_stage(self, stage: str) -> None:
        """Share the stage's hours among the briefs and hand them out [BRF-OPEN, BRF-ASSIGN]."""
        model, briefs = self.model, self.briefs
        hours, self.hours_for[stage] = self.hours_for[stage], 0.0
        self.disputed, self.briefs_open, self.acting = False, len(briefs), stage
        for brief in briefs:
            brief.rounds = 0
            brief.study = model.strategy.investigation * hours / len(briefs)
            brief.budget = hours / len(briefs) - brief.study
            brief.task = brief.study
            if stage == "before" and brief is briefs[0]:
                brief.task += model.rules.intake_hours
            brief.phase = "study"
        for brief in briefs:
            if brief.host is None:
                self.assign(brief)
            else:
                enter(brief.host.desk, brief)

    def assign(self, brief: Brief) -> None:
        """To a coordinator who knows the portfolio if the matter is delegated, else to the pool."""
        if self.delegated:
            leader = self.lead.actor.portfolio
            attached = [person for person in self.organ.coordinators if person.portfolio is leader]
            if attached:
                brief.host = next((person for person in attached if not person.desk), attached[0])
                enter(brief.host.desk, brief)
                return
        enter(self.organ.pool, brief)

    def briefs_ended(self) -> None:
        """What follows when no brief is open any more [COO-REPORT]."""
        if self.settling:
            self.end_settling()
        elif self.acting == "before":
            self.end_before()
        elif self.acting == "during":
            self.end_during()
        elif self.disputed:
            self.submit()
        else:
            self.adopt_joint_proposal()
            if self.stage == "after":
                self.close()

    def end_settling(self) -> None:
        """Agreed among themselves, or over to the office."""
        self.settling = False
        self.briefs[0].host = None
        self.forget_instructions()
        if self.disputed:
            self.open_stage("before")
        else:
            self.begin_work(self.briefs[0].proposal)

    def end_before(self) -> None:
        """A committee decides what was agreed in it; all else goes to a leader."""
        if self.rounds == 0:
            self.disputed = False
        if self.model.structure == "committee" and self.rounds > 0 and not self.disputed:
            self.begin_work(self.briefs[0].proposal)
        else:
            self.submit()

    def end_during(self) -> None:
        """Back to work, or to a leader if the matter is still blocked."""
        self.watch_at = self.model.tick + self.model.watch_interval
        if not self.disputed:
            self.adopt_joint_proposal()
            self.blocked = False
        elif self.blocked:
            self.submit()
            return
        if self.pending == 0:
            self.model.finished.append(self)

    def adopt_joint_proposal(self) -> None:
        """Change the outcome if a round was held in this stage."""
        if any(brief.rounds > 0 for brief in self.briefs):
            self.change_outcome(self.joint_proposal())

    def forget_instructions(self) -> None:
        """No party remembers being told anything."""
        for party in self.parties:
            party.told_by = None

    def submit(self) -> None:
        """Bring the case to a leader [DOC-SUBMIT]."""
        rules = self.model.rules
        leader = self.lead.actor.portfolio
        if leader is None or (self.importance >= rules.principal_importance and not self.delegated):
            leader = self.organ.principal
        self.case_hours = rules.decision_hours
        if self.disputed:
            self.case_hours += rules.dispute_hours
            self.escalated += 1
        proposals = [brief.proposal for brief in self.briefs if brief.rounds > 0]
        if self.rounds == 0:
            self.case_hours += rules.unprepared_hours
        elif proposals and max(proposals) - min(proposals) > rules.contradiction_tolerance:
            self.case_hours += rules.reconciliation_hours * (len(self.briefs) - 1)
        if self.acting == "before":
            self.stage = "decision"
        self.cased = True
        enter(leader.cases, self)

    # Carrying out

    def begin_work(self, outcome: float) -> None:
        """The matter is decided; assisting parties begin, the lead waits [EXE-BEGIN]."""
        model = self.model
        self.stage, self.outcome, self.decided = "during", outcome, model.tick
        self.watch_at = model.tick + model.watch_interval
        self.forget_instructions()
        for party in self.parties:
            party.left = party.work
            if party is not self.lead and party.left > NO_WORK:
                self.queue_work(party)
        self.set_hazard()
        if self.pending == 0:
            model.finished.append(self)

    def queue_work(self, party: Party) -> None:
        """Put a party's work into its unit's queue."""
        party.queued = True
        self.pending += 1
        enter(party.actor.queue, party)

    def set_hazard(self) -> None:
        """Chance of an outbreak in a tick [EXE-TENSION]."""
        rules, count = self.model.rules, len(self.parties)
        strain = sum(1.0 - standing(party.tie, self.model.tick) for party in self.parties) / count
        odds = rules.outbreak_rate * self.private_divergence(self.outcome)
        odds *= (1.0 + rules.interdependence * (count - 1)) * (1.0 + rules.strain_weight * strain)
        odds *= rules.outbreak_exhaustion**self.outbreaks
        self.hazard = odds / (1.0 + odds)

    def change_outcome(self, outcome: float) -> None:
        """What is done towards the old outcome is in part to be done again [EXE-CHANGE]."""
        share = min(abs(outcome - self.outcome) * self.model.rules.late_cost, 1.0)
        self.outcome = outcome
        self.forget_instructions()
        self.spoil(share)
        if self.pending > 0:
            self.stage = "during"
        self.set_hazard()

    def spoil(self, share: float) -> None:
        """A share of each party's work is to be done again."""
        for party in self.parties:
            again = share * party.done
            if again > NO_WORK:
                party.left += again
                party.done -= again
                self.rework += again
                if not party.queued and (self.leading or party is not self.lead):
                    self.queue_work(party)

    def oversee(self) -> None:
        """Conflict, cooling, outbreak or a look at the work [CNF-OVERSEE]."""
        model = self.model
        if self.stage != "during":
            return
        if self.blocked:
            self.conflict += 1
            if self.briefs_open == 0 and not self.cased and model.tick >= self.cool_at:
                self.cool()
        elif self.pending > 0:
            if chance.uniform(model.keys["outbreak"], self.ident, model.tick) < self.hazard:
                self.erupt()
            elif model.tick >= self.watch_at and self.can_coordinate():
                self.open_stage("during")

    def cool(self) -> None:
        """An outbreak left alone ends, and has spoiled work [CNF-COOL]."""
        self.blocked = False
        self.spoil(self.model.rules.outbreak_rework)
        self.set_hazard()
        if self.pending == 0:
            self.model.finished.append(self)

    def erupt(self) -> None:
        """An outbreak stops the work and strains the ties [CNF-ERUPT]."""
        model = self.model
        self.blocked = True
        self.outbreaks += 1
        model.conflicts += 1
        self.cool_at = model.tick + int(model.rules.cooling)
        for party in self.parties:
            if party.tie is not None:
                party.tie.shift_work(-1.0, model.tick)
                party.tie.shift_trust(-1.0, model.tick)
        self.set_hazard()
        if self.can_coordinate():
            self.open_stage("during")

    # After the work

    def finish(self) -> None:
        """The lead begins, the result is reviewed, or the matter is closed [CLO-FINISH]."""
        if self.stage != "during" or self.pending > 0 or self.briefs_open > 0 or self.cased or self.blocked:
            return
        if not self.leading:
            self.leading = True
            self.handle(self.lead.actor)
            if self.lead.left > NO_WORK:
                self.queue_work(self.lead)
                return
        if self.hours_for["after"] > NO_WORK and not self.reviewed:
            self.stage, self.reviewed = "after", True
            self.open_stage("after")
        else:
            self.close()

    def close(self) -> None:
        """Settle accounts [CLO-CLOSE, CLO-RELATIONS]."""
        model, rules = self.model, self.model.rules
        self.stage, self.closed = "closed", model.tick
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
        if self.reopened < rules.reopen_limit and back < model.horizon:
            odds = rules.residual_rate * self.latent
            if chance.uniform(model.keys["residual"], self.ident, self.reopened) < odds / (1.0 + odds):
                model.reopening[back].insert(0, self)

    def reopen(self) -> None:
        """A residual dispute brings it back [CLO-REOPEN]."""
        self.model.active.append(self)
        self.reopened += 1
        self.model.conflicts += 1
        self.stage = self.acting = "after"
        self.closed = -1
        if self.hours_for["after"] > NO_WORK:
            self.open_stage("after")
        else:
            self.disputed = True
            self.submit()

    def withdraw(self) -> None:
        """The sponsor gives up waiting for a decision [CLO-WITHDRAW]."""
        if self.decided < 0:
            self.stage = "withdrawn"
