"""Every mistake in a claim's file is one message that says where it is, what it is, and what is allowed."""

from pathlib import Path

import pytest
from fake_claims import CLAIM_HEAD, END, TEST, WHOLE, claim_of

from sim.errors import RequestError
from sim.refusals import in_chinese

ARM = WHOLE.removeprefix(CLAIM_HEAD).partition("[[tests]]")[0]
MISTAKES = {  # what stands in the place of what, and parts of the message
    ('basis = "claim"', 'basis = "clam"'): ("basis", "did you mean 'claim'?"),
    ("number = 1", "number = 0"): ("number", "got 0"),
    ('measure = "conflicts"', 'measure = "conflict"'): ("tests.0.measure", "did you mean 'conflicts'?"),
    ("without = -1", "witout = -1"): ("tests.0.weights", "no arm of this name", "did you mean 'without'?"),
    ('expect = "less"', 'expect = "fewer"'): ("tests.0.expect", "allowed: more, less, turns"),
    ('expect = "less"', 'expect = "turns"'): ("needs places", "two or more [[places]]"),
    ('expect = "less"', 'expect = "less"\nlevel = 0'): ("tests.0.level", "got 0"),
    ('scenario = "teaching"', 'scenario = "teching"'): ("no scenario of this name", "did you mean 'teaching'?"),
    ('strategy = "unified-before-meeting"', 'strategy = "unified-befor"'): ("no strategy of this name",
        "did you mean 'unified-before'?"),
    ('"strategy.effort" = 2.0', '"strategy.efort" = 2.0'): (":14: strategy.efort", "did you mean 'strategy.effort'?"),
    ('"strategy.effort" = 2.0', '"strategy.effort" = -2.0'): ("arms.with.set.strategy.effort", "is out of bounds",
        "got -2"),
    ('"rules.outbreak_rate" = 0.0', '"rules.outbrek_rate" = 0.0'): (":21: ", "did you mean 'rules.outbreak_rate'?"),
    ('"rules.outbreak_rate" = 0.0', '"rules.outbreak_rate" = -1.0'): ("otherwise.set", "is out of bounds"),
    ("[[tests]]", '[map]\n"rules.stall" = [6, 2]\n[[tests]]'): ("map", "must be a list of rising levels"),
    ("[[tests]]", '[map]\n"rules.stall" = [2, 6]\nticks = [9, 10]\n"rules.urging" = [2, 6]\n[[tests]]'): (
        "map", "has too many axes", "at most 2"),
    ("without = -1", "without = nan"): ("tests.0.weights.without", "finite"),
    ('"rules.outbreak_rate" = 0.0', '"strategy.effort" = 3.0'): ("otherwise.set.strategy.effort", "is set by an arm"),
    ('set = { "strategy.effort" = 2.0 }', "set = {}"): ("arms.with", "is the same as another arm"),
    (TEST, ""): ("tests: is missing", "tables [[tests]]"),
    ("[otherwise]", "[othrwise]"): ("unknown key", "did you mean 'otherwise'?"),
    ('says.fails = { en = "A does nothing.", zh = "甲没有用。" }\n', ""): ("says.fails", "is missing"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "parts"), MISTAKES.items(), ids=lambda x: x[1][:40] if isinstance(x[0], str) else ""
)
def test_a_mistake_is_one_message(tmp_path: Path, change: tuple[str, str], parts: tuple[str, ...]) -> None:
    before, after = change
    assert before in WHOLE
    with pytest.raises(RequestError) as caught:
        claim_of(tmp_path, WHOLE.replace(before, after))
    message = str(caught.value)
    for part in ("01-a.toml", *parts):
        assert part in message
    assert in_chinese(caught.value.what) != caught.value.what


def test_the_file_of_the_tests_is_right(tmp_path: Path) -> None:
    assert claim_of(tmp_path, CLAIM_HEAD + ARM + TEST + END).number == 1
