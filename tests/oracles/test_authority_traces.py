"""What makes an authority one, by hand: agreement, service, discipline, and whom the office serves first.

``small_office``: coordinator C 2 h a tick, leaders 1 h, units 2 h.  Prestige begins at .6 and shifts like a tie: a step
of .05 of the room left, twice that of what there is for a loss.
"""

import numpy as np
import pytest
from builders import bare_mode, procedure_of, small_office, strategy, who, with_matters, with_procedures

from sim import engine, measures, world
from sim.procedure import Procedure
from sim.world import World

EXACT = {"rel": 0.0, "abs": 1e-9}
CERTAIN = 1e12
CONSULT = {"name": "consult", "type": "consult"}
DECIDE = {"name": "decide", "type": "decide", "hours": 0.5}
WORK = {"name": "carry_out", "type": "execute"}
FILE = {"name": "file", "type": "review", "hours": 2.0}
ISSUE = {"name": "issue", "type": "review", "hours": 1.0, "issues": True}


def office(*procedures: Procedure, **rules: float) -> World:
    w = with_procedures(small_office({}), *procedures)
    bare_mode(w, "talks")
    for name, value in rules.items():
        w.rules[0][name] = value
    return w


def run(w: World, *matters: dict[str, object], **plan: float) -> World:
    plan = {"effort": 4.0, "investigation": 0.0, "rounds": 1, "explanation": 0.0, "whole_weight": 0.0, **plan}
    return engine.simulate(with_matters(w, *matters), strategy(mode="talks", **plan), events=200)


def prestige(w: World) -> float:
    value = float(w.organs[0].prestige)
    assert float(measures.assess(w)[measures.NAMES.index("prestige")]) == value
    return value


@pytest.mark.parametrize(
    ("ideal", "expected"),
    [
        ([0.5, 0.5], 0.6 + 0.05 * 1.0 * 0.4), ([0.44, 0.56], 0.6 + 0.05 * (0.06 / 0.18) * 0.4), ([0.38, 0.62], 0.6),
        ([0.3, 0.7], 0.6 * (1.0 - 0.1 * 0.08 / 0.32)),
    ],
)  # fmt: skip
def test_a_document_lends_authority_as_far_as_those_concerned_agree_with_it(
    ideal: list[float], expected: float
) -> None:
    """It says the mean, .5, from which they speak d apart: (c - d)/(c + d), c = .12.  Nothing of it fades by t29."""
    w = office(procedure_of(ISSUE), trust_recovery=0.5)
    w = run(w, {"arrival": 0, "actors": who(w, world.DEPARTMENT)[:2], "work": [0.0, 0.0], "ideal": ideal})
    assert prestige(w) == pytest.approx(expected, **EXACT)


def test_those_who_were_not_asked_have_not_agreed() -> None:
    """The lead alone is heard and the document says what it wants, .2; the other, as weighty, still says .8: d = .3."""
    w = office(procedure_of(ISSUE), trust_recovery=0.5)
    pair = {"arrival": 0, "actors": who(w, world.DEPARTMENT)[:2], "work": [0.0, 0.0], "ideal": [0.2, 0.8]}
    w = run(w, pair, hearing=0.0)
    assert w.parties.heard.tolist() == [1, 0]
    assert w.force[0, w.matters[0].domain].own == pytest.approx(0.2, **EXACT)
    assert prestige(w) == pytest.approx(0.6 * (1.0 - 0.1 * (0.3 - 0.12) / (0.3 + 0.12)), **EXACT)


@pytest.mark.parametrize(
    ("role", "deadline", "expected"),
    [
        (world.SUBORDINATE, 0, 0.6 + 0.025 * 0.4), (world.PUBLIC, 5, 0.6 + 0.025 * 0.4),
        (world.SUBORDINATE, -1, 0.6 * 0.95), (world.PUBLIC, -1, 0.6 * 0.95), (world.DEPARTMENT, 0, 0.6),
        (world.DEPARTMENT, -1, 0.6), (world.PEER, -1, 0.6),
    ],
)  # fmt: skip
def test_what_is_done_for_the_grassroots_in_time_lends_prestige_and_what_is_late_costs_some(
    role: int, deadline: int, expected: float
) -> None:
    """Decided and closed at t0; half a step, up or down; whoever else led it does not tell on prestige."""
    w = office(procedure_of(DECIDE))
    w = run(w, {"arrival": 0, "actors": who(w, role)[:1], "work": [0.0], "deadline": deadline})
    assert w.matters[0].closed == 0
    assert prestige(w) == pytest.approx(expected, **EXACT)


def test_a_burst_of_patience_costs_prestige_and_so_does_what_was_done_only_after_it() -> None:
    """At t1 patience bursts: .6 x .9; decided at t2, in time, but not before it burst: x .95."""
    w = office(procedure_of(FILE, DECIDE), burst_rate=CERTAIN, patience=1.0)
    w.actors[who(w, world.OFFICE)[0]].capacity = 1.0
    w = run(w, {"arrival": 0, "actors": who(w, world.SUBORDINATE), "work": [0.0]})
    assert (w.matters[0].burst, w.matters[0].life) == (1, world.CLOSED)
    assert prestige(w) == pytest.approx(0.6 * 0.9 * 0.95, **EXACT)


