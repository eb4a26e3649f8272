"""Results split by label: they add up to the measures of the run, and say what they leave out."""

import io
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from builders import LONE, scenario, template, with_matters
from rich.cells import cell_len
from rich.console import Console

import run
from analysis import splits
from analysis.intervals import mean_interval
from analysis.splits_table import SplitTable
from sim import engine, world
from sim.measures import NAMES, assess
from sim.scenario import Scenario, load_scenario
from sim.setting import prepare
from sim.vocabulary import LABEL, LABEL_NAMES
from sim.world import World

EVERY = (*splits.PARTITIONS, *splits.OVERLAPPING)
# Enough goes wrong for every convention to count: matters end in every way, and clash in every way.
EVENTFUL = {
    "ticks": 200, "rules.patience": 10.0, "rules.burst_rate": 0.5, "rules.residual_rate": 2.0,
    "rules.withdrawal": 60.0, "rules.reopen_delay": 5.0, "workload.flaws": 3.0, "rules.mending": 0.1,
}  # fmt: skip


@pytest.fixture(scope="module")
def eventful() -> tuple[Scenario, list[World]]:
    """A scenario, and some of its worlds at the end of a run with three coordinators at once."""
    asked = load_scenario("district").with_strategies(["multi3-during"]).with_values(EVENTFUL)
    setting, record = prepare(asked), asked.load_strategy("multi3-during").record()
    return asked, [engine.simulate(engine.draw(setting, 1, r), record) for r in range(3)]


def split_of(asked: Scenario, w: World, by: str) -> tuple[np.ndarray, np.ndarray]:
    """Which matters carry which label, and the table of values with all matters in its last row."""
    sets = splits.carried(w, by, splits.words(by, asked))
    return sets, splits.values(w, sets)


def test_matters_end_and_clash_in_every_way(eventful: tuple[Scenario, list[World]]) -> None:
    matters = np.concatenate([w.matters for w in eventful[1]]).view(np.recarray)
    lives = {world.LIVES[life] for life in matters.life}
    assert {"closed", "refused", "withdrawn", "during"} <= lives
    for name in ("outbreaks", "secondary", "reopened", "burst", "returns", "host_hours", "party_hours", "leader_hours"):
        assert matters[name].sum() > 0, name
    assert ((matters.closed >= matters.need_at_1) & (matters.life == world.CLOSED)).any()


def test_all_matters_together_have_the_measures_of_the_run(eventful: tuple[Scenario, list[World]]) -> None:
    asked, worlds = eventful
    for w in worlds:
        measured = dict(zip(NAMES, assess(w), strict=True))
        _, values = split_of(asked, w, "kind")
        assert values[-1, 0] == len(w.matters)
        for name, value in zip(splits.MEASURES, values[-1, 1:], strict=True):
            assert value == pytest.approx(measured[name], rel=1e-12), name


@pytest.mark.parametrize("by", splits.PARTITIONS)
def test_a_split_by_what_was_drawn_with_a_matter_adds_up(eventful: tuple[Scenario, list[World]], by: str) -> None:
    asked, worlds = eventful
    for w in worlds:
        sets, values = split_of(asked, w, by)
        assert (sets.sum(axis=0) == 1).all()
        assert np.count_nonzero(sets.any(axis=1)) > 1
        judged = (w.matters.life == world.CLOSED) & (w.matters.decided >= 0)
        for column, name in enumerate(splits.COLUMNS[1:], start=1):
            weights = sets.astype(float) @ (judged if name == "goal_attainment" else np.ones(len(w.matters)))
            parts = np.where(weights > 0, values[:-1, column], 0.0) * weights
            assert np.isnan(values[:-1, column])[weights == 0].all()
            assert parts.sum() / weights.sum() == pytest.approx(values[-1, column], rel=1e-12), name


@pytest.mark.parametrize("by", EVERY)
def test_a_row_has_the_measures_of_a_world_of_its_matters_alone(
    eventful: tuple[Scenario, list[World]], by: str
) -> None:
    asked, worlds = eventful
    w = worlds[0]
    sets, values = split_of(asked, w, by)
    assert sets.any()
    for row, mine in enumerate(sets):
        alone = w._replace(matters=w.matters[mine], parties=w.parties[:0], totals=w.totals.copy())
        alone.totals[0].bursts = alone.matters.burst.sum()
        measured = dict(zip(NAMES, assess(alone), strict=True))
        assert values[row, 0] == mine.sum()
        expected = [measured[name] for name in splits.MEASURES]
        np.testing.assert_allclose(values[row, 1:], expected, rtol=1e-12)


def hand_made() -> World:
    """Three matters at the end of twenty half-days: one closed, one under way, one withdrawn."""
    w = template({**LONE, "ticks": 20, "rules.withdrawal": 6.0})
    lead = int(np.flatnonzero(w.actors.role == world.DEPARTMENT)[0])
    things, above = 1 << LABEL["T1.things"], 1 << LABEL["O1"] | 1 << LABEL["G4.levels"]
    w = w._replace(procedures=world.table(world.PROCEDURE, 2))
    w.procedures.kind, w.procedures.content = [world.PLAN, world.POLICY], [3, 0]
    return with_matters(
        w,
        {"actors": [lead], "work": [1.0], "procedure": 1, "life": world.CLOSED, "arrival": 2, "arose": 2.5,
         "decided": 3, "closed": 7, "outcome": 0.7, "need_at_1": 7.0, "need_by_1": 0.1, "need_at_2": 8.0,
         "need_by_2": 0.4, "returns": 2, "outbreaks": 1, "host_hours": 3.0, "leader_hours": 1.0,
         "labels": things | above},
        {"actors": [lead], "work": [1.0], "life": world.DURING, "arrival": 4, "arose": 4.0, "decided": 5,
         "outcome": 0.1, "secondary": 2, "burst": 1, "party_hours": 2.0, "labels": things, "domain": 5},
        {"actors": [lead], "work": [1.0], "life": world.WITHDRAWN, "arrival": 9, "arose": 9.5, "domain": 4},
    )  # fmt: skip


