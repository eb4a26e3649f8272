"""The model in plain Mesa: what one would write without compiled rules.

Written from ``docs/theory.md`` and not from ``sim/rules``, it serves as an oracle for the engine and as the baseline
of its speed.  Where the page left a choice, comparison with the engine made it.  Only the world drawn in advance
comes from ``sim``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from types import SimpleNamespace
from typing import Any

import mesa
import numpy as np

from sim import draws, parameters, world
from sim.vocabulary import FLAW_NAMES, LABEL

from .actors import Actor, Coordinator, Unit
from .brief import Brief
from .counts import measured
from .leaders import Leader
from .matter import Matter
from .objects import Party, Tie
from .organ import Organ
from .rulebook import Force, named, read_procedures, read_stages

OCCASIONS = {
    world.ORDINARY_OCCASION: "ordinary",
    world.PUBLIC_OCCASION: "public",
    world.VISITOR: "visitor",
    world.COMMEMORATION: "commemoration",
    world.PROFESSIONAL_MEETING: "professional",
    world.OUTSTANDING_ACTIVITY: "outstanding",
}
KINDS = {world.LEADER: Leader, world.OFFICE: Coordinator}


class Twin(mesa.Model):
    """One run of a strategy in a world drawn by ``sim.engine.draw``; the template is left as it is."""

    def __init__(self, template: world.World, strategy: np.recarray) -> None:
        super().__init__(rng=int(template.keys[0] >> np.uint64(32)))  # never drawn from: all chance is keyed
        self.rules = _plain(template.rules[0])
        self.strategy = _plain(strategy[0])
        self.structure = world.STRUCTURES[self.strategy.structure]
        self.modes = dict(zip(parameters.MODES, map(_plain, template.modes), strict=True))
        self.keys = dict(zip(draws.STREAMS, template.keys.tolist(), strict=True))
        self.horizon = len(template.ticks) - 1
        self.tick = 0
        self.slot_window = int(self.rules.slot_window)
        self.watch_interval = int(self.strategy.watch_interval)
        self.unexplained = 1.0 - self.rules.explanation_effect * self.strategy.explanation
        self.conflicts = 0
        self.totals: Counter[str] = Counter()  # what is counted over the run, and not by matter
        self.hours_during: defaultdict[str, float] = defaultdict(float)  # coordinators', while carried out, by phase
        self.active: list[Matter] = []
        self.moving: list[Matter] = []
        self.finished: list[Matter] = []
        self.reopening: defaultdict[int, list[Matter]] = defaultdict(list)
        self.series: list[tuple[float, ...]] = []
        self.ties = [
            Tie(self.rules, row.work_base, row.trust_base, row.work, row.trust, row.touched)
            for row in map(_plain, template.ties)
        ]
        self.actors, self.organs = self._people(template)
        self.matters = self._matters(template)
        self.arising: defaultdict[int, list[Matter]] = defaultdict(list)
        for matter in self.matters:
            self.arising[matter.arrival].append(matter)

    def _people(self, template: world.World) -> tuple[list[Actor], list[Organ]]:
        calendars, aways = _days(template.calendar), _days(template.away)
        rows = list(map(_plain, template.actors))
        actors = [KINDS.get(row.role, Unit)(self, u, row, calendars[u], aways[u]) for u, row in enumerate(rows)]
        organs = []
        for number, row in enumerate(map(_plain, template.organs)):
            leaders = [
                actor for actor, one in zip(actors, rows, strict=True) if one.organ == number and actor.role == "leader"
            ]
            forces = [Force(row.superior, row.related, row.clarity) for row in map(_plain, template.force[number])]
            office = actors[row.director : row.director + row.coordinators]
            authority = row.prestige, row.discipline
            organs.append(Organ(self, actors[row.principal], leaders, forces, office, *authority))
        partners = [(actors[row.actor], self.ties[row.tie]) for row in map(_plain, template.partners)]
        for actor, row in zip(actors, rows, strict=True):
            actor.partners = partners[row.partner_first : row.partner_first + row.partner_count]
            actor.portfolio = actors[row.portfolio] if row.portfolio >= 0 else None
            actor.office_tie = self.ties[row.office_tie] if row.office_tie >= 0 else None
            if row.organ >= 0:
                actor.organ = organs[row.organ]
        return actors, organs

    def _matters(self, template: world.World) -> list[Matter]:
        parties = list(map(_plain, template.parties))
        procedures = read_procedures(template.procedures, read_stages(template.stages))
        matters = []
        for row in map(_plain, template.matters):
            procedure, organ = procedures[row.procedure], self.organs[row.organ]
            changes = ((row.need_at_1, row.need_by_1), (row.need_at_2, row.need_by_2))
            matter = Matter(
                self, row.ident, organ, procedure, row.domain, organ.forces[row.domain], OCCASIONS[row.occasion],
                bool((row.traits >> LABEL["T3.cognition"]) & 1), set(named(row.flaws, FLAW_NAMES)), row.arrival,
                row.arose, row.urgency, row.importance, row.volatility, row.deadline, row.need, changes, row.low,
                row.high, row.addressed, row.murk,
            )  # fmt: skip
            for number, part in enumerate(parties[row.first : row.first + row.parties]):
                tie = self.ties[part.tie] if part.tie >= 0 else None
                party = Party(
                    matter, number, self.actors[part.actor], tie, part.ideal, part.weight, part.work, part.bias,
                    part.stance, part.voice,
                )  # fmt: skip
                matter.parties.append(party)
            matter.briefs = [Brief(matter) for _ in range(self.strategy.coordinators)]
            matter.holder = matter.lead.actor
            matters.append(matter)
        return matters

    def run(self) -> None:
        """Step to the horizon."""
        while self.tick < self.horizon:
            self.step()

    def step(self) -> None:
        """One tick, in the order of theory section 4."""
        now = self.tick
        for matter in self.arising.get(now, []):
            matter.arrive()
        for matter in self.arising.get(now - int(self.rules.withdrawal), []):
            matter.withdraw()
        for matter in self.arising.get(now - int(self.rules.patience), []):
            matter.lose_patience()
        for matter in self.reopening.pop(now, []):
            matter.reopen()
        self._hold_rounds()
        self._proceed()
        for organ in self.organs:
            for coordinator in organ.coordinators:
                coordinator.step()
        self._proceed()
        self.agents_by_type[Leader].do("step")
        self._proceed()
        self.agents_by_type[Unit].do("step")
        for matter in list(self.active):
            matter.oversee()
        noted, self.finished = self.finished, []
        for matter in noted:
            matter.finish()
        self._proceed()
        self.active = [matter for matter in self.active if matter.under_way]
        if (now + 1) % world.SERIES_EVERY == 0:
            blocked = sum(matter.blocked for matter in self.active)
            self.series.append((len(self.active), blocked, self.conflicts, self.strain()))
        self.tick += 1

    def _hold_rounds(self) -> None:
        reached = []
        for brief in [brief for organ in self.organs for brief in organ.due.pop(self.tick, [])]:
            if brief.matter.life == "withdrawn":
                continue
            if brief.phase == "passing":
                if brief.matter.unclear:  # all have passed it on
                    brief.start_task("dispatch", self.rules.intake_hours)
                else:
                    brief.matter.leave("resumed")
            elif brief.phase == "desk":
                brief.matter.take_place()
            elif brief.may_be_held():
                reached.append((brief, brief.hold()))
        for brief, parties in reached:
            for party in parties:
                brief.concede(party)
        for brief, _ in reached:
            brief.conclude()

    def _proceed(self) -> None:
        moving, self.moving = self.moving, []
        for matter in moving:
            matter.proceed()

    def strain(self) -> float:
        """One less the mean standing of all ties."""
        now = min(self.tick, self.horizon - 1)
        return 1.0 - sum(tie.standing(now) for tie in self.ties) / len(self.ties)

    def measures(self) -> dict[str, float]:
        """All measures of a finished run by name; NaN where nothing can be measured."""
        return measured(self)


def _plain(row: Any) -> SimpleNamespace:
    """A record as an object of plain Python numbers."""
    return SimpleNamespace(**dict(zip(row.dtype.names, row.item(), strict=True)))


def _days(bitmaps: np.ndarray) -> list[bytearray]:
    """A calendar per actor: one byte per tick, 1 where the bit is set."""
    octets = bitmaps.astype("<u8").view(np.uint8)
    return [bytearray(row) for row in np.unpackbits(octets, axis=1, bitorder="little")]
