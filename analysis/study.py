"""What an experiment has found, as an object for a notebook: frames, sentences, figures and a report.

``analysis.notebook`` makes these.  Frames are computed when they are first asked for.
"""

import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import numpy as np
import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from matplotlib.figure import Figure

from analysis import answer, sweep_answer
from analysis.cases import Case, finished, lead_times
from analysis.compare import differences, non_dominated_table, summary
from analysis.deciding import SAMPLES, deciders
from analysis.figures import FIGURES
from analysis.figures.gantt import gantt
from analysis.figures.leads import leads
from analysis.figures.network import network
from analysis.figures.style import dress, writable
from analysis.figures.sweep import sweep_figures
from analysis.figures.worlds import WORLDS
from analysis.outcome import write
from analysis.report_tables import Table, tables, tables_of_sweep
from analysis.response import sweep_differences, sweep_points, sweep_summary
from analysis.selection import selection_table
from analysis.sensitivity import indices, screening, tornado
from sim.errors import RequestError, nearest_name
from sim.kept import Results, Swept, load_request
from sim.labels import LANGUAGES
from sim.manifest import FILE as MANIFEST
from sim.manifest import renew_checksums
from sim.measures import NAMES
from sim.merging import merge
from sim.messages import language, say
from sim.plan import Plan, remade
from sim.tables import read_table

Draw = Callable[[str], Figure | None]

_TEMPLATES = Path(__file__).resolve().parent / "templates"
_SENSITIVITY = {"morris": screening, "sobol": indices, "tornado": tornado}


