"""Relations: the working relation and the interpersonal trust that each tie carries.

Both move by a share of the room left, so that neither sinks to zero under load, and recover towards a baseline,
which is computed when a tie is looked at: an idle tie costs nothing.  Source: model.md §3; asymmetry of loss and
gain after Slovic (1993).
"""

from sim.compiled import compiled, entered
from sim.world import World

UNTIED = 0.5  # the standing of two who have no tie


@compiled
def power(x: float, n: int) -> float:
    """x to the n-th power for a whole n >= 0, by squaring: the same bits everywhere."""
    result = 1.0
    while n > 0:
        if n & 1:
            result *= x
        x *= x
        n >>= 1
    return result


@compiled
def recover(w: World, k: int, t: int) -> None:
    """[REL-RECOVER] Bring a tie up to the present: what has been lost or gained fades towards the baseline."""
    gap = t - w.ties[k].touched
    if gap > 0:
        work, trust = w.ties[k].work - w.ties[k].work_base, w.ties[k].trust - w.ties[k].trust_base
        if work != 0.0 or trust != 0.0:  # else there is nothing to fade
            kept = power(1.0 - w.rules[0].trust_recovery, gap)
            w.ties[k].work = w.ties[k].work_base + work * kept
            w.ties[k].trust = w.ties[k].trust_base + trust * kept
        w.ties[k].touched = t


@compiled
def standing(w: World, k: int, t: int) -> float:
    """[REL-STANDING] How well two stand: the mean of working relation and trust, in [0, 1]."""
    if k < 0:
        return UNTIED
    recover(w, k, t)
    return 0.5 * (w.ties[k].work + w.ties[k].trust)


@compiled
def shifted(w: World, x: float, amount: float) -> float:
    """[REL-SHIFT] x moved by ``amount`` in [-1, 1] of a step: up by a share of what is missing, down by one of what
    is there.
    """
    if amount >= 0.0:
        return x + w.rules[0].trust_step * amount * (1.0 - x)
    return x + max(w.rules[0].trust_step * w.rules[0].trust_asymmetry * amount, -1.0) * x


@compiled
def shift_work(w: World, k: int, amount: float, t: int) -> None:
    """[REL-WORK] Better or worsen the working relation of a tie."""
    if k >= 0:
        recover(w, k, t)
        w.ties[k].work = shifted(w, w.ties[k].work, amount)


@compiled
def shift_trust(w: World, k: int, amount: float, t: int) -> None:
    """[REL-TRUST] Better or worsen the interpersonal trust of a tie."""
    if k >= 0:
        recover(w, k, t)
        w.ties[k].trust = shifted(w, w.ties[k].trust, amount)


@entered
def reconciled(w: World, m: int, t: int) -> bool:
    """[REL-RIFT] Between people nothing is settled until the rift is closed: until they stand well enough (C4c)."""
    if not w.procedures[w.matters[m].procedure].people:
        return True
    total, ties = 0.0, 0
    for p in range(w.matters[m].first + 1, w.matters[m].first + w.matters[m].parties):
        if w.parties[p].tie >= 0:
            total += standing(w, w.parties[p].tie, t)
            ties += 1
    return ties == 0 or total / ties >= w.rules[0].rift_standing


@compiled
def heal(w: World, k: int, amount: float, t: int) -> None:
    """[REL-HEAL] Two come together again: both relations better, by so many times a fair settlement's step."""
    while amount > 0.0:
        shift_work(w, k, min(amount, 1.0), t)
        shift_trust(w, k, min(amount, 1.0), t)
        amount -= 1.0
