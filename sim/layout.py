"""Procedures as tables: what the rules walk through."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from sim import world
from sim.procedure import Procedure, Stage
from sim.vocabulary import (
    ACTING_NAMES,
    CONDITION_NAMES,
    CONTENT_NAMES,
    FLAW_NAMES,
    STRICT_CONTENTS,
    STRICT_KINDS,
    TYPE_NAMES,
)
from sim.world import Table, table

_END = {"leader": world.TO_LEADER, "refuse": world.REFUSE, "close": world.CLOSE}
_NONE = -1


class Laid(NamedTuple):
    """The procedures of a scenario as the rules read them."""

    procedures: Table  # PROCEDURE, in the order given
    stages: Table  # STAGE, by procedure
    flaws: np.ndarray  # float64, shape (procedures, len(FLAWS)): the chance of each flaw


def lay_out(procedures: Sequence[Procedure], shares: Sequence[float]) -> Laid:
    """Tables of ``procedures``, whose ``shares`` of arrivals (> 0, one for each) are made to sum to 1."""
    total = float(sum(shares))
    firsts = np.cumsum([0, *(len(procedure.stages) for procedure in procedures)])
    rows, stages = table(world.PROCEDURE, len(procedures)), table(world.STAGE, int(firsts[-1]))
    for number, (procedure, share) in enumerate(zip(procedures, shares, strict=True)):
        first = int(firsts[number])
        _fill_procedure(rows[number], procedure, first, share / total)
        for place in range(len(procedure.stages)):
            _fill_stage(stages[first + place], procedure, place, first)
    chances = [[procedure.chance(flaw) for flaw in FLAW_NAMES] for procedure in procedures]
    return Laid(rows, stages, np.array(chances, float).reshape(len(procedures), len(FLAW_NAMES)))


def bits(names: Iterable[str], table: tuple[str, ...]) -> int:
    """A set of names as bits, each at its place in a table."""
    return sum(1 << table.index(name) for name in set(names))


def _fill_procedure(row: np.record, procedure: Procedure, first: int, share: float) -> None:
    entry = procedure.place(procedure.entry) if procedure.entry else procedure.chain[0]
    row.first, row.entry = first, first + entry
    row.work, row.review = (_row(first, found) for found in (procedure.work, procedure.review))
    row.kind = world.LEVELS.index(procedure.kind)
    row.content = CONTENT_NAMES.index(procedure.content)
    row.preempts, row.people, row.leaders_only = procedure.preempts, procedure.people, procedure.leaders_only
    row.strict = procedure.content in STRICT_CONTENTS or procedure.kind in STRICT_KINDS
    row.lasting = procedure.work >= 0 or any(stage.issues and not stage.left_out for stage in procedure.stages)
    row.share = share
    row.roles = bits(procedure.sponsors, world.ROLES)
    row.among = bits(procedure.matter.among, world.ROLES)
    row.with_roles = bits(procedure.matter.with_roles, world.ROLES)
    for factor in ("parties", "assistants", "hours", "deadline", "urgency", "importance", "interest", "bias"):
        row[factor] = getattr(procedure.matter, factor)


def _fill_stage(row: np.record, procedure: Procedure, place: int, first: int) -> None:
    stage = procedure.stages[place]
    row.type, row.who = TYPE_NAMES.index(stage.type), ACTING_NAMES.index(stage.who)
    row.life = _life(procedure, place)
    row.when = CONDITION_NAMES.index(stage.when)
    row.hours, row.hours_party, row.share = stage.hours, stage.hours_party, stage.share
    row.checks = bits(stage.checks, FLAW_NAMES)
    row.passed = passed = _row(first, _after(procedure, place))
    row.failed = _target(procedure, first, stage.on_failure, passed)
    row.limit = stage.limit if stage.on_failure else 0
    row.beyond = _target(procedure, first, stage.beyond, passed)
    row.wait, row.every = stage.wait, stage.every
    row.follow = _row(first, _follower(procedure, stage))
    row.issues, row.names, row.place = stage.issues, stage.names, place


def _row(first: int, place: int) -> int:
    return first + place if place >= 0 else _NONE


def _after(procedure: Procedure, place: int) -> int:
    """The place of the stage that follows; CLOSE after the last."""
    return next((later for later in procedure.chain if later > place), world.CLOSE)


def _target(procedure: Procedure, first: int, name: str, passed: int) -> int:
    """The row a name leads to; no name leads where passing does."""
    if not name:
        return passed
    return _END[name] if name in _END else first + procedure.place(name)


def _follower(procedure: Procedure, stage: Stage) -> int:
    """The place of the follow-up alongside a stage; nobody follows it where that is left out."""
    followers = (place for place, each in enumerate(procedure.stages) if each.alongside == stage.name)
    place = next(followers, _NONE)
    return _NONE if place >= 0 and procedure.stages[place].left_out else place


def _life(procedure: Procedure, place: int) -> int:
    """Whether a stage belongs to before the decision, the decision, during or after the work."""
    stage = procedure.stages[place]
    if stage.type == "decide":
        return world.DECISION
    if stage.type in ("execute", "follow_up"):
        return world.DURING
    worked = 0 <= procedure.work < place
    return world.AFTER if worked or stage.slot == "after" else world.BEFORE
