"""What becomes of a paper that fails, followed by hand, tick by tick: returned, refused, sent up, ruled on, decided.

``small_office``: coordinator C 2 h a tick, leader L 1 h, department D 2 h.  Nobody is away; a check finds what is
wrong and a desk mends it unless said otherwise.  A step of a tick that comes after another sees what that has done: in
order, occasions, C, L, D.
"""

import math

import pytest
from builders import (
    Values,
    procedure_of,
    small_office,
    strategy,
    told,
    who,
    with_matters,
    with_procedures,
)

from sim import engine, world
from sim.procedure import Procedure
from sim.vocabulary import CONTENT, FORM, GROUNDS, INSTRUCTIONS, SCOPE, SUPERIOR_RULE
from sim.world import World

EXACT = {"rel": 0.0, "abs": 1e-9}
DRAFT = {"name": "draft", "type": "review", "who": "lead", "hours": 3.0}
DECIDE = {"name": "decide", "type": "decide", "hours": 0.5}
FILE = {"name": "file", "type": "review", "hours": 1.0}


def run(procedure: Procedure, values: Values | None = None, plan: dict[str, float] | None = None, **matter) -> World:
    """One matter of the first department's, followed to the end."""
    w = with_procedures(small_office(values or {}), procedure)
    lead = who(w, world.DEPARTMENT)[0]
    w = with_matters(w, {"arrival": 0, "actors": [lead], "work": [0.0], **matter})
    return engine.simulate(w, strategy(explanation=0.0, **(plan or {})), events=200)


def visits(w: World, place: int) -> int:
    """Failures of a stage, by its place in its procedure."""
    return int(w.matters[0].visits >> (4 * place)) & 15


VET = {"name": "vet", "type": "review", "hours": 1.0, "checks": ("content",), "on_failure": "draft", "limit": 2}


def test_a_paper_returned_is_revised_sent_again_and_passes() -> None:
    """t0 D 2 of 3 h; t1 D 1 h; t2 C 1 h finds it: back, D 2 h; t3 D 1 h mends; t4 C 1 h passes, L 0.5 h decides."""
    w = run(procedure_of(DRAFT, VET, DECIDE), flaws=1 << CONTENT)
    m, lead = w.matters[0], w.actors[w.parties[0].actor]
    assert told(w) == [
        "0 arises", "0 enters 0", "1 done", "1 passes", "1 enters 1", "2 found", "2 returned", "2 enters 0", "3 done",
        "3 passes", "3 enters 1", "4 passes", "4 enters 2", "4 reported", "4 decided", "4 closed",
    ]  # fmt: skip
    assert (m.closed, m.decided, m.returns, m.flaws, m.found, visits(w, 1)) == (4, 4, 1, 0, 0, 1)
    assert (m.host_hours, w.parties[0].paper, lead.worked, m.leader_hours) == pytest.approx((2, 6, 6, 0.5), **EXACT)
    assert w.parties[0].done == 0.0


def test_a_paper_that_cannot_be_mended_goes_beyond_after_so_many_returns_and_keeps_its_flaw() -> None:
    """t0, t1 D 3 h; t2 C finds; D 3 h to t3 in vain; t4 C finds; D to t5 in vain; t6 C finds a third time: up to L, who
    signs it (0.5 h) and has 0.5 h left, but the stage that decides is entered after L's step; t7 L 0.5 h decides."""
    w = run(procedure_of(DRAFT, {**VET, "beyond": "leader"}, DECIDE), {"rules.mending": 0.0}, flaws=1 << CONTENT)
    m = w.matters[0]
    assert (m.closed, m.returns, m.flaws, m.found, visits(w, 1)) == (7, 2, 1 << CONTENT, 0, 2)
    assert (m.host_hours, w.parties[0].paper, m.leader_hours) == pytest.approx((3, 9, 1.0), **EXACT)
    assert told(w)[-7:] == [
        "6 found", "6 reported", "6 passes", "6 enters 2", "6 reported", "7 decided", "7 closed",
    ]  # fmt: skip


def test_what_was_found_is_forgotten_when_a_paper_goes_beyond() -> None:
    """It may not be returned at all: at t2 C's finding takes it to L, who signs it as it is, though all is mended."""
    w = run(procedure_of(DRAFT, {**VET, "limit": 0, "beyond": "leader"}, DECIDE), flaws=1 << CONTENT)
    assert (w.matters[0].closed, w.matters[0].returns, w.matters[0].flaws) == (3, 0, 1 << CONTENT)


