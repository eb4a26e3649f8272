"""Export: an event log that other programs can read says what the journal says."""

import csv
import datetime as dt
import io
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fastjsonschema
import pytest

import run
from sim import export, ranges, tables, vocabulary
from sim.errors import RequestError
from sim.journal import Journal, events, record
from sim.scenario import load_scenario
from sim.setting import prepare
from tests.laws.fake_journal import CONSULT, DECIDE, EDUCATION, FINANCE, LEADER, OFFICE, PLANNING, VET, event, journal

SCHEMA = Path(__file__).parent.parent / "schemas" / "ocel20.json"
Json = dict[str, Any]


@pytest.fixture(scope="module")
def lesson() -> Journal:
    scenario = load_scenario("teaching")
    return record(prepare(scenario), 1, 0, scenario.load_strategy("multi2-before-meeting").record())


@pytest.fixture(scope="module")
def valid() -> Callable[[Json], Json]:
    """Fails on what OCEL 2.0 does not allow."""
    return fastjsonschema.compile(json.loads(SCHEMA.read_text(encoding="utf-8")))  # type: ignore[no-any-return]


def ocel(told: Journal, lang: str = "en") -> Json:
    out = io.StringIO()
    export.write_ocel(told, lang, out)
    return json.loads(out.getvalue())  # type: ignore[no-any-return]


def rows(told: Journal, lang: str = "en") -> list[dict[str, str]]:
    out = io.StringIO()
    export.write_csv(told, lang, out)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_real_run_is_valid_ocel(lesson: Journal, valid: Callable[[Json], Json], lang: str) -> None:
    log = valid(ocel(lesson, lang))
    assert len(log["events"]) == len(lesson.rows)


def test_the_schema_turns_away_what_is_not_ocel(valid: Callable[[Json], Json]) -> None:
    log = ocel(journal(event(0, "arises", who=FINANCE, value=0)))
    for spoil in (
        lambda log: log.pop("objects"),
        lambda log: log["events"][0].pop("time"),
        lambda log: log["events"][0].update(time="the second of January"),
        lambda log: log["events"][0]["relationships"][0].pop("qualifier"),
        lambda log: log["objectTypes"][0]["attributes"][0].update(type="number"),
    ):
        spoilt = json.loads(json.dumps(log))
        spoil(spoilt)
        with pytest.raises(fastjsonschema.JsonSchemaException):
            valid(spoilt)


def test_objects_and_types_that_are_named_exist_once(lesson: Journal) -> None:
    log = ocel(lesson)
    idents = Counter(each["id"] for each in (*log["objects"], *log["events"]))
    assert set(idents.values()) == {1}
    for things, types in (("events", "eventTypes"), ("objects", "objectTypes")):
        known = {each["name"]: {row["name"]: row["type"] for row in each["attributes"]} for each in log[types]}
        assert len(known) == len(log[types])
        for thing in log[things]:
            assert {each["name"] for each in thing["attributes"]} <= set(known[thing["type"]])
            assert {each["objectId"] for each in thing["relationships"]} <= set(idents)
            for each in thing["attributes"]:
                assert fits(each["value"], known[thing["type"]][each["name"]]), each


def fits(value: str, kind: str) -> bool:
    """Whether a text is a value of a declared type."""
    if kind == "boolean":
        return value in ("true", "false")
    read: Callable[[str], object] = {
        "integer": int, "float": float, "time": dt.datetime.fromisoformat, "string": str,
    }[kind]  # fmt: skip
    return read(value) is not None


def test_an_attribute_of_an_object_has_one_value_at_a_time(lesson: Journal) -> None:
    for thing in ocel(lesson)["objects"]:
        times = Counter((each["name"], each["time"]) for each in thing["attributes"])
        assert set(times.values()) <= {1}


