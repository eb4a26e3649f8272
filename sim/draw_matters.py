"""Drawing matters: when they arise, of which procedure, what is wrong with them, and what is in force around them."""

import math

import numpy as np

from sim import draws, world
from sim.compiled import compiled, entered
from sim.draws import exponential, normal, uniform
from sim.rules.positions import clip
from sim.world import Table

NEVER = 1e18
SERIAL = 1 << 24  # matters an organ can have in a run
_LEADS = (1 << world.DEPARTMENT) | (1 << world.SUBORDINATE)


@entered
def arrival_times(
    workload: Table, keys: np.ndarray, organs: int, ticks: int, times: np.ndarray, idents: np.ndarray
) -> int:
    """Arrival times and idents organ by organ, a Poisson process in each; returns how many there are.

    Fills the arrays as far as they reach: with none, it only counts.
    """
    row = 0
    if workload[0].arrivals > 0.0:
        for o in range(organs):
            serial, time = 0, exponential(uniform(keys[draws.ARRIVAL], o, 0, 0)) / workload[0].arrivals
            while time < ticks:
                if row < times.shape[0]:
                    times[row], idents[row] = time, o * SERIAL + serial
                row, serial = row + 1, serial + 1
                time += exponential(uniform(keys[draws.ARRIVAL], o, serial, 0)) / workload[0].arrivals
    return row


@entered
def draw_matters(
    matters: Table,
    times: np.ndarray,
    idents: np.ndarray,
    actors: Table,
    partners: Table,
    rolls: Table,
    members: Table,
    procedures: Table,
    flaws: np.ndarray,
    optimum: np.ndarray,
    workload: Table,
    keys: np.ndarray,
    begin: int,
    end: int,
) -> None:
    """Matters in rows ``begin`` to ``end``, with the number of their parties but without these."""
    key, domains = keys[draws.MATTER], optimum.shape[0]
    for m in range(begin, end):
        ident = idents[m]
        matters[m].ident, matters[m].organ = ident, ident // SERIAL
        matters[m].arose, matters[m].arrival = times[m], int(times[m])
        row = _pick_procedure(procedures, uniform(keys[draws.PROCEDURE], ident, 0, 0))
        organ = matters[m].organ
        lead = _pick_member(rolls, members, organ, procedures[row].roles, uniform(key, ident, 0, 0))
        matters[m].procedure, matters[m].stage = row, procedures[row].entry
        domain = actors[lead].home
        if uniform(key, ident, 0, 1) > 1.0 - workload[0].outside_domain:
            domain = int(uniform(key, ident, 0, 2) * domains)
        matters[m].domain = domain
        _draw_weight(matters, m, procedures, row, workload, key)
        need = clip(optimum[domain] + workload[0].optimum_spread * normal(uniform(key, ident, 0, 5)))
        matters[m].need = need
        room = workload[0].band_max - workload[0].band_min
        matters[m].low = clip(need - workload[0].band_min - room * uniform(key, ident, 0, 6))
        matters[m].high = clip(need + workload[0].band_min + room * uniform(key, ident, 0, 7))
        _draw_drift(matters, m, workload, keys)
        for flaw in range(flaws.shape[1]):
            chance = flaws[row, flaw] * workload[0].flaws
            if chance > 0.0 and uniform(keys[draws.FLAW], ident, 0, flaw) < chance:
                matters[m].flaws |= 1 << flaw
        matters[m].murk = uniform(keys[draws.DUTY], ident, 0, 0)
        matters[m].addressed = workload[0].addressed
        matters[m].occasion = _occasion(workload, uniform(keys[draws.OCCASION], ident, 0, 0))
        called = _called(rolls, members, organ, procedures[row].with_roles, lead)
        assistants, j = 0, 0
        mean = workload[0].assistants * procedures[row].assistants
        go_on = mean / (1.0 + mean)
        while assistants + 1 < workload[0].parties_max and uniform(key, ident, 1, j) < go_on:
            assistants, j = assistants + 1, j + 1
        assistants = max(assistants, procedures[row].parties - 1 - called)
        fitting = _fitting(actors, partners, lead, procedures[row].among)
        assistants = max(min(assistants, fitting - called), 0)
        matters[m].parties = 1 + called + assistants
        matters[m].holder, matters[m].leader, matters[m].next = lead, -1, -1
        matters[m].first_act, matters[m].decided, matters[m].closed = -1, -1, -1
        matters[m].touched, matters[m].mode = -1, -1
        matters[m].outcome, matters[m].paper = math.nan, math.nan
        matters[m].companion = -1


@compiled
def _pick_procedure(procedures: Table, chance: float) -> int:
    """By shares of arrivals; the last has whatever rounding leaves."""
    row, reached = 0, procedures[0].share
    while row + 1 < procedures.shape[0] and chance >= reached:
        row += 1
        reached += procedures[row].share
    return row


