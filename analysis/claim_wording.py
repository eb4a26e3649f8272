"""How claims, their effects and what became of them are said in a language, alike in terminal, pages and figures."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from analysis.claim_verdicts import VERDICTS, WAYS, Effects, Judged
from analysis.intervals import Interval
from analysis.wording import decimals, measure_label, measure_unit, number
from sim.claim import Arm, Test
from sim.labels import text


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
