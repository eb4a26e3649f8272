"""Experiments from Python, as a notebook wants them: one call, and an object with frames, sentences and figures.

``compare`` and ``sweep`` run what the commands of these names run, and give the same rows; ``load`` opens what either
has left in a folder.  What is wrong with a request is a ``RequestError`` that names what is allowed:

>>> compare("teachin")
Traceback (most recent call last):
    ...
sim.errors.RequestError: scenario: no scenario of this name; got 'teachin'; ... did you mean 'teaching'?

Nothing is printed unless it is asked for (``progress=True``); the environment's language is spoken (``XIETIAO_LANG``).
"""

import os
import shutil
import tempfile
import weakref
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TypeVar

from analysis.study import Comparison, Study, Sweep
from sim.errors import RequestError, nearest_name
from sim.experiment import carry_out
from sim.kept import load_results, load_swept
from sim.manifest import write_manifest
from sim.messages import language
from sim.overrides import overridden
from sim.plan import Plan, of_scenario
from sim.progress import Progress, shown
from sim.scenario import Scenario, load_scenario
from sim.strategy import Strategy, load_strategy
from sim.sweep import load_sweep

S = TypeVar("S", bound=Study)

__all__ = ["Comparison", "Sweep", "compare", "load", "sweep"]


def compare(
    scenario: str | Path | Scenario,
    strategies: Sequence[str | Path | Strategy] | None = None,
    *,
    replicates: int | None = None,
    seed: int | None = None,
    baseline: str | None = None,
    values: Mapping[str, float] | None = None,
    folder: str | Path | None = None,
    workers: int | None = None,
    progress: bool = False,
) -> Comparison:
    """Run every strategy on the same drawn worlds of a scenario.

    ``scenario`` and ``strategies`` are names, files or loaded objects; what is not given is the scenario's own.
    ``values`` sets parameters by path, as ``list parameters`` names them, or ``ticks``; ``strategy.*`` in all
    strategies, ``strategies.<name>.*`` in one.

    >>> study = compare("teaching", ["unified-before-meeting", "self-first"], replicates=6, values={"ticks": 60})
    >>> study
    <Comparison of 'teaching': 2 strategies, 6 worlds, baseline 'unified-before-meeting'>
    >>> study.runs[["strategy", "replicate", "conflicts"]].shape
    (12, 3)
    >>> study.differences.query("measure == 'time_in_system'")[["strategy", "baseline", "n"]].to_dict("records")
    [{'strategy': 'self-first', 'baseline': 'unified-before-meeting', 'n': 6}]

    ``replicates`` worlds are drawn from ``seed``; more of them, or another strategy, in the same ``folder`` compute
    only what is missing.  Without a folder the results live as long as the object that is returned.  ``workers``
    threads run (all processors if not given); the rows do not depend on it.  ``sim.experiment.Interrupted`` is raised
    when the run is interrupted; a folder then keeps what is finished.
    """
    asked = load_scenario(scenario) if isinstance(scenario, str | Path) else scenario
    if replicates is not None:
        asked = asked.with_values({"replicates": _whole("replicates", replicates, 1)})
    if seed is not None:
        asked = asked.with_values({"seed": _whole("seed", seed, 0)})
    asked, chosen = _chosen(asked, strategies)
    asked, chosen = overridden(asked, chosen, values or {})
    _check_office(asked, chosen)
    plan = of_scenario(asked, chosen, _baseline(asked, chosen, baseline), asked.replicates, asked.seed)
    return _carried_out(plan, folder, workers, progress, _comparison)


def sweep(
    plan: str | Path | Plan,
    *,
    replicates: int | None = None,
    seed: int | None = None,
    folder: str | Path | None = None,
    workers: int | None = None,
    progress: bool = False,
) -> Sweep:
    """Run strategies over a design of parameters: a sweep by name or file, or a plan.

    ``sim.ranges.probe`` makes plans from the parameters' own ranges.  The rest is as for ``compare``; ``replicates``
    takes the place of a precision that the file asks for.

    >>> from sim.ranges import probe
    >>> from sim.scenario import load_scenario
    >>> asked = load_scenario("teaching").with_values({"ticks": 60})
    >>> strategies = tuple(asked.load_strategy(name) for name in ("unified-before-meeting", "self-first"))
    >>> plan = probe(asked, strategies, asked.baseline, "tornado", ["rules.estimate_spread"], None, replicates=4)
    >>> study = sweep(plan)
    >>> study
    <Sweep 'teaching-tornado': 3 points, 2 strategies, 4 replicates, baseline 'unified-before-meeting'>
    >>> study.points
       point  replicates  rules.estimate_spread
    0      0           4                   0.22
    1      1           4                   0.00
    2      2           4                   0.40
    >>> list(study.sensitivity("conflicts", "self-first")["factor"])
    ['rules.estimate_spread']
    """
    asked = plan if isinstance(plan, Plan) else load_sweep(plan)
    if replicates is not None:
        asked = asked._replace(replicates=_whole("replicates", replicates, 1), until=None)
    if seed is not None:
        asked = asked._replace(seed=_whole("seed", seed, 0))
    return _carried_out(asked, folder, workers, progress, _sweep)


