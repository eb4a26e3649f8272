"""A debrief says what is true of the two runs it compares: laws over random years, and hand counts."""

import json
import random
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata

from analysis.debrief import Hindsight, debrief, look_back, places
from analysis.debrief_words import WORDS
from analysis.followed import (
    NOWHERE,
    PLACES,
    conflicts,
    days_in_hand,
    days_spent,
    decided_on,
    follow_game,
    follow_strategy,
    hours,
    without,
)
from analysis.viewer.film import through
from sim import engine, world
from sim.decisions import Choice, Decision, Point, fixed_mode, times_of
from sim.errors import RequestError
from sim.exercise import FOLDER, load_exercise
from sim.measures import MEASURES, NAMES, assess
from sim.play import Answer, Board, Game, by_key, lay, leave_all, play
from sim.smallest_effects import SMALLEST
from sim.workload import start
from sim.world import World

HAN = re.compile(r"[\u4e00-\u9fff]")
YEARS = st.integers(0, 2**31 - 1)


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Board:
    """The first lesson, compared with few strategies, one of each structure."""
    file = tmp_path_factory.mktemp("exercise") / "first-weeks.toml"
    rivals = 'rivals = ["unified-before-meeting", "multi2-before-meeting", "self-first", "committee", "tiered"]\n'
    file.write_text(rivals + (FOLDER / file.name).read_text(encoding="utf-8"), encoding="utf-8")
    return lay(load_exercise(file))


@pytest.fixture(scope="module")
def left(board: Board) -> Hindsight:
    """A year in which nothing is decided."""
    return look_back(board, play(board, leave_all).decided)


def a_year(board: Board, seed: int) -> Game:
    """A year decided by lot."""
    return play(board, by_lot(random.Random(seed)))


def by_lot(lot: random.Random) -> Answer:
    def answer(point: Point, w: World) -> Choice:
        if point.kind == "round":
            return Choice(answer=lot.choice([None, "push_on", "report"]))
        if point.kind == "conflict":
            return Choice(hours=lot.choice([None, "more", "fewer"]))
        return Choice(
            order=lot.choice([None, "first", "later"]), when=lot.choice([None, *times_of(w, point.matter)]),
            mode=lot.choice([None] if fixed_mode(w, point.matter) else [None, "meeting", "onsite", "talks"]),
            whom=lot.choice([None, (1,)]),
        )  # fmt: skip

    return answer


def decided(board: Board, choices: dict[int, Choice]) -> Game:
    """A year in which something is said only when these matters arise."""
    return play(board, by_key({(m, "arises", 0): choice for m, choice in choices.items()}))


def texts(thing: Any, path: str = "") -> Iterator[tuple[str, str, str]]:
    """Everything in a debrief that is said in both languages, with where it stands."""
    if isinstance(thing, dict):
        if "en" in thing or "zh" in thing:
            yield path, thing["en"], thing["zh"]
        for key, each in thing.items():
            yield from texts(each, f"{path}.{key}")
    elif isinstance(thing, list):
        for each in thing:
            yield from texts(each, path)


def row_of(told: dict[str, Any], m: int) -> dict[str, Any]:
    return next(row for row in told["matters"] if row["row"] == m)


def test_who_leaves_everything_to_the_standing_way_has_its_year(board: Board, left: Hindsight) -> None:
    told = left.told()
    plain = assess(engine.simulate(board.template, board.standing))
    assert told["against"] == told["rivals"][0]["name"] == board.exercise.standing.name
    for measure in told["measures"]:
        here = plain[NAMES.index(measure["name"])]
        assert measure["mine"] == measure["values"][0] == here
    assert not any(row["differs"] or row["own"] or row["parting"] for row in told["matters"])
    assert all(row["mine"] == row["rival"] for row in told["matters"])
    assert {row["reason"]["en"] for row in told["matters"]} == {WORDS["same_course"][0]}
    assert "exactly as the standing way" in told["summary"][2]["en"]


@settings(max_examples=3)
@given(YEARS)
def test_a_matter_has_a_reason_if_it_differs_and_the_same_course_if_not(board: Board, seed: int) -> None:
    lot, late = by_lot(random.Random(seed)), board.own[6:]
    game = play(board, lambda point, w: lot(point, w) if point.matter in late else Choice())
    year = look_back(board, game.decided)
    for strategy in year.rivals.strategies[:3]:
        told = year.told(strategy.name)
        kept = [row["differs"] for row in told["matters"]]
        assert kept == sorted(kept, reverse=True)  # those that differ come first
        assert strategy is not board.exercise.standing or (any(kept) and not all(kept))
        assert sorted(row["row"] for row in told["matters"]) == list(board.own)
        for row in told["matters"]:
            if not row["differs"]:
                assert row["mine"] == row["rival"]
                assert row["parting"] is None
            else:
                assert row["reason"]["en"] != WORDS["same_course"][0]
            if row["parting"]:
                assert row["parting"]["mine"] != row["parting"]["rival"]


