"""The exogenous world of a replicate: people, calendars and matters, drawn without looking at any strategy."""

import math
from typing import Any

import numpy as np

from sim import draws, world
from sim.compiled import compiled, entered
from sim.draws import exponential, normal, uniform
from sim.measures import SERIES
from sim.rules.labelling import traits_of
from sim.rules.positions import clip
from sim.setting import Setting
from sim.world import Table, World, table

NEVER = 1e18
_SUPERIOR = 1 << world.SUPERIOR
_LEADS = (1 << world.DEPARTMENT) | (1 << world.SUBORDINATE)
_SERIAL = 1 << 24  # matters an organ can have in a run


def draw(setting: Setting, seed: int, replicate: int) -> World:
    """The world of one replicate before anything has happened.

    Depends on the setting, ``seed`` and ``replicate`` only.  The briefs are empty: a strategy brings its own.
    """
    keys = draws.stream_keys(seed, replicate)
    organisation, ticks = setting.organisation, setting.ticks
    actors, ties = organisation.actors.copy(), organisation.ties.copy()
    domains = int(setting.workload[0].domains)
    optimum, profiles = np.empty(domains), np.empty((len(actors), domains))
    _draw_people(actors, ties, setting.people, setting.workload, keys, optimum, profiles)
    words = (ticks + int(setting.rules[0].slot_window)) // 64 + 2
    calendar, away = np.zeros((len(actors), words), np.uint64), np.zeros((len(actors), words), np.uint64)
    _draw_calendars(actors, setting.people, keys, calendar, away)
    times, idents = _arrivals(setting, keys)
    matters = table(world.MATTER, len(times))
    clock = table(world.TICK, ticks + 1)
    clock.reopening = -1
    procedures, rolls, members = setting.laid.procedures, organisation.rolls, organisation.members
    total = _draw_matters(
        matters, times, idents, clock, actors, organisation.partners, rolls, members, procedures, setting.laid.flaws, optimum,
        setting.workload, keys,
    )  # fmt: skip
    parties = table(world.PARTY, total)
    _draw_parties(
        parties, matters, actors, organisation.partners, rolls, members, procedures, profiles, setting.workload, keys
    )
    _find_traits(matters, parties, actors, procedures, setting.rules)
    force = table(world.FORCE, (len(organisation.organs), domains))
    _draw_force(force, optimum, setting.workload, keys)
    return World(
        actors, ties, organisation.organs.copy(), matters, parties, briefs=table(world.BRIEF, 0),
        acts=table(world.ACT, 0), lists=table(world.LIST, 0), ticks=clock,
        waiting=np.zeros(len(actors), np.uint8), diary=table(world.DIARY, (0, 0)),
        calendar=calendar, away=away, keys=keys, rules=setting.rules, strategy=table(world.STRATEGY, 1),
        modes=setting.modes, procedures=procedures, stages=setting.laid.stages, force=force, rolls=rolls,
        members=members, events=table(world.EVENT, 0), totals=_totals(ticks), series=np.zeros((0, len(SERIES))),
    )  # fmt: skip


