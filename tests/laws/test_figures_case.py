"""Figures of single runs: what they are drawn from, both languages, the same bytes twice, runs with little to show."""

import io
from collections.abc import Callable
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis import cases
from analysis.cases import Case, LeadTimes
from analysis.figures import style
from analysis.figures.case import write_case
from analysis.figures.gantt import gantt
from analysis.figures.leads import leads, write_leads
from analysis.figures.levels import BANDS, levels
from analysis.figures.network import BY, conflicts, loads, network, strains
from sim import world
from sim.measures import NAMES, assess
from sim.organisation import build
from sim.scenario import Scenario, load_scenario

needs_chinese = pytest.mark.skipif(style.chinese_font() is None, reason="no Chinese font is installed")
LANGUAGES = ["en", pytest.param("zh", marks=needs_chinese)]


def run(scenario: Scenario, replicate: int = 0) -> Case:
    return cases.finished(scenario, scenario.load_strategy(scenario.baseline), scenario.seed, replicate)


@pytest.fixture(scope="module")
def teaching() -> Case:
    return run(load_scenario("teaching"))


@pytest.fixture(scope="module")
def company() -> Case:
    """Three organs, and all that may befall a matter."""
    return run(load_scenario("company"))


@pytest.fixture(scope="module")
def times() -> LeadTimes:
    scenario = load_scenario("teaching")
    strategies = [scenario.load_strategy(name) for name in ("unified-before-meeting", "self-first-during")]
    return cases.lead_times(scenario, strategies, scenario.seed, range(3))


def drawn(figure: Figure | None) -> bytes:
    """The figure as it is saved; a sign that no font can write is a warning, and so an error."""
    assert figure is not None
    style.dress(figure)
    content = io.BytesIO()
    figure.savefig(content, format="png", dpi=50)
    return content.getvalue()


def words(figure: Figure | None) -> list[str]:
    assert figure is not None
    return [found.get_text() for found in figure.findobj(Text)]


DRAWERS: dict[str, Callable[[Case, str], Figure | None]] = {
    "gantt": gantt,
    "network": network,
    "conflict": lambda case, lang: network(case, lang, "conflict"),
}


@pytest.mark.parametrize("name", DRAWERS)
@pytest.mark.parametrize(
    ("of", "lang"),
    [("teaching", "en"), *(pytest.param(of, "zh", marks=needs_chinese) for of in ("teaching", "company"))],
)
def test_every_figure_of_a_run_says_which_run_it_is(
    of: str, lang: str, name: str, request: pytest.FixtureRequest
) -> None:
    case: Case = request.getfixturevalue(of)
    figure = DRAWERS[name](case, lang)
    assert drawn(figure)
    told = " ".join(words(figure)).replace("\n", " ")
    assert ("seed 1" if lang == "en" else "种子 1") in told
    assert case.strategy.label(lang) in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lead_times_of_few_and_of_many_strategies_are_drawn(times: LeadTimes, lang: str) -> None:
    few = leads(times, lang)
    assert drawn(few)
    assert any("n = 3" in told for told in words(few))
    assert len(many_figure(times, lang).axes) == 3  # by structure
    alone = times._replace(
        strategies=times.strategies[:1], structures=times.structures[:1], timings=times.timings[:1],
        days=times.days[:1], closed=times.closed[:1], gone=times.gone[:1],
    )  # fmt: skip
    assert drawn(leads(alone, lang))


def many_figure(times: LeadTimes, lang: str) -> Figure:
    """Eighteen strategies, by repeating what there is."""
    nine = {name: np.repeat(getattr(times, name), 9, axis=0) for name in ("days", "closed", "gone")}
    structures = tuple(world.STRUCTURES[k % 5] for k in range(18))
    texts = {name: getattr(times, name) * 9 for name in ("strategies", "labels_en", "labels_zh")}
    figure = leads(times._replace(structures=structures, timings=("during",) * 18, **texts, **nine), lang)
    assert drawn(figure)
    assert figure is not None
    return figure


@needs_chinese
def test_the_same_run_is_written_as_the_same_bytes_in_both_languages_and_formats(tmp_path: Path) -> None:
    scenario = load_scenario("teaching").with_values({"ticks": 12})
    strategy = scenario.load_strategy(scenario.baseline)
    one, other = (write_case(scenario, strategy, 3, 1, tmp_path / name) for name in ("one", "other"))
    names = {f"{name}{lang}.{kind}" for name in ("gantt", "network") for lang in ("", ".zh") for kind in ("png", "svg")}
    assert {path.name for path in one} == names == {path.name for path in (tmp_path / "one/figures").iterdir()}
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]


