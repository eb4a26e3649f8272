"""The page that shows runs, as somebody uses it: play, step, seek, compare, select, read, switch language, save."""

import base64
import gzip
import re
import statistics
from pathlib import Path
from typing import Any

import pytest
from looking import HOSTILE, KEYS, Looked, at, clock, hostile, ready, until, watched

from analysis.viewer.saved import save
from analysis.viewer.watching import Choices, of_scenario
from sim.scenario import load_scenario

SLOW = 3.0  # an idle picture takes 1/60 s at best, a fluent one 1/20 s at worst: the ratio of the two
ENOUGH = 60  # pictures, of which the median is taken


def select(page: Any, kind: str, place: int = 0) -> None:
    """Select an actor or a matter from the list."""
    page.locator("#tab-list").click()
    page.locator(f"#found-{kind} button").nth(place).click()
    page.locator("#selected h2").wait_for()


def measures(page: Any) -> list[str]:
    """What the strip says, card by card."""
    return [" ".join(text.split()) for text in page.locator("#strip > li").all_inner_texts()]


# the clock


def test_it_plays_and_pauses(shown: Any) -> None:
    first = shown.locator("#clock").inner_text()
    shown.keyboard.press("Space")
    until(shown, "first => document.querySelector('#clock').textContent !== first", first)
    assert clock(shown) > 0
    shown.keyboard.press("Space")
    until(shown, "() => !Player.isPlaying()")
    stopped = clock(shown)
    shown.wait_for_timeout(300)
    assert clock(shown) == stopped


def test_it_stops_at_the_end_and_plays_from_the_beginning_again(shown: Any) -> None:
    for _ in range(5):
        shown.locator("#faster").click()
    shown.locator("#seek").fill("75")
    shown.locator("#play").click()
    until(shown, "() => !Player.isPlaying()")
    at(shown, 79)
    shown.locator("#play").click()
    until(shown, "() => Player.tick() < 75")


def test_keys_step_half_days_days_and_weeks(shown: Any) -> None:
    wanted = 40
    shown.locator("#seek").fill(str(wanted))
    shown.locator("#seek").evaluate("element => element.blur()")
    for key, by in KEYS.items():
        shown.keyboard.press(key)
        wanted += by
        at(shown, wanted)
    for key, end in (("Home", 0), ("ArrowLeft", 0), ("End", 79), ("ArrowRight", 79)):
        shown.keyboard.press(key)
        at(shown, end)


def test_any_moment_is_shown_at_once_and_the_same_on_every_way_to_it(shown: Any) -> None:
    shown.locator("#seek").fill("41")
    at(shown, 41)
    there = (shown.locator("#clock").inner_text(), measures(shown), shown.locator("#events").inner_text())
    assert "Day 21, afternoon" in there[0]
    shown.keyboard.press("End")
    at(shown, 79)
    shown.locator("#seek").fill("41")
    at(shown, 41)
    assert (shown.locator("#clock").inner_text(), measures(shown), shown.locator("#events").inner_text()) == there


# two runs


def test_two_strategies_are_compared_and_the_difference_is_shown(shown: Any, choices: Choices) -> None:
    film = choices.film(choices.shown, 0)
    shown.keyboard.press("End")
    at(shown, 79)
    assert shown.locator("#stages canvas").count() == 2
    cards = shown.locator("#strip > li")
    assert cards.count() == len(film["measures"])
    told = 0
    for column, measure in enumerate(film["measures"]):
        assert cards.nth(column).locator("h3").inner_text().startswith(measure["title"]["en"])
        for run, value in zip(film["runs"], cards.nth(column).locator(".value").all_inner_texts(), strict=True):
            x, digits = run["running"][-1][column], measure["digits"]
            if x is None:
                assert value == "–"
            else:
                assert float(value.replace("−", "-")) == pytest.approx(x, abs=0.5001 * 10**-digits)
        difference = cards.nth(column).locator(".difference").inner_text()
        told += bool(re.fullmatch(r"[+−][\d.]+ B (better|worse)", difference))
    assert told > 0


