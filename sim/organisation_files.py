"""A real organisation from a file, and any organisation to a file: GraphML, or nodes and edges as CSV.

Columns of nodes (GraphML: node attributes): id, role, post, organ, portfolio, name_en, name_zh, capacity, busy,
departmentalism, power, political, professional, technique, composure, home; of edges: source, target, kind, work,
trust.  Only id, role, the post of leaders, superiors, peers and coordinators, source, target and kind must be given.
The source of a command edge commands its target.  What is left empty is: capacity and business, those of the role in
the scenario; departmentalism, power, the four qualities, work and trust, drawn in each replicate; home, domains in
turn; portfolio, the commanding leader's.  A party without a service tie to its organ's director gets one, because
the office serves all.
"""

import csv
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from sim import parameters, world
from sim.assembly import LEAD_ROLES, Edges, Organisation, assemble, fill_places, joined, missing_service, new_actors
from sim.errors import RequestError, nearest_name
from sim.graph_files import EDGE_COLUMNS, NODE_COLUMNS, Row, read_csv, read_graphml
from sim.reading import shown

if TYPE_CHECKING:
    from sim.scenario import Scenario

_POSTS = {
    world.SUPERIOR: world.POSTS[world.LEADING : world.SUPERVISING + 1],
    world.LEADER: world.POSTS[world.PRINCIPAL : world.SEMI_RETIRED + 1],
    world.OFFICE: world.POSTS[world.DIRECTOR : world.SECTION + 1],
    world.PEER: world.POSTS[world.SAME_SYSTEM : world.UNAFFILIATED + 1],
}
_PLAIN = world.POSTS[world.PLAIN :]
_HOURS = parameters.BY_PATH["organisation.department_hours"].most
_BUSY = parameters.BY_PATH["organisation.busy_heads"].most
_NODE_NUMBERS = (("capacity", _HOURS), ("busy", _BUSY), ("departmentalism", 1.0), ("power", 1.0),
                 *((name, 1.0) for name in world.QUALITIES))  # fmt: skip


def read(scenario: "Scenario") -> Organisation:
    """The organisation in a scenario's files; ``RequestError`` with file and line for whatever makes no sense."""
    paths = scenario.organisation_files()
    if len(paths) == 1:
        nodes, links = read_graphml(paths[0])
    else:
        nodes, links = read_csv(paths[0], NODE_COLUMNS), read_csv(paths[1], EDGE_COLUMNS)
    if not nodes:
        raise RequestError("the organisation is empty", where=shown(paths[0]), allowed="at least one node")
    nodes = _in_order(nodes)
    rows = _rows_of(nodes)
    actors = _actors(nodes)
    ties = _ties(links, rows, actors)
    _command(actors, links, ties, nodes)
    _check_organs(actors, nodes, shown(paths[0]))
    _written_places(actors, nodes, rows, int(scenario.value("workload.domains")))
    fill_places(actors, ties, scenario)
    ties = joined((ties, missing_service(actors, ties)))
    names_en = [row["name_en"] or row["id"] for row in nodes]
    return assemble(actors, ties, names_en, [row["name_zh"] or row["name_en"] or row["id"] for row in nodes])


def _choice(row: Row, column: str, names: tuple[str, ...], text: str) -> int:
    """The place of a name among ``names``; the only one may be left out."""
    if not text and len(names) == 1:
        return 0
    if text not in names:
        raise row.wrong(column, "is not known", text, ", ".join(names), nearest_name(text, names))
    return names.index(text)


def _number(row: Row, column: str, most: float) -> float:
    """A number from 0 to ``most``; NaN if the column is left empty."""
    text = row[column]
    if not text:
        return math.nan
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0.0 <= value <= most or (column == "power" and value == 0.0):
        raise row.wrong(column, "must be a number within bounds", text, f"from 0 to {most:g}, or empty")
    return value


def _post(row: Row, role: int) -> int:
    names = _POSTS.get(role, _PLAIN)
    return world.POSTS.index(names[_choice(row, "post", names, row["post"])])


