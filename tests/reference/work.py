"""A decided matter: carrying it out, and the conflicts that break out meanwhile."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from . import chance
from .objects import NO_WORK, Party, standing
from .rulebook import CLASHING

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
        self.adopt()
        self.watch_at = model.tick + model.watch_interval
        if self.stage.follow is not None:
            self.look_at = model.tick + self.stage.follow.every
        self.forget_instructions()
        for party in self.parties:
            party.left = party.work
            if party is not self.lead and party.left > NO_WORK:
                self.queue_work(party)
        self.set_hazard()
        if self.pending == 0:
            self.note()

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
        share = min(abs(outcome - self.outcome) * self.model.rules.late_cost, 1.0)
        self.outcome = outcome
        self.forget_instructions()
        self.spoil(share)
        if self.pending > 0:
            self.stage, self.life = self.procedure.work, "during"
        self.set_hazard()
        if self.force.matter is self:  # its document says what was decided last [DOC-AMEND]
            self.force.own = outcome

    def spoil(self: Matter, share: float) -> None:
        """A share of each party's work is to be done again."""
        for party in self.parties:
            again = share * party.done
            if again > NO_WORK:
                party.left += again
                party.done -= again
                self.rework += again
                if not party.queued and (self.leading or party is not self.lead):
                    self.queue_work(party)

    def oversee(self: Matter) -> None:
        """Conflict, cooling, outbreak, follow-up or a look at the work [CNF-OVERSEE]."""
        model = self.model
        if self.life != "during":
            return
        if self.blocked:
            self.conflict += 1
            if self.unattended and model.tick >= self.cool_at:
                self.cool()
        elif self.pending > 0:
            drawn = chance.uniform(model.keys["outbreak"], self.ident, model.tick)
            if 0 < self.primed <= model.tick or drawn < self.hazard:
                self.erupt()
            elif self.unattended:
                if self.stage.follow is not None and model.tick >= self.look_at:
                    self.look()
                elif model.tick >= self.watch_at and self.hours_for["during"] > NO_WORK:
                    self.open_briefs("during")

    @property
    def unattended(self: Matter) -> bool:
        """Whether no host and no leader has it in hand."""
        return self.briefs_open == 0 and not self.cased

    def cool(self: Matter) -> None:
        """An outbreak left alone ends, and has spoiled work [CNF-COOL]."""
        self.blocked, self.primed = False, 0
        self.spoil(self.model.rules.outbreak_rework)
        self.set_hazard()
        if self.pending == 0:
            self.note()

    def erupt(self: Matter) -> None:
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
        self.spread_conflict()
        if self.unattended and self.hours_for["during"] > NO_WORK:
            self.open_briefs("during")

    def spread_conflict(self: Matter) -> None:
        """Units that are strained carry it into what they do next [CNF-CHAIN]."""
        model = self.model
        for number, party in enumerate(self.parties):
            other = next((work.matter for work in party.actor.queue if work.matter is not self), None)
            if other is None or other.life != "during" or other.blocked or other.primed:
                continue
            likely = model.rules.chain_rate * (1.0 - standing(party.tie, model.tick))
            if chance.uniform(model.keys["chain"], self.ident, model.tick, number) < likely:
                other.primed = model.tick + 1
