"""On a cluster of real processes, some of which are killed: the same rows."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from builders import SWEEP_HEAD

pytest.importorskip("distributed")

from sim import cluster, experiment
from sim.errors import RequestError
from sim.experiment import Lost, carry_out
from sim.kept import Swept, load_swept
from sim.measures import NAMES
from sim.plan import Plan
from sim.progress import Progress
from sim.sweep import load_sweep

ROOT = Path(__file__).resolve().parents[2]
SWEEP = (
    SWEEP_HEAD
    + """\
replicates = 40
design.kind = "factorial"
[factors]
ticks = [60]
workload.arrivals = [0.4, 0.8]
"""
)


class Machines:
    """A scheduler and two workers, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "scheduler.json"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": ROOT}
        scheduler = ["dask_scheduler", "--port", "0", "--dashboard-address", "127.0.0.1:0", "--no-jupyter"]
        worker = ["dask_worker", "--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder)]
        at = ["--scheduler-file", str(self.file)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}

        def start(words: list[str]) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", f"distributed.cli.{words[0]}", *words[1:], *at]
            return subprocess.Popen(command, env=environment, **quiet)  # type: ignore[call-overload, no-any-return]

        self.scheduler = start(scheduler)
        self.workers = [start(worker) for _ in range(2)]
        until = time.monotonic() + 60
        while not self.file.exists() and time.monotonic() < until:
            time.sleep(0.05)

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    found = Machines(tmp_path)
    yield found
    found.close()


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    file = tmp_path_factory.mktemp("sweep") / "x.toml"
    file.write_text(SWEEP, encoding="utf-8")
    return load_sweep(file)


@pytest.fixture(scope="module")
def expected(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Swept:
    folder = tmp_path_factory.mktemp("expected")
    carry_out(plan, 2, folder)
    return load_swept(folder)


def same(one: Swept, other: Swept) -> None:
    for name in NAMES:
        np.testing.assert_array_equal(one.values(name), other.values(name))


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_costs_only_time(
    machines: Machines, plan: Plan, expected: Swept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(experiment, "BATCH_SECONDS", 1e-9)

    def kill(progress: Progress) -> None:
        if progress.ran >= 20:
            machines.workers[0].send_signal(signal.SIGKILL)

    with cluster.joined(str(machines.file)) as pool:
        tally = carry_out(plan, 1, tmp_path / "out", kill, pool=pool)
    assert machines.workers[0].wait() == -signal.SIGKILL
    assert (tally.ran, tally.failed) == (160, 0)
    same(load_swept(tmp_path / "out"), expected)


@pytest.mark.slow
def test_a_scheduler_killed_in_the_middle_loses_what_is_in_flight_and_the_sweep_goes_on_without_it(
    machines: Machines, plan: Plan, expected: Swept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(experiment, "BATCH_SECONDS", 1e-9)

    def kill(progress: Progress) -> None:
        if progress.ran >= 20:
            machines.scheduler.send_signal(signal.SIGKILL)

    with pytest.raises(Lost) as lost, cluster.joined(str(machines.file)) as pool:
        carry_out(plan, 1, tmp_path / "out", kill, pool=pool)
    kept = lost.value.tally.ran
    assert 20 <= kept < 160
    assert carry_out(plan, 2, tmp_path / "out")[:4] == (160, kept, 160 - kept, 0)
    same(load_swept(tmp_path / "out"), expected)


def test_a_cluster_that_does_not_answer_is_refused_with_what_would_be_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 0.5)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = f"127.0.0.1:{taken.getsockname()[1]}"
    for address in (nobody, "gone.json", "tcp://no port"):
        with pytest.raises(RequestError, match="no cluster answers") as refused, cluster.joined(address):
            pass
        assert "HOST:PORT" in refused.value.allowed


@pytest.mark.slow
def test_a_cluster_of_another_version_is_refused_before_anything_runs(
    machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "code", lambda: "0.0.1 (other)")
    with pytest.raises(RequestError, match=r"another version|cannot load"), cluster.joined(str(machines.file)):
        pass