@settings(max_examples=2)
@given(YEARS)
def test_everything_is_said_in_both_languages_and_is_json(board: Board, seed: int) -> None:
    year = look_back(board, a_year(board, seed).decided)
    for strategy in year.rivals.strategies:
        told = year.told(strategy.name, "张三")
        json.dumps(told, allow_nan=False)
        found = list(texts(told))
        assert len(found) > 100
        for path, en, zh in found:
            assert en.strip(), path
            assert HAN.search(zh), (path, zh)
            assert not HAN.search(en), (path, en)
            assert "{" not in en + zh
        assert 3 <= len(told["summary"]) <= 6


def test_every_sentence_is_filled_in_alike_in_both_languages() -> None:
    for key, (en, zh) in WORDS.items():
        assert set(re.findall(r"\{\w*\}", en)) == set(re.findall(r"\{\w*\}", zh)), key
        assert HAN.search(re.sub(r"\{\w*\}", "", zh)) or not re.search(r"[a-z]", re.sub(r"\{\w*\}", "", en)), key


def test_the_own_effect_of_a_decision_is_the_difference_of_two_plays(board: Board) -> None:
    m, other = board.own[0], board.own[3]
    first, second = Choice(when="during", order="first"), Choice(when="after")
    both, without = decided(board, {m: first, other: second}), decided(board, {other: second})
    own = {row["name"]: row["change"] for row in row_of(debrief(board, both.decided), m)["own"]}
    ours, theirs = both.world.matters, without.world.matters

    def took(row: Any) -> float:
        return float(row.host_hours + row.party_hours + row.leader_hours)

    assert ours[m].life == theirs[m].life == world.CLOSED
    assert own.get("own_days", 0.0) == pytest.approx((int(ours[m].closed) - int(theirs[m].closed)) / 2)
    assert own["own_hours"] == pytest.approx(took(ours[m]) - took(theirs[m]))
    assert own["year_hours"] == pytest.approx(sum(map(took, ours)) - sum(map(took, theirs)))
    assert own["own_hours"] != 0.0


def test_an_effect_that_is_nothing_is_not_told(board: Board) -> None:
    m = board.own[1]
    told = debrief(board, decided(board, {board.own[0]: Choice(mode="talks")}).decided)
    assert row_of(told, m)["own"] == []
    assert all(effect["change"] != 0.0 for row in told["matters"] for effect in row["own"])


def test_a_matter_put_first_at_another_is_decided_on(board: Board) -> None:
    m, at = next(pair for point, _ in play(board, leave_all).decided for pair in waiting(board, point))
    told = debrief(board, play(board, by_key({at.key: Choice(first=(m,))})).decided)
    row = row_of(told, m)
    assert f"put first along with matter {at.matter + 1}" in {each["said"]["en"] for each in row["decisions"]}
    assert "put first in the queues" in row["reason"]["en"] or not row["differs"]
    assert row_of(told, at.matter)["own"] == []


def waiting(board: Board, point: Point) -> Iterator[tuple[int, Point]]:
    """The director's other matters that are under way at a point of the standing way, each with the point."""
    w = engine.simulate(board.template, board.standing)
    for m in board.own:
        closed = int(w.matters[m].closed)
        if m != point.matter and w.matters[m].arrival < point.tick and not 0 <= closed <= point.tick:
            yield m, point


def test_the_reason_names_what_was_decided(board: Board) -> None:
    m = board.own[2]
    choice = Choice(when="before", mode="onsite", order="later", hours="fewer")
    row = row_of(debrief(board, decided(board, {m: choice}).decided), m)
    assert row["differs"]
    for word in ("(before; there mixed)", "on-site work", "made to wait in the queues", "hours meant for it"):
        assert word in row["reason"]["en"], row["reason"]["en"]
    assert row["mine"]["time"]["en"] == "before"
    assert row["decisions"][0]["said"]["en"].startswith("when it arose: ")


def test_what_was_left_alone_and_still_differs_says_so(board: Board) -> None:
    choice = Choice(order="first", hours="more", whom=(1,))
    told = debrief(board, decided(board, dict.fromkeys(board.own[:5], choice)).decided)
    reached = [row for row in told["matters"] if row["differs"] and row["row"] in board.own[5:]]
    assert reached
    for row in reached:
        assert row["reason"]["en"].startswith(WORDS["alike"][0])
        assert row["own"] == []


@settings(max_examples=5)
@given(YEARS)
def test_matter_by_matter_adds_up_to_the_measures(board: Board, seed: int) -> None:
    records = [strategy.record() for strategy in board.exercise.opponents]
    for w in (a_year(board, seed).world, *(engine.simulate(board.template, record) for record in records)):
        measured = dict(zip(NAMES, assess(w).tolist(), strict=True))
        assert days_in_hand(w).mean() == pytest.approx(measured["time_in_system"])
        assert hours(w).mean() == pytest.approx(measured["coordination_hours"])
        assert 100.0 * conflicts(w).mean() == pytest.approx(measured["conflicts"])


