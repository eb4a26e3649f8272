"""The server: what every answer carries, what is turned away and how, and that a film is made once."""

import gzip
import json
import re
import threading
from pathlib import Path
from typing import Any

import pytest
from asking import OWN, Answer, ask
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from analysis.viewer import server, watching
from analysis.viewer.server import HEADERS, MOST_ADDRESS, MOST_BYTES, application, bounded_json, problem
from analysis.viewer.watching import KEPT, Choices, Films, Names, watch_app
from sim.errors import RequestError
from sim.scenario import load_scenario
from sim.strategy import load_strategy

HOSTS = ("127.0.0.1", "localhost")
KNOWN = ("unified-before", "committee", "multi3-after")
JSON = (("host", OWN), ("content-type", "application/json"))


def is_told_in_both_languages(answer: Answer) -> bool:
    """Whether a refusal is JSON in both languages, with every header, and shows nothing of the program."""
    error = answer.json["error"]
    told = bool(error["en"]) and bool(re.search("[一-鿿]", error["zh"])) and "Traceback" not in answer.body.decode()
    return told and is_guarded(answer)


def is_guarded(answer: Answer) -> bool:
    return {key.lower(): value for key, value in HEADERS.items()}.items() <= answer.headers.items()


class Maker:
    """Makes films, and notes which."""

    def __init__(self) -> None:
        self.made: list[tuple[Names, int]] = []

    def __call__(self, names: Names, replicate: int) -> dict[str, Any]:
        self.made.append((names, replicate))
        return {"names": list(names), "replicate": replicate, "scenario": "协调"}


@pytest.fixture
def maker() -> Maker:
    return Maker()


@pytest.fixture
def app(maker: Maker) -> Any:
    """The app that shows runs, with films that cost nothing."""
    return _app(maker)


def _app(maker: Maker) -> Any:
    return watch_app(Choices(tuple(map(load_strategy, KNOWN)), KNOWN[:2], 7, maker), "zh", HOSTS)


def _echo() -> Any:
    """An app with one route that sends back what it is sent, and one that has a defect."""

    async def echo(request: Request) -> Response:
        return JSONResponse(await bounded_json(request))

    async def broken(request: Request) -> Response:
        raise ZeroDivisionError("secret")

    async def refusing(request: Request) -> Response:
        return problem(409, "No.", "不可。")

    routes = [Route("/echo", echo, methods=["POST"]), Route("/broken", broken), Route("/refusing", refusing)]
    return application(routes, HOSTS)


@pytest.mark.parametrize("path", ["/", "/static/style.css", "/api/choices", "/api/film", "/nowhere", "/api/film?a=x"])
def test_every_answer_carries_the_headers(app: Any, path: str) -> None:
    assert is_guarded(ask(app, path))


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/nowhere", "GET", 404),
        ("/api/film/", "GET", 404),
        ("/static/../server.py", "GET", 404),
        ("/static/..%2fserver.py", "GET", 404),
        ("/static/watch.html", "GET", 404),
        ("/static/words.json", "GET", 404),
        ("/api/film", "DELETE", 405),
        ("/", "PUT", 405),
        ("/api/film?a=comittee", "GET", 400),
        ("/api/film?a=&b=", "GET", 400),
        ("/api/film?a=committee&b=committee", "GET", 400),
        ("/api/film?a=committee&a=committee", "GET", 400),
        ("/api/film?replicate=-1", "GET", 400),
        ("/api/film?replicate=1.5", "GET", 400),
        ("/api/film?replicate=2147483648", "GET", 400),
        ("/api/film?replicate=" + "9" * 1000, "GET", 400),
        ("/api/film?replicate=%D9%A3", "GET", 400),
        ("/api/film?seed=1", "GET", 400),
        ("/api/film?a=" + "x" * MOST_ADDRESS, "GET", 414),
    ],
)
def test_what_is_not_there_is_refused_in_both_languages(
    app: Any, maker: Maker, path: str, method: str, status: int
) -> None:
    made = list(maker.made)
    answer = ask(app, path, method)
    assert answer.status == status
    assert is_told_in_both_languages(answer)
    assert maker.made == made


