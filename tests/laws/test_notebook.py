"""Experiments from Python: what the commands do, in one call, and an object that cleans up after itself."""

import doctest
import gc
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import duckdb
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

import analysis.notebook
import analysis.study
from analysis import notebook
from analysis.figures.style import chinese_font
from sim import engine, experiment
from sim.compiled import COMPILES
from sim.design import Design
from sim.errors import RequestError
from sim.kept import load_results
from sim.measures import NAMES
from sim.plan import of_scenario
from sim.ranges import probe
from sim.scenario import load_scenario
from sim.setting import prepare
from sim.strategy import load_strategy
from sim.tables import TABLES, read_table, write_table
from sim.world import World

PAIR = ("unified-before-meeting", "self-first")
SHORT = {"ticks": 60}
WORLDS = 10  # fewer have no figure of widths


@pytest.fixture(scope="module")
def study() -> notebook.Comparison:
    return notebook.compare("teaching", PAIR, replicates=WORLDS, values=SHORT)


@pytest.fixture(scope="module")
def swept() -> notebook.Sweep:
    asked = load_scenario("teaching").with_values(SHORT)
    strategies = tuple(map(load_strategy, PAIR))
    plan = probe(asked, strategies, PAIR[0], "morris", ["rules.estimate_spread", "workload.arrivals"], 3, 2)
    return notebook.sweep(plan)


@pytest.mark.skipif(not COMPILES, reason="takes minutes where nothing is compiled")
@pytest.mark.parametrize("module", [analysis.notebook, analysis.study], ids=lambda module: module.__name__)
def test_the_examples_of_the_docstrings_come_true(module: ModuleType) -> None:
    found = doctest.testmod(module, optionflags=doctest.ELLIPSIS)
    assert found.failed == 0
    assert found.attempted > 0


def test_the_rows_are_those_of_the_command(study: notebook.Comparison, tmp_path: Path) -> None:
    asked = load_scenario("teaching").with_values(SHORT)
    experiment.compare(asked, tuple(map(load_strategy, PAIR)), WORLDS, asked.seed, 1, tmp_path)
    expected = load_results(tmp_path)
    np.testing.assert_array_equal(study.found.values, expected.values)
    runs = study.runs
    assert list(runs.columns) == ["point", "strategy", "replicate", *NAMES]
    for s, name in enumerate(PAIR):
        rows = runs[runs["strategy"] == name].sort_values("replicate")
        np.testing.assert_array_equal(rows[list(NAMES)].to_numpy(), expected.values[s])


