"""Which factor moves a measure, and how much: screening (Morris), shares of variance (Sobol), one at a time (tornado).

What is explained is either a strategy's mean of a measure over the replicates at each point, or, paired by replicate,
the difference between two strategies.  Every table says how much of the variance over points is mere replicate noise.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.compare import KEY, write_whole
from analysis.deciding import SAMPLES, deciders
from analysis.intervals import Floats, mean_band
from analysis.response import csv_lines, direction, over_replicates
from sim.design import Design
from sim.kept import Swept

RESAMPLES = 200  # of base points, for the intervals of Sobol indices
_SWEEPS = 50  # of alternating means, which settle an incomplete table; a complete one needs one


def runs_of(swept: Swept, measure: str, strategy: str, against: str = "") -> Floats:
    """What is to be explained, shape (P, R): a measure of ``strategy``, less that of ``against`` if one is named."""
    values = swept.values(measure)
    chosen = values[:, swept.strategies.index(strategy)]
    return np.asarray(chosen - values[:, swept.strategies.index(against)] if against else chosen)


def noise_share(runs: Floats) -> float:
    """Share of the variance over points of the means of ``runs``, (P, R), that is replicate noise; NaN if unknown."""
    noise, variance = noise_variance(runs)
    return min(noise / variance, 1.0) if variance > 0.0 else np.nan


def noise_variance(runs: Floats) -> tuple[float, float]:
    """What replicate noise adds to the variance over points of the means of ``runs``, (P, R), and that variance.

    A world lifts or lowers all points alike (common random numbers), which moves no point against another; what is
    left of a run after its point's mean and its world's (two-way analysis of variance, one run per cell) is noise,
    with variance σ² and (P - 1)(R - 1) degrees of freedom.  It adds mean(σ² / n).  NaN if unknown.
    """
    runs = runs[np.isfinite(runs).any(axis=1)][:, np.isfinite(runs).any(axis=0)]
    there = np.isfinite(runs)
    freedom = int(there.sum()) - sum(runs.shape) + 1
    if freedom < 1 or len(runs) < 2:
        return np.nan, np.nan
    n, columns = there.sum(axis=1), there.sum(axis=0)
    means = np.where(there, runs, 0.0).sum(axis=1) / n
    left = np.where(there, runs - means[:, None], 0.0)
    for _ in range(1 if there.all() else _SWEEPS):
        left = np.where(there, left - left.sum(axis=0) / columns, 0.0)
        left = np.where(there, left - (left.sum(axis=1) / n)[:, None], 0.0)
    return float((left**2).sum()) / freedom * float((1.0 / n).mean()), float(means.var(ddof=1))


def elementary_effects(design: Design, means: Floats) -> Floats:
    """Morris's effects, (T, F): change of ``means``, (P,), per step of a factor, scaled to its whole range.

    Divided by the step as taken, not as planned, since whole numbers are rounded; NaN where rounding left no step or
    a run is missing (Morris 1991).
    """
    count = len(design.factors)
    reach = np.array([factor.high - factor.low for factor in design.factors])
    points = design.points.reshape(-1, count + 1, count)
    changes = np.diff(means.reshape(-1, count + 1), axis=1)[:, :, None]  # (T, step, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        steps = np.diff(points, axis=1) / reach  # (T, step, F), of which one step moves a factor
        effects = np.where(steps != 0.0, changes / steps, 0.0).sum(axis=1)
    return np.where((steps != 0.0).any(axis=1), effects, np.nan)


def screening(swept: Swept, measure: str, strategy: str, against: str = "") -> pd.DataFrame:
    """A row per factor of a Morris design: what going through its whole range does, on average.

    ``mu_star``, the mean size of the elementary effects (Campolongo et al. 2007), with its 95 % t interval over the
    trajectories; ``mu``, their mean with sign; ``sigma``, their standard deviation: effects that differ from place to
    place, by curvature or because factors act together.  ``n`` trajectories.
    """
    _expect(swept, "morris")
    runs = runs_of(swept, measure, strategy, against)
    effects = elementary_effects(swept.design, over_replicates(runs).mean)
    size, signed = mean_band(np.abs(effects)), mean_band(effects)
    with np.errstate(invalid="ignore", divide="ignore"):
        squares = np.where(np.isfinite(effects), (effects - signed.mean) ** 2, 0.0).sum(axis=0)
        sigma = np.where(signed.n > 1, np.sqrt(squares / (signed.n - 1)), np.nan)
    columns = {"n": size.n, "mu": signed.mean, "mu_star": size.mean, "ci_low": np.maximum(size.low, 0.0)}
    return _factor_rows(swept, columns | {"ci_high": size.high, "sigma": sigma, "noise": noise_share(runs)})


def indices(swept: Swept, measure: str, strategy: str, against: str = "", *, seed: int | None = None) -> pd.DataFrame:
    """A row per factor of a Sobol design: its share of the variance alone (``s1``) and with others (``st``).

    Saltelli et al. (2010) and Jansen's total index, by SALib; 95 % intervals of the normal distribution from
    ``RESAMPLES`` bootstrap resamples.  Base points with a run missing are left out; ``n`` are kept.  NaN without
    variance, or with fewer than two base points.
    """
    _expect(swept, "sobol")
    runs = runs_of(swept, measure, strategy, against)
    blocks = _saltelli_blocks(swept.design, over_replicates(runs).mean, pairs=False)
    found = _analysed(swept, blocks, False, seed)
    first, total = np.asarray(found["S1"]), np.asarray(found["ST"])
    columns = {"n": len(blocks), "s1": first, "s1_low": first - found["S1_conf"], "s1_high": first + found["S1_conf"]}
    columns |= {"st": total, "st_low": total - found["ST_conf"], "st_high": total + found["ST_conf"]}
    return _factor_rows(swept, columns | {"noise": noise_share(runs)})


def interactions(
    swept: Swept, measure: str, strategy: str, against: str = "", *, seed: int | None = None
) -> pd.DataFrame:
    """A row per pair of factors of a Sobol design of second order: the share of the variance that both give together,
    beyond what each gives alone (``s2``), as ``indices`` has the others (Saltelli 2002).
    """
    if not swept.design.second_order:
        raise ValueError("this needs a design of kind 'sobol' with second_order")
    blocks = _saltelli_blocks(
        swept.design, over_replicates(runs_of(swept, measure, strategy, against)).mean, pairs=True
    )
    found = _analysed(swept, blocks, True, seed)
    one, other = np.triu_indices(len(swept.design.factors), 1)
    paths = np.array([factor.path for factor in swept.design.factors])
    s2, half = found["S2"][one, other], found["S2_conf"][one, other]
    columns = {"n": len(blocks), "s2": s2, "s2_low": s2 - half, "s2_high": s2 + half}
    return pd.DataFrame({"factor": paths[one], "other": paths[other]} | columns)


def _analysed(swept: Swept, blocks: Floats, pairs: bool, seed: int | None) -> dict[str, Floats]:
    """SALib's indices of blocks of points; all NaN where there is no variance, or fewer than two blocks."""
    count = len(swept.design.factors)
    if len(blocks) < 2 or np.ptp(blocks) == 0.0:
        single, double = np.full(count, np.nan), np.full((count, count), np.nan)
        return {"S1": single, "S1_conf": single, "ST": single, "ST_conf": single, "S2": double, "S2_conf": double}
    from SALib.analyze import sobol

    # SALib would take a seed of 0 for none
    with np.errstate(divide="ignore", invalid="ignore"):
        found = sobol.analyze(
            swept.design.problem(), blocks.ravel(), calc_second_order=pairs, num_resamples=RESAMPLES,
            seed=1 + (swept.seed if seed is None else seed),
        )  # fmt: skip
    return {name: np.asarray(values) for name, values in found.items()}


