"""The engine against its plain-Mesa twin: the same worlds, strategies and ticks, told twice by two hands."""

from collections.abc import Sequence
from functools import cache
from itertools import product

import numpy as np
import pytest

from sim import draws, engine, measures, world
from sim.scenario import Scenario, load_scenario
from sim.setting import Setting, prepare
from sim.strategy import load_strategy, strategy_names
from sim.vocabulary import FLAW_NAMES
from tests import builders
from tests.reference import chance
from tests.reference.rulebook import named
from tests.reference.twin import Matter, Twin

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
TOTALS = ("misdirected", "bypassed", "double_booked", "broken", "restructured")
# Shares and rates of whole numbers: equal, but that one divides where the other multiplies by the reciprocal.
ONE_DIVISION = 1e-15
WHOLE = (
    "closed", "withdrawn", "refused", "on_time", "backlog", "handovers", "rounds", "returns", "conflicts", "outbreaks",
    "secondary", "bursts", "escalations", "reopened", "conflict_time", "rule_clashes", "misdirected",
    "double_bookings", "buck_passing", "broken_promises", "reserved",
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
    "rules.advice_wait": 3.5, "rules.travel_hours": 1.5,
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
    "organisation.publics": 2, "rules.leader_vetting": 0.5, "rules.mending": 0.6, "rules.policy_tolerance": 0.1,
    "rules.clash_weight": 1.0, "rules.patience": 15.5, "rules.burst_rate": 3.0, "rules.chain_rate": 0.8,
    "rules.lag_tolerance": 0.0, "rules.breach_tolerance": 0.1, "rules.withdrawal": 41.5,
    "rules.principal_importance": 0.3, "rules.residual_rate": 4.0, "rules.reopen_delay": 6.5,
    "organisation.duty_clarity": 0.2, "organisation.departmentalism": 0.8, "organisation.professional": 0.5,
    "organisation.composure": 0.3, "rules.practice_half": 50.0, "rules.briefing_effect": 0.8, "rules.shirking": 0.9,
    "rules.passing": 1.5, "rules.learning": 0.7, "rules.forgetting": 0.6, "rules.rank_gap": 0.8,
    "rules.information_gap": 2.5, "rules.advice_hours": 1.0, "rules.advice_wait": 1.0, "rules.garbling": 0.1,
    "rules.plan_ahead": 20.0, "rules.memory": 1.0, "rules.travel_hours": 0.0,
}  # fmt: skip
# A twist is laid over a strategy: hosts who are partial and bound, or who never look before they act; who do by the
# book whatever is said of good coordination, or nothing of it; and who are watched and helped but not heard.
TWISTS = {
    "as it comes": {},
    "partial": {"partiality": 0.4, "flexibility": 0.3, "rounds": 2, "self_rounds": 1, "watch_interval": 3.5},
    "blind": {"investigation": 0.0, "explanation": 0.0, "committee_agenda": 1, "committee_members": 6, "effort": 2.0},
    "principled": {
        "hearing": 0.6, "participation": 0.5, "members": 3, "balance": 0.5, "compensation": 1.5, "persuasion": 0.6,
        "mandate": 0.4, "reserve": 0.04, "dynamic": 1, "candour": 0.3, "feedback": 0.2, "briefing": 0.6,
        "guidance": 0.7, "helpers": 1, "planning": 0.5, "advice": 2, "strictness": 0.5, "inspectors": 1, "seats": 1,
        "oversight": 2.5, "restructure_after": 1, "service": 1.0, "enforcement": 1.0, "bypass": 0.0,
    },
    "loose": {
        "dispatch": 1, "entrustment": 0.5, "bypass": 0.6, "forms": 0, "attendance_rule": 0, "event_cap": 1,
        "direct_invitations": 0.8, "reminders": 0, "venue": 0, "agenda_order": 0, "committee_agenda": 2,
        "oversight": 0.0, "service": 0.0, "flexibility": 2.5, "uniformity": 0.6, "strictness": 0.8,
        "report_share": 0.5, "briefing": 0.0, "guidance": 0.0, "planning": 0.0, "hearing": 0.3, "participation": 0.0,
        "feedback": 1.0, "enforcement": 0.0, "mandate": 0.0, "members": 2,
    },
    "watched": {
        "inspectors": 2, "oversight": 2.5, "agenda_order": 2, "committee_agenda": 1, "advice": 1, "seats": 1,
        "planning": 1.0, "briefing": 0.0, "guidance": 0.0, "helpers": 1, "dynamic": 2, "members": 2, "hearing": 0.0,
        "participation": 1.0, "persuasion": 1.0, "restructure_after": 2, "direct_invitations": 0.4, "event_cap": 1,
        "reminders": 0, "service": 1.0, "entrustment": 1.0, "uniformity": 0.3, "reserve": 0.1, "bypass": 0.3,
        "balance": 1.0, "mandate": 0.9, "candour": 0.0, "report_share": 0.5, "enforcement": 1.0,
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
    "activities": lambda: builders.scenario({"ticks": 60}, "leaders_activity"),
    "bare everything": lambda: builders.scenario({**BARE, "workload.arrivals": 1.5}, builders.DISTRICT),
    "district": lambda: load_scenario("district"),
}


@cache
def setting(name: str) -> Setting:
    return prepare(WORLDS[name]())


def both(name: str, strategy: str, replicate: int, twist: str = "as it comes") -> tuple[world.World, Twin]:
    """The same run by the engine and by the twin."""
    record = load_strategy(strategy).record()
    for key, value in TWISTS[twist].items():
        record[0][key] = value
    template = engine.draw(setting(name), 7, replicate)
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
    check_rows(twin.organs, ended.organs, ("prestige",))
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
    told = {"life": matter.life, **{name: int(getattr(matter, name)) for name in COUNTED}}
    told["companion"] = -1 if matter.companion is None else matter.companion.row
    assert told == {"life": world.LIVES[row.life], "companion": row.companion, **{name: int(row[name]) for name in COUNTED}}, which
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
@pytest.mark.parametrize("name", ["everything", "tangled", "bare everything", "activities"])
def test_they_tell_the_same_story_of_a_district_where_everything_goes_on(name: str, strategy: str) -> None:
    for replicate in range(2):
        check(*both(name, strategy, replicate))


@pytest.mark.parametrize("twist", ["partial", "blind"])
@pytest.mark.parametrize("strategy", TWISTED)
def test_they_agree_where_hosts_are_partial_or_act_blindly(strategy: str, twist: str) -> None:
    for name in ("teaching", "rough", "tangled"):
        check(*both(name, strategy, 3, twist))


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
        "returns", "heeded", "settled", "ruled", "burst", "primed", "extra",
    )  # fmt: skip
    for turn in turns:
        assert any(getattr(matter, turn) for matter in matters), turn
    assert {matter.life for matter in matters} == set(world.LIVES) - {"future"}
    occasions = {matter.occasion for matter in matters if matter.stage.who == "chosen"}
    assert occasions == {"ordinary", "public", "exceptional"}
    for total in ("chained", "bursts", "urged", "corrected"):
        assert any(ended.totals[0][total] for ended, _ in runs), total
    assert any(
        force.own is not None and force.clashes for _, twin in runs for organ in twin.organs for force in organ.forces
    )


def test_the_twins_draws_are_the_engines() -> None:
    for key, entity, tick, j in product((0, 1, 2**63 + 5, 2**64 - 1), (0, 3, 2**40), (0, 499, 2**46), (0, 65535)):
        assert chance.uniform(key, entity, tick, j) == draws.uniform(np.uint64(key), entity, tick, j)
    for entity in range(300):
        expected = draws.normal(draws.uniform(np.uint64(9), entity, 0, 0))
        assert chance.normal(9, entity) == pytest.approx(expected, rel=1e-13)
