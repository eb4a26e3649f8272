"""The journal: everything that happens is told, once, and telling changes nothing."""

import numpy as np
import pytest

from sim import engine, world
from sim.errors import RequestError
from sim.journal import Event, Journal, acts, events, find_actor, find_matter, find_procedure, keep, record
from sim.scenario import Scenario, load_scenario
from sim.setting import prepare
from sim.vocabulary import EVENT_NAMES
from sim.world import World
from tests.laws import fake_journal
from tests.laws.fake_journal import CONSULT, EDUCATION, FINANCE, LEADER, OFFICE, PLANNING, event, journal

PARTS = ("actors", "ties", "matters", "parties", "briefs", "force", "series")


@pytest.fixture(scope="module")
def lesson() -> Scenario:
    return load_scenario("teaching")


@pytest.fixture(scope="module")
def run(lesson: Scenario) -> Journal:
    return record(prepare(lesson), 1, 0, lesson.load_strategy("multi2-before-meeting").record())


def same(one: World, other: World) -> bool:
    return all(getattr(one, part).tobytes() == getattr(other, part).tobytes() for part in PARTS)


def test_a_run_is_the_same_with_and_without_a_journal(lesson: Scenario) -> None:
    strategy = lesson.load_strategy("self-first").record()
    template = engine.draw(prepare(lesson), 1, 3)
    told, silent = keep(template, strategy), engine.simulate(template, strategy)
    assert same(told, silent)
    assert told.totals[0].events > 0
    assert len(silent.events) == 0


