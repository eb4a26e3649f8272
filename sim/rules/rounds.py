"""Rounds: the host proposes, the parties hear it, and it is seen what that has brought.

Source: seed 002 三(三), consultation again and again (反复商榷); model.md §3.
"""

import math

from sim import vocabulary, world
from sim.compiled import compiled, entered
from sim.draws import ESTIMATE, uniform
from sim.rules.convening import attends, convene, round_cost
from sim.rules.coordination import prepare
from sim.rules.labelling import COGNITION, labels_of, object_of
from sim.rules.ledger import handle, owe, touch
from sim.rules.occasions import take_place
from sim.rules.positions import clip, estimate, mean_voice, spoken_divergence, within_band
from sim.rules.relations import reconciled
from sim.rules.reports import AGREED, UNRESOLVED, end_brief
from sim.rules.telling import tell
from sim.world import World


@entered
def hold(w: World, b: int, t: int) -> None:
    """[COO-HOLD] A round is held: the host proposes, the parties that can be reached hear it and give their hours.

    What is not a round of coordination but falls due in this tick takes place.
    """
    m = w.briefs[b].matter
    if w.matters[m].life == world.WITHDRAWN:
        w.briefs[b].state = world.IDLE
        return
    if w.briefs[b].phase == world.DESK:
        take_place(w, b, m, t)
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
        if attends(w, b, p, t):
            w.acts[w.totals[0].acts].brief, w.acts[w.totals[0].acts].party = b, p
            w.totals[0].acts += 1
            owe(w, m, w.parties[p].actor, hours)
            labels |= object_of(w, w.briefs[b].host, w.parties[p].actor)
    w.matters[m].labels |= labels
    tell(w, t, vocabulary.ROUND_HELD, m, w.briefs[b].host, w.briefs[b].mode, w.briefs[b].proposal, labels)


@compiled
def perceive(w: World, b: int, m: int) -> None:
    """[COO-PERCEIVE] The host takes the dispute for one of cognition or of interest, more often rightly the more it
    has found out.
    """
    host = w.briefs[b].host
    wrong = 0.5 / math.sqrt(1.0 + w.briefs[b].research * w.actors[host].skill / w.rules[0].investigation_half)
    right = uniform(w.keys[ESTIMATE], w.matters[m].ident, w.actors[host].ident, 1) >= wrong
    w.briefs[b].cognitive = ((w.matters[m].traits & COGNITION) != 0) == right


@compiled
def propose(w: World, b: int, m: int, t: int) -> None:
    """[COO-PROPOSE] (1 - partiality) x [whole x estimate + (1 - whole) x mean voice] + partiality x the lead's
    interest.

    Held to the legal band.  A delegated coordinator sees less of the whole.  A lead unit that calls the talks itself
    starts from the mean voice, leans to its own interest by its departmentalism (本位主义), and nobody checks the
    result against the whole or the law.
    """
    voice = mean_voice(w, m)
    own = w.parties[w.matters[m].first].ideal
    if w.matters[m].settling:
        partial = w.actors[w.briefs[b].host].departmentalism
        w.briefs[b].neutral, w.briefs[b].proposal = voice, (1.0 - partial) * voice + partial * own
        return
    whole = w.strategy[0].whole_weight
    if w.matters[m].delegated:
        whole *= 1.0 - w.rules[0].delegation_view_loss
    neutral = whole * judgement(w, b, m, t) + (1.0 - whole) * voice
    partial = w.strategy[0].partiality
    w.briefs[b].neutral = within_band(w, m, neutral)
    w.briefs[b].proposal = within_band(w, m, (1.0 - partial) * neutral + partial * own)


@compiled
def judgement(w: World, b: int, m: int, t: int) -> float:
    """[COO-JUDGE] A host's estimate; in the committee several coordinators pool theirs on the same findings (M6,
    集思广益).
    """
    host = w.briefs[b].host
    if w.strategy[0].structure != world.COMMITTEE:
        return estimate(w, host, m, w.briefs[b].research, t)
    o = w.matters[m].organ
    members = min(w.strategy[0].committee_members, w.organs[o].coordinators)
    total = 0.0
    for further in range(members):
        u = w.organs[o].director + (host - w.organs[o].director + further) % w.organs[o].coordinators
        total += estimate(w, u, m, w.briefs[b].research, t)
    return clip(total / members)


@entered
def conclude(w: World, b: int, t: int) -> None:
    """[COO-CONCLUDE] After a round: agreed if what is said lies close to the proposal; else another round, or a
    report.
    """
    m = w.briefs[b].matter
    agreed = UNRESOLVED
    if spoken_divergence(w, m, w.briefs[b].proposal) <= w.rules[0].consensus_divergence:
        agreed = AGREED
    if not reconciled(w, m, t):
        agreed = UNRESOLVED
    limit = w.strategy[0].self_rounds if w.matters[m].settling else w.strategy[0].rounds
    if agreed == AGREED or w.briefs[b].rounds >= limit:
        end_brief(w, b, m, agreed, t)
    elif w.matters[m].settling:
        convene(w, b, t)
    else:
        prepare(w, b, m, t)
