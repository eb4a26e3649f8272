"""Meetings, sessions and those who advise, by hand: what is taken first, who judges, who has to come.

``small_office``: coordinators 2 h a tick.  A round takes its host and each member 1 h and moves nobody; the need is .5,
and each judge takes .5 + n x .1 to be best, n by a draw of its own.
"""

import numpy as np
import pytest
from builders import bare_mode, events_of, procedure_of, small_office, strategy, who, with_matters, with_procedures

from sim import engine, world
from sim.draws import AGENDA, ESTIMATE, normal, uniform
from sim.procedure import Procedure
from sim.world import World

EXACT = {"rel": 0.0, "abs": 1e-9}
CONSULT = {"name": "consult", "type": "consult", "on_failure": "close"}


def office(*procedures: Procedure, coordinators: int = 1, **rules: float) -> World:
    values = {"organisation.coordinators": coordinators}
    w = with_procedures(small_office(values), *(procedures or (procedure_of(CONSULT),)))
    bare_mode(w, "meeting")
    for name, value in {"local_knowledge": 1.0, **rules}.items():
        w.rules[0][name] = value
    return w


def run(w: World, *matters: dict[str, object], structure: str = "unified", **plan: float) -> World:
    plan = {"effort": 9.0, "investigation": 0.0, "rounds": 1, "explanation": 0.0, "whole_weight": 1.0, **plan}
    return engine.simulate(with_matters(w, *matters), strategy(structure, "meeting", **plan), events=200)


def held(w: World, m: int = 0) -> list[int]:
    return [int(event.tick) for event in events_of(w, "round", m)]


def judged(w: World, u: int, j: int = 0, narrowed: float = 1.0) -> float:
    """What u takes to be best for the first matter."""
    n = normal(uniform(w.keys[ESTIMATE], 0, int(w.actors[u].ident), j))
    return 0.5 + 0.1 * float(n) / np.sqrt(narrowed)


SESSIONS = range(4, 28, 4)  # of six topics, all prepared by t2, each takes one


def by_lot(w: World) -> list[int]:
    """The session of each topic where chance decides, drawn anew for every session they are put off to."""
    taken = {}
    for due in SESSIONS:
        waiting = [m for m in range(6) if m not in taken]
        taken[min(waiting, key=lambda m, due=due: float(uniform(w.keys[AGENDA], m, due, 0)))] = due
    return [taken[m] for m in range(6)]


def test_a_session_takes_its_topics_as_they_came_by_urgency_or_by_lot() -> None:
    """Six topics of t0; by urgency those of 1, .8, .6, .4, .2, 0 in turn; what one has no time for, the next takes."""
    w = office(urgency_headstart=40.0)
    d = who(w, world.DEPARTMENT)[0]
    urgency = [0.2, 1.0, 0.0, 0.4, 0.8, 0.6]
    rows = [
        {"arrival": 0, "arose": 0.1 * m, "actors": [d], "work": [0.0], "urgency": urgency[m]}
        for m in range(len(urgency))
    ]
    orders = (list(SESSIONS), [20, 4, 24, 16, 8, 12], by_lot(w))
    for order, expected in enumerate(orders):
        end = run(w, *rows, structure="committee", agenda_order=order, committee_agenda=1, committee_interval=4)
        assert [held(end, m) for m in range(6)] == [[tick] for tick in expected]
    assert len({tuple(expected) for expected in orders}) == 3


@pytest.mark.parametrize(("agenda", "ticks"), [(1, [8, 16, 24]), (2, [8, 8, 16]), (3, [8, 8, 8])])
def test_a_session_that_is_full_leaves_the_other_topics_to_the_next(agenda: int, ticks: list[int]) -> None:
    w = office()
    d = who(w, world.DEPARTMENT)[0]
    rows = [{"arrival": 0, "arose": 0.1 * m, "actors": [d], "work": [0.0]} for m in range(3)]
    w = run(w, *rows, structure="committee", committee_agenda=agenda, committee_interval=8)
    assert [held(w, m) for m in range(3)] == [[tick] for tick in ticks]


@pytest.mark.parametrize("seats", [0, 1])
@pytest.mark.parametrize("members", [1, 2])
def test_departments_concerned_that_sit_on_the_committee_judge_with_it(seats: int, members: int) -> None:
    """The mean over so many coordinators, from the host on, and over D and D2, heard; not D3, not heard, nor S."""
    w = office(coordinators=2, estimate_spread=0.1)
    d, d2, d3 = who(w, world.DEPARTMENT)
    actors = [d, d2, who(w, world.SUBORDINATE)[0], d3]
    matter = {"arrival": 0, "actors": actors, "work": [0.0] * 4, "weight": [1.0, 0.9, 0.9, 0.1]}
    w = run(w, matter, structure="committee", seats=seats, committee_members=members, hearing=0.75)
    judges = who(w, world.OFFICE)[:members] + [d, d2][: 2 * seats]
    assert w.briefs[0].whole == pytest.approx(np.mean([judged(w, u) for u in judges]), **EXACT)


