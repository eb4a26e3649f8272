"""What the qualities of whoever hosts or checks are good for, by hand: each decides something of its own.

``small_office``: coordinator C 2 h a tick.  Talks take C and each party 1 h and are held a tick later; who is open is
open to .8 and goes half of the way.  D, D2, D3 are departments; D2 is not in C's portfolio, D is.
"""

import numpy as np
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
    with_qualities,
)

from sim import engine, world
from sim.draws import ESTIMATE, normal, uniform
from sim.procedure import Procedure
from sim.vocabulary import CONTENT, EARLIER_RULE, LAW, RELATED_RULE, SUPERIOR_RULE
from sim.world import World

EXACT = {"rel": 0.0, "abs": 1e-9}
NEVER_LEARNT = 1e30  # tasks: practice adds nothing
CERTAIN = 1e12
CONSULT = {"name": "consult", "type": "consult", "on_failure": "close"}
DECIDE = {"name": "decide", "type": "decide", "hours": 0.5}
WORK = {"name": "carry_out", "type": "execute"}
FILE = {"name": "file", "type": "review", "hours": 2.0}


def office(*procedures: Procedure, talks: dict[str, float] | None = None, **rules: float) -> World:
    w = with_procedures(small_office({}), *procedures)
    bare_mode(w, "talks", **{"openness": 0.8, "pace": 0.5, **(talks or {})})
    for name, value in {"practice_half": NEVER_LEARNT, **rules}.items():
        w.rules[0][name] = value
    return w


def run(w: World, *matters: dict[str, object], **plan: float) -> World:
    plan = {"effort": 4.0, "investigation": 0.0, "rounds": 1, "whole_weight": 1.0, "explanation": 0.0, **plan}
    return engine.simulate(with_matters(w, *matters), strategy(mode="talks", **plan), events=400)


def host(w: World) -> int:
    return who(w, world.OFFICE)[0]


def test_experience_raises_a_quality_by_a_share_of_what_is_missing_that_grows_with_the_tasks_done() -> None:
    """Technique .4, half the way learnt by 2 tasks; D's interest .2, the proposal .5.

    t0  C finds out (0 h) and prepares: 2 tasks.  t1 first talks: .4 + .6 x 2/4 = .7, r = .8 (.5 + .5 x .7) = .68;
        D aims at .68 x .5 + .32 x .2 = .404, x = .302; not agreed; C prepares: 3 tasks
    t2  second talks: .4 + .6 x 3/5 = .76, r = .704; D aims at .4112, x = .302 + .5 x .1092 = .3566
    """
    w = office(procedure_of(CONSULT), practice_half=2.0)
    w.actors.technique = 0.4
    d = who(w, world.DEPARTMENT)[0]
    w = run(w, {"arrival": 0, "actors": [d], "work": [0.0], "ideal": [0.2]}, rounds=2)
    assert [event.value for event in events_of(w, "hears")] == pytest.approx([0.302, 0.3566], **EXACT)
    assert w.actors[host(w)].practised == 3


@pytest.mark.parametrize(
    ("preempts", "composure", "hours", "closed"),
    [(True, 1.0, 2.0, 0), (True, 0.5, 3.0, 1), (True, 0.0, 4.0, 1), (False, 0.0, 2.0, 0)],
)
def test_under_pressure_a_host_without_composure_takes_longer_over_a_task(
    preempts: bool, composure: float, hours: float, closed: int
) -> None:
    """2 h of desk work of an emergency take 2 (2 - composure) h, of anything else 2 h; C has 2 h a tick."""
    w = office(procedure_of(FILE, preempts=preempts))
    w.actors.composure = composure
    w = run(w, {"arrival": 0, "actors": [who(w, world.DEPARTMENT)[0]], "work": [0.0]})
    assert (w.matters[0].host_hours, w.matters[0].closed) == (hours, closed)