@pytest.mark.parametrize(
    ("effect", "discipline", "rates"),
    [(0.0, 0.0, [0.6, 0.6]), (0.5, 0.0, [0.72, 0.72]), (0.0, 0.5, [0.8, 0.6]), (0.5, 0.5, [0.86, 0.72])],
)
def test_those_who_think_otherwise_carry_it_out_the_better_under_prestige_and_if_they_were_heard_before(
    effect: float, discipline: float, rates: list[float]
) -> None:
    """D (heavy) and D2 are heard, D3 is not; .5 is proposed and decided, D2 and D3 think .9; prestige stands at .6.

    .4 off costs .4 of the work, less by effect x .6, and for D2, who was heard, less by discipline.
    """
    w = office(procedure_of(CONSULT, DECIDE, WORK), friction=1.0, prestige_effect=effect)
    w.organs.discipline = discipline
    matter = {
        "arrival": 0, "actors": who(w, world.DEPARTMENT), "work": [0.0, 4.0, 4.0], "ideal": [0.5, 0.9, 0.9],
        "weight": [1.0, 0.9, 0.8],
    }  # fmt: skip
    w = run(w, matter, hearing=0.6, reserve=1.0, whole_weight=1.0)
    assert w.matters[0].outcome == 0.5
    assert w.parties.listened.tolist() == [1, 1, 0]
    assert w.parties.friction[1:].tolist() == pytest.approx([4.0 / rate - 4.0 for rate in rates], **EXACT)


def test_those_whom_a_round_reaches_only_after_the_decision_were_not_heard_before_it() -> None:
    """A conflict is talked over while the work goes on: that binds nobody by discipline."""
    w = office(procedure_of(DECIDE, WORK), outbreak_rate=CERTAIN, outbreak_exhaustion=0.0, consensus_divergence=1.0)
    matter = {"arrival": 0, "actors": who(w, world.DEPARTMENT)[:2], "work": [0.0, 8.0], "ideal": [0.5, 0.9]}
    w = run(w, matter, before=0.0, during=1.0)
    assert w.matters[0].rounds == 1
    assert w.parties.listened.tolist() == [0, 0]


def served(content: str, lead_last: int, **plan: float) -> list[int]:
    """When each of three desk tasks is done, t0-t2: a department's, a subordinate unit's, and one from above."""
    w = office(procedure_of(FILE, content="documents"), procedure_of(FILE, content=content), service_headstart=20.0)
    d, s = who(w, world.DEPARTMENT)[0], who(w, world.SUBORDINATE)[0]
    last = who(w, lead_last)[0]
    rows = [
        {"arrival": 0, "arose": 0.3 * place, "actors": [u], "work": [0.0], "procedure": place // 2}
        for place, u in enumerate((d, s, last))
    ]
    return run(w, *rows, **plan).matters.closed.tolist()


@pytest.mark.parametrize(
    ("content", "lead"),
    [("documents", world.SUPERIOR), ("ad_hoc", world.DEPARTMENT), ("activities", world.DEPARTMENT)],
)
@pytest.mark.parametrize(
    ("service", "order"), [(0.5, [0, 1, 2]), (1.0, [1, 0, 2]), (0.51, [1, 0, 2]), (0.0, [1, 2, 0])]
)
def test_an_office_that_serves_one_side_puts_its_matters_before_those_of_the_other(
    content: str, lead: int, service: float, order: list[int]
) -> None:
    """Arisen .3 apart: a department's, then the grassroots', then what a superior body or the leaders ask for.

    20 ticks x (2 service - 1) are given to the grassroots and taken from those above: at .51 the .4 that outweigh .3.
    """
    assert served(content, lead, service=service) == order


def test_an_ad_hoc_task_of_the_grassroots_is_served_as_theirs() -> None:
    """Both of the subordinate unit's go before the department's."""
    assert served("ad_hoc", world.SUBORDINATE, service=1.0) == [2, 0, 1]


@pytest.mark.parametrize(
    ("role", "deadline", "burst", "grassroots", "leaders"),
    [
        (world.SUBORDINATE, 5, 0, 0.9, None), (world.PUBLIC, -1, 0, 0.4, None), (world.SUBORDINATE, 5, 1, 0.0, None),
        (world.DEPARTMENT, 5, 0, None, 0.95), (world.DEPARTMENT, -1, 0, None, 0.45), (world.PEER, 5, 0, None, 0.95),
    ],
)  # fmt: skip
def test_those_served_are_content_with_what_is_in_time_and_near_what_they_wanted(
    role: int, deadline: int, burst: int, grassroots: float | None, leaders: float | None
) -> None:
    """.5 is decided at t1: .2 off what the unit wants, .1 off what the leader wanted when it arose.

    Half for time, half for that; nothing where patience has burst.  The grassroots speak for their own matters, leaders
    for all others.
    """
    w = office(procedure_of({**FILE, "hours": 3.0}, DECIDE))
    matter = {"arrival": 0, "actors": who(w, role)[:1], "work": [0.0], "ideal": [0.3], "deadline": deadline}
    matter |= {"burst": burst, "need": 0.4, "need_at_1": 1.0, "need_by_1": 0.1}
    w = run(w, matter)
    assert w.matters[0].outcome == 0.5
    found = measures.assess(w)[[measures.NAMES.index(f"satisfaction_{side}") for side in ("grassroots", "leaders")]]
    expected = [np.nan if value is None else value for value in (grassroots, leaders)]
    assert found.tolist() == pytest.approx(expected, nan_ok=True, **EXACT)
