"""Whose views are sought, by hand: only those heard are asked, reached, paid for and counted.

``small_office``: coordinator C 2 h a tick.  Departments D (lead), D2, D3, subordinate unit S, peer P, the public X.
A round takes C 1 h and each party reached 1 h, and is held at t1; the whole counts for nothing: a proposal is the mean
of those heard.
"""

import pytest
from builders import (
    bare_mode,
    engage,
    events_of,
    procedure_of,
    small_office,
    strategy,
    who,
    with_matters,
    with_procedures,
)

from sim import engine, world
from sim.draws import HEAR, uniform
from sim.world import World

EXACT = {"rel": 0.0, "abs": 1e-9}
CONSULT = {"name": "consult", "type": "consult", "on_failure": "close"}
SPOKEN = [0.1, 0.3, 0.9, 0.5, 0.7]


def office(mode: str = "talks", **fields: float) -> World:
    w = with_procedures(small_office({}), procedure_of(CONSULT))
    bare_mode(w, mode, **fields)
    return w


def cast(w: World) -> list[int]:
    """D, D2, X, D3, S: the public in the middle."""
    d, d2, d3 = who(w, world.DEPARTMENT)
    return [d, d2, who(w, world.PUBLIC)[0], d3, who(w, world.SUBORDINATE)[0]]


def run(w: World, mode: str = "talks", **plan: float) -> World:
    """One matter of all five, weights .2, .5, 1, .9, .5."""
    plan = {"effort": 10.0, "investigation": 0.0, "rounds": 1, "whole_weight": 0.0, "explanation": 0.0, **plan}
    matter = {"arrival": 0, "actors": cast(w), "work": [0.0] * 5, "ideal": SPOKEN, "weight": [0.2, 0.5, 1.0, 0.9, 0.5]}
    return engine.simulate(with_matters(w, matter), strategy(mode=mode, **plan), events=100)


def reached(w: World) -> list[int]:
    """The parties a round has reached, by number."""
    actors = w.parties.actor.tolist()
    return [actors.index(event.who) for event in events_of(w, "hears")]


@pytest.mark.parametrize(
    ("hearing", "participation", "places"),
    [
        (1.0, 1.0, [1, 3, 5, 2, 4]), (1.0, 0.0, [1, 3, 0, 2, 4]), (0.75, 0.0, [1, 3, 0, 2, 0]),
        (0.5, 0.0, [1, 0, 0, 2, 0]), (0.51, 0.0, [1, 3, 0, 2, 0]), (0.5, 1.0, [1, 0, 3, 2, 0]),
        (0.0, 0.0, [1, 0, 0, 0, 0]), (0.0, 1.0, [1, 0, 2, 0, 0]),
    ],
)  # fmt: skip
def test_the_lead_and_the_heaviest_are_heard_and_the_public_if_it_takes_part(
    hearing: float, participation: float, places: list[int]
) -> None:
    """Of four parties that are not the public: the lead, then .9, then the first of the two of .5."""
    w = run(office(), hearing=hearing, participation=participation)
    assert w.parties.heard.tolist() == places
    assert w.matters[0].heard == sum(place > 0 for place in places)


def test_only_those_heard_are_counted_asked_and_paid_for() -> None:
    """D and D3 are heard: P = (.2 x .1 + .9 x .5) / 1.1; C gives 1 h and .5 h for each of two, each of them 1 h.

    D3 moves by half of .8 of the way; nobody else is reached, moves or gives hours.
    """
    w = run(office(host_hours_party=0.5, openness=0.8, pace=0.5), hearing=0.5, participation=0.0)
    proposal = (0.2 * 0.1 + 0.9 * 0.5) / 1.1
    assert w.briefs[0].proposal == pytest.approx(proposal, **EXACT)
    assert reached(w) == [0, 3]
    assert (w.matters[0].host_hours, w.matters[0].party_hours) == (2.0, 2.0)
    moved = [0.1 + 0.4 * (proposal - 0.1), 0.3, 0.9, 0.5 + 0.4 * (proposal - 0.5), 0.7]
    assert w.parties.stance.tolist() == pytest.approx(moved, **EXACT)
    assert [w.actors[u].attended for u in cast(w)] == [1.0, 0.0, 0.0, 1.0, 0.0]
    assert w.parties.listened.tolist() == [1, 0, 0, 1, 0]


