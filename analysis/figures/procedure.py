"""A procedure as a picture: who acts in which stage, where it goes on, and where it goes back.

Lanes stand for those who act, rows for the stages in order.  A passing stage leads down; a return leaves to the right
and comes back along a track of its own, so that no two returns lie on each other.
"""

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from analysis.figures.style import FAINT, INK, PALE, WORSE, chinese_font, new_figure, save, wrap
from sim.labels import said, text
from sim.procedure import Procedure, Stage
from sim.vocabulary import ACTING, CONDITIONS, FLAWS, STAGE_TYPES, Word

# Inches.
_LANE, _ROW, _TRACK, _NOTES, _EDGE = 2.0, 0.82, 0.26, 3.5, 0.15
_BOX = (1.74, 0.5)
_HEAD, _FOOT = 1.3, 0.5
_FILLS = {
    "review": "#f4f4f4", "consult": "#d6e8f5", "decide": "#fbe3b5", "execute": "#d5ecd9", "circulate": "#ece2f1",
    "schedule": "#f7dcd0", "follow_up": "#ffffff",
}  # fmt: skip


class _Plan(NamedTuple):
    """Where everything stands: lanes from the left, rows from the top, in inches."""

    procedure: Procedure
    lang: str
    lanes: tuple[str, ...]  # who acts, in the order of the vocabulary
    rows: tuple[int, ...]  # the row of each stage; a follow-up shares that of the stage it accompanies
    tracks: tuple[int, ...]  # places of stages that return to another, each on a track of its own

    def x(self, stage: Stage) -> float:
        return _EDGE + _LANE * (self.lanes.index(stage.who) + 0.5)

    def y(self, place: int) -> float:
        return -_ROW * (self.rows[place] + 0.5)

    @property
    def lanes_end(self) -> float:
        return _EDGE + _LANE * len(self.lanes)

    def track(self, place: int) -> float:
        return self.lanes_end + _TRACK * (self.tracks.index(place) + 1.4)

    def lift(self, place: int) -> float:
        """How far above the middle of its target a return arrives, so that two at one target stay apart."""
        aims = [self.procedure.stages[each].on_failure for each in self.tracks]
        at = self.tracks.index(place)
        return 0.04 + 0.08 * aims[:at].count(aims[at])

    @property
    def notes_at(self) -> float:
        return self.lanes_end + _TRACK * (len(self.tracks) + 1.6)


def procedure_figure(procedure: Procedure, lang: str) -> Figure:
    """A swim-lane picture of a procedure in ``lang``, 'en' or 'zh'."""
    plan = _planned(procedure, lang)
    width, rows = plan.notes_at + _NOTES, len(procedure.chain)
    height = _HEAD + _ROW * rows + _FOOT
    figure = new_figure(width, height)
    axes = figure.add_axes((0, _FOOT / height, 1, (height - _FOOT) / height))
    axes.set(xlim=(0, width), ylim=(-_ROW * rows, _HEAD))
    axes.axis("off")
    _head(axes, plan)
    for place, stage in enumerate(procedure.stages):
        _box(axes, plan, place, stage)
        _onward(axes, plan, place, stage)
        _back(axes, plan, place, stage)
    for row in range(rows):
        lines = [
            line
            for place, stage in enumerate(procedure.stages)
            if plan.rows[place] == row
            for line in _notes(plan, stage)
        ]
        notes = "\n".join(wrap(line, 52) for line in lines)
        axes.text(plan.notes_at, -_ROW * (row + 0.5), notes, fontsize=8, va="center", color=INK, linespacing=1.2)
    figure.text(_EDGE / width, 0.1 / height, text("procedure.note", lang), fontsize=8.5, va="bottom", color=FAINT)
    return figure


