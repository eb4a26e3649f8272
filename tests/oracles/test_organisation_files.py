"""Organisations in files: what is written reads back the same, networkx agrees, and every mistake names its line."""

from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from sim import parameters, world
from sim.assembly import Organisation
from sim.errors import RequestError
from sim.graph_files import NODE_COLUMNS
from sim.organisation import build, to_networkx
from sim.organisation_files import write_csv, write_graphml
from sim.scenario import Scenario, load_scenario

HEAD = """\
title = { en = "A", zh = "甲" }
purpose = { en = "A", zh = "甲" }
expectation = { en = "A", zh = "甲" }
source = "a test"
strategies = ["unified-before-meeting"]
baseline = "unified-before-meeting"
[organisation]
"""
NODES = """\
id,role,post,portfolio,name_en,name_zh,capacity,home
boss,leader,principal,,Boss,主任,,
vice,leader,in_charge,,,,,
desk,office,section,,,,,
head,office,director,,,,,
tax,department,,,Tax Office,税务部门,7,2
law,department,,,,,0,
town,subordinate,,,,,,
"""
EDGES = """\
source,target,kind,trust
boss,vice,command,
vice,tax,command,
vice,law,command,
boss,head,command,
head,desk,command,
law,town,command,
law,tax,peer,0.25
head,tax,service,0.5
"""


def scenario_of(tmp_path: Path, nodes: str = NODES, links: str = EDGES, more: str = "") -> Scenario:
    (tmp_path / "n.csv").write_text(nodes, encoding="utf-8")
    (tmp_path / "e.csv").write_text(links, encoding="utf-8")
    file = tmp_path / "real.toml"
    file.write_text(f'{HEAD}nodes = "n.csv"\nedges = "e.csv"\n{more}', encoding="utf-8")
    return load_scenario(file)


def graphml_of(tmp_path: Path, text: str) -> Scenario:
    (tmp_path / "o.graphml").write_text(text, encoding="utf-8")
    file = tmp_path / "real.toml"
    file.write_text(f'{HEAD}file = "o.graphml"\n', encoding="utf-8")
    return load_scenario(file)


def same(one: Organisation, other: Organisation) -> bool:
    arrays = zip(one[:6], other[:6], strict=True)
    return one[6:] == other[6:] and all(a.dtype == b.dtype and a.tobytes() == b.tobytes() for a, b in arrays)


@pytest.mark.parametrize("name", ["district", "company", "teaching"])
def test_what_is_written_reads_back_the_same(tmp_path: Path, name: str) -> None:
    organisation = build(load_scenario(name))
    organisation.actors.power[3], organisation.ties.trust_base[5] = 0.1, 1 / 3
    write_csv(organisation, tmp_path / "a.csv", tmp_path / "b.csv")
    nodes, links = ((tmp_path / file).read_text(encoding="utf-8") for file in ("a.csv", "b.csv"))
    assert same(build(scenario_of(tmp_path, nodes, links)), organisation)
    write_graphml(organisation, tmp_path / "a.graphml")
    assert same(build(graphml_of(tmp_path, (tmp_path / "a.graphml").read_text(encoding="utf-8"))), organisation)


def test_networkx_reads_what_we_write(tmp_path: Path) -> None:
    organisation = build(load_scenario("teaching"))
    write_graphml(organisation, tmp_path / "a.graphml")
    graph = nx.read_graphml(tmp_path / "a.graphml", force_multigraph=True)
    assert graph.is_directed()
    assert [graph.nodes[node]["name_zh"] for node in graph] == list(organisation.names_zh)
    kinds = sorted((int(one), int(other), kind) for one, other, kind in graph.edges(data="kind"))
    assert kinds == sorted((tie.one, tie.other, world.TIES[tie.kind]) for tie in organisation.ties)


