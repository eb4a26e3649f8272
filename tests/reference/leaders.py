"""Leaders, as Mesa agents: they approve, decide and rule."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

from .actors import Actor
from .objects import NO_WORK, enter

if TYPE_CHECKING:
    from .matter import Matter


class Leader(Actor):
    """A leader with a queue of cases to decide."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.cases: list[Matter] = []

    def join_queue(self, matter: Matter) -> None:
        """A case, at its present place."""
        enter(self.cases, matter)

    def step(self) -> None:
        """Pay debts, then give attention to the cases in order; if engaged, only to what presses [DEC-DESK]."""
        if self.is_away(self.model.tick):
            return
        hours, engaged = self.capacity, self.engaged(self.model.tick)
        if not engaged:
            paid = min(hours, self.debt)
            self.debt -= paid
            hours -= paid
        while hours > NO_WORK and self.cases:
            matter = self.cases[0]
            if matter.life == "withdrawn":
                self.cases.pop(0)
            elif engaged and not matter.presses:
                return
            else:
                hours -= self.attend_to(matter, hours)

    def attend_to(self, matter: Matter, hours: float) -> float:
        """Spend up to ``hours`` on a case; the hours spent [DEC-CASE]."""
        spent = min(hours, matter.case_hours)
        matter.case_hours -= spent
        matter.leader_hours += spent
        matter.handle(self)
        matter.touch()
        if matter.case_hours <= NO_WORK:
            self.cases.pop(0)
            self.close_case(matter)
        return spent

    def close_case(self, matter: Matter) -> None:
        """Approve or return, decide, or rule [DEC-CLOSE]."""
        matter.cased = False
        if matter.asked:  # [DEC-APPROVE]
            matter.asked = False
            if matter.stage.who == "office":
                matter.mend()
                matter.leave("passed")
            else:
                matter.leave("failed" if matter.examine_as_leader() else "passed")
        elif matter.life == "decision":
            if matter.failures[matter.stage] < matter.stage.limit and matter.examine_as_leader():
                matter.leave("failed")
            else:
                self.settle(matter)
                matter.outcome = matter.paper
                if matter.decided < 0:
                    matter.decided = self.model.tick
                matter.leave("passed")
        else:
            self.settle(matter)
            matter.leave("ruled")

    def settle(self, matter: Matter) -> None:
        """Say what the paper says, and impose it where the parties did not agree [DEC-SETTLE]."""
        if matter.disputed or (matter.rounds == 0 and not matter.ruled):
            outcome = self.judge(matter)
            self.impose(matter, outcome)
        else:
            outcome = matter.within_band(matter.paper)
        matter.paper = outcome

    def judge(self, matter: Matter) -> float:
        """What the leader thinks right [DEC-JUDGE]."""
        whole = self.model.rules.leader_whole_weight
        if matter.delegated:
            whole *= 1.0 - self.model.rules.delegation_view_loss
        estimate = self.estimate(matter, sum(brief.research for brief in matter.briefs))
        return matter.within_band(whole * estimate + (1.0 - whole) * self.told_of(matter))

    def told_of(self, matter: Matter) -> float:
        """What the parties say, as far as it is reported truly [DEC-REPORT]."""
        voice = matter.mean_voice()
        if matter.rounds == 0 or isnan(matter.paper):
            return voice
        return voice + (1.0 - self.model.strategy.candour) * (matter.paper - voice)

    def impose(self, matter: Matter, outcome: float) -> None:
        """Everyone says what was decided, and resents it by how far it is from what they believe [DEC-IMPOSE]."""
        model = self.model
        for party in matter.parties:
            gap = abs(party.stance - outcome)
            party.voice = outcome
            if party.actor.office_tie is not None:
                resentment = gap / (gap + model.rules.consensus_divergence + 1e-12)
                party.actor.office_tie.shift_work(-resentment * model.unexplained, model.tick)
            if matter.procedure.people and party is not matter.lead and party.tie is not None:
                party.tie.heal(1.0, model.tick)
