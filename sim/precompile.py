"""Compiling the rules the first time: two processes fill the same cache side by side.

The rules are compiled one by one and then once more together, as the run.  The first part can be shared out; without
it, a first run keeps its user waiting for twice as long.  As a script, this is the second process.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numba
import numpy as np

from sim import engine, schedule, world
from sim.compiled import COMPILES
from sim.measures import SERIES, assess
from sim.scenario import load_scenario
from sim.setting import prepare
from sim.world import World, table

ROOT = Path(__file__).resolve().parent.parent
OURS = ("coordinate", "decide", "execute", "oversee", "finish", "concede", "burst", "withdraw")
THEIRS = ("proceed", "hold", "conclude", "arrive", "reopen")  # as long as the others together


def compiled_before() -> bool:
    """Whether the cache holds the compiled run of this version, or nothing is compiled at all."""
    return not COMPILES or any(_cache().rglob("schedule.run-*.nbi"))


def ensure(tell: Callable[[], None]) -> None:
    """Compile what has not been compiled before, after ``tell`` has said so."""
    if compiled_before():
        return
    tell()
    if (os.cpu_count() or 1) < 2:
        return  # one processor: what is needed is compiled when it is
    environment = {**os.environ, "XIETIAO_CACHE": str(_cache().parent), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "sim.precompile"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as other:
        try:
            _compile(OURS)
            assess.compile((blank_type(),))  # type: ignore[attr-defined]
            assert other.stdout is not None
            other.stdout.readline()  # its rules are in the cache, or it has failed and they will be compiled here
            schedule.run.compile((blank_type(),))  # type: ignore[attr-defined]
            other.wait()
        except BaseException:
            other.kill()
            raise


def _cache() -> Path:
    return Path(numba.config.CACHE_DIR)  # type: ignore[attr-defined]


def _compile(names: Iterable[str]) -> None:
    for name in names:
        getattr(schedule, name).compile((blank_type(), numba.int64, numba.int64))


def blank_type() -> Any:
    """Numba's type of a world, found from one of tables that are empty or have one row."""
    grid = np.zeros((1, 1), np.uint64)
    return numba.typeof(World(  # type: ignore[no-untyped-call]
        table(world.ACTOR, 1), table(world.TIE, 1), table(world.PARTNER, 1), table(world.ORGAN, 1), table(world.MATTER, 1),
        table(world.PARTY, 1), table(world.BRIEF, 1), table(world.ACT, 1), table(world.LIST, 1), table(world.TICK, 1),
        np.zeros(1, np.uint8), table(world.DIARY, (1, 1)), grid, grid, grid[0], table(world.RULES, 1),
        table(world.STRATEGY, 1), table(world.MODE, 1), table(world.PROCEDURE, 1), table(world.STAGE, 1),
        table(world.FORCE, (1, 1)), table(world.ROLL, (1, 1)), table(world.MEMBER, 1), table(world.EVENT, 1),
        table(world.TOTALS, 1), np.zeros((1, len(SERIES))),
    ))  # fmt: skip


def main() -> None:
    """The other process: its share of the rules, a word that they are done, then what draws a world."""
    _compile(THEIRS)
    print("compiled", flush=True)
    engine.draw(prepare(load_scenario("teaching").with_values({"ticks": 1})), 0, 0)


if __name__ == "__main__":
    main()
