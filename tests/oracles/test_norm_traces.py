"""Norms of daily service, by hand: order that units learn, forms, and heads who are gone past.

``small_office``: coordinator C 2 h a tick, units 2 h; relations .8 (work) and .6 (trust); a check finds what is wrong.
Every draw lies between 0 and 1, so that a chance of 0 or 1 is certain.
"""

import pytest
from builders import (
    bare_mode,
    engage,
    events_of,
    procedure_of,
    small_office,
    strategy,
    told,
    who,
    with_matters,
    with_procedures,
)

from sim import engine, measures, world
from sim.draws import ORDER, uniform
from sim.procedure import Procedure
from sim.vocabulary import COMPLETE, CONTENT, FORM, SCOPE, TECHNICAL
from sim.world import World

EXACT = {"rel": 0.0, "abs": 1e-9}
SERVICE = 1 << SCOPE | 1 << COMPLETE | 1 << FORM
OTHERS = 1 << CONTENT | 1 << TECHNICAL
DRAFT = {"name": "draft", "type": "review", "who": "lead", "hours": 1.0}
CHECK = {"name": "check", "type": "review", "hours": 1.0, "on_failure": "draft", "limit": 5}
FILE = {"name": "file", "type": "review", "hours": 1.0}
SEND = {"name": "send", "type": "circulate", "who": "parties", "hours": 0.5, "every": 2}


def office(*procedures: Procedure, **rules: float) -> World:
    w = with_procedures(small_office({}), *procedures)
    for name, value in rules.items():
        w.rules[0][name] = value
    return w


def run(
    w: World, *matters: dict[str, object], structure: str = "unified", mode: str = "meeting", **plan: float
) -> World:
    plan = {"effort": 10.0, "investigation": 0.0, "rounds": 1, "explanation": 0.0, **plan}
    return engine.simulate(with_matters(w, *matters), strategy(structure, mode, **plan), events=300)


@pytest.mark.parametrize(("order", "left", "misdirected"), [(1.0, OTHERS, 0), (0.0, OTHERS | SERVICE, 3)])
def test_a_unit_in_order_brings_its_requests_to_the_right_place_and_complete(
    order: float, left: int, misdirected: int
) -> None:
    """Scope, form and completeness go with order; what else is wrong with a paper does not."""
    w = office(procedure_of(FILE))
    d = who(w, world.DEPARTMENT)[0]
    w.actors[d].order = order
    w = run(w, {"arrival": 0, "actors": [d], "work": [0.0], "flaws": SERVICE | OTHERS})
    assert (w.matters[0].flaws, w.totals[0].misdirected) == (left, misdirected)


def test_of_requests_as_many_are_in_order_as_the_unit_has_learnt() -> None:
    """40 of order .5: those whose draw lies below it have lost their flaw."""
    w = office(procedure_of(FILE))
    d = who(w, world.DEPARTMENT)[0]
    w.actors[d].order = 0.5
    rows = [{"arrival": 0, "arose": m / 40, "actors": [d], "work": [0.0], "flaws": 1 << FORM} for m in range(40)]
    w = run(w, *rows)
    kept = [uniform(w.keys[ORDER], m, 0, FORM) >= 0.5 for m in range(40)]
    assert (w.matters.flaws == (1 << FORM)).tolist() == kept
    assert w.totals[0].misdirected == sum(kept)


@pytest.mark.parametrize(
    ("flaws", "enforcement", "order"),
    [
        (1 << FORM, 1.0, [0.5, 0.75]), (1 << SCOPE | 1 << COMPLETE, 1.0, [0.5, 0.75]), (1 << FORM, 0.5, [0.25, 0.4375]),
        (1 << FORM, 0.0, [0.0, 0.0]), (1 << CONTENT, 1.0, [0.0, 0.0]),
    ],
)  # fmt: skip
def test_what_is_sent_back_teaches_its_sender_the_order_of_services_as_firmly_as_it_is_enforced(
    flaws: int, enforcement: float, order: list[float]
) -> None:
    """Nothing is ever mended: sent back once or twice, each time enforcement x .5 of what is missing is learnt."""
    checks = ("form", "scope", "complete", "content")
    for returns, expected in enumerate(order, start=1):
        procedure = procedure_of(DRAFT, {**CHECK, "checks": checks, "limit": returns - 1, "beyond": "close"})
        w = office(procedure, learning=0.5, mending=0.0)
        d, d2, _ = who(w, world.DEPARTMENT)
        w = run(w, {"arrival": 0, "actors": [d, d2], "work": [0.0, 0.0], "flaws": flaws}, enforcement=enforcement)
        assert len(events_of(w, "found")) == returns
        assert (w.actors[d].order, w.actors[d2].order) == pytest.approx((expected, 0.0), **EXACT)


@pytest.mark.parametrize(("enforcement", "share"), [(1.0, 25.0), (0.0, 100.0)])
def test_misdirected_requests_become_fewer_where_order_is_enforced(enforcement: float, share: float) -> None:
    """Four requests in a row, each incomplete; one firm return teaches all there is to learn."""
    w = office(procedure_of({**CHECK, "checks": ("complete",), "on_failure": "close"}), learning=1.0)
    d = who(w, world.DEPARTMENT)[0]
    rows = [{"arrival": 3 * m, "actors": [d], "work": [0.0], "flaws": 1 << COMPLETE} for m in range(4)]
    w = run(w, *rows, enforcement=enforcement)
    assert float(measures.assess(w)[measures.NAMES.index("misdirected")]) == share


