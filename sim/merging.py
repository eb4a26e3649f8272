"""Shards of one experiment put together: the rows that one run of all of it would have left."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from sim.errors import RequestError
from sim.kept import load_request, load_swept
from sim.store import Request, Store


def merge(shards: Sequence[Path], folder: Path) -> int:
    """Copy what ``shards`` hold into ``folder``, and return how many runs it holds then.  What is there stays.

    Raises ``RequestError`` if one is of another experiment, is being written, or holds other values for a run that is
    there already; of that shard nothing is copied.
    """
    for shard in shards:
        if shard.resolve() == folder.resolve():
            raise RequestError("is the folder to merge into", where=str(shard), key="--out", allowed="another folder")
    asked = [load_request(shard) for shard in shards]
    counts = [load_swept(shard).counts for shard in shards]
    with Store(folder, _united([request for request, _ in asked]), asked[0][1]) as store:
        for shard in shards:
            store.absorb(shard)
        store.ask(np.max([store.counts, *counts], axis=0))  # of one length: absorbing has compared the designs
        return int(store.done().sum())


def _united(requests: Sequence[Request]) -> Request:
    """What was asked of all shards together: every strategy, and the most replicates.

    That they are of one experiment is checked when each is copied.
    """
    first = requests[0]
    entries = {entry.name: entry for request in requests for entry in request.strategies}
    written = {each["name"]: each for request in requests for each in request.origin["strategies"]}
    return first._replace(
        strategies=tuple(entries.values()),
        replicates=max(request.replicates for request in requests),
        origin={**first.origin, "strategies": [written[name] for name in entries]},
    )
