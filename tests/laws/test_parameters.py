"""Every number a user may set changes something that is measured.

Each row of ``sim.parameters`` is moved from one end of its range to the other, in a world and under a strategy in
which it can act; at least one measure must differ.
"""

import numpy as np
import pytest
from builders import DISTRICT, scenario, strategy

from sim import engine, parameters, world
from sim.parameters import Parameter
from sim.setting import prepare

TICKS = 240
MIX = {"before": 0.5, "during": 0.3, "after": 0.2}
# Nobody's plain duty, and everybody shirks.
MURKY = {"organisation.duty_clarity": 0.4, "organisation.departmentalism": 0.6, "rules.shirking": 1.0}
# Values besides the one that is moved, where the default world gives it nothing to act on.
ROOM = {
    "organisation.branching": {"organisation.organs": 6},
    "workload.parties_max": {"workload.assistants": 4.0},
    "rules.reopen_limit": {"rules.residual_rate": 5.0, "rules.reopen_delay": 10.0},
    "rules.withdrawal": {"organisation.leader_hours": 0.1, "rules.withdrawal": 100.0},
    "strategy.flexibility": {"workload.band_max": 0.2},
    "strategy.committee_agenda": {"workload.arrivals": 1.5},
    "rules.clash_weight": {"rules.vetting": 0.6, "workload.line_spread": 0.3},
    "rules.flaw_weight": {"rules.vetting": 0.6, "workload.flaws": 2.0},
    "rules.burst_rate": {"rules.patience": 20.0, "organisation.leader_hours": 0.6},
    "rules.burst_growth": {"rules.patience": 20.0, "organisation.leader_hours": 0.6},
    "strategy.venue": {"organisation.subordinates": 40},
    "rules.restructuring_hours": {"organisation.duty_clarity": 0.4, "organisation.leader_hours": 0.6},
    "rules.delimitation": MURKY,
    "strategy.restructure_after": MURKY,
    "rules.passing": {"organisation.duty_clarity": 0.4},
    "rules.shirking": {"organisation.duty_clarity": 0.4},
    "rules.learning": {"workload.flaws": 2.0},
    "strategy.enforcement": {"workload.flaws": 2.0},
}
# Where the mix of the district has too few of a procedure.
ONLY = {
    "rules.rift_healing": "personal_relations", "rules.rift_standing": "personal_relations",
    "workload.public_occasions": "leaders_activity", "workload.exceptional_occasions": "leaders_activity",
    "strategy.attendance_rule": "leaders_activity", "strategy.event_cap": "leaders_activity",
    "strategy.direct_invitations": "leaders_activity", "strategy.reminders": "leaders_activity",
    "rules.forgetting": "leaders_activity", "strategy.forms": "request_form", "rules.learning": "request_form",
    "strategy.enforcement": "request_form", "rules.rank_gap": "personal_relations",
    "rules.information_gap": "personal_relations", "strategy.report_share": "outgoing_document",
    "rules.leader_vetting": "policy", "rules.clash_weight": "policy", "rules.flaw_weight": "policy",
}  # fmt: skip
PLAIN = strategy(mode="meeting", **MIX)
MULTI = strategy("multi", "talks", coordinators=3, **MIX)
ADAPTIVE = strategy(adaptive_timing=1, adaptive_mode=1)
COMMITTEE = strategy("committee", **MIX)
TIERED = strategy("tiered", **MIX)
SELF_FIRST = strategy("self_first", **MIX)
PLANS = {
    "strategy.contention_weight": ADAPTIVE,
    "strategy.volatility_weight": ADAPTIVE,
    "strategy.committee_interval": COMMITTEE,
    "strategy.committee_agenda": COMMITTEE,
    "strategy.committee_members": COMMITTEE,
    "strategy.self_rounds": SELF_FIRST,
    "rules.local_knowledge": TIERED,
    "rules.delegation_view_loss": TIERED,
    "rules.contradiction_tolerance": MULTI,
    "rules.stall": MULTI,
    "rules.reconciliation_hours": MULTI,
    "rules.unprepared_hours": strategy(before=0.0, after=1.0),
    "rules.unfairness_sensitivity": strategy(partiality=0.5),
    "rules.rift_healing": strategy(effort=9.0),  # hours for a third round
    "rules.rank_gap": strategy(effort=9.0),
    "rules.information_gap": strategy(effort=9.0),
    "strategy.seats": COMMITTEE,
    "strategy.agenda_order": strategy("committee", committee_agenda=2, **MIX),
    "strategy.dynamic": strategy(mode="countersign", effort=40.0),
    "rules.delimitation": strategy(restructure_after=1, **MIX),
    "rules.observer_effect": strategy(mode="meeting", members=3, **MIX),
    "rules.persuasion_effect": strategy(persuasion=0.5, **MIX),
    "rules.persuasion_cost": strategy(persuasion=0.5, **MIX),
    "rules.reading_spread": strategy(mandate=0.5, **MIX),
    "organisation.political": strategy(mandate=0.5, **MIX),
    "rules.briefing_hours": strategy(briefing=1.0, **MIX),
    "rules.briefing_effect": strategy(briefing=1.0, **MIX),
    "rules.service_headstart": strategy(service=0.0, **MIX),
    "rules.memory": strategy(compensation=3.0, **MIX),
    "rules.restructuring_hours": strategy(restructure_after=1, **MIX),
    "rules.learning": strategy(enforcement=1.0, **MIX),
    "rules.plan_ahead": strategy(planning=0.8, **MIX),
    "rules.advice_hours": strategy(advice=3, **MIX),
    "rules.advice_wait": strategy(advice=3, **MIX),
    "rules.forgetting": strategy(reminders=0, **MIX),
    "strategy.strictness": strategy(mode="meeting", **MIX),
    "rules.sifting": strategy(investigation=0.6, **MIX),
}
TIMES = ("before", "during", "after")


def plan_for(parameter: Parameter) -> np.recarray:
    """A strategy under which a parameter can act."""
    if parameter.group.startswith("modes."):
        return strategy(mode=parameter.group.split(".")[1], **MIX)
    return PLANS.get(parameter.path, PLAIN)


def measures(parameter: Parameter, value: float) -> np.ndarray:
    """What is measured with a parameter at a value."""
    values, plan = {**ROOM.get(parameter.path, {}), "ticks": TICKS}, plan_for(parameter).copy()
    if parameter.group == "strategy":
        if parameter.name in TIMES:  # shares sum to 1
            for time in TIMES:
                plan[time] = 0.5 * (1.0 - value)
        plan[parameter.name] = value
        if parameter.name == "coordinators":
            plan.structure = world.MULTI if value > 1 else world.UNIFIED
    else:
        values[parameter.path] = value
    return engine.run(engine.draw(prepare(scenario(values, ONLY.get(parameter.path, DISTRICT))), 1, 0), plan).measures


@pytest.mark.parametrize("parameter", parameters.ALL, ids=lambda parameter: parameter.path)
def test_every_parameter_changes_a_measure(parameter: Parameter) -> None:
    low, high = measures(parameter, parameter.low), measures(parameter, parameter.high)
    assert not np.array_equal(low, high, equal_nan=True)


def test_every_parameter_has_a_range_within_its_limits_that_holds_its_default() -> None:
    assert len({parameter.path for parameter in parameters.ALL}) == len(parameters.ALL)
    for parameter in parameters.ALL:
        assert parameter.least <= parameter.low < parameter.high <= parameter.most, parameter.path
        assert parameter.low <= parameter.default <= parameter.high, parameter.path
