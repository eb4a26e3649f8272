"""The queues of the real rules against closed forms: M/M/1, M/D/1, M/G/1, pools and Little's law.

Everything but queueing is switched off (``QUIET``); registering and deciding cost no hours unless they are the
service.  Units, leaders and organs are many and independent (a Poisson stream split at random is Poisson), so each is
a replicate and the standard error is the one between them.

A tick is served as a whole: a matter that arises within a tick joins at a tick's edge and leaves in a tick, not at an
instant.  Measured from its arrival to the end of that tick, and centred, its time differs from the continuous queue's
by at most one tick.  Hence every tolerance: 3 standard errors + 1 tick, in service times of ``SERVICE`` ticks (2 ticks
in a pool, whose coordinators act one after the other).
"""

import heapq
import math

import numba
import numpy as np
import pytest
from builders import FREE, LONE, QUIET, scenario, strategy, template

from sim import engine, world
from sim.compiled import COMPILES
from sim.engine import simulate
from sim.measures import SERIES_NAMES
from sim.schedule import arrive, close_tick, coordinate, decide, finish, proceed
from sim.setting import prepare
from sim.strategy import load_strategy
from sim.world import World

pytestmark = pytest.mark.skipif(not COMPILES, reason="millions of ticks need the compiler")

SERVICE = 20.0  # ticks of mean service
UNITS = 20
TICKS = 200_000
NO_LIMIT = 1e6  # ticks before a matter without a decision is withdrawn

MANY_UNITS = {**QUIET, **LONE, **FREE, "organisation.departments": UNITS, "ticks": TICKS}


def unit_queues(load: float, cv2: float, ticks: int = TICKS) -> World:
    """Twenty departments, each a single server of its own matters, run to the end."""
    values = {
        **MANY_UNITS, "ticks": ticks, "workload.arrivals": UNITS * load / SERVICE, "workload.hours_cv2": cv2,
        "workload.hours": 4.0 * SERVICE, "organisation.department_hours": 4.0,
    }  # fmt: skip
    return simulate(template(values), strategy(before=0.0), consume=True)


def settled(w: World) -> np.recarray:
    """Matters that arose neither while the queues filled nor so late that some may be unfinished."""
    ticks = w.totals[0].horizon
    return (w.matters.arose > 0.25 * ticks) & (w.matters.arose < 0.9 * ticks)


def means_by(group: np.ndarray, times: np.ndarray) -> np.ndarray:
    return np.array([times[group == server].mean() for server in np.unique(group)])


def agrees(means: np.ndarray, expected: float, allowance: float) -> None:
    """The mean of independent means lies within 3 of its standard errors, and the allowance, of what is expected."""
    error = means.std(ddof=1) / math.sqrt(len(means))
    assert abs(means.mean() - expected) <= 3.0 * error + allowance, (means.mean(), expected, error)
    assert error < 0.15 * expected  # or the test would prove little


def mean_waits_of_units(load: float, cv2: float) -> np.ndarray:
    """Mean wait in queue of each unit, in service times."""
    w = unit_queues(load, cv2, ticks=TICKS if load < 0.95 else 4 * TICKS)  # near saturation means settle slowly
    m = w.matters[settled(w)]
    p = w.parties[m.first]
    assert (m.life == world.CLOSED).all()
    # A unit starts in the tick after the decision: on average half a tick late, and half a tick to the end.
    return means_by(p.actor, (m.closed + 1.0 - m.arose - 1.0 - p.work / 4.0) / SERVICE)


@pytest.mark.parametrize("cv2", [0.0, 1.0, 2.0])
def test_a_unit_closes_every_matter_in_the_tick_in_which_lindleys_recursion_ends(cv2: float) -> None:
    w = unit_queues(0.9, cv2, ticks=20_000)
    actor = w.parties.actor[w.matters.first]
    for u in np.unique(actor):
        free = 0.0
        for m in w.matters[actor == u]:
            free = max(free, m.arrival + 1.0) + w.parties[m.first].work / 4.0
            if free < 20_000 - 1e-6:
                assert math.ceil(free - 1e-6) - 1 <= m.closed <= math.ceil(free + 1e-6) - 1