def tornado(swept: Swept, measure: str, strategy: str, against: str = "") -> pd.DataFrame:
    """A row per factor moved alone to its low and its high: change from the centre, paired by replicate.

    Columns: the values ``low``, ``centre``, ``high``; at the low ``low_n``, ``low_effect``, ``low_ci_low`` and
    ``low_ci_high``, and so for the high; ``at_centre``, the mean there.  A design without such points is a ValueError.
    """
    centre, rows = one_at_a_time_rows(swept.design)
    runs, points = runs_of(swept, measure, strategy, against), swept.design.points
    columns: dict[str, Any] = {"factor": [swept.design.factors[f].path for f in rows]}
    pairs = np.array(list(rows.values()), dtype=np.int64).reshape(-1, 2)
    places = list(rows)
    columns |= {"low": points[pairs[:, 0], places], "centre": points[centre, places]}
    columns["high"] = points[pairs[:, 1], places]
    for side, row in zip(("low", "high"), pairs.T, strict=True):
        band = over_replicates(runs[row] - runs[centre])
        columns |= {f"{side}_n": band.n, f"{side}_effect": band.mean}
        columns |= {f"{side}_ci_low": band.low, f"{side}_ci_high": band.high}
    return pd.DataFrame(columns | {"at_centre": over_replicates(runs[centre : centre + 1]).mean[0]})


