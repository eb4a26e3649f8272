"""What presses and what spreads, followed by hand: emergencies, patience that bursts, chain reactions.

``small_office``: coordinator C 2 h a tick, leaders 1 h, units 2 h.
"""

from collections.abc import Callable

import pytest
from builders import engage, procedure_of, small_office, strategy, told, who, with_matters, with_procedures

from sim import engine, world
from sim.procedure import Procedure
from sim.vocabulary import LABEL
from sim.world import World

EXACT = {"rel": 0.0, "abs": 1e-9}
CERTAIN = 1e12  # a rate at which odds leave a chance of less than one in 10^11 that nothing happens
FILE = {"name": "file", "type": "review", "hours": 3.0}
AGAIN = {"name": "again", "type": "review", "hours": 1.0}
DECIDE = {"name": "decide", "type": "decide", "hours": 0.5}
WORK = {"name": "carry_out", "type": "execute"}
PRESSING = {"preempts": True}


def office(*procedures: Procedure) -> World:
    return with_procedures(small_office({}), *procedures)


def run(w: World, *matters: dict[str, object], **plan: float) -> World:
    return engine.simulate(with_matters(w, *matters), strategy(explanation=0.0, **plan), events=300)


def test_an_emergency_goes_before_other_papers_on_a_desk() -> None:
    """An ordinary paper (3 h of C's) and an emergency (1 h, L's 0.5 h, 3 h) arise at t0.

    t0  C 1 h of the emergency, 1 h of the ordinary paper; L decides.  t1 C 2 h of the emergency.  t2 C 1 h of it, 1 h
        of the ordinary paper.  t3 C 1 h of that
    """
    w = office(procedure_of(FILE), procedure_of(AGAIN, DECIDE, FILE, **PRESSING))
    d, d2, _ = who(w, world.DEPARTMENT)
    ordinary = {"arrival": 0, "actors": [d], "work": [0.0]}
    w = run(w, ordinary, {"arrival": 0, "arose": 0.5, "actors": [d2], "work": [0.0], "procedure": 1})
    assert w.matters.closed.tolist() == [3, 2]
    assert w.matters.host_hours.tolist() == [3.0, 4.0]


def test_an_emergency_goes_before_other_work_of_a_unit() -> None:
    """D has 6 h for an ordinary matter from t1 on and 4 h for an emergency from t2 on: closed at t3, t5."""
    w = office(procedure_of(DECIDE, WORK), procedure_of(DECIDE, WORK, **PRESSING))
    d = who(w, world.DEPARTMENT)[0]
    ordinary = {"arrival": 0, "actors": [d], "work": [6.0]}
    w = run(w, ordinary, {"arrival": 1, "actors": [d], "work": [4.0], "procedure": 1})
    assert w.matters.decided.tolist() == [0, 1]
    assert w.matters.closed.tolist() == [5, 3]


def test_an_emergency_reaches_a_leader_who_is_engaged_and_nothing_else_does() -> None:
    """L is engaged t0-t5: the emergency of t1 is decided there and then, the ordinary matter of t0 at t6."""
    w = office(procedure_of(DECIDE), procedure_of(DECIDE, **PRESSING))
    d = who(w, world.DEPARTMENT)[0]
    engage(w, w.actors[d].portfolio, range(6))
    ordinary = {"arrival": 0, "actors": [d], "work": [0.0]}
    w = run(w, ordinary, {"arrival": 1, "actors": [d], "work": [0.0], "procedure": 1})
    assert w.matters.decided.tolist() == [6, 1]
    assert (w.matters.leader == w.actors[d].portfolio).all()


def _nobody(w: World, charge: int) -> list[int]:
    return []


def _principal(w: World, charge: int) -> list[int]:
    return who(w, world.LEADER, world.PRINCIPAL)


def _all(w: World, charge: int) -> list[int]:
    return who(w, world.LEADER)


@pytest.mark.parametrize(("others_away", "rank"), [(_nobody, 0), (_principal, 1)])
def test_an_emergency_goes_to_the_next_leader_who_is_not_away(
    others_away: Callable[[World, int], list[int]], rank: int
) -> None:
    """The leader in charge is away: the principal takes it, else the other leader in charge; an ordinary one waits."""
    w = office(procedure_of(DECIDE), procedure_of(DECIDE, **PRESSING))
    d = who(w, world.DEPARTMENT)[0]
    charge = int(w.actors[d].portfolio)
    for u in (charge, *others_away(w, charge)):
        engage(w, u, range(4), away=True)
    ordinary = {"arrival": 0, "actors": [d], "work": [0.0]}
    w = run(w, ordinary, {"arrival": 0, "arose": 0.5, "actors": [d], "work": [0.0], "procedure": 1})
    order = who(w, world.LEADER, world.PRINCIPAL) + who(w, world.LEADER, world.IN_CHARGE)
    order.remove(charge)
    assert w.matters.leader.tolist() == [charge, order[rank]]
    assert w.matters.decided.tolist() == [4, 0]


def test_an_emergency_waits_for_its_own_leader_if_all_are_away() -> None:
    w = office(procedure_of(DECIDE, **PRESSING))
    d = who(w, world.DEPARTMENT)[0]
    for u in _all(w, -1):
        engage(w, u, range(4), away=True)
    w = run(w, {"arrival": 0, "actors": [d], "work": [0.0]})
    assert (w.matters[0].leader, w.matters[0].decided) == (w.actors[d].portfolio, 4)


