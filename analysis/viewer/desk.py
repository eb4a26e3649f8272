"""What a trainee has before them: the question, the matter and its parties, the desk, the leaders, the year so far.

It is looked up in the world as the exercise stands, and shows no more than the exercise's file says: what parties
think and do not say, and what the whole needs, are there only if the file wants them shown.
"""

import math
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from analysis.viewer.film import MAIN, Told, as_it_stands, loads, measured, rows_of, strains
from analysis.viewer.sittings import Sitting
from sim import schedule, world
from sim.decisions import (
    ANSWERS,
    ARISES,
    CONFLICT,
    HOURS,
    MAY_SAY,
    ORDERS,
    ROUND,
    TIMES,
    Decision,
    Point,
    fixed_mode,
    in_hand,
    times_of,
)
from sim.exercise import Exercise
from sim.hints import hints
from sim.journal import Journal, events
from sim.labels import LANGUAGES, text
from sim.measures import assess
from sim.parameters import MODES
from sim.play import Board, Game, begin
from sim.rules.convening import round_cost
from sim.rules.docket import leader_for
from sim.rules.positions import need_now, spoken_divergence
from sim.story import listed, tell, when
from sim.strategy import ADAPTIVE
from sim.vocabulary import BY_LEADER

AHEAD = 10  # half-days of calendars that are shown
_SHOWN_COURSE = 40  # paragraphs of a matter's course
_SHOWN_NEWS = 60
_MOVED = 0.02  # of position: less is no movement

State = dict[str, Any]


def state(sitting: Sitting) -> State:
    """All that the page shows, but for the debrief."""
    board, game = sitting.board, sitting.game
    phase = "begin" if not sitting.begun else "decide" if game.point else "over"
    horizon = int(game.world.totals[0].horizon)
    shown = {
        "phase": phase, "exercise": _exercise(board), "trainee": sitting.trainee, "count": len(sitting.log),
        "tick": game.tick, "when": _when(min(game.tick, horizon - 1)), "done": game.tick / horizon,
    }  # fmt: skip
    if phase != "decide" or game.point is None:
        return shown
    view = _View(board, game, game.point)
    return {**shown, **view.everything(_since(sitting.log))}


def _exercise(board: Board) -> State:
    asked: Exercise = board.exercise
    return {
        "name": asked.name, "title": _text(asked.title), "purpose": _text(asked.purpose),
        "scenario": _text(asked.plan.title), "matters": len(board.own), "ticks": board.setting.ticks,
        "hints": asked.hints, "shows": list(asked.shows), "language": asked.language,
        "standing": {"title": _text(asked.standing.title), "sentence": _text(asked.standing.sentence)},
    }  # fmt: skip


def _since(log: Sequence[Decision]) -> int:
    """The half-day of the last decision; -1 before the first."""
    return log[-1].point.tick if log else -1


def _text(title: Any) -> Told:
    return {"en": title.en, "zh": title.zh}


def _said(key: str, **values: object) -> Told:
    """A text of the exercise in both languages; values that are texts in both are put in as such."""
    return {
        lang: text(
            key, lang, **{name: value[lang] if isinstance(value, dict) else value for name, value in values.items()}
        )
        for lang in LANGUAGES
    }


def _when(tick: int) -> Told:
    return {lang: when(tick, lang) for lang in LANGUAGES}


def _short(x: float) -> float | None:
    return None if math.isnan(x) else round(float(x), 3)


