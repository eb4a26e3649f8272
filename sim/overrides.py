"""Parameters set by path in a loaded scenario and its strategies at once, as Python's callers give them."""

from collections.abc import Mapping
from numbers import Real

from sim.errors import RequestError
from sim.factors import resolve
from sim.plan import OF_STRATEGIES, strategy_at
from sim.scenario import Scenario
from sim.strategy import Strategy


def overridden(
    scenario: Scenario, strategies: tuple[Strategy, ...], values: Mapping[str, float]
) -> tuple[Scenario, tuple[Strategy, ...]]:
    """Both with ``values``: paths of ``sim.parameters``, ``ticks``, ``procedures.<name>.share`` (or ``.stage.<stage>``,
    ``.check.<flaw>``).

    ``strategy.*`` is set in all strategies, ``strategies.<name>.*`` in one.  Raises ``RequestError``, with the nearest
    path, for an unknown one, and for a value out of bounds.
    """
    for path, value in values.items():
        resolve(path, scenario, strategies)
        if not isinstance(value, Real):
            raise RequestError("must be a number", key=path, got=value)
    own = {path: value for path, value in values.items() if path.split(".")[0] in OF_STRATEGIES}
    rest = {path: value for path, value in values.items() if path not in own}
    changed = scenario.with_values(rest) if rest else scenario
    return changed, tuple(strategy_at(each, tuple(own.items())) for each in strategies)
