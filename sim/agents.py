"""Mesa's side of the actors: each kind of agent acts by the rules of its role.

Every method below is one rule of ``sim.schedule.SCHEDULE`` applied to one row of the world; the model calls it on the
agent who owns that row.  To change how a kind of agent behaves, subclass it, override a method in plain Python, and
hand the class to ``CoordinationModel`` (``docs/how-to/override-an-agent.md``).
"""

from typing import TYPE_CHECKING, Any

import numpy as np
from mesa.discrete_space import FixedAgent

from sim import world
from sim.errors import RequestError
from sim.rules.closing import finish, reopen, withdraw
from sim.rules.conflict import oversee
from sim.rules.coordination import coordinate
from sim.rules.decision import decide
from sim.rules.execution import execute
from sim.rules.grassroots import burst
from sim.rules.intake import arrive
from sim.rules.parties import concede
from sim.rules.passage import proceed
from sim.rules.rounds import conclude, hold

if TYPE_CHECKING:
    from sim.model import CoordinationModel


class Actor(FixedAgent):  # type: ignore[misc]
    """Anybody in the organisation: one row of ``model.world.actors``, one node of ``model.network``."""

    model: "CoordinationModel"

    def __init__(self, model: "CoordinationModel", row: int, name: str) -> None:
        super().__init__(model)
        self.row = row
        self.name = name

    @property
    def state(self) -> np.record:
        """The actor's record (``sim.world.ACTOR``): reading and writing it reads and writes the world."""
        return self.model.world.actors[self.row]  # type: ignore[no-any-return]

    @property
    def role(self) -> str:
        """One of ``sim.world.ROLES``."""
        return world.ROLES[self.state.role]

    @property
    def post(self) -> str:
        """One of ``sim.world.POSTS``."""
        return world.POSTS[self.state.post]

    @property
    def debt(self) -> float:
        """Hours promised to rounds of coordination and not yet given."""
        return float(self.state.debt)

    @property
    def worked(self) -> float:
        """Hours of execution so far, friction included."""
        return float(self.state.worked)

    def remove(self) -> None:
        """Refused: matters, ties and orders point at an actor's row, so nobody leaves during a run."""
        allowed = "a subclass that overrides what it does"
        raise RequestError("an actor stays for the whole run", key="remove", got=self.name, allowed=allowed)

    def act(self, rule: str, row: int, t: int) -> None:
        """Apply the rule of that name to a row this actor owns."""
        getattr(self, rule)(row, t)


class Unit(Actor):
    """A body that can be a party to a matter, and, among the parties, can bring them together."""

    def withdraw(self, m: int, t: int) -> None:
        """As the sponsor, give up matter ``m`` if it has waited too long."""
        withdraw(self.model.world, m, t)

    def burst(self, m: int, t: int) -> None:
        """As the sponsor of a neglected matter ``m``, lose patience or not."""
        burst(self.model.world, m, t)

    def reopen(self, m: int, t: int) -> None:
        """As the sponsor, bring back matter ``m`` over a residual dispute."""
        reopen(self.model.world, m, t)

    def hold(self, b: int, t: int) -> None:
        """As the host of talks among the parties, hold the round of brief ``b``."""
        hold(self.model.world, b, t)

    def concede(self, a: int, t: int) -> None:
        """Answer act ``a`` of coordination that reaches this party."""
        concede(self.model.world, a, t)

    def conclude(self, b: int, t: int) -> None:
        """As the host of talks among the parties, see what the round of brief ``b`` has brought."""
        conclude(self.model.world, b, t)

    def execute(self, u: int, t: int) -> None:
        """Work for a half-day."""
        execute(self.model.world, u, t)

    def finish(self, m: int, t: int) -> None:
        """As the lead unit, bring the work on matter ``m`` together or hand it in."""
        finish(self.model.world, m, t)


class SuperiorBody(Unit):
    """A superior body: leading, guiding or supervising (上级机关)."""


class Department(Unit):
    """A department (职能部门)."""


class PeerUnit(Unit):
    """An outside unit of the same rank (平行单位)."""


class SubordinateUnit(Unit):
    """A subordinate unit (下级单位)."""


class StaffGroup(Unit):
    """A group of staff (职工群体)."""


class Public(Unit):
    """A group of the public (社会公众)."""


class Leader(Actor):
    """A leader: principal, in charge, other or semi-retired (领导)."""

    def decide(self, u: int, t: int) -> None:
        """Give a half-day's attention to the cases that wait."""
        decide(self.model.world, u, t)


class Office(Actor):
    """A coordinator of the general office: its director or a section (办公室)."""

    def arrive(self, m: int, t: int) -> None:
        """As the director, take in matter ``m``."""
        arrive(self.model.world, m, t)

    def hold(self, b: int, t: int) -> None:
        """Hold the round of brief ``b``."""
        hold(self.model.world, b, t)

    def conclude(self, b: int, t: int) -> None:
        """See what the round of brief ``b`` has brought, and go on or report."""
        conclude(self.model.world, b, t)

    def proceed(self, m: int, t: int) -> None:
        """As the director, see matter ``m`` on to its next stage."""
        proceed(self.model.world, m, t)

    def coordinate(self, u: int, t: int) -> None:
        """Work on the desk for a half-day."""
        coordinate(self.model.world, u, t)

    def oversee(self, m: int, t: int) -> None:
        """As the director, follow matter ``m`` while it is carried out."""
        oversee(self.model.world, m, t)


AGENT_CLASSES: dict[str, Any] = {
    "superior": SuperiorBody,
    "leader": Leader,
    "office": Office,
    "department": Department,
    "peer": PeerUnit,
    "subordinate": SubordinateUnit,
    "staff": StaffGroup,
    "public": Public,
}
