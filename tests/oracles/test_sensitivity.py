"""Sensitivity against known answers: Ishigami's function, a linear function, SALib, scipy, and a known threshold."""

import numpy as np
import pytest
from fake_swept import factors, fake_swept
from SALib.analyze import morris
from scipy.stats import ks_2samp

from analysis.deciding import contested, deciders, shares, verdict
from analysis.deciding_wording import sentences
from analysis.intervals import Floats
from analysis.sensitivity import elementary_effects, indices, interactions, noise_share, screening, tornado
from sim.design import Design, Factor, grid, lattice, one_at_a_time, sample

EXACT = {"noise": 0.0, "shared": 0.0, "replicates": 2}
REACH = np.pi  # of Ishigami's factors, from -π to π


def slanting(points: Floats, s: int) -> Floats:
    """Who is better depends on the first factor and, less, on the second."""
    return np.asarray(s * (points[:, 0] - 0.35 + 0.1 * (points[:, 1] - 2.5)))


def design_of(kind: str, own: tuple[Factor, ...], size: int, seed: int = 3) -> Design:
    return Design(kind, own, sample(kind, own, size, seed, 4, False), (), 4 if kind == "morris" else 0)


def ishigami(points: Floats, _: int) -> Floats:
    x, y, z = (2.0 * points - 1.0).T * REACH
    return np.sin(x) + 7.0 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)


def linear(points: Floats, s: int) -> Floats:
    return points @ (np.arange(points.shape[1]) + 1.0 + s)


def threshold(points: Floats, s: int) -> Floats:
    """The second strategy has less, which is better, above 0.7 of the first factor, and more below."""
    return 10.0 + s * np.where(points[:, 0] > 0.7, -1.0, 1.0)


def test_sobol_indices_of_ishigami_are_the_known_ones() -> None:
    swept = fake_swept(design_of("sobol", factors(3, unit=True), 1024), ishigami, **EXACT)
    found = indices(swept, "conflicts", swept.baseline)
    # Ishigami & Homma (1990) with a = 7, b = 0.1; the variance is a²/8 + bπ⁴/5 + b²π⁸/18 + 1/2
    total = 49.0 / 8.0 + 0.1 * np.pi**4 / 5.0 + 0.01 * np.pi**8 / 18.0 + 0.5
    alone = np.array([(1.0 + 0.1 * np.pi**4 / 5.0) ** 2 / 2.0, 49.0 / 8.0, 0.0]) / total
    together = alone + np.array([1.0, 0.0, 1.0]) * 8.0 * 0.01 * np.pi**8 / 225.0 / total
    for name, known in (("s1", alone), ("st", together)):
        # a quasi-random sample is nearer to the truth than the interval says: one half-width beside it is ample
        half = (found[f"{name}_high"] - found[f"{name}_low"]) / 2.0
        assert (np.abs(found[name] - known) < half + 1e-9).all(), name
        assert (half < 0.15).all()


def test_sobol_interactions_of_ishigami_are_between_its_first_and_third_factor() -> None:
    own = factors(3, unit=True)
    design = Design("sobol", own, sample("sobol", own, 1024, 3, 4, True), (), 0, True)
    swept = fake_swept(design, ishigami, **EXACT)
    found = interactions(swept, "conflicts", swept.baseline).set_index(["factor", "other"])
    total = 49.0 / 8.0 + 0.1 * np.pi**4 / 5.0 + 0.01 * np.pi**8 / 18.0 + 0.5
    known = {(0, 1): 0.0, (0, 2): 8.0 * 0.01 * np.pi**8 / 225.0 / total, (1, 2): 0.0}
    for (one, other), share in known.items():
        row = found.loc[(own[one].path, own[other].path)]
        assert abs(row["s2"] - share) < (row["s2_high"] - row["s2_low"]) / 2.0  # as above
        assert row["s2_high"] - row["s2_low"] < 0.4
    again = indices(swept, "conflicts", swept.baseline)
    assert again["st"].to_numpy() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.05)
    with pytest.raises(ValueError, match="second_order"):
        interactions(fake_swept(design_of("sobol", own, 8), ishigami, **EXACT), "conflicts", swept.baseline)


