"""What a plan will cost, before it is carried out: runs, time and room on the disk."""

import time
from typing import NamedTuple

from sim.batches import Arm, Task, code, run_task
from sim.plan import Plan

BYTES = 1_600_000  # of a file with few runs; measured
BYTES_PER_RUN = 430  # 44 measures of 8 bytes, key and index; measured, see benchmarks
TRIALS = 3  # points at which a world is tried
SECOND_THREAD = 0.7  # of what a thread adds, since parts of a run hold the interpreter


class Estimate(NamedTuple):
    """What to expect; of pairs, the second is for as many replicates as may be needed."""

    points: int
    strategies: int
    worlds: int  # different settings, each with worlds of its own
    runs: tuple[int, int]
    seconds: tuple[float, float]
    size: tuple[int, int]  # bytes


def estimate(plan: Plan, workers: int) -> Estimate:
    """Try a world at a few points with every strategy, after the rules are compiled, and reckon from that."""
    points, strategies = len(plan.design.points), len(plan.strategies)
    tried = sorted({0, points // 2, points - 1})[:TRIALS]
    _try(plan, tried[0], 1)  # what is loaded once is not counted
    began = time.perf_counter()
    runs = sum(_try(plan, p, strategies) for p in tried)
    each = (time.perf_counter() - began) / runs / (1.0 + SECOND_THREAD * (workers - 1))
    per_point = (plan.until.first if plan.until else plan.replicates, plan.replicates)
    counts = tuple(points * strategies * replicates for replicates in per_point)
    return Estimate(
        points, strategies, int(plan.settings().max(initial=-1)) + 1, (counts[0], counts[1]),
        (counts[0] * each, counts[1] * each), (BYTES + counts[0] * BYTES_PER_RUN, BYTES + counts[1] * BYTES_PER_RUN),
    )  # fmt: skip


def _try(plan: Plan, p: int, strategies: int) -> int:
    """Run some strategies on one world of a point; how many."""
    arms = tuple(Arm(p, s, plan.strategy(p, s).record()) for s in range(strategies))
    values = plan.point(p, of_strategies=False)
    task = Task(
        f"trial of {plan.name}", code(), plan.scenario, plan.seed, (values,), arms, ((0, 0, tuple(range(len(arms)))),),
        False,
    )  # fmt: skip
    run_task(task)
    return len(arms)
