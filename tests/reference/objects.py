"""Ties and parties, and what all the files here share: small words and the ordered queue."""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass
from operator import attrgetter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

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


@dataclass(slots=True, eq=False)
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
        self.work = self._shifted(self.work, amount)

    def shift_trust(self, amount: float, t: int) -> None:
        """The same for trust."""
        self.look(t)
        self.trust = self._shifted(self.trust, amount)

    def heal(self, amount: float, t: int) -> None:
        """Better both, by a whole shift at a time [REL-HEAL]."""
        while amount > 0.0:
            self.shift_work(min(amount, 1.0), t)
            self.shift_trust(min(amount, 1.0), t)
            amount -= 1.0

    def _shifted(self, value: float, amount: float) -> float:
        if amount >= 0.0:
            return value + self.rules.trust_step * amount * (1.0 - value)
        return value + max(self.rules.trust_step * self.rules.trust_asymmetry * amount, -1.0) * value


def standing(tie: Tie | None, t: int) -> float:
    """Standing of a tie, or one half where there is none."""
    return 0.5 if tie is None else tie.standing(t)


@dataclass(slots=True, eq=False)
class Party:
    """An actor's part in a matter.  ``tie`` is its own tie: to the lead unit's actor, or the lead's to the office."""

    matter: Matter
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

    def join_queue(self) -> None:
        """Into its unit's queue, at its matter's present place."""
        self.place = self.matter.place
        enter(self.actor.queue, self)
