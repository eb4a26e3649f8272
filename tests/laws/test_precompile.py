"""The first compilation: what is compiled ahead is what is run."""

import numba
import pytest
from builders import strategy

from sim import engine, precompile
from sim.compiled import COMPILES
from sim.scenario import load_scenario
from sim.setting import prepare
from sim.workload import start


@pytest.mark.skipif(not COMPILES, reason="nothing is compiled")
def test_the_type_compiled_for_is_that_of_a_world_ready_to_run() -> None:
    setting = prepare(load_scenario("teaching").with_values({"ticks": 1}))
    assert precompile.blank_type() == numba.typeof(start(engine.draw(setting, 0, 0), strategy()))


@pytest.mark.skipif(not COMPILES, reason="nothing is compiled")
def test_nothing_is_said_or_done_when_the_rules_have_been_compiled() -> None:
    """The tests themselves have compiled them."""
    said: list[str] = []
    precompile.ensure(lambda: said.append("compiling"))
    assert not said