def one_at_a_time_rows(design: Design) -> tuple[int, dict[int, tuple[int, int]]]:
    """The row of the centre, and per factor moved alone the rows at its least and its greatest value.

    The centre is the point of the defaults if it is there, else the point that most others differ from in one factor.
    A side on which a factor was not moved is the centre itself.  ValueError if no point differs in one factor alone.
    """
    points = design.points
    alone = np.zeros((len(points), len(points)), dtype=np.int64)
    for column in np.nan_to_num(points, nan=-np.inf).T:  # NaN, where a point leaves a factor as it is, equals itself
        alone += column[:, None] != column
    defaults = [factor.default for factor in design.factors]
    at_default = np.flatnonzero((points == defaults).all(axis=1))
    centre = int(at_default[0]) if at_default.size else int((alone == 1).sum(axis=1).argmax())
    near = np.flatnonzero(alone[centre] == 1)
    rows = {}
    for f in range(points.shape[1]):
        moved = np.append(centre, near[points[near, f] != points[centre, f]])
        if moved.size > 1:
            rows[f] = (int(moved[points[moved, f].argmin()]), int(moved[points[moved, f].argmax()]))
    if not rows:
        raise ValueError("no two points of the design differ in one factor alone")
    return centre, rows


def write_sensitivity_tables(swept: Swept, folder: Path, measures: Sequence[str] = KEY) -> list[Path]:
    """Write what the design allows: ``screening.csv``, ``indices.csv``, ``interactions.csv``, ``tornado.csv``,
    ``deciding.csv``.

    All but the last for each strategy and for its difference from the baseline; the last, from a sample, for each
    strategy and the baseline, so far as a measure has a direction.
    """
    others = [name for name in swept.strategies if name != swept.baseline]
    pairs = [(name, "") for name in swept.strategies] + [(name, swept.baseline) for name in others]
    tables: dict[str, list[pd.DataFrame]] = {}
    if swept.design.kind in _TABLES:
        name, table = _TABLES[swept.design.kind]
        tables[name] = [_headed(table(swept, m, *pair), m, *pair) for m in measures for pair in pairs]
    if swept.design.second_order:
        tables["interactions"] = [_headed(interactions(swept, m, *pair), m, *pair) for m in measures for pair in pairs]
    if swept.design.kind in SAMPLES and others:
        found = [(m, name, swept.baseline) for m in measures if direction(m) for name in others]
        tables["deciding"] = [_headed(deciders(swept, *row), *row) for row in found]
    return [
        write_whole(folder / f"{name}.csv", csv_lines(pd.concat(frames, ignore_index=True)).encode())
        for name, frames in tables.items()
    ]


_TABLES: dict[str, tuple[str, Callable[[Swept, str, str, str], pd.DataFrame]]] = {
    "morris": ("screening", screening),
    "sobol": ("indices", indices),
    "tornado": ("tornado", tornado),
}


def _headed(frame: pd.DataFrame, measure: str, strategy: str, against: str) -> pd.DataFrame:
    for place, (name, word) in enumerate({"measure": measure, "strategy": strategy, "against": against}.items()):
        frame.insert(place, name, word)
    return frame


def _factor_rows(swept: Swept, columns: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame({"factor": [factor.path for factor in swept.design.factors]} | columns)


def _expect(swept: Swept, kind: str) -> None:
    if swept.design.kind != kind:
        raise ValueError(f"this needs a design of kind '{kind}', got '{swept.design.kind}'")


def _saltelli_blocks(design: Design, means: Floats, *, pairs: bool) -> Floats:
    """A row (A, AB of each factor, with ``pairs`` BA of each, B) per base point whose runs are all there.

    Saltelli (2002).
    """
    count = len(design.factors)
    rows = means.reshape(-1, 2 * count + 2 if design.second_order else count + 2)
    kept = rows if pairs else np.concatenate([rows[:, : count + 1], rows[:, -1:]], axis=1)
    return np.asarray(kept[np.isfinite(kept).all(axis=1)])
