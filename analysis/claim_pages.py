"""The pages about the claims on trial: all of them with figures, and one in plain words for a head of office."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analysis.claim_verdicts import SUPPORTED, WAYS, Judged, boundary, deciding
from analysis.claim_wording import (
    bracketed,
    contrast_said,
    controls_said,
    count_said,
    effect_said,
    holds_said,
    interval_said,
    matters_said,
    verdict_said,
)
from analysis.compare import write_whole
from analysis.figures.claims import worth_a_figure, write_figures
from analysis.sweep_wording import factor_label, factor_unit, percent
from analysis.wording import measure, measure_label
from sim.batches import code
from sim.claim import values
from sim.claim_plans import SAMPLE, trials
from sim.factors import resolve
from sim.labels import LANGUAGES, text
from sim.ranges import assumed
from sim.smallest_effects import SMALLEST

PAGES = ("claims", "claims-in-plain-words")
RELIABLE = 0.8  # share of the space from which a claim can be relied on
_TONGUES = {"en": "English", "zh": "中文"}
_TEMPLATES = {"claims": "claims.md.j2", "claims-in-plain-words": "claims-plain.md.j2"}
_FOLDER = Path(__file__).resolve().parent / "templates"
_SHARES = ((0.9, "all"), (0.6, "most"), (0.4, "half"), (0.1, "few"), (0.0, "none"))


def write_pages(found: Sequence[Judged], folder: Path) -> list[Path]:
    """Write both pages in both languages, with their figures; each appears whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    figures = write_figures(found, folder / "claims")
    return figures + [
        write_whole(folder / f"{page}{_end(lang)}.md", page_text(page, found, lang).encode())
        for page in PAGES
        for lang in LANGUAGES
    ]


def page_text(page: str, found: Sequence[Judged], lang: str) -> str:
    """One of ``PAGES`` in a language."""
    environment = Environment(  # what stands in a claim's file is ours, and Markdown has no signs to escape
        loader=FileSystemLoader(_FOLDER),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )

    def say(key: str, **values: Any) -> str:
        return text(key, lang, **values)

    names = {f"{name}_page": f"{page}{_end(lang)}.md" for name, page in (("full", PAGES[0]), ("plain", PAGES[1]))}
    others = (f"[{_TONGUES[tongue]}]({page}{_end(tongue)}.md)" for tongue in LANGUAGES if tongue != lang)
    return environment.get_template(_TEMPLATES[page]).render(
        t=say, bracketed=partial(bracketed, lang=lang), other=" ".join(others), end=_end(lang), code=code(),
        runs=sum(each.runs for each in found), facts=_facts(found), counts=count_said(found, lang),
        claims=[_entry(each, lang) for each in found], groups=_groups(found, lang),
        **names,
    )  # fmt: skip


def _end(lang: str) -> str:
    return "" if lang == "en" else f".{lang}"


def _facts(found: Sequence[Judged]) -> dict[str, Any]:
    replicates = max(int(each.home[0].n[0]) for each in found)
    counts = {each.kind: each.plan.replicates for each in trials(found[0].claim, replicates)}
    return {
        "mapped": counts.get("map", counts["sample"]), "sampled": counts["sample"], "points": SAMPLE,
        "factors": len(assumed(found[0].claim.base)), "count": len(found), "replicates": replicates,
    }  # fmt: skip


def _anchor(judged: Judged) -> str:
    return f"c{judged.claim.number}"


