"""What figures with a line per strategy share: columns of panels by structure."""

from collections.abc import Sequence
from typing import NamedTuple

FEW = 5  # strategies that one panel can carry


class Group(NamedTuple):
    """A column of panels: the key of its heading, and its strategies."""

    structure: str
    members: list[int]


def groups(structures: Sequence[str]) -> list[Group]:
    """One if there are few strategies, else unified, several at once, and the rest."""
    everyone = list(range(len(structures)))
    if len(everyone) <= FEW:
        return [Group("", everyone)]
    named = {"unified": "structure.unified", "multi": "structure.multi"}
    found: dict[str, list[int]] = {key: [] for key in (*named.values(), "figure.others")}
    for s in everyone:
        found[named.get(structures[s], "figure.others")].append(s)
    return [Group(key, members) for key, members in found.items() if members]