def test_a_refusal_names_the_nearest_strategy(app: Any) -> None:
    error = ask(app, "/api/film?a=comittee").json["error"]
    assert "did you mean 'committee'" in error["en"]
    assert "是否想写 'committee'" in error["zh"]


@given(
    path=st.sampled_from(["/", "/api/film", "/api/choices", "/static/watch.js", "/x"]) | st.text(max_size=20),
    method=st.sampled_from(["GET", "HEAD", "POST", "PUT", "OPTIONS", "TRACE"]),
    query=st.lists(
        st.tuples(
            st.sampled_from(["a", "b", "replicate", "c"]),
            st.sampled_from([*KNOWN, "", "0", "7", "-1", "99999999999"]) | st.text("ab1%&=\x00é", max_size=5),
        ),
        max_size=3,
    ),
    headers=st.lists(
        st.tuples(
            st.sampled_from(["origin", "content-type", "content-length", "accept-encoding", "x-forwarded-host"]),
            st.sampled_from(["null", "http://evil.example", "application/json", "gzip", "-1", "9" * 30, "", "é"]),
        ),
        max_size=3,
    ),
    body=st.binary(max_size=50),
)
def test_no_request_whatever_breaks_the_server_or_has_an_unknown_film_made(
    path: str, method: str, query: list[tuple[str, str]], headers: list[tuple[str, str]], body: bytes
) -> None:
    maker = Maker()
    asked = path + ("?" + "&".join(f"{key}={value}" for key, value in query) if query else "")
    answer = ask(_app(maker), asked, method, [("host", OWN), *headers], [body])
    assert answer.status < 500
    if answer.status < 400 or method == "HEAD":
        assert is_guarded(answer)
    else:
        assert is_told_in_both_languages(answer)
    for names, replicate in maker.made:
        assert set(names) <= set(KNOWN)
        assert 1 <= len(set(names)) == len(names) <= 2
        assert 0 <= replicate < 2**31


NAMES = st.from_regex(r"[a-z0-9.-]{1,20}|\[[0-9a-f:]{2,20}\]|[0-9]{1,3}(\.[0-9]{1,3}){3}|", fullmatch=True)


@given(name=NAMES, port=st.sampled_from(["", ":80", ":8000", ":x"]))
def test_only_requests_addressed_to_us_are_answered(name: str, port: str) -> None:
    app = application([Route("/", problem_free)], HOSTS)
    answer = ask(app, "/", headers=[("host", name + port)])
    assert answer.status == (200 if name in HOSTS else 400)
    assert answer.status == 200 or is_told_in_both_languages(answer)


async def problem_free(request: Request) -> Response:
    return Response("yes")


def test_who_asks_for_no_host_is_refused() -> None:
    assert ask(application([Route("/", problem_free)], HOSTS), "/", headers=[]).status == 400


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("192.168.1.5:8000", 200),
        ("[fe80::1]:8000", 200),
        ("box", 200),
        ("BOX:8000", 200),
        ("evil.example", 400),
        ("evil.example:8000", 400),
        ("1.2.3.4.evil.example", 400),
        ("", 400),
    ],
)
def test_on_every_address_digits_and_our_own_name_are_answered_but_no_other_name(host: str, status: int) -> None:
    app = application([Route("/", problem_free)], ("0.0.0.0", "box"))
    assert ask(app, "/", headers=[("host", host)]).status == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ((), 200),
        ((("origin", f"http://{OWN}"),), 200),
        ((("origin", "http://evil.example"),), 403),
        ((("origin", "http://127.0.0.1:9000"),), 403),
        ((("origin", f"https://{OWN}"),), 403),
        ((("origin", "null"),), 403),
        ((("origin", f"http://{OWN}"), ("origin", "http://evil.example")), 403),
    ],
)
def test_only_our_own_page_may_send_anything(headers: tuple[tuple[str, str], ...], status: int) -> None:
    answer = ask(_echo(), "/echo", "POST", [*JSON, *headers], [b'{"x": 1}'])
    assert answer.status == status
    assert answer.json == {"x": 1} if status == 200 else is_told_in_both_languages(answer)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_only_json_may_be_sent(kind: str) -> None:
    answer = ask(_echo(), "/echo", "POST", [("host", OWN), ("content-type", kind)], [b"{}"])
    assert (answer.status, is_told_in_both_languages(answer)) == (415, True)