def test_what_has_burst_is_worked_on_under_pressure_from_then_on() -> None:
    """Of 4 h C (composure .5) does 2 at t0; at t1 patience bursts: the other 2 take 3 h, t1 and half of t2."""
    w = office(procedure_of({**FILE, "hours": 4.0}), burst_rate=CERTAIN, patience=1.0)
    w.actors.composure = 0.5
    w = run(w, {"arrival": 0, "actors": [who(w, world.SUBORDINATE)[0]], "work": [0.0]})
    assert (w.matters[0].burst, w.matters[0].host_hours, w.matters[0].closed) == (1, 5.0, 2)


def test_a_matter_stopped_by_a_conflict_is_coordinated_under_pressure() -> None:
    """It breaks out at t0; C (composure .5) prepares talks, 1 h, in 1.5 h."""
    w = office(procedure_of(DECIDE, WORK), outbreak_rate=CERTAIN, outbreak_exhaustion=0.0, consensus_divergence=1.0)
    w.actors.composure = 0.5
    d, d2, _ = who(w, world.DEPARTMENT)
    matter = {"arrival": 0, "actors": [d, d2], "work": [1.0, 8.0], "ideal": [0.5, 0.8]}
    w = run(w, matter, before=0.0, during=1.0, effort=1.0)
    assert (w.matters[0].outbreaks, w.matters[0].rounds, w.matters[0].host_hours) == (1, 1, 1.5)


@pytest.mark.parametrize(
    ("rapport", "composure", "trust"),
    [
        (0.4, 1.0, 0.6 + 0.05 * 0.4 * 0.4), (0.4, 0.5, 0.6 + 0.05 * 0.2 * 0.4),
        (-0.4, 1.0, 0.6 * (1.0 - 0.1 * 0.4)), (-0.4, 0.5, 0.6 * (1.0 - 0.1 * 0.6)),
    ],
)  # fmt: skip
def test_a_composed_host_gives_more_of_the_rapport_of_a_round_and_less_of_its_harshness(
    rapport: float, composure: float, trust: float
) -> None:
    """Trust of D's office tie, .6, shifts by rapport x composure, or if it is negative by rapport x (2 - composure)."""
    w = office(procedure_of(CONSULT), talks={"rapport": rapport})
    w.actors.composure = composure
    d = who(w, world.DEPARTMENT)[0]
    w = run(w, {"arrival": 0, "actors": [d], "work": [0.0]})
    assert w.ties[w.actors[d].office_tie].trust == pytest.approx(trust, **EXACT)


POLICY = 1 << SUPERIOR_RULE | 1 << EARLIER_RULE | 1 << RELATED_RULE
SUBSTANCE = 1 << LAW | 1 << CONTENT


@pytest.mark.parametrize(
    ("political", "professional", "found"),
    [(1.0, 0.0, [POLICY]), (0.0, 1.0, [SUBSTANCE]), (0.0, 0.0, []), (1.0, 1.0, [POLICY | SUBSTANCE])],
)
def test_a_desk_finds_departures_from_policy_by_its_political_quality_and_all_else_by_its_professional_quality(
    political: float, professional: float, found: list[int]
) -> None:
    """D's paper says .5: the law begins at .6, all rules in force say .9, and it is unworkable."""
    checks = ("law", "superior", "earlier", "related", "content")
    w = office(procedure_of({**FILE, "checks": checks, "on_failure": "close"}), policy_tolerance=0.1)
    w.force.superior, w.force.related, w.force.own = 0.9, 0.9, 0.9
    with_qualities(w, 0.0)
    w.actors.political, w.actors.professional = political, professional
    d = who(w, world.DEPARTMENT)[0]
    w = run(w, {"arrival": 0, "actors": [d], "work": [0.0], "low": 0.6, "flaws": 1 << CONTENT})
    assert [int(event.value) for event in events_of(w, "found")] == found


@pytest.mark.parametrize("political", [1.0, 0.75, 0.0])
def test_a_host_reads_the_leaders_intent_the_nearer_the_better_its_political_quality(political: float) -> None:
    """The leader wants what the whole needs, .4, the parties .5; the mandate counts for half, read with an error.

    P = .5 x .5 + .5 x clip(.4 + n x .1 x (1 - political)).
    """
    w = office(procedure_of(CONSULT), reading_spread=0.1)
    w.actors.political = political
    w = run(
        w, {"arrival": 0, "actors": [who(w, world.DEPARTMENT)[0]], "work": [0.0], "need": 0.4},
        whole_weight=0.0, mandate=0.5,
    )  # fmt: skip
    n = normal(uniform(w.keys[ESTIMATE], 0, int(w.actors[host(w)].ident), 2))
    read = float(np.clip(0.4 + n * 0.1 * (1.0 - political), 0.0, 1.0))
    assert w.matters[0].mandate == 0.4
    assert w.briefs[0].proposal == pytest.approx(0.25 + 0.5 * read, **EXACT)


