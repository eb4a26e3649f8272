"""Many runs at once: our runner against Mesa's own ``batch_run`` on the plain-Mesa twin."""

import functools
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

import mesa
from mesa.batchrunner import batch_run

from benchmarks.default_world import SCENARIO, SEED, gap
from benchmarks.figure import Figure, figure
from sim import engine, experiment
from sim.kept import load_results
from sim.measures import NAMES
from sim.scenario import Scenario, load_scenario
from sim.setting import Setting, prepare
from tests.reference.twin import Twin

ROUNDS = 3
WORLDS = 4  # a round, with every default strategy on each
AROUND = 3  # times by our runner before, and as often after, Mesa's

Found = dict[tuple[str, int], Sequence[float]]  # measures by strategy and replicate


class Plain(Twin):
    """The twin as ``batch_run`` wants a model: made by keyword, collecting, and no longer running at the end."""

    def __init__(self, strategy: str, drawn_from: int, replicate: int, rng: None = None) -> None:
        """``drawn_from`` is the seed of the world; ``rng`` is what Mesa 3.5 passes on whether it is given or not."""
        scenario, setting = _asked()
        super().__init__(engine.draw(setting, drawn_from, replicate), scenario.load_strategy(strategy).record())
        # Measured at the end only; collected at every step, because Mesa 3.3 looks values up by the step's number.
        self.datacollector = mesa.DataCollector({"found": lambda model: {} if model.running else model.measures()})

    def step(self) -> None:
        """One tick."""
        super().step()
        self.running = self.tick < self.horizon
        self.datacollector.collect(self)


def batches() -> list[Figure]:
    """The default strategies on the same worlds, from names to measures, by both runners, on one thread.

    A sample is a round: Mesa's time, between runs of ours, divided by the median of ours, which writes the results to
    disk besides.
    """
    ours, mesas, gaps = [], [], []
    for seed in range(SEED, SEED + ROUNDS):
        before = [_ours(seed) for _ in range(AROUND)]
        seconds, found = _mesas(seed)
        after = [_ours(seed) for _ in range(AROUND)]
        ours.append(median(each[0] for each in (*before, *after)))
        mesas.append(seconds)
        gaps += [gap(values, found[run]) for run, values in after[-1][1].items()]
    runs = len(found)
    return [
        figure("batch_ratio", "x", [slow / fast for slow, fast in zip(mesas, ours, strict=True)]),
        figure("batch_ours", "runs/s", [runs / seconds for seconds in ours]),
        figure("batch_mesa", "runs/s", [runs / seconds for seconds in mesas]),
        figure("batch_gap", "", [max(gaps)]),
    ]


@functools.cache
def _asked() -> tuple[Scenario, Setting]:
    scenario = load_scenario(SCENARIO)
    return scenario, prepare(scenario)


def _ours(seed: int) -> tuple[float, Found]:
    """Seconds of a comparison on one thread, kept in a folder, and the measures of each run."""
    scenario, _ = _asked()
    strategies = tuple(scenario.load_strategy(name) for name in scenario.strategies)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "results"
        began = perf_counter()
        experiment.compare(scenario, strategies, WORLDS, seed, 1, folder)
        seconds = perf_counter() - began
        results = load_results(folder)
    cells = ((s, replicate) for s in range(len(strategies)) for replicate in range(WORLDS))
    return seconds, {(results.strategies[s], replicate): results.values[s, replicate] for s, replicate in cells}


def _mesas(seed: int) -> tuple[float, Found]:
    """The same by ``batch_run`` in one process."""
    names = list(_asked()[0].strategies)
    parameters = {"strategy": names, "drawn_from": seed, "replicate": range(WORLDS)}
    began = perf_counter()
    rows = batch_run(Plain, parameters=parameters, display_progress=False)
    seconds = perf_counter() - began
    return seconds, {(row["strategy"], row["replicate"]): [row["found"][name] for name in NAMES] for row in rows}