def _entry(judged: Judged, lang: str) -> dict[str, Any]:
    """What the full page says of a claim."""
    claim, last = judged.claim, len(judged.at_home) - 1
    say = partial(text, lang=lang)
    effects = partial(_effects, judged, lang)
    return {
        "number": claim.number,
        "anchor": _anchor(judged),
        "title": claim.title.of(lang),
        "statement": claim.statement.of(lang),
        "basis": say(f"basis.{claim.basis}"),
        "source": claim.source,
        "verdict": verdict_said(judged, lang),
        "main": effect_said(claim.tests[deciding(judged)], judged.home[deciding(judged)], lang),
        "holds": holds_said(judged, lang),
        "controls_word": controls_said(judged, lang),
        "arms": say("claims.and").join(arm.title.of(lang) for arm in claim.arms.values()),
        "home": _set(judged, values(claim.home), lang),
        "places": say("claims.and").join(each.title.of(lang) for each in claim.places),
        "tests": [
            {
                "said": contrast_said(test, claim.arms, lang),
                "effect": effect_said(test, judged.home[t], lang),
                "matters": matters_said(test, lang),
                "verdict": say(f"verdict.{WAYS[int(judged.home[t].verdict[0])]}"),
            }
            for t, test in enumerate(claim.tests)
        ],
        "controls": [
            {
                "title": control.title.of(lang) + _beyond(judged, values(control.set), lang),
                "effect": effects(base),
                "word": _shown_said(judged, base, lang),
            }
            for base, control in enumerate(claim.controls, 1)
        ],
        "otherwise": {
            "title": claim.otherwise.title.of(lang) + _beyond(judged, values(claim.otherwise.set), lang),
            "effect": effects(last),
            "word": say(f"claims.turned_{judged.turned}"),
        },
        "beside": _beside_said(judged, lang),
        "map": _map_said(judged, lang),
        "boundary": boundary_said(judged, lang),
        "space": _space_said(judged, lang),
        "mechanism": claim.mechanism.of(lang),
        "note": claim.note.of(lang) if claim.note else "",
        "revised": claim.revised.of(lang) if claim.revised else "",
        "figure": f"{claim.name}{_end(lang)}.png" if worth_a_figure(judged) else "",
    }  # fmt: skip


def _effects(judged: Judged, lang: str, base: int) -> str:
    """All effects of a base in a row."""
    pairs = zip(judged.claim.tests, judged.home, strict=True)
    return text("claims.and", lang).join(effect_said(test, effects, lang, base) for test, effects in pairs)


def _set(judged: Judged, table: dict[str, float], lang: str) -> str:
    """What a table of values sets, in words."""
    claim = judged.claim
    said = []
    for path, x in table.items():
        factor = resolve(path, claim.base, claim.strategies)
        much = x > factor.high and path.endswith(".share")
        unit = text("claims.mostly", lang) if much else factor_unit(factor, lang)
        said.append(f"{factor_label(factor, lang)} {x:g}{bracketed(unit, lang)}")
    return text("claims.and", lang).join(said)


def _beyond(judged: Judged, table: dict[str, float], lang: str) -> str:
    """A remark where any of these values lies beyond the range its parameter is thought to have."""
    claim = judged.claim
    factors = [(resolve(path, claim.base, claim.strategies), x) for path, x in table.items()]
    beyond = any(not factor.low - 1e-9 <= x <= factor.high + 1e-9 for factor, x in factors)
    return text("claims.semi", lang) + text("claims.out_of_range", lang) if beyond else ""


def _shown_said(judged: Judged, base: int, lang: str) -> str:
    """What a control shows of the claim."""
    if judged.at_home[base] == SUPPORTED:
        return text("claims.shown_all", lang)
    shown = dict.fromkeys(measure_label(judged.claim.tests[t].measure, lang) for t in judged.shown(base))
    which = text("claims.plus", lang).join(shown)
    return text("claims.shown_part", lang, which=which) if shown else text("claims.shown_nothing", lang)


def _beside_said(judged: Judged, lang: str) -> str:
    """What else differs between the arms that decide."""
    pairs = judged.beside.items()
    return text("claims.and", lang).join(interval_said(measure, interval, "+", lang) for measure, interval in pairs)


def _map_said(judged: Judged, lang: str) -> str:
    if not len(judged.at_map):
        return ""
    claim = judged.claim
    axes = text("claims.listed", lang).join(
        factor_label(resolve(path, claim.base, claim.strategies), lang) for path in claim.axes()
    )
    counts = {
        name: int((judged.at_map == way).sum()) for way, name in ((1, "supported"), (-1, "contradicted"), (0, "open"))
    }
    key = "claims.on_turning_map" if any(test.expect == "turns" for test in claim.tests) else "claims.on_map"
    return text(key, lang, axes=axes, points=len(judged.at_map), **counts)


