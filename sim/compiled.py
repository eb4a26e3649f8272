"""How the rules are compiled: one decorator, and a cache that cannot serve stale code.

Numba's own cache looks only at the file a function stands in, and serves a stale caller when a callee in another
file has changed.  The cache folder is therefore named by a hash of every source that is compiled.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])

_HERE = Path(__file__).parent
_FOLDERS_KEPT = 4


def _sources() -> list[Path]:
    """The files that hold compiled code, or decide the layout of what it works on."""
    names = ("compiled", "draws", "parameters", "world", "vocabulary", "schedule", "measures")
    drawing = sorted(_HERE.glob("draw_*.py"))
    return [_HERE / f"{name}.py" for name in names] + drawing + sorted((_HERE / "rules").glob("*.py"))


def _cache_root() -> Path:
    given = os.environ.get("XIETIAO_CACHE")
    if given:
        return Path(given)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "xietiao"


def cache_folder() -> Path:
    """The folder of this version's compiled code, made if need be; older versions' folders are removed."""
    digest = hashlib.sha256(numba.__version__.encode())
    for source in _sources():
        digest.update(source.name.encode())
        digest.update(source.read_bytes())
    root = _cache_root()
    folder = root / digest.hexdigest()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        os.utime(folder)
        by_age = sorted((path for path in root.iterdir() if path.is_dir()), key=lambda path: path.stat().st_mtime)
        for old in by_age[:-_FOLDERS_KEPT]:
            shutil.rmtree(old, ignore_errors=True)
    except OSError:  # a home that cannot be written: compile again each time rather than fail
        folder = Path(tempfile.mkdtemp(prefix="xietiao-"))
    return folder


COMPILES: bool = not numba.config.DISABLE_JIT  # type: ignore[attr-defined]
if COMPILES:
    numba.config.CACHE_DIR = str(cache_folder())  # type: ignore[attr-defined]


# IEEE arithmetic as written (no fast-math), without the interpreter lock.
_ALL: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}
_RULE: dict[str, Any] = {**_ALL, "_nrt": False, "forceinline": True}
_PART: dict[str, Any] = {**_RULE, "no_cpython_wrapper": True}


def compiled(function: F) -> F:
    """Compile a part of a rule, called from compiled code only, and there set in line.

    In line, because a call hands over every table of the world, and took as long as what most rules do.  Rules
    allocate nothing, so no reference is counted: counting the tables at every call took three quarters of a run.
    Leaving out the entry from Python halves the time to compile (``docs/decisions/0002-record-arrays.md``).
    """
    return cast(F, numba.njit(**_PART)(function))


def entered(function: F) -> F:
    """The same for what Python calls too: the rules of the schedule, draws, the parts of a world's drawing."""
    return cast(F, numba.njit(**_RULE)(function))


def allocating(function: F) -> F:
    """The same for what makes arrays: drawing a world, and measuring one."""
    return cast(F, numba.njit(**_ALL)(function))
