"""Results of an experiment that never was: known means, paired noise, and gaps where asked."""

import numpy as np

from sim import labels, measures, world
from sim.kept import Results

# name, English, Chinese, structure, timing
STRATEGIES = (
    ("unified-before-meeting", "unified, before, by meeting", "统一协调·事前·会议", "unified", "before"),
    ("unified-before-talks", "unified, before, by talks", "统一协调·事前·沟通", "unified", "before"),
    ("unified-during-onsite", "unified, during, on site", "统一协调·事中·现场", "unified", "during"),
    ("unified-after-talks", "unified, after, by talks", "统一协调·事后·沟通", "unified", "after"),
    ("unified-balanced", "unified, balanced", "统一协调·综合", "unified", "mixed"),
    ("unified-directive", "unified, by directive", "统一协调·上级行文", "unified", "before"),
    ("multi2-before-meeting", "two at once, before", "两头协调·事前·会议", "multi", "before"),
    ("multi3-before-meeting", "three at once, before", "三头协调·事前·会议", "multi", "before"),
    ("multi3-during", "three at once, during", "三头协调·事中", "multi", "during"),
    ("multi3-after", "three at once, after", "三头协调·事后", "multi", "after"),
    ("self-first", "parties themselves first", "自行协商优先", "self_first", "mixed"),
    ("committee", "committee", "委员会", "committee", "mixed"),
    ("tiered", "tiered delegation", "分级协调", "tiered", "mixed"),
    ("adaptive", "adaptive to the matter", "相机协调", "unified", "adaptive"),
    ("decide-first", "decide first, mend later", "先决策后协调", "unified", "after"),
)


def fake_results(strategies: int = len(STRATEGIES), replicates: int = 100, samples: int = 50, seed: int = 7) -> Results:
    """Replicates share a world's effect, so that paired differences are surer than means."""
    rng = np.random.default_rng(seed)
    names, en, zh, structures, timings = zip(*STRATEGIES[:strategies], strict=True)
    size = np.array([50.0 if row.unit in ("day", "per 100 matters") else 0.5 for row in measures.MEASURES])
    lift = rng.normal(0.0, 0.25, (strategies, 1, len(size)))
    shared = rng.normal(0.0, 0.1, (1, replicates, len(size)))
    noise = rng.normal(0.0, 0.08, (strategies, replicates, len(size)))
    values = size * np.clip(1.0 + lift + shared + noise, 0.1, 1.9)
    ticks = (np.arange(samples) + 1) * world.SERIES_EVERY - 1
    level = rng.uniform(10, 60, (strategies, 1, 1, len(measures.SERIES)))
    wobble = rng.normal(0.0, 1.0, (strategies, replicates, samples, len(measures.SERIES))).cumsum(axis=2)
    series = np.abs(level * np.sqrt((ticks + 1) / 500.0)[:, None] + wobble)
    return Results(
        "fake", "A municipal office in an ordinary year", "市级机关的寻常一年", names, en, zh, structures, timings,
        names[0], tuple(range(replicates)), values, series, ticks, seed,
    )  # fmt: skip


def with_gaps(results: Results, share: float = 0.1, seed: int = 3) -> Results:
    """The same with a share of runs missing, and one measure missing everywhere."""
    values, series = results.values.copy(), results.series.copy()
    gone = np.random.default_rng(seed).random(values.shape[:2]) < share
    values[gone] = np.nan
    values[:, :, measures.NAMES.index("latent_divergence")] = np.nan
    series[gone[:, : series.shape[1]]] = np.nan
    return results._replace(values=values, series=series)


def alone(results: Results) -> Results:
    """The baseline by itself."""
    return results._replace(
        strategies=results.strategies[:1], labels_en=results.labels_en[:1], labels_zh=results.labels_zh[:1],
        structures=results.structures[:1], timings=results.timings[:1],
        values=results.values[:1], series=results.series[:1],
    )  # fmt: skip


assert {row[3] for row in STRATEGIES} <= set(world.STRUCTURES)
assert {row[4] for row in STRATEGIES} <= set(labels.TIMINGS)
