"""The engine against its plain-Mesa twin: the same worlds, strategies and ticks, told twice by two hands."""

from collections.abc import Sequence
from functools import cache
from itertools import product

import numpy as np
import pytest

from sim import draws, engine, measures, parameters, world
from sim.scenario import Scenario, load_scenario
from sim.setting import Setting, prepare
from sim.strategy import load_strategy, strategy_names
from sim.vocabulary import FLAW_NAMES
from tests import builders
from tests.reference import chance
from tests.reference.rulebook import named
from tests.reference.twin import OCCASIONS, Matter, Twin

# Both add the same numbers, but not always in the same order: a sum over a run may differ in its last digits.
TOLERANCE = 1e-9
TWISTED = ("committee", "decide-first", "multi3-after", "multi3-before", "self-first", "tiered")
STRUCTURED = ("adaptive", "committee", "decide-first", "multi3-during", "self-first", "tiered", "unified-balanced")
COUNTED = (
    "decided", "closed", "first_act", "touches", "outbreaks", "secondary", "reopened", "rounds", "handovers",
    "escalated", "returns", "conflict", "settled", "ruled", "burst", "primed", "blocked", "heard", "unclear",
    "passed_on", "amended", "direct",
)  # fmt: skip
MEASURED = (
    "outcome", "paper", "latent", "host_hours", "party_hours", "leader_hours", "rework", "place", "mandate",
    "remainder", "extra",
)  # fmt: skip
OF_PARTIES = (
    "stance", "voice", "bias", "left", "done", "paper", "friction", "heard", "listened", "misread", "ahead", "helped",
)  # fmt: skip
OF_ACTORS = ("practised", "conceded", "order", "debt")
OF_FORCES = ("clarity", "passed", "clashes")
TOTALS = (
    "misdirected", "bypassed", "double_booked", "broken", "restructured", "chained", "urged", "corrected", "defects",
)  # fmt: skip
# Shares and rates of whole numbers: equal, but that one divides where the other multiplies by the reciprocal.
ONE_DIVISION = 1e-15
WHOLE = (
    "closed", "withdrawn", "refused", "on_time", "backlog", "handovers", "rounds", "returns", "conflicts", "outbreaks",
    "secondary", "bursts", "escalations", "reopened", "conflict_time", "rule_clashes", "misdirected",
    "double_bookings", "buck_passing", "broken_promises", "reserved", "urgent_on_time", "urged", "chained", "breaches",
    "defects",
)  # fmt: skip