@dataclass(frozen=True, eq=False, repr=False)
class Study(ABC):
    """Results in a folder.  ``lang`` is everywhere 'en' or 'zh', and the environment's language if not given.

    >>> from analysis.notebook import compare
    >>> study = compare("teaching", replicates=5, values={"ticks": 60})
    >>> study.figures
    ('plane', 'forest', 'heatmap', 'course', 'width', 'leads', 'gantt', 'network')
    >>> study.figure("plane", "en")
    <Figure size ... with 1 Axes>
    >>> set(study.runs.groupby("strategy").size())
    {5}
    """

    folder: Path
    found: Results | Swept

    @cached_property
    def runs(self) -> pd.DataFrame:
        """A row per run last asked for: point, a column per factor of a sweep, strategy, replicate, all measures."""
        return self._asked(read_table(self.folder, "runs"))

    @cached_property
    def failures(self) -> pd.DataFrame:
        """A row per run last asked for that failed: point, strategy, replicate, error."""
        return self._asked(read_table(self.folder, "failures"))

    @property
    def figures(self) -> tuple[str, ...]:
        """Names of the figures there are."""
        return tuple(self._drawn())

    @abstractmethod
    def answer(self, lang: str | None = None) -> list[str]:
        """What was found, in a few sentences."""

    def figure(self, name: str, lang: str | None = None) -> Figure:
        """One of ``figures``, drawn; in English, with one warning, where no font can write Chinese.

        A notebook shows it under ``%matplotlib inline``; ``savefig`` writes it.  Raises ``RequestError`` for another
        name, and where there is nothing to show: a single strategy has no differences.
        """
        chosen = _spoken(lang)
        drawn = self._drawn()
        figure = drawn[_known("figure", name, drawn)]((writable([chosen]) or LANGUAGES[:1])[0])
        if figure is None:
            allowed = ", ".join(each for each in self.figures if each != name)
            raise RequestError("has nothing to show here", key="figure", got=name, allowed=allowed)
        dress(figure)
        return figure

    def save(self, folder: str | Path | None = None, lang: str | None = None) -> Path:
        """Write tables, figures and ``report.html`` beside the runs, as the commands do, and return the report's path.

        In another ``folder`` the runs are copied there first; it may hold runs of the same experiment, which stay.
        ``RequestError`` if it holds those of another, or cannot be written.
        """
        chosen, place = _spoken(lang), Path(folder) if folder is not None else self.folder
        if place.resolve() != self.folder.resolve():
            merge([self.folder], place)
            if not (place / MANIFEST).exists() and (self.folder / MANIFEST).exists():
                shutil.copy(self.folder / MANIFEST, place / MANIFEST)
        write(place, chosen, lambda: renew_checksums(place))
        return place / "report.html"

    def __repr__(self) -> str:
        failed = f", {len(self.failures)} runs failed" if len(self.failures) else ""
        return f"<{type(self).__name__} {self._sizes()}, baseline {self.found.baseline!r}{failed}>"

    def _repr_html_(self) -> str:
        lang = _spoken(None)
        environment = Environment(
            loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            lstrip_blocks=True,
        )  # fmt: skip
        return environment.get_template("study.html.j2").render(
            lang={"en": "en", "zh": "zh-Hans"}[lang], sentences=self.answer(lang), tables=self._shown(lang),
            title=self.found.title_zh if lang == "zh" else self.found.title_en, failed=self._failed(lang),
        )  # fmt: skip

    def _asked(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows last asked for: a folder may hold other strategies, and more replicates."""
        counts = read_table(self.folder, "points").set_index("point")["replicates"]
        asked = frame["strategy"].isin(self.found.strategies) & (frame["replicate"] < frame["point"].map(counts))
        return frame[asked].reset_index(drop=True)

    def _failed(self, lang: str) -> str:
        """How many runs failed, with the first; nothing if none did."""
        if self.failures.empty:
            return ""
        first = self.failures.iloc[0]
        example = f"{first['strategy']} {first['replicate']}: {first['error']}"
        return say("failed", lang, count=len(self.failures), example=example)

    @abstractmethod
    def _drawn(self) -> dict[str, Draw]:
        """How each figure is drawn in a language."""

    @abstractmethod
    def _shown(self, lang: str) -> Iterable[Table]:
        """The tables that a notebook shows."""

    @abstractmethod
    def _sizes(self) -> str:
        """How much was looked at, in a few words."""


@dataclass(frozen=True, eq=False, repr=False)
class Comparison(Study):
    """Strategies on the same worlds of one scenario; the columns of frames are those of the folder's CSV files."""

    found: Results

    @cached_property
    def summary(self) -> pd.DataFrame:
        """A row per strategy and measure: n, mean, and its 95 % t interval."""
        return summary(self.found)

    @cached_property
    def differences(self) -> pd.DataFrame:
        """A row per strategy but the baseline, and measure: paired differences; ``analysis.compare.differences``."""
        return differences(self.found)

    @cached_property
    def selection(self) -> pd.DataFrame:
        """A row per measure with a direction: what is best and how sure; ``analysis.selection.selection_table``."""
        return selection_table(self.found)

    @cached_property
    def non_dominated(self) -> pd.DataFrame:
        """A row per strategy: is it dominated; ``analysis.compare.non_dominated_table``."""
        return non_dominated_table(self.found)

    def answer(self, lang: str | None = None) -> list[str]:
        """What was found, in a few sentences."""
        return answer.sentences(self.found, _spoken(lang))

    def _drawn(self) -> dict[str, Draw]:
        drawn: dict[str, Draw] = {name: partial(draw, self.found) for name, draw in FIGURES.items()}
        return drawn | {"leads": self._leads, "gantt": self._gantt, "network": self._network}

    def _leads(self, lang: str) -> Figure | None:
        plan, worlds = self._plan, self._worlds[:WORLDS]
        return leads(lead_times(plan.scenario, plan.strategies, plan.seed, worlds), lang) if worlds else None

    def _gantt(self, lang: str) -> Figure | None:
        return gantt(self._case, lang) if self._worlds else None

    def _network(self, lang: str) -> Figure | None:
        return network(self._case, lang) if self._worlds else None

    @cached_property
    def _case(self) -> Case:
        """The baseline on the first world, run again: a folder does not keep matters."""
        chosen = next(each for each in self._plan.strategies if each.name == self._plan.baseline)
        return finished(self._plan.scenario, chosen, self._plan.seed, self._worlds[0])

    @cached_property
    def _worlds(self) -> list[int]:
        """The worlds in which no run has failed: only these can be run again."""
        return np.flatnonzero(np.isfinite(self.found.values).any(axis=2).all(axis=0)).tolist()

    @cached_property
    def _plan(self) -> Plan:
        return remade(load_request(self.folder)[0])

    def _shown(self, lang: str) -> Iterable[Table]:
        return tables(self.found, lang)

    def _sizes(self) -> str:
        worlds = len(self.found.replicates)
        return f"of {self.found.scenario!r}: {len(self.found.strategies)} strategies, {worlds} worlds"


@dataclass(frozen=True, eq=False, repr=False)
class Sweep(Study):
    """Strategies at the points of a design; the columns of frames are those of the folder's CSV files."""

    found: Swept

    @cached_property
    def points(self) -> pd.DataFrame:
        """A row per point: replicates asked for, and a column per factor."""
        return sweep_points(self.found)

    @cached_property
    def summary(self) -> pd.DataFrame:
        """A row per measure, point and strategy: factors, n, mean, and its 95 % t interval."""
        return sweep_summary(self.found)

    @cached_property
    def differences(self) -> pd.DataFrame:
        """A row per measure, point and strategy but the baseline; ``analysis.response.sweep_differences``."""
        return sweep_differences(self.found)

    def sensitivity(self, measure: str, strategy: str | None = None, against: str = "") -> pd.DataFrame:
        """A row per factor: how much it moves a measure of ``strategy``, less that of ``against`` if one is named.

        What fits the design: ``screening``, ``indices`` or ``tornado`` of ``analysis.sensitivity``.  The strategy is
        the baseline if none is named.  ``RequestError`` for other designs.
        """
        table = _SENSITIVITY[_fitting(self.found, _SENSITIVITY)]
        chosen = _known("strategy", strategy or self.found.baseline, self.found.strategies)
        other = _known("against", against, self.found.strategies) if against else ""
        return table(self.found, _known("measure", measure, NAMES), chosen, other)

    def deciding(self, measure: str, first: str, second: str | None = None) -> pd.DataFrame:
        """A row per factor of a sample: how far it decides which of two strategies is better on a measure.

        ``analysis.deciding.deciders``; the second is the baseline if none is named.
        """
        _fitting(self.found, SAMPLES)
        names = [_known("strategy", name, self.found.strategies) for name in (first, second or self.found.baseline)]
        return deciders(self.found, _known("measure", measure, NAMES), *names)

    def answer(self, lang: str | None = None) -> list[str]:
        """What was found, in a few sentences."""
        return sweep_answer.sentences(self.found, _spoken(lang))

    def _drawn(self) -> dict[str, Draw]:
        return {name: partial(draw, self.found) for name, draw in sweep_figures(self.found)}

    def _shown(self, lang: str) -> Iterable[Table]:
        return (each for each in tables_of_sweep(self.found, lang) if isinstance(each, Table))

    def _sizes(self) -> str:
        low, high = int(self.found.counts.min()), int(self.found.counts.max())
        replicates = f"{low}" if low == high else f"{low} to {high}"
        points, strategies = len(self.found.counts), len(self.found.strategies)
        return f"{self.found.name!r}: {points} points, {strategies} strategies, {replicates} replicates"


def _spoken(lang: str | None) -> str:
    """The language asked for, or the environment's."""
    if lang is None:
        return language(())
    if lang not in LANGUAGES:
        raise RequestError("no language of this name", key="lang", got=lang, allowed=", ".join(LANGUAGES))
    return lang


def _known(kind: str, name: str, names: Collection[str]) -> str:
    if name not in names:
        allowed, near = ", ".join(names), nearest_name(name, names)
        raise RequestError(f"no {kind} of this name", key=kind, got=name, allowed=allowed, nearest=near)
    return name


def _fitting(swept: Swept, kinds: Collection[str]) -> str:
    """The kind of a sweep's design, if it is among ``kinds``."""
    if swept.design.kind not in kinds:
        raise RequestError("no table fits this design", key="design", got=swept.design.kind, allowed=", ".join(kinds))
    return swept.design.kind
