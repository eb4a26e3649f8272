"""The exercise as a trainee uses it: begin, decide, reload, save, resume, look back; by mouse and by keyboard."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from looking import HOSTILE, Looked, exercised, hostile, until

from analysis.debrief_words import WORDS
from analysis.viewer.server import files
from analysis.viewer.sittings import Sittings
from sim import saves
from sim.decisions import KINDS, MAY_SAY
from sim.exercise import load_exercise
from sim.play import Board, lay, leave_all, play
from sim.scenario import FOLDER

SHORT = {
    "source": "a test's own", "scenario": "teaching", "strategy": "unified-balanced", "ticks": 60, "matters": 4,
    "rivals": ["unified-before-meeting", "self-first"], "hints": "always", "title": {"en": "Six weeks", "zh": "六周"},
    "purpose": {"en": "To try it.", "zh": "用于试验。"},
}  # fmt: skip
LONGER = {"ticks": 80, "matters": 6}  # long enough for conflicts to break out, however it is played
TRAINEE = "王芳"
SCRIPT = "<img src=x onerror=window.__hacked=1>"

# What is chosen at points of each kind in turn; what cannot be chosen there is left out.
Wanted = Mapping[str, str]
CHOSEN: dict[str, Sequence[Wanted]] = {
    "arises": (
        {"order": "first", "when": "before", "mode": "meeting", "whom": "1", "hours": "more"},
        {"order": "later", "when": "after", "mode": "talks", "hours": "fewer"},
        {},
    ),
    "round": (
        {"answer": "push_on", "mode": "talks", "whom": "1", "hours": "more"},
        {"answer": "accept"},
        {"answer": "report"},
    ),
    "conflict": ({"mode": "onsite", "hours": "more"}, {}),
}


def board_of(folder: Path, **said: Any) -> Board:
    """The board of the short exercise with other values."""
    path = folder / "short.toml"
    path.write_text("\n".join(f"{key} = {toml(value)}" for key, value in {**SHORT, **said}.items()), encoding="utf-8")
    return lay(load_exercise(str(path)))


def toml(value: Any) -> str:
    """A value as TOML has it: as JSON, but for tables."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {toml(each)}' for key, each in value.items())} }}"
    return json.dumps(value)


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Board:
    """The short exercise."""
    return board_of(tmp_path_factory.mktemp("short"))


