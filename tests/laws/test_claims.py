"""The claims that come with the program: all there, on the pages, each an experiment that can come out either way."""

import re
import sys
from pathlib import Path

import numpy as np
import pytest
from fake_claims import CLAIM_HEAD, END, TEST, WHOLE, claim_of, fake_found

import run
from analysis.claim_outcome import as_json, frame
from analysis.claim_pages import PAGES, page_text, write_pages
from analysis.claim_verdicts import CONTRADICTED, SUPPORTED, VERDICTS, Judged, judge
from analysis.figures.claims import claim_figure, overview
from analysis.figures.style import dress
from analysis.intervals import mean_band
from sim import claim_plans, claim_runs
from sim.claim import Claim, cells, claim_names, load_claim, values
from sim.claim_plans import folder_of, trials
from sim.compiled import COMPILES
from sim.experiment import Interrupted
from sim.kept import load_swept
from sim.labels import LANGUAGES
from sim.measures import NAMES
from sim.progress import Progress
from sim.smallest_effects import SMALLEST

ROOT = Path(run.__file__).parent
COUNT = 51
MAP = '[map]\n"rules.estimate_spread" = [0.1, 0.2, 0.3]\n"rules.stall" = [2, 6]\n'
LINE = '[map]\n"rules.estimate_spread" = [0.1, 0.2, 0.3]\n'
LEVEL = 0.95


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    return [load_claim(name) for name in claim_names()]


def test_every_claim_is_there_once_under_its_number(claims: list[Claim]) -> None:
    assert [claim.number for claim in claims] == list(range(1, COUNT + 1))
    assert [int(claim.name.split("-")[0]) for claim in claims] == list(range(1, COUNT + 1))
    assert all(load_claim(str(claim.number)).name == claim.name for claim in claims)


def test_every_measure_has_a_smallest_difference_that_matters() -> None:
    assert set(SMALLEST) == set(NAMES)


def test_every_claim_has_a_control(claims: list[Claim]) -> None:
    assert [claim.name for claim in claims if not claim.controls] == []


def test_arms_of_a_claim_differ(claims: list[Claim]) -> None:
    for claim in claims:
        _, places = cells(claim)
        assert len(set(places.values())) == len(places), claim.name


def test_what_a_claim_varies_is_never_varied_by_its_sample(claims: list[Claim]) -> None:
    """The sample is of everything assumed that the claim leaves alone."""
    for claim in claims:
        sample = next(each for each in trials(claim, 20) if each.kind == "sample")
        own = {path for arm in claim.arms.values() for path in values(arm.set)} | set(values(claim.home))
        points = sample.plan.design.points
        for column, factor in enumerate(sample.plan.design.factors):
            if factor.path in own:
                assert len(np.unique(points[:, column])) <= len(cells(claim)[0]) + 1, (claim.name, factor.path)


@pytest.mark.skipif(not COMPILES, reason="takes hours where nothing is compiled")
@pytest.mark.slow
@pytest.mark.parametrize("name", claim_names())
def test_an_experiment_can_come_out_the_other_way(name: str, tmp_path: Path) -> None:
    """At home and in the world that turns it the estimates of forty worlds lie on two sides of what matters."""
    claim = load_claim(name).model_copy(update={"controls": ()})
    group = trials(claim, 40)[:1]
    claim_runs.carry_out_all(group, 2, tmp_path)
    found = judge(group, [load_swept(folder_of(tmp_path, each)) for each in group])
    assert found.turned != "not", {base: [each.at(base) for each in found.home] for base in (0, -1)}


def test_the_pages_are_those_of_the_claims(claims: list[Claim]) -> None:
    """Every claim stands on the pages as its file has it, and every picture they show is there."""
    for lang in LANGUAGES:
        end = "" if lang == "en" else f".{lang}"
        full = (ROOT / "docs" / f"claims{end}.md").read_text(encoding="utf-8")
        plain = (ROOT / "docs" / f"claims-in-plain-words{end}.md").read_text(encoding="utf-8")
        for claim in claims:
            assert f'<a id="c{claim.number}"></a>{claim.number}. {claim.title.of(lang)}' in full
            assert claim.statement.of(lang) in full
            assert claim.mechanism.of(lang) in full
            assert (claim.says.holds.of(lang) in plain) or (claim.says.fails.of(lang) in plain)
            assert f"#c{claim.number})" in plain
        figures = re.findall(r"\]\((claims/[^)]+\.png)\)", full)
        assert [name for name in figures if not (ROOT / "docs" / name).exists()] == []


def judged(folder: Path, text: str, effect: float = 9.0) -> Judged:
    group = trials(claim_of(folder, text), 100)

    def truth(arm: str, point: dict[str, float]) -> float:
        return 50.0 - effect * (arm == "with") * (point.get("rules.estimate_spread", 0.1) < 0.25)

    return judge(group, [fake_found(each, truth) for each in group])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("axes", [MAP, LINE, ""], ids=["two", "one", "none"])