# Rough: two organs, moving requirements, early withdrawal, scarce attention, quick and repeated disputes.
ROUGH = {
    "ticks": 87, "organisation.organs": 2, "organisation.leader_hours": 0.7, "organisation.busy_heads": 0.45,
    "workload.assistants": 3.0, "workload.parties_max": 7, "workload.hours": 9.0, "workload.hours_cv2": 0.0,
    "workload.drift_rate": 0.02, "workload.bias_spread": 0.3, "rules.withdrawal": 21.5, "rules.slot_window": 7.5,
    "rules.outbreak_rate": 0.4, "rules.cooling": 5.5, "rules.residual_rate": 4.0, "rules.reopen_delay": 6.5,
    "rules.reopen_limit": 3, "rules.contradiction_tolerance": 0.02, "rules.stall": 3.5, "rules.late_cost": 3.0,
    "rules.principal_importance": 0.3, "rules.local_knowledge": 0.4, "modes.countersign.delay": 0.0,
    "rules.trust_step": 0.3, "rules.trust_asymmetry": 4.0, "organisation.duty_clarity": 0.3,
    "organisation.discipline": 0.5, "organisation.prestige": 0.9, "organisation.technique": 0.5,
    "organisation.composure": 0.4, "organisation.political": 0.3, "rules.practice_half": 20.0,
    "rules.reading_spread": 0.4, "rules.persuasion_effect": 0.8, "rules.persuasion_cost": 0.9,
    "rules.observer_effect": 0.2, "rules.garbling": 0.2, "rules.briefing_hours": 1.2, "rules.misread_cost": 2.5,
    "rules.service_headstart": 35.0, "rules.prestige_effect": 0.8, "rules.shirking": 1.0, "rules.passing": 2.6,
    "rules.delimitation": 0.2, "rules.restructuring_hours": 3.0, "rules.memory": 0.5, "rules.plan_ahead": 7.0,
    "rules.advice_wait": 3.5, "rules.travel_hours": 1.5, "rules.sifting": 1.0,
}  # fmt: skip
# Bare: no work to do, nothing to register, decisions without attention, stalls that last no tick; what is left are
# the turns themselves.
BARE = {
    "ticks": 60, "workload.hours": 0.0, "rules.intake_hours": 0.0, "rules.decision_hours": 0.0,
    "rules.slot_window": 1.0, "rules.unprepared_hours": 0.0, "rules.stall": 0.9, "rules.contradiction_tolerance": 0.02,
    "modes.talks.host_hours": 0.0, "modes.talks.host_hours_party": 0.0,
}  # fmt: skip
# Tangled: every procedure, more flaws than papers should have, and no patience with anybody.
TANGLED = {
    "ticks": 150, "workload.arrivals": 1.5, "workload.flaws": 4.0, "workload.line_spread": 0.3,
    "organisation.organs": 2, "organisation.leader_hours": 0.7, "organisation.absence": 0.2,
    "organisation.publics": 2, "workload.addressed": 4, "rules.leader_vetting": 0.5, "rules.mending": 0.6,
    "rules.policy_tolerance": 0.1,
    "rules.clash_weight": 1.0, "rules.patience": 15.5, "rules.burst_rate": 3.0, "rules.burst_growth": 0.8,
    "rules.chain_rate": 0.8,
    "rules.lag_tolerance": 0.0, "rules.breach_tolerance": 0.1, "rules.withdrawal": 41.5,
    "rules.principal_importance": 0.3, "rules.residual_rate": 4.0, "rules.reopen_delay": 6.5,
    "organisation.duty_clarity": 0.2, "organisation.departmentalism": 0.8, "organisation.professional": 0.5,
    "organisation.composure": 0.3, "rules.practice_half": 50.0, "rules.briefing_effect": 0.8, "rules.shirking": 0.9,
    "rules.passing": 1.5, "rules.learning": 0.7, "rules.forgetting": 0.6, "rules.rank_gap": 0.8,
    "rules.information_gap": 2.5, "rules.advice_hours": 1.0, "rules.advice_wait": 1.0, "rules.garbling": 0.1,
    "rules.plan_ahead": 20.0, "rules.memory": 1.0, "rules.travel_hours": 0.0,
    "rules.sifting": 0.4,
}  # fmt: skip
# Cut: procedures that do without some of their stages and checks.
CUT = dict.fromkeys(
    (
        "procedures.outgoing_document.stage.vet", "procedures.outgoing_document.check.instructions",
        "procedures.incoming_from_below.stage.form_check", "procedures.incoming_from_below.stage.hear",
        "procedures.work.stage.supervise", "procedures.work.stage.aftermath", "procedures.policy.stage.issue",
        "procedures.policy.check.law", "procedures.leaders_activity.stage.attend",
    ), 0.0,
)  # fmt: skip
# A twist is laid over a strategy: hosts who are partial and bound, or who never look before they act; who do by the
# book whatever is said of good coordination, or nothing of it; and who are watched and helped but not heard.
TWISTS = {
    "as it comes": {},
    "partial": {"partiality": 0.4, "flexibility": 0.3, "rounds": 2, "self_rounds": 1, "watch_interval": 3.5},
    "blind": {"investigation": 0.0, "explanation": 0.0, "committee_agenda": 1, "committee_members": 6, "effort": 2.0,
              "firmness": 0.0, "levelling": 1.0, "reading_order": 0},
    "principled": {
        "hearing": 0.6, "participation": 0.5, "members": 3, "balance": 0.5, "compensation": 1.5, "persuasion": 0.6,
        "mandate": 0.4, "reserve": 0.04, "dynamic": 1, "candour": 0.3, "feedback": 0.2, "briefing": 0.6,
        "guidance": 0.7, "helpers": 1, "planning": 0.5, "advice": 2, "strictness": 0.5, "inspectors": 1, "seats": 1,
        "oversight": 2.5, "restructure_after": 1, "service": 1.0, "enforcement": 1.0, "bypass": 0.0,
        "remedy": 1,
    },
    "loose": {
        "dispatch": 1, "entrustment": 0.5, "bypass": 0.6, "forms": 0, "attendance_rule": 0, "event_cap": 1,
        "direct_invitations": 0.8, "reminders": 0, "venue": 0, "agenda_order": 0, "committee_agenda": 2,
        "oversight": 0.0, "service": 0.0, "flexibility": 2.5, "uniformity": 0.6, "strictness": 0.8,
        "report_share": 0.5, "briefing": 0.0, "guidance": 0.0, "planning": 0.0, "hearing": 0.3, "participation": 0.0,
        "feedback": 1.0, "enforcement": 0.0, "mandate": 0.0, "members": 2, "remedy": 2, "expediting": 0,
        "reading_order": 0,
    },
    "watched": {
        "inspectors": 2, "oversight": 2.5, "agenda_order": 2, "committee_agenda": 1, "advice": 1, "seats": 1,
        "planning": 1.0, "briefing": 0.0, "guidance": 0.0, "helpers": 1, "dynamic": 2, "members": 2, "hearing": 0.0,
        "participation": 1.0, "persuasion": 1.0, "restructure_after": 2, "direct_invitations": 0.4, "event_cap": 1,
        "reminders": 0, "service": 1.0, "entrustment": 1.0, "uniformity": 0.3, "reserve": 0.1, "bypass": 0.3,
        "balance": 1.0, "mandate": 0.9, "candour": 0.0, "report_share": 0.5, "enforcement": 1.0,
        "whole_weight": 0.9, "contention_weight": 1.0, "volatility_weight": 10.0, "committee_interval": 3.5,
        "firmness": 0.4, "levelling": 0.7,
    },
}  # fmt: skip


