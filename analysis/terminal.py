"""Results in a terminal: a table of means and one of paired differences, fitted to the width there is."""

from collections.abc import Sequence

import numpy as np
from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from analysis.compare import AGREE, KEY, PLANE, chance_better, check_of, difference_of, mean_of, non_dominated, verdicts
from analysis.wording import (
    baseline_label,
    counted,
    decimals,
    labels,
    measure_label,
    measure_unit,
    number,
    title,
)
from sim.kept import Results
from sim.labels import text
from sim.measures import NAMES

MAIN = (
    "time_in_system", "on_time", "conflicts", "conflict_time",
    "coordination_hours", "goal_attainment", "latent_divergence", "inequity",
)  # fmt: skip

_NAME_WIDTH = 32
_CELL_WIDTH = 12  # narrower would break the words of a heading
_STYLES = {1: "green", -1: "red", 0: ""}
_BETTER, _WORSE, _STAR, _SPREAD, _DOUBT = "▲", "▼", "*", "±", "?"
_SIGNS = {1: _BETTER, -1: _WORSE, 0: " "}  # they say without colour what colour says
_ASCII = str.maketrans({_BETTER: "+", _WORSE: "-", _SPREAD: "+/-", "−": "-", "–": "-"})


class Comparison:
    """A table that breaks into several, one above the other, where the terminal is too narrow for one."""

    def __init__(self, results: Results, lang: str, measures: Sequence[str], *, paired: bool) -> None:
        self.results, self.lang, self.measures, self.paired = results, lang, measures, paired
        self.free = non_dominated(results)
        self.verdicts = verdicts(results, measures)
        self.check = check_of(results, measures) if paired else None
        self.band = difference_of(results, measures) if paired else mean_of(results, measures)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        signs = _ASCII if options.ascii_only else {}
        columns = [self._column(m, signs) for m in range(len(self.measures))]
        names = self._names()
        room = options.max_width - min(max(name.cell_len for name in names), _NAME_WIDTH)
        widest = max(cell.cell_len for column in columns for cell in column) + 2
        blocks = -(-len(columns) // max(1, room // widest))
        yield Text(self._title(), style="bold")
        for part in np.array_split(np.arange(len(columns)), blocks):
            yield Text()
            yield self._block(names, [(self._head(m), columns[m]) for m in part])
        yield Text()
        yield Text(self._caption().translate(signs), style="dim")

    def _block(self, names: list[Text], columns: list[tuple[Text, list[Text]]]) -> Table:
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
        table.add_column(text("table.strategy", self.lang), max_width=_NAME_WIDTH, vertical="bottom", overflow="fold")
        for head, cells in columns:
            width = max(cell.cell_len for cell in cells)
            table.add_column(head, min_width=width, max_width=width, vertical="bottom")
        for s, name in enumerate(names):
            table.add_row(name, *(cells[s] for _, cells in columns))
        return table

    def _names(self) -> list[Text]:
        names = []
        for strategy, label in zip(self.results.strategies, labels(self.results, self.lang), strict=True):
            star = f"{_STAR} " if strategy in self.free else "  "
            names.append(Text(star + label, style="bold" if strategy == self.results.baseline else ""))
        return names

    def _head(self, m: int) -> Text:
        name = self.measures[m]
        return Text(measure_label(name, self.lang)).append("\n" + measure_unit(name, self.lang), style="not bold dim")

    def _column(self, m: int, signs: dict[int, str]) -> list[Text]:
        """The cells of one measure, all of one width, aligned at the decimal point."""
        written = [self._cell(s, m).translate(signs) for s in range(len(self.results.strategies))]
        width = max(_CELL_WIDTH, *(cell_len(cell) for cell in written))
        cells = []
        for s, cell in enumerate(written):
            padded = " " * (width - cell_len(cell)) + cell
            cells.append(Text(padded, style=_STYLES[int(self.verdicts[s, m])], no_wrap=True))
        return cells

    def _cell(self, s: int, m: int) -> str:
        if self.paired and self.results.strategies[s] == self.results.baseline:
            return text("table.baseline", self.lang)
        mean, half = self.band.mean[:, m], self.band.high[:, m] - self.band.mean[:, m]
        if not np.isfinite(mean[s]):
            return number(mean[s], 0)
        places, sign = decimals(mean), "+" if self.paired else ""
        width = max(len(number(value, places)) for value in half)
        cell = f"{number(mean[s], places, sign)} {_SPREAD}{number(half[s], places):<{width}}"
        cell += f" {_SIGNS[int(self.verdicts[s, m])]}{self._doubt(s, m)}"
        return cell + (f" {self._chance(s, m)}" if self.paired else "")

    def _doubt(self, s: int, m: int) -> str:
        """A mark where the bootstrap disagrees; room for it where it does in another row."""
        if self.check is None or self.check.agrees[:, m].all():
            return ""
        return " " if self.check.agrees[s, m] else _DOUBT

    def _chance(self, s: int, m: int) -> str:
        share = chance_better(self.results, s, NAMES.index(self.measures[m]))[0]
        return f"{share:4.0%}"

    def _title(self) -> str:
        key = "table.differences" if self.paired else "table.title"
        scenario, baseline = title(self.results, self.lang), baseline_label(self.results, self.lang)
        return text(key, self.lang, scenario=scenario, baseline=baseline)

    def _caption(self) -> str:
        first, second = (measure_label(name, self.lang) for name in PLANE)
        caption = text(
            "table.differences_caption" if self.paired else "table.caption",
            self.lang,
            n=counted(self.band.n),
            baseline=baseline_label(self.results, self.lang),
            better=_BETTER,
            worse=_WORSE,
            star=_STAR,
            first=first,
            second=second,
        )
        return caption + self._checked()

    def _checked(self) -> str:
        """How many intervals the bootstrap disagrees with."""
        if self.check is None or not self.check.known.any():
            return ""
        total, count, share = (
            int(self.check.known.sum()),
            int((~self.check.agrees).sum()),
            f"{AGREE:.0%}" if self.lang == "zh" else f"{100 * AGREE:.0f} %",
        )
        key = "check.some" if count else "check.none"
        return text(key, self.lang, total=total, count=count, share=share, sign=_DOUBT)


def table(results: Results, lang: str) -> Comparison:
    """Means of the main measures for ``rich``, a row per strategy; marked where surely unlike the baseline."""
    return Comparison(results, lang, MAIN, paired=False)


def difference_table(results: Results, lang: str) -> Comparison:
    """Paired differences from the baseline on four key measures, for ``rich``."""
    return Comparison(results, lang, KEY, paired=True)
