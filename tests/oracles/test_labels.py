"""Which label an act of coordination gets, case by case, as the handbooks' lists of objects, types, contradictions and
interests have it.
"""

import numba
import numpy as np
import pytest
from builders import template, who, with_matters

from sim import parameters, vocabulary, world
from sim.rules.labelling import by_paper, labels_of, object_of, sides_of, traits_of
from sim.world import World

_object_of = numba.njit(lambda w, u, v: object_of(w, u, v))
_traits_of = numba.njit(
    lambda content, people, rush, central, roles, cognition, sponsor: traits_of(
        content, people, rush, central, roles, cognition, sponsor
    )
)
_sides_of = numba.njit(
    lambda content, roles, departments, localities, cognition: sides_of(
        content, roles, departments, localities, cognition
    )
)
_labels_of = numba.njit(lambda w, m, mode: labels_of(w, m, mode))
_by_paper = numba.njit(lambda w, u: by_paper(w, u))


def names(bits: int) -> set[str]:
    return {name for name, bit in vocabulary.LABEL.items() if (bits >> bit) & 1}


@pytest.fixture(scope="module")
def district() -> World:
    return template({"ticks": 10})


@pytest.mark.parametrize(
    ("host", "party", "expected"),
    [
        ("office", "superior", {"O1", "T10.tree"}),
        ("department", "superior", {"O1", "T10.tree"}),
        ("office", "leader", {"O2", "T10.tree"}),
        ("leader", "office", {"O2", "T10.tree"}),
        ("department", "leader", {"O4", "T10.tree"}),
        ("leader", "department", {"O4", "T10.tree"}),
        ("office", "peer", {"P1", "T10.lateral"}),
        ("office", "department", {"P2", "T10.lateral"}),
        ("department", "department", {"P3", "T10.lateral"}),
        ("office", "office", {"P4", "T10.lateral"}),
        ("office", "subordinate", {"D1", "T10.tree"}),
        ("office", "staff", {"D2", "T10.tree"}),
        ("leader", "staff", {"D3", "T10.tree"}),
        ("office", "public", {"X1", "T10.lateral"}),
    ],
)
def test_the_object_of_an_act_is_who_coordinates_with_whom(
    district: World, host: str, party: str, expected: set[str]
) -> None:
    u = who(district, world.ROLES.index(host))[0]
    v = who(district, world.ROLES.index(party))[-1]
    assert names(_object_of(district, u, v)) == expected


def traits(
    content: str = "work", parties: tuple[str, ...] = ("department",), sponsor: str = "department", **given: bool
) -> set[str]:
    flags = {"people": False, "rush": False, "cognition": False, "central": False, **given}
    number = vocabulary.CONTENT_NAMES.index(content)
    found = _traits_of(
        number, flags["people"], flags["rush"], flags["central"], roles_of(parties), flags["cognition"],
        world.ROLES.index(sponsor),
    )  # fmt: skip
    return names(found)


def roles_of(parties: tuple[str, ...]) -> int:
    return sum(1 << world.ROLES.index(role) for role in set(parties))


PLAIN = {"T1.things", "T1.own", "T2.internal", "T3.interest", "T7.structural", "T8.middle", "T9.structure"}


def test_a_matter_between_departments_is_of_things_internal_of_interest_structural_and_in_the_middle() -> None:
    assert traits() == PLAIN


def _kind(name: str) -> str:
    """Labels of which a matter has one; whether it is rushed, or central, is a question of its own."""
    whose = ("T1.own", "T1.superiors", "T1.neighbours")
    apart = {"T1.rush": "rush", "T1.central": "central", **dict.fromkeys(whose, "whose")}
    return apart.get(name, name.split(".")[0])


@pytest.mark.parametrize(
    ("given", "instead"),
    [
        ({"rush": True}, {"T1.rush"}),
        ({"people": True}, {"T1.people", "T7.communicative", "T9.personnel"}),
        ({"cognition": True}, {"T3.cognition", "T7.communicative"}),
        ({"central": True}, {"T1.central", "T8.high"}),
        ({"sponsor": "subordinate"}, {"T8.grassroots"}),
        ({"sponsor": "staff"}, {"T8.grassroots"}),
        ({"sponsor": "public"}, {"T8.grassroots"}),
        ({"sponsor": "staff", "central": True}, {"T1.central", "T8.high"}),
        ({"parties": ("department", "peer")}, {"T1.neighbours", "T2.external", "T7.adaptive", "T9.environment"}),
        (
            {"parties": ("department", "superior")},
            {"T1.superiors", "T2.external", "T7.adaptive", "T8.high", "T9.environment"},
        ),
        (
            {"parties": ("peer", "superior")},
            {"T1.superiors", "T1.neighbours", "T2.external", "T7.adaptive", "T8.high", "T9.environment"},
        ),
        ({"parties": ("department", "public")}, {"T2.society", "T7.adaptive", "T9.environment"}),
        *(({"content": content}, {"T7.dynamic"}) for content in ("policy_execution", "plan_execution", "emergencies")),
        *(({"content": content}, {"T1.superiors", "T7.dynamic"}) for content in ("follow_up", "ad_hoc")),
    ],
)
def test_what_changes_a_matters_traits_changes_those_of_its_own_type_alone(
    given: dict[str, object], instead: set[str]
) -> None:
    kinds = {_kind(name) for name in instead}
    kept = {name for name in PLAIN if _kind(name) not in kinds}
    assert traits(**given) == kept | instead  # type: ignore[arg-type]


