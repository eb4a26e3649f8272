"""Shards of one experiment put together: the rows that one run of all of it would have left."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from sim.errors import RequestError
from sim.kept import load_request, load_swept
from sim.store import FILE, Store


def merge(shards: Sequence[Path], folder: Path) -> int:
    """Copy what ``shards`` hold into ``folder``, and return how many runs it holds then.  What is there stays.

    Raises ``RequestError`` if one is of another experiment, is being written, or holds other values for a run that is
    there already; of that shard nothing is copied.
    """
    for shard in shards:
        if shard.resolve() == folder.resolve():
            raise RequestError("is the folder to merge into", where=str(shard), key="--out", allowed="another folder")
    known = [load_swept(place).counts for place in (*shards, *([folder] if (folder / FILE).is_file() else []))]
    request, ticks = load_request(shards[0])
    with Store(folder, request, ticks) as store:
        for shard in shards:
            store.absorb(shard)
        store.ask(np.max([counts for counts in known if len(counts) == len(known[0])], axis=0))
        return int(store.done().sum())