def test_a_round_is_an_object_that_its_responses_belong_to() -> None:
    log = ocel(
        journal(
            event(5, "round", who=OFFICE, whom=0, value=0.5, stage=CONSULT, labels=0b11),
            event(5, "hears", who=FINANCE, whom=OFFICE, value=0.4, stage=CONSULT),
            event(5, "agreed", who=OFFICE, value=0.5, stage=CONSULT),
            event(7, "decided", who=LEADER, whom=1, value=0.5, stage=DECIDE),
        )
    )
    of_round = {"objectId": "round-1", "qualifier": "round"}
    assert [of_round in each["relationships"] for each in log["events"]] == [True, True, True, False]
    made = next(each for each in log["objects"] if each["id"] == "round-1")
    assert {each["name"]: each["value"] for each in made["attributes"]} == {"mode": "meeting", "proposal": "0.5000"}
    assert {"objectId": f"actor-{OFFICE + 1}", "qualifier": "host"} in made["relationships"]
    assert {"name": "labels", "value": "with superior organs; office with leaders"} in log["events"][0]["attributes"]
    assert {"name": "imposed", "value": "true"} in log["events"][3]["attributes"]


def test_matters_name_their_parties_and_actors_those_above_them() -> None:
    objects = {each["id"]: each for each in ocel(journal(event(0, "arises", who=FINANCE, value=0)))["objects"]}
    assert [(each["objectId"], each["qualifier"]) for each in objects["matter-1"]["relationships"]] == [
        (f"actor-{FINANCE + 1}", "lead"), (f"actor-{PLANNING + 1}", "party"), (f"actor-{EDUCATION + 1}", "party"),
    ]  # fmt: skip
    above = objects[f"actor-{FINANCE + 1}"]
    assert above["type"] == "department"
    assert {"objectId": f"actor-{LEADER + 1}", "qualifier": "commanded by"} in above["relationships"]


def test_a_document_is_an_object_where_the_procedure_issues_one() -> None:
    told = journal(event(3, "issued", who=FINANCE, value=0.6))
    assert "document-1" not in {each["id"] for each in ocel(told)["objects"]}
    told.setting.procedures[0].stages[VET].issues = True  # type: ignore[misc]
    log = ocel(told)
    paper = next(each for each in log["objects"] if each["id"] == "document-1")
    assert paper["attributes"] == [{"name": "position", "time": "2023-01-03T14:00:00Z", "value": "0.6000"}]
    assert {"objectId": "document-1", "qualifier": "document"} in log["events"][0]["relationships"]


def test_csv_has_a_line_for_every_event(lesson: Journal) -> None:
    found = rows(lesson)
    names = {word.name: word.en for word in vocabulary.EVENTS}
    assert [each["activity"] for each in found] == [names[each.what] for each in events(lesson)]
    assert [each["timestamp"] for each in found] == sorted(each["timestamp"] for each in found)
    assert {each["case"] for each in found} == {str(m + 1) for m in lesson.rows.matter.tolist()}


def test_csv_says_who_with_whom_where_and_what() -> None:
    found = event(2, "found", who=OFFICE, value=0b10, stage=VET)
    heard = event(5, "hears", who=FINANCE, whom=OFFICE, value=0.4, stage=CONSULT)
    told = journal(found, event(5, "round", who=OFFICE, whom=3, value=0.5, stage=CONSULT), heard)
    assert [tuple(each.values()) for each in rows(told)] == [
        ("1", "flaws found", "Secretariat Section", "2023-01-03T08:00:00Z", "Outgoing document", "vetting", "", "",
         "against the law", ""),
        ("1", "round held", "Secretariat Section", "2023-01-04T14:00:00Z", "Outgoing document", "consultation", "",
         "mutual talks", "0.5000", ""),
        ("1", "party hears", "Finance Department", "2023-01-04T14:00:00Z", "Outgoing document", "consultation",
         "Secretariat Section", "", "0.4000", ""),
    ]  # fmt: skip
    assert (rows(told, "zh")[0]["resource"], rows(told, "zh")[0]["activity"]) == ("秘书科", "发现问题")