@pytest.mark.parametrize(("forms", "stages"), [(1, ["0 enters 0", "0 enters 1"]), (0, ["0 enters 1"])])
def test_a_form_is_checked_where_services_are_asked_for_by_form_and_passed_over_elsewhere(
    forms: int, stages: list[str]
) -> None:
    w = office(procedure_of({**FILE, "name": "form", "when": "by_form"}, FILE))
    w = run(w, {"arrival": 0, "actors": who(w, world.DEPARTMENT)[:1], "work": [0.0]}, forms=forms)
    assert [line for line in told(w) if "enters" in line] == stages
    assert w.matters[0].host_hours == len(stages)


@pytest.mark.parametrize(("bypass", "reached", "work", "trust"), [(0.0, 1, 0.8, 0.6), (1.0, 2, 0.72, 0.54)])
def test_a_meeting_that_goes_past_an_engaged_head_reaches_its_people_and_is_held_against_the_office(
    bypass: float, reached: int, work: float, trust: float
) -> None:
    """D2 is never free, so that there is no common slot within 3 ticks of t1: t4, without D2, or past its head.

    Gone past, D2 hears it and gives its hour; its relation and trust in the office fall by a tenth.
    """
    w = office(procedure_of({"name": "consult", "type": "consult", "on_failure": "close"}), slot_window=3.0)
    bare_mode(w, "meeting", openness=0.8, pace=0.5)
    d, d2, _ = who(w, world.DEPARTMENT)
    engage(w, d2, range(30))
    w = run(
        w, {"arrival": 0, "actors": [d, d2], "work": [0.0, 0.0], "ideal": [0.5, 0.9]}, bypass=bypass, whole_weight=1.0
    )
    assert [event.tick for event in events_of(w, "round")] == [4]
    assert len(events_of(w, "hears")) == len(events_of(w, "bypassed")) + 1 == reached
    assert (w.totals[0].bypassed, w.matters[0].party_hours, w.actors[d2].attended) == (
        reached - 1,
        reached,
        reached - 1,
    )
    assert w.parties[1].stance == pytest.approx(0.9 - 0.5 * 0.8 * 0.4 * (reached - 1), **EXACT)
    tie = w.ties[w.actors[d2].office_tie]
    assert (tie.work, tie.trust) == pytest.approx((work, trust), **EXACT)


@pytest.mark.parametrize(("bypass", "reached"), [(0.0, 1), (1.0, 2)])
def test_a_committee_may_go_past_the_head_of_who_is_away(bypass: float, reached: int) -> None:
    """D2's head is away at the session of t8."""
    w = office(procedure_of({"name": "consult", "type": "consult", "on_failure": "close"}))
    bare_mode(w, "meeting")
    d, d2, _ = who(w, world.DEPARTMENT)
    engage(w, d2, [8], away=True)
    matter = {"arrival": 0, "actors": [d, d2], "work": [0.0, 0.0]}
    w = run(w, matter, structure="committee", bypass=bypass)
    assert [event.tick for event in events_of(w, "round")] == [8]
    assert (len(events_of(w, "hears")), w.totals[0].bypassed) == (reached, reached - 1)


def test_talks_wait_for_nobody_and_go_past_nobody() -> None:
    """Heads who are engaged are reached by talks all the same, and have nothing to hold against anybody."""
    w = office(procedure_of({"name": "consult", "type": "consult", "on_failure": "close"}))
    bare_mode(w, "talks")
    d, d2, _ = who(w, world.DEPARTMENT)
    engage(w, d2, range(30))
    w = run(w, {"arrival": 0, "actors": [d, d2], "work": [0.0, 0.0]}, mode="talks", bypass=1.0)
    assert (len(events_of(w, "hears")), w.totals[0].bypassed) == (2, 0)


@pytest.mark.parametrize(
    ("bypass", "read", "urged", "hours", "work", "trust"), [(0.0, 2, 1, 1.1, 0.8, 0.6), (1.0, 0, 0, 1.0, 0.72, 0.54)]
)
def test_a_paper_sent_past_an_engaged_head_is_back_sooner_and_is_held_against_the_office(
    bypass: float, read: int, urged: int, hours: float, work: float, trust: float
) -> None:
    """D2 is engaged t0-t9: pressed after 2 ticks, .1 h of C's, or not asked at all; its people read it at once.

    D is free and never gone past.  C files it (1 h), at t1 at the earliest.
    """
    w = office(procedure_of(SEND, FILE), press_hours=0.1)
    d, d2, _ = who(w, world.DEPARTMENT)
    engage(w, d2, range(10))
    w = run(w, {"arrival": 0, "actors": [d, d2], "work": [0.0, 0.0]}, bypass=bypass)
    assert (w.matters[0].closed, w.totals[0].urged, w.totals[0].bypassed) == (max(read, 1), urged, bypass)
    assert (w.matters[0].host_hours, w.matters[0].party_hours) == pytest.approx((hours, 1.0), **EXACT)
    ties = w.ties[[w.actors[u].office_tie for u in (d, d2)]]
    assert ties.work.tolist() == pytest.approx([0.8, work], **EXACT)
    assert ties.trust.tolist() == pytest.approx([0.6, trust], **EXACT)
