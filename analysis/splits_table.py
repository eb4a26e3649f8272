"""A split in a terminal: a row per label, fitted to the width there is."""

import numpy as np
from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from analysis.intervals import Band
from analysis.splits import COLUMNS, OVERLAPPING, Split
from analysis.wording import counted, decimals, measure_label, measure_unit, number
from sim.labels import said, text
from sim.vocabulary import Word

_NAME_WIDTH = 36
_CELL_WIDTH = 12  # narrower would break the words of a heading
_ASCII = str.maketrans({"±": "+/-", "−": "-", "–": "-"})


class SplitTable:
    """A split for ``rich``: it breaks into several tables, one above the other, where the terminal is too narrow.

    Labels that no matter carried in any world are only named.
    """

    def __init__(self, found: Split, lang: str, scenario: str, strategy: str) -> None:
        self.by, self.lang = found.by, lang
        self.title = text("split.title", lang, scenario=scenario, strategy=strategy, by=text(f"split.{self.by}", lang))
        seen = found.values[:, :-1, 0].sum(axis=0) > 0
        names = [self._name(word) for word in found.words]
        self.unseen = [name for name, there in zip(names, seen, strict=True) if not there]
        self.names = [name for name, there in zip(names, seen, strict=True) if there] + [text("split.all", lang)]
        rows = np.append(seen, True)
        self.band = Band(*(array[rows] for array in found.band))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        signs = _ASCII if options.ascii_only else {}
        columns = [[cell.translate(signs) for cell in self._cells(c)] for c in range(len(COLUMNS))]
        room = options.max_width - min(max(map(cell_len, self.names)), _NAME_WIDTH)
        widest = max(cell_len(cell) for cells in columns for cell in cells) + 2
        blocks = -(-len(columns) // max(1, room // widest))
        yield Text(self.title, style="bold")
        for part in np.array_split(np.arange(len(columns)), blocks):
            yield Text()
            yield self._block([(self._head(COLUMNS[c]), columns[c]) for c in part])
        yield Text()
        yield Text(self._caption().translate(signs), style="dim")

    def _block(self, columns: list[tuple[Text, list[str]]]) -> Table:
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
        head = text(f"split.{self.by}", self.lang)
        table.add_column(head, max_width=_NAME_WIDTH, vertical="bottom", overflow="fold")
        for title, cells in columns:
            width = cell_len(cells[0])
            table.add_column(title, min_width=width, max_width=width, vertical="bottom")
        for row, name in enumerate(self.names):
            last = row == len(self.names) - 1
            shown = [Text(cells[row], no_wrap=True) for _, cells in columns]
            table.add_row(Text(name), *shown, style="bold" if last else "")
        return table

    def _head(self, column: str) -> Text:
        if column == "matters":
            name, unit = text("split.matters", self.lang), text("split.per_world", self.lang)
        else:
            name, unit = measure_label(column, self.lang), measure_unit(column, self.lang)
        return Text(name).append("\n" + unit, style="not bold dim")

    def _cells(self, column: int) -> list[str]:
        """The cells of one column, all of one width, aligned at the decimal point."""
        mean, half = self.band.mean[:, column], self.band.high[:, column] - self.band.mean[:, column]
        places = max(decimals(mean), 1)  # rows differ in size: the largest alone would leave the smallest no digit
        after = max(len(number(value, places)) for value in half)
        halves = [f" ±{number(value, places):<{after}}" for value in half]
        halves = [each if np.isfinite(m) else " " * len(each) for m, each in zip(mean, halves, strict=True)]
        cells = [number(m, places) + each for m, each in zip(mean, halves, strict=True)]
        width = max(_CELL_WIDTH, *map(cell_len, cells))
        return [" " * (width - cell_len(cell)) + cell for cell in cells]

    def _name(self, word: Word) -> str:
        """A label's text; those of objects and types are known by their numbers."""
        shown = said(word, self.lang)
        return f"{word.name.split('.')[0]} {shown}" if self.by in OVERLAPPING else shown

    def _caption(self) -> str:
        lines = [text("split.caption", self.lang, n=counted(self.band.n[self.band.n > 0]))]
        if self.by in OVERLAPPING:
            lines.append(text("split.overlap", self.lang))
        if self.unseen:
            comma = "、" if self.lang == "zh" else ", "
            lines.append(text("split.unseen", self.lang, names=comma.join(self.unseen)))
        return "\n".join(lines)
