"""Checking: what a desk finds wrong with a paper, and what becomes of it when it is returned.

Source: seed 003, vetting (核稿), the check of papers from below (把关) and their return (退文); seed 000, the five
checks of a policy.
"""

from sim import vocabulary
from sim.compiled import compiled
from sim.draws import MEND, REVIEW, uniform
from sim.rules.documents import compared, paper_position
from sim.rules.norms import learn_order
from sim.rules.positions import within_band
from sim.rules.qualities import able
from sim.rules.telling import tell
from sim.world import World

ANY_FLAW = -1  # bits of FLAWS
LAW, SUPERIOR = 1 << vocabulary.LAW, 1 << vocabulary.SUPERIOR_RULE
TECHNICAL, OCCASION = 1 << vocabulary.TECHNICAL, 1 << vocabulary.OCCASION
COMPARED = sum(1 << vocabulary.FLAW_NAMES.index(name) for name in vocabulary.COMPARED)
POLITICAL = COMPARED  # what departs from policy
FLAWS = len(vocabulary.FLAWS)


@compiled
def examine(w: World, m: int, u: int, chance: float, t: int) -> bool:
    """[CHK-EXAMINE] A desk looks for the flaws its stage checks for; each is found with a chance; true if any is.

    What contradicts the law, superior policy, an earlier rule or a related organ's is found by comparing what the
    paper says with what is in force.  A leader's chance is the same for all flaws, a desk's that of its qualities:
    political for what departs from policy, professional for the rest (Q1, Q2).
    """
    s = w.matters[m].stage
    return look_for(w, m, u, w.stages[s].checks, chance, chance, t)


@compiled
def scrutinise(w: World, m: int, u: int, allowed: int, t: int) -> bool:
    """[CHK-QUALITY] The same by a desk, with its qualities (Q1, Q2); only for what it is allowed to object to."""
    vetting = w.rules[0].vetting
    political, professional = vetting, vetting
    if u >= 0:
        political *= able(w, u, w.actors[u].political)
        professional *= able(w, u, w.actors[u].professional)
    return look_for(w, m, u, w.stages[w.matters[m].stage].checks & allowed, political, professional, t)


@compiled
def look_for(w: World, m: int, u: int, checks: int, political: float, professional: float, t: int) -> bool:
    """What is found of some flaws, and noted; true if anything is."""
    s = w.matters[m].stage
    if w.strategy[0].attendance_rule == 0:
        checks &= ~OCCASION  # there is no rule to hold an invitation against (A1)
    if checks == 0:
        return False
    present = (w.matters[m].flaws | compared(w, m, paper_position(w, m))) & checks
    if present == 0:
        return False
    place = w.stages[s].place
    turn = 16 * place + ((w.matters[m].visits >> (4 * place)) & 15)
    found = 0
    for flaw in range(FLAWS):
        keenness = political if (POLITICAL >> flaw) & 1 else professional
        if (present >> flaw) & 1 and uniform(w.keys[REVIEW], w.matters[m].ident, turn, flaw) < keenness:
            found |= 1 << flaw
    w.matters[m].found |= found
    if found:
        learn_order(w, m, found)
        tell(w, t, vocabulary.FOUND, m, u, -1, found, 0)
    return found != 0


@compiled
def mend(w: World, m: int) -> None:
    """[CHK-MEND] The desk a paper was returned to mends what was found, not always with success.

    A paper against superior policy is brought into line with it, which narrows what may be decided; one against an
    earlier rule repeals that rule; one against a related organ's is agreed with that organ.
    """
    found = w.matters[m].found
    w.matters[m].found = 0
    for flaw in range(FLAWS):
        if (found >> flaw) & 1:
            bit = 1 << flaw
            if uniform(w.keys[MEND], w.matters[m].ident, w.matters[m].returns, flaw) < w.rules[0].mending:
                w.matters[m].flaws &= ~bit
                w.matters[m].heeded |= bit & COMPARED
                if bit != TECHNICAL:
                    w.matters[m].amended = 1
                if bit == SUPERIOR:
                    bring_into_line(w, m)
    if found & LAW and w.matters[m].rounds > 0:
        w.matters[m].paper = within_band(w, m, w.matters[m].paper)


@compiled
def bring_into_line(w: World, m: int) -> None:
    """Superior policy leaves only so much room on each side; where the law leaves none of that, it stays as it is."""
    line, room = w.force[w.matters[m].organ, w.matters[m].domain].superior, w.rules[0].policy_tolerance
    low, high = max(w.matters[m].low, line - room), min(w.matters[m].high, line + room)
    if low <= high:
        w.matters[m].low, w.matters[m].high = low, high
        if w.matters[m].rounds > 0:
            w.matters[m].paper = within_band(w, m, w.matters[m].paper)
