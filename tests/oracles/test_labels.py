"""Which label an act of coordination gets, case by case, as the handbooks' lists of objects and types have it."""

import numba
import pytest
from builders import template, who

from sim import vocabulary, world
from sim.rules.labelling import object_of, traits_of
from sim.world import World

_object_of = numba.njit(lambda w, u, v: object_of(w, u, v))
_traits_of = numba.njit(
    lambda content, people, rush, roles, cognition, high, sponsor: traits_of(
        content, people, rush, roles, cognition, high, sponsor
    )
)


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
    roles = sum(1 << world.ROLES.index(role) for role in parties)
    flags = {"people": False, "rush": False, "cognition": False, "high": False, **given}
    number = vocabulary.CONTENT_NAMES.index(content)
    found = _traits_of(
        number, flags["people"], flags["rush"], roles, flags["cognition"], flags["high"], world.ROLES.index(sponsor)
    )
    return names(found)


PLAIN = {"T1.things", "T2.internal", "T3.interest", "T7.structural", "T8.middle", "T9.structure"}


def test_a_matter_between_departments_is_of_things_internal_of_interest_structural_and_in_the_middle() -> None:
    assert traits() == PLAIN


@pytest.mark.parametrize(
    ("given", "instead"),
    [
        ({"rush": True}, {"T1.rush"}),
        ({"people": True}, {"T1.people", "T7.communicative", "T9.personnel"}),
        ({"cognition": True}, {"T3.cognition", "T7.communicative"}),
        ({"high": True}, {"T8.high"}),
        ({"sponsor": "subordinate"}, {"T8.grassroots"}),
        ({"sponsor": "staff"}, {"T8.grassroots"}),
        ({"sponsor": "public"}, {"T8.grassroots"}),
        ({"sponsor": "staff", "high": True}, {"T8.high"}),
        ({"parties": ("department", "peer")}, {"T2.external", "T7.adaptive", "T9.environment"}),
        ({"parties": ("department", "superior")}, {"T2.external", "T7.adaptive", "T9.environment"}),
        ({"parties": ("department", "peer", "public")}, {"T2.society", "T7.adaptive", "T9.environment"}),
        *(
            ({"content": content}, {"T7.dynamic"})
            for content in ("policy_execution", "plan_execution", "follow_up", "emergencies", "ad_hoc")
        ),
    ],
)
def test_what_changes_a_matters_traits_changes_those_of_its_own_type_alone(
    given: dict[str, object], instead: set[str]
) -> None:
    kinds = {name.split(".")[0] for name in instead if name != "T1.rush"}
    kept = {name for name in PLAIN if name.split(".")[0] not in kinds}
    assert traits(**given) == kept | instead  # type: ignore[arg-type]
