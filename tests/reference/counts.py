"""The measures, counted afresh on the twin's objects.

What their meanings leave open (which end a withdrawn matter has, that a tick's acts end with it, nearest ranks) is
taken over from ``sim.measures.assess``: here the two hands are not independent.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from statistics import fmean, median_low, pstdev
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .matter import Matter
    from .twin import Twin

DAYS = 0.5  # a tick is half a working day
NAN = float("nan")


def measured(twin: Twin) -> dict[str, float]:
    """Name to value, for all matters that arose within the run."""
    matters = twin.matters
    values = _times(twin)
    values |= {name: _share(total, len(matters)) for name, total in _totals(twin).items()}
    under_way = sum(_end(twin, matter) - matter.arrival for matter in matters)
    values["touch_share"] = _share(sum(matter.touches for matter in matters), under_way)
    values["backlog"] = float(sum(matter.under_way for matter in matters))
    values["rule_clashes"] = float(sum(force.clashes for organ in twin.organs for force in organ.forces))
    decided = _decided(matters)
    closed = _closed(decided)
    values["latent_divergence"] = _mean(matter.latent for matter in closed)
    values["fidelity"] = _mean(1.0 - abs(matter.outcome - matter.mandate) for matter in closed)
    values["goal_attainment"] = _mean(1.0 - abs(m.outcome - m.need_at(m.closed)) for m in closed)
    values["legal"] = _mean(float(m.low - 1e-9 <= m.outcome <= m.high + 1e-9) for m in decided)
    values["strain"] = twin.strain()
    values["prestige"] = _mean(organ.prestige for organ in twin.organs)
    due = [matter for matter in matters if matter.deadline < twin.horizon]
    values["implementation"] = _implementation(_decided(due))
    values["uneven_progress"] = _unevenness(_decided(due))
    values["leader_hours_affairs"] = _share(
        sum(matter.leader_hours for matter in matters if matter.procedure.kind == "affairs"),
        sum(matter.leader_hours for matter in matters),
    )
    told_apart = {phase: twin.hours_during[phase] for phase in ("study", "round", "look")}
    values["dispute_share"] = _share(told_apart["round"], sum(told_apart.values()))
    values["satisfaction_grassroots"] = _mean(_satisfied(matter) for matter in due if matter.of_grassroots)
    values["satisfaction_leaders"] = _mean(_satisfied(matter) for matter in due if not matter.of_grassroots)
    values["inequity"] = _inequity(decided)
    values["local_loss"] = _mean(abs(m.outcome - party.ideal) for m in decided for party in m.parties)
    return values


def _closed(matters: Iterable[Matter]) -> list[Matter]:
    return [matter for matter in matters if matter.life == "closed"]


def _decided(matters: Iterable[Matter]) -> list[Matter]:
    return [matter for matter in matters if matter.decided >= 0]


def _mean(values: Iterable[float]) -> float:
    values = list(values)
    return fmean(values) if values else NAN


def _share(part: float, whole: float) -> float:
    return part / whole if whole else NAN


def _end(twin: Twin, matter: Matter) -> float:
    """When a matter ceased to be under way: an act in a tick is over at the end of that tick."""
    if matter.life in ("closed", "refused"):
        return matter.closed + 1.0
    if matter.life == "withdrawn":
        return matter.arrival + twin.rules.withdrawal
    return float(twin.horizon)


def _times(twin: Twin) -> dict[str, float]:
    """What is measured in days, and punctuality."""
    matters = twin.matters
    leads = sorted((matter.closed + 1.0 - matter.arose) * DAYS for matter in _closed(matters))
    due = [matter for matter in matters if matter.deadline < twin.horizon]
    return {
        "time_in_system": _mean((_end(twin, matter) - matter.arose) * DAYS for matter in matters),
        "lead_mean": _mean(leads),
        "lead_median": median_low(leads) if leads else NAN,
        "lead_p90": leads[math.ceil(0.9 * len(leads)) - 1] if leads else NAN,
        "decision_wait": _mean((m.decided + 1.0 - m.arose) * DAYS for m in _decided(matters)),
        "first_wait": _mean((m.first_act + 1.0 - m.arose) * DAYS for m in matters if m.first_act >= 0),
        "on_time": _mean(map(_timely, due)),
        "urgent_on_time": _mean(_timely(matter) for matter in due if matter.urgency > 0.5),
    }


def _timely(matter: Matter) -> float:
    return float(matter.life == "closed" and matter.closed <= matter.deadline)


def _totals(twin: Twin) -> dict[str, float]:
    """Totals of what is given per matter."""
    matters = twin.matters

    def total(name: str) -> float:
        return sum(getattr(matter, name) for matter in matters)

    hours = {name: total(name) for name in ("host_hours", "party_hours", "leader_hours")}
    conflicts = {name: 100.0 * total(name) for name in ("outbreaks", "secondary", "reopened", "burst")}
    return {
        "closed": sum(matter.life == "closed" for matter in matters),
        "withdrawn": sum(matter.life == "withdrawn" for matter in matters),
        "handovers": total("handovers"),
        "coordination_hours": sum(hours.values()),
        **hours,
        "rework_hours": total("rework"),
        "friction_hours": sum(party.friction for matter in matters for party in matter.parties),
        "rounds": total("rounds"),
        "conflicts": sum(conflicts.values()),
        "outbreaks": conflicts["outbreaks"],
        "secondary": conflicts["secondary"],
        "reopened": conflicts["reopened"],
        "bursts": conflicts["burst"],
        "returns": 100.0 * total("returns"),
        "refused": sum(matter.life == "refused" for matter in matters),
        "escalations": 100.0 * total("escalated"),
        "conflict_time": total("conflict") * DAYS,
        "misdirected": 100.0 * twin.totals["misdirected"],
        "double_bookings": 100.0 * twin.totals["double_booked"],
        "urged": 100.0 * twin.totals["urged"],
        "chained": 100.0 * twin.totals["chained"],
        "breaches": 100.0 * twin.totals["corrected"],
        "defects": 100.0 * twin.totals["defects"],
        "buck_passing": 100.0 * total("passed_on"),
        "broken_promises": 100.0 * twin.totals["broken"],
        "reserved": 100.0 * sum(matter.remainder > 0.0 for matter in _closed(_decided(matters))),
    }


def _implementation(decided: list[Matter]) -> float:
    """How much of the work asked has been done, by whomever and whenever."""
    parties = [party for matter in decided if matter.procedure.work is not None for party in matter.parties]
    done = sum(party.done + party.ahead + party.helped for party in parties)
    return _share(done, sum(party.work for party in parties))


def _unevenness(decided: list[Matter]) -> float:
    """How far matters differ in the share of their work that has been done."""
    asking = [matter for matter in decided if matter.procedure.work is not None]
    shares = [_implementation([matter]) for matter in asking if any(party.work > 0.0 for party in matter.parties)]
    return pstdev(shares) if shares else NAN


def _satisfied(matter: Matter) -> float:
    """How far those who wanted something of a matter got it, and in time."""
    if matter.life != "closed" or matter.burst:
        return 0.0
    timely, wanted = float(matter.closed <= matter.deadline), matter.mandate
    if matter.of_grassroots:
        wanted = matter.lead.ideal
    near = 1.0 if math.isnan(matter.outcome) else 1.0 - abs(matter.outcome - wanted)
    return 0.5 * timely + 0.5 * near


def _inequity(decided: list[Matter]) -> float:
    """Gini coefficient over actors of the mean distance between outcome and interest."""
    distances = defaultdict(list)
    for matter in decided:
        for party in matter.parties:
            distances[party.actor.row].append(abs(matter.outcome - party.ideal))
    means = sorted(fmean(values) for values in distances.values())
    ranked = sum((2 * rank - len(means) - 1) * value for rank, value in enumerate(means, start=1))
    return _share(ranked, len(means) * sum(means))
