"""The app of an exercise: the trainee's page, what it asks, and at the end the debrief and both years to be watched."""

import json
import secrets
from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from analysis.classes import csv_of, result_row
from analysis.debrief import look_back
from analysis.followed import field
from analysis.viewer.desk import state
from analysis.viewer.film import Film, assembled, recorded, shot
from analysis.viewer.server import Refused, application, bounded_json, files, page, static
from analysis.viewer.sittings import Sitting, Sittings, Stale, named
from sim import saves
from sim.errors import RequestError, nearest_name
from sim.labels import LANGUAGES, text
from sim.messages import say
from sim.play import Board, begin, by_key, days
from sim.strategy import Strategy

COOKIE = "xietiao"
KEPT_DEBRIEFS = 8  # of the trainees who asked last: making one runs a year some dozens of times
SPOKEN = ("words.json", "exercise-words.json")
_KEY = 32  # bytes of a cookie
_KEPT_SECONDS = 60 * 24 * 3600  # a browser that was closed finds its game again for two months
_BEGIN, _DECIDE = {"trainee"}, {"count", "choice"}


def exercise_app(sittings: Sittings, lang: str, hosts: Collection[str]) -> ASGIApp:
    """The app of one exercise; ``lang`` is the language it speaks at first, unless the exercise says."""
    held, board, desk = files(), sittings.board, _Desk(sittings)

    async def show(request: Request) -> Response:
        return _known(request, page("exercise.html", held, board.exercise.language or lang, SPOKEN))

    async def watch(request: Request) -> Response:
        return page("watch.html", held, board.exercise.language or lang)

    async def choices(request: Request) -> Response:
        return JSONResponse({"strategies": [], "a": "", "b": None, "replicate": 0, "fixed": True})

    routes = [
        Route("/", show), Route("/watch", watch), static(held), Route("/api/choices", choices),
        Route("/api/state", desk.state), Route("/api/save", desk.save), Route("/api/debrief", desk.debrief),
        Route("/api/film", desk.film), Route("/api/results.json", desk.results_json),
        Route("/api/results.csv", desk.results_csv), Route("/api/begin", desk.begin, methods=["POST"]),
        Route("/api/decide", desk.decide, methods=["POST"]), Route("/api/resume", desk.resume, methods=["POST"]),
        Route("/api/restart", desk.restart, methods=["POST"]),
    ]  # fmt: skip
    return application(routes, hosts, saves.MOST_BYTES)


def _key_of(request: Request) -> str:
    """Whose request it is; empty for a browser that has not been here."""
    key = request.cookies.get(COOKIE, "")
    return key if len(key) == 2 * _KEY and set(key) <= set("0123456789abcdef") else ""


def _known(request: Request, response: Response) -> Response:
    """An answer that has the browser known from now on."""
    if not _key_of(request):
        key = secrets.token_hex(_KEY)
        response.set_cookie(COOKIE, key, max_age=_KEPT_SECONDS, path="/", httponly=True, samesite="strict")
    return response


def _refused(status: int, key: str) -> Refused:
    return Refused(status, *(say(key, lang) for lang in LANGUAGES))


