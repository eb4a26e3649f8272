"""A generated organisation: a tree of organs, each with leaders, a general office, departments and those around them.

Who there is follows seed 000: superiors, leaders, the office, departments, peers, subordinates, staff and the public.
One organ is made and copied, so that a hundred thousand actors take half a second.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim import draws, world
from sim.assembly import Edges, Organisation, assemble, edges, fill_places, joined, missing_service, new_actors
from sim.naming import names_of

if TYPE_CHECKING:
    from sim.scenario import Scenario


class _Cast(NamedTuple):
    """Rows of an organ's actors, by group, in this order."""

    superiors: np.ndarray
    principal: np.ndarray
    in_charge: np.ndarray
    other: np.ndarray
    semi_retired: np.ndarray
    office: np.ndarray
    departments: np.ndarray
    peers: np.ndarray
    subordinates: np.ndarray
    staff: np.ndarray
    publics: np.ndarray


_GROUPS = (  # role, and posts in turn, of each group of _Cast
    (world.SUPERIOR, (world.LEADING, world.GUIDING, world.SUPERVISING)),
    (world.LEADER, (world.PRINCIPAL,)),
    (world.LEADER, (world.IN_CHARGE,)),
    (world.LEADER, (world.OTHER_LEADER,)),
    (world.LEADER, (world.SEMI_RETIRED,)),
    (world.OFFICE, (world.SECTION,)),
    (world.DEPARTMENT, (world.PLAIN,)),
    (world.PEER, (world.SAME_SYSTEM, world.UNAFFILIATED)),
    (world.SUBORDINATE, (world.PLAIN,)),
    (world.STAFF, (world.PLAIN,)),
    (world.PUBLIC, (world.PLAIN,)),
)
_COUNTS = (
    "superiors", "", "leaders_in_charge", "other_leaders", "semi_retired", "coordinators", "departments", "peers",
    "subordinates", "staff_groups", "publics",
)  # fmt: skip


def _organ(scenario: "Scenario", root: bool) -> tuple[np.recarray, Edges, _Cast]:
    """One organ by itself: actors, ties and who is who, in rows from 0.  Only the root organ has superiors."""
    counts = [int(scenario.value(f"organisation.{name}")) if name else 1 for name in _COUNTS]
    counts[0] *= root
    ends = np.cumsum(counts)
    cast = _Cast(*(np.arange(end - count, end) for end, count in zip(ends, counts, strict=True)))
    actors = new_actors(int(ends[-1]))
    for rows, (role, posts) in zip(cast, _GROUPS, strict=True):
        actors.role[rows], actors.post[rows] = role, np.resize(posts, len(rows))
    actors.post[cast.office[0]] = world.DIRECTOR
    _command(actors, cast)
    commanded = np.flatnonzero(actors.boss >= 0)
    command = edges(actors.boss[commanded], commanded, world.COMMAND)
    fill_places(actors, command, scenario)
    ties = joined((command, *_ties_between(actors, cast, int(scenario.value("organisation.partners")))))
    return actors, joined((ties, missing_service(actors, ties))), cast


def _command(actors: np.recarray, cast: _Cast) -> None:
    """Who commands whom."""
    principal, director = cast.principal[0], cast.office[0]
    actors.boss[principal] = cast.superiors[0] if len(cast.superiors) else -1
    for rows in (cast.in_charge, cast.other, cast.semi_retired):
        actors.boss[rows] = principal
    actors.boss[director] = principal
    actors.boss[cast.office[1:]] = actors.boss[cast.staff] = director
    actors.boss[cast.departments] = np.resize(cast.in_charge, len(cast.departments))
    actors.boss[cast.subordinates] = np.resize(cast.departments, len(cast.subordinates))


def _ties_between(actors: np.recarray, cast: _Cast, partners: int) -> list[Edges]:
    """Ties other than command and service."""
    units = np.concatenate((cast.departments, cast.subordinates))
    groups = np.resize(cast.staff, len(units) if len(cast.staff) else 0)
    first, second = _peer_pairs(len(cast.departments), partners)
    outside = np.concatenate((cast.superiors, cast.peers, cast.publics)).tolist()
    return [
        edges(actors.portfolio[cast.office], cast.office, world.PORTFOLIO),
        edges(cast.departments[first], cast.departments[second], world.PEER_TIE),
        *(
            edges(cast.departments[_third(number, len(cast.departments))], body, world.EXTERNAL)
            for number, body in _numbered(actors, outside)
        ),
        edges(units[: len(groups)], groups, world.MEMBERSHIP),
    ]