@compiled
def _pick_member(rolls: Table, members: Table, organ: int, roles: int, chance: float) -> int:
    """A member of an organ, uniform over some roles; a unit that can lead if the organ has none of these."""
    total = _count(rolls, organ, roles)
    if total == 0:
        roles = _LEADS
        total = _count(rolls, organ, roles)
    place, chosen = int(chance * total), -1
    for role in range(rolls.shape[1]):
        if (roles >> role) & 1:
            if chosen < 0 and place < rolls[organ, role].count:
                chosen = members[rolls[organ, role].first + place].actor
            place -= rolls[organ, role].count
    return chosen


@compiled
def _count(rolls: Table, organ: int, roles: int) -> int:
    total = 0
    for role in range(rolls.shape[1]):
        if (roles >> role) & 1:
            total += rolls[organ, role].count
    return total


@compiled
def _fitting(actors: Table, partners: Table, lead: int, among: int) -> int:
    """How many partners of the lead have one of some roles."""
    count = 0
    for row in range(actors[lead].partner_first, actors[lead].partner_first + actors[lead].partner_count):
        count += (among >> actors[partners[row].actor].role) & 1
    return count


@compiled
def _called(rolls: Table, members: Table, organ: int, roles: int, lead: int) -> int:
    """How many of the roles a procedure calls for have somebody besides the lead."""
    count = 0
    for role in range(rolls.shape[1]):
        if (roles >> role) & 1 and others(rolls, members, organ, role, lead):
            count += 1
    return count


@compiled
def others(rolls: Table, members: Table, organ: int, role: int, lead: int) -> bool:
    """Whether an organ has a member of a role besides the lead."""
    count = rolls[organ, role].count
    return count > 1 or (count == 1 and members[rolls[organ, role].first].actor != lead)


@compiled
def _draw_weight(matters: Table, m: int, procedures: Table, row: int, workload: Table, key: np.uint64) -> None:
    """How urgent and important a matter is, and its deadline."""
    ident = matters[m].ident
    chance = uniform(key, ident, 0, 3)
    matters[m].urgency = procedures[row].urgency + (1.0 - procedures[row].urgency) * chance * chance
    chance = uniform(key, ident, 0, 4)
    matters[m].importance = procedures[row].importance + (1.0 - procedures[row].importance) * chance * chance
    room = workload[0].deadline_max - workload[0].deadline_min
    span = (workload[0].deadline_min + room * (1.0 - matters[m].urgency)) * procedures[row].deadline
    matters[m].deadline = matters[m].arrival + int(span)


@compiled
def _occasion(workload: Table, chance: float) -> int:
    """Whether an activity would be an ordinary occasion, a public one, or one of the four exceptions, which are equally
    frequent (A2, A4).
    """
    if chance < workload[0].public_occasions:
        return world.PUBLIC_OCCASION
    beyond = chance - (1.0 - workload[0].exceptional_occasions)
    if beyond >= 0.0 and workload[0].exceptional_occasions > 0.0:
        return world.VISITOR + min(int(4.0 * beyond / workload[0].exceptional_occasions), 3)
    return world.ORDINARY_OCCASION


@compiled
def _draw_drift(matters: Table, m: int, workload: Table, keys: np.ndarray) -> None:
    """When and by how much a matter's requirements change: at most twice, at a rate its domain has in common."""
    ident = matters[m].ident
    matters[m].volatility = workload[0].drift_rate * 2.0 * uniform(keys[draws.DOMAIN], matters[m].domain, 0, 1)
    first, second = NEVER, NEVER
    if matters[m].volatility > 0.0:
        first = matters[m].arose + exponential(uniform(keys[draws.DRIFT], ident, 0, 0)) / matters[m].volatility
        second = first + exponential(uniform(keys[draws.DRIFT], ident, 1, 0)) / matters[m].volatility
    matters[m].need_at_1, matters[m].need_at_2 = first, second
    matters[m].need_by_1 = workload[0].drift_size * normal(uniform(keys[draws.DRIFT], ident, 0, 1))
    matters[m].need_by_2 = workload[0].drift_size * normal(uniform(keys[draws.DRIFT], ident, 1, 1))


@entered
def draw_force(force: Table, optimum: np.ndarray, people: Table, workload: Table, keys: np.ndarray) -> None:
    """What superior policy and related organs' rules say in each domain, and how clearly duties are divided in it;
    nothing of the organ's own is in force.
    """
    key = keys[draws.FORCE]
    for o in range(force.shape[0]):
        for d in range(optimum.shape[0]):
            spread = workload[0].line_spread
            force[o, d].superior = clip(optimum[d] + spread * normal(uniform(key, 0, d, 0)))
            force[o, d].related = clip(optimum[d] + spread * normal(uniform(key, o, d, 1)))
            force[o, d].own, force[o, d].matter = math.nan, -1
            force[o, d].clarity = people[0].duty_clarity
