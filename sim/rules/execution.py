"""Execution: units work off what was decided, and private disagreement slows them.

The assisting parties work side by side; the lead unit brings their work together (B10, 主办、协办).

Source: seed 003, B10 and E5; model.md §3.
"""

import math

from sim import vocabulary, world
from sim.compiled import compiled, entered
from sim.draws import OUTBREAK, entity_key
from sim.rules.authority import reluctance
from sim.rules.documents import CLASHING, amend, how_many
from sim.rules.ledger import handle, touch
from sim.rules.moves import note_finished
from sim.rules.planning import work_ahead
from sim.rules.positions import private_divergence
from sim.rules.queues import queued
from sim.rules.relations import power, shift_trust, standing
from sim.rules.telling import tell
from sim.rules.transmission import brief_party, pass_down, set_right
from sim.world import EPSILON, World


@compiled
def queue_work(w: World, p: int) -> None:
    """Put a party's work into its unit's queue."""
    u = w.parties[p].actor
    w.parties[p].queued, w.waiting[u] = 1, world.UNIT_WAITS
    w.actors[u].queue = queued(w.parties, w.actors[u].queue, p)
    w.matters[w.parties[p].matter].pending += 1


@compiled
def begin(w: World, m: int, t: int) -> None:
    """[EXE-BEGIN] The outcome is passed on at once (E5) and the assisting parties take up their work."""
    w.matters[m].omen = entity_key(w.keys[OUTBREAK], w.matters[m].ident)
    w.matters[m].watch_at = t + int(w.strategy[0].watch_interval)
    follow = w.stages[w.matters[m].stage].follow
    if follow >= 0:
        w.matters[m].look_at = next_look(w, follow, t)
    pass_down(w, m, t)
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        w.parties[p].left, w.parties[p].told_by = w.parties[p].work, -1
        work_ahead(w, m, p, t)
        if w.parties[p].work > EPSILON:
            brief_party(w, m, p, w.strategy[0].briefing)
        if p > w.matters[m].first and w.parties[p].left > EPSILON:
            queue_work(w, p)
    tighten(w, m, t)
    tell(w, t, vocabulary.BEGINS, m, w.parties[w.matters[m].first].actor, -1, w.matters[m].outcome, 0)
    if w.matters[m].pending == 0:
        note_finished(w, m)


@compiled
def next_look(w: World, s: int, t: int) -> int:
    """[EXE-LOOK] When a follow-up next looks: as often as its procedure says, times how close the oversight is; never
    without any (M2).
    """
    if w.strategy[0].oversight <= 0.0:
        return w.totals[0].horizon
    return t + max(int(w.stages[s].every / w.strategy[0].oversight), 1)


@compiled
def give_paperwork(w: World, m: int, hours: float) -> None:
    """[EXE-PAPER] The lead unit has something to draft, revise or report: it queues with its other work."""
    p = w.matters[m].first
    w.parties[p].left = hours
    if hours > EPSILON:
        queue_work(w, p)
    else:
        note_finished(w, m)


@compiled
def file_paperwork(w: World, m: int) -> None:
    """What the lead unit has just done was paperwork, which no later change of the outcome undoes."""
    p, s = w.matters[m].first, w.matters[m].stage
    hours = w.parties[p].done
    if w.matters[m].leading:  # it has carried work out before
        hours = min(hours, w.stages[s].hours + w.stages[s].hours_party * w.matters[m].parties)
    w.parties[p].paper += hours
    w.parties[p].done -= hours


@compiled
def tighten(w: World, m: int, t: int) -> None:
    """[EXE-TENSION] The chance of an outbreak in a tick: its odds grow with private divergence, interdependence,
    strain, clashes between the rules of the domain, and substantial flaws of the paper.
    """
    strain, count = 0.0, w.matters[m].parties
    for p in range(w.matters[m].first, w.matters[m].first + count):
        strain += 1.0 - standing(w, w.parties[p].tie, t)
    odds = w.rules[0].outbreak_rate * private_divergence(w, m, w.matters[m].outcome)
    odds *= (1.0 + w.rules[0].interdependence * (count - 1)) * (1.0 + w.rules[0].strain_weight * strain / count)
    odds *= 1.0 + w.rules[0].clash_weight * w.force[w.matters[m].organ, w.matters[m].domain].clashes
    odds *= 1.0 + w.rules[0].flaw_weight * how_many(w.matters[m].flaws & CLASHING)
    odds *= power(w.rules[0].outbreak_exhaustion, w.matters[m].outbreaks)
    w.matters[m].hazard = odds / (1.0 + odds)


@compiled
def surface(w: World, m: int, t: int) -> None:
    """[EXE-SURFACE] Flaws nobody found, other than those that make rules clash, and what was misread on the way down,
    cost work done again.
    """
    left = w.matters[m].flaws & ~CLASHING
    if left:
        w.matters[m].flaws &= CLASHING
        tell(w, t, vocabulary.SURFACED, m, w.parties[w.matters[m].first].actor, -1, left, 0)
    flawed = w.rules[0].flaw_rework * how_many(left)
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        share = min(flawed + set_right(w, m, p, -1, t), 1.0)
        if share * w.parties[p].done > EPSILON:
            redo(w, p, share * w.parties[p].done)


