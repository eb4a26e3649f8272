"""Moving on: what has come to an end is noted here, and the matter goes on when the moves of the half-day are made.

Source: the stage tables of the handbooks (seed 003); form assumed.
"""

from sim.compiled import compiled
from sim.world import World


@compiled
def leave(w: World, m: int, how: int) -> None:
    """[MOV-LEAVE] Something a matter was waiting for has come to its end, well or badly."""
    w.matters[m].ended = how
    if not w.matters[m].moving:
        w.matters[m].moving = 1
        w.lists[w.totals[0].moving].moving = m
        w.totals[0].moving += 1


@compiled
def note_finished(w: World, m: int) -> None:
    """[MOV-NOTE] Have a matter without queued work looked at, once."""
    if not w.matters[m].noted:
        w.matters[m].noted = 1
        w.lists[w.totals[0].finished].finished = m
        w.totals[0].finished += 1
