"""What a host proposes, by hand: how it weighs the whole, the parties, the leader's intent and the rules in force.

``small_office``: coordinator C 2 h a tick; talks take C and each party 1 h and are held at t1, and move nobody unless
said otherwise.  Parties are departments D (lead) and D2.  Rules in force say .5.
"""

import math

import numpy as np
import pytest
from builders import bare_mode, procedure_of, small_office, strategy, who, with_matters, with_procedures

from sim import engine, measures, world
from sim.draws import ESTIMATE, normal, uniform
from sim.procedure import Procedure
from sim.world import World

EXACT = {"rel": 0.0, "abs": 1e-9}
CONSULT = {"name": "consult", "type": "consult", "on_failure": "close"}
DECIDE = {"name": "decide", "type": "decide", "hours": 0.5}


def office(*procedures: Procedure, **talks: float) -> World:
    w = with_procedures(small_office({}), *(procedures or (procedure_of(CONSULT),)))
    bare_mode(w, "talks", **talks)
    return w


def run(w: World, structure: str = "unified", **given: object) -> World:
    """One matter of D's with D2, with what is given for it and for the strategy."""
    d, d2, _ = who(w, world.DEPARTMENT)
    matter: dict[str, object] = {"arrival": 0, "actors": [d, d2], "work": [0.0, 0.0]}
    plan = {"effort": 4.0, "investigation": 0.0, "rounds": 1, "whole_weight": 0.0, "explanation": 0.0}
    for name, value in given.items():
        (plan if name in (world.record(world.STRATEGY).names or ()) else matter)[name] = value  # type: ignore[assignment]
    voice = matter.pop("voice", None)
    w = with_matters(w, matter)
    if voice is not None:
        w.parties.voice = voice
    return engine.simulate(w, strategy(structure, "talks", **plan), events=100)


def measure(w: World, name: str) -> float:
    return float(measures.assess(w)[measures.NAMES.index(name)])


STRICT = (
    {"content": "work"},
    {"content": "interests"},
    {"content": "working_relations"},
    {"kind": "plan"},
    {"kind": "strategy"},
)
FREE = ({"content": "documents"}, {"content": "affairs"}, {"content": "documents", "kind": "policy"})


@pytest.mark.parametrize(
    ("fields", "strictness", "flexibility", "proposal"),
    [
        *(({"content": "documents", **fields}, 0.5, 1.0, 0.6) for fields in STRICT),
        *((fields, 0.5, 1.0, 0.7) for fields in FREE),
        (STRICT[0], 0.0, 1.0, 0.7), (STRICT[0], 1.0, 1.0, 0.5), (FREE[0], 0.0, 0.5, 0.6), (STRICT[0], 0.5, 0.5, 0.55),
        (FREE[0], 0.5, 2.0, 0.9), (FREE[0], 0.0, 4.0, 0.95), (STRICT[0], 0.5, 2.0, 0.7),
    ],
)  # fmt: skip
def test_strictness_gives_up_legal_room_where_power_interest_or_plans_are_concerned_and_nowhere_else(
    fields: dict[str, str], strictness: float, flexibility: float, proposal: float
) -> None:
    """The law allows .5 ± .2, the whole needs .95; flexibility times .2, less what strictness gives up of it."""
    w = office(procedure_of(CONSULT, **fields))
    w = run(w, need=0.95, low=0.3, high=0.7, whole_weight=1.0, strictness=strictness, flexibility=flexibility)
    assert w.briefs[0].proposal == pytest.approx(proposal, **EXACT)


@pytest.mark.parametrize(("flexibility", "outcome", "legal"), [(1.0, 0.7, 1.0), (1.5, 0.8, 0.0)])
def test_flexibility_beyond_the_law_decides_what_is_not_legal(flexibility: float, outcome: float, legal: float) -> None:
    w = office(procedure_of(CONSULT, DECIDE, content="documents"))
    w = run(w, need=0.9, low=0.3, high=0.7, whole_weight=1.0, flexibility=flexibility, reserve=1.0)
    assert w.matters[0].outcome == pytest.approx(outcome, **EXACT)
    assert measure(w, "legal") == legal


