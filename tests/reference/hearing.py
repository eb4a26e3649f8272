"""What a round does to a party that is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .objects import Party, clip, standing

if TYPE_CHECKING:
    from .actors import Actor
    from .brief import Brief

LATENESS = {"before": 0, "during": 1, "after": 2}


def binds(mode: str, actor: Actor) -> bool:
    """Whether it has to comply: a directive goes to those under one command [PAR-BOUND]."""
    return mode != "directive" or not (actor.post == "unaffiliated" or actor.role in ("public", "superior"))


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
        party.listened = party.listened or matter.acting == "before"
        stalled = party.stalled > model.tick
        if not stalled and self.contradicts(party):
            self.stall(party)
            stalled = True  # in this round, even if a stall lasts no tick
        party.told, party.told_by = self.proposal, self.host
        if stalled:
            return
        mode, effect = model.modes[self.mode], self.effect * self.size(party)
        tie = party.tie if matter.settling else party.actor.office_tie
        bound, lean = binds(self.mode, party.actor), self.lean()
        r = self.openness(party, mode.openness, standing(tie, model.tick)) if bound else 0.0
        party.bias *= 1.0 - min(1.0, mode.clarity * (1.0 + lean)) * effect * self.host.able("professional")
        target = r * self.proposal + (1.0 - r) * self.own_position(party)
        pace = min(1.0, mode.pace * (1.0 - lean))
        party.stance = clip(party.stance + pace * effect * (target - party.stance))
        compliance = mode.compliance if bound else 0.0
        party.voice = clip(party.stance + compliance * (self.proposal - party.stance))
        if tie is not None:
            tie.shift_trust(self.humour(mode.rapport) * effect, model.tick)
        if matter.procedure.people and self.rounds >= 2 and party.tie is not None:  # a rift is talked out
            party.tie.heal(model.rules.rift_healing * effect * self.nearness(party), model.tick)

    def size(self: Brief, party: Party) -> float:
        """What a meeting leaves of a round's effect [PAR-SIZE]."""
        matter, rules = self.matter, self.matter.model.rules
        if self.mode != "meeting":
            return 1.0
        members = min(matter.heard, matter.model.strategy.members)
        part = 1.0 if party.member else rules.observer_effect
        return part / (1.0 + rules.meeting_size_effect * max(0, members - 4))

    def own_position(self: Brief, party: Party) -> float:
        """Where it would go by itself, as far as it is not turned to the whole [PAR-WHOLE]."""
        model, own = self.matter.model, party.ideal + party.bias
        if self.matter.settling:
            return own
        turned = model.strategy.persuasion * model.rules.persuasion_effect * (1.0 - party.actor.departmentalism)
        return own + turned * (self.whole - own)

    def humour(self: Brief, rapport: float) -> float:
        """What the host makes of a mode's rapport [QUA-HUMOUR]."""
        composure = self.host.able("composure")
        return rapport * (composure if rapport > 0.0 else 2.0 - composure)

    def nearness(self: Brief, party: Party) -> float:
        """How well it can talk with the lead, by rank and by what each knows [PAR-GAP]."""
        lead, rules = self.matter.lead, self.matter.model.rules
        gap = rules.rank_gap * abs(party.actor.power - lead.actor.power)
        return max(0.0, 1.0 - gap - rules.information_gap * abs(party.bias - lead.bias))

    def lean(self: Brief) -> float:
        """Whether the round turns to explaining (above 0) or to bargaining [PAR-LEAN]."""
        if self.matter.procedure.people:
            return 1.0 if self.rounds == 1 else 0.0
        focus = self.matter.model.rules.focus
        explaining = {0: self.cognitive, 1: True, 2: False}[self.matter.model.strategy.remedy]
        return focus if explaining else -focus

    def openness(self: Brief, party: Party, most: float, tau: float) -> float:
        """How far the party can be moved in this round [PAR-OPEN]."""
        model = self.matter.model
        rules = model.rules
        relation = 1.0 - rules.trust_weight + rules.trust_weight * tau
        unfair = rules.unfairness_sensitivity * abs(self.proposal - self.neutral) * model.unexplained
        deft = 1.0 - rules.skill_effect + rules.skill_effect * self.host.able("technique")
        willing = most * relation * (1.0 - party.actor.departmentalism) * deft
        return willing * max(0.0, 1.0 - unfair) / (1.0 + rules.lateness_resistance * LATENESS[self.matter.acting])