def test_without_a_way_beyond_a_paper_passes_on_with_what_could_not_be_mended() -> None:
    """As above, but at t6 the third finding lets it pass on: L decides in the same tick."""
    w = run(procedure_of(DRAFT, VET, DECIDE), {"rules.mending": 0.0}, flaws=1 << CONTENT)
    assert (w.matters[0].closed, w.matters[0].returns, w.matters[0].flaws) == (6, 2, 1 << CONTENT)


def test_what_a_leader_is_asked_about_is_put_right_by_the_leaders_word() -> None:
    """It is put to L and the principal, who differ.  t0 C 1 h finds that; L 0.5 h settles it; t1 L decides."""
    intent = {"name": "intent", "type": "review", "hours": 1.0, "checks": ("instructions",), "on_failure": "leader"}
    apart = {"rules.estimate_spread": 0.1, "rules.contradiction_tolerance": 0.0}
    w = run(procedure_of(intent, DECIDE), apart, flaws=1 << INSTRUCTIONS, addressed=2)
    m = w.matters[0]
    assert told(w) == [
        "0 arises", "0 enters 0", "0 found", "0 returned", "0 reported", "0 passes", "0 enters 1", "0 reported",
        "1 decided", "1 closed",
    ]  # fmt: skip
    assert (m.flaws, m.returns, m.escalated, m.leader_hours) == (0, 1, 0, 1.0)


def test_a_request_out_of_scope_is_refused_at_the_door_and_held_against_the_office() -> None:
    """t0 C 1 h: refused; D's working relation with the office falls from .8 by a tenth."""
    door = {"name": "door", "type": "review", "hours": 1.0, "checks": ("scope",), "on_failure": "refuse"}
    w = run(procedure_of(door, DECIDE), flaws=1 << SCOPE)
    m = w.matters[0]
    assert told(w) == ["0 arises", "0 enters 0", "0 found", "0 returned", "0 refused"]
    assert (m.life, m.closed, m.decided, m.leader_hours) == (world.REFUSED, 0, -1, 0.0)
    assert math.isnan(m.outcome)
    tie = w.ties[w.actors[w.parties[0].actor].office_tie]
    assert (tie.work, tie.trust) == pytest.approx((0.72, 0.6), **EXACT)


def test_a_leader_refuses_a_request_without_grounds() -> None:
    """t0 L 1 h of the 1.5 h the case takes; t1 L 0.5 h: refused in the same tick, and nothing is filed."""
    decide = {**DECIDE, "hours": 1.5, "checks": ("grounds",), "on_failure": "refuse"}
    w = run(procedure_of(decide, FILE), flaws=1 << GROUNDS)
    assert told(w) == ["0 arises", "0 enters 0", "0 reported", "1 found", "1 returned", "1 refused"]
    assert (w.matters[0].life, w.matters[0].leader_hours, w.matters[0].host_hours) == (world.REFUSED, 1.5, 0.0)


@pytest.mark.parametrize(("mending", "left"), [(1.0, 0), (0.0, 1 << GROUNDS)])
def test_a_decision_returned_is_taken_the_second_time_mended_or_not(mending: float, left: int) -> None:
    """t0 D 2 h; t1 L 0.5 h returns it, D 2 h; t2 L 0.5 h decides: it may be returned once."""
    decide = {**DECIDE, "checks": ("grounds",), "on_failure": "draft", "limit": 1}
    procedure = procedure_of({**DRAFT, "hours": 2.0}, decide)
    w = run(procedure, {"rules.mending": mending}, flaws=1 << GROUNDS, need=0.4)
    m = w.matters[0]
    assert told(w) == [
        "0 arises", "0 enters 0", "0 done", "0 passes", "0 enters 1", "0 reported", "1 found", "1 returned",
        "1 enters 0", "1 done", "1 passes", "1 enters 1", "1 reported", "2 decided", "2 closed",
    ]  # fmt: skip
    assert (m.decided, m.returns, m.flaws, m.outcome) == (2, 1, left, 0.4)
    assert (m.leader_hours, w.parties[0].paper) == (1.0, 4.0)


CONSULT = {"name": "consult", "type": "consult"}


