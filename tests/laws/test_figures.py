"""Figures: both languages, no missing glyphs, no overlaps, the same bytes twice, whatever the results lack."""

import io
import threading
import warnings
from pathlib import Path

import numpy as np
import pytest
from fake_results import alone, fake_results, with_gaps
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis import figures
from analysis.figures import placing, style
from sim import labels, measures, parameters
from sim.kept import Results

needs_chinese = pytest.mark.skipif(style.chinese_font() is None, reason="no Chinese font is installed")
KINDS = {
    "full": fake_results(),
    "gaps": with_gaps(fake_results(replicates=20)),
    "two": fake_results(strategies=2, replicates=2, samples=3),
    "alone": alone(fake_results(replicates=1)),
}


def drawn(figure: Figure) -> bytes:
    content = io.BytesIO()
    figure.savefig(content, format="png", dpi=50)
    return content.getvalue()


@needs_chinese
def test_every_chinese_string_can_be_written() -> None:
    words = [label.zh for label in labels.LABELS.values()]
    words += [row.zh for row in (*measures.MEASURES, *measures.SERIES, *parameters.ALL)]
    words += [label.en for label in labels.LABELS.values()]
    figure = style.new_figure(20.0, 20.0)
    figure.text(0.0, 0.0, "\n".join(words))
    style.dress(figure)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawn(figure)


@needs_chinese
def test_a_font_newer_than_matplotlibs_list_of_fonts_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    found = style.chinese_font()
    old = [font for font in style.font_manager.fontManager.ttflist if font.name not in style._CJK_FAMILIES]
    monkeypatch.setattr(style.font_manager.fontManager, "ttflist", old)
    assert style.chinese_font.__wrapped__() == found


@pytest.mark.parametrize("results", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("lang", ["en", pytest.param("zh", marks=needs_chinese)])
@pytest.mark.parametrize("name", figures.FIGURES)
def test_every_figure_draws_what_there_is(name: str, lang: str, results: Results) -> None:
    figure = figures.FIGURES[name](results, lang)
    if figure is None:
        alone, few = len(results.strategies) < 2, len(results.replicates) < 5
        assert (name == "forest" and alone) or (name == "width" and (alone or few))
        return
    style.dress(figure)
    assert drawn(figure)
    texts = [found.get_text() for found in figure.findobj(Text)]
    assert any("n = " in words for words in texts)
    assert any("95" in words for words in texts)


@pytest.mark.parametrize("name", figures.FIGURES)
def test_a_figure_with_nothing_to_show_is_not_drawn(name: str) -> None:
    results = alone(fake_results())
    empty = results._replace(values=results.values * np.nan, series=results.series[:, :, :0])
    assert figures.FIGURES[name](empty, "en") is None


@needs_chinese
def test_both_languages_and_formats_are_written_and_reproducible(tmp_path: Path) -> None:
    results = fake_results(strategies=6, replicates=5, samples=5)
    one = figures.write_figures(results, tmp_path / "one")
    other = figures.write_figures(results, tmp_path / "other")
    expected = {f"{name}{lang}.{kind}" for name in figures.FIGURES for lang in ("", ".zh") for kind in ("png", "svg")}
    assert {path.name for path in one} == expected == {path.name for path in (tmp_path / "one/figures").iterdir()}
    for first, second in zip(one, other, strict=True):
        assert first.read_bytes() == second.read_bytes(), first.name
        assert b"<dc:date>" not in first.read_bytes()


def test_without_a_chinese_font_english_is_written_and_one_warning_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (figures, style):
        monkeypatch.setattr(module, "chinese_font", lambda: None)
    results = fake_results(strategies=2, replicates=2, samples=2)
    with pytest.warns(UserWarning, match="no Chinese font") as caught:
        written = figures.write_figures(results, tmp_path)
    assert len(caught) == 1
    assert written
    assert not any(".zh." in path.name for path in written)


def test_threads_may_draw_at_once(tmp_path: Path) -> None:
    results = fake_results(strategies=3, replicates=4, samples=4)
    folders = [tmp_path / str(k) for k in range(3)]
    threads = [threading.Thread(target=figures.write_figures, args=(results, folder, ["en"])) for folder in folders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    contents = [[path.read_bytes() for path in sorted((folder / "figures").iterdir())] for folder in folders]
    assert contents[0] == contents[1] == contents[2]


def test_dollar_signs_in_a_users_label_are_written_as_they_are() -> None:
    results = fake_results(strategies=2, replicates=3, samples=3)
    figure = figures.FIGURES["plane"](results._replace(labels_en=("costs $1", "costs $x_{")), "en")
    assert figure is not None
    style.dress(figure)
    assert drawn(figure)


def test_strategies_look_alike_in_no_two_ways() -> None:
    looks = style.looks(fake_results())
    assert len(set(looks)) == len(looks)


def test_labels_of_spread_points_touch_neither_each_other_nor_the_edge() -> None:
    figure = style.new_figure(8.0, 6.0)
    axes = figure.add_axes((0.1, 0.1, 0.8, 0.8))
    points = np.array([(x, y) for x in range(4) for y in range(4)], dtype=np.float64)
    axes.plot(*points.T, "o")
    axes.margins(0.15)
    placing.label_points(axes, points, [f"strategy {n}" for n in range(16)], ["black"] * 16, [])
    figure.draw_without_rendering()
    boxes = [Text.get_window_extent(label) for label in axes.texts]  # without the line to the point
    for k, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[:k])
        assert box.x0 >= axes.bbox.x0
        assert box.x1 <= axes.bbox.x1


def test_names_are_spread_no_further_than_need_be() -> None:
    assert placing.spread(np.array([0.0, 10.0]), 1.0, 0.0, 10.0) == pytest.approx([0.0, 10.0])
    assert placing.spread(np.array([5.0, 5.0]), 1.0, 0.0, 10.0) == pytest.approx([4.5, 5.5])
    assert placing.spread(np.array([9.9, 10.0]), 1.0, 0.0, 10.0) == pytest.approx([9.0, 10.0])
    crowded = placing.spread(np.full(30, 5.0), 1.0, 0.0, 10.0)
    assert np.diff(crowded) == pytest.approx(10.0 / 29)
    assert (crowded.min(), crowded.max()) == pytest.approx((0.0, 10.0))
    assert placing.spread(np.empty(0), 1.0, 0.0, 1.0).size == 0


@pytest.mark.parametrize(
    "words", ["a short note", "one two three four five six", "均值与区间，按策略列出。配对差（差值）见下图。"]
)
def test_notes_are_broken_into_lines_that_fit(words: str) -> None:
    lines = style.wrap(words, 16).split("\n")
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    assert all(style.columns(line) <= 18 for line in lines)  # a closing sign may hang over by one
    assert not any(line[0] in "，。；：）、" for line in lines)