def test_sobol_leaves_out_base_points_with_a_run_missing() -> None:
    own = factors(3, unit=True)
    once = EXACT | {"replicates": 1}
    whole = fake_swept(design_of("sobol", own, 32), linear, **once)
    holed = fake_swept(design_of("sobol", own, 32), linear, gaps=0.05, **once)
    n = indices(holed, "conflicts", holed.baseline)["n"]
    assert indices(whole, "conflicts", whole.baseline)["n"].eq(32).all()
    assert n.between(10, 31).all()


@pytest.mark.parametrize("against", [False, True])
def test_morris_effects_of_a_linear_function_are_its_slopes_over_the_range(against: bool) -> None:
    own = factors(5)  # two of them whole numbers, whose steps are rounded
    swept = fake_swept(design_of("morris", own, 20), linear, **EXACT)
    found = screening(swept, "conflicts", swept.strategies[1], swept.baseline if against else "")
    reach = np.array([factor.high - factor.low for factor in own])
    slopes = np.ones(5) if against else np.arange(5) + 2.0
    assert found["mu_star"].to_numpy() == pytest.approx(slopes * reach)
    assert found["mu"].to_numpy() == pytest.approx(slopes * reach)
    assert found["sigma"].to_numpy() == pytest.approx(0.0, abs=1e-9)
    assert found["noise"].to_numpy() == pytest.approx(0.0, abs=1e-9)


def test_morris_agrees_with_salib_where_nothing_is_rounded() -> None:
    design = design_of("morris", factors(3, unit=True), 30)
    means = ishigami(design.points, 0)
    theirs = morris.analyze(design.problem(), design.points, means, num_levels=4, seed=1)
    ours = elementary_effects(design, means)
    assert np.abs(ours).mean(axis=0) == pytest.approx(np.asarray(theirs["mu_star"]))
    assert ours.std(axis=0, ddof=1) == pytest.approx(np.asarray(theirs["sigma"]))


def test_a_tornado_of_a_linear_function_is_exact_though_worlds_differ() -> None:
    own = factors(4)
    design = Design("tornado", own, one_at_a_time(own))
    swept = fake_swept(design, linear, noise=0.0, shared=5.0, replicates=6)
    found = tornado(swept, "conflicts", swept.baseline)
    for f, factor in enumerate(own):
        row = found.loc[found["factor"] == factor.path].iloc[0]
        assert row["low_effect"] == pytest.approx((f + 1) * (factor.low - factor.default), abs=1e-9)
        assert row["high_effect"] == pytest.approx((f + 1) * (factor.high - factor.default), abs=1e-9)
        assert row["high_ci_high"] - row["high_ci_low"] == pytest.approx(0.0, abs=1e-9)


def test_a_tornado_is_found_in_a_grid_and_refused_where_no_point_differs_in_one_factor() -> None:
    own = factors(2, unit=True)
    swept = fake_swept(Design("factorial", own, grid([[0.0, 0.5, 1.0], [0.0, 0.5, 1.0]])), linear, **EXACT)
    found = tornado(swept, "conflicts", swept.baseline)
    assert found[["low", "centre", "high"]].to_numpy().tolist() == [[0.0, 0.5, 1.0]] * 2
    assert found["high_effect"].to_numpy() == pytest.approx([0.5, 1.0])
    with pytest.raises(ValueError, match="one factor alone"):
        tornado(fake_swept(design_of("latin", own, 5), linear, **EXACT), "conflicts", swept.baseline)


@pytest.mark.parametrize("gaps", [0.0, 0.1])
def test_the_share_of_noise_is_the_one_put_in_however_much_worlds_differ(gaps: float) -> None:
    rng = np.random.default_rng(5)
    points, replicates, noise = 400, 10, 2.0
    truth = rng.normal(0.0, 1.0, (points, 1))
    runs = truth + rng.normal(0.0, 30.0, (1, replicates)) + rng.normal(0.0, noise, (points, replicates))
    known = noise**2 / replicates / (noise**2 / replicates + 1.0)
    if not gaps:
        # both variances rest on some 400 degrees of freedom or more: relative errors of √(2 / 400) each; three of them
        assert noise_share(runs) == pytest.approx(known, rel=3.0 * np.sqrt(2.0 / points + 2.0 / (points * 9.0)))
        return
    runs[rng.random(runs.shape) < gaps] = np.nan  # the means then hold other worlds, which lifts their variance
    assert 0.0 < noise_share(runs) < known


