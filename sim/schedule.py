"""The order of a tick, as a list to be read: who acts, by which rule, on which rows.

Mesa's driver walks this list and lets each row's owner act; ``run`` below is the same list written out as loops.  A
test compares the two, step by step and bit by bit.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from sim import handing as handing  # makes Numba take a world by its address
from sim import world
from sim.compiled import compiled, entered
from sim.rules.closing import finish, reopen, withdraw
from sim.rules.conflict import oversee
from sim.rules.coordination import coordinate
from sim.rules.decision import decide
from sim.rules.execution import execute
from sim.rules.grassroots import burst
from sim.rules.intake import arrive
from sim.rules.parties import concede
from sim.rules.passage import proceed
from sim.rules.recording import end_tick
from sim.rules.rounds import conclude, hold
from sim.world import World


class Step(NamedTuple):
    """One step of a tick."""

    who: str  # the kind of agent whose method this is
    rule: Callable[[World, int, int], None]  # rule(world, row, tick)
    rows: Callable[[World, int], list[int]]  # the rows, as they stand when the step begins
    owner: Callable[[World, int], int]  # the actor who acts on a row

    @property
    def name(self) -> str:
        """The name of the rule, and of the agents' method that applies it."""
        return str(self.rule.__name__)


def _chain(head: int, table: object) -> list[int]:
    rows = []
    while head >= 0:
        rows.append(int(head))
        head = table[head].next  # type: ignore[index]
    return rows


def arriving(w: World, t: int) -> list[int]:
    """Matters that arise in this tick."""
    return list(range(w.ticks[t].arrivals, w.ticks[t + 1].arrivals))


def lapsing(w: World, t: int) -> list[int]:
    """Matters whose sponsor has waited to the limit."""
    then = t - int(w.rules[0].withdrawal)
    return arriving(w, then) if then >= 0 else []


def neglected(w: World, t: int) -> list[int]:
    """Matters that have waited as long as the patience of the grassroots lasts."""
    then = t - int(w.rules[0].patience)
    return arriving(w, then) if then >= 0 else []


def reopening(w: World, t: int) -> list[int]:
    """Closed matters that come back in this tick."""
    return _chain(w.ticks[t].reopening, w.matters)


def due(w: World, t: int) -> list[int]:
    """Briefs whose round is held in this tick, organ by organ."""
    return [b for o in range(len(w.organs)) for b in _chain(w.diary[o, t].due, w.briefs)]


def acts(w: World, t: int) -> list[int]:
    """Acts of coordination that reach a party in this tick."""
    return list(range(w.totals[0].acts))


def held(w: World, t: int) -> list[int]:
    """Briefs whose round has been held in this tick."""
    return [int(b) for b in w.lists.held[: w.totals[0].held]]


def coordinators(w: World, t: int) -> list[int]:
    """Coordinators, organ by organ."""
    return [
        u
        for o in range(len(w.organs))
        for u in range(w.organs[o].director, w.organs[o].director + w.organs[o].coordinators)
    ]


def leaders(w: World, t: int) -> list[int]:
    """Leaders with cases before them."""
    return [int(u) for u in np.flatnonzero(w.waiting == world.LEADER_WAITS)]


def units(w: World, t: int) -> list[int]:
    """Units with work in their queue or hours owed to coordination."""
    return [int(u) for u in np.flatnonzero(w.waiting == world.UNIT_WAITS)]


def under_way(w: World, t: int) -> list[int]:
    """Matters arrived and neither closed nor withdrawn."""
    return [int(m) for m in w.lists.active[: w.totals[0].active]]


def finished(w: World, t: int) -> list[int]:
    """Matters whose queued work has come to an end."""
    return [int(m) for m in w.lists.finished[: w.totals[0].finished]]


def moving(w: World, t: int) -> list[int]:
    """Matters that move on from what has come to an end."""
    return [int(m) for m in w.lists.moving[: w.totals[0].moving]]


def whole(w: World, t: int) -> list[int]:
    """The world itself: one row, the tick."""
    return [0]


def _director(w: World, m: int) -> int:
    return int(w.organs[w.matters[m].organ].director)


def _sponsor(w: World, m: int) -> int:
    return int(w.parties[w.matters[m].first].actor)


def _host(w: World, b: int) -> int:
    return int(w.briefs[b].host)


