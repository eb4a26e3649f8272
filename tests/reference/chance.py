"""The draws of theory section 2 in plain Python integers and floats."""

from statistics import NormalDist

_MASK = (1 << 64) - 1
_NORMAL = NormalDist()


def _mix(z: int) -> int:
    """The finaliser of splitmix64 on 64 bits."""
    z &= _MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
    return z ^ (z >> 31)


def uniform(key: int, entity: int, tick: int = 0, j: int = 0) -> float:
    """A draw in (0, 1): two rounds, one for the entity and one for the tick and the purpose."""
    h = _mix(key + (entity + 1) * 0x9E3779B97F4A7C15)
    return ((_mix(h + ((tick << 16) + j + 1) * 0xD1342543DE82EF95) >> 11) + 0.5) * 2.0**-53


def normal(key: int, entity: int, tick: int = 0, j: int = 0) -> float:
    """The standard normal quantile of the same draw."""
    return _NORMAL.inv_cdf(uniform(key, entity, tick, j))
