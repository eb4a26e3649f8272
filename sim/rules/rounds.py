"""Rounds: the host proposes, the parties hear it, and it is seen what that has brought.

Source: seed 002 三(三), consultation again and again (反复商榷); model.md §3.
"""

import math

from sim import vocabulary, world
from sim.compiled import compiled, entered
from sim.draws import ESTIMATE, normal, uniform
from sim.rules.convening import MEETING, advised, attends, await_tick, convene, in_session, round_cost, session
from sim.rules.coordination import prepare
from sim.rules.documents import standing_rule
from sim.rules.hearing import is_member
from sim.rules.labelling import COGNITION, labels_of, object_of
from sim.rules.ledger import handle, owe, touch
from sim.rules.moves import leave
from sim.rules.norms import goes_past, slight
from sim.rules.occasions import take_place
from sim.rules.positions import clip, estimate, mean_voice, need_now, spoken_divergence, within_band
from sim.rules.qualities import able
from sim.rules.relations import reconciled
from sim.rules.reports import AGREED, UNRESOLVED, end_brief
from sim.rules.telling import tell
from sim.world import World

FIRST_ADVISER = 3  # draws of estimates, by ident of the director: those of advisers come after the office's own


@entered
def hold(w: World, b: int, t: int) -> None:
    """[COO-HOLD] A round is held: the host proposes, the parties that can be reached hear it and give their hours.

    What is not a round of coordination but falls due in this tick takes place.
    """
    m = w.briefs[b].matter
    if w.matters[m].life == world.WITHDRAWN:
        w.briefs[b].state = world.IDLE
        return
    if w.briefs[b].phase == world.PASSING:
        w.briefs[b].state = world.IDLE
        leave(w, m, world.RESUMED)
        return
    if w.briefs[b].phase == world.DESK:
        take_place(w, b, m, t)
        return
    if in_session(w, b) and put_off(w, b, m, t):
        return
    propose(w, b, m, t)
    perceive(w, b, m)
    w.lists[w.totals[0].held].held = b
    w.totals[0].held += 1
    w.briefs[b].rounds += 1
    w.matters[m].rounds += 1
    handle(w, m, w.briefs[b].host, t)
    touch(w, m, t)
    if w.matters[m].settling:  # a host who is no coordinator gives a unit's hours
        owe(w, m, w.briefs[b].host, round_cost(w, b, m))
    labels = labels_of(w, m, w.briefs[b].mode)
    hours = w.modes[w.briefs[b].mode].party_hours * w.briefs[b].effect
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        reached = attends(w, b, p, t)
        if not reached and w.parties[p].heard and w.briefs[b].mode == MEETING and goes_past(w, m, p, t):
            slight(w, m, p, w.briefs[b].host, t)
            reached = True
        if reached:
            w.acts[w.totals[0].acts].brief, w.acts[w.totals[0].acts].party = b, p
            w.totals[0].acts += 1
            if w.briefs[b].mode != MEETING:
                owe(w, m, w.parties[p].actor, hours)
            elif is_member(w, p):
                owe(w, m, w.parties[p].actor, hours + way(w, m, p))
            labels |= object_of(w, w.briefs[b].host, w.parties[p].actor)
    w.matters[m].labels |= labels
    tell(w, t, vocabulary.ROUND_HELD, m, w.briefs[b].host, w.briefs[b].mode, w.briefs[b].proposal, labels)


@compiled
def perceive(w: World, b: int, m: int) -> None:
    """[COO-PERCEIVE] The host takes the dispute for one of cognition or of interest, more often rightly the more it
    has found out.
    """
    host = w.briefs[b].host
    skill = able(w, host, w.actors[host].technique)
    wrong = 0.5 / math.sqrt(1.0 + w.briefs[b].research * skill / w.rules[0].investigation_half)
    right = uniform(w.keys[ESTIMATE], w.matters[m].ident, w.actors[host].ident, 1) >= wrong
    w.briefs[b].cognitive = ((w.matters[m].traits & COGNITION) != 0) == right


@compiled
def propose(w: World, b: int, m: int, t: int) -> None:
    """[COO-PROPOSE] (1 - partiality) x [whole x estimate + (1 - whole) x mean view] + partiality x the lead's interest.

    Towards the leader's intent by the weight of the mandate (R5), towards the standing rule by that of uniformity (R3),
    and held to the legal band.  A delegated coordinator sees less of the whole.  A lead unit that calls the talks
    itself starts from the mean voice, leans to its own interest by its departmentalism (本位主义), and nobody checks
    the result against the whole or the law.
    """
    own = w.parties[w.matters[m].first].ideal
    if w.matters[m].settling:
        voice = mean_voice(w, m)
        partial = w.actors[w.briefs[b].host].departmentalism
        w.briefs[b].neutral, w.briefs[b].whole = voice, voice
        w.briefs[b].proposal = (1.0 - partial) * voice + partial * own
        return
    whole = w.strategy[0].whole_weight
    if w.matters[m].delegated:
        whole *= 1.0 - w.rules[0].delegation_view_loss
    w.briefs[b].whole = judgement(w, b, m, t)
    neutral = whole * w.briefs[b].whole + (1.0 - whole) * mean_view(w, b, m)
    mandate, uniform_rule = w.strategy[0].mandate, w.strategy[0].uniformity
    neutral = (1.0 - mandate) * neutral + mandate * read_mandate(w, w.briefs[b].host, m)
    neutral = (1.0 - uniform_rule) * neutral + uniform_rule * standing_rule(w, m)
    partial = w.strategy[0].partiality
    w.briefs[b].neutral = within_band(w, m, neutral)
    w.briefs[b].proposal = within_band(w, m, (1.0 - partial) * neutral + partial * own)


