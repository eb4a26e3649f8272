"""What size costs: one very large world in a process of its own, and worlds from a hundred to sixty thousand actors.

Run as a script, ``python3 -m benchmarks.size`` takes the large world from file to measures once and prints JSON.
"""

import json
import resource
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from benchmarks.figure import Figure, Size, figure
from benchmarks.starting import ROOT, environment

if TYPE_CHECKING:
    from sim.world import World

LARGE = ROOT / "scenarios" / "cases" / "large.toml"
REPEATS = 3
SIZES = ((2, 60), (10, 12), (103, 4), (1034, 1))  # organs, repetitions
MILLION = 17_250  # organs


class Large(NamedTuple):
    """Counts, seconds and bytes of one run of the large world."""

    actors: int
    matters: int
    build: float
    draw: float
    run: float
    assess: float
    memory: int

    @property
    def seconds(self) -> float:
        """From the scenario, read, to measures."""
        return self.build + self.draw + self.run + self.assess


def large() -> list[Figure]:
    """The large world, each time in a new process: loading Python and compiled rules is not counted, memory is."""
    found = [_large_process() for _ in range(REPEATS)]
    return [
        figure("large_actors", "", [found[0].actors]),
        figure("large_matters", "", [found[0].matters]),
        figure("large_time", "s", [each.seconds for each in found]),
        figure("large_build", "s", [each.build for each in found]),
        figure("large_draw", "s", [each.draw for each in found]),
        figure("large_run", "s", [each.run for each in found]),
        figure("large_memory", "GB", [each.memory / 1e9 for each in found]),
    ]


def million() -> list[Figure]:
    """The same organ repeated until there are a million actors, once."""
    found = _large_process(MILLION)
    return [
        figure("large_actors", "", [found.actors]),
        figure("large_matters", "", [found.matters]),
        figure("million_time", "s", [found.seconds]),
        figure("large_build", "s", [found.build]),
        figure("large_draw", "s", [found.draw]),
        figure("large_run", "s", [found.run]),
        figure("million_memory", "GB", [found.memory / 1e9]),
    ]


def scaling() -> list[Size]:
    """The district's organ 2, 10, 103 and 1,034 times, under its baseline strategy and load."""
    from sim import engine
    from sim.measures import assess
    from sim.scenario import load_scenario
    from sim.setting import prepare

    district = load_scenario("district")
    record = district.load_strategy(district.baseline).record()
    sizes = []
    for organs, repeats in SIZES:
        setting = prepare(district.with_values({"organisation.organs": organs}))
        laps, active = [], []
        for replicate in range(repeats):
            times = [perf_counter()]
            world = engine.draw(setting, district.seed, replicate)
            times.append(perf_counter())
            world = engine.simulate(world, record, consume=True)
            times.append(perf_counter())
            assess(world)
            times.append(perf_counter())
            active.append(1e9 * (times[2] - times[1]) / _party_ticks(world))
            laps.append([1e6 * seconds / len(world.matters) for seconds in _laps(times)])
        draw, run, measure = (median(column) for column in zip(*laps, strict=True))
        sizes.append(Size(len(world.actors), len(world.matters), draw, run, measure, median(active)))
    return sizes


def _party_ticks(world: "World") -> int:
    """Half-days for which parties had a matter under way, over all of them."""
    from sim.world import CLOSED

    matters = world.matters
    end = np.where(matters.life >= CLOSED, matters.closed, world.totals[0].horizon)
    return int((matters.parties * np.maximum(end - matters.arrival, 1)).sum())


def _large_process(organs: int = 0) -> Large:
    command = [sys.executable, "-m", "benchmarks.size", *([str(organs)] if organs else [])]
    done = subprocess.run(command, cwd=ROOT, env=environment(), check=True, stdout=subprocess.PIPE, text=True)
    return Large(**json.loads(done.stdout))


def _large_once(organs: int = 0) -> Large:
    """The large world in this process, with its own number of organs or another."""
    from sim import engine
    from sim.measures import assess
    from sim.scenario import load_scenario
    from sim.setting import prepare

    scenario, district = load_scenario(LARGE), load_scenario("district")
    if organs:
        scenario = scenario.with_values({"organisation.organs": organs})
    record = scenario.load_strategy(scenario.baseline).record()
    small = prepare(district.with_values({"ticks": 1}))
    assess(engine.simulate(engine.draw(small, 0, 0), record))  # loads the compiled rules
    times = [perf_counter()]
    setting = prepare(scenario)
    times.append(perf_counter())
    world = engine.draw(setting, scenario.seed, 0)
    times.append(perf_counter())
    world = engine.simulate(world, record, consume=True)
    times.append(perf_counter())
    assess(world)
    times.append(perf_counter())
    build, draw, run, measure = _laps(times)
    return Large(len(world.actors), len(world.matters), build, draw, run, measure, peak_memory())


def _laps(times: list[float]) -> list[float]:
    return [end - begin for begin, end in pairwise(times)]


def peak_memory() -> int:
    """The most bytes this process has had in memory.

    Linux counts a parent's pages in a child's ``ru_maxrss``, so what it says of the process itself is preferred.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    print(json.dumps(_large_once(*map(int, sys.argv[1:]))._asdict()))
