"""How an adaptive strategy chooses time and mode, by hand: every reason by itself.

``small_office``; departments D (lead), D2, D3, subordinate unit S, peer P, the public X.  Parties count as agreed up to
.12; two of them say .3 and .7: the mean, .5, is .2 off.
"""

import pytest
from builders import events_of, procedure_of, small_office, strategy, who, with_matters, with_procedures

from sim import engine, world
from sim.rules.labelling import COGNITION
from sim.vocabulary import (
    APART,
    CHANGING,
    DIVIDED_PARTIES,
    LINGERING,
    MANY,
    MISUNDERSTOOD,
    PRESSED,
    PRESSING,
    SLIGHT,
)
from sim.world import World

EXACT = {"rel": 0.0, "abs": 1e-9}
MODES = list(world.FINDS_TIME)
FILE = {"name": "file", "type": "review", "hours": 1.0}
URGENT = {"preempts": True}
BEFORE, DURING, AFTER = range(3)


def office(**fields: object) -> World:
    return with_procedures(small_office({}), procedure_of(FILE, **fields))


def cast(w: World, names: str) -> list[int]:
    roles = {"S": world.SUBORDINATE, "P": world.PEER, "X": world.PUBLIC, "A": world.SUPERIOR}
    departments = iter(who(w, world.DEPARTMENT))
    return [next(departments) if name == "D" else who(w, roles[name])[0] for name in names]


def run(w: World, matter: dict[str, object], **plan: float) -> World:
    return engine.simulate(with_matters(w, {"arrival": 0, **matter}), strategy(effort=4.0, **plan), events=100)


@pytest.mark.parametrize(
    ("names", "apart", "fields", "traits", "why", "mode"),
    [
        ("DD", 0.1, {}, 0, SLIGHT, "countersign"), ("DD", 0.1, URGENT, COGNITION, SLIGHT, "countersign"),
        ("DD", 0.2, URGENT, 0, PRESSED, "directive"), ("DDDS", 0.2, URGENT, 0, PRESSED, "directive"),
        ("DX", 0.2, URGENT, 0, APART, "onsite"), ("DA", 0.2, URGENT, COGNITION, MISUNDERSTOOD, "talks"),
        ("DDXS", 0.2, URGENT, 0, MANY, "meeting"), ("DDDS", 0.2, {}, 0, MANY, "meeting"),
        ("DDDS", 0.2, {}, COGNITION, MANY, "meeting"), ("DDD", 0.2, {}, COGNITION, MISUNDERSTOOD, "talks"),
        ("DD", 0.2, {}, COGNITION, MISUNDERSTOOD, "talks"), ("DDD", 0.2, {}, 0, APART, "onsite"),
    ],
)  # fmt: skip
def test_the_mode_is_chosen_for_the_first_reason_that_holds(
    names: str, apart: float, fields: dict[str, object], traits: int, why: int, mode: str
) -> None:
    """Hardly divided; pressing, and all heard are bound by a directive; more than three heard; of cognition; else.

    The first two parties lie so far on either side of .5; what further ones there are have weight 0.001.
    """
    w = office(**fields)
    count = len(names)
    matter = {
        "actors": cast(w, names), "work": [0.0] * count, "traits": traits, "weight": [1.0, 1.0, *[1e-3] * (count - 2)],
        "ideal": [0.5 - apart, 0.5 + apart, *[0.5] * (count - 2)],
    }  # fmt: skip
    w = run(w, matter, adaptive_mode=1)
    (event,) = events_of(w, "moded")
    assert (int(event.value), MODES[int(event.whom)], MODES[w.matters[0].mode]) == (why, mode, mode)


@pytest.mark.parametrize(
    ("hearing", "participation", "fields", "mode"),
    [
        (1.0, 1.0, URGENT, "meeting"), (1.0, 0.0, URGENT, "directive"), (0.6, 0.0, URGENT, "directive"),
        (1.0, 1.0, {}, "meeting"), (1.0, 0.0, {}, "onsite"), (0.6, 1.0, {}, "onsite"),
    ],
)  # fmt: skip
def test_those_who_are_not_heard_do_not_count_for_the_mode(
    hearing: float, participation: float, fields: dict[str, object], mode: str
) -> None:
    """A matter of D, D2, D3 and X: without the public three are heard, all under one command."""
    w = office(**fields)
    ideal, weight = [0.3, 0.7, 0.5, 0.5], [1.0, 1.0, 1e-3, 1e-3]
    matter = {"actors": cast(w, "DDDX"), "work": [0.0] * 4, "ideal": ideal, "weight": weight}
    w = run(w, matter, adaptive_mode=1, hearing=hearing, participation=participation)
    assert MODES[w.matters[0].mode] == mode