def test_without_a_chinese_font_english_is_written_and_one_warning_given(
    tmp_path: Path, times: LeadTimes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(style, "chinese_font", lambda: None)
    with pytest.warns(UserWarning, match="no Chinese font") as caught:
        written = write_leads(times, tmp_path)
    assert len(caught) == 1
    assert caught[0].filename == __file__  # the caller is told
    assert [path.name for path in written] == ["leads.png", "leads.svg"]


def test_a_run_in_which_nothing_was_closed_still_has_a_chart_but_no_distribution() -> None:
    scenario = load_scenario("teaching").with_values({"ticks": 4, "workload.arrivals": 5.0})
    case = run(scenario)
    assert len(case.journal.world.matters) > 0
    assert not (case.journal.world.matters.life == world.CLOSED).any()
    assert drawn(gantt(case, "en"))
    assert drawn(network(case, "en"))
    assert leads(cases.lead_times(scenario, [case.strategy], 1, range(2)), "en") is None


def test_a_run_without_matters_has_no_chart(teaching: Case) -> None:
    w = teaching.journal.world
    none = w._replace(matters=w.matters[:0], events=w.events[:0])
    assert gantt(teaching._replace(journal=teaching.journal._replace(world=none)), "en") is None


def test_the_spans_of_a_matter_run_from_when_it_arose_to_its_end_without_overlap(company: Case) -> None:
    w, back = company.journal.world, 0
    end, chosen = cases.ends(w), range(len(w.matters))
    for m, spans in zip(chosen, cases.spans(company.journal, chosen), strict=True):
        row = w.matters[m]
        assert spans[0].start == row.arose
        assert spans[-1].end == end[m]
        assert all(span.end > span.start for span in spans)
        gaps = [later.start - earlier.end for earlier, later in pairwise(spans)]
        returns = [span for span in spans if span.standing == cases.BACK]
        assert len(returns) == row.reopened
        assert sum(gap > 0 for gap in gaps) == row.reopened  # closed in between, and only then
        assert min(gaps, default=0.0) >= 0.0
        if row.decided < 0:
            assert cases.DECIDED not in [span.standing for span in spans]
        back += len(returns)
    assert back > 20


def test_the_lead_times_of_a_run_are_those_its_measures_rest_on(times: LeadTimes) -> None:
    scenario = load_scenario("teaching")
    for s, name in enumerate(times.strategies):
        for replicate in range(times.worlds):
            case = cases.finished(scenario, scenario.load_strategy(name), times.seed, replicate)
            measured = dict(zip(NAMES, assess(case.journal.world), strict=True))
            here = times.world == replicate
            assert times.closed[s, here].mean() == pytest.approx(measured["closed"])
            assert times.days[s, here].mean() == pytest.approx(measured["time_in_system"])
            under_way = ~(times.closed[s, here] | times.gone[s, here])
            assert under_way.sum() == (case.journal.world.matters.life < world.CLOSED).sum()


@pytest.mark.parametrize("of", ["teaching", "company"])
def test_strain_load_and_conflict_agree_with_the_measures_of_the_run(of: str, request: pytest.FixtureRequest) -> None:
    w = request.getfixturevalue(of).journal.world
    strain, base = strains(w)
    load, conflict = loads(w), conflicts(w)
    measured = dict(zip(NAMES, assess(w), strict=True))
    assert strain.mean() == pytest.approx(measured["strain"])
    assert (np.abs(strain - base) > 1e-6).any()
    assert (np.abs(strain - base) < 1e-6).any()
    hours = w.actors.coordinated.sum() + w.actors.deciding.sum()
    assert (load * w.actors.capacity).sum() * w.totals[0].horizon >= hours
    assert 0.0 <= load.min() <= load.max() <= 1.0
    per_party = (w.matters.outbreaks + w.matters.secondary) * w.matters.parties
    assert np.nansum(conflict) == per_party.sum()
    leaders = np.isin(w.actors.role, (world.LEADER, world.OFFICE))
    assert np.isnan(conflict[leaders]).all()  # they are never parties


def test_the_chart_shows_matters_at_equal_steps_from_the_beginning_to_the_end(company: Case) -> None:
    figure = gantt(company, "en")
    assert figure is not None
    numbers = [int(label.get_text().split()[-1]) for label in figure.axes[0].get_yticklabels()]
    steps = set(np.diff(numbers).tolist())
    count = len(company.journal.world.matters)
    assert len(steps) == 1
    assert 40 <= len(numbers) <= 50
    assert max(numbers[0], count - numbers[-1]) <= steps.pop()


def test_places_go_from_superiors_down_and_no_two_are_the_same() -> None:
    for organs in (1, 3, 9):
        actors = build(load_scenario("company").with_values({"organisation.organs": organs})).actors
        places = levels(actors, 12.0)
        where = np.column_stack([places.x, places.y]).round(6)
        assert len(np.unique(where, axis=0)) == len(actors)
        assert places.x.min() > 0.0
        assert places.x.max() < 12.0
        assert places.y.max() < places.height
        for organ in range(organs):
            here = actors.organ == organ
            heights = [places.y[here & (actors.role == role)] for role in dict.fromkeys(role for _, role, _ in BANDS)]
            present = [each for each in heights if each.size]
            assert all(upper.max() < lower.min() for upper, lower in pairwise(present))
            peers = here & (actors.role == world.PEER)
            assert places.x[peers].min() > places.x[here & (actors.role == world.DEPARTMENT)].max()


@pytest.mark.parametrize("name", ["teaching", "district", "company"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_in_the_network_hide_neither_each_other_nor_say_their_organ_twice(name: str, lang: str) -> None:
    scenario = load_scenario(name).with_values({"ticks": 10})
    case = run(scenario)
    figure = network(case, lang)
    assert figure is not None
    style.dress(figure)
    figure.draw_without_rendering()
    labels = [label for label in figure.axes[0].texts if label.get_fontsize() == 7]
    actors = case.journal.world.actors
    named = np.isin(actors.role, (world.LEADER, world.OFFICE, world.DEPARTMENT)).sum()
    assert len(labels) >= named
    boxes = [label.get_window_extent() for label in labels]
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    assert not any("organ" in label.get_text() or label.get_text().startswith("第") for label in labels)


def test_an_organisation_that_fills_no_page_has_no_network(company: Case) -> None:
    w = company.journal.world
    crowd = w._replace(actors=np.repeat(w.actors, 6))
    assert network(company._replace(journal=company.journal._replace(world=crowd)), "en") is None


def test_an_unknown_colouring_is_refused(teaching: Case) -> None:
    with pytest.raises(ValueError, match=", ".join(BY)):
        network(teaching, "en", "rank")
