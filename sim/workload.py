"""The exogenous world of a replicate: people, calendars and matters, drawn without looking at any strategy."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

from sim import draws, world
from sim.draw_matters import arrival_times, draw_force, draw_matters
from sim.draw_parties import draw_parties, find_traits
from sim.draw_people import draw_calendars, draw_people
from sim.measures import SERIES
from sim.setting import Setting
from sim.world import World, table

_MANY = 100_000  # rows from which drawing is worth several threads


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
    _by_parts(len(actors), partial(draw_calendars, actors, setting.people, keys, calendar, away))
    times, idents = _arrivals(setting, keys)
    matters, procedures = table(world.MATTER, len(times)), setting.laid.procedures
    people = (actors, organisation.partners, organisation.rolls, organisation.members, procedures)
    _by_parts(
        len(matters),
        partial(draw_matters, matters, times, idents, *people, setting.laid.flaws, optimum, setting.workload, keys),
    )
    ends = np.cumsum(matters.parties, dtype=np.int64)
    matters.first = ends - matters.parties
    parties = table(world.PARTY, int(ends[-1]) if len(ends) else 0)
    _by_parts(len(matters), partial(draw_parties, parties, matters, *people, profiles, setting.workload, keys))
    _by_parts(len(matters), partial(find_traits, matters, parties, actors, procedures, setting.rules))
    clock = table(world.TICK, ticks + 1)
    clock.arrivals, clock.reopening = np.searchsorted(matters.arrival, np.arange(ticks + 1)), -1
    force = table(world.FORCE, (len(organisation.organs), domains))
    draw_force(force, optimum, setting.people, setting.workload, keys)
    organs = organisation.organs.copy()
    organs.prestige, organs.discipline = setting.people[0].prestige, setting.people[0].discipline
    return World(
        actors, ties, organisation.partners, organs, matters, parties, briefs=table(world.BRIEF, 0),
        acts=table(world.ACT, 0), lists=table(world.LIST, 0), ticks=clock,
        waiting=np.zeros(len(actors), np.uint8), diary=table(world.DIARY, (0, 0)),
        calendar=calendar, away=away, keys=keys, rules=setting.rules, strategy=table(world.STRATEGY, 1),
        modes=setting.modes, procedures=procedures, stages=setting.laid.stages, force=force,
        rolls=organisation.rolls, members=organisation.members, events=table(world.EVENT, 0),
        totals=_totals(ticks), series=np.zeros((0, len(SERIES))),
    )  # fmt: skip


def _by_parts(rows: int, work: Callable[[int, int], None]) -> None:
    """Do something for rows from the first to before the second given, of very many in as many threads as there are
    processors; what is drawn for a row depends on no other.
    """
    parts = (os.cpu_count() or 1) if rows >= _MANY else 1
    ends = [rows * part // parts for part in range(parts + 1)]
    if parts == 1:
        work(0, rows)
        return
    with ThreadPoolExecutor(parts) as pool:
        for done in [pool.submit(work, begin, end) for begin, end in pairwise(ends)]:
            done.result()


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
