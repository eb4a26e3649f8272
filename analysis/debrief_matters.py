"""The matters of a debrief: each in the trainee's year and in a rival's, with the reason why it went differently.

A reason says what was done otherwise, what came of it, where the matter was longer or shorter, and which conflict
reached it: all looked up in the two runs.  What the decisions on one matter have done by themselves is found by playing
the year without them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

from analysis.debrief_words import Told, clauses, half_day, label, names, sentences, titled, told, unit_of
from analysis.followed import (
    PLACES,
    Followed,
    Handling,
    conflicts,
    days_in_hand,
    days_spent,
    decided_on,
    gap,
    handling,
    hours,
    told_of,
    without,
)
from sim import world
from sim.decisions import ARISES, ROUND, Choice, Decision
from sim.labels import LANGUAGES
from sim.play import Board, Game, by_key, play
from sim.smallest_effects import SMALLEST
from sim.story import tell

Json = dict[str, Any]

_ZERO = 1e-9  # what sums differ by that were taken in another order
_MOST_PLACES = 3  # of those a matter was in, that a reason names
_SPENT = 0.5  # working days from which it names one
_POINTS = {ARISES: "arises", ROUND: "round_held"}


class Matters(NamedTuple):
    """The director's matters, in the trainee's year and in a rival's."""

    board: Board
    log: tuple[Decision, ...]
    mine: Followed
    rival: Followed
    standing: bool  # the rival is the standing way of the office
    own: Mapping[int, list[Json]]  # by row of the matter, what the decisions on it have done by themselves

    def told(self) -> list[Json]:
        """All of them, the most different first."""
        rows = [(self.apart(m), self.matter(at, m)) for at, m in enumerate(self.board.own)]
        return [row for _, row in sorted(rows, key=lambda pair: (not pair[1]["differs"], -pair[0], pair[1]["row"]))]

    def apart(self, m: int) -> float:
        """How far the two courses of a matter are apart, in differences that matter."""
        ours, theirs = self.mine.world, self.rival.world
        far = abs(days_in_hand(ours)[m] - days_in_hand(theirs)[m]) / SMALLEST["lead_mean"].size
        far += abs(hours(ours)[m] - hours(theirs)[m]) / SMALLEST["coordination_hours"].size
        far += abs(conflicts(ours)[m] - conflicts(theirs)[m]) / (SMALLEST["conflicts"].size / 100.0)
        one, other = gap(ours, m), gap(theirs, m)
        if one is not None and other is not None:
            far += abs(one - other) / SMALLEST["goal_attainment"].size
        return float(far)

    def matter(self, at: int, m: int) -> Json:
        """One of them, which is at this place among them."""
        mine, rival = handling(self.mine, m), handling(self.rival, m)
        differs = repr(told_of(self.mine.journal, m)) != repr(told_of(self.rival.journal, m))
        return {
            "row": m, "number": m + 1, "title": titled(self.mine.journal.procedure(m).title),
            "mine": _course(self.mine, m, mine), "rival": _course(self.rival, m, rival), "differs": differs,
            "decisions": list(self.decisions(m)), "reason": self.reason(at, m, mine, rival, differs),
            "parting": self.parting(m) if differs else None, "own": self.own[m],
        }  # fmt: skip

    def decisions(self, m: int) -> Iterator[Json]:
        """What was decided on a matter, at its own points and when it was put first at another's."""
        for point, choice in self.log:
            at = {"when": half_day(point.tick)}
            if point.matter == m:
                where = told(_POINTS.get(point.kind, "conflict_out"))
                what = list(self.said(m, choice)) or [told("as_usual")]
                yield {**at, "said": told("said", where=where, what=clauses(what))}
            elif m in choice.first:
                yield {**at, "said": told("also_first", number=point.matter + 1)}

    def said(self, m: int, choice: Choice) -> Iterator[Told]:
        """What a choice says of its own matter."""
        if choice.answer is not None:
            yield label(f"exercise.answer.{choice.answer}")
        if choice.order is not None:
            yield label(f"exercise.order.{choice.order}")
        if choice.when is not None:
            yield label(f"exercise.when.{choice.when}")
        if choice.mode is not None:
            yield label(f"mode.{choice.mode}")
        if choice.whom is not None:
            parties = self.mine.journal.parties(m)
            yield told("convened", names=self.names([parties[place] for place in sorted({0, *choice.whom})]))
        if choice.hours is not None:
            yield told(f"hours_{choice.hours}")

    def names(self, actors: Sequence[int]) -> Told:
        """How actors are called."""
        return names({lang: self.mine.journal.name(u, lang) for lang in LANGUAGES} for u in actors)

    def reason(self, at: int, m: int, mine: Handling, rival: Handling, differs: bool) -> Told:
        """Why a matter went differently: what was done otherwise, where its time went, which conflict reached it."""
        if not differs:
            return told("same_course")
        done, went = [*self.done(mine, rival), *self.answers(m)], list(_went(mine, rival))
        left = self.standing and not decided_on(self.log, m)
        parts = [told("done", what=clauses(done)) if done else told("alike" if left else "handled_alike")]
        if went:
            parts.append(told("went", what=clauses(went)))
        return sentences([*parts, *self.on_the_way(at), *self.chained(m)])

    def done(self, mine: Handling, rival: Handling) -> Iterator[Told]:
        """What was done otherwise."""
        if mine.structure != rival.structure:
            yield told(
                "structure", mine=label(f"structure.{mine.structure}"), theirs=label(f"structure.{rival.structure}")
            )
        if mine.time != rival.time:
            yield told("time", mine=label(f"timing.{mine.time}"), theirs=label(f"timing.{rival.time}"))
        if abs(mine.hours - rival.hours) > _ZERO:
            yield told("hours", mine=f"{mine.hours:.1f}", theirs=f"{rival.hours:.1f}")
        if mine.ahead != rival.ahead:
            yield told("order_first" if mine.ahead > rival.ahead else "order_later")
        if mine.heard != rival.heard:
            yield told("heard", mine=self.names(mine.heard), theirs=self.names(rival.heard))
        if mine.mode != rival.mode:
            yield told("mode", mine=label(f"mode.{mine.mode}"), theirs=label(f"mode.{rival.mode}"))

    def answers(self, m: int) -> Iterator[Told]:
        """What the trainee said to rounds without agreement."""
        given = [choice.answer for point, choice in self.log if point.matter == m and choice.answer is not None]
        if given:
            yield told("answers", what=clauses(label(f"exercise.answer.{answer}") for answer in given))

    def on_the_way(self, at: int) -> Iterator[Told]:
        """Where a matter was longer, or shorter, than in the other course."""
        mine, rival = days_spent(self.mine, at), days_spent(self.rival, at)
        more = {place: mine[place] - rival[place] for place in PLACES}
        most = sorted(more, key=lambda place: -abs(more[place]))[:_MOST_PLACES]
        found = [
            told("days_there", days=f"{more[place]:+.1f}".replace("-", "−"), where=told(place))
            for place in most
            if abs(more[place]) >= _SPENT
        ]
        if found:
            yield told("on_the_way", what=clauses(found))

    def chained(self, m: int) -> Iterator[Told]:
        """Conflicts of other matters that spread to it in one course only."""
        mine, rival = _chains(self.mine, m), _chains(self.rival, m)
        for key, found in (("chain_mine", mine - rival), ("chain_theirs", rival - mine)):
            if found:
                yield told(key, numbers=names({lang: str(row + 1) for lang in LANGUAGES} for row in sorted(found)))

    def parting(self, m: int) -> Json | None:
        """The first half-days whose sentences differ; None if they never do."""
        for mine, rival in zip_longest(_story(self.mine, m), _story(self.rival, m)):
            if mine != rival:
                end = {"when": told("the_end"), "text": told("nothing_more")}
                return {"mine": mine or end, "rival": rival or end}
        return None


