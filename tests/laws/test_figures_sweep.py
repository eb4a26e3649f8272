"""Figures of a sweep: what fits the design, in both languages, whatever is missing, with the same bytes twice."""

import io
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fake_swept import factors, fake_swept
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis.figures import style
from analysis.figures import sweep as figures
from analysis.figures.phase import phase
from analysis.intervals import Floats
from sim.design import Design, grid, lattice, one_at_a_time, sample
from sim.kept import Swept

needs_chinese = pytest.mark.skipif(style.chinese_font() is None, reason="no Chinese font is installed")


def sampled(kind: str, count: int = 3, size: int = 16) -> Design:
    own = factors(count)
    return Design(kind, own, sample(kind, own, size, 1, 4, False), (), 4)


LEVELS = [[0.1, 0.2, 0.35, 0.6], [0.5, 1.0, 4.5]]
PLANE = ("time_in_system", "conflicts")
# design, strategies, names of the figures expected
SWEEPS: dict[str, tuple[Design, int, list[str]]] = {
    "line": (Design("factorial", factors(1), grid(LEVELS[:1])), 3, ["response"]),
    "plane": (Design("factorial", factors(2), grid(LEVELS)), 2, ["phase"]),
    "map": (Design("factorial", factors(2), grid(LEVELS)), 5, ["phase"]),
    "lone": (Design("factorial", factors(2), grid(LEVELS)), 1, ["response-rules.factor_0", "response-rules.factor_1"]),
    "cube": (Design("factorial", factors(3), grid([*LEVELS, [3, 5, 10]])), 2,
             [f"response-rules.factor_{f}" for f in range(3)]),
    "mixture": (Design("mixture", factors(3, unit=True), lattice(3, 5)), 2, ["ternary"]),
    "morris": (sampled("morris", 22, 4), 2, ["screening"]),
    "sobol": (sampled("sobol"), 2, ["indices", "decides"]),
    "latin": (sampled("latin", size=60), 3, ["decides"]),
    "tornado": (Design("tornado", factors(4), one_at_a_time(factors(4))), 2, ["tornado"]),
    "table": (Design("table", factors(2), grid(LEVELS)), 2, ["points"]),
}  # fmt: skip


def swept_of(name: str, gaps: float = 0.0) -> Swept:
    design, strategies, _ = SWEEPS[name]
    return fake_swept(design, strategies=strategies, replicates=8, gaps=gaps)


def drawn(figure: Figure) -> bytes:
    style.dress(figure)
    content = io.BytesIO()
    figure.savefig(content, format="png", dpi=50)
    return content.getvalue()


@pytest.mark.parametrize(("lang", "gaps"), [("en", 0.1), pytest.param("zh", 0.0, marks=needs_chinese)])
@pytest.mark.parametrize("name", SWEEPS)
def test_a_design_has_the_figures_that_fit_it_and_they_say_what_they_rest_on(name: str, lang: str, gaps: float) -> None:
    swept = swept_of(name, gaps)
    found = dict(figures.sweep_figures(swept))
    single = name in ("line", "lone", "cube", "table")
    assert list(found) == [f"{stem}{end}" for stem in SWEEPS[name][2] for end in ([""] if single else _ends())]
    for draw in list(found.values())[:: 1 if single else 2]:  # the second measure differs in its values alone
        figure = draw(swept, lang)
        assert figure is not None
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert drawn(figure)
        words = [text.get_text() for text in figure.findobj(Text)]
        assert any("n =" in each for each in words)
        assert any("95" in each for each in words)
        assert any(swept.title_zh in each if lang == "zh" else swept.title_en in each for each in words)


def _ends() -> list[str]:
    return [f"-{measure}" for measure in PLANE]


@pytest.mark.parametrize("name", SWEEPS)
def test_nothing_is_drawn_of_a_sweep_without_runs(name: str) -> None:
    swept = swept_of(name)
    empty = replace(swept, read=lambda measures: (np.full_like(runs, np.nan) for runs in swept.each(measures)))
    for stem, draw in figures.sweep_figures(empty):
        assert draw(empty, "en") is None, stem


@needs_chinese
@pytest.mark.parametrize("name", ["plane", "mixture"])
def test_both_languages_and_formats_are_written_with_the_same_bytes_twice(tmp_path: Path, name: str) -> None:
    swept = swept_of(name)
    one, other = (figures.write_sweep_figures(swept, tmp_path / each, measures=PLANE[:1]) for each in ("one", "other"))
    assert [path.name.split(".", 1)[1] for path in one] == ["png", "svg", "zh.png", "zh.svg"]
    for first, second in zip(one, other, strict=True):
        assert first.read_bytes() == second.read_bytes(), first.name


def test_without_a_chinese_font_english_is_written_and_one_warning_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (figures, style):
        monkeypatch.setattr(module, "chinese_font", lambda: None)
    with pytest.warns(UserWarning, match="no Chinese font") as caught:
        written = figures.write_sweep_figures(swept_of("line"), tmp_path)
    assert len(caught) == 1
    assert [path.name for path in written] == ["response.png", "response.svg"]


def test_a_phase_diagram_names_its_levels_and_draws_the_boundary_where_the_strategies_cross() -> None:
    swept = fake_swept(SWEEPS["plane"][0], noise=0.05, replicates=6)
    figure = phase(swept, "en", "conflicts")
    assert figure is not None
    axes = figure.axes[0]
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["0.1", "0.2", "0.35", "0.6"]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["0.5", "1", "4.5"]
    lines = [path.vertices for found in axes.collections for path in found.get_paths() if len(path.vertices)]
    # the difference is 0 at the third level; noise of √2 x 0.05 / √6 against slopes of 3 and 5 per level is small
    assert np.concatenate(lines)[:, 0] == pytest.approx(2.0, abs=0.1)


def test_undecided_cells_are_hatched_and_decided_ones_are_not() -> None:
    def across(points: Floats, s: int) -> Floats:
        return np.asarray(10.0 + s * np.where(points[:, 0] > 0.15, 5.0, 0.0))

    swept = fake_swept(SWEEPS["plane"][0], across, noise=0.5, replicates=6)
    figure = phase(swept, "en", "conflicts")
    assert figure is not None
    hatched = {round(patch.get_x() + 0.5) for patch in figure.axes[0].patches if patch.get_hatch()}
    assert hatched == {0}  # each of its three cells is wrongly decided with a chance of 5 %: all with one of 0.0001
    assert phase(swept, "en", "rounds") is None
