"""An organ: its people, its authority, its diary, and the briefs nobody has taken yet or whose time is to come."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sim import world

from .objects import shifted
from .rulebook import Force

if TYPE_CHECKING:
    from .actors import Coordinator
    from .brief import Brief
    from .leaders import Leader
    from .twin import Twin


@dataclass(slots=True, eq=False, repr=False)
class Organ:
    """One organ of the organisation."""

    model: Twin
    principal: Leader
    leaders: list[Leader]
    forces: list[Force]  # what is in force, by domain
    coordinators: list[Coordinator]  # the director first
    prestige: float
    discipline: float
    pool: list[Brief] = field(default_factory=list)
    due: defaultdict[int, list[Brief]] = field(default_factory=lambda: defaultdict(list))
    topics: Counter[int] = field(default_factory=Counter)  # by session: those it has taken
    events: Counter[int] = field(default_factory=Counter)  # by fortnight: leaders' activities
    inspectors: list[Coordinator] = field(init=False)  # who only look at work under way, from the last row upwards

    def __post_init__(self) -> None:
        count = min(self.model.strategy.inspectors, len(self.coordinators) - 1)  # the director is never one
        self.inspectors = self.coordinators[::-1][:count]

    def inspector(self, ident: int) -> Coordinator:
        """Who looks at a matter [BRF-INSPECT]."""
        return self.inspectors[ident % len(self.inspectors)] if self.inspectors else self.coordinators[0]

    def next_session(self, now: int) -> int:
        """The next session of the committee [CON-SESSION]."""
        interval = int(self.model.strategy.committee_interval)
        return (now // interval + 1) * interval

    def takes_topic(self, now: int) -> bool:
        """Whether this session has room for one more, which it then takes [CON-FULL]."""
        if self.topics[now] >= self.model.strategy.committee_agenda:
            return False
        self.topics[now] += 1
        return True

    def day_for(self, leader: Leader, start: int) -> int:
        """First free tick of a leader in a fortnight that has room for one more activity [OCC-RULE]."""
        due = leader.first_free(start, self.model.slot_window)
        while due < self.model.horizon and self.events[due // world.FORTNIGHT] >= self.model.strategy.event_cap:
            due = leader.first_free((due // world.FORTNIGHT + 1) * world.FORTNIGHT, self.model.slot_window)
        return due

    def shift_prestige(self, amount: float) -> None:
        """What its authority wins or loses, for good [AUT-PRESTIGE]."""
        self.prestige = shifted(self.model.rules, self.prestige, amount)

    def set_example(self) -> None:
        """A breach that is let pass is an example to others [FOL-EXAMPLE]."""
        self.discipline = shifted(self.model.rules, self.discipline, self.model.strategy.firmness - 1.0)