class _View:
    """A game that stands at a point, as its trainee sees it."""

    def __init__(self, board: Board, game: Game, point: Point) -> None:
        self.board, self.w, self.point = board, game.world, point
        self.m, self.t, self.position, self.voices = point.matter, game.tick, game.position, game.voices
        self.journal = Journal(board.setting, board.template, game.world)
        self.loads = loads(game.world)
        self.strain = strains(game.world, game.tick)
        row = game.world.matters[point.matter]
        self.first, self.parties = int(row.first), int(row.parties)

    def everything(self, since: int) -> State:
        """All parts; news are what happened in half-day ``since`` and later."""
        courses = {m: self.course(m) for m in self.board.own if self.w.matters[m].life != world.FUTURE}
        return {
            "point": self.asked(), "matter": self.matter(courses.get(self.m, [])),
            "days": [_when(t) for t in self.ahead()], "leaders": list(self.leaders()), "desk": list(self.desk()),
            "news": self.news(courses, since), "figures": self.figures(),
        }  # fmt: skip

    def ahead(self) -> range:
        """The half-days whose calendars are shown, from the present one on."""
        return range(self.t, min(self.t + AHEAD, int(self.w.totals[0].horizon)))

    def name(self, u: int) -> Told:
        """How an actor is called."""
        return {lang: self.journal.name(u, lang) for lang in LANGUAGES}

    def names(self, actors: Sequence[int]) -> Told:
        """How several are called."""
        return {lang: listed([self.journal.name(u, lang) for u in actors], lang) for lang in LANGUAGES}

    def shows(self, what: str) -> bool:
        """Whether the exercise shows it."""
        return what in self.board.exercise.shows

    # the question

    def asked(self) -> State:
        """What is to be decided, what led here, what would be done anyway, and what may be chosen."""
        kind = self.point.kind
        fields = [self.field(name) for name in MAY_SAY[kind]]
        given = [] if self.board.exercise.hints == "never" else hints(self.w, self.point, self.moved())
        return {
            "kind": kind, "matter": self.m, "question": _said(f"exercise.{kind}.question"),
            "happened": self.happened(), "usual": self.usual(), "fields": [field for field in fields if field],
            "hints": [
                {
                    "text": dict(hint.text),
                    "principle": {
                        "id": hint.principle.row, "title": _text(hint.principle), "words": hint.principle.words,
                        "source": hint.principle.source,
                    },
                }
                for hint in given
            ],
        }  # fmt: skip

    def happened(self) -> Told:
        """What led to the point."""
        kind, row, rules = self.point.kind, self.w.matters[self.m], self.w.rules[0]
        if kind == ARISES:
            parties = self.journal.parties(self.m)
            return _said(
                "exercise.arises.happened", lead=self.name(parties[0]), others=self.names(parties[1:]),
                due=_when(int(row.deadline)),
            )  # fmt: skip
        if kind == CONFLICT and self.shows("private"):
            return _said("exercise.conflict.happened", apart=f"{self.private():.2f}")
        if kind == CONFLICT:
            return _said("exercise.conflict.happened_openly")
        brief = self.w.briefs[self.m]
        apart = float(spoken_divergence(self.w, self.m, float(brief.proposal)))
        key = "exercise.round.rift" if self.point.rift else "exercise.round.happened"
        if not self.shows("positions") and not self.point.rift:
            key = "exercise.round.happened_openly"
        return _said(
            key, rounds=int(brief.rounds), mode=_said(f"mode.{MODES[int(brief.mode)]}"),
            proposal=f"{float(brief.proposal):.2f}", apart=f"{apart:.2f}",
            enough=f"{float(rules.consensus_divergence):.2f}",
        )  # fmt: skip

    def private(self) -> float:
        """How far parties' minds are from the outcome, weighted as the rules weigh them."""
        own = rows_of(self.w.parties, self.first, self.first + self.parties)
        return float(np.average(np.abs(own.stance - float(self.w.matters[self.m].outcome)), weights=own.weight))

    def usual(self) -> Told:
        """What is done if nothing is said."""
        standing, kind = self.board.exercise.standing, self.point.kind
        if kind == ARISES and standing.timing == ADAPTIVE:
            return _said("exercise.arises.usual_adaptive", standing=_text(standing.sentence))
        if kind == ARISES:
            shares = {time: f"{standing.value(f'strategy.{time}'):.0%}" for time in TIMES}
            return _said("exercise.arises.usual", standing=_text(standing.title), **shares)
        if kind == CONFLICT:
            taken = self.w.matters[self.m].briefs_open > 0 or self.w.matters[self.m].cased
            return _said(f"exercise.conflict.usual_{'in' if taken else 'out'}")
        more = int(self.w.briefs[self.m].rounds) < int(self.board.standing[0].rounds)
        end = "stay" if self.stays() else "end"
        return _said(f"exercise.round.usual_{'on' if more else end}")

    def moved(self) -> bool | None:
        """Whether the round has moved what the parties say towards its proposal; None where none was held."""
        if self.point.kind != ROUND:
            return None
        own = rows_of(self.w.parties, self.first, self.first + self.parties)
        heard, proposal = own.heard != 0, float(self.w.briefs[self.m].proposal)
        before = self.voices[self.first : self.first + self.parties]
        nearer = np.abs(before - proposal) - np.abs(own.voice - proposal)
        return float(np.average(nearer[heard], weights=own.weight[heard])) > _MOVED

    def proposals(self) -> list[float]:
        """The proposal of each round held."""
        return [event.value for event in events(self.journal, self.m) if event.what == "round"]

    def stays(self) -> bool:
        """Whether what cannot be agreed on stays where it is: while it is carried out, with no conflict to rule on."""
        row = self.w.matters[self.m]
        return int(row.acting) == world.DURING and not row.blocked

    # what may be chosen

    def field(self, name: str) -> State | None:
        """One thing that may be said, with what it means; None if there is nothing to choose."""
        options = {"whom": self.whom, "mode": self.modes, "answer": self.answers}.get(name, partial(self.plain, name))()
        if not options:
            return None
        on_push = {"answer": "push_on"} if self.point.kind == ROUND and name != "answer" else None
        return {
            "name": name, "title": _said(f"exercise.{name}"), "about": _said(f"exercise.{name}.about"),
            "options": [{**option, "only_with": on_push} for option in options], "several": name == "whom",
        }  # fmt: skip

    def plain(self, name: str) -> list[State]:
        """Options that mean the same at every point."""
        values = {"order": ORDERS, "when": TIMES, "hours": HOURS}[name]
        there = times_of(self.w, self.m) if name == "when" else values
        none = _said("exercise.when.none")
        return [self.option(name, value, None if value in there else none) for value in values]

    def option(self, name: str, value: str, disabled: Told | None = None, **values: object) -> State:
        """An option and what it means."""
        key = f"exercise.{name}.{value}"
        return {"value": value, "title": _said(key), "about": _said(f"{key}.about", **values), "disabled": disabled}

    def modes(self) -> list[State]:
        """The modes; what is between people is talked over, and a committee meets."""
        why = fixed_mode(self.w, self.m)
        fixed = _said(f"exercise.mode.{why}") if why else None
        return [
            {
                "value": mode, "title": _said(f"mode.{mode}"), "about": _said(f"exercise.mode.{mode}.about"),
                "disabled": fixed,
            }
            for mode in MODES
        ]  # fmt: skip

    def whom(self) -> list[State]:
        """The parties beside the lead unit, which is always there."""
        actors = self.journal.parties(self.m)
        about = [_said(f"role.{world.ROLES[int(self.w.actors[u].role)]}") for u in actors]
        return [
            {"value": str(place), "title": self.name(u), "about": about[place], "disabled": None}
            for place, u in enumerate(actors)
            if place > 0
        ]

    def answers(self) -> list[State]:
        """What can be done after a round without agreement."""
        w, m = self.w, self.m
        leader = int(leader_for(w, m, BY_LEADER, self.t))
        apart = float(spoken_divergence(w, m, float(w.briefs[m].proposal)))
        left = max(float(w.briefs[m].budget), 0.0)  # what is used up may lie a rounding below nothing
        values: dict[str, dict[str, object]] = {
            "push_on": {"left": f"{left:.1f}", "round": f"{float(round_cost(w, m, m)):.1f}"},
            "accept": {"apart": f"{apart:.2f}"},
            "report": {"leader": self.name(leader), "cases": self.cases(leader)},
        }
        rift = _said("exercise.answer.accept.rift") if self.point.rift else None
        found = [
            self.option("answer", answer, rift if answer == "accept" else None, **values[answer]) for answer in ANSWERS
        ]
        if self.stays():
            key = "exercise.answer.leave"
            found[-1] |= {"title": _said(key), "about": _said(f"{key}.about")}
        elif not self.shows("cases"):
            found[-1] |= {"about": _said("exercise.answer.report.about_openly", leader=self.name(leader))}
        if not self.shows("positions"):
            found[1] |= {"about": _said("exercise.answer.accept.about_openly")}
        return found

    # the matter

    def course(self, m: int) -> list[State]:
        """What has happened to a matter so far."""
        shown = self.shows("private")
        english, chinese = (tell(self.journal, lang, matter=m, private=shown) for lang in LANGUAGES)
        return [
            {
                "tick": en.tick, "when": _when(en.tick), "matter": m, "number": m + 1, "title": self.title(m),
                "text": {"en": en.text, "zh": zh.text},
            }
            for en, zh in zip(english, chinese, strict=True)
            if en.tick <= self.t
        ]  # fmt: skip

    def news(self, courses: dict[int, list[State]], since: int) -> list[State]:
        """What has happened to own matters since the last decision."""
        found = [each for course in courses.values() for each in course if each["tick"] >= since]
        return sorted(found, key=lambda each: (each["tick"], each["matter"]))[-_SHOWN_NEWS:]

    def title(self, m: int) -> Told:
        """What kind of matter it is."""
        return _text(self.journal.procedure(m).title)

    def matter(self, course: Sequence[State]) -> State:
        """The matter in question."""
        w, m, row = self.w, self.m, self.w.matters[self.m]
        brief = w.briefs[m]
        proposal = float(brief.proposal) if int(brief.rounds) > 0 else math.nan
        return {
            "row": m, "number": m + 1, "title": self.title(m), "lead": self.name(self.journal.parties(m)[0]),
            "deadline": self.deadline(m), "importance": _short(row.importance), "urgency": _short(row.urgency),
            "stage": {lang: self.journal.stage(m, int(row.stage), lang) for lang in LANGUAGES}
            if self.point.kind != ARISES else _said("life.future"),
            "hours": {"left": _short(self.hours_left()), "round": self.round_hours()},
            "band": [_short(row.low), _short(row.high)], "proposal": _short(proposal),
            "need": _short(need_now(w, m, self.t)) if self.shows("need") else None,
            "history": [_short(value) for value in self.proposals()],
            "parties": [self.party(place) for place in range(self.parties)],
            "course": course[-_SHOWN_COURSE:],
        }  # fmt: skip

    def hours_left(self) -> float:
        """Coordinators' hours left for it: of the round's consultation, for while it is carried out, or in all."""
        row = self.w.matters[self.m]
        if self.point.kind == ARISES:
            return float(self.board.standing[0].effort) * self.parties
        budget = float(self.w.briefs[self.m].budget)
        return budget if self.point.kind == ROUND else budget + float(row.left_during)

    def round_hours(self) -> float | None:
        """What a further round takes, in the mode of the one held; None where none was held."""
        return _short(round_cost(self.w, self.m, self.m)) if self.point.kind == ROUND else None

    def deadline(self, m: int) -> State:
        """When it is due."""
        due = int(self.w.matters[m].deadline)
        left = due - self.t
        told = _when(due) if left >= 0 else _said("exercise.overdue")
        return {"tick": due, "text": told, "left": left}

    def party(self, place: int) -> State:
        """A party: what it says, what it thinks if that is shown, its weight, its head's calendar and its load."""
        row = self.w.parties[self.first + place]
        u, tie = int(row.actor), int(row.tie)
        asked = True if self.point.kind == ARISES else bool(row.heard)
        return {
            "place": place, "name": self.name(u), "role": _said(f"role.{world.ROLES[int(self.w.actors[u].role)]}"),
            "weight": _short(row.weight), "says": _short(row.voice) if self.shows("positions") else None,
            "thinks": _short(row.stance) if self.shows("private") else None, "heard": asked,
            "strain": _short(self.strain[tie]) if tie >= 0 else None, "engaged": self.engaged(u),
            "waiting": int(self.loads[u]),
        }  # fmt: skip

    def engaged(self, u: int) -> list[bool]:
        """Whether somebody's head is engaged or away in each of the half-days shown; empty if that is not shown."""
        if not self.shows("calendars"):
            return []
        marked = [int(self.w.calendar[u, t >> 6]) >> (t & 63) & 1 for t in self.ahead()]
        return [bool(each) for each in marked]

    # everybody else

    def leaders(self) -> Iterator[State]:
        """The leaders of the director's organ who decide, with their calendars and what waits for them."""
        organ = int(self.w.matters[self.m].organ)
        for u, row in enumerate(self.w.actors):
            own = int(row.organ) == organ and int(row.role) == world.LEADER
            if own and int(row.post) != world.SEMI_RETIRED:
                yield {
                    "name": self.name(u), "post": _said(f"post.{world.POSTS[int(row.post)]}"),
                    "engaged": self.engaged(u), "cases": self.cases(u) if self.shows("cases") else None,
                }  # fmt: skip

    def cases(self, u: int) -> int:
        """Cases that wait for a leader."""
        return int(((self.w.matters.cased != 0) & (self.w.matters.leader == u)).sum())

    def desk(self) -> Iterator[State]:
        """Own matters under way."""
        for m in self.board.own:
            if not in_hand(self.w, m):
                continue
            row = self.w.matters[m]
            ahead = float(self.w.strategy[int(row.way)].headstart) > float(self.board.standing[0].headstart)
            yield {
                "row": m, "number": m + 1, "title": self.title(m), "lead": self.name(self.journal.parties(m)[0]),
                "life": _said(f"life.{world.LIVES[int(row.life)]}"), "left": int(row.deadline) - self.t,
                "blocked": bool(row.blocked), "first": ahead, "can_first": m != self.m and not ahead,
            }  # fmt: skip

    def figures(self) -> list[State]:
        """Main measures so far of the matters that had arisen by the last half-day, beside the standing way's."""
        if self.t == 0:
            return []
        usual = begin(self.board, 0)
        schedule.run(usual, 0, self.position)
        mine, theirs = (assess(as_it_stands(w, self.t - 1)) for w in (self.w, usual))
        return [
            {**told, "mine": _short(mine[column]), "standing": _short(theirs[column])}
            for told, column in zip(measured(), MAIN, strict=True)
        ]
