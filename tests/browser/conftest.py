"""Pages in a real browser: Debian's Chromium, driven by Playwright, on pages that a server of our own serves.

A page that leaves a word in the console, or asks anybody but our own server for anything, fails its test.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

import pytest
from looking import Looked, ready, watched

from analysis.viewer.watching import Choices, of_scenario
from sim.scenario import load_scenario

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
SIZE = {"width": 1280, "height": 720}
PATIENCE = 20_000  # milliseconds in which a page must have done what it does; a busy machine takes its time
LOCAL = ("", "data", "blob", "file")  # what needs no server


def _missing() -> str:
    """Why no browser can be had; empty if one can."""
    if find_spec("playwright") is None:
        return "no playwright"
    return "" if _chromium() else "no Chromium: install it, or say where it is in XIETIAO_CHROMIUM"


def _chromium() -> str | None:
    return os.environ.get("XIETIAO_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)


@pytest.fixture(scope="module")  # its driver keeps an event loop running, which tests of other modules want to start
def browser() -> Iterator[Any]:
    """A Chromium without a window."""
    reason = _missing()
    if reason and os.environ.get("CI"):
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as driver:
        started = driver.chromium.launch(
            executable_path=_chromium(), args=["--no-sandbox"] if is_root else [], timeout=60_000
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def choices() -> Choices:
    """Two strategies on a small scenario, for eight weeks."""
    asked = load_scenario("teaching").with_values({"ticks": 80})
    return of_scenario(asked, ("unified-before-meeting", "multi3-before"), 0)


@pytest.fixture(scope="session")
def site(choices: Choices) -> Iterator[str]:
    """Where they can be watched."""
    with watched(choices) as place:
        yield place


@pytest.fixture
def looked() -> Looked:
    """What the page of the test has said and asked for; a test that expects complaints takes them out."""
    return Looked([], [])


@pytest.fixture
def page(browser: Any, looked: Looked) -> Iterator[Any]:
    """An empty page, which must stay silent and ask nobody but the server it came from."""
    with _opened(browser, looked) as opened:
        yield opened


@pytest.fixture
def other(browser: Any, looked: Looked) -> Iterator[Any]:
    """The same in a browser of its own, which shares nothing with the first."""
    with _opened(browser, looked) as opened:
        yield opened


@contextmanager
def _opened(browser: Any, looked: Looked) -> Iterator[Any]:
    """An empty page of a new browser; whatever is opened beside it is looked at too."""
    context = browser.new_context(viewport=SIZE, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    context.on("console", lambda message: _note(message, looked))
    context.on("weberror", lambda error: looked.complaints.append(str(error.error)))
    context.on("dialog", lambda dialog: looked.complaints.append(f"dialog: {dialog.message}"))
    context.on("request", lambda request: looked.requests.append(request.url))
    opened = context.new_page()
    yield opened
    own = urlsplit(opened.url).netloc
    context.close()
    assert looked.complaints == []
    assert [each for each in looked.requests if not _is_own(each, own)] == []


def _note(message: Any, looked: Looked) -> None:
    if message.type in ("error", "warning", "assert"):
        looked.complaints.append(f"{message.type}: {message.text}")


def _is_own(address: str, own: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in LOCAL or parts.netloc == own


@pytest.fixture
def shown(page: Any, site: str) -> Any:
    """The page that shows two runs, when it is ready."""
    return ready(page, site)
