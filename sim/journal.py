"""The journal of a run: what happened, event by event, and put together into acts that a sentence can tell.

A run keeps as many events as it was given room for and counts them all, so that a run whose journal was too short is
made once more with the exact number: the same bits, since nothing in a run looks at the journal.
"""

import math
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np

from sim import engine
from sim.errors import RequestError, nearest_name
from sim.labels import said
from sim.procedure import Procedure
from sim.setting import Setting
from sim.vocabulary import EVENT_NAMES, Word
from sim.world import World

ROWS_PER_MATTER = 40  # a guess: most matters need fewer

# What the value of an event is, by what happened: its name, and of which kind it is; the others carry none.
VALUES: dict[str, tuple[str, str]] = {
    "arises": ("procedure", "procedure"), "enters": ("to_stage", "stage"), "passes": ("hours", "hours"),
    "found": ("flaws", "flaws"), "returned": ("to_stage", "stage"), "round": ("proposal", "position"),
    "hears": ("stance", "position"), "contradicted": ("difference", "position"), "agreed": ("proposal", "position"),
    "unresolved": ("divergence", "position"), "reported": ("disputed", "flag"), "decided": ("outcome", "position"),
    "begins": ("outcome", "position"), "done": ("hours", "hours"), "outbreak": ("divergence", "position"),
    "chain": ("from_matter", "matter"), "changed": ("outcome", "position"), "booked": ("booked_for", "tick"),
    "attended": ("attendance", "count"), "issued": ("position", "position"), "clash": ("flaws", "flaws"),
    "surfaced": ("flaws", "flaws"), "closed": ("divergence", "position"), "corrected": ("gap", "position"),
    "passed_on": ("times", "count"), "restructured": ("times", "count"), "reserved": ("divergence", "position"),
    "helped": ("hours", "hours"), "broken": ("further", "position"), "misread": ("misreading", "position"),
    "timed": ("reason", "timing"), "moded": ("reason", "mode"),
}  # fmt: skip
# Events in which the second actor is one: a round has its mode there, a decision whether it was imposed.
TO_SOMEONE = (
    "hears", "contradicted", "reported", "looked", "urged", "corrected", "refused", "bypassed", "helped", "misread",
)  # fmt: skip
# What belongs to the act before it in the same half-day, by what that act ends with.
_JOINS = {
    "returned": ("found",), "begins": ("decided", "enters"), "passes": ("done",), "done": ("done",),
    "read": ("read", "urged", "bypassed"), "urged": ("urged", "corrected"), "corrected": ("corrected",),
    "chain": ("outbreak",), "outbreak": ("chain",), "clash": ("issued",), "surfaced": ("done", "misread"),
    "mended": ("agreed", "decided", "mended"), "changed": ("agreed", "decided", "mended", "broken"),
    "timed": ("arises", "enters"), "moded": ("arises", "enters", "timed"), "passed_on": ("enters",),
    "restructured": ("passed_on",), "helped": ("urged", "corrected", "helped"), "bypassed": ("read", "bypassed"),
    "misread": ("urged", "corrected", "misread", "done"), "broken": ("agreed", "decided", "mended", "broken"),
    "postponed": ("double_booked", "forgotten"),
}  # fmt: skip
_RESPONSES, _RESULTS = ("hears", "contradicted"), ("reserved", "agreed", "unresolved", "moded")


class Event(NamedTuple):
    """A row of world.EVENT, which see, in Python's own terms; ``what`` is a name of vocabulary.EVENTS."""

    tick: int
    what: str
    matter: int
    stage: int
    who: int
    whom: int
    value: float
    labels: int

    @property
    def mode(self) -> int:
        """The mode of a round, or the one chosen."""
        return self.whom

    @property
    def timing(self) -> int:
        """When most of the effort will go into coordination, of what was chosen: 0 before, 1 during, 2 after."""
        return self.whom

    @property
    def imposed(self) -> bool:
        """Whether a decision was made against remaining differences."""
        return self.whom == 1

    @property
    def actors(self) -> tuple[int, ...]:
        """Those who have a part in it."""
        return tuple(u for u in (self.who, self.whom if self.what in TO_SOMEONE else -1) if u >= 0)