def _reached(w: World, a: int) -> int:
    return int(w.parties[w.acts[a].party].actor)


def _self(w: World, u: int) -> int:
    return u


def _nobody(w: World, row: int) -> int:
    return -1


@entered
def close_tick(w: World, row: int, t: int) -> None:
    """The world's own step."""
    end_tick(w, t)


SCHEDULE = (
    Step("Office", arrive, arriving, _director),
    Step("Unit", withdraw, lapsing, _sponsor),
    Step("Unit", burst, neglected, _sponsor),
    Step("Unit", reopen, reopening, _sponsor),
    Step("Host", hold, due, _host),
    Step("Unit", concede, acts, _reached),
    Step("Host", conclude, held, _host),
    Step("Office", proceed, moving, _director),
    Step("Office", coordinate, coordinators, _self),
    Step("Office", proceed, moving, _director),
    Step("Leader", decide, leaders, _self),
    Step("Office", proceed, moving, _director),
    Step("Unit", execute, units, _self),
    Step("Office", oversee, under_way, _director),
    Step("Unit", finish, finished, _sponsor),
    Step("Office", proceed, moving, _director),
    Step("World", close_tick, whole, _nobody),
)


# The parts of a half-day, in which the loops below go through the schedule: what falls due is held and reaches the
# parties; it is seen what that has brought; coordinators, leaders, units do their work.
MEET, CONCLUDE, COORDINATE, DECIDE, WORK = range(5)
PARTS = 5


@entered
def run(w: World, first: int, last: int) -> None:
    """Run a world from one position to before another, of PARTS to a half-day: SCHEDULE written out as loops, without
    the interpreter.  A run stopped at any position and taken up there again ends in the same bits.

    Matters move on four times in a tick; the passes below hold what comes before each, so that the rule, which is
    long, is compiled into the loop once.
    """
    for position in range(first, last):
        t, part = position // PARTS, position % PARTS
        if part == MEET:
            arise_and_meet(w, t)
            continue
        if part == CONCLUDE:
            for place in range(w.totals[0].held):
                conclude(w, w.lists[place].held, t)
        elif part == COORDINATE:
            for o in range(w.organs.shape[0]):
                for u in range(w.organs[o].director, w.organs[o].director + w.organs[o].coordinators):
                    coordinate(w, u, t)
        elif part == DECIDE:
            for u in range(w.waiting.shape[0]):
                if w.waiting[u] == world.LEADER_WAITS:
                    decide(w, u, t)
        else:
            carry_out(w, t)
        for place in range(w.totals[0].moving):
            proceed(w, w.lists[place].moving, t)
        if part == WORK:
            end_tick(w, t)


def run_through(w: World) -> None:
    """Run a world from its beginning to its horizon."""
    run(w, 0, PARTS * int(w.totals[0].horizon))


@compiled
def arise_and_meet(w: World, t: int) -> None:
    """Matters arise, lapse, burst and come back; what is due in the tick is held, and reaches the parties."""
    for m in range(w.ticks[t].arrivals, w.ticks[t + 1].arrivals):
        arrive(w, m, t)
    then = t - int(w.rules[0].withdrawal)
    if then >= 0:
        for m in range(w.ticks[then].arrivals, w.ticks[then + 1].arrivals):
            withdraw(w, m, t)
    then = t - int(w.rules[0].patience)
    if then >= 0:
        for m in range(w.ticks[then].arrivals, w.ticks[then + 1].arrivals):
            burst(w, m, t)
    m = w.ticks[t].reopening
    while m >= 0:
        following = w.matters[m].next
        reopen(w, m, t)
        m = following
    for o in range(w.organs.shape[0]):
        b = w.diary[o, t].due
        while b >= 0:
            following = w.briefs[b].next  # a topic put off joins the queue of a later tick
            hold(w, b, t)
            b = following
    for a in range(w.totals[0].acts):
        concede(w, a, t)


@compiled
def carry_out(w: World, t: int) -> None:
    """Units work; what is under way is overseen; what is finished is handed in."""
    for u in range(w.waiting.shape[0]):
        if w.waiting[u] == world.UNIT_WAITS:
            execute(w, u, t)
    for place in range(w.totals[0].active):
        oversee(w, w.lists[place].active, t)
    for place in range(w.totals[0].finished):
        finish(w, w.lists[place].finished, t)
