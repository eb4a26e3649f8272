"""Qualities of a coordinator: political, professional, technique, composure; and experience, which betters them all.

Source: seed 002 三, the four abilities, and 阅历和经验; the form of learning by practice after Newell & Rosenbloom
(1981), its numbers assumed.
"""

from sim.compiled import compiled
from sim.world import World


@compiled
def able(w: World, u: int, quality: float) -> float:
    """[QUA-ABLE] A quality of u with what practice has added: a share n / (n + half) of what is missing (Q5)."""
    practised = w.actors[u].practised
    return quality + (1.0 - quality) * practised / (practised + w.rules[0].practice_half)


@compiled
def hardship(w: World, u: int, m: int) -> float:
    """[QUA-PRESSURE] Hours a task takes where one without nerves to lose takes one: under pressure, composure tells
    (Q4, 快速反应、应变).
    """
    if w.matters[m].blocked or w.matters[m].burst or w.procedures[w.matters[m].procedure].preempts:
        return 2.0 - able(w, u, w.actors[u].composure)
    return 1.0


@compiled
def warmth(w: World, u: int, rapport: float) -> float:
    """[QUA-HUMOUR] What a round does to trust: a composed host gives more of what is good, and less of what is not
    (Q4, 幽默感).
    """
    nerve = able(w, u, w.actors[u].composure)
    return rapport * (nerve if rapport > 0.0 else 2.0 - nerve)
