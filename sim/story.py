"""The story of a run: its journal in sentences, by matter or day by day, in English or Chinese.

A sentence tells one act: who coordinated what with whom, by which mode, how the parties took it, what came of it.
Numbers stand in parentheses: positions on [0, 1], hours, working days.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from sim import world
from sim.journal import TO_SOMEONE, VALUES, Act, Event, Journal, acts, worded
from sim.labels import text
from sim.messages import LANGUAGES
from sim.story_words import CLAUSES, MODES, PHRASES
from sim.vocabulary import FLAWS

STEP, STRIDE = 0.03, 0.1  # movements towards a proposal that are hardly and clearly noticed, in units of position
FAR = 0.3
# What the number in an aside is called, by what happened.
_ASIDES = {
    "passes": "hours", "done": "hours", "round": "proposal", "contradicted": "difference", "agreed": "proposal",
    "unresolved": "divergence", "decided": "outcome", "outbreak": "divergence", "changed": "outcome",
    "attended": "attendance", "issued": "position", "closed": "divergence",
}  # fmt: skip


class Paragraph(NamedTuple):
    """What happened to a matter in one half-day."""

    tick: int
    matter: int  # row
    text: str


def tell(journal: Journal, lang: str, matter: int = -1, actor: int = -1, procedure: int = -1) -> Iterator[Paragraph]:
    """The story in order of time, then of matters; of one matter, actor or procedure (rows; -1: any)."""
    if lang not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}, got {lang!r}")
    teller = _Teller(journal, lang)
    found = acts(journal, matter, actor, procedure)
    for (tick, m), group in groupby(found, key=lambda act: (act.tick, act.matter)):
        sentences = [teller.sentence(act) for act in group]
        yield Paragraph(tick, m, (" " if lang == "en" else "").join(sentences))


def when(tick: int, lang: str) -> str:
    """A half-day as people call it: days count from 1."""
    day, half = divmod(tick, world.TICKS_PER_DAY)
    return phrase("afternoon" if half else "morning", lang, day=day + 1)


def phrase(key: str, lang: str, **values: object) -> str:
    """The phrase under ``key``, with ``values`` put into its braces."""
    return PHRASES[key][LANGUAGES.index(lang)].format(**values)


def listed(names: Iterable[str], lang: str) -> str:
    """Names as a sentence lists them."""
    *first, last = names
    if not first:
        return last
    return f"{', '.join(first)} and {last}" if lang == "en" else "、".join([*first, last])


class _Teller(NamedTuple):
    """Sentences of one journal in one language."""

    journal: Journal
    lang: str

    def sentence(self, act: Act) -> str:
        """An act, from the capital letter to the full stop."""
        clauses = list(self._of_round(act) if act.events[0].what == "round" else self._in_turn(act))
        told = "; ".join(clauses) if self.lang == "en" else "；".join(clauses)
        return f"{told[0].upper()}{told[1:]}." if self.lang == "en" else f"{told}。"

    def _in_turn(self, act: Act) -> Iterator[str]:
        """Clause by clause, what happened alike to several being one."""
        before: Sequence[Event] = ()
        for what, group in groupby(act.events, key=lambda event: event.what):
            events = list(group)
            if not (what == "enters" and before and before[-1].what == "returned"):  # that has been said
                yield self._clause(self._key(events[-1], before), events)
            if what == "decided" and len(act.stances) > 1 and not math.isnan(events[-1].value):
                yield self._leaning(events[-1].value, act)
            before = events

    def _key(self, event: Event, before: Sequence[Event]) -> str:
        """Which clause tells an event; ``before`` is what the same sentence has just told."""
        last = before[-1].what if before else ""
        if event.what == "enters" and last == "arises":
            return "enters_first"
        if event.what == "returned" and last == "found":
            return "returned_found"
        if event.what == "arises" and len(self.journal.parties(event.matter)) > 1:
            return "arises_with"
        if event.what == "reported" and event.value == 1.0:
            return "reported_disputed"
        if event.what == "decided" and event.imposed:
            return "decided_imposed"
        if event.what in ("agreed", "unresolved"):
            return f"{event.what}_alone"
        if event.what == "closed" and not math.isnan(event.value):
            return "closed_content" if event.value <= self._content else "closed_unhappy"
        return event.what

    @property
    def _content(self) -> float:
        """Divergence that counts as consensus."""
        return float(self.journal.world.rules[0].consensus_divergence)

    def _clause(self, key: str, events: Sequence[Event], **more: str) -> str:
        """A clause filled in from the events it tells."""
        event = events[-1]
        values: dict[str, object] = {
            "who": self._names(each.who for each in events),
            "whom": self._names(each.whom for each in events if each.what in TO_SOMEONE),
            "stage": self.journal.stage(event.matter, event.stage, self.lang),
            "number": self._aside(_ASIDES.get(event.what, ""), [each.value for each in events]),
            **self._value(event),
            **more,
        }
        return CLAUSES[key][LANGUAGES.index(self.lang)].format(**values)

    def _value(self, event: Event) -> dict[str, str]:
        """What an event's value stands for, where it is no plain number."""
        kind = VALUES.get(event.what, ("", ""))[1]
        if kind == "stage":
            return {"to": self.journal.stage(event.matter, int(event.value), self.lang)}
        if kind == "flaws":
            return {"flaws": ("; " if self.lang == "en" else "，").join(worded(event.value, FLAWS, self.lang))}
        if kind == "tick":
            return {"when": when(int(event.value), self.lang)}
        if kind == "matter":
            return {"from": str(int(event.value) + 1)}
        if kind == "procedure":
            others = [self.journal.name(u, self.lang) for u in self.journal.parties(event.matter)[1:]]
            return {"others": listed(others, self.lang)} if others else {}
        return {}

    def _of_round(self, act: Act) -> Iterator[str]:
        """A round: the host with those who came, how each took it, and what came of it."""
        held, rest = act.events[0], act.events[1:]
        heard = [event for event in rest if event.what == "hears"]
        host = self.journal.name(held.who, self.lang)
        mode = MODES[held.mode]
        if heard:
            yield self._clause(mode, [held], whom=self._names(event.who for event in heard))
        else:
            yield self._clause("round_missed", [held], who=host, mode=text(f"mode.{mode}", self.lang))
        moves = [(self._move(event, held.value, act), event) for event in heard]
        comma = ", " if self.lang == "en" else "，"
        taken = [self._taken(key, moves, held.value) for key in dict.fromkeys(key for key, _ in moves)]
        if taken:
            yield comma.join(taken)
        confused = [event for event in rest if event.what == "contradicted"]
        if confused:
            yield self._clause("contradicted", confused)
        ended = [event for event in rest if event.what in ("agreed", "unresolved")]
        for event in ended:
            yield self._clause(event.what, [event])
        if heard and not ended:
            yield self._clause("not_yet", [held])
        for event in rest:
            if event.what == "enters":
                yield self._clause("enters", [event])

    def _move(self, event: Event, proposal: float, act: Act) -> str:
        """How a party took a proposal: the key of the clause that says so."""
        gap = abs(event.value - proposal)
        moved = abs(act.stances.get(event.who, event.value) - proposal) - gap
        if moved <= -STEP:
            return "away"
        if moved >= STRIDE:
            return "much"
        if moved >= STEP:
            return "closer"
        if gap <= self._content:
            return "near"
        return "far" if gap > FAR else "hardly"

    def _taken(self, key: str, moves: Sequence[tuple[str, Event]], proposal: float) -> str:
        """Those who took it alike, with how far from the proposal they now are."""
        events = [event for each, event in moves if each == key]
        return self._clause(key, events, number=self._aside("gap", [abs(event.value - proposal) for event in events]))

    def _leaning(self, outcome: float, act: Act) -> str:
        """Whose position a decision lies closest to, and whose it is furthest from."""
        ordered = sorted(act.stances, key=lambda u: abs(act.stances[u] - outcome))
        near, far = (self.journal.name(u, self.lang) for u in (ordered[0], ordered[-1]))
        return CLAUSES["leaning"][LANGUAGES.index(self.lang)].format(near=near, far=far)

    def _names(self, actors: Iterable[int]) -> str:
        """Distinct actors by name; those concerned, if it is nobody in particular."""
        names = [self.journal.name(u, self.lang) for u in dict.fromkeys(actors) if u >= 0]
        return listed(names, self.lang) if names else phrase("nobody", self.lang)

    def _aside(self, key: str, values: Sequence[float]) -> str:
        """Numbers in parentheses; nothing for numbers that are not there."""
        known = [value for value in values if not math.isnan(value)]
        if not key or not known:
            return ""
        digits = {"hours": 1, "attendance": 0}.get(key, 2)
        shown = (", " if self.lang == "en" else "、").join(f"{value:.{digits}f}" for value in known)
        said = phrase(key, self.lang, value=shown)
        return f" ({said})" if self.lang == "en" else f"（{said}）"