def _in_order(nodes: list[Row]) -> list[Row]:
    """Nodes by organ (as they first appear), then by role, the director before the sections; else as in the file."""
    organs: dict[str, int] = {}
    keys = []
    for row in nodes:
        role = _choice(row, "role", world.ROLES, row["role"])
        post = _post(row, role)
        keys.append((organs.setdefault(row["organ"], len(organs)), role, post if role == world.OFFICE else 0))
    return [nodes[place] for place in sorted(range(len(nodes)), key=keys.__getitem__)]


def _rows_of(nodes: list[Row]) -> dict[str, int]:
    rows: dict[str, int] = {}
    for row in nodes:
        if row["id"] in rows:
            first = nodes[rows[row["id"]]].where
            raise row.wrong("id", f"is already the id of the node at {first}", row["id"], "each id once")
        rows[row["id"]] = len(rows)
    return rows


def _actors(nodes: list[Row]) -> np.recarray:
    actors = new_actors(len(nodes))
    organs: dict[str, int] = {}
    for place, row in enumerate(nodes):
        role = world.ROLES.index(row["role"])
        actors.role[place], actors.post[place] = role, _post(row, role)
        actors.organ[place] = organs.setdefault(row["organ"], len(organs))
        for column, most in _NODE_NUMBERS:
            actors[column][place] = _number(row, column, most)
    return actors


def _ties(links: list[Row], rows: dict[str, int], actors: np.recarray) -> Edges:
    """The ties of a file, in its order; no tie twice, none to itself, each end known."""
    seen: dict[tuple[int, int, int], str] = {}
    columns: list[tuple[int, int, int, float, float]] = []
    for row in links:
        for end in ("source", "target"):
            if row[end] not in rows:
                raise row.wrong(end, "there is no such node", row[end], nearest=nearest_name(row[end], rows))
        one, other = rows[row["source"]], rows[row["target"]]
        kind = _choice(row, "kind", world.TIES, row["kind"])
        if one == other:
            raise row.wrong("target", "a tie to itself", row["target"], "another node")
        if kind == world.COMMAND and row["undirected"]:
            raise row.wrong(
                "kind", "a command tie needs a direction", allowed="a directed graph: source commands target"
            )
        pair = (one, other, kind) if kind == world.COMMAND else (min(one, other), max(one, other), kind)
        if pair in seen:
            raise row.wrong("target", f"the tie at {seen[pair]} again", row["target"], "each tie once")
        seen[pair] = row.where
        columns.append((one, other, kind, _number(row, "work", 1.0), _number(row, "trust", 1.0)))
    table = np.array(columns, np.float64).reshape(-1, 5).T
    one_end, other_end, kinds = table[:3].astype(np.int64)
    return Edges(one_end, other_end, kinds, table[3], table[4])


def _command(actors: np.recarray, links: list[Row], ties: Edges, nodes: list[Row]) -> None:
    """Set each actor's boss; nobody has two, and nobody commands himself through others."""
    for place in np.flatnonzero(ties.kind == world.COMMAND):
        boss, unit = ties.one[place], ties.other[place]
        if actors.boss[unit] >= 0:
            first = nodes[actors.boss[unit]]["id"]
            raise links[place].wrong(
                "target", f"is already commanded by {first}", nodes[unit]["id"], "one command edge"
            )
        actors.boss[unit] = boss
    _check_acyclic(actors.boss.tolist(), nodes)


def _check_acyclic(bosses: list[int], nodes: list[Row]) -> None:
    clear: set[int] = set()
    for start in range(len(bosses)):
        chain: dict[int, None] = {}  # a set that keeps its order, from unit to boss
        unit = start
        while unit >= 0 and unit not in clear:
            if unit in chain:
                upward = list(chain)
                cycle = [unit, *reversed(upward[upward.index(unit) :])]
                names = " -> ".join(nodes[row]["id"] for row in cycle)
                raise nodes[unit].wrong("id", f"commands itself: {names}", allowed="command ties without a cycle")
            chain[unit] = None
            unit = bosses[unit]
        clear.update(chain)


