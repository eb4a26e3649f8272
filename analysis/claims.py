"""What became of the claims put on trial: shown in the terminal, told as JSON, and as a table."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from rich.text import Text

from analysis.compare import write_whole
from analysis.intervals import Interval
from analysis.response import csv_lines
from analysis.verdicts import SUPPORTED, VERDICTS, WAYS, Effects, Judged, judge
from analysis.wording import decimals, measure_label, measure_unit, number
from sim.claim import Arm, Test
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


def verdict_said(judged: Judged, lang: str) -> str:
    """The verdict; of a conditional one also what comes out where the claim is stated."""
    verdict = text(f"verdict.{judged.verdict}", lang)
    return f"{verdict}{bracketed(stated_said(judged, lang), lang)}" if judged.verdict == "conditional" else verdict


def stated_said(judged: Judged, lang: str) -> str:
    """What comes out where the claim is stated."""
    return text(f"claims.stated_{WAYS[int(judged.at_home[0])]}", lang)


def contrast_said(test: Test, arms: dict[str, Arm], lang: str) -> str:
    """Which arms are held against which, with their weights where these are not alike."""
    said = _sides(test.weights, arms, lang)
    if test.against:
        others = text("claims.and", lang).join(_sides(weights, arms, lang) for weights in test.against)
        said = text("claims.beyond", lang, own=said, others=others)
    return said


def _sides(weights: dict[str, float], arms: dict[str, Arm], lang: str) -> str:
    alike = len({abs(weight) for weight in weights.values()}) == 1 and abs(next(iter(weights.values()))) <= 1.0
    sides = []
    for sign in (1, -1):
        chosen = {name: abs(weight) for name, weight in weights.items() if sign * weight > 0}
        sides.append(text("claims.plus", lang).join(
            arms[name].title.of(lang) if alike else f"{weight:g} × {arms[name].title.of(lang)}"
            for name, weight in chosen.items()
        ))  # fmt: skip
    return text("claims.against", lang).join(side for side in sides if side)


def effect_said(test: Test, effects: Effects, lang: str, base: int = 0) -> str:
    """A measure with its effect at a base, its interval and its unit."""
    return interval_said(test.measure, effects.at(base), "" if sum(test.weights.values()) else "+", lang)


def interval_said(measure: str, interval: Interval, sign: str, lang: str, *, short: bool = False) -> str:
    """A measure with a number, its interval unless it is to be ``short``, and its unit."""
    places = decimals(np.array([interval.mean]))
    mean, low, high = (number(x, places, sign) for x in (interval.mean, interval.low, interval.high))
    between = "" if short else f" [{low}, {high}]"
    return f"{measure_label(measure, lang)} {mean}{between} {measure_unit(measure, lang)}"


def bracketed(words: str, lang: str) -> str:
    """In brackets of the language's own, ready to follow a word."""
    return f"（{words}）" if lang == "zh" else f" ({words})"


def matters_said(test: Test, lang: str) -> str:
    """Which size of effect matters, and in which direction."""
    size = f"{test.matters:g} {measure_unit(test.measure, lang)}"
    return text(test.needed, lang, size=size)


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
    return text(f"claims.controls_{judged.controls}", lang)


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
