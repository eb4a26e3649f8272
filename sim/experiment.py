"""Worlds x strategies x replicates: every strategy on the same drawn worlds, side by side on threads.

The unit of work is a batch of replicates.  A worker draws each replicate's world once and runs every strategy on it;
the calling thread is the only writer.  Which worker does what, and in what order, decides nothing.
"""

import hashlib
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import sim
from sim import draws, engine
from sim.errors import RequestError, nearest_name
from sim.measures import NAMES, SERIES_NAMES
from sim.progress import Progress
from sim.scenario import Scenario
from sim.setting import Setting, prepare
from sim.store import SERIES_REPLICATES, Batch, Entry, Integers, Request, Store
from sim.strategy import Strategy
from sim.world import SERIES_EVERY

BATCH_SECONDS = 0.5
GROWTH = 4  # a batch is at most this many times the one before: the first includes compiling
DOMINANT = 0.6  # share from which a strategy's timing is named by one stage
# Sources that can change no outcome, see code(): one forgotten here only makes old results be refused.
_UNDECIDING = {
    "bootstrap", "catalogue", "errors", "experiment", "labels", "manifest", "messages", "naming", "printing",
    "progress", "refusals", "spoken", "store",
}  # fmt: skip

Runs = list[tuple[int, tuple[int, ...]]]  # replicate, strategies to run on its world


class Tally(NamedTuple):
    """What an experiment did."""

    wanted: int
    kept: int  # runs that existed before
    ran: int  # runs done now, failures included
    failed: int
    prepare_seconds: float  # building the organisation, compiling or loading the rules, and the first run
    wall_seconds: float  # the other runs
    engine_seconds: float  # spent in drawing and running, over all workers

    @property
    def rate(self) -> float | None:
        """Runs per second, the first (which compiles) left out; None if there was no other."""
        return (self.ran - 1) / self.wall_seconds if self.ran > 1 else None


class Interrupted(Exception):
    """The experiment was stopped; finished batches are kept, and the same request continues them."""

    def __init__(self, tally: Tally) -> None:
        super().__init__(f"interrupted after {tally.kept + tally.ran} of {tally.wanted} runs")
        self.tally = tally


def timing(strategy: Strategy) -> str:
    """Before, during or after if at least ``DOMINANT`` of the effort is kept for it, else mixed; or adaptive."""
    if isinstance(strategy.timing, str):
        return strategy.timing
    stage, share = max(strategy.timing.items(), key=lambda item: item[1])
    return stage if share >= DOMINANT else "mixed"


@cache
def code() -> str:
    """The version, and a hash of the sources that can change an outcome."""
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for source in sorted([*here.glob("*.py"), *(here / "rules").glob("*.py")]):
        if source.stem not in _UNDECIDING:
            digest.update(source.name.encode())
            digest.update(source.read_bytes())
    return f"{sim.__version__} ({digest.hexdigest()[:12]})"


def request_of(
    scenario: Scenario, strategies: tuple[Strategy, ...], baseline: str, replicates: int, seed: int
) -> Request:
    """The request that a result folder is kept under."""
    names = [strategy.name for strategy in strategies]
    if len(set(names)) < len(names):
        raise RequestError("two strategies have one name", key="strategies", got=", ".join(names))
    if baseline not in names:
        allowed = ", ".join(names)
        raise RequestError(
            "is not among the strategies compared", key="baseline", got=baseline, allowed=allowed,
            nearest=nearest_name(baseline, names),
        )  # fmt: skip
    entries = tuple(
        Entry(each.name, each.digest, each.label("en"), each.label("zh"), each.structure, timing(each))
        for each in strategies
    )
    en, zh = (scenario.title.of(lang) for lang in ("en", "zh"))
    return Request(
        scenario.name, scenario.run_digest, en, zh, seed, draws.GENERATOR, code(), entries, baseline, replicates
    )


def run_batch(setting: Setting, seed: int, records: tuple[Any, ...], runs: Runs) -> Batch:
    """Draw each replicate's world once and run the strategies asked for on it; what fails is told, not raised.

    ``records`` are the strategies' records.  Raises ``RequestError`` only: then the request itself is wrong.
    """
    began = time.perf_counter()
    kept: list[tuple[int, int, engine.Outcome]] = []
    failures: list[tuple[int, int, str]] = []
    for replicate, strategies in runs:
        try:
            template = engine.draw(setting, seed, replicate)
        except RequestError:
            raise
        except Exception as error:
            failures += [(s, replicate, _told(error)) for s in strategies]
            continue
        for s in strategies:
            try:
                kept.append((s, replicate, engine.run(template, records[s])))
            except RequestError:
                raise
            except Exception as error:
                failures.append((s, replicate, _told(error)))
    return _gathered(kept, tuple(failures), len(_sampled(setting.ticks)), time.perf_counter() - began)


