"""Work under way, by hand: how often it is looked at, by whom, what those behind get, and what was prepared before.

``small_office``: coordinators 2 h a tick, leaders 1 h, units 2 h; ties stand at .7, the mean of .8 and .6.
A leader decides .5 at t0 and work begins there.
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

from sim import engine, measures, world
from sim.procedure import Procedure
from sim.world import World

EXACT = {"rel": 0.0, "abs": 1e-9}
CONSULT = {"name": "consult", "type": "consult"}
DECIDE = {"name": "decide", "type": "decide", "hours": 0.5}
WORK = {"name": "carry_out", "type": "execute"}
LOOK = {"name": "supervise", "type": "follow_up", "alongside": "carry_out", "hours": 0.5, "every": 4}


def office(*procedures: Procedure, coordinators: int = 1, **rules: float) -> World:
    w = with_procedures(
        small_office({"organisation.coordinators": coordinators}), *(procedures or (procedure_of(DECIDE, WORK, LOOK),))
    )
    bare_mode(w, "talks")
    for name, value in rules.items():
        w.rules[0][name] = value
    return w


def run(w: World, *matters: dict[str, object], **plan: float) -> World:
    plan = {"effort": 4.0, "investigation": 0.0, "rounds": 1, "explanation": 0.0, "before": 0.0, **plan}
    return engine.simulate(with_matters(w, *matters), strategy(mode="talks", **plan), events=300)


def long_work(w: World, **fields: object) -> dict[str, object]:
    """A matter of D's for which D2 has more work than it can do."""
    return {"arrival": 0, "actors": who(w, world.DEPARTMENT)[:2], "work": [0.0, 100.0], **fields}


@pytest.mark.parametrize(
    ("oversight", "ticks"),
    [
        (1.0, list(range(5, 30, 4))),
        (2.0, list(range(3, 30, 2))),
        (0.5, [9, 17, 25]),
        (0.0, []),
        (9.0, list(range(2, 30))),
    ],
)
def test_work_is_looked_at_as_often_as_its_procedure_says_times_how_close_the_oversight_is(
    oversight: float, ticks: list[int]
) -> None:
    """Every 4 ticks, from t0: due at the end of t4, done at t5, and so on; half or twice that, never, or every tick."""
    w = office()
    w = run(w, long_work(w), oversight=oversight)
    assert [int(event.tick) for event in events_of(w, "looked")] == ticks
    assert w.matters[0].host_hours == 0.5 * len(ticks)


@pytest.mark.parametrize(
    ("coordinators", "inspectors", "ident", "looks"),
    [(2, 0, 0, 0), (2, 1, 0, 1), (2, 2, 5, 1), (3, 2, 0, 2), (3, 2, 1, 1), (1, 1, 3, 0)],
)  # fmt: skip
def test_inspectors_where_there_are_any_look_at_work_in_turn_and_coordinate_nothing(
    coordinators: int, inspectors: int, ident: int, looks: int
) -> None:
    """The first coordinator prepares the talks, 1 h; the last do the looking, .5 h each time: from the last upwards by
    the matter's ident; one has to coordinate, and an office of one looks itself.
    """
    w = office(procedure_of(CONSULT, DECIDE, WORK, LOOK), coordinators=coordinators)
    w = run(w, long_work(w, ident=ident), inspectors=inspectors, before=1.0)
    director = int(w.organs[0].director)
    assert {int(event.who) - director for event in events_of(w, "looked")} == {looks}
    assert {int(event.who) - director for event in events_of(w, "round")} == {0}
    spent = [0.0] * coordinators
    spent[0] += 1.0
    spent[looks] += 0.5 * len(events_of(w, "looked"))
    assert w.actors.coordinated[director : director + coordinators].tolist() == spent


def test_an_inspector_takes_nothing_from_the_pool_though_all_others_are_away() -> None:
    """The one who coordinates is away t0-t3 and prepares the talks at t4; without an inspector the other does at t0."""
    for inspectors, held in ((1, 5), (0, 1)):
        w = office(procedure_of(CONSULT, DECIDE, WORK, LOOK), coordinators=2)
        engage(w, int(w.organs[0].director), range(4), away=True)
        w = run(w, long_work(w), inspectors=inspectors, before=1.0)
        assert [int(event.tick) for event in events_of(w, "round")] == [held]


