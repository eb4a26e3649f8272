"""The world decides nothing twice: same seed, same bits; no strategy, thread or neighbour changes what is drawn."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from builders import scenario, strategy, template

from sim import engine, world
from sim.setting import prepare
from sim.strategy import load_strategy, strategy_names
from sim.world import World

TICKS = 150
EXOGENOUS = {
    "actors": ("role", "post", "organ", "boss", "portfolio", "home", "office_tie", "partner_first",
               "partner_count", "capacity", "busy", "departmentalism", "power", *world.QUALITIES),
    "ties": ("one", "other", "kind", "work_base", "trust_base"),
    "organs": ("principal", "director", "coordinators"),
    "rolls": ("first", "count"), "members": ("actor",),
    "matters": ("ident", "organ", "procedure", "occasion", "traits", "arrival", "arose", "domain", "urgency",
                "importance", "volatility", "deadline", "need", "need_at_1", "need_by_1", "need_at_2", "need_by_2",
                "first", "parties"),
    "force": ("superior", "related"),
    "parties": ("matter", "actor", "tie", "ideal", "weight", "work"),
    "ticks": ("arrivals",),
}  # fmt: skip
INTERESTS = {
    "matters": ("ident", "procedure", "flaws", "arose", "domain", "urgency", "importance", "need", "need_at_1", "low",
                "high", "parties"),
    "parties": ("ideal", "bias", "weight", "work"),
}  # fmt: skip


def same(one: World, other: World, columns: dict[str, tuple[str, ...]]) -> None:
    for table, names in columns.items():
        for name in names:
            np.testing.assert_array_equal(
                getattr(one, table)[name], getattr(other, table)[name], err_msg=f"{table}.{name}"
            )


def bits(w: World) -> bytes:
    """Every bit of a world's columns (not what pads the records, which means nothing)."""
    columns = (part[name] for part in w if part.dtype.names for name in part.dtype.names)
    arrays = (part for part in w if not part.dtype.names)
    return b"".join(column.tobytes() for column in (*columns, *arrays))


@pytest.fixture(scope="module")
def drawn() -> World:
    return template({"ticks": TICKS})


def test_the_same_seed_draws_the_same_bits_and_another_seed_or_replicate_does_not(drawn: World) -> None:
    assert bits(template({"ticks": TICKS})) == bits(drawn)
    for other in (template({"ticks": TICKS}, replicate=1), template({"ticks": TICKS}, seed=2)):
        assert bits(other) != bits(drawn)
        assert not np.array_equal(other.matters.arose[:50], drawn.matters.arose[:50])
        assert not np.array_equal(other.actors.technique, drawn.actors.technique)


def test_the_seed_and_the_replicate_cannot_be_mistaken_for_each_other() -> None:
    starts = {
        float(template({"ticks": 30}, seed, replicate).matters.arose[0]) for seed in range(6) for replicate in range(6)
    }
    assert len(starts) == 36


@pytest.mark.parametrize("name", strategy_names())
def test_a_strategy_changes_neither_the_template_nor_what_the_world_alone_decides(drawn: World, name: str) -> None:
    before = bits(drawn)
    end = engine.simulate(drawn, load_strategy(name).record())
    assert bits(drawn) == before
    same(end, drawn, EXOGENOUS)
    np.testing.assert_array_equal(end.away, drawn.away)
    np.testing.assert_array_equal(end.calendar & drawn.calendar, drawn.calendar)  # engagements are only added
    assert bits(engine.simulate(drawn, load_strategy(name).record())) == bits(end)


def test_a_world_that_may_be_consumed_runs_the_same(drawn: World) -> None:
    end = engine.simulate(drawn, strategy())
    assert bits(engine.simulate(template({"ticks": TICKS}), strategy(), consume=True)) == bits(end)


@pytest.mark.parametrize(
    "path", ["rules.outbreak_rate", "rules.stall", "rules.estimate_spread", "modes.talks.pace", "workload.drift_size"]
)
def test_another_number_leaves_arrivals_and_interests_as_they_were(drawn: World, path: str) -> None:
    same(template({"ticks": TICKS, path: 0.1}), drawn, INTERESTS)


def test_a_longer_run_begins_like_a_shorter_one(drawn: World) -> None:
    longer = template({"ticks": 2 * TICKS})
    count, parties = len(drawn.matters), len(drawn.parties)
    assert count < len(longer.matters)
    same(longer._replace(matters=longer.matters[:count], parties=longer.parties[:parties]), drawn, INTERESTS)


def test_a_further_organ_leaves_the_arrivals_of_the_first_as_they_were(drawn: World) -> None:
    wider = template({"ticks": TICKS, "organisation.organs": 2})
    np.testing.assert_array_equal(wider.matters.arose[wider.matters.organ == 0], drawn.matters.arose)


def test_a_further_coordinator_leaves_arrivals_and_interests_as_they_were(drawn: World) -> None:
    same(template({"ticks": TICKS, "organisation.coordinators": 7}), drawn, INTERESTS)


def test_another_number_of_coordinators_on_a_matter_meets_the_same_errors_of_estimation(drawn: World) -> None:
    """Draws during a run are keyed by matter and person: who else was asked does not change them."""
    blind = {"ticks": TICKS, "workload.drift_rate": 0.0, "organisation.professional": 1.0}
    w = template(blind)
    one = engine.simulate(w, strategy(mode="directive", whole_weight=1.0, investigation=0.0))
    two = engine.simulate(w, strategy("multi", "directive", coordinators=2, whole_weight=1.0, investigation=0.0))
    told_one = {(int(b.matter), int(b.host)): float(b.proposal) for b in one.briefs if b.rounds > 0}
    told_two = {(int(b.matter), int(b.host)): float(b.proposal) for b in two.briefs if b.rounds > 0}
    shared = told_one.keys() & told_two.keys()
    assert len(shared) > 5
    assert all(told_one[key] == told_two[key] for key in shared)


def test_two_threads_at_once_get_what_one_gets_alone() -> None:
    setting = prepare(scenario({"ticks": TICKS}))
    plans = [
        load_strategy(name).record() for name in ("unified-before", "multi3-before-meeting", "self-first", "committee")
    ]
    jobs = [(replicate, plan) for replicate in range(4) for plan in plans]

    def measured(job: tuple[int, np.recarray]) -> bytes:
        outcome = engine.run(engine.draw(setting, 1, job[0]), job[1])
        return outcome.measures.tobytes() + outcome.series.tobytes()

    alone = [measured(job) for job in jobs]
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(measured, jobs))
    assert together == alone
    assert len(set(alone)) == len(alone)


def test_two_strategies_may_share_a_template_at_once(drawn: World) -> None:
    plans = [load_strategy(name).record() for name in ("unified-before", "multi3-before-meeting")] * 4
    with ThreadPoolExecutor(2) as pool:
        together = [bits(w) for w in pool.map(lambda plan: engine.simulate(drawn, plan), plans)]
    assert together == [bits(engine.simulate(drawn, plan)) for plan in plans]
    assert len(set(together)) == 2
    assert (drawn.matters.life == world.FUTURE).all()
