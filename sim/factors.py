"""What a design may vary: the factor at a path, by what it is called, within which limits it is accepted.

A path is a parameter of the scenario (``workload.arrivals``), ``ticks``, how often a procedure's matters arise
(``procedures.<name>.share``), whether one of its stages takes place (``procedures.<name>.stage.<stage>``) or one of the
flaws it looks for is looked for (``procedures.<name>.check.<flaw>``), a parameter of all strategies
(``strategy.rounds``, ``strategy.mode.<mode>``), or of one of them (``strategies.<strategy>.rounds``).
"""

import math

from sim import parameters
from sim.design import Factor, factor_of
from sim.errors import RequestError, nearest_name
from sim.labels import LANGUAGES, text
from sim.parameters import FLAG
from sim.plan import OF_STRATEGIES
from sim.reading import Text
from sim.scenario import GROUPS, MOST_TICKS, Scenario
from sim.strategy import MODE_PATH, MODE_PATHS, Strategy
from sim.vocabulary import FLAWS

TICKS = Factor("ticks", "length of a run in half-days", "运行长度（半天数）", "tick", 250, 1000, 500, whole=True)
ALLOWED = (
    "a path of 'list parameters', ticks, procedures.NAME.share, procedures.NAME.stage.STAGE, "
    "procedures.NAME.check.FLAW, strategies.NAME.PARAMETER"
)


def resolve(path: str, scenario: Scenario, strategies: tuple[Strategy, ...], where: str = "") -> Factor:
    """The factor at a path, its range the parameter's; ``RequestError`` names ``where``, and the nearest path."""
    first, _, rest = path.partition(".")
    if path == "ticks":
        return TICKS._replace(default=float(scenario.ticks))
    if path in scenario.share_paths():
        name = path.split(".")[1]
        share = scenario.procedures[name].share
        title = next(each for each in scenario.load_procedures() if each.name == name)
        en, zh = (text("factor.share", lang, procedure=title.label(lang)) for lang in ("en", "zh"))
        return Factor(path, en, zh, "ratio", share / 2, share * 2, share)
    if path in scenario.switch_paths():
        return _switch(path, scenario)
    own = next((each for each in strategies if path.startswith(f"strategies.{each.name}.")), None)
    inner = "strategy." + rest.removeprefix(f"{own.name}.") if own else path
    if own and inner in _paths_of_strategies():
        factor = _of_strategy(inner, (own,))
        of = (("en", factor.en), ("zh", factor.zh))
        en, zh = (text("factor.of", lang, factor=said, whose=own.label(lang)) for lang, said in of)
        return factor._replace(path=path, en=en, zh=zh)
    if path in _paths_of_strategies():
        return _of_strategy(path, strategies)
    if first in GROUPS and path in parameters.BY_PATH:
        factor = factor_of(parameters.BY_PATH[path])._replace(default=scenario.value(path))
        return _of_mode(factor) if first == "modes" else factor
    switches = scenario.switch_paths()
    names = [*parameters.BY_PATH, "ticks", *scenario.share_paths(), *switches, *MODE_PATHS]
    names += [f"strategies.{each.name}.{known.removeprefix('strategy.')}" for each in strategies for known in
              _paths_of_strategies()]  # fmt: skip
    what, alike = "no parameter of this path", path.rpartition(".")[0]
    allowed = ", ".join(each for each in switches if each.rpartition(".")[0] == alike) or ALLOWED
    raise RequestError(what, where=where, key=path, allowed=allowed, nearest=nearest_name(path, names))


def _switch(path: str, scenario: Scenario) -> Factor:
    """Whether a stage takes place, or a flaw is looked for."""
    _, name, kind, which = path.split(".")
    procedure = next(each for each in scenario.load_procedures() if each.name == name)
    weight = scenario.procedures[name]
    if kind == "stage":
        title = procedure.stages[procedure.place(which)].title
    else:
        title = next(Text(en=word.en, zh=word.zh) for word in FLAWS if word.name == which)
    en, zh = (
        text(f"factor.{kind}", lang, procedure=procedure.label(lang), which=title.of(lang)) for lang in ("en", "zh")
    )
    off = which in (weight.left_out if kind == "stage" else weight.unchecked)
    return Factor(path, en, zh, FLAG, 0.0, 1.0, float(not off), whole=True)


def _paths_of_strategies() -> tuple[str, ...]:
    return (*(row.path for row in parameters.of_group("strategy")), *MODE_PATHS)


def _of_strategy(path: str, strategies: tuple[Strategy, ...]) -> Factor:
    """A factor of strategies; its default is theirs, if they agree."""
    if path in MODE_PATHS:
        mode = path.removeprefix(MODE_PATH)
        en, zh = (text("factor.mode", lang, mode=text(f"mode.{mode}", lang)) for lang in ("en", "zh"))
        return Factor(path, en, zh, "share", 0.0, 1.0, math.nan)
    row = parameters.BY_PATH[path]
    values = {each.value(path) for each in strategies}
    return factor_of(row)._replace(default=values.pop() if len(values) == 1 else math.nan)


def _of_mode(factor: Factor) -> Factor:
    """The same, called by its mode as well: each mode has parameters of the same names."""
    key = f"mode.{factor.path.split('.')[1]}"
    both = zip(LANGUAGES, (factor.en, factor.zh), strict=True)
    en, zh = (text("factor.of", lang, factor=said, whose=text(key, lang)) for lang, said in both)
    return factor._replace(en=en, zh=zh)


def limits(factor: Factor) -> tuple[float, float]:
    """Least and most of what is accepted at a factor."""
    if factor.path == "ticks":
        return 1.0, float(MOST_TICKS)
    if factor.path.startswith("procedures."):
        return (0.0, 1.0) if factor.whole else (1e-9, 1e6)
    if factor.path.split(".")[-2] == "mode":
        return 0.0, 1.0
    last = factor.path.rsplit(".", 1)[1]
    row = parameters.BY_PATH[f"strategy.{last}" if factor.path.split(".")[0] in OF_STRATEGIES else factor.path]
    return row.least, row.most