def _planned(procedure: Procedure, lang: str) -> _Plan:
    acting = {stage.who for stage in procedure.stages}
    lanes = tuple(word.name for word in ACTING if word.name in acting)
    rows = [0] * len(procedure.stages)
    for row, place in enumerate(procedure.chain):
        rows[place] = row
    for place, stage in enumerate(procedure.stages):
        if not stage.chained:
            rows[place] = rows[procedure.place(stage.alongside)]
    # The shortest returns take the innermost tracks, so that few of them cross.
    returning = [place for place, stage in enumerate(procedure.stages) if procedure.place(stage.on_failure) >= 0]
    falling = sorted(returning, key=lambda place: abs(place - procedure.place(procedure.stages[place].on_failure)))
    return _Plan(procedure, lang, lanes, tuple(rows), tuple(falling))


def _head(axes: Axes, plan: _Plan) -> None:
    """Title, purpose, and who the lanes are."""
    lang, bottom, width = plan.lang, axes.get_ylim()[0], axes.get_xlim()[1]
    axes.text(_EDGE, _HEAD - 0.14, plan.procedure.label(lang), fontsize=15, va="top", color=INK)
    purpose = wrap(plan.procedure.purpose.of(lang), int(width * 15))
    axes.text(_EDGE, _HEAD - 0.46, purpose, fontsize=9, va="top", color=FAINT, linespacing=1.3)
    for lane, name in enumerate(plan.lanes):
        left = _EDGE + _LANE * lane
        if lane % 2 == 0:
            axes.axvspan(left, left + _LANE, ymax=-bottom / (_HEAD - bottom), color="#fafafa", lw=0, zorder=0)
        words = wrap(_said(ACTING, name, lang), 27)
        axes.text(left + _LANE / 2, 0.06, words, fontsize=9, ha="center", va="bottom", color=INK)
    axes.plot([_EDGE, width - _EDGE], [0, 0], color=PALE, lw=1, zorder=1)


def _box(axes: Axes, plan: _Plan, place: int, stage: Stage) -> None:
    x, y, (width, height) = plan.x(stage), plan.y(place), _BOX
    axes.add_patch(
        FancyBboxPatch(
            (x - width / 2, y - height / 2), width, height, boxstyle="round,pad=0,rounding_size=0.07",
            fc=_FILLS[stage.type], ec=FAINT, lw=1.0, ls=(0, (3, 2)) if stage.implied else "-", zorder=3,
        )
    )  # fmt: skip
    words = wrap(stage.title.of(plan.lang), 27)
    axes.text(x, y, words, fontsize=8.5, ha="center", va="center", color=INK, linespacing=1.15, zorder=4)
    if not stage.chained:
        ahead = plan.x(plan.procedure.stages[plan.procedure.place(stage.alongside)])
        side = width / 2 if ahead > x else -width / 2
        style = {"arrowstyle": "<->", "ls": (0, (1, 1.5)), "color": INK, "lw": 1.1, "shrinkA": 0, "shrinkB": 0}
        axes.annotate("", (ahead - side, y), (x + side, y), arrowprops=style, zorder=2)


def _notes(plan: _Plan, stage: Stage) -> list[str]:
    """What is said of a stage beside its title: a line each for what it is, when it takes place, what is checked."""
    lang, comma = plan.lang, "，" if plan.lang == "zh" else ", "
    facts = [text("procedure.enters", lang)] if plan.procedure.entry and stage.name == plan.procedure.entry else []
    if not stage.chained:
        facts.append(stage.title.of(lang))
    elif stage.type != "review":  # the commonest, and told by its hours
        facts.append(_said(STAGE_TYPES, stage.type, lang))
    if stage.hours_party:
        facts.append(text("procedure.hours_party", lang, hours=f"{stage.hours:g}", more=f"{stage.hours_party:g}"))
    elif stage.hours:
        facts.append(text("procedure.hours", lang, hours=f"{stage.hours:g}"))
    if stage.wait:
        facts.append(text("procedure.wait" if stage.type == "schedule" else "procedure.takes", lang, ticks=stage.wait))
    if stage.every:
        facts.append(text("procedure.every" if not stage.chained else "procedure.pressed", lang, ticks=stage.every))
    if stage.issues:
        facts.append(text("procedure.issues", lang))
    if stage.names:
        facts.append(text("procedure.names", lang))
    notes = [comma.join(facts)] if facts else []
    if stage.left_out:
        notes.append(text("procedure.left_out", lang))
    elif stage.when != "always":
        notes.append(text("procedure.when", lang, condition=_said(CONDITIONS, stage.when, lang)))
    if stage.checks:
        names = ("、" if lang == "zh" else "; ").join(_said(FLAWS, check, lang) for check in stage.checks)
        notes.append(text("procedure.checks", lang, names=names))
    return notes


