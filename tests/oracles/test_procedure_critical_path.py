"""With nothing left to chance, every procedure takes as long as its stages allow: worked out from the files alone.

One matter, nobody away, everyone of one mind, no flaws.  A tick has four moments at which the matter moves on: after
occasions (0), after the coordinators (1), the leaders (2) and the units (3).  Who acts in a later step of the tick in
which a stage is entered begins at once, others in the next tick.
"""

import math
from collections.abc import Collection
from functools import cache
from typing import NamedTuple

import pytest
from builders import QUIET, strategy, template, who, with_matters, with_qualities
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import engine, world
from sim.parameters import BY_PATH
from sim.procedure import SPONSORS, Procedure, Stage, load_procedure, procedure_names
from sim.world import EPSILON, World

OCCASIONS, COORDINATORS, LEADERS, UNITS = range(4)
HOURS = {
    "organisation.coordinator_hours": 2.5, "organisation.leader_hours": 0.3, "organisation.department_hours": 1.5,
    "organisation.subordinate_hours": 1.5, "organisation.outside_hours": 1.5,
    "organisation.leaders_in_charge": 2, "organisation.other_leaders": 1,
}  # fmt: skip
HOST, LEADER, UNIT = 2.5, 0.3, 1.5
EFFORT, STUDY, AFTER = 6.0, 0.25, 0.2  # hours a party, share of it for study, share kept for afterwards
READERS = 4  # leaders among whom a paper goes round: all but the semi-retired one
TICKS = 300


def rule(name: str) -> float:
    return BY_PATH[name].default


class Moment(NamedTuple):
    """A tick, and the step of it after which a matter moves on."""

    tick: int
    step: int

    def start(self, step: int) -> int:
        """The tick in which those who act in a step can begin on what is entered now."""
        return self.tick + (step <= self.step)


class Walk:
    """A matter on its way through a procedure, with what its parties and leaders owe by then."""

    def __init__(self, work: list[float], roles: list[int], importance: float) -> None:
        self.work, self.roles, self.weighty = work, roles, importance >= rule("rules.principal_importance")
        self.left = (1.0 - AFTER) * EFFORT * len(work)
        self.rounds, self.mode = 0, "meeting"
        self.debts: list[tuple[int, float]] = []  # of each party: when it is owed from, and how much
        self.reading: list[tuple[int, float]] = []  # the same of each leader
        self.engaged: set[int] = set()  # ticks in which the leader attends, and does nothing else

    def end(self, procedure: Procedure) -> int:
        """The tick in which the matter is closed."""
        now, self.mode = Moment(0, OCCASIONS), "talks" if procedure.people else "meeting"
        for stage in procedure.stages[max(procedure.place(procedure.entry), 0) :]:
            if stage.chained and self.concerns(stage):
                now = getattr(self, stage.type)(stage, now)
        return now.tick

    def concerns(self, stage: Stage) -> bool:
        outside = {world.SUPERIOR, world.PEER, world.PUBLIC} & set(self.roles)
        holds = {
            "always": True, "several": len(self.work) > 1, "outside": bool(outside), "weighty": self.weighty,
            "light": not self.weighty, "divided": False, "by_form": rule("strategy.forms") == 1,
            "reminding": rule("strategy.reminders") == 1, "changed": False,
            "from_below": self.roles[0] == world.SUBORDINATE,
        }  # fmt: skip
        agreed_already = stage.type == "consult" and stage.slot == "before" and self.rounds > 0
        return holds[stage.when] and not agreed_already

    def of_mode(self, name: str) -> float:
        return rule(f"modes.{self.mode}.{name}")

    def round_cost(self) -> float:
        return self.of_mode("host_hours") + self.of_mode("host_hours_party") * len(self.work)

    def hours(self, stage: Stage) -> float:
        return stage.hours + stage.hours_party * len(self.work)

    def review(self, stage: Stage, now: Moment) -> Moment:
        if stage.who == "superior":
            return Moment(now.tick + max(1, stage.wait), OCCASIONS)
        if stage.who == "office":
            return Moment(last(now.start(COORDINATORS), self.hours(stage), HOST, []), COORDINATORS)
        if stage.who == "lead":
            return Moment(last(now.start(UNITS), self.hours(stage), UNIT, self.debts), UNITS)
        return Moment(last(now.start(LEADERS), self.hours(stage), LEADER, self.reading, self.engaged), LEADERS)

    def decide(self, stage: Stage, now: Moment) -> Moment:
        hours = self.hours(stage) or rule("rules.decision_hours")
        hours += 0.0 if self.rounds else rule("rules.unprepared_hours")
        return Moment(last(now.start(LEADERS), hours, LEADER, self.reading, self.engaged), LEADERS)

    def consult(self, stage: Stage, now: Moment) -> Moment:
        """All are agreed in the first meeting, as full as the hours allow; afterwards nothing is amiss."""
        if stage.slot == "after":
            study = STUDY * stage.share * AFTER * EFFORT * len(self.work)
            return Moment(last(now.start(COORDINATORS), study, HOST, []), COORDINATORS)
        budget = stage.share * self.left
        effect = min(1.0, (1.0 - STUDY) * budget / self.round_cost())
        tasks = [STUDY * budget + (0.0 if self.rounds else rule("rules.intake_hours")), effect * self.round_cost()]
        self.left -= STUDY * budget + tasks[1]
        notice = self.of_mode("delay") + self.of_mode("delay_party") * len(self.work)
        due = last(now.start(COORDINATORS), sum(tasks), HOST, []) + max(1, int(notice))
        self.rounds += 1
        self.debts.append((due, self.of_mode("party_hours") * effect))
        return Moment(due, OCCASIONS)

    def circulate(self, stage: Stage, now: Moment) -> Moment:
        start = now.tick + stage.wait
        if stage.who == "parties":
            self.debts.append((now.start(UNITS), stage.hours))
            return Moment(max(start, now.tick + 1), OCCASIONS)
        self.reading.append((now.start(LEADERS), stage.hours))
        return Moment(start + READERS, OCCASIONS)

    def schedule(self, stage: Stage, now: Moment) -> Moment:
        due = now.tick + max(1, stage.wait)
        self.engaged.add(due)
        if stage.who == "parties":
            self.debts.append((due, stage.hours))
        return Moment(due, OCCASIONS)

    def execute(self, stage: Stage, now: Moment) -> Moment:
        """The assisting parties side by side, then the lead unit, from the tick after them."""
        start = now.start(UNITS)
        turn = max([start, *(last(start, hours, UNIT, self.debts) for hours in self.work[1:] if hours)])
        return Moment(last(turn + 1, self.work[0], UNIT, self.debts) if self.work[0] else turn, UNITS)


