"""Random worlds for the laws: organisations, numbers, mixes of procedures and strategies of any kind."""

import numpy as np
from builders import scenario, strategy
from hypothesis import strategies as st

from sim import engine, world
from sim.procedure import procedure_names
from sim.setting import prepare
from sim.world import World

TICKS = 130
FROM_BELOW = "incoming_from_below"  # which only a subordinate unit may sponsor
COUNTS = {
    "organs": (1, 2), "superiors": (0, 2), "leaders_in_charge": (1, 3), "other_leaders": (0, 1), "semi_retired": (0, 1),
    "coordinators": (2, 4), "departments": (2, 8), "peers": (0, 2), "subordinates": (0, 6), "staff_groups": (0, 2),
    "publics": (0, 1), "partners": (1, 5),
}  # fmt: skip
# Ranges wide enough that queues form, disputes arise, work is undone and matters come back.
NUMBERS = {
    "organisation.coordinator_hours": (1.0, 8.0), "organisation.leader_hours": (0.2, 3.0),
    "organisation.department_hours": (0.5, 8.0), "organisation.busy_leaders": (0.0, 0.6),
    "organisation.busy_heads": (0.0, 0.8), "organisation.absence": (0.0, 0.3),
    "organisation.departmentalism": (0.0, 0.9),
    "workload.arrivals": (0.1, 1.5), "workload.assistants": (1.0, 5.0), "workload.hours": (0.0, 15.0),
    "workload.hours_cv2": (0.0, 4.0), "workload.interest_spread": (0.0, 0.6), "workload.bias_spread": (0.0, 0.4),
    "workload.band_min": (0.0, 0.1), "workload.drift_rate": (0.0, 0.1), "workload.drift_size": (0.0, 0.5),
    "rules.estimate_spread": (0.0, 0.4), "rules.consensus_divergence": (0.0, 0.3),
    "rules.contradiction_tolerance": (0.0, 0.05), "rules.slot_window": (1.0, 30.0), "rules.stall": (0.0, 12.0),
    "rules.intake_hours": (0.0, 1.5), "rules.urgency_headstart": (0.0, 80.0), "rules.friction": (0.0, 4.0),
    "rules.outbreak_rate": (0.0, 0.4), "rules.outbreak_rework": (0.0, 1.0), "rules.cooling": (1.0, 20.0),
    "rules.late_cost": (0.0, 3.0), "rules.contingency_tolerance": (0.0, 0.2), "rules.residual_rate": (0.0, 20.0),
    "rules.reopen_delay": (1.0, 20.0), "rules.withdrawal": (10.0, 150.0), "rules.trust_step": (0.0, 0.5),
    "rules.trust_asymmetry": (0.0, 5.0), "rules.trust_recovery": (0.0, 0.3),
    "workload.flaws": (0.0, 8.0), "workload.line_spread": (0.0, 0.4), "rules.vetting": (0.0, 1.0),
    "rules.leader_vetting": (0.0, 1.0), "rules.mending": (0.0, 1.0), "rules.policy_tolerance": (0.0, 0.4),
    "rules.principal_importance": (0.0, 1.0), "rules.chain_rate": (0.0, 1.0), "rules.patience": (1.0, 60.0),
    "rules.burst_rate": (0.0, 5.0), "rules.burst_growth": (0.0, 2.0), "rules.urging": (0.0, 60.0),
    "rules.lag_tolerance": (0.0, 0.5),
    "rules.breach_tolerance": (0.0, 0.4), "rules.correction": (0.0, 1.0), "rules.correction_hours": (0.0, 1.0),
    "rules.press_hours": (0.0, 1.0), "rules.rift_standing": (0.0, 1.0), "rules.focus": (0.0, 1.0),
    "rules.shirking": (0.0, 1.0), "organisation.duty_clarity": (0.0, 1.0), "rules.garbling": (0.0, 0.3),
    "rules.misread_cost": (0.0, 4.0), "rules.travel_hours": (0.0, 2.0), "rules.forgetting": (0.0, 1.0),
    "rules.briefing_hours": (0.0, 1.0), "rules.plan_ahead": (0.0, 30.0), "rules.service_headstart": (0.0, 60.0),
    "rules.practice_half": (1.0, 500.0), "organisation.composure": (0.0, 1.0), "rules.learning": (0.0, 1.0),
    "modes.meeting.delay": (0.0, 4.0), "modes.talks.party_hours": (0.0, 3.0), "modes.directive.rapport": (-1.0, 1.0),
}  # fmt: skip
PLANS = {
    "effort": (1.0, 16.0), "investigation": (0.0, 1.0), "whole_weight": (0.0, 1.0), "partiality": (0.0, 1.0),
    "explanation": (0.0, 1.0), "flexibility": (0.0, 1.0), "watch_interval": (1.0, 20.0),
    "committee_interval": (1.0, 12.0), "hearing": (0.0, 1.0), "participation": (0.0, 1.0), "balance": (0.0, 1.0),
    "compensation": (0.0, 3.0), "persuasion": (0.0, 1.0), "mandate": (0.0, 1.0), "uniformity": (0.0, 1.0),
    "strictness": (0.0, 1.0), "reserve": (0.0, 0.2), "candour": (0.0, 1.0), "feedback": (0.0, 1.0),
    "briefing": (0.0, 1.0), "guidance": (0.0, 1.0), "planning": (0.0, 1.0), "oversight": (0.0, 3.0),
    "entrustment": (0.0, 1.0), "report_share": (0.0, 1.0), "service": (0.0, 1.0), "bypass": (0.0, 1.0),
    "enforcement": (0.0, 1.0), "direct_invitations": (0.0, 1.0), "firmness": (0.0, 1.0), "levelling": (0.0, 1.0),
}  # fmt: skip
PLAN_COUNTS = {
    "rounds": (1, 4), "committee_agenda": (1, 6), "committee_members": (1, 4), "self_rounds": (1, 3), "members": (1, 6),
    "dynamic": (0, 2), "inspectors": (0, 2), "helpers": (0, 1), "restructure_after": (0, 2), "dispatch": (0, 1),
    "advice": (0, 2), "seats": (0, 1), "agenda_order": (0, 2), "venue": (0, 1), "forms": (0, 1),
    "attendance_rule": (0, 1), "event_cap": (1, 4), "reminders": (0, 1), "remedy": (0, 2), "expediting": (0, 1),
    "reading_order": (0, 1),
}  # fmt: skip


