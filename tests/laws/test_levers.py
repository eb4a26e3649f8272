"""A lever acts through its own mechanism and nowhere else.

For each lever (a principle, a quality, a measure, a norm), ``SHUT`` has the values that leave its mechanism nothing to
act on: nobody on whom, no flaw, no distance, no hours.  There, moving the lever from one end of its range to the other
changes nothing at all, to the bit; that it changes something elsewhere is held by ``test_parameters.py``.  A lever that
reached a measure by any other way would fail here.

A shut world is otherwise the district with all its procedures, so that there is plenty the lever might have touched.
"""

from collections.abc import Mapping

import numpy as np
import pytest
from builders import DISTRICT, PLAIN, scenario, strategy

from sim import engine, measures, parameters
from sim.procedure import load_procedure
from sim.setting import prepare

TICKS = 200
ALONE = {"workload.assistants": 0.0, "workload.parties_max": 1, "organisation.publics": 0}
NEVER_AMENDED = {
    "workload.flaws": 0.0, "rules.policy_tolerance": 1.0, "workload.band_min": 1.0, "workload.band_max": 1.0,
}  # fmt: skip
EQUAL = {"workload.salience_min": 1.0, "organisation.power_min": 1.0}
CLEAR = {"organisation.duty_clarity": 1.0}
PERFECT = {
    "organisation.political": 1.0, "organisation.professional": 1.0, "organisation.technique": 1.0,
    "organisation.composure": 1.0, "organisation.skill_spread": 0.0,
}  # fmt: skip
NO_ACTIVITIES = {name: share for name, share in DISTRICT.items() if name != "leaders_activity"}
LAX = {name: share for name, share in DISTRICT.items() if name not in ("plan", "plan_execution", "strategy", "work",
       "working_relations", "interest_dispute")}  # fmt: skip
UNPRESSED = {
    name: share for name, share in DISTRICT.items()
    if not any(stage.type == "circulate" and stage.every for stage in load_procedure(name).stages)
}  # fmt: skip
CALM = {name: share for name, share in DISTRICT.items() if name not in ("emergency", "ad_hoc_task")}


def _of_modes(name: str) -> dict[str, float]:
    """Nothing of it, in any mode."""
    return {f"modes.{mode}.{name}": 0.0 for mode in parameters.MODES}


