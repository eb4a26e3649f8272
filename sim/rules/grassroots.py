"""The grassroots: a request neglected for long can burst.

Source: seed 002 二(七), serving leaders and the grassroots alike (两个服务); model.md §3.
"""

from sim import vocabulary, world
from sim.compiled import entered
from sim.draws import PATIENCE, uniform
from sim.rules.authority import shift_prestige
from sim.rules.queues import AHEAD, hasten
from sim.rules.relations import shift_trust, standing
from sim.rules.telling import tell
from sim.world import World


@entered
def burst(w: World, m: int, t: int) -> None:
    """[GRA-BURST] A matter of a subordinate unit, staff group or public that waits undecided may burst: from then on
    it goes before everything else.

    The odds grow with the strain of the sponsor's tie to the office.  What was left lying has become a larger problem:
    it asks more work of everybody.
    """
    u = w.parties[w.matters[m].first].actor
    role, life = w.actors[u].role, w.matters[m].life
    if role != world.SUBORDINATE and role != world.STAFF and role != world.PUBLIC:
        return
    if w.matters[m].decided >= 0 or life >= world.CLOSED:
        return
    k = w.actors[u].office_tie
    odds = w.rules[0].burst_rate * (1.0 - standing(w, k, t))
    if uniform(w.keys[PATIENCE], w.matters[m].ident, 0, 0) < odds / (1.0 + odds):
        w.matters[m].burst = 1
        w.totals[0].bursts += 1
        w.totals[0].conflicts += 1
        for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
            w.parties[p].work *= 1.0 + w.rules[0].burst_growth
        shift_trust(w, k, -1.0, t)
        shift_prestige(w, w.matters[m].organ, -1.0)
        hasten(w, m, AHEAD)
        tell(w, t, vocabulary.BURST, m, u, -1, 0.0, 0)