def boundary_said(judged: Judged, lang: str, page: str = "claims") -> str:
    """Where a conditional claim begins to hold, in a sentence; ``plain`` says no more than that."""
    found = boundary(judged) if judged.verdict == "conditional" else None
    if found is None:
        return ""
    axis = factor_label(resolve(found.path, judged.claim.base, judged.claim.strategies), lang)
    key = f"{page}.boundary_{'down' if found.holds_below else 'up'}"
    return text(
        key, lang, axis=axis, last=f"{found.last:g}", first=f"{found.first:g}", right=percent(found.right, lang)
    )


def _space_said(judged: Judged, lang: str) -> str:
    share = judged.share
    if share is None:
        return ""
    said = {key: percent(x, lang) for key, x in (
        ("holds", share.holds.mean), ("low", share.holds.low), ("high", share.holds.high), ("surely", share.surely),
        ("surely_not", share.surely_not),
    )}  # fmt: skip
    return text("claims.in_space", lang, points=share.points, **said)


def _groups(found: Sequence[Judged], lang: str) -> list[dict[str, Any]]:
    """The claims by what a head of office can do with them."""
    order: dict[str, list[Judged]] = {key: [] for key in ("rely", "usual", "depends", "elsewhere", "fails", "open")}
    for each in found:
        order[_group(each)].append(each)
    return [
        {
            "heading": text(f"plain.{key}", lang),
            "lead": text(f"plain.{key}_lead", lang),
            "claims": [_plainly(each, key, lang) for each in members],
        }
        for key, members in order.items()
        if members
    ]


def _group(judged: Judged) -> str:
    if judged.verdict == "supported":
        sure = judged.share is not None and judged.share.holds.low >= RELIABLE
        return "rely" if sure else "usual"
    if judged.verdict == "conditional" and judged.at_home[0] != SUPPORTED:
        return "elsewhere"
    return {"conditional": "depends", "contradicted": "fails", "undecided": "open"}[judged.verdict]


def _plainly(judged: Judged, group: str, lang: str) -> dict[str, Any]:
    """What to do, in one sentence, and how sure it is."""
    claim, holds = judged.claim, judged.share.holds.mean if judged.share else 0.0
    sure = text("plain.in_" + next(word for least, word in _SHARES if holds >= least), lang)
    if group in ("depends", "elsewhere"):
        sure = f"{boundary_said(judged, lang, 'plain')} {sure}".strip()
    fails = group == "fails"
    says = (claim.says.fails if fails else claim.says.holds).of(lang)
    if fails or group == "open":
        key = "plain.asked" if claim.basis == "question" else "plain.claimed"
        sure = f"{text(key, lang, statement=claim.statement.of(lang))} {sure}"
    else:
        sure = f"{sure} {_price_said(judged, lang)}"
    return {"number": claim.number, "anchor": _anchor(judged), "says": says, "sure": sure.strip()}


def _price_said(judged: Judged, lang: str) -> str:
    """What else changes by more than matters with the better of the two arms that decide: price, and gain.

    Nothing where there are more than two, they differ in their worlds, or neither is the better one.
    """
    test = judged.claim.tests[deciding(judged)]
    wanted = {"up": 1, "down": -1, "": 0}[measure(test.measure).better] * (1 if test.expect == "more" else -1)
    chosen = [name for name, weight in test.weights.items() if wanted * weight > 0]
    worlds = [judged.claim.world_of(name) for name in test.weights]
    if len(worlds) != 2 or worlds[0] != worlds[1] or len(chosen) != 1:
        return ""
    found: dict[str, list[str]] = {"price": [], "gain": []}
    for name, interval in judged.beside.items():
        low, high = sorted((wanted * interval.low, wanted * interval.high))
        matters = SMALLEST[name].size
        if name == test.measure or not (low > matters or high < -matters):
            continue
        gained = (low > 0) == (measure(name).better == "up")
        oriented = interval._replace(mean=wanted * interval.mean)
        found["gain" if gained else "price"].append(interval_said(name, oriented, "+", lang, short=True))
    arm = judged.claim.arms[chosen[0]].title.of(lang)
    said = (text(f"plain.{key}", lang, arm=arm, what=text("claims.and", lang).join(which))
            for key, which in found.items() if which)  # fmt: skip
    return " ".join(said)