@pytest.mark.parametrize(("guidance", "bias", "hours"), [(0.0, 0.2, 0.0), (1.0, 0.1, 0.5), (0.5, 0.15, 0.25)])
def test_those_who_lag_and_are_guided_understand_better_what_they_do(
    guidance: float, bias: float, hours: float
) -> None:
    """D2 is looked at once, at t21, lags, and is urged: briefed with that care, it loses up to half of its .2.

    D has nothing left to do and is not briefed.
    """
    w = office(procedure_of(DECIDE, WORK, {**LOOK, "every": 20}), briefing_effect=0.5, briefing_hours=0.5)
    w = run(w, long_work(w, deadline=20, bias=[0.2, 0.2]), guidance=guidance)
    assert [int(event.tick) for event in events_of(w, "urged")] == [21]
    assert w.parties.bias.tolist() == pytest.approx([0.2, bias], **EXACT)
    assert w.parties[1].stance == pytest.approx(0.5 + bias, **EXACT)
    assert w.actors[w.parties[1].actor].attended == pytest.approx(hours, **EXACT)


def helped(w: World, *others: dict[str, object], helpers: int = 1) -> World:
    """D3 leads, D2 has 100 h and is looked at once, at t21, when it has done 42 h: 58 h left."""
    d2, d3 = who(w, world.DEPARTMENT)[1:]
    matter = {"arrival": 0, "actors": [d3, d2], "work": [10.0, 100.0], "deadline": 20}
    return run(w, matter, *others, helpers=helpers)


def test_the_named_helper_of_a_unit_that_lags_takes_over_half_of_what_is_left_as_far_as_they_stand_well() -> None:
    """D2's first partner is D, which has nothing to do: ½ x 58 x .7 = 20.3 h, 2 h of them in each tick from t21 on."""
    w = office(procedure_of(DECIDE, WORK, {**LOOK, "every": 20}))
    w = helped(w)
    d, d2, d3 = who(w, world.DEPARTMENT)
    (event,) = events_of(w, "helped")
    assert (event.tick, event.who, event.whom) == (21, d, d2)
    assert w.parties.helped.tolist() == pytest.approx([0.0, 20.3], **EXACT)
    assert w.parties[1].done + w.parties[1].left + w.parties[1].helped == pytest.approx(100.0, **EXACT)
    assert w.actors[d].attended + w.actors[d].debt == pytest.approx(20.3, **EXACT)
    assert (w.actors[d].attended, w.actors[d3].attended) == (18.0, 0.0)  # t21-t29
    done = (60.0 + 20.3) / 110.0  # 30 ticks of D2's; D3's turn has not come
    assert float(measures.assess(w)[measures.NAMES.index("implementation")]) == pytest.approx(done, **EXACT)


def test_only_a_department_or_a_subordinate_unit_is_named_a_helper() -> None:
    """D's partners are a superior body, D2, D3 and others, by row: its helper is D2."""
    w = office(procedure_of(DECIDE, WORK, {**LOOK, "every": 20}))
    d, d2, d3 = who(w, world.DEPARTMENT)
    first = int(w.actors[d].partner_first)
    assert w.partners.actor[first : first + 3].tolist() == [who(w, world.SUPERIOR)[0], d2, d3]
    w = run(w, {"arrival": 0, "actors": [d3, d], "work": [0.0, 100.0], "deadline": 20}, helpers=1)
    assert [(event.who, event.whom) for event in events_of(w, "helped")] == [(d2, d)]


def test_a_helper_that_has_work_of_its_own_lends_no_hand_and_none_is_lent_where_none_is_named() -> None:
    procedures = (procedure_of(DECIDE, WORK, {**LOOK, "every": 20}), procedure_of(WORK))
    w = office(*procedures)
    d, _, d3 = who(w, world.DEPARTMENT)
    own = {"arrival": 0, "arose": 0.5, "actors": [d3, d], "work": [0.0, 100.0], "procedure": 1}
    for world_after in (helped(w, own), helped(w, helpers=0)):
        assert len(events_of(world_after, "urged")) == 1
        assert events_of(world_after, "helped") == []
        assert world_after.parties.helped.sum() == 0.0


