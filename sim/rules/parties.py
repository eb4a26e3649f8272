"""Parties: how an actor answers an act of coordination that reaches it.

Source: seed 002 二; Friedkin & Johnsen (1990); model.md §3.
"""

from sim import parameters, vocabulary, world
from sim.compiled import compiled, entered
from sim.rules.hearing import is_member
from sim.rules.positions import clip
from sim.rules.qualities import able, warmth
from sim.rules.relations import heal, shift_trust, shift_work, standing
from sim.rules.telling import tell
from sim.world import World

MEETING, DIRECTIVE = parameters.MODES.index("meeting"), parameters.MODES.index("directive")
BY_DISPUTE, EXPLAINING = range(2)  # strategy.remedy; 2: bargaining
EASY_SIZE = 4  # members a meeting takes without loss


@entered
def concede(w: World, a: int, t: int) -> None:
    """[PAR-CONCEDE] A party hears a proposal, understands more, and moves part of the way; outwardly perhaps further.

    Its position moves at the mode's pace towards r P + (1 - r)(y + b), the Friedkin-Johnsen update with
    susceptibility r; talking shrinks the misunderstanding b and leaves the interest y.  A party stalled by
    contradicting instructions does not move.  Source: Friedkin & Johnsen (1990); model.md §3.
    """
    b, p = w.acts[a].brief, w.acts[a].party
    m = w.briefs[b].matter
    if w.matters[m].acting == world.BEFORE:
        w.parties[p].listened = 1
    if instructed_otherwise(w, b, p, m, t) or w.parties[p].stalled > t:
        return
    mode, effect = w.briefs[b].mode, w.briefs[b].effect * reach(w, b, p, m)
    host = w.briefs[b].host
    k = w.parties[p].tie if w.matters[m].settling else w.actors[w.parties[p].actor].office_tie
    r = openness(w, b, p, m, k, t)
    turn = leaning(w, b, m)
    clarity = min(w.modes[mode].clarity * (1.0 + turn), 1.0)
    pace = min(w.modes[mode].pace * (1.0 - turn), 1.0)
    w.parties[p].bias *= 1.0 - clarity * effect * able(w, host, w.actors[host].professional)
    anchor = w.parties[p].ideal + w.parties[p].bias
    anchor += for_the_whole(w, b, p, m) * (w.briefs[b].whole - anchor)
    aim = r * w.briefs[b].proposal + (1.0 - r) * anchor
    stance = clip(w.parties[p].stance + pace * effect * (aim - w.parties[p].stance))
    w.parties[p].stance = stance
    compliance = w.modes[mode].compliance if bound(w, p, mode) else 0.0
    w.parties[p].voice = clip(stance + compliance * (w.briefs[b].proposal - stance))
    shift_trust(w, k, warmth(w, host, w.modes[mode].rapport) * effect, t)
    if w.procedures[w.matters[m].procedure].people and w.briefs[b].rounds >= 2:
        heal(w, w.parties[p].tie, w.rules[0].rift_healing * effect * closeness(w, p, m), t)
    tell(w, t, vocabulary.HEARS, m, w.parties[p].actor, host, stance, 0)


@compiled
def leaning(w: World, b: int, m: int) -> float:
    """[PAR-LEAN] How far a round turns to explaining (1) or to bargaining (-1): as the host sees the dispute, or always
    the one or the other.

    Between people it goes in steps: first what each knows, then what each thinks, then the rift itself (C4c).
    """
    if w.procedures[w.matters[m].procedure].people:
        return 1.0 if w.briefs[b].rounds == 1 else 0.0
    remedy = w.strategy[0].remedy
    explaining = w.briefs[b].cognitive == 1 if remedy == BY_DISPUTE else remedy == EXPLAINING
    return w.rules[0].focus if explaining else -w.rules[0].focus


