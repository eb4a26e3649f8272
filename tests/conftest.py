"""What tests share: a small experiment, and Hypothesis without clocks, chance or files."""

import pytest
from hypothesis import settings

from sim import precompile
from sim.scenario import Scenario, load_scenario
from sim.strategy import Strategy

# The first example may compile rules, so no deadline; the same examples on every machine.
settings.register_profile("xietiao", deadline=None, derandomize=True, database=None, max_examples=50)
settings.load_profile("xietiao")


def pytest_sessionstart() -> None:
    """Compile the rules before the first test that needs them, in two processes."""
    precompile.ensure(lambda: print("compiling the rules, once"))


@pytest.fixture(scope="session")
def small() -> Scenario:
    """The default scenario, cut short: two strategies, five worlds, forty ticks."""
    scenario = load_scenario("district").with_strategies(("unified-before", "multi3-after"))
    return scenario.with_values({"ticks": 40, "replicates": 5})


@pytest.fixture(scope="session")
def pair(small: Scenario) -> tuple[Strategy, ...]:
    """The two strategies of ``small``."""
    return tuple(small.load_strategy(name) for name in small.strategies)


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Results are written without their figures, which take most of the time, for tests of something else."""
    for name in ("write_figures", "write_worlds", "write_sweep_figures"):
        monkeypatch.setattr(f"analysis.outcome.{name}", lambda *_: [])
    monkeypatch.setattr("analysis.outcome.WORTH", 10**9)