def shares(draw: st.DrawFn, count: int) -> np.ndarray:
    """Shares that sum to 1, many of them zero."""
    parts = np.array(draw(st.lists(st.sampled_from((0.0, 0.0, 1.0, 2.0)), min_size=count, max_size=count)))
    parts[draw(st.integers(0, count - 1))] += 1.0
    return parts / parts.sum()


def numbers(draw: st.DrawFn, ranges: dict[str, tuple[float, float]]) -> dict[str, float]:
    """A value in each range, the ends often."""
    return {name: draw(st.sampled_from((*ends, 0.5 * sum(ends))) | st.floats(*ends)) for name, ends in ranges.items()}


@st.composite
def worlds(draw: st.DrawFn, structure: str, events: int = 0) -> World:
    """A random world with up to four procedures, ready to run under a random strategy of a structure."""
    counts = {f"organisation.{name}": draw(st.integers(*ends)) for name, ends in COUNTS.items()}
    names = [name for name in procedure_names() if name != FROM_BELOW or counts["organisation.subordinates"]]
    mix = dict.fromkeys(draw(st.lists(st.sampled_from(names), min_size=1, max_size=4, unique=True)), 1.0)
    setting = prepare(scenario({**counts, **numbers(draw, NUMBERS), "ticks": TICKS}, mix))
    hosts = draw(st.integers(2, counts["organisation.coordinators"])) if structure == "multi" else 1
    plan = strategy(
        structure, coordinators=hosts, adaptive_timing=draw(st.booleans()), adaptive_mode=draw(st.booleans()),
        **numbers(draw, PLANS), **{name: draw(st.integers(*ends)) for name, ends in PLAN_COUNTS.items()},
        **dict(zip(("before", "during", "after"), shares(draw, 3), strict=True)),
        **dict(zip((f"share_{mode}" for mode in world.FINDS_TIME), shares(draw, 5), strict=True)),
    )  # fmt: skip
    return engine.start(engine.draw(setting, draw(st.integers(0, 2**40)), 0), plan, events=events)
