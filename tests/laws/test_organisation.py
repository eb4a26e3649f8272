"""What holds of every generated organisation, whatever the counts."""

import time

import networkx as nx
import numpy as np
from builders import scenario
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import world
from sim.assembly import LEAD_ROLES, PARTY_ROLES, Organisation
from sim.generation import _peer_pairs
from sim.naming import NAMES
from sim.organisation import build, to_networkx
from sim.scenario import load_scenario

DOMAINS = scenario({}).value("workload.domains")
COUNTS = {
    "organs": (1, 7), "branching": (1, 3), "superiors": (0, 4), "leaders_in_charge": (1, 4), "other_leaders": (0, 2),
    "semi_retired": (0, 2), "coordinators": (1, 5), "departments": (1, 12), "peers": (0, 4), "subordinates": (0, 9),
    "staff_groups": (0, 3), "publics": (0, 2), "partners": (1, 9),
}  # fmt: skip


@st.composite
def organisations(draw: st.DrawFn) -> tuple[dict[str, int], Organisation]:
    counts = {name: draw(st.integers(*ends)) for name, ends in COUNTS.items()}
    return counts, build(scenario({f"organisation.{name}": count for name, count in counts.items()}))


@settings(max_examples=60, deadline=None)
@given(organisations())
def test_everyone_is_there_and_where_an_organ_says(made: tuple[dict[str, int], Organisation]) -> None:
    counts, (actors, _, _, organs, rolls, members, names_en, names_zh) = made
    assert len(organs) == counts["organs"]
    for o, organ in enumerate(organs):
        here = np.flatnonzero(actors.organ == o)
        office = np.arange(organ.director, organ.director + organ.coordinators)
        assert (actors.role[office] == world.OFFICE).all()
        assert (actors.post[office] == [world.DIRECTOR] + [world.SECTION] * (counts["coordinators"] - 1)).all()
        assert actors.post[organ.principal] == world.PRINCIPAL
        assert np.isin([organ.principal, *office], here).all()
        for role in range(len(world.ROLES)):
            mine = members[rolls[o, role].first : rolls[o, role].first + rolls[o, role].count]
            assert mine.actor.tolist() == [u for u in here if actors.role[u] == role]
        assert (actors.role[here] == world.SUPERIOR).sum() == (counts["superiors"] if o == 0 else 0)
    for names in (names_en, names_zh):
        assert len(set(names)) == len(actors)


@settings(max_examples=60, deadline=None)
@given(organisations())
def test_ties_are_in_order_once_and_never_to_oneself(made: tuple[dict[str, int], Organisation]) -> None:
    ties = made[1].ties
    order = list(zip(ties.one.tolist(), ties.other.tolist(), ties.kind.tolist(), strict=True))
    assert order == sorted(set(order))
    assert (ties.one < ties.other).all()


@settings(max_examples=60, deadline=None)
@given(organisations())
def test_partners_are_the_neighbours_who_may_be_parties(made: tuple[dict[str, int], Organisation]) -> None:
    actors, ties, partners, *_ = made[1]
    expected: list[list[tuple[int, int]]] = [[] for _ in actors]
    for k, tie in enumerate(ties):
        if tie.kind not in (world.PORTFOLIO, world.SERVICE):
            for u, v in ((tie.one, tie.other), (tie.other, tie.one)):
                if actors.role[v] in PARTY_ROLES:
                    expected[u].append((int(v), k))
    for u, actor in enumerate(actors):
        rows = partners[actor.partner_first : actor.partner_first + actor.partner_count]
        assert list(zip(rows.actor.tolist(), rows.tie.tolist(), strict=True)) == expected[u]
    assert len(partners) == sum(map(len, expected))