def test_a_peer_of_the_same_system_can_be_directed_and_an_unaffiliated_one_cannot() -> None:
    for post, mode in ((world.SAME_SYSTEM, "directive"), (world.UNAFFILIATED, "onsite")):
        w = office(**URGENT)
        w.actors[who(w, world.PEER)[0]].post = post
        w = run(w, {"actors": cast(w, "DP"), "work": [0.0, 0.0], "ideal": [0.3, 0.7]}, adaptive_mode=1)
        assert MODES[w.matters[0].mode] == mode


def test_what_is_between_people_is_talked_over_whatever_the_strategy() -> None:
    for plan in ({"adaptive_mode": 1.0}, {}):
        w = office(people=True)
        w = run(w, {"actors": cast(w, "DD"), "work": [0.0, 0.0], "ideal": [0.5, 0.5]}, **plan)
        assert MODES[w.matters[0].mode] == "talks"


@pytest.mark.parametrize(
    ("fields", "apart", "urgency", "volatility", "weights", "most", "why"),
    [
        ({}, 0.2, 0.0, 0.0, (0.75, 0.0, 0.05), BEFORE, DIVIDED_PARTIES),
        ({}, 0.2, 1.0, 0.0, (0.375, 0.25, 0.05), BEFORE, DIVIDED_PARTIES),
        ({}, 0.0, 1.0, 0.0, (0.125, 0.25, 0.05), DURING, PRESSING),
        ({}, 0.0, 1.0, 0.005, (0.125, 0.45, 0.05), DURING, PRESSING),
        ({}, 0.0, 1.0, 0.01, (0.125, 0.65, 0.05), DURING, CHANGING),
        ({}, 0.2, 0.0, 0.02, (0.75, 0.8, 0.05), DURING, CHANGING),
        (URGENT, 0.2, 0.0, 0.0, (0.1875, 0.0, 0.75), AFTER, LINGERING),
        (URGENT, 0.0, 1.0, 0.02, (0.03125, 1.05, 0.25), DURING, CHANGING),
    ],
)  # fmt: skip
def test_effort_is_shared_out_over_before_during_and_after_by_what_divides_presses_and_changes(
    fields: dict[str, object], apart: float, urgency: float, volatility: float, weights: tuple[float, float, float],
    most: int, why: int,
) -> None:  # fmt: skip
    """Before (.25 + 2.5 d)(1 - ½ urgency), during ¼ urgency + 40 volatility, after .05; what pre-empts: a quarter of
    the first and .25 + 2.5 d after.  Of the 8 h for two parties each gets its share of the sum.
    """
    w = office(**fields)
    matter = {
        "actors": cast(w, "DD"), "work": [0.0, 0.0], "ideal": [0.5 - apart, 0.5 + apart], "urgency": urgency,
        "volatility": volatility,
    }  # fmt: skip
    w = run(w, matter, adaptive_timing=1, contention_weight=2.5, volatility_weight=40.0)
    m = w.matters[0]
    expected = [8.0 * weight / sum(weights) for weight in weights]
    assert [m.left_before, m.left_during, m.left_after] == pytest.approx(expected, **EXACT)
    (event,) = events_of(w, "timed")
    assert (int(event.whom), int(event.value)) == (most, why)


def test_a_strategy_that_is_not_adaptive_keeps_its_shares_and_gives_no_reasons() -> None:
    w = office()
    matter = {"actors": cast(w, "DD"), "work": [0.0, 0.0], "ideal": [0.3, 0.7], "urgency": 1.0}
    w = run(w, matter, before=0.5, during=0.375, after=0.125)
    m = w.matters[0]
    assert [m.left_before, m.left_during, m.left_after] == [4.0, 3.0, 1.0]
    assert events_of(w, "timed") == events_of(w, "moded") == []
