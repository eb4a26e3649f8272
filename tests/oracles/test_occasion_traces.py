"""What takes place at its time, or does not, followed by hand: papers that go round, meetings, looks, what presses.

``small_office``: coordinator C 2 h a tick, leaders 1 h, units 2 h.  In a tick occasions come first, then C, leaders,
units, and last what is looked at while it is carried out.
"""

import pytest
from builders import engage, procedure_of, small_office, strategy, told, who, with_matters, with_procedures

from sim import engine, world
from sim.procedure import Procedure
from sim.vocabulary import EVENT_NAMES
from sim.world import World

EXACT = {"rel": 0.0, "abs": 1e-9}
FILE = {"name": "file", "type": "review", "hours": 1.0}
DECIDE = {"name": "decide", "type": "decide", "hours": 0.5}


def office(*procedures: Procedure, **values: float) -> World:
    """The small office with these procedures; values by the name of a rule."""
    return with_procedures(small_office({f"rules.{name}": value for name, value in values.items()}), *procedures)


def run(w: World, *matters: dict[str, object], **plan: float) -> World:
    return engine.simulate(with_matters(w, *matters), strategy(explanation=0.0, **plan), events=300)


def spoken_of(w: World, what: str, m: int = 0) -> list[tuple[int, int, float]]:
    """Tick, whom it concerns and value of every event of a kind in a matter's journal."""
    kept = [e for e in w.events[: w.totals[0].events] if e.matter == m and EVENT_NAMES[e.what] == what]
    return [(int(e.tick), int(e.who if e.who >= 0 else e.whom), float(e.value)) for e in kept]


def test_a_paper_goes_round_the_leaders_who_are_there_first_and_whoever_keeps_it_is_pressed() -> None:
    """It starts at t1.  The principal is away t1-t7, the first leader in charge engaged t1-t5; pressed after 2 ticks.

    t3  the first in charge has had it for 2 ticks and is pressed; then the second (4), the other leader (5), and last
        the principal, from 6 on, who comes back at t8: 2 ticks, not pressed; back at t9
    t9  C 1 h and 0.1 h for the pressing
    The semi-retired leader does not get it.  Each reader owes 0.25 h.
    """
    read = {"name": "read", "type": "circulate", "who": "leaders", "hours": 0.25, "wait": 1, "every": 2}
    w = office(procedure_of(read, FILE), press_hours=0.1)
    principal, first, second = (who(w, world.LEADER, world.PRINCIPAL) + who(w, world.LEADER, world.IN_CHARGE))[:3]
    other, d = who(w, world.LEADER, world.OTHER_LEADER)[0], who(w, world.DEPARTMENT)[0]
    engage(w, principal, range(1, 8), away=True)
    engage(w, first, range(1, 6))
    w = run(w, {"arrival": 0, "actors": [d], "work": [0.0]})
    m = w.matters[0]
    readers = [(u, tick) for tick, u, _ in spoken_of(w, "read")]
    assert readers == [(first, 3), (second, 4), (other, 5), (principal, 8)]
    assert [u for _, u, _ in spoken_of(w, "urged")] == [first]
    assert (m.closed, w.totals[0].urged) == (9, 1)
    assert (m.host_hours, m.leader_hours, w.actors.attended.sum(), w.actors.debt.sum()) == pytest.approx(
        (1.1, 1.0, 1.0, 0.0), **EXACT
    )