@pytest.mark.parametrize("body", [b"", b"[1]", b'"x"', b"{", b"\xff", b'{"x": NaN}', b'{"x":' + b"[" * 100_000])
def test_what_is_no_json_object_is_refused(body: bytes) -> None:
    answer = ask(_echo(), "/echo", "POST", JSON, [body])
    assert (answer.status, is_told_in_both_languages(answer)) == (400, True)


@pytest.mark.parametrize(("length", "status"), [(MOST_BYTES, 200), (MOST_BYTES + 1, 413)])
def test_what_is_too_long_is_refused_whether_its_length_is_told_or_not(length: int, status: int) -> None:
    body = b'{"x": "' + b"a" * (length - 9) + b'"}'
    assert len(body) == length
    pieces = [body[at : at + 50_000] for at in range(0, length, 50_000)]
    assert ask(_echo(), "/echo", "POST", JSON, pieces).status == status
    assert ask(_echo(), "/echo", "POST", [*JSON, ("content-length", str(length))], pieces).status == status
    told = ask(_echo(), "/echo", "POST", [*JSON, ("content-length", str(MOST_BYTES + 1))], [b"never read"])
    assert (told.status, is_told_in_both_languages(told)) == (413, True)


def test_a_defect_is_owned_up_to_without_a_traceback_for_the_page() -> None:
    answer = ask(_echo(), "/broken")
    assert isinstance(answer.defect, ZeroDivisionError)
    assert (answer.status, is_told_in_both_languages(answer)) == (500, True)
    assert b"secret" not in answer.body


def test_a_problem_may_be_told_by_an_app_itself() -> None:
    answer = ask(_echo(), "/refusing")
    assert (answer.status, answer.json) == (409, {"error": {"en": "No.", "zh": "不可。"}})


def test_the_page_holds_its_words_and_speaks_the_language_asked_for(app: Any) -> None:
    text = ask(app, "/").body.decode()
    assert '<html lang="zh"' in text
    (words,) = re.findall(r'<script type="application/json" id="words">(.*?)</script>', text, re.DOTALL)
    for key, told in json.loads(words).items():
        assert set(told) == {"en", "zh"}, key


def test_words_cannot_end_the_element_they_stand_in() -> None:
    held = {"x.html": b'<html lang="en"><script id="words"></script>', "words.json": b'{"a": {"en": "</script><b>"}}'}
    text = server.page("x.html", held, "en").body.decode()
    assert text.count("</script>") == 1
    assert json.loads(re.findall(r'id="words">(.*)</script>', text)[0]) == {"a": {"en": "</script><b>"}}


def test_every_script_and_style_the_pages_name_is_served_and_nothing_else_is_named(app: Any) -> None:
    text = ask(app, "/").body.decode()
    named = re.findall(r'(?:src|href)="([^"]*)"', text)
    assert named
    for each in named:
        if not each.startswith("data:"):
            assert ask(app, f"/{each}").status == 200, each


def test_the_choices_are_told_with_what_is_shown_at_first(app: Any) -> None:
    told = ask(app, "/api/choices").json
    assert [each["name"] for each in told["strategies"]] == list(KNOWN)
    assert all(each[key][lang] for each in told["strategies"] for key in ("title", "sentence") for lang in ("en", "zh"))
    assert (told["a"], told["b"], told["replicate"], told["fixed"]) == (KNOWN[0], KNOWN[1], 7, False)


@pytest.mark.parametrize(
    ("query", "names", "replicate"),
    [
        ("", KNOWN[:2], 7),
        ("?replicate=3", KNOWN[:2], 3),
        ("?a=multi3-after", KNOWN[2:], 7),
        ("?a=multi3-after&b=", KNOWN[2:], 7),
        ("?a=multi3-after&b=committee&replicate=0", ("multi3-after", "committee"), 0),
        ("?b=committee", KNOWN[:2], 7),
    ],
)
def test_a_film_is_the_one_asked_for(app: Any, query: str, names: Names, replicate: int) -> None:
    assert ask(app, f"/api/film{query}").json == {"names": list(names), "replicate": replicate, "scenario": "协调"}


