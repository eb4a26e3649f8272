"""Measures by hand: worlds whose end is written down, and the number that a pencil gets from it.

``small_office``, 30 ticks: coordinator C 2 h a tick, leaders 1 h, units 2 h; D, D2 and D3 are departments.
"""

import math

import pytest
from builders import bare_mode, events_of, procedure_of, small_office, strategy, who, with_matters, with_procedures

from sim import engine, measures, world
from sim.vocabulary import FLAW_NAMES
from sim.world import World

EXACT = {"rel": 0.0, "abs": 1e-9}
HORIZON = 30
DECIDE = {"name": "decide", "type": "decide", "hours": 0.5}
WORK = {"name": "carry_out", "type": "execute"}
LOOK = {"name": "supervise", "type": "follow_up", "alongside": "carry_out", "hours": 0.5, "every": 4}
ISSUE = {"name": "issue", "type": "review", "issues": True}
FILE = {"name": "file", "type": "review", "hours": 1.0}


def measure(w: World, name: str) -> float:
    return float(measures.assess(w)[measures.NAMES.index(name)])


def ended(*matters: dict[str, object]) -> World:
    """A world at its end: a procedure of each kind, and a fifth (4) without work; D's unless said otherwise."""
    kinds = [procedure_of(DECIDE, WORK, name=kind, kind=kind) for kind in world.LEVELS]
    w = with_procedures(small_office({}), *kinds, procedure_of(DECIDE))
    d = who(w, world.DEPARTMENT)
    return with_matters(w, *({"actors": d[: len(m.get("work", [0.0]))], "work": [0.0], **m} for m in matters))  # type: ignore[arg-type]


def at(urgency: float, deadline: int, closed: int = -1) -> dict[str, object]:
    life = world.CLOSED if closed >= 0 else world.DURING
    return {"urgency": urgency, "deadline": deadline, "life": life, "closed": closed}


def test_of_urgent_matters_due_within_the_run_half_were_closed_in_time() -> None:
    """In time: on the day, and on the last.  Late, and open.  Not urgent enough, and due after the run: not counted."""
    in_time, not_in_time = [at(0.6, 10, 10), at(0.9, HORIZON - 1, 29)], [at(0.9, 10, 11), at(0.51, 10)]
    others = [at(0.5, 10, 5), at(0.0, 10, 5), at(0.9, HORIZON, 5)]
    assert measure(ended(*in_time, *not_in_time, *others), "urgent_on_time") == 0.5
    assert measure(ended(*in_time, *others), "urgent_on_time") == 1.0
    assert math.isnan(measure(ended(*others), "urgent_on_time"))


def test_affairs_take_their_share_of_the_hours_leaders_give() -> None:
    """Affairs 3 h and 1 h, a plan 1 h, a policy 2 h, strategy 3 h: 4 of 10.  What others give does not count."""
    given = (("affairs", 3.0), ("plan", 1.0), ("affairs", 1.0), ("policy", 2.0), ("strategy", 3.0))
    w = ended(*({"procedure": world.LEVELS.index(kind), "leader_hours": hours} for kind, hours in given))
    w.matters.host_hours = 5.0
    assert measure(w, "leader_hours_affairs") == 0.4
    w.matters.leader_hours[w.matters.procedure == world.AFFAIRS] = 0.0
    assert measure(w, "leader_hours_affairs") == 0.0
    w.matters.leader_hours = 0.0
    assert math.isnan(measure(w, "leader_hours_affairs"))


def begun(work: list[float], done: list[float], **fields: object) -> dict[str, object]:
    return {"life": world.DURING, "decided": 1, "outcome": 0.5, "deadline": 9, "work": work, "done": done, **fields}


def test_progress_is_as_uneven_as_shares_of_hours_done_deviate_whatever_the_size_of_a_matter() -> None:
    """½ of 8 h (one ahead, one by a helper), all of 4, none of 10: off by 0, ½ and ½ from their mean, √(½ / 3).

    One that asks no hours, one not decided, one due later and one nobody is to carry out do not count.
    """
    half = begun([2.0, 6.0], [2.0, 0.0], ahead=[0.0, 1.0], helped=[0.0, 1.0])
    others = [
        begun([0.0], [0.0]), begun([4.0], [1.0], decided=-1), begun([4.0], [1.0], deadline=HORIZON),
        begun([4.0], [1.0], procedure=4),
    ]  # fmt: skip
    w = ended(half, begun([4.0], [4.0]), begun([10.0], [0.0]), *others)
    assert measure(w, "uneven_progress") == pytest.approx(math.sqrt(0.5 / 3.0), **EXACT)
    assert measure(w, "implementation") == pytest.approx(8.0 / 22.0, **EXACT)
    assert measure(ended(half, *others), "uneven_progress") == 0.0
    assert math.isnan(measure(ended(*others), "uneven_progress"))