@settings(max_examples=60, deadline=None)
@given(organisations())
def test_the_office_serves_every_party_and_commands_form_one_tree(made: tuple[dict[str, int], Organisation]) -> None:
    actors, ties, _, organs, *_ = made[1]
    parties = np.isin(actors.role, PARTY_ROLES)
    assert (actors.office_tie[~parties] == -1).all()
    for u in np.flatnonzero(parties):
        tie = ties[actors.office_tie[u]]
        assert tie.kind == world.SERVICE
        assert {tie.one, tie.other} == {u, organs.director[actors.organ[u]]}
    commands = ties[ties.kind == world.COMMAND]
    assert sorted(zip(commands.one.tolist(), commands.other.tolist(), strict=True)) == sorted(
        (int(boss), u) for u, boss in enumerate(actors.boss) if boss >= 0
    )
    outside = (world.SUPERIOR, world.PEER, world.PUBLIC)
    top = [u for u, boss in enumerate(actors.boss) if boss < 0 and actors.role[u] not in outside]
    assert top in ([], [organs.principal[0]])
    assert (actors.boss < np.arange(len(actors))).all()  # so there is no cycle
    for o, organ in enumerate(organs[1:], start=1):
        assert actors.boss[organ.principal] == organs.principal[(o - 1) // made[0]["branching"]]


@settings(max_examples=60, deadline=None)
@given(organisations())
def test_portfolios_homes_and_hours_are_known_and_people_are_not(made: tuple[dict[str, int], Organisation]) -> None:
    actors = made[1].actors
    kept = np.isin(actors.role, (world.OFFICE, *LEAD_ROLES))
    assert (actors.post[actors.portfolio[kept]] == world.IN_CHARGE).all()
    assert (actors.portfolio[~kept] == -1).all()
    assert (actors.organ[actors.portfolio[kept]] == actors.organ[kept]).all()
    below = actors.role == world.SUBORDINATE
    assert (actors.home[below] == actors.home[actors.boss[below]]).all()
    assert ((actors.home >= 0) & (actors.home < DOMAINS)).all()
    assert (actors.capacity > 0).all()
    assert ((actors.busy > 0) & (actors.busy < 1)).all()
    for name in ("departmentalism", "power", *world.QUALITIES):
        assert np.isnan(actors[name]).all()
    assert (actors.queue == -1).all()


@given(st.integers(1, 60), st.integers(1, 60))
def test_units_have_the_partners_asked_for(units: int, partners: int) -> None:
    first, second = _peer_pairs(units, partners)
    assert len({frozenset(pair) for pair in zip(first.tolist(), second.tolist(), strict=True)}) == len(first)
    assert (first != second).all()
    degree = np.bincount(np.concatenate((first, second)), minlength=units)
    wanted = min(partners, units - 1)
    assert (np.abs(degree - wanted) <= 1).all()
    assert degree.sum() == wanted * units // 2 * 2  # odd times odd cannot be even: then one partner is wanting


def test_outside_bodies_deal_with_a_third_of_the_departments() -> None:
    actors, ties, *_ = build(load_scenario("district"))
    external = ties[ties.kind == world.EXTERNAL]
    outside = np.flatnonzero(np.isin(actors.role, (world.SUPERIOR, world.PEER, world.PUBLIC)))
    assert all(((external.one == u) | (external.other == u)).sum() == 6 for u in outside)


def test_the_structure_is_the_same_each_time_and_values_change_only_what_they_mean() -> None:
    district = load_scenario("district")
    once, again = build(district), build(district.with_values({"seed": 99, "organisation.department_hours": 7}))
    assert once.ties.tobytes() == again.ties.tobytes()
    changed = once.actors.capacity != again.actors.capacity
    assert (changed == (once.actors.role == world.DEPARTMENT)).all()


def test_capacity_and_business_come_from_the_parameters_of_the_role() -> None:
    district = load_scenario("district")
    actors = build(district).actors
    expected = {
        world.SUPERIOR: ("outside_hours", "busy_outside"), world.LEADER: ("leader_hours", "busy_leaders"),
        world.OFFICE: ("coordinator_hours", "busy_heads"), world.DEPARTMENT: ("department_hours", "busy_heads"),
        world.PEER: ("outside_hours", "busy_outside"), world.SUBORDINATE: ("subordinate_hours", "busy_heads"),
        world.STAFF: ("outside_hours", "busy_outside"), world.PUBLIC: ("outside_hours", "busy_outside"),
    }  # fmt: skip
    for actor in actors:
        capacity, busy = expected[actor.role]
        assert actor.capacity == district.value(f"organisation.{capacity}")
        assert actor.busy == district.value(f"organisation.{busy}")


def test_a_hundred_thousand_actors_are_built_in_seconds() -> None:
    district = load_scenario("district").with_values({"organisation.organs": 1700})
    start = time.perf_counter()
    organisation = build(district)
    assert time.perf_counter() - start < 10  # half a second on an ordinary machine; the rest is for a busy one
    assert len(organisation.actors) > 98_000


def test_the_graph_has_every_actor_and_every_tie() -> None:
    organisation = build(load_scenario("teaching"))
    graph = to_networkx(organisation)
    assert isinstance(graph, nx.Graph)
    assert graph.number_of_nodes() == len(organisation.actors)
    assert nx.is_connected(graph)
    assert graph.nodes[1]["post"] == "principal"
    ties = {k: (min(one, other), max(one, other), kind) for one, other, k, kind in graph.edges(keys=True, data="kind")}
    assert [ties[k] for k in range(len(ties))] == [(t.one, t.other, world.TIES[t.kind]) for t in organisation.ties]


def test_every_naming_has_a_name_for_every_role_and_post() -> None:
    titles = {role for role in world.ROLES if role not in ("superior", "leader", "office", "peer")}
    titles |= set(world.POSTS) - {"plain"}
    for lists in NAMES.values():
        assert set(lists) == titles
        for pairs in lists.values():
            assert len({en for en, _ in pairs}) == len({zh for _, zh in pairs}) == len(pairs)
