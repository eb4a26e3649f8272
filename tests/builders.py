"""Small worlds for tests: what is not under test is switched off, what is can be edited before the run.

``QUIET`` leaves queues, delays and arithmetic: nobody is away or engaged, nobody disagrees or errs, no paper is wrong,
nothing changes, breaks out or comes back.  ``LONE`` is the smallest organisation: a principal, a leader in charge, one
coordinator and one department.  All matters pass through the general procedure unless another is named or given.
"""

from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np

from sim import engine, world
from sim.draw_matters import NEVER
from sim.layout import lay_out
from sim.procedure import Procedure
from sim.scenario import GROUPS, Scenario, load_scenario
from sim.schedule import SCHEDULE
from sim.setting import prepare
from sim.strategy import load_strategy
from sim.vocabulary import ENTERS, EVENT_NAMES
from sim.world import World

Values = Mapping[str, float]

# What a scenario file must begin with.
SCENARIO_HEAD = """\
title = { en = "A", zh = "甲" }
purpose = { en = "A", zh = "甲" }
expectation = { en = "A", zh = "甲" }
source = "a test"
strategies = ["unified-before"]
baseline = "unified-before"
"""
# What a sweep's file may begin with.
SWEEP_HEAD = """\
title = { en = "A", zh = "甲" }
question = { en = "A?", zh = "甲？" }
source = "a test"
scenario = "teaching"
strategies = ["unified-before-meeting", "multi3-before"]
baseline = "unified-before-meeting"
"""
QUIET: dict[str, float] = {
    "organisation.busy_leaders": 0.0, "organisation.busy_heads": 0.0, "organisation.busy_outside": 0.0,
    "organisation.absence": 0.0, "workload.interest_spread": 0.0, "workload.interest_noise": 0.0,
    "workload.bias_spread": 0.0, "workload.optimum_spread": 0.0, "workload.drift_rate": 0.0,
    "rules.estimate_spread": 0.0, "rules.outbreak_rate": 0.0, "rules.residual_rate": 0.0,
    "rules.urgency_headstart": 0.0, "rules.focus": 0.0, "rules.burst_rate": 0.0, "workload.flaws": 0.0,
    "workload.line_spread": 0.0, "organisation.duty_clarity": 1.0, "organisation.discipline": 0.0,
    "rules.prestige_effect": 0.0, "rules.garbling": 0.0, "rules.travel_hours": 0.0, "rules.practice_half": 1e18,
    "rules.sifting": 0.0,
}  # fmt: skip
# A strategy with no principle but its structure, times and modes: everybody is heard, nothing is added, nothing bent.
PLAIN_STRATEGY: dict[str, float] = {
    "strictness": 0.0, "participation": 1.0, "balance": 0.0, "compensation": 0.0, "persuasion": 0.0, "mandate": 0.0,
    "candour": 1.0, "feedback": 1.0, "briefing": 0.0, "guidance": 0.0, "planning": 0.0, "bypass": 0.0,
    "enforcement": 0.0, "direct_invitations": 0.0, "event_cap": 10**6,
}  # fmt: skip
LONE: dict[str, float] = {
    "organisation.superiors": 0, "organisation.leaders_in_charge": 1, "organisation.other_leaders": 0,
    "organisation.semi_retired": 0, "organisation.coordinators": 1, "organisation.departments": 1,
    "organisation.peers": 0, "organisation.subordinates": 0, "organisation.staff_groups": 0,
    "organisation.publics": 0, "workload.assistants": 0.0,
}  # fmt: skip
# Neither registering nor deciding takes any hours: a matter is decided in the tick in which it arises.
FREE: dict[str, float] = {"rules.intake_hours": 0.0, "rules.decision_hours": 0.0, "rules.unprepared_hours": 0.0}


PLAIN = "general"
DISTRICT = {name: weight.share for name, weight in load_scenario("district").procedures.items()}


def scenario(values: Values, procedure: str | Mapping[str, float] = PLAIN) -> Scenario:
    """The default numbers with other values, comparing nothing that a small office could not do.

    ``procedure``: the only one, or shares of several.
    """
    shares = {procedure: 1.0} if isinstance(procedure, str) else procedure
    return _with_procedures(tuple(shares.items())).with_values(values)


