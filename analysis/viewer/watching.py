"""The app that shows runs: which may be asked for, and the films kept for who asks again."""

import gzip
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from analysis.viewer.film import Film, filmed
from analysis.viewer.replay import stored
from analysis.viewer.server import application, files, page, static
from sim.errors import RequestError, nearest_name
from sim.kept import load_request
from sim.plan import remade
from sim.scenario import Scenario
from sim.strategy import Strategy, load_strategy, strategy_names

Names = tuple[str, ...]  # of one or two strategies

KEPT = 4  # films, the last asked for
ONE_OR_TWO = "one strategy, or two that differ"
MOST_REPLICATE = 2**31 - 1


class Choices(NamedTuple):
    """What a page may show: one or two of some strategies, on a world by number."""

    strategies: tuple[Strategy, ...]
    shown: Names  # at first
    replicate: int  # at first
    film: Callable[[Names, int], Film]


def of_scenario(scenario: Scenario, chosen: Sequence[str], replicate: int) -> Choices:
    """A scenario's runs: at first by the strategies chosen, else by its baseline and another; then by any that fits.

    Names, or paths of strategy files relative to the scenario's own.
    """
    shipped = {each.name: each for each in map(load_strategy, strategy_names()) if _fits(each, scenario)}
    written = {scenario.load_strategy(name).name: name for name in (*scenario.strategies, *chosen)}
    known = {name: scenario.load_strategy(written.get(name, name)) for name in {**written, **shipped}}

    def film(names: Names, replicate: int) -> Film:
        asked = tuple(written.get(name, name) for name in names)
        compared = scenario.model_copy(update={"strategies": asked, "baseline": asked[0]})
        return filmed(compared, [known[name] for name in names], scenario.seed, replicate)

    own = tuple(scenario.load_strategy(name).name for name in chosen or scenario.strategies)
    shown = own if chosen else _first_two(own, scenario.load_strategy(scenario.baseline).name)
    return Choices(tuple(known.values()), _at_most_two(shown), replicate, film)


def _fits(strategy: Strategy, scenario: Scenario) -> bool:
    """Whether the office has the coordinators a strategy needs; of an organisation from files, the run will say."""
    return strategy.hosts_needed <= scenario.organisation.coordinators or bool(scenario.organisation_files())


def of_folder(folder: Path, point: int | None, names: Names | None, replicate: int) -> Choices:
    """The runs that a result folder holds, at a point of its design; made again, and compared with what is stored."""
    plan = remade(load_request(folder)[0])

    def film(names: Names, replicate: int) -> Film:
        run = stored(folder, point, names, replicate)
        return filmed(run.scenario, run.strategies, run.seed, run.replicate, run.note)

    shown = names if names is not None else _first_two(tuple(each.name for each in plan.strategies), plan.baseline)
    return Choices(plan.strategies, _at_most_two(shown), replicate, film)


def _at_most_two(names: Names) -> Names:
    if 1 <= len(names) <= 2:
        return names
    raise RequestError(
        "only two can be watched side by side", key="--strategies", got=",".join(names), allowed=ONE_OR_TWO
    )


def _first_two(names: Names, baseline: str) -> Names:
    """The baseline, and the first other one if there is one."""
    return baseline, *[name for name in names if name != baseline][:1]


class Films:
    """Films by what they show, packed once; made one after the other, and the last few kept.

    May be asked by many threads at once: who asks for what is being made waits for it.
    """

    def __init__(self, make: Callable[[Names, int], Film]) -> None:
        self._make = make
        self._making, self._looking = threading.Lock(), threading.Lock()
        self._kept: OrderedDict[tuple[Names, int], Future[bytes]] = OrderedDict()

    def packed(self, names: Names, replicate: int) -> bytes:
        """The film's JSON, compressed; raises what making it raises, and is then made anew the next time."""
        key = names, replicate
        with self._looking:
            found = self._kept.pop(key, None)
            film = self._kept[key] = found or Future()
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        if found is None:
            self._fill(film, key)
        return film.result()

    def _fill(self, film: "Future[bytes]", key: tuple[Names, int]) -> None:
        try:
            with self._making:
                content = json.dumps(self._make(*key), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
            film.set_result(gzip.compress(content.encode(), mtime=0))
        except BaseException as error:
            with self._looking:
                if self._kept.get(key) is film:
                    del self._kept[key]
            film.set_exception(error)


def watch_app(choices: Choices, lang: str, hosts: Collection[str]) -> ASGIApp:
    """The app that shows runs: the page, its files, what may be chosen, and films.

    What is shown at first is made before anybody asks: ``RequestError`` if it cannot be.
    """
    held, films = files(), Films(choices.film)
    films.packed(choices.shown, choices.replicate)
    told = {
        "strategies": [
            {"name": each.name, "title": each.title.model_dump(), "sentence": each.sentence.model_dump()}
            for each in choices.strategies
        ],
        "a": choices.shown[0],
        "b": choices.shown[1] if len(choices.shown) > 1 else None,
        "replicate": choices.replicate,
        "fixed": False,
    }

    async def show(request: Request) -> Response:
        return page("watch.html", held, lang)

    async def choose(request: Request) -> Response:
        return JSONResponse(told)

    def film(request: Request) -> Response:  # no coroutine: it is run in a thread
        packed = films.packed(*asked(request, choices))
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(gzip.decompress(packed), media_type="application/json")
        return Response(packed, media_type="application/json", headers={"Content-Encoding": "gzip"})

    routes = [Route("/", show), static(held), Route("/api/choices", choose), Route("/api/film", film)]
    return application(routes, hosts)


def asked(request: Request, choices: Choices) -> tuple[Names, int]:
    """Which film a request means: without strategies, those shown at first; ``RequestError`` if there is none such."""
    given = _query(request, ("a", "b", "replicate"))
    names = choices.shown
    if "a" in given or "b" in given:
        names = tuple(name for name in (given.get("a", choices.shown[0]), given.get("b", "")) if name)
    known = [each.name for each in choices.strategies]
    for name in names:
        if name not in known:
            raise RequestError(
                "no strategy of this name", got=name, allowed=", ".join(known), nearest=nearest_name(name, known)
            )
    if not names or len(set(names)) < len(names):
        raise RequestError("cannot be shown together", got=",".join(names), allowed=ONE_OR_TWO)
    replicate = _whole(given.get("replicate", str(choices.replicate)))
    return names, replicate


def _query(request: Request, known: Sequence[str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for key, value in request.query_params.multi_items():
        if key not in known or key in given:
            raise RequestError("is not known", key=key, allowed=", ".join(known), nearest=nearest_name(key, known))
        given[key] = value
    return given


def _whole(word: str) -> int:
    """A world's number; ``RequestError`` if it is none."""
    if word.isascii() and word.isdecimal() and len(word) <= 10 and int(word) <= MOST_REPLICATE:
        return int(word)
    raise RequestError("must be a whole number", key="replicate", got=word, allowed=f"0..{MOST_REPLICATE}")
