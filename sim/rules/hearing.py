"""Hearing: whose views the office seeks.  Those who are not heard are asked nothing, and carry out what was decided.

Source: seed 002 二(二), hearing all sides (兼听则明、偏听则暗); seed 000, the public where it is needed; form assumed.
"""

import math

from sim import world
from sim.compiled import compiled
from sim.draws import HEAR, uniform
from sim.world import World


@compiled
def choose_heard(w: World, m: int) -> None:
    """[HEA-CHOOSE] The lead unit and, by weight, as many others as the strategy hears; the public where it takes part
    (R2, C1a, M9).

    Each party heard gets its place by weight, from 1; 0 means that its views are not sought.
    """
    first, count, public = w.matters[m].first, w.matters[m].parties, 0
    for p in range(first + 1, first + count):
        public += w.actors[w.parties[p].actor].role == world.PUBLIC
    sought = max(math.ceil(w.strategy[0].hearing * (count - public) - 1e-9), 1)
    w.parties[first].heard = 1
    heard = 1
    while heard < sought:
        best = -1
        for p in range(first + 1, first + count):
            open_to_ask = w.parties[p].heard == 0 and w.actors[w.parties[p].actor].role != world.PUBLIC
            if open_to_ask and (best < 0 or w.parties[p].weight > w.parties[best].weight):
                best = p
        heard += 1
        w.parties[best].heard = heard
    for p in range(first + 1, first + count):
        chance = uniform(w.keys[HEAR], w.matters[m].ident, 0, p - first)
        if w.actors[w.parties[p].actor].role == world.PUBLIC and chance < w.strategy[0].participation:
            heard += 1
            w.parties[p].heard = heard
    w.matters[m].heard = heard


@compiled
def is_member(w: World, p: int) -> bool:
    """Whether a party that is heard is a member of its matter's meetings, not one who only observes (E3c, 列席)."""
    return 0 < w.parties[p].heard <= w.strategy[0].members