@pytest.mark.parametrize(
    ("plan", "ticks", "pressed"),
    [
        ({"expediting": 0}, {"first": 6, "second": 7, "other": 8, "principal": 9}, []),
        ({"reading_order": 0}, {"principal": 3, "first": 6, "second": 7, "other": 8}, ["principal"]),
        (
            {"reading_order": 0, "expediting": 0},
            {"principal": 8, "first": 9, "second": 10, "other": 11}, [],
        ),
    ],
)  # fmt: skip
def test_a_paper_waits_for_readers_whom_nobody_presses_and_for_one_who_is_away_where_the_roll_is_kept_to(
    plan: dict[str, float], ticks: dict[str, int], pressed: list[str]
) -> None:
    """As above.  Nobody pressed: the first in charge reads it when free, t6, and the principal, last, is back by t9.

    By the roll: the principal has it from t1 on, back at t8 or pressed at t3; the first in charge from then on, free at
    t6 or later.
    """
    read = {"name": "read", "type": "circulate", "who": "leaders", "hours": 0.25, "wait": 1, "every": 2}
    w = office(procedure_of(read, FILE), press_hours=0.1)
    leaders = who(w, world.LEADER, world.PRINCIPAL) + who(w, world.LEADER, world.IN_CHARGE)[:2]
    leaders += who(w, world.LEADER, world.OTHER_LEADER)
    people = dict(zip(("principal", "first", "second", "other"), leaders, strict=True))
    engage(w, people["principal"], range(1, 8), away=True)
    engage(w, people["first"], range(1, 6))
    w = run(w, {"arrival": 0, "actors": who(w, world.DEPARTMENT)[:1], "work": [0.0]}, **plan)
    assert [(u, tick) for tick, u, _ in spoken_of(w, "read")] == [(people[name], t) for name, t in ticks.items()]
    assert [u for _, u, _ in spoken_of(w, "urged")] == [people[name] for name in pressed]
    assert w.matters[0].closed == max(ticks.values()) + 1
    assert w.matters[0].host_hours == pytest.approx(1.0 + 0.1 * len(pressed), **EXACT)


def test_a_paper_for_the_parties_is_back_when_the_last_of_them_has_read_it() -> None:
    """Side by side from t0: D at once, D2, engaged t0-t3, at t4; back at t4, where C files it."""
    w = office(procedure_of({"name": "send", "type": "circulate", "who": "parties", "hours": 0.5}, FILE))
    d, d2, _ = who(w, world.DEPARTMENT)
    engage(w, d2, range(4))
    w = run(w, {"arrival": 0, "actors": [d, d2], "work": [0.0, 0.0]})
    assert [(u, tick) for tick, u, _ in spoken_of(w, "read")] == [(d, 0), (d2, 4)]
    assert (w.matters[0].closed, w.matters[0].party_hours, w.totals[0].urged) == (4, 1.0, 0)
    assert (w.actors[d].attended, w.actors[d2].attended) == (0.5, 0.5)


HOLD = {"name": "hold", "type": "schedule", "who": "parties", "hours": 1.5, "wait": 2}


def test_a_meeting_waits_for_a_slot_common_to_all_and_marks_it() -> None:
    """Earliest t2; D2 is engaged t0-t4, the leader t5: t6."""
    w = office(procedure_of(HOLD))
    d, d2, _ = who(w, world.DEPARTMENT)
    engage(w, d2, range(5))
    engage(w, w.actors[d].portfolio, [5])
    w = run(w, {"arrival": 0, "actors": [d, d2], "work": [0.0, 0.0]})
    m = w.matters[0]
    assert told(w) == ["0 arises", "0 enters 0", "0 booked", "6 attended", "6 closed"]
    assert (m.party_hours, m.leader_hours, w.actors[m.leader].attended) == (3.0, 1.5, 1.5)
    assert all(w.calendar[u, 0] >> 6 & 1 for u in (d, d2, m.leader))


def test_a_meeting_without_a_common_slot_takes_place_at_the_end_of_the_window_without_those_engaged() -> None:
    """From t2, within 3 ticks, D2 is never free: t5, and only D gives its hours."""
    w = office(procedure_of(HOLD), slot_window=3.0)
    d, d2, _ = who(w, world.DEPARTMENT)
    engage(w, d2, range(2, 9))
    w = run(w, {"arrival": 0, "actors": [d, d2], "work": [0.0, 0.0]})
    assert w.matters[0].closed == 5
    assert (w.matters[0].party_hours, w.actors[d2].attended, w.actors[d].attended) == (1.5, 0.0, 1.5)
    assert [value for _, _, value in spoken_of(w, "attended")] == [2.0]  # the leader and D


def test_who_comes_to_an_arranged_meeting_from_outside_the_house_spends_hours_on_the_way() -> None:
    """D and S give 1.5 h each, and S, from a subordinate unit, three quarters of an hour besides."""
    w = office(procedure_of(HOLD), travel_hours=0.75)
    d, s = who(w, world.DEPARTMENT)[0], who(w, world.SUBORDINATE)[0]
    w = run(w, {"arrival": 0, "actors": [d, s], "work": [0.0, 0.0]})
    assert (w.actors[d].attended, w.actors[s].attended, w.matters[0].party_hours) == (1.5, 2.25, 3.75)