def test_another_strategy_and_another_world_are_fetched_and_the_clock_stays(shown: Any) -> None:
    shown.locator("#seek").fill("30")
    before = measures(shown)
    shown.locator("#choose-b").select_option("")
    until(shown, "() => document.querySelectorAll('#stages canvas').length === 1")
    assert clock(shown) == 30
    shown.locator("#choose-b").select_option("committee")
    until(shown, "() => document.querySelectorAll('#stages canvas').length === 2")
    assert "Committee" in shown.locator("#stages").inner_text()
    shown.locator("#choose-world").fill("5")
    shown.locator("#choose-world").press("Enter")
    until(shown, "() => document.querySelector('#world').textContent.includes('5')")
    assert (clock(shown), measures(shown) == before) == (30, False)


# what is selected


def test_a_matter_shows_its_positions_and_its_story(shown: Any) -> None:
    shown.keyboard.press("End")
    at(shown, 79)
    select(shown, "matters")
    assert shown.locator("#selected canvas.course").count() == 2
    assert shown.locator("#selected .parties li").count() >= 1
    assert shown.locator("#selected .story li").count() >= 2
    painted = "canvas => new Set(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data).size"
    assert shown.locator("#selected canvas.course").first.evaluate(painted) > 2


def test_an_actor_shows_what_it_has_in_hand_and_leads_to_its_matters(shown: Any, choices: Choices) -> None:
    shown.locator("#seek").fill("50")
    first = choices.film(choices.shown, 0)["actors"][0]["name"]["en"]
    select(shown, "actors")
    name = shown.locator("#selected h2").inner_text()
    assert name == first
    assert shown.locator("#selected canvas.loads").count() == 1
    shown.locator("#selected .story button").first.click()
    until(shown, "name => document.querySelector('#selected h2').textContent !== name", name)
    assert shown.locator("#selected canvas.course").count() == 2
    shown.keyboard.press("Escape")
    assert shown.locator("#selected h2").count() == 0


def test_a_click_on_the_stage_and_on_a_sentence_selects(shown: Any) -> None:
    shown.locator("#seek").fill("50")
    shown.locator("#events button").first.click()
    shown.locator("#selected h2").wait_for()
    shown.keyboard.press("Escape")
    canvas = shown.locator("#stages canvas").first
    box = canvas.bounding_box()
    names = set()
    for across in range(20, int(box["width"]), 12):
        for down in range(20, int(box["height"]), 12):
            canvas.dispatch_event("click", {"clientX": box["x"] + across, "clientY": box["y"] + down, "bubbles": True})
            if shown.locator("#selected h2").count():
                names.add(shown.locator("#selected h2").inner_text())
        if len(names) > 2:
            break
    assert len(names) > 2


def test_the_search_finds_by_words_of_either_language(shown: Any) -> None:
    shown.keyboard.press("/")
    name = shown.locator("#found-actors button").nth(2).inner_text()
    shown.keyboard.type(name)
    assert name in shown.locator("#found-actors").inner_text()
    shown.locator("#search").fill("no such thing at all")
    assert shown.locator("#found-actors button").count() == 0


# language, colours, help


def test_the_language_is_switched_at_once_and_nothing_is_left_of_the_other(shown: Any) -> None:
    shown.locator("#seek").fill("60")
    select(shown, "matters")
    english = shown.evaluate("() => [document.title, document.documentElement.lang]")
    shown.keyboard.press("l")
    title, lang = shown.evaluate("() => [document.title, document.documentElement.lang]")
    assert (english[1], lang) == ("en", "zh")
    assert title != english[0]
    for tab in ("feed", "detail", "list"):
        shown.locator(f"#tab-{tab}").click()
        assert latin(shown) == []
    shown.keyboard.press("?")
    assert latin(shown) == []
    shown.keyboard.press("Escape")
    shown.locator("#language").click()
    assert shown.evaluate("() => document.documentElement.lang") == "en"
    shown.locator("#tab-feed").click()
    text = re.sub("中文|协调", "", shown.locator("body").inner_text())
    assert re.findall("[一-鿿]+", text) == []