def plain() -> Scenario:
    """The teaching example with the general procedure alone."""
    data = load_scenario("teaching").model_dump(exclude_unset=True)
    del data["procedures"]
    scenario: Scenario = Scenario.model_validate(data)
    return scenario


WORLDS = {
    "teaching": plain,
    "rough": lambda: plain().with_values(ROUGH),
    "bare": lambda: plain().with_values(BARE),
    "everything": lambda: builders.scenario({"ticks": 120, "workload.arrivals": 2.0}, builders.DISTRICT),
    "tangled": lambda: builders.scenario(TANGLED, builders.DISTRICT),
    "cut": lambda: builders.scenario({**TANGLED, **CUT}, builders.DISTRICT),
    "activities": lambda: builders.scenario({"ticks": 60}, "leaders_activity"),
    "bare everything": lambda: builders.scenario({**BARE, "workload.arrivals": 1.5}, builders.DISTRICT),
    "district": lambda: load_scenario("district"),
}


# Answered: superior bodies take part and have to answer, leaders are chosen for an occasion and then asked to sign.
ANSWERED = builders.procedure_of(
    {"name": "consult", "type": "consult", "on_failure": "leader"},
    {
        "name": "ask", "type": "review", "who": "superior", "when": "outside", "wait": 2, "limit": 1,
        "checks": ("law", "superior", "content", "powers"), "on_failure": "consult", "beyond": "refuse",
    },
    {"name": "decide", "type": "decide"},
    {"name": "attend", "type": "schedule", "who": "chosen", "hours": 1.0, "wait": 1, "limit": 2, "beyond": "close"},
    {"name": "sign", "type": "review", "who": "chosen", "hours": 0.2},
    {"name": "carry_out", "type": "execute"},
    {"name": "aftermath", "type": "consult", "slot": "after"},
    leaders_only=True,
)  # fmt: skip


def answered() -> world.World:
    """A drawn world of invitations that pass through that procedure instead, against the law and flawed besides."""
    values = {"ticks": 200, "workload.arrivals": 0.8, "workload.line_spread": 0.4, "rules.policy_tolerance": 0.1}
    drawn = builders.with_procedures(builders.template(values, 7, 0, "leaders_activity"), ANSWERED)
    law, others = 2 ** FLAW_NAMES.index("law"), 2 ** FLAW_NAMES.index("content")
    drawn.matters.flaws = law + others * np.arange(len(drawn.matters))
    return drawn


@cache
def setting(name: str) -> Setting:
    return prepare(WORLDS[name]())


def both(name: str, strategy: str, replicate: int, twist: str = "as it comes") -> tuple[world.World, Twin]:
    """The same run by the engine and by the twin."""
    return told_twice(engine.draw(setting(name), 7, replicate), strategy, twist)


