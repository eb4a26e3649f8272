"""Drawing parties: who has a part in a matter besides its lead, what they want, and what kind of matter that makes."""

import math

import numpy as np

from sim import draws, world
from sim.compiled import compiled, entered
from sim.draw_matters import others
from sim.draws import exponential, normal, uniform
from sim.rules.labelling import sides_of, traits_of
from sim.rules.positions import clip
from sim.world import Table


@entered
def draw_parties(
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
    begin: int,
    end: int,
) -> None:
    """Of matters in rows ``begin`` to ``end``: the lead unit, whoever its procedure calls for, and among its partners
    distinct assisting parties.
    """
    for m in range(begin, end):
        first, ident, lead, organ = matters[m].first, matters[m].ident, matters[m].holder, matters[m].organ
        p = first
        _draw_party(parties, p, m, lead, actors[lead].office_tie, matters, actors, procedures, profiles, workload, keys)
        for role in range(rolls.shape[1]):
            called = (procedures[matters[m].procedure].with_roles >> role) & 1
            if called and others(rolls, members, organ, role, lead):
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
def find_traits(
    matters: Table, parties: Table, actors: Table, procedures: Table, rules: Table, begin: int, end: int
) -> None:
    """The labels that follow from a matter and its parties alone, whoever coordinates them and how."""
    for m in range(begin, end):
        first, last = matters[m].first, matters[m].first + matters[m].parties
        roles, departments, localities = 0, 0, 0
        for p in range(first, last):
            role = int(actors[parties[p].actor].role)  # a plain number: bits beyond its own width are asked for
            roles |= 1 << role
            departments += role == world.DEPARTMENT
            localities += role == world.SUBORDINATE
        row, cognition = matters[m].procedure, _of_cognition(parties, first, last)
        central = matters[m].importance >= rules[0].principal_importance
        traits = traits_of(
            procedures[row].content, procedures[row].people, matters[m].urgency > 0.5, central, roles, cognition,
            actors[parties[first].actor].role,
        )  # fmt: skip
        matters[m].traits = traits | sides_of(procedures[row].content, roles, departments, localities, cognition)


@compiled
def _of_cognition(parties: Table, first: int, last: int) -> bool:
    """Whether misunderstandings divide the parties more than interests do."""
    weight, voice, bias, interest = 0.0, 0.0, 0.0, 0.0
    for p in range(first, last):
        weight += parties[p].weight
        voice += parties[p].weight * parties[p].ideal
    for p in range(first, last):
        bias += parties[p].weight * abs(parties[p].bias)
        interest += parties[p].weight * abs(parties[p].ideal - voice / weight)
    return bias > interest
