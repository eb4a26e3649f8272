"""Every mistake in a sweep's file is one message that says where it is, what it is, and what is allowed."""

from pathlib import Path

import pytest
from builders import SWEEP_HEAD

from sim.errors import RequestError
from sim.refusals import in_chinese
from sim.sweep import load_sweep


def refusal(tmp_path: Path, text: str) -> RequestError:
    file = tmp_path / "x.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RequestError) as caught:
        load_sweep(file)
    return caught.value


GRID = 'replicates = 3\ndesign.kind = "factorial"\n'  # lines 7 and 8
DRAWN = 'replicates = 3\ndesign = { kind = "latin", size = 9 }\n'
LISTED = 'replicates = 3\ndesign.kind = "table"\n'
MISTAKES = {  # appended from line 7 on: the line blamed, and parts of the message
    GRID: (0, "factors: is empty", "at least one path"),
    GRID + "[factors]\nworkload.arival = [1.0]": (10, "no parameter of this path", "did you mean 'workload.arrivals'?"),
    GRID + '[factors]\n"procedures.general.stage.consul" = [0]': (
        10, "did you mean 'procedures.general.stage.consult'?"),
    GRID + '[factors]\n"procedures.general.stage.decide" = [0]': (
        10, "no parameter of this path", "allowed: procedures.general.stage.consult, procedures.general.stage.after"),
    GRID + '[factors]\n"procedures.work.check.law" = [0]': (10, "no parameter of this path", "procedures.NAME.stage"),
    GRID + '[factors]\n"procedures.general.stage.consult" = [0.5]': (10, "must be whole", "got 0.5"),
    GRID + '[factors]\n"procedures.general.stage.consult" = [0, 2]': (10, "is out of bounds", "from 0 to 1"),
    GRID + "[factors]\nstrategy.round = [1]": (10, "strategy.round", "did you mean 'strategy.rounds'?"),
    GRID + '[factors]\n"strategies.multi3.rounds" = [1]': (10, "did you mean 'strategies.multi3-before.rounds'?"),
    GRID + "[factors]\nworkload.arrivals = []": (10, "factors.workload.arrivals: is empty", "at least one level"),
    GRID + "[factors]\nworkload.arrivals = [1.0, -1.0]": (10, "is out of bounds", "got -1.0", "from 0 to"),
    GRID + "[factors]\nworkload.arrivals = [1.0, 1.0]": (10, "names a level twice", "each level once"),
    GRID + "[factors]\nworkload.arrivals = 1.0": (10, "must be a list of levels, or a table of low and high"),
    GRID + "[factors]\nworkload.arrivals = { low = 2.0, high = 1.0 }": (10, "is an empty range", "low below high"),
    GRID + "[factors]\nworkload.arrivals = { low = 1.0, high = 1.0 }": (10, "is an empty range", "[1.0, 1.0]"),
    GRID + "[factors]\nworkload.arrivals = { levels = 1 }": (10, "levels", "a whole number from 2"),
    GRID + "[factors]\norganisation.departments = [3.5]": (10, "must be whole", "got 3.5"),
    GRID + "[factors]\nticks = [0]": (10, "factors.ticks.0", "is out of bounds", "from 1 to"),
    GRID + "[factors]\nworkload.band_min = [0.1, 0.7]": (8, "point 1 of the design", "must not exceed", "got 0.7"),
    GRID + "[factors]\norganisation.coordinators = [2, 6]": (8, "point 0 of the design", "more coordinators",
        "got 2"),
    GRID + "[factors]\nstrategy.coordinators = [3]": (8, "point 0 of the design", "does not fit the structure"),
    GRID + "[factors]\nworkload.arrivals = { levels = 9999 }\nrules.stall = { levels = 9999 }": (
        8, "too many points"),
    GRID + "[factors]\norganisation.coordinators = [6, 3]\nstrategies.multi3-before.coordinators = [3, 5]": (
        8, "point 3 of the design", "more coordinators", "got 3", "at least 5"),
    GRID + '[factors]\n"workload.arrivals" = [1.0]\n[factors.workload]\narrivals = [0.5]': (12, "names a factor twice"),
    'replicates = 3\ndesign = { kind = "factorial", size = 9 }': (8, "design.size: means nothing in a design of kind"),
    DRAWN + "[factors]\nworkload.arrivals = { levels = 3 }": (10, "levels: means nothing in a design of kind 'latin'"),
    'replicates = 3\ndesign = { kind = "sobol", size = 1_000_000 }\n[factors]\nrules.stall = {}': (
        8, "has too many points", "got 3000000"),
    DRAWN + "[factors]\nworkload.arrivals = [1.0]": (10, "is a list, but a sample needs a range"),
    'replicates = 3\ndesign.kind = "latn"': (8, "design.kind", "did you mean 'latin'?"),
    'replicates = 3\ndesign.kind = "mixture"\n[factors]\nticks = [9]': (9, "a mixture varies the three shares"),
    'replicates = 3\ndesign = { kind = "sobol", size = 0 }': (8, "design.size", "a whole number from 1 to"),
    'replicates = 3\ndesign = { kind = "morris", levels = 3 }': (8, "design.levels", "must be even"),
    "replicates = 3\ndesign.kind = 'table'\n[factors]\nticks = [9]": (9, "stands beside a table of points"),
    LISTED: (8, "design.points: is empty", "at least one point"),
    LISTED + "[[design.points]]\nworkload.arival = 1.0": (9, "did you mean 'workload.arrivals'?"),
    LISTED + "[[design.points]]\nworkload.arrivals = 1\n[[design.points]]\nworkload.arrivals = 'x'": (11, "got 'x'"),
    LISTED + "design.points = 'gone.csv'": (0, "gone.csv", "cannot be read"),
    'replicates = 0\ndesign.kind = "mixture"': (7, "replicates: must be greater than or equal to 1", "got 0"),
    'design.kind = "mixture"': (0, "replicates: is missing"),
    '[design]\nkind = "mixture"\n[until]\nmeasure = "conflict"\nhalf_width = 1.0': (
        10, "until.measure", "did you mean 'conflicts'?"),
    '[design]\nkind = "mixture"\n[until]\nmeasure = "conflicts"\nhalf_width = 0.0': (11, "half_width", "above 0"),
    '[design]\nkind = "mixture"\n[until]\nmeasure = "conflicts"\nhalf_width = 1.0\nfirst = 50\nmost = 20': (
        13, "until.most: is below first", "at least 50"),
    'replicates = 3\n[design]\nkind = "mixture"\n[until]\nmeasure = "conflicts"\nhalf_width = 1.0': (
        7, "replicates: stands beside a table [until]", "got 3"),
    'replicates = 3\ndesign.kind = "mixture"\nseeds = 3': (9, "seeds: unknown key", "did you mean 'seed'?"),
}  # fmt: skip