def test_noise_alone_explains_everything_and_one_replicate_nothing() -> None:
    rng = np.random.default_rng(6)
    # the ratio of two estimates of one variance, on 299 and 299 x 9 degrees of freedom: three standard errors
    assert noise_share(rng.normal(0.0, 1.0, (300, 10))) == pytest.approx(1.0, abs=3.0 * np.sqrt(2.0 / 299.0))
    assert np.isnan(noise_share(rng.normal(0.0, 1.0, (300, 1))))
    assert np.isnan(noise_share(np.ones((300, 4))))


def test_distances_and_their_p_are_scipys() -> None:
    swept = fake_swept(design_of("latin", factors(4), 150), noise=2.0, replicates=8)
    pair = (swept.strategies[1], swept.baseline)
    verdicts = verdict(swept, "conflicts", *pair)
    found = deciders(swept, "conflicts", *pair).set_index("factor")
    assert (verdicts > 0).sum() > 10 < (verdicts < 0).sum()
    for f, factor in enumerate(swept.design.factors):
        x = swept.design.points[:, f]
        known = ks_2samp(x[verdicts > 0], x[verdicts < 0], method="exact")
        assert found.loc[factor.path, "distance"] == pytest.approx(known.statistic)
        assert found.loc[factor.path, "p"] == pytest.approx(known.pvalue, rel=1e-6)


def test_a_known_threshold_is_found_and_said() -> None:
    swept = fake_swept(design_of("latin", factors(3, unit=True), 200), threshold, replicates=5, noise=0.01)
    pair = contested(swept, "conflicts")
    assert pair == (swept.strategies[1], swept.baseline)
    top = deciders(swept, "conflicts", *pair).iloc[0]
    assert top["factor"] == "rules.factor_0"
    assert top["boundary"] == pytest.approx(0.7, abs=1.0 / 200.0)  # a Latin sample has a point in every 200th
    assert (top["distance"], top["above_share"], top["below_share"]) == (1.0, 1.0, 0.0)
    found = shares(verdict(swept, "conflicts", *pair), swept.design)
    assert found.first.mean == pytest.approx(0.3, abs=0.005)
    assert found.first.low < 0.3 < found.first.high
    english = sentences(swept, "conflicts", *pair, "en")
    assert (
        "above 0.7, ‘unified, before, by talks’ is better in 100 % of the decided points; below, in 0 %" in english[1]
    )
    assert "高于 0.7 时" in sentences(swept, "conflicts", *pair, "zh")[1]


def test_a_verdict_that_never_turns_or_never_falls_is_said_so() -> None:
    design = design_of("latin", factors(2), 30)
    ahead = fake_swept(design, lambda points, s: 10.0 - s + 0.0 * points[:, 0], noise=0.01)
    pair = (ahead.strategies[1], ahead.baseline)
    said = sentences(ahead, "conflicts", *pair, "en")[1]
    assert said.startswith("At none of the 30 points compared is ‘unified, before, by meeting’ surely better")
    assert "“统一协调·事前·会议”" in sentences(ahead, "conflicts", *pair, "zh")[1]
    assert deciders(ahead, "conflicts", *pair)["distance"].isna().all()
    equal = fake_swept(design, lambda points, s: 0.0 * points[:, 0], noise=0.0)
    said = sentences(equal, "conflicts", *pair, "en")[1]
    assert said == "At none of the 30 points compared is either of the two surely better."
    once = fake_swept(design, lambda points, s: 10.0 - s + 0.0 * points[:, 0], replicates=1)
    (said,) = sentences(once, "conflicts", *pair, "en")
    assert "no point can be compared" in said