def test_frames_are_those_of_the_files_that_a_report_writes(
    study: notebook.Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("write_figures", "write_worlds"):  # tested elsewhere, and slow
        monkeypatch.setattr(f"analysis.outcome.{name}", lambda *_: [])
    page = study.save(tmp_path / "kept")
    assert study.found.title_en in page.read_text(encoding="utf-8")
    for name in ("summary", "differences", "selection", "non_dominated"):
        read = pd.read_csv(tmp_path / "kept" / f"{name}.csv")
        pd.testing.assert_frame_equal(getattr(study, name), read, check_dtype=False, rtol=1e-8)
    again = notebook.load(tmp_path / "kept")
    assert isinstance(again, notebook.Comparison)
    pd.testing.assert_frame_equal(again.runs, study.runs)
    assert (tmp_path / "kept" / "manifest.json").is_file()
    assert study.folder.exists()


def test_a_sweep_has_points_runs_with_factors_and_the_table_of_its_design(swept: notebook.Sweep) -> None:
    factors = ["workload.arrivals", "rules.estimate_spread"]
    assert len(swept.points) == 9
    assert set(factors) <= set(swept.points.columns)
    assert len(swept.runs) == 9 * 2 * 2
    merged = swept.runs.merge(swept.points, on=["point", *factors])
    assert len(merged) == len(swept.runs)
    means = swept.summary.query("measure == 'conflicts'").set_index(["point", "strategy"])["mean"]
    expected = swept.runs.groupby(["point", "strategy"])["conflicts"].mean()
    assert means.to_dict() == pytest.approx(expected.to_dict())
    assert len(swept.differences) == 9 * len(NAMES)
    screening = swept.sensitivity("conflicts", "self-first", "unified-before-meeting")
    assert sorted(screening["factor"]) == sorted(factors)
    assert "mu_star" in screening
    assert sorted(swept.deciding("conflicts", "self-first")["factor"]) == sorted(factors)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_sentences_and_page_speak_the_language_asked_for(
    study: notebook.Comparison, swept: notebook.Sweep, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XIETIAO_LANG", lang)
    for each in (study, swept):
        assert each.answer() == each.answer(lang)
        page = each._repr_html_()
        title = each.found.title_zh if lang == "zh" else each.found.title_en
        assert title in page
        assert page.count("<table") >= 2
        assert page.count("<li>") == len(each.answer(lang))


def test_what_users_write_is_no_html(study: notebook.Comparison) -> None:
    titled = notebook.Comparison(study.folder, study.found._replace(title_en="<b>a & b</b>"))
    assert "&lt;b&gt;a &amp; b&lt;/b&gt;" in titled._repr_html_()


def test_runs_that_fail_are_said_to_have_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = engine.run

    def failing(template: World, record: np.recarray) -> engine.Outcome:
        if template.keys[0] == unlucky:
            raise ArithmeticError("no luck")
        return real(template, record)

    asked = load_scenario("teaching").with_values({"ticks": 20})
    unlucky = engine.draw(prepare(asked), asked.seed, 1).keys[0]
    monkeypatch.setattr(engine, "run", failing)
    study = notebook.compare(asked, PAIR, replicates=3)
    assert study.failures[["replicate", "strategy"]].values.tolist() == [[1, name] for name in sorted(PAIR)]
    assert len(study.runs) == 4
    assert repr(study).endswith("2 runs failed>")
    assert "2 runs failed" in study._repr_html_()


def test_every_figure_that_is_named_can_be_drawn(study: notebook.Comparison, swept: notebook.Sweep) -> None:
    assert set(study.figures) == {"plane", "forest", "heatmap", "course", "width", "leads", "gantt", "network"}
    for each in (study, swept):
        drawn = [each.figure(name, "en") for name in each.figures]
        assert drawn
        assert all(isinstance(figure, Figure) for figure in drawn)


def test_a_figure_is_in_the_language_asked_for(study: notebook.Comparison) -> None:
    if chinese_font() is None:
        with pytest.warns(UserWarning, match="no Chinese font"):
            figure = study.figure("forest", "zh")
    else:
        figure = study.figure("forest", "zh")
    written = [each.get_text() for each in figure.texts]
    assert (study.found.title_zh in written) == (chinese_font() is not None)


def test_a_folder_nobody_asked_for_goes_with_the_object() -> None:
    study = notebook.compare("teaching", PAIR[:1], replicates=1, values={"ticks": 20})
    folder, kept = study.folder, study.runs
    assert (folder / "runs.duckdb").is_file()
    del study
    gc.collect()
    assert not folder.exists()
    assert len(kept) == 1


def test_a_folder_that_was_asked_for_stays_and_is_added_to(tmp_path: Path) -> None:
    for replicates in (1, 2):
        study = notebook.compare("teaching", PAIR, replicates=replicates, values=SHORT, folder=tmp_path / "a")
    assert len(study.runs) == 4
    fewer = notebook.compare("teaching", PAIR[:1], replicates=1, values=SHORT, folder=str(tmp_path / "a"))
    assert len(fewer.runs) == 1, "what was not asked for this time is not shown"
    del study, fewer
    gc.collect()
    assert (tmp_path / "a" / "runs.duckdb").is_file()
    with pytest.raises(RequestError, match="holds results of another request"):
        notebook.compare("teaching", PAIR, replicates=1, folder=tmp_path / "a")


def test_a_run_that_fails_to_begin_leaves_no_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(notebook, "carry_out", broken)
    with pytest.raises(KeyboardInterrupt):
        notebook.compare("teaching", PAIR, replicates=1)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_printed_unless_progress_is_asked_for(capfd: pytest.CaptureFixture[str]) -> None:
    notebook.compare("teaching", PAIR[:1], replicates=2, values={"ticks": 20})
    assert capfd.readouterr() == ("", "")
    notebook.compare("teaching", PAIR[:1], replicates=2, values={"ticks": 20}, progress=True)
    assert "Preparing" in capfd.readouterr().err


def test_loaded_strategies_and_values_of_strategies_are_taken() -> None:
    brisk = load_strategy("self-first").with_values({"strategy.briefing": 0.9})
    whole = notebook.compare("teaching", [PAIR[0], brisk], replicates=2, values=SHORT)
    by_path = notebook.compare(
        load_scenario("teaching"), PAIR, replicates=2, values={**SHORT, "strategies.self-first.briefing": 0.9}
    )
    np.testing.assert_array_equal(whole.found.values, by_path.found.values)
    plain = notebook.compare("teaching", PAIR, replicates=2, values=SHORT)
    assert not np.array_equal(plain.found.values[1], whole.found.values[1], equal_nan=True)
    np.testing.assert_array_equal(plain.found.values[0], whole.found.values[0])


def test_the_baseline_is_the_scenarios_or_the_first_or_the_one_given() -> None:
    short = {"replicates": 1, "values": {"ticks": 20}}
    assert notebook.compare("teaching", ["self-first", PAIR[0]], **short).found.baseline == PAIR[0]
    assert notebook.compare("teaching", ["self-first"], **short).found.baseline == "self-first"
    assert notebook.compare("teaching", PAIR, baseline="self-first", **short).found.baseline == "self-first"


def refused(what: Callable[[], object], match: str) -> None:
    with pytest.raises(RequestError, match=match):
        what()


def test_a_wrong_request_names_what_is_near(study: notebook.Comparison, swept: notebook.Sweep) -> None:
    compare = notebook.compare
    refused(lambda: compare("teachin"), "did you mean 'teaching'")
    refused(lambda: compare("teaching", ["self-firts"]), "strategies: .*did you mean 'self-first'")
    refused(lambda: compare("teaching", "self-first"), "strategies: must be a list")
    refused(lambda: compare("teaching", []), "strategies: must be a list")
    refused(lambda: compare("teaching", PAIR, baseline="self-frist"), "baseline: .*did you mean 'self-first'")
    refused(lambda: compare("teaching", values={"tiks": 60}), "did you mean 'ticks'")
    refused(lambda: compare("teaching", values={"ticks": "60"}), "ticks: must be a number")
    refused(lambda: compare("teaching", replicates=0), "replicates: must be a whole number; got 0; allowed: at least 1")
    refused(lambda: compare("teaching", seed=-1), "seed: must be a whole number")
    refused(lambda: compare("teaching", workers=0), "workers: must be a whole number")
    refused(lambda: notebook.sweep("timing-mx"), "did you mean 'timing-mix'")
    refused(lambda: notebook.sweep("timing-mix", replicates=0), "replicates: must be a whole number")
    refused(lambda: study.figure("plan"), "figure: .*did you mean 'plane'")
    refused(lambda: study.answer("de"), "lang: .*allowed: en, zh")
    refused(lambda: swept.sensitivity("conflict"), "measure: .*did you mean 'conflicts'")
    refused(lambda: swept.sensitivity("conflicts", "self-frist"), "strategy: .*did you mean 'self-first'")


def test_an_office_too_small_for_a_loaded_strategy_is_refused() -> None:
    strategies = [load_strategy("unified-before-meeting"), load_strategy("multi3-before")]
    refused(
        lambda: notebook.compare("teaching", strategies, values={"strategies.multi3-before.coordinators": 5}),
        "multi3-before needs more coordinators than the office has; got 5; allowed: at most 3",
    )


def test_a_figure_or_table_that_has_nothing_to_show_says_so() -> None:
    alone = notebook.compare("teaching", PAIR[:1], replicates=1, values={"ticks": 20})
    refused(lambda: alone.figure("forest"), "figure: has nothing to show here; got 'forest'")
    asked = load_scenario("teaching").with_values({"ticks": 20})
    plan = of_scenario(asked, tuple(map(load_strategy, PAIR)), PAIR[0], 1, 1)
    grid = plan._replace(design=Design("table", (), np.zeros((2, 0)), (), 0))
    refused(lambda: notebook.sweep(grid).sensitivity("conflicts"), "no table fits this design; got 'table'")


def test_tables_are_read_as_they_are_written(swept: notebook.Sweep, tmp_path: Path) -> None:
    for name in TABLES:
        write_table(swept.folder, name, "parquet", tmp_path / name)
        with duckdb.connect() as reader:
            written = reader.execute("FROM read_parquet(?)", [str(tmp_path / name)]).df()
        pd.testing.assert_frame_equal(read_table(swept.folder, name), written)
    assert len(read_table(swept.folder, "runs")) == 9 * 2 * 2
    refused(lambda: read_table(swept.folder, "run"), "table: .*did you mean 'runs'")


def test_the_interface_needs_neither_mesa_nor_the_command_line() -> None:
    import subprocess

    code = "import sys, analysis.notebook; print([name for name in ('mesa', 'click', 'run') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True,
                          cwd=Path(notebook.__file__).parents[1])  # fmt: skip
    assert done.stdout == "[]\n"
