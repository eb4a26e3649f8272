"""A run as data for the page that shows it: who had what in hand, which ties were strained, what was said, and when.

A run is watched while it goes on.  What has changed in a half-day is found by comparing whole tables, so that a film
costs little more than the run; rounds and the story come from its journal.  Nothing of it is drawn, and nothing is
changed: a run that was filmed ends in the same bits.
"""

import base64
import math
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.intervals import Floats, Integers
from sim import __version__, engine, labels, parameters, schedule, world
from sim.errors import RequestError
from sim.journal import ROWS_PER_MATTER, Journal, acts, events
from sim.measures import MEASURES, NAMES, Measure, assess
from sim.scenario import Scenario
from sim.setting import Setting, prepare
from sim.story import tell
from sim.strategy import Strategy
from sim.workload import start
from sim.world import Table, World

FORMAT = 1
MOST_ACTORS, MOST_MATTERS = 600, 10_000  # that a page can show, and somebody wait for
# What means something while a run goes on, and covers speed, cost, conflict and result.
RUNNING = (
    "closed", "backlog", "decision_wait", "coordination_hours", "conflicts", "escalations", "strain",
    "goal_attainment", "satisfaction_leaders", "satisfaction_grassroots",
)  # fmt: skip
RUNNING_EVERY, DAILY_EVERY = 10, world.TICKS_PER_DAY
MAIN = [NAMES.index(name) for name in RUNNING]  # columns of sim.measures
_DIGITS = {"count": 0, "day": 1, "h/matter": 1, "per 100 matters": 1, "share": 2}

Begin = Callable[[int], World]  # makes a world ready to run, with room for so many events
Drive = Callable[[World], Iterator[int]]  # runs it half-day by half-day, and yields each after it has been run
Told = dict[str, str]  # a text in each language
Film = dict[str, Any]  # what the page gets, as JSON knows it
Bytes = NDArray[np.uint8]


def filmed(
    scenario: Scenario, strategies: Sequence[Strategy], seed: int, replicate: int, note: Told | None = None
) -> Film:
    """The film of one strategy, or of two on the same world; ``note`` says what else there is to know of it.

    ``RequestError`` if the world is too large to be watched.
    """
    setting = prepare(scenario)
    template = engine.draw(setting, seed, replicate)
    check_size(template)
    runs = [shot(setting, template, strategy) for strategy in strategies]
    return assembled(scenario, setting, template, runs, seed, replicate, note)


def check_size(template: World) -> None:
    """Refuse a world of which no page could show anything."""
    actors, matters = len(template.actors), len(template.matters)
    if actors > MOST_ACTORS or matters > MOST_MATTERS:
        got, allowed = f"{actors} actors, {matters} matters", f"at most {MOST_ACTORS} actors and {MOST_MATTERS} matters"
        raise RequestError("the world is too large to be watched", got=got, allowed=allowed)


def through(w: World) -> Iterator[int]:
    """Run a world to its horizon as it is."""
    for t in range(int(w.totals[0].horizon)):
        schedule.run(w, t * schedule.PARTS, (t + 1) * schedule.PARTS)
        yield t


def shot(setting: Setting, template: World, strategy: Strategy) -> Film:
    """The part of a film that is one run's, of a strategy left to itself."""

    def begin(room: int) -> World:
        return start(template, strategy.record(), events=room)

    return {"strategy": named(strategy), **recorded(setting, template, begin)}


def recorded(setting: Setting, template: World, begin: Begin, drive: Drive = through) -> Film:
    """What is seen and told of a run, whoever drives it: a film's run but for the name of its strategy.

    If its journal has too little room, the run is made once more with the exact number, and must then come out the
    same: ``begin`` and ``drive`` may depend on nothing but what they are given.
    """
    wanted, room = max(ROWS_PER_MATTER * len(template.matters), 1), 0
    while room < wanted:
        room = wanted
        w = begin(room)
        seen = _Watch(w)
        for t in drive(w):
            seen.look(w, t)
        wanted = int(w.totals[0].events)
    return {**seen.told(template, w), **_told(Journal(setting, template, w))}