def test_a_meeting_is_put_off_when_something_pressing_keeps_its_leader() -> None:
    """The meeting is for t2.  At t1 an emergency comes to its leader, who needs 2.5 h: t1, t2, half of t3.

    t2  the leader does not come: arranged anew, for t4; then it takes place
    """
    w = office(procedure_of(HOLD), procedure_of({**DECIDE, "hours": 2.5}, preempts=True))
    d = who(w, world.DEPARTMENT)[0]
    meeting = {"arrival": 0, "actors": [d], "work": [0.0]}
    w = run(w, meeting, {"arrival": 1, "actors": [d], "work": [0.0], "procedure": 1})
    assert told(w) == [
        "0 arises", "0 enters 0", "0 booked", "2 postponed", "2 enters 0", "2 booked", "4 attended", "4 closed",
    ]  # fmt: skip
    assert (w.matters[1].closed, w.matters[0].returns, w.matters[0].visits) == (3, 0, 1)


def test_an_ordinary_case_does_not_keep_a_leader_from_a_meeting() -> None:
    """As above, but what comes to the leader at t1 presses nobody: the meeting takes place at t2, its day.

    The leader has 1 h for the case at t1, none while attending, at t2, and the rest at t3 and t4.
    """
    w = office(procedure_of(HOLD), procedure_of({**DECIDE, "hours": 2.5}))
    d = who(w, world.DEPARTMENT)[0]
    meeting = {"arrival": 0, "actors": [d], "work": [0.0]}
    w = run(w, meeting, {"arrival": 1, "actors": [d], "work": [0.0], "procedure": 1})
    assert w.matters.closed.tolist() == [2, 4]


def test_of_two_semi_retired_leaders_the_first_attends_a_public_occasion() -> None:
    w = with_procedures(small_office({"organisation.semi_retired": 2}), procedure_of({**HOLD, "who": "chosen"}))
    d = who(w, world.DEPARTMENT)[0]
    w = run(w, {"arrival": 0, "actors": [d], "work": [0.0], "occasion": world.PUBLIC_OCCASION})
    assert w.matters[0].leader == who(w, world.LEADER, world.SEMI_RETIRED)[0]


@pytest.mark.parametrize(
    ("occasion", "engaged", "goes"),
    [
        (world.ORDINARY_OCCASION, (), "charge"), (world.PUBLIC_OCCASION, (), "semi_retired"),
        (world.PUBLIC_OCCASION, ("semi_retired",), "other"),
        (world.PUBLIC_OCCASION, ("semi_retired", "other"), "charge"),
        (world.VISITOR, (), "principal"), (world.VISITOR, ("principal",), "charge"),
        (world.COMMEMORATION, (), "principal"), (world.COMMEMORATION, ("principal",), "other"),
        (world.COMMEMORATION, ("principal", "other"), "charge"), (world.PROFESSIONAL_MEETING, (), "charge"),
        (world.OUTSTANDING_ACTIVITY, (), "other"), (world.OUTSTANDING_ACTIVITY, ("other",), "charge"),
    ],
)  # fmt: skip
def test_who_attends_follows_the_rule_for_the_occasion(occasion: int, engaged: tuple[str, ...], goes: str) -> None:
    """On the day, t2, or the leader in charge when free again, for whom the day moves."""
    w = office(procedure_of({**HOLD, "who": "chosen"}))
    d = who(w, world.DEPARTMENT)[0]
    people = {name: who(w, world.LEADER, world.POSTS.index(name))[0] for name in ("semi_retired", "other", "principal")}
    people["charge"] = int(w.actors[d].portfolio)
    for name in engaged:
        engage(w, people[name], range(1, 5))
    w = run(w, {"arrival": 0, "actors": [d], "work": [0.0], "occasion": occasion})
    assert (w.matters[0].leader, w.matters[0].closed) == (people[goes], 2)
    assert (w.matters[0].party_hours, w.matters[0].leader_hours) == (0.0, 1.5)


WORK = {"name": "carry_out", "type": "execute"}
LOOK = {"name": "supervise", "type": "follow_up", "alongside": "carry_out", "hours": 0.5, "every": 2}


