"""What no run may break, whatever the organisation, the numbers and the strategy.

Hours spent are hours charged, work is done or left, everything waits in one place, and nothing leaves its bounds.
Looked at after every few ticks of runs of random scenarios, made step by step from ``sim.schedule``.
"""

import numpy as np
import pytest
from builders import chain, scenario, step, strategy
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import engine, world
from sim.setting import prepare
from sim.world import World

TICKS = 130
LOOKS = (5, 17, 40, 80, TICKS - 1)
COUNTS = {
    "organs": (1, 2), "superiors": (0, 2), "leaders_in_charge": (1, 3), "other_leaders": (0, 1), "semi_retired": (0, 1),
    "coordinators": (2, 4), "departments": (2, 8), "peers": (0, 2), "subordinates": (0, 6), "staff_groups": (0, 2),
    "publics": (0, 1), "partners": (1, 5),
}  # fmt: skip
# Ranges wide enough that queues form, disputes arise, work is undone and matters come back.
NUMBERS = {
    "organisation.coordinator_hours": (1.0, 8.0), "organisation.leader_hours": (0.2, 3.0),
    "organisation.department_hours": (0.5, 8.0), "organisation.busy_leaders": (0.0, 0.6),
    "organisation.busy_heads": (0.0, 0.8), "organisation.absence": (0.0, 0.3),
    "organisation.departmentalism": (0.0, 0.9),
    "workload.arrivals": (0.1, 1.5), "workload.assistants": (1.0, 5.0), "workload.hours": (0.0, 15.0),
    "workload.hours_cv2": (0.0, 4.0), "workload.interest_spread": (0.0, 0.6), "workload.bias_spread": (0.0, 0.4),
    "workload.band_min": (0.0, 0.1), "workload.drift_rate": (0.0, 0.1), "workload.drift_size": (0.0, 0.5),
    "rules.estimate_spread": (0.0, 0.4), "rules.consensus_divergence": (0.0, 0.3),
    "rules.contradiction_tolerance": (0.0, 0.05), "rules.slot_window": (1.0, 30.0), "rules.stall": (0.0, 12.0),
    "rules.intake_hours": (0.0, 1.5), "rules.urgency_headstart": (0.0, 80.0), "rules.friction": (0.0, 4.0),
    "rules.outbreak_rate": (0.0, 0.4), "rules.outbreak_rework": (0.0, 1.0), "rules.cooling": (1.0, 20.0),
    "rules.late_cost": (0.0, 3.0), "rules.contingency_tolerance": (0.0, 0.2), "rules.residual_rate": (0.0, 20.0),
    "rules.reopen_delay": (1.0, 20.0), "rules.withdrawal": (10.0, 150.0), "rules.trust_step": (0.0, 0.5),
    "rules.trust_asymmetry": (0.0, 5.0), "rules.trust_recovery": (0.0, 0.3),
    "modes.meeting.delay": (0.0, 4.0), "modes.talks.party_hours": (0.0, 3.0), "modes.directive.rapport": (-1.0, 1.0),
}  # fmt: skip
PLANS = {
    "effort": (1.0, 16.0), "investigation": (0.0, 1.0), "whole_weight": (0.0, 1.0), "partiality": (0.0, 1.0),
    "explanation": (0.0, 1.0), "flexibility": (0.0, 1.0), "watch_interval": (1.0, 20.0),
    "committee_interval": (1.0, 12.0),
}  # fmt: skip
PLAN_COUNTS = {"rounds": (1, 4), "committee_agenda": (1, 6), "committee_members": (1, 4), "self_rounds": (1, 3)}


def shares(draw: st.DrawFn, count: int) -> np.ndarray:
    """Shares that sum to 1, many of them zero."""
    parts = np.array(draw(st.lists(st.sampled_from((0.0, 0.0, 1.0, 2.0)), min_size=count, max_size=count)))
    parts[draw(st.integers(0, count - 1))] += 1.0
    return parts / parts.sum()


def numbers(draw: st.DrawFn, ranges: dict[str, tuple[float, float]]) -> dict[str, float]:
    """A value in each range, the ends often."""
    return {name: draw(st.sampled_from((*ends, 0.5 * sum(ends))) | st.floats(*ends)) for name, ends in ranges.items()}