def test_what_is_given_up_locally_is_a_mean_over_parties_not_over_matters_or_units() -> None:
    """0, .4 and .3 off what D, D2 and D3 want, and .2 off what D wants: .9 of 4.  One not decided does not count."""
    decided = {"decided": 1, "life": world.DURING}
    three = {**decided, "outcome": 0.5, "work": [0.0] * 3, "ideal": [0.5, 0.9, 0.2]}
    one, open_ = {**decided, "outcome": 0.8, "ideal": [0.6]}, {"ideal": [0.0]}
    assert measure(ended(three, one, open_), "local_loss") == pytest.approx(0.9 / 4.0, **EXACT)
    assert math.isnan(measure(ended(open_), "local_loss"))


def test_a_document_counts_whatever_is_wrong_with_it_when_it_is_issued_once() -> None:
    """The first says .9: against the law, which its paper was known to be, superior and related rules, and the wrong
    form: 4.  The second says .85, .05 off the first, and heeds both: none.  The third is never issued.
    """
    w = with_procedures(small_office({"rules.policy_tolerance": 0.2}), procedure_of(ISSUE), procedure_of(FILE))
    law, superior, related, form = (1 << FLAW_NAMES.index(name) for name in ("law", "superior", "related", "form"))
    d = {"actors": who(w, world.DEPARTMENT)[:1], "work": [0.0]}
    first = {"arrival": 0, "ideal": [0.9], "high": 0.5, "flaws": law | form, **d}
    second = {"arrival": 2, "ideal": [0.85], "heeded": superior | related, **d}
    third = {"arrival": 4, "ideal": [0.9], "flaws": form, "procedure": 1, **d}
    w = engine.simulate(with_matters(w, first, second, third), strategy(), events=100)
    assert [len(events_of(w, "issued", m)) for m in range(3)] == [1, 1, 0]
    assert measure(w, "defects") == pytest.approx(100.0 * 4.0 / 3.0, **EXACT)


def test_of_hours_spent_on_work_under_way_those_on_rounds_are_told_apart() -> None:
    """4 h are kept for before the decision and 4 h for while D2 does 12 h and means .9 where .5 was decided.

    t0  C finds out 1 h, gets the talks ready 1 h, in vain; t2 L decides: none of this counts
    t4  finds out 1 h, gets talks ready 1 h; t5 in vain; t7 looks 1 h and corrects
    t8  finds out ½ h, gets talks ready 1 h; t9 agreed; t11 C files it, 1 h, which does not count
    Of 4.5 h 2 on talks.
    """
    consult = {"name": "consult", "type": "consult"}
    w = with_procedures(small_office({}), procedure_of(consult, DECIDE, WORK, {**LOOK, "hours": 1.0}, FILE))
    bare_mode(w, "talks")
    matter = {"arrival": 0, "actors": who(w, world.DEPARTMENT)[:2], "work": [0.0, 12.0], "ideal": [0.5, 0.9]}
    plan = strategy(
        mode="talks", effort=4.0, investigation=0.25, rounds=1, explanation=0.0, before=0.5, during=0.5,
        watch_interval=1.0,
    )  # fmt: skip
    w = engine.simulate(with_matters(w, matter), plan, events=300)
    assert [int(event.tick) for event in events_of(w, "round")] == [1, 5, 9]
    assert [int(event.tick) for event in events_of(w, "corrected")] == [7]
    assert (w.matters[0].closed, w.matters[0].host_hours) == (11, 7.5)
    assert (w.totals[0].during_hours, w.totals[0].during_round_hours) == pytest.approx((4.5, 2.0), **EXACT)
    assert measure(w, "dispute_share") == pytest.approx(4.0 / 9.0, **EXACT)
    assert math.isnan(measure(ended(at(0.5, 10)), "dispute_share"))