def assembled(
    scenario: Scenario, setting: Setting, template: World, runs: Sequence[Film], seed: int, replicate: int,
    note: Told | None = None,
) -> Film:  # fmt: skip
    """A whole film: what is the same for all its runs, and these."""
    ticks = int(template.totals[0].horizon)
    return {
        "format": FORMAT, "version": __version__,
        "scenario": {"name": scenario.name, "title": _text(scenario.title)},
        "seed": seed, "replicate": replicate, "ticks": ticks,
        **_people(setting, template),
        "matters": [_matter(setting, template, m) for m in range(len(template.matters))],
        "engaged": _packed(_engaged(template, ticks)),
        "lives": [{"name": life, "title": _label(f"life.{life}")} for life in world.LIVES],
        "modes": [_label(f"mode.{mode}") for mode in parameters.MODES],
        "measures": measured(),
        "samples": _ends(ticks, RUNNING_EVERY), "daily": _ends(ticks, DAILY_EVERY),
        "runs": list(runs), "note": note,
    }  # fmt: skip


def as_it_stands(w: World, t: int) -> World:
    """A world in mid-run as if the run had ended with half-day ``t``: only the matters that have arisen, due dates up
    to now.  Measures of it say how things stand; its ties may be let recover, for they are a copy.
    """
    arisen = int(w.ticks[t + 1].arrivals)
    totals = w.totals.copy()
    totals[0].horizon = t + 1
    parties = int(w.matters.parties[:arisen].sum())
    return w._replace(
        ties=w.ties.copy(), totals=totals, matters=rows_of(w.matters, 0, arisen), parties=rows_of(w.parties, 0, parties)
    )


def rows_of(table: Table, first: int, last: int) -> Table:
    """Some rows of a table, one after the other."""
    return table[first:last]  # type: ignore[return-value]  # of records, as the table is


def strains(w: World, t: int) -> Floats:
    """One less the mean of working relation and trust of each tie after half-day ``t``; (ties,).

    As in ``sim.rules.relations``: what a tie has lost or gained fades from when it was last touched.
    """
    kept = (1.0 - float(w.rules[0].trust_recovery)) ** np.maximum(t - w.ties.touched, 0)
    base = 0.5 * (w.ties.work_base + w.ties.trust_base)
    return np.asarray(1.0 - (base + (0.5 * (w.ties.work + w.ties.trust) - base) * kept))


class _Changes:
    """When the cells of a column changed, and to what."""

    def __init__(self, before: NDArray[Any]) -> None:
        self.before = before.copy()
        self.ticks: list[int] = []
        self.rows: list[NDArray[Any]] = []
        self.values: list[NDArray[Any]] = []

    def look(self, now: NDArray[Any], t: int) -> None:
        """Note what half-day ``t`` has changed."""
        rows = np.flatnonzero((now != self.before) & ~(np.isnan(now) & np.isnan(self.before)))
        if len(rows):
            self.ticks.append(t)
            self.rows.append(rows)
            self.values.append(now[rows])
            self.before[rows] = now[rows]

    def __iter__(self) -> Iterator[tuple[int, int, Any]]:
        """Row, half-day and value of each change, in order of time."""
        for t, rows, values in zip(self.ticks, self.rows, self.values, strict=True):
            for row, value in zip(rows.tolist(), values.tolist(), strict=True):
                yield row, t, value

    def flat(self, count: int) -> list[list[Any]]:
        """Half-day and value of its changes in turn, for each of ``count`` rows."""
        found: list[list[Any]] = [[] for _ in range(count)]
        for row, t, value in self:
            found[row] += (t, value)
        return found