@pytest.mark.parametrize(("checks", "end"), [((), 3), (("content",), 4)])
def test_parties_not_agreed_go_to_a_leader_and_the_ruling_stands(checks: tuple[str, ...], end: int) -> None:
    """D (x = .2) and D2 (x = .9) differ; one round of talks, 2 h of C's 4; the need is .5.

    t0  C 2 h to prepare the talks (registering and study take none)
    t1  talks: mean .55, P = .525; D aims at .8 P + .04 = .46, x = .33; D2 at .6, x = .75.  Divergence .21: not agreed.
        To L with all views, 0.5 + 1 h: 1 h of it
    t2  L 0.5 h: imposes the need, .5.  With that the decision is made, and C files it: t3 1 h.  Where the decision
        checks something it is still taken: t3 L 0.5 h, t4 C 1 h
    """
    decide = {**DECIDE, "checks": checks, "on_failure": "consult", "limit": 1} if checks else DECIDE
    values = {
        "modes.talks.host_hours": 1.0, "modes.talks.host_hours_party": 0.5, "modes.talks.party_hours": 1.0,
        "modes.talks.delay": 1.0, "modes.talks.delay_party": 0.0, "modes.talks.openness": 0.8, "modes.talks.pace": 0.5,
        "modes.talks.compliance": 0.0, "modes.talks.rapport": 0.0,
    }  # fmt: skip
    w = with_procedures(small_office(values), procedure_of(CONSULT, decide, FILE))
    d, d2, _ = who(w, world.DEPARTMENT)
    w = with_matters(w, {"arrival": 0, "actors": [d, d2], "work": [0.0, 0.0], "ideal": [0.2, 0.9]})
    plan = strategy(mode="talks", effort=2.0, investigation=0.0, rounds=1, whole_weight=0.5, explanation=0.0)
    w = engine.simulate(w, plan, events=100)
    m = w.matters[0]
    assert m.closed == end
    assert (m.rounds, m.escalated, m.ruled, m.decided, m.returns) == (1, 1, 1, end - 1, 0)
    assert m.outcome == pytest.approx(0.5, **EXACT)
    assert w.parties.stance.tolist() == pytest.approx([0.33, 0.75], **EXACT)
    assert (m.host_hours, m.party_hours, m.leader_hours) == pytest.approx((3, 2, 1.5 + 0.5 * bool(checks)), **EXACT)
    for u, gap in ((d, 0.17), (d2, 0.25)):  # imposed upon, and closed with a gap beyond 0.12
        share = (1.0 - 0.1 * gap / (gap + 0.12)) * (1.0 - 0.1 * (gap - 0.12) / (gap + 0.12))
        assert w.ties[w.actors[u].office_tie].work == pytest.approx(0.8 * share, **EXACT)


def test_a_superior_organ_sends_a_paper_back_and_what_it_asks_for_narrows_what_may_be_decided() -> None:
    """The parties say .8, superior policy .5 with room .1; the need is .9, but the decision is held to .6.

    t0 sent; t3 the answer is no, D 2 h; sent again; t6 the answer is yes, L 0.5 h decides
    """
    asked = {
        "name": "superior", "type": "review", "who": "superior", "wait": 3, "checks": ("superior",),
        "on_failure": "draft", "limit": 1,
    }  # fmt: skip
    procedure = procedure_of({**DRAFT, "hours": 2.0}, asked, DECIDE, entry="superior")
    w = with_procedures(small_office({"rules.policy_tolerance": 0.1}), procedure)
    d, above = who(w, world.DEPARTMENT)[0], who(w, world.SUPERIOR)[0]
    w.force.related = 0.8
    matter = {"arrival": 0, "actors": [d, above], "work": [0.0, 0.0], "ideal": [0.8, 0.8], "need": 0.9}
    w = engine.simulate(with_matters(w, matter), strategy(explanation=0.0), events=100)
    m = w.matters[0]
    assert told(w) == [
        "0 arises", "0 enters 1", "3 found", "3 returned", "3 enters 0", "3 done", "3 passes", "3 enters 1", "6 passes",
        "6 enters 2", "6 reported", "6 decided", "6 closed",
    ]  # fmt: skip
    assert (m.low, m.high, m.outcome) == pytest.approx((0.4, 0.6, 0.6), **EXACT)
    assert (m.heeded, m.returns, m.host_hours) == (1 << SUPERIOR_RULE, 1, 0.0)


def test_a_flaw_that_is_not_looked_for_is_not_found() -> None:
    w = run(procedure_of(DRAFT, VET, DECIDE), flaws=1 << FORM)
    assert (w.matters[0].returns, w.matters[0].flaws) == (0, 1 << FORM)


def test_a_paper_lies_until_the_superior_organ_answers_and_for_ever_if_the_year_ends_before() -> None:
    asked = {
        "name": "superior",
        "type": "review",
        "who": "superior",
        "wait": 29,
        "on_failure": "close",
        "checks": ("law",),
    }
    assert run(procedure_of(asked)).matters[0].closed == 29
    assert run(procedure_of({**asked, "wait": 30})).matters[0].life == world.BEFORE
