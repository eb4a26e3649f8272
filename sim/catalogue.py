"""What there is to choose from, and what a scenario or a strategy says."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from sim import parameters, vocabulary, world
from sim.claim import Claim, Situation, claim_names, load_claim, values
from sim.errors import RequestError, nearest_name
from sim.exercise import Exercise, exercise_names, load_exercise
from sim.factors import resolve
from sim.labels import said, text, unit
from sim.measures import MEASURES, NAMES
from sim.messages import say
from sim.plan import Plan
from sim.printing import console, print_table
from sim.procedure import Procedure, Stage, load_procedure, procedure_names
from sim.reading import read_toml
from sim.scenario import GROUPS, Scenario, load_scenario, scenario_names
from sim.setting import prepare
from sim.strategy import Strategy, load_strategy, strategy_names
from sim.sweep import load_sweep, sweep_names

Listing = tuple[tuple[str, ...], list[tuple[str, ...]]]  # message keys of the columns, and rows
Found = Scenario | Procedure | Strategy | Plan | Claim | Exercise


def listing(kind: str, lang: str) -> Listing:
    """All of a kind: scenarios, procedures, strategies, sweeps, claims, exercises, measures or parameters."""
    rows: list[tuple[str, ...]]
    if kind == "scenarios":
        scenarios = [load_scenario(name) for name in scenario_names()]
        rows = [(scenario.name, scenario.title.of(lang), scenario.purpose.of(lang)) for scenario in scenarios]
        return ("name", "title", "aim"), rows
    if kind == "procedures":
        procedures = [load_procedure(name) for name in procedure_names()]
        rows = [(each.name, each.label(lang), each.purpose.of(lang), str(len(each.stages))) for each in procedures]
        return ("name", "title", "aim", "stages"), rows
    if kind == "strategies":
        strategies = [load_strategy(name) for name in strategy_names()]
        rows = [(strategy.name, strategy.label(lang), strategy.sentence.of(lang)) for strategy in strategies]
        return ("name", "title", "meaning"), rows
    if kind == "sweeps":
        plans = [load_sweep(name) for name in sweep_names()]
        rows = [(plan.name, plan.title.of(lang), plan.question.of(lang), _size(plan, lang)) for plan in plans]
        return ("name", "title", "question", "size_of"), rows
    if kind == "claims":
        claims = [load_claim(name) for name in claim_names()]
        rows = [
            (str(each.number), each.title.of(lang), text(f"basis.{each.basis}", lang), each.statement.of(lang))
            for each in claims
        ]
        return ("numbered", "title", "origin", "meaning"), rows
    if kind == "exercises":
        exercises = [load_exercise(name) for name in exercise_names()]
        rows = [(each.name, each.title.of(lang), each.plan.title.of(lang), each.purpose.of(lang)) for each in exercises]
        return ("name", "title", "scenario", "aim"), rows
    if kind == "measures":
        rows = [
            (row.name, said(row, lang), unit(row.unit, lang), say(row.better, lang), row.told(lang)) for row in MEASURES
        ]
        return ("name", "measure", "unit", "better", "measured"), rows
    rows = [
        (
            row.path,
            said(row, lang),
            f"{row.default:g}",
            unit(row.unit, lang),
            f"{row.low:g}..{row.high:g}",
            row.source,
        )
        for row in parameters.ALL
    ]
    return ("path", "meaning", "default", "unit", "range", "origin"), rows


def find(name: str, lang: str) -> Found:
    """A scenario, procedure, strategy, sweep, claim or exercise, by name (a claim by number too) or file."""
    keys = read_toml(Path(name)).data if name.endswith(".toml") else {}
    if name in strategy_names() or "structure" in keys:
        return load_strategy(name)
    if name in procedure_names() or "stage" in keys:
        return load_procedure(name)
    if name in sweep_names() or "question" in keys:
        return load_sweep(name)
    if name in claim_names() or name.isdigit() or "arms" in keys:
        return load_claim(name)
    if name in exercise_names() or {"scenario", "matters"} <= {*keys}:
        return load_exercise(name)
    if name in scenario_names() or keys or name.endswith(".toml"):
        return load_scenario(name)
    names = (
        *scenario_names(), *procedure_names(), *strategy_names(), *sweep_names(), *claim_names(), *exercise_names()
    )  # fmt: skip
    what, near = say("unknown_name", lang), nearest_name(name, names)
    raise RequestError(what, got=name, allowed=", ".join(names), nearest=near)


def procedures_of(found: Found) -> tuple[Procedure, ...]:
    """The procedures of a scenario, or the one procedure; others have none to draw."""
    if isinstance(found, Strategy | Plan | Claim | Exercise):
        raise RequestError(
            "has no procedures to draw", key="--out", got=found.name, allowed="a scenario or a procedure"
        )
    return (found,) if isinstance(found, Procedure) else found.load_procedures()


def show(found: Found, lang: str) -> None:
    """Print a scenario, a procedure, a strategy, a sweep, a claim or an exercise."""
    if isinstance(found, Strategy):
        _show_strategy(found, lang)
    elif isinstance(found, Claim):
        _show_claim(found, lang)
    elif isinstance(found, Exercise):
        _show_exercise(found, lang)
    elif isinstance(found, Plan):
        _show_sweep(found, lang)
    elif isinstance(found, Procedure):
        _show_procedure(found, lang)
    else:
        _show_scenario(found, lang)


def _show_sweep(plan: Plan, lang: str) -> None:
    out = console()
    out.print(plan.title.of(lang), style="bold", markup=False)
    told = {
        "question": plan.question.of(lang),
        "source": plan.source,
        "scenario": plan.scenario.title.of(lang),
        "compared": ", ".join(each.name for each in plan.strategies),
        "design": _size(plan, lang),
    }
    for key, content in told.items():
        out.print(f"{say(key, lang)}: {content}", markup=False, soft_wrap=True)
    out.print()
    rows = [
        (each.path, said(each, lang), f"{each.low:g}..{each.high:g} {unit(each.unit, lang)}", _number(each.default))
        for each in plan.design.factors
    ]
    print_table(lang, ("path", "meaning", "varied_from", "default"), rows)


def _show_exercise(exercise: Exercise, lang: str) -> None:
    """What a trainee is told, on which world it is played, and what the year is compared with."""
    out = console()
    out.print(exercise.title.of(lang), style="bold", markup=False)
    told = {
        "aim": exercise.purpose.of(lang),
        "source": exercise.source,
        "scenario": exercise.plan.title.of(lang),
        "standing_way": exercise.standing.label(lang),
        "compared": ", ".join(each.name for each in exercise.opponents),
        "own_matters": str(exercise.matters),
        "shown": ", ".join(text(f"exercise.shows.{each}", lang) for each in exercise.shows),
        "hints": text(f"exercise.hints.{exercise.hints}", lang),
    }
    for key, content in told.items():
        out.print(f"{say(key, lang)}: {content}", markup=False, soft_wrap=True)


def _show_claim(claim: Claim, lang: str) -> None:
    """What is claimed, by what it is tried, and in which worlds."""
    out = console()
    out.print(f"{claim.number}. {claim.title.of(lang)}", style="bold", markup=False)
    told = {
        "claimed": claim.statement.of(lang),
        "origin": f"{text(f'basis.{claim.basis}', lang)}; {claim.source}",
        "scenario": claim.base.title.of(lang),
        "through": claim.mechanism.of(lang),
        "left_aside": claim.note.of(lang) if claim.note else "",
    }
    for key, content in told.items():
        if content:
            out.print(f"{say(key, lang)}: {content}", markup=False, soft_wrap=True)
    out.print()
    arms = [(name, arm.title.of(lang), arm.strategy, _set(claim, arm.set, lang)) for name, arm in claim.arms.items()]
    print_table(lang, ("name", "title", "strategy_named", "settings"), arms)
    out.print()
    tests = [
        (
            said(MEASURES[NAMES.index(test.measure)], lang),
            " ".join(f"{weight:+g} {arm}" for arm, weight in test.weights.items()),
            text(test.needed, lang, size=f"{test.matters:g} {_unit(test.measure, lang)}"),
        )
        for test in claim.tests
    ]
    print_table(lang, ("measure", "contrast", "expected"), tests)
    out.print()
    worlds = [("as_stated", "", _set(claim, claim.home, lang))]
    worlds += [_world("place", each, claim, lang) for each in claim.places]
    worlds += [_world("control", each, claim, lang) for each in claim.controls]
    worlds.append(_world("turning", claim.otherwise, claim, lang))
    print_table(lang, ("world", "title", "settings"), [(say(key, lang), *rest) for key, *rest in worlds])
    for path, levels in claim.axes().items():
        out.print(f"{say('map', lang)}: {path}: {', '.join(f'{x:g}' for x in levels)}", markup=False, soft_wrap=True)


def _world(key: str, each: Situation, claim: Claim, lang: str) -> tuple[str, str, str]:
    return key, each.title.of(lang), _set(claim, each.set, lang)


def _set(claim: Claim, table: dict[str, Any], lang: str) -> str:
    """Values by what they are of."""
    chosen = values(table).items()
    return "; ".join(f"{said(resolve(path, claim.base, claim.strategies), lang)} {x:g}" for path, x in chosen)


def _unit(measure: str, lang: str) -> str:
    return unit(MEASURES[NAMES.index(measure)].unit, lang)


def _size(plan: Plan, lang: str) -> str:
    """How many points and replicates, in words."""
    until = plan.until
    replicates = f"{until.first}–{until.most}" if until else str(plan.replicates)
    kind = text(f"design.{plan.design.kind}", lang)
    return say("sized", lang, kind=kind, points=f"{len(plan.design.points):,}", replicates=replicates)


def _number(value: float) -> str:
    return "–" if value != value else f"{value:g}"


def _show_scenario(scenario: Scenario, lang: str) -> None:
    out = console()
    out.print(scenario.title.of(lang), style="bold", markup=False)
    told = {
        "purpose": scenario.purpose.of(lang),
        "expectation": scenario.expectation.of(lang),
        "source": scenario.source,
        "compared": ", ".join(scenario.strategies),
    }
    for key, content in told.items():
        out.print(f"{say(key, lang)}: {content}", markup=False, soft_wrap=True)
    out.print()
    _print_settings(scenario.value, GROUPS, lang)
    out.print()
    _print_mix(scenario, lang)
    out.print()
    roles = np.bincount(prepare(scenario).organisation.actors.role, minlength=len(world.ROLES)).tolist()
    rows = [(text(f"role.{role}", lang), str(count)) for role, count in zip(world.ROLES, roles, strict=True) if count]
    print_table(lang, ("role", "count"), [*rows, (say("total", lang), str(sum(roles)))], say("organisation", lang))


def _print_mix(scenario: Scenario, lang: str) -> None:
    """The procedures of a scenario, how often matters of each arise, and why."""
    reasons = [weight.reason.of(lang) for weight in scenario.procedures.values()] or [""]
    total = sum(scenario.shares)
    rows = [
        (procedure.name, procedure.label(lang), f"{share / total:6.1%}", reason)
        for procedure, share, reason in zip(scenario.load_procedures(), scenario.shares, reasons, strict=True)
    ]
    print_table(lang, ("name", "title", "share", "reason"), rows, say("mix", lang))


def _show_procedure(procedure: Procedure, lang: str) -> None:
    out = console()
    out.print(procedure.label(lang), style="bold", markup=False)
    told = {
        "purpose": procedure.purpose.of(lang),
        "content": next(said(word, lang) for word in vocabulary.CONTENTS if word.name == procedure.content),
        "source": procedure.source,
        "flaws": ("、" if lang == "zh" else "; ").join(
            f"{said(flaw, lang)} {procedure.chance(flaw.name):.0%}"
            for flaw in vocabulary.FLAWS
            if procedure.chance(flaw.name)
        ),
    }
    for key, content in told.items():
        if content:
            out.print(f"{say(key, lang)}: {content}", markup=False, soft_wrap=True)
    out.print()
    rows = [_stage_row(procedure, stage, lang) for stage in procedure.stages]
    print_table(lang, ("name", "stage", "type", "who", "checks", "on_failure", "limit"), rows)
    out.print(say("implied", lang), markup=False)


def _stage_row(procedure: Procedure, stage: Stage, lang: str) -> tuple[str, ...]:
    return (
        stage.name,
        stage.title.of(lang) + " *" * stage.implied,
        _words(vocabulary.STAGE_TYPES, (stage.type,), lang),
        _words(vocabulary.ACTING, (stage.who,), lang),
        _words(vocabulary.FLAWS, stage.checks, lang),
        stage.on_failure and procedure.destination(stage.on_failure, lang),
        str(stage.limit) if procedure.place(stage.on_failure) >= 0 else "",
    )


def _words(words: tuple[vocabulary.Word, ...], names: tuple[str, ...], lang: str) -> str:
    """Words of a table: in English those of the file, which are short enough to stand side by side."""
    if lang == "en":
        return ", ".join(names)
    texts = {word.name: word.zh for word in words}
    return "；".join(texts[name] for name in names)


def _show_strategy(strategy: Strategy, lang: str) -> None:
    out = console()
    out.print(strategy.label(lang), style="bold", markup=False)
    out.print(strategy.sentence.of(lang), markup=False, soft_wrap=True)
    out.print(f"{say('structure', lang)}: {text(f'structure.{strategy.structure}', lang)}")
    out.print(f"{say('timing', lang)}: {_shares('timing', strategy.timing, lang)}")
    out.print(f"{say('mode', lang)}: {_shares('mode', strategy.mode, lang)}")
    out.print()
    _print_settings(strategy.value, ("strategy",), lang)


def _shares(kind: str, given: Any, lang: str) -> str:
    """Shares by falling size, or the word 'adaptive'."""
    if isinstance(given, str):
        return text(f"{kind}.{given}", lang)
    falling = sorted(given.items(), key=lambda item: -item[1])
    return ", ".join(f"{text(f'{kind}.{name}', lang)} {share:.0%}" for name, share in falling if share)


def _print_settings(value: Callable[[str], float], groups: tuple[str, ...], lang: str) -> None:
    """The parameters that do not have their defaults."""
    rows = [
        (row.path, f"{value(row.path):g}", f"{row.default:g}", unit(row.unit, lang), said(row, lang))
        for row in parameters.ALL
        if row.path.split(".")[0] in groups and value(row.path) != row.default
    ]
    if rows:
        print_table(lang, ("path", "value", "default", "unit", "meaning"), rows, say("settings", lang))
    else:
        console().print(say("all_default", lang))