def _peer_pairs(units: int, partners: int) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of units in a ring, so that each has ``partners`` others: near ones, and chords spread over the ring.

    A step s joins every unit u to u + s and gives each two partners.  An odd partner comes from the unit opposite, or
    in a ring of odd size from half of a step's pairs: one on average, for such a ring cannot give one to each.
    """
    full = (units - 1) // 2  # beyond it, steps repeat pairs; half of an even ring pairs opposite units
    whole = min(partners // 2, full)
    near = (whole + 1) // 2
    far, room = whole - near, full - near
    chords = near + 1 + (2 * np.arange(far) + 1) * room // (2 * far or 1)
    steps = np.concatenate((np.arange(1, near + 1), chords))
    start = np.arange(units)
    pairs = [(start, (start + step) % units) for step in steps]
    if partners > 2 * whole and units % 2 == 0:
        pairs.append((start[: units // 2], start[: units // 2] + units // 2))
    elif partners > 2 * whole and whole < full:
        left = np.setdiff1d(np.arange(1, full + 1), steps)[0]
        pairs.append((start[:-1:2], (start[:-1:2] + left) % units))
    first, second = (np.concatenate([start[:0], *(pair[end] for pair in pairs)]) for end in (0, 1))
    return first, second


def _numbered(actors: np.recarray, bodies: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Bodies with a number each of role and serial number: one body more leaves the others' as they were."""
    serial = [0] * len(world.ROLES)
    for body in bodies:
        role = int(actors.role[body])
        yield role + len(world.ROLES) * serial[role], body
        serial[role] += 1


def _third(number: int, units: int) -> np.ndarray:
    """The units an outside body deals with: about a third, at least one, chosen once for all replicates."""
    key = draws.stream_keys(0, 0)[draws.PERSON]
    lots = [draws.uniform(key, number, unit, 0) for unit in range(units)]
    return np.argsort(lots, kind="stable")[: max(1, round(units / 3))]


def generate(scenario: "Scenario") -> Organisation:
    """A tree of organs: the root as it is, and copies of one child organ, each below its parent."""
    organs = int(scenario.value("organisation.organs"))
    root, root_ties, root_cast = _organ(scenario, True)
    child, child_ties, child_cast = _organ(scenario, False)
    starts = np.concatenate(([0], len(root) + len(child) * np.arange(organs - 1)))
    actors = new_actors(len(root) + len(child) * (organs - 1))
    for name in world.record(world.ACTOR).names or ():  # field by field: what pads the records stays zero
        actors[name] = np.concatenate((root[name], np.tile(child[name], organs - 1)))
    actors.organ = np.repeat(np.arange(organs), [len(root)] + [len(child)] * (organs - 1))
    for name in ("boss", "portfolio"):
        actors[name] = np.where(actors[name] >= 0, actors[name] + starts[actors.organ], -1)
    shifts = starts[1:, np.newaxis]
    principals = np.concatenate((root_cast.principal[np.newaxis], child_cast.principal + shifts))
    departments = np.concatenate((root_cast.departments[np.newaxis], child_cast.departments + shifts))
    parents = np.arange(organs - 1) // int(scenario.value("organisation.branching"))
    actors.boss[principals[1:, 0]] = principals[parents, 0]
    ties = (
        root_ties,
        _copied(child_ties, shifts),
        edges(principals[parents], principals[1:], world.COMMAND),
        edges(departments[parents], departments[1:], world.EXTERNAL),  # guidance from department to department
    )
    return assemble(actors, joined(ties), *names_of(actors, scenario.organisation.naming))


def _copied(ties: Edges, shifts: np.ndarray) -> Edges:
    """The ties once for each shift of their rows; ``shifts`` has shape (copies, 1)."""
    rest = (np.tile(column, len(shifts)) for column in ties[2:])
    return Edges((ties.one + shifts).ravel(), (ties.other + shifts).ravel(), *rest)