@pytest.fixture(scope="module")
def place(short: Board, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where it can be played; each browser has its own game there."""
    with exercised(Sittings(short, tmp_path_factory.mktemp("games"))) as found:
        yield found


def settled(page: Any) -> Any:
    """The page when it waits for nothing."""
    until(page, "() => document.querySelector('#main').ariaBusy === 'false'")
    return page


def opened(page: Any, place: str) -> Any:
    """The page at an address, when it shows where the game stands."""
    page.goto(place)
    return settled(page)


def begun(page: Any, place: str, trainee: str = TRAINEE) -> Any:
    """The page of a game that has begun, at its first question."""
    opened(page, place).locator("#trainee").fill(trainee)
    page.locator("#begin-form button").click()
    return settled(page)


def stands(page: Any) -> Any:
    """How the game of a page's browser stands, as its server says."""
    return page.request.get(urljoin(page.url, "api/state")).json()


def ahead(page: Any, here: Callable[[Any], bool]) -> Any:
    """The page after everything has been left to the section until a state that is looked for, or the end."""
    state = stands(page)
    while state["phase"] != "over" and not here(state):
        made = {"count": state["count"], "choice": {}}
        state = page.request.post(urljoin(page.url, "api/decide"), data=made).json()
    page.reload()
    return settled(page)


def over(page: Any, place: str, board: Board, trainee: str = TRAINEE) -> Any:
    """The page of a game that is over, with its debrief: a save in which all was left to the section, gone on from."""
    save = saves.written(saves.saved(board.exercise, trainee, play(board, leave_all).decided))
    page.request.get(place)
    assert page.request.post(urljoin(place, "api/resume"), data=save).ok
    opened(page, place).locator("#rival").wait_for()
    return page


def said_by(page: Any) -> dict[str, str]:
    """What the page says of where the game stands, part by part."""
    parts = ("when", "share", "matter", "happened", "question", "usual", "desk", "leaders", "news", "figures")
    return {part: page.locator(f"#{part}").inner_text() for part in parts}


def choose(page: Any, wanted: Wanted) -> dict[str, str]:
    """Choose by mouse what is wanted and can be chosen; what that is."""
    made = {}
    for field, value in wanted.items():
        option = page.locator(f"#option-{field}-{value}")
        if option.count() and option.is_enabled():
            option.check()
            made[field] = value
    return made


def called(page: Any, chosen: Wanted) -> dict[str, str]:
    """What is chosen, by the names that the page has for it."""
    of = "label[for=option-{}-{}] strong"
    return {field: page.locator(of.format(field, value)).text_content() for field, value in chosen.items()}


def settle(page: Any) -> None:
    """Decide what is chosen."""
    page.locator("#settle").click()
    settled(page)


def go_on(page: Any) -> int:
    """Go on to the next question if what has happened is shown before it; how many things have."""
    told = page.locator("#since-list > li").count() if page.locator("#since").is_visible() else 0
    if told:
        page.locator("#go-on").click()
    return told


def posts(looked: Looked, path: str) -> int:
    """How often a page has asked for something to be done."""
    return sum(urlsplit(each).path == path for each in looked.requests)


def refused(looked: Looked, sign: str) -> None:
    """Take out what a browser writes of an answer that is no success, which the test expects."""
    assert looked.complaints
    assert all(sign in each for each in looked.complaints)
    looked.complaints.clear()


# a whole exercise


def test_an_exercise_is_played_by_mouse_from_its_beginning_to_its_debrief(page: Any, tmp_path: Path) -> None:
    made: dict[int, list[str]] = {}
    kinds, said_of, told_of, shown = dict.fromkeys(KINDS, 0), set(), set(), 0
    with exercised(Sittings(board_of(tmp_path, **LONGER), tmp_path / "games")) as place:
        begun(page, place)
        assert page.locator("#who").inner_text() == TRAINEE
        while page.locator("#decide").is_visible():
            state = stands(page)
            kind, number = state["point"]["kind"], state["matter"]["number"]
            told_of.update((each["tick"], each["text"]["en"]) for each in state["news"])
            assert {(each["tick"], each["text"]["en"]) for each in state["matter"]["course"]} <= told_of
            wanted = CHOSEN[kind][kinds[kind] % len(CHOSEN[kind])]
            kinds[kind] += 1
            chosen = choose(page, wanted)
            said_of.update((kind, field) for field in chosen)
            names, said = called(page, chosen), page.locator("#said").text_content()
            assert [name for name in names.values() if name not in said] == []
            page.locator("#settle" if chosen else "#leave").click()
            settled(page)
            made.setdefault(number, []).extend(sentences(chosen, names))
            shown += go_on(page)
            assert stands(page)["count"] == state["count"] + 1
        assert said_of == {(kind, field) for kind, fields in MAY_SAY.items() for field in fields}
        assert shown > 0
        page.locator("#rival").wait_for()
        assert len(made) == page.locator(".matter-row").count()
        for number, each in made.items():
            told = decided(page, number).lower()
            assert [words for words in each if words.lower() not in told] == []


def sentences(chosen: Wanted, names: Mapping[str, str]) -> list[str]:
    """What a debrief says of a decision; of hours it says how many they are."""
    hours = WORDS[f"hours_{chosen.get('hours', 'more')}"][0]
    return [hours if field == "hours" else name for field, name in names.items()] or [WORDS["as_usual"][0]]


def decided(page: Any, number: int) -> str:
    """What the debrief says that was decided on a matter."""
    row = page.locator(".matter-row", has_text=re.compile(rf"^No\. {number} "))
    row.locator("summary").click()
    return str(row.locator("h4:has-text('What you decided') + ol").inner_text())


def test_an_exercise_is_played_by_keyboard_alone(page: Any, place: str) -> None:
    opened(page, place)
    page.keyboard.type(TRAINEE)
    page.keyboard.press("Enter")
    settled(page)
    assert focused(page) == "question"
    number = stands(page)["matter"]["number"]
    page.keyboard.press("Enter")
    assert stands(page)["count"] == 0
    page.keyboard.press("2")
    assert page.locator("#option-order-first").is_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("4")
    assert page.locator("#option-when-after").is_checked()
    names = called(page, {"order": "first", "when": "after"})
    page.keyboard.press("Enter")
    settled(page)
    count = 1
    while not page.locator("#over").is_visible():
        assert stands(page)["count"] == count
        if page.locator("#since").is_visible():
            assert focused(page) == "go-on"
            page.keyboard.press("Enter")
        assert focused(page) == "question"
        page.keyboard.press("s")
        page.keyboard.press("Enter")
        settled(page)
        count += 1
    page.locator("#rival").wait_for()
    assert focused(page) == "over-title"
    tab_to(page, "e => e.id === 'rival'")
    page.keyboard.press("ArrowDown")
    settled(page)
    assert focused(page) == "rival"
    assert page.locator("#rival").evaluate("e => e.selectedIndex") == 1
    tab_to(page, f"e => e.textContent.startsWith('No. {number} ')")
    page.keyboard.press("Enter")
    told = page.locator(".matter-row[open]").inner_text().lower()
    assert [name for name in names.values() if name.lower() not in told] == []


def focused(page: Any) -> str:
    """What has the focus."""
    return str(page.evaluate("() => document.activeElement.id"))


def tab_to(page: Any, wanted: str) -> None:
    """Press Tab until what has the focus is what is wanted."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(f"() => ({wanted})(document.activeElement)"):
            return
    raise AssertionError(wanted)


def test_keys_act_on_the_page_but_not_while_a_name_is_written(page: Any, place: str) -> None:
    opened(page, place)
    page.keyboard.type("lshd?2")
    assert page.locator("#trainee").input_value() == "lshd?2"
    assert page.evaluate("() => document.documentElement.lang") == "en"
    page.keyboard.press("Enter")
    settled(page)
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("2")
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()
    assert page.locator("#settle").is_disabled()
    dress = "() => getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(dress)
    page.keyboard.press("d")
    assert page.evaluate(dress) != light


# nothing is lost, nothing is done twice


def test_reloading_loses_nothing_and_sends_no_half_made_choice(page: Any, place: str, looked: Looked) -> None:
    begun(page, place)
    choose(page, {"order": "first"})
    settle(page)
    go_on(page)
    before, there = said_by(page), stands(page)
    choose(page, {"order": "later", "mode": "talks"})
    page.reload()
    settled(page)
    assert (said_by(page), stands(page)) == (before, there)
    assert there["count"] == 1
    assert page.locator("#news > li").count() == len(there["news"])
    assert page.locator("#option-order-usual").is_checked()
    assert page.locator("#settle").is_disabled()
    assert posts(looked, "/api/decide") == 1


def test_reloading_where_the_news_are_shown_leads_to_the_same_question(page: Any, place: str) -> None:
    begun(page, place)
    while not page.locator("#since").is_visible():
        page.locator("#leave").click()
        settled(page)
    told = page.locator("#since-list > li").all_inner_texts()
    there = stands(page)
    page.reload()
    settled(page)
    assert stands(page) == there
    assert page.locator("#news > li").all_inner_texts() == told[::-1]


def test_two_browsers_do_not_disturb_each_other(page: Any, other: Any, place: str) -> None:
    begun(page, place, "甲")
    begun(other, place, "乙")
    before, there = said_by(other), stands(other)
    for wanted in ({"order": "first", "mode": "talks"}, {"when": "after"}):
        choose(page, wanted)
        settle(page)
        go_on(page)
    other.reload()
    settled(other)
    assert (said_by(other), stands(other)) == (before, there)
    assert (page.locator("#who").inner_text(), other.locator("#who").inner_text()) == ("甲", "乙")
    assert (stands(page)["count"], stands(other)["count"]) == (2, 0)


def test_a_stale_tab_is_told_so_and_shows_how_it_stands(page: Any, place: str, looked: Looked) -> None:
    begun(page, place)
    second = opened(page.context.new_page(), place)
    choose(second, {"order": "first"})
    settle(second)
    go_on(second)
    page.bring_to_front()
    choose(page, {"order": "later"})
    settle(page)
    told = page.locator("#trouble").inner_text()
    assert re.search("gone on in another window.*在另一窗口继续", told, re.DOTALL)
    assert stands(page)["count"] == 1
    assert said_by(page) == said_by(second)
    assert page.locator("#settle").is_disabled()
    refused(looked, "409")
    page.locator("#leave").click()
    settled(page)
    assert not page.locator("#trouble").is_visible()
    assert stands(page)["count"] == 2


@pytest.mark.parametrize("button", ["settle", "leave"])
def test_a_double_click_decides_once(page: Any, place: str, looked: Looked, button: str) -> None:
    begun(page, place)
    choose(page, {"order": "first"})
    page.locator(f"#{button}").dblclick()
    settled(page)
    assert stands(page)["count"] == 1
    assert posts(looked, "/api/decide") == 1


def test_starting_anew_asks_first(page: Any, place: str) -> None:
    begun(page, place)
    page.locator("#leave").click()
    settled(page)
    page.locator("#restart").click()
    assert "leaves the decisions made so far" in page.locator("#confirm").inner_text()
    page.locator("#confirm-no").click()
    page.locator("#restart").click()
    page.keyboard.press("Escape")
    assert not page.locator("#confirm").is_visible()
    assert stands(page)["count"] == 1
    page.locator("#restart").click()
    page.locator("#confirm-yes").click()
    settled(page)
    assert page.locator("#begin").is_visible()
    assert (stands(page)["phase"], stands(page)["count"]) == ("begin", 0)


# saves


def test_a_save_goes_on_in_a_fresh_browser_where_it_was(page: Any, other: Any, place: str, tmp_path: Path) -> None:
    begun(page, place)
    for wanted in ({"order": "first"}, {"mode": "talks", "hours": "more"}):
        choose(page, wanted)
        settle(page)
        go_on(page)
    with page.expect_download() as found:
        page.locator("#save").click()
    assert found.value.suggested_filename == f"short-{TRAINEE}.json"
    found.value.save_as(tmp_path / "save.json")
    opened(other, place).locator("#resume").set_input_files(tmp_path / "save.json")
    settled(other)
    assert (said_by(other), stands(other)) == (said_by(page), stands(page))
    assert other.locator("#who").inner_text() == TRAINEE
    assert stands(other)["count"] == 2
    choose(other, {"order": "later"})
    settle(other)
    assert (stands(other)["count"], stands(page)["count"]) == (3, 2)


def harmed(save: Any) -> dict[str, str]:
    """A save that is damaged in several ways."""
    earlier = {**save["decisions"][0], "tick": 3}
    return {
        "cut": json.dumps(save)[:200], "no letters": "\x00\x01", "no save": "{}",
        "another world": json.dumps({**save, "world": "0" * 16}),
        "a point that never came": json.dumps({**save, "decisions": [earlier]}),
    }  # fmt: skip


def test_a_damaged_save_is_told_in_words_and_changes_nothing(
    page: Any, other: Any, place: str, tmp_path: Path, looked: Looked
) -> None:
    begun(other, place).locator("#leave").click()
    settled(other)
    opened(page, place)
    for harm, content in harmed(other.request.get(urljoin(place, "api/save")).json()).items():
        (tmp_path / "save.json").write_text(content, encoding="utf-8")
        page.locator("#resume").set_input_files(tmp_path / "save.json")
        settled(page)
        assert re.match("(The exercise cannot go on from t|T)his file", page.locator("#trouble-en").inner_text()), harm
        assert re.match("无法从该文件继续演练：|该文件不是演练存档", page.locator("#trouble-zh").inner_text()), harm
        assert page.locator("#trouble").is_visible()
        assert page.locator("#begin").is_visible()
        assert stands(page)["phase"] == "begin"
        opened(page, place)
    assert posts(looked, "/api/resume") == len(looked.complaints) == 3
    refused(looked, "400")


# a server that is gone


def test_a_server_that_is_gone_is_told_and_when_it_is_back_the_game_goes_on(
    page: Any, short: Board, tmp_path: Path, looked: Looked
) -> None:
    with exercised(Sittings(short, tmp_path)) as place:
        begun(page, place)
        page.locator("#leave").click()
        settled(page)
        go_on(page)
        before, there = said_by(page), stands(page)
    choose(page, {"order": "first"})
    settle(page)
    assert re.search("does not answer.*没有响应", page.locator("#trouble").inner_text(), re.DOTALL)
    assert said_by(page) == before
    page.locator("#retry").click()
    settled(page)
    assert page.locator("#trouble").is_visible()
    refused(looked, "ERR_CONNECTION")
    with exercised(Sittings(short, tmp_path), port=urlsplit(place).port or 0):
        page.locator("#retry").click()
        settled(page)
        assert not page.locator("#trouble").is_visible()
        assert (said_by(page), stands(page)) == (before, there)
        assert page.locator("#option-order-first").is_checked()
        settle(page)
        assert stands(page)["count"] == there["count"] + 1


def test_a_game_that_can_be_read_no_more_is_told_and_begun_anew(
    page: Any, short: Board, tmp_path: Path, looked: Looked
) -> None:
    with exercised(Sittings(short, tmp_path)) as place:
        begun(page, place).locator("#leave").click()
        settled(page)
    (kept,) = tmp_path.iterdir()
    kept.write_text("{", encoding="utf-8")
    with exercised(Sittings(short, tmp_path), port=urlsplit(place).port or 0):
        opened(page, place)
        assert re.search("‘Start anew’.*“重新开始”", page.locator("#trouble").inner_text(), re.DOTALL)
        assert not page.locator("#retry").is_visible()
        refused(looked, "400")
        page.locator("#restart").click()
        page.locator("#confirm-yes").click()
        settled(page)
        assert page.locator("#begin").is_visible()
        assert not page.locator("#trouble").is_visible()
        assert "{" in [each.read_text(encoding="utf-8") for each in tmp_path.iterdir()]


# languages

# All that a page shows or speaks: texts, and labels of elements that can be seen, but for what is marked as being in
# another language than the page.
SPOKEN = """() => {
    const own = element => element.closest('[lang]').lang === document.documentElement.lang;
    const seen = element => (element.closest('select') ?? element).checkVisibility() && own(element);
    const all = [...document.querySelectorAll('body, body *:not(script)')].filter(seen);
    const texts = all.flatMap(e => [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data));
    const labels = all.flatMap(e => ['aria-label', 'title', 'placeholder', 'alt'].map(name => e.getAttribute(name)));
    return [document.title, ...texts, ...labels].filter(text => text?.trim());
}"""
# Latin letters in Chinese: names of the other language, of the program, of keys, formats and a command; of principles.
NAMES = re.compile(r"EN|Xietiao|Tab|Enter|Esc|Shift|Home|End|[A-Z]|CSV|JSON|compare|[A-Z]\d+[a-z]?")


def latin(text: str) -> list[str]:
    """Words of a text in Latin letters that are no names."""
    return [word for word in re.findall(r"[A-Za-z]\w*", text, re.ASCII) if not NAMES.fullmatch(word)]


def chinese(text: str) -> bool:
    """Whether a text has Chinese signs, but for names."""
    return bool(re.search("[一-鿿]", text.replace(TRAINEE, "").replace("中文", "")))


def foreign(page: Any) -> list[str]:
    """Words shown or spoken that are of the other language than the page."""
    texts = page.evaluate(SPOKEN)
    assert len(texts) > 20
    if page.evaluate("() => document.documentElement.lang") == "zh":
        return [word for text in texts for word in latin(text)]
    return [text for text in texts if chinese(text)]


@pytest.mark.parametrize("name", ["words.json", "exercise-words.json"])
def test_all_words_of_the_pages_are_in_their_language_and_ask_for_the_same_values(name: str) -> None:
    for key, words in json.loads(files()[name]).items():
        assert set(words) == {"en", "zh"}, key
        asked = [set(re.findall(r"\{\w+\}", text)) for text in words.values()]
        assert asked[0] == asked[1], key
        assert latin(re.sub(r"\{\w+\}", "", words["zh"])) == [], key
        assert not chinese(words["en"]), key


def test_all_words_that_pages_name_are_there() -> None:
    known = set(json.loads(files()["words.json"])) | set(json.loads(files()["exercise-words.json"]))
    rooms = "|".join({key.partition(".")[0] for key in known})
    for name, content in files().items():
        if name.endswith((".js", ".html")):
            named = set(re.findall(rf"[\"`]((?:{rooms})\.[a-z_0-9]+)[\"`]", content.decode()))
            assert named <= known, name


def in_both_languages(page: Any) -> None:
    """See that the page is all in English, at a click all in Chinese, and at a click in English again."""
    page.evaluate("() => document.querySelectorAll('main details').forEach(each => { each.open = true; })")
    for lang, title in (("en", "Six weeks · Xietiao"), ("zh", "六周 · 协调")):
        assert page.evaluate("() => [document.documentElement.lang, document.title]") == [lang, title]
        assert foreign(page) == []
        page.locator("#language").click()


def test_the_language_is_switched_at_once_and_nothing_is_left_of_the_other(page: Any, place: str) -> None:
    in_both_languages(opened(page, place))
    begun(page, place)
    choose(page, {"order": "first", "whom": "1"})
    in_both_languages(page)
    assert page.locator("#option-order-first").is_checked()
    while not page.locator("#since").is_visible():
        page.locator("#leave").click()
        settled(page)
    in_both_languages(page)
    ahead(page, lambda state: state["point"]["kind"] == "round")
    choose(page, {"answer": "push_on"})
    page.locator("[data-test^=first-]").first.click()
    in_both_languages(page)
    ahead(page, lambda state: False)
    page.locator("#rival").wait_for()
    in_both_languages(page)


def test_what_lies_over_the_page_is_in_its_language(page: Any, place: str) -> None:
    begun(page, place)
    for _ in range(2):
        for dialog, button in (("help", "keys"), ("confirm", "restart")):
            page.locator(f"#{button}").click()
            assert page.locator(f"#{dialog}").is_visible()
            assert foreign(page) == []
            page.keyboard.press("Escape")
        page.keyboard.press("l")


def test_what_is_wrong_is_said_in_both_languages_whichever_is_shown(page: Any, place: str, looked: Looked) -> None:
    begun(page, place)
    second = opened(page.context.new_page(), place)
    second.locator("#leave").click()
    settled(second)
    page.bring_to_front()
    page.keyboard.press("l")
    page.locator("#leave").click()
    settled(page)
    for _ in range(2):
        assert page.locator("#trouble-en").is_visible()
        assert page.locator("#trouble-zh").is_visible()
        page.keyboard.press("l")
    refused(looked, "409")


def test_the_page_opens_in_the_language_of_the_exercise_and_keeps_what_is_chosen(page: Any, tmp_path: Path) -> None:
    with exercised(Sittings(board_of(tmp_path, language="zh"), tmp_path / "games")) as place:
        opened(page, place)
        assert page.evaluate("() => document.documentElement.lang") == "zh"
        page.locator("#language").click()
        opened(page, place)
        assert page.evaluate("() => document.documentElement.lang") == "en"


# what is shown


def hints_at(page: Any) -> int:
    """How many pieces of advice can be read."""
    return sum(each.is_visible() for each in page.locator("[data-test=hint]").all())


@pytest.mark.parametrize("hints", ["always", "asked", "never"])
def test_advice_is_given_as_the_exercise_says(page: Any, tmp_path: Path, hints: str) -> None:
    with exercised(Sittings(board_of(tmp_path, hints=hints), tmp_path / "games")) as place:
        begun(page, place)
        for key in ("h", None):
            given = stands(page)["point"]["hints"]
            assert bool(given) == (hints != "never")
            assert page.locator("#advice").count() == (hints == "asked")
            assert hints_at(page) == (len(given) if hints == "always" else 0)
            if hints == "asked":
                page.keyboard.press(key) if key else page.locator("#advice").click()
                assert hints_at(page) == len(given)
                assert given[0]["text"]["en"] in page.locator("#hints").text_content()
            page.locator("#leave").click()
            settled(page)
            go_on(page)


def test_advice_quotes_the_principle_it_rests_on(page: Any, place: str) -> None:
    begun(page, place)
    (first, *_) = stands(page)["point"]["hints"]
    hint = page.locator("[data-test=hint]").first
    hint.locator("summary").click()
    told = hint.inner_text()
    assert all(each in told for each in (first["principle"]["id"], first["principle"]["words"]))


@pytest.mark.parametrize("shows", [["positions"], ["private", "need", "calendars", "cases"]])
def test_what_the_exercise_does_not_show_is_not_in_the_page(page: Any, tmp_path: Path, shows: list[str]) -> None:
    with exercised(Sittings(board_of(tmp_path, shows=shows), tmp_path / "games")) as place:
        opened(page, place).locator("#trainee").fill(TRAINEE)
        with page.expect_response("**/api/begin") as found:
            page.locator("#begin-form button").click()
        settled(page)
        text, state = page.locator("#decide").inner_html(), found.value.json()
    matter, leaders = state["matter"], state["leaders"]
    parties = matter["parties"]
    sent = {
        "positions": [each["says"] is not None for each in parties],
        "private": [each["thinks"] is not None for each in parties],
        "need": [matter["need"] is not None],
        "calendars": [bool(each["engaged"]) for each in (*parties, *leaders)],
        "cases": [each["cases"] is not None for each in leaders],
    }
    written = {
        "positions": ('"says [01]', len(parties)), "private": ("thinks [01]", len(parties)),
        "need": ("need-line", len(parties)), "calendars": (": (free|engaged or away)", 2 * 10 * len(sent["calendars"])),
        "cases": ("cases waiting", len(leaders)),
    }  # fmt: skip
    for what, (words, count) in written.items():
        assert set(sent[what]) == {what in shows}, what
        assert len(re.findall(words, text)) == (count if what in shows else 0), what


def test_a_matter_put_first_is_first_on_the_desk_from_the_next_decision_on(page: Any, place: str) -> None:
    begun(page, place)
    ahead(page, lambda state: any(each["can_first"] for each in state["desk"]))
    row = next(each["row"] for each in stands(page)["desk"] if each["can_first"])
    button = page.locator(f"#first-{row}")
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert "Put first: 1." in page.locator("#said").inner_text()
    assert not any(each["first"] for each in stands(page)["desk"])
    settle(page)
    go_on(page)
    assert {each["row"]: each["first"] for each in stands(page)["desk"]}[row]
    assert page.locator("#desk .is-first").count() == 1
    assert button.count() == 0


# names that are scripts


def test_names_that_are_scripts_are_shown_as_text_and_never_run(page: Any, tmp_path: Path) -> None:
    both = hostile({"en": "", "zh": ""})
    scenario = re.sub(r"\[title\]\n.*\n.*\n", "", (FOLDER / "teaching.toml").read_text(encoding="utf-8"))
    (tmp_path / "hostile.toml").write_text(f"title = {toml(both)}\n{scenario}", encoding="utf-8")
    board = board_of(tmp_path, scenario="hostile.toml", title=both, purpose=both)
    with exercised(Sittings(board, tmp_path / "games")) as place:
        opened(page, place)
        assert HOSTILE[0] in page.locator("#begin-title").inner_text()
        assert page.locator("#begin").inner_text().count(HOSTILE[1]) == 3
        over(page, place, board, SCRIPT)
        assert page.locator("#who").inner_text() == SCRIPT
        unharmed(page)
        with page.context.expect_page() as found:
            page.locator("[data-test=watch]").click()
        found.value.locator("#main").wait_for(state="visible")
        assert SCRIPT in found.value.locator("#stages").inner_text()
        unharmed(found.value)


def unharmed(page: Any) -> None:
    """See that no text has become anything else."""
    page.wait_for_timeout(200)
    assert page.evaluate("() => window.__hacked") is None
    assert page.locator("img").count() == 0


def test_texts_of_the_server_that_are_scripts_are_shown_as_text_and_never_run(page: Any, place: str) -> None:
    def answer(route: Any) -> None:
        found = route.fetch()
        route.fulfill(response=found, json=hostile(found.json()))

    page.route(re.compile("/api/(state|begin|decide|debrief)"), answer)
    begun(page, place, SCRIPT)
    for part in ("matter", "happened", "question", "usual", "hints", "parties", "fields", "leaders"):
        assert HOSTILE[0] in page.locator(f"#{part}").inner_text(), part
    choose(page, {"order": "first"})
    settle(page)
    assert HOSTILE[0] in page.locator("#since-list" if page.locator("#since").is_visible() else "#desk").inner_text()
    unharmed(page)
    ahead(page, lambda state: False)
    page.locator("#rival").wait_for()
    page.evaluate("() => document.querySelectorAll('main details').forEach(each => { each.open = true; })")
    assert page.locator("#debrief").inner_text().count(HOSTILE[1]) > 20
    page.keyboard.press("l")
    unharmed(page)


# the debrief


def test_another_rival_is_compared_and_a_matter_stays_open_over_languages(page: Any, place: str, short: Board) -> None:
    over(page, place, short)
    names = page.locator("#rival option").all_inner_texts()
    assert len(names) == 3
    before = page.locator("[data-test=measures]").inner_text()
    page.locator("#rival").select_option(index=2)
    settled(page)
    assert page.locator("[data-test=measures] th").all_inner_texts().count(names[2]) == 1
    assert page.locator("[data-test=measures]").inner_text() != before
    assert page.locator("[data-test=watch]").get_attribute("href") == "watch?against=self-first"
    row = page.locator(".matter-row").first
    assert "went differently" in row.inner_text()
    row.locator("summary").click()
    assert row.locator(".reason-why").inner_text()
    assert row.locator(".beside-table tbody tr").count() > 5
    page.keyboard.press("l")
    assert page.locator(".matter-row").first.evaluate("element => element.open")


def test_both_runs_are_watched_side_by_side(page: Any, place: str, short: Board) -> None:
    over(page, place, short)
    page.locator("#rival").select_option("self-first")
    settled(page)
    rival = page.locator("#rival option:checked").inner_text()
    with page.context.expect_page() as found:
        page.locator("[data-test=watch]").click()
    film = found.value
    film.locator("#main").wait_for(state="visible")
    assert urlsplit(film.url).query == "against=self-first"
    assert film.locator("#stages canvas").count() == 2
    assert all(each in film.locator("#stages").inner_text() for each in (TRAINEE, rival))
    assert not film.locator("#choices").is_visible()
    first = film.locator("#clock").inner_text()
    film.keyboard.press("Space")
    until(film, "first => document.querySelector('#clock').textContent !== first", first)


def test_results_are_downloaded(page: Any, place: str, short: Board) -> None:
    over(page, place, short)
    for form in ("csv", "json"):
        with page.expect_download() as found:
            page.locator(f"a[href='api/results.{form}']").click()
        assert found.value.suggested_filename == f"short-results.{form}"
        content = Path(found.value.path()).read_text(encoding="utf-8-sig")
        assert TRAINEE in content
        if form == "csv":
            (row,) = csv.DictReader(io.StringIO(content))
            assert row["trainee"] == TRAINEE
            assert None not in row.values()


def test_the_debrief_is_there_again_after_a_reload(page: Any, place: str, short: Board) -> None:
    over(page, place, short)
    told = page.locator("#debrief").inner_text()
    assert len(told) > 1000
    page.reload()
    settled(page)
    assert page.locator("#debrief").inner_text() == told