@pytest.mark.parametrize("more", MISTAKES, ids=repr)
def test_a_mistake_is_blamed_on_its_line(tmp_path: Path, more: str) -> None:
    line, *parts = MISTAKES[more]
    message = str(refusal(tmp_path, f"{SWEEP_HEAD}{more}\n"))
    assert f"x.toml:{line}: " in message if line else "x.toml" in message or "gone.csv" in message
    assert "\n" not in message
    for part in parts:
        assert str(part) in message


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ('"teaching"', '"teachng"', ("scenario: no scenario of this name", "did you mean 'teaching'?")),
        ('"multi3-before"]', '"multi3"]', ("strategies", "did you mean 'multi3-")),
        ('baseline = "unified-before-meeting"', 'baseline = "unified"', ("baseline",)),
        ('question = { en = "A?", zh = "甲？" }', "", ("question: is missing",)),
    ],
)
def test_what_it_stands_on_is_checked_too(tmp_path: Path, old: str, new: str, parts: tuple[str, ...]) -> None:
    text = SWEEP_HEAD.replace(old, new) + 'replicates = 3\ndesign.kind = "mixture"\n'
    message = str(refusal(tmp_path, text))
    assert "x.toml" in message
    for part in parts:
        assert part in message


def test_a_table_of_points_is_blamed_on_its_own_line(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("workload.arrivals,ticks\n1.0,100\n0.5,-4\n", encoding="utf-8")
    message = str(refusal(tmp_path, SWEEP_HEAD + LISTED + "design.points = 'p.csv'\n"))
    assert "p.csv:3: ticks: is out of bounds; got '-4'; allowed: a whole number from 1" in message
    (tmp_path / "p.csv").write_text("workload.arrivals,ticks\n1.0,100,7\n", encoding="utf-8")
    (tmp_path / "q.csv").write_text("ticks,workload.arrivals,ticks\n100,1.0,200\n", encoding="utf-8")
    listed = SWEEP_HEAD + LISTED + "design.points = "
    assert "q.csv:1: ticks: column named twice" in str(refusal(tmp_path, f"{listed}'q.csv'\n"))
    assert "p.csv:2: has another number of cells" in str(refusal(tmp_path, f"{listed}'p.csv'"))


def test_refusals_are_said_in_chinese_as_well(tmp_path: Path) -> None:
    for more in MISTAKES:
        error = refusal(tmp_path, f"{SWEEP_HEAD}{more}\n")
        assert any("\u4e00" <= sign <= "\u9fff" for sign in in_chinese(error.what)), error.what