def told_twice(template: world.World, strategy: str, twist: str) -> tuple[world.World, Twin]:
    """A drawn world run by the engine and by the twin, the strategy with a twist."""
    record = load_strategy(strategy).record()
    for key, value in TWISTS[twist].items():
        record[0][key] = value
    twin = Twin(template, record)
    twin.run()
    return engine.simulate(template, record), twin


def check(ended: world.World, twin: Twin) -> None:
    """Matter by matter, then the course of the run, then what it is reduced to."""
    assert len(twin.matters) == len(ended.matters)
    for m, matter in enumerate(twin.matters):
        check_matter(matter, ended.matters[m], f"matter {m}")
    check_rows([party for matter in twin.matters for party in matter.parties], ended.parties, OF_PARTIES)
    check_rows(twin.actors, ended.actors, OF_ACTORS)
    check_rows(twin.organs, ended.organs, ("prestige", "discipline"))
    check_rows([force for organ in twin.organs for force in organ.forces], ended.force.ravel(), OF_FORCES)
    assert {name: twin.totals[name] for name in TOTALS} == {name: int(ended.totals[0][name]) for name in TOTALS}
    series = np.reshape(twin.series, (-1, len(measures.SERIES)))
    np.testing.assert_allclose(series, ended.series, rtol=TOLERANCE)
    assessed = dict(zip(measures.NAMES, measures.assess(ended).tolist(), strict=True))
    counted = twin.measures()
    assert counted == pytest.approx(assessed, rel=TOLERANCE, nan_ok=True)
    for name in WHOLE:
        assert counted[name] == pytest.approx(assessed[name], rel=ONE_DIVISION, nan_ok=True), name


def check_rows(things: Sequence[object], rows: np.ndarray, names: tuple[str, ...]) -> None:
    """What has become of all of a kind, field by field."""
    for name in names:
        counted = np.array([getattr(thing, name) for thing in things], float)
        np.testing.assert_allclose(counted, rows[name], rtol=TOLERANCE, atol=TOLERANCE, err_msg=name)


def check_matter(matter: Matter, row: np.record, which: str) -> None:
    """What has become of a matter, and of its paper."""
    companion = -1 if matter.companion is None else matter.companion.row
    assert (matter.life, companion) == (world.LIVES[row.life], row.companion), which
    told = {name: int(getattr(matter, name)) for name in COUNTED}
    assert told == {name: int(row[name]) for name in COUNTED}, which
    flaws = {name: getattr(matter, name) for name in ("flaws", "found", "heeded")}
    assert flaws == {name: named(int(row[name]), FLAW_NAMES) for name in flaws}, which
    amounts = {name: getattr(matter, name) for name in MEASURED}
    assert amounts == pytest.approx({name: float(row[name]) for name in amounts}, rel=TOLERANCE, nan_ok=True), which


@pytest.mark.parametrize("strategy", strategy_names())
@pytest.mark.parametrize("name", ["teaching", "rough", "bare"])
def test_engine_and_twin_tell_the_same_story_of_a_small_world(name: str, strategy: str) -> None:
    for replicate in range(2):
        check(*both(name, strategy, replicate))


@pytest.mark.parametrize("strategy", STRUCTURED)
@pytest.mark.parametrize("name", ["everything", "tangled", "cut", "bare everything", "activities"])
def test_they_tell_the_same_story_of_a_district_where_everything_goes_on(name: str, strategy: str) -> None:
    for replicate in range(2):
        check(*both(name, strategy, replicate))


@pytest.mark.parametrize("twist", [twist for twist in TWISTS if TWISTS[twist]])
@pytest.mark.parametrize("strategy", TWISTED)
def test_they_agree_where_a_strategy_is_twisted(strategy: str, twist: str) -> None:
    for name in ("teaching", "rough", "tangled", "activities"):
        check(*both(name, strategy, 3, twist))


def test_the_twists_leave_no_number_of_a_strategy_as_it_comes() -> None:
    """But for those in which the strategies differ."""
    usual = {row.name: row.default for row in parameters.of_group("strategy")}
    twisted = {name for twist in TWISTS.values() for name, value in twist.items() if value != usual[name]}
    assert twisted == set(usual) - {"coordinators", "before", "during", "after"}