def planned(
    w: World, *, arrival: int = 5, domain: int = 1, urgency: float = 0.0, planning: float = 0.5, **fields: object
) -> World:
    """D2, at home in domain 1, has 20 h for a matter of D's that arises then; the standing rule there is .3."""
    w.force.superior[0, 1] = 0.3
    matter = {
        "arrival": arrival,
        "domain": domain,
        "urgency": urgency,
        "actors": who(w, world.DEPARTMENT)[:2],
        "work": [0.0, 20.0],
    }
    return run(w, {**matter, **fields}, planning=planning)


def test_idle_hours_are_used_to_prepare_what_a_domain_regularly_brings_and_are_of_use_as_far_as_it_fits() -> None:
    """Idle for 5 ticks of 2 h, half of them planned with: 5 h; .5 is decided where .3 was the rule: 4 h of use, 1 lost.

    16 h are left: t5-t12.  (t5: decided, and D2's turn in the same tick.)
    """
    w = planned(office(procedure_of(DECIDE, WORK)))
    p = w.parties[1]
    assert (p.ahead, p.friction, p.done) == pytest.approx((4.0, 1.0, 16.0), **EXACT)
    assert w.actors[p.actor].worked == pytest.approx(21.0, **EXACT)
    assert w.matters[0].closed == 12


@pytest.mark.parametrize(
    ("given", "hours"),
    [
        ({"planning": 1.0}, 10.0), ({"planning": 1.0, "arrival": 20}, 12.0),
        ({"planning": 1.0, "arrival": 20, "work": [0.0, 3.0]}, 3.0),
        ({"planning": 0.0}, 0.0), ({"urgency": 0.5}, 5.0), ({"urgency": 0.51}, 0.0), ({"domain": 2}, 0.0),
        ({"procedure": 1}, 0.0), ({"arrival": 0}, 0.0),
    ],
)  # fmt: skip
def test_only_regular_work_of_a_units_own_domain_is_prepared_and_no_more_than_can_be(
    given: dict[str, object], hours: float
) -> None:
    """At most 12 h, and no more than there is to do; not what presses, nor what another domain brings."""
    w = planned(office(procedure_of(DECIDE, WORK), procedure_of(DECIDE, WORK, preempts=True), plan_ahead=12.0), **given)
    assert w.parties[1].ahead + w.parties[1].friction == pytest.approx(hours, **EXACT)
    assert w.parties[1].ahead == pytest.approx(0.8 * hours, **EXACT)


def test_a_unit_counts_its_idle_hours_once_and_has_none_while_it_works() -> None:
    """Three matters for D2, all prepared as far as idle hours go (planning 1).

    t2  the first: idle t0, t1, 4 h, .8 of use: 3.2 of 5.2 h; D2 does the other 2 h at t2 and is at rest from t3 on
    t4  the second: idle t3, 2 h: 1.6 of 9.6 h; 8 h are left, t4-t7.  The third, of t5, finds D2 at work: nothing
    """
    w = office(procedure_of(DECIDE, WORK))
    w.force.superior[0, 1] = 0.3
    pair = {"domain": 1, "actors": who(w, world.DEPARTMENT)[:2]}
    rows = [{"arrival": t, "work": [0.0, hours], **pair} for t, hours in ((2, 5.2), (4, 9.6), (5, 9.0))]
    w = run(w, *rows, planning=1.0)
    assert w.parties.ahead[1::2].tolist() == pytest.approx([3.2, 1.6, 0.0], **EXACT)
    assert w.matters.closed.tolist()[:2] == [2, 7]


def test_hours_spent_on_preparing_a_matter_are_not_there_for_the_next() -> None:
    """The standing rule is what is decided: 4 h of the first matter, of t2, are prepared in the 2 idle ticks before.

    D2 has nothing left to do and stays at rest; the second, of t4, finds the 4 h since t2.
    """
    w = office(procedure_of(DECIDE, WORK))
    pair = {"domain": 1, "actors": who(w, world.DEPARTMENT)[:2]}
    rows = [{"arrival": t, "work": [0.0, hours], **pair} for t, hours in ((2, 4.0), (4, 10.0))]
    w = run(w, *rows, planning=1.0)
    assert w.parties.ahead[1::2].tolist() == pytest.approx([4.0, 4.0], **EXACT)
