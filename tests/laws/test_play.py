"""Playing an exercise: it stops where the director decides, and what is decided reaches the world."""

from collections.abc import Callable
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_ways import differing

from sim import decisions, engine, parameters, world
from sim.decisions import ARISES, CONFLICT, ROUND, Choice, Decision, Point, read_choice
from sim.errors import RequestError
from sim.exercise import load_exercise
from sim.journal import Journal, events
from sim.play import Board, Game, by_key, decide, lay, leave_all, play, replay
from sim.world import World


@cache
def board(name: str = "first-weeks") -> Board:
    return lay(load_exercise(name))


def choices(point: Point, w: World) -> st.SearchStrategy[Choice]:
    """Whatever may be said at a point."""
    parties, times = int(w.matters[point.matter].parties), decisions.times_of(w, point.matter)
    options: dict[str, st.SearchStrategy[object]] = {
        "order": st.sampled_from(decisions.ORDERS), "when": st.sampled_from(times),
        "mode": st.sampled_from(parameters.MODES), "hours": st.sampled_from(decisions.HOURS),
        "whom": st.sets(st.integers(1, parties - 1), min_size=1).map(sorted).map(tuple),
    }  # fmt: skip
    if decisions.fixed_mode(w, point.matter):
        del options["mode"]
    if point.kind == ROUND:
        further = {name: options[name] for name in ("mode", "whom", "hours") if name in options}
        on = st.fixed_dictionaries({"answer": st.just("push_on")}, optional=further)
        ends = [st.just({"answer": answer}) for answer in ("report", *(() if point.rift else ("accept",)))]
        return st.one_of(on, *ends, st.just({})).map(lambda said: Choice(**said))
    may = {name: options[name] for name in decisions.MAY_SAY[point.kind] if name in options}
    return st.fixed_dictionaries({}, optional=may).map(lambda said: Choice(**said))


def drawn(data: st.DataObject) -> Callable[[Point, World], Choice]:
    """A trainee who says whatever may be said."""

    def answer(point: Point, w: World) -> Choice:
        choice = data.draw(choices(point, w))
        others = [m for m in board().own if m != point.matter and decisions.in_hand(w, m)]
        first = data.draw(st.lists(st.sampled_from(others), max_size=2, unique=True)) if others else []
        said = choice.model_copy(update={"first": tuple(first)})
        decisions.check(said, point, w, board().own)
        return said

    return answer


def saying(kind: str, choice: Choice) -> Callable[[Point, World], Choice]:
    """A trainee who says one thing at every point of a kind."""
    return lambda point, w: choice if point.kind == kind else Choice()


def told(game: Game, what: str) -> list[tuple[int, int, int]]:
    """Half-day, matter and mode of own events of a kind."""
    journal = Journal(board().setting, board().template, game.world)
    return [(each.tick, each.matter, each.whom) for each in events(journal) if each.what == what]


@pytest.mark.parametrize("name", ["first-weeks", "directors-year"])
def test_a_year_left_to_the_standing_way_is_that_strategy_to_the_bit(name: str) -> None:
    own = board(name)
    game = play(own, leave_all)
    usual = engine.simulate(own.template, own.standing, events=len(game.world.events))
    assert differing(usual, game.world) == []
    assert {made.point.kind for made in game.decided} == {*decisions.KINDS}


@settings(max_examples=15)
@given(st.data())
def test_a_game_taken_up_from_its_decisions_stands_where_it_stood(data: st.DataObject) -> None:
    whole = play(board(), drawn(data))
    cut = data.draw(st.integers(0, len(whole.decided)))
    part = replay(board(), whole.decided[:cut])
    assert part.decided == whole.decided[:cut]
    assert part.point == (whole.decided[cut].point if cut < len(whole.decided) else None)
    again = replay(board(), whole.decided)
    assert differing(whole.world, again.world, ()) == []


@settings(max_examples=10)
@given(st.data())
def test_points_come_in_order_of_time_and_only_of_own_matters(data: st.DataObject) -> None:
    game = play(board(), drawn(data))
    ticks = [made.point.tick for made in game.decided]
    assert ticks == sorted(ticks)
    assert {made.point.matter for made in game.decided} <= {*board().own}
    arisen = [made.point.matter for made in game.decided if made.point.kind == ARISES]
    assert arisen == list(board().own)
    assert len({made.point.key for made in game.decided}) == len(game.decided)