@pytest.mark.parametrize(("load", "wait"), [(0.5, 1.0), (0.7, 7 / 3), (0.8, 4.0), (0.9, 9.0), (0.95, 19.0)])
def test_waits_for_a_unit_are_those_of_one_exponential_server(load: float, wait: float) -> None:
    agrees(mean_waits_of_units(load, 1.0), wait, 1.0 / SERVICE)


@pytest.mark.parametrize(("cv2", "wait"), [(0.0, 4.5), (0.5, 6.75), (2.0, 13.5)])
def test_waits_for_a_unit_grow_with_the_variation_of_hours_as_pollaczek_and_khinchine_say(
    cv2: float, wait: float
) -> None:
    agrees(mean_waits_of_units(0.9, cv2), wait, 1.0 / SERVICE)


def test_waits_for_a_leader_are_those_of_one_server_with_constant_service() -> None:
    values = {
        **MANY_UNITS, "organisation.leaders_in_charge": UNITS, "organisation.leader_hours": 1.2,
        "rules.decision_hours": 1.2 * SERVICE, "rules.principal_importance": 1.0, "workload.hours": 0.0,
        "workload.arrivals": UNITS * 0.9 / SERVICE, "rules.withdrawal": NO_LIMIT,
    }  # fmt: skip
    w = simulate(template(values), strategy(before=0.0), consume=True)
    m = w.matters[settled(w)]
    # A leader starts in the tick of arrival: on average half a tick early, and ends with the tick.
    agrees(means_by(m.leader, (m.decided + 1.0 - m.arose) / SERVICE - 1.0), 4.5, 1.0 / SERVICE)


@numba.njit
def run_office(w, hours):
    """A run in which matter m asks its coordinator for ``hours[m]``, and nothing else takes time."""
    for t in range(w.totals[0].horizon):
        for part in range(4):
            if part == 0:
                for m in range(w.ticks[t].arrivals, w.ticks[t + 1].arrivals):
                    arrive(w, m, t)
            elif part == 1:
                for m in range(w.ticks[t].arrivals, w.ticks[t + 1].arrivals):
                    w.briefs[m].task = hours[m]
                for o in range(w.organs.shape[0]):
                    for u in range(w.organs[o].director, w.organs[o].director + w.organs[o].coordinators):
                        coordinate(w, u, t)
            elif part == 2:
                for u in range(w.actors.shape[0]):
                    if w.actors[u].role == world.LEADER and w.actors[u].queue >= 0:
                        decide(w, u, t)
            else:
                for place in range(w.totals[0].finished):
                    finish(w, w.lists[place].finished, t)
            for place in range(w.totals[0].moving):
                proceed(w, w.lists[place].moving, t)
        close_tick(w, 0, t)


ORGANS = 16


def office(servers: int, structure: str, ticks: int) -> tuple[World, np.ndarray]:
    """Offices of ``servers`` coordinators, a portfolio each, at a load of 0.9; and each matter's hours.

    A service takes ``servers`` x SERVICE ticks of one coordinator: offices of any size have the same capacity.
    """
    values = {
        **MANY_UNITS, "ticks": ticks, "organisation.organs": ORGANS, "workload.hours": 0.0,
        "organisation.coordinators": servers, "organisation.departments": servers,
        "organisation.leaders_in_charge": servers, "organisation.coordinator_hours": 2.0,
        "workload.arrivals": 0.9 / SERVICE, "rules.withdrawal": NO_LIMIT,
    }  # fmt: skip
    w = engine.start(template(values), strategy(structure, before=0.0), consume=True)
    hours = 2.0 * servers * SERVICE * np.random.default_rng(20).exponential(size=len(w.matters))
    run_office(w, hours)
    return w, hours


