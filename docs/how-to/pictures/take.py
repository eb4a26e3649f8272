"""Take the pictures of ``teach-with-it.md`` and its Chinese page anew: ``python3 docs/how-to/pictures/take.py``.

Run by hand when a page has changed, with the project installed, Playwright, a Chromium (XIETIAO_CHROMIUM says where,
if it is not found) and a font for Chinese; then look at every picture, and at the sentences that speak of it.  Each
shows a page as it is served, 1280 by 720 dots, in English and in Chinese (``*.zh.png``).
"""

import io
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright
from starlette.types import ASGIApp

from analysis.viewer import serving
from analysis.viewer.exercise_app import exercise_app
from analysis.viewer.sittings import Sittings
from analysis.viewer.watching import of_scenario, watch_app
from sim.decisions import ARISES, CONFLICT, Choice, Decision, Point, times_of
from sim.exercise import load_exercise
from sim.play import Board, lay, play
from sim.saves import saved
from sim.scenario import load_scenario
from sim.world import World

HERE = Path(__file__).parent
SIZE = ViewportSize(width=1280, height=720)
PATIENCE = 60_000  # milliseconds
STRATEGIES = ("unified-before-meeting", "decide-first")
MOMENT, MATTER = 80, 33  # a half-day with open conflict, and the row of a matter that was in it
TRAINEE = {"en": "Ms Lin", "zh": "林晓"}
ARISEN, DISAGREED = 1, 6  # decisions made before a matter arises, and before a round without agreement, that is shown
CHROMIUM = os.environ.get("XIETIAO_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


def main() -> None:
    """Take all of them."""
    with sync_playwright() as driver:
        sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=sandbox)
        for lang in TRAINEE:
            for take in (watch, decide, look_back):
                page = browser.new_context(viewport=SIZE).new_page()
                page.set_default_timeout(PATIENCE)
                take(page, lang)
                page.context.close()
        browser.close()


def watch(page: Page, lang: str) -> None:
    """Two strategies at one moment, and a matter opened in the wider pane."""
    choices = of_scenario(load_scenario("teaching"), STRATEGIES, 0)
    with served(lambda hosts: watch_app(choices, lang, hosts)) as place:
        page.goto(place)
        page.locator("#main").wait_for()
        page.evaluate(f"Player.seek({MOMENT})")
        keep(page, "watch", lang)
        page.locator("#widen").click()
        page.evaluate(f"Selection.set('matter', {MATTER})")
        uppermost(page, "#selected h3 >> nth=0")
        keep(page, "watch-matter", lang)


def decide(page: Page, lang: str) -> None:
    """A matter that has arisen, and what may be chosen after a round without agreement."""
    with exercise(lang, ARISEN) as place:
        page.goto(place)
        page.locator("#fields").wait_for()
        keep(page, "exercise", lang)
    page.context.clear_cookies()  # another game
    with exercise(lang, DISAGREED) as place:
        page.goto(place)
        page.locator("#option-answer-push_on").check()
        page.locator("#option-mode-meeting").check()
        uppermost(page, "#parties")
        page.mouse.move(0, 0)
        keep(page, "exercise-choice", lang)


def look_back(page: Page, lang: str) -> None:
    """The debrief of an exercise: from the top, the measures, and a matter opened."""
    with exercise(lang, None) as place:
        page.goto(place)
        page.locator("#debrief table").first.wait_for()
        keep(page, "debrief", lang)
        uppermost(page, "#debrief h3 >> nth=0")
        keep(page, "debrief-measures", lang)
        page.locator("#debrief details summary").first.click()
        uppermost(page, "#debrief details >> nth=0")
        keep(page, "debrief-matter", lang)


def uppermost(page: Page, selector: str) -> None:
    """Scroll until something is at the top."""
    page.locator(selector).evaluate("element => element.scrollIntoView({ block: 'start' })")


@contextmanager
def exercise(lang: str, decisions: int | None) -> Iterator[str]:
    """The address of an exercise that a trainee has played so far, or to its end."""
    asked = load_exercise("first-weeks")
    board = lay(asked)
    save = saved(asked, TRAINEE[lang], played(board, decisions))
    with tempfile.TemporaryDirectory() as folder:
        sittings = Sittings(board, Path(folder), save)
        with served(lambda hosts: exercise_app(sittings, lang, hosts)) as place:
            yield place


def played(board: Board, most: int | None) -> tuple[Decision, ...]:
    """What somebody decides who talks first, has one more round on the spot, and then takes what there is."""
    made = 0

    def answer(point: Point, w: World) -> Choice | None:
        nonlocal made
        if made == most:
            return None
        made += 1
        if point.kind == ARISES:
            return Choice(when="before" if "before" in times_of(w, point.matter) else None, mode="talks")
        if point.kind == CONFLICT:
            return Choice(mode="onsite", hours="more")
        if point.nth == 0:
            return Choice(answer="push_on", mode="onsite")
        return Choice(answer="report" if point.rift else "accept")

    return play(board, answer).decided


@contextmanager
def served(make: Callable[[tuple[str, ...]], ASGIApp]) -> Iterator[str]:
    """The address of an app while it is served."""
    with serving.bound(serving.PRIVATE, 0) as listening:
        server = serving.server(make(serving.hosts(serving.PRIVATE, listening)))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield serving.address(serving.PRIVATE, listening)
        finally:
            server.should_exit = True
            thread.join()


def keep(page: Page, name: str, lang: str) -> None:
    """Write what is shown, in 256 colours chosen so that small signs keep theirs."""
    page.wait_for_timeout(500)  # what moves comes to rest
    path = HERE / f"{name}.png" if lang == "en" else HERE / f"{name}.{lang}.png"
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        reduced = picture.convert("RGB").quantize(method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        reduced.save(path, "png", optimize=True)
    print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
