"""Where labels go so that they hide neither each other nor what they name."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from analysis.figures.style import INK, families
from analysis.intervals import Floats

Box = tuple[float, float, float, float]  # left, bottom, right, top

_ANGLES = np.deg2rad(np.arange(0, 360, 15))
_RADII = (8.0, 12.0, 18.0, 26.0, 36.0, 48.0, 62.0, 78.0, 96.0, 116.0)  # points
_MARKER = 7.0  # half the side of a marker's box, with its ring
_NEAR = 12.0  # closer than this a label needs no line
_ALONG = np.linspace(0.15, 1.0, 12)  # where on such a line it is looked whether it crosses something


def label_points(
    axes: Axes, points: Floats, words: Sequence[str], colors: Sequence[str], obstacles: Sequence[Box]
) -> None:
    """Write each of ``words`` beside its point, (n, 2) in data units, with a thin line where it had to go far.

    Greedy: crowded points first, each at the cheapest of several rings of places.  What costs is overlap with
    ``obstacles`` (boxes in points from the lower left of the figure), with markers, and with labels and their lines
    already placed; lines that cross labels or other markers; leaving the axes; and distance.
    """
    axes.autoscale_view()  # matplotlib puts this off until it draws, and places depend on it
    scale = 72.0 / axes.figure.dpi
    at = axes.transData.transform(points) * scale
    inside = np.asarray(axes.get_window_extent().extents) * scale
    markers = np.hstack([at - _MARKER, at + _MARKER])
    taken = np.vstack([markers, np.array(obstacles, dtype=np.float64).reshape(-1, 4)])
    named = np.empty((0, 4))  # boxes of the labels placed
    distances = np.sort(np.linalg.norm(at[:, None] - at[None], axis=-1), axis=1)
    for row in np.argsort(distances[:, :4].sum(axis=1), kind="stable"):
        label = axes.annotate(
            words[row], points[row], (0, 0), textcoords="offset points", ha="center", va="center",
            fontsize=8.5, color=INK, fontfamily=families(), parse_math=False,
            arrowprops={"arrowstyle": "-", "lw": 0.6, "color": colors[row], "shrinkA": 0, "shrinkB": 3},
            path_effects=[withStroke(linewidth=2.0, foreground="white")],
        )  # fmt: skip
        extent = label.get_window_extent()
        size = np.array([extent.width, extent.height]) * scale
        crossed = np.vstack([named, np.delete(markers, row, axis=0)])
        offset, box, line = _cheapest(at[row], size, taken, crossed, inside)
        label.set_position(tuple(offset))
        if not len(line) and label.arrow_patch is not None:
            label.arrow_patch.set_visible(False)
        named = np.vstack([named, box])
        taken = np.vstack([taken, box, np.hstack([line - 1.0, line + 1.0])])


def _cheapest(
    at: Floats, size: Floats, taken: Floats, crossed: Floats, inside: Floats
) -> tuple[Floats, Floats, Floats]:
    """The best place for a label of ``size`` around ``at``: the offset of its centre, its box, points of its line."""
    radius = np.repeat(_RADII, len(_ANGLES))
    way = np.tile(np.column_stack([np.cos(_ANGLES), np.sin(_ANGLES)]), (len(_RADII), 1))
    offsets = way * radius[:, None] + size / 2.0 * np.sign(way) * np.abs(way) ** 0.5
    boxes = np.hstack([at + offsets - size / 2.0 - 1.0, at + offsets + size / 2.0 + 1.0])
    lines = at + offsets[:, None] * _ALONG[:, None]
    far = radius > _NEAR
    cost = _overlap(boxes, taken) + 40.0 * _outside(boxes, inside) + radius**1.5 - 2.0 * way[:, 0]
    cost += np.where(far, 30.0 + 40.0 * _crossings(lines, crossed), 0.0)
    best = int(np.argmin(cost))
    return offsets[best], boxes[best], lines[best] if far[best] else np.empty((0, 2))


def _overlap(boxes: Floats, taken: Floats) -> Floats:
    """What each box, (c, 4), shares with those taken, (n, 4), in square points; a touch costs as well."""
    width = np.minimum(boxes[:, None, 2], taken[:, 2]) - np.maximum(boxes[:, None, 0], taken[:, 0])
    height = np.minimum(boxes[:, None, 3], taken[:, 3]) - np.maximum(boxes[:, None, 1], taken[:, 1])
    area = np.maximum(width, 0.0) * np.maximum(height, 0.0)
    return np.asarray((4.0 * area + 10.0 * (area > 0)).sum(axis=1))


def _crossings(lines: Floats, boxes: Floats) -> Floats:
    """How many points of each line, (c, points, 2), lie in any of the boxes, (n, 4)."""
    within = (lines[:, :, None] > boxes[:, :2]) & (lines[:, :, None] < boxes[:, 2:])
    return np.asarray(within.all(axis=-1).any(axis=-1).sum(axis=1), dtype=np.float64)


def _outside(boxes: Floats, inside: Floats) -> Floats:
    """How far each box sticks out of another, in points, over all sides."""
    below, above = np.maximum(inside[:2] - boxes[:, :2], 0.0), np.maximum(boxes[:, 2:] - inside[2:], 0.0)
    return np.asarray((below + above).sum(axis=1))


def spread(heights: Floats, gap: float, low: float, high: float) -> Floats:
    """Heights moved as little as need be to lie ``gap`` apart within [low, high]; order kept.

    Neighbours that would touch form a block around their mean (pool-adjacent-violators).
    """
    order = np.argsort(heights, kind="stable")
    gap = min(gap, (high - low) / max(1, len(heights) - 1))
    blocks: list[list[float]] = []  # first height of the block, members
    for rank, height in enumerate(heights[order]):
        blocks.append([float(height) - rank * gap, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            mean, members = blocks.pop()
            last = blocks[-1]
            last[0] = (last[0] * last[1] + mean * members) / (last[1] + members)
            last[1] += members
    first = np.concatenate([np.full(int(members), mean) for mean, members in blocks]) if blocks else np.empty(0)
    top = high - gap * (len(heights) - 1)
    placed = np.empty(len(heights))
    placed[order] = np.clip(first, low, top) + gap * np.arange(len(heights))
    return placed
