"""A plan carried out: what is missing in a result folder is run, in parallel, and kept there as it comes.

The calling thread is the only writer, and the ledger of what is done is the store's own, never an executor's.  Which
worker does what, in what order, and how often all of it is killed and begun again, decides nothing.
"""

import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sim import draws
from sim.batches import Arm, Task, code, run_task, sampled, told
from sim.design import ONE_POINT
from sim.errors import RequestError, nearest_name
from sim.measures import NAMES, SERIES_NAMES
from sim.plan import Plan, Until, of_scenario
from sim.progress import Progress
from sim.scenario import Scenario
from sim.stopping import needed
from sim.store import Batch, Entry, Floats, Integers, Request, Store
from sim.strategy import Strategy

BATCH_SECONDS = 0.5
GROWTH = 4  # a batch is at most this many times the one before: the first includes compiling
MOST_ADDED = 64  # runs by which a batch may be longer, so that a world is not drawn twice
MOST_RUNS = 500_000_000  # the ledger in memory has a byte for each
TRIES = 3  # of a batch whose worker broke, before its runs are recorded as failed
DOMINANT = 0.6  # share from which a strategy's timing is named by one stage


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


class Lost(Interrupted):
    """The executor has broken down, or its cluster is gone."""


class Shard(NamedTuple):
    """The ``part``-th (from 1) of ``parts`` shares of an experiment."""

    part: int
    parts: int


WHOLE = Shard(1, 1)


class Pool(NamedTuple):
    """Where tasks go: an executor of ``concurrent.futures``' kind, how many it does at once, whether it still is."""

    executor: Executor
    workers: Callable[[], int]
    alive: Callable[[], bool] = lambda: True


def timing(strategy: Strategy) -> str:
    """Before, during or after if at least ``DOMINANT`` of the effort is kept for it, else mixed; or adaptive."""
    if isinstance(strategy.timing, str):
        return strategy.timing
    stage, share = max(strategy.timing.items(), key=lambda item: item[1])
    return stage if share >= DOMINANT else "mixed"


def request_of(plan: Plan) -> Request:
    """The request that a result folder is kept under."""
    names = [strategy.name for strategy in plan.strategies]
    runs = len(plan.design.points) * len(names) * plan.replicates
    if runs > MOST_RUNS:
        raise RequestError("too many runs in all", key="replicates", got=runs, allowed=f"at most {MOST_RUNS}")
    if len(set(names)) < len(names):
        raise RequestError("two strategies have one name", key="strategies", got=", ".join(names))
    if plan.baseline not in names:
        raise RequestError(
            "is not among the strategies compared", key="baseline", got=plan.baseline, allowed=", ".join(names),
            nearest=nearest_name(plan.baseline, names),
        )  # fmt: skip
    entries = tuple(
        Entry(each.name, each.digest, each.label("en"), each.label("zh"), each.structure, timing(each))
        for each in plan.strategies
    )
    scenario = plan.scenario
    return Request(
        plan.name, scenario.name, scenario.run_digest, plan.title.en, plan.title.zh, plan.question.en,
        plan.question.zh, plan.seed, draws.GENERATOR, code(), entries, plan.baseline, plan.design, plan.replicates,
        {"scenario": scenario.written(), "strategies": [each.written() for each in plan.strategies],
         "source": plan.source, "until": plan.until and plan.until._asdict()},
    )  # fmt: skip


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
    pool: Pool | None = None,
) -> Tally:
    """Every strategy on the same ``replicates`` worlds of a scenario: ``carry_out`` for a plan of one point.

    ``baseline`` is the strategy the others are compared with (default: the scenario's).
    """
    plan = of_scenario(scenario, strategies, baseline or scenario.baseline, replicates, seed)
    return carry_out(plan, workers, folder, report, pool=pool)


def carry_out(
    plan: Plan,
    workers: int,
    folder: Path,
    report: Callable[[Progress], None] = lambda progress: None,
    *,
    pool: Pool | None = None,
    shard: Shard = WHOLE,
) -> Tally:
    """Run what is missing of a plan in ``folder``, and keep it there as it comes.

    Without a ``pool``, ``workers`` threads do it.  The rows depend on neither.  Raises ``RequestError`` for a folder
    that cannot be written or holds something else, ``Interrupted`` on SIGINT or SIGTERM, ``Lost`` when the pool is
    gone.
    """
    with Store(folder, request_of(plan), sampled(plan.scenario.ticks)) as store:
        job = _Job(store, plan, shard, report)
        own = None if pool else ThreadPoolExecutor(workers, thread_name_prefix="run")
        given = pool or Pool(own, lambda: workers)  # type: ignore[arg-type]  # one of the two is there
        try:
            for counts in job.stages():
                job.begin(counts)
                with _signals_noted() as stopped:
                    job.rest(given, stopped)
                if stopped:
                    raise Interrupted(job.tally)
        except KeyboardInterrupt as error:  # while preparing, or a second one while running batches are waited for
            raise Interrupted(job.tally) from error
        finally:
            if own:
                own.shutdown(wait=False, cancel_futures=True)
        return job.tally


