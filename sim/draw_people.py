"""Drawing people: who they are, what they want by domain, how they stand with each other, and when they are engaged."""

import math

import numpy as np

from sim import draws, world
from sim.compiled import compiled, entered
from sim.draws import entity_key, normal, uniform, uniform_of
from sim.rules.positions import clip
from sim.world import Table


@entered
def draw_people(
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
        draw_qualities(actors, u, people, keys[draws.PERSON])
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


@compiled
def draw_qualities(actors: Table, u: int, people: Table, key: np.uint64) -> None:
    """What u is good at as a coordinator, each quality drawn for itself (Q1-Q4)."""
    ident, spread = actors[u].ident, people[0].skill_spread
    if math.isnan(actors[u].professional):
        actors[u].professional = clip(people[0].professional + spread * normal(uniform(key, ident, 0, 2)))
    if math.isnan(actors[u].political):
        actors[u].political = clip(people[0].political + spread * normal(uniform(key, ident, 0, 3)))
    if math.isnan(actors[u].technique):
        actors[u].technique = clip(people[0].technique + spread * normal(uniform(key, ident, 0, 4)))
    if math.isnan(actors[u].composure):
        actors[u].composure = clip(people[0].composure + spread * normal(uniform(key, ident, 0, 5)))


@entered
def draw_calendars(
    actors: Table, people: Table, keys: np.ndarray, calendar: np.ndarray, away: np.ndarray, begin: int, end: int
) -> None:
    """Absences by the week of actors in rows ``begin`` to ``end``, and half-days they are engaged elsewhere; who is
    absent is engaged too.
    """
    ticks = calendar.shape[1] * 64
    for u in range(begin, end):
        if actors[u].busy <= 0.0 and people[0].absence <= 0.0:
            continue
        absent = entity_key(keys[draws.ABSENCE], actors[u].ident)
        engaged = entity_key(keys[draws.CALENDAR], actors[u].ident)
        gone = False
        for t in range(ticks):
            if t % world.ABSENCE_TICKS == 0:
                gone = uniform_of(absent, t, 0) < people[0].absence
            bit = np.uint64(1) << np.uint64(t & 63)
            if gone:
                away[u, t >> 6] |= bit
                calendar[u, t >> 6] |= bit
            elif uniform_of(engaged, t, 0) < actors[u].busy:
                calendar[u, t >> 6] |= bit