def test_those_not_heard_can_stand_against_what_the_others_agree_on() -> None:
    """The two heard both say .5 and are agreed, whatever the others think."""
    w = office()
    matter = {
        "arrival": 0,
        "actors": cast(w)[:3],
        "work": [0.0] * 3,
        "ideal": [0.5, 0.9, 0.9],
        "weight": [1.0, 0.9, 1.0],
    }
    plan = {"effort": 10.0, "investigation": 0.0, "rounds": 1, "participation": 0.0}
    for hearing, told in ((0.5, "agreed"), (1.0, "unresolved")):
        heard = engine.simulate(with_matters(w, matter), strategy(mode="talks", hearing=hearing, **plan), events=100)
        assert len(events_of(heard, told)) == 1


@pytest.mark.parametrize(("hearing", "outcome"), [(0.5, 0.1), (1.0, 0.5)])
def test_a_leader_who_decides_by_the_parties_goes_by_those_heard(hearing: float, outcome: float) -> None:
    """D says .1, D2, heard or not, .9; nobody has coordinated, and the whole has no weight with the leader."""
    w = with_procedures(small_office({}), procedure_of({"name": "decide", "type": "decide"}))
    w.rules[0].leader_whole_weight = 0.0
    matter = {"arrival": 0, "actors": cast(w)[:2], "work": [0.0] * 2, "ideal": [0.1, 0.9]}
    w = engine.simulate(with_matters(w, matter), strategy(hearing=hearing))
    assert w.matters[0].outcome == pytest.approx(outcome, **EXACT)


@pytest.mark.parametrize(("more", "heard"), [(0.0, 0), (1e-9, 5)])
def test_the_public_takes_part_where_its_draw_lies_below_the_share_of_participation(more: float, heard: int) -> None:
    w = office()
    chance = uniform(w.keys[HEAR], 0, 0, 2)  # the matter's ident, and the public's number in it
    w = run(w, participation=chance + more)
    assert w.parties[2].heard == heard


def test_the_public_that_leads_is_heard_and_counts_among_those_whose_share_is_heard() -> None:
    """X leads: half of {X, D, D2} are two, X and the heavier."""
    w = office()
    d, d2, x = *who(w, world.DEPARTMENT)[:2], who(w, world.PUBLIC)[0]
    matter = {"arrival": 0, "actors": [x, d, d2], "work": [0.0] * 3, "weight": [0.1, 0.5, 0.6]}
    w = engine.simulate(with_matters(w, matter), strategy(hearing=0.5, participation=0.0))
    assert w.parties.heard.tolist() == [1, 0, 2]


@pytest.mark.parametrize(
    ("members", "effect"), [(12, [1.0 / 1.1] * 5), (4, [1.0, 1.0, 0.4, 1.0, 1.0]), (2, [1.0, 0.4, 0.4, 1.0, 0.4])]
)
def test_a_meeting_moves_its_members_and_has_less_effect_on_those_who_only_observe(
    members: int, effect: list[float]
) -> None:
    """Five are heard, in the order D, D3, D2, S, X; effect is lost by the fifth member (a tenth), not by observers.

    Everybody goes half of .8 of the way from y to P = .5, times the effect; members give 1 h, observers none.
    """
    w = office("meeting", openness=0.8, pace=0.5)
    w.rules[0].meeting_size_effect, w.rules[0].observer_effect = 0.1, 0.4
    w = run(w, "meeting", members=members, mandate=1.0)  # the leader wants what the whole needs, .5
    assert w.briefs[0].proposal == 0.5
    expected = [y + 0.4 * phi * (0.5 - y) for y, phi in zip(SPOKEN, effect, strict=True)]
    assert w.parties.stance.tolist() == pytest.approx(expected, **EXACT)
    places = [1, 3, 5, 2, 4]
    assert [w.actors[u].attended for u in cast(w)] == [float(place <= members) for place in places]


@pytest.mark.parametrize(("members", "held", "numbers"), [(2, 1, [0, 1]), (3, 4, [0, 1, 2])])
def test_a_meeting_waits_for_its_members_and_not_for_those_who_only_observe(
    members: int, held: int, numbers: list[int]
) -> None:
    """X, the third heard, is engaged t0-t3: as an observer it misses the meeting of t1, as a member it is waited
    for."""
    w = office("meeting")
    d, d2, x = cast(w)[:3]
    engage(w, x, range(4))
    matter = {"arrival": 0, "actors": [d, d2, x], "work": [0.0] * 3, "ideal": SPOKEN[:3]}
    plan = {"effort": 10.0, "investigation": 0.0, "rounds": 1, "members": members}
    w = engine.simulate(with_matters(w, matter), strategy(mode="meeting", **plan), events=100)
    assert [event.tick for event in events_of(w, "round")] == [held]
    assert reached(w) == numbers
