"""Hearing: whose views the office seeks.  Those who are not heard are asked nothing, and carry out what was decided.

Source: seed 002 二(二), hearing all sides (兼听则明、偏听则暗); seed 000, the public where it is needed; form assumed.
"""

import math

from sim import world
from sim.compiled import compiled, entered
from sim.draws import HEAR, uniform
from sim.world import World


@entered
def choose_heard(w: World, m: int) -> None:
    """[HEA-CHOOSE] The lead unit and, by weight, as many others as the strategy hears; the public where it takes part
    (R2, C1a, M9).  Where it has been said of the matter who is to be convened, those and nobody else.

    Each party heard gets its place by weight, from 1; 0 means that its views are not sought.
    """
    way, first, count = w.matters[m].way, w.matters[m].first, w.matters[m].parties
    named = w.strategy[way].convened
    others = 0
    for p in range(first, first + count):
        w.parties[p].heard = 0
        others += p > first and may_be_asked(w, p, p - first, named)
    sought = others + 1
    if named == 0:
        sought = max(math.ceil(w.strategy[way].hearing * (others + 1) - 1e-9), 1)
    w.parties[first].heard = 1
    heard = 1
    while heard < sought:
        best = -1
        for p in range(first + 1, first + count):
            open_to_ask = w.parties[p].heard == 0 and may_be_asked(w, p, p - first, named)
            if open_to_ask and (best < 0 or w.parties[p].weight > w.parties[best].weight):
                best = p
        heard += 1
        w.parties[best].heard = heard
    for p in range(first + 1, first + count):
        chance = uniform(w.keys[HEAR], w.matters[m].ident, 0, p - first)
        by_chance = named == 0 and w.actors[w.parties[p].actor].role == world.PUBLIC
        if by_chance and chance < w.strategy[way].participation:
            heard += 1
            w.parties[p].heard = heard
    w.matters[m].heard = heard


@compiled
def may_be_asked(w: World, p: int, place: int, named: int) -> bool:
    """Whether p is one of those named by their places, or, if nobody is named, not of the public, who come by
    themselves.
    """
    if named:
        return ((named >> place) & 1) == 1
    return w.actors[w.parties[p].actor].role != world.PUBLIC


@compiled
def is_member(w: World, p: int) -> bool:
    """Whether a party that is heard is a member of its matter's meetings, not one who only observes (E3c, 列席)."""
    return 0 < w.parties[p].heard <= w.strategy[0].members
