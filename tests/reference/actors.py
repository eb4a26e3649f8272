"""Those who act, as Mesa agents: coordinators, and the units that carry out; leaders have a file of their own."""

from __future__ import annotations

from math import isnan, sqrt
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import mesa

from sim import world

from . import chance
from .objects import NO_WORK, Party, Tie, clip

if TYPE_CHECKING:
    from .brief import Brief
    from .matter import Matter
    from .twin import Organ, Twin


class Actor(mesa.Agent):
    """Anyone with a calendar: what units, coordinators and leaders have in common."""

    model: Twin

    def __init__(self, model: Twin, row: int, traits: SimpleNamespace, calendar: bytearray, away: bytearray) -> None:
        super().__init__(model)
        self.row = row
        self.ident = int(traits.ident)
        self.role, self.post = world.ROLES[traits.role], world.POSTS[traits.post]
        self.capacity = traits.capacity
        self.departmentalism = traits.departmentalism
        self.power = traits.power
        self.qualities = {name: getattr(traits, name) for name in world.QUALITIES}
        self.home = int(traits.home)  # the domain it works in
        self.calendar = calendar  # 1 in each tick in which it is away or engaged
        self.away = away
        self.portfolio: Actor | None = None  # the leader in charge; for a coordinator, the one it is attached to
        self.office_tie: Tie | None = None
        self.partners: list[tuple[Actor, Tie]] = []
        self.organ: Organ
        self.debt = 0.0
        self.rest_from: int | None = 0  # since when it has had nothing to do, if that is so
        self.practised = 0  # tasks done as a host
        self.conceded = 0.0  # what it has given up in matters closed
        self.order = traits.order  # how far it keeps to the published order of services

    def able(self, quality: str) -> float:
        """What it is able of a quality, by nature and by practice [QUA-ABLE]."""
        own = self.qualities[quality]
        return own + (1.0 - own) * self.practised / (self.practised + self.model.rules.practice_half)

    def owe(self, hours: float) -> None:
        """Hours promised, to be given before anything else."""
        self.debt += hours
        self.rest_from = None

    def engaged(self, t: int) -> bool:
        """Whether it is away or engaged in tick ``t``; nobody has plans beyond the end of the calendar."""
        return t < len(self.calendar) and bool(self.calendar[t])

    def is_away(self, t: int) -> bool:
        """Whether it is away in tick ``t``."""
        return t < len(self.away) and bool(self.away[t])

    def engage(self, t: int) -> None:
        """Enter something in its calendar, which ends somewhere."""
        if t < len(self.calendar):
            self.calendar[t] = 1

    def first_free(self, start: int, window: int) -> int:
        """First tick from ``start`` on in which it is free, or the end of the window [CAL-FREE]."""
        for t in range(start, start + window):
            if not self.engaged(t):
                return t
        return start + window

    def estimate(self, matter: Matter, hours: float) -> float:
        """What it takes to be best after so many hours of investigation [POS-ESTIMATE]."""
        rules = self.model.rules
        error = chance.normal(self.model.keys["estimate"], matter.ident, self.ident) * rules.estimate_spread
        error /= sqrt(1.0 + hours * self.able("professional") / rules.investigation_half)
        if self.portfolio is not None and self.portfolio is matter.lead.actor.portfolio:
            error *= rules.local_knowledge
        return clip(matter.need_at(self.model.tick) + error)


def common_slot(people: list[Actor], start: int, window: int) -> tuple[int, bool]:
    """First tick in which all are free, which they then keep, and whether there is one [CAL-COMMON]."""
    for t in range(start, start + window):
        if not any(person.engaged(t) for person in people):
            for person in people:
                person.engage(t)
            return t, True
    return start + window, False


class Unit(Actor):
    """A department, a subordinate unit, or any other body that carries out its part of the matters."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.queue: list[Party] = []

    def step(self) -> None:
        """Pay the hours owed to rounds, then work through the queue [EXE-WORK]."""
        if self.rest_from is not None:
            return
        paid = min(self.capacity, self.debt)
        self.debt -= paid
        hours = self.capacity - paid
        for party in list(self.queue):
            if hours <= NO_WORK:
                break
            if party.matter.life == "withdrawn":
                self.drop(party)
            elif not party.matter.blocked and party.stalled <= self.model.tick:
                hours -= self.work_on(party, hours)
        if not self.queue and self.debt <= 0.0:
            self.rest_from = self.model.tick + 1

    def work_on(self, party: Party, hours: float) -> float:
        """Spend up to ``hours`` on a party's work; the hours spent."""
        matter, rate = party.matter, self.rate(party)
        spent = min(hours, party.left / rate)
        done = min(spent * rate, party.left)
        party.left -= done
        party.done += done
        party.friction += spent - done
        matter.touch()
        if party.left <= NO_WORK:
            self.drop(party)
            if matter.pending == 0:
                matter.note()
        return spent

    def rate(self, party: Party) -> float:
        """What an hour gets done of something that was decided as it would not have wished [EXE-FRICTION]."""
        matter, rules = party.matter, self.model.rules
        if isnan(matter.outcome):
            return 1.0
        resisting = 1.0 - rules.prestige_effect * matter.organ.prestige
        if party.listened:  # [AUT-DISCIPLINE]
            resisting *= 1.0 - matter.organ.discipline
        return max(1.0 - rules.friction * abs(party.stance - matter.outcome) * resisting, rules.productivity_min)

    def drop(self, party: Party) -> None:
        """Take a party's work out of the queue."""
        self.queue.remove(party)
        party.queued = False
        party.matter.pending -= 1


class Coordinator(Actor):
    """A member of the general office, with a desk of briefs."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.desk: list[Brief] = []

    def step(self) -> None:
        """Work through the desk, and what the pool offers when it is empty [COO-DESK]."""
        if self.is_away(self.model.tick):
            return
        hours = self.capacity
        while hours > NO_WORK:
            if not self.desk or not self.desk[0].matter.presses:
                self.take_from_pool()
            if not self.desk:
                return
            brief = self.desk[0]
            if brief.matter.life == "withdrawn":
                brief.leave_queue()
            else:
                hours -= self.work_on(brief, hours)

    def take_from_pool(self) -> None:
        """Move the first brief of a matter it does not host yet from the pool to the desk, if there is one."""
        pool = self.organ.pool
        if self in self.organ.inspectors or (self.desk and not (pool and pool[0].matter.presses)):
            return
        for brief in pool:
            if all(other.host is not self for other in brief.matter.briefs):
                if not self.desk or brief.matter.presses:
                    brief.leave_queue()
                    brief.host = self
                    brief.join_queue(self.desk)
                return

    def work_on(self, brief: Brief, hours: float) -> float:
        """Spend up to ``hours`` on the task in hand; the hours spent."""
        matter = brief.matter
        slowness = 2.0 - self.able("composure") if matter.under_pressure else 1.0  # [QUA-PRESSURE]
        spent = min(hours, brief.task * slowness)
        brief.task -= spent / slowness
        matter.host_hours += spent
        if matter.acting == "during":
            self.model.hours_during[brief.phase] += spent
        matter.handle(self)
        matter.touch()
        if brief.task <= NO_WORK:
            brief.leave_queue()
            self.practised += 1
            brief.task_done()
        return spent
