"""Claims for tests: a short file, and what its experiments would have found."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from analysis.intervals import Floats
from sim.claim import Claim, load_claim
from sim.claim_plans import Trial
from sim.kept import Swept

CLAIM_HEAD = """\
number = 1
basis = "claim"
source = "a test"
scenario = "teaching"
title = { en = "A", zh = "甲" }
statement = { en = "A does good.", zh = "甲有好处。" }
mechanism = { en = "By a rule.", zh = "由一条规则。" }
says.holds = { en = "Do A.", zh = "照甲办。" }
says.fails = { en = "A does nothing.", zh = "甲没有用。" }
arms.without = { title = { en = "without A", zh = "无甲" }, strategy = "unified-before-meeting" }
"""
ARM = """\
[arms.with]
title = { en = "with A", zh = "有甲" }
strategy = "unified-before-meeting"
set = { "strategy.effort" = 2.0 }
"""
TEST = '[[tests]]\nmeasure = "conflicts"\nweights = { with = 1, without = -1 }\nexpect = "less"\n'
END = '[otherwise]\ntitle = { en = "calm", zh = "平静" }\nset = { "rules.outbreak_rate" = 0.0 }\n'
WHOLE = CLAIM_HEAD + ARM + TEST + END
Truth = Callable[[str, Mapping[str, float]], float]  # an arm and what a point sets -> what is expected there


def claim_of(folder: Path, text: str = WHOLE) -> Claim:
    """The claim of a file with that text."""
    file = folder / "01-a.toml"
    file.write_text(text, encoding="utf-8")
    return load_claim(file)


def fake_found(trial: Trial, truth: Truth, noise: float = 1.0, seed: int = 5) -> Swept:
    """Every measure is what ``truth`` says of arm and point, plus a world's effect, plus noise."""
    plan = trial.plan
    shape = (len(plan.design.points), len(plan.strategies), plan.replicates)
    expected = np.zeros(shape[:2])
    arms = {cell: arm for arm, cell in trial.cells.items()}
    for p in range(shape[0]):
        for s in range(shape[1]):
            arm = next((name for cell, name in arms.items() if cell == (p % trial.variants, s)), "")
            expected[p, s] = truth(arm, dict(plan.point(p, of_strategies=False) + plan.point(p, of_strategies=True)))
    rng = np.random.default_rng(seed)
    values = expected[..., None] + 5.0 * rng.standard_normal(shape[2]) + noise * rng.standard_normal(shape)

    def read(measures: Sequence[str]) -> Iterator[Floats]:
        yield from (values.copy() for _ in measures)

    names = tuple(each.name for each in plan.strategies)
    return Swept(
        plan.name, plan.scenario.name, "A", "甲", "A?", "甲？", names, names, names, ("unified",) * len(names),
        ("before",) * len(names), plan.baseline, plan.seed, plan.design, np.full(shape[0], shape[2]), read,
    )  # fmt: skip