@pytest.mark.parametrize(("own", "proposal"), [(math.nan, 0.6 * 0.4 + 0.4 * 0.8), (0.2, 0.6 * 0.4 + 0.4 * 0.2)])
def test_uniformity_draws_a_proposal_to_the_rule_that_stands_in_the_domain(own: float, proposal: float) -> None:
    """The parties want .4; superior policy says .8, which an own document in force, if there is one, goes before."""
    w = office()
    w.force.superior, w.force.own = 0.8, own
    w = run(w, ideal=[0.4, 0.4], uniformity=0.4)
    assert w.briefs[0].proposal == w.briefs[0].neutral == pytest.approx(proposal, **EXACT)


@pytest.mark.parametrize(
    ("investigation", "technique", "sifting", "view"),
    [
        (0.0, 1.0, 1.0, 0.8), (0.375, 1.0, 1.0, 0.6), (1.0, 0.375, 1.0, 0.6), (0.375, 0.0, 1.0, 0.8),
        (1.0, 1.0, 1.0, 0.8 - 0.4 * 2.0 / 3.0), (0.375, 1.0, 0.5, 0.7), (0.375, 1.0, 0.0, 0.8),
    ],
)  # fmt: skip
def test_finding_out_sifts_what_parties_say_for_what_they_mean(
    investigation: float, technique: float, sifting: float, view: float
) -> None:
    """Both say .8 and mean .4; of 8 h some for finding out, H = 0, 3 or 8, in units of 1 h: q = sifting (1 - 1/sqrt(1 +
    H x technique)), half of it for 3 and two thirds for 8.  Where nothing is left for a round, talks are free.
    """
    w = office(host_hours=0.0)
    w.rules[0].investigation_half, w.rules[0].practice_half, w.rules[0].sifting = 1.0, 1e30, sifting
    w.actors.technique = technique
    w = run(w, ideal=[0.4, 0.4], voice=0.8, investigation=investigation)
    assert w.briefs[0].proposal == pytest.approx(view, **EXACT)


@pytest.mark.parametrize(("balance", "view"), [(0.0, 0.35), (0.5, (0.75 * 0.2 + 0.45 * 0.8) / 1.2), (1.0, 0.5)])
def test_balance_counts_parties_alike_instead_of_by_weight(balance: float, view: float) -> None:
    """D says .2 with weight .9, D2 .8 with .3; mean weight .6."""
    w = run(office(), ideal=[0.2, 0.8], weight=[0.9, 0.3], balance=balance)
    assert w.briefs[0].proposal == pytest.approx(view, **EXACT)


@pytest.mark.parametrize(("compensation", "view"), [(0.0, 0.5), (2.0, (0.2 + 2.0 * 0.8) / 3.0)])
def test_who_has_given_up_much_before_counts_more_where_that_is_compensated(compensation: float, view: float) -> None:
    """D says .2, D2, which has given up .5 on average, .8; equal weights: D2's counts 1 + 2 x .5 times."""
    w = office()
    w.actors[who(w, world.DEPARTMENT)[1]].conceded = 0.5
    w = run(w, ideal=[0.2, 0.8], compensation=compensation)
    assert w.briefs[0].proposal == pytest.approx(view, **EXACT)


def test_what_a_party_gave_up_in_matters_closed_is_remembered_and_fades_as_others_follow() -> None:
    """Outcome .5 twice.  D's interests are .2, then .4: .2 x .3 = .06, then .06 + .2 (.1 - .06) = .068; D2's .9, .5:
    .2 x .4 = .08, then .064.  What they misunderstand, .1, has been given up by nobody.
    """
    w = office(procedure_of(DECIDE))
    w.rules[0].memory = 0.2
    d, d2, _ = who(w, world.DEPARTMENT)
    pair = {"actors": [d, d2], "work": [0.0, 0.0], "bias": [0.1, -0.1]}
    w = with_matters(w, {"arrival": 0, "ideal": [0.2, 0.9], **pair}, {"arrival": 3, "ideal": [0.4, 0.5], **pair})
    w = engine.simulate(w, strategy())
    assert w.matters.outcome.tolist() == [0.5, 0.5]
    assert [w.actors[u].conceded for u in (d, d2)] == pytest.approx([0.068, 0.064], **EXACT)


