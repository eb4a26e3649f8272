"""Where the actors of an organisation stand in a picture: superiors on top, the public below, organs side by side.

Simple geometry instead of a spring layout: the same organisation always gives the same picture, and a place means
something.  Lengths are inches; heights are measured downwards from the top of the drawing.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.intervals import Floats, Integers
from sim import world
from sim.world import Table


def _all_but(post: int) -> tuple[int, ...]:
    return tuple(each for each in range(len(world.POSTS)) if each != post)


# The bands from the top, by the key of their heading: those of a role, of these posts (none: of any).
BANDS: tuple[tuple[str, int, tuple[int, ...]], ...] = (
    ("superior", world.SUPERIOR, ()),
    ("principal", world.LEADER, (world.PRINCIPAL,)),
    ("leader", world.LEADER, _all_but(world.PRINCIPAL)),
    ("director", world.OFFICE, (world.DIRECTOR,)),
    ("office", world.OFFICE, _all_but(world.DIRECTOR)),
    ("department", world.DEPARTMENT, ()),
    ("subordinate", world.SUBORDINATE, ()),
    ("staff", world.STAFF, ()),
    ("public", world.PUBLIC, ()),
)
_BESIDE = "department"  # the band that has the peers beside it
_ALWAYS_NAMED = ("superior", "principal", "leader", "director", "office", "department")
_MOST_NAMED = 3  # organs that can stand side by side with names
_ACROSS = 4  # organs side by side without
_NAMED = (0.95, 0.72)  # width and height of a place with a name
_BARE = (0.3, 0.34)
_WIDEST, _GAP, _TITLE = 1.6, 0.3, 0.3
_SIDE_LINES = 3  # peers below each other


class Levels(NamedTuple):
    """The places of n actors in a drawing of so much height."""

    x: Floats  # (n,)
    y: Floats  # (n,), downwards
    room: Floats  # (n,), width there is for a name; 0: none
    height: float
    headings: tuple[tuple[str, float], ...]  # keys of headings (BANDS) and the height of their first line
    beside: tuple[tuple[float, float], ...]  # where the headings of peers end
    organs: tuple[tuple[int, float, float], ...]  # organ and where its heading goes; none if there is but one


def levels(actors: Table, width: float) -> Levels:
    """Places of all actors in a drawing ``width`` inches wide."""
    count = int(actors.organ.max()) + 1
    across = count if count <= _MOST_NAMED else _ACROSS
    place = _Placing(actors, (width - _GAP * (across - 1)) / across, count <= _MOST_NAMED)
    top = 0.0
    for first in range(0, count, across):
        top = place.row(range(first, min(first + across, count)), top, count > 1)
    return Levels(
        place.x, place.y, place.room, top, tuple(place.headings), tuple(place.beside), tuple(place.organs)
    )  # fmt: skip


class _Placing:
    """Places being given out, organ by organ."""

    def __init__(self, actors: Table, width: float, named: bool) -> None:
        self.actors, self.width, self.named = actors, width, named
        self.x, self.y, self.room = (np.zeros(len(actors)) for _ in range(3))
        self.headings: list[tuple[str, float]] = []
        self.beside: list[tuple[float, float]] = []
        self.organs: list[tuple[int, float, float]] = []

    def row(self, organs: range, top: float, titled: bool) -> float:
        """Place organs side by side from ``top`` on, their bands on the same heights; where the next may begin."""
        lefts = [(self.width + _GAP) * place for place in range(len(organs))]
        if titled:
            self.organs += [(organ, left, top) for organ, left in zip(organs, lefts, strict=True)]
            top += _TITLE
        for key, role, posts in BANDS:
            bands = [self._band(organ, left, top, key, role, posts) for organ, left in zip(organs, lefts, strict=True)]
            height = max(bands)
            if height > 0.0:
                shared = key == _BESIDE and not self.named  # where peers have no room for a heading of their own
                self.headings.append((f"{key}_beside" if shared else key, top))
            top += height
        return top + _TITLE * titled

    def _band(self, organ: int, left: float, top: float, key: str, role: int, posts: tuple[int, ...]) -> float:
        """Place one band of one organ; its height."""
        members, peers = self._members(organ, role, posts), np.empty(0, np.int64)
        width = self.width
        if key == _BESIDE:
            peers = self._members(organ, world.PEER, ())
            columns = -(-len(peers) // _SIDE_LINES)
            side = columns * (_NAMED if self.named else _BARE)[0]
            width -= side + _GAP * (columns > 0)
            if columns and self.named:
                self.beside.append((left + self.width, top))
        height = self._lines(members, left, top, width, key in _ALWAYS_NAMED, 0.5)
        if len(peers):
            height = max(height, self._lines(peers, left + width + _GAP, top, side, True, 0.0))
        return height

    def _members(self, organ: int, role: int, posts: tuple[int, ...]) -> Integers:
        """Rows of an organ's actors, those under one head side by side."""
        chosen = (self.actors.organ == organ) & (self.actors.role == role)
        if posts:
            chosen &= np.isin(self.actors.post, posts)
        rows = np.flatnonzero(chosen)
        return rows[np.argsort(self.actors.boss[rows], kind="stable")]

    def _lines(self, members: Integers, left: float, top: float, width: float, important: bool, aside: float) -> float:
        """Place members in as few even lines as there is room for, every other line set off by ``aside`` places, so
        that ties do not run down through those below.
        """
        if not len(members):
            return 0.0
        named = self.named and (important or len(members) <= 2 * int(width / _NAMED[0]))
        least, pitch = _NAMED if named else _BARE
        fitting = int(width / least + 1e-9)
        if len(members) > fitting:
            fitting = max(1, int(width / least - aside + 1e-9))
        lines = -(-len(members) // fitting)
        aside *= lines > 1
        slot = min(width / (-(-len(members) // lines) + aside), _WIDEST)
        for line, part in enumerate(np.array_split(members, lines)):
            start = left + (width - slot * (len(part) - 1)) / 2.0 + aside * slot * (line % 2 - 0.5)
            self.x[part] = start + slot * np.arange(len(part))
            self.y[part] = top + pitch * line + pitch / 3.0
            self.room[part] = slot if named else 0.0
        return lines * pitch


def same_line(places: Levels, one: Integers, other: Integers) -> NDArray[np.bool_]:
    """Which pairs stand on one line, so that a straight tie between them would run through those in between."""
    return np.asarray(np.abs(places.y[one] - places.y[other]) < 1e-6)