def latin(page: Any) -> list[str]:
    """Words in Latin letters that are shown or spoken by the page, but for names of keys and of the program."""
    spoken = page.eval_on_selector_all(
        "[aria-label], [title], [placeholder]",
        "all => all.filter(e => e.checkVisibility()).flatMap(e => [e.ariaLabel, e.title, e.placeholder]).join(' ')",
    )
    words = re.findall("[A-Za-z]{2,}", page.locator("body").inner_text() + " " + spoken)
    return [word for word in words if word not in ("EN", "Shift", "Home", "End", "Esc", "Xietiao")]


def test_the_page_opens_in_the_language_asked_for_and_remembers_what_was_chosen(page: Any, choices: Choices) -> None:
    with watched(choices, "zh") as place:
        ready(page, place)
        assert page.evaluate("() => document.documentElement.lang") == "zh"
        page.keyboard.press("l")
        ready(page, place)
        assert page.evaluate("() => document.documentElement.lang") == "en"


def test_light_and_dark_differ_and_the_choice_is_kept(shown: Any) -> None:
    colour = "() => getComputedStyle(document.documentElement).backgroundColor"
    light = shown.evaluate(colour)
    shown.keyboard.press("d")
    dark = shown.evaluate(colour)
    assert dark != light
    shown.reload()
    shown.locator("#main").wait_for(state="visible")
    assert shown.evaluate(colour) == dark


def test_all_that_can_be_done_can_be_done_with_the_keyboard(shown: Any) -> None:
    shown.keyboard.press("?")
    assert shown.locator("#help").is_visible()
    shown.keyboard.press("Escape")
    assert not shown.locator("#help").is_visible()
    shown.keyboard.press("/")
    shown.keyboard.press("Tab")
    shown.keyboard.press("Enter")
    assert shown.locator("#selected h2").is_visible()
    reached = set()
    for _ in range(60):
        shown.keyboard.press("Tab")
        reached.add(shown.evaluate("() => document.activeElement.id"))
    assert {"play", "language", "theme", "seek", "choose-a", "choose-b"} <= reached
    nameless = shown.eval_on_selector_all(
        "button, select, input",
        "all => all.filter(e => e.checkVisibility() && !(e.ariaLabel || e.innerText || e.labels?.length)).length",
    )
    assert nameless == 0


# how fluent it is


@pytest.fixture(scope="session")
def hundred() -> Choices:
    """Two strategies in an organisation of a hundred actors."""
    asked = load_scenario("district").with_values(
        {"ticks": 60, "organisation.departments": 40, "organisation.subordinates": 30, "workload.arrivals": 2.0}
    )
    return of_scenario(asked, ("unified-before-meeting", "unified-directive"), 0)


def test_a_hundred_actors_move_fluently(page: Any, hundred: Choices) -> None:
    """The median picture while playing, as a ratio to that of an empty page, for which a busy machine is as slow."""
    pace = """count => new Promise(done => {
        const [found, began] = [[], performance.now()];
        let last = began;
        const next = now => {
            found.push(now - last);
            last = now;
            if (found.length > count) done(found.slice(1));
            else requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
    })"""
    with watched(hundred) as place:
        page.goto("about:blank")
        idle = statistics.median(page.evaluate(pace, ENOUGH))
        ready(page, place)
        assert page.evaluate("() => document.querySelectorAll('#found-actors button').length") >= 80
        page.keyboard.press("Space")
        playing = statistics.median(page.evaluate(pace, ENOUGH))
        assert page.evaluate("() => Player.isPlaying()")
    assert playing <= SLOW * idle, (playing, idle)


# errors


def test_what_the_server_refuses_is_told_in_both_languages(page: Any, site: str, looked: Looked) -> None:
    page.goto(f"{site}?a=comittee")
    page.locator("#trouble").wait_for(state="visible")
    told = page.locator("#trouble").inner_text()
    assert "did you mean 'committee'" in told
    assert "是否想写" in told
    assert all("400" in each for each in looked.complaints)
    looked.complaints.clear()