def load(folder: str | Path) -> Comparison | Sweep:
    """What ``compare`` or ``sweep``, here or on the command line, has left in a folder.

    >>> load("nowhere")
    Traceback (most recent call last):
        ...
    sim.errors.RequestError: nowhere: no results here; allowed: a folder that 'compare' or 'sweep' has written
    """
    swept = load_swept(Path(folder))
    return _comparison(Path(folder)) if swept.design.kind == "single" else Sweep(Path(folder), swept)


def _comparison(folder: Path) -> Comparison:
    return Comparison(folder, load_results(folder))


def _sweep(folder: Path) -> Sweep:
    return Sweep(folder, load_swept(folder))


def _carried_out(
    plan: Plan, folder: str | Path | None, workers: int | None, progress: bool, opened: Callable[[Path], S]
) -> S:
    """Run what is missing of a plan and open what there is; a folder nobody has asked for goes with what is opened."""
    threads = _whole("workers", workers, 1) if workers is not None else os.cpu_count() or 1
    place = Path(folder) if folder is not None else Path(tempfile.mkdtemp(prefix="xietiao-"))
    try:
        with shown(language(())) if progress else nullcontext(_quiet) as report:
            tally = carry_out(plan, threads, place, report)
        write_manifest(place, f"analysis.notebook: {plan.name}", plan, threads, tally)
        study = opened(place)
    except BaseException:
        if folder is None:
            shutil.rmtree(place, ignore_errors=True)
        raise
    if folder is None:
        weakref.finalize(study, shutil.rmtree, place, ignore_errors=True)
    return study


def _quiet(now: Progress) -> None:
    """Say nothing."""


def _chosen(scenario: Scenario, given: Sequence[str | Path | Strategy] | None) -> tuple[Scenario, tuple[Strategy, ...]]:
    """The strategies asked for, those that are named being those of the scenario as well."""
    if given is None:
        return scenario, tuple(scenario.load_strategy(name) for name in scenario.strategies)
    if isinstance(given, str | Path | Strategy) or not given:
        raise RequestError("must be a list", key="strategies", got=given, allowed="names, files or loaded strategies")
    named = [str(each) for each in given if not isinstance(each, Strategy)]
    try:
        asked = scenario.with_strategies(named) if named else scenario
    except RequestError as error:  # the caller is to blame, not the scenario's file
        what, allowed = error.what, error.allowed
        raise RequestError(what, key="strategies", got=error.got, allowed=allowed, nearest=error.nearest) from error
    return asked, tuple(each if isinstance(each, Strategy) else load_strategy(each) for each in given)


def _check_office(scenario: Scenario, strategies: tuple[Strategy, ...]) -> None:
    if scenario.organisation_files():  # the office is known only when they are read
        return
    office = scenario.organisation.coordinators
    for each in strategies:
        if each.hosts_needed > office:
            what = f"{each.name} needs more coordinators than the office has"
            raise RequestError(what, key="strategies", got=each.hosts_needed, allowed=f"at most {office}")


def _baseline(scenario: Scenario, strategies: tuple[Strategy, ...], given: str | None) -> str:
    """The name of the strategy that is the baseline: the scenario's, if it is there, where none is given."""
    names = [each.name for each in strategies]
    if given is None:
        own = scenario.load_strategy(scenario.baseline).name
        return own if own in names else names[0]
    if given not in names:
        what, near = "is not among the strategies compared", nearest_name(given, names)
        raise RequestError(what, key="baseline", got=given, allowed=", ".join(names), nearest=near)
    return given


def _whole(key: str, value: int, least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise RequestError("must be a whole number", key=key, got=value, allowed=f"at least {least}")
    return value
