"""Coordination: what a host does at the desk, from finding out to getting a round ready.

Source: seed 002 三(三), the general procedure (S1); model.md §3.
"""

from sim import vocabulary, world
from sim.compiled import compiled, entered
from sim.rules.briefs import inspects, put_on_desk
from sim.rules.calendars import marked
from sim.rules.checking import ANY_FLAW, scrutinise
from sim.rules.convening import LEAST_EFFECT, convene, mode_of_round, round_cost
from sim.rules.duties import NOBODYS, name_lead
from sim.rules.followup import inspect
from sim.rules.intake import fitting_mode
from sim.rules.ledger import charge_host, handle, touch
from sim.rules.moves import leave
from sim.rules.positions import estimate, private_divergence, spoken_divergence, within_band
from sim.rules.qualities import hardship
from sim.rules.queues import pressing
from sim.rules.reports import AGREED, UNRESOLVED, end_brief
from sim.rules.telling import tell
from sim.world import EPSILON, World


@entered
def coordinate(w: World, u: int, t: int) -> None:
    """[COO-DESK] A coordinator's tick: the tasks on the desk first, then what nobody has taken; nothing when away.

    What presses and nobody has taken goes before a desk with nothing that presses.
    """
    if marked(w.away, u, t):
        return
    hours = w.actors[u].capacity
    while hours > EPSILON:
        b = w.actors[u].queue
        if b < 0 or not pressing(w, w.briefs[b].matter):
            offered = take_from_pool(w, u, b >= 0)
            if offered >= 0:
                b = offered
                put_on_desk(w, b, u)
            elif b < 0:
                return
        m = w.briefs[b].matter
        if w.matters[m].life == world.WITHDRAWN:
            w.actors[u].queue, w.briefs[b].state = w.briefs[b].next, world.IDLE
        else:
            hours -= work_on_task(w, b, m, u, hours, t)


@compiled
def work_on_task(w: World, b: int, m: int, u: int, hours: float, t: int) -> float:
    """[COO-TASK] Spend hours on the task in hand; returns those spent."""
    slow = hardship(w, u, m)
    spent = min(hours, w.briefs[b].task * slow)
    w.briefs[b].task -= spent / slow
    w.actors[u].coordinated += spent
    charge_host(w, b, m, spent)
    handle(w, m, u, t)
    touch(w, m, t)
    if w.briefs[b].task <= EPSILON:
        w.actors[u].queue, w.briefs[b].task, w.briefs[b].state = w.briefs[b].next, 0.0, world.IDLE
        w.actors[u].practised += 1
        if w.briefs[b].phase == world.STUDY:
            weigh(w, b, m, t)
        elif w.briefs[b].phase == world.ROUND:
            convene(w, b, t)
        elif w.briefs[b].phase == world.LOOK:
            inspect(w, b, m, u, t)
        elif w.briefs[b].phase == world.DISPATCH:
            passed_by_all = w.matters[m].unclear == NOBODYS
            name_lead(w, m)
            leave(w, m, world.RESUMED if passed_by_all else world.STARTED)
        else:
            clear_desk(w, m, u, spent, t)
    return spent


@compiled
def clear_desk(w: World, m: int, u: int, spent: float, t: int) -> None:
    """[COO-CLEAR] A desk has done what its stage asks for: the paper goes on, or back if something is found wrong."""
    if scrutinise(w, m, u, ANY_FLAW, t):
        leave(w, m, world.FAILED)
    else:
        tell(w, t, vocabulary.PASSES, m, u, -1, spent, 0)
        leave(w, m, world.PASSED)


@compiled
def take_from_pool(w: World, u: int, busy: bool) -> int:
    """[COO-POOL] The first brief in the organ's pool that is not on a matter u already hosts; -1 if there is none.

    One who is busy takes it only if it presses; one who looks at work under way takes none.
    """
    o = w.actors[u].organ
    if inspects(w, u):
        return -1
    last, b = -1, w.organs[o].pool
    if busy and (b < 0 or not pressing(w, w.briefs[b].matter)):
        return -1
    while b >= 0 and hosts(w, u, w.briefs[b].matter):
        last, b = b, w.briefs[b].next
    if b >= 0 and busy and not pressing(w, w.briefs[b].matter):
        return -1
    if b >= 0:
        if last < 0:
            w.organs[o].pool = w.briefs[b].next
        else:
            w.briefs[last].next = w.briefs[b].next
    return b


@compiled
def hosts(w: World, u: int, m: int) -> bool:
    """Whether u already hosts a brief on m."""
    count = w.strategy[0].coordinators
    for b in range(m * count, (m + 1) * count):
        if w.briefs[b].host == u:
            return True
    return False


@compiled
def weigh(w: World, b: int, m: int, t: int) -> None:
    """[COO-WEIGH] What has been found out decides whether a round is needed: always before the decision, later if
    amiss.
    """
    w.briefs[b].research += w.briefs[b].study
    w.briefs[b].study = 0.0
    if w.matters[m].acting == world.BEFORE or amiss(w, b, m, t):
        prepare(w, b, m, t)
    else:
        end_brief(w, b, m, AGREED, t)


@compiled
def amiss(w: World, b: int, m: int, t: int) -> bool:
    """[COO-AMISS] Open conflict, divergence come to light, or an outcome that no longer meets the need (T5, 应变).

    Of what parties think and do not say, as much is seen as feedback brings back (M9, 行政反馈).
    """
    if w.matters[m].blocked:
        return True
    spoken = spoken_divergence(w, m, w.matters[m].outcome)
    unspoken = private_divergence(w, m, w.matters[m].outcome) - spoken
    if spoken + w.strategy[0].feedback * max(unspoken, 0.0) > w.rules[0].consensus_divergence:
        return True
    needed = within_band(w, m, estimate(w, w.briefs[b].host, m, w.briefs[b].research, t))
    return abs(needed - w.matters[m].outcome) > w.rules[0].contingency_tolerance


@compiled
def change_mode(w: World, b: int, m: int, t: int) -> None:
    """[COO-SHIFT] Where rounds bring no agreement, the mode is chosen anew as things now stand (R9, 动态协调)."""
    limit = w.strategy[w.matters[m].way].dynamic
    fixed = w.strategy[0].structure == world.COMMITTEE or w.procedures[w.matters[m].procedure].people
    if limit == 0 or fixed or w.briefs[b].rounds < limit:
        return
    mode = fitting_mode(w, m)
    if mode != w.matters[m].mode:
        w.matters[m].mode = mode
        tell(w, t, vocabulary.MODED, m, w.briefs[b].host, mode, vocabulary.STUCK, 0)


@compiled
def prepare(w: World, b: int, m: int, t: int) -> None:
    """[COO-PREPARE] Get the next round ready, as full as the budget allows; without hours the brief ends unresolved."""
    change_mode(w, b, m, t)
    w.briefs[b].mode = mode_of_round(w, m)
    cost = round_cost(w, b, m)
    effect = 1.0 if cost <= EPSILON else min(1.0, w.briefs[b].budget / cost)
    if effect < LEAST_EFFECT:
        end_brief(w, b, m, UNRESOLVED, t)
        return
    w.briefs[b].effect, w.briefs[b].phase, w.briefs[b].task = effect, world.ROUND, effect * cost
    w.briefs[b].budget -= effect * cost
    put_on_desk(w, b, w.briefs[b].host)
