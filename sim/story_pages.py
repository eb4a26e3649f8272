"""The story laid out: a matter from its heading to its end, or day by day, in lines that fit a terminal."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sim import world
from sim.journal import Journal
from sim.story import listed, phrase, tell, when

_INDENT = "  "
# What a line may not be broken within: a run of letters and digits or one Chinese character, with the brackets,
# quotes and stops that cling to it.
_PIECE = re.compile("[（“(]*(?:[^\\s\u2e80-\uffff“]+|\\S)[，。；：、）”]*|\\s+")


class Block(NamedTuple):
    """A headline and what stands under it; either may be empty."""

    head: str
    body: str


def pages(journal: Journal, lang: str, matter: int = -1, actor: int = -1, procedure: int = -1) -> Iterator[Block]:
    """The story of one matter under its heading and with its end, or of all chosen ones half-day by half-day."""
    told = tell(journal, lang, matter, actor, procedure)
    if matter >= 0:
        yield Block(title(journal, matter, lang), heading(journal, matter, lang))
        for paragraph in told:
            yield Block(when(paragraph.tick, lang), paragraph.text)
        yield Block("", ending(journal, matter, lang))
        return
    last, colon = -1, ": " if lang == "en" else "："
    for paragraph in told:
        head = when(paragraph.tick, lang) if paragraph.tick != last else ""
        last = paragraph.tick
        yield Block(head, title(journal, paragraph.matter, lang) + colon + paragraph.text)
    if last < 0:
        yield Block("", phrase("nothing", lang))


def title(journal: Journal, m: int, lang: str) -> str:
    """What a matter is called: its number and its procedure."""
    return phrase("matter", lang, number=m + 1, procedure=journal.procedure(m).label(lang))


def heading(journal: Journal, m: int, lang: str) -> str:
    """Who leads a matter and who else is concerned, its domain, its deadline."""
    lead, *others = (journal.name(u, lang) for u in journal.parties(m))
    row = journal.world.matters[m]
    values = {"who": lead, "domain": int(row.domain) + 1, "deadline": when(int(row.deadline), lang)}
    if others:
        return phrase("headed_with", lang, others=listed(others, lang), **values)
    return phrase("headed", lang, **values)


def ending(journal: Journal, m: int, lang: str) -> str:
    """What became of a matter, how long that took, and what it took."""
    row, horizon = journal.world.matters[m], int(journal.world.totals[0].horizon)
    life = int(row.life)
    ended = {world.CLOSED: "end_closed", world.REFUSED: "end_refused", world.WITHDRAWN: "end_withdrawn"}
    last = horizon - 1
    if life in ended:
        last = int(row.closed) if life == world.CLOSED else _last_tick(journal, m)
    days = f"{(last + 1 - float(row.arose)) / world.TICKS_PER_DAY:.1f}"
    late = (last - int(row.deadline)) / world.TICKS_PER_DAY
    deadline = phrase("late", lang, days=f"{late:.1f}") if late > 0 else phrase("in_time", lang)
    how = phrase(
        ended.get(life, "end_open"), lang, when=when(last, lang), days=days, deadline=deadline,
        stage=journal.stage(m, int(row.stage), lang),
    )  # fmt: skip
    counted = {
        "rounds": row.rounds, "returns": row.returns, "escalated": row.escalated,
        "conflicts": row.outbreaks + row.secondary, "reopened": row.reopened,
    }  # fmt: skip
    told = [how, *(phrase(key, lang, count=int(count)) for key, count in counted.items() if count)]
    return "; ".join(told) + "." if lang == "en" else "；".join(told) + "。"


def _last_tick(journal: Journal, m: int) -> int:
    """When a matter was last told of."""
    rows = journal.rows
    return int(rows.tick[rows.matter == m].max(initial=int(journal.world.matters[m].arrival)))


def print_pages(pages: Iterable[Block]) -> None:
    """Headlines in bold, what is under them indented and broken into lines."""
    from sim.printing import console

    out = console()
    for head, body in pages:
        if head:
            out.print(head[0].upper() + head[1:], style="bold", markup=False, soft_wrap=True)
        for line in lines(body, out.width - len(_INDENT)):
            out.print(_INDENT + line, markup=False, soft_wrap=True)


def lines(text: str, width: int) -> Iterator[str]:
    """A text broken into lines of at most ``width`` columns, where a Chinese character takes two."""
    from rich.cells import cell_len

    line = ""
    for piece in _PIECE.findall(text):
        if line and cell_len(line + piece.rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += piece if line else piece.lstrip()
    if line.strip():
        yield line.rstrip()