# What shuts a lever: values of the scenario, of the strategy, and the procedures there are.
SHUT: dict[str, tuple[Mapping[str, float], Mapping[str, object], str | Mapping[str, float]]] = {
    # principles
    "strategy.hearing": (ALONE, {}, PLAIN),
    "strategy.participation": ({"organisation.publics": 0}, {}, DISTRICT),
    "strategy.members": ({}, {"mode": "talks"}, PLAIN),
    "strategy.explanation": ({"rules.explanation_effect": 0.0}, {}, DISTRICT),
    "strategy.strictness": ({}, {}, LAX),
    "strategy.persuasion": ({"rules.persuasion_effect": 0.0, "rules.persuasion_cost": 0.0}, {}, DISTRICT),
    "strategy.balance": (EQUAL, {"compensation": 0.0}, DISTRICT),
    "strategy.compensation": ({"rules.memory": 0.0}, {}, DISTRICT),
    "strategy.service": ({"rules.service_headstart": 0.0}, {}, DISTRICT),
    "strategy.remedy": ({"rules.focus": 0.0}, {}, DISTRICT),
    "strategy.reserve": ({"rules.consensus_divergence": 1.0}, {}, DISTRICT),
    "strategy.dynamic": ({}, {"rounds": 1}, DISTRICT),
    "organisation.discipline": ({"rules.friction": 0.0}, {}, DISTRICT),
    "organisation.prestige": ({"rules.prestige_effect": 0.0, "rules.trust_step": 0.0}, {}, DISTRICT),
    "rules.prestige_effect": ({"rules.friction": 0.0}, {}, DISTRICT),
    # qualities
    "organisation.composure": (
        {**_of_modes("rapport"), "rules.outbreak_rate": 0.0, "rules.burst_rate": 0.0},
        {}, CALM,
    ),
    "organisation.technique": ({"rules.skill_effect": 0.0, "rules.focus": 0.0, "rules.sifting": 0.0}, {}, DISTRICT),
    "organisation.political": ({**NEVER_AMENDED}, {"mandate": 0.0}, DISTRICT),
    "rules.practice_half": (PERFECT, {}, DISTRICT),
    "rules.reading_spread": ({}, {"mandate": 0.0}, DISTRICT),
    "rules.sifting": (_of_modes("compliance"), {"investigation": 0.0}, DISTRICT),
    # measures
    "strategy.briefing": ({"rules.briefing_effect": 0.0, "rules.briefing_hours": 0.0}, {}, DISTRICT),
    "strategy.guidance": ({"rules.briefing_effect": 0.0, "rules.briefing_hours": 0.0}, {}, DISTRICT),
    "strategy.oversight": ({}, {}, PLAIN),
    "strategy.firmness": ({"rules.breach_tolerance": 1.0}, {}, DISTRICT),
    "strategy.levelling": ({"rules.urging": 0.0}, {}, DISTRICT),
    "strategy.helpers": ({}, {}, PLAIN),
    "strategy.candour": ({"rules.leader_whole_weight": 1.0}, {}, DISTRICT),
    "strategy.feedback": ({}, {"before": 1.0, "during": 0.0, "after": 0.0}, DISTRICT),
    "strategy.planning": ({"rules.plan_ahead": 0.0}, {}, DISTRICT),
    "strategy.restructure_after": (CLEAR, {}, DISTRICT),
    "strategy.advice": ({"rules.principal_importance": 1.0}, {}, PLAIN),
    "strategy.seats": ({}, {}, DISTRICT),
    "strategy.entrustment": ({}, {}, "circulation"),
    "strategy.report_share": (NEVER_AMENDED, {}, DISTRICT),
    "rules.garbling": ({"rules.misread_cost": 0.0}, {}, DISTRICT),
    "rules.shirking": (CLEAR, {}, DISTRICT),
    "rules.passing": (CLEAR, {}, DISTRICT),
    "rules.delimitation": (CLEAR, {}, DISTRICT),
    # norms, activities, meetings
    "strategy.bypass": ({}, {"mode": "talks"}, PLAIN),
    "strategy.forms": ({}, {}, PLAIN),
    "strategy.enforcement": ({"rules.learning": 0.0}, {}, DISTRICT),
    "strategy.attendance_rule": ({}, {}, NO_ACTIVITIES),
    "strategy.event_cap": ({}, {}, NO_ACTIVITIES),
    "strategy.direct_invitations": ({}, {}, NO_ACTIVITIES),
    "strategy.reminders": ({}, {}, NO_ACTIVITIES),
    "strategy.agenda_order": ({}, {}, DISTRICT),
    "strategy.expediting": ({}, {}, UNPRESSED),
    "strategy.reading_order": ({"organisation.absence": 0.0}, {}, DISTRICT),
    "workload.addressed": ({"rules.estimate_spread": 0.0}, {}, DISTRICT),
    "strategy.venue": ({"rules.travel_hours": 0.0}, {}, DISTRICT),
    "rules.observer_effect": ({}, {"members": 12}, DISTRICT),
    "rules.rank_gap": ({"rules.rift_healing": 0.0}, {}, DISTRICT),
    "rules.information_gap": ({"rules.rift_healing": 0.0}, {}, DISTRICT),
}  # fmt: skip
# What shows the lever itself, and nothing of what it does.
ITSELF = {"organisation.prestige": ("prestige",), "organisation.political": ("fidelity",)}


def measured(path: str, value: float) -> np.ndarray:
    """What is measured in the world that shuts a lever, with the lever at a value."""
    values, plan, procedures = SHUT[path]
    settings: dict[str, object] = {"compensation": 0.5, "persuasion": 0.2, "mandate": 0.2, "briefing": 0.3, **plan}
    times = {"before": 0.5, "during": 0.3, "after": 0.2}
    record = strategy("unified", str(settings.pop("mode", "meeting")), **{**times, **settings})  # type: ignore[arg-type]
    numbers = {**values, "ticks": TICKS}
    if path.startswith("strategy."):
        record[path.removeprefix("strategy.")] = value
    else:
        numbers[path] = value
    ended = engine.run(engine.draw(prepare(scenario(numbers, procedures)), 3, 0), record)
    kept = [name not in ITSELF.get(path, ()) for name in measures.NAMES]
    return np.concatenate((ended.measures[kept], ended.series.ravel()))


@pytest.mark.parametrize("path", SHUT)
def test_a_lever_changes_nothing_where_its_mechanism_has_nothing_to_act_on(path: str) -> None:
    row = parameters.BY_PATH[path]
    low, high = measured(path, row.low), measured(path, row.high)
    np.testing.assert_array_equal(low, high)


def test_every_principle_measure_and_norm_that_can_be_shut_is_shut_here() -> None:
    """The rest say who acts, when or by which mode (and so act everywhere), or bend a proposal itself."""
    elsewhere = {
        "coordinators", "before", "during", "after", "effort", "investigation", "whole_weight", "partiality",
        "flexibility", "rounds", "watch_interval", "committee_interval", "committee_agenda", "committee_members",
        "contention_weight", "volatility_weight", "self_rounds", "uniformity", "mandate", "inspectors", "dispatch",
    }  # fmt: skip
    shut = {path.removeprefix("strategy.") for path in SHUT if path.startswith("strategy.")}
    assert shut | elsewhere == {row.name for row in parameters.of_group("strategy")}
    assert not shut & elsewhere
