"""What a paper does not need, by hand: stages passed over, decisions entrusted, what superior bodies let pass.

``small_office``: coordinator C 2 h a tick, leaders 1 h, units 2 h; a check finds what is wrong unless said otherwise.
"""

import pytest
from builders import (
    bare_mode,
    events_of,
    procedure_of,
    small_office,
    strategy,
    who,
    with_matters,
    with_procedures,
)

from sim import engine, world
from sim.draws import REPORT, uniform
from sim.procedure import Procedure
from sim.vocabulary import CONTENT, LAW, TECHNICAL
from sim.world import World

EXACT = {"rel": 0.0, "abs": 1e-9}
CONSULT = {"name": "consult", "type": "consult", "on_failure": "close"}
DECIDE = {"name": "decide", "type": "decide", "hours": 0.5}
DRAFT = {"name": "draft", "type": "review", "who": "lead", "hours": 2.0}
FILE = {"name": "file", "type": "review", "hours": 1.0}


def office(*procedures: Procedure, **rules: float) -> World:
    w = with_procedures(small_office({}), *procedures)
    bare_mode(w, "talks")
    for name, value in rules.items():
        w.rules[0][name] = value
    return w


def run(w: World, *matters: dict[str, object], **plan: float) -> World:
    plan = {"effort": 4.0, "investigation": 0.0, "rounds": 1, "explanation": 0.0, "whole_weight": 0.0, **plan}
    return engine.simulate(with_matters(w, *matters), strategy(mode="talks", **plan), events=300)


def paper(w: World, **fields: object) -> dict[str, object]:
    """A matter of D's."""
    return {"arrival": 0, "actors": who(w, world.DEPARTMENT)[:1], "work": [0.0], **fields}


@pytest.mark.parametrize(("reminders", "hours"), [(1, 1.0), (0, 0.0)])
def test_a_stage_that_reminds_is_passed_over_where_nobody_is_reminded(reminders: int, hours: float) -> None:
    w = office(procedure_of({**FILE, "when": "reminding"}))
    assert run(w, paper(w), reminders=reminders).matters[0].host_hours == hours


@pytest.mark.parametrize(
    ("role", "hours"),
    [(world.SUBORDINATE, 1.0), (world.DEPARTMENT, 0.0), (world.PUBLIC, 0.0), (world.SUPERIOR, 0.0)],
)
def test_a_stage_for_what_comes_from_below_concerns_subordinate_units_alone(role: int, hours: float) -> None:
    w = office(procedure_of({**FILE, "when": "from_below"}))
    assert run(w, paper(w, actors=who(w, role)[:1])).matters[0].host_hours == hours


@pytest.mark.parametrize(
    ("flaws", "mending", "share", "reported"),
    [
        (1 << CONTENT, 1.0, 1.0, True), (1 << CONTENT | 1 << TECHNICAL, 1.0, 1.0, True),
        (1 << TECHNICAL, 1.0, 1.0, False), (0, 1.0, 1.0, False), (1 << CONTENT, 0.0, 1.0, False),
        (1 << CONTENT, 1.0, 0.0, False),
    ],
)  # fmt: skip
def test_a_paper_in_which_more_than_technical_faults_were_put_right_is_reported_to_the_leader(
    flaws: int, mending: float, share: float, reported: bool
) -> None:
    """C finds, D puts right what it can; the leader sees it, .5 h, if it was changed and such papers are reported."""
    vet = {**FILE, "name": "vet", "checks": ("content", "technical"), "on_failure": "draft", "limit": 1}
    report = {"name": "report", "type": "review", "who": "leader", "hours": 0.5, "when": "changed"}
    w = office(procedure_of(DRAFT, vet, report, entry="vet"), mending=mending)
    w = run(w, paper(w, flaws=flaws), report_share=share)
    assert w.matters[0].leader_hours == 0.5 * reported


@pytest.mark.parametrize(("more", "reported"), [(0.0, False), (1e-9, True)])
def test_of_changed_papers_those_are_reported_whose_draw_lies_below_the_share(more: float, reported: bool) -> None:
    report = {"name": "report", "type": "review", "who": "leader", "hours": 0.5, "when": "changed"}
    w = office(procedure_of(report))
    share = uniform(w.keys[REPORT], 0, 0, 0) + more
    w = run(w, paper(w, amended=1), report_share=share)
    assert (w.matters[0].leader_hours > 0.0) == reported


