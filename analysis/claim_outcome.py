"""What became of the claims put on trial: carried out, judged, shown in the terminal, told as JSON and as a table."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from rich.text import Text

from analysis.claim_verdicts import SUPPORTED, Judged, judge
from analysis.claim_wording import controls_said, count_said, effect_said, holds_said, matters_said, verdict_said
from analysis.compare import write_whole
from analysis.response import csv_lines
from sim.claim_plans import Trial, folder_of
from sim.claim_runs import carry_out_all
from sim.experiment import Tally
from sim.kept import load_swept
from sim.labels import text
from sim.manifest import FILE as MANIFEST
from sim.manifest import write_manifest
from sim.printing import console
from sim.progress import Progress
from sim.store import FILE

Trials = Sequence[Sequence[Trial]]  # by claim
_STYLES = {"supported": "green", "contradicted": "red", "conditional": "yellow", "undecided": ""}


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
    """Print each claim with its verdict, its tests below it, and how many came out which way."""
    out = console()
    for each in found:
        title = f"{each.claim.number}. {each.claim.title.of(lang)}{text('claims.colon', lang)}"
        out.print(Text.assemble((title, "bold"), (verdict_said(each, lang), _STYLES[each.verdict])), soft_wrap=True)
        for test, effects in zip(each.claim.tests, each.home, strict=True):
            needed = text("claims.needed", lang, size=matters_said(test, lang))
            said = f"   {effect_said(test, effects, lang)}{text('claims.semi', lang)}{needed}"
            out.print(said, markup=False, soft_wrap=True)
        told = {"holds": holds_said(each, lang), "controls": controls_said(each, lang)}
        beside = [f"{text(f'claims.{key}', lang)} {words}" for key, words in told.items()]
        out.print("   " + text("claims.semi", lang).join(beside), markup=False, soft_wrap=True)
    out.print()
    out.print(text("claims.caption", lang), style="dim", soft_wrap=True)
    out.print(count_said(found, lang), soft_wrap=True, markup=False)


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
            "controls": each.controls,
            "beside": {measure: interval._asdict() for measure, interval in each.beside.items()},
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
