"""Tables of a sweep: each row as one would work it out alone, gaps left out, files whole and the same each time."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from fake_swept import factors, fake_swept, sloping

from analysis.intervals import better_interval, holm, mean_interval, paired_interval
from analysis.response import csv_lines, differences_at, means_at, over_replicates, sweep_differences, sweep_points

from analysis.response import sweep_summary, verdicts_at, write_sweep_tables  # isort: skip
from analysis.sensitivity import write_sensitivity_tables
from sim.design import Design, grid, one_at_a_time, sample

MEASURES = ("time_in_system", "goal_attainment", "rounds")  # less is better, more is, and neither
GRID = Design("factorial", factors(2), grid([[0.1, 0.35, 0.6], [0.5, 4.5]]), (("one, first", "一"), *(("", ""),) * 5))


@pytest.mark.parametrize("gaps", [0.0, 0.3])
def test_every_row_is_what_one_point_alone_gives(gaps: float) -> None:
    swept = fake_swept(GRID, strategies=3, replicates=7, gaps=gaps)
    summary, differences = sweep_summary(swept, MEASURES), sweep_differences(swept, MEASURES)
    assert (len(summary), len(differences)) == (3 * 6 * 3, 3 * 6 * 2)
    for name in MEASURES:
        runs, better = swept.values(name), {"time_in_system": "down", "goal_attainment": "up", "rounds": ""}[name]
        for row in summary[summary["measure"] == name].to_dict("records"):
            own = runs[row["point"], swept.strategies.index(row["strategy"])]
            assert (row["n"], *(row[c] for c in ("mean", "ci_low", "ci_high"))) == pytest.approx(
                tuple(mean_interval(own)), nan_ok=True
            )
            assert row["rules.factor_0"] == GRID.points[row["point"], 0]
        for row in differences[differences["measure"] == name].to_dict("records"):
            own, base = runs[row["point"], swept.strategies.index(row["strategy"])], runs[row["point"], 0]
            known = paired_interval(own, base)
            assert [row[c] for c in ("n", "difference", "ci_low", "ci_high")] == pytest.approx(list(known), nan_ok=True)
            share = better_interval(own, base, better).mean
            assert row["probability_better"] == pytest.approx(share, nan_ok=True)
            assert row["baseline"] == swept.baseline != row["strategy"]


def test_p_values_are_adjusted_for_all_points_and_strategies_of_a_measure() -> None:
    swept = fake_swept(GRID, strategies=3, replicates=7)
    found = sweep_differences(swept, MEASURES)
    for name in MEASURES:
        raw = differences_at(swept, name).p[:, 1:].ravel()
        assert found.loc[found["measure"] == name, "p_holm"].to_numpy() == pytest.approx(holm(raw))


def test_verdicts_turn_where_the_lines_cross() -> None:
    swept = fake_swept(GRID, sloping, noise=0.1)  # strategies cross at 0.35 of the first factor
    signs = verdicts_at(swept, "conflicts")[:, 1].reshape(3, 2)
    assert signs[0].tolist() == [1, 1]
    assert signs[2].tolist() == [-1, -1]
    assert not verdicts_at(swept, "conflicts")[:, 0].any()
    assert not verdicts_at(swept, "rounds").any()
    turned = verdicts_at(swept, "conflicts", swept.strategies[1])[:, 0].reshape(3, 2)
    assert (turned == -signs).all()


def test_blocks_of_points_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = np.random.default_rng(1).normal(size=(50, 3, 8))
    whole = over_replicates(runs)
    monkeypatch.setattr("analysis.response._BLOCK", 60)
    for one, other in zip(whole, over_replicates(runs), strict=True):
        assert (one == other).all()


def test_csv_is_what_pandas_writes() -> None:
    swept = fake_swept(GRID, strategies=2, replicates=3, gaps=0.5)
    frame = sweep_differences(swept, MEASURES).assign(words='with "quotes", and a comma', many=np.float64(1e-300))
    theirs = frame.to_csv(index=False, float_format="%.10g", lineterminator="\n")
    assert csv_lines(frame) == theirs
    assert csv_lines(frame, header=False) == theirs.split("\n", 1)[1]
    assert csv_lines(frame[:0]) == theirs.split("\n", 1)[0] + "\n"
    assert csv_lines(sweep_points(swept)).split("\n")[1].startswith('0,"one, first",一,3,0.1,0.5')


def test_tables_are_written_whole_and_the_same_each_time(tmp_path: Path) -> None:
    swept = fake_swept(GRID, strategies=2, replicates=3, gaps=0.2)
    one, other = (write_sweep_tables(swept, tmp_path / name, MEASURES) for name in ("one", "other"))
    assert [path.name for path in one] == ["points.csv", "summary.csv", "differences.csv"]
    for first, second in zip(one, other, strict=True):
        assert first.read_bytes() == second.read_bytes()
    summary = pd.read_csv(one[1])
    assert summary["mean"].to_numpy() == pytest.approx(sweep_summary(swept, MEASURES)["mean"].to_numpy(), nan_ok=True)
    assert {path.name for path in (tmp_path / "one").iterdir()} == {path.name for path in one}


def test_one_strategy_has_means_and_no_differences() -> None:
    swept = fake_swept(GRID, strategies=1)
    assert len(sweep_differences(swept, MEASURES)) == 0
    assert np.isfinite(means_at(swept, "conflicts").mean).all()


def _sampled(kind: str) -> Design:
    own = factors(3)
    return Design(kind, own, sample(kind, own, 8, 1, 4, False), (), 4)


@pytest.mark.parametrize(
    ("design", "names"),
    [
        (_sampled("morris"), ["screening.csv", "deciding.csv"]),
        (_sampled("sobol"), ["indices.csv", "deciding.csv"]),
        (_sampled("latin"), ["deciding.csv"]),
        (Design("tornado", factors(3), one_at_a_time(factors(3))), ["tornado.csv"]),
        (GRID, []),
    ],
    ids=["morris", "sobol", "latin", "tornado", "factorial"],
)
def test_sensitivity_tables_are_those_the_design_allows(tmp_path: Path, design: Design, names: list[str]) -> None:
    swept = fake_swept(design, strategies=3, replicates=4, gaps=0.02)
    written = write_sensitivity_tables(swept, tmp_path, ("conflicts",))
    assert [path.name for path in written] == names
    for path in written:
        table = pd.read_csv(path)
        pairs = 2 if path.name == "deciding.csv" else 5  # each against the baseline; and each strategy's mean
        assert len(table) == pairs * 3
        assert (table["measure"] == "conflicts").all()
        assert set(table["factor"]) == {factor.path for factor in design.factors}
