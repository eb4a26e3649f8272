"""Results of a sweep that never was: what a known function says at each point, a world's effect, and noise."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from fake_results import STRATEGIES as EVERY

from analysis.intervals import Floats
from sim.design import Design, Factor
from sim.kept import Swept
from sim.measures import NAMES

Truth = Callable[[Floats, int], Floats]  # points (P, F) and the place of a strategy -> what is expected there, (P,)
STRATEGIES = tuple(EVERY[k] for k in (0, 1, 2, 6, 11, 5))  # of several structures and timings
# English, Chinese, low, high, default, whole
FACTORS = (
    ("mean departmentalism: resistance to moving from one's own position", "本位主义平均程度", 0.1, 0.6, 0.35, False),
    ("matters arising per half-day", "每半天发生的事项数", 0.5, 4.5, 2.0, False),
    ("coordinators of the general office", "办公室协调人员数", 3, 10, 6, True),
    ("whether a service is named", "是否明确服务对象", 0, 1, 0, True),
    ("share of coordination done before the decision", "决策前协调的比重", 0.0, 1.0, 0.5, False),
)


def factors(count: int = 3, unit: bool = False) -> tuple[Factor, ...]:
    """The first ``count`` factors, or as many within 0 and 1; repeated under other paths where more are wanted."""
    found = []
    for k in range(count):
        en, zh, low, high, default, whole = FACTORS[k % len(FACTORS)]
        kind = "0 or 1" if whole and high == 1 else "count" if whole else "share"
        own = Factor(f"rules.factor_{k}", en, zh, kind, low, high, default, whole)
        found.append(own._replace(low=0.0, high=1.0, default=0.5, whole=False, unit="share") if unit else own)
    return tuple(found)


def sloping(points: Floats, s: int) -> Floats:
    """Rises with the first factor, the more the later the strategy; lines of two strategies cross at 0.35."""
    return np.asarray(50.0 + (points[:, 0] - 0.35) * 20.0 * s + points[:, 1:].sum(axis=1))


def fake_swept(
    design: Design, truth: Truth = sloping, *, strategies: int = 2, replicates: int = 20, noise: float = 1.0,
    shared: float = 3.0, gaps: float = 0.0, seed: int = 7,
) -> Swept:  # fmt: skip
    """Every measure is ``truth`` plus a world's effect (the same at all points) plus noise, as normal deviates.

    ``gaps`` is the share of runs that are missing.
    """
    names, en, zh, structures, timings = zip(*STRATEGIES[:strategies], strict=True)
    expected = np.stack([truth(design.points, s) for s in range(strategies)], axis=1)[:, :, None]

    def read(measures: Sequence[str]) -> Iterator[Floats]:
        yield from map(drawn, measures)

    def drawn(measure: str) -> Floats:
        rng = np.random.default_rng((seed, NAMES.index(measure)))
        values = expected + shared * rng.standard_normal((1, 1, replicates))
        values = values + noise * rng.standard_normal((len(design.points), strategies, replicates))
        values[np.random.default_rng(seed).random(values.shape) < gaps] = np.nan
        return values

    return Swept(
        "fake", "district", "Departmentalism and load", "本位主义与工作量", "Which decides?", "何者起决定作用？", names,
        en, zh, structures, timings, names[0], seed, design, np.full(len(design.points), replicates), read,
    )  # fmt: skip