@st.composite
def worlds(draw: st.DrawFn, structure: str) -> World:
    """A random world, ready to run under a random strategy of a structure."""
    counts = {f"organisation.{name}": draw(st.integers(*ends)) for name, ends in COUNTS.items()}
    setting = prepare(scenario({**counts, **numbers(draw, NUMBERS), "ticks": TICKS}))
    hosts = draw(st.integers(2, counts["organisation.coordinators"])) if structure == "multi" else 1
    plan = strategy(
        structure, coordinators=hosts, adaptive_timing=draw(st.booleans()), adaptive_mode=draw(st.booleans()),
        **numbers(draw, PLANS), **{name: draw(st.integers(*ends)) for name, ends in PLAN_COUNTS.items()},
        **dict(zip(("before", "during", "after"), shares(draw, 3), strict=True)),
        **dict(zip((f"share_{mode}" for mode in world.FINDS_TIME), shares(draw, 5), strict=True)),
    )  # fmt: skip
    return engine.start(engine.draw(setting, draw(st.integers(0, 2**40)), 0), plan)


@pytest.mark.parametrize("structure", world.STRUCTURES)
@settings(max_examples=8)
@given(data=st.data())
def test_every_law_holds_at_every_look(structure: str, data: st.DataObject) -> None:
    w = data.draw(worlds(structure))
    for t in range(TICKS):
        step(w, t)
        if t in LOOKS:
            hours_spent_are_hours_charged(w, t)
            work_is_done_or_left(w)
            every_matter_is_in_one_place(w, t)
            every_brief_is_in_one_place(w, t)
            every_piece_of_work_is_in_one_queue(w)
            nothing_leaves_its_bounds(w)
            dates_are_in_order(w, t)


def hours_spent_are_hours_charged(w: World, t: int) -> None:
    """What actors gave is what matters were charged, and nobody gave more than there was."""
    a, m, p = w.actors, w.matters, w.parties
    assert a.coordinated.sum() == pytest.approx(m.host_hours.sum(), abs=1e-6)
    assert a.deciding.sum() == pytest.approx(m.leader_hours.sum(), abs=1e-6)
    assert a.attended.sum() + a.debt.sum() == pytest.approx(m.party_hours.sum(), abs=1e-6)
    assert a.worked.sum() == pytest.approx(p.done.sum() + p.friction.sum() + m.rework.sum(), abs=1e-6)
    spent = a.coordinated + a.deciding + a.attended + a.worked
    assert (spent <= a.capacity * (t + 1) + 1e-6).all()
    for name, role in (("coordinated", world.OFFICE), ("deciding", world.LEADER)):
        assert (a[name][a.role != role] == 0.0).all()
    for name in ("coordinated", "deciding", "attended", "worked", "debt"):
        assert (a[name] >= 0.0).all()


def work_is_done_or_left(w: World) -> None:
    """Work begun is done or left; work to do again moves from the one to the other."""
    p = w.parties
    begun = w.matters.decided[p.matter] >= 0
    np.testing.assert_allclose((p.left + p.done)[begun], p.work[begun], atol=1e-6)
    assert (p.left[~begun] == 0.0).all()
    assert (p.done[~begun] == 0.0).all()
    assert (p.left >= 0.0).all()
    assert (p.done >= -1e-9).all()
    assert (p.friction >= -1e-9).all()


def every_matter_is_in_one_place(w: World, t: int) -> None:
    """To come, under way, closed or withdrawn; and before one leader, if any."""
    stage = w.matters.life
    arrived = w.matters.arrival <= t
    assert ((stage == world.FUTURE) == ~arrived).all()
    active = w.lists.active[: w.totals[0].active].tolist()
    assert sorted(active) == np.flatnonzero(arrived & (stage != world.CLOSED) & (stage != world.WITHDRAWN)).tolist()
    cased: list[int] = []
    for u in np.flatnonzero(w.actors.role == world.LEADER):
        queue = chain(w.actors[u].queue, w.matters)
        assert (w.matters.leader[queue] == u).all()
        assert (np.diff(w.matters.place[queue]) >= 0.0).all()
        cased += queue
    assert len(set(cased)) == len(cased)
    waiting = np.flatnonzero((w.matters.cased == 1) & (stage != world.WITHDRAWN))
    assert [m for m in sorted(cased) if stage[m] != world.WITHDRAWN] == waiting.tolist()
    assert (w.matters.case_hours[waiting] > 0.0).all()
    coming_back = [m for tick in range(t + 1, TICKS) for m in chain(w.ticks[tick].reopening, w.matters)]
    assert len(set(coming_back)) == len(coming_back)
    assert (stage[coming_back] == world.CLOSED).all()


