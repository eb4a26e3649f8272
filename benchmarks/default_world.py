"""The default world: throughput, and the compiled run against the plain-Mesa twin and the Mesa driver."""

import math
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.figure import Figure, figure
from sim import engine, experiment
from sim.batches import Arm, Task, code, run_task
from sim.measures import NAMES
from sim.scenario import load_scenario
from sim.setting import prepare

SCENARIO = "district"
SEED = 1
THREADS = 2
ROUNDS = 7  # of throughput
WORLDS = 12  # a round: a second or so
AROUND = 5  # compiled runs before, and as many after, a run of the twin


def warm() -> None:
    """Compile or load the rules."""
    scenario = load_scenario(SCENARIO)
    record = scenario.load_strategy(scenario.baseline).record()
    engine.run(engine.draw(prepare(scenario), SEED, 0), record)


def throughput() -> list[Figure]:
    """Runs per second of all default strategies on paired worlds: drawing, running, measuring.

    Worlds go to the threads one by one, as in an experiment; one thread and two take turns.
    """
    scenario = load_scenario(SCENARIO)
    arms = tuple(Arm(0, s, scenario.load_strategy(name).record()) for s, name in enumerate(scenario.strategies))
    every = tuple(range(len(arms)))

    def batch(world: int) -> int:
        task = Task(SCENARIO, code(), scenario, SEED, ((),), arms, ((0, world, every),), True)
        return len(run_task(task).replicate)

    rates: dict[int, list[float]] = {1: [], THREADS: []}
    with ThreadPoolExecutor(1) as one, ThreadPoolExecutor(THREADS) as several:
        for turn in range(ROUNDS):
            for threads, pool in ((1, one), (THREADS, several)):
                began = perf_counter()
                runs = sum(pool.map(batch, range(turn * WORLDS, (turn + 1) * WORLDS)))
                rates[threads].append(runs / (perf_counter() - began))
    return [
        figure("rate_2", "runs/s", rates[THREADS]),
        figure("rate_1", "runs/s", rates[1]),
        figure("rate_compare", "runs/s", [_compared() for _ in range(3)]),
    ]


def _compared() -> float:
    """The rate that a user of ``compare`` sees, writing the results included."""
    scenario = load_scenario(SCENARIO)
    strategies = tuple(scenario.load_strategy(name) for name in scenario.strategies)
    with tempfile.TemporaryDirectory() as folder:
        tally = experiment.compare(scenario, strategies, 4 * WORLDS, SEED, THREADS, Path(folder) / "results")
    return tally.rate or math.nan


def twin() -> list[Figure]:
    """From the same drawn world to the same measures, compiled and by the twin, for every default strategy.

    A sample is one strategy on a world of its own: one run of the twin between compiled runs, whose median it is
    divided by.
    """
    from tests.reference.twin import Twin

    scenario = load_scenario(SCENARIO)
    setting = prepare(scenario)
    compiled, plain, gaps = [], [], []
    for world, name in enumerate(scenario.strategies):
        record, template = scenario.load_strategy(name).record(), engine.draw(setting, SEED, world)
        times, measures = _compiled_runs(template, record)
        began = perf_counter()
        model = Twin(template, record)
        model.run()
        found = model.measures()
        plain.append(perf_counter() - began)
        compiled.append(median(times + _compiled_runs(template, record)[0]))
        gaps.append(gap(measures, [found[each] for each in NAMES]))
    return [
        figure("twin_ratio", "x", [slow / fast for slow, fast in zip(plain, compiled, strict=True)]),
        figure("twin_compiled", "ms", [1e3 * seconds for seconds in compiled]),
        figure("twin_plain", "ms", [1e3 * seconds for seconds in plain]),
        figure("twin_gap", "", [max(gaps)]),
    ]


def mesa() -> list[Figure]:
    """The Mesa driver's run, agent by agent with the same compiled rules, against the compiled run."""
    from sim.model import CoordinationModel

    scenario = load_scenario(SCENARIO)
    record = scenario.load_strategy(scenario.baseline).record()
    CoordinationModel("teaching", scenario.baseline).step()  # loads what only Python calls
    steps, ratios, gaps = [], [], []
    for world in range(3):
        model = CoordinationModel(scenario, scenario.baseline, rng=SEED, replicate=world)
        began = perf_counter()
        while model.running:
            model.step()
        steps.append(perf_counter() - began)
        times, measures = _compiled_runs(engine.draw(model.setting, SEED, world), record)
        ratios.append(steps[-1] / median(times))
        gaps.append(gap(measures, list(model.measures().values())))
    return [
        figure("mesa_steps", "s", steps),
        figure("mesa_ratio", "x", ratios),
        figure("mesa_gap", "", [max(gaps)]),
    ]


def _compiled_runs(template: Any, record: Any) -> tuple[list[float], list[float]]:
    """Seconds of ``AROUND`` compiled runs, and the measures."""
    times, measures = [], []
    for _ in range(AROUND):
        began = perf_counter()
        measures = engine.run(template, record).measures.tolist()
        times.append(perf_counter() - began)
    return times, measures


def gap(one: Sequence[float], other: Sequence[float]) -> float:
    """The largest difference; infinite where only one has a value."""
    worst = 0.0
    for a, b in zip(one, other, strict=True):
        if math.isnan(a) != math.isnan(b):
            return math.inf
        if not math.isnan(a):
            worst = max(worst, abs(a - b))
    return worst
