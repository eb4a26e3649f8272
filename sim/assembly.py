"""Actors and ties put together as an organisation: what follows from who there is and who is tied to whom.

Both the generator (``sim.generation``) and the file readers (``sim.organisation_files``) end here.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim import world

if TYPE_CHECKING:
    from sim.scenario import Scenario

PARTY_ROLES = (
    world.SUPERIOR,
    world.DEPARTMENT,
    world.PEER,
    world.SUBORDINATE,
    world.STAFF,
    world.PUBLIC,
)  # who may be a party to a matter
LEAD_ROLES = (world.DEPARTMENT, world.SUBORDINATE)  # one of these every organ has
# Whose hours an actor of a role has, and how busy it is: parameters organisation.<...>.
HOURS = (
    "outside_hours", "leader_hours", "coordinator_hours", "department_hours", "outside_hours", "subordinate_hours",
    "outside_hours", "outside_hours",
)  # fmt: skip
BUSY = (
    "busy_outside", "busy_leaders", "busy_heads", "busy_heads", "busy_outside", "busy_heads", "busy_outside",
    "busy_outside",
)  # fmt: skip


_SERIAL = 1 << 21  # actors of one role an organ can have


class Organisation(NamedTuple):
    """Actors by organ (an office's coordinators in consecutive rows, director first); ties by their ends and kind.

    A command tie runs from the one who commands to the other; any other tie from the lower row to the higher.
    """

    actors: np.recarray  # ACTOR, shape (n,)
    ties: np.recarray  # TIE, shape (k,), sorted by (one, other, kind)
    partners: np.recarray  # PARTNER: rows actors.partner_first .. + partner_count of an actor, by tie
    organs: np.recarray  # ORGAN
    rolls: np.recarray  # ROLL, shape (organs, len(ROLES)): rows of an organ's members of a role
    members: np.recarray  # MEMBER, by organ and role
    names_en: tuple[str, ...]  # by actor
    names_zh: tuple[str, ...]


class Edges(NamedTuple):
    """Ties while they are being collected; ``work`` and ``trust`` are baselines, NaN where they are to be drawn."""

    one: np.ndarray  # int64
    other: np.ndarray
    kind: np.ndarray
    work: np.ndarray  # float64
    trust: np.ndarray


def edges(one: object, other: object, kind: int) -> Edges:
    """Ties of one kind between rows ``one`` and ``other`` (broadcast), with baselines to be drawn."""
    first, second = np.broadcast_arrays(np.asarray(one, np.int64).ravel(), np.asarray(other, np.int64).ravel())
    unknown = np.full(len(first), np.nan)
    return Edges(first, second, np.full(len(first), kind, np.int64), unknown, unknown)


def joined(parts: Iterable[Edges]) -> Edges:
    """All ties of ``parts``."""
    return Edges(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def new_actors(rows: int) -> np.recarray:
    """``rows`` actors of whom nothing is known yet."""
    actors = world.table(world.ACTOR, rows)
    actors.post = world.PLAIN
    for name in ("boss", "portfolio", "home", "office_tie", "queue"):
        actors[name] = -1
    for name in ("capacity", "busy", "departmentalism", "power", *world.QUALITIES):
        actors[name] = np.nan
    return actors


def fill_places(actors: np.recarray, ties: Edges, scenario: "Scenario") -> None:
    """Give every actor the hours, portfolio and policy domain that are not yet known of it."""
    for field, names in (("capacity", HOURS), ("busy", BUSY)):
        by_role = np.array([scenario.value(f"organisation.{name}") for name in names])
        actors[field] = np.where(np.isnan(actors[field]), by_role[actors.role], actors[field])
    _fill_portfolios(actors, ties)
    _fill_homes(actors, int(scenario.value("workload.domains")))


def _fill_portfolios(actors: np.recarray, ties: Edges) -> None:
    """A unit is in the portfolio of the leader who commands it, or in its commanding department's.

    A coordinator is attached to the leader a portfolio tie names; whoever is left, to the leaders in charge in turn.
    """
    of_portfolio = ties.kind == world.PORTFOLIO
    ends = ties.one[of_portfolio].tolist(), ties.other[of_portfolio].tolist()
    attached = dict(zip(ends[1], ends[0], strict=True)) | dict(zip(ends[0], ends[1], strict=True))
    turn: dict[int, int] = {}
    for u in np.flatnonzero(np.isin(actors.role, (world.OFFICE, *LEAD_ROLES)) & (actors.portfolio < 0)).tolist():
        above = attached.get(u, -1) if actors.role[u] == world.OFFICE else int(actors.boss[u])
        if above >= 0 and actors.role[above] == world.DEPARTMENT:  # departments come first and have theirs
            above = int(actors.portfolio[above])
        if above < 0 or actors.role[above] != world.LEADER:
            organ = int(actors.organ[u])
            turn[organ] = turn.get(organ, -1) + 1
            leaders = _leaders_in_charge(actors, organ)
            above = int(leaders[turn[organ] % len(leaders)])
        actors.portfolio[u] = above


def _leaders_in_charge(actors: np.recarray, organ: int) -> np.ndarray:
    """An organ's leaders in charge of a portfolio; the principal where there are none."""
    here = (actors.organ == organ) & (actors.role == world.LEADER)
    found = np.flatnonzero(here & (actors.post == world.IN_CHARGE))
    return found if len(found) else np.flatnonzero(here & (actors.post == world.PRINCIPAL))


def _fill_homes(actors: np.recarray, domains: int) -> None:
    """Domains in turn among an organ's actors of a role; a subordinate has that of the department above it."""
    turn: dict[tuple[int, int], int] = {}
    for u, (organ, role, boss) in enumerate(
        zip(*(actors[name].tolist() for name in ("organ", "role", "boss")), strict=True)
    ):
        turn[organ, role] = turn.get((organ, role), -1) + 1
        if actors.home[u] < 0:
            below = role == world.SUBORDINATE and boss >= 0 and actors.role[boss] == world.DEPARTMENT
            actors.home[u] = actors.home[boss] if below else turn[organ, role] % domains


def missing_service(actors: np.recarray, ties: Edges) -> Edges:
    """The service ties between parties and the director of their organ that ``ties`` does not have."""
    found = np.flatnonzero(actors.post == world.DIRECTOR)
    director = np.zeros(int(actors.organ.max()) + 1, np.int64)
    director[actors.organ[found]] = found
    service = ties.kind == world.SERVICE
    one, other = ties.one[service], ties.other[service]
    served = np.zeros(len(actors), bool)
    served[one[other == director[actors.organ[one]]]] = True
    served[other[one == director[actors.organ[other]]]] = True
    parties = np.flatnonzero(np.isin(actors.role, PARTY_ROLES) & ~served)
    return edges(director[actors.organ[parties]], parties, world.SERVICE)


def assemble(actors: np.recarray, ties: Edges, names_en: Iterable[str], names_zh: Iterable[str]) -> Organisation:
    """Everything that follows from actors and ties: their order, the office's ties, partners, organs and rolls.

    ``actors`` must be in order of organ, coordinators together and the director first, one principal and one director
    to an organ.  Changes ``actors``.
    """
    table = _sorted_ties(ties)
    actors.queue = -1
    _fill_idents(actors)
    organs = world.table(world.ORGAN, int(actors.organ.max()) + 1)
    _fill_organs(organs, actors)
    _attach_office(actors, table, organs)
    partners, (rolls, members) = _partners(actors, table), _rolls(actors, len(organs))
    return Organisation(actors, table, partners, organs, rolls, members, tuple(names_en), tuple(names_zh))


def _rolls(actors: np.recarray, organs: int) -> tuple[np.recarray, np.recarray]:
    """Who is who: the members of each organ by role."""
    kinds = actors.organ * len(world.ROLES) + actors.role
    members = world.table(world.MEMBER, len(actors))
    members.actor = np.argsort(kinds, kind="stable")
    rolls = world.table(world.ROLL, (organs, len(world.ROLES)))
    rolls.count = np.bincount(kinds, minlength=organs * len(world.ROLES)).reshape(rolls.shape)
    rolls.first = (np.cumsum(rolls.count.ravel()) - rolls.count.ravel()).reshape(rolls.shape)
    return rolls, members


def _fill_idents(actors: np.recarray) -> None:
    """Number the actors of each role in each organ, so that one more disturbs no other's draws."""
    kinds = actors.organ * len(world.ROLES) + actors.role
    order = np.argsort(kinds, kind="stable")
    starts = np.flatnonzero(np.diff(kinds[order], prepend=-1))
    serial = np.arange(len(order)) - np.repeat(starts, np.diff(starts, append=len(order)))
    actors.ident[order] = kinds[order] * _SERIAL + serial


def _sorted_ties(ties: Edges) -> np.recarray:
    swap = (ties.kind != world.COMMAND) & (ties.one > ties.other)
    one, other = np.where(swap, ties.other, ties.one), np.where(swap, ties.one, ties.other)
    order = np.lexsort((ties.kind, other, one))
    table = world.table(world.TIE, len(order))
    table.one, table.other, table.kind = one[order], other[order], ties.kind[order]
    table.work_base, table.trust_base = ties.work[order], ties.trust[order]
    return table


def _fill_organs(organs: np.recarray, actors: np.recarray) -> None:
    for field, role, post in (("principal", world.LEADER, world.PRINCIPAL), ("director", world.OFFICE, world.DIRECTOR)):
        rows = np.flatnonzero((actors.role == role) & (actors.post == post))
        organs[field][actors.organ[rows]] = rows
    organs.coordinators = np.bincount(actors.organ[actors.role == world.OFFICE], minlength=len(organs))
    organs.pool = -1


def _attach_office(actors: np.recarray, ties: np.recarray, organs: np.recarray) -> None:
    """Note each party's service tie to the director of its organ."""
    service = np.flatnonzero(ties.kind == world.SERVICE)
    for unit, office in ((ties.one[service], ties.other[service]), (ties.other[service], ties.one[service])):
        serves = office == organs.director[actors.organ[unit]]
        actors.office_tie[unit[serves]] = service[serves]


def _partners(actors: np.recarray, ties: np.recarray) -> np.recarray:
    """Neighbours who may be parties, by actor and tie; sets ``partner_first`` and ``partner_count``."""
    works = np.flatnonzero((ties.kind != world.PORTFOLIO) & (ties.kind != world.SERVICE))
    owner = np.concatenate((ties.one[works], ties.other[works]))
    partner = np.concatenate((ties.other[works], ties.one[works]))
    tie = np.concatenate((works, works))
    order = np.lexsort((tie, owner))
    order = order[np.isin(actors.role[partner[order]], PARTY_ROLES)]
    pairs = owner[order] * len(actors) + partner[order]
    order = order[np.sort(np.unique(pairs, return_index=True)[1])]  # two with several ties are partners once
    table = world.table(world.PARTNER, len(order))
    table.actor, table.tie = partner[order], tie[order]
    actors.partner_count = np.bincount(owner[order], minlength=len(actors))
    actors.partner_first = np.cumsum(actors.partner_count) - actors.partner_count
    return table
