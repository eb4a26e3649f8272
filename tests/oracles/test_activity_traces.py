"""Leaders' activities, by hand: invitations past the office, attending without a rule, the limit, what is forgotten.

``small_office``: coordinator C 2 h a tick, leaders 1 h.  An activity is for t2 at the earliest and takes 1.5 h.
"""

import pytest
from builders import (
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
from sim.draws import INVITE, uniform
from sim.procedure import Procedure
from sim.vocabulary import OCCASION
from sim.world import World

ATTEND = {"name": "attend", "type": "schedule", "who": "chosen", "hours": 1.5, "wait": 2}
FILE = {"name": "file", "type": "review", "hours": 1.0}


def office(*procedures: Procedure, **rules: float) -> World:
    w = with_procedures(small_office({}), *(procedures or (procedure_of(ATTEND),)))
    for name, value in rules.items():
        w.rules[0][name] = value
    return w


def run(w: World, *matters: dict[str, object], **plan: float) -> World:
    return engine.simulate(with_matters(w, *matters), strategy(**plan), events=300)


def invitation(w: World, **fields: object) -> dict[str, object]:
    return {"arrival": 0, "actors": who(w, world.DEPARTMENT)[:1], "work": [0.0], **fields}


def leaders(w: World) -> tuple[int, int]:
    """The principal, and D's leader in charge."""
    return who(w, world.LEADER, world.PRINCIPAL)[0], int(w.actors[who(w, world.DEPARTMENT)[0]].portfolio)


def marked(w: World, u: int) -> list[int]:
    """The ticks entered in a calendar of which nothing else was entered."""
    return [t for t in range(30) if int(w.calendar[u, 0]) >> t & 1]


@pytest.mark.parametrize("engaged", [False, True])
def test_an_invitation_past_the_office_is_for_the_principal_and_may_meet_with_another_engagement(engaged: bool) -> None:
    """An ordinary occasion, for which the rule provides the leader in charge, is promised by the principal for t2.

    What is promised is not entered.  Engaged at t2: a double booking; arranged anew, through the office, for t4, with
    the leader in charge.
    """
    w = office()
    principal, charge = leaders(w)
    if engaged:
        engage(w, principal, [2])
    w = run(w, invitation(w), direct_invitations=1.0)
    m = w.matters[0]
    assert (m.leader, m.closed) == ((charge, 4) if engaged else (principal, 2))
    assert w.totals[0].double_booked == len(events_of(w, "double_booked")) == len(events_of(w, "postponed")) == engaged
    assert float(measures.assess(w)[measures.NAMES.index("double_bookings")]) == 100.0 * engaged
    assert (marked(w, principal), marked(w, charge)) == ([2] * engaged, [4] * engaged)
    assert w.actors.attended[[principal, charge]].tolist() == [1.5 * (not engaged), 1.5 * engaged]


@pytest.mark.parametrize(("more", "charge_goes"), [(0.0, True), (1e-9, False)])
def test_an_invitation_goes_past_the_office_where_its_draw_lies_below_their_share(
    more: float, charge_goes: bool
) -> None:
    w = office()
    share = uniform(w.keys[INVITE], 0, 0, 0) + more
    w = run(w, invitation(w), direct_invitations=share)
    assert w.matters[0].leader == leaders(w)[charge_goes]


@pytest.mark.parametrize(("rule", "importance"), [(1, 0.0), (0, 0.0), (0, 0.9)])
def test_without_a_rule_every_activity_is_the_principals_and_the_leader_in_charge_keeps_company(
    rule: int, importance: float
) -> None:
    """Both give 1.5 h and are entered for t2, unless the principal is in charge; by the rule only the one in charge."""
    w = office()
    principal, charge = leaders(w)
    w = run(w, invitation(w, importance=importance), attendance_rule=rule)
    goes = [charge] if rule else [principal, charge] if importance < 0.8 else [principal]
    assert (w.matters[0].leader, w.matters[0].closed) == (goes[0], 2)
    assert [u for u in (principal, charge) if marked(w, u) == [2]] == sorted(goes)
    assert [u for u in (principal, charge) if w.actors[u].attended == 1.5] == sorted(goes)
    assert w.matters[0].leader_hours == 1.5 * len(goes)
    assert [event.value for event in events_of(w, "attended")] == [len(goes)]


def test_the_day_of_an_activity_without_a_rule_is_the_first_on_which_the_principal_is_free() -> None:
    """The principal is engaged till t4; the companion, engaged at t5, is entered and comes all the same."""
    w = office()
    principal, charge = leaders(w)
    engage(w, principal, range(5))
    engage(w, charge, [5])
    w = run(w, invitation(w), attendance_rule=0)
    assert (w.matters[0].closed, w.actors[charge].attended) == (5, 1.5)


@pytest.mark.parametrize(("cap", "closed"), [(3, [2, 3, 4]), (2, [2, 3, 20]), (1, [2, 20, -1])])
def test_a_fortnight_takes_so_many_activities_and_the_next_the_others(cap: int, closed: list[int]) -> None:
    """Three of t0 for one leader: t2, t3, t4; beyond the limit at t20, when the next fortnight begins.

    The third under a limit of 1 would be for t40, when the run, of 30 ticks, is over.
    """
    w = office()
    w = run(w, *(invitation(w, arose=0.1 * m) for m in range(3)), event_cap=cap)
    assert w.matters.closed.tolist() == closed


@pytest.mark.parametrize(
    ("reminders", "forgetting", "lines"),
    [
        (1, 1.0, ["2 attended"]), (0, 0.0, ["2 attended"]),
        (0, 1.0, ["2 forgotten", "2 postponed", "4 forgotten", "4 closed"]),
    ],
)  # fmt: skip
def test_a_leader_who_is_not_reminded_may_forget_an_activity_which_is_then_arranged_anew(
    reminders: int, forgetting: float, lines: list[str]
) -> None:
    """For t2; then for t4; after that nobody arranges it again."""
    w = office(procedure_of({**ATTEND, "limit": 1, "beyond": "close"}), forgetting=forgetting)
    w = run(w, invitation(w), reminders=reminders)
    assert [line for line in told(w) if line in lines] == lines
    assert len(events_of(w, "attended")) == (len(lines) == 1)


@pytest.mark.parametrize(("rule", "found"), [(1, 1), (0, 0)])
def test_an_invitation_is_held_against_the_rule_only_where_there_is_one(rule: int, found: int) -> None:
    w = office(procedure_of({**FILE, "checks": ("occasion",), "on_failure": "refuse"}))
    w = run(w, invitation(w, flaws=1 << OCCASION), attendance_rule=rule)
    assert len(events_of(w, "refused")) == found
