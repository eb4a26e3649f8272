"""The exogenous world of a replicate: people, calendars and matters, drawn without looking at any strategy."""

from typing import Any

import numpy as np

from sim import draws, world
from sim.draw_matters import arrival_times, draw_force, draw_matters
from sim.draw_parties import draw_parties, find_traits
from sim.draw_people import draw_calendars, draw_people
from sim.measures import SERIES
from sim.setting import Setting
from sim.world import World, table


def draw(setting: Setting, seed: int, replicate: int) -> World:
    """The world of one replicate before anything has happened.

    Depends on the setting, ``seed`` and ``replicate`` only.  The briefs are empty: a strategy brings its own.
    """
    keys = draws.stream_keys(seed, replicate)
    organisation, ticks = setting.organisation, setting.ticks
    actors, ties = organisation.actors.copy(), organisation.ties.copy()
    domains = int(setting.workload[0].domains)
    optimum, profiles = np.empty(domains), np.empty((len(actors), domains))
    draw_people(actors, ties, setting.people, setting.workload, keys, optimum, profiles)
    words = (ticks + int(setting.rules[0].slot_window)) // 64 + 2
    calendar, away = np.zeros((len(actors), words), np.uint64), np.zeros((len(actors), words), np.uint64)
    draw_calendars(actors, setting.people, keys, calendar, away)
    times, idents = _arrivals(setting, keys)
    matters = table(world.MATTER, len(times))
    clock = table(world.TICK, ticks + 1)
    clock.reopening = -1
    procedures, rolls, members = setting.laid.procedures, organisation.rolls, organisation.members
    total = draw_matters(
        matters, times, idents, clock, actors, organisation.partners, rolls, members, procedures, setting.laid.flaws,
        optimum, setting.workload, keys,
    )  # fmt: skip
    parties = table(world.PARTY, int(total))
    draw_parties(
        parties, matters, actors, organisation.partners, rolls, members, procedures, profiles, setting.workload, keys
    )
    find_traits(matters, parties, actors, procedures, setting.rules)
    force = table(world.FORCE, (len(organisation.organs), domains))
    draw_force(force, optimum, setting.workload, keys)
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
        diary=diary, force=own(template.force), events=table(world.EVENT, events), strategy=strategy,
        totals=_totals(ticks), series=np.zeros((ticks // world.SERIES_EVERY, len(SERIES))),
    )  # fmt: skip


def _copy(part: Any) -> Any:
    """A copy made of bytes: NumPy copies records field by field, which takes eight times as long."""
    return np.asarray(part).view(np.uint8).copy().view(part.dtype).view(type(part))


def _totals(ticks: int) -> np.recarray:
    totals = table(world.TOTALS, 1)
    totals[0].horizon = ticks
    return totals


def _arrivals(setting: Setting, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """When the matters of a run arise, and their idents, in order of time."""
    organs = len(setting.organisation.organs)
    count = arrival_times(setting.workload, keys, organs, setting.ticks, np.empty(0), np.empty(0, np.int64))
    times, idents = np.empty(count), np.empty(count, np.int64)
    arrival_times(setting.workload, keys, organs, setting.ticks, times, idents)
    order = np.argsort(times, kind="stable")
    return times[order], idents[order]