def test_a_film_is_compressed_for_who_can_read_it(app: Any) -> None:
    plain = ask(app, "/api/film")
    packed = ask(app, "/api/film", headers=[("host", OWN), ("accept-encoding", "br, gzip")])
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed.body) == plain.body


def test_what_is_shown_at_first_is_made_before_anybody_asks(maker: Maker, app: Any) -> None:
    assert maker.made == [(KNOWN[:2], 7)]
    ask(app, "/api/film")
    assert maker.made == [(KNOWN[:2], 7)]


def test_the_films_kept_are_those_last_asked_for(maker: Maker) -> None:
    films = Films(maker)
    for replicate in (*range(KEPT), 0, KEPT):  # the second is forgotten, not the first, which was asked for again
        films.packed(KNOWN[:1], replicate)
    assert len(maker.made) == KEPT + 1
    films.packed(KNOWN[:1], 0)
    assert len(maker.made) == KEPT + 1
    films.packed(KNOWN[:1], 1)
    assert len(maker.made) == KEPT + 2


def test_a_film_that_many_ask_for_at_once_is_made_once_and_never_two_side_by_side() -> None:
    going, most, made = threading.Semaphore(1), threading.Barrier(6), []

    def make(names: Names, replicate: int) -> dict[str, Any]:
        assert going.acquire(blocking=False)  # nobody else is making one
        made.append(replicate)
        going.release()
        return {"replicate": replicate}

    films, found = Films(make), []

    def ask_for(replicate: int) -> None:
        most.wait()
        found.append(json.loads(gzip.decompress(films.packed(KNOWN[:1], replicate)))["replicate"])

    threads = [threading.Thread(target=ask_for, args=(k % 2,)) for k in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(made) == [0, 1]
    assert sorted(found) == [0, 0, 0, 1, 1, 1]


def test_a_film_that_could_not_be_made_is_told_and_tried_anew() -> None:
    luck = [RequestError("is missing", key="--point"), None]

    def make(names: Names, replicate: int) -> dict[str, Any]:
        failure = luck.pop(0)
        if failure:
            raise failure
        return {}

    films = Films(make)
    with pytest.raises(RequestError, match="is missing"):
        films.packed(KNOWN[:1], 0)
    assert gzip.decompress(films.packed(KNOWN[:1], 0)) == b"{}"


def test_a_scenario_offers_its_own_strategies_and_all_that_fit_it() -> None:
    few = load_scenario("teaching").with_strategies(["unified-before"]).with_values({"organisation.coordinators": 1})
    names = [each.name for each in watching.of_scenario(few, (), 0).strategies]
    assert names[0] == "unified-before"
    assert "unified-after" in names
    assert "multi3-after" not in names
    many = few.with_values({"organisation.coordinators": 5})
    assert "multi3-after" in [each.name for each in watching.of_scenario(many, (), 0).strategies]


@pytest.fixture
def own_strategy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A strategy of a user's, in the folder where it stands."""
    monkeypatch.chdir(tmp_path)
    text = Path(watching.__file__).parents[2].joinpath("scenarios/strategies/committee.toml").read_text("utf-8")
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    return "mine.toml"


def test_what_is_shown_at_first_are_the_strategies_chosen_else_the_baseline_and_another(own_strategy: str) -> None:
    scenario = load_scenario("teaching").with_values({"ticks": 20})
    other = next(name for name in scenario.strategies if name != scenario.baseline)
    assert watching.of_scenario(scenario, (), 0).shown == (scenario.baseline, other)
    chosen = scenario.with_strategies([own_strategy, "unified-before"]).strategies
    choices = watching.of_scenario(scenario, chosen, 0)
    assert choices.shown == ("mine", "unified-before")
    film = choices.film(choices.shown, 0)
    assert [run["strategy"]["name"] for run in film["runs"]] == ["mine", "unified-before"]
    assert film["ticks"] == 20


def test_no_more_than_two_are_watched_side_by_side() -> None:
    with pytest.raises(RequestError, match="only two"):
        watching.of_scenario(load_scenario("teaching"), KNOWN, 0)
