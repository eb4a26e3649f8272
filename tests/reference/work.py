"""A decided matter: carrying it out, and doing again what has to be done again."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from . import chance
from .objects import NO_WORK, Party, standing
from .rulebook import CLASHING, GRASSROOTS

if TYPE_CHECKING:
    from .matter import Matter


class Work:
    """The part of a matter that is carried out."""

    def adopt(self: Matter) -> None:
        """It has an outcome from now on, if it had none [DEC-ADOPT]."""
        if math.isnan(self.outcome):
            self.outcome = self.paper if self.rounds > 0 else self.within_band(self.lead.voice)
        if self.decided < 0:
            self.decided = self.model.tick

    def begin_work(self: Matter) -> None:
        """Assisting parties begin, the lead waits [EXE-BEGIN]."""
        model = self.model
        self.watch_at = model.tick + model.watch_interval
        self.plan_look()
        self.pass_down()
        self.forget_instructions()
        for party in self.parties:
            party.left = party.work
            party.work_ahead()
            if party.work > NO_WORK:
                party.be_briefed(model.strategy.briefing)
            if party is not self.lead and party.left > NO_WORK:
                self.queue_work(party)
        self.set_hazard()
        if self.pending == 0:
            self.note()

    def pass_down(self: Matter) -> None:
        """What was decided is not quite what is heard of it [TRA-GARBLE]."""
        model = self.model
        spread = model.rules.garbling * (1.0 - model.rules.briefing_effect * model.strategy.briefing)
        for party in self.parties[1:]:
            levels = 2.0 if party.actor.role in GRASSROOTS else 1.0
            drawn = chance.normal(model.keys["garble"], self.ident, model.tick, party.number)
            party.misread = drawn * spread * levels

    def queue_work(self: Matter, party: Party) -> None:
        """Put a party's work into its unit's queue."""
        party.queued = True
        self.pending += 1
        party.join_queue()

    def set_hazard(self: Matter) -> None:
        """Chance of an outbreak in a tick [EXE-TENSION]."""
        rules, count = self.model.rules, len(self.parties)
        strain = sum(1.0 - standing(party.tie, self.model.tick) for party in self.parties) / count
        odds = rules.outbreak_rate * self.private_divergence(self.outcome)
        odds *= (1.0 + rules.interdependence * (count - 1)) * (1.0 + rules.strain_weight * strain)
        odds *= 1.0 + rules.clash_weight * self.force.clashes
        odds *= 1.0 + rules.flaw_weight * len(self.flaws & CLASHING)
        odds *= rules.outbreak_exhaustion**self.outbreaks
        self.hazard = odds / (1.0 + odds)

    def change_outcome(self: Matter, outcome: float) -> None:
        """What is done towards the old outcome is in part to be done again [EXE-CHANGE]."""
        before, self.outcome = self.outcome, outcome
        share = min(abs(outcome - before) * self.model.rules.late_cost, 1.0)
        self.forget_instructions()
        for party in self.parties:
            self.keep_faith(party, before)
            party.spoil(share)
        if self.pending > 0:
            self.stage, self.life = self.procedure.work, "during"
        self.set_hazard()
        if self.force.matter is self:  # its document says what was decided last [DOC-AMEND]
            self.force.own = outcome

    def keep_faith(self: Matter, party: Party, before: float) -> None:
        """Whoever is clearly worse off than was promised trusts the office less [EXE-PROMISE]."""
        model, tie = self.model, party.actor.office_tie
        worse = abs(party.stance - self.outcome) - abs(party.stance - before)
        if worse > model.rules.contradiction_tolerance:
            model.totals["broken"] += 1
            if tie is not None:
                tie.shift_trust(-model.unexplained, model.tick)

    def surface(self: Matter) -> None:
        """What was wrong with the paper, or misread in it, comes to light when the work is done [EXE-SURFACE]."""
        clerical = self.flaws - CLASHING
        self.flaws -= clerical
        flawed = len(clerical) * self.model.rules.flaw_rework
        for party in self.parties:
            party.spoil(min(flawed + party.misread_share, 1.0))
            party.misread = 0.0
