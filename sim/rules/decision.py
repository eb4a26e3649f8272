"""Decision: a leader's scarce attention, spent on the cases that wait for it.

Source: seed 003, B12; model.md §3, leader attention.
"""

from sim import world
from sim.compiled import compiled, entered
from sim.rules.calendars import marked
from sim.rules.closing import close
from sim.rules.execution import EPSILON, begin, change_outcome, note_finished
from sim.rules.ledger import handle, touch
from sim.rules.positions import estimate, mean_voice, within_band
from sim.rules.relations import shift_work
from sim.rules.reports import joint_proposal
from sim.world import World


@entered
def decide(w: World, u: int, t: int) -> None:
    """[DEC-DESK] A leader's tick: cases in order of urgency, unless an activity or absence takes the half-day."""
    if marked(w.calendar, u, t):
        return
    hours = w.actors[u].capacity
    m = w.actors[u].queue
    while m >= 0 and hours > EPSILON:
        if w.matters[m].stage == world.WITHDRAWN:
            w.actors[u].queue = w.matters[m].next
        else:
            hours -= consider(w, m, u, hours, t)
        m = w.actors[u].queue
    if m < 0:
        w.waiting[u] = world.QUIET


@compiled
def consider(w: World, m: int, u: int, hours: float, t: int) -> float:
    """[DEC-CASE] Give a case attention; returns the hours spent."""
    spent = min(hours, w.matters[m].case_hours)
    w.matters[m].case_hours -= spent
    w.matters[m].leader_hours += spent
    w.actors[u].deciding += spent
    handle(w, m, u, t)
    touch(w, m, t)
    if w.matters[m].case_hours <= EPSILON:
        w.actors[u].queue, w.matters[m].next, w.matters[m].cased = w.matters[m].next, -1, 0
        settle_case(w, m, u, t)
    return spent


@compiled
def settle_case(w: World, m: int, u: int, t: int) -> None:
    """[DEC-SETTLE] An agreed proposal is signed; otherwise the leader judges and imposes; then the matter goes on."""
    imposed = w.matters[m].disputed or w.matters[m].rounds == 0
    outcome = own_judgement(w, m, u, t) if imposed else within_band(w, m, joint_proposal(w, m))
    if imposed:
        impose(w, m, outcome, t)
    if w.matters[m].acting == world.BEFORE:
        begin(w, m, outcome, t)
        return
    change_outcome(w, m, outcome, t)
    w.matters[m].blocked = 0
    if w.matters[m].stage == world.AFTER:
        close(w, m, t)
    elif w.matters[m].pending == 0:
        note_finished(w, m, t)


@compiled
def own_judgement(w: World, m: int, u: int, t: int) -> float:
    """[DEC-JUDGE] The leader's weight on the whole, on what the hosts found out, against what the parties say (B12)."""
    count = w.strategy[0].coordinators
    research = 0.0
    for b in range(m * count, (m + 1) * count):
        research += w.briefs[b].research
    whole = w.rules[0].leader_whole_weight
    if w.matters[m].delegated:
        whole *= 1.0 - w.rules[0].delegation_view_loss
    return within_band(w, m, whole * estimate(w, u, m, research, t) + (1.0 - whole) * mean_voice(w, m))


@compiled
def impose(w: World, m: int, outcome: float, t: int) -> None:
    """[DEC-IMPOSE] Parties comply with an imposed outcome; those far from it hold it against the office, less if it
    is explained.
    """
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        gap = abs(w.parties[p].stance - outcome)
        resentment = gap / (gap + w.rules[0].consensus_divergence + 1e-12)
        resentment *= 1.0 - w.rules[0].explanation_effect * w.strategy[0].explanation
        w.parties[p].voice = outcome
        shift_work(w, w.actors[w.parties[p].actor].office_tie, -resentment, t)