def test_a_request_neglected_for_too_long_bursts_and_goes_before_everything() -> None:
    """The leader, engaged t0-t9, has two cases since t0: first D's, then that of subordinate unit S, whose patience is
    3 ticks.

    t3  S's bursts: trust in the office .6 x .9; the engaged leader hears it at once, 0.5 h
    t10 D's
    """
    w = office(procedure_of(DECIDE))
    w.rules[0].burst_rate, w.rules[0].patience = CERTAIN, 3.0
    d, s = who(w, world.DEPARTMENT)[0], who(w, world.SUBORDINATE)[0]
    engage(w, w.actors[s].portfolio, range(10))
    w.actors[d].portfolio = w.actors[s].portfolio
    ordinary = {"arrival": 0, "actors": [d], "work": [0.0]}
    w = run(w, ordinary, {"arrival": 0, "arose": 0.5, "actors": [s], "work": [0.0]})
    assert w.matters.decided.tolist() == [10, 3]
    assert told(w, 1) == ["0 arises", "0 enters 0", "0 reported", "3 burst", "3 decided", "3 closed"]
    assert (w.totals[0].bursts, w.totals[0].conflicts, w.matters.burst.tolist()) == (1, 1, [0, 1])
    tie = w.ties[w.actors[s].office_tie]
    assert tie.trust == pytest.approx(0.54, **EXACT)


@pytest.mark.parametrize(("growth", "asked"), [(0.0, [4.0, 2.0]), (0.5, [6.0, 3.0])])
def test_what_has_burst_asks_more_work_of_everybody(growth: float, asked: list[float]) -> None:
    """S's request asks 4 h of S and 2 h of D; undecided at t3 it bursts, and each asks half as much again."""
    w = office(procedure_of(DECIDE, WORK))
    w.rules[0].burst_rate, w.rules[0].patience, w.rules[0].burst_growth = CERTAIN, 3.0, growth
    d, s = who(w, world.DEPARTMENT)[0], who(w, world.SUBORDINATE)[0]
    engage(w, w.actors[s].portfolio, range(4))
    w = run(w, {"arrival": 0, "actors": [s, d], "work": [4.0, 2.0]})
    assert w.matters[0].burst == 1
    assert w.parties.work.tolist() == pytest.approx(asked, **EXACT)
    assert w.parties.done.tolist() == pytest.approx(asked, **EXACT)


@pytest.mark.parametrize(("engaged", "bursts"), [(3, 0), (4, 1)])
def test_patience_that_has_been_answered_in_time_does_not_burst(engaged: int, bursts: int) -> None:
    """Patience is tested at the beginning of t4; the leader decides within t3, if not engaged then."""
    w = office(procedure_of(DECIDE))
    w.rules[0].burst_rate, w.rules[0].patience = CERTAIN, 4.0
    s = who(w, world.SUBORDINATE)[0]
    engage(w, w.actors[s].portfolio, range(engaged))
    w = run(w, {"arrival": 0, "actors": [s], "work": [0.0]})
    assert (w.totals[0].bursts, w.matters[0].decided) == (bursts, engaged)


def test_a_conflict_spreads_to_the_next_matter_of_a_unit_and_no_further_than_that() -> None:
    """A (D, D2, who is .3 off) breaks out at t0; D2 has work for B next, which nothing divides; D3 works for C alone.

    B breaks out in the next half-day, wherever it stands in the list of what is under way; C does not.
    """
    w = office(procedure_of(DECIDE, WORK))
    w.rules[0].outbreak_rate, w.rules[0].outbreak_exhaustion, w.rules[0].chain_rate = CERTAIN, 0.0, CERTAIN
    w.rules[0].cooling, w.rules[0].outbreak_rework = 4.0, 0.0
    d, d2, d3 = who(w, world.DEPARTMENT)
    w.actors.portfolio[[d, d2, d3]] = w.actors[d].portfolio
    w = run(
        w,
        {"arrival": 0, "actors": [d, d2], "work": [1.0, 8.0], "ideal": [0.5, 0.8]},
        {"arrival": 0, "arose": 0.4, "actors": [d, d2], "work": [1.0, 8.0]},
        {"arrival": 1, "actors": [d, d3], "work": [1.0, 8.0]},
        before=0.0,
    )
    assert w.matters.outbreaks.tolist() == [1, 1, 0]
    assert w.matters.conflict.tolist()[2] == 0
    assert w.totals[0].chained == 1
    assert [line for line in told(w, 1) if "chain" in line or "outbreak" in line] == ["0 chain", "1 outbreak"]
    assert w.matters.primed.tolist() == [0, 0, 0]


def test_what_a_chain_reaction_leads_to_is_labelled_as_such_until_it_is_over() -> None:
    """As above with hours kept for it: both matters are coordinated; only B's rounds are part of a chain reaction."""
    w = office(procedure_of(DECIDE, WORK))
    w.rules[0].outbreak_rate, w.rules[0].outbreak_exhaustion, w.rules[0].chain_rate = CERTAIN, 0.0, CERTAIN
    d, d2, _ = who(w, world.DEPARTMENT)
    w = run(
        w,
        {"arrival": 0, "actors": [d, d2], "work": [1.0, 8.0], "ideal": [0.5, 0.8]},
        {"arrival": 0, "arose": 0.4, "actors": [d, d2], "work": [1.0, 8.0]},
        before=0.0, during=1.0, effort=8.0,
    )  # fmt: skip
    chain, corrective = 1 << LABEL["T10.chain"], 1 << LABEL["T4.corrective"]
    rounds = (w.matters.rounds > 0).tolist()
    assert rounds == [True, True]
    assert [bool(labels & chain) for labels in w.matters.labels] == [False, True]
    assert all(labels & corrective for labels in w.matters.labels)
