"""The numbers are what they were when somebody last meant to change them; ``renew.py`` says how to."""

import json

from renew import FILE, pinned


def test_a_few_runs_still_come_to_the_same_numbers() -> None:
    assert pinned() == json.loads(FILE.read_text(encoding="utf-8"))
