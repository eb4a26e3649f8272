"""Digests of what a few runs come to, and how to renew them: ``python -m tests.pins.renew`` from the project's folder.

A pin claims nothing about truth.  It only says that the numbers are not what they were: renew the pins in the commit
that means to change them, and find the reason when nobody meant to.
"""

import hashlib
import json
from pathlib import Path

from sim import engine
from sim.draws import GENERATOR
from sim.scenario import load_scenario
from sim.setting import prepare
from sim.strategy import load_strategy

FILE = Path(__file__).with_name("digests.json")
STRATEGIES = ("unified-before-meeting", "multi3-during", "self-first")
SEED, REPLICATES = 1, 2
COMMENT = "Digests of measures. They claim nothing about truth. Renew: python -m tests.pins.renew"


def digests() -> dict[str, str]:
    """SHA-256 of the bytes of the measures of each run, by strategy and replicate."""
    setting = prepare(load_scenario("district"))
    found = {}
    for name in STRATEGIES:
        plan = load_strategy(name).record()
        for replicate in range(REPLICATES):
            measures = engine.run(engine.draw(setting, SEED, replicate), plan).measures
            found[f"{name}/{replicate}"] = hashlib.sha256(measures.astype("<f8").tobytes()).hexdigest()
    return found


def pinned() -> dict[str, object]:
    """What the file should hold."""
    return {"comment": COMMENT, "generator": GENERATOR, "scenario": "district", "seed": SEED, "digests": digests()}


if __name__ == "__main__":
    FILE.write_text(json.dumps(pinned(), indent=2) + "\n", encoding="utf-8")