class _Job:
    """The missing runs of a plan on their way from list to store."""

    def __init__(self, store: Store, plan: Plan, shard: Shard, report: Callable[[Progress], None]) -> None:
        self.store, self.plan, self.shard, self.report = store, plan, shard, report
        self.found = store.done()
        self.done = self.found.copy()
        self.setting_of = plan.settings()
        self.key = f"{store.request.digest} {store.request.scenario}"
        self.arms: dict[tuple[int, int], Arm] = {}
        self.todo: Integers = np.empty((0, 4), dtype=np.int64)
        self.again: deque[tuple[Task, int]] = deque()  # with the number of tries they have had
        self.ends: Integers = np.empty(0, dtype=np.int64)  # where the runs of a world end in the list
        self.taken = 0
        self.size = len(plan.strategies)  # runs in a batch
        self.warm = False
        self.began = time.perf_counter()
        self.tally = Tally(0, 0, 0, 0, 0.0, 0.0, 0.0)

    def stages(self) -> Iterator[Integers]:
        """How many replicates each point is to have, stage by stage; shape (P,)."""
        points, until = len(self.plan.design.points), self.plan.until
        if until is None:
            counts = np.full(points, self.plan.replicates)
            self.store.ask(counts)
            yield counts
            return
        before = self.store.counts if self.shard.parts > 1 else np.zeros(points, dtype=np.int64)  # of other shards
        mine = np.arange(points) % self.shard.parts == self.shard.part - 1
        for stage in (lambda: np.full(points, until.first), lambda: needed(self._pilot(until), until)):
            counts = np.where(mine, stage(), 0)
            self.store.ask(np.where(mine, counts, before))
            yield counts

    def _pilot(self, until: Until) -> Floats:
        """What is to be estimated, in the first stage: differences from the baseline, or the only strategy's values."""
        values = self.store.values(until.measure, until.first)
        names = [strategy.name for strategy in self.plan.strategies]
        if len(names) == 1:
            return values
        base = names.index(self.plan.baseline)
        return np.delete(values, base, axis=1) - values[:, base : base + 1]

    def begin(self, counts: Integers) -> None:
        """List what is missing up to ``counts``; do one run here, which compiles or loads the rules, if none was.

        Only then can the others' pace be told.
        """
        self._list(counts)
        if self.warm or not self._left:
            return
        self._report()
        batch = run_task(self._take(1, whole=False))
        self.warm = True
        self.tally = self.tally._replace(prepare_seconds=time.perf_counter() - self.began)
        self.began = time.perf_counter()
        self._keep(batch, paced=False)

    def rest(self, pool: Pool, stopped: list[int]) -> None:
        """Everything that is left, until done or stopped; what has begun is finished and kept."""
        flying: dict[Future[Batch], tuple[Task, int]] = {}
        while True:
            workers = pool.workers()
            while not stopped and (self._left or self.again) and len(flying) < 2 * workers:
                task, tries = self.again.popleft() if self.again else (self._take(self._portion(workers)), 0)
                flying[_submitted(pool.executor, task)] = task, tries + 1
            if stopped:
                flying = {future: work for future, work in flying.items() if not future.cancel()}
            if not flying:
                break
            finished, _ = wait(flying, timeout=0.2, return_when=FIRST_COMPLETED)
            if not finished and not pool.alive():
                raise Lost(self.tally)
            for future in [each for each in flying if each in finished]:  # as handed out, whatever came first
                self._receive(future, *flying.pop(future), pool)

    def _receive(self, future: Future[Batch], task: Task, tries: int, pool: Pool) -> None:
        """Keep what a future has brought; if its worker broke, try again, and at last record its runs as failed."""
        try:
            batch = future.result()
        except (RequestError, KeyboardInterrupt):
            raise
        except BaseException as error:  # a cancelled future raises no Exception
            if isinstance(error, BrokenExecutor) or not pool.alive():
                raise Lost(self.tally) from error
            if tries < TRIES:
                self.again.append((task, tries))
                return
            batch = _all_failed(task, told(error))
        self._keep(batch)

    def _list(self, counts: Integers) -> None:
        """List the missing runs of this shard: rows of setting, replicate, point, strategy; a world's side by side."""
        within = np.arange(self.done.shape[2]) < counts[:, None]
        # Cells are dealt out by numbers that stay the same when replicates are added.
        unit = (
            np.arange(len(counts))[:, None]
            if self.plan.until
            else self.setting_of[:, None] + np.arange(self.done.shape[2])
        )
        asked = (within & (unit % self.shard.parts == self.shard.part - 1))[:, None, :]
        p, s, r = np.nonzero(asked & ~self.done)
        order = np.lexsort((s, p, r, self.setting_of[p]))
        self.todo, self.taken = np.column_stack([self.setting_of[p], r, p, s])[order], 0
        worlds = self.todo[:, :2]
        self.ends = np.append(np.flatnonzero((worlds[1:] != worlds[:-1]).any(axis=1)) + 1, len(self.todo))
        wanted, kept = int(asked.sum()) * self.done.shape[1], int((asked & self.found).sum())
        self.tally = self.tally._replace(wanted=wanted, kept=kept)

    @property
    def _left(self) -> int:
        return len(self.todo) - self.taken

    def _portion(self, workers: int) -> int:
        return min(self.size, -(-self._left // workers))

    def _take(self, count: int, *, whole: bool = True) -> Task:
        """The next ``count`` runs, and if ``whole`` what is left on the last one's world."""
        end = self._whole(self.taken + count) if whole else self.taken + count
        taken = self.todo[self.taken : end]
        self.taken = end
        settings: dict[int, int] = {}
        arms: dict[tuple[int, int], int] = {}
        cells: dict[tuple[int, int], list[int]] = {}
        for k, r, p, s in taken.tolist():
            cells.setdefault((settings.setdefault(k, len(settings)), r), []).append(arms.setdefault((p, s), len(arms)))
        points = [int(taken[taken[:, 0] == k][0, 2]) for k in settings]
        plan = self.plan
        return Task(
            self.key, self.store.request.code, plan.scenario, plan.seed,
            tuple(plan.point(p, of_strategies=False) for p in points),
            tuple(self._arm(p, s) for p, s in arms),
            tuple((k, r, tuple(chosen)) for (k, r), chosen in cells.items()),
            plan.design.kind == ONE_POINT.kind,
        )  # fmt: skip

    def _whole(self, end: int) -> int:
        """An end moved on so that the world it falls into is drawn once, if its runs are not too many."""
        later = self.ends[np.searchsorted(self.ends, min(end, len(self.todo)))]
        return int(later) if later - end <= MOST_ADDED else end

    def _arm(self, p: int, s: int) -> Arm:
        """A strategy at a point; those of the latest points are remembered."""
        if (p, s) not in self.arms:
            if len(self.arms) > 10_000:
                self.arms.clear()
            self.arms[p, s] = Arm(p, s, self.plan.strategy(p, s).record())
        return self.arms[p, s]

    def _keep(self, batch: Batch, paced: bool = True) -> None:
        self.store.add(batch)
        self.done[batch.point, batch.strategy, batch.replicate] = True
        for point, strategy, replicate, _ in batch.failures:  # tried; again when the same is asked once more
            self.done[point, strategy, replicate] = True
        ran = len(batch.replicate) + len(batch.failures)
        if paced:
            strategies = len(self.plan.strategies)
            worlds = BATCH_SECONDS / max(batch.seconds, 1e-6) * ran / strategies
            self.size = strategies * max(1, min(round(worlds), GROWTH * self.size // strategies))
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


def _submitted(pool: Executor, task: Task) -> Future[Batch]:
    """A future even where the pool refuses: what is wrong is seen when its result is asked for."""
    try:
        return pool.submit(run_task, task)
    except BrokenExecutor as error:
        refused: Future[Batch] = Future()
        refused.set_exception(error)
        return refused


def _all_failed(task: Task, error: str) -> Batch:
    none: Integers = np.empty(0, dtype=np.int64)
    series: Floats = np.empty((0, len(sampled(task.scenario.ticks)), len(SERIES_NAMES)))
    failures = tuple((*run, error) for run in task.runs)
    return Batch(none, none, none, np.empty((0, len(NAMES))), none, series, failures, 0.0)


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
