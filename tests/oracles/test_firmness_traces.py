"""How a look at the work treats what departs and what is ahead, and how a round treats a dispute, by hand.

``small_office``: coordinator C 2 h a tick, leaders 1 h, units 2 h; a working relation stands at .8.
"""

import pytest
from builders import (
    bare_mode,
    events_of,
    procedure_of,
    small_office,
    strategy,
    told,
    who,
    with_matters,
    with_procedures,
)

from sim import engine, world
from sim.procedure import Procedure
from sim.world import World

EXACT = {"rel": 0.0, "abs": 1e-9}
DECIDE = {"name": "decide", "type": "decide", "hours": 0.5}
WORK = {"name": "carry_out", "type": "execute"}
LOOK = {"name": "supervise", "type": "follow_up", "alongside": "carry_out", "hours": 0.5, "every": 2}
CONSULT = {"name": "consult", "type": "consult", "on_failure": "close"}


def office(*procedures: Procedure, **rules: float) -> World:
    return with_procedures(small_office({f"rules.{name}": value for name, value in rules.items()}), *procedures)


def run(w: World, *matters: dict[str, object], **plan: float) -> World:
    return engine.simulate(
        with_matters(w, *matters), strategy(mode="talks", **{"explanation": 0.0, **plan}), events=300
    )


# Firmness


@pytest.mark.parametrize(
    ("firmness", "stance", "breaches", "owed", "discipline"),
    [
        (1.0, 0.7, ["3 corrected"], 0.25, 0.6),
        (0.5, 0.725, ["3 corrected", "5 corrected"], 0.25, 0.6 * 0.95**2),
        (0.0, 0.9, [], 0.0, 0.6 * 0.9**2),
    ],
)
def test_a_breach_put_right_by_halves_is_there_again_and_one_let_pass_spoils_the_house(
    firmness: float, stance: float, breaches: list[str], owed: float, discipline: float
) -> None:
    """D2, with 12 h to do, would have .9 where .5 was decided, and is looked at at t3 and t5; .25 off is let pass.

    Firmly: .4 off at t3, to .7, which is near enough at t5.  By halves: to .8 at t3, .3 off, to .725 at t5, half an
    hour of a quarter owed each time.  Not at all: .9 throughout.  Of a discipline of .6 a breach let pass takes a
    tenth, by halves a twentieth.  What D2 holds against the office: what was imposed, each correction, and the end.
    """
    rules = {"breach_tolerance": 0.25, "correction": 0.5, "correction_hours": 0.25, "lag_tolerance": 1.0}
    w = office(procedure_of(DECIDE, WORK, LOOK), **rules)
    w.organs.discipline = 0.6
    d, d2, _ = who(w, world.DEPARTMENT)
    w = run(w, {"arrival": 0, "actors": [d, d2], "work": [1.0, 12.0], "ideal": [0.5, 0.9]}, firmness=firmness)
    m = w.matters[0]
    assert [line for line in told(w) if "corrected" in line] == breaches
    assert w.totals[0].corrected == (1 if firmness == 1.0 else 2)
    assert w.parties[1].stance == pytest.approx(stance, **EXACT)
    assert w.organs[0].discipline == pytest.approx(discipline, **EXACT)
    assert m.leader_hours == pytest.approx(0.5 + owed, **EXACT)
    assert w.actors[m.leader].attended == pytest.approx(owed, **EXACT)
    gap = stance - 0.5
    held = 0.8 * (1.0 - 0.1 * 0.4 / 0.52) * (1.0 - 0.1 * firmness) ** w.totals[0].corrected
    held *= 1.0 - 0.1 * (gap - 0.12) / (gap + 0.12)
    assert w.ties[w.actors[d2].office_tie].work == pytest.approx(held, **EXACT)


# Levelling


