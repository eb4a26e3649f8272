"""A film shows the run as it was, in both languages, and changes nothing; saved, it is data and opens nothing."""

import base64
import gzip
import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.figures.network import strains as strains_at_the_end
from analysis.viewer import film as viewer
from analysis.viewer import saved
from analysis.viewer.film import RUNNING, Film, as_it_stands, assembled, filmed, recorded, shot, through
from sim import engine, parameters, schedule, world
from sim.errors import RequestError
from sim.journal import Journal, acts, events, keep
from sim.labels import LANGUAGES
from sim.measures import NAMES, assess
from sim.scenario import Scenario, load_scenario
from sim.setting import Setting, prepare
from sim.story import tell
from sim.strategy import Strategy
from sim.workload import start
from sim.world import World

TICKS, REPLICATE = 44, 1  # the end is none of the half-days in which the run itself looks at its ties
TABLES = ("actors", "ties", "matters", "parties", "briefs", "force", "series", "events", "totals", "organs", "waiting")
HOSTILE = """</script><script>window.__hacked = 1</script><!-- "'> <img src=x onerror=alert(1)>\u2028&lt;\\u003c"""


@pytest.fixture(scope="module")
def lesson() -> Scenario:
    return load_scenario("teaching").with_values({"ticks": TICKS})


@pytest.fixture(scope="module")
def setting(lesson: Scenario) -> Setting:
    return prepare(lesson)


@pytest.fixture(scope="module")
def template(lesson: Scenario, setting: Setting) -> World:
    return engine.draw(setting, lesson.seed, REPLICATE)


@pytest.fixture(scope="module")
def pair(lesson: Scenario) -> tuple[Strategy, ...]:
    return tuple(lesson.load_strategy(name) for name in ("multi2-before-meeting", "unified-after-talks"))


@pytest.fixture(scope="module")
def film(lesson: Scenario, pair: tuple[Strategy, ...]) -> Film:
    return filmed(lesson, pair, lesson.seed, REPLICATE)


def plain(values: np.ndarray[Any, Any]) -> list[float | None]:
    """Numbers as JSON has them."""
    return [None if np.isnan(x) else x for x in values.tolist()]


def stopped(template: World, strategy: Strategy, tick: int) -> World:
    """The world after a half-day of a run."""
    w = start(template, strategy.record())
    schedule.run(w, 0, (tick + 1) * schedule.PARTS)
    return w


