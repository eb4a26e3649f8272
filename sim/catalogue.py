"""What there is to choose from, and what a scenario or a strategy says."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from sim import parameters, world
from sim.errors import RequestError, nearest_name
from sim.labels import said, text, unit
from sim.measures import MEASURES
from sim.messages import say
from sim.printing import console, print_table
from sim.reading import read_toml
from sim.scenario import GROUPS, Scenario, load_scenario, scenario_names
from sim.setting import prepare
from sim.strategy import Strategy, load_strategy, strategy_names

Listing = tuple[tuple[str, ...], list[tuple[str, ...]]]  # message keys of the columns, and rows


def listing(kind: str, lang: str) -> Listing:
    """All of a kind: scenarios, strategies, measures or parameters."""
    rows: list[tuple[str, ...]]
    if kind == "scenarios":
        scenarios = [load_scenario(name) for name in scenario_names()]
        rows = [(scenario.name, scenario.title.of(lang), scenario.purpose.of(lang)) for scenario in scenarios]
        return ("name", "title", "purpose"), rows
    if kind == "strategies":
        strategies = [load_strategy(name) for name in strategy_names()]
        rows = [(strategy.name, strategy.label(lang), strategy.sentence.of(lang)) for strategy in strategies]
        return ("name", "title", "meaning"), rows
    if kind == "measures":
        rows = [(row.name, said(row, lang), unit(row.unit, lang), say(row.better, lang)) for row in MEASURES]
        return ("name", "measure", "unit", "better"), rows
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


def show(name: str, lang: str) -> None:
    """Print a scenario or a strategy, by name or file."""
    if name in strategy_names() or (name.endswith(".toml") and "structure" in read_toml(Path(name)).data):
        _show_strategy(load_strategy(name), lang)
    elif name in scenario_names() or name.endswith(".toml"):
        _show_scenario(load_scenario(name), lang)
    else:
        names = (*scenario_names(), *strategy_names())
        what, near = say("unknown_name", lang), nearest_name(name, names)
        raise RequestError(what, got=name, allowed=", ".join(names), nearest=near)


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
    roles = np.bincount(prepare(scenario).organisation.actors.role, minlength=len(world.ROLES)).tolist()
    rows = [(text(f"role.{role}", lang), str(count)) for role, count in zip(world.ROLES, roles, strict=True) if count]
    print_table(lang, ("role", "count"), [*rows, (say("total", lang), str(sum(roles)))], say("organisation", lang))


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
