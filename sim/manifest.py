"""What a result folder says about itself: ``manifest.json``, enough to do the same again and to check the files."""

import hashlib
import json
import os
import platform
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import sim
from sim import draws
from sim.batches import code
from sim.errors import RequestError
from sim.experiment import Tally
from sim.kept import load_request
from sim.plan import Plan

FILE = "manifest.json"
_PACKAGES = ("numpy", "numba", "mesa", "networkx", "scipy", "pandas", "duckdb", "SALib", "pydantic", "matplotlib")
_CHUNK = 1 << 20


def write_manifest(
    folder: Path, command: str, plan: Plan, workers: int, tally: Tally, shards: Sequence[Path] = ()
) -> dict[str, Any]:
    """Describe ``folder`` and everything in it; returns what was written.

    Sessions of an experiment that was interrupted and continued, or those of its ``shards`` if it was put together,
    are listed one by one and summed.
    """
    scenario, design = plan.scenario, plan.design
    sessions = [session for place in shards or (folder,) for session in _sessions(place, plan)]
    if tally.ran:
        sessions.append(
            {
                "command": command,
                "workers": workers,
                "runs": tally.ran,
                "failures": tally.failed,
                "prepare_seconds": tally.prepare_seconds,
                "wall_seconds": tally.wall_seconds,
                "engine_seconds": tally.engine_seconds,
                "runs_per_second": tally.rate,
            }
        )
    content = {
        "command": command,
        "scenario": scenario.resolved(),
        "scenario_digest": scenario.digest,
        "run_digest": scenario.run_digest,
        "strategies": {each.name: {**each.resolved(), "digest": each.digest} for each in plan.strategies},
        "baseline": plan.baseline,
        "design": {
            "kind": design.kind,
            "points": len(design.points),
            "factors": {each.path: [each.low, each.high] for each in design.factors},
            "digest": design.digest,
        },
        "replicates": plan.replicates,
        "until": plan.until._asdict() if plan.until else None,
        "seed": plan.seed,
        "generator": draws.GENERATOR,
        "versions": {**_versions(), "code": _code_of(folder)},
        "platform": {"system": platform.platform(), "machine": platform.machine(), "processors": os.cpu_count()},
        "runs": tally.kept + tally.ran - tally.failed,
        "failures": tally.failed,
        "wall_seconds": sum(session["wall_seconds"] for session in sessions),
        "engine_seconds": sum(session["engine_seconds"] for session in sessions),
        "runs_per_second": sessions[-1]["runs_per_second"] if sessions else None,
        "sessions": sessions,
    }
    return _written(folder, content)


def renew_checksums(folder: Path) -> None:
    """Put the files as they are now into the manifest of ``folder``, if it has one."""
    try:
        content = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    _written(folder, content)


def _written(folder: Path, content: dict[str, Any]) -> dict[str, Any]:
    content["sha256"] = checksums(folder)
    beside = folder / f".{FILE}.{os.getpid()}"
    beside.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    beside.replace(folder / FILE)
    return content


def checksums(folder: Path) -> dict[str, str]:
    """SHA-256 of every file in ``folder`` but the manifest, by path within it; hidden files are nobody's result."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in paths if path != folder / FILE}


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _versions() -> dict[str, str]:
    own = {"xietiao": sim.__version__, "python": sys.version.split()[0]}
    return own | {name: metadata.version(name) for name in _PACKAGES}


def _code_of(folder: Path) -> str:
    """The code by which the runs kept in ``folder`` were made; that of this process where there are none."""
    try:
        return load_request(folder)[0].code
    except RequestError:
        return code()


def _sessions(folder: Path, plan: Plan) -> list[dict[str, Any]]:
    """The sessions of an earlier manifest of the same experiment; none if it is missing or not ours."""
    try:
        before = json.loads((folder / FILE).read_text(encoding="utf-8"))
        same = before["run_digest"] == plan.scenario.run_digest and before["design"]["digest"] == plan.design.digest
        return list(before["sessions"]) if same else []
    except (OSError, ValueError, KeyError, TypeError):
        return []