def sides(*parties: str, content: str = "work", cognition: bool = False) -> set[str]:
    number = vocabulary.CONTENT_NAMES.index(content)
    departments, localities = parties.count("department"), parties.count("subordinate")
    return names(_sides_of(number, roles_of(parties), departments, localities, cognition))


@pytest.mark.parametrize(
    ("parties", "expected"),
    [
        (("department",), {"C3.collective"}),
        (("department", "department"), {"C3.collective", "G4.departments"}),
        (("subordinate", "subordinate"), {"C3.collective", "G4.regions"}),
        (("department", "subordinate"), {"C3.collective", "G4.levels"}),
        (("department", "superior"), {"C3.collective", "C3.state", "G4.levels"}),
        (("superior",), {"C3.state"}),
        (("department", "peer"), {"C3.collective"}),
        (("department", "staff"), {"C3.collective", "C3.individual"}),
        (("public",), {"C3.individual"}),
        (
            ("department", "department", "subordinate", "subordinate"),
            {"C3.collective", "G4.departments", "G4.regions", "G4.levels"},
        ),
    ],
)
def test_the_sides_of_a_matter_are_its_parties(parties: tuple[str, ...], expected: set[str]) -> None:
    assert sides(*parties) == expected
    assert sides(*parties, cognition=True) == expected - {"C3.collective"}
    assert sides(*parties, content="working_relations") == expected | {"G4.authority"}
    assert sides(*parties, content="interests") == expected | {"G4.interest"}


def added(w: World, mode: str) -> set[str]:
    """What a round adds to the traits of matter 0."""
    return names(_labels_of(w, 0, parameters.MODES.index(mode)) & ~int(w.matters[0].traits))


@pytest.mark.parametrize(
    ("traits", "sort"),
    [("", "discussion"), ("T2.external", "roundtable"), ("T2.society", "roundtable"), ("C3.individual", "roundtable")],
)
def test_a_meeting_is_of_one_sort_by_when_it_is_held_and_who_is_there(district: World, traits: str, sort: str) -> None:
    carried = 1 << vocabulary.LABEL[traits] if traits else 0
    u = who(district, world.DEPARTMENT)[0]
    w = with_matters(district, {"actors": [u], "work": [1.0], "traits": carried, "acting": world.BEFORE})
    plain = {"T4.promoting", "T5.cooperative", "T6.meeting", "T8.interest"}
    assert added(w, "meeting") == plain | {f"T6.{sort}"}
    for later in (world.DURING, world.AFTER):
        w.matters.acting = later
        assert added(w, "meeting") == plain - {"T5.cooperative"} | {"T5.contingent", "T6.reporting"}
    assert not any(name in added(w, "talks") for name in ("T6.roundtable", "T6.discussion", "T6.reporting"))


def test_what_units_have_passed_on_is_over_duties(district: World) -> None:
    u = who(district, world.DEPARTMENT)[0]
    w = with_matters(district, {"actors": [u], "work": [1.0], "acting": world.BEFORE})
    assert "G4.duty" not in added(w, "talks")
    w.matters.passed_on = 1
    assert "G4.duty" in added(w, "talks")


def test_a_paper_reaches_the_public_by_the_media_and_nobody_else_so(district: World) -> None:
    for role in (world.PUBLIC, world.STAFF, world.DEPARTMENT, world.PEER):
        found = names(_by_paper(district, who(district, role)[0]))
        assert found == {"T6.formal"} | ({"T6.media"} if role == world.PUBLIC else set())


def test_the_traits_of_a_drawn_matter_are_those_of_its_parties(district: World) -> None:
    w = template({"ticks": 100}, procedure={"work": 1.0, "interest_dispute": 1.0, "ad_hoc_task": 1.0})
    for row in range(len(w.matters)):
        matter = w.matters[row]
        roles = w.actors.role[w.parties.actor[matter.first : matter.first + matter.parties]]
        found, counts = names(int(matter.traits)), np.bincount(roles, minlength=len(world.ROLES))
        assert ("G4.departments" in found) == (counts[world.DEPARTMENT] > 1)
        assert ("G4.regions" in found) == (counts[world.SUBORDINATE] > 1)
        assert ("C3.state" in found) == (counts[world.SUPERIOR] > 0)
        assert ("T1.neighbours" in found) == (counts[world.PEER] > 0)
        assert ("T1.central" in found) == (matter.importance >= w.rules[0].principal_importance)
