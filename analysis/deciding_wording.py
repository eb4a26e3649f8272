"""Which factor decides between two strategies, in words."""

from typing import Any

import numpy as np

from analysis.deciding import SAMPLES, SURE, Shares, deciders, shares, verdict
from analysis.intervals import Interval
from analysis.sampled import LEAST, block_size, independent_points
from analysis.sweep_wording import factor_label, percent, strategy_label
from analysis.wording import capital, measure_label
from sim.design import Factor
from sim.kept import Swept
from sim.labels import text
from sim.parameters import FLAG


def sentences(swept: Swept, measure: str, first: str, second: str, lang: str, most: int = 3) -> list[str]:
    """The answer of a sample in words: who is better in how much of it, and up to ``most`` factors that decide it.

    A design that is no sample is a ValueError: shares of its points would say nothing of the space between them.
    """
    if swept.design.kind not in SAMPLES:
        raise ValueError(f"this needs a sample, one of {', '.join(SAMPLES)}; got '{swept.design.kind}'")
    found = shares(verdict(swept, measure, first, second), swept.design)
    names = {"first": strategy_label(swept, first, lang), "second": strategy_label(swept, second, lang)}
    about = {"measure": capital(measure_label(measure, lang)), **names, "n": f"{found.first.n:,}"}
    if not found.first.n:
        return [text("decides.nothing", lang, **about)]
    said = text("decides.shares", lang, **about, **{
        f"{which}_{what}": words for which, share in found._asdict().items()
        for what, words in (("share", percent(share.mean, lang)), ("range", _range(share, lang)))
    })  # fmt: skip
    blocked = text("decides.blocked", lang) if block_size(swept.design) > 1 else ""
    return [said + blocked, *_parted(swept, measure, (first, second), found, lang, most)]


def grid_sentences(swept: Swept, measure: str, first: str, second: str, lang: str, most: int = 3) -> list[str]:
    """Of a grid: along which factors the better of two strategies changes, in how many of its rows; else nothing.

    A row is the points that differ in that factor alone; both must be better somewhere in it.
    """
    signs, points = verdict(swept, measure, first, second), swept.design.points
    items = []
    for f, factor in enumerate(swept.design.factors):
        line = np.unique(np.delete(points, f, axis=1), axis=0, return_inverse=True)[1].ravel()
        turned = np.isin(line, line[signs > 0]) & np.isin(line, line[signs < 0])
        rows, lines = len(np.unique(line[turned])), int(line.max()) + 1
        label = factor_label(factor, lang)
        items.append((rows / lines, text("decides.row", lang, factor=label, turned=rows, lines=lines)))
    items.sort(key=lambda item: -item[0])
    named = [words for part, words in items if part > 0.0][:most]
    if not named:
        return []
    names = {"first": strategy_label(swept, first, lang), "second": strategy_label(swept, second, lang)}
    joined = ("、" if lang == "zh" else ", ").join(named)
    return [text("decides.rows", lang, measure=capital(measure_label(measure, lang)), items=joined, **names)]


def _parted(swept: Swept, measure: str, pair: tuple[str, str], found: Shares, lang: str, most: int) -> list[str]:
    """What parts the points where each of two is better, if both are somewhere, and enough points tell."""
    first, second = (strategy_label(swept, name, lang) for name in pair)
    if not found.first.mean or not found.second.mean:
        loser = first if found.second.mean else second
        key = "decides.one" if found.first.mean or found.second.mean else "decides.never"
        return [text(key, lang, n=f"{found.first.n:,}", loser=loser)]
    wins = [round(share.mean * share.n) for share in found[:2]]
    counts = [independent_points(points, swept.design) for points in wins]
    if min(counts) < LEAST:
        return [_few(swept, wins, counts, (first, second), lang)]
    frame = deciders(swept, measure, *pair)
    by_path = {factor.path: factor for factor in swept.design.factors}
    said: list[str] = []
    for row in frame[frame["p_holm"] < SURE].head(most).to_dict("records"):
        lead = text("decides.also" if said else "decides.lead", lang, factor=factor_label(by_path[row["factor"]], lang))
        said.append(_factor_sentence(lead, row, by_path[row["factor"]], first, lang))
    if not said:
        top = frame.iloc[0]
        label = factor_label(by_path[top["factor"]], lang)
        said.append(text("decides.none", lang, factor=label, distance=f"{top['distance']:.2f}"))
    return said


def _few(swept: Swept, wins: list[int], counts: list[int], names: tuple[str, str], lang: str) -> str:
    """That too few points decide: ``wins`` points of each strategy, which count for so many independent ones."""
    counted = text("decides.count_for", lang, one=counts[0], other=counts[1]) if counts != wins else ""
    return text(
        "decides.few", lang, first=names[0], second=names[1], one=wins[0], other=wins[1], counted=counted, least=LEAST
    )


def _factor_sentence(lead: str, row: dict[Any, Any], factor: Factor, winner: str, lang: str) -> str:
    key = "decides.flag" if factor.unit == FLAG else "decides.factor"
    return text(
        key, lang, lead=lead, boundary=boundary_text(row["boundary"], factor), first=winner,
        above=percent(row["above_share"], lang), below=percent(row["below_share"], lang),
    )  # fmt: skip


def boundary_text(boundary: float, factor: Factor) -> str:
    """A boundary with as many figures as its factor's range needs."""
    reach = factor.high - factor.low
    places = int(np.clip(2 - np.floor(np.log10(reach)), 0, 6)) if reach > 0 else 3
    return f"{boundary:.{places}f}".rstrip("0").rstrip(".") if places else f"{boundary:.0f}"


def _range(share: Interval, lang: str) -> str:
    return f"{100 * share.low:.0f}–{percent(share.high, lang)}" if np.isfinite(share.low) else "–"