@compiled
def judgement(w: World, b: int, m: int, t: int) -> float:
    """[COO-JUDGE] A host's estimate; in the committee several coordinators pool theirs on the same findings (M6,
    集思广益), the departments concerned too where they sit on it; advisers, where asked, count like one more each.
    """
    host, research = w.briefs[b].host, w.briefs[b].research
    if w.strategy[0].structure != world.COMMITTEE:
        total, judges = estimate(w, host, m, research, t), 1
    else:
        o, total = w.matters[m].organ, 0.0
        judges = min(w.strategy[0].committee_members, w.organs[o].coordinators)
        for further in range(judges):
            u = w.organs[o].director + (host - w.organs[o].director + further) % w.organs[o].coordinators
            total += estimate(w, u, m, research, t)
        if w.strategy[0].seats:
            for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
                u = w.parties[p].actor
                if w.parties[p].heard and w.actors[u].role == world.DEPARTMENT:
                    total += estimate(w, u, m, research, t)
                    judges += 1
    if advised(w, m):
        for adviser in range(w.strategy[0].advice):
            total += advice(w, m, adviser, t)
            judges += 1
    return clip(total / judges)


@compiled
def advice(w: World, m: int, adviser: int, t: int) -> float:
    """[COO-ADVISE] What an advisory body takes to be best: it has looked into the matter for itself (M7, 咨询机构)."""
    director = w.actors[w.organs[w.matters[m].organ].director].ident
    error = normal(uniform(w.keys[ESTIMATE], w.matters[m].ident, director, FIRST_ADVISER + adviser))
    error *= w.rules[0].estimate_spread / math.sqrt(1.0 + w.rules[0].advice_hours / w.rules[0].investigation_half)
    return clip(need_now(w, m, t) + error)


@compiled
def mean_view(w: World, b: int, m: int) -> float:
    """[COO-VIEW] What the host takes the parties heard to want, on the whole: what they say, sifted for what they mean
    the more it has found out (R1, 去伪存真).

    They count by weight, more alike the more evenly the office weighs them, and more the more they have given up in
    earlier matters (R6, 统筹兼顾).
    """
    host = w.briefs[b].host
    known = w.briefs[b].research * able(w, host, w.actors[host].technique) / w.rules[0].investigation_half
    sifted = w.rules[0].sifting * (1.0 - 1.0 / math.sqrt(1.0 + known))
    first, last, even = w.matters[m].first, w.matters[m].first + w.matters[m].parties, 0.0
    for p in range(first, last):
        if w.parties[p].heard:
            even += w.parties[p].weight
    even /= w.matters[m].heard
    total, weight, balance = 0.0, 0.0, w.strategy[0].balance
    for p in range(first, last):
        if w.parties[p].heard:
            share = (1.0 - balance) * w.parties[p].weight + balance * even
            share *= 1.0 + w.strategy[0].compensation * w.actors[w.parties[p].actor].conceded
            total += share * (w.parties[p].voice + sifted * (w.parties[p].stance - w.parties[p].voice))
            weight += share
    return total / weight


@compiled
def read_mandate(w: World, u: int, m: int) -> float:
    """[COO-MANDATE] What u takes the leader's intent to be: the better its political quality, the nearer (Q1, B1,
    领会领导意图).
    """
    error = normal(uniform(w.keys[ESTIMATE], w.matters[m].ident, w.actors[u].ident, 2)) * w.rules[0].reading_spread
    return clip(w.matters[m].mandate + error * (1.0 - able(w, u, w.actors[u].political)))


@compiled
def put_off(w: World, b: int, m: int, t: int) -> bool:
    """[CON-FULL] A session takes so many topics; the next has to take the others."""
    o = w.matters[m].organ
    if w.diary[o, t].agenda < w.strategy[0].committee_agenda:
        w.diary[o, t].agenda += 1
        return False
    await_tick(w, b, session(w, t))
    return True


@compiled
def way(w: World, m: int, p: int) -> float:
    """[CON-PLACE] Hours on the way for a member who has to come: those from outside the house, unless most are and the
    place is chosen to suit (E3b).
    """
    outside, inside = 0, 0
    for other in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        if is_member(w, other):
            if is_outside(w, w.parties[other].actor):
                outside += 1
            else:
                inside += 1
    elsewhere = w.strategy[0].venue == 1 and outside > inside
    return w.rules[0].travel_hours if is_outside(w, w.parties[p].actor) != elsewhere else 0.0


@compiled
def is_outside(w: World, u: int) -> bool:
    """Whether u is not in the house: a superior body, a peer, a subordinate unit or the public."""
    role = w.actors[u].role
    return role == world.SUPERIOR or role == world.PEER or role == world.SUBORDINATE or role == world.PUBLIC


@entered
def conclude(w: World, b: int, t: int) -> None:
    """[COO-CONCLUDE] After a round: agreed if what is said lies close to the proposal, and the difference that may be
    reserved; else another round, or a report.
    """
    m = w.briefs[b].matter
    agreed, apart = UNRESOLVED, spoken_divergence(w, m, w.briefs[b].proposal)
    remainder = apart - w.rules[0].consensus_divergence
    if remainder <= w.strategy[0].reserve and reconciled(w, m, t):
        agreed = AGREED
        w.matters[m].remainder = max(remainder, 0.0)
        if remainder > 0.0:
            tell(w, t, vocabulary.RESERVED, m, w.briefs[b].host, -1, apart, 0)
    limit = w.strategy[0].self_rounds if w.matters[m].settling else w.strategy[0].rounds
    if agreed == AGREED or w.briefs[b].rounds >= limit:
        end_brief(w, b, m, agreed, t)
    elif w.matters[m].settling:
        convene(w, b, t)
    else:
        prepare(w, b, m, t)