@compiled
def change_outcome(w: World, m: int, outcome: float, t: int) -> None:
    """[EXE-CHANGE] Another outcome: what was done is done again in proportion to the change, times the late-cost
    multiplier.
    """
    change = min(abs(outcome - w.matters[m].outcome) * w.rules[0].late_cost, 1.0)
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        w.parties[p].told_by = -1
        break_promise(w, m, p, outcome, t)
        again = change * w.parties[p].done
        if again > EPSILON:
            redo(w, p, again)
    w.matters[m].outcome = outcome
    if w.matters[m].pending > 0:
        w.matters[m].stage, w.matters[m].life = w.procedures[w.matters[m].procedure].work, world.DURING
    tighten(w, m, t)
    amend(w, m)
    tell(w, t, vocabulary.CHANGED, m, -1, -1, outcome, 0)


@compiled
def break_promise(w: World, m: int, p: int, outcome: float, t: int) -> None:
    """[EXE-PROMISE] A party for which an outcome becomes clearly worse than what was settled trusts the office less,
    unless it is explained.
    """
    worse = abs(w.parties[p].stance - outcome) - abs(w.parties[p].stance - w.matters[m].outcome)
    if worse > w.rules[0].contradiction_tolerance:
        loss = 1.0 - w.rules[0].explanation_effect * w.strategy[0].explanation
        shift_trust(w, w.actors[w.parties[p].actor].office_tie, -loss, t)
        w.totals[0].broken += 1
        tell(w, t, vocabulary.BROKEN, m, w.parties[p].actor, -1, worse, 0)


@compiled
def redo(w: World, p: int, hours: float) -> None:
    """Give a party work to do again: what was done is undone."""
    w.parties[p].left += hours
    w.parties[p].done -= hours
    w.matters[w.parties[p].matter].rework += hours
    if not w.parties[p].queued and (p > w.matters[w.parties[p].matter].first or w.matters[w.parties[p].matter].leading):
        queue_work(w, p)


@compiled
def productivity(w: World, p: int) -> float:
    """[EXE-FRICTION] Work done per hour spent: private disagreement with the outcome lowers it, once there is one."""
    m = w.parties[p].matter
    if math.isnan(w.matters[m].outcome):
        return 1.0
    gap = abs(w.parties[p].stance - w.matters[m].outcome) * reluctance(w, p, m)
    return max(1.0 - w.rules[0].friction * gap, w.rules[0].productivity_min)


@entered
def execute(w: World, u: int, t: int) -> None:
    """[EXE-WORK] A unit's tick: first what it owes to coordination, then its queue; blocked or stalled work waits."""
    hours = w.actors[u].capacity
    owed = min(w.actors[u].debt, hours)
    w.actors[u].debt -= owed
    w.actors[u].attended += owed
    hours -= owed
    last, p = -1, w.actors[u].queue
    while p >= 0 and hours > EPSILON:
        m, following = w.parties[p].matter, w.parties[p].next
        if w.matters[m].life == world.WITHDRAWN:
            w.parties[p].queued = 0
        elif w.matters[m].blocked or w.parties[p].stalled > t:
            last = p
        else:
            hours -= work_on(w, p, m, u, hours, t)
            if w.parties[p].queued:
                last = p
        if not w.parties[p].queued:
            if last < 0:
                w.actors[u].queue = following
            else:
                w.parties[last].next = following
        p = following
    if w.actors[u].queue < 0 and w.actors[u].debt <= 0.0:
        w.waiting[u], w.actors[u].idle_from = world.QUIET, t + 1


@compiled
def work_on(w: World, p: int, m: int, u: int, hours: float, t: int) -> float:
    """Work on one matter with the hours there are; returns the hours spent."""
    rate = productivity(w, p)
    spent = min(hours, w.parties[p].left / rate)
    done = min(spent * rate, w.parties[p].left)
    w.actors[u].worked += spent
    w.parties[p].done += done
    w.parties[p].friction += spent - done
    w.parties[p].left -= done
    touch(w, m, t)
    if w.parties[p].left <= EPSILON:
        w.parties[p].left, w.parties[p].queued = 0.0, 0
        w.matters[m].pending -= 1
        tell(w, t, vocabulary.DONE, m, u, -1, w.parties[p].done, 0)
        if w.matters[m].pending == 0:
            note_finished(w, m)
    return spent


@compiled
def lead_turn(w: World, m: int, t: int) -> bool:
    """[EXE-LEAD] When the assisting parties are done the lead unit takes over; returns whether it has work to do."""
    p = w.matters[m].first
    if w.matters[m].leading:
        return False
    w.matters[m].leading = 1
    handle(w, m, w.parties[p].actor, t)
    if w.parties[p].left > EPSILON:
        queue_work(w, p)
        return True
    return False
