"""Documents in force: what is issued stands beside what was issued before, and clashes with it or does not."""

import math

import numpy as np
import pytest
from builders import procedure_of, small_office, strategy, told, who, with_matters, with_procedures
from hypothesis import given
from hypothesis import strategies as st

from sim import engine, world
from sim.vocabulary import CLASHING, COMPARED, CONTENT, FLAW_NAMES, FORM, POWERS
from sim.world import World

TOLERANCE = 0.2
ISSUE = {"name": "issue", "type": "review", "issues": True}
DECIDE = {"name": "decide", "type": "decide"}
WORK = {"name": "work", "type": "execute"}
OFFICE = small_office({"rules.policy_tolerance": TOLERANCE})
ISSUING = with_procedures(OFFICE, procedure_of(ISSUE))
positions = st.integers(0, 20).map(lambda step: step / 20.0 + 0.001)  # never exactly a tolerance apart


def bit(flaw: str) -> int:
    return 1 << FLAW_NAMES.index(flaw)


def end(w: World, plan: np.recarray | None = None, **matter: object) -> World:
    """One matter of a department's to its end, in a world of its own."""
    w = w._replace(force=w.force.copy(), ties=w.ties.copy(), actors=w.actors.copy())
    actors = matter.pop("actors", who(w, world.DEPARTMENT)[:1])
    w = with_matters(w, {"arrival": 0, "actors": actors, "work": [0.0] * len(actors), **matter})
    return engine.simulate(w, strategy() if plan is None else plan, events=200)


@given(
    said=st.integers(1, 19).map(lambda step: step / 20.0), superior=positions, related=positions,
    own=positions | st.just(math.nan), flaws=st.sets(st.sampled_from(FLAW_NAMES)),
    heeded=st.sets(st.sampled_from(COMPARED)), standing=st.integers(0, 5),
)  # fmt: skip
def test_a_document_counts_what_it_contradicts_unheeded_and_replaces_the_earlier_unless_it_contradicts_that(
    said: float, superior: float, related: float, own: float, flaws: set[str], heeded: set[str], standing: int
) -> None:
    w = ISSUING._replace(force=ISSUING.force.copy())
    w.force.superior, w.force.related, w.force.own, w.force.clashes = superior, related, own, standing
    drawn = flaws - set(COMPARED)
    w = end(w, ideal=[said], flaws=sum(map(bit, drawn)), heeded=sum(map(bit, heeded)))
    lines = {"superior": superior, "earlier": own, "related": related}
    contradicted = {flaw for flaw, line in lines.items() if abs(said - line) > TOLERANCE} - heeded
    clashes = contradicted | (drawn & set(CLASHING))
    here = w.force[0, 0]
    assert here.clashes == len(clashes) + (standing if "earlier" in clashes else 0)
    assert (here.own, here.issued) == (said, 1)
    left = drawn - {"instructions"}  # leaders who take the same to be best say the same
    assert w.totals[0].defects == len(contradicted | left)
    assert ("0 clash" in told(w)) == bool(clashes)
    assert (w.force.clashes[0, 1:] == standing).all()  # other domains are other matters


def test_a_later_document_that_says_the_same_clashes_with_nothing_and_one_that_says_otherwise_does() -> None:
    w = ISSUING._replace(force=ISSUING.force.copy())
    w.force.superior = w.force.related = 0.5
    d = who(w, world.DEPARTMENT)[0]
    plain = {"actors": [d], "work": [0.0]}
    says = [{"arrival": t, "ideal": [x], **plain} for t, x in ((0, 0.35), (2, 0.45), (4, 0.68), (6, 0.4))]
    w = engine.simulate(with_matters(w, *says), strategy(), events=100)
    assert [any("clash" in line for line in told(w, m)) for m in range(4)] == [False, False, True, True]
    assert (w.force[0, 0].clashes, w.force[0, 0].own, w.force[0, 0].issued) == (2, 0.4, 4)