@settings(max_examples=5)
@given(YEARS)
def test_a_matter_is_somewhere_in_every_half_day_between_arising_and_closing(board: Board, seed: int) -> None:
    followed = follow_game(board, a_year(board, seed))
    horizon = int(followed.world.totals[0].horizon)
    for at, m in enumerate(board.own):
        row, spent = followed.world.matters[m], sum(days_spent(followed, at).values())
        if row.life == world.CLOSED and not row.reopened:
            assert spent == (int(row.closed) - int(row.arrival)) / 2
        elif row.life in (world.BEFORE, world.DECISION, world.DURING) and not row.reopened:
            assert spent == (horizon - int(row.arrival)) / 2


def test_where_a_matter_is_is_whose_queue_it_stands_in(board: Board) -> None:
    places = follow_strategy(board, board.exercise.standing).places
    w = start(board.template, board.standing)
    seen: set[str] = set()
    for t in through(w):
        waiting = {name: set(stands(w, name)) for name in ("leader", "desk", "queue", "units")}
        for at, m in enumerate(board.own):
            place = "nowhere" if places[t, at] == NOWHERE else PLACES[places[t, at]]
            seen.add(place)
            if w.matters[m].blocked:
                assert place == "conflict"
            elif place not in ("nowhere", "round"):
                first = next((name for name, matters in waiting.items() if m in matters), "elsewhere")
                assert place == first, (t, m)
            elif place == "round":
                assert m not in waiting["desk"] | waiting["queue"] | waiting["leader"]
    assert seen == {"nowhere", *PLACES}


def stands(w: World, name: str) -> Iterator[int]:
    """The matters that somebody of a kind has in a queue, followed link by link."""
    roles = {"leader": (world.LEADER,), "desk": (world.OFFICE,), "queue": ()}
    others = (world.SUPERIOR, world.DEPARTMENT, world.PEER, world.SUBORDINATE, world.STAFF, world.PUBLIC)
    actors = w.actors[np.isin(w.actors.role, roles.get(name, others))]
    records = {"leader": w.matters, "units": w.parties}.get(name, w.briefs)
    for head in w.organs.pool.tolist() if name == "queue" else actors.queue.tolist():
        while head >= 0:
            yield head if name == "leader" else int(records[head].matter)
            head = int(records[head].next)


def test_what_was_decided_on_a_matter_is_taken_away_wherever_it_was_said() -> None:
    log = (
        Decision(Point("arises", 3, 5, 0), Choice(mode="talks", first=(7,))),
        Decision(Point("arises", 9, 7, 0), Choice(when="after", first=(5, 8))),
    )
    assert without(log, 5) == {
        (5, "arises", 0): Choice(first=(7,)), (7, "arises", 0): Choice(when="after", first=(8,)),
    }  # fmt: skip
    assert without(log, 7) == {(5, "arises", 0): Choice(mode="talks"), (7, "arises", 0): Choice(first=(5, 8))}
    assert [decided_on(log, m) for m in (5, 7, 8, 9)] == [True, True, True, False]


@given(st.lists(st.floats(0.0, 3.0) | st.sampled_from([0.0, 1.0, np.nan]), min_size=1), st.sampled_from(["up", "down"]))
def test_places_are_ranks(values: list[float], better: str) -> None:
    column = np.array(values)
    known = np.isfinite(column)
    ranks = rankdata(column[known] * (-1.0 if better == "up" else 1.0), method="min")
    found = places(column, better)
    assert [found[at] for at in np.flatnonzero(known)] == ranks.tolist()
    assert all(found[at] is None for at in np.flatnonzero(~known))
    assert places(column, "") == [None] * len(values)


@pytest.mark.parametrize("name", ["closed", "conflicts", "coordination_hours"])
def test_only_a_difference_that_matters_is_told_as_better(left: Hindsight, name: str) -> None:
    column, size = NAMES.index(name), SMALLEST[name].size
    measure = MEASURES[column]
    for share, counts in ((0.9, False), (1.1, True)):
        values = np.repeat(left.values[1:2], len(left.values), axis=0)
        values[0, column] += share * size * (1.0 if measure.better == "up" else -1.0)
        better, worse, traded, *_ = left._replace(values=values).told()["summary"]
        assert (measure.en in better["en"]) == (measure.en in traded["en"]) == counts
        assert measure.en not in worse["en"]
        values[0, column] = 2.0 * values[1, column] - values[0, column]
        better, worse, traded, *_ = left._replace(values=values).told()["summary"]
        assert (measure.en in worse["en"]) == (measure.en in traded["en"]) == counts
        assert measure.en not in better["en"]


def test_a_year_that_is_not_over_has_no_debrief(board: Board) -> None:
    log: tuple[Decision, ...] = play(board, leave_all).decided[:3]
    with pytest.raises(RequestError, match="not over"):
        debrief(board, log)


def test_an_unknown_rival_is_refused_with_the_nearest_name(left: Hindsight) -> None:
    with pytest.raises(RequestError, match="did you mean 'self-first'"):
        left.told("self-fist")