def _onward(axes: Axes, plan: _Plan, place: int, stage: Stage) -> None:
    """Down to the next stage, by way of the gap between two rows."""
    following = next((later for later in plan.procedure.chain if later > place), -1)
    if not stage.chained or following < 0:
        return
    ahead = plan.procedure.stages[following]
    half, gap = _BOX[1] / 2, -_ROW * plan.rows[following]
    top, bottom = plan.y(place) - half, plan.y(following) + half
    if stage.who != ahead.who:
        axes.plot([plan.x(stage)] * 2 + [plan.x(ahead)], [top, gap, gap], color=INK, lw=1.2, zorder=2)
        top = gap
    _arrow(axes, (plan.x(ahead), top), (plan.x(ahead), bottom), INK)


def _back(axes: Axes, plan: _Plan, place: int, stage: Stage) -> None:
    """Where a failure leads: back along a track, or in a word to a leader or an end."""
    if not stage.on_failure or stage.on_failure == stage.name:
        return
    lang, y, right = plan.lang, plan.y(place) - 0.1, plan.x(stage) + _BOX[0] / 2
    line: dict[str, Any] = {"color": WORSE, "lw": 1.1, "ls": (0, (4, 2)), "zorder": 2}
    target = plan.procedure.place(stage.on_failure)
    if target < 0:
        axes.plot([right, right + 0.16], [y, y], **line)
        _arrow(axes, (right + 0.18, y), (right + 0.28, y), WORSE)
        words = plan.procedure.destination(stage.on_failure, lang)
        axes.text(right + 0.32, y, words, fontsize=7.5, va="center", color=WORSE, zorder=5)
        return
    x, home = plan.track(place), plan.y(target) + plan.lift(place)
    end = plan.x(plan.procedure.stages[target]) + _BOX[0] / 2
    axes.plot([right, x, x, end + 0.1], [y, y, home, home], **line)
    _arrow(axes, (end + 0.12, home), (end, home), WORSE)
    words = text("procedure.returns", lang, times=stage.limit)
    if stage.beyond:
        words += "\n" + text("procedure.beyond", lang, name=plan.procedure.destination(stage.beyond, lang))
    axes.text(right + 0.05, y - 0.03, words, fontsize=7, va="top", color=WORSE, zorder=5)


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float], color: str) -> None:
    style = {"arrowstyle": "-|>", "color": color, "lw": 1.2, "mutation_scale": 9, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", end, start, arrowprops=style, zorder=2)


def _said(words: tuple[Word, ...], name: str, lang: str) -> str:
    return next(said(word, lang) for word in words if word.name == name)


def write_procedures(procedures: Sequence[Procedure], folder: Path, lang: str = "en") -> list[Path]:
    """Write ``<name>.png`` and ``<name>.svg`` for each procedure into ``folder``, in Chinese ``<name>.zh.*``.

    Without a font that can write Chinese they are in English, with one warning.  Returns the files in order.
    """
    if lang == "zh" and chinese_font() is None:
        warnings.warn(text("notice.no_cjk_font", "en"), stacklevel=2)
        lang = "en"
    ending = "" if lang == "en" else f".{lang}"
    written: list[Path] = []
    for procedure in procedures:
        written += save(procedure_figure(procedure, lang), folder / f"{procedure.name}{ending}")
    return written
