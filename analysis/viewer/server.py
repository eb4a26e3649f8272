"""Pages served to a browser: what all of them share.

Every answer carries the same headers, and every refusal is JSON in both languages.  A page's own scripts and styles
are all it may load.  Only requests addressed to where the server is bound are answered: a page of another site that
has its name resolve to this machine (DNS rebinding) reads nothing.
"""

import json
import math
from collections.abc import Collection, Sequence
from importlib import resources
from ipaddress import ip_address
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sim.errors import RequestError
from sim.messages import LANGUAGES, explain, say

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
MOST_BYTES = 256 * 1024  # of what a page sends
MOST_ADDRESS = 2048  # path and query
MOST_HEADERS = 16 * 1024
MOST_SAID = 2000  # signs of a refusal, which quotes what it refuses
EVERY_ADDRESS = ("0.0.0.0", "::")
KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
_BY_STATUS = {404: "no_page", 405: "no_method"}


class Refused(Exception):
    """What a page asks cannot be done: a status, and why, in both languages."""

    def __init__(self, status: int, en: str, zh: str) -> None:
        self.status, self.en, self.zh = status, en, zh
        super().__init__(en)


def problem(status: int, en: str, zh: str) -> JSONResponse:
    """A refusal as a page gets it."""
    return JSONResponse({"error": {"en": en, "zh": zh}}, status)


def application(routes: Sequence[BaseRoute], hosts: Collection[str], most: int = MOST_BYTES) -> ASGIApp:
    """The app of some routes, addressed as one of ``hosts``; if one is EVERY_ADDRESS, by any address in digits too.

    No page may send it more than ``most`` bytes.
    """
    app = Starlette(
        routes=routes,
        exception_handlers={Refused: _refuse, RequestError: _explain, HTTPException: _of_status, Exception: _own_up},
    )
    app.router.redirect_slashes = False
    return _Guard(app, hosts, most)


class _Guard:
    """In front of an app: turns away what none of our pages asks, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp, hosts: Collection[str], most: int) -> None:
        self.app, self.hosts, self.most = app, frozenset(host.lower() for host in hosts), most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        answer = self._refusal(scope) if scope["type"] == "http" else None
        await (answer or self.app)(scope, receive, headed)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if not self._is_ours(headers.get("host", "")):
            return _said(400, "no_host")
        if len(scope["path"]) + len(scope["query_string"]) > MOST_ADDRESS:
            return _said(414, "long_address")
        if sum(len(key) + len(value) for key, value in headers.raw) > MOST_HEADERS:
            return _said(431, "too_much")
        if _length(headers) > self.most:
            return _said(413, "too_much")
        return _refused_post(headers, scope["scheme"]) if scope["method"] == "POST" else None

    def _is_ours(self, host: str) -> bool:
        name = _without_port(host.lower())
        return name in self.hosts or (not self.hosts.isdisjoint(EVERY_ADDRESS) and _in_digits(name))


def _refused_post(headers: Headers, scheme: str) -> Response | None:
    if headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        return _said(415, "not_json")
    own = f"{scheme}://{headers['host']}".lower()
    return None if all(origin.lower() == own for origin in headers.getlist("origin")) else _said(403, "foreign")


def _without_port(host: str) -> str:
    """``localhost`` of ``localhost:8000``, ``::1`` of ``[::1]:8000``."""
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]


def _in_digits(name: str) -> bool:
    """Whether a host is named by its address, as no page of another site can be."""
    try:
        return bool(ip_address(name))
    except ValueError:
        return False


def _length(headers: Headers) -> float:
    told = headers.get("content-length", "0")
    return int(told) if told.isdecimal() and len(told) < 20 else math.inf


async def bounded_json(request: Request, most: int = MOST_BYTES) -> dict[str, Any]:
    """The object that a page has sent; ``Refused`` if it is longer than ``most`` bytes, or no JSON object."""
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > most:
            raise _refused(413, "too_much")
    try:
        found = json.loads(content, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise _refused(400, "bad_json") from error
    if not isinstance(found, dict):
        raise _refused(400, "bad_json")
    return found


def _no_number(word: str) -> float:
    raise ValueError(word)


def _both(key: str) -> tuple[str, ...]:
    return tuple(say(key, lang) for lang in LANGUAGES)


def _said(status: int, key: str) -> JSONResponse:
    return problem(status, *_both(key))


def _refused(status: int, key: str) -> Refused:
    return Refused(status, *_both(key))


async def _refuse(request: Request, error: Any) -> Response:
    return problem(error.status, error.en, error.zh)


async def _explain(request: Request, error: Any) -> Response:
    told = (explain(error, lang).removeprefix(say("error", lang)) for lang in LANGUAGES)
    return problem(400, *(each[:MOST_SAID] for each in told))


async def _of_status(request: Request, error: Any) -> Response:
    answer = _said(error.status_code, _BY_STATUS.get(error.status_code, "bad_request"))
    answer.headers.update(error.headers or {})
    return answer


async def _own_up(request: Request, error: Exception) -> Response:
    """A defect: the traceback goes to the terminal, not to the page."""
    return _said(500, "page_defect")


def files() -> dict[str, bytes]:
    """The pages' files by name."""
    return {path.name: path.read_bytes() for path in (resources.files("analysis.viewer") / "pages").iterdir()}


def page(name: str, held: dict[str, bytes], lang: str, spoken: Sequence[str] = ("words.json",)) -> Response:
    """One of the pages with the words it speaks, of files ``spoken``; ``lang`` is the language it speaks at first."""
    known = {key: words for each in spoken for key, words in json.loads(held[each]).items()}
    words = json.dumps(known, ensure_ascii=False).replace("<", "\\u003c")
    text = held[name].decode()
    text = text.replace('id="words">', f'id="words">{words}').replace('<html lang="en"', f'<html lang="{lang}"')
    return Response(text, media_type="text/html; charset=utf-8")


def static(held: dict[str, bytes]) -> Route:
    """Scripts and styles: these files and no others."""
    known = {name: content for name, content in held.items() if _kind(name)}

    async def give(request: Request) -> Response:
        name = request.path_params["file"]
        if name not in known:
            raise HTTPException(404)
        return Response(known[name], media_type=_kind(name))

    return Route("/static/{file}", give)


def _kind(name: str) -> str | None:
    return KINDS.get(name[name.rfind(".") :])
