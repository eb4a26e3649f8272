"""What telling the journal costs: runs of the default world with the journal and without."""

from time import perf_counter

from benchmarks.figure import Figure, figure
from sim import engine
from sim.journal import ROWS_PER_MATTER, keep
from sim.scenario import load_scenario
from sim.setting import prepare

SCENARIO = "district"
SEED = 1
AROUND = 15  # runs of each kind, taking turns; the quickest of each are compared, being disturbed least


def recording() -> list[Figure]:
    """Every default strategy on a world of its own: compiled runs with the journal and without it take turns."""
    scenario = load_scenario(SCENARIO)
    setting = prepare(scenario)
    off, on, ratios, events, rooms = [], [], [], [], []
    for world, name in enumerate(scenario.strategies):
        record, template = scenario.load_strategy(name).record(), engine.draw(setting, SEED, world)
        count = int(keep(template, record).totals[0].events)
        room = ROWS_PER_MATTER * len(template.matters)
        times: dict[int, list[float]] = {0: [], room: []}
        for _ in range(AROUND):
            for rows in times:
                began = perf_counter()
                engine.simulate(template, record, events=rows)
                times[rows].append(perf_counter() - began)
        off.append(1e3 * min(times[0]))
        on.append(1e3 * min(times[room]))
        ratios.append(on[-1] / off[-1])
        events.append(count)
        rooms.append(count / len(template.matters))
    return [
        figure("journal_ratio", "x", ratios),
        figure("journal_off", "ms", off),
        figure("journal_on", "ms", on),
        figure("journal_events", "", events),
        figure("journal_per_matter", "per_matter", rooms),
    ]
