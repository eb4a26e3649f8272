"""What a round does to a party that is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .objects import Party, clip, standing

if TYPE_CHECKING:
    from .brief import Brief

LATENESS = {"before": 0, "during": 1, "after": 2}


class Hearing:
    """The part of a brief that parties listen to."""

    def contradicts(self: Brief, party: Party) -> bool:
        """Whether another host told the party otherwise, beyond what it can live with."""
        if party.told_by is None or party.told_by is self.host:
            return False
        return abs(self.proposal - party.told) > self.matter.model.rules.contradiction_tolerance

    def stall(self: Brief, party: Party) -> None:
        """A contradiction stops the party and strains its tie to the office [PAR-CONTRADICT]."""
        matter, model = self.matter, self.matter.model
        party.stalled = model.tick + int(model.rules.stall)
        matter.secondary += 1
        model.conflicts += 1
        if party.actor.office_tie is not None:
            party.actor.office_tie.shift_work(-1.0, model.tick)

    def concede(self: Brief, party: Party) -> None:
        """How a party that is reached moves [PAR-CONCEDE]."""
        matter, model = self.matter, self.matter.model
        stalled = party.stalled > model.tick
        if not stalled and self.contradicts(party):
            self.stall(party)
            stalled = True  # in this round, even if a stall lasts no tick
        party.told, party.told_by = self.proposal, self.host
        if stalled:
            return
        mode, effect = model.modes[self.mode], self.effect
        if self.mode == "meeting" and len(matter.parties) > 4:  # [PAR-SIZE]
            effect /= 1.0 + model.rules.meeting_size_effect * (len(matter.parties) - 4)
        tie = party.tie if matter.settling else party.actor.office_tie
        r, lean = self.openness(party, mode.openness, standing(tie, model.tick)), self.lean()
        party.bias *= 1.0 - min(1.0, mode.clarity * (1.0 + lean)) * effect * self.host.skill
        target = r * self.proposal + (1.0 - r) * (party.ideal + party.bias)
        pace = min(1.0, mode.pace * (1.0 - lean))
        party.stance = clip(party.stance + pace * effect * (target - party.stance))
        party.voice = clip(party.stance + mode.compliance * (self.proposal - party.stance))
        if tie is not None:
            tie.shift_trust(mode.rapport * effect, model.tick)
        if matter.procedure.people and self.rounds >= 2 and party.tie is not None:  # a rift is talked out
            party.tie.heal(model.rules.rift_healing * effect, model.tick)

    def lean(self: Brief) -> float:
        """Whether the round turns to explaining (above 0) or to bargaining [PAR-LEAN]."""
        if self.matter.procedure.people:
            return 1.0 if self.rounds == 1 else 0.0
        focus = self.matter.model.rules.focus
        return focus if self.cognitive else -focus

    def openness(self: Brief, party: Party, most: float, tau: float) -> float:
        """How far the party can be moved in this round [PAR-OPEN]."""
        model = self.matter.model
        rules = model.rules
        relation = 1.0 - rules.trust_weight + rules.trust_weight * tau
        unfair = rules.unfairness_sensitivity * abs(self.proposal - self.neutral) * model.unexplained
        deft = 1.0 - rules.skill_effect + rules.skill_effect * self.host.skill
        willing = most * relation * (1.0 - party.actor.departmentalism) * deft
        return willing * max(0.0, 1.0 - unfair) / (1.0 + rules.lateness_resistance * LATENESS[self.matter.acting])
