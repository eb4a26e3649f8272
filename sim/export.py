"""A recorded run for programs that read event logs: OCEL 2.0 as JSON, or CSV.

OCEL 2.0 (ocel-standard.org: an event has any number of objects) knows matters, the documents and rounds of
coordination that belong to them, and actors by role.  In CSV an event has one case, its matter, and one resource.
Names, titles and values are in the language asked for; the names of columns, attributes and qualifiers do not change.
"""

import csv
import datetime as dt
import json
import math
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from sim import parameters, vocabulary, world
from sim.errors import RequestError
from sim.journal import TO_SOMEONE, VALUES, Event, Journal, events, worded
from sim.labels import TIMINGS, said, text
from sim.writing import beside

START = dt.date(2023, 1, 2)  # a Monday
HOURS = (8, 14)  # when the half-days begin
WORKING_DAYS = 5  # in a week
EPOCH = "1970-01-01T00:00:00Z"  # since when what never changes is as it is, by the specification
COLUMNS = ("case", "activity", "resource", "timestamp", "procedure", "stage", "with", "mode", "value", "labels")
_TYPES = {
    "procedure": "string", "stage": "string", "flaws": "string", "hours": "float", "position": "float",
    "flag": "boolean", "tick": "time", "matter": "string", "count": "integer", "timing": "string", "mode": "string",
}  # fmt: skip
_REASONS = {"timing": vocabulary.TIMING_REASONS, "mode": vocabulary.MODE_REASONS}
_MATTER = (
    ("number", "integer"), ("procedure", "string"), ("content", "string"), ("level", "string"), ("domain", "integer"),
    ("urgency", "float"), ("importance", "float"), ("deadline", "time"), ("stage", "string"), ("outcome", "float"),
)  # fmt: skip
_ROUND = (("mode", "string"), ("proposal", "float"))
_ACTOR = (("name", "string"), ("post", "string"))
_DOCUMENT = (("position", "float"),)
# Which events change what of a matter or its document.
CHANGES = {
    "enters": ("matter", "stage"), "begins": ("matter", "outcome"), "changed": ("matter", "outcome"),
    "issued": ("document", "position"),
}  # fmt: skip

Json = dict[str, Any]


def timestamp(tick: int) -> str:
    """The beginning of a half-day in ISO 8601: working days counted from START, at 08:00 and 14:00."""
    day, half = divmod(tick, world.TICKS_PER_DAY)
    week, weekday = divmod(day, WORKING_DAYS)
    date = START + dt.timedelta(weeks=week, days=weekday)
    return f"{date.isoformat()}T{HOURS[half]:02}:00:00Z"


def export(journal: Journal, form: str, path: Path, lang: str) -> None:
    """Write a journal to ``path`` in one of the FORMATS, whole or not at all."""
    try:
        with beside(path) as place, place.open("w", encoding="utf-8", newline="") as out:
            FORMATS[form](journal, lang, out)
    except OSError as error:
        raise RequestError(f"cannot be written: {error.strerror}", key="--out", got=str(path)) from error


def write_csv(journal: Journal, lang: str, out: TextIO) -> None:
    """A line per event, in order of time."""
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for event in events(journal):
        table.writerow(
            (
                event.matter + 1,
                _activity(event, lang),
                journal.name(event.who, lang) if event.who >= 0 else "",
                timestamp(event.tick),
                journal.procedure(event.matter).label(lang),
                journal.stage(event.matter, event.stage, lang),
                journal.name(event.whom, lang) if event.what in TO_SOMEONE and event.whom >= 0 else "",
                _how(event, lang),
                _value(journal, event, lang),
                "; ".join(worded(event.labels, vocabulary.LABELS, lang)),
            )
        )


def write_ocel(journal: Journal, lang: str, out: TextIO) -> None:
    """OCEL 2.0: types, then events and objects one by one, so that a long journal needs no second copy in memory."""
    roles = sorted(set(journal.world.actors.role.tolist()))
    things = (("matter", _MATTER), ("document", _DOCUMENT), ("round", _ROUND))
    object_types = [_type(_object_type(name, lang), attributes) for name, attributes in things]
    object_types += [_type(text(f"role.{world.ROLES[role]}", lang), _ACTOR) for role in roles]
    rounds: list[Json] = []
    parts: tuple[tuple[str, Iterable[Json]], ...] = (
        ("eventTypes", [_type(said(word, lang), _attributes(word.name)) for word in vocabulary.EVENTS]),
        ("objectTypes", object_types),
        ("events", _events(journal, lang, rounds)),
        ("objects", _objects(journal, lang, rounds)),
    )
    for place, (name, rows) in enumerate(parts):
        out.write(("," if place else "{") + f'\n"{name}": [')
        for row, each in enumerate(rows):
            out.write((",\n" if row else "\n") + json.dumps(each, ensure_ascii=False))
        out.write("\n]")
    out.write("\n}\n")


