"""Compiling the rules the first time: two processes fill the same cache side by side.

One compiles the run, the other what draws a world and measures it; without it, a first run keeps its user waiting for
half as long again.  What only the Mesa driver calls is compiled when it does.  As a script, this is the second process.
"""

import gc
import os
import subprocess
import sys
from collections.abc import Callable
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
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as other:
        gc.disable()  # Numba makes many objects and little garbage: looking for it takes a tenth of the time
        try:
            schedule.run.compile((blank_type(), numba.int64, numba.int64))  # type: ignore[attr-defined]
            other.wait()  # if it has failed, what it was to compile is compiled when it is needed
        except BaseException:
            other.kill()
            raise
        finally:
            gc.enable()


def _cache() -> Path:
    return Path(numba.config.CACHE_DIR)  # type: ignore[attr-defined]


def blank_type() -> Any:
    """Numba's type of a world, found from one of tables that are empty or have one row."""
    grid = np.zeros((1, 1), np.uint64)
    return numba.typeof(World(  # type: ignore[no-untyped-call]
        table(world.ACTOR, 1), table(world.TIE, 1), table(world.PARTNER, 1), table(world.ORGAN, 1),
        table(world.MATTER, 1), table(world.PARTY, 1), table(world.BRIEF, 1), table(world.ACT, 1),
        table(world.LIST, 1), table(world.TICK, 1), np.zeros(1, np.uint8), table(world.DIARY, (1, 1)), grid, grid,
        grid[0], table(world.RULES, 1), table(world.STRATEGY, 1), table(world.MODE, 1), table(world.PROCEDURE, 1),
        table(world.STAGE, 1), table(world.FORCE, (1, 1)), table(world.ROLL, (1, 1)), table(world.MEMBER, 1),
        table(world.EVENT, 1), table(world.TOTALS, 1), np.zeros((1, len(SERIES))),
    ))  # fmt: skip


def main() -> None:
    """The other process: what draws a world, and what measures it."""
    gc.disable()
    engine.draw(prepare(load_scenario("teaching").with_values({"ticks": 1})), 0, 0)
    assess.compile((blank_type(),))  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
