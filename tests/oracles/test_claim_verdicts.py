"""Verdicts of claims against hands: what an interval says of the smallest effect that matters, and of a whole claim.

Expected effects are far enough from where a verdict changes that noise (standard deviation 1 on each run, 40 worlds and
more) cannot carry an interval across: the half-width at home is at most 4.5 × √2 / √40 = 1.0.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from fake_claims import CLAIM_HEAD, END, TEST, WHOLE, Truth, claim_of, fake_found

from analysis.claim_verdicts import (
    BESIDE,
    CONFIDENCE,
    CONTRADICTED,
    SUPPORTED,
    UNDECIDED,
    Judged,
    boundary,
    judge,
    margins,
)
from analysis.intervals import mean_band
from sim.claim import claim_names
from sim.claim_plans import trials

MATTERS = 2.0  # conflicts
MAP = '[map]\n"rules.estimate_spread" = [0.1, 0.2, 0.3, 0.4]\n"rules.stall" = [2, 6]\n'
THIRD = '[arms.third]\ntitle = { en = "third", zh = "第三" }\nstrategy = "self-first"\n'
PLACES = "".join(
    f'[[places]]\ntitle = {{ en = "load {load}", zh = "负荷 {load}" }}\nset = {{ "workload.arrivals" = {load} }}\n'
    for load in (0.3, 0.9)
)


def judged(folder: Path, truth: Truth, text: str = WHOLE, replicates: int = 200, noise: float = 1.0) -> Judged:
    claim = claim_of(folder, text)
    group = trials(claim, replicates)
    return judge(group, [fake_found(each, truth, noise) for each in group])


def lowered(by: float) -> Truth:
    return lambda arm, point: 50.0 - by * (arm == "with")


@pytest.mark.parametrize(
    ("by", "verdict"),
    [(5.0, "supported"), (0.0, "contradicted"), (-5.0, "contradicted"), (2.0, "undecided")],
)
def test_an_effect_is_held_against_the_smallest_that_matters(tmp_path: Path, by: float, verdict: str) -> None:
    found = judged(tmp_path, lowered(by))
    assert found.verdict == verdict
    assert found.home[0].mean[0] == pytest.approx(-by, abs=1.0)


def test_the_interval_at_home_is_that_of_the_pairs_at_the_level_shared_by_all_claims(tmp_path: Path) -> None:
    claim = claim_of(tmp_path)
    home = next(each for each in trials(claim, 200) if each.kind == "home")
    swept = fake_found(home, lowered(5.0))
    runs = swept.values("conflicts")[0]
    order = [each.name for each in claim.strategies]
    band = mean_band(
        runs[order.index("with")] - runs[order.index("without")], 1 - (1 - CONFIDENCE) / 2 / len(claim_names()) / 2
    )
    (effects,) = judged(tmp_path, lowered(5.0)).home
    assert [effects.mean[0], effects.low[0], effects.high[0]] == pytest.approx(
        [float(x) for x in (band.mean, band.low, band.high)]
    )


def test_a_claim_of_several_parts_needs_all_and_of_alternatives_one(tmp_path: Path) -> None:
    more = TEST.replace('"less"', '"more"')
    cases = {
        CLAIM_HEAD + _arm() + TEST + more + END: "contradicted",
        CLAIM_HEAD + _arm() + TEST + 'part = "any"\n' + more + 'part = "any"\n' + END: "supported",
    }
    for text, verdict in cases.items():
        assert judged(tmp_path, lowered(5.0), text).verdict == verdict


def _arm() -> str:
    return WHOLE.removeprefix(CLAIM_HEAD).partition("[[tests]]")[0]


def test_an_interaction_is_the_difference_of_differences(tmp_path: Path) -> None:
    text = CLAIM_HEAD + _arm()
    for name, effort in (("both", ', "strategy.effort" = 2.0'), ("other", "")):
        text += THIRD.replace("third", name).replace("self-first", "unified-before-meeting")
        text += f'set = {{ "workload.drift_rate" = 0.02{effort} }}\n'
    text += TEST.replace("{ with = 1, without = -1 }", "{ both = 1, other = -1, with = -1, without = 1 }") + END
    truth = {"without": 10.0, "with": 8.0, "other": 30.0, "both": 20.0}
    found = judged(tmp_path, lambda arm, point: truth[arm], text)
    assert found.home[0].mean[0] == pytest.approx((20.0 - 30.0) - (8.0 - 10.0), abs=1.5)
    assert found.verdict == "supported"


@pytest.mark.parametrize(("slope", "verdict"), [(20.0, "supported"), (0.0, "contradicted")])
def test_what_turns_has_one_sign_at_one_place_and_the_other_at_another(
    tmp_path: Path, slope: float, verdict: str
) -> None:
    text = CLAIM_HEAD + _arm() + TEST.replace('"less"', '"turns"') + PLACES + END
    found = judged(
        tmp_path, lambda arm, point: slope * (point["workload.arrivals"] - 0.6) * (arm == "with") + 9.0, text
    )
    assert found.verdict == verdict
    assert found.home[0].mean[0] == pytest.approx(0.3 * slope, abs=1.0)


def test_over_places_more_and_less_are_said_of_the_mean(tmp_path: Path) -> None:
    text = CLAIM_HEAD + _arm() + TEST + PLACES + END
    found = judged(tmp_path, lambda arm, point: -10.0 * (point["workload.arrivals"] > 0.5) * (arm == "with"), text)
    assert found.home[0].mean[0] == pytest.approx(-5.0, abs=1.0)


@pytest.mark.parametrize(("one", "other", "verdict"), [(-9.0, 3.0, "supported"), (3.0, -9.0, "contradicted")])
def test_an_effect_outweighs_another_by_size_and_not_by_sign(
    tmp_path: Path, one: float, other: float, verdict: str
) -> None:
    text = CLAIM_HEAD + _arm() + THIRD
    text += TEST.replace('"less"', '"more"') + "against = [{ third = 1, without = -1 }]\n" + END
    truth = {"without": 50.0, "with": 50.0 + one, "third": 50.0 + other}
    found = judged(tmp_path, lambda arm, point: truth[arm], text)
    assert found.verdict == verdict
    assert found.home[0].mean[0] == pytest.approx(abs(one) - abs(other), abs=1.0)


def test_of_a_linear_lead_the_jackknife_is_the_t_interval_itself(tmp_path: Path) -> None:
    """While both sizes keep their sign, |a| − |b| is linear in the means, and the jackknife changes nothing."""
    text = CLAIM_HEAD + _arm() + THIRD
    text += TEST.replace('"less"', '"more"') + "against = [{ third = 1, without = -1 }]\n" + END
    plain = text.replace("against = [{ third = 1, without = -1 }]\n", "").replace(
        "{ with = 1, without = -1 }", "{ with = 1, third = -1 }"
    )
    truth = {"without": 50.0, "with": 59.0, "third": 53.0}
    one, other = (judged(tmp_path, lambda arm, point: truth[arm], each).home[0] for each in (text, plain))
    np.testing.assert_allclose([one.mean[0], one.low[0], one.high[0]], [other.mean[0], other.low[0], other.high[0]])


def mapped(limit: float) -> Callable[[str, dict[str, float]], float]:
    return lambda arm, point: -9.0 * (arm == "with") * (point.get("rules.estimate_spread", 0.2) < limit)


def test_a_claim_that_holds_in_one_part_of_the_map_and_fails_in_another_is_conditional(tmp_path: Path) -> None:
    text = CLAIM_HEAD + _arm() + TEST + MAP + END
    found = judged(tmp_path, mapped(0.25), text, 400)
    assert found.verdict == "conditional"
    assert found.at_map.tolist() == [SUPPORTED] * 4 + [CONTRADICTED] * 4
    edge = boundary(found)
    assert edge is not None
    assert (edge.path, edge.holds_below, edge.last, edge.first, edge.right) == (
        "rules.estimate_spread",
        True,
        0.2,
        0.3,
        1.0,
    )


@pytest.mark.parametrize(("limit", "verdict"), [(9.0, "supported"), (0.0, "contradicted")])
def test_a_map_that_says_one_thing_everywhere_makes_nothing_conditional(
    tmp_path: Path, limit: float, verdict: str
) -> None:
    found = judged(tmp_path, mapped(limit), CLAIM_HEAD + _arm() + TEST + MAP + END, 400)
    assert found.verdict == verdict
    assert boundary(found) is None


def test_the_share_of_the_space_counts_the_points_whose_estimate_holds(tmp_path: Path) -> None:
    """A claim that holds below the middle of one assumed parameter's range holds at half of the sample's points."""
    claim = claim_of(tmp_path)
    sample = next(each for each in trials(claim) if each.kind == "sample").plan.design
    column = [factor.path for factor in sample.factors].index("rules.stall")
    middle = float(np.median(sample.points[:, column]))
    found = judged(tmp_path, lambda arm, point: -9.0 * (arm == "with") * (point.get("rules.stall", 0.0) < middle))
    assert found.share is not None
    assert found.share.holds.mean == pytest.approx(0.5, abs=0.02)
    assert found.share.surely == pytest.approx(0.5, abs=0.05)


def test_a_control_passes_where_nothing_is_seen_and_fails_where_the_effect_is(tmp_path: Path) -> None:
    control = '[[controls]]\ntitle = { en = "off", zh = "关闭" }\nset = { "rules.stall" = 0.0 }\n'
    text = CLAIM_HEAD + _arm() + TEST + control + END
    silent = judged(tmp_path, lambda arm, point: -9.0 * (arm == "with") * ("rules.stall" not in point), text)
    assert silent.controls == "nothing"
    assert silent.at_home.tolist() == [SUPPORTED, CONTRADICTED, SUPPORTED]
    assert judged(tmp_path, lowered(9.0), text).controls == "all"


def test_what_a_control_still_shows_of_a_claim_of_several_parts_is_told(tmp_path: Path) -> None:
    control = '[[controls]]\ntitle = { en = "off", zh = "关闭" }\nset = { "rules.stall" = 0.0 }\n'
    text = CLAIM_HEAD + _arm() + TEST + TEST.replace("conflicts", "outbreaks").replace("less", "more") + control + END
    found = judged(tmp_path, lambda arm, point: -9.0 * (arm == "with"), text)
    assert found.at_home[1] == CONTRADICTED
    assert (found.controls, found.shown(1)) == ("part", [0])


def test_no_sentence_about_the_map_is_wrong_about_home(tmp_path: Path) -> None:
    """It holds below .25 but at home, which stands at .2 there: a sentence that says otherwise is not said."""
    text = CLAIM_HEAD + _arm() + TEST + MAP + '[home]\n"rules.estimate_spread" = 0.2\n' + END

    def truth(arm: str, point: Mapping[str, float]) -> float:
        here = point["rules.estimate_spread"] == 0.2 and "rules.stall" not in point
        return -9.0 * (arm == "with") * (point["rules.estimate_spread"] < 0.25) * (not here)

    found = judged(tmp_path, truth, text, 400)
    assert (found.verdict, found.at_home[0]) == ("conditional", CONTRADICTED)
    assert boundary(found) is None


def test_what_else_differs_is_that_of_the_arms_that_decide(tmp_path: Path) -> None:
    found = judged(tmp_path, lowered(5.0))
    assert set(found.beside) == set(BESIDE)
    assert found.beside["conflicts"].mean == pytest.approx(-5.0, abs=1.0)


def test_the_margin_is_that_of_the_weakest_part_in_multiples_of_what_matters(tmp_path: Path) -> None:
    found = judged(tmp_path, lowered(6.0))
    mean, low, high = margins(found)
    assert mean == pytest.approx(3.0, abs=0.5)
    assert low < mean < high


def test_what_was_never_measured_decides_nothing(tmp_path: Path) -> None:
    found = judged(tmp_path, lambda arm, point: float("nan"))
    assert found.verdict == "undecided"
    assert found.at_home.tolist() == [UNDECIDED] * 2
