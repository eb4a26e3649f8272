"""Whose business a matter is: what is not clear is passed on, until somebody takes it or functions are divided anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import chance

if TYPE_CHECKING:
    from .matter import Matter


NOBODYS = 2  # unclear, and passed on by everybody


class Duties:
    """The part of a matter that nobody may want."""

    def pass_on(self: Matter) -> int:
        """How often it was passed on before somebody took it [DUT-PASS]."""
        model = self.model
        self.unclear = False
        passed = 0
        for party in self.parties:
            if not self.shirks(party.number):
                break
            passed += 1
            if party.tie is not None:
                party.tie.shift_work(-0.5, model.tick)
        if passed == 0:
            return 0
        self.handovers += passed
        self.passed_on += passed
        self.force.passed += passed
        if passed == len(self.parties):
            self.unclear = NOBODYS
        if 0 < model.strategy.restructure_after <= self.force.passed:
            self.restructure()
        self.briefs[0].await_time("passing", model.tick + max(1, int(model.rules.passing * passed)))
        return passed

    def shirks(self: Matter, number: int) -> bool:
        """Whether a unit sends it on."""
        unit, rules = self.parties[number].actor, self.model.rules
        drawn = chance.uniform(self.model.keys["duty"], self.ident, 1, number)
        return drawn < rules.shirking * unit.departmentalism

    def restructure(self: Matter) -> None:
        """Functions in the domain are divided anew [DUT-RESTRUCTURE]."""
        rules = self.model.rules
        self.force.passed = 0
        self.force.clarify(rules.delimitation)
        self.organ.principal.owe(rules.restructuring_hours)
        self.leader_hours += rules.restructuring_hours
        self.model.totals["restructured"] += 1