def every_brief_is_in_one_place(w: World, t: int) -> None:
    """In an organ's pool, on its host's desk, awaiting one round, or nowhere, as its state says; in order of place."""
    b = w.briefs
    place, organ = w.matters.place[b.matter], w.matters.organ[b.matter]
    pools = [chain(o.pool, b) for o in w.organs]
    for o, rows in enumerate(pools):
        assert (organ[rows] == o).all()
    coordinators = np.flatnonzero(w.actors.role == world.OFFICE)
    desks = [chain(w.actors[u].queue, b) for u in coordinators]
    for u, rows in zip(coordinators, desks, strict=True):
        assert (b.host[rows] == u).all()
    due = [chain(w.diary[o, tick].due, b) for o in range(len(w.organs)) for tick in range(t + 1, TICKS)]
    for state, lists, all_there in (
        (world.POOLED, pools, True),
        (world.ON_DESK, desks, True),
        (world.AWAITING, due, False),
    ):
        for rows in lists:
            assert (np.diff(place[rows]) >= 0.0).all()
        listed = [row for rows in lists for row in rows]
        assert len(set(listed)) == len(listed)
        assert (b.state[listed] == state).all()
        if all_there:  # a round due after the end of the run is in no list
            assert sorted(listed) == np.flatnonzero(b.state == state).tolist()
    open_briefs = np.bincount(b.matter, b.state != world.IDLE, len(w.matters))
    known = w.matters.life != world.WITHDRAWN
    assert (w.matters.briefs_open[known] == open_briefs[known]).all()


def every_piece_of_work_is_in_one_queue(w: World) -> None:
    """What is flagged as queued waits in its own unit's queue, once, in order of place."""
    p = w.parties
    queued: list[int] = []
    for u in np.flatnonzero((w.actors.role != world.LEADER) & (w.actors.role != world.OFFICE)):
        rows = chain(w.actors[u].queue, p)
        assert (p.actor[rows] == u).all()
        assert (np.diff(w.matters.place[p.matter[rows]]) >= 0.0).all()
        queued += rows
    assert sorted(queued) == np.flatnonzero(p.queued == 1).tolist()
    to_do = (w.actors.role != world.OFFICE) & ((w.actors.queue >= 0) | (w.actors.debt > 0.0))
    flag = np.where(w.actors.role == world.LEADER, world.LEADER_WAITS, world.UNIT_WAITS)
    assert (w.waiting[to_do] == flag[to_do]).all()  # or a turn would be passed over
    assert (w.matters.life[p.matter[queued]] == world.DURING).all()
    assert (w.matters.pending == np.bincount(p.matter, p.queued, len(w.matters))).all()


def nothing_leaves_its_bounds(w: World) -> None:
    """Positions, outcomes and relations in [0, 1]; hours, budgets and hazards in their ranges; outcomes lawful."""
    m, b, plan = w.matters, w.briefs, w.strategy[0]
    decided = m.decided >= 0
    for values in (w.parties.stance, w.parties.voice, w.ties.work, w.ties.trust, m.outcome[decided], m.hazard, b.effect,
                   b.proposal, b.neutral, m.latent):  # fmt: skip
        assert ((values >= 0.0) & (values <= 1.0)).all()
    assert np.isnan(m.outcome[~decided]).all()
    for values in (b.budget, b.task, b.study, b.research, m.left_before, m.left_during, m.left_after, m.case_hours):
        assert (values >= -1e-9).all()
    budget = plan.effort * m.parties * (1.0 + 1e-9) + w.rules[0].intake_hours + 1e-6
    assert (m.host_hours <= budget).all()
    if plan.structure != world.SELF_FIRST:  # parties among themselves may settle outside the law
        assert ((m.outcome >= m.low - 1e-9) & (m.outcome <= m.high + 1e-9))[decided].all()
    assert (b.rounds <= max(plan.rounds, plan.self_rounds)).all()
    assert w.diary.agenda.max() <= plan.committee_agenda
    assert w.totals[0].acts == w.totals[0].held == w.totals[0].finished == 0
    acts = w.acts[w.acts.party > 0]
    assert (w.parties.matter[acts.party] == b.matter[acts.brief]).all()
    assert ((w.away & ~w.calendar) == 0).all()
    assert (m.reopened <= w.rules[0].reopen_limit).all()
    total = m.outbreaks.sum() + m.secondary.sum() + m.reopened.sum()
    assert w.totals[0].conflicts == total


def dates_are_in_order(w: World, t: int) -> None:
    """A matter arises, is taken up, decided and closed, in that order; nothing is dated in the future."""
    m = w.matters
    decided, closed = m.decided >= 0, m.life == world.CLOSED
    assert (decided[closed]).all()
    assert (m.first_act[decided] >= m.arrival[decided]).all()
    assert (m.first_act[decided] <= m.decided[decided]).all()
    assert (m.decided[closed] <= m.closed[closed]).all()
    assert (m.closed[~closed] == -1).all()
    assert max(m.decided.max(initial=-1), m.closed.max(initial=-1), m.touched.max(initial=-1)) <= t
    assert (m.touches <= np.maximum(t + 1 - m.arrival, 0)).all()
    assert (m.decided[m.life == world.WITHDRAWN] == -1).all()