class Act(NamedTuple):
    """Events of one matter and one half-day that belong together, such as a round with the parties' responses.

    ``stances`` are the private positions of the matter's parties, by actor, as they were before the act; ``outcome``
    was its outcome (NaN: none yet), ``conflict`` says whether a conflict was open, ``consulted`` whether a round had
    been held, ``finished`` who had already done what was to be carried out.
    """

    events: tuple[Event, ...]
    stances: Mapping[int, float]
    outcome: float
    conflict: bool
    consulted: bool
    finished: frozenset[int]

    @property
    def tick(self) -> int:
        """When."""
        return self.events[0].tick

    @property
    def matter(self) -> int:
        """Row of the matter."""
        return self.events[0].matter

    def concerns(self, u: int) -> bool:
        """Whether an actor has a part in it."""
        return any(u in event.actors for event in self.events)


class Journal(NamedTuple):
    """A finished run that was recorded, the world it started from, and what stays the same over all runs."""

    setting: Setting
    template: World
    world: World

    @property
    def rows(self) -> Any:
        """The events in order of time, as records; what is only foreseen for after the run is left out."""
        total = self.world.totals[0]
        kept: Any = self.world.events[: int(total.events)]
        kept = kept[kept.tick < total.horizon]
        return kept[np.argsort(kept.tick, kind="stable")]

    def name(self, u: int, lang: str) -> str:
        """How an actor is called."""
        organisation = self.setting.organisation
        return (organisation.names_zh if lang == "zh" else organisation.names_en)[u]

    def procedure(self, m: int) -> Procedure:
        """The procedure of a matter."""
        return self.setting.procedures[int(self.world.matters[m].procedure)]

    def issues(self, m: int) -> bool:
        """Whether the procedure of a matter has a document come into force."""
        return any(stage.issues for stage in self.procedure(m).stages)

    def stage(self, m: int, s: int, lang: str) -> str:
        """The title of a stage of a matter's procedure; empty for -1."""
        return said(self.procedure(m).stages[int(self.world.stages[s].place)].title, lang) if s >= 0 else ""

    def parties(self, m: int) -> tuple[int, ...]:
        """The actors of a matter, the lead unit first."""
        first = int(self.world.matters[m].first)
        return tuple(self.world.parties.actor[first : first + int(self.world.matters[m].parties)].tolist())


def record(setting: Setting, seed: int, replicate: int, strategy: np.recarray) -> Journal:
    """Draw a world, run it under a strategy, and keep its journal."""
    template = engine.draw(setting, seed, replicate)
    return Journal(setting, template, keep(template, strategy))


def keep(template: World, strategy: np.recarray) -> World:
    """The world at the end of a run, with all its events: run again with the exact room if the guess was too small."""
    w = engine.simulate(template, strategy, events=max(ROWS_PER_MATTER * len(template.matters), 1))
    wanted = int(w.totals[0].events)
    return w if wanted <= len(w.events) else engine.simulate(template, strategy, events=wanted)


def acts(journal: Journal, matter: int = -1, actor: int = -1, procedure: int = -1) -> Iterator[Act]:
    """All acts in order of time, then of matters; or those of one matter, actor or procedure (rows; -1: any)."""
    rows = journal.rows
    if matter >= 0:
        rows = rows[rows.matter == matter]
    if procedure >= 0:
        rows = rows[journal.world.matters.procedure[rows.matter] == procedure]
    courses: dict[int, _Course] = {}
    ordered = rows[np.lexsort((rows.matter, rows.tick))].tolist()
    for (_, m), group in groupby(map(_event, ordered), key=lambda event: (event.tick, event.matter)):
        if m not in courses:
            courses[m] = _Course(journal, m)
        for act in courses[m].acts(list(group)):
            if actor < 0 or act.concerns(actor):
                yield act


def events(journal: Journal, matter: int = -1) -> Iterator[Event]:
    """All events as they happened, or those of one matter (row; -1: any)."""
    rows = journal.rows
    return map(_event, (rows if matter < 0 else rows[rows.matter == matter]).tolist())