@pytest.mark.parametrize(("above", "few"), [(4, True), (5, False)])
def test_what_decides_is_said_only_with_enough_points_on_either_side(above: int, few: bool) -> None:
    design = design_of("latin", factors(2, unit=True), 40)
    cut = np.sort(design.points[:, 0])[-above] - 1e-9
    swept = fake_swept(design, lambda points, s: 10.0 + s * np.where(points[:, 0] > cut, -1.0, 1.0), noise=0.01)
    pair = (swept.strategies[1], swept.baseline)
    frame = deciders(swept, "conflicts", *pair)
    assert frame["distance"].iloc[0] == 1.0
    assert frame[["p", "p_holm"]].isna().all(axis=None) == few
    said = sentences(swept, "conflicts", *pair, "en")[1]
    assert said.startswith("Too few points to say what decides" if few else "What decides is")
    assert few == ("better at 4 of them" in said)


def test_points_of_a_trajectory_do_not_count_each() -> None:
    swept = fake_swept(design_of("morris", factors(4, unit=True), 10), slanting, noise=0.01)
    pair = (swept.strategies[1], swept.baseline)
    verdicts = verdict(swept, "conflicts", *pair)
    ahead, behind = int((verdicts > 0).sum()), int((verdicts < 0).sum())
    assert min(ahead, behind) > 5 > min(ahead, behind) // 5
    shared, few = sentences(swept, "conflicts", *pair, "en")
    assert "drawn in groups" in shared
    assert f"better at {ahead} of them, ‘unified, before, by meeting’ at {behind}, which count for {ahead // 5}" in few


def test_a_grid_has_no_interval_no_p_and_no_sentence_on_the_space() -> None:
    swept = fake_swept(Design("factorial", factors(2), grid([np.linspace(0.1, 0.6, 6), [1.0, 2.0]])), noise=0.01)
    pair = (swept.strategies[1], swept.baseline)
    found = shares(verdict(swept, "conflicts", *pair), swept.design)
    assert found.first.mean == 0.5
    assert np.isnan([end for share in found for end in (share.low, share.high)]).all()
    frame = deciders(swept, "conflicts", *pair)
    assert frame[["p", "p_holm", "above_low", "below_high"]].isna().all(axis=None)
    assert frame["above_share"].iloc[0] in (0.0, 1.0)
    with pytest.raises(ValueError, match="sample"):
        sentences(swept, "conflicts", *pair, "en")


def test_a_factor_without_influence_is_not_said_to_decide() -> None:
    rng = np.random.default_rng(9)
    design = design_of("latin", factors(4), 100)
    lots = rng.choice([-1.0, 1.0], 100)
    swept = fake_swept(design, lambda points, s: s * lots, noise=0.01)
    found = sentences(swept, "conflicts", swept.strategies[1], swept.baseline, "en")
    # by Holm one sweep in twenty says otherwise; more replicates do not change that, so the p is looked at too
    least = deciders(swept, "conflicts", swept.strategies[1], swept.baseline)["p_holm"].min()
    assert found[1].startswith("No factor decides surely") == (least >= 0.05)


def test_samples_that_repeat_their_values_count_for_fewer_points() -> None:
    design = design_of("latin", factors(3), 150)
    found = []
    for kind in ("latin", "sobol", "morris"):  # the same points, said to be of another kind
        swept = fake_swept(design._replace(kind=kind), slanting, noise=0.01, replicates=8)
        found.append(deciders(swept, "conflicts", swept.strategies[1], swept.baseline).iloc[0])
    assert found[0]["distance"] == found[1]["distance"] == found[2]["distance"]
    assert 0.0 < found[0]["p"] < found[1]["p"] < found[2]["p"]


def test_kinds_of_design_are_not_mistaken_for_one_another() -> None:
    swept = fake_swept(Design("mixture", factors(3, unit=True), lattice(3, 3)))
    for table in (screening, indices):
        with pytest.raises(ValueError, match="needs a design of kind"):
            table(swept, "conflicts", swept.baseline)
    with pytest.raises(ValueError, match="direction"):
        verdict(swept, "rounds", swept.strategies[1], swept.baseline)
