"""Every kind of coordination the handbooks name takes place in the district's year, under one strategy or another."""

import numpy as np

from sim import engine
from sim.scenario import load_scenario
from sim.setting import prepare
from sim.strategy import load_strategy
from sim.vocabulary import EVENT_NAMES, LABEL_NAMES

STRATEGIES = (
    "unified-before-meeting", "unified-directive", "unified-during-onsite", "unified-countersign", "multi3-during",
    "self-first", "committee", "tiered", "adaptive",
)  # fmt: skip
# What the strategies that come with the program leave undone, or do: an office whose order is lax, and one that helps.
OTHERWISE = {
    "reminders": 0, "forms": 0, "bypass": 0.5, "direct_invitations": 0.5, "helpers": 1, "restructure_after": 1,
    "reserve": 0.1, "dynamic": 1,
}  # fmt: skip
REPLICATES = 3


def records() -> list[np.recarray]:
    """Strategies that come with the program, and one that differs in the norms and measures they have in common."""
    other = load_strategy("unified-before-meeting").record()
    for name, value in OTHERWISE.items():
        other[name] = value
    return [*(load_strategy(name).record() for name in STRATEGIES), other]


def test_every_label_and_every_event_occurs_in_the_district() -> None:
    setting = prepare(load_scenario("district"))
    labels, events = 0, set()
    for replicate in range(REPLICATES):
        drawn = engine.draw(setting, 1, replicate)
        for record in records():
            w = engine.simulate(drawn, record, events=100_000)
            told = w.events[: w.totals[0].events]
            labels |= int(np.bitwise_or.reduce(told.labels))
            events |= set(told.what.tolist())
    assert [name for bit, name in enumerate(LABEL_NAMES) if not (labels >> bit) & 1] == []
    assert [name for what, name in enumerate(EVENT_NAMES) if what not in events] == []
