"""The table of coverage names every row of the handbooks once, and nothing that does not exist."""

import re
from pathlib import Path
from typing import NamedTuple

from sim import measures, parameters, world
from sim.procedure import Stage, load_procedure, procedure_names
from sim.scenario import load_scenario, scenario_names
from sim.vocabulary import ACTING, CONTENTS, EVENT_NAMES, FLAW_NAMES, FLAWS, LABEL_NAMES, LABELS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
NOT_YET = "not yet"
IDS = re.findall(
    r"\S+",
    """
    G1 G2 G3 G4 G5 G6 G7
    O1 O2 O3 O4 P1 P2 P3 P4 D1 D2 D3 X1
    C1a C1b C1c C1d C1e C1f C1g C1h C2a C2b C2c C2d C2e C2f C2g C3a C3b C4a C4b C4c
    K1 K2 K3 K4
    R0 R1 R2 R3 R4 R5 R6 R7 R8 R9 R10
    Q1 Q2 Q3 Q4 Q5
    S1 S2 S3a S3b S3c S3d
    T1 T2 T3 T4 T5 T6 T7 T8 T9 T10
    M1 M2 M3 M4 M5 M6 M7 M8 M9
    N1 N2 N3 N4 N5 N6
    A1 A2 A3 A4 A5
    B1 B2 B3 B4a B4b B4c B4d B4e B5 B6 B7 B8 B9 B10 B11 B12 B13
    E1 E2 E3a E3b E3c E4 E5
    """,
)


class Row(NamedTuple):
    """A row of the table."""

    ident: str
    what: str
    zh: str
    place: str
    test: str

    @property
    def missing(self) -> bool:
        """Nothing of it is there."""
        return self.place == NOT_YET

    @property
    def whole(self) -> bool:
        """Nothing of it is missing."""
        return NOT_YET not in self.place


def rows() -> list[Row]:
    """The rows of all tables, without their heads."""
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line[:1] == "|"]
    return [Row(*each) for each in cells if each[0] != "id" and set(each[0]) != {"-"}]


ROWS = rows()


def named(text: str) -> set[str]:
    """What stands in backticks."""
    return set(re.findall(r"`([^`]+)`", text))


def stage_names(procedure: str, stage: Stage) -> set[str]:
    """A stage, alone and with what it checks, who acts, on which condition and where its failures lead."""
    name = f"{procedure}/{stage.name}"
    ways = {f"else {stage.on_failure}"} if stage.on_failure else set()
    return {name} | {f"{name}({way})" for way in {*stage.checks, f"by {stage.who}", f"if {stage.when}", *ways}}


def places() -> set[str]:
    """Everything a place can be."""
    rules = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "sim" / "rules").glob("*.py"))
    known = {*re.findall(r'"""\[([A-Z]{3}-[A-Z]+)\]', rules), *parameters.BY_PATH, *LABEL_NAMES}
    for name in procedure_names():
        procedure = load_procedure(name)
        known |= {f"{name}.toml", f"content:{procedure.content}", f"kind:{procedure.kind}"}
        known |= {way for stage in procedure.stages for way in stage_names(name, stage)}
    words = {
        "measure": measures.NAMES, "check": FLAW_NAMES, "event": EVENT_NAMES, "post": world.POSTS,
        "structure": world.STRUCTURES, "mode": parameters.MODES,
    }  # fmt: skip
    return known | {f"{kind}:{name}" for kind, names in words.items() for name in names}


def functions() -> set[str]:
    """Every test of the project, by file and name."""
    found = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        names = re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        found |= {f"{path.relative_to(ROOT).as_posix()}::{name}" for name in names}
    return found


def test_every_row_of_the_handbooks_stands_once_and_in_order() -> None:
    assert len(IDS) == 119
    assert [row.ident for row in ROWS] == IDS


def test_whatever_the_table_names_exists() -> None:
    known, tests = places(), functions()
    for row in ROWS:
        assert named(row.place) - known == set(), row.ident
        assert named(row.test) - tests == set(), row.ident
    introduction = PAGE.split("\n## ")[0]
    assert named(introduction) - known - tests == set()


def test_a_row_has_a_place_and_a_test_or_neither() -> None:
    for row in ROWS:
        assert row.what, row.ident
        assert re.search("[一-鿿]", row.zh), row.ident
        assert bool(named(row.place)) == bool(named(row.test)) == (not row.missing), row.ident
        assert row.place.count(NOT_YET) <= 1, row.ident
        assert row.whole or row.missing or f"; {NOT_YET}: " in row.place, row.ident


def test_the_head_counts_rightly() -> None:
    head = " ".join(PAGE.split("\n\n")[1].split())
    counted = re.search(r"in (\d+) rows.* (\d+) rows have a place and a test; in (\d+) of them .* (\d+) rows are", head)
    there = [row for row in ROWS if not row.missing]
    partly = [row for row in there if not row.whole]
    assert counted
    assert [int(number) for number in counted.groups()] == [len(ROWS), len(there), len(partly), len(ROWS) - len(there)]


def test_every_procedure_the_table_names_occurs_in_a_scenario_that_comes_with_the_program() -> None:
    occurring = {each.name for name in scenario_names() for each in load_scenario(name).load_procedures()}
    tokens = {token for row in ROWS for token in named(row.place)}
    mentioned = {token.removesuffix(".toml") for token in tokens if token.endswith(".toml")}
    mentioned |= {token.split("/")[0] for token in tokens if "/" in token}
    assert mentioned - occurring == set()


def test_every_row_a_word_of_the_program_stands_for_is_there() -> None:
    there = {row.ident for row in ROWS if not row.missing}
    for word in (*ACTING, *FLAWS, *CONTENTS, *LABELS):
        assert set(word.rows.split()) <= there, word.name
