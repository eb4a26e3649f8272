"""What is passed down, up and back, by hand: briefing, instructions misread on the way, reports to a leader, feedback.

``small_office``: coordinator C 2 h a tick, leaders 1 h, units 2 h; parties are the departments D (lead) and D2, or a
subordinate unit S.  The whole needs .5, and a leader who is not told otherwise imposes that at t0.
"""

import numpy as np
import pytest
from builders import bare_mode, events_of, procedure_of, small_office, strategy, who, with_matters, with_procedures

from sim import engine, world
from sim.draws import GARBLE, normal, uniform
from sim.procedure import Procedure
from sim.vocabulary import FORM
from sim.world import World

EXACT = {"rel": 0.0, "abs": 1e-9}
CONSULT = {"name": "consult", "type": "consult"}
DECIDE = {"name": "decide", "type": "decide", "hours": 0.5}
WORK = {"name": "carry_out", "type": "execute"}
LOOK = {"name": "supervise", "type": "follow_up", "alongside": "carry_out", "hours": 0.5, "every": 2}
AFTER = {"name": "aftermath", "type": "consult", "slot": "after"}


def office(*procedures: Procedure, **rules: float) -> World:
    w = with_procedures(small_office({}), *(procedures or (procedure_of(DECIDE, WORK),)))
    bare_mode(w, "talks")
    for name, value in rules.items():
        w.rules[0][name] = value
    return w


def run(w: World, matter: dict[str, object] | None = None, **plan: float) -> World:
    d, d2, _ = who(w, world.DEPARTMENT)
    plan = {"effort": 4.0, "investigation": 0.0, "rounds": 1, "explanation": 0.0, **plan}
    given = {"arrival": 0, "actors": [d, d2], "work": [0.0, 100.0], **(matter or {})}
    return engine.simulate(with_matters(w, given), strategy(mode="talks", **plan), events=300)


def slip(w: World, t: int, number: int) -> float:
    """The draw by which a party misreads what is passed down in tick t, in units of garbling."""
    return float(normal(uniform(w.keys[GARBLE], 0, t, number)))


@pytest.mark.parametrize(("briefing", "bias", "hours"), [(0.0, 0.2, 0.0), (0.5, 0.15, 0.25), (1.0, 0.1, 0.5)])
def test_briefing_removes_part_of_what_is_misunderstood_and_costs_those_briefed_hours(
    briefing: float, bias: float, hours: float
) -> None:
    """Both are .2 above their interest, .5: half of it, times the care, goes when the work begins, for ½ h each."""
    w = office(briefing_effect=0.5, briefing_hours=0.5)
    w = run(w, {"bias": [0.2, 0.2], "work": [1.0, 100.0]}, briefing=briefing)
    assert w.parties.bias.tolist() == pytest.approx([bias] * 2, **EXACT)
    assert w.parties.stance.tolist() == pytest.approx([0.5 + bias] * 2, **EXACT)
    assert [w.actors[u].attended for u in who(w, world.DEPARTMENT)] == pytest.approx([hours, hours, 0.0], **EXACT)
    assert w.matters[0].party_hours == pytest.approx(2.0 * hours, **EXACT)


@pytest.mark.parametrize(("briefing", "kept"), [(0.0, 1.0), (0.5, 0.75), (1.0, 0.5)])
def test_what_is_passed_down_is_misread_twice_as_far_two_levels_below_and_less_where_there_is_briefing(
    briefing: float, kept: float
) -> None:
    """n x .06 x (1 - ½ briefing), twice that for S, the public and staff; nothing for the lead, who is told."""
    w = office(garbling=0.06, briefing_effect=0.5)
    d, d2, _ = who(w, world.DEPARTMENT)
    below, peer, public = who(w, world.SUBORDINATE)[0], who(w, world.PEER)[0], who(w, world.PUBLIC)[0]
    matter = {"actors": [d, d2, below, peer, public], "work": [0.0, *[100.0] * 4]}
    w = run(w, matter, briefing=briefing)
    levels = [0.0, 1.0, 2.0, 1.0, 2.0]
    expected = [slip(w, 0, number) * 0.06 * kept * level for number, level in enumerate(levels)]
    assert w.parties.misread.tolist() == pytest.approx(expected, **EXACT)


@pytest.mark.parametrize(
    ("cost", "flaws", "share"), [(1.0, 0, 0.2), (2.0, 0, 0.4), (1.0, 1 << FORM, 0.3), (9.0, 1 << FORM, 1.0)]
)
def test_what_was_misread_and_nobody_saw_is_work_done_again_when_the_work_is_done(
    cost: float, flaws: int, share: float
) -> None:
    """D2 has 8 h and misreads by .2: cost x .2 of them again, a tenth more for the flaw, all at most; D none.

    t0-t3 8 h; then those again, with nothing amiss: once only.
    """
    w = office(misread_cost=cost, flaw_rework=0.1)
    w.rules[0].garbling = 0.2 / abs(slip(w, 0, 1))
    w = run(w, {"work": [0.0, 8.0], "flaws": flaws})
    assert w.matters[0].rework == pytest.approx(8.0 * share, **EXACT)
    assert w.actors[w.parties[1].actor].worked == pytest.approx(8.0 + 8.0 * share, **EXACT)
    assert (w.parties[1].misread, w.matters[0].life) == (0.0, world.CLOSED)
    assert [event.value for event in events_of(w, "misread")] == pytest.approx([0.2], **EXACT)


