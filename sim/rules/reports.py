"""Reports: what becomes of a matter when the coordination of a stage has come to its end.

Source: seed 002 三(三) and seed 003, B12: agreed, it goes on; stuck, it goes to the leader with all views; model.md §3.
"""

from sim import world
from sim.compiled import compiled
from sim.rules.briefs import open_stage, return_budget
from sim.rules.closing import close
from sim.rules.docket import submit
from sim.rules.execution import begin, change_outcome, note_finished
from sim.world import World

UNRESOLVED, AGREED = range(2)  # how a brief ends


@compiled
def end_brief(w: World, b: int, m: int, agreed: int, t: int) -> None:
    """[COO-REPORT] A brief of this stage is done; when all are, the matter moves on."""
    w.briefs[b].state = world.IDLE
    return_budget(w, m, w.briefs[b].budget)
    w.briefs[b].budget = 0.0
    w.matters[m].briefs_open -= 1
    if agreed == UNRESOLVED:
        w.matters[m].disputed = 1
    if w.matters[m].briefs_open > 0:
        return
    if w.matters[m].settling:
        after_settling(w, b, m, agreed, t)
    elif w.matters[m].acting == world.BEFORE:
        after_consulting(w, b, m, t)
    elif w.matters[m].acting == world.DURING:
        after_mending(w, m, t)
    else:
        after_review(w, m, t)


@compiled
def rounds_held(w: World, m: int) -> int:
    """Rounds that a matter's hosts have held in this stage."""
    count = w.strategy[0].coordinators
    held = 0
    for b in range(m * count, (m + 1) * count):
        held += w.briefs[b].rounds
    return held


@compiled
def joint_proposal(w: World, m: int) -> float:
    """Mean of what the hosts who held a round in this stage propose: one proposal where there is one host."""
    count = w.strategy[0].coordinators
    total, hosts_heard = 0.0, 0
    for b in range(m * count, (m + 1) * count):
        if w.briefs[b].rounds > 0:
            total += w.briefs[b].proposal
            hosts_heard += 1
    return total / hosts_heard


@compiled
def after_settling(w: World, b: int, m: int, agreed: int, t: int) -> None:
    """[COO-SETTLED] Parties that agree go to work without anybody's leave; otherwise the office steps in (N3)."""
    w.matters[m].settling = 0
    w.briefs[b].host = -1
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        w.parties[p].told_by = -1  # what the parties told each other binds nobody
    if agreed == AGREED:
        begin(w, m, w.briefs[b].proposal, t)
    else:
        open_stage(w, m, world.BEFORE, t)


@compiled
def after_consulting(w: World, b: int, m: int, t: int) -> None:
    """[COO-SUBMIT] What was prepared goes to a leader; what the committee agreed on stands as decided (M6)."""
    if w.matters[m].rounds == 0:
        w.matters[m].disputed = 0  # nobody has objected: nobody was asked
    if w.strategy[0].structure == world.COMMITTEE and w.matters[m].rounds > 0 and not w.matters[m].disputed:
        begin(w, m, w.briefs[b].proposal, t)
    else:
        submit(w, m, t)


@compiled
def after_mending(w: World, m: int, t: int) -> None:
    """[COO-MENDED] While it is carried out: an agreed change is made and work goes on; an open conflict unresolved
    goes up.
    """
    w.matters[m].watch_at = t + int(w.strategy[0].watch_interval)
    if not w.matters[m].disputed:
        if rounds_held(w, m) > 0:
            change_outcome(w, m, joint_proposal(w, m), t)
        w.matters[m].blocked = 0
    elif w.matters[m].blocked:
        submit(w, m, t)
        return
    if w.matters[m].pending == 0:
        note_finished(w, m, t)


@compiled
def after_review(w: World, m: int, t: int) -> None:
    """[COO-REVIEWED] After the work: an agreed change is made, at the price of rework; a dispute unresolved goes up."""
    if w.matters[m].disputed:
        submit(w, m, t)
        return
    if rounds_held(w, m) > 0:
        change_outcome(w, m, joint_proposal(w, m), t)
    if w.matters[m].stage == world.AFTER:
        close(w, m, t)
