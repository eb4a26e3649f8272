"""Redirection: a matter under way is coordinated in another way from now on, because somebody has so decided.

What a way says of a matter (``world.OF_A_MATTER``) is said by a row of the strategy, and reaches the matter through the
rules that choose by it when it arises; here they choose anew.  Nothing else is done to the matter.

Source: seed 002 ③, coordinating on the move (动态协调); form assumed.
"""

from sim import world
from sim.compiled import compiled, entered
from sim.rules.conflict import step_in
from sim.rules.hearing import choose_heard
from sim.rules.intake import choose_mode
from sim.rules.queues import hasten
from sim.world import World


@entered
def redirect(w: World, m: int, way: int, t: int) -> None:
    """[RED-TURN] From here on, matter m goes by row ``way`` of the strategy.

    Whom to hear, the mode and the place in queues are chosen anew where the two rows differ in them; hours that the
    new row gives beyond the old are there for the time the matter is in, and an open conflict nobody deals with is
    taken up with them.  Limits (rounds, differences reserved) are looked up when they are reached.
    """
    old = w.matters[m].way
    w.matters[m].way = way
    if w.strategy[way].convened != w.strategy[old].convened:
        choose_heard(w, m)
    if modes_differ(w, old, way):
        choose_mode(w, m, t)
    ahead = w.strategy[way].headstart - w.strategy[old].headstart
    if ahead != 0.0:
        hasten(w, m, ahead)
    add_hours(w, m, (w.strategy[way].effort - w.strategy[old].effort) * w.matters[m].parties)
    if w.matters[m].blocked:
        step_in(w, m)


@compiled
def modes_differ(w: World, old: int, way: int) -> bool:
    """Whether two rows choose modes differently."""
    a, b = w.strategy[old], w.strategy[way]
    return (
        a.adaptive_mode != b.adaptive_mode
        or a.share_meeting != b.share_meeting
        or a.share_onsite != b.share_onsite
        or a.share_directive != b.share_directive
        or a.share_talks != b.share_talks
        or a.share_countersign != b.share_countersign
    )


@compiled
def add_hours(w: World, m: int, hours: float) -> None:
    """[RED-HOURS] Coordinators' hours more, or fewer, for the time a matter is in: shared among those at work on it, or
    kept for them.  What has been spent is spent.
    """
    count = w.strategy[0].coordinators
    looked_at = w.briefs[m * count].phase == world.LOOK  # a look at the work does not use them
    if w.matters[m].briefs_open > 0 and not looked_at:
        for b in range(m * count, (m + 1) * count):
            w.briefs[b].budget = max(w.briefs[b].budget + hours / count, 0.0)
    elif w.matters[m].life == world.DURING:
        w.matters[m].left_during = max(w.matters[m].left_during + hours, 0.0)
    elif w.matters[m].life == world.AFTER:
        w.matters[m].left_after = max(w.matters[m].left_after + hours, 0.0)
    else:
        w.matters[m].left_before = max(w.matters[m].left_before + hours, 0.0)
