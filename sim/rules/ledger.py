"""The ledger: every hour charged to a matter is an hour somebody spent, and a hand-over is counted once.

Source: model.md §6, conservation of hours; assumed.
"""

from sim import world
from sim.compiled import compiled
from sim.world import World


@compiled
def touch(w: World, m: int, t: int) -> None:
    """[LED-TOUCH] Somebody works on m in this tick."""
    if w.matters[m].touched != t:
        w.matters[m].touched = t
        w.matters[m].touches += 1


@compiled
def handle(w: World, m: int, u: int, t: int) -> None:
    """[LED-HOLDER] u has the matter in hand; a change of holder is a hand-over."""
    if w.matters[m].first_act < 0:
        w.matters[m].first_act = t
    if w.matters[m].holder != u:
        w.matters[m].holder = u
        w.matters[m].handovers += 1


@compiled
def charge_host(w: World, b: int, m: int, hours: float) -> None:
    """Coordinators' hours are charged to m; those spent while it is carried out are told apart by what they are for."""
    w.matters[m].host_hours += hours
    phase = w.briefs[b].phase
    if w.matters[m].acting == world.DURING and (phase == world.STUDY or phase == world.ROUND or phase == world.LOOK):
        w.totals[0].during_hours += hours
        if phase == world.ROUND:
            w.totals[0].during_round_hours += hours


@compiled
def owe(w: World, m: int, u: int, hours: float) -> None:
    """[LED-OWE] A unit promises hours to a round or a meeting: it gives them before its other work."""
    w.actors[u].debt += hours
    w.waiting[u] = world.UNIT_WAITS
    w.matters[m].party_hours += hours