def test_a_split_is_what_a_hand_would_reckon() -> None:
    asked, w = scenario(LONE), hand_made()
    nan = np.nan
    closed = [1, 1.0, 2.75, 200.0, 100.0, 4.0, 0.9]  # of 2.5 to 8 half-days; needed: 0.6
    both = [2, 0.5, 5.375, 100.0, 200.0, 3.0, 0.9]
    under_way = [1, 0.0, 8.0, 0.0, 300.0, 2.0, nan]
    left = [1, 0.0, 2.75, 0.0, 0.0, 0.0, nan]  # of 9.5 to 15 half-days
    everything = [3, 1 / 3, 4.5, 200 / 3, 400 / 3, 2.0, 0.9]
    rest = [2, 0.0, 5.375, 0.0, 150.0, 1.0, nan]
    none = [0, *[nan] * 6]
    by_kind = {"plan": rest, "policy": closed}
    by_object, by_type, by_sides = {"O1": closed}, {"T1.things": both}, {"G4.levels": closed}
    by_field = {"economic": both, "ecological": left}
    expectations = {"kind": by_kind, "field": by_field, "object": by_object, "type": by_type, "sides": by_sides}
    for by, expected in expectations.items():
        names = [word.name for word in splits.words(by, asked)]
        rows = [*(expected.get(name, none) for name in names), everything]
        np.testing.assert_allclose(split_of(asked, w, by)[1], rows, err_msg=by)
    np.testing.assert_allclose(splits.values(w, np.eye(3, dtype=bool))[:3], [closed, under_way, left])


def test_every_label_belongs_to_one_split(small: Scenario) -> None:
    found = [word.name for by in splits.OVERLAPPING for word in splits.words(by, small)]
    assert sorted(found) == sorted(LABEL_NAMES)
    assert run.SPLITS == EVERY
    types = [word.name.split(".")[0] for word in splits.words("type", small)]
    assert types == sorted(types, key=lambda name: int(name[1:]))
    with pytest.raises(ValueError, match="by must be one of"):
        splits.words("colour", small)


def test_a_world_without_such_a_matter_counts_for_the_number_of_matters_only(small: Scenario) -> None:
    found = splits.split(small, small.load_strategy("unified-before"), "procedure")
    counts, band = found.values[:, :, 0], found.band
    assert (counts == 0).any()
    assert (band.n[:, 0] == small.replicates).all()
    assert (band.n[:, 1] == (counts > 0).sum(axis=0)).all()
    table = splits.frame(found).set_index(["label", "measure"])
    assert list(table.loc["all"].index) == list(splits.COLUMNS)
    for row, word in enumerate(found.words):
        expected = mean_interval(found.values[:, row, 2])
        shown = table.loc[(word.name, "time_in_system")]
        np.testing.assert_array_equal([shown.n, shown["mean"], shown.ci_low, shown.ci_high], expected)


def printed(found: splits.Split, lang: str, width: int, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    console = Console(file=io.TextIOWrapper(raw, encoding=encoding, errors="replace"), width=width)
    console.print(SplitTable(found, lang, "S", "T"))
    console.file.flush()
    return raw.getvalue().decode(encoding)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("by", EVERY)
def test_a_table_fits_and_names_every_label(small: Scenario, lang: str, by: str) -> None:
    found = splits.split(small, small.load_strategy("unified-before"), by)
    for width in (80, 120):
        shown = printed(found, lang, width)
        assert max(map(cell_len, shown.splitlines())) <= width
        assert "…" not in shown
        flat = "".join(shown.split())
        for word in found.words:
            assert "".join((word.zh if lang == "zh" else word.en).split()) in flat


def test_a_terminal_without_unicode_loses_nothing(small: Scenario) -> None:
    found = splits.split(small, small.load_strategy("unified-before"), "procedure")
    assert "?" not in printed(found, "en", 100, encoding="ascii")


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = run.main(["run", "teaching", *words])
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def test_the_command_shows_and_writes_the_same_numbers(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    asked = ("--by", "object", "--replicates", "3", "--seed", "5", "--strategy", "committee")
    status, shown, _ = answer(capsys, *asked, "--out", str(tmp_path), "--json")
    assert status == 0
    found = json.loads(shown, parse_constant=pytest.fail)
    assert (found["strategy"], found["seed"], found["replicates"], found["by"]) == ("committee", 5, 3, "object")
    file = pd.read_csv(tmp_path / "splits.csv")
    assert set(file["strategy"]) == {"committee"}
    pd.testing.assert_frame_equal(file, pd.DataFrame(found["split"]), rtol=1e-9)
    status, shown, _ = answer(capsys, *asked, "--lang", "zh")
    assert status == 0
    assert "全部事项" in shown


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--by", "procedur"), "did you mean 'procedure'"),
        (("--replicates", "3"), "--replicates: needs --by beside it"),
        (("--out", "here"), "--out: needs --by beside it"),
        (("--by", "kind", "--story"), "--story: cannot stand beside --by"),
        (("--by", "kind", "--replicate", "0"), "--replicate: cannot stand beside --by"),
        (("--by", "kind", "--replicates", "1", "--out", "/dev/null/x"), "cannot be written"),
    ],
)
def test_a_wrong_request_is_refused(capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str) -> None:
    status, shown, error = answer(capsys, *words)
    assert (status, shown) == (2, "")
    assert says in error