@cache
def _with_procedures(shares: tuple[tuple[str, float], ...]) -> Scenario:
    district = load_scenario("district").with_strategies(["unified-before"]).model_dump(exclude_unset=True)
    data = {name: value for name, value in district.items() if name not in GROUPS}
    reason = {"en": "for a test", "zh": "测试用"}
    data["procedures"] = {name: {"share": share, "reason": reason} for name, share in shares}
    return Scenario.model_validate(data)


def template(values: Values, seed: int = 1, replicate: int = 0, procedure: str | Mapping[str, float] = PLAIN) -> World:
    """A drawn world before anything has happened."""
    return engine.draw(prepare(scenario(values, procedure)), seed, replicate)


def procedure_of(*stages: Mapping[str, object], **fields: object) -> Procedure:
    """A procedure of these stages, titles left out: what a file in ``scenarios/procedures`` would say of them."""
    said = {"en": "for a test", "zh": "测试用"}
    plain = {"name": "tested", "kind": "affairs", "content": "work", "source": "a test", "title": said, "purpose": said}
    return Procedure.model_validate({**plain, **fields, "stage": [{"title": said, **stage} for stage in stages]})


def with_procedures(w: World, *procedures: Procedure) -> World:
    """A drawn world whose rules know these procedures and no others, in this order."""
    laid = lay_out(procedures, [1.0] * len(procedures))
    return w._replace(procedures=laid.procedures, stages=laid.stages)


def strategy(structure: str = "unified", mode: str = "", **fields: float) -> np.recarray:
    """A strategy's record: plain, all hours before the decision unless said otherwise, by one mode if one is named."""
    record = load_strategy("unified-before").record()
    for name, value in PLAIN_STRATEGY.items():
        record[name] = value
    record.structure = world.STRUCTURES.index(structure)
    if mode:
        for name in world.FINDS_TIME:
            record[f"share_{name}"] = float(name == mode)
    for name, value in fields.items():
        record[name] = value
    return record


def step(w: World, t: int) -> None:
    """One tick, by the list in ``sim.schedule``: slow, and stopping where a test wants to look."""
    for part in SCHEDULE:
        for row in part.rows(w, t):
            part.rule(w, row, t)


def chain(head: int, records: np.recarray) -> list[int]:
    """The rows of a linked list; fails on a list that runs in a circle."""
    rows: list[int] = []
    while head >= 0:
        rows.append(int(head))
        assert len(rows) <= len(records), "a linked list runs in a circle"
        head = records[head].next
    return rows


def with_matters(w: World, *matters: Mapping[str, object]) -> World:
    """A drawn world with these matters instead of its own, in order of arrival.

    Each gives ``actors`` (the lead first), ``work`` (hours of each) and whatever fields of MATTER and PARTY it cares
    for, those of parties as lists.  All else is plain: needs, interests and voices at 0.5, weights 1, no urgency, no
    limits, nothing that changes.
    """
    table = world.table(world.MATTER, len(matters))
    parties = world.table(world.PARTY, sum(len(m["actors"]) for m in matters))
    plain = {
        "ident": range(len(matters)), "deadline": 10**6, "need": 0.5, "low": 0.0, "high": 1.0, "need_at_1": NEVER,
        "need_at_2": NEVER, "leader": -1, "next": -1, "first_act": -1, "decided": -1, "closed": -1, "touched": -1,
        "mode": -1, "outcome": np.nan, "paper": np.nan, "companion": -1,
    }  # fmt: skip
    for name, value in plain.items():
        table[name] = value
    parties.weight, parties.ideal, parties.told_by, parties.next = 1.0, 0.5, -1, -1
    first = 0
    for row, wanted in enumerate(matters):
        actors = wanted["actors"]
        mine = parties[first : first + len(actors)]
        mine.matter, mine.actor = row, actors
        mine.tie = [tie_between(w, actors[0], u) for u in actors]
        table[row].first, table[row].parties, table[row].holder = first, len(actors), actors[0]
        for name, value in wanted.items():
            if name in world.record(world.MATTER).names:
                table[row][name] = value
            elif name != "actors":
                mine[name] = value
        table[row].stage = w.procedures[table[row].procedure].entry
        table[row].arose = max(table[row].arose, float(table[row].arrival))
        first += len(actors)
    parties.stance = np.clip(parties.ideal + parties.bias, 0.0, 1.0)
    parties.voice = parties.stance
    clock = world.table(world.TICK, len(w.ticks))
    clock.reopening = -1
    clock.arrivals = np.searchsorted(table.arrival, np.arange(len(clock)))
    return w._replace(matters=table, parties=parties, ticks=clock)


