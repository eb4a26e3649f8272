"""The first compilation: what is compiled ahead is what is run."""

import gc
import weakref

import numba
import pytest
from builders import strategy

from sim import engine, precompile, schedule
from sim.compiled import COMPILES
from sim.measures import assess
from sim.scenario import load_scenario
from sim.setting import prepare
from sim.workload import start
from sim.world import World


@pytest.mark.skipif(not COMPILES, reason="nothing is compiled")
def test_the_type_compiled_for_is_that_of_a_world_ready_to_run() -> None:
    setting = prepare(load_scenario("teaching").with_values({"ticks": 1}))
    assert precompile.blank_type() == numba.typeof(start(engine.draw(setting, 0, 0), strategy()))


def test_a_run_leaves_no_world_behind() -> None:
    """Handed to compiled code and back, every table of a world is free again: millions of runs need no more memory."""
    setting = prepare(load_scenario("teaching").with_values({"ticks": 1}))
    w = start(engine.draw(setting, 0, 0), strategy())
    schedule.run_through(w)
    assess(w)
    left = [weakref.ref(part) for part in w]
    del w
    gc.collect()
    kept = [name for name, part in zip(World._fields, left, strict=True) if part() is not None]
    shared = ["partners", "rules", "modes", "procedures", "stages", "rolls", "members"]  # of the setting
    assert set(kept) <= set(shared)


@pytest.mark.skipif(not COMPILES, reason="nothing is compiled")
def test_nothing_is_said_or_done_when_the_rules_have_been_compiled() -> None:
    """The tests themselves have compiled them."""
    said: list[str] = []
    precompile.ensure(lambda: said.append("compiling"))
    assert not said