def last(
    start: int, hours: float, capacity: float, debts: list[tuple[int, float]], engaged: Collection[int] = ()
) -> int:
    """The tick in which hours of work are done that are begun in ``start``, by one who first pays debts."""
    owed, t = 0.0, 0
    while True:
        owed += sum(more for since, more in debts if since == t)
        free = 0.0 if t in engaged else capacity
        paid = min(owed, free)
        owed, free = owed - paid, free - paid
        if t >= start and free > EPSILON:
            hours -= free
            if hours <= EPSILON:
                return t
        t += 1


@cache
def office_for(name: str) -> World:
    """The district with one procedure, everybody perfect, and rules in force that say what everybody wants."""
    values = {**QUIET, **HOURS, "ticks": TICKS, "workload.arrivals": 0.0, "rules.vetting": 1.0}
    w = template(values, procedure=name)
    w.actors.departmentalism = 0.0
    with_qualities(w, 1.0)
    w.ties.work = w.ties.work_base = w.ties.trust = w.ties.trust_base = 0.8
    w.force.superior, w.force.related = 0.5, 0.5
    return w


@pytest.mark.parametrize("name", procedure_names())
@settings(max_examples=8)
@given(
    sponsor=st.integers(0, len(SPONSORS)),
    work=st.lists(st.integers(0, 12).map(lambda quarters: 0.75 * quarters), min_size=1, max_size=5),
    importance=st.sampled_from((0.2, 0.9)),
)
def test_a_matter_takes_as_long_as_its_stages(name: str, sponsor: int, work: list[float], importance: float) -> None:
    procedure, w = load_procedure(name), office_for(name)
    lead = who(w, world.ROLES.index(procedure.sponsors[sponsor % len(procedure.sponsors)]))[0]
    called = [who(w, world.ROLES.index(role))[-1] for role in procedure.matter.with_roles]
    others = [u for u in who(w, world.DEPARTMENT) if u != lead][: len(work) - 1]
    actors = [lead, *called, *others]
    hours = [*work, *[0.0] * len(called)]
    w = with_matters(w, {"arrival": 0, "actors": actors, "work": hours, "importance": importance})
    w = engine.simulate(
        w, strategy(mode="meeting", before=1.0 - AFTER, after=AFTER, effort=EFFORT, investigation=STUDY)
    )
    walk = Walk(hours, w.actors.role[actors].tolist(), importance)
    m = w.matters[0]
    assert m.life == world.CLOSED
    assert m.closed == walk.end(procedure)
    assert (m.returns, m.escalated, m.outbreaks, m.rework) == (0, 0, 0, 0.0)
    assert math.isnan(m.outcome) or m.outcome == 0.5
