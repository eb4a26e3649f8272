"""Whose duty a matter is, by hand: what nobody's is, is passed on; naming, delimiting and dividing anew prevent it.

``small_office``: coordinator C 2 h a tick, leaders 1 h, units 2 h, working relations .8.  Every draw lies between 0 and
1: with shirking 1 a unit of departmentalism 1 passes on, and one of 0 does not.  Each time costs 4 ticks.
"""

import pytest
from builders import events_of, procedure_of, small_office, strategy, told, who, with_matters, with_procedures

from sim import engine, measures, world
from sim.draws import DUTY, uniform
from sim.procedure import Procedure
from sim.world import World

EXACT = {"rel": 0.0, "abs": 1e-9}
WORK = {"name": "carry_out", "type": "execute"}
DRAFT = {"name": "draft", "type": "review", "who": "lead", "hours": 2.0}
FILE = {"name": "file", "type": "review", "hours": 1.0}
DECIDE = {"name": "decide", "type": "decide", "hours": 0.5}


def office(*procedures: Procedure, clarity: float = 0.5, shirkers: str = "", **rules: float) -> World:
    """Duties as clear as that; D, D2 and D3 shirk if their number (1, 2, 3) is among the shirkers."""
    w = with_procedures(small_office({}), *(procedures or (procedure_of(WORK),)))
    w.force.clarity = clarity
    for number, u in enumerate(who(w, world.DEPARTMENT), start=1):
        w.actors[u].departmentalism = float(str(number) in shirkers)
    for name, value in {
        "shirking": 1.0,
        "passing": 4.0,
        "delimitation": 0.3,
        "restructuring_hours": 4.0,
        **rules,
    }.items():
        w.rules[0][name] = value
    return w


def run(w: World, *, parties: int = 3, plan: dict[str, float] | None = None, **matter: object) -> World:
    """One matter of D's with D2 and D3, which is as murky as can be unless said otherwise."""
    given = {
        "arrival": 0,
        "actors": who(w, world.DEPARTMENT)[:parties],
        "work": [1.0] * parties,
        "murk": 0.999,
        **matter,
    }
    return engine.simulate(with_matters(w, given), strategy(explanation=0.0, **(plan or {})), events=200)


def begun(w: World) -> list[int]:
    return [int(event.tick) for event in events_of(w, "begins")]


@pytest.mark.parametrize(
    ("murk", "clarity", "parties", "passed"),
    [(0.5, 0.5, 2, 1), (0.4, 0.5, 2, 0), (0.999, 1.0, 2, 0), (0.6, 0.5, 1, 0), (0.0, 0.0, 2, 1)],
)
def test_a_matter_of_several_is_nobodys_plain_duty_where_it_is_murkier_than_duties_are_clear(
    murk: float, clarity: float, parties: int, passed: int
) -> None:
    """D shirks whatever is not plainly its duty."""
    w = run(office(clarity=clarity, shirkers="1"), parties=parties, murk=murk)
    assert w.matters[0].passed_on == passed


@pytest.mark.parametrize(
    ("shirkers", "times", "taker"), [("1", 1, 1), ("12", 2, 2), ("123", 3, -1), ("13", 1, 1), ("23", 0, 0)]
)
def test_a_matter_nobody_owns_is_passed_from_unit_to_unit_until_one_takes_it(
    shirkers: str, times: int, taker: int
) -> None:
    """Each time: 4 ticks and a hand-over; where all pass it on, one more to the office and one back to the lead."""
    w = run(office(shirkers=shirkers))
    d = who(w, world.DEPARTMENT)
    assert begun(w) == [4 * times]
    assert (w.matters[0].passed_on, w.force[0, 0].passed) == (times, times)
    assert w.matters[0].handovers == times + (2 if taker < 0 else 0)
    assert [int(event.who) for event in events_of(w, "passed_on")] == (
        [d[taker] if taker >= 0 else -1] if times else []
    )
    assert float(measures.assess(w)[measures.NAMES.index("buck_passing")]) == 100.0 * times


@pytest.mark.parametrize(("shirkers", "ties"), [("1", [0.76, 0.8, 0.8]), ("12", [0.76, 0.76, 0.8]), ("2", [0.8] * 3)])
def test_passing_a_matter_on_costs_goodwill_between_who_does_and_the_lead(shirkers: str, ties: list[float]) -> None:
    w = office(procedure_of({**DRAFT, "hours": 0.0}), shirkers=shirkers)
    w = run(w, work=[0.0] * 3)  # nothing is decided, so closing shifts nothing
    assert w.ties.work[w.parties.tie].tolist() == pytest.approx(ties, **EXACT)