@pytest.mark.parametrize(
    ("levelling", "closed"), [(0.0, [3, 7]), (0.04, [3, 7]), (0.06, [7, 6]), (1.0, [7, 6])]
)  # fmt: skip
def test_what_is_ahead_is_held_back_until_what_waits_beside_it_is_done(levelling: float, closed: list[int]) -> None:
    """D2 has 8 h for each of two matters, of t0 and half a tick later; the first, due some day, is looked at at t3.

    6 of its 8 h are done then and next to no time is gone.  Held back by less than half a tick (urging is worth 10) it
    is finished at t3 all the same; by more, it waits for the other.
    """
    w = office(procedure_of(WORK, LOOK), procedure_of(WORK), lag_tolerance=0.25, urging=10.0)
    d, d2, d3 = who(w, world.DEPARTMENT)
    first = {"arrival": 0, "actors": [d, d2], "work": [0.0, 8.0]}
    second = {"arrival": 0, "arose": 0.5, "actors": [d3, d2], "work": [0.0, 8.0], "procedure": 1}
    w = run(w, first, second, levelling=levelling)
    assert w.matters.closed.tolist() == closed
    assert int(events_of(w, "looked")[0].tick) == 3
    assert w.totals[0].urged == 0


def test_what_is_neither_ahead_nor_behind_is_not_held_back() -> None:
    """As above, due at t4: 6 of 8 h done and three of four ticks gone; half a tick's wait would be enough."""
    w = office(procedure_of(WORK, LOOK), procedure_of(WORK), lag_tolerance=0.25, urging=10.0)
    d, d2, d3 = who(w, world.DEPARTMENT)
    first = {"arrival": 0, "actors": [d, d2], "work": [0.0, 8.0], "deadline": 4}
    second = {"arrival": 0, "arose": 0.5, "actors": [d3, d2], "work": [0.0, 8.0], "procedure": 1}
    w = run(w, first, second, levelling=1.0)
    assert (w.matters.closed.tolist(), w.matters[0].place) == ([3, 7], 0.0)


@pytest.mark.parametrize(("levelling", "closed"), [(0.0, [7, 6]), (0.94, [7, 6]), (0.96, [3, 7]), (1.0, [3, 7])])
def test_an_office_that_levels_spurs_less_what_is_behind(levelling: float, closed: list[int]) -> None:
    """D2 has 8 h for each of two matters; the second, half a tick younger and due at t3, is looked at at t3 and urged.

    Where that is worth half a tick or more, of 10, D2 does it first.
    """
    w = office(procedure_of(WORK), procedure_of(WORK, LOOK), lag_tolerance=0.25, urging=10.0)
    d, d2, d3 = who(w, world.DEPARTMENT)
    first = {"arrival": 0, "actors": [d3, d2], "work": [0.0, 8.0]}
    second = {"arrival": 0, "arose": 0.5, "actors": [d, d2], "work": [0.0, 8.0], "procedure": 1, "deadline": 3}
    w = run(w, first, second, levelling=levelling)
    assert w.matters.closed.tolist() == closed
    assert int(events_of(w, "urged", 1)[0].tick) == 3


# The remedy


def talked(ident: int, remedy: int, *, people: bool = False) -> World:
    """D, whose interest is .2 and who misunderstands by .2, hears one round of talks; the host proposes .5."""
    w = office(procedure_of(CONSULT, people=people), focus=0.4)
    bare_mode(w, "talks", openness=0.8, pace=0.5, clarity=0.5)
    d = who(w, world.DEPARTMENT)[0]
    matter = {"arrival": 0, "ident": ident, "actors": [d], "work": [0.0], "ideal": [0.2], "bias": [0.2]}
    return run(w, matter, remedy=remedy, effort=4.0, investigation=0.0, rounds=1, whole_weight=1.0)


# Explaining: .7 of the misunderstanding goes, .06 is left; D aims at .8 x .5 + .2 x .26 = .452 and goes .3 of the way.
# Bargaining: .3 goes, .14 is left; D aims at .8 x .5 + .2 x .34 = .468 and goes .7 of the way.
EXPLAINED, BARGAINED = (0.06, 0.4 + 0.3 * 0.052), (0.14, 0.4 + 0.7 * 0.068)


def test_a_host_explains_or_bargains_always_or_as_the_dispute_seems_to_it() -> None:
    seen = set()
    for ident in range(8):
        for remedy in range(3):
            w = talked(ident, remedy)
            taken = bool(w.briefs[0].cognitive)
            expected = EXPLAINED if remedy == 1 or (remedy == 0 and taken) else BARGAINED
            assert (w.parties[0].bias, w.parties[0].stance) == pytest.approx(expected, **EXACT)
            seen.add((remedy, taken))
    assert len(seen) == 6


def test_between_people_the_first_round_explains_whatever_the_remedy() -> None:
    for remedy in range(3):
        assert talked(0, remedy, people=True).parties[0].bias == pytest.approx(0.0, **EXACT)
