"""Consultation of the parties: handing it to hosts, and what follows when they are done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .rulebook import Stage

if TYPE_CHECKING:
    from .matter import Matter


class Consulting:
    """The part of a matter that is coordinated."""

    def consult(self: Matter, stage: Stage) -> None:
        """A consultation sets out [PAS-CONSULT]."""
        if stage.life == "after":
            self.reviewed = True
            self.open_briefs("after", stage.share)
        elif self.model.structure == "self_first" and len(self.parties) > 1 and self.rounds == 0:
            self.start_settling()
        else:
            self.open_briefs("before", stage.share)

    def start_settling(self: Matter) -> None:
        """The parties try by themselves, the lead unit hosting talks [CON-SETTLE]."""
        self.settling, self.acting, self.briefs_open, self.disputed = True, "before", 1, False
        brief = self.briefs[0]
        brief.host, brief.mode, brief.effect, brief.budget = self.lead.actor, "talks", 1.0, 0.0
        brief.convene()

    def open_briefs(self: Matter, acting: str, share: float = 1.0) -> None:
        """Share hours among the briefs and hand them out [BRF-OPEN]."""
        model, briefs = self.model, self.briefs
        hours = share * self.hours_for[acting]
        self.hours_for[acting] -= hours
        self.disputed, self.briefs_open, self.acting = False, len(briefs), acting
        for brief in briefs:
            brief.rounds = 0
            brief.study = model.strategy.investigation * hours / len(briefs)
            brief.budget = hours / len(briefs) - brief.study
            task = brief.study
            if acting == "before" and brief is briefs[0] and self.rounds == 0 and model.strategy.dispatch == 0:
                task += model.rules.intake_hours
            brief.start_task("study", task)

    def consulted(self: Matter) -> None:
        """What follows when no brief is open any more [COO-REPORT]."""
        held = self.make_joint_proposal()
        if self.settling:
            self.end_settling()
        elif self.acting == "before":
            self.end_before(held)
        elif self.acting == "during":
            self.end_during(held)
        elif self.disputed:  # [COO-REVIEWED]
            self.go_up()
        else:
            if held:
                self.change_outcome(self.paper)
            self.go_on_after()

    def make_joint_proposal(self: Matter) -> bool:
        """The mean of what was proposed becomes the paper; whether there was anything [COO-SUM]."""
        proposals = [brief.proposal for brief in self.briefs if brief.rounds > 0]
        if proposals:
            self.paper = sum(proposals) / len(proposals)
            self.spread = max(proposals) - min(proposals)
        return bool(proposals)

    def end_settling(self: Matter) -> None:
        """Agreed among themselves, or over to the office [COO-SETTLED]."""
        self.settling = False
        self.briefs[0].host = None
        self.forget_instructions()
        if self.disputed:
            self.enter(self.stage)
        else:
            self.settled = True
            self.enter(self.stage.passed)

    def end_before(self: Matter, held: bool) -> None:
        """Where the stage's failures go, or on; a committee has then decided [COO-SUBMIT]."""
        if self.rounds == 0 and self.rift_closed():
            self.disputed = False
        if self.disputed:
            self.enter(self.stage.failed)
        else:
            self.settled = held and self.model.structure == "committee"
            self.enter(self.stage.passed)

    def end_during(self: Matter, held: bool) -> None:
        """Back to work, or to a leader if the matter is still blocked [COO-MENDED]."""
        self.watch_at = self.model.tick + self.model.watch_interval
        if not self.disputed:
            self.unblock()
            if held:
                self.change_outcome(self.paper)
        elif self.blocked:
            self.go_up()
            return
        if self.pending == 0:
            self.note()

    def ruled_on(self: Matter) -> None:
        """A leader has ruled [COO-RULED]."""
        self.disputed = False
        if self.acting == "before":
            self.ruled = True
            self.enter(self.stage.passed)
            return
        self.unblock()
        self.change_outcome(self.paper)
        if self.life == "after":
            self.go_on_after()
        elif self.pending == 0:
            self.note()

    def go_on_after(self: Matter) -> None:
        """On from the consultation after the work, unless there is work again."""
        if self.life != "after":
            return
        review = self.procedure.review
        if self.reopened > 0 or review is None:
            self.close()
        else:
            self.enter(review.passed)

    def forget_instructions(self: Matter) -> None:
        """No party remembers being told anything."""
        for party in self.parties:
            party.told_by = None
