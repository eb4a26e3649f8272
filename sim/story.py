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
from sim.labels import said, text
from sim.messages import LANGUAGES
from sim.story_words import CLAUSES, MODES, PHRASES, TIMES
from sim.vocabulary import FLAWS, MODE_REASONS, OCCASIONS, STUCK, TIMING_REASONS

STEP, STRIDE = 0.03, 0.1  # movements towards a proposal that are hardly and clearly noticed, in units of position
FAR = 0.3
SAME = 0.005  # outcomes that look alike in two digits
# What the number in an aside is called, by what happened.
_ASIDES = {
    "done": "hours", "round": "proposal", "contradicted": "difference", "agreed": "proposal",
    "unresolved": "divergence", "decided": "outcome", "outbreak": "divergence",
    "corrected": "gap", "attended": "attendance", "issued": "position", "closed": "divergence",
    "reserved": "divergence", "helped": "hours", "broken": "further", "misread": "misreading",
}  # fmt: skip
# Events whose number is of what parties think, said or not.
_OF_MINDS = ("outbreak", "corrected", "closed")
# What goes without saying: what a stage's end says better, and what a return or a stage's title has said.
_SAID_AFTER, _SAID_BEFORE = ("done", "passes"), (("returned", "enters"), ("enters", "begins"))
# Where nobody in particular is a superior organ outside the organisation.
_DESKS = ("passes", "found")
# Contents of matters that a leader hands down, and does not find laid before them.
_FROM_ABOVE = ("ad_hoc", "follow_up", "emergencies")


class Paragraph(NamedTuple):
    """What happened to a matter in one half-day."""

    tick: int
    matter: int  # row
    text: str


