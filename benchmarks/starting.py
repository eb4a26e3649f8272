"""How long a user waits: for help, for a first result, and for the first result ever."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.figure import Figure, figure

ROOT = Path(__file__).resolve().parent.parent
FIRST_RESULT = ("run", "district", "--strategy", "unified-before-meeting", "--json")


def start() -> list[Figure]:
    """Wall time of commands as a user gives them, each in a process of its own.

    The first of each kind is not counted: it leaves Python's bytecode, and the compiled rules, behind.
    """
    helps = [_seconds("--help") for _ in range(8)][1:]
    cached = [_seconds(*FIRST_RESULT) for _ in range(6)][1:]
    with tempfile.TemporaryDirectory() as folder:
        first = _seconds(*FIRST_RESULT, XIETIAO_CACHE=folder)
    return [figure("help", "s", helps), figure("cached", "s", cached), figure("first", "s", [first])]


def environment(**more: str) -> dict[str, str]:
    """Of a process that installs nothing and may keep its bytecode."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "XIETIAO_NO_VENV": "1", "PYTHONPATH": str(ROOT), **more}


def _seconds(*words: str, **more: str) -> float:
    """Wall time of ``run.py`` with these words; ``CalledProcessError`` if it fails."""
    command = [sys.executable, str(ROOT / "run.py"), *words]
    began = perf_counter()
    subprocess.run(command, env=environment(**more), check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - began