def _check_organs(actors: np.recarray, nodes: list[Row], where: str) -> None:
    """Every organ has one principal, one director, and a unit that can lead a matter."""
    for organ in range(int(actors.organ.max()) + 1):
        here = actors.organ == organ
        name = nodes[int(np.flatnonzero(here)[0])]["organ"]
        label = f"organ {name!r}" if name else "the organisation"
        for post in (world.PRINCIPAL, world.DIRECTOR):
            holders = np.flatnonzero(here & (actors.post == post))
            said = world.POSTS[post]
            if len(holders) == 0:
                raise RequestError(f"{label} has no {said}", where=where, key="post", allowed=f"one {said} to an organ")
            if len(holders) > 1:
                raise nodes[holders[1]].wrong("post", f"{label} has a second {said}", said, f"one {said} to an organ")
        if not np.isin(actors.role[here], LEAD_ROLES).any():
            allowed = "at least one department or subordinate"
            raise RequestError(f"{label} has no unit that can lead a matter", where=where, key="role", allowed=allowed)


def _written_places(actors: np.recarray, nodes: list[Row], rows: dict[str, int], domains: int) -> None:
    """Set the portfolios and homes that are written down."""
    for unit, row in enumerate(nodes):
        leader, home = row["portfolio"], row["home"]
        if leader:
            if leader not in rows or actors.role[rows[leader]] != world.LEADER:
                raise row.wrong("portfolio", "is not the id of a leader", leader, nearest=nearest_name(leader, rows))
            actors.portfolio[unit] = rows[leader]
        if home:
            if not (home.isascii() and home.isdigit() and int(home) < domains):
                allowed = f"a whole number from 0 to {domains - 1}, or empty"
                raise row.wrong("home", "is not a policy domain", home, allowed)
            actors.home[unit] = int(home)


def write_csv(organisation: Organisation, nodes: Path, links: Path) -> None:
    """Write the actors and ties of an organisation as two CSV files, which read back give the same arrays."""
    _write_rows(nodes, NODE_COLUMNS, node_rows(organisation))
    _write_rows(links, EDGE_COLUMNS, edge_rows(organisation))


def _write_rows(path: Path, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_graphml(organisation: Organisation, path: Path) -> None:
    """Write an organisation as GraphML, which read back gives the same arrays."""
    graph = nx.MultiDiGraph()
    for node in node_rows(organisation):
        graph.add_node(node.pop("id"), **node)
    for edge in edge_rows(organisation):
        graph.add_edge(edge.pop("source"), edge.pop("target"), **edge)
    nx.write_graphml(graph, path)


def node_rows(organisation: Organisation) -> list[dict[str, Any]]:
    """The actors as rows of a nodes file, numbered from 0; what is unknown is left out."""
    actors = organisation.actors
    rows = []
    for row, actor in enumerate(actors):
        known = {
            "id": str(row), "role": world.ROLES[actor.role], "post": world.POSTS[actor.post], "organ": int(actor.organ),
            "name_en": organisation.names_en[row], "name_zh": organisation.names_zh[row], "home": int(actor.home),
        }  # fmt: skip
        if actor.portfolio >= 0:
            known["portfolio"] = str(actor.portfolio)
        rows.append(known | _known_numbers(actor, [column for column, _ in _NODE_NUMBERS]))
    return rows


def edge_rows(organisation: Organisation) -> list[dict[str, Any]]:
    """The ties as rows of an edges file."""
    rows = []
    for tie in organisation.ties:
        ends = {"source": str(tie.one), "target": str(tie.other), "kind": world.TIES[tie.kind]}
        known = _known_numbers(tie, ["work_base", "trust_base"])
        rows.append(ends | {name.removesuffix("_base"): value for name, value in known.items()})
    return rows


def _known_numbers(row: Any, columns: list[str]) -> dict[str, float]:
    return {column: float(row[column]) for column in columns if not math.isnan(row[column])}