def test_a_guess_that_was_too_small_is_made_good_with_the_same_events(
    run: Journal, lesson: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.journal.ROWS_PER_MATTER", 1)
    again = keep(run.template, lesson.load_strategy("multi2-before-meeting").record())
    assert len(again.events) == again.totals[0].events > len(run.template.matters)
    assert again.events.tobytes() == run.world.events[: run.world.totals[0].events].tobytes()


def test_an_event_has_the_fields_of_its_record() -> None:
    assert Event._fields == tuple(name for name, *_ in world.EVENT)


def test_events_agree_with_what_the_world_counts(run: Journal) -> None:
    rows, matters = run.rows, run.world.matters
    for name, field in (("round", "rounds"), ("outbreak", "outbreaks"), ("returned", "returns"), ("reopened",) * 2):
        told = rows.matter[rows.what == EVENT_NAMES.index(name)]
        assert np.bincount(told, minlength=len(matters)).tolist() == matters[field].tolist(), name


def test_every_event_is_in_one_act_and_acts_are_in_order(run: Journal) -> None:
    told = list(acts(run))
    assert sorted(each for act in told for each in act.events) == sorted(events(run))
    assert all(len({(each.tick, each.matter) for each in act.events}) == 1 for act in told)
    assert [(act.tick, act.matter) for act in told] == sorted((act.tick, act.matter) for act in told)


def test_what_is_foreseen_for_after_the_run_is_not_told() -> None:
    told = journal(event(41, "read", who=FINANCE), event(3, "read", who=FINANCE), event(2, "read", who=FINANCE))
    assert [each.tick for each in events(told)] == [2, 3]


def test_rounds_of_two_hosts_in_one_half_day_are_told_apart() -> None:
    told = journal(
        event(5, "round", who=OFFICE, whom=0, value=0.5), event(5, "round", who=FINANCE, whom=0, value=0.3),
        event(5, "hears", who=PLANNING, whom=FINANCE, value=0.35),
        event(5, "hears", who=PLANNING, whom=OFFICE, value=0.45), event(5, "agreed", who=OFFICE, value=0.5),
    )  # fmt: skip
    first, second = acts(told)
    assert [each.what for each in first.events] == ["round", "hears", "agreed"]
    assert [(each.what, each.whom) for each in second.events[1:]] == [("hears", FINANCE)]


def test_heads_gone_past_for_a_round_belong_to_it() -> None:
    past = event(5, "bypassed", who=PLANNING, whom=OFFICE), event(5, "bypassed", who=EDUCATION, whom=OFFICE)
    held = event(5, "round", who=OFFICE, whom=0, value=0.5), event(5, "hears", who=PLANNING, whom=OFFICE, value=0.4)
    assert [[each.what for each in act.events] for act in acts(journal(*past, *held))] == [
        ["round", "bypassed", "bypassed", "hears"]
    ]
    others = event(5, "bypassed", who=PLANNING, whom=FINANCE)
    assert [act.events[0].what for act in acts(journal(others, *held))] == ["bypassed", "round"]


def test_an_act_knows_how_things_stood_before_it() -> None:
    told = journal(
        event(1, "round", who=OFFICE, whom=0, value=0.5), event(1, "hears", who=PLANNING, whom=OFFICE, value=0.45),
        event(2, "decided", who=LEADER, whom=1, value=0.6), event(2, "begins", who=FINANCE, value=0.6),
        event(3, "outbreak", who=FINANCE, value=0.2), event(4, "corrected", who=OFFICE, whom=EDUCATION, value=-0.3),
        event(5, "cooled"), event(6, "closed", value=0.1),
    )  # fmt: skip
    before = {act.tick: act for act in acts(told)}
    assert before[1].stances == {FINANCE: 0.2, PLANNING: 0.4, EDUCATION: 0.9}
    assert before[2].stances[PLANNING] == 0.45
    assert np.isnan(before[2].outcome)
    assert (before[1].consulted, before[2].consulted) == (False, True)
    assert before[3].outcome == 0.6
    assert [before[tick].conflict for tick in (3, 4, 5, 6)] == [False, True, True, False]
    assert before[5].stances[EDUCATION] == pytest.approx(0.9 - 0.5 * 0.3)


def test_acts_of_one_matter_actor_or_procedure(run: Journal) -> None:
    assert {act.matter for act in acts(run, matter=4)} == {4}
    mine = list(acts(run, actor=2))
    assert mine
    assert all(act.concerns(2) for act in mine)
    assert len(mine) == sum(act.concerns(2) for act in acts(run))
    of_one = run.world.matters.procedure[0]
    assert {run.world.matters.procedure[act.matter] for act in acts(run, procedure=of_one)} == {of_one}


def test_a_second_field_that_is_no_actor_makes_nobody_part_of_an_act() -> None:
    told = journal(event(1, "round", who=OFFICE, whom=LEADER, value=0.5), event(2, "decided", who=OFFICE, whom=1))
    assert [act.concerns(LEADER) for act in acts(told)] == [False, False]


def test_matters_actors_and_procedures_are_found_by_any_name() -> None:
    told = journal(event(0, "arises", who=FINANCE))
    assert [find_matter(told, number) for number in (None, 1, 2)] == [-1, 0, 1]
    assert [find_actor(told, name) for name in (None, "Finance Department", "财政部门")] == [-1, FINANCE, FINANCE]
    assert [find_procedure(told, name) for name in (None, "outgoing", "Outgoing document", "对外发文")] == [-1, 0, 0, 0]


@pytest.mark.parametrize(
    ("find", "given", "says"),
    [
        (find_matter, 3, "--matter: no matter of this number; got 3; allowed: from 1 to 2"),
        (find_actor, "Finance Dept", "--actor: no actor of this name; got 'Finance Dept'"),
        (find_actor, "Finance Dept", "did you mean 'Finance Department'?"),
        (find_procedure, "outgoing document", "allowed: outgoing; did you mean 'Outgoing document'?"),
    ],
)
def test_a_name_nobody_has_is_refused_with_the_nearest(find: object, given: object, says: str) -> None:
    assert callable(find)
    with pytest.raises(RequestError) as refused:
        find(journal(event(0, "arises", who=FINANCE)), given)
    assert says in str(refused.value)


def test_a_journal_names_stages_and_parties_in_both_languages() -> None:
    told = journal(event(0, "arises", who=FINANCE))
    assert told.parties(0) == fake_journal.PARTIES[0]
    assert (told.stage(0, CONSULT, "en"), told.stage(0, CONSULT, "zh"), told.stage(0, -3, "en")) == (
        "consultation",
        "协商",
        "",
    )
    assert (told.name(OFFICE, "en"), told.name(OFFICE, "zh")) == ("Secretariat Section", "秘书科")