def own_effects(board: Board, game: Game, m: int) -> list[Json]:
    """What the decisions on one matter have done by themselves: the year played without them, and with the others."""
    if not decided_on(game.decided, m):
        return []
    other, ours = play(board, by_key(without(game.decided, m))).world, game.world
    changes = {
        "own_days": ("day", days_in_hand(ours)[m] - days_in_hand(other)[m]),
        "own_hours": ("h", hours(ours)[m] - hours(other)[m]),
        "own_conflicts": ("count", conflicts(ours)[m] - conflicts(other)[m]),
        "own_gap": ("position", _change(gap(ours, m), gap(other, m))),
        "year_conflicts": ("count", conflicts(ours).sum() - conflicts(other).sum()),
        "year_hours": ("h", hours(ours).sum() - hours(other).sum()),
    }
    return [
        {"name": name, "title": told(name), "change": float(change), "unit": unit_of(of), "better": "down"}
        for name, (of, change) in changes.items()
        if abs(change) > _ZERO
    ]


def _course(followed: Followed, m: int, way: Handling) -> Json:
    """What a matter took and led to in one run."""
    w = followed.world
    row = w.matters[m]
    closed, due = row.life == world.CLOSED, row.deadline < w.totals[0].horizon
    taken = {
        name: float((tick + 1 - row.arose) / world.TICKS_PER_DAY) if known else None
        for name, tick, known in (("days", row.closed, closed), ("decided", row.decided, row.decided >= 0))
    }
    return {
        "life": label(f"life.{world.LIVES[int(row.life)]}"), **taken, "rounds": int(row.rounds),
        "hours": float(hours(w)[m]), "conflicts": int(conflicts(w)[m]), "escalated": int(row.escalated),
        "returned": int(row.returns), "gap": gap(w, m),
        "on_time": bool(closed and row.closed <= row.deadline) if closed or due else None,
        "mode": names(label(f"mode.{mode}") for mode in dict.fromkeys(each.mode for each in way.rounds))
        if way.rounds
        else None,
        "time": label(f"timing.{way.time}"),
    }  # fmt: skip


