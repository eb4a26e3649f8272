"""The organisation of a scenario, generated or read, and as a graph.

The structure belongs to the scenario: it is the same in every replicate.  What differs between people (NaN in the
arrays) is drawn per replicate later.
"""

from typing import TYPE_CHECKING

import networkx as nx

from sim import world
from sim.assembly import Organisation
from sim.errors import RequestError
from sim.generation import generate
from sim.organisation_files import read

if TYPE_CHECKING:
    from sim.scenario import Scenario

__all__ = ["Organisation", "build", "to_networkx"]


def build(scenario: "Scenario") -> Organisation:
    """The organisation of a scenario; ``RequestError`` if its files make no sense or its office is too small."""
    if not scenario.organisation_files():
        return generate(scenario)
    organisation = read(scenario)
    office = int(organisation.organs.coordinators.min())
    for name in scenario.strategies:
        needed = scenario.load_strategy(name).hosts_needed
        if needed > office:
            what = f"{name} needs more coordinators than an office of the organisation has"
            raise RequestError(what, key="strategies", got=needed, allowed=f"at most {office}")
    return organisation


def to_networkx(organisation: Organisation) -> nx.MultiGraph:
    """The organisation as a graph: nodes are rows of actors, each edge a tie, with its row as key.

    Nodes carry role, post, organ and both names; edges carry kind.  Two actors may share ties of different kinds.
    """
    graph = nx.MultiGraph()
    actors, ties = organisation.actors, organisation.ties
    labels = zip(actors.role.tolist(), actors.post.tolist(), actors.organ.tolist(), strict=True)
    for row, (role, post, organ) in enumerate(labels):
        graph.add_node(
            row, role=world.ROLES[role], post=world.POSTS[post], organ=organ,
            name_en=organisation.names_en[row], name_zh=organisation.names_zh[row],
        )  # fmt: skip
    ends = zip(ties.one.tolist(), ties.other.tolist(), ties.kind.tolist(), strict=True)
    graph.add_edges_from((one, other, row, {"kind": world.TIES[kind]}) for row, (one, other, kind) in enumerate(ends))
    return graph
