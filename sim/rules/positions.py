"""Positions: what parties want and say, what the whole needs, and what a host makes of both.

Source: model.md §3 (investigation, proposal); the compromise rule is Van den Bos's and Achen's mean weighted by
salience and power, which no other model of the DEU records beats by much (Thomson et al. 2006).
"""

import math

from sim.compiled import compiled, entered
from sim.draws import ESTIMATE, normal, uniform
from sim.rules.qualities import able
from sim.world import World


@compiled
def clip(x: float) -> float:
    """x held to [0, 1]."""
    return min(max(x, 0.0), 1.0)


@entered
def need_now(w: World, m: int, t: int) -> float:
    """[POS-NEED] What the whole needs of a matter now; changes of requirements come from the world alone."""
    need = w.matters[m].need
    if t >= w.matters[m].need_at_1:
        need += w.matters[m].need_by_1
    if t >= w.matters[m].need_at_2:
        need += w.matters[m].need_by_2
    return clip(need)


@compiled
def within_band(w: World, m: int, x: float) -> float:
    """[POS-BAND] x held to the legal band, of which a strategy may use a share around the middle (flexibility, R3).

    Where power, duty, interest, plans or strategy are concerned it is stricter.
    """
    low, high, share = w.matters[m].low, w.matters[m].high, w.strategy[0].flexibility
    if w.procedures[w.matters[m].procedure].strict:
        share *= 1.0 - w.strategy[0].strictness
    middle, half = 0.5 * (low + high), 0.5 * (high - low) * share
    return clip(min(max(x, middle - half), middle + half))


@compiled
def mean_voice(w: World, m: int) -> float:
    """[POS-VOICE] Mean of what the parties heard say, weighted by salience x power: the compromise rule."""
    total, weight = 0.0, 0.0
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        if w.parties[p].heard:
            total += w.parties[p].weight * w.parties[p].voice
            weight += w.parties[p].weight
    return total / weight


@entered
def spoken_divergence(w: World, m: int, x: float) -> float:
    """[POS-SPOKEN] Weighted mean distance between what the parties heard say and x."""
    total, weight = 0.0, 0.0
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        if w.parties[p].heard:
            total += w.parties[p].weight * abs(w.parties[p].voice - x)
            weight += w.parties[p].weight
    return total / weight


@compiled
def declared_divergence(w: World, m: int, x: float) -> float:
    """[POS-DECLARED] The same over all parties: those not heard still hold, openly, what they first said."""
    total, weight = 0.0, 0.0
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        total += w.parties[p].weight * abs(w.parties[p].voice - x)
        weight += w.parties[p].weight
    return total / weight


@compiled
def private_divergence(w: World, m: int, x: float) -> float:
    """[POS-PRIVATE] Weighted mean distance between what the parties believe and x: latent when it is not spoken."""
    total, weight = 0.0, 0.0
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        total += w.parties[p].weight * abs(w.parties[p].stance - x)
        weight += w.parties[p].weight
    return total / weight


@compiled
def estimate(w: World, u: int, m: int, hours: float, t: int) -> float:
    """[POS-ESTIMATE] What u takes to be best for the whole after ``hours`` of investigation (R1).

    g + e_um s / sqrt(1 + hours x knowledge / h): e_um is drawn once per person and matter, so that two people
    differ and one does not differ from itself.  Knowing the lead unit's portfolio lessens the error.
    """
    error = normal(uniform(w.keys[ESTIMATE], w.matters[m].ident, w.actors[u].ident, 0)) * w.rules[0].estimate_spread
    error /= math.sqrt(1.0 + hours * able(w, u, w.actors[u].professional) / w.rules[0].investigation_half)
    lead = w.parties[w.matters[m].first].actor
    if w.actors[u].portfolio >= 0 and w.actors[u].portfolio == w.actors[lead].portfolio:
        error *= w.rules[0].local_knowledge
    return clip(need_now(w, m, t) + error)