def _went(mine: Handling, rival: Handling) -> Iterator[Told]:
    """What came of it otherwise."""
    if _modes(mine) != _modes(rival):
        yield told("rounds", mine=_rounds(mine), theirs=_rounds(rival))
    if mine.ending != rival.ending:
        yield told("ending", mine=told(mine.ending or "no_ending"), theirs=told(rival.ending or "no_ending"))


def _modes(way: Handling) -> list[tuple[str, str]]:
    return [(each.phase, each.mode) for each in way.rounds]


def _rounds(way: Handling) -> Told:
    """The rounds held, by time and mode."""
    counts = Counter(_modes(way))
    if not counts:
        return told("no_rounds")
    parts = (
        told("round_times", mode=label(f"mode.{mode}"), count=count, phase=label(f"timing.{phase}"))
        for (phase, mode), count in counts.items()
    )
    return names(parts)


def _chains(followed: Followed, m: int) -> set[int]:
    """The matters whose conflict spread to this one."""
    return {int(event.value) for event in told_of(followed.journal, m) if event.what == "chain"}


def _story(followed: Followed, m: int) -> Iterator[Json]:
    """A matter's half-days in words."""
    for pair in zip(*(tell(followed.journal, lang, m) for lang in LANGUAGES), strict=True):
        text = {lang: paragraph.text for lang, paragraph in zip(LANGUAGES, pair, strict=True)}
        yield {"when": half_day(pair[0].tick), "text": text}


def _change(one: float | None, other: float | None) -> float:
    """The difference, or none where one of the two is not there."""
    return 0.0 if one is None or other is None else one - other