def start(template: World, strategy: np.recarray, *, consume: bool = False, events: int = 0) -> World:
    """A world ready to run under a strategy, with room for ``events`` in its journal; the template stays as it is
    unless it may be consumed.
    """
    own = (lambda part: part) if consume else _copy
    count, coordinators, ticks = len(template.matters), int(strategy[0].coordinators), len(template.ticks) - 1
    briefs = table(world.BRIEF, count * coordinators)
    briefs.matter, briefs.host, briefs.next = np.arange(len(briefs)) // coordinators, -1, -1
    diary = table(world.DIARY, (len(template.organs), ticks + 1))
    diary.due = -1
    return template._replace(
        actors=own(template.actors), ties=own(template.ties), organs=own(template.organs),
        matters=own(template.matters), parties=own(template.parties), ticks=own(template.ticks),
        waiting=own(template.waiting), calendar=own(template.calendar), briefs=briefs,
        acts=table(world.ACT, len(template.parties) * coordinators), lists=table(world.LIST, len(briefs)),
        diary=diary, force=own(template.force), events=table(world.EVENT, events), strategy=strategy, totals=_totals(ticks),
        series=np.zeros((ticks // world.SERIES_EVERY, len(SERIES))),
    )  # fmt: skip


def _copy(part: Any) -> Any:
    """A copy made of bytes: NumPy copies records field by field, which takes eight times as long."""
    return np.asarray(part).view(np.uint8).copy().view(part.dtype).view(type(part))


def _totals(ticks: int) -> np.recarray:
    totals = table(world.TOTALS, 1)
    totals[0].horizon = ticks
    return totals


@entered
def _draw_people(
    actors: Table,
    ties: Table,
    people: Table,
    workload: Table,
    keys: np.ndarray,
    optimum: np.ndarray,
    profiles: np.ndarray,
) -> None:
    """Persons, their interests by domain, and the baselines of their ties."""
    for d in range(optimum.shape[0]):
        optimum[d] = 0.2 + 0.6 * uniform(keys[draws.DOMAIN], d, 0, 0)
    for u in range(actors.shape[0]):
        if math.isnan(actors[u].departmentalism):
            actors[u].departmentalism = clip(
                people[0].departmentalism
                + people[0].departmentalism_spread * normal(uniform(keys[draws.PERSON], actors[u].ident, 0, 0))
            )
        if math.isnan(actors[u].power):
            room = 1.0 - people[0].power_min
            actors[u].power = people[0].power_min + room * uniform(keys[draws.PERSON], actors[u].ident, 0, 1)
        if math.isnan(actors[u].skill):
            drawn = normal(uniform(keys[draws.PERSON], actors[u].ident, 0, 2))
            actors[u].skill = clip(people[0].skill + people[0].skill_spread * drawn)
        for d in range(optimum.shape[0]):
            profiles[u, d] = clip(
                optimum[d] + workload[0].interest_spread * normal(uniform(keys[draws.PROFILE], actors[u].ident, d, 0))
            )
    for k in range(ties.shape[0]):
        one, other, j = actors[ties[k].one].ident, actors[ties[k].other].ident, 2 * ties[k].kind
        if math.isnan(ties[k].work_base):
            drawn = normal(uniform(keys[draws.TIE], one, other, j))
            ties[k].work_base = clip(people[0].trust + people[0].trust_spread * drawn)
        if math.isnan(ties[k].trust_base):
            drawn = normal(uniform(keys[draws.TIE], one, other, j + 1))
            ties[k].trust_base = clip(people[0].trust + people[0].trust_spread * drawn)
        ties[k].work = ties[k].work_base
        ties[k].trust = ties[k].trust_base


@entered
def _draw_calendars(actors: Table, people: Table, keys: np.ndarray, calendar: np.ndarray, away: np.ndarray) -> None:
    """Absences by the week, and half-days engaged elsewhere; an absent person is engaged too."""
    ticks = calendar.shape[1] * 64
    for u in range(actors.shape[0]):
        if actors[u].busy <= 0.0 and people[0].absence <= 0.0:
            continue
        gone = False
        for t in range(ticks):
            if t % world.ABSENCE_TICKS == 0:
                gone = uniform(keys[draws.ABSENCE], actors[u].ident, t, 0) < people[0].absence
            bit = np.uint64(1) << np.uint64(t & 63)
            if gone:
                away[u, t >> 6] |= bit
                calendar[u, t >> 6] |= bit
            elif uniform(keys[draws.CALENDAR], actors[u].ident, t, 0) < actors[u].busy:
                calendar[u, t >> 6] |= bit


def _arrivals(setting: Setting, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """When the matters of a run arise, and their idents, in order of time."""
    organs = len(setting.organisation.organs)
    count = _arrival_times(setting.workload, keys, organs, setting.ticks, np.empty(0), np.empty(0, np.int64))
    times, idents = np.empty(count), np.empty(count, np.int64)
    _arrival_times(setting.workload, keys, organs, setting.ticks, times, idents)
    order = np.argsort(times, kind="stable")
    return times[order], idents[order]


@entered
def _arrival_times(
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
                    times[row], idents[row] = time, o * _SERIAL + serial
                row, serial = row + 1, serial + 1
                time += exponential(uniform(keys[draws.ARRIVAL], o, serial, 0)) / workload[0].arrivals
    return row


@entered
def _draw_matters(
    matters: Table,
    times: np.ndarray,
    idents: np.ndarray,
    clock: Table,
    actors: Table,
    partners: Table,
    rolls: Table,
    members: Table,
    procedures: Table,
    flaws: np.ndarray,
    optimum: np.ndarray,
    workload: Table,
    keys: np.ndarray,
) -> int:
    """Matters in order of arrival, without their parties; returns the number of parties to come."""
    key, domains, total = keys[draws.MATTER], optimum.shape[0], 0
    for m in range(matters.shape[0]):
        ident = idents[m]
        matters[m].ident, matters[m].organ = ident, ident // _SERIAL
        matters[m].arose, matters[m].arrival = times[m], int(times[m])
        clock[int(times[m]) + 1].arrivals += 1
        row = _pick_procedure(procedures, uniform(keys[draws.PROCEDURE], ident, 0, 0))
        organ = matters[m].organ
        lead = _pick_member(rolls, members, organ, procedures[row].roles, uniform(key, ident, 0, 0))
        matters[m].procedure, matters[m].stage, matters[m].level = row, procedures[row].entry, procedures[row].kind
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
            if uniform(keys[draws.FLAW], ident, 0, flaw) < flaws[row, flaw] * workload[0].flaws:
                matters[m].flaws |= 1 << flaw
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
        matters[m].first, matters[m].parties = total, 1 + called + assistants
        matters[m].holder, matters[m].leader, matters[m].next = lead, -1, -1
        matters[m].first_act, matters[m].decided, matters[m].closed = -1, -1, -1
        matters[m].touched, matters[m].mode = -1, -1
        matters[m].outcome, matters[m].paper = math.nan, math.nan
        total += matters[m].parties
    for t in range(clock.shape[0] - 1):
        clock[t + 1].arrivals += clock[t].arrivals
    return total


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
        if (roles >> role) & 1 and _others(rolls, members, organ, role, lead):
            count += 1
    return count


@compiled
def _others(rolls: Table, members: Table, organ: int, role: int, lead: int) -> bool:
    """Whether an organ has a member of a role besides the lead."""
    count = rolls[organ, role].count
    return count > 1 or (count == 1 and members[rolls[organ, role].first].actor != lead)


@compiled
def _draw_weight(matters: Table, m: int, procedures: Table, row: int, workload: Table, key: int) -> None:
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
    """Whether an activity would be an ordinary occasion, a public one, or one of the four exceptions (A2, A4)."""
    if chance < workload[0].public_occasions:
        return world.PUBLIC_OCCASION
    if chance >= 1.0 - workload[0].exceptional_occasions:
        return world.EXCEPTIONAL_OCCASION
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
def _draw_parties(
    parties: Table,
    matters: Table,
    actors: Table,
    partners: Table,
    rolls: Table,
    members: Table,
    procedures: Table,
    profiles: np.ndarray,
    workload: Table,
    keys: np.ndarray,
) -> None:
    """The lead unit, whoever its procedure calls for, and among its partners distinct assisting parties."""
    for m in range(matters.shape[0]):
        first, ident, lead, organ = matters[m].first, matters[m].ident, matters[m].holder, matters[m].organ
        p = first
        _draw_party(parties, p, m, lead, actors[lead].office_tie, matters, actors, procedures, profiles, workload, keys)
        for role in range(rolls.shape[1]):
            called = (procedures[matters[m].procedure].with_roles >> role) & 1
            if called and _others(rolls, members, organ, role, lead):
                p += 1
                count = rolls[organ, role].count
                place = int(uniform(keys[draws.PARTY], ident, role, 4) * count)
                if members[rolls[organ, role].first + place].actor == lead:
                    place = (place + 1) % count
                u = members[rolls[organ, role].first + place].actor
                k = _tie_to(partners, actors, lead, u)
                _draw_party(parties, p, m, u, k, matters, actors, procedures, profiles, workload, keys)
        row = 0
        while p + 1 < first + matters[m].parties:
            p, row = p + 1, row + 1
            place = int(uniform(keys[draws.PARTY], ident, row, 0) * actors[lead].partner_count)
            u, among = partners[actors[lead].partner_first + place].actor, procedures[matters[m].procedure].among
            while _is_party(parties, first, p, u) or not (among >> actors[u].role) & 1:
                place = (place + 1) % actors[lead].partner_count
                u = partners[actors[lead].partner_first + place].actor
            k = partners[actors[lead].partner_first + place].tie
            _draw_party(parties, p, m, u, k, matters, actors, procedures, profiles, workload, keys)


@compiled
def _tie_to(partners: Table, actors: Table, lead: int, u: int) -> int:
    """The tie of the lead to u; -1 where there is none."""
    for row in range(actors[lead].partner_first, actors[lead].partner_first + actors[lead].partner_count):
        if partners[row].actor == u:
            return partners[row].tie
    return -1


@compiled
def _is_party(parties: Table, first: int, p: int, u: int) -> bool:
    for other in range(first, p):
        if parties[other].actor == u:
            return True
    return False


@compiled
def _draw_party(
    parties: Table,
    p: int,
    m: int,
    u: int,
    k: int,
    matters: Table,
    actors: Table,
    procedures: Table,
    profiles: np.ndarray,
    workload: Table,
    keys: np.ndarray,
) -> None:
    ident, domain, who = matters[m].ident, matters[m].domain, actors[u].ident
    key, row = keys[draws.PARTY], matters[m].procedure
    parties[p].matter, parties[p].actor, parties[p].tie = m, u, k
    noise = workload[0].interest_noise * procedures[row].interest
    parties[p].ideal = clip(profiles[u, domain] + noise * normal(uniform(key, ident, who, 1)))
    parties[p].bias = workload[0].bias_spread * procedures[row].bias * normal(uniform(key, ident, who, 2))
    salience = workload[0].salience_min + (1.0 - workload[0].salience_min) * uniform(key, ident, who, 3)
    parties[p].salience = salience
    parties[p].weight = max(salience * actors[u].power, 1e-9)
    parties[p].work = (
        workload[0].hours
        * procedures[row].hours
        * _work_share(workload, actors[u].role)
        * _relative_hours(workload[0].hours_cv2, ident, who, keys)
    )
    parties[p].stance = clip(parties[p].ideal + parties[p].bias)
    parties[p].voice = parties[p].stance
    parties[p].told_by, parties[p].next = -1, -1


@compiled
def _work_share(workload: Table, role: int) -> float:
    """Share of a matter's hours that falls to a party: bodies outside its command give an opinion and no work."""
    if role == world.DEPARTMENT or role == world.SUBORDINATE:
        return 1.0
    if role == world.PEER:
        return workload[0].peer_work
    if role == world.STAFF:
        return workload[0].staff_work
    return 0.0


@compiled
def _relative_hours(cv2: float, ident: int, who: int, keys: np.ndarray) -> float:
    """Hours with mean 1 and squared coefficient of variation cv2: shifted exponential up to 1, hyperexponential
    above.
    """
    drawn = exponential(uniform(keys[draws.WORK], ident, who, 0))
    if cv2 <= 1.0:
        spread = math.sqrt(cv2)
        return 1.0 - spread + spread * drawn
    share = 0.5 * (1.0 + math.sqrt((cv2 - 1.0) / (cv2 + 1.0)))  # balanced means
    if uniform(keys[draws.WORK], ident, who, 1) < share:
        return drawn / (2.0 * share)
    return drawn / (2.0 * (1.0 - share))


@entered
def _find_traits(matters: Table, parties: Table, actors: Table, procedures: Table, rules: Table) -> None:
    """The labels that follow from a matter and its parties alone, whoever coordinates them and how."""
    for m in range(matters.shape[0]):
        first, end = matters[m].first, matters[m].first + matters[m].parties
        weight, voice, bias, interest, roles = 0.0, 0.0, 0.0, 0.0, 0
        for p in range(first, end):
            weight += parties[p].weight
            voice += parties[p].weight * parties[p].ideal
            roles |= 1 << actors[parties[p].actor].role
        for p in range(first, end):
            bias += parties[p].weight * abs(parties[p].bias)
            interest += parties[p].weight * abs(parties[p].ideal - voice / weight)
        row = matters[m].procedure
        high = matters[m].importance >= rules[0].principal_importance or roles & _SUPERIOR
        matters[m].traits = traits_of(
            procedures[row].content, procedures[row].people, matters[m].urgency > 0.5, roles, bias > interest, high,
            actors[parties[first].actor].role,
        )  # fmt: skip


@entered
def _draw_force(force: Table, optimum: np.ndarray, workload: Table, keys: np.ndarray) -> None:
    """What superior policy and related organs' rules say in each domain; nothing of the organ's own is in force."""
    key = keys[draws.FORCE]
    for o in range(force.shape[0]):
        for d in range(optimum.shape[0]):
            spread = workload[0].line_spread
            force[o, d].superior = clip(optimum[d] + spread * normal(uniform(key, 0, d, 0)))
            force[o, d].related = clip(optimum[d] + spread * normal(uniform(key, o, d, 1)))
            force[o, d].own = math.nan
