"""A journal written by hand: three units, an office, a leader, two matters, and whatever events a test is about."""

from types import SimpleNamespace
from typing import Any

import numpy as np

from sim import world
from sim.journal import Journal
from sim.labels import Label
from sim.vocabulary import EVENT_NAMES

OFFICE, LEADER, FINANCE, PLANNING, EDUCATION = range(5)
DRAFT, VET, CONSULT, DECIDE, WORK = range(5)
_ACTORS = (
    ("Secretariat Section", "秘书科", world.OFFICE),
    ("Leader in Charge", "分管领导", world.LEADER),
    ("Finance Department", "财政部门", world.DEPARTMENT),
    ("Planning Department", "规划部门", world.DEPARTMENT),
    ("Education Department", "教育部门", world.DEPARTMENT),
)
_STAGES = (("draft", "草拟"), ("vetting", "核稿"), ("consultation", "协商"), ("decision", "定夺"), ("work", "落实"))
PARTIES = ((FINANCE, PLANNING, EDUCATION), (EDUCATION,))
STANCES = (0.2, 0.4, 0.9, 0.5)  # of the parties, matter by matter, when their matter arises


class Titled(SimpleNamespace):
    """What has a title in both languages."""

    def label(self, lang: str) -> str:
        return self.title.zh if lang == "zh" else self.title.en


def event(
    tick: int, what: str, matter: int = 0, who: int = -1, whom: int = -1, value: float = np.nan, **more: int
) -> tuple[Any, ...]:
    """A row of world.EVENT."""
    return tick, EVENT_NAMES.index(what), matter, more.get("stage", DRAFT), who, whom, value, more.get("labels", 0)


def journal(*events: tuple[Any, ...], told: int | None = None, **matter: float) -> Journal:
    """A journal of these events, of which ``told`` were counted; ``matter`` are fields of the first matter."""
    matters, parties = world.table(world.MATTER, 2), world.table(world.PARTY, 4)
    matters.first, matters.parties, matters.life, matters.arose = (0, 3), (3, 1), world.DURING, (0.0, 3.5)
    matters.arrival, matters.deadline, matters.stage, matters.outcome = (0, 3), 20, WORK, np.nan
    for name, value in matter.items():
        matters[0][name] = value
    parties.actor, parties.stance = [u for row in PARTIES for u in row], STANCES
    stages, actors, rules = world.table(world.STAGE, 5), world.table(world.ACTOR, 5), world.table(world.RULES, 1)
    stages.place, rules.consensus_divergence = range(5), 0.12
    actors.role, actors.boss, actors.portfolio = [role for _, _, role in _ACTORS], (1, -1, 1, 1, 1), (1, -1, 1, 1, 1)
    procedures, totals = world.table(world.PROCEDURE, 1), world.table(world.TOTALS, 1)
    totals.events, totals.horizon = len(events) if told is None else told, 40
    rules.correction = 0.5
    strategy = world.table(world.STRATEGY, 1)
    strategy.coordinators = 1
    rows = np.array(list(events), world.record(world.EVENT)).view(np.recarray)
    w = SimpleNamespace(
        matters=matters, parties=parties, stages=stages, actors=actors, rules=rules, procedures=procedures,
        totals=totals, events=rows, strategy=strategy,
    )  # fmt: skip
    procedure = Titled(
        name="outgoing",
        kind="affairs",
        content="documents",
        title=Label("Outgoing document", "对外发文"),
        stages=[SimpleNamespace(name=en, title=Label(en, zh), issues=False) for en, zh in _STAGES],
    )
    organisation = SimpleNamespace(names_en=tuple(a for a, _, _ in _ACTORS), names_zh=tuple(a for _, a, _ in _ACTORS))
    setting: Any = SimpleNamespace(organisation=organisation, procedures=(procedure,))
    made: Any = w
    return Journal(setting, made, made)
