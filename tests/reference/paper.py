"""A matter's paper: what it says, what is wrong with it, and what it says against what is in force."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from sim.vocabulary import FLAW_NAMES

from . import chance
from .arising import PUBLISHED
from .rulebook import CLASHING, COMPARED

if TYPE_CHECKING:
    from .actors import Actor
    from .matter import Matter


class Paper:
    """The part of a matter that can be read, checked, mended and issued."""

    def position(self: Matter) -> float:
        """What the paper says [DOC-POSITION]."""
        if not math.isnan(self.outcome):
            return self.outcome
        return self.mean_voice() if math.isnan(self.paper) else self.paper

    def contradictions(self: Matter, value: float) -> set[str]:
        """What ``value`` contradicts, less what was heeded [DOC-COMPARE]."""
        said = {"superior": self.force.superior, "earlier": self.force.own, "related": self.force.related}
        tolerance = self.model.rules.policy_tolerance
        found = {name for name, other in said.items() if other is not None and abs(value - other) > tolerance}
        if not self.low - 1e-9 <= value <= self.high + 1e-9:
            found.add("law")
        return found - self.heeded

    def examine(self: Matter, keenness: Callable[[str], float], checks: Collection[str]) -> set[str]:
        """What is found now of what is checked; it is kept as found [CHK-EXAMINE]."""
        key = self.model.keys["review"]
        present = (self.flaws | self.contradictions(self.position())) & checks
        if self.model.strategy.attendance_rule == 0:
            present.discard("occasion")
        when = 16 * self.stage.place + self.failures[self.stage]
        found = {
            flaw for flaw in present if chance.uniform(key, self.ident, when, FLAW_NAMES.index(flaw)) < keenness(flaw)
        }
        self.found |= found
        if not found.isdisjoint(PUBLISHED):  # [NRM-LEARN]
            lead = self.lead.actor
            lead.order += self.model.strategy.enforcement * self.model.rules.learning * (1.0 - lead.order)
        return found

    def examine_at_desk(self: Matter, who: Actor | None, checks: Collection[str] | None = None) -> set[str]:
        """By somebody with the qualities a desk needs, or by nobody in particular [CHK-QUALITY]."""

        def keenness(flaw: str) -> float:
            able = who.able("political" if flaw in COMPARED else "professional") if who is not None else 1.0
            return self.model.rules.vetting * able

        return self.examine(keenness, self.stage.checks if checks is None else checks)

    def examine_as_leader(self: Matter) -> set[str]:
        """By a leader who is asked to sign."""
        return self.examine(lambda flaw: self.model.rules.leader_vetting, self.stage.checks)

    def mend(self: Matter) -> None:
        """Put right what was found, or some of it [CHK-MEND]."""
        rules, key = self.model.rules, self.model.keys["mend"]
        mended = {
            flaw
            for flaw in self.found
            if chance.uniform(key, self.ident, self.returns, FLAW_NAMES.index(flaw)) < rules.mending
        }
        self.flaws -= mended
        self.heeded |= mended & COMPARED
        self.amended = self.amended or bool(mended - {"technical"})
        if "superior" in mended:
            self.follow_superior()
        if "law" in self.found and self.rounds > 0:
            self.paper = self.within_band(self.paper)
        self.found = set()

    def follow_superior(self: Matter) -> None:
        """Narrow the band to what superior policy can live with, if there is such a part."""
        tolerance = self.model.rules.policy_tolerance
        low = max(self.low, self.force.superior - tolerance)
        high = min(self.high, self.force.superior + tolerance)
        if low <= high:
            self.low, self.high = low, high
            if self.rounds > 0:
                self.paper = self.within_band(self.paper)

    def issue(self: Matter) -> None:
        """The document comes into force, with whatever clashes it brings [DOC-ISSUE]."""
        value = self.position()
        contradicted = self.contradictions(value)
        self.model.totals["defects"] += len(contradicted | self.flaws)
        clashes = contradicted | (self.flaws & CLASHING)
        divergence, close = self.declared_divergence(value), self.model.rules.consensus_divergence
        self.organ.shift_prestige((close - divergence) / (close + divergence + 1e-12))  # [AUT-CONSENSUS]
        standing = self.force.clashes if "earlier" in clashes else 0
        self.force.clashes = standing + len(clashes)
        self.force.own, self.force.matter = value, self

    def unblock(self: Matter) -> None:
        """An outbreak was settled, and with it what the rules had to do with it [DOC-CLEAR]."""
        if self.blocked:
            self.blocked, self.primed = False, 0
            self.flaws -= CLASHING
            self.force.clashes = max(self.force.clashes - 1, 0)
