"""Planning: regular work is done ahead of need, in hours in which a unit would have had nothing to do.

Source: seed 002 一(二)3 (超前性) and ④④ (行政计划); form assumed.
"""

from sim import world
from sim.compiled import compiled
from sim.rules.documents import standing_rule
from sim.world import World

RUSH = 0.5  # what is more urgent than this nobody has foreseen


@compiled
def work_ahead(w: World, m: int, p: int, t: int) -> None:
    """[PLA-AHEAD] A unit that had nothing to do has prepared what its domain regularly brings (M4).

    What it did presumes the standing rule: the further the outcome departs from that, the more of it is wasted.
    """
    u = w.parties[p].actor
    if w.waiting[u] != world.QUIET:
        return
    idle = w.actors[u].capacity * max(t - w.actors[u].idle_from, 0)
    w.actors[u].idle_from = t
    foreseen = w.matters[m].urgency <= RUSH and not w.procedures[w.matters[m].procedure].preempts
    if not foreseen or w.actors[u].home != w.matters[m].domain:
        return
    hours = min(w.strategy[0].planning * idle, w.rules[0].plan_ahead, w.parties[p].left)
    fits = 1.0 - abs(w.matters[m].outcome - standing_rule(w, m))
    w.parties[p].ahead += hours * fits
    w.parties[p].left -= hours * fits
    w.parties[p].friction += hours * (1.0 - fits)
    w.actors[u].worked += hours