def test_a_small_organisation_by_hand(tmp_path: Path) -> None:
    organisation = build(scenario_of(tmp_path))
    actors, ties, partners, organs, rolls, members, names_en, names_zh = organisation
    assert names_en == ("Boss", "vice", "head", "desk", "Tax Office", "law", "town")  # the director first
    assert names_zh[0] == "主任"
    assert organs.tolist() == [(0, 2, 2, -1, 0.0, 0.0)]  # prestige and discipline come with each world
    roll = dict(zip(world.ROLES, rolls[0].tolist(), strict=True))
    assert {role: (roll[role][0], roll[role][1]) for role in roll if roll[role][1]} == {
        "leader": (0, 2), "office": (2, 2), "department": (4, 2), "subordinate": (6, 1),
    }  # fmt: skip
    assert members.actor.tolist() == [0, 1, 2, 3, 4, 5, 6]
    assert actors.boss.tolist() == [-1, 0, 0, 2, 1, 1, 5]
    assert actors.portfolio.tolist() == [-1, -1, 1, 1, 1, 1, 1]
    assert actors.home.tolist() == [0, 1, 0, 1, 2, 1, 1]
    kinds = ("leader", "coordinator", "subordinate")
    leader, coordinator, subordinate = (parameters.BY_PATH[f"organisation.{kind}_hours"].default for kind in kinds)
    assert actors.capacity.tolist() == [leader, leader, coordinator, coordinator, 7.0, 0.0, subordinate]
    service = ties[actors.office_tie[4:]]
    assert service.one.tolist() == [2, 2, 2]
    assert service.trust_base[0] == 0.5
    assert np.isnan(service.trust_base[1:]).all()  # added, because the office serves all
    assert partners.actor[actors.partner_first[5] :][: actors.partner_count[5]].tolist() == [4, 6]
    assert to_networkx(organisation).number_of_edges() == len(ties) == 10


def test_hours_of_the_role_come_from_the_scenario_where_the_file_has_none(tmp_path: Path) -> None:
    actors = build(scenario_of(tmp_path, more="subordinate_hours = 1.5\ndepartment_hours = 9\n")).actors
    assert actors.capacity[4:].tolist() == [7.0, 0.0, 1.5]


def test_the_digest_follows_the_contents_of_the_files(tmp_path: Path) -> None:
    first = scenario_of(tmp_path).run_digest
    assert scenario_of(tmp_path).run_digest == first
    assert scenario_of(tmp_path, links=EDGES.replace("0.25", "0.26")).run_digest != first


NODE_MISTAKES = [
    ("vice,leader", "vice,leeder", "n.csv:3: role: is not known; got 'leeder'", "did you mean 'leader'?"),
    ("in_charge", "incharge", "n.csv:3: post", "did you mean 'in_charge'?"),
    ("in_charge", "", "n.csv:3: post: is not known; got ''", "principal, in_charge"),
    ("vice,leader", ",leader", "n.csv:3: id: is missing", ""),
    ("law,", "tax,", "n.csv:7: id: is already the id of the node at", "n.csv:6"),
    ("principal", "other", "n.csv: post: the organisation has no principal", "one principal"),
    ("in_charge", "principal", "n.csv:3: post: the organisation has a second principal", ""),
    ("director", "section", "n.csv: post: the organisation has no director", ""),
    (",7,2", ",-7,2", "n.csv:6: capacity: must be a number within bounds; got '-7'", "from 0 to 1e+06"),
    (",7,2", ",nan,2", "n.csv:6: capacity", "got 'nan'"),
    (",7,2", ",7,6", "n.csv:6: home: is not a policy domain; got '6'", "from 0 to 5"),
    (",7,2", ",7", "n.csv:6: wrong number of columns; got 7", "8"),
    ("tax,department,,,", "tax,department,,law,", "n.csv:6: portfolio: is not the id of a leader; got 'law'", ""),
    ("name_en", "nam_en", "n.csv:1: unknown column; got 'nam_en'", "did you mean 'name_en'?"),
    ("name_en", "name_zh", "n.csv:1: column named twice", ""),
    ("id,role", "id,post", "n.csv:1: column named twice", ""),
    ("Tax Office", '"Tax', "is not CSV", "n.csv:6"),
]
EDGE_MISTAKES = [
    (
        "vice,tax,command",
        "vise,tax,command",
        "e.csv:3: source: there is no such node; got 'vise'",
        "did you mean 'vice'?",
    ),
    ("law,tax,peer", "law,law,peer", "e.csv:8: target: a tie to itself", ""),
    ("law,tax,peer", "law,tax,pear", "e.csv:8: kind: is not known", "did you mean 'peer'?"),
    ("head,tax,service,0.5", "tax,law,peer,", "e.csv:9: target: the tie at", "e.csv:8 again"),
    ("law,tax,peer", "boss,tax,command", "e.csv:8: target: is already commanded by vice; got 'tax'", ""),
    ("0.25", "1.25", "e.csv:8: trust: must be a number within bounds; got '1.25'", "from 0 to 1"),
    ("0.25", "low", "e.csv:8: trust", "got 'low'"),
    ("source,", "from,", "e.csv:1: unknown column", ""),
    ("source,target,", "source,", "e.csv:1: target: a column is missing", ""),
]