@pytest.mark.parametrize(("shirkers", "hours"), [("123", 1.5), ("12", 1.0)])
def test_what_nobody_takes_the_office_has_to_name_one_for(shirkers: str, hours: float) -> None:
    """Half an hour more, besides filing it (1 h); so too where no desk comes after."""
    for stages, filing in ((DRAFT, FILE), 0.0), ((WORK,), 1.0):
        w = office(procedure_of(*stages), shirkers=shirkers)
        w.rules[0].intake_hours = 0.5
        assert run(w).matters[0].host_hours == hours - filing


@pytest.mark.parametrize(("below", "passed"), [(1e-9, 1), (-1e-9, 0)])
def test_a_unit_passes_on_by_a_chance_of_its_departmentalism_times_shirking(below: float, passed: int) -> None:
    """D's draw u: with shirking 1, departmentalism u + 10⁻⁹ makes it shirk and u - 10⁻⁹ does not."""
    w = office()
    d = who(w, world.DEPARTMENT)[0]
    w.actors[d].departmentalism = uniform(w.keys[DUTY], 0, 1, 0) + below
    assert run(w).matters[0].passed_on == passed


def test_it_is_passed_on_once_and_where_a_unit_first_has_to_lay_hands_on_it() -> None:
    """At the draft: t0 passed on by D, t4 drafted (2 h); the work is then begun at once."""
    w = run(office(procedure_of(DRAFT, WORK), shirkers="1"))
    assert w.matters[0].passed_on == 1
    assert [line for line in told(w) if "passed_on" in line or "begins" in line] == ["0 passed_on", "4 begins"]


@pytest.mark.parametrize(("names", "passed"), [(True, 0), (False, 1)])
def test_who_leads_and_who_assists_being_named_nobody_passes_it_on(names: bool, passed: int) -> None:
    """C files it, naming or not; then the work begins."""
    w = run(office(procedure_of({**FILE, "names": names}, WORK), shirkers="1"))
    assert w.matters[0].passed_on == passed


@pytest.mark.parametrize(("dispatch", "passed", "hours", "start"), [(0, 1, 0.0, 4), (1, 0, 3.0, 1)])
def test_where_everything_goes_through_the_office_it_names_who_leads_and_spends_hours_on_it(
    dispatch: int, passed: int, hours: float, start: int
) -> None:
    """3 h of C's, t0 and t1, before the matter enters its first stage; otherwise D passes it on till t4."""
    w = office(shirkers="1")
    w.rules[0].intake_hours = 3.0
    w = run(w, plan={"dispatch": dispatch})
    assert (w.matters[0].passed_on, w.matters[0].host_hours, begun(w)) == (passed, hours, [start])


@pytest.mark.parametrize(("content", "clarity"), [("working_relations", 0.65), ("work", 0.5)])
def test_settling_working_relations_delimits_duties_in_their_domain(content: str, clarity: float) -> None:
    """.5 + .3 x .5 where the matter was, in domain 1, once it is closed."""
    w = run(office(procedure_of(DECIDE, content=content)), domain=1, murk=0.0)
    assert w.force.clarity[0].tolist() == pytest.approx([0.5, clarity, *[0.5] * (w.force.shape[1] - 2)], **EXACT)


@pytest.mark.parametrize(
    ("after", "passed", "clarity", "hours"), [(2, 0, 0.65, 4.0), (1, 0, 0.65, 4.0), (3, 2, 0.5, 0.0), (0, 2, 0.5, 0.0)]
)
def test_passed_on_often_enough_functions_are_divided_anew_at_the_cost_of_the_principals_hours(
    after: int, passed: int, clarity: float, hours: float
) -> None:
    """D and D2 pass a matter on.  The principal owes 4 h, and gives them 1 h a tick."""
    w = run(office(shirkers="12"), plan={"restructure_after": after})
    principal = w.actors[w.organs[0].principal]
    assert (w.force[0, 0].passed, w.totals[0].restructured) == (passed, hours > 0.0)
    assert w.force[0, 0].clarity == pytest.approx(clarity, **EXACT)
    assert (w.matters[0].leader_hours, principal.attended, principal.debt) == (hours, hours, 0.0)


def test_matters_that_follow_are_passed_on_less_once_functions_are_divided_anew() -> None:
    """Two matters of murk .6: the first is passed on and raises clarity to .65, so that the second is plain."""
    w = office(shirkers="1")
    d, d2, _ = who(w, world.DEPARTMENT)
    rows = [{"arrival": t, "actors": [d, d2], "work": [0.0, 0.0], "murk": 0.6} for t in (0, 10)]
    for after, passed in ((0, [1, 1]), (1, [1, 0])):
        end = engine.simulate(with_matters(w, *rows), strategy(restructure_after=after))
        assert end.matters.passed_on.tolist() == passed
