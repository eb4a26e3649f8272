"""When a round has brought agreement, by hand, and what becomes of differences that remain: reserved, or tried anew.

``small_office``: coordinator C 2 h a tick.  Rounds take C and each party 1 h, are held a tick later and move nobody;
parties count as agreed up to .12.  D (lead) and D2 say .3 and .7, the mean, .5, is proposed: .2 off each.
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

from sim import engine, measures, world
from sim.procedure import Procedure
from sim.vocabulary import STUCK
from sim.world import World

EXACT = {"rel": 0.0, "abs": 1e-9}
MODES = list(world.FINDS_TIME)
CONSULT = {"name": "consult", "type": "consult", "on_failure": "close"}
AGAIN = {"name": "again", "type": "consult", "on_failure": "close"}
FILE = {"name": "file", "type": "review", "hours": 0.5}


def office(*procedures: Procedure) -> World:
    w = with_procedures(small_office({}), *procedures)
    for mode in MODES:
        bare_mode(w, mode)
    return w


def run(w: World, mode: str = "talks", matter: dict[str, object] | None = None, **plan: float) -> World:
    """One matter of D's and D2's, followed to the end."""
    d, d2, _ = who(w, world.DEPARTMENT)
    plan = {"effort": 10.0, "investigation": 0.0, "rounds": 1, "whole_weight": 0.0, "explanation": 0.0, **plan}
    given = {"arrival": 0, "actors": [d, d2], "work": [0.0, 0.0], "ideal": [0.3, 0.7], **(matter or {})}
    return engine.simulate(with_matters(w, given), strategy(mode=mode, **plan), events=200)


def modes_of_rounds(w: World) -> list[str]:
    return [MODES[int(event.whom)] for event in events_of(w, "round")]


@pytest.mark.parametrize(("reserve", "remainder"), [(0.0, 0.0), (0.05, 0.0), (0.09, 0.08), (0.5, 0.08)])
def test_parties_agree_with_a_difference_recorded_that_is_counted_as_far_as_one_may_be_reserved(
    reserve: float, remainder: float
) -> None:
    """.2 - .12 = .08 is left standing if the reserve is as much."""
    w = run(office(procedure_of(CONSULT)), reserve=reserve)
    agreed = remainder > 0.0
    assert [len(events_of(w, name)) for name in ("agreed", "unresolved", "reserved")] == [agreed, not agreed, agreed]
    assert w.matters[0].remainder == pytest.approx(remainder, **EXACT)


@pytest.mark.parametrize(("ideal", "reserved"), [([0.3, 0.7], 100.0), ([0.45, 0.55], 0.0)])
def test_a_matter_closed_with_a_difference_reserved_is_counted_and_one_agreed_outright_is_not(
    ideal: list[float], reserved: float
) -> None:
    w = run(office(procedure_of(CONSULT, {"name": "decide", "type": "decide"})), matter={"ideal": ideal}, reserve=0.1)
    assert float(measures.assess(w)[measures.NAMES.index("reserved")]) == reserved


def test_those_who_have_reserved_a_difference_are_not_consulted_on_it_again() -> None:
    """The second consultation is passed over: .2 off the paper is within .12 and the remainder, .08."""
    w = run(office(procedure_of(CONSULT, AGAIN, FILE)), reserve=0.1)
    assert w.matters[0].rounds == 1
    assert [line for line in told(w) if "enters" in line] == ["0 enters 0", "1 enters 2"]


@pytest.mark.parametrize(
    ("dynamic", "rounds"),
    [(0, ["directive"] * 3), (1, ["directive", "onsite", "onsite"]), (2, ["directive", "directive", "onsite"])],
)
def test_after_so_many_rounds_without_agreement_the_mode_is_chosen_anew_as_things_stand(
    dynamic: int, rounds: list[str]
) -> None:
    """Two parties far apart in interest: that is for a visit (on site), tried first by directive."""
    w = run(office(procedure_of(CONSULT)), "directive", rounds=3, dynamic=dynamic)
    assert modes_of_rounds(w) == rounds
    assert [int(event.value) for event in events_of(w, "moded")] == [STUCK] * (dynamic > 0)


def test_between_people_it_is_talked_over_however_often_that_brings_no_agreement() -> None:
    w = run(office(procedure_of(CONSULT, people=True)), rounds=3, dynamic=1)
    assert modes_of_rounds(w) == ["talks"] * 3


@pytest.mark.parametrize(
    ("power", "bias", "healed"),
    [(0.9, 0.0, 4.0), (0.4, 0.0, 4.0 * 0.85), (0.4, 0.2, 4.0 * 0.65), (0.9, -0.2, 4.0 * 0.8), (0.4, 0.9, 0.0)],
)
def test_a_talk_heals_a_rift_less_the_further_apart_two_are_in_rank_and_in_what_they_know(
    power: float, bias: float, healed: float
) -> None:
    """D has power .9, D2 less by 0 or .5, and understands by so much otherwise: of 4, lost .3 x .5 and 1 x .2.

    From the second talk on the own tie, .8 and .6, shifts by 1 as often as that goes, then by the rest.
    """
    w = office(procedure_of(CONSULT, people=True))
    w.rules[0].rank_gap, w.rules[0].information_gap, w.rules[0].rift_healing = 0.3, 1.0, 4.0
    d, d2, _ = who(w, world.DEPARTMENT)
    w.actors[d].power, w.actors[d2].power = 0.9, power
    w = run(w, matter={"ideal": [0.1, 0.9], "bias": [0.0, bias]}, rounds=2)
    assert w.matters[0].rounds == 2
    distance, left = 1.0, healed
    while left > 1e-9:
        distance, left = distance * (1.0 - 0.05 * min(left, 1.0)), left - 1.0
    tie = w.ties[w.parties[1].tie]
    assert (tie.work, tie.trust) == pytest.approx((1.0 - 0.2 * distance, 1.0 - 0.4 * distance), **EXACT)


def _unaffiliated(w: World) -> int:
    u = who(w, world.PEER)[0]
    w.actors[u].post = world.UNAFFILIATED
    return u


@pytest.mark.parametrize(
    ("party", "bound"),
    [
        (lambda w: who(w, world.DEPARTMENT)[1], True), (lambda w: who(w, world.SUBORDINATE)[0], True),
        (lambda w: who(w, world.PEER)[0], True), (_unaffiliated, False), (lambda w: who(w, world.PUBLIC)[0], False),
        (lambda w: who(w, world.SUPERIOR)[0], False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("mode", ["directive", "talks"])
def test_a_directive_binds_neither_peers_of_another_system_nor_the_public_nor_those_above_and_talks_move_all(
    party: object, bound: bool, mode: str
) -> None:
    """Wanting .9, where .3 is proposed: aims at .8 x .3 + .2 x .9 = .42, x = .66, and says .66 - .5 x .36 = .48.

    One who is not bound by a directive is open to nothing and complies with nothing: stays at .9.
    """
    w = office(procedure_of(CONSULT))
    bare_mode(w, mode, openness=0.8, pace=0.5, compliance=0.5)
    actors = [who(w, world.DEPARTMENT)[0], party(w)]  # type: ignore[operator]
    w = run(w, mode, {"actors": actors, "ideal": [0.3, 0.9], "need": 0.3}, whole_weight=1.0)
    moved = (0.66, 0.48) if bound or mode == "talks" else (0.9, 0.9)
    assert (w.parties[1].stance, w.parties[1].voice) == pytest.approx(moved, **EXACT)
