"""Files of the figures of one run, which is made again: a result folder does not keep matters, actors and ties."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from analysis.cases import finished
from analysis.figures.gantt import gantt
from analysis.figures.network import network
from analysis.figures.style import save_each, writable
from sim.labels import LANGUAGES
from sim.scenario import Scenario
from sim.strategy import Strategy


def write_case(
    scenario: Scenario, strategy: Strategy, seed: int, replicate: int, folder: Path,
    languages: Sequence[str] = LANGUAGES, by: Sequence[str] = ("load",),
) -> list[Path]:  # fmt: skip
    """Run a strategy on one world, and write ``figures/gantt`` and ``figures/network`` into ``folder``.

    ``by`` is what colours the network: one figure each, the second and third as ``figures/network-<by>``.

    As ``.png`` and ``.svg``, in Chinese ``.zh.png`` and ``.zh.svg``, without Chinese and with one warning where no
    font can write it.  A figure that has nothing to show is not written.  Returns the files in order.
    """
    case, possible, figures = finished(scenario, strategy, seed, replicate), writable(languages), folder / "figures"
    written = save_each(lambda lang: gantt(case, lang), figures / "gantt", possible)
    for each in by:
        name = "network" if each == by[0] else f"network-{each}"
        written += save_each(partial(network, case, by=each), figures / name, possible)
    return written
