"""A check finds its own kind of flaw and no other, as often as whoever checks is keen, and what it costs not to."""

import numpy as np
import pytest
from builders import procedure_of, small_office, strategy, who, with_matters, with_procedures, with_qualities

from sim import engine, world
from sim.vocabulary import CLASHING, COMPARED, CONTENT, FLAW_NAMES, FORM, FOUND, TECHNICAL
from sim.world import World

TOLERANCE = 0.1
DRAWN = [flaw for flaw in FLAW_NAMES if flaw not in COMPARED]
LINES = {
    "law": "",
    "superior": "superior",
    "earlier": "own",
    "related": "related",
}  # which rule in force is contradicted


def review(name: str, *flaws: str) -> dict[str, object]:
    return {"name": name, "type": "review", "checks": flaws, "on_failure": "close"}


def followed(w: World, matters: int, flaws: int = 0) -> World:
    """So many matters of one department, whose papers say 0.5, with the same flaws."""
    d = who(w, world.DEPARTMENT)[0]
    rows = [{"arrival": 0, "arose": m / matters, "actors": [d], "work": [0.0], "flaws": flaws} for m in range(matters)]
    return engine.simulate(with_matters(w, *rows), strategy(), events=8 * matters)


def findings(w: World) -> list[tuple[int, int]]:
    """Of every finding, the place of the stage and the flaws found."""
    events = w.events[: w.totals[0].events]
    return [(int(w.stages[e.stage].place), int(e.value)) for e in events if e.what == FOUND]


@pytest.mark.parametrize(
    ("flaw", "how"), [*((flaw, "drawn") for flaw in DRAWN), *((flaw, "compared") for flaw in LINES)]
)
def test_each_check_catches_its_own_flaw_and_no_other(flaw: str, how: str) -> None:
    """All other checks come first and pass the paper; then its own stops it.  Any two leaders say different things."""
    others = [name for name in FLAW_NAMES if name != flaw]
    w = with_procedures(
        small_office(
            {
                "rules.policy_tolerance": TOLERANCE,
                "rules.estimate_spread": 0.1,
                "rules.contradiction_tolerance": 0.0,
            }
        ),
        procedure_of(review("others", *others), review("own", flaw)),
    )
    bit = 1 << FLAW_NAMES.index(flaw)
    d = who(w, world.DEPARTMENT)[0]
    matter = {"arrival": 0, "actors": [d], "work": [0.0], "flaws": bit if how == "drawn" else 0}
    matter["addressed"] = 2
    if how == "compared" and flaw == "law":
        matter["low"] = 0.6
    elif how == "compared":
        w.force[LINES[flaw]] = 0.5 + 2.0 * TOLERANCE
    w = engine.simulate(with_matters(w, matter), strategy(), events=20)
    assert findings(w) == [(1, bit)]
    assert w.matters[0].returns == 1


@pytest.mark.parametrize("keenness", [0.0, 0.15, 0.6, 1.0])
def test_flaws_are_found_independently_and_as_often_as_a_desk_is_keen(keenness: float) -> None:
    """Within 5 standard errors of the share, for either of two flaws and for both."""
    count = 4000
    w = small_office({"rules.vetting": keenness, "ticks": 3})
    w = with_procedures(w, procedure_of(review("both", "form", "technical")))
    found = np.array([bits for _, bits in findings(followed(w, count, 1 << FORM | 1 << TECHNICAL))], dtype=np.int64)
    of_each = [((found >> flaw) & 1).sum() / count for flaw in (FORM, TECHNICAL)]
    both = (found == (1 << FORM | 1 << TECHNICAL)).sum() / count
    for share, expected in ((of_each[0], keenness), (of_each[1], keenness), (both, keenness**2)):
        assert share == pytest.approx(expected, abs=5.0 * np.sqrt(expected * (1.0 - expected) / count))


def test_a_less_skilled_desk_finds_less_and_a_leader_as_much_as_leaders_do() -> None:
    count = 4000
    w = small_office({"rules.leader_vetting": 0.3, "ticks": 3, "organisation.leader_hours": 1.0})
    with_qualities(w, 0.5)
    desk = with_procedures(w, procedure_of(review("desk", "content")))
    leader = with_procedures(w, procedure_of({**review("signing", "content"), "who": "leader"}))
    for office, expected in ((desk, 0.5), (leader, 0.3)):
        share = len(findings(followed(office, count, 1 << CONTENT))) / count
        assert share == pytest.approx(expected, abs=5.0 * np.sqrt(expected * (1.0 - expected) / count))


def test_what_nobody_found_costs_work_done_again_once_the_work_is_done() -> None:
    """Of 10 h, a tenth for each of two clerical flaws; what makes rules clash costs none of it.

    t0 decided, D's turn; t1-t5 10 h; t6 the 2 h again
    """
    w = small_office({"rules.flaw_rework": 0.1})
    w = with_procedures(w, procedure_of({"name": "decide", "type": "decide"}, {"name": "work", "type": "execute"}))
    d = who(w, world.DEPARTMENT)[0]
    flaws = 1 << FORM | 1 << TECHNICAL | 1 << CONTENT
    w = engine.simulate(with_matters(w, {"arrival": 0, "actors": [d], "work": [10.0], "flaws": flaws}), strategy())
    m = w.matters[0]
    assert "content" in CLASHING
    assert (m.rework, m.closed, m.flaws) == (pytest.approx(2.0, abs=1e-12), 6, 1 << CONTENT)
    assert w.actors[d].worked == pytest.approx(12.0, abs=1e-12)