def test_work_that_lags_is_urged_on_and_a_unit_that_means_something_else_is_corrected() -> None:
    """D has 1 h, D2 12 h; D2 would have .9 where .5 was decided; due at t4.

    t0  L decides; D2 2 h.  t1, t2 2 h each; at the end of t2 a look is due
    t3  C 0.5 h.  D2 is .4 off: to .7, and L owes 0.25 h for it, given at once.  6 of 13 h are done, 3 of 4 ticks gone:
        .75 - .46 > .25, urged.  D2 2 h
    t4  D2 2 h; a look is due.  t5 C 0.5 h: .2 off is left alone; 10 of 13 h, 5 of 4 ticks: urged.  D2 the last 2 h
    t6  D 1 h: closed
    """
    rules = {
        "breach_tolerance": 0.3, "correction": 0.5, "correction_hours": 0.25, "lag_tolerance": 0.25, "urging": 10.0,
    }  # fmt: skip
    w = office(procedure_of(DECIDE, WORK, LOOK), **rules)
    d, d2, _ = who(w, world.DEPARTMENT)
    w = run(w, {"arrival": 0, "actors": [d, d2], "work": [1.0, 12.0], "ideal": [0.5, 0.9], "deadline": 4})
    m = w.matters[0]
    assert told(w) == [
        "0 arises", "0 enters 0", "0 reported", "0 decided", "0 enters 1", "0 begins", "3 corrected", "3 urged",
        "5 urged", "5 done", "6 done", "6 closed",
    ]  # fmt: skip
    assert (w.totals[0].urged, w.totals[0].corrected, m.place) == (2, 1, -20.0)
    assert w.parties[1].stance == pytest.approx(0.7, **EXACT)
    assert (m.host_hours, m.leader_hours) == pytest.approx((1.0, 0.75), **EXACT)
    assert (w.actors[m.leader].attended, w.actors[m.leader].debt) == (0.25, 0.0)
    fair = 0.8 * (1.0 - 0.1 * 0.4 / 0.52) * 0.9 * (1.0 - 0.1 * 0.08 / 0.32)  # imposed, corrected, closed
    assert w.ties[w.actors[d2].office_tie].work == pytest.approx(fair, **EXACT)


def test_work_that_keeps_pace_and_is_meant_is_left_alone() -> None:
    """As above, due at t5 and meant: 3/5 - 6/13 at t3 and 1 - 10/13 at t5 are within the tolerance of .25."""
    w = office(procedure_of(DECIDE, WORK, LOOK), lag_tolerance=0.25)
    d, d2, _ = who(w, world.DEPARTMENT)
    w = run(w, {"arrival": 0, "actors": [d, d2], "work": [1.0, 12.0], "deadline": 5})
    assert [line for line in told(w) if line[2:] in ("looked", "urged", "corrected")] == ["3 looked", "5 looked"]
    assert (w.totals[0].urged, w.totals[0].corrected, w.matters[0].place) == (0, 0, 0.0)


def test_what_is_urged_on_goes_before_what_has_waited_longer() -> None:
    """D2 has 8 h of work for each of two matters of the same tick, the older due some day, the other at t3.

    Up to t2 D2 works on the older, 2 h a tick; the other is looked at at t3 and urged; D2 has done its 8 h by t6, and
    the rest of the older at t7.
    """
    w = office(procedure_of(WORK, LOOK), procedure_of(WORK), lag_tolerance=0.25, urging=10.0)
    d, d2, d3 = who(w, world.DEPARTMENT)
    older = {"arrival": 0, "actors": [d3, d2], "work": [0.0, 8.0], "procedure": 1}
    w = run(w, older, {"arrival": 0, "arose": 0.5, "actors": [d, d2], "work": [0.0, 8.0], "deadline": 3})
    assert next(tick for tick, _, _ in spoken_of(w, "urged", 1)) == 3
    assert (w.matters[1].closed, w.matters[0].closed) == (6, 7)


def test_an_inspection_looks_at_what_its_unit_has_in_hand_and_urges_that() -> None:
    """D leads the inspection and has 20 h to do for a matter of D2's, due at t4: urged at both looks, t3 and t5."""
    w = office(procedure_of(WORK, LOOK, content="follow_up"), procedure_of(WORK), lag_tolerance=0.25, urging=10.0)
    d, d2, d3 = who(w, world.DEPARTMENT)
    inspected = {"arrival": 0, "actors": [d2, d], "work": [0.0, 20.0], "procedure": 1, "deadline": 4}
    w = run(w, inspected, {"arrival": 0, "arose": 0.5, "actors": [d, d3], "work": [0.0, 12.0]})
    assert [tick for tick, _, _ in spoken_of(w, "urged", 0)] == [3, 5]
    assert spoken_of(w, "urged", 1) == []