class _Desk:
    """What the trainee's page asks."""

    def __init__(self, sittings: Sittings) -> None:
        self.board, self.sittings = sittings.board, sittings
        self.rivals = lru_cache(1)(lambda: field(self.board))
        self.looked_back = lru_cache(KEPT_DEBRIEFS)(lambda log: look_back(self.board, log, self.rivals()))

    async def state(self, request: Request) -> Response:
        """How the game stands."""
        return await self._answer(request, self.sittings.get)

    async def begin(self, request: Request) -> Response:
        """Begin under a name."""
        trainee = named(_only(await bounded_json(request), _BEGIN))
        return await self._answer(request, lambda key: self.sittings.begin(key, trainee))

    async def decide(self, request: Request) -> Response:
        """Decide."""
        asked = _only(await bounded_json(request), _DECIDE)
        count = asked.get("count")
        if not isinstance(count, int) or isinstance(count, bool):
            raise RequestError("must be a whole number", key="count", got=count)
        return await self._answer(request, lambda key: self.sittings.decide(key, count, asked.get("choice")))

    async def resume(self, request: Request) -> Response:
        """Go on from a save."""
        data = await bounded_json(request, saves.MOST_BYTES)
        return await self._answer(request, lambda key: self.sittings.resume(key, data))

    async def restart(self, request: Request) -> Response:
        """Begin anew."""
        _only(await bounded_json(request), set())
        return await self._answer(request, self.sittings.restart)

    async def save(self, request: Request) -> Response:
        """The game as a file."""
        sitting = await self._sitting(request)
        save = saves.written(saves.saved(self.board.exercise, sitting.trainee, sitting.log))
        name = "-".join(filter(None, (self.board.exercise.name, sitting.trainee)))
        return _file(json.dumps(save, ensure_ascii=False, indent=1), f"{name}.json")

    async def debrief(self, request: Request) -> Response:
        """What came of it."""
        sitting, rival = await self._over(request), self._rival(request)

        def told() -> dict[str, Any]:
            return self.looked_back(sitting.log).told(rival.name if rival else None, sitting.trainee)

        return JSONResponse(await run_in_threadpool(told))

    async def film(self, request: Request) -> Response:
        """The trainee's year beside a rival's."""
        sitting, rival = await self._over(request), self._rival(request)
        return JSONResponse(await run_in_threadpool(_film, self.board, sitting, rival or self.board.exercise.standing))

    async def results_json(self, request: Request) -> Response:
        """The row of a class comparison."""
        row = await self._row(request)
        return _file(json.dumps(row, ensure_ascii=False, indent=1), f"{self.board.exercise.name}-results.json")

    async def results_csv(self, request: Request) -> Response:
        """The same for a spreadsheet."""
        return _file(csv_of([await self._row(request)]), f"{self.board.exercise.name}-results.csv", "text/csv")

    async def _row(self, request: Request) -> dict[str, Any]:
        sitting = await self._over(request)

        def row() -> dict[str, Any]:
            return result_row(self.board, sitting.log, sitting.trainee, self.rivals())

        return await run_in_threadpool(row)

    async def _answer(self, request: Request, change: Callable[[str], Sitting]) -> Response:
        """The state after a change."""
        try:
            sitting = await self._sitting(request, change)
        except Stale:
            raise _refused(409, "gone_on") from None
        return JSONResponse(await run_in_threadpool(state, sitting))

    async def _sitting(self, request: Request, change: Callable[[str], Sitting] | None = None) -> Sitting:
        key = _key_of(request)
        if not key:
            raise _refused(403, "no_cookie")
        return await run_in_threadpool(change or self.sittings.get, key)

    async def _over(self, request: Request) -> Sitting:
        """A game that is over."""
        sitting = await self._sitting(request)
        if not sitting.begun or sitting.game.point is not None:
            raise _refused(409, "not_over")
        return sitting

    def _rival(self, request: Request) -> Strategy | None:
        """The strategy a year is compared with."""
        _only(dict(request.query_params), {"against"})
        name = request.query_params.get("against")
        known = {each.name: each for each in (self.board.exercise.standing, *self.board.exercise.opponents)}
        if name is not None and name not in known:
            near = nearest_name(name, known)
            raise RequestError("no strategy of this name", got=name, allowed=", ".join(known), nearest=near)
        return known[name] if name else None


def _only(data: dict[str, Any], known: set[str]) -> dict[str, Any]:
    """What a page has sent, if it is known."""
    for key in data:
        if key not in known:
            raise RequestError("unknown key", key=key[:80], allowed=", ".join(sorted(known)))
    return data


def _file(content: str, name: str, kind: str = "application/json") -> Response:
    """An answer that the browser keeps as a file, under its name where it understands that (RFC 6266)."""
    told = f"attachment; filename=\"{_plain(name)}\"; filename*=UTF-8''{quote(_kept(name), safe='')}"
    headers = {"Content-Disposition": told}
    return Response(content, media_type=f"{kind}; charset=utf-8", headers=headers)


def _kept(name: str) -> str:
    """A file's name of signs that no system minds."""
    return "".join(sign if sign.isalnum() or sign in "-_." else "_" for sign in name)


def _plain(name: str) -> str:
    """The same, of signs that no header minds either."""
    return "".join(sign if sign.isascii() else "_" for sign in _kept(name))


def _film(board: Board, sitting: Sitting, rival: Strategy) -> Film:
    """Both years on the same world."""
    asked, key = board.exercise, "exercise.year" if sitting.trainee else "exercise.your_year"
    told = {
        "name": "trainee", "title": {lang: text(key, lang, trainee=sitting.trainee) for lang in LANGUAGES},
        "sentence": {lang: text("exercise.your_year.about", lang) for lang in LANGUAGES},
    }  # fmt: skip
    answer = by_key({made.point.key: made.choice for made in sitting.log})
    own = recorded(board.setting, board.template, lambda room: begin(board, room), lambda w: days(board, answer, w))
    runs = [{"strategy": told, **own}, shot(board.setting, board.template, rival)]
    return assembled(asked.plan, board.setting, board.template, runs, asked.plan.seed, asked.replicate)