def unpacked(text: str, columns: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return np.frombuffer(base64.b64decode(text), np.uint8).reshape(-1, columns)


def at(track: list[Any], tick: int, before: Any = None) -> Any:
    """What a track of half-days and values in turn says of the end of a half-day."""
    place = bisect_right(track[::2], tick)
    return track[2 * place - 1] if place else before


def shown(film: Film) -> Iterator[Film]:
    """Everything in a film that is in two languages."""
    todo: list[Any] = [film]
    while todo:
        each = todo.pop()
        if isinstance(each, dict):
            if set(each) == set(LANGUAGES) and isinstance(each["en"], str):
                yield each
            todo += each.values()
        elif isinstance(each, list):
            todo += each


def test_running_measures_are_as_they_stand_and_the_last_are_those_of_the_run(
    film: Film, template: World, pair: tuple[Strategy, ...]
) -> None:
    columns = [NAMES.index(name) for name in RUNNING]
    for run, strategy in zip(film["runs"], pair, strict=True):
        assert run["running"][-1] == plain(engine.run(template, strategy.record()).measures[columns])
        assert len(run["running"]) == len(film["samples"])
        for row, tick in zip(run["running"][:-1], film["samples"][:-1], strict=True):
            now = assess(as_it_stands(stopped(template, strategy, tick), tick))[columns]
            assert row == plain(np.round(now, 3))
    assert film["samples"][-1] == TICKS - 1


@settings(max_examples=8)
@given(tick=st.integers(0, TICKS - 1), name=st.sampled_from(["multi2-before-meeting", "self-first"]))
@example(tick=0, name="self-first")
@example(tick=TICKS - 1, name="multi2-before-meeting")
def test_measures_as_they_stand_are_those_of_a_run_that_ends_there(
    lesson: Scenario, template: World, tick: int, name: str
) -> None:
    strategy = lesson.load_strategy(name)
    short = lesson.with_values({"ticks": tick + 1})
    there = engine.run(engine.draw(prepare(short), lesson.seed, REPLICATE), strategy.record()).measures
    np.testing.assert_array_equal(assess(as_it_stands(stopped(template, strategy, tick), tick)), there)


def test_a_run_that_is_filmed_ends_in_the_same_bits(
    setting: Setting, template: World, pair: tuple[Strategy, ...]
) -> None:
    before = [getattr(template, name).tobytes() for name in TABLES]
    made: list[World] = []

    def begin(room: int) -> World:
        made.append(start(template, pair[0].record(), events=room))
        return made[-1]

    recorded(setting, template, begin)
    alone = engine.simulate(template, pair[0].record(), events=len(made[-1].events))
    for name in TABLES:
        assert getattr(made[-1], name).tobytes() == getattr(alone, name).tobytes(), name
    assert [getattr(template, name).tobytes() for name in TABLES] == before


def test_a_film_agrees_with_the_world_after_every_half_day(
    film: Film, template: World, pair: tuple[Strategy, ...]
) -> None:
    for run, strategy in zip(film["runs"], pair, strict=True):
        w = start(template, strategy.record())
        for tick in through(w):
            for m in range(len(w.matters)):
                agrees(run, w, m, tick)


def agrees(run: Film, w: World, m: int, tick: int) -> None:
    """What is told of a matter in a half-day is how it stands."""
    row = w.matters[m]
    arisen = row.life != world.FUTURE
    assert at(run["life"][m], tick, world.FUTURE) == row.life
    assert at(run["holder"][m], tick) == (row.holder if arisen else None)
    assert at(run["stage"][m], tick) == (row.stage if arisen else None)
    turns = zip(run["blocked"][m][::2], run["blocked"][m][1::2], strict=True)
    assert any(first <= tick < last for first, last in turns) == bool(row.blocked)
    outcome = at([x for pair in run["outcome"][m] for x in pair], tick)
    assert outcome == (None if np.isnan(row.outcome) else round(float(row.outcome), 3))
    for place in range(row.parties):
        moves = [x for t, where, to in run["moves"][m] if where == place for x in (t, to)]
        stance = at(moves, tick, run["stance"][m][place])
        assert stance == round(float(w.parties.stance[row.first + place]), 3)


def test_a_film_tells_only_what_has_changed(film: Film) -> None:
    for run in film["runs"]:
        for track in (*run["life"], *run["holder"], *run["stage"]):
            assert all(one != other for one, other in pairwise(track[1::2]))
            assert track[::2] == sorted(set(track[::2]))
        for turns in run["blocked"]:
            assert turns == sorted(set(turns))


def test_strain_is_that_of_the_ties_at_every_day_and_at_the_end(
    film: Film, template: World, pair: tuple[Strategy, ...]
) -> None:
    for run, strategy in zip(film["runs"], pair, strict=True):
        strain = unpacked(run["strain"], len(template.ties))
        assert len(strain) == len(film["daily"])
        assert np.ptp(strain, axis=0).max() > 0, "no tie has changed"
        for row, tick in ((strain[3], film["daily"][3]), (strain[-1], TICKS - 1)):
            w = as_it_stands(stopped(template, strategy, tick), tick)
            np.testing.assert_array_equal(row, np.round(255 * strains_at_the_end(w)[0]))


def test_load_counts_what_stands_in_the_queues(film: Film, template: World, pair: tuple[Strategy, ...]) -> None:
    load = unpacked(film["runs"][0]["load"], len(template.actors))
    for day in (4, len(load) - 1):
        w = stopped(template, pair[0], film["daily"][day])
        assert load[day].tolist() == [len(list(_queue(w, u))) for u in range(len(w.actors))]


def _queue(w: World, u: int) -> Iterator[int]:
    """The rows queued at an actor: cases, desk work, or work to carry out."""
    role = int(w.actors[u].role)
    table: Any = {world.LEADER: w.matters, world.OFFICE: w.briefs}.get(role, w.parties)
    row = int(w.actors[u].queue)
    while row >= 0:
        yield row
        row = int(table[row].next)


def test_tense_are_the_parties_of_matters_in_open_conflict(film: Film) -> None:
    tense = unpacked(film["runs"][0]["tense"], len(film["actors"]))
    assert tense.any(), "nobody was ever in conflict"
    for day, tick in enumerate(film["daily"]):
        counts = [0] * len(film["actors"])
        for matter, turns in zip(film["matters"], film["runs"][0]["blocked"], strict=True):
            if any(first <= tick < last for first, last in zip(turns[::2], turns[1::2], strict=True)):
                for u in matter["parties"]:
                    counts[u] += 1
        assert tense[day].tolist() == counts


def test_rounds_and_story_are_those_of_the_journal(
    film: Film, setting: Setting, template: World, pair: tuple[Strategy, ...]
) -> None:
    journal = Journal(setting, template, keep(template, pair[0].record()))
    held = [each for each in events(journal) if each.what == "round"]
    run = film["runs"][0]
    assert sum(map(len, run["rounds"])) == len(held) > 0
    for each in held:
        assert [each.tick, each.mode, round(each.value, 3), each.who] in run["rounds"][each.matter]
    for lang in LANGUAGES:
        rows = zip(run["story"]["tick"], run["story"]["matter"], run["story"][lang], strict=True)
        assert list(rows) == list(tell(journal, lang))
    concerned: dict[tuple[int, int], set[int]] = {}
    for act in acts(journal):
        here = concerned.setdefault((act.tick, act.matter), set())
        here.update(u for u in range(len(template.actors)) if act.concerns(u))
    assert list(map(set, run["story"]["actors"])) == list(concerned.values())


def test_a_journal_with_too_little_room_gives_the_same_film(
    film: Film, setting: Setting, template: World, pair: tuple[Strategy, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(viewer, "ROWS_PER_MATTER", 1)
    assert shot(setting, template, pair[0]) == film["runs"][0]


def test_whoever_drives_a_run_is_filmed(
    film: Film, setting: Setting, template: World, pair: tuple[Strategy, ...]
) -> None:
    def begin(room: int) -> World:
        return start(template, pair[0].record(), events=room)

    def another_mode_later(w: World) -> Iterator[int]:
        for t in through(w):
            yield t
            if t == 9:
                w.strategy[0].share_meeting, w.strategy[0].share_talks = 0.0, 1.0

    meeting, talks = (parameters.MODES.index(name) for name in ("meeting", "talks"))
    alone, driven = film["runs"][0], recorded(setting, template, begin, another_mode_later)
    modes = {mode for rounds in driven["rounds"] for _, mode, _, _ in rounds}
    assert ({mode for rounds in alone["rounds"] for _, mode, _, _ in rounds}, modes) == ({meeting}, {meeting, talks})
    for one, other in zip(alone["rounds"], driven["rounds"], strict=True):
        assert [each for each in one if each[0] < 10] == [each for each in other if each[0] < 10]


def test_two_strategies_see_the_same_world_and_neither_touches_the_other(
    film: Film, lesson: Scenario, setting: Setting, template: World, pair: tuple[Strategy, ...]
) -> None:
    turned = filmed(lesson, pair[::-1], lesson.seed, REPLICATE)
    assert turned["runs"] == film["runs"][::-1]
    assert {**turned, "runs": 0} == {**film, "runs": 0}
    assert assembled(lesson, setting, template, film["runs"], lesson.seed, REPLICATE) == film
    assert [each["strategy"]["name"] for each in film["runs"]] == [each.name for each in pair]


def test_matters_people_and_calendars_are_as_drawn(film: Film, template: World) -> None:
    engaged = unpacked(film["engaged"], -(-TICKS // 8))
    bits = np.unpackbits(engaged, axis=1, bitorder="little")[:, :TICKS]
    assert bits.any()
    for u, row in enumerate(template.actors):
        assert film["levels"][film["actors"][u]["level"]]["name"] == world.ROLES[row.role]
        assert bits[u].tolist() == [int(template.calendar[u, t >> 6]) >> (t & 63) & 1 for t in range(TICKS)]
    for row, matter in zip(template.matters, film["matters"], strict=True):
        parties: Any = template.parties[row.first : row.first + row.parties]
        assert matter["parties"] == parties.actor.tolist()
        assert matter["interest"] == np.round(parties.ideal, 3).tolist()
        assert (matter["arrival"], matter["deadline"]) == (row.arrival, row.deadline)
        for t in range(int(row.arrival), TICKS):
            need = at([x for pair in matter["need"] for x in pair], t)
            changes = (t >= row.need_at_1) * row.need_by_1 + (t >= row.need_at_2) * row.need_by_2
            assert need == round(float(np.clip(row.need + changes, 0.0, 1.0)), 3)


def test_everything_shown_is_in_both_languages_and_no_placeholder_is_left(film: Film) -> None:
    texts = list(shown(film))
    assert len(texts) > 100
    for each in texts:
        assert each["en"].strip()
        assert each["zh"].strip()
        assert not re.search(r"[{}]", each["en"] + each["zh"])
        assert not re.search("[一-鿿]", each["en"])
    for run in film["runs"]:
        assert all(run["story"]["en"])
        assert all(run["story"]["zh"])


def test_a_film_is_json_that_knows_no_nan(film: Film) -> None:
    assert json.loads(json.dumps(film, allow_nan=False)) == film


def test_a_world_in_which_nothing_arises_can_be_filmed(lesson: Scenario) -> None:
    quiet = lesson.with_values({"ticks": 1, "workload.arrivals": 0.001})
    film = filmed(quiet, [lesson.load_strategy("self-first")], 3, 0)
    assert film["matters"] == film["runs"][0]["story"]["tick"] == []
    assert film["samples"] == film["daily"] == [0]
    assert film["runs"][0]["running"][0][0] is None


@pytest.mark.parametrize("bound", ["MOST_ACTORS", "MOST_MATTERS"])
def test_a_world_too_large_to_be_watched_is_refused(
    lesson: Scenario, pair: tuple[Strategy, ...], template: World, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    size = {"MOST_ACTORS": len(template.actors), "MOST_MATTERS": len(template.matters)}[bound]
    monkeypatch.setattr(viewer, bound, size)
    viewer.check_size(template)
    monkeypatch.setattr(viewer, bound, size - 1)
    with pytest.raises(RequestError, match=f"at most .*{size - 1}"):
        filmed(lesson, pair, lesson.seed, REPLICATE)


class Page(HTMLParser):
    """What a page holds and what it would load."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.loads: list[str] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.policy = ""
        self.lang: str | None = ""
        self._open = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self._open = tag
        self.loads += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "action", "data")]
        if tag == "script":
            self.scripts.append((known, ""))
        if tag == "html":
            self.lang = known["lang"]
        if known.get("http-equiv") == "Content-Security-Policy":
            self.policy = known["content"] or ""

    def handle_data(self, data: str) -> None:
        if self._open == "script":
            known, before = self.scripts[-1]
            self.scripts[-1] = known, before + data

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def data(self, ident: str) -> str:
        (found,) = [text for known, text in self.scripts if known.get("id") == ident]
        return found


def read_back(page: Page) -> Film:
    return json.loads(gzip.decompress(base64.b64decode(page.data("film"), validate=True)))  # type: ignore[no-any-return]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_saved_film_holds_all_it_needs_and_may_load_nothing(film: Film, lang: str) -> None:
    page = Page(saved.whole(film, lang))
    assert [each for each in page.loads if not each.startswith(("data:", "#"))] == []
    assert page.lang == lang
    assert page.policy.startswith("default-src 'none'")
    assert not re.search(r"unsafe|https?:|\*|'self'", page.policy)
    run = [text for known, text in page.scripts if "id" not in known]
    original = re.findall(r'<script src="static/([\w.-]+)">', saved._text(saved.PAGE))
    assert run == [saved._text(name) for name in original] != []
    assert all(saved._hash(text) in page.policy for text in run)
    assert json.loads(page.data("words")) == json.loads(saved._text("words.json"))
    assert read_back(page) == film


def test_hostile_names_are_data_in_a_saved_film(film: Film) -> None:
    hostile = json.loads(json.dumps(film))
    hostile["scenario"]["title"] = {"en": HOSTILE, "zh": HOSTILE}
    hostile["actors"][0]["name"] = {"en": HOSTILE, "zh": HOSTILE}
    tame, page = Page(saved.whole(film, "en")), Page(saved.whole(hostile, "en"))
    assert read_back(page) == hostile
    assert re.fullmatch("[A-Za-z0-9+/=]+", page.data("film"))
    assert len(page.scripts) == len(tame.scripts)
    assert page.policy == tame.policy


def test_words_of_the_page_cannot_end_their_element(film: Film, monkeypatch: pytest.MonkeyPatch) -> None:
    files = saved._text
    words = json.dumps({"play": {"en": HOSTILE, "zh": HOSTILE}}, ensure_ascii=False)
    monkeypatch.setattr(saved, "_text", lambda name: words if name == "words.json" else files(name))
    page = Page(saved.whole(film, "en"))
    assert json.loads(page.data("words")) == {"play": {"en": HOSTILE, "zh": HOSTILE}}
    assert read_back(page) == film


def test_the_same_film_is_saved_in_the_same_bytes_and_nothing_is_left_beside(film: Film, tmp_path: Path) -> None:
    sizes = {saved.save(film, tmp_path / "deep" / name, "zh") for name in ("one.html", "two.html")}
    one, two = ((tmp_path / "deep" / name).read_bytes() for name in ("one.html", "two.html"))
    assert one == two
    assert base64.b64decode(saved.packed(film))[4:8] == bytes(4), "the time of saving is in the file"
    assert sizes == {len(one)}
    assert sorted(path.name for path in (tmp_path / "deep").iterdir()) == ["one.html", "two.html"]


def test_a_film_that_cannot_be_written_whole_leaves_what_was_there(
    film: Film, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(path: Path, content: bytes) -> None:
        path.write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    (tmp_path / "film.html").write_text("before")
    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(RequestError, match="No space left"):
        saved.save(film, tmp_path / "film.html", "en")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"film.html": "before"}


def test_a_file_that_cannot_be_written_is_refused(film: Film, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(RequestError, match="cannot be written") as caught:
        saved.save(film, tmp_path / "file" / "film.html", "en")
    assert caught.value.key == "--save"


def test_a_year_of_the_district_under_two_strategies_is_below_a_megabyte() -> None:
    district = load_scenario("district")
    chosen = [district.load_strategy(name) for name in ("unified-before-meeting", "unified-directive")]
    year = filmed(district, chosen, district.seed, 0)
    assert len(saved.whole(year, "en").encode()) < 1_000_000