def tie_between(w: World, lead: int, u: int) -> int:
    """The tie over which u sees the lead unit: the office's for the lead itself, -1 for strangers."""
    if u == lead:
        return int(w.actors[u].office_tie)
    found = np.flatnonzero(((w.ties.one == lead) & (w.ties.other == u)) | ((w.ties.one == u) & (w.ties.other == lead)))
    return int(found[0]) if len(found) else -1


def small_office(values: Values) -> World:
    """One coordinator with 2 h a tick, leaders with 1 h, units with 2 h; every check finds, everything found is mended.

    There are a principal and two leaders in charge, another leader and a semi-retired one, three departments, a
    subordinate unit, a superior body, a peer and a group of the public; all stand at 0.8 (work) and 0.6 (trust).  Rules
    in force say 0.5 and contradict nothing.
    """
    hours = {f"organisation.{who}_hours": 2.0 for who in ("coordinator", "department", "subordinate", "outside")}
    w = template(
        {
            **QUIET, **LONE, **hours, "organisation.leader_hours": 1.0, "organisation.leaders_in_charge": 2,
            "organisation.other_leaders": 1, "organisation.semi_retired": 1, "organisation.departments": 3,
            "organisation.subordinates": 1, "organisation.superiors": 1, "organisation.peers": 1,
            "organisation.publics": 1, "ticks": 30, "workload.arrivals": 0.0, "rules.intake_hours": 0.0,
            "rules.decision_hours": 0.5, "rules.unprepared_hours": 0.0, "rules.dispute_hours": 1.0,
            "rules.leader_whole_weight": 1.0, "rules.vetting": 1.0, "rules.leader_vetting": 1.0, "rules.mending": 1.0,
            "rules.policy_tolerance": 1.0, "rules.friction": 0.0, "rules.trust_weight": 0.0, "rules.trust_step": 0.05,
            "rules.trust_asymmetry": 2.0, "rules.trust_recovery": 0.0, **values,
        }
    )  # fmt: skip
    w.actors.departmentalism = 0.0
    with_qualities(w, 1.0)
    w.ties.work = w.ties.work_base = 0.8
    w.ties.trust = w.ties.trust_base = 0.6
    w.force.superior, w.force.related = 0.5, 0.5
    return w


def with_qualities(w: World, level: float) -> None:
    """Everybody has every quality of a coordinator to this degree."""
    for name in world.QUALITIES:
        w.actors[name] = level


def who(w: World, role: int, post: int = -1) -> list[int]:
    """The rows of the actors of a role, and of a post if one is given."""
    return [int(u) for u in np.flatnonzero((w.actors.role == role) & ((w.actors.post == post) | (post < 0)))]


def engage(w: World, u: int, ticks: Iterable[int], *, away: bool = False) -> None:
    """Enter ticks in u's calendar, as an absence if ``away``."""
    for t in ticks:
        for bits in (w.calendar, w.away) if away else (w.calendar,):
            bits[u, t >> 6] |= np.uint64(1) << np.uint64(t & 63)


def bare_mode(w: World, name: str, **fields: float) -> None:
    """A mode that takes an hour of the host's and of each party's, a tick later, and does nothing but what is given."""
    row = w.modes[list(world.FINDS_TIME).index(name)]
    for field in ("host_hours_party", "delay_party", "openness", "pace", "clarity", "compliance", "rapport"):
        row[field] = 0.0
    row.host_hours = row.party_hours = row.delay = 1.0
    for field, value in fields.items():
        row[field] = value


def events_of(w: World, what: str, m: int = 0) -> list[np.record]:
    """Every event of a kind in a matter's journal."""
    return [e for e in w.events[: w.totals[0].events] if e.matter == m and EVENT_NAMES[e.what] == what]


def told(w: World, m: int = 0) -> list[str]:
    """The journal of a matter, a line an event: tick, event, and the place in its procedure of a stage entered."""
    lines = []
    for event in w.events[: w.totals[0].events]:
        if event.matter == m:
            place = f" {w.stages[int(event.value)].place}" if event.what == ENTERS else ""
            lines.append(f"{event.tick} {EVENT_NAMES[event.what]}{place}")
    return lines