@pytest.mark.parametrize(("professional", "narrowed"), [(0.0, 1.0), (0.5, 1.5), (1.0, 2.0)])
def test_an_hour_of_investigation_is_worth_as_much_as_the_professional_quality_of_who_investigates(
    professional: float, narrowed: float
) -> None:
    """2 of 4 h for finding out, half the variance gone at 2 h: P = .5 + n x .1 / sqrt(1 + professional)."""
    w = office(procedure_of(CONSULT), estimate_spread=0.1, investigation_half=2.0)
    w.actors.professional = professional
    d2 = who(w, world.DEPARTMENT)[1]
    w = run(w, {"arrival": 0, "actors": [d2], "work": [0.0]}, investigation=0.5)
    n = normal(uniform(w.keys[ESTIMATE], 0, int(w.actors[host(w)].ident), 0))
    assert w.briefs[0].research == 2.0
    assert w.briefs[0].proposal == pytest.approx(0.5 + 0.1 * n / np.sqrt(narrowed), **EXACT)


@pytest.mark.parametrize(("professional", "bias"), [(1.0, 0.1), (0.5, 0.15), (0.0, 0.2)])
def test_a_host_explains_as_much_of_a_misunderstanding_as_its_professional_quality_allows(
    professional: float, bias: float
) -> None:
    """Talks could remove half of a misunderstanding of .2."""
    w = office(procedure_of(CONSULT), talks={"clarity": 0.5})
    w.actors.professional = professional
    d = who(w, world.DEPARTMENT)[0]
    w = run(w, {"arrival": 0, "actors": [d], "work": [0.0], "bias": [0.2]})
    assert w.parties[0].bias == pytest.approx(bias, **EXACT)


@pytest.mark.parametrize(("technique", "stance"), [(1.0, 0.2 + 0.5 * 0.8 * 0.3), (0.0, 0.2 + 0.5 * 0.4 * 0.3)])
def test_parties_are_less_open_to_a_host_without_technique(technique: float, stance: float) -> None:
    """Half of D's openness, .8, depends on it; D's interest is .2, the proposal .5."""
    w = office(procedure_of(CONSULT), skill_effect=0.5)
    w.actors.technique = technique
    d = who(w, world.DEPARTMENT)[0]
    w = run(w, {"arrival": 0, "actors": [d], "work": [0.0], "ideal": [0.2]})
    assert w.parties[0].stance == pytest.approx(stance, **EXACT)


def test_a_host_sees_what_a_dispute_is_about_the_more_often_the_more_it_has_found_out_with_technique() -> None:
    """60 disputes of interest, 2 h of finding out each, half the variance gone at .25 h.

    Without technique the host is wrong in half of the cases (the draw below .5), with it in a sixth: ½ / sqrt(1 + 8).
    """
    taken = {}
    for technique, wrong in ((0.0, 0.5), (1.0, 0.5 / 3.0)):
        w = office(procedure_of(CONSULT), investigation_half=0.25)
        c = host(w)
        w.actors.technique, w.actors[c].capacity = technique, 1e6
        d = who(w, world.DEPARTMENT)[0]
        matters = [{"arrival": 0, "arose": m / 60, "actors": [d], "work": [0.0]} for m in range(60)]
        w = run(w, *matters, investigation=0.5)
        ident = int(w.actors[c].ident)
        expected = [int(uniform(w.keys[ESTIMATE], m, ident, 1) < wrong) for m in range(60)]
        assert w.briefs.cognitive.tolist() == expected
        taken[technique] = sum(expected)
    assert 0 < taken[1.0] < taken[0.0] < 60
