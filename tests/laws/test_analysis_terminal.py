"""Tables in a terminal: they fit, they say everything, and they need neither colour nor Unicode."""

import io

import numpy as np
import pytest
from fake_results import alone, fake_results, with_gaps
from rich.cells import cell_len
from rich.console import Console

from analysis import answer, terminal, wording
from analysis.compare import KEY, check_of, non_dominated
from sim.kept import Results
from sim.measures import NAMES

RESULTS = {
    "full": fake_results(),
    "gaps": with_gaps(fake_results()),
    "alone": alone(fake_results(replicates=1)),
    "one world": fake_results(strategies=2, replicates=1),
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


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_caption_counts_the_intervals_that_the_bootstrap_doubts_and_the_table_marks_them(lang: str) -> None:
    results = with_gaps(fake_results(replicates=12))
    check = check_of(results, KEY)
    doubted, total = int((~check.agrees).sum()), int(check.known.sum())
    out = printed(results, lang, 400)
    assert 0 < doubted < total
    assert (f"{doubted} of {total} intervals" if lang == "en" else f"{total} 个区间中有 {doubted} 个") in out
    rows = [line for line in out.splitlines() if "±" in line]
    assert sum(line.count("?") for line in rows) == doubted
    assert "?" not in printed(fake_results(), lang, 400)


@pytest.mark.parametrize("results", RESULTS.values(), ids=RESULTS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_answer_is_a_few_whole_sentences(results: Results, lang: str) -> None:
    found = answer.sentences(results, lang)
    assert 1 <= len(found) <= 7
    for entry in found:
        assert entry.endswith("." if lang == "en" else "。")
        assert entry == entry.strip()
        assert "  " not in entry
        assert not any(sign in entry for sign in ("nan", "{", "}"))


def decided(behind: float) -> Results:
    """Two strategies, the second better on every key measure by ``behind`` of its size, with little noise."""
    results = fake_results(strategies=2, replicates=20)
    values, rng = results.values.copy(), np.random.default_rng(1)
    for name in KEY:
        m, sign = NAMES.index(name), 1.0 if wording.measure(name).better == "up" else -1.0
        values[1, :, m] = values[0, :, m] * (1.0 + sign * (behind + rng.normal(0.0, 0.01, 20)))
    return results._replace(values=values)


def test_the_answer_names_who_is_surely_best_and_that_no_more_worlds_are_needed() -> None:
    results = decided(0.2)
    best = results.labels_en[1]
    *measures, trade, worlds, check = answer.sentences(results, "en")
    assert len(measures) == 4
    for name, entry in zip(KEY, measures, strict=True):
        start = wording.measure_label(name, "en").capitalize()
        assert entry.startswith(f"{start}: {best} is best (chance above 99 %)")
        assert f"1 better ({best}), 0 worse, 0 undecided" in entry
    assert f"{best} is behind nobody" in trade
    assert worlds.startswith("Worlds: 20. They decide all 4 differences")
    assert check == "The bootstrap agrees with all 4 intervals."


def test_the_answer_says_that_nothing_is_assured_where_strategies_are_alike() -> None:
    *measures, _, worlds, _ = answer.sentences(decided(0.0005), "en")
    assert any("probably best" in entry for entry in measures)
    assert any("worlds would make it 95 %" in entry for entry in measures)
    assert not any("is best" in entry for entry in measures)
    assert "Undecided: 4 of the 4 differences" in worlds
    assert "worlds would decide the first of them" in worlds


def test_of_strategies_that_are_the_same_none_is_said_to_be_probably_best() -> None:
    results = fake_results(strategies=2)
    same = results._replace(values=np.repeat(results.values[:1], 2, axis=0))
    measures = answer.sentences(same, "en")[:4]
    assert all("looks best, but that is not assured" in entry for entry in measures)
    assert all(f"does not exclude {results.labels_en[1]}" in entry for entry in measures)
    assert "worlds would" not in " ".join(measures)


def test_the_answer_says_what_the_ends_of_the_non_dominated_trade() -> None:
    results = fake_results(strategies=3)
    values = results.values.copy()
    for name, goods in (("time_in_system", (10.0, 12.0, 15.0)), ("conflicts", (30.0, 20.0, 5.0))):
        m = NAMES.index(name)
        values[:, :, m] = np.array(goods)[:, None] + values[0, :, m]
    entry = answer.sentences(results._replace(values=values), "en")[4]
    assert f"taking {results.labels_en[2]} instead of {results.labels_en[0]}" in entry
    assert "the former by +5.00 ±0.00 working days and the latter by −25.0 ±0.0 per 100 matters" in entry
    assert f"Between the two: {results.labels_en[1]}." in entry


def test_chances_are_bounds_and_forecasts_are_rounded_up() -> None:
    assert [answer._chance(share, "en") for share in (0.0, 0.876, 0.9899, 0.99, 1.0)] == [
        "unknown", "at least 87 %", "at least 98 %", "above 99 %", "above 99 %",
    ]  # fmt: skip
    assert answer._chance(np.nan, "zh") == "未知"
    assert [answer._rounded(n) for n in (2, 61, 101, 4911, 35567)] == ["2", "61", "110", "5,000", "36,000"]
