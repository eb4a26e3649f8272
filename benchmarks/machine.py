"""On what the figures were measured."""

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

PACKAGES = ("numpy", "numba", "mesa")


def machine() -> dict[str, Any]:
    """Processor, cores, load, system and versions."""
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "–"
    system = f"{platform.system()} {platform.machine()}"
    about = {"cpu": _processor(), "cores": _cores(), "load": load, "system": system}
    return {**about, "python": platform.python_version(), **{name: version(name) for name in PACKAGES}}


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        for line in listed.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