@pytest.mark.parametrize("twist", TWISTS)
def test_they_agree_where_superior_bodies_answer(twist: str) -> None:
    for strategy in ("adaptive", "committee", "self-first"):
        ended, twin = told_twice(answered(), strategy, twist)
        check(ended, twin)
    asked = [matter for matter in twin.matters if matter.found or matter.returns or matter.amended]
    posts = {party.actor.post for matter in asked for party in matter.parties if party.actor.role == "superior"}
    assert posts == {"leading", "guiding", "supervising"}


@pytest.mark.parametrize("strategy", ["adaptive", "multi3-during"])
def test_they_agree_on_a_whole_district_over_a_year(strategy: str) -> None:
    check(*both("district", strategy, 0))


def test_the_twin_leaves_its_template_as_it_was() -> None:
    template = engine.draw(setting("teaching"), 7, 0)
    before = [part.tobytes() for part in template]
    Twin(template, load_strategy("multi3-before").record()).run()
    assert [part.tobytes() for part in template] == before


def test_the_worlds_leave_no_turn_of_a_matters_life_untried() -> None:
    """A comparison of runs in which nothing happens would prove nothing."""
    strategies = ("multi3-before", "decide-first", "tiered", "self-first", "committee")
    runs = [both(name, strategy, 0) for name in ("rough", "tangled", "activities") for strategy in strategies]
    matters = [matter for _, twin in runs for matter in twin.matters]
    turns = (
        "outbreaks", "secondary", "reopened", "rounds", "escalated", "conflict", "rework", "delegated", "reviewed",
        "returns", "heeded", "settled", "ruled", "burst", "primed", "extra", "passed_on", "amended",
    )  # fmt: skip
    for turn in turns:
        assert any(getattr(matter, turn) for matter in matters), turn
    assert {matter.life for matter in matters} == set(world.LIVES) - {"future"}
    occasions = {matter.occasion for matter in matters if matter.stage.who == "chosen"}
    assert occasions == set(OCCASIONS.values())
    totals = (
        "chained", "bursts", "urged", "corrected", "misdirected", "bypassed", "double_booked", "broken", "defects",
        "during_hours", "during_round_hours",
    )  # fmt: skip
    for total in totals:
        assert any(ended.totals[0][total] for ended, _ in runs), total
    assert any(
        force.own is not None and force.clashes for _, twin in runs for organ in twin.organs for force in organ.forces
    )


def test_the_twists_leave_no_turn_untried_either() -> None:
    runs = [both("tangled", "committee", 0, twist) for twist in ("principled", "loose", "watched")]
    runs += [both("activities", "committee", 0, twist) for twist in ("loose", "watched")]
    twins = [twin for _, twin in runs]
    matters = [matter for twin in twins for matter in twin.matters]
    parties = [party for matter in matters for party in matter.parties]
    for turn in ("remainder", "companion", "passed_on", "unclear"):
        assert any(getattr(matter, turn) for matter in matters), turn
    for turn in ("listened", "misread", "ahead", "helped"):
        assert any(getattr(party, turn) for party in parties), turn
    for turn in ("practised", "conceded", "order"):
        assert any(getattr(actor, turn) for twin in twins for actor in twin.actors), turn
    for total in TOTALS:
        assert any(twin.totals[total] for twin in twins), total
    observers = [party for party in parties if party.heard and not party.member]
    assert observers
    assert any(party.heard == 0 and party.matter.life != "future" for party in parties)
    organs = [(twin.strategy, organ) for twin in twins for organ in twin.organs]
    assert any(organ.discipline < parameters.BY_PATH["organisation.discipline"].default for _, organ in organs)
    assert any(max(organ.topics.values(), default=0) == strategy.committee_agenda for strategy, organ in organs)
    assert any(max(organ.events.values(), default=0) == strategy.event_cap for strategy, organ in organs)


def test_the_twins_draws_are_the_engines() -> None:
    for key, entity, tick, j in product((0, 1, 2**63 + 5, 2**64 - 1), (0, 3, 2**40), (0, 499, 2**46), (0, 65535)):
        assert chance.uniform(key, entity, tick, j) == draws.uniform(np.uint64(key), entity, tick, j)
    for entity in range(300):
        expected = draws.normal(draws.uniform(np.uint64(9), entity, 0, 0))
        assert chance.normal(9, entity) == pytest.approx(expected, rel=1e-13)
