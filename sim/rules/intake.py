"""Intake: a matter arises, is registered, and when and how it will be coordinated is settled.

Source: seed 002 三(三), choice of time and mode; model.md §3.
"""

from sim import parameters, vocabulary, world
from sim.compiled import compiled, entered
from sim.draws import MODE, uniform
from sim.rules.briefs import desk_work, within_portfolio
from sim.rules.docket import leader_for
from sim.rules.duties import find_unclear
from sim.rules.hearing import choose_heard
from sim.rules.labelling import COGNITION
from sim.rules.moves import leave
from sim.rules.norms import keep_order
from sim.rules.parties import bound
from sim.rules.positions import estimate, mean_voice, spoken_divergence
from sim.rules.queues import rank
from sim.rules.telling import tell
from sim.world import World

INSTRUCTIONS = 1 << vocabulary.INSTRUCTIONS
MEETING, ONSITE, DIRECTIVE, TALKS, COUNTERSIGN = range(len(parameters.MODES))
FEW = 3  # parties that can be talked to or visited one by one


@entered
def arrive(w: World, m: int, t: int) -> None:
    """[INT-ARRIVE] A matter arises: it is settled when and how it would be coordinated, and it enters its procedure."""
    w.lists[w.totals[0].active].active = m
    w.totals[0].active += 1
    w.matters[m].life = world.BEFORE
    tell(w, t, vocabulary.ARISES, m, w.parties[w.matters[m].first].actor, -1, w.matters[m].procedure, 0)
    keep_order(w, m)
    find_unclear(w, m)
    choose_heard(w, m)
    set_places(w, m)
    intend(w, m, t)
    instruct(w, m, t)
    choose_timing(w, m, t)
    choose_mode(w, m, t)
    if w.strategy[0].structure == world.TIERED:
        w.matters[m].delegated = within_portfolio(w, m)
    if w.strategy[0].dispatch:
        desk_work(w, m, world.DISPATCH, w.rules[0].intake_hours)
    else:
        leave(w, m, world.STARTED)


@compiled
def intend(w: World, m: int, t: int) -> None:
    """[INT-MANDATE] What the leader in charge wants to come of a matter, before anybody has looked into it; within the
    law (R5, 领导意图).
    """
    u = leader_for(w, m, vocabulary.BY_LEADER, t)
    wish = estimate(w, u, m, 0.0, t)
    w.matters[m].mandate = min(max(wish, w.matters[m].low), w.matters[m].high)


@compiled
def instruct(w: World, m: int, t: int) -> None:
    """[INT-INSTRUCT] What was put to several leaders at once has an answer from each; where all say much the same, one
    alone included, their instructions do not differ (B1, B9, 多头分送、批示不一致).
    """
    if not w.matters[m].flaws & INSTRUCTIONS:
        return
    o, first = w.matters[m].organ, leader_for(w, m, vocabulary.BY_LEADER, t)
    least = estimate(w, first, m, 0.0, t)
    most, asked = least, 1
    roll = w.rolls[o, world.LEADER].first
    for row in range(roll, roll + w.rolls[o, world.LEADER].count):
        u = w.members[row].actor
        if asked < w.matters[m].addressed and u != first and w.actors[u].post != world.SEMI_RETIRED:
            said = estimate(w, u, m, 0.0, t)
            least, most, asked = min(least, said), max(most, said), asked + 1
    if most - least <= w.rules[0].contradiction_tolerance:
        w.matters[m].flaws &= ~INSTRUCTIONS


@compiled
def set_places(w: World, m: int) -> None:
    """A matter's place in queues is that of its briefs and of its parties' work."""
    place, count = rank(w, m), w.strategy[0].coordinators
    w.matters[m].place = place
    for b in range(m * count, (m + 1) * count):
        w.briefs[b].place = place
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        w.parties[p].place = place


@compiled
def choose_timing(w: World, m: int, t: int) -> None:
    """[INT-TIMING] Share the effort out over before, during and after; if adaptive, by a matter's traits (S2)."""
    way = w.matters[m].way
    before, during, after = w.strategy[way].before, w.strategy[way].during, w.strategy[way].after
    if w.strategy[way].adaptive_timing:
        before, during, after = fitting_times(w, m)
        director = w.organs[w.matters[m].organ].director
        tell(w, t, vocabulary.TIMED, m, director, fitting_time(w, m), reason_for_time(w, m), 0)
    effort = w.strategy[way].effort * w.matters[m].parties
    w.matters[m].left_before = before * effort
    w.matters[m].left_during = during * effort
    w.matters[m].left_after = after * effort