@pytest.mark.parametrize(("oversight", "rework"), [(1.0, 1.2), (0.0, 2.4)])
def test_a_look_at_the_work_shows_what_was_misread_before_more_is_done_of_it(oversight: float, rework: float) -> None:
    """D2 has 12 h, 2 a tick, and misreads by .2.  The look of t3 comes before its 4th tick: .2 of 6 h are done again.

    Without it .2 of 12 h are, at the end.
    """
    w = office(procedure_of(DECIDE, WORK, LOOK), misread_cost=1.0)
    w.rules[0].garbling = 0.2 / abs(slip(w, 0, 1))
    w = run(w, {"work": [0.0, 12.0]}, oversight=oversight)
    assert w.matters[0].rework == pytest.approx(rework, **EXACT)
    assert [event.tick for event in events_of(w, "misread")] == [3 if oversight else 5]


@pytest.mark.parametrize(("candour", "outcome"), [(1.0, 0.55), (0.5, 0.725), (0.0, 0.9)])
def test_a_leader_who_is_not_told_truly_what_parties_want_decides_nearer_to_what_the_office_proposes(
    candour: float, outcome: float
) -> None:
    """Parties say .2 and .9, the office proposes the need, .9; not agreed, and the leader goes by the parties alone:
    .55 + (1 - candour) (.9 - .55).
    """
    w = office(procedure_of(CONSULT, DECIDE), leader_whole_weight=0.0)
    matter = {"ideal": [0.2, 0.9], "need": 0.9, "work": [0.0, 0.0]}
    w = run(w, matter, whole_weight=1.0, candour=candour)
    assert (w.matters[0].rounds, w.matters[0].escalated) == (1, 1)
    assert w.matters[0].outcome == pytest.approx(outcome, **EXACT)


def test_a_leader_hears_the_parties_for_themselves_where_nobody_has_coordinated() -> None:
    """Without any round nothing is proposed: .2 and .9, mean .55, whatever the candour."""
    w = run(
        office(procedure_of(DECIDE), leader_whole_weight=0.0), {"ideal": [0.2, 0.9], "work": [0.0, 0.0]}, candour=0.0
    )
    assert w.matters[0].outcome == pytest.approx(0.55, **EXACT)


@pytest.mark.parametrize(("feedback", "rounds"), [(0.0, 0), (0.5, 0), (0.7, 1), (1.0, 1)])
def test_what_parties_think_and_do_not_say_is_amiss_as_far_as_feedback_brings_it_back(
    feedback: float, rounds: int
) -> None:
    """The leader imposes .5, and both say so; D2 still wants .9, unspoken: .2 off in the mean; .12 is too much."""
    w = run(
        office(procedure_of(DECIDE, AFTER)),
        {"ideal": [0.5, 0.9], "work": [0.0, 0.0]},
        feedback=feedback,
        before=0.0,
        after=1.0,
    )
    assert w.parties.voice.tolist() == [0.5, 0.5]
    assert w.matters[0].rounds == rounds


@pytest.mark.parametrize(("explanation", "trust"), [(0.0, 0.54), (1.0, 0.6 * (1.0 - 0.1 * 0.4))])
def test_an_outcome_that_becomes_clearly_worse_for_a_party_is_a_promise_broken_that_costs_trust(
    explanation: float, trust: float
) -> None:
    """.5 is decided; at t1 the whole needs .9, and the consultation of t2 agrees on that (.4 may be reserved).

    D, at .5, loses .4; D2, at .8, is nearer than before; D3, at .655, loses .09, which is within .1.
    """
    w = office(procedure_of(DECIDE, AFTER), contradiction_tolerance=0.1, explanation_effect=0.6)
    matter = {
        "actors": who(w, world.DEPARTMENT), "work": [0.0] * 3, "ideal": [0.5, 0.8, 0.655], "need_at_1": 1.0,
        "need_by_1": 0.4,
    }  # fmt: skip
    values = {"before": 0.0, "after": 1.0, "whole_weight": 1.0, "reserve": 1.0, "explanation": explanation}
    w = run(w, matter, **values)
    assert w.matters[0].outcome == pytest.approx(0.9, **EXACT)
    assert [int(event.who) for event in events_of(w, "broken")] == [w.parties[0].actor]
    assert w.totals[0].broken == 1
    ties = w.ties[[w.actors[u].office_tie for u in w.parties.actor]]
    assert ties.trust.tolist() == pytest.approx([trust, 0.6, 0.6], **EXACT)


def test_to_pass_down_no_error_nothing_is_misread() -> None:
    w = run(office(garbling=0.0), {"work": [0.0, 8.0]})
    assert (w.matters[0].rework, np.abs(w.parties.misread).sum()) == (0.0, 0.0)
