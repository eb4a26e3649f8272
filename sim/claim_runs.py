"""Carrying out the experiments of claims, one after the other, as one piece of work with one progress and resume."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from sim.claim_plans import Trial, folder_of
from sim.experiment import Interrupted, Lost, Tally, carry_out
from sim.progress import Progress

Told = Callable[[Progress], None]
_NOTHING = Tally(0, 0, 0, 0, 0.0, 0.0, 0.0)


def carry_out_all(
    trials: Sequence[Trial],
    workers: int,
    out: Path,
    report: Told = lambda progress: None,
    record: Callable[[Trial, Tally], None] = lambda trial, tally: None,
) -> Tally:
    """Run what is missing of every trial below ``out``; ``record`` is told of each that is complete.

    Raises what ``sim.experiment.carry_out`` raises; what an interruption leaves is of all trials together.
    """
    wanted = sum(len(each.plan.design.points) * len(each.plan.strategies) * each.plan.replicates for each in trials)
    so_far = _NOTHING._replace(wanted=wanted)
    began = time.perf_counter()
    for trial in trials:
        before = so_far

        def told(now: Progress, before: Tally = before) -> None:
            seconds = time.perf_counter() - began
            report(Progress(wanted, before.kept + now.kept, before.ran + now.ran, before.failed + now.failed, seconds))

        try:
            tally = carry_out(trial.plan, workers, folder_of(out, trial), told)
        except Interrupted as stop:
            kind = Lost if isinstance(stop, Lost) else Interrupted
            raise kind(_sum(before, stop.tally)) from stop
        so_far = _sum(before, tally)
        record(trial, tally)
    return so_far._replace(wall_seconds=time.perf_counter() - began)


def _sum(first: Tally, second: Tally) -> Tally:
    """Two pieces of work as one of the size of the first."""
    return Tally(
        first.wanted, first.kept + second.kept, first.ran + second.ran, first.failed + second.failed,
        first.prepare_seconds + second.prepare_seconds, first.wall_seconds + second.wall_seconds,
        first.engine_seconds + second.engine_seconds,
    )  # fmt: skip