@pytest.mark.parametrize(
    ("structure", "persuasion", "stance", "hours"),
    [("unified", 1.0, 0.396, 1.4), ("unified", 0.5, 0.378, 1.2), ("unified", 0.0, 0.36, 1.0)],
)
def test_persuasion_turns_a_party_to_the_whole_as_far_as_it_is_not_departmental_and_costs_the_host_hours(
    structure: str, persuasion: float, stance: float, hours: float
) -> None:
    """D alone, departmentalism .2, interest .2; the whole needs .7, which is proposed; r = .8 x .8 = .64, pace ½.

    Persuaded fully it is anchored at .2 + 1 x .5 x .8 x (.7 - .2) = .4: aims at .64 x .7 + .36 x .4 = .592, x = .396.
    Talks cost 1 h x (1 + .4 x persuasion).
    """
    w = office(openness=0.8, pace=0.5)
    w.rules[0].persuasion_effect, w.rules[0].persuasion_cost = 0.5, 0.4
    w.actors.departmentalism = 0.2
    alone = {"actors": who(w, world.DEPARTMENT)[:1], "work": [0.0], "ideal": [0.2], "need": 0.7}
    w = run(w, structure, persuasion=persuasion, whole_weight=1.0, **alone)
    assert w.parties[0].stance == pytest.approx(stance, **EXACT)
    assert w.matters[0].host_hours == pytest.approx(hours, **EXACT)


def test_parties_who_settle_it_themselves_ask_nobody_to_think_of_the_whole() -> None:
    """D (.2) proposes the mean, .5, to itself and D2 (.8); r = .8, pace ½: .5 is aimed at by .8, x = .32 and .68.

    D gives its host's hour and a party's, D2 a party's; persuasion adds nothing.
    """
    w = office(openness=0.8, pace=0.5)
    w = run(w, "self_first", persuasion=1.0, self_rounds=1, effort=0.0, ideal=[0.2, 0.8], need=0.9, reserve=1.0)
    assert w.parties.stance.tolist() == pytest.approx([0.32, 0.68], **EXACT)
    assert (w.matters[0].party_hours, w.matters[0].host_hours) == (3.0, 0.0)


@pytest.mark.parametrize(("mandate", "outcome"), [(0.0, 0.7), (0.25, 0.6), (1.0, 0.3)])
def test_the_weight_of_the_mandate_keeps_an_outcome_near_what_the_leader_wanted(mandate: float, outcome: float) -> None:
    """When it arises the whole needs .3, and that the leader wants; from t1 on it needs .7, which the host proposes."""
    w = office(procedure_of(CONSULT, DECIDE))
    changes = {"need": 0.3, "need_at_1": 1.0, "need_by_1": 0.4}
    w = run(w, ideal=[0.7, 0.7], mandate=mandate, whole_weight=1.0, reserve=1.0, **changes)
    assert w.matters[0].outcome == pytest.approx(outcome, **EXACT)
    assert measure(w, "fidelity") == pytest.approx(1.0 - (outcome - 0.3), **EXACT)
    assert measure(w, "goal_attainment") == pytest.approx(1.0 - (0.7 - outcome), **EXACT)


@pytest.mark.parametrize(("weighty", "low", "high"), [(False, 0.0, 1.0), (True, 0.0, 1.0), (False, 0.9, 1.0)])
def test_the_mandate_is_what_its_leader_wants_before_anybody_has_looked_into_it_held_to_the_law(
    weighty: bool, low: float, high: float
) -> None:
    """The estimate, without investigation, of the leader in charge, or of the principal if it is weighty."""
    w = office(procedure_of(DECIDE))
    w.rules[0].estimate_spread = 0.1
    d = who(w, world.DEPARTMENT)[0]
    leader = who(w, world.LEADER, world.PRINCIPAL)[0] if weighty else int(w.actors[d].portfolio)
    n = normal(uniform(w.keys[ESTIMATE], 0, int(w.actors[leader].ident), 0))
    w = run(w, importance=0.9 * weighty, low=low, high=high)
    assert w.matters[0].mandate == pytest.approx(np.clip(0.5 + 0.1 * n, low, high), **EXACT)
