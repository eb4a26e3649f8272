"""Figures that look into the runs of a comparison: these are run again, which gives the same matters.

As a script, ``python -m analysis.figures.worlds FOLDER``, it is the second process of ``analysis.outcome``.
"""

import sys
from pathlib import Path

import numpy as np

from analysis.cases import lead_times
from analysis.figures.case import write_case
from analysis.figures.leads import write_leads
from sim.batches import code
from sim.errors import RequestError
from sim.kept import Results, load_request, load_results
from sim.labels import LANGUAGES
from sim.plan import remade

WORLDS = 20  # of the distribution of lead times


def write_worlds(results: Results, folder: Path) -> None:
    """Write ``leads``, ``gantt`` and ``network``; worlds in which a run failed are left out.

    Nothing is written where the scenario's files are gone, or scenario or program are no longer those of the runs.
    """
    whole = np.flatnonzero(np.isfinite(results.values).any(axis=2).all(axis=0)).tolist()
    request = load_request(folder)[0]
    try:
        plan = remade(request)
    except RequestError:
        return
    same = request.code == code() and request.digest == plan.scenario.run_digest
    if not whole or not same:
        return
    write_leads(lead_times(plan.scenario, plan.strategies, plan.seed, whole[:WORLDS]), folder)
    chosen = next(each for each in plan.strategies if each.name == plan.baseline)
    write_case(plan.scenario, chosen, plan.seed, whole[0], folder, LANGUAGES)


if __name__ == "__main__":
    place = Path(sys.argv[1])
    write_worlds(load_results(place), place)