class _Watch:
    """What is seen of a run while it goes on."""

    def __init__(self, w: World) -> None:
        matters = len(w.matters)
        self.ticks = int(w.totals[0].horizon)
        self.life = _Changes(w.matters.life)
        self.holder = _Changes(np.full(matters, -1))
        self.stage = _Changes(np.full(matters, -1))
        self.blocked = _Changes(np.zeros(matters, bool))
        self.outcome = _Changes(np.full(matters, np.nan))
        self.stance = _Changes(w.parties.stance)
        self.samples, self.daily = set(_ends(self.ticks, RUNNING_EVERY)), set(_ends(self.ticks, DAILY_EVERY))
        self.running: list[list[float | None]] = []
        self.strain: list[Bytes] = []
        self.load: list[Bytes] = []
        self.tense: list[Bytes] = []

    def look(self, w: World, t: int) -> None:
        """See how things stand after half-day ``t``."""
        arisen = w.matters.life != world.FUTURE
        blocked = w.matters.blocked != 0
        self.life.look(w.matters.life, t)
        self.holder.look(np.where(arisen, w.matters.holder, -1), t)
        self.stage.look(np.where(arisen, w.matters.stage, -1), t)
        self.blocked.look(blocked, t)
        self.outcome.look(w.matters.outcome, t)
        self.stance.look(w.parties.stance, t)
        if t in self.daily:
            self.strain.append(np.round(255.0 * strains(w, t)).astype(np.uint8))
            self.load.append(_at_most_a_byte(loads(w)))
            self.tense.append(_at_most_a_byte(_count(w.parties.actor[blocked[w.parties.matter]], w)))
        if t in self.samples:
            values = assess(as_it_stands(w, t))[MAIN]
            self.running.append(_known(values if t == self.ticks - 1 else np.round(values, 3)))

    def told(self, template: World, w: World) -> Film:
        """All of it, as the page gets it."""
        count = len(w.matters)
        moves: list[list[list[Any]]] = [[] for _ in range(count)]
        of, first = w.parties.matter.tolist(), w.matters.first.tolist()
        for p, t, x in self.stance:
            moves[of[p]].append([t, p - first[of[p]], round(x, 3)])
        outcome: list[list[list[Any]]] = [[] for _ in range(count)]
        for m, t, x in self.outcome:
            outcome[m].append([t, None if math.isnan(x) else round(x, 3)])
        return {
            "holder": self.holder.flat(count), "life": self.life.flat(count), "stage": self.stage.flat(count),
            "blocked": [_spells(turns[::2], self.ticks) for turns in self.blocked.flat(count)],
            "stance": _by_matter(template, np.round(template.parties.stance, 3)), "moves": moves, "outcome": outcome,
            "strain": _packed(self.strain), "load": _packed(self.load), "tense": _packed(self.tense),
            "running": self.running,
        }  # fmt: skip


def _spells(turns: list[int], end: int) -> list[int]:
    """Half-days from which something was so and no longer so, in turn; what is still so goes on to the end."""
    return [*turns, end] if len(turns) % 2 else turns


def _known(values: Floats) -> list[float | None]:
    """Numbers as JSON has them, which knows no NaN."""
    return [None if math.isnan(x) else x for x in values.tolist()]


def _told(journal: Journal) -> Film:
    """What the journal tells: rounds by matter, and the story with those concerned."""
    rounds: list[list[list[Any]]] = [[] for _ in journal.world.matters]
    for event in events(journal):
        if event.what == "round":
            rounds[event.matter].append([event.tick, event.mode, round(event.value, 3), event.who])
    concerned = [
        list(dict.fromkeys(u for act in group for event in act.events for u in event.actors))
        for _, group in groupby(acts(journal), key=lambda act: (act.tick, act.matter))
    ]
    english, chinese = list(tell(journal, "en")), list(tell(journal, "zh"))
    story = {
        "tick": [each.tick for each in english], "matter": [each.matter for each in english], "actors": concerned,
        "en": [each.text for each in english], "zh": [each.text for each in chinese],
    }  # fmt: skip
    return {"rounds": rounds, "stages": _stages(journal.setting), "story": story}


def loads(w: World) -> Integers:
    """Tasks each actor has waiting or in hand: desk work, work to carry out, cases; (actors,)."""
    desks = w.briefs.host[(w.briefs.state == world.ON_DESK) & (w.briefs.host >= 0)]
    return (
        _count(desks, w)
        + _count(w.parties.actor[w.parties.queued != 0], w)
        + _count(w.matters.leader[w.matters.cased != 0], w)
    )


def _count(actors: NDArray[Any], w: World) -> Integers:
    return np.bincount(actors, minlength=len(w.actors))


def _at_most_a_byte(counts: Integers) -> Bytes:
    return np.minimum(counts, 255).astype(np.uint8)


def _ends(ticks: int, every: int) -> list[int]:
    """The last of every so many half-days, and the last of all."""
    return sorted({*range(every - 1, ticks, every), ticks - 1})


