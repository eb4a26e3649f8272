"""Proposals: what a host makes of what it has found out, of what the parties want, and of what the leader intends.

Source: seed 002 二, the principles of coordination; model.md §3 (proposal).
"""

import math

from sim import world
from sim.compiled import compiled
from sim.draws import ESTIMATE, normal, uniform
from sim.rules.briefs import inspectors_of
from sim.rules.convening import advised
from sim.rules.documents import standing_rule
from sim.rules.positions import clip, estimate, mean_voice, need_now, within_band
from sim.rules.qualities import able
from sim.world import World

FIRST_ADVISER = 3  # draws of estimates, by ident of the director: those of advisers come after the office's own


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
        office = w.organs[o].coordinators - inspectors_of(w, o)
        judges = min(w.strategy[0].committee_members, office)
        for further in range(judges):
            u = w.organs[o].director + (host - w.organs[o].director + further) % office
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