def test_the_matters_that_come_to_the_director_weigh_most_and_touch_several() -> None:
    own = board().own
    m, p = board().template.matters, board().template.parties
    assert len(own) == board().exercise.matters
    assert all(m[row].parties > 1 for row in own)

    def score(row: int) -> float:
        mine = p[int(m[row].first) : int(m[row].first + m[row].parties)]
        middle = np.average(mine.voice, weights=mine.weight)
        return float(m[row].importance * np.average(np.abs(mine.voice - middle), weights=mine.weight))

    last = int(board().template.totals[0].horizon) - 20
    left = [
        row for row in range(len(m))
        if row not in own and m[row].parties > 1 and m[row].arrival < last
        and any(stage.type == "consult" for stage in board().setting.procedures[int(m[row].procedure)].stages)
    ]  # fmt: skip
    assert min(map(score, own)) >= max(map(score, left))


@pytest.mark.parametrize("mode", parameters.MODES)
def test_rounds_are_held_in_the_mode_decided(mode: str) -> None:
    game = play(board(), saying(ARISES, Choice(mode=mode)))
    people = {m for m in board().own if game.world.procedures[int(game.world.matters[m].procedure)].people}
    held = {(m, parameters.MODES[code]) for _, m, code in told(game, "round") if m in board().own and m not in people}
    assert held
    assert {each for _, each in held} == {mode}


def test_only_those_convened_are_heard() -> None:
    game = play(board(), saying(ARISES, Choice(whom=(1,))))
    for m in board().own:
        first, count = int(game.world.matters[m].first), int(game.world.matters[m].parties)
        heard = [place for place in range(count) if game.world.parties[first + place].heard]
        assert heard == [0, 1]
    assert any(int(game.world.matters[m].parties) > 2 for m in board().own)


def test_nothing_is_held_before_a_decision_that_is_taken_first() -> None:
    game = play(board(), saying(ARISES, Choice(when="after")))
    for m in board().own:
        decided = int(game.world.matters[m].decided)
        assert all(tick > decided for tick, row, _ in told(game, "round") if row == m)


def test_what_is_put_first_is_taken_up_no_later_and_what_can_wait_no_sooner() -> None:
    first, usual, later = (play(board(), saying(ARISES, Choice(order=order))) for order in ("first", None, "later"))
    places = [[float(game.world.matters[m].place) for m in board().own] for game in (first, usual, later)]
    assert all(a < b < c for a, b, c in zip(*places, strict=True))
    begun = [sum(int(game.world.matters[m].first_act) for m in board().own) for game in (first, later)]
    assert begun[0] < begun[1]


def test_a_round_accepted_leaves_a_difference_on_record_and_one_reported_ends_without_agreement() -> None:
    def accepting(point: Point, w: World) -> Choice:
        if point.kind != ROUND:
            return Choice()
        return Choice(answer="report" if point.rift else "accept")

    game = play(board(), accepting)
    for answer, what in (("accept", "reserved"), ("report", "unresolved")):
        if answer == "report":
            game = play(board(), saying(ROUND, Choice(answer="report")))
        points = [made.point for made in game.decided if made.choice.answer == answer]
        ended = {(tick, m) for tick, m, _ in told(game, what)}
        assert points
        assert {(point.tick, point.matter) for point in points} <= ended


def test_pushing_on_goes_past_the_limit_of_rounds_while_hours_last() -> None:
    def pushing(point: Point, w: World) -> Choice:
        if point.kind == ROUND:
            return Choice(answer="push_on", hours="more")
        return Choice(mode="talks", when="before", hours="more") if point.kind == ARISES else Choice()

    game = play(board(), pushing)
    limit = int(board().standing[0].rounds)
    assert int(game.world.matters.rounds[list(board().own)].max()) > limit


def test_stepping_into_a_conflict_gives_it_hours_that_the_standing_way_had_not_kept() -> None:
    def before_only(point: Point, w: World) -> Choice:
        return Choice(when="before") if point.kind == ARISES else Choice()

    def stepping_in(point: Point, w: World) -> Choice:
        return Choice(mode="onsite", hours="more") if point.kind == CONFLICT else before_only(point, w)

    left, taken = (play(board("directors-year"), answer) for answer in (before_only, stepping_in))
    quarrels = {made.point.matter for made in left.decided if made.point.kind == CONFLICT}
    assert quarrels
    own = list(quarrels)
    assert taken.world.matters.host_hours[own].sum() > left.world.matters.host_hours[own].sum()