def _event(row: tuple[Any, ...]) -> Event:
    tick, what, *rest = row
    return Event(tick, EVENT_NAMES[what], *rest)


def _led_to(event: Event, held: Event) -> bool:
    """Whether a head was gone past for a round."""
    return event.what == "bypassed" and event.whom == held.who


class _Course:
    """What is known of a matter while its events are gone through: positions, outcome, open conflict."""

    def __init__(self, journal: Journal, m: int) -> None:
        first, parties = int(journal.world.matters[m].first), journal.parties(m)
        drawn = journal.template.parties.stance[first : first + len(parties)].tolist()
        self.stances: dict[int, float] = dict(zip(parties, drawn, strict=True))
        self.outcome, self.conflict, self.consulted = math.nan, False, False
        self.finished: set[int] = set()
        self.correction = float(journal.world.rules[0].correction)

    def acts(self, events: list[Event]) -> Iterator[Act]:
        """The acts among the events of one half-day."""
        groups: list[list[Event]] = []
        rounds: dict[int, list[Event]] = {}
        for event in events:
            host = event.whom if event.what in _RESPONSES else event.who
            if event.what in (*_RESPONSES, *_RESULTS) and host in rounds:
                rounds[host].append(event)
            elif event.what == "round" and groups and all(_led_to(each, event) for each in groups[-1]):
                groups[-1].insert(0, event)
                rounds[event.who] = groups[-1]
            elif groups and (event.what == "enters" or groups[-1][-1].what in _JOINS.get(event.what, ())):
                groups[-1].append(event)
            else:
                groups.append([event])
                if event.what == "round":
                    rounds[event.who] = groups[-1]
        for group in groups:
            stances, finished = dict(self.stances), frozenset(self.finished)
            yield Act(tuple(group), stances, self.outcome, self.conflict, self.consulted, finished)
            for event in group:
                self.follow(event)

    def follow(self, event: Event) -> None:
        """What an event changes."""
        if event.what == "hears":
            self.stances[event.who] = event.value
        elif event.what == "corrected" and event.whom in self.stances:
            moved = self.stances[event.whom] + self.correction * event.value
            self.stances[event.whom] = min(max(moved, 0.0), 1.0)
        elif event.what in ("begins", "changed"):
            self.outcome = event.value
        elif event.what == "round":
            self.consulted = True
        elif event.what == "done" and not math.isnan(self.outcome):
            self.finished.add(event.who)
        if event.what == "outbreak":
            self.conflict = True
        elif event.what in ("cooled", "agreed", "decided"):
            self.conflict = False


def find_matter(journal: Journal, number: int | None) -> int:
    """The row of a matter by its number, counted from 1 in order of arrival; -1 without one."""
    count = len(journal.world.matters)
    if number is None:
        return -1
    if not 1 <= number <= count:
        raise RequestError("no matter of this number", key="--matter", got=number, allowed=f"from 1 to {count}")
    return number - 1


def find_actor(journal: Journal, name: str | None) -> int:
    """The row of an actor by its name in either language; -1 without one."""
    organisation = journal.setting.organisation
    if name is None:
        return -1
    for names in (organisation.names_en, organisation.names_zh):
        if name in names:
            return names.index(name)
    near = nearest_name(name, (*organisation.names_en, *organisation.names_zh))
    allowed = "an actor of the organisation, by its name in either language"
    raise RequestError("no actor of this name", key="--actor", got=name, allowed=allowed, nearest=near)


def find_procedure(journal: Journal, name: str | None) -> int:
    """The row of a procedure by its name, or its title in either language; -1 without one."""
    if name is None:
        return -1
    known = [(each.name, each.title.en, each.title.zh) for each in journal.setting.procedures]
    for row, names in enumerate(known):
        if name in names:
            return row
    allowed, near = ", ".join(names[0] for names in known), nearest_name(name, [each for row in known for each in row])
    raise RequestError("no procedure of this name", key="--procedure", got=name, allowed=allowed, nearest=near)


def worded(bits: float, words: tuple[Word, ...], lang: str) -> list[str]:
    """What the bits of a table of the vocabulary stand for, in words."""
    return [said(word, lang) for place, word in enumerate(words) if int(bits) >> place & 1]