def _type(name: str, attributes: Iterable[tuple[str, str]]) -> Json:
    return {"name": name, "attributes": [{"name": each, "type": kind} for each, kind in attributes]}


def _object_type(name: str, lang: str) -> str:
    return text(f"object.{name}", lang)


def _attributes(what: str) -> list[tuple[str, str]]:
    """Attributes of a type of event."""
    own = [(VALUES[what][0], _TYPES[VALUES[what][1]])] if what in VALUES else []
    more = {"decided": [("imposed", "boolean")], "timed": [("chosen", "string")], "moded": [("chosen", "string")]}
    return [("stage", "string"), *own, *more.get(what, []), ("labels", "string")]


def _events(journal: Journal, lang: str, rounds: list[Json]) -> Iterator[Json]:
    """Events with their objects; the rounds met on the way are added to ``rounds``."""
    current: dict[tuple[int, int], str] = {}  # latest round of a host in a matter
    for row, event in enumerate(events(journal)):
        if event.what == "round":
            current[event.matter, event.who] = f"round-{len(rounds) + 1}"
            rounds.append(_round(journal, event, current[event.matter, event.who], lang))
        yield {
            "id": f"event-{row + 1}",
            "type": _activity(event, lang),
            "time": timestamp(event.tick),
            "attributes": [{"name": name, "value": value} for name, value in _told(journal, event, lang) if value],
            "relationships": list(_relationships(journal, event, current)),
        }


def _told(journal: Journal, event: Event, lang: str) -> Iterator[tuple[str, str]]:
    yield "stage", journal.stage(event.matter, event.stage, lang)
    if event.what in VALUES:
        yield VALUES[event.what][0], _value(journal, event, lang)
    if event.what == "decided":
        yield "imposed", _flag(event.imposed)
    if event.what in ("timed", "moded"):
        yield "chosen", _how(event, lang)
    yield "labels", "; ".join(worded(event.labels, vocabulary.LABELS, lang))


def _relationships(journal: Journal, event: Event, current: dict[tuple[int, int], str]) -> Iterator[Json]:
    yield _related(f"matter-{event.matter + 1}", "case")
    if journal.issues(event.matter):
        yield _related(f"document-{event.matter + 1}", "document")
    if event.who >= 0:
        yield _related(f"actor-{event.who + 1}", "acting")
    if event.what in TO_SOMEONE and event.whom not in (-1, event.who):
        yield _related(f"actor-{event.whom + 1}", "with")
    if event.what == "chain":
        yield _related(f"matter-{int(event.value) + 1}", "came from")
    host = event.whom if event.what in ("hears", "contradicted") else event.who
    if event.what in ("round", "hears", "contradicted", "agreed", "unresolved") and (event.matter, host) in current:
        yield _related(current[event.matter, host], "round")


def _objects(journal: Journal, lang: str, rounds: list[Json]) -> Iterator[Json]:
    """Matters, documents, rounds and actors."""
    changes = _changes(journal, lang)
    for m in range(len(journal.world.matters)):
        yield _matter(journal, m, lang, changes.get((m, "matter"), []))
        if journal.issues(m):
            about = [_related(f"matter-{m + 1}", "of")]
            yield _thing(f"document-{m + 1}", _object_type("document", lang), changes.get((m, "document"), []), about)
    yield from rounds
    for u in range(len(journal.world.actors)):
        yield _actor(journal, u, lang)


def _changes(journal: Journal, lang: str) -> dict[tuple[int, str], list[Json]]:
    """What changes of matters and documents: stage, outcome and what is in force, the latest of each half-day."""
    found: dict[tuple[int, str], list[Json]] = {}
    for event in events(journal):
        kind, name = CHANGES.get(event.what, ("", ""))
        value = _value(journal, event, lang) if kind else ""
        if value:
            known, latest = found.setdefault((event.matter, kind), []), _valued(name, value, timestamp(event.tick))
            known[:] = [each for each in known if (each["name"], each["time"]) != (name, latest["time"])]
            known.append(latest)
    return found


