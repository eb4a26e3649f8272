"""What became of the claims put on trial: shown in the terminal, told as JSON, and as a table."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from rich import box
from rich.table import Table

from analysis.compare import write_whole
from analysis.response import csv_lines
from analysis.verdicts import SUPPORTED, VERDICTS, Effects, Judged, judge
from analysis.wording import decimals, measure_label, measure_unit, number
from sim.claim import Test
from sim.experiment import Tally
from sim.kept import load_swept
from sim.labels import text
from sim.manifest import FILE as MANIFEST
from sim.manifest import write_manifest
from sim.printing import console
from sim.progress import Progress
from sim.store import FILE
from sim.trial import Trial, folder_of
from sim.tried import carry_out_all

_STYLES = {"supported": "green", "contradicted": "red", "conditional": "yellow", "undecided": ""}


Trials = Sequence[Sequence[Trial]]  # by claim


def carry_out(trials: Trials, workers: int, folder: Path, report: Callable[[Progress], None], command: str) -> Tally:
    """Run what is missing of all experiments below ``folder``; each keeps a manifest of its own."""

    def record(trial: Trial, tally: Tally) -> None:
        write_manifest(folder_of(folder, trial), command, trial.plan, workers, tally)

    return carry_out_all([each for group in trials for each in group], workers, folder, report, record)


def judged(trials: Trials, folder: Path) -> list[Judged]:
    """What became of each claim, from the runs below ``folder``."""
    return [judge(group, [load_swept(folder_of(folder, each)) for each in group]) for group in trials]


def remove(trials: Trials, folder: Path) -> None:
    """Remove the runs of these experiments, and nothing else a user may keep there."""
    for each in (trial for group in trials for trial in group):
        for name in (FILE, f"{FILE}.wal", MANIFEST):
            (folder_of(folder, each) / name).unlink(missing_ok=True)


def show(found: Sequence[Judged], lang: str) -> None:
    """Print a row per test, grouped by claim, and how many came out which way."""
    table = Table(title=text("claims.heading", lang), title_justify="left", box=box.SIMPLE_HEAD, show_edge=False)
    for key in ("number", "claim", "verdict", "effect", "matters", "holds", "controls"):
        table.add_column(text(f"claims.{key}", lang), justify="right" if key == "number" else "left", overflow="fold")
    for each in found:
        for t, test in enumerate(each.claim.tests):
            first = t == 0
            style = _STYLES[each.verdict]
            table.add_row(
                str(each.claim.number) if first else "",
                each.claim.title.of(lang) if first else "",
                f"[{style}]{text(f'verdict.{each.verdict}', lang)}[/]" if first and style else
                (text(f"verdict.{each.verdict}", lang) if first else ""),
                effect_said(test, each.home[t], lang),
                matters_said(test, lang),
                holds_said(each, lang) if first else "",
                controls_said(each, lang) if first else "",
            )  # fmt: skip
    out = console()
    out.print(table)
    out.print()
    out.print(text("claims.caption", lang), style="dim", soft_wrap=True)
    out.print(count_said(found, lang), soft_wrap=True, markup=False)


def effect_said(test: Test, effects: Effects, lang: str, base: int = 0) -> str:
    """A measure with its effect at a base, its interval and its unit."""
    interval = effects.at(base)
    places = decimals(effects.mean[[base]])
    sign = "" if sum(test.weights.values()) else "+"
    mean, low, high = (number(x, places, sign) for x in (interval.mean, interval.low, interval.high))
    return f"{measure_label(test.measure, lang)} {mean} [{low}, {high}] {measure_unit(test.measure, lang)}"


def matters_said(test: Test, lang: str) -> str:
    """Which size of effect matters, and in which direction."""
    size = f"{test.matters:g} {measure_unit(test.measure, lang)}"
    return text(f"claims.{test.expect}", lang, size=size)


def holds_said(judged: Judged, lang: str) -> str:
    """In how much of the assumed parameters' space the claim holds."""
    if judged.share is None:
        return text("claims.none", lang)
    holds = judged.share.holds
    return f"{100 * holds.mean:.0f} % ({100 * holds.low:.0f}–{100 * holds.high:.0f})"


def controls_said(judged: Judged, lang: str) -> str:
    """Whether controls show nothing, as they must."""
    if not judged.claim.controls:
        return text("claims.none", lang)
    return text("claims.silent" if judged.controls_pass else "claims.loud", lang)


def count_said(found: Sequence[Judged], lang: str) -> str:
    """How many claims came out which way."""
    counts = Counter(each.verdict for each in found)
    return text("claims.count", lang, **{verdict: counts[verdict] for verdict in VERDICTS})


def frame(found: Sequence[Judged]) -> pd.DataFrame:
    """A row per test and base: claim, verdict, what is measured, effect with interval."""
    rows = []
    for each in found:
        bases = ["home", *(f"control {k + 1}" for k in range(len(each.claim.controls))), "otherwise"]
        for t, test in enumerate(each.claim.tests):
            for base, name in enumerate(bases):
                interval = each.home[t].at(base)
                rows.append({
                    "number": each.claim.number, "claim": each.claim.name, "verdict": each.verdict, "base": name,
                    "test": t + 1, "measure": test.measure, "expect": test.expect, "matters": test.matters,
                    "n": interval.n, "effect": interval.mean, "ci_low": interval.low, "ci_high": interval.high,
                })  # fmt: skip
    return pd.DataFrame(rows)


def as_json(found: Sequence[Judged]) -> list[dict[str, Any]]:
    """Everything a program may want to know."""
    return [
        {
            "number": each.claim.number,
            "claim": each.claim.name,
            "verdict": each.verdict,
            "controls_pass": each.controls_pass,
            "holds": each.share.holds._asdict() if each.share else None,
            "surely": each.share.surely if each.share else None,
            "surely_not": each.share.surely_not if each.share else None,
            "map_supported": float((each.at_map == SUPPORTED).mean()) if len(each.at_map) else None,
            "tests": frame([each]).to_dict("records"),
            "runs": each.runs,
        }
        for each in found
    ]


def write_table(found: Sequence[Judged], folder: Path) -> Path:
    """Write ``claims.csv``."""
    folder.mkdir(parents=True, exist_ok=True)
    return write_whole(folder / "claims.csv", csv_lines(frame(found)).encode())