@compiled
def fitting_times(w: World, m: int) -> tuple[float, float, float]:
    """[INT-TIMES] Shares of the effort that fit a matter.

    What divides the parties is settled before, the more so the less it presses (把问题解决在动笔之前); what is likely
    to change, or presses, is left for while it is carried out (应变、突发); what follows from an emergency is put right
    after it (善后).
    """
    way = w.matters[m].way
    divided = w.strategy[way].contention_weight * spoken_divergence(w, m, mean_voice(w, m))
    before = (0.25 + divided) * (1.0 - 0.5 * w.matters[m].urgency)
    during = 0.25 * w.matters[m].urgency + w.strategy[way].volatility_weight * w.matters[m].volatility
    after = 0.05
    if w.procedures[w.matters[m].procedure].preempts:
        before, after = 0.25 * before, 0.25 + divided
    total = before + during + after
    return before / total, during / total, after / total


@entered
def fitting_time(w: World, m: int) -> int:
    """The time that gets most of the effort if it is shared out so: 0 before, 1 during, 2 after."""
    before, during, after = fitting_times(w, m)
    if during >= before and during >= after:
        return 1
    return 2 if after > before else 0


@entered
def reason_for_time(w: World, m: int) -> int:
    """[INT-WHEN] Why this time: the place in vocabulary.TIMING_REASONS."""
    most = fitting_time(w, m)
    if most == 1:
        changing = w.strategy[w.matters[m].way].volatility_weight * w.matters[m].volatility
        return vocabulary.CHANGING if changing >= 0.25 * w.matters[m].urgency else vocabulary.PRESSING
    if most == 2:
        return vocabulary.LINGERING
    apart = spoken_divergence(w, m, mean_voice(w, m))
    return vocabulary.DIVIDED_PARTIES if apart > w.rules[0].consensus_divergence else vocabulary.UNHURRIED


@compiled
def choose_mode(w: World, m: int, t: int) -> None:
    """[INT-MODE] Pick a mode from the strategy's mix, or, if adaptive, by the traits of the matter (S3).

    What is between people is talked over, whatever the strategy (C4c, 沟通信息、疏通意见、弥合关系).
    """
    if w.procedures[w.matters[m].procedure].people:
        w.matters[m].mode = TALKS
        return
    way = w.matters[m].way
    if w.strategy[way].adaptive_mode:
        w.matters[m].mode = fitting_mode(w, m)
        why = reason_for(w, m)
        if w.strategy[0].structure != world.COMMITTEE:  # which meets, whatever would fit
            tell(w, t, vocabulary.MODED, m, w.organs[w.matters[m].organ].director, w.matters[m].mode, why, 0)
        return
    chance = uniform(w.keys[MODE], w.matters[m].ident, 0, 0)
    mode, reached = MEETING, w.strategy[way].share_meeting
    for further, share in (
        (ONSITE, w.strategy[way].share_onsite),
        (DIRECTIVE, w.strategy[way].share_directive),
        (TALKS, w.strategy[way].share_talks),
        (COUNTERSIGN, w.strategy[way].share_countersign),
    ):
        if chance >= reached and share > 0.0:
            mode = further
        reached += share
    w.matters[m].mode = mode


@entered
def reason_for(w: World, m: int) -> int:
    """[INT-WHY] What of a matter decides the mode that fits it.

    What hardly divides is countersigned (签呈共同签字以表了解); what presses, all being under one command, is put in
    writing (上级行文); few who are far apart in interest are visited (现场办公), few who misunderstand each
    other talked to (互相沟通); many come together, so that all have their say (会议: 顾及方方面面, 集思广益).
    """
    divergence = spoken_divergence(w, m, mean_voice(w, m))
    if divergence <= w.rules[0].consensus_divergence:
        return vocabulary.SLIGHT
    if w.procedures[w.matters[m].procedure].preempts and under_command(w, m):
        return vocabulary.PRESSED
    if w.matters[m].heard > FEW:
        return vocabulary.MANY
    if w.matters[m].traits & COGNITION:
        return vocabulary.MISUNDERSTOOD
    return vocabulary.APART


@entered
def fitting_mode(w: World, m: int) -> int:
    """[INT-FIT] The mode for each of these reasons."""
    why = reason_for(w, m)
    if why == vocabulary.SLIGHT:
        return COUNTERSIGN
    if why == vocabulary.PRESSED:
        return DIRECTIVE
    if why == vocabulary.MANY:
        return MEETING
    return TALKS if why == vocabulary.MISUNDERSTOOD else ONSITE


@compiled
def under_command(w: World, m: int) -> bool:
    """Whether every party heard is bound by a directive from above."""
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        if w.parties[p].heard and not bound(w, p, DIRECTIVE):
            return False
    return True
