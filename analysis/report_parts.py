"""What a report says in words: question, design, answer, method and provenance, each in one language.

Tables of results are in ``report_tables``, figures in ``report_figures``; a template makes the page.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from analysis.answer import sentences
from analysis.compare import RESAMPLES
from analysis.report_tables import Block, Cell, Head, Table, Words, tables, tables_of_sweep
from analysis.sweep_answer import sentences as swept_sentences
from analysis.sweep_wording import factor_unit
from sim import parameters, world
from sim.kept import Results, Swept
from sim.labels import said, text, unit
from sim.plan import Plan
from sim.scenario import GROUPS, Scenario
from sim.store import Request

PAGE = "report.html"  # whose checksum cannot stand in itself


class Terms(NamedTuple):
    """What is said of what, in pairs; the second is set as code where ``code`` says so."""

    rows: tuple[tuple[str, str, bool], ...]
    kind: str = "terms"


class Section(NamedTuple):
    """A part of a report in one language."""

    key: str
    heading: str
    blocks: tuple[Block | Terms, ...]


class Material(NamedTuple):
    """What a report is made of."""

    found: Results | Swept
    request: Request
    plan: Plan | None  # None if a file of scenario or strategies is gone
    manifest: dict[str, Any] | None  # None if there is none that can be read


def sections(material: Material, lang: str) -> tuple[Section, ...]:
    """All parts in order; the figures' own has nothing in it yet."""
    parts = {
        "question": _question(material, lang),
        "design": _design(material, lang),
        "answer": (Words(tuple(_answer(material.found, lang)), listed=True),),
        "figures": (),
        "tables": _tables(material.found, lang),
        "method": (Words(tuple(_method(material.found, lang))),),
        "provenance": _provenance(material, lang),
    }
    return tuple(Section(key, text(f"report.{key}", lang), blocks) for key, blocks in parts.items())


def title(material: Material, lang: str) -> str:
    """The title of the scenario, or of the sweep."""
    return material.request.title_zh if lang == "zh" else material.request.title_en


def subtitle(material: Material, lang: str) -> str:
    """What kind of experiment it is, and how large."""
    found = material.found
    if isinstance(found, Results):
        return text("report.comparison", lang, strategies=len(found.strategies), worlds=len(found.replicates))
    sizes = {"points": len(found.design.points), "strategies": len(found.strategies)}
    return text("report.sweep", lang, worlds=_range(found.counts.tolist()), **sizes)


def _question(material: Material, lang: str) -> tuple[Block | Terms, ...]:
    request = material.request
    rows = [("asked", request.question_zh if lang == "zh" else request.question_en)]
    if material.plan and isinstance(material.found, Results):  # a scenario expects nothing of a sweep
        rows.append(("expectation", material.plan.scenario.expectation.of(lang)))
    if material.plan:
        rows.append(("source", material.plan.source))
    return (_terms(((key, content, False) for key, content in rows if content), lang),)


def _design(material: Material, lang: str) -> tuple[Block | Terms, ...]:
    found, plan = material.found, material.plan
    blocks: list[Block | Terms] = [_terms(_sizes(material, lang), lang)]
    if isinstance(found, Swept):
        blocks.append(_factors(found, lang))
    blocks += [_settings(plan.scenario, lang)] if plan else [Words((text("report.gone", lang),))]
    return (*blocks, _strategies(material, lang))


def _sizes(material: Material, lang: str) -> Iterable[tuple[str, str, bool]]:
    found, plan = material.found, material.plan
    scenario = f"{plan.scenario.title.of(lang)} ({found.scenario})" if plan else found.scenario
    yield "scenario", scenario, False
    if plan:
        ticks = plan.scenario.ticks
        days = f"{ticks / world.TICKS_PER_DAY:g}"
        yield "length", text("report.ticks", lang, ticks=f"{ticks:,}", days=days), False
        yield "mix", _mix(plan.scenario, lang), False
    if isinstance(found, Swept):
        yield "kind", text(f"report.kind_{found.design.kind}", lang), False
        yield "points", f"{len(found.design.points):,}", False
        yield "point_worlds", _range(found.counts.tolist()), False
    else:
        yield "worlds", f"{len(found.replicates):,}", False
    shown = found.labels_zh if lang == "zh" else found.labels_en
    yield "baseline", shown[found.strategies.index(found.baseline)], False
    yield "seed", str(found.seed), False


def _mix(scenario: Scenario, lang: str) -> str:
    """The procedures with their shares, the commonest first."""
    total, space = sum(scenario.shares), "" if lang == "zh" else " "
    pairs = sorted(zip(scenario.shares, scenario.load_procedures(), strict=True), key=lambda pair: -pair[0])
    words = [f"{each.label(lang)} {100 * share / total:.3g}{space}%" for share, each in pairs]
    return ("；" if lang == "zh" else "; ").join(words)


def _settings(scenario: Scenario, lang: str) -> Block:
    """The parameters of the scenario that do not have their defaults."""
    rows = tuple(
        (Cell(said(row, lang), "name"), Cell(f"{scenario.value(row.path):g}"), Cell(f"{row.default:g}"),
         Cell(unit(row.unit, lang), "text"), Cell(row.path, "code"))
        for row in parameters.ALL
        if row.path.split(".")[0] in GROUPS and scenario.value(row.path) != row.default
    )  # fmt: skip
    if not rows:
        return Words((text("report.all_default", lang),))
    return Table(text("report.settings", lang), _heads(lang, "setting", "value", "default", "unit", "path"), rows)