WEIGHTY, STRATEGIC = {"importance": 0.9}, {"procedure": 1}


@pytest.mark.parametrize(
    ("given", "advice", "asked", "first"),
    [(WEIGHTY, 2, 2, 5), (WEIGHTY, 1, 1, 5), (STRATEGIC, 3, 3, 5), (WEIGHTY, 0, 0, 1), ({}, 2, 0, 1)],
)
def test_advisers_asked_about_what_is_weighty_or_of_strategy_judge_with_the_host_and_take_their_time(
    given: dict[str, object], advice: int, asked: int, first: int
) -> None:
    """Each counts like one more judge, after 3 h of its own (half the variance gone at 1 h: n x .1 / 2).

    They take 4 ticks before the first round, t5 instead of t1, and none before the second.
    """
    w = office(
        procedure_of(CONSULT), procedure_of(CONSULT, kind="strategy"), estimate_spread=0.1, investigation_half=1.0,
        advice_hours=3.0, advice_wait=4.0, principal_importance=0.8,
    )  # fmt: skip
    pair = {"actors": who(w, world.DEPARTMENT)[:2], "work": [0.0, 0.0], "ideal": [0.0, 1.0]}
    w = run(w, {"arrival": 0, **pair, **given}, advice=advice, rounds=2)
    director = int(w.organs[0].director)
    judges = [judged(w, director)] + [judged(w, director, 3 + adviser, narrowed=4.0) for adviser in range(asked)]
    assert held(w) == [first, first + 1]
    assert w.briefs[0].whole == pytest.approx(np.mean(judges), **EXACT)


def test_advisers_are_not_asked_by_parties_who_settle_a_weighty_matter_themselves() -> None:
    """Talks of D's with D2: at t1, without advice; then the office's, with it, 4 ticks after the hour of t1."""
    w = office(advice_wait=4.0)
    bare_mode(w, "talks")
    pair = {"actors": who(w, world.DEPARTMENT)[:2], "work": [0.0, 0.0], "ideal": [0.0, 1.0]}
    w = run(w, {"arrival": 0, "importance": 0.9, **pair}, structure="self_first", advice=2, self_rounds=1)
    assert held(w) == [1, 6]


@pytest.mark.parametrize(
    ("venue", "members", "outside", "inside"),
    [(1, "DDS", 0.5, 0.0), (1, "DSP", 0.0, 0.5), (0, "DSP", 0.5, 0.0), (1, "DDSP", 0.5, 0.0),
        (1, "DPX", 0.0, 0.5), (1, "DAP", 0.0, 0.5)],
)  # fmt: skip
def test_members_who_have_to_come_lose_the_way_and_a_meeting_may_be_held_where_most_of_them_are(
    venue: int, members: str, outside: float, inside: float
) -> None:
    """½ h for departments D or for the others (subordinate S, peer P, public X, superior A), besides the hour of all.

    It is held at the office unless more come from outside and the place may be chosen.
    """
    w = office(travel_hours=0.5)
    roles = {"S": world.SUBORDINATE, "P": world.PEER, "X": world.PUBLIC, "A": world.SUPERIOR}
    departments = iter(who(w, world.DEPARTMENT))
    actors = [next(departments) if name == "D" else who(w, roles[name])[0] for name in members]
    w = run(w, {"arrival": 0, "actors": actors, "work": [0.0] * len(actors)}, venue=venue)
    expected = [1.0 + (inside if name == "D" else outside) for name in members]
    assert w.actors.attended[actors].tolist() == expected
    assert w.matters[0].party_hours == sum(expected)


def test_a_meeting_is_held_where_most_of_its_members_are_whoever_observes_it() -> None:
    """Members are D, S and P, who stay; D2 and D3 only observe.  So D comes."""
    w = office(travel_hours=0.5)
    d, d2, d3 = who(w, world.DEPARTMENT)
    actors = [d, who(w, world.SUBORDINATE)[0], who(w, world.PEER)[0], d2, d3]
    w = run(w, {"arrival": 0, "actors": actors, "work": [0.0] * 5, "weight": [1.0, 0.9, 0.9, 0.1, 0.1]}, members=3)
    assert w.actors.attended[actors].tolist() == [1.5, 1.0, 1.0, 0.0, 0.0]


def test_observers_and_talks_have_no_way_to_go() -> None:
    """S only observes the meeting; in talks nobody has to come."""
    w = office(travel_hours=0.5)
    bare_mode(w, "talks")
    d, s = who(w, world.DEPARTMENT)[0], who(w, world.SUBORDINATE)[0]
    matter = {"arrival": 0, "actors": [d, s], "work": [0.0, 0.0]}
    assert run(w, matter, members=1).actors.attended[[d, s]].tolist() == [1.0, 0.0]
    talked = engine.simulate(with_matters(w, matter), strategy(mode="talks", effort=9.0, investigation=0.0))
    assert talked.actors.attended[[d, s]].tolist() == [1.0, 1.0]
