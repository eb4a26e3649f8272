"""What sweeps cost beside their runs: keeping them, comparing them, and aggregating a million of them.

Run as a script, ``python3 -m benchmarks.sweeping FOLDER`` aggregates what is stored there once and prints JSON.
"""

import json
import math
import resource
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.figure import Figure, figure
from benchmarks.starting import ROOT, environment

THREADS = 2
ROUNDS = 3
REPLICATES = 15  # of a sweep of 36 points and 3 strategies: a few seconds
TWELVE = (
    "unified-before-meeting", "unified-directive", "adaptive", "unified-before", "unified-during", "unified-after",
    "multi3-before", "multi3-during", "multi3-after", "self-first-before", "committee-before", "tiered-before",
)  # fmt: skip
SHAPE = (500, 20, 100)  # points, strategies, replicates: a million runs
BATCH = 500


def sweeping() -> list[Figure]:
    """The share of a sweep's time that its engine takes, a comparison of twelve, and the tables of a million runs."""
    shares = [_share(turn) for turn in range(ROUNDS)]
    with tempfile.TemporaryDirectory() as folder:
        kept, size = _store(Path(folder))
        found = [_aggregated(folder) for _ in range(ROUNDS)]
    return [
        figure("sweep_rate", "runs/s", [rate for _, rate in shares]),
        figure("sweep_share", "share", [share for share, _ in shares]),
        figure("keep", "us", [kept * 1e6]),
        figure("keep_size", "B", [size]),
        figure("compare_12", "s", [_compared()]),
        figure("aggregate", "s", [each["seconds"] for each in found]),
        figure("aggregate_csv", "s", [each["with_csv"] for each in found]),
        figure("aggregate_memory", "GB", [each["memory"] / 1e9 for each in found]),
    ]


def _share(turn: int) -> tuple[float, float]:
    """How fast a sweep is, kept, beside the bare runs of the same worlds on the same threads; and its rate."""
    from sim import engine
    from sim.experiment import carry_out
    from sim.plan import setting_at
    from sim.setting import prepare
    from sim.sweep import load_sweep

    plan = load_sweep("load")._replace(replicates=REPLICATES, seed=turn)
    base = prepare(plan.scenario)
    records = [strategy.record() for strategy in plan.strategies]

    def bare(point: int) -> None:
        setting = setting_at(base, plan.scenario, plan.point(point, of_strategies=False))
        for replicate in range(REPLICATES):
            world = engine.draw(setting, plan.seed, replicate)
            for record in records:
                engine.run(world, record)

    def swept() -> float:
        with tempfile.TemporaryDirectory() as folder:
            began = perf_counter()
            carry_out(plan, THREADS, Path(folder))
            return perf_counter() - began

    def alone() -> float:
        began = perf_counter()
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(bare, range(len(plan.design.points))))
        return perf_counter() - began

    first, second = (alone, swept) if turn % 2 else (swept, alone)
    times = {each: each() for each in (first, second)}
    runs = len(plan.design.points) * len(records) * REPLICATES
    return times[alone] / times[swept], runs / times[swept]


def _compared() -> float:
    """A user's comparison of twelve strategies on a thousand worlds, with store, tables, figures and report."""
    with tempfile.TemporaryDirectory() as folder:
        words = ["compare", "district", "--strategies", ",".join(TWELVE), "--replicates", "1000"]
        command = [sys.executable, str(ROOT / "run.py"), *words, "--workers", str(THREADS), "--out", folder]
        began = perf_counter()
        subprocess.run(command, env=environment(), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return perf_counter() - began


def _store(folder: Path) -> tuple[float, float]:
    """A store of a million runs of arbitrary numbers, kept as a sweep keeps them: seconds and bytes for each run."""
    from sim.design import Design, Factor
    from sim.measures import NAMES, SERIES_NAMES
    from sim.store import FILE, Batch, Entry, Request, Store

    points, strategies, replicates = SHAPE
    rng = np.random.default_rng(1)
    factors = tuple(Factor(f"rules.factor_{k}", "", "", "", 0.0, 1.0, 0.5) for k in range(5))
    design = Design("latin", factors, rng.random((points, len(factors))))
    entries = tuple(Entry(f"strategy-{s}", "", f"S{s}", f"策略{s}", "unified", "before") for s in range(strategies))
    origin = {"scenario": {}, "strategies": [], "source": ""}
    request = Request(
        "million", "million", "", "A million", "一百万", "?", "？", 1, "", "", entries, entries[0].name, design,
        replicates, origin,
    )  # fmt: skip
    none, series = np.empty(0, np.int64), np.empty((0, 1, len(SERIES_NAMES)))
    spent = 0.0
    with Store(folder, request, np.array([9])) as store:
        for p in range(points):
            values = rng.normal(10.0, 3.0, (strategies * replicates, len(NAMES)))
            for first in range(0, len(values), BATCH):
                s, r = np.divmod(np.arange(first, first + BATCH), replicates)
                part = values[first : first + BATCH]
                batch = Batch(np.full(BATCH, p), s, r, part, none, series, (), 0.0)
                began = perf_counter()
                store.add(batch)
                spent += perf_counter() - began
    runs = math.prod(SHAPE)
    return spent / runs, (folder / FILE).stat().st_size / runs


def _aggregated(folder: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.sweeping", folder]
    done = subprocess.run(command, cwd=ROOT, env=environment(), check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def main(folder: Path) -> None:
    """Means and paired differences of every measure at every point, as frames; then once more with all tables."""
    from analysis.response import sweep_frames, write_sweep_tables
    from sim.kept import load_swept

    began = perf_counter()
    rows = sum(map(len, sweep_frames(load_swept(folder))))
    seconds = perf_counter() - began
    began = perf_counter()
    write_sweep_tables(load_swept(folder), folder)
    with_csv = perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(json.dumps({"rows": rows, "seconds": seconds, "with_csv": with_csv, "memory": memory}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
