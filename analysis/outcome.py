"""What a result folder has found, whatever was asked: shown in the terminal, told as JSON, written beside the runs."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from analysis.answer import sentences
from analysis.compare import differences, non_dominated, summary, write_tables
from analysis.figures import write_figures
from analysis.figures.sweep import write_sweep_figures
from analysis.figures.worlds import WORLDS, write_worlds
from analysis.report import write_report
from analysis.response import sweep_frames, write_sweep_tables
from analysis.selection import selection_table
from analysis.sensitivity import write_sensitivity_tables
from analysis.sweep_answer import sentences as swept_sentences
from analysis.terminal import difference_table, table
from sim.errors import RequestError
from sim.estimate import Estimate
from sim.experiment import Tally
from sim.kept import Results, Swept, load_results, load_swept
from sim.labels import LANGUAGES, text
from sim.manifest import renew_checksums
from sim.plan import Plan
from sim.printing import console

Found = Results | Swept
WORTH = 200  # runs to do again from which a second process pays
ROOT = Path(__file__).resolve().parent.parent
SIZE_UNITS = ("B", "kB", "MB", "GB", "TB")


def load(folder: Path) -> Found:
    """The comparison, or the sweep, that ``folder`` holds; ``RequestError`` if it holds none."""
    swept = load_swept(folder)
    return load_results(folder) if swept.design.kind == "single" else swept


def wanted(found: Found) -> int:
    """The runs that were asked for."""
    if isinstance(found, Results):
        return len(found.strategies) * len(found.replicates)
    return len(found.strategies) * int(found.counts.sum())


def without_runs(found: Found) -> int:
    """Points at which no run has been asked for yet: of a sweep put together without all of its parts."""
    return int((found.counts == 0).sum()) if isinstance(found, Swept) else 0


def show(found: Found, lang: str) -> None:
    """Print what was found: tables and a few sentences."""
    out = console()
    if isinstance(found, Swept):
        for sentence in swept_sentences(found, lang):
            out.print(sentence, soft_wrap=True, markup=False)
        return
    out.print(table(found, lang))
    if len(found.strategies) > 1:
        out.print()
        out.print(difference_table(found, lang))
        out.print()
    for sentence in sentences(found, lang):
        out.print(sentence, soft_wrap=True, markup=False)


def write(folder: Path, lang: str, record: Callable[[], None]) -> None:
    """Write tables, figures and the report; ``record`` writes the manifest, which the report quotes.

    Figures are drawn in both languages.  Those of single runs need the scenario's files: without them they are left
    as they are.  Raises ``RequestError`` if the disk refuses.
    """
    found = load(folder)
    try:
        if isinstance(found, Swept):
            write_sweep_tables(found, folder)
            write_sensitivity_tables(found, folder)
            write_sweep_figures(found, folder, LANGUAGES)
        else:
            with _beside(found, folder) or nullcontext() as other:
                write_tables(found, folder)
                write_figures(found, folder, LANGUAGES)
            if other is None or other.returncode:  # what goes wrong is told here
                write_worlds(found, folder)
        record()
        write_report(folder, lang)
        renew_checksums(folder)
    except OSError as error:
        allowed = "room on the disk; the runs are kept, and 'report' writes the rest"
        what = f"cannot be written: {error.strerror}"
        raise RequestError(what, where=str(error.filename or folder), allowed=allowed) from error


def _beside(found: Results, folder: Path) -> subprocess.Popen[bytes] | None:
    """A second process that draws what looks into runs, where that is worth its start and there is a processor for it.

    matplotlib keeps one processor busy, whatever the number of threads.
    """
    if (os.cpu_count() or 1) < 2 or len(found.strategies) * min(len(found.replicates), WORLDS) < WORTH:
        return None
    command = [sys.executable, "-m", "analysis.figures.worlds", str(folder.resolve())]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip


def as_json(found: Found, folder: Path, tally: Tally) -> dict[str, Any]:
    """Everything a program may want to know."""
    common = {
        "scenario": found.scenario,
        "seed": found.seed,
        "strategies": found.strategies,
        "baseline": found.baseline,
        "runs": tally.kept + tally.ran - tally.failed,
        "failures": tally.failed,
        "runs_per_second": tally.rate,
        "folder": str(folder),
    }
    if isinstance(found, Swept):
        means, apart = sweep_frames(found)
        return common | {
            "sweep": found.name,
            "design": found.design.kind,
            "points": len(found.design.points),
            "replicates": [int(found.counts.min()), int(found.counts.max())],
            "summary": means.to_dict("records"),
            "differences": apart.to_dict("records"),
        }
    return common | {
        "replicates": len(found.replicates),
        "non_dominated": non_dominated(found),
        "selection": selection_table(found).to_dict("records"),
        "summary": summary(found).to_dict("records"),
        "differences": differences(found).to_dict("records"),
    }


def foretold(plan: Plan, found: Estimate, workers: int, lang: str) -> str:
    """What a plan will cost, in words."""
    runs, time, size = (
        _pair(pair, written)
        for pair, written in ((found.runs, "{:,}".format), (found.seconds, _duration), (found.size, _bytes))
    )
    return text(
        "outcome.foretold", lang, name=plan.title.of(lang), points=f"{found.points:,}", strategies=found.strategies,
        worlds=f"{found.worlds:,}", runs=runs, time=time, size=size, workers=workers,
    )  # fmt: skip


def _pair(pair: tuple[Any, Any], written: Callable[[Any], str]) -> str:
    low, high = (written(each) for each in pair)
    return low if low == high else f"{low} … {high}"


def _duration(seconds: float) -> str:
    minutes, second = divmod(max(1, round(seconds)), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}"


def _bytes(size: float) -> str:
    unit = 0
    while size >= 1000 and unit < len(SIZE_UNITS) - 1:
        size, unit = size / 1000, unit + 1
    return f"{size:.3g} {SIZE_UNITS[unit]}"
