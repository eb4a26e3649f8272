"""How a matter passes through the stages of its procedure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import chance
from .objects import NO_WORK
from .rulebook import OUTSIDE, Stage

if TYPE_CHECKING:
    from .matter import Matter


class Passage:
    """The part of a matter that moves on."""

    def proceed(self: Matter) -> None:
        """Move on from what has come to an end [PAS-PROCEED]."""
        if self.life == "withdrawn":
            return
        if self.ended == "started":
            self.enter(self.procedure.entry)
        elif self.ended == "resumed":
            self.enter(self.stage)
        elif self.ended == "passed":
            self.go_on()
        elif self.ended == "failed":
            self.go_back()
        elif self.ended == "consulted":
            self.consulted()
        else:
            self.ruled_on()

    def go_on(self: Matter) -> None:
        """A stage is passed [PAS-PASS]."""
        self.mend()
        if self.stage.names:  # [DUT-NAME]
            self.unclear = False
        if self.stage.type == "execute":
            self.surface()
            if self.pending > 0:
                return
            if self.reopened > 0:
                self.close()
                return
        if self.stage.issues:
            self.issue()
        self.enter(self.stage.passed)

    def go_back(self: Matter) -> None:
        """A stage has failed: back, or beyond where it has failed too often [PAS-FAIL]."""
        stage = self.stage
        if self.failures[stage] >= stage.limit:
            self.found = set()
            self.enter(stage.beyond, failure=True)
            return
        self.failures[stage] += 1
        if stage.type != "schedule":
            self.returns += 1
        self.enter(stage.failed, failure=True)

    def enter(self: Matter, target: Stage | str, failure: bool = False) -> None:
        """Go to a stage, or past those that do not concern it, or to an end [PAS-ENTER]."""
        while isinstance(target, Stage) and self.passes_over(target, failure):
            target = target.passed
        if isinstance(target, Stage):
            self.set_out(target)
        elif target == "close":
            self.close()
        elif target == "refuse":
            self.refuse()
        elif failure:  # [PAS-UP]
            self.hand_up(self.model.rules.decision_hours, asked=True)
        else:
            self.go_up()

    def go_up(self: Matter) -> None:
        """To a leader, because those concerned are not agreed [PAS-UP]."""
        self.disputed = True
        self.submit(self.model.rules.decision_hours)

    def passes_over(self: Matter, stage: Stage, failure: bool) -> bool:
        """Whether a stage does not concern the matter [PAS-OVER]."""
        if not self.meets(stage.when):
            return True
        if stage.type == "decide":
            agreed = (self.settled or self.entrusted) and not self.procedure.leaders_only
            if agreed or (self.ruled and not stage.checks):
                self.adopt()
                return True
            return False
        if stage.type != "consult":
            return False
        if stage.life == "after":
            return self.hours_for["after"] <= NO_WORK or self.reviewed
        return self.rounds > 0 and not self.disputed and (self.agreed(failure) or self.too_little_left(stage))

    @property
    def entrusted(self: Matter) -> bool:
        """Whether those agreed may go on without a leader [PAS-ENTRUST]."""
        return self.rounds > 0 and not self.disputed and self.importance < self.model.strategy.entrustment

    def agreed(self: Matter, failure: bool) -> bool:
        """Whether those concerned agree with the paper and nothing was found that sends it back to them."""
        close = self.model.rules.consensus_divergence + self.remainder
        return not failure and self.spoken_divergence(self.paper) <= close

    def too_little_left(self: Matter, stage: Stage) -> bool:
        """Whether the hours left for before the decision would not do for a round of each host."""
        strategy = self.model.strategy
        hours = stage.share * self.hours_for["before"] * (1.0 - strategy.investigation)
        return hours < 0.05 * self.briefs[0].full_cost(self.round_mode()) * len(self.briefs)

    def meets(self: Matter, condition: str) -> bool:
        """Whether a stage's condition holds [PAS-WHEN]."""
        strategy = self.model.strategy
        if condition == "several":
            return len(self.parties) > 1
        if condition == "outside":
            return any(party.actor.role in OUTSIDE for party in self.parties)
        if condition == "divided":
            return self.spoken_divergence(self.mean_voice()) > self.model.rules.consensus_divergence
        if condition == "changed":
            drawn = chance.uniform(self.model.keys["report"], self.ident)
            return self.amended and drawn < strategy.report_share
        return {
            "always": True, "never": False, "weighty": self.weighty, "light": not self.weighty,
            "by_form": strategy.forms == 1, "reminding": strategy.reminders == 1,
            "from_below": self.lead.actor.role == "subordinate",
        }[condition]  # fmt: skip

    def set_out(self: Matter, stage: Stage) -> None:
        """Begin what a stage asks for [PAS-SET]."""
        self.stage, self.life = stage, stage.life
        if stage.type == "execute":
            self.adopt()
        if self.unclear and (stage.type == "execute" or stage.who == "lead") and self.pass_on():
            return
        hours = stage.hours + stage.hours_party * len(self.parties)
        if stage.type == "consult":
            self.consult(stage)
        elif stage.type == "decide":
            self.submit(hours if hours > 0.0 else self.model.rules.decision_hours)
        elif stage.type == "execute":
            self.begin_work()
        elif stage.type == "circulate":
            self.circulate(hours)
        elif stage.type == "schedule":
            self.schedule()
        else:
            self.review(hours)

    def review(self: Matter, hours: float) -> None:
        """Work at a desk: the office's, the lead unit's, a superior organ's or a leader's."""
        if self.stage.who == "office":  # [BRF-DESK]
            self.briefs[0].start_task("desk", hours + self.extra)
            self.extra = 0.0
        elif self.stage.who == "lead":  # [EXE-PAPER]
            self.lead.left = hours
            if hours > NO_WORK:
                self.queue_work(self.lead)
            else:
                self.note()
        elif self.stage.who == "superior":  # [OCC-AWAIT]
            self.briefs[0].await_time("desk", self.model.tick + max(1, self.stage.wait))
        else:
            self.hand_up(hours, asked=True)
