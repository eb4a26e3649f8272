"""The exercise's app: each browser has its own game, nothing is lost, and what is wrong changes nothing."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from asking import OWN, Answer, ask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.viewer.exercise_app import COOKIE, exercise_app
from analysis.viewer.server import HEADERS
from analysis.viewer.sittings import Sittings
from sim import saves
from sim.exercise import load_exercise
from sim.play import Board, lay

GETS = ("/api/state", "/api/save", "/api/debrief", "/api/film", "/api/results.csv", "/api/results.json")
POSTS = ("/api/begin", "/api/decide", "/api/resume", "/api/restart")


@cache
def board() -> Board:
    return lay(load_exercise("first-weeks"))


class Browser:
    """One browser at an app."""

    def __init__(self, app: Any) -> None:
        self.app, self.cookie = app, ""
        opened = self.get("/")
        self.cookie = opened.headers["set-cookie"].partition(";")[0]

    def get(self, path: str) -> Answer:
        return ask(self.app, path, headers=self._headers())

    def post(self, path: str, data: Any) -> Answer:
        headers = [*self._headers(), ("content-type", "application/json")]
        return ask(self.app, path, "POST", headers, [json.dumps(data).encode()])

    def begun(self, trainee: str = "甲") -> "Browser":
        assert self.post("/api/begin", {"trainee": trainee}).status == 200
        return self

    def state(self) -> Any:
        return self.get("/api/state").json

    def decide(self, **choice: Any) -> Any:
        return self.post("/api/decide", {"count": self.state()["count"], "choice": choice})

    def through(self) -> "Browser":
        while self.state()["phase"] == "decide":
            assert self.decide().status == 200
        return self

    def _headers(self) -> list[tuple[str, str]]:
        return [("host", OWN), *([("cookie", self.cookie)] if self.cookie else [])]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "games"


@pytest.fixture
def app(folder: Path) -> Any:
    return exercise_app(Sittings(board(), folder), "en", ("127.0.0.1", "localhost"))


@pytest.fixture
def browser(app: Any) -> Browser:
    return Browser(app)


def texts(found: Any) -> Iterator[dict[str, str]]:
    """All texts in both languages within JSON-able values."""
    if isinstance(found, dict):
        if set(found) == {"en", "zh"}:
            yield found
        else:
            for each in found.values():
                yield from texts(each)
    elif isinstance(found, list):
        for each in found:
            yield from texts(each)


def test_a_new_browser_has_a_game_that_has_not_begun_and_a_cookie_no_script_can_read(app: Any) -> None:
    opened = ask(app, "/")
    told = opened.headers["set-cookie"].lower()
    assert "httponly" in told
    assert "samesite=strict" in told
    assert Browser(app).state()["phase"] == "begin"


@pytest.mark.parametrize("decisions", [0, 1, 4])
def test_every_text_a_trainee_sees_is_in_both_languages(browser: Browser, decisions: int) -> None:
    browser.begun()
    for _ in range(decisions):
        browser.decide()
    found = list(texts(browser.state()))
    assert len(found) > 50
    for each in found:
        assert each["en"], each
        assert not re.search("[一-鿿]", each["en"]), each
        assert re.search("[一-鿿]", each["zh"]), each


def test_what_is_not_to_be_shown_is_not_sent(browser: Browser) -> None:
    state = browser.begun().state()
    assert state["matter"]["need"] is None
    assert {each["thinks"] for each in state["matter"]["parties"]} == {None}
    assert all(isinstance(each["says"], float) for each in state["matter"]["parties"])


def test_a_game_goes_on_after_a_reload_and_after_a_new_server(app: Any, folder: Path, browser: Browser) -> None:
    browser.begun()
    for _ in range(3):
        browser.decide(mode="talks") if browser.state()["point"]["kind"] == "arises" else browser.decide()
    before = browser.state()
    assert browser.state() == before
    anew = exercise_app(Sittings(board(), folder), "en", ("127.0.0.1",))
    browser.app = anew
    assert browser.state() == before


def test_two_browsers_do_not_disturb_each_other(app: Any) -> None:
    one, other = Browser(app).begun("甲"), Browser(app).begun("乙")
    before = other.state()
    for _ in range(3):
        one.decide(order="later") if one.state()["point"]["kind"] == "arises" else one.decide()
    assert other.state() == before
    assert (one.state()["trainee"], other.state()["trainee"]) == ("甲", "乙")


def test_a_stale_click_is_told_and_changes_nothing(browser: Browser) -> None:
    browser.begun()
    assert browser.post("/api/decide", {"count": 0, "choice": {}}).status == 200
    before = browser.state()
    answer = browser.post("/api/decide", {"count": 0, "choice": {}})
    assert answer.status == 409
    assert browser.state() == before


def test_a_save_resumes_in_another_browser_where_it_was(app: Any) -> None:
    one = Browser(app).begun("<script>甲</script>")
    for _ in range(5):
        one.decide()
    save = json.loads(one.get("/api/save").body)
    other = Browser(app)
    assert other.post("/api/resume", save).json == one.state()


def test_a_year_is_debriefed_filmed_and_exported_when_it_is_over_and_not_before(browser: Browser) -> None:
    browser.begun()
    for path in GETS[2:]:
        assert browser.get(path).status == 409
    browser.through()
    told = browser.get("/api/debrief?against=self-first").json
    assert told["against"] == "self-first"
    film = browser.get("/api/film?against=self-first").json
    assert [run["strategy"]["name"] for run in film["runs"]] == ["trainee", "self-first"]
    own = film["runs"][0]["running"][-1]
    mine = {each["name"]: each["mine"] for each in told["measures"]}
    named = {each["name"]: value for each, value in zip(film["measures"], own, strict=True)}
    assert all(named[name] == pytest.approx(mine[name], nan_ok=True) for name in mine if name in named)
    assert browser.get("/api/results.csv").body.decode().count("\n") == 2
    assert browser.get("/api/results.json").json["trainee"] == "甲"


def test_a_game_that_cannot_be_read_any_more_is_put_aside_by_starting_anew(
    app: Any, folder: Path, browser: Browser
) -> None:
    browser.begun().decide()
    (path,) = folder.iterdir()
    path.write_text("{", encoding="utf-8")
    browser.app = exercise_app(Sittings(board(), folder), "en", ("127.0.0.1",))
    assert browser.get("/api/state").status == 400
    assert browser.post("/api/restart", {}).json["phase"] == "begin"
    assert browser.begun().state()["count"] == 0
    assert [each.read_text(encoding="utf-8") for each in folder.iterdir() if each != path] == ["{"]


def test_a_save_taken_up_puts_aside_what_was_played_and_nothing_is_written_over(browser: Browser, folder: Path) -> None:
    browser.begun()
    save = json.loads(browser.get("/api/save").body)
    for _ in range(3):
        browser.decide()
        assert browser.post("/api/resume", save).status == 200
    assert sorted(len(saves.load(path).decisions) for path in folder.iterdir()) == [0, 1, 1, 1]


def test_a_save_that_is_offered_goes_before_an_older_game_once(app: Any, folder: Path) -> None:
    browser = Browser(app).begun("old")
    browser.decide()
    browser.decide()
    played = browser.get("/api/save").json
    browser.decide()
    offered = Sittings(board(), folder, saves.read(played))
    browser.app = exercise_app(offered, "en", ("127.0.0.1",))
    assert browser.state()["count"] == 2
    browser.decide()
    offered._kept.clear()
    assert browser.state()["count"] == 3


def test_a_game_forgotten_while_it_is_played_is_found_again_and_no_decision_is_lost(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, app: Any
) -> None:
    monkeypatch.setattr("analysis.viewer.sittings.KEPT", 1)
    other = Browser(app).begun()
    browser.begun()
    for turn in range(3):
        assert browser.decide().status == other.decide().status == 200
        assert (browser.state()["count"], other.state()["count"]) == (turn + 1, turn + 1)


def test_left_to_the_standing_way_the_year_so_far_is_the_standing_ways(browser: Browser) -> None:
    state = browser.begun().state()
    kinds = set()
    while state["phase"] == "decide":
        kinds.add(state["point"]["kind"])
        assert all(each["mine"] == each["standing"] for each in state["figures"]), state["point"]
        state = browser.decide().json
    assert "round" in kinds


def test_starting_anew_keeps_what_was_played(browser: Browser, folder: Path) -> None:
    browser.begun().decide()
    assert browser.post("/api/restart", {}).json["phase"] == "begin"
    assert browser.state()["count"] == 0
    kept = [saves.load(path) for path in folder.iterdir()]
    assert [len(save.decisions) for save in kept] == [1]


def test_the_files_of_games_do_not_give_the_cookie_away(browser: Browser, folder: Path) -> None:
    browser.begun()
    secret = browser.cookie.partition("=")[2]
    assert COOKIE in browser.cookie
    for path in folder.iterdir():
        assert secret[:12] not in path.name
        assert secret not in path.read_text(encoding="utf-8")


WRONG: list[tuple[str, Any]] = [
    ("/api/begin", {"trainee": "x" * 61}), ("/api/begin", {"trainee": 3}), ("/api/begin", {"trainee": "a\nb"}),
    ("/api/begin", {"name": "x"}), ("/api/begin", []), ("/api/decide", {}),
    ("/api/decide", {"count": "0", "choice": {}}),
    ("/api/decide", {"count": True, "choice": {}}), ("/api/decide", {"count": 2, "choice": {"mode": "war"}}),
    ("/api/decide", {"count": 2, "choice": {"__proto__": {}}}), ("/api/decide", {"count": 2, "choice": None}),
    ("/api/decide", {"count": 2, "choice": {"whom": [-1]}}),
    ("/api/decide", {"count": 2, "choice": {"first": [10**9]}}),
    ("/api/decide", {"count": 2, "choice": {}, "tick": 99}), ("/api/decide", {"count": 10**30, "choice": {}}),
    ("/api/resume", {}), ("/api/resume", {"format": 1}), ("/api/restart", {"all": True}),
]  # fmt: skip


@pytest.mark.parametrize(("path", "data"), WRONG)
def test_what_is_wrong_gets_a_refusal_in_both_languages_and_changes_nothing(
    browser: Browser, folder: Path, path: str, data: Any
) -> None:
    browser.begun()
    browser.decide()
    browser.decide()
    before = browser.state(), sorted((each.name, each.read_bytes()) for each in folder.iterdir())
    answer = browser.post(path, data)
    assert 400 <= answer.status < 500
    assert answer.json["error"]["en"]
    assert re.search("[一-鿿]", answer.json["error"]["zh"])
    assert {key.lower(): value for key, value in HEADERS.items()}.items() <= answer.headers.items()
    assert (browser.state(), sorted((each.name, each.read_bytes()) for each in folder.iterdir())) == before


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
CHOICES = st.dictionaries(
    st.sampled_from(["order", "when", "mode", "whom", "hours", "answer", "first", "x"]), JSONS, max_size=4
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    path=st.sampled_from(POSTS), data=st.one_of(JSONS, st.fixed_dictionaries({"count": st.just(0), "choice": CHOICES}))
)
def test_nothing_a_page_could_send_makes_a_defect(app: Any, path: str, data: Any) -> None:
    browser = Browser(app).begun()
    answer = browser.post(path, data)
    assert answer.defect is None
    assert answer.status == 200 or 400 <= answer.status < 500


@pytest.mark.parametrize("path", [*GETS, "/api/state"])
def test_who_has_not_opened_the_page_gets_nothing(app: Any, path: str) -> None:
    assert ask(app, path).status == 403
    assert ask(app, path, headers=[("host", OWN), ("cookie", f"{COOKIE}=../../etc/passwd")]).status == 403


def test_a_damaged_game_on_disk_is_told_and_not_lost(app: Any, folder: Path, browser: Browser) -> None:
    browser.begun().decide()
    (path,) = folder.iterdir()
    path.write_text("{", encoding="utf-8")
    browser.app = exercise_app(Sittings(board(), folder), "en", ("127.0.0.1",))
    answer = browser.get("/api/state")
    assert answer.status == 400
    assert "damaged" in answer.json["error"]["en"]
    assert path.read_text(encoding="utf-8") == "{"
