"""Reports: what becomes of a matter when the coordination of its parties, or a leader's ruling, has come to its end.

Each says where the matter goes on: a stage, an end, up to a leader, or nowhere for the present.

Source: seed 002 三(三) and seed 003, B12: agreed, it goes on; stuck, it goes to the leader with all views; model.md §3.
"""

from sim import vocabulary, world
from sim.compiled import compiled
from sim.rules.documents import clear_up
from sim.rules.execution import change_outcome
from sim.rules.labelling import LATERAL, P4
from sim.rules.moves import leave, note_finished
from sim.rules.positions import spoken_divergence
from sim.rules.relations import reconciled
from sim.rules.telling import tell
from sim.world import World

UNRESOLVED, AGREED = range(2)  # how a brief ends


@compiled
def end_brief(w: World, b: int, m: int, agreed: int, t: int) -> None:
    """[COO-REPORT] A brief is done; when all of a matter's are, it moves on."""
    w.briefs[b].state = world.IDLE
    if w.matters[m].acting == world.BEFORE:
        w.matters[m].left_before += w.briefs[b].budget
    elif w.matters[m].acting == world.DURING:
        w.matters[m].left_during += w.briefs[b].budget
    else:
        w.matters[m].left_after += w.briefs[b].budget
    w.briefs[b].budget = 0.0
    w.matters[m].briefs_open -= 1
    if agreed == UNRESOLVED:
        w.matters[m].disputed = 1
    if w.matters[m].briefs_open == 0:
        leave(w, m, world.CONSULTED)


@compiled
def sum_up(w: World, m: int, t: int) -> bool:
    """[COO-SUM] The joint proposal is the mean of what the hosts who held a round propose; false if none did.

    How far their proposals lie apart is kept too.  Several hosts thereby coordinate inside the office (P4).
    """
    count = w.strategy[0].coordinators
    total, hosts_heard, low, high = 0.0, 0, 1.0, 0.0
    for b in range(m * count, (m + 1) * count):
        if w.briefs[b].rounds > 0:
            total += w.briefs[b].proposal
            hosts_heard += 1
            low, high = min(low, w.briefs[b].proposal), max(high, w.briefs[b].proposal)
    if hosts_heard == 0:
        return False
    w.matters[m].paper, w.matters[m].apart = total / hosts_heard, high - low
    host, labels = w.briefs[m * count].host, 0
    if hosts_heard > 1:
        labels = w.matters[m].traits | P4 | LATERAL
        w.matters[m].labels |= labels
    if w.matters[m].disputed:
        apart = spoken_divergence(w, m, w.matters[m].paper)
        tell(w, t, vocabulary.NOT_AGREED, m, host, -1, apart, labels)
    else:
        tell(w, t, vocabulary.AGREED_ON, m, host, -1, w.matters[m].paper, labels)
    return True


@compiled
def after_settling(w: World, m: int, t: int) -> int:
    """[COO-SETTLED] Parties that agree need nobody's leave; otherwise the office steps in (N3)."""
    sum_up(w, m, t)
    w.matters[m].settling = 0
    w.briefs[m * w.strategy[0].coordinators].host = -1
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        w.parties[p].told_by = -1  # what the parties told each other binds nobody
    if w.matters[m].disputed:
        return w.matters[m].stage
    w.matters[m].settled = 1
    return w.stages[w.matters[m].stage].passed


@compiled
def after_consulting(w: World, m: int, t: int) -> int:
    """[COO-SUBMIT] What was agreed goes on; what the committee agreed on stands (M6); a dispute takes its own way."""
    held = sum_up(w, m, t)
    if w.matters[m].rounds == 0 and reconciled(w, m, t):
        w.matters[m].disputed = 0  # nobody has objected: nobody was asked
    s = w.matters[m].stage
    if w.matters[m].disputed:
        return w.stages[s].failed
    w.matters[m].settled = w.strategy[0].structure == world.COMMITTEE and held
    return w.stages[s].passed


@compiled
def unblock(w: World, m: int, t: int) -> None:
    """An open conflict is over, and what it has brought to light is put right."""
    if w.matters[m].blocked:
        w.matters[m].blocked, w.matters[m].primed = 0, 0
        clear_up(w, m, t)


@compiled
def after_mending(w: World, m: int, t: int) -> int:
    """[COO-MENDED] While it is carried out: an agreed change is made and work goes on; an open conflict unresolved
    goes up.
    """
    w.matters[m].watch_at = t + int(w.strategy[0].watch_interval)
    held = sum_up(w, m, t)
    if not w.matters[m].disputed:
        unblock(w, m, t)
        if held:
            change_outcome(w, m, w.matters[m].paper, t)
    elif w.matters[m].blocked:
        return world.TO_LEADER
    if w.matters[m].pending == 0:
        note_finished(w, m)
    return world.STAY


@compiled
def after_review(w: World, m: int, t: int) -> int:
    """[COO-REVIEWED] After the work: an agreed change is made, at the price of rework; a dispute unresolved goes up."""
    held = sum_up(w, m, t)
    if w.matters[m].disputed:
        return world.TO_LEADER
    if held:
        change_outcome(w, m, w.matters[m].paper, t)
    if w.matters[m].life == world.AFTER:
        return after_all(w, m)
    return world.STAY


@compiled
def after_ruling(w: World, m: int, t: int) -> int:
    """[COO-RULED] A leader has ruled: before the decision it goes on from there; later the outcome changes."""
    w.matters[m].disputed = 0
    if w.matters[m].acting == world.BEFORE:
        w.matters[m].ruled = 1
        return w.stages[w.matters[m].stage].passed
    unblock(w, m, t)
    change_outcome(w, m, w.matters[m].paper, t)
    if w.matters[m].life == world.AFTER:
        return after_all(w, m)
    if w.matters[m].pending == 0:
        note_finished(w, m)
    return world.STAY


@compiled
def after_all(w: World, m: int) -> int:
    """What follows the consultation after the work: the rest of the procedure, or, for a matter that came back, its
    close.
    """
    review = w.procedures[w.matters[m].procedure].review
    if review < 0 or w.matters[m].reopened:
        return world.CLOSE
    return w.stages[review].passed