def compare(
    scenario: Scenario,
    strategies: tuple[Strategy, ...],
    replicates: int,
    seed: int,
    workers: int,
    folder: Path,
    report: Callable[[Progress], None] = lambda progress: None,
    *,
    baseline: str = "",
    executor: Executor | None = None,
) -> Tally:
    """Run what is missing in ``folder`` of every strategy on every world, and keep it there as it comes.

    ``baseline`` is the strategy the others are compared with (default: the scenario's).  ``executor`` may be any of
    ``concurrent.futures``' kind; without one, ``workers`` threads.  The rows do not depend on either.  Raises
    ``RequestError`` for a folder that cannot be written or holds something else, ``Interrupted`` on SIGINT or SIGTERM.
    """
    request = request_of(scenario, strategies, baseline or scenario.baseline, replicates, seed)
    with Store(folder, request, _sampled(scenario.ticks)) as store:
        job = _Job(store, ~store.done(), scenario, seed, tuple(strategy.record() for strategy in strategies), report)
        pool = executor or ThreadPoolExecutor(workers, thread_name_prefix="run")
        try:
            job.first()
            with _signals_noted() as stopped:
                job.rest(pool, workers, stopped)
        except KeyboardInterrupt as error:  # while preparing, or a second one while running batches are waited for
            raise Interrupted(job.tally) from error
        finally:
            if executor is None:
                pool.shutdown(wait=False, cancel_futures=True)
        if stopped:
            raise Interrupted(job.tally)
        return job.tally


class _Job:
    """The missing runs of an experiment on their way from list to store."""

    def __init__(
        self,
        store: Store,
        missing: np.ndarray[Any, np.dtype[np.bool_]],
        scenario: Scenario,
        seed: int,
        records: tuple[Any, ...],
        report: Callable[[Progress], None],
    ) -> None:
        self.store, self.scenario, self.seed, self.records, self.report = store, scenario, seed, records, report
        self.began = time.perf_counter()
        self.todo = np.flatnonzero(missing.T)  # run = replicate * strategies + strategy: a world's runs are neighbours
        self.taken = 0
        self.size = len(records)  # runs in a batch
        self.tally = Tally(missing.size, missing.size - len(self.todo), 0, 0, 0.0, 0.0, 0.0)

    def first(self) -> None:
        """Prepare, and do one run here, which compiles or loads the rules, so that the others' pace can be told."""
        self.began = time.perf_counter()
        if not len(self.todo):
            return
        self._report()
        self.setting = prepare(self.scenario)
        batch = run_batch(self.setting, self.seed, self.records, self._take(1))
        self.tally = self.tally._replace(prepare_seconds=time.perf_counter() - self.began)
        self.began = time.perf_counter()
        self._keep(batch, paced=False)

    def rest(self, pool: Executor, workers: int, stopped: list[int]) -> None:
        """Everything else in the pool, until done or stopped; what has begun is finished and kept."""
        flying: set[Future[Batch]] = set()
        while True:
            while not stopped and self._left and len(flying) < 2 * workers:
                runs = self._take(min(self.size, -(-self._left // workers)))
                flying.add(pool.submit(run_batch, self.setting, self.seed, self.records, runs))
            if stopped:
                flying = {future for future in flying if not future.cancel()}
            if not flying:
                break
            finished, flying = wait(flying, timeout=0.2, return_when=FIRST_COMPLETED)
            for future in finished:
                self._keep(future.result())

    @property
    def _left(self) -> int:
        return len(self.todo) - self.taken

    def _take(self, count: int) -> Runs:
        """The next ``count`` runs, by replicate."""
        taken = self.todo[self.taken : self.taken + count]
        self.taken += len(taken)
        runs: dict[int, list[int]] = {}
        for run in taken.tolist():
            replicate, strategy = divmod(run, len(self.records))
            runs.setdefault(replicate, []).append(strategy)
        return [(replicate, tuple(strategies)) for replicate, strategies in runs.items()]

    def _keep(self, batch: Batch, paced: bool = True) -> None:
        self.store.add(batch)
        ran = len(batch.replicate) + len(batch.failures)
        if paced:
            worlds = BATCH_SECONDS / max(batch.seconds, 1e-6) * ran / len(self.records)
            self.size = len(self.records) * max(1, min(round(worlds), GROWTH * self.size // len(self.records)))
        tally = self.tally
        self.tally = tally._replace(
            ran=tally.ran + ran,
            failed=tally.failed + len(batch.failures),
            wall_seconds=time.perf_counter() - self.began,
            engine_seconds=tally.engine_seconds + batch.seconds,
        )
        self._report()

    def _report(self) -> None:
        tally = self.tally
        self.report(Progress(tally.wanted, tally.kept, tally.ran, tally.failed, tally.wall_seconds))


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _sampled(ticks: int) -> Integers:
    """The ticks at whose end a sample of the series is taken."""
    return np.arange(SERIES_EVERY - 1, ticks, SERIES_EVERY, dtype=np.int64)


def _gathered(
    kept: list[tuple[int, int, engine.Outcome]],
    failures: tuple[tuple[int, int, str], ...],
    samples: int,
    seconds: float,
) -> Batch:
    """Outcomes as arrays."""
    with_series = [run for run in kept if run[1] < SERIES_REPLICATES]
    return Batch(
        np.array([s for s, _, _ in kept], dtype=np.int64),
        np.array([r for _, r, _ in kept], dtype=np.int64),
        np.array([outcome.measures for _, _, outcome in kept]).reshape(len(kept), len(NAMES)),
        np.array([s for s, _, _ in with_series], dtype=np.int64),
        np.array([r for _, r, _ in with_series], dtype=np.int64),
        np.array([o.series for _, _, o in with_series]).reshape(len(with_series), samples, len(SERIES_NAMES)),
        failures,
        seconds,
    )


@contextmanager
def _signals_noted() -> Iterator[list[int]]:
    """A list that the first SIGINT or SIGTERM enters, in place of an exception at any odd moment.

    The second raises ``KeyboardInterrupt``.  Outside the main thread, where no signal arrives, nothing changes.
    """
    noted: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield noted
        return

    def note(number: int, frame: object) -> None:
        if noted:
            raise KeyboardInterrupt
        noted.append(number)

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield noted
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