def tell(
    journal: Journal, lang: str, matter: int = -1, actor: int = -1, procedure: int = -1, *, private: bool = True
) -> Iterator[Paragraph]:
    """The story in order of time, then of matters; of one matter, actor or procedure (rows; -1: any).

    Without ``private`` no number says how far somebody's mind is from anything.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}, got {lang!r}")
    teller = _Teller(journal, lang, private)
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
    private: bool

    def sentence(self, act: Act) -> str:
        """An act, from the capital letter to the full stop."""
        clauses = list(self._of_round(act) if act.events[0].what == "round" else self._in_turn(act, act.events))
        told = "; ".join(clauses) if self.lang == "en" else "；".join(clauses)
        return f"{told[0].upper()}{told[1:]}." if self.lang == "en" else f"{told}。"

    def _in_turn(self, act: Act, events: Sequence[Event], last: str = "") -> Iterator[str]:
        """Clause by clause, what happened alike to several being one; ``last`` is what was told just before."""
        runs = [(kind, list(group)) for kind, group in groupby(events, key=lambda event: self._kind(act, event))]
        for place, (kind, run) in enumerate(runs):
            then = runs[place + 1][0] if place + 1 < len(runs) else ""
            if (kind, then) != _SAID_AFTER and (last, kind) not in _SAID_BEFORE:
                yield self._clause(self._key(act, run[-1], kind, last), run, **self._before(act, kind))
            if kind == "arises" and self.journal.procedure(run[-1].matter).content == "activities":
                yield self._clause("occasion", run, occasion=self._occasion(run[-1].matter))
            if kind == "decided" and run[-1].imposed and len(act.stances) > 1 and not self._handed_down(run[-1]):
                yield self._leaning(run[-1].value, act)
            if kind in ("decided", "agreed") and act.conflict:
                yield self._clause("settled", run)
            last = kind

    def _kind(self, act: Act, event: Event) -> str:
        """What happened; work done by those who had done theirs is work done again."""
        return "done_again" if event.what == "done" and event.who in act.finished else event.what

    def _before(self, act: Act, what: str) -> dict[str, str]:
        """What the number of a change is: the outcome until then."""
        return {"number": self._aside("before", [act.outcome])} if what == "changed" else {}

    def _key(self, act: Act, event: Event, what: str, last: str) -> str:
        """Which clause tells an event, ``what``, that follows ``last`` in the same sentence."""
        if what == "arises" and len(self.journal.parties(event.matter)) > 1:
            return "arises_with"
        if what == "enters" and last in ("arises", "timed", "moded") and act.events[0].what == "arises":
            return "enters_first"
        if what == "enters" and last == "found":
            return "enters_anyway"
        if what == "passes":
            return self._passing(event.who)
        if what == "returned":
            return "returned_end" if event.value < 0 else "returned_found" if last == "found" else what
        if what in ("agreed", "unresolved") and not last:
            return f"{what}_alone"
        if what == "reported":
            return self._reported(act, event)
        if what == "decided" and event.imposed:
            return self._imposed(act, event)
        if what == "changed" and abs(event.value - act.outcome) < SAME:
            return "unchanged"
        if what == "closed" and not math.isnan(act.outcome):
            return "closed_content" if event.value <= self._content else "closed_unhappy"
        if what == "urged" and event.who < 0:
            return "urged_reader"
        return self._chosen(event, last) if what == "moded" else self._alone_or_not(event, what)

    def _chosen(self, event: Event, last: str) -> str:
        """Whether a mode is chosen along with the time, on its own, or anew."""
        if int(event.value) == STUCK:
            return "moded_anew"
        return "moded_too" if last == "timed" else "moded"

    def _alone_or_not(self, event: Event, what: str) -> str:
        """What is told otherwise where one of the two has no part in it."""
        if what == "passed_on" and event.who < 0:
            return "passed_on_to_nobody"
        if (what == "misread" and event.who < 0) or (what == "bypassed" and event.whom < 0):
            return f"{what}_alone"
        return what

    def _reported(self, act: Act, event: Event) -> str:
        """How a matter came before a leader: handed down, laid before, or brought up in dispute."""
        if event.value == 0.0 and self._handed_down(event) and not act.consulted:
            return "reported_given"
        if event.who == event.whom:
            return "reported_again"
        if event.value == 0.0:
            return "reported"
        return "reported_alone" if len(self.journal.parties(event.matter)) == 1 else "reported_disputed"

    def _imposed(self, act: Act, event: Event) -> str:
        """What a leader's own judgement came after: talks that failed, with one or several, or none."""
        if not act.consulted:
            return "decided_instructed" if self._handed_down(event) else "decided_alone"
        return "decided_over" if len(self.journal.parties(event.matter)) == 1 else "decided_imposed"

    def _handed_down(self, event: Event) -> bool:
        """Whether a matter comes from a leader to begin with: a task handed out, an inspection, an emergency."""
        return self.journal.procedure(event.matter).content in _FROM_ABOVE

    def _passing(self, u: int) -> str:
        role = int(self.journal.world.actors[u].role) if u >= 0 else world.SUPERIOR
        return {world.LEADER: "passes_leader", world.SUPERIOR: "passes_superior"}.get(role, "passes")

    @property
    def _content(self) -> float:
        """Divergence that counts as consensus."""
        return float(self.journal.world.rules[0].consensus_divergence)

    def _clause(self, key: str, events: Sequence[Event], **more: str) -> str:
        """A clause filled in from the events it tells."""
        event = events[-1]
        values: dict[str, object] = {
            "who": self._names((each.who for each in events), "superior" if event.what in _DESKS else "nobody"),
            "whom": self._names(each.whom for each in events if each.what in TO_SOMEONE),
            "stage": self.journal.stage(event.matter, event.stage, self.lang),
            "number": self._aside(self._measured(event), [each.value for each in events]),
            **self._value(event),
            **more,
        }
        return CLAUSES[key][LANGUAGES.index(self.lang)].format(**values)

    def _measured(self, event: Event) -> str:
        """What an event's number is called; empty if none is told."""
        hidden = event.what in _OF_MINDS and not self.private
        return "" if hidden else _ASIDES.get(event.what, "")

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
        if kind == "count" and not math.isnan(event.value):
            return {"times": self._times(int(event.value))}
        if kind == "timing":
            time = phrase(TIMES[event.timing], self.lang)
            return {"time": time, "why": said(TIMING_REASONS[int(event.value)], self.lang)}
        if kind == "mode":
            mode = text(f"mode.{MODES[event.mode]}", self.lang)
            return {"mode": mode, "why": said(MODE_REASONS[int(event.value)], self.lang)}
        if kind == "procedure":
            others = [self.journal.name(u, self.lang) for u in self.journal.parties(event.matter)[1:]]
            return {"others": listed(others, self.lang)} if others else {}
        return {}

    def _times(self, count: int) -> str:
        """How often something happened."""
        return phrase(f"times_{count}" if count in (1, 2) else "times", self.lang, count=count)

    def _occasion(self, m: int) -> str:
        """What a leader is asked to attend."""
        return said(OCCASIONS[int(self.journal.world.matters[m].occasion)], self.lang)

    def _of_round(self, act: Act) -> Iterator[str]:
        """A round: the host with those who came, how each took it, and what came of it."""
        held, rest = act.events[0], act.events[1:]
        heard = [event for event in rest if event.what == "hears" and event.who != held.who]
        confused = [event for event in rest if event.what == "contradicted"]
        mode = MODES[held.mode]
        if heard or confused:
            alone = mode == "meeting" and len({event.who for event in (*heard, *confused)}) == 1
            reached = self._names(event.who for event in (*heard, *confused))
            yield self._clause("meeting_one" if alone else mode, [held], whom=reached)
        else:
            yield self._clause("round_missed", [held], mode=text(f"mode.{mode}", self.lang))
        past = [event for event in rest if event.what == "bypassed"]
        if past:
            yield self._clause("bypassed", past)
        moves = [(self._move(event, held.value, act), event) for event in heard]
        taken = [self._taken(key, moves, held.value) for key in dict.fromkeys(key for key, _ in moves)]
        if taken:
            yield (", " if self.lang == "en" else "，").join(taken)
        if confused:
            yield self._clause("contradicted", confused)
        after = [event for event in rest if event.what not in ("hears", "contradicted", "bypassed")]
        if not any(event.what in ("agreed", "unresolved") for event in after) and self._alone:
            yield self._clause("not_yet", [held])
        yield from self._in_turn(act, after, held.what)

    @property
    def _alone(self) -> bool:
        """Whether a matter has one host only, whose round tells how things stand."""
        return int(self.journal.world.strategy[0].coordinators) == 1

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
        gaps = [abs(event.value - proposal) for event in events] if self.private else []
        return self._clause(key, events, number=self._aside("gap", gaps))

    def _leaning(self, outcome: float, act: Act) -> str:
        """Whose position a decision lies closest to, and whose it is furthest from."""
        ordered = sorted(act.stances, key=lambda u: abs(act.stances[u] - outcome))
        near, far = (self.journal.name(u, self.lang) for u in (ordered[0], ordered[-1]))
        return CLAUSES["leaning"][LANGUAGES.index(self.lang)].format(near=near, far=far)

    def _names(self, actors: Iterable[int], nobody: str = "nobody") -> str:
        """Distinct actors by name; a phrase, if it is nobody in particular."""
        names = [self.journal.name(u, self.lang) for u in dict.fromkeys(actors) if u >= 0]
        return listed(names, self.lang) if names else phrase(nobody, self.lang)

    def _aside(self, key: str, values: Sequence[float]) -> str:
        """Numbers in parentheses; nothing for numbers that are not there."""
        known = [abs(value) for value in values if not math.isnan(value)]
        if not key or not known:
            return ""
        if key == "attendance" and known == [1.0]:
            return ""
        digits = {"hours": 1, "attendance": 0}.get(key, 2)
        shown = (", " if self.lang == "en" else "、").join(f"{value:.{digits}f}" for value in known)
        said = phrase(key, self.lang, value=shown)
        return f" ({said})" if self.lang == "en" else f"（{said}）"
