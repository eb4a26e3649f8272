"""Ties and parties, and what all the files here share: small words and the ordered queue."""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass
from operator import attrgetter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from . import chance

if TYPE_CHECKING:
    from .actors import Actor
    from .matter import Matter

NO_WORK = 1e-9  # hours; less than that is no work


def clip(x: float) -> float:
    """``x`` held to [0, 1]."""
    return min(max(x, 0.0), 1.0)


def enter(queue: list[Any], item: Any) -> None:
    """Put a party, brief or matter into its queue, behind those of the same place [QUE-RANK]."""
    insort(queue, item, key=attrgetter("place"))


def shifted(rules: SimpleNamespace, value: float, amount: float) -> float:
    """A relation, a trust or a prestige moved by a share of the room left [REL-SHIFT]."""
    if amount >= 0.0:
        return value + rules.trust_step * amount * (1.0 - value)
    return value + max(rules.trust_step * rules.trust_asymmetry * amount, -1.0) * value


@dataclass(slots=True, eq=False, repr=False)
class Tie:
    """A working relation and a trust, each with the baseline to which it recovers."""

    rules: SimpleNamespace
    work_base: float
    trust_base: float
    work: float
    trust: float
    looked_at: int

    def look(self, t: int) -> None:
        """Recover up to tick ``t`` [REL-RECOVER]."""
        if t > self.looked_at:
            kept = (1.0 - self.rules.trust_recovery) ** (t - self.looked_at)
            self.work = self.work_base + (self.work - self.work_base) * kept
            self.trust = self.trust_base + (self.trust - self.trust_base) * kept
            self.looked_at = t

    def standing(self, t: int) -> float:
        """Mean of working relation and trust [REL-STANDING]."""
        self.look(t)
        return 0.5 * (self.work + self.trust)

    def shift_work(self, amount: float, t: int) -> None:
        """Move the working relation by a share of the room left [REL-SHIFT]."""
        self.look(t)
        self.work = shifted(self.rules, self.work, amount)

    def shift_trust(self, amount: float, t: int) -> None:
        """The same for trust."""
        self.look(t)
        self.trust = shifted(self.rules, self.trust, amount)

    def heal(self, amount: float, t: int) -> None:
        """Better both, by a whole shift at a time [REL-HEAL]."""
        while amount > 0.0:
            self.shift_work(min(amount, 1.0), t)
            self.shift_trust(min(amount, 1.0), t)
            amount -= 1.0

    def offend(self, t: int) -> None:
        """Worsen both, as far as one act can."""
        self.shift_work(-1.0, t)
        self.shift_trust(-1.0, t)


def standing(tie: Tie | None, t: int) -> float:
    """Standing of a tie, or one half where there is none."""
    return 0.5 if tie is None else tie.standing(t)


@dataclass(slots=True, eq=False, repr=False)
class Party:
    """An actor's part in a matter.  ``tie`` is its own tie: to the lead unit's actor, or the lead's to the office."""

    matter: Matter
    number: int  # within the matter, the lead's being 0
    actor: Actor
    tie: Tie | None
    ideal: float
    weight: float
    work: float
    bias: float
    stance: float
    voice: float
    place: float = 0.0  # its matter's, when it was queued
    told: float = 0.0
    told_by: Actor | None = None
    stalled: int = 0
    left: float = 0.0
    done: float = 0.0
    paper: float = 0.0  # hours of paperwork done
    friction: float = 0.0
    queued: bool = False
    heard: int = 0  # its place among those heard, from 1; 0: its views are not sought
    listened: bool = False
    misread: float = 0.0
    ahead: float = 0.0  # hours done ahead of need
    helped: float = 0.0  # hours another unit has taken over

    @property
    def member(self) -> bool:
        """Whether it sits in the matter's meetings; others heard observe them [HEA-CHOOSE]."""
        return 0 < self.heard <= self.actor.model.strategy.members

    def join_queue(self) -> None:
        """Into its unit's queue, at its matter's present place."""
        self.place = self.matter.place
        self.actor.rest_from = None
        enter(self.actor.queue, self)

    def is_gone_past(self, t: int) -> bool:
        """Whether its head is engaged and its people are asked past it, which both resent [NRM-BYPASS]."""
        model = self.actor.model
        if not self.actor.engaged(t):
            return False
        if chance.uniform(model.keys["bypass"], self.matter.ident, t, self.number) >= model.strategy.bypass:
            return False
        model.totals["bypassed"] += 1
        if self.actor.office_tie is not None:
            self.actor.office_tie.offend(model.tick)
        return True

    def be_briefed(self, care: float) -> None:
        """Goals, policies and regulations are explained to it [TRA-BRIEF]."""
        rules = self.actor.model.rules
        if care > 0.0:
            removed = rules.briefing_effect * care * self.bias
            self.bias -= removed
            self.stance = clip(self.stance - removed)
            self.matter.owe(self.actor, rules.briefing_hours * care)

    def work_ahead(self) -> None:
        """A unit at rest has done by the standing rule what it could foresee [PLA-AHEAD]."""
        matter, actor, model = self.matter, self.actor, self.actor.model
        if actor.rest_from is None:
            return
        idle = max(0, model.tick - actor.rest_from)
        actor.rest_from = model.tick
        if matter.urgency > 0.5 or matter.procedure.preempts or matter.domain != actor.home:
            return
        hours = min(model.strategy.planning * actor.capacity * idle, model.rules.plan_ahead, self.left)
        useful = hours * (1.0 - abs(matter.outcome - matter.force.standing))
        self.left -= useful
        self.ahead += useful
        self.friction += hours - useful

    @property
    def misread_share(self) -> float:
        """Share of its work that what it has misread spoils [TRA-MISREAD]."""
        return min(1.0, self.actor.model.rules.misread_cost * abs(self.misread))

    def spoil(self, share: float) -> None:
        """A share of what it has done is to be done again."""
        matter, again = self.matter, share * self.done
        if again > NO_WORK:
            self.left += again
            self.done -= again
            matter.rework += again
            if not self.queued and (matter.leading or self is not matter.lead):
                matter.queue_work(self)
