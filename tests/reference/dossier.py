"""What is known of a matter: what was drawn for it, where it stands, and what can be read off that."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .objects import NO_WORK, Party, clip

if TYPE_CHECKING:
    from .actors import Actor
    from .brief import Brief
    from .twin import Organ, Twin


@dataclass(slots=True, eq=False)
class Dossier:
    """What was drawn for a matter, then what has happened to it."""

    model: Twin
    ident: int
    organ: Organ
    arrival: int
    arose: float
    urgency: float
    importance: float
    volatility: float
    deadline: int
    need: float
    changes: tuple[tuple[float, float], ...]  # when requirements change, and by how much
    low: float
    high: float
    place: float
    parties: list[Party] = field(default_factory=list)  # the lead first
    briefs: list[Brief] = field(default_factory=list)
    stage: str = "future"
    acting: str = "before"  # the stage its briefs or its case belong to
    mode: str = ""
    hours_for: dict[str, float] = field(default_factory=dict)
    briefs_open: int = 0
    disputed: bool = False
    delegated: bool = False
    cased: bool = False
    settling: bool = False
    reviewed: bool = False
    blocked: bool = False
    leading: bool = False  # the lead unit has begun
    pending: int = 0  # parties whose work is queued
    cool_at: int = 0
    watch_at: int = 0
    case_hours: float = 0.0
    outcome: float = float("nan")
    hazard: float = 0.0
    holder: Actor | None = None
    first_act: int = -1
    decided: int = -1
    closed: int = -1
    touched: int = -1
    touches: int = 0
    handovers: int = 0
    rounds: int = 0
    outbreaks: int = 0
    secondary: int = 0
    escalated: int = 0
    reopened: int = 0
    conflict: int = 0
    latent: float = 0.0
    host_hours: float = 0.0
    party_hours: float = 0.0
    leader_hours: float = 0.0
    rework: float = 0.0

    # What can be read off it

    @property
    def lead(self) -> Party:
        """The lead unit's part."""
        return self.parties[0]

    def need_at(self, t: int) -> float:
        """Best outcome for the whole in tick ``t`` [POS-NEED]."""
        return clip(self.need + sum(size for when, size in self.changes if when <= t))

    def mean_voice(self) -> float:
        """Weighted mean of what the parties say [POS-VOICE]."""
        total = sum(party.weight for party in self.parties)
        return sum(party.weight * party.voice for party in self.parties) / total

    def spoken_divergence(self, value: float) -> float:
        """Weighted mean distance of what they say from ``value`` [POS-SPOKEN]."""
        total = sum(party.weight for party in self.parties)
        return sum(party.weight * abs(party.voice - value) for party in self.parties) / total

    def private_divergence(self, value: float) -> float:
        """The same for what they believe [POS-PRIVATE]."""
        total = sum(party.weight for party in self.parties)
        return sum(party.weight * abs(party.stance - value) for party in self.parties) / total

    def within_band(self, value: float) -> float:
        """``value`` held to the part of the legal band that may be used [POS-BAND]."""
        middle = 0.5 * (self.low + self.high)
        reach = 0.5 * (self.high - self.low) * self.model.strategy.flexibility
        return min(max(value, middle - reach), middle + reach)

    def joint_proposal(self) -> float:
        """Mean proposal of the briefs that held a round in this stage."""
        proposals = [brief.proposal for brief in self.briefs if brief.rounds > 0]
        return sum(proposals) / len(proposals)

    def can_coordinate(self) -> bool:
        """Whether coordination during the work is possible."""
        return self.hours_for["during"] > NO_WORK and self.briefs_open == 0 and not self.cased

    # The ledger

    def handle(self, actor: Actor) -> None:
        """Someone takes it up [LED-HOLDER]."""
        if self.first_act < 0:
            self.first_act = self.model.tick
        if self.holder is not actor:
            self.holder = actor
            self.handovers += 1

    def touch(self) -> None:
        """Someone works on it; counted once a tick."""
        if self.touched != self.model.tick:
            self.touched = self.model.tick
            self.touches += 1
