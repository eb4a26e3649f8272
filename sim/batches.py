"""The unit of work: some runs on some worlds, carried out wherever a worker is, told as one batch.

A task holds all it needs, so that it can go to a thread, a process or another machine with the same program.  A worker
draws each world once and runs every strategy asked for on it.
"""

import hashlib
import threading
import time
from collections import OrderedDict
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

import sim
from sim import engine
from sim.errors import RequestError
from sim.measures import NAMES, SERIES_NAMES
from sim.plan import Values, setting_at
from sim.scenario import Scenario
from sim.setting import Setting, prepare
from sim.store import SERIES_REPLICATES, Batch, Integers
from sim.world import SERIES_EVERY

KEPT_SETTINGS = 4  # a worker remembers: neighbouring tasks have the same
# Sources that can change no outcome, see code(): one forgotten here only makes old results be refused.
_UNDECIDING = {
    "batches", "bootstrap", "catalogue", "claim", "claim_plans", "claim_runs", "claim_words", "cluster", "decisions",
    "design", "errors", "estimate", "exercise", "exercise_words", "experiment", "factors", "hints", "kept", "labels",
    "listed", "manifest", "merging", "messages", "naming", "play", "principles", "printing", "progress", "ranges",
    "refusals", "saves", "smallest_effects", "spoken", "stopping", "store", "sweep", "tables", "writing",
}  # fmt: skip


class Arm(NamedTuple):
    """A strategy at a point, as the engine reads it."""

    point: int
    strategy: int
    record: np.recarray


class Task(NamedTuple):
    """Runs to be done together."""

    key: str  # of the scenario: equal keys, equal settings
    code: str  # of the program that has asked
    scenario: Scenario
    seed: int
    settings: tuple[Values, ...]
    arms: tuple[Arm, ...]
    cells: tuple[tuple[int, int, tuple[int, ...]], ...]  # setting, replicate, arms
    with_series: bool

    @property
    def runs(self) -> list[tuple[int, int, int]]:
        """Point, strategy and replicate of every run."""
        chosen = ((self.arms[a], replicate) for _, replicate, arms in self.cells for a in arms)
        return [(arm.point, arm.strategy, replicate) for arm, replicate in chosen]


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


def run_task(task: Task) -> Batch:
    """Carry out a task; what fails is told, not raised.

    Raises ``RequestError`` only: then the request itself is wrong, or this worker has another version of the program.
    """
    if task.code != code():
        what = "a worker has another version of the program"
        raise RequestError(what, key="--cluster", got=code(), allowed=task.code)
    began = time.perf_counter()
    kept: list[tuple[Arm, int, engine.Outcome]] = []
    failures: list[tuple[int, int, int, str]] = []
    for k, replicate, chosen in task.cells:
        arms = [task.arms[a] for a in chosen]
        try:
            template = engine.draw(_setting(task, task.settings[k]), task.seed, replicate)
        except RequestError:
            raise
        except Exception as error:
            failures += [(arm.point, arm.strategy, replicate, told(error)) for arm in arms]
            continue
        for arm in arms:
            try:
                kept.append((arm, replicate, engine.run(template, arm.record)))
            except RequestError:
                raise
            except Exception as error:
                failures.append((arm.point, arm.strategy, replicate, told(error)))
    samples = len(sampled(task.scenario.ticks)) if task.with_series else 0
    return _gathered(kept, tuple(failures), samples, time.perf_counter() - began)


def told(error: BaseException) -> str:
    """An error in one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())


def sampled(ticks: int) -> Integers:
    """The ticks at whose end a sample of the series is taken."""
    return np.arange(SERIES_EVERY - 1, ticks, SERIES_EVERY, dtype=np.int64)


_settings: OrderedDict[tuple[str, Values], Setting] = OrderedDict()
_lock = threading.Lock()


def _setting(task: Task, values: Values) -> Setting:
    """The setting of a point, remembered; two threads that want the same may both make it."""
    key = task.key, values
    with _lock:
        found = _settings.get(key)
    if found is None:
        found = setting_at(_setting(task, ()), task.scenario, values) if values else prepare(task.scenario)
        with _lock:
            _settings[key] = found
            for name in [other for other in _settings if other[0] != task.key]:
                del _settings[name]  # of an earlier experiment
            while len(_settings) > KEPT_SETTINGS:
                _settings.pop(next(name for name in _settings if name[1]))  # never that of the scenario itself
    return found


def _gathered(
    kept: list[tuple[Arm, int, engine.Outcome]],
    failures: tuple[tuple[int, int, int, str], ...],
    samples: int,
    seconds: float,
) -> Batch:
    """Outcomes as arrays."""
    carried = [row for row, run in enumerate(kept) if samples and run[1] < SERIES_REPLICATES]
    return Batch(
        np.array([arm.point for arm, _, _ in kept], dtype=np.int64),
        np.array([arm.strategy for arm, _, _ in kept], dtype=np.int64),
        np.array([replicate for _, replicate, _ in kept], dtype=np.int64),
        np.array([outcome.measures for _, _, outcome in kept]).reshape(len(kept), len(NAMES)),
        np.array(carried, dtype=np.int64),
        np.array([kept[row][2].series for row in carried]).reshape(len(carried), samples, len(SERIES_NAMES)),
        failures,
        seconds,
    )