def _factors(swept: Swept, lang: str) -> Table:
    """What a sweep varies, from where to where."""
    rows = []
    for f, each in enumerate(swept.design.factors):
        values = {x for x in swept.design.points[:, f].tolist() if x == x}
        default = f"{each.default:g}" if each.default == each.default else "–"
        numbers = (f"{each.low:g}", f"{each.high:g}", str(len(values)), default)
        own = Cell(said(each, lang), "name"), *map(Cell, numbers), Cell(factor_unit(each, lang), "text")
        rows.append((*own, Cell(each.path, "code")))
    heads = _heads(lang, "factor", "low", "high", "levels", "default", "unit", "path")
    return Table(text("report.factors", lang), heads, tuple(rows))


def _strategies(material: Material, lang: str) -> Table:
    """The strategies compared; what each does is known only while its file, or what the store kept of it, is there."""
    found, plan = material.found, material.plan
    shown = found.labels_zh if lang == "zh" else found.labels_en
    told = {each.name: each.sentence.of(lang) for each in plan.strategies} if plan else {}
    rows = tuple(
        (Cell(label, "name"), Cell(text(f"structure.{structure}", lang), "text"),
         Cell(text(f"timing.{timing}", lang), "text"), *([Cell(told[name], "text")] if plan else []),
         Cell(name, "code"))
        for name, label, structure, timing in zip(
            found.strategies, shown, found.structures, found.timings, strict=True
        )
    )  # fmt: skip
    heads = _heads(lang, "strategy", "who", "when", *(["meaning"] if plan else []), "name")
    return Table(text("report.strategies", lang), heads, rows)


def _answer(found: Results | Swept, lang: str) -> list[str]:
    return sentences(found, lang) if isinstance(found, Results) else swept_sentences(found, lang)


def _tables(found: Results | Swept, lang: str) -> tuple[Block, ...]:
    shown = tables(found, lang) if isinstance(found, Results) else tables_of_sweep(found, lang)
    return (*shown, Words((text("report.full", lang),)))


def _method(found: Results | Swept, lang: str) -> Iterable[str]:
    """How numbers came about, and what they do and do not say."""
    yield text("report.method_worlds", lang)
    if isinstance(found, Swept):
        yield text("report.method_points", lang)
    yield text("report.method_intervals", lang)
    if isinstance(found, Results):
        yield text("report.method_bootstrap", lang, resamples=f"{RESAMPLES:,}")
    yield text("report.method_many", lang)
    if isinstance(found, Results):
        yield text("report.method_best", lang)
    yield text("report.method_meaning", lang)
    assumed = sum(row.source == parameters.ASSUMED for row in parameters.ALL)
    yield text("report.method_assumed", lang, assumed=assumed, all=len(parameters.ALL))


def _provenance(material: Material, lang: str) -> tuple[Block | Terms, ...]:
    request, told = material.request, material.manifest
    rows = [
        ("code", request.code, True),
        ("generator", request.generator, True),
        ("seed", str(request.seed), False),
        ("digest", request.digest, True),
    ]
    if told is None:
        return Words((text("report.no_manifest", lang),)), _terms(rows, lang)
    files = told.get("sha256", {}).items()
    listed = tuple((Cell(path, "code"), Cell(digest, "code")) for path, digest in files if path != PAGE)
    table = Table(text("report.files", lang), (*_heads(lang, "file"), Head("SHA-256", "code")), listed)
    typed = str(told.get("command", "")).startswith("python3 ")  # not from Python, where there is nothing to type again
    again = [Words((text("report.again", lang),))] if typed else []
    return _terms([*_recorded(told, lang), *rows], lang), *again, *([table] if listed else [])


def _recorded(told: dict[str, Any], lang: str) -> Iterable[tuple[str, str, bool]]:
    """What only the manifest knows; what an older one does not have is left out."""
    versions, machine = dict(told.get("versions", {})), told.get("platform", {})
    if "command" in told:
        yield "command", told["command"], True
    if "xietiao" in versions:
        yield "version", versions["xietiao"], False
    packages = "; ".join(f"{name} {each}" for name, each in versions.items() if name not in ("xietiao", "code"))
    if packages:
        yield "packages", packages, False
    if machine:
        count, system = machine.get("processors", "?"), machine.get("system", "?")
        yield "platform", text("report.processors", lang, system=system, count=count), False
    if "runs" in told:
        failures = f"{told.get('failures', 0):,}"
        yield "runs", text("report.runs_of", lang, runs=f"{told['runs']:,}", failures=failures), False
    if "wall_seconds" in told:
        yield "wall", text("report.seconds", lang, seconds=f"{told['wall_seconds']:.1f}"), False


def _terms(rows: Iterable[tuple[str, str, bool]], lang: str) -> Terms:
    return Terms(tuple((text(f"report.{key}", lang), content, code) for key, content, code in rows))


def _heads(lang: str, *keys: str) -> tuple[Head, ...]:
    kinds = {"value": "number", "default": "number", "low": "number", "high": "number", "levels": "number"}
    found = {"strategy": "table.strategy"}
    return tuple(Head(text(found.get(key, f"report.{key}"), lang), kinds.get(key, "text")) for key in keys)


def _range(counts: list[int]) -> str:
    least, most = min(counts), max(counts)
    return f"{most:,}" if least == most else f"{least:,}–{most:,}"