@compiled
def openness(w: World, b: int, p: int, m: int, k: int, t: int) -> float:
    """[PAR-OPEN] Susceptibility r: the mode's, less for distrust, departmentalism, a clumsy host, felt partiality
    and lateness.
    """
    u, host = w.parties[p].actor, w.briefs[b].host
    reliance = w.rules[0].trust_weight
    if not bound(w, p, w.briefs[b].mode):
        return 0.0
    r = w.modes[w.briefs[b].mode].openness * (1.0 - reliance + reliance * standing(w, k, t))
    deft = w.rules[0].skill_effect
    r *= (1.0 - w.actors[u].departmentalism) * (1.0 - deft + deft * able(w, host, w.actors[host].technique))
    slight = abs(w.briefs[b].proposal - w.briefs[b].neutral) * w.rules[0].unfairness_sensitivity
    slight *= 1.0 - w.rules[0].explanation_effect * w.strategy[0].explanation
    late = 0.0
    if w.matters[m].acting == world.DURING:
        late = 1.0
    elif w.matters[m].acting == world.AFTER:
        late = 2.0
    return r * max(1.0 - slight, 0.0) / (1.0 + w.rules[0].lateness_resistance * late)


@compiled
def reach(w: World, b: int, p: int, m: int) -> float:
    """[PAR-SIZE] A meeting loses effect with every member beyond four, and has less on those who only observe it."""
    if w.briefs[b].mode != MEETING:
        return 1.0
    effect = 1.0 if is_member(w, p) else w.rules[0].observer_effect
    extra = min(w.matters[m].heard, w.strategy[0].members) - EASY_SIZE
    return effect / (1.0 + w.rules[0].meeting_size_effect * max(extra, 0))


@compiled
def for_the_whole(w: World, b: int, p: int, m: int) -> float:
    """[PAR-WHOLE] How far a party puts what the host holds best for the whole before its own interest, being asked to
    (R4, 顾大局): the less departmental, the further.
    """
    if w.matters[m].settling:
        return 0.0
    open_mind = 1.0 - w.actors[w.parties[p].actor].departmentalism
    return w.strategy[0].persuasion * w.rules[0].persuasion_effect * open_mind


@compiled
def bound(w: World, p: int, mode: int) -> bool:
    """[PAR-BOUND] Whether a mode binds a party: a directive from above does not bind those outside its command (P1,
    不相隶属).
    """
    u = w.parties[p].actor
    if mode != DIRECTIVE:
        return True
    unaffiliated = w.actors[u].role == world.PEER and w.actors[u].post == world.UNAFFILIATED
    return not unaffiliated and w.actors[u].role != world.PUBLIC and w.actors[u].role != world.SUPERIOR


@compiled
def closeness(w: World, p: int, m: int) -> float:
    """[PAR-GAP] How much of a talk's healing is left by the gap of rank and of information between a party and the
    lead (C4b).
    """
    lead = w.matters[m].first
    rank = abs(w.actors[w.parties[p].actor].power - w.actors[w.parties[lead].actor].power)
    known = abs(w.parties[p].bias - w.parties[lead].bias)
    return max(1.0 - w.rules[0].rank_gap * rank - w.rules[0].information_gap * known, 0.0)


@compiled
def instructed_otherwise(w: World, b: int, p: int, m: int, t: int) -> bool:
    """[PAR-CONTRADICT] Two coordinators who tell a party different things stall it: a secondary conflict (R5,
    你也协调、他也协调).
    """
    host, proposal = w.briefs[b].host, w.briefs[b].proposal
    other = w.parties[p].told_by >= 0 and w.parties[p].told_by != host
    apart = abs(proposal - w.parties[p].told)
    clash = other and apart > w.rules[0].contradiction_tolerance
    w.parties[p].told, w.parties[p].told_by = proposal, host
    if clash and w.parties[p].stalled <= t:
        w.parties[p].stalled = t + int(w.rules[0].stall)
        w.matters[m].secondary += 1
        w.totals[0].conflicts += 1
        shift_work(w, w.actors[w.parties[p].actor].office_tie, -1.0, t)
        tell(w, t, vocabulary.CONTRADICTED, m, w.parties[p].actor, host, apart, 0)
        return True
    return False