def test_a_claim_is_drawn_over_two_conditions_one_or_none(tmp_path: Path, axes: str, lang: str) -> None:
    arm = WHOLE.removeprefix(CLAIM_HEAD).partition("[[tests]]")[0]
    found = judged(tmp_path, CLAIM_HEAD + arm + TEST + axes + END)
    for figure in (claim_figure(found, lang), overview([found], lang)):
        dress(figure)
        words = " ".join(each.get_text() for axis in figure.axes for each in (axis.title, axis.xaxis.label))
        assert words.strip()
        figure.canvas.draw()


def test_both_pages_say_what_came_out_in_both_languages(tmp_path: Path) -> None:
    arm = WHOLE.removeprefix(CLAIM_HEAD).partition("[[tests]]")[0]
    found = [
        judged(tmp_path, text, by)
        for text, by in ((CLAIM_HEAD + arm + TEST + MAP + END, 9.0), (WHOLE, 0.0), (WHOLE, 9.0))
    ]
    assert [each.verdict for each in found] == ["conditional", "contradicted", "supported"]
    written = write_pages(found, tmp_path / "pages")
    assert all(path.stat().st_size for path in written)
    for page in PAGES:
        for lang in LANGUAGES:
            said = page_text(page, found, lang)
            assert "{" not in said
            assert ("甲有好处" in said or "照甲办" in said) == (lang == "zh")


def test_tables_and_json_have_every_test_at_every_base(tmp_path: Path) -> None:
    found = [judged(tmp_path, WHOLE)]
    rows = frame(found)
    assert rows["base"].tolist() == ["home", "otherwise"]
    (told,) = as_json(found)
    assert told["verdict"] in VERDICTS
    assert told["tests"][0]["effect"] == pytest.approx(found[0].home[0].mean[0])


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A claim that is soon tried."""
    monkeypatch.setattr(claim_plans, "SAMPLE", 3)
    file = tmp_path / "01-a.toml"
    file.write_text(WHOLE, encoding="utf-8")
    return file


def test_claims_are_tried_shown_and_written_by_a_command_and_not_run_twice(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["propositions", str(small), "--replicates", "10", "--workers", "2", "--out", str(tmp_path / "out")]
    monkeypatch.setattr(sys, "argv", ["run.py", *command])
    assert run.main() == 0
    assert "Results: " in capsys.readouterr().out
    before = (tmp_path / "out" / "claims.csv").read_bytes()
    assert run.main() == 0
    assert " 0 now " in capsys.readouterr().out
    assert (tmp_path / "out" / "claims.csv").read_bytes() == before
    for page in PAGES:
        assert (tmp_path / "out" / f"{page}.zh.md").is_file()


@pytest.mark.parametrize(
    ("name", "near"), [("52", "no claim of this name"), ("01-one-hos", "did you mean '01-one-host'")]
)
def test_an_unknown_claim_is_refused_with_the_nearest(name: str, near: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["propositions", name]) == 2
    assert near in capsys.readouterr().err


def test_what_was_stopped_goes_on_where_it_was(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    group = trials(load_claim(small), 10)
    whole, parted = tmp_path / "whole", tmp_path / "parted"
    tally = claim_runs.carry_out_all(group, 1, whole)
    seen: list[Progress] = []

    def stop(now: Progress) -> None:
        seen.append(now)
        if now.done > tally.wanted // 2:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted) as caught:
        claim_runs.carry_out_all(group, 1, parted, stop)
    assert 0 < caught.value.tally.ran < tally.wanted
    assert all(now.wanted == tally.wanted for now in seen)
    again = claim_runs.carry_out_all(group, 1, parted)
    assert again.kept + again.ran == tally.wanted
    assert again.kept > 0
    for each in group:
        for measure in ("conflicts", "time_in_system"):
            one, other = (load_swept(folder_of(place, each)).values(measure) for place in (whole, parted))
            np.testing.assert_array_equal(one, other)


def test_the_effect_of_a_real_experiment_is_the_mean_of_its_pairs(small: Path, tmp_path: Path) -> None:
    group = trials(load_claim(small), 10)
    claim_runs.carry_out_all(group, 2, tmp_path / "out")
    swept = [load_swept(folder_of(tmp_path / "out", each)) for each in group]
    found = judge(group, swept)
    runs = swept[0].values("conflicts")
    band = mean_band(np.moveaxis(runs[:, 1] - runs[:, 0], -1, 0), LEVEL)
    np.testing.assert_allclose(found.home[0].mean, band.mean)
    assert found.runs == sum(each.values("conflicts").size for each in swept)
    expected = np.where(found.home[0].high < -2.0, SUPPORTED, np.where(found.home[0].low > -2.0, CONTRADICTED, 0))
    np.testing.assert_array_equal(found.at_home, expected)  # two conflicts fewer per 100 matters are what matters