def _people(setting: Setting, template: World) -> Film:
    """Levels, actors, organs and ties."""
    actors, organisation = template.actors, setting.organisation
    present = [role for role in range(len(world.ROLES)) if (actors.role == role).any()]
    names = zip(organisation.names_en, organisation.names_zh, strict=True)
    posts = (actors.role.tolist(), actors.post.tolist(), actors.organ.tolist(), actors.boss.tolist())
    return {
        "levels": [{"name": world.ROLES[role], "title": _label(f"role.{world.ROLES[role]}")} for role in present],
        "actors": [
            {
                "name": {"en": en, "zh": zh}, "level": present.index(role), "post": _label(f"post.{world.POSTS[post]}"),
                "organ": organ, "boss": boss,
            }
            for (en, zh), role, post, organ, boss in zip(names, *posts, strict=True)
        ],
        "organs": [_label("network.organ", number=o + 1) for o in range(len(template.organs))],
        "kinds": [_label(f"tie.{kind}") for kind in world.TIES],
        "ties": np.column_stack([template.ties.one, template.ties.other, template.ties.kind]).tolist(),
    }  # fmt: skip


def _matter(setting: Setting, template: World, m: int) -> Film:
    """A matter as it was drawn."""
    row = template.matters[m]
    parties = rows_of(template.parties, int(row.first), int(row.first + row.parties))
    return {
        "title": _text(setting.procedures[int(row.procedure)].title),
        "arrival": int(row.arrival), "deadline": int(row.deadline),
        "importance": _short(row.importance), "urgency": _short(row.urgency),
        "band": [_short(row.low), _short(row.high)], "need": _needs(row, int(template.totals[0].horizon)),
        "parties": parties.actor.tolist(), "interest": np.round(parties.ideal, 3).tolist(),
        "weights": np.round(parties.weight, 3).tolist(),
    }  # fmt: skip


def _needs(row: np.record, ticks: int) -> list[list[float]]:
    """What the whole needs of a matter, from which half-day on (``sim.rules.positions.need_now``)."""
    changes = ((row.need_at_1, row.need_by_1), (row.need_at_2, row.need_by_2))
    turns = sorted({math.ceil(at) for at, _ in changes if row.arrival < at < ticks})
    needs = []
    for t in (int(row.arrival), *turns):
        need = row.need + sum(by for at, by in changes if t >= at)
        needs.append([t, _short(min(max(need, 0.0), 1.0))])
    return needs


def _engaged(template: World, ticks: int) -> Bytes:
    """A bit for each actor and half-day, set when it is engaged or away; (actors, bytes)."""
    words = template.calendar.astype("<u8").view(np.uint8).reshape(len(template.actors), -1)
    return np.ascontiguousarray(words[:, : -(-ticks // 8)])


def measured() -> list[Film]:
    """What a film says of its measures."""
    return [_measure(MEASURES[column]) for column in MAIN]


def _measure(measure: Measure) -> Film:
    return {
        "name": measure.name, "title": {"en": measure.en, "zh": measure.zh},
        "unit": {lang: labels.unit(measure.unit, lang) for lang in labels.LANGUAGES}, "better": measure.better,
        "digits": _DIGITS[measure.unit],
        "about": {lang: labels.text("film.running", lang, meaning=measure.told(lang)) for lang in labels.LANGUAGES},
    }  # fmt: skip


def named(strategy: Strategy) -> Film:
    """What a film says of a strategy."""
    return {"name": strategy.name, "title": _text(strategy.title), "sentence": _text(strategy.sentence)}


def _stages(setting: Setting) -> list[Told]:
    """The titles of the stages of all procedures, in the order of the table."""
    return [_text(stage.title) for procedure in setting.procedures for stage in procedure.stages]


def _text(title: Any) -> Told:
    return {"en": title.en, "zh": title.zh}


def _label(key: str, **values: object) -> Told:
    return {lang: labels.text(key, lang, **values) for lang in labels.LANGUAGES}


def _by_matter(template: World, column: Floats) -> list[list[float]]:
    """A column of the parties, matter by matter."""
    return [part.tolist() for part in np.split(column, template.matters.first[1:])] if len(template.matters) else []


def _short(x: float) -> float:
    """A number that is only shown."""
    return round(float(x), 3)


def _packed(table: Bytes | Sequence[Bytes]) -> str:
    return base64.b64encode(np.asarray(table, np.uint8).tobytes()).decode("ascii")
