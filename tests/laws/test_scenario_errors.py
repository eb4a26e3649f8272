"""Every mistake in a scenario is one message that says where it is, what it is, and what is allowed."""

from pathlib import Path

import pytest

from sim.errors import RequestError
from sim.scenario import load_scenario

START = """\
title = { en = "A", zh = "甲" }
purpose = { en = "A", zh = "甲" }
expectation = { en = "A", zh = "甲" }
source = "a test"
strategies = ["unified-before-meeting", "multi3-before-meeting"]
baseline = "unified-before-meeting"
"""


def refusal(tmp_path: Path, text: str) -> RequestError:
    file = tmp_path / "x.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RequestError) as caught:
        load_scenario(file)
    return caught.value


MISTAKES = {  # appended from line 7 on: the line blamed, and parts of the message
    "[organisation]\ndepartment_hours = -3": (8, "organisation.department_hours", "got -3", "from 0 to 1e+06 h/tick"),
    "[organisation]\ndepartments = 0": (8, "organisation.departments", "got 0", "whole number from 1"),
    "[organisation]\ndepartments = 2.5": (8, "organisation.departments", "got 2.5", "whole number"),
    "[organisation]\ndeparments = 2": (8, "organisation.deparments: unknown key", "did you mean 'departments'?"),
    "[organisation]\nleader_hours = true": (8, "organisation.leader_hours", "must be a number", "got True"),
    "[organisation]\nleader_hours = '3'": (8, "organisation.leader_hours", "must be a number", "got '3'"),
    "[organisation]\ntechnique = nan": (8, "organisation.technique", "finite", "got nan"),
    "[workload]\nhours = inf": (8, "workload.hours", "finite", "got inf"),
    "[organisation]\nnaming = 'universty'": (8, "organisation.naming", "did you mean 'university'?"),
    "[organisation]\norgans = 1_000_000": (8, "too many actors", "at most 2000000"),
    "[organisation]\ncoordinators = 2": (5, "strategies.1", "multi3-before-meeting needs more coordinators", "got 3"),
    "[organisation]\nfile = 'gone.graphml'": (8, "organisation.file: there is no such file", "got 'gone.graphml'"),
    "[organisation]\nnodes = 'n.csv'": (7, "organisation.edges: is missing", "nodes and edges together"),
    "organisation = 3": (7, "organisation: must be a table", "got 3"),
    "[workload]\n\ndeadline_min = 30\ndeadline_max = 20": (9, "workload.deadline_min", "must not exceed", "at most 20"),
    "[workload]\nband_min = 0.6": (8, "workload.band_min", "must not exceed workload.band_max", "at most 0.5"),
    "[workload]\narrivals = 1e6": (8, "workload.arrivals", "too many matters", "got 500000000"),
    "[rules]\nstal = 3": (8, "rules.stal: unknown key", "did you mean 'stall'?"),
    "[modes.metting]\ndelay = 1": (7, "modes.metting: unknown key", "did you mean 'meeting'?"),
    "[modes.meeting]\nrapport = -2": (8, "modes.meeting.rapport", "got -2", "from -1 to 1 ratio"),
    "modes = { talks = { delay = 1, pace = 2 } }": (7, "modes.talks.pace", "got 2"),
    "ticks = 0": (7, "ticks", "got 0", "from 1 to 1000000"),
    "ticks = 1_000_001": (7, "ticks", "got 1000001"),
    "replicates = 0": (7, "replicates", "got 0"),
    "seed = -1": (7, "seed", "got -1"),
    "seed = true": (7, "seed", "got True", "whole number"),
    "name = 'y'": (7, "name: unknown key"),
    "tick = 3": (7, "tick: unknown key", "did you mean 'ticks'?"),
    "ticks = 3 4": (7, "is not TOML"),
    "ticks = 3\nticks = 4": (8, "is not TOML"),
    "note = 'never closed": (7, "is not TOML"),
}


@pytest.mark.parametrize("more", MISTAKES, ids=repr)
def test_a_mistake_is_blamed_on_its_line(tmp_path: Path, more: str) -> None:
    line, *parts = MISTAKES[more]
    message = str(refusal(tmp_path, f"{START}{more}\n"))
    assert f"x.toml:{line}: " in message
    assert "\n" not in message
    for part in parts:
        assert str(part) in message


@pytest.mark.parametrize(
    ("old", "new", "line", "parts"),
    [
        (', zh = "甲" }', " }", 1, ("title.zh: is missing",)),
        ('source = "a test"', "", 0, ("source: is missing",)),
        ('source = "a test"', 'source = ""', 4, ("source: must", "got ''")),
        ('"multi3-before-meeting"', "3", 5, ("strategies.1", "got 3")),
        (
            '"multi3-before-meeting"',
            '"multi3-before-meting"',
            5,
            ("strategies.1", "did you mean 'multi3-before-meeting'?"),
        ),
        ('"multi3-before-meeting"', '"unified-before-meeting"', 5, ("strategies.1: is listed twice",)),
        ('"multi3-before-meeting"', '"mine.toml"', 0, ("mine.toml: cannot be read",)),
        (
            'baseline = "unified',
            'baseline = "unifed',
            6,
            ("baseline: is not among", "did you mean 'unified-before-meeting'?"),
        ),
    ],
)
def test_a_mistake_in_the_head_is_blamed_on_its_line(
    tmp_path: Path, old: str, new: str, line: int, parts: tuple[str, ...]
) -> None:
    message = str(refusal(tmp_path, START.replace(old, new, 1)))
    assert (f"x.toml:{line}: " if line else ".toml: ") in message
    for part in parts:
        assert part in message


def test_the_first_of_several_mistakes_is_told(tmp_path: Path) -> None:
    error = refusal(tmp_path, f"{START}[rules]\nnonsense = 1\n[organisation]\ntechnique = 2\n")
    assert error.key == "rules.nonsense"


def test_an_unknown_scenario_names_the_nearest() -> None:
    with pytest.raises(RequestError, match="did you mean 'district'"):
        load_scenario("distrct")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="cannot be read"):
        load_scenario(tmp_path / "none.toml")
    with pytest.raises(RequestError, match="cannot be read"):
        load_scenario(f"{tmp_path}/")
    (tmp_path / "latin.toml").write_bytes(b"\n\nx = '\xe9'\n")
    with pytest.raises(RequestError, match=r"latin\.toml:3: is not UTF-8"):
        load_scenario(tmp_path / "latin.toml")


def test_counts_and_a_file_exclude_each_other(tmp_path: Path) -> None:
    (tmp_path / "o.graphml").write_text("", encoding="utf-8")
    text = f"{START}[organisation]\nfile = 'o.graphml'\ndepartment_hours = 3\ndepartments = 3\n"
    error = refusal(tmp_path, text)
    assert "x.toml:10: organisation.departments" in str(error)
    error = refusal(tmp_path, f"{START}[organisation]\nfile = 'o.graphml'\nnodes = 'n'\nedges = 'e'\n")
    assert error.key == "organisation.file"
