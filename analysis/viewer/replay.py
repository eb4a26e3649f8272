"""A run that a result folder holds, made again from its seed, and compared with what is kept there, bit for bit.

The folder keeps what was asked, and from that the plan of the experiment is made again as the program itself does
when it continues one; a run kept in it is a strategy at a point of this plan on one of its worlds.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.intervals import Floats
from sim import engine
from sim.batches import code
from sim.errors import RequestError, nearest_name
from sim.kept import OpenStore, load_request, opened
from sim.labels import LANGUAGES, said, text
from sim.measures import MEASURES, NAMES, Measure
from sim.plan import Plan, remade
from sim.scenario import Scenario
from sim.setting import prepare
from sim.store import FILE
from sim.strategy import Strategy


class Stored(NamedTuple):
    """Runs of one world that a result folder holds: all it takes to make them again, and what that has shown."""

    scenario: Scenario  # as it is at the point
    strategies: tuple[Strategy, ...]  # the same
    seed: int
    replicate: int
    note: dict[str, str]  # in each language: whether the runs made again are those that are kept


def stored(folder: Path, point: int | None, strategies: Sequence[str], replicate: int) -> Stored:
    """The runs of ``strategies``, by name, at a point of the design of ``folder``, numbered from 0 as in its tables.

    Without a ``point`` the only one is meant.  ``RequestError`` for what the folder does not hold.
    """
    plan, made_by = _plan(folder)
    with opened(folder) as file:
        _, counts = file.design()
        p = _place(point, len(counts))
        _check_replicate(replicate, int(counts[p]))
        places = [_strategy(name, plan) for name in strategies]
        kept = [_kept(file, p, plan.strategies[s].name, replicate) for s in places]
    values = dict(plan.point(p, of_strategies=False))
    scenario = plan.scenario.with_values(values) if values else plan.scenario
    chosen = tuple(plan.strategy(p, s) for s in places)
    template = engine.draw(prepare(scenario), plan.seed, replicate)
    again = [engine.run(template, each.record()).measures for each in chosen]
    unlike = [
        (strategy, [MEASURES[m] for m in np.flatnonzero(~same(*pair))])
        for strategy, *pair in zip(chosen, kept, again, strict=True)
    ]
    return Stored(scenario, chosen, plan.seed, replicate, _note(unlike, made_by))


def same(one: Floats, other: Floats) -> NDArray[np.bool_]:
    """Which numbers have the same bits, where one NaN is as good as another."""
    return np.asarray((one.view(np.int64) == other.view(np.int64)) | (np.isnan(one) & np.isnan(other)))


def _plan(folder: Path) -> tuple[Plan, str]:
    """What was last asked of a folder, and which version of the program has run it."""
    request, _ = load_request(folder)
    try:
        return remade(request), request.code
    except (KeyError, TypeError, ValueError) as error:
        what = "cannot be made again: it is damaged, or of a version that this one does not understand"
        raise RequestError(what, where=str(folder / FILE)) from error


def _place(point: int | None, points: int) -> int:
    """The row of a point."""
    allowed = f"from 0 to {points - 1}"
    if point is None and points == 1:
        return 0
    if point is None:
        raise RequestError("the folder holds several points", key="--point", allowed=allowed)
    if not 0 <= point < points:
        raise RequestError("no point of this number", key="--point", got=point, allowed=allowed)
    return point


def _check_replicate(replicate: int, count: int) -> None:
    """Refuse a world that was not asked for."""
    if not 0 <= replicate < count:
        allowed = f"from 0 to {count - 1}" if count else ""
        what = "no run on a world of this number is kept"
        raise RequestError(what, key="--replicate", got=replicate, allowed=allowed)


def _strategy(name: str, plan: Plan) -> int:
    """The row of a strategy."""
    known = [each.name for each in plan.strategies]
    if name not in known:
        allowed, near = ", ".join(known), nearest_name(name, known)
        raise RequestError("no strategy of this name", key="--strategies", got=name, allowed=allowed, nearest=near)
    return known.index(name)


def _kept(file: OpenStore, point: int, strategy: str, replicate: int) -> Floats:
    """The measures that are kept of a run, shape (M,)."""
    run = [point, strategy, replicate]
    where = "WHERE point = ? AND strategy = ? AND replicate = ?"
    listed = ", ".join(f'"{name}"' for name in NAMES)
    found = file.connection.execute(f"SELECT {listed} FROM runs {where}", run).fetchone()
    if found is not None:
        return np.array(found, dtype=np.float64)
    got = "point {}, {}, replicate {}".format(*run)
    failed = file.connection.execute(f"SELECT error FROM failures {where}", run).fetchone()
    if failed:
        raise RequestError(f"this run has failed: {failed[0]}", got=got)
    raise RequestError("this run has not been made yet", got=got, allowed="the same command again, which continues")


def _note(unlike: Sequence[tuple[Strategy, Sequence[Measure]]], made_by: str) -> dict[str, str]:
    """What the comparison has shown, in each language."""
    different = any(measures for _, measures in unlike)
    key = ("unlike" if made_by == code() else "other_code") if different else "same"
    return {
        lang: text(f"replay.{key}", lang, kept=made_by, now=code(), runs=_listed(unlike, lang)) for lang in LANGUAGES
    }  # fmt: skip


def _listed(unlike: Sequence[tuple[Strategy, Sequence[Measure]]], lang: str) -> str:
    """The measures that differ, by strategy."""
    (comma, semicolon, colon) = (", ", "; ", ": ") if lang == "en" else ("、", "；", "：")
    return semicolon.join(
        f"{strategy.label(lang)}{colon}{comma.join(said(measure, lang) for measure in measures)}"
        for strategy, measures in unlike
        if measures
    )