def test_a_server_that_is_gone_is_told_and_what_was_shown_stays(page: Any, choices: Choices, looked: Looked) -> None:
    with watched(choices) as place:
        ready(page, place)
    before = measures(page)
    page.locator("#choose-world").fill("5")
    page.locator("#choose-world").press("Enter")
    page.locator("#trouble").wait_for(state="visible")
    assert re.search("does not answer.*没有响应", page.locator("#trouble").inner_text(), re.DOTALL)
    assert measures(page) == before
    assert all("ERR_CONNECTION" in each for each in looked.complaints)
    looked.complaints.clear()


# saved files


@pytest.fixture(scope="session")
def saved(choices: Choices, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same two runs as a file."""
    file = tmp_path_factory.mktemp("saved") / "run.html"
    save(choices.film(choices.shown, 0), file, "en")
    return file


def test_a_saved_file_opens_from_disk_and_asks_for_nothing(page: Any, saved: Path, looked: Looked) -> None:
    ready(page, saved.as_uri())
    page.keyboard.press("ArrowRight")
    at(page, 1)
    assert not page.locator("#choices").is_visible()
    assert [each for each in looked.requests if not each.startswith("data:")] == [saved.as_uri()]


def test_saved_and_served_show_the_same(page: Any, saved: Path, site: str) -> None:
    found = []
    for place in (saved.as_uri(), site):
        ready(page, place)
        page.keyboard.press("End")
        at(page, 79)
        select(page, "matters", 1)
        detail = page.locator("#selected").inner_text()
        page.keyboard.press("Escape")
        found.append((detail, measures(page), page.locator("#events").inner_text(), clock(page)))
    assert found[0] == found[1]


@pytest.mark.parametrize("harm", ["cut", "no letters", "no film", "another version"])
def test_a_damaged_saved_file_says_so_instead_of_a_blank_page(
    page: Any, saved: Path, tmp_path: Path, harm: str
) -> None:
    text = saved.read_text(encoding="utf-8")
    held = re.search(r'(<script type="text/plain" id="film">)(.*?)(</script>)', text, re.DOTALL)
    packed = {
        "cut": held[2][: len(held[2]) // 2],
        "no letters": "????",
        "no film": base64.b64encode(gzip.compress(b"{}")).decode(),
        "another version": base64.b64encode(gzip.compress(b'{"format": 99, "runs": [{}], "ticks": 3}')).decode(),
    }[harm]
    damaged = tmp_path / "damaged.html"
    damaged.write_text(text[: held.start(2)] + packed + text[held.end(2) :], encoding="utf-8")
    page.goto(damaged.as_uri())
    page.locator("#trouble").wait_for(state="visible")
    assert re.search("cannot be shown.*无法显示", page.locator("#trouble").inner_text(), re.DOTALL)
    assert not page.locator("#main").is_visible()


# hostile names


@pytest.mark.parametrize("where", ["served", "saved"])
def test_names_that_are_scripts_are_shown_as_text_and_never_run(
    page: Any, choices: Choices, tmp_path: Path, where: str
) -> None:
    film = hostile(choices.film(choices.shown, 0))
    named = film["runs"][0]["strategy"]["title"]
    bad = tuple(each.model_copy(update={"title": each.title.model_copy(update=named)}) for each in choices.strategies)
    if where == "saved":
        save(film, tmp_path / "run.html", "en")
        look_at_all(ready(page, (tmp_path / "run.html").as_uri()))
        return
    with watched(choices._replace(strategies=bad, film=lambda names, replicate: film)) as place:
        look_at_all(ready(page, place))


def look_at_all(page: Any) -> None:
    """Go through the page's parts and see that names are letters."""
    assert page.locator("#scenario").inner_text().startswith(HOSTILE[0])
    page.keyboard.press("End")
    at(page, 79)
    page.locator("#stages canvas").first.hover()
    for kind in ("actors", "matters"):
        select(page, kind)
        assert HOSTILE[0] in page.locator("#selected h2").inner_text()
        assert HOSTILE[0] in page.locator("#selected").inner_text()
    page.keyboard.press("l")
    page.locator("#tab-feed").click()
    assert HOSTILE[1] in page.locator("#events").inner_text()
    page.wait_for_timeout(200)
    assert page.evaluate("() => window.__hacked") is None
    assert page.locator("img").count() == 0