@pytest.mark.parametrize(("old", "new", "told", "more"), NODE_MISTAKES + EDGE_MISTAKES)
def test_a_mistake_in_a_table_names_its_line(tmp_path: Path, old: str, new: str, told: str, more: str) -> None:
    nodes, links = NODES, EDGES
    if (old, new, told, more) in NODE_MISTAKES:
        nodes = NODES.replace(old, new, 1)
    else:
        links = EDGES.replace(old, new, 1)
    with pytest.raises(RequestError) as caught:
        build(scenario_of(tmp_path, nodes, links))
    assert told in str(caught.value)
    assert more in str(caught.value)


def test_a_cycle_of_command_is_named(tmp_path: Path) -> None:
    links = EDGES.replace("vice,law,command", "town,law,command")
    with pytest.raises(RequestError, match=r"commands itself: law -> town -> law"):
        build(scenario_of(tmp_path, links=links))


def test_an_organisation_nobody_can_work_in_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=r"n\.csv: the organisation is empty"):
        build(scenario_of(tmp_path, NODES.splitlines()[0]))
    with pytest.raises(RequestError, match=r"n\.csv: the organisation is empty"):
        build(scenario_of(tmp_path, ""))
    nobody = "".join(line for line in NODES.splitlines(True) if "department" not in line and "subordinate" not in line)
    links = "".join(line for line in EDGES.splitlines(True) if not any(unit in line for unit in ("tax", "law", "town")))
    with pytest.raises(RequestError, match="no unit that can lead"):
        build(scenario_of(tmp_path, nobody, links))


def test_a_strategy_that_needs_a_larger_office_is_refused_when_the_file_is_read(tmp_path: Path) -> None:
    scenario = scenario_of(tmp_path).with_strategies(["multi2-before-meeting", "multi3-before-meeting"])
    with pytest.raises(RequestError, match="multi3-before-meeting needs more coordinators"):
        build(scenario)


GRAPHML = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="r" for="node" attr.name="role" attr.type="string"/>
  <key id="p" for="node" attr.name="post" attr.type="string"><default>plain</default></key>
  <key id="k" for="edge" attr.name="kind" attr.type="string"><default>command</default></key>
  <key id="c" for="node" attr.name="colour" attr.type="string"/>
  <graph edgedefault="directed">
    <node id="boss"><data key="r">leader</data><data key="p">principal</data></node>
    <node id="head"><data key="r">office</data><data key="p">director</data><data key="c">red</data></node>
    <node id="unit"><data key="r">department</data></node>
    <edge source="boss" target="head"/>
    <edge source="boss" target="unit"/>
  </graph>
</graphml>
"""


def test_defaults_and_unknown_attributes_of_graphml_are_understood(tmp_path: Path) -> None:
    organisation = build(graphml_of(tmp_path, GRAPHML))
    assert organisation.actors.boss.tolist() == [-1, 0, 0]
    assert organisation.actors.portfolio.tolist() == [-1, 0, 0]
    assert "colour" not in NODE_COLUMNS


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("</graph>", "</grph>", "o.graphml:13: is not XML: mismatched tag"),
        ("<data key=\"r\">department</data>", "", "o.graphml:10: role: is missing in node 'unit'"),
        ("<node id=\"unit\">", "<node id=\"boss\">", "o.graphml:10: id: is already the id of the node at"),
        ('target="unit"', 'target="units"', "o.graphml:12: target: there is no such node; got 'units'; did you mean"),
        ('edgedefault="directed"', 'edgedefault="undirected"', "o.graphml:11: kind: a command tie needs a direction"),
        ('<edge source="boss" target="unit"/>', "<hyperedge/>", "o.graphml:12: hyperedges are not read"),
        ("<graphml", '<!DOCTYPE g [<!ENTITY e "e">]><graphml', "o.graphml:2: entities are not read"),
        ("<default>command</default>", "", "o.graphml:11: kind: is missing in edge 'boss'"),
    ],
)  # fmt: skip
def test_a_mistake_in_graphml_names_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(RequestError) as caught:
        build(graphml_of(tmp_path, GRAPHML.replace(old, new, 1)))
    assert told in str(caught.value)


def test_a_missing_file_is_named_with_the_line_that_asks_for_it(tmp_path: Path) -> None:
    file = tmp_path / "real.toml"
    file.write_text(f'{HEAD}file = "gone.graphml"\n', encoding="utf-8")
    with pytest.raises(RequestError, match=r"real\.toml:8: organisation\.file: there is no such file"):
        load_scenario(file)