def test_what_was_chosen_is_exported_with_its_reason() -> None:
    timed = event(0, "timed", who=OFFICE, whom=1, value=1)
    made = journal(timed, event(0, "moded", who=OFFICE, whom=1, value=2, stage=CONSULT))
    assert [(each["mode"], each["value"]) for each in rows(made)] == [
        ("during", "its requirements are likely to change"),
        ("on-site work", "few are concerned, and their interests lie far apart"),
    ]
    told = [{each["name"]: each["value"] for each in row["attributes"]} for row in ocel(made, "zh")["events"]]
    assert [(each["chosen"], each["reason"]) for each in told] == [
        ("事中", "情况多变"), ("现场办公", "涉及方少而利益悬殊"),
    ]  # fmt: skip


def test_half_days_are_working_days_from_a_monday_on() -> None:
    assert export.timestamp(0) == "2023-01-02T08:00:00Z"
    assert export.timestamp(9) == "2023-01-06T14:00:00Z"
    assert export.timestamp(10) == "2023-01-09T08:00:00Z"
    days = [dt.datetime.fromisoformat(export.timestamp(tick)) for tick in range(600)]
    assert days == sorted(days)
    assert {day.weekday() for day in days} == {0, 1, 2, 3, 4}


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = journal(event(0, "arises", who=FINANCE, value=0))
    export.export(told, "csv", tmp_path / "deep" / "log.csv", "en")
    before = (tmp_path / "deep" / "log.csv").read_bytes()

    def broken(journal: Journal, lang: str, out: Any) -> None:
        out.write("half")
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(export.FORMATS, "csv", broken)
    with pytest.raises(RequestError, match="--out: cannot be written: No space left on device"):
        export.export(told, "csv", tmp_path / "deep" / "log.csv", "en")
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["log.csv"]
    assert (tmp_path / "deep" / "log.csv").read_bytes() == before


def test_the_command_line_knows_every_format() -> None:
    assert tuple(dict.fromkeys([*export.FORMATS, *tables.FORMATS])) == run.FORMATS
    assert tables.TABLES == run.TABLES
    assert ranges.METHODS == run.METHODS


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Any]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("XIETIAO_LANG", raising=False)
    return lambda *words: (run.main(list(words)), *capsys.readouterr())


def test_a_run_is_exported_by_one_command(ask: Callable[..., Any], tmp_path: Path) -> None:
    for name, lang in (("one.csv", "en"), ("two.csv", "zh")):
        status, shown, _ = ask("export", "teaching", "--format", "csv", "--out", name, "--lang", lang)
        assert status == 0
        assert name in shown
    first, second = (len((tmp_path / name).read_text(encoding="utf-8").splitlines()) for name in ("one.csv", "two.csv"))
    assert first == second > 100


def test_a_run_is_told_by_one_command(ask: Callable[..., Any]) -> None:
    status, shown, _ = ask("run", "teaching", "--story", "--matter", "2", "--strategy", "self-first")
    assert status == 0
    assert "\nMatter 2, " in shown
    assert max(len(line) for line in shown.splitlines()[1:]) <= 80
    status, shown, _ = ask("run", "teaching", "--story", "--matter", "2", "--strategy", "self-first", "--json")
    found = json.loads(shown)
    assert (found["strategy"], {each["matter"] for each in found["story"]}) == ("self-first", {2})


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("run", "teaching", "--matter", "2"), "--matter: needs --story beside it"),
        (("run", "teaching", "--story", "--matter", "9999"), "no matter of this number"),
        (("run", "teaching", "--story", "--actor", "Principal Leeder"), "did you mean 'Principal Leader'?"),
        (("run", "teaching", "--story", "--procedure", "emergncy"), "did you mean 'emergency'?"),
        (("export", "teaching", "--format", "xls", "--out", "x"), "allowed: ocel, csv, parquet"),
        (("export", "teaching", "--format", "csv"), "--out: is missing"),
    ],
)
def test_a_wrong_request_is_refused(ask: Callable[..., Any], words: tuple[str, ...], says: str) -> None:
    status, shown, error = ask(*words)
    assert (status, shown) == (2, "")
    assert says in error
    assert len(error.strip().splitlines()) == 1