def agrees_with_office(servers: int, structure: str, expected: float) -> None:
    w, _ = office(servers, structure, TICKS)
    m = w.matters[settled(w)]
    assert (m.life == world.CLOSED).all()
    agrees(means_by(m.organ, (m.decided + 1.0 - m.arose) / SERVICE), expected, 2.0 / SERVICE)


def erlang_sojourn(servers: int, load: float) -> float:
    """Time in an M/M/k queue, in service times of one server k times as fast (Erlang's C)."""
    offered = servers * load
    top = offered**servers / math.factorial(servers) / (1.0 - load)
    delayed = top / (sum(offered**n / math.factorial(n) for n in range(servers)) + top)
    return servers + delayed / (1.0 - load)


def test_the_closed_form_for_pools_gives_the_textbook_figures() -> None:
    figures = [round(erlang_sojourn(servers, 0.9), 2) for servers in (1, 2, 3, 4)]
    assert figures == [10.0, 10.53, 11.17, 11.88]


@pytest.mark.parametrize("servers", [1, 2, 3, 4])
def test_a_pool_of_coordinators_takes_as_long_as_erlang_says(servers: int) -> None:
    agrees_with_office(servers, "unified", erlang_sojourn(servers, 0.9))


@pytest.mark.parametrize("servers", [2, 3, 4])
def test_coordinators_with_a_desk_each_take_as_many_times_longer_as_there_are(servers: int) -> None:
    agrees_with_office(servers, "tiered", 10.0 * servers)


def test_matters_leave_a_pool_on_average_as_they_leave_a_first_come_first_served_line() -> None:
    w, hours = office(3, "unified", 20_000)
    late = []
    for o in range(ORGANS):
        free = [0.0] * 3
        for row in np.flatnonzero((w.matters.organ == o) & (w.matters.life == world.CLOSED)):
            end = max(heapq.heappop(free), float(w.matters[row].arrival)) + hours[row] / 2.0
            heapq.heappush(free, end)
            late.append(w.matters[row].decided + 1.0 - end)
        # Coordinators act in turn within a tick, so one may take what another would have taken a little sooner.
        assert 0.0 <= np.mean(late) < 1.0


LITTLE_TICKS = 20_000


@pytest.fixture(scope="module")
def light() -> World:
    """The default district under a load it can bear for ever; nothing comes back, so a time in the system is one."""
    values = {"ticks": LITTLE_TICKS, "workload.arrivals": 0.6, "rules.residual_rate": 0.0}
    return engine.draw(prepare(scenario(values)), 1, 0)


@pytest.mark.parametrize(
    "name", ["unified-before-meeting", "unified-after", "multi3-during", "self-first", "committee"]
)
def test_matters_under_way_are_their_rate_times_their_time(light: World, name: str) -> None:
    """Little's law within 3 %: a stationary window of thousands of matters, of which its edges cut off few."""
    w = simulate(light, load_strategy(name).record())
    first, last = LITTLE_TICKS // 4, LITTLE_TICKS * 19 // 20
    inside = (w.matters.arrival >= first) & (w.matters.arrival < last)
    m = w.matters[inside]
    done = np.isin(m.life, (world.CLOSED, world.WITHDRAWN))
    assert done.all()
    left = np.where(m.life == world.CLOSED, m.closed, m.arrival + int(w.rules[0].withdrawal))
    under_way = w.series[:, SERIES_NAMES.index("open")]
    ticks = np.arange(len(under_way)) * world.SERIES_EVERY + world.SERIES_EVERY - 1
    number = under_way[(ticks >= first) & (ticks < last)].mean()
    assert number == pytest.approx(len(m) / (last - first) * (left - m.arrival).mean(), rel=0.03)
    assert len(m) > 5_000
