"""Every term has a label in both languages, and says the same thing in both."""

import re
import subprocess
import sys

import pytest

from sim import labels, measures, parameters, world

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("role", world.ROLES),
        ("post", world.POSTS),
        ("tie", world.TIES),
        ("level", world.LEVELS),
        ("life", world.LIVES),
        ("structure", world.STRUCTURES),
        ("timing", labels.TIMINGS),
        ("mode", parameters.MODES),
        ("family", sorted({measure.family for measure in measures.MEASURES})),
    ],
)
def test_every_name_of_the_model_has_a_label(kind: str, names: tuple[str, ...]) -> None:
    found = {key.split(".", 1)[1] for key in labels.LABELS if key.startswith(f"{kind}.")}
    assert found == set(names)


def test_every_unit_is_said_in_chinese() -> None:
    units = {row.unit for row in (*measures.MEASURES, *measures.SERIES, *parameters.ALL)}
    for unit in units:
        assert HAN.search(labels.unit(unit, "zh")), unit


def test_labels_are_filled_in_alike_in_both_languages() -> None:
    for key, label in labels.LABELS.items():
        assert label.en, key
        words = re.search(r"\w", re.sub(r"\{\w*\}", "", label.zh))  # else there is nothing to say in Chinese
        assert HAN.search(label.zh) or not words, key
        assert not HAN.search(label.en), key
        assert set(re.findall(r"\{\w*\}", label.en)) >= set(re.findall(r"\{\w*\}", label.zh)), key
        assert set(re.findall(r"\{\w*\}", label.en)) <= set(re.findall(r"\{\w*\}", label.zh)), key


def test_a_term_is_given_in_the_language_asked_for() -> None:
    assert labels.text("structure.unified", "en") == "unified"
    assert labels.text("structure.unified", "zh") == "统一协调"
    assert labels.text("figure.forest", "zh", baseline="委员会") == "与基准的差异：委员会"
    assert labels.unit("unknown", "zh") == "unknown"


def test_an_unknown_language_or_term_is_an_error() -> None:
    with pytest.raises(ValueError, match="language"):
        labels.text("structure.unified", "fr")
    with pytest.raises(KeyError):
        labels.text("structure.none", "en")


def test_labels_load_nothing_heavy() -> None:
    heavy = ("numpy", "numba", "matplotlib", "pandas")
    code = f"import sys, sim.labels; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
