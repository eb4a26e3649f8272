"""Intake: a matter arises, is registered, and when and how it will be coordinated is settled.

Source: seed 002 三(三), choice of time and mode; model.md §3.
"""

from sim import parameters, vocabulary, world
from sim.compiled import compiled, entered
from sim.draws import MODE, uniform
from sim.rules.briefs import within_portfolio
from sim.rules.moves import leave
from sim.rules.positions import mean_voice, spoken_divergence
from sim.rules.queues import rank
from sim.rules.telling import tell
from sim.world import World

MEETING, ONSITE, DIRECTIVE, TALKS, COUNTERSIGN = range(len(parameters.MODES))


@entered
def arrive(w: World, m: int, t: int) -> None:
    """[INT-ARRIVE] A matter arises: it is settled when and how it would be coordinated, and it enters its procedure."""
    w.lists[w.totals[0].active].active = m
    w.totals[0].active += 1
    w.matters[m].life = world.BEFORE
    tell(w, t, vocabulary.ARISES, m, w.parties[w.matters[m].first].actor, -1, w.matters[m].procedure, 0)
    take_place(w, m)
    choose_timing(w, m)
    choose_mode(w, m)
    if w.strategy[0].structure == world.TIERED:
        w.matters[m].delegated = within_portfolio(w, m)
    leave(w, m, world.STARTED)


@compiled
def take_place(w: World, m: int) -> None:
    """A matter's place in queues is that of its briefs and of its parties' work."""
    place, count = rank(w, m), w.strategy[0].coordinators
    w.matters[m].place = place
    for b in range(m * count, (m + 1) * count):
        w.briefs[b].place = place
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        w.parties[p].place = place


@compiled
def choose_timing(w: World, m: int) -> None:
    """[INT-TIMING] Share the effort out over before, during and after; if adaptive, by the traits of the matter (S2).

    What divides the parties is settled before, the more so the less it presses; what is likely to change, or
    presses, is left for while it is carried out.
    """
    before, during, after = w.strategy[0].before, w.strategy[0].during, w.strategy[0].after
    if w.strategy[0].adaptive_timing:
        divided = w.strategy[0].contention_weight * spoken_divergence(w, m, mean_voice(w, m))
        before = (0.25 + divided) * (1.0 - 0.5 * w.matters[m].urgency)
        during = 0.25 * w.matters[m].urgency + w.strategy[0].volatility_weight * w.matters[m].volatility
        after = 0.05
        total = before + during + after
        before, during, after = before / total, during / total, after / total
    effort = w.strategy[0].effort * w.matters[m].parties
    w.matters[m].left_before = before * effort
    w.matters[m].left_during = during * effort
    w.matters[m].left_after = after * effort


@compiled
def choose_mode(w: World, m: int) -> None:
    """[INT-MODE] Pick a mode from the strategy's mix, or, if adaptive, by the traits of the matter (S3).

    What is between people is talked over, whatever the strategy (C4c, 沟通信息、疏通意见、弥合关系).
    """
    if w.procedures[w.matters[m].procedure].people:
        w.matters[m].mode = TALKS
        return
    if w.strategy[0].adaptive_mode:
        w.matters[m].mode = fitting_mode(w, m)
        return
    chance = uniform(w.keys[MODE], w.matters[m].ident, 0, 0)
    mode, reached = MEETING, w.strategy[0].share_meeting
    for further, share in (
        (ONSITE, w.strategy[0].share_onsite),
        (DIRECTIVE, w.strategy[0].share_directive),
        (TALKS, w.strategy[0].share_talks),
        (COUNTERSIGN, w.strategy[0].share_countersign),
    ):
        if chance >= reached and share > 0.0:
            mode = further
        reached += share
    w.matters[m].mode = mode


@compiled
def fitting_mode(w: World, m: int) -> int:
    """[INT-FIT] Countersign what hardly divides; talk where few are concerned; go and see where few are far apart;
    else meet.
    """
    divergence = spoken_divergence(w, m, mean_voice(w, m))
    few = w.matters[m].parties <= 3
    if divergence <= w.rules[0].consensus_divergence:
        return COUNTERSIGN
    if few and divergence > 2.0 * w.rules[0].consensus_divergence:
        return ONSITE
    if few:
        return TALKS
    return MEETING
