"""What is known of a matter: what was drawn for it, where it stands, and what can be read off that."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .objects import Party, clip
from .rulebook import GRASSROOTS

if TYPE_CHECKING:
    from .actors import Actor
    from .brief import Brief
    from .leaders import Leader
    from .rulebook import Force, Procedure, Stage
    from .twin import Organ, Twin

ENDED = ("future", "closed", "withdrawn", "refused")


@dataclass(eq=False, repr=False)
class Dossier:
    """What was drawn for a matter, then what has happened to it."""

    model: Twin
    ident: int
    organ: Organ
    procedure: Procedure
    domain: int
    force: Force  # what is in force in its domain
    occasion: str
    cognitive: bool  # what divides the parties is what they know, more than what they want
    flaws: set[str]
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
    addressed: int  # leaders to whom it is put at once, where it is put to several
    murk: float  # clarity of duties below which nobody knows whose it is
    parties: list[Party] = field(default_factory=list)  # the lead first
    hearers: list[Party] = field(default_factory=list)  # parties whose views are sought, in row order
    briefs: list[Brief] = field(default_factory=list)
    place: float = 0.0  # in queues
    stage: Stage = field(init=False)
    life: str = "future"
    acting: str = "before"  # the life its briefs or its case belong to
    ended: str = ""  # what has come to an end: it moves on by this
    failures: Counter[Stage] = field(default_factory=Counter)
    found: set[str] = field(default_factory=set)
    heeded: set[str] = field(default_factory=set)
    paper: float = float("nan")  # the latest joint proposal
    spread: float = 0.0  # of the hosts' proposals in it
    mandate: float = 0.0  # the leader's intent when it arises
    remainder: float = 0.0  # difference reserved in the latest agreement
    amended: bool = False  # more than technical faults of its paper were put right
    unclear: bool = False  # nobody knows whose duty it is
    direct: bool = False  # arranged past the office
    companion: Leader | None = None  # who attends besides the one chosen
    extra: float = 0.0  # office hours that expediting has added
    settled: bool = False
    ruled: bool = False
    asked: bool = False
    burst: bool = False
    primed: int = 0  # the tick after a conflict spread to it
    leader: Leader | None = None  # who has, or last had, the case
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
    look_at: float = 0.0
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
    passed_on: int = 0
    rounds: int = 0
    outbreaks: int = 0
    secondary: int = 0
    escalated: int = 0
    returns: int = 0
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
        total = sum(party.weight for party in self.hearers)
        return sum(party.weight * party.voice for party in self.hearers) / total

    def spoken_divergence(self, value: float) -> float:
        """Weighted mean distance of what they say from ``value`` [POS-SPOKEN]."""
        total = sum(party.weight for party in self.hearers)
        return sum(party.weight * abs(party.voice - value) for party in self.hearers) / total

    def declared_divergence(self, value: float) -> float:
        """The same over all parties, those not heard included [POS-DECLARED]."""
        total = sum(party.weight for party in self.parties)
        return sum(party.weight * abs(party.voice - value) for party in self.parties) / total

    def private_divergence(self, value: float) -> float:
        """The same for what all parties believe [POS-PRIVATE]."""
        total = sum(party.weight for party in self.parties)
        return sum(party.weight * abs(party.stance - value) for party in self.parties) / total

    def within_band(self, value: float) -> float:
        """``value`` held to the part of the legal band that may be used [POS-BAND]."""
        middle = 0.5 * (self.low + self.high)
        reach = 0.5 * (self.high - self.low) * self.model.strategy.flexibility
        if self.procedure.strict:
            reach *= 1.0 - self.model.strategy.strictness
        return clip(min(max(value, middle - reach), middle + reach))

    def rift_closed(self) -> bool:
        """Whether people get on with each other again; between things there is nothing to close [REL-RIFT]."""
        taus = [party.tie.standing(self.model.tick) for party in self.parties[1:] if party.tie is not None]
        return not self.procedure.people or not taus or sum(taus) / len(taus) >= self.model.rules.rift_standing

    @property
    def heard(self) -> int:
        """How many parties' views are sought."""
        return len(self.hearers)

    @property
    def weighty(self) -> bool:
        """Whether it is important enough for the principal."""
        return self.importance >= self.model.rules.principal_importance

    @property
    def of_grassroots(self) -> bool:
        """Whether the grassroots lead it."""
        return self.lead.actor.role in GRASSROOTS

    @property
    def under_pressure(self) -> bool:
        """Whether it asks for a cool head."""
        return self.blocked or self.presses

    @property
    def presses(self) -> bool:
        """Whether it goes before everything else."""
        return self.procedure.preempts or self.burst

    @property
    def under_way(self) -> bool:
        """Whether it has arisen and not come to an end."""
        return self.life not in ENDED

    # The order of things

    def leave(self, end: str) -> None:
        """What it was doing has come to an end: it moves on [MOV-LEAVE]."""
        self.ended = end
        if self not in self.model.moving:
            self.model.moving.append(self)

    def note(self) -> None:
        """No work is queued: it is to be looked at [MOV-NOTE]."""
        if self not in self.model.finished:
            self.model.finished.append(self)

    def hasten(self, ticks: float) -> None:
        """Move up in every queue it stands in [QUE-HASTEN]."""
        self.place -= ticks
        if self.cased:
            self.leader.cases.remove(self)
            self.leader.join_queue(self)
        for brief in self.briefs:
            if brief.queue is not None:
                queue = brief.queue
                brief.leave_queue()
                brief.join_queue(queue)
        for party in self.parties:
            if party.queued:
                party.actor.queue.remove(party)
                party.join_queue()

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

    def owe(self, actor: Actor, hours: float) -> None:
        """Hours a unit owes to a round or meeting [LED-OWE]."""
        actor.owe(hours)
        self.party_hours += hours