@pytest.mark.parametrize(
    ("importance", "entrustment", "apart", "fields", "hours"),
    [
        (0.3, 0.4, 0.0, {}, 0.0), (0.4, 0.4, 0.0, {}, 0.5), (0.3, 0.0, 0.0, {}, 0.5), (0.3, 0.4, 0.4, {}, 1.5),
        (0.3, 0.4, 0.0, {"leaders_only": True}, 0.5),
    ],
)  # fmt: skip
def test_what_is_light_and_agreed_is_entrusted_to_the_office_and_needs_no_leader(
    importance: float, entrustment: float, apart: float, fields: dict[str, bool], hours: float
) -> None:
    """Parties agree on .4 at t1; the leader would need .5 h, 1 h more where they are not agreed (.4 off: a dispute)."""
    w = office(procedure_of({**CONSULT, "on_failure": "decide"}, DECIDE, **fields))
    d, d2, _ = who(w, world.DEPARTMENT)
    matter = paper(w, actors=[d, d2], work=[0.0, 0.0], ideal=[0.4 - apart, 0.4 + apart], importance=importance)
    w = run(w, matter, entrustment=entrustment)
    assert (w.matters[0].rounds, w.matters[0].leader_hours) == (1, hours)
    assert w.matters[0].outcome == pytest.approx(0.5 if apart else 0.4, **EXACT)  # the leader imposes the need


def test_nothing_is_entrusted_on_which_nobody_was_heard() -> None:
    w = office(procedure_of(DECIDE))
    assert run(w, paper(w), entrustment=0.9).matters[0].leader_hours == 0.5


# Superior bodies.


@pytest.mark.parametrize(
    ("post", "flaw", "found", "returns", "flaws"),
    [
        (world.LEADING, LAW, 1, 1, 0), (world.LEADING, CONTENT, 1, 1, 0),
        (world.SUPERVISING, LAW, 1, 1, 0), (world.SUPERVISING, CONTENT, 0, 0, 1 << CONTENT),
        (world.GUIDING, LAW, 1, 0, 0), (world.GUIDING, CONTENT, 1, 0, 0),
    ],
)  # fmt: skip
def test_a_superior_body_that_leads_returns_one_that_supervises_minds_the_law_and_one_that_guides_advises(
    post: int, flaw: int, found: int, returns: int, flaws: int
) -> None:
    """Asked at t0, it answers at t3; returned, D drafts for 2 h at t3 and it answers again at t6."""
    asked = {"name": "above", "type": "review", "who": "superior", "wait": 3, "checks": ("law", "content")}
    w = office(procedure_of(DRAFT, {**asked, "on_failure": "draft", "limit": 2}, entry="above"))
    above = who(w, world.SUPERIOR)[0]
    w.actors[above].post = post
    d = who(w, world.DEPARTMENT)[0]
    w = run(w, paper(w, actors=[d, above], work=[0.0, 0.0], flaws=1 << flaw))
    assert (len(events_of(w, "found")), w.matters[0].returns, w.matters[0].flaws) == (found, returns, flaws)
    assert w.matters[0].closed == 3 + 3 * returns


@pytest.mark.parametrize(("political", "found"), [(0.0, 0), (1.0, 1)])
def test_a_superior_body_finds_departures_from_its_policy_by_its_own_political_quality(
    political: float, found: int
) -> None:
    """.5 is said where superior policy says .9."""
    asked = {
        "name": "above",
        "type": "review",
        "who": "superior",
        "wait": 3,
        "checks": ("superior",),
        "on_failure": "close",
    }
    w = office(procedure_of(asked), policy_tolerance=0.1, practice_half=1e30)
    w.force.superior = 0.9
    above = who(w, world.SUPERIOR)[0]
    w.actors[above].political = political
    d = who(w, world.DEPARTMENT)[0]
    w = run(w, paper(w, actors=[d, above], work=[0.0, 0.0]))
    assert len(events_of(w, "found")) == found