@settings(max_examples=10)
@given(st.data())
def test_what_is_decided_on_a_matter_changes_nothing_that_was_over_before(data: st.DataObject) -> None:
    m = data.draw(st.sampled_from(board().own[2:]))
    usual, game = play(board(), leave_all), play(board(), by_key({(m, ARISES, 0): Choice(order="first", hours="more")}))
    at = next(made.point.tick for made in game.decided if made.point.matter == m)
    before = usual.world.events[: int(usual.world.totals[0].events)]
    after = game.world.events[: int(game.world.totals[0].events)]
    assert before[before.tick < at].tobytes() == after[after.tick < at].tobytes()
    assert (before.tick < at).any()
    assert game.world.matters[m].place < usual.world.matters[m].place


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"answer": "accept"}, "answer"), ({"mode": "letter"}, "mode"), ({"whom": [0]}, "whom"),
        ({"whom": [99]}, "whom"),
        ({"whom": [1, 1]}, "whom"), ({"first": [0]}, "first"), ({"when": 3}, "when"), ({"why": "so"}, "why"),
        ({"whom": ["1"]}, "whom.0"), ({"first": [1, 2, 3, 4, 5, 6]}, "first"), ("before", "choice"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_refused_and_nothing_has_happened(said: object, key: str) -> None:
    game = replay(board(), ())
    assert game.point is not None
    with pytest.raises(RequestError) as refused:
        decide(board(), game, read_choice(said))
    assert refused.value.key == key
    assert replay(board(), ()).point == game.point


def test_decisions_of_another_world_are_refused() -> None:
    strange = Decision(Point(ARISES, 1, 10**6, 0), Choice())
    with pytest.raises(RequestError, match="does not belong"):
        replay(board(), (strange,))


def test_a_decision_after_the_end_is_refused() -> None:
    over = play(board(), leave_all)
    assert over.point is None
    with pytest.raises(RequestError, match="over"):
        decide(board(), over, Choice())
    assert int(over.world.totals[0].horizon) == over.tick
    assert not any(int(m.life) == world.FUTURE for m in over.world.matters)


def two_at_once(own: Board) -> tuple[Point, Point]:
    """Two rounds without agreement in one half-day of a year left to the standing way."""
    points = [made.point for made in play(own, leave_all).decided if made.point.kind == ROUND]
    return next((a, b) for a, b in pairwise(points) if a.tick == b.tick)


def test_to_put_a_matter_first_leaves_what_was_answered_in_it() -> None:
    """Of two questions in one half-day the second puts the first one's matter first: its answer stands."""
    own = board("directors-year")
    one, other = two_at_once(own)
    said = {one.key: Choice(answer="report"), other.key: Choice(first=(one.matter,))}
    game = play(own, by_key(said))
    assert [made.choice for made in game.decided if made.choice != Choice()] == list(said.values())
    journal = Journal(own.setting, own.template, game.world)
    ended = {(each.tick, each.matter) for each in events(journal) if each.what == "unresolved"}
    assert (one.tick, one.matter) in ended


@pytest.mark.parametrize("before", range(12))
def test_two_questions_in_a_half_day_are_answered_however_much_was_said_before(before: int) -> None:
    own = board("directors-year")
    one, other = two_at_once(own)
    earlier = [made.point for made in play(own, leave_all).decided if made.point.tick < one.tick]
    said = {point.key: Choice(hours="more") for point in earlier[:before] if point.kind == ARISES}
    said |= {one.key: Choice(answer="push_on"), other.key: Choice(answer="push_on", first=(one.matter,))}
    game = play(own, lambda point, w: by_key(said)(point, w) if point.tick <= one.tick else Choice())
    assert game.point is None


def test_what_was_accepted_once_is_asked_again_in_later_stages() -> None:
    """A difference is reserved only where somebody has just accepted it."""
    own = board("directors-year")

    def accepting(point: Point, w: World) -> Choice:
        return Choice(answer="report" if point.rift else "accept") if point.kind == ROUND else Choice()

    game = play(own, accepting)
    accepted = {(made.point.tick, made.point.matter) for made in game.decided if made.choice.answer == "accept"}
    journal = Journal(own.setting, own.template, game.world)
    reserved = {(each.tick, each.matter) for each in events(journal) if each.what == "reserved"}
    assert reserved == accepted
    assert len(accepted) > len({m for _, m in accepted})


def test_hours_stay_between_none_and_three_times_the_usual() -> None:
    usual = float(board().standing[0].effort)
    for hours, bound in (("more", 3.0 * usual), ("fewer", 0.0)):
        row = board().standing[0].copy()
        for _ in range(10):
            decisions.said(row, board().standing[0], Choice(hours=hours))
        assert float(row.effort) == pytest.approx(bound)


@pytest.mark.parametrize("name", ["first-weeks", "directors-year"])
def test_no_time_can_be_chosen_in_which_the_procedure_has_no_coordination(name: str) -> None:
    own = board(name)
    kinds = set()
    for m in own.own:
        procedure = own.setting.procedures[int(own.template.matters[m].procedure)]
        slots = {stage.slot for stage in procedure.stages if stage.type == "consult"}
        there = decisions.times_of(own.template, m)
        assert ("before" in there) == ("before" in slots), procedure.name
        kinds.add(there)
    assert len(kinds) > 1, "where all procedures have all times nothing is shown"
