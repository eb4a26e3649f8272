"""Those who act: coordinators, leaders, and all other units, as Mesa agents."""

from __future__ import annotations

from math import sqrt
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import mesa

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
        self.capacity = traits.capacity
        self.departmentalism = traits.departmentalism
        self.skill = traits.skill
        self.calendar = calendar  # 1 in each tick in which it is away or engaged
        self.away = away
        self.portfolio: Actor | None = None  # the leader in charge; for a coordinator, the one it is attached to
        self.office_tie: Tie | None = None
        self.organ: Organ
        self.debt = 0.0

    def engaged(self, t: int) -> bool:
        """Whether it is away or engaged in tick ``t``; nobody has plans beyond the end of the calendar."""
        return t < len(self.calendar) and bool(self.calendar[t])

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
        error /= sqrt(1.0 + hours * self.skill / rules.investigation_half)
        if self.portfolio is not None and self.portfolio is matter.lead.actor.portfolio:
            error *= rules.local_knowledge
        return clip(matter.need_at(self.model.tick) + error)


class Unit(Actor):
    """A department, a subordinate unit, or any other body that carries out its part of the matters."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.queue: list[Party] = []

    def step(self) -> None:
        """Pay the hours owed to rounds, then work through the queue [EXE-WORK]."""
        paid = min(self.capacity, self.debt)
        self.debt -= paid
        hours = self.capacity - paid
        for party in list(self.queue):
            if hours <= NO_WORK:
                break
            if not party.matter.blocked and party.stalled <= self.model.tick:
                hours -= self.work_on(party, hours)

    def work_on(self, party: Party, hours: float) -> float:
        """Spend up to ``hours`` on a party's work; the hours spent."""
        matter, rules = party.matter, self.model.rules
        rate = max(1.0 - rules.friction * abs(party.stance - matter.outcome), rules.productivity_min)
        spent = min(hours, party.left / rate)
        done = min(spent * rate, party.left)
        party.left -= done
        party.done += done
        party.friction += spent - done
        matter.touch()
        if party.left <= NO_WORK:
            self.queue.remove(party)
            party.queued = False
            matter.pending -= 1
            if matter.pending == 0:
                self.model.finished.append(matter)
        return spent


class Coordinator(Actor):
    """A member of the general office, with a desk of briefs."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.desk: list[Brief] = []

    def step(self) -> None:
        """Work through the desk, and what the pool offers when it is empty [COO-DESK]."""
        if self.away[self.model.tick]:
            return
        hours = self.capacity
        while hours > NO_WORK:
            if not self.desk and not self.take_from_pool():
                return
            brief = self.desk[0]
            if brief.matter.stage == "withdrawn":
                self.desk.pop(0)
            else:
                hours -= self.work_on(brief, hours)

    def take_from_pool(self) -> bool:
        """Move the first brief of a matter it does not host yet from the pool to the desk, if there is one."""
        for brief in self.organ.pool:
            if all(other.host is not self for other in brief.matter.briefs):
                self.organ.pool.remove(brief)
                brief.host = self
                self.desk.append(brief)
                return True
        return False

    def work_on(self, brief: Brief, hours: float) -> float:
        """Spend up to ``hours`` on the task in hand; the hours spent."""
        matter = brief.matter
        spent = min(hours, brief.task)
        brief.task -= spent
        matter.host_hours += spent
        matter.handle(self)
        matter.touch()
        if brief.task <= NO_WORK:
            self.desk.remove(brief)
            if brief.phase == "study":
                brief.weigh()
            else:
                brief.convene()
        return spent


class Leader(Actor):
    """A leader with a queue of cases to decide."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.cases: list[Matter] = []

    def step(self) -> None:
        """Give attention to the cases in order [DEC-DESK]."""
        if not self.cases or self.engaged(self.model.tick):
            return
        hours = self.capacity
        while hours > NO_WORK and self.cases:
            matter = self.cases[0]
            if matter.stage == "withdrawn":
                self.cases.pop(0)
                continue
            spent = min(hours, matter.case_hours)
            hours -= spent
            matter.case_hours -= spent
            matter.leader_hours += spent
            matter.handle(self)
            matter.touch()
            if matter.case_hours <= NO_WORK:
                self.cases.pop(0)
                self.settle(matter)

    def settle(self, matter: Matter) -> None:
        """Decide a case, and impose the decision where the parties did not agree [DEC-SETTLE]."""
        matter.cased = False
        if matter.disputed or matter.rounds == 0:
            outcome = self.judge(matter)
            self.impose(matter, outcome)
        else:
            outcome = matter.within_band(matter.joint_proposal())
        if matter.acting == "before":
            matter.begin_work(outcome)
            return
        matter.change_outcome(outcome)
        matter.blocked = False
        if matter.stage == "after":
            matter.close()
        elif matter.pending == 0:
            self.model.finished.append(matter)

    def judge(self, matter: Matter) -> float:
        """What the leader thinks right [DEC-JUDGE]."""
        whole = self.model.rules.leader_whole_weight
        if matter.delegated:
            whole *= 1.0 - self.model.rules.delegation_view_loss
        estimate = self.estimate(matter, sum(brief.research for brief in matter.briefs))
        return matter.within_band(whole * estimate + (1.0 - whole) * matter.mean_voice())

    def impose(self, matter: Matter, outcome: float) -> None:
        """Everyone says what was decided, and resents it by how far it is from what they believe [DEC-IMPOSE]."""
        model = self.model
        for party in matter.parties:
            gap = abs(party.stance - outcome)
            party.voice = outcome
            if party.actor.office_tie is not None:
                resentment = gap / (gap + model.rules.consensus_divergence + 1e-12)
                party.actor.office_tie.shift_work(-resentment * model.unexplained, model.tick)
