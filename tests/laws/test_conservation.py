"""What no run may break, whatever the organisation, the numbers and the strategy.

Hours spent are hours charged, work is done or left, everything waits in one place, and nothing leaves its bounds.
Looked at after every few ticks of runs of random scenarios, made step by step from ``sim.schedule``.
"""

import numpy as np
import pytest
from builders import chain, step
from hypothesis import given, settings
from hypothesis import strategies as st
from random_worlds import TICKS, worlds

from sim import vocabulary, world
from sim.world import World

LOOKS = (5, 17, 40, 80, TICKS - 1)
PLAIN_TYPES = (vocabulary.CONSULT, vocabulary.DECIDE, vocabulary.EXECUTE)


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
    leads, promised = a.role == world.LEADER, a.attended + a.debt
    assert a.deciding.sum() + promised[leads].sum() == pytest.approx(m.leader_hours.sum(), abs=1e-6)
    assert promised[~leads].sum() == pytest.approx(m.party_hours.sum(), abs=1e-6)
    assert 0.0 <= w.totals[0].during_round_hours <= w.totals[0].during_hours <= m.host_hours.sum() + 1e-6
    done = p.done.sum() + p.ahead.sum() + p.paper.sum() + p.friction.sum() + m.rework.sum()
    assert a.worked.sum() == pytest.approx(done, abs=1e-6)
    spent = a.coordinated + a.deciding + np.where(leads, 0.0, a.attended) + a.worked  # an event takes the half-day
    assert (spent <= a.capacity * (t + 1) + 1e-6).all()
    for name, role in (("coordinated", world.OFFICE), ("deciding", world.LEADER)):
        assert (a[name][a.role != role] == 0.0).all()
    for name in ("coordinated", "deciding", "attended", "worked", "debt"):
        assert (a[name] >= 0.0).all()


def work_is_done_or_left(w: World) -> None:
    """Work begun is done or left; work to do again moves from the one to the other.  Before, the lead has papers."""
    p, m = w.parties, w.matters
    work = w.procedures.work[m.procedure]
    unnamed = np.isin(w.briefs.phase, (world.PASSING, world.DISPATCH))  # nobody has taken it, or been named
    aside = unnamed & (w.briefs.state != world.IDLE)
    passed_on = np.isin(np.arange(len(m)), w.briefs.matter[aside])
    begun = ((work >= 0) & (m.stage >= work) & ~passed_on)[p.matter]
    np.testing.assert_allclose((p.left + p.done + p.ahead + p.helped)[begun], p.work[begun], atol=1e-6)
    others = ~begun & (np.arange(len(p)) != m.first[p.matter])
    assert (p.left[others] == 0.0).all()
    assert (p.done[others] == 0.0).all()
    assert (p.left >= 0.0).all()
    assert (p.done >= -1e-9).all()
    assert (p.friction >= -1e-9).all()


def every_matter_is_in_one_place(w: World, t: int) -> None:
    """To come, under way, closed, refused or withdrawn; and before one leader, if any."""
    stage = w.matters.life
    arrived = w.matters.arrival <= t
    assert ((stage == world.FUTURE) == ~arrived).all()
    active = w.lists.active[: w.totals[0].active].tolist()
    assert sorted(active) == np.flatnonzero(arrived & (stage < world.CLOSED)).tolist()
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
    organ = w.matters.organ[b.matter]
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
            assert (np.diff(b.place[rows]) >= 0.0).all()
        listed = [row for rows in lists for row in rows]
        assert len(set(listed)) == len(listed)
        assert (b.state[listed] == state).all()
        if all_there:  # a round due after the end of the run is in no list, and one once called keeps its place
            assert (b.place[listed] == w.matters.place[b.matter[listed]]).all()
            assert sorted(listed) == np.flatnonzero(b.state == state).tolist()
    aside = np.isin(b.phase, (world.DESK, world.PASSING, world.DISPATCH))
    open_briefs = np.bincount(b.matter, (b.state != world.IDLE) & ~aside, len(w.matters))
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
    life = w.matters.life
    assert ((life[p.matter[queued]] < world.CLOSED) | (life[p.matter[queued]] == world.WITHDRAWN)).all()
    pending = np.bincount(p.matter, p.queued, len(w.matters))
    assert (w.matters.pending == pending)[life != world.WITHDRAWN].all()


def _procedure_of_stages(w: World) -> np.ndarray:
    """The procedure each stage belongs to."""
    return np.searchsorted(w.procedures.first, np.arange(len(w.stages)), side="right") - 1


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
    effort = plan.effort * m.parties * (1.0 + 1e-9) + 1e-6
    kept = m.left_before + m.left_during + m.left_after + np.bincount(b.matter, b.budget, len(m))
    assert (kept <= effort).all()
    other = np.bincount(_procedure_of_stages(w), ~np.isin(w.stages.type, PLAIN_TYPES), len(w.procedures))
    pressed = (m.outbreaks > 0) | (m.burst == 1) | (w.procedures.preempts[m.procedure] == 1)
    slowest = np.where(pressed, 2.0, 1.0)  # an hour's task takes a host without composure two under pressure
    intake = w.rules[0].intake_hours * np.where(m.passed_on >= m.parties, 2.0, 1.0)  # once more where all passed it on
    assert (m.host_hours <= slowest * (effort + intake))[other[m.procedure] == 0].all()
    if plan.structure != world.SELF_FIRST:  # parties among themselves may settle outside the law
        assert ((m.outcome >= m.low - 1e-9) & (m.outcome <= m.high + 1e-9))[decided].all()
    assert (b.rounds <= max(plan.rounds, plan.self_rounds)).all()
    assert w.diary.agenda.max() <= plan.committee_agenda
    assert w.totals[0].acts == w.totals[0].held == w.totals[0].moving == 0
    acts = w.acts[w.acts.party > 0]
    assert (w.parties.matter[acts.party] == b.matter[acts.brief]).all()
    assert ((w.away & ~w.calendar) == 0).all()
    assert (m.reopened <= w.rules[0].reopen_limit).all()
    total = m.outbreaks.sum() + m.secondary.sum() + m.reopened.sum() + m.burst.sum()
    assert w.totals[0].conflicts == total


def dates_are_in_order(w: World, t: int) -> None:
    """A matter arises, is taken up, decided and closed, in that order; nothing is dated in the future."""
    m = w.matters
    decided, closed, refused = m.decided >= 0, m.life == world.CLOSED, m.life == world.REFUSED
    works = w.procedures.work[m.procedure] >= 0
    assert decided[closed & works].all()
    assert not decided[refused].any()
    assert (m.first_act[decided] >= m.arrival[decided]).all()
    assert (m.first_act[decided] <= m.decided[decided]).all()
    assert (m.decided[closed] <= m.closed[closed]).all()
    assert (m.closed[~closed & ~refused] == -1).all()
    assert max(m.decided.max(initial=-1), m.closed.max(initial=-1), m.touched.max(initial=-1)) <= t
    assert (m.touches <= np.maximum(t + 1 - m.arrival, 0)).all()
    assert (m.decided[m.life == world.WITHDRAWN] == -1).all()
