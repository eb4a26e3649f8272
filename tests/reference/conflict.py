"""A matter being carried out is overseen: conflicts break out, spread, and cool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import chance
from .objects import NO_WORK, standing

if TYPE_CHECKING:
    from .matter import Matter


class Conflict:
    """The part of a matter that can break out."""

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
        for party in self.parties:
            party.spoil(self.model.rules.outbreak_rework)
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
                party.tie.offend(model.tick)
        self.set_hazard()
        self.spread_conflict()
        if self.unattended and self.hours_for["during"] > NO_WORK:
            self.open_briefs("during")

    def spread_conflict(self: Matter) -> None:
        """Units that are strained carry it into what they do next [CNF-CHAIN]."""
        model = self.model
        for party in self.parties:
            other = next((work.matter for work in party.actor.queue if work.matter is not self), None)
            if other is None or other.life != "during" or other.blocked or other.primed:
                continue
            likely = model.rules.chain_rate * (1.0 - standing(party.tie, model.tick))
            if chance.uniform(model.keys["chain"], self.ident, model.tick, party.number) < likely:
                other.primed = model.tick + 1
                model.totals["chained"] += 1
