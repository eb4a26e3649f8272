"""The same experiment on other machines: a scheduler of dask.distributed that is already there, as an executor.

What is done is known by our store alone.  A worker that dies costs the time of its batches, which the scheduler gives
to another; a scheduler that dies costs the batches in flight.
"""

import logging
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sim import batches
from sim.batches import code
from sim.errors import RequestError
from sim.experiment import Pool

CONNECT_SECONDS = 10
WORKER_SECONDS = 60
ASK_SECONDS = 5.0  # between questions how many workers there are


@contextmanager
def joined(address: str) -> Iterator[Pool]:
    """The cluster at ``address`` (host:port, or a scheduler file) while the context lasts.

    Raises ``RequestError`` if dask.distributed is missing, nothing answers, or the workers have another program.
    """
    try:
        from distributed import Client
    except ImportError as error:
        allowed = "the extra 'cluster': pip install -c constraints.txt -e '.[cluster]'"
        raise RequestError("dask.distributed is not installed", key="--cluster", allowed=allowed) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # we say ourselves what has broken
    client = _client(Client, address)
    try:
        _check_workers(client, address)
        executor = client.get_executor(pure=False)
        yield Pool(executor, _Threads(client), lambda: client.status == "running")
    finally:
        client.close(timeout=2)


class _Threads:
    """How many threads the workers have, asked anew now and then: they may come and go."""

    def __init__(self, client: Any) -> None:
        self.client, self.count, self.asked = client, 1, -ASK_SECONDS

    def __call__(self) -> int:
        now = time.monotonic()
        if now - self.asked >= ASK_SECONDS and self.client.status == "running":
            self.asked = now
            with suppress(OSError):  # the scheduler has gone just now, which is noticed elsewhere
                self.count = max(1, sum(self.client.nthreads().values()))
        return self.count


def _client(kind: Any, address: str) -> Any:
    where = {"scheduler_file": address} if address.endswith(".json") else {"address": address}
    try:
        if not re.search(r"\.json$|:\d+$", address):
            raise OSError("there is no port")
        if address.endswith(".json") and not Path(address).is_file():
            raise OSError("there is no such file")
        return kind(**where, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:  # a time-out is an OSError
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise RequestError(
            f"no cluster answers ({reason})", key="--cluster", got=address,
            allowed="HOST:PORT of a running scheduler, or its scheduler file",
        ) from error  # fmt: skip


def _check_workers(client: Any, address: str) -> None:
    from distributed import TimeoutError as Late

    try:
        client.wait_for_workers(1, timeout=WORKER_SECONDS)
        found = client.run(batches.code)
    except Late as error:
        what = f"no worker has joined within {WORKER_SECONDS} s"
        raise RequestError(what, key="--cluster", got=address, allowed="a scheduler with workers") from error
    except Exception as error:  # whatever a worker without our program raises
        what = f"the workers cannot load the program ({type(error).__name__}: {error})"
        allowed = "workers started where 'import sim' works"
        raise RequestError(what, key="--cluster", got=address, allowed=allowed) from error
    for other in found.values():
        if other != code():
            what = "a worker has another version of the program"
            raise RequestError(what, key="--cluster", got=other, allowed=code())
