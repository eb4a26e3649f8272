"""Documents in force: what has been issued stays in force and may contradict the law, other rules, or itself.

Source: seed 000, policy (政出多门, 文件打架, 朝令夕改); seed 003, vetting.
"""

import math

from sim import vocabulary
from sim.compiled import compiled
from sim.rules.authority import gain_authority
from sim.rules.positions import declared_divergence, mean_voice
from sim.rules.telling import tell
from sim.world import World

LAW = 1 << vocabulary.LAW
SUPERIOR, EARLIER = 1 << vocabulary.SUPERIOR_RULE, 1 << vocabulary.EARLIER_RULE
RELATED = 1 << vocabulary.RELATED_RULE
CLASHING = sum(1 << vocabulary.FLAW_NAMES.index(name) for name in vocabulary.CLASHING)
SLACK = 1e-9  # a position on the edge of the legal band is within it


@compiled
def how_many(bits: int) -> int:
    """Number of bits that are set."""
    count = 0
    while bits:
        bits &= bits - 1
        count += 1
    return count


@compiled
def paper_position(w: World, m: int) -> float:
    """[DOC-POSITION] What a matter's paper says: the outcome, else the latest joint proposal, else the mean voice."""
    if not math.isnan(w.matters[m].outcome):
        return w.matters[m].outcome
    if not math.isnan(w.matters[m].paper):
        return w.matters[m].paper
    return mean_voice(w, m)


@compiled
def standing_rule(w: World, m: int) -> float:
    """[DOC-STANDING] What is done in a domain as a rule: the organ's latest document there, else superior policy."""
    o, d = w.matters[m].organ, w.matters[m].domain
    return w.force[o, d].superior if math.isnan(w.force[o, d].own) else w.force[o, d].own


@compiled
def compared(w: World, m: int, x: float) -> int:
    """[DOC-COMPARE] Which rules in force position x contradicts, but for those already heeded (B4b, C1b-C1e)."""
    o, d, room = w.matters[m].organ, w.matters[m].domain, w.rules[0].policy_tolerance
    bits = 0
    if x < w.matters[m].low - SLACK or x > w.matters[m].high + SLACK:
        bits |= LAW
    if abs(x - w.force[o, d].superior) > room:
        bits |= SUPERIOR
    if abs(x - w.force[o, d].own) > room:  # false where there is none
        bits |= EARLIER
    if abs(x - w.force[o, d].related) > room:
        bits |= RELATED
    return bits & ~w.matters[m].heeded


@compiled
def issue(w: World, m: int, t: int) -> None:
    """[DOC-ISSUE] A document comes into force and replaces the earlier one of its domain, unless it contradicts it
    unawares: then both stand.

    Whatever it contradicts, in itself or outside, stands as a clash of rules until it has led to a conflict.
    """
    o, d, x = w.matters[m].organ, w.matters[m].domain, paper_position(w, m)
    contradicted = compared(w, m, x)
    w.totals[0].defects += how_many(contradicted | w.matters[m].flaws)
    clashes = contradicted | (w.matters[m].flaws & CLASHING)
    if clashes & EARLIER:
        w.force[o, d].clashes += how_many(clashes)
    else:
        w.force[o, d].clashes = how_many(clashes)
    gain_authority(w, m, declared_divergence(w, m, x))
    w.force[o, d].own, w.force[o, d].matter = x, m
    w.force[o, d].issued += 1
    tell(w, t, vocabulary.ISSUED, m, w.parties[w.matters[m].first].actor, -1, x, 0)
    if clashes:
        tell(w, t, vocabulary.CLASHED, m, -1, -1, clashes, 0)


@compiled
def amend(w: World, m: int) -> None:
    """[DOC-AMEND] A document that still stands says what was decided last when its matter's outcome changes."""
    o, d = w.matters[m].organ, w.matters[m].domain
    if w.force[o, d].matter == m:
        w.force[o, d].own = w.matters[m].outcome


@compiled
def clear_up(w: World, m: int, t: int) -> None:
    """[DOC-CLEAR] A conflict has been coordinated: a clash of rules it has brought to light is removed, and so are
    the substantial flaws of its own paper.
    """
    o, d = w.matters[m].organ, w.matters[m].domain
    w.matters[m].flaws &= ~CLASHING
    if w.force[o, d].clashes > 0:
        w.force[o, d].clashes -= 1
        tell(w, t, vocabulary.MENDED, m, -1, -1, 0.0, 0)
