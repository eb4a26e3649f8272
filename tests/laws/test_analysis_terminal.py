"""Tables in a terminal: they fit, they say everything, and they need neither colour nor Unicode."""

import io

import numpy as np
import pytest
from fake_results import alone, fake_results, with_gaps
from rich.cells import cell_len
from rich.console import Console

from analysis import terminal, wording
from analysis.compare import non_dominated
from sim.store import Results

RESULTS = {
    "full": fake_results(),
    "gaps": with_gaps(fake_results()),
    "alone": alone(fake_results(replicates=1)),
}


def printed(results: Results, lang: str, width: int, *, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    console = Console(file=io.TextIOWrapper(raw, encoding=encoding), width=width)
    console.print(terminal.table(results, lang))
    console.print(terminal.difference_table(results, lang))
    console.file.flush()
    return raw.getvalue().decode(encoding)


@pytest.mark.parametrize("results", RESULTS.values(), ids=RESULTS)
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [80, 100, 120])
def test_no_line_is_wider_than_the_terminal_and_nothing_is_cut(results: Results, lang: str, width: int) -> None:
    out = printed(results, lang, width)
    assert max(cell_len(line) for line in out.splitlines()) <= width
    assert "…" not in out
    for label in wording.labels(results, lang):
        assert label in out
    assert wording.title(results, lang) in out


def test_columns_stand_straight_in_chinese() -> None:
    lines = printed(fake_results(), "zh", 80).splitlines()
    rows = [line for line in lines if "统一协调·事前·会议" in line and "±" in line]
    others = [line for line in lines if "委员会" in line and "±" in line]
    for row, other in zip(rows, others, strict=False):
        assert cell_len(row[: row.index("±")]) == cell_len(other[: other.index("±")])


def test_better_and_worse_are_marked_without_colour() -> None:
    results = fake_results(strategies=2)
    values = results.values.copy()
    values[1] = values[0] + 1.0
    out = printed(results._replace(values=values), "en", 200)
    row = next(line for line in out.splitlines() if results.labels_en[1] in line)
    assert row.count("▲") == 2  # on_time, goal_attainment
    assert row.count("▼") == 6


def test_the_non_dominated_are_starred() -> None:
    results = fake_results()
    out, free = printed(results, "en", 120), non_dominated(results)
    assert 0 < len(free) < len(results.strategies)
    for name, label in zip(results.strategies, results.labels_en, strict=True):
        assert (f"* {label}" in out) == (name in free)


def test_a_terminal_without_unicode_loses_nothing() -> None:
    out = printed(with_gaps(fake_results(strategies=3)), "en", 100, encoding="ascii")
    assert "+/-" in out
    assert "+ better / - worse" in out


@pytest.mark.parametrize(
    ("values", "places"), [([0.5], 3), ([5.0], 2), ([50.0, 1.0], 1), ([500.0], 0), ([0.0], 0), ([], 0), ([np.nan], 0)]
)
def test_three_digits_are_shown(values: list[float], places: int) -> None:
    assert wording.decimals(np.array(values)) == places


def test_numbers_have_true_minus_signs() -> None:
    assert wording.number(-1.25, 1) == "−1.2"
    assert wording.number(1.0, 1, "+") == "+1.0"
    assert wording.number(float("nan"), 1) == "–"