def _matter(journal: Journal, m: int, lang: str, changes: list[Json]) -> Json:
    row, procedure = journal.world.matters[m], journal.procedure(m)
    known = {
        "number": str(m + 1), "procedure": procedure.label(lang),
        "content": said(vocabulary.CONTENTS[vocabulary.CONTENT_NAMES.index(procedure.content)], lang),
        "level": text(f"level.{procedure.kind}", lang), "domain": str(int(row.domain) + 1),
        "urgency": f"{row.urgency:.4f}", "importance": f"{row.importance:.4f}",
        "deadline": timestamp(int(row.deadline)),
    }  # fmt: skip
    lead, *others = journal.parties(m)
    parties = [_related(f"actor-{lead + 1}", "lead"), *(_related(f"actor-{u + 1}", "party") for u in others)]
    attributes = [_valued(name, value) for name, value in known.items()]
    return _thing(f"matter-{m + 1}", _object_type("matter", lang), [*attributes, *changes], parties)


def _round(journal: Journal, event: Event, ident: str, lang: str) -> Json:
    """A round of coordination, from the event that it was held."""
    mode = text(f"mode.{parameters.MODES[event.mode]}", lang)
    known = [_valued("mode", mode), _valued("proposal", _value(journal, event, lang))]
    related = [_related(f"matter-{event.matter + 1}", "about"), _related(f"actor-{event.who + 1}", "host")]
    return _thing(ident, _object_type("round", lang), known, related)


def _actor(journal: Journal, u: int, lang: str) -> Json:
    row = journal.world.actors[u]
    known = [
        _valued("name", journal.name(u, lang)),
        _valued("post", text(f"post.{world.POSTS[row.post]}", lang)),
    ]
    above = (("commanded by", int(row.boss)), ("in the portfolio of", int(row.portfolio)))
    related = [_related(f"actor-{other + 1}", how) for how, other in above if other >= 0]
    return _thing(f"actor-{u + 1}", text(f"role.{world.ROLES[row.role]}", lang), known, related)


def _thing(ident: str, kind: str, attributes: list[Json], relationships: list[Json]) -> Json:
    return {"id": ident, "type": kind, "attributes": attributes, "relationships": relationships}


def _valued(name: str, value: str, time: str = EPOCH) -> Json:
    """An attribute; the published schema has every value as text and its type with the type of the object."""
    return {"name": name, "time": time, "value": value}


def _related(ident: str, qualifier: str) -> Json:
    return {"objectId": ident, "qualifier": qualifier}


def _activity(event: Event, lang: str) -> str:
    return said(vocabulary.EVENTS[vocabulary.EVENT_NAMES.index(event.what)], lang)


def _how(event: Event, lang: str) -> str:
    """The mode of a round, or what was chosen of modes or times; empty where there is no such thing."""
    if event.what == "timed":
        return text(f"timing.{TIMINGS[event.timing]}", lang)
    return text(f"mode.{parameters.MODES[event.mode]}", lang) if event.what in ("round", "moded") else ""


def _value(journal: Journal, event: Event, lang: str) -> str:
    """The value of an event as text; empty where it has none."""
    if event.what not in VALUES or math.isnan(event.value):
        return ""
    kind, number = VALUES[event.what][1], event.value
    if kind == "stage":
        return journal.stage(event.matter, int(number), lang)
    if kind == "procedure":
        return journal.procedure(event.matter).label(lang)
    if kind == "flaws":
        return "; ".join(worded(number, vocabulary.FLAWS, lang))
    if kind == "matter":
        return f"matter-{int(number) + 1}"
    if kind == "tick":
        return timestamp(int(number))
    if kind in _REASONS:
        return said(_REASONS[kind][int(number)], lang)
    if kind == "flag":
        return _flag(number == 1.0)
    return f"{number:.0f}" if kind == "count" else f"{number:.4f}"


def _flag(value: bool) -> str:
    return "true" if value else "false"


FORMATS: dict[str, Callable[[Journal, str, TextIO], None]] = {"ocel": write_ocel, "csv": write_csv}
