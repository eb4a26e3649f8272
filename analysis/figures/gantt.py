"""The Gantt chart of one run: how matters stood from beginning to end, a row each."""

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis.cases import STANDINGS, Case, Span, ends, spans
from analysis.figures.style import FAINT, INK, PALE, columns, frame, new_figure, plain
from sim import world
from sim.labels import text

TICKS_PER_WEEK = 5 * world.TICKS_PER_DAY
_ROWS = 45  # about as many as a page can carry
_ROW, _HEAD, _FOOT, _WIDTH = 0.195, 1.3, 0.95, 13.0  # inches
_BEYOND = 1.06  # the counts of what is open at the end stand beyond it
_FILLS = dict(zip(STANDINGS, (PALE, "#56B4E9", "#009E73", "#E69F00"), strict=True))
_MARKS = {world.REFUSED: ("refused", "X"), world.WITHDRAWN: ("withdrawn", "s")}
_OPEN = ("open", ">")
_SIGNS = {"outbreaks": "⚡", "returns": "↩", "reopened": "↻"}


class _Row(NamedTuple):
    """A matter in the chart; times in working weeks."""

    name: str
    spans: list[Span]
    end: float
    deadline: float
    mark: str  # the marker of its end; empty: it was closed
    counts: str


def gantt(case: Case, lang: str) -> Figure | None:
    """A row per matter, or per every k-th where there are many; None if no matter arose."""
    rows, step = _rows(case, lang)
    if not rows:
        return None
    height = _HEAD + _ROW * len(rows) + _FOOT
    figure = new_figure(_WIDTH, height)
    left = (0.4 + 0.067 * max(columns(row.name) for row in rows)) / _WIDTH
    axes = figure.add_axes((left, _FOOT / height, 0.985 - left, 1 - (_HEAD + _FOOT) / height))
    plain(axes)
    horizon = case.journal.world.totals[0].horizon / TICKS_PER_WEEK
    for place, row in enumerate(rows):
        _draw(axes, place, row, horizon)
    _axes(axes, rows, horizon, lang)
    _legend(figure, lang)
    which = text("gantt.every" if step > 1 else "gantt.all", lang, matters=len(case.journal.world.matters), step=step)
    run = text("case.run", lang, replicate=case.replicate, seed=case.seed)
    frame(figure, case, lang, text("gantt.heading", lang), text("gantt.note", lang, which=which, run=run))
    return figure


def _rows(case: Case, lang: str) -> tuple[list[_Row], int]:
    """The matters shown, in the order of arising, and one in how many they are."""
    journal, matters = case.journal, case.journal.world.matters
    step = max(1, round(len(matters) / _ROWS))
    chosen, end = range(step // 2, len(matters), step), ends(journal.world)  # from the middle of each ``step``
    found = []
    for m, stood in zip(chosen, spans(journal, chosen), strict=True):
        row = matters[m]
        life = int(row.life)
        mark = "" if life == world.CLOSED else _MARKS.get(life, _OPEN)[1]
        numbers = (row.outbreaks + row.secondary, row.returns, row.reopened)
        counts = " ".join(f"{sign}{n}" for sign, n in zip(_SIGNS.values(), numbers, strict=True) if n)
        weeks = [Span(span.standing, span.start / TICKS_PER_WEEK, span.end / TICKS_PER_WEEK) for span in stood]
        name = f"{journal.procedure(m).label(lang)}  {m + 1}"
        due = (row.deadline + 1.0) / TICKS_PER_WEEK  # by the end of that half-day
        found.append(_Row(name, weeks, end[m] / TICKS_PER_WEEK, due, mark, counts))
    return found, step


def _draw(axes: Axes, place: int, row: _Row, horizon: float) -> None:
    if place % 2 == 0:
        axes.axhspan(place - 0.5, place + 0.5, color="#f7f7f7", linewidth=0, zorder=0)
    axes.plot([row.spans[0].start, row.end], [place, place], color=FAINT, linewidth=0.7, zorder=1)
    for span in row.spans:
        axes.barh(place, span.end - span.start, 0.62, span.start, color=_FILLS[span.standing], zorder=2)
    if row.deadline <= horizon:
        axes.plot([row.deadline] * 2, [place - 0.44, place + 0.44], color=INK, linewidth=1.3, zorder=3)
    if row.mark:
        axes.plot(row.end, place, marker=row.mark, color=INK, markersize=5, linestyle="", zorder=4, clip_on=False)
    if row.counts:
        week = axes.get_position().width * _WIDTH / (horizon * _BEYOND)  # inches
        hidden = row.end <= row.deadline <= min(row.end + (0.065 * len(row.counts) + 0.1) / week, horizon)
        axes.annotate(
            row.counts, (row.deadline if hidden else row.end, place), (8 if row.mark else 4, 0), fontsize=7.5,
            textcoords="offset points", va="center", color=INK, zorder=5, annotation_clip=False,
        )  # fmt: skip


def _axes(axes: Axes, rows: Sequence[_Row], horizon: float, lang: str) -> None:
    axes.set_xlim(0.0, horizon * _BEYOND)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xticks([tick for tick in axes.get_xticks() if 0.0 <= tick <= horizon])
    axes.set_yticks(range(len(rows)), [row.name for row in rows])
    axes.tick_params(axis="y", length=0, labelsize=7.5)
    axes.grid(axis="x", color="#e4e4e4", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_bounds(0.0, horizon)
    axes.axvline(horizon, color=FAINT, linewidth=0.8, zorder=1)
    axes.set_xlabel(text("figure.weeks", lang), fontsize=9.5, color=INK, loc="left")


def _legend(figure: Figure, lang: str) -> None:
    """What the colours are, and below it what the marks are."""
    fills: list[Artist] = [Patch(color=color, label=text(f"gantt.{name}", lang)) for name, color in _FILLS.items()]
    marks: list[Artist] = [_key("|", text("gantt.deadline", lang), 9)]
    marks += [_key(marker, text(f"gantt.{name}", lang), 6) for name, marker in (_OPEN, *_MARKS.values())]
    signs = [_key(f"${sign}$", text(f"gantt.{name}", lang), 8) for name, sign in _SIGNS.items()]
    rows = (fills, [*marks, *signs])
    top = 1 - 0.66 / figure.get_figheight()
    for row, handles in enumerate(rows):
        figure.legend(
            handles=handles, loc="upper left", ncols=len(handles), frameon=False, fontsize=8.5, labelcolor=INK,
            bbox_to_anchor=(0.004, top - 0.24 * row / figure.get_figheight()), handletextpad=0.5, columnspacing=1.6,
        )  # fmt: skip


def _key(marker: str, label: str, size: float) -> Line2D:
    return Line2D([], [], marker=marker, color=INK, linestyle="", markersize=size, label=label)