def test_what_was_found_and_mended_before_issue_clashes_with_nothing() -> None:
    """Vetting finds the earlier and the related rule contradicted, D mends it; superior policy is left unchecked."""
    draft = {"name": "draft", "type": "review", "who": "lead", "hours": 1.0}
    vet = {"name": "vet", "type": "review", "checks": ("earlier", "related"), "on_failure": "draft"}
    w = with_procedures(OFFICE, procedure_of(draft, vet, ISSUE))
    w = w._replace(force=w.force.copy())
    w.force.superior, w.force.related, w.force.own, w.force.clashes = 0.9, 0.9, 0.9, 2
    w = end(w, ideal=[0.5])
    assert w.matters[0].heeded == bit("earlier") | bit("related")
    assert (w.force[0, 0].clashes, w.force[0, 0].own) == (1, 0.5)


def hazard_odds(clashes: int, flaws: int) -> float:
    """The odds of an outbreak of a matter with a party 0.3 off, in a domain where so many rules clash."""
    w = with_procedures(small_office({"rules.outbreak_rate": 1e-6, "ticks": 5}), procedure_of(DECIDE, WORK))
    w.force.clashes = clashes
    w.rules[0].clash_weight, w.rules[0].flaw_weight = 0.3, 0.5
    d, d2, _ = who(w, world.DEPARTMENT)
    w = end(w, actors=[d, d2], work=[1.0, 100.0], ideal=[0.5, 0.8], flaws=flaws)
    return float(w.matters[0].hazard / (1.0 - w.matters[0].hazard))


@pytest.mark.parametrize("clashes", [0, 1, 4])
@pytest.mark.parametrize("flaws", [0, 1 << FORM, 1 << CONTENT, 1 << CONTENT | 1 << POWERS | 1 << FORM])
def test_clashes_of_rules_and_flaws_that_make_them_raise_the_odds_of_an_outbreak(clashes: int, flaws: int) -> None:
    substantial = sum(flaws >> FLAW_NAMES.index(name) & 1 for name in CLASHING)
    expected = (1.0 + 0.3 * clashes) * (1.0 + 0.5 * substantial)
    assert hazard_odds(clashes, flaws) / hazard_odds(0, 0) == pytest.approx(expected, rel=1e-9)


def broken_out(**plan: float) -> World:
    """A matter with two flaws that breaks out once, in a domain with three clashes; any round brings agreement."""
    w = with_procedures(
        small_office({"rules.consensus_divergence": 1.0, "rules.cooling": 2.0}), procedure_of(DECIDE, WORK)
    )
    w.rules[0].outbreak_rate, w.rules[0].outbreak_exhaustion, w.rules[0].flaw_rework = 1e12, 0.0, 0.0
    w.force.clashes = 3
    d, d2, _ = who(w, world.DEPARTMENT)
    return end(
        w, strategy(mode="talks", effort=9.0, **plan), actors=[d, d2], work=[1.0, 16.0], ideal=[0.5, 0.8],
        flaws=1 << CONTENT | 1 << FORM,
    )  # fmt: skip


def test_a_conflict_that_is_coordinated_removes_one_clash_and_the_flaws_that_made_it() -> None:
    w = broken_out(before=0.0, during=1.0)
    m = w.matters[0]
    assert (m.outbreaks, m.blocked, m.life) == (1, 0, world.CLOSED)
    assert [line.split(" ", 1)[1] for line in told(w)].count("mended") == 1
    assert (w.force[0, 0].clashes, m.flaws & (1 << CONTENT)) == (2, 0)


def test_a_conflict_that_merely_cools_clears_nothing_up() -> None:
    w = broken_out(before=0.0, during=0.0)
    m = w.matters[0]
    assert (m.outbreaks, m.conflict, m.life) == (1, 2, world.CLOSED)
    assert (w.force[0, 0].clashes, m.flaws & (1 << CONTENT)) == (3, 1 << CONTENT)
