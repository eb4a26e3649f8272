"""What is said when a request cannot be carried out: one message, and exit status 2."""

import difflib
from collections.abc import Iterable


class RequestError(Exception):
    """A user's mistake: where, what, what was given, what is allowed, and the nearest name.

    ``where`` is a file with line if known (``scenarios/x.toml:41``), ``key`` the setting or argument concerned.
    """

    def __init__(
        self, what: str, *, where: str = "", key: str = "", got: object = None, allowed: str = "", nearest: str = ""
    ) -> None:
        self.what, self.where, self.key, self.got, self.allowed, self.nearest = what, where, key, got, allowed, nearest
        parts = [": ".join(part for part in (where, key, what) if part)]
        if got is not None:
            parts.append(f"got {got!r}")
        if allowed:
            parts.append(f"allowed: {allowed}")
        if nearest:
            parts.append(f"did you mean {nearest!r}?")
        super().__init__("; ".join(parts))


def nearest_name(name: str, names: Iterable[str]) -> str:
    """The known name most like ``name``, or an empty string if none is close."""
    found = difflib.get_close_matches(name, list(names), n=1, cutoff=0.5)
    return found[0] if found else ""
