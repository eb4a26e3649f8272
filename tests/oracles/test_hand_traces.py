"""Whole runs followed by hand: every tick written down, every number worked out on paper.

In all of them nobody is away, estimates are exact, departmentalism is 0 and skill 1, so that a party's openness r is
the mode's, 0.8; pace is 0.5.  "D1 2 h" is two hours of unit D1; C coordinator, L leader; x stance, z voice, P proposal.
"""

import numpy as np
import pytest
from builders import LONE, QUIET, Values, step, strategy, template, with_matters, with_qualities

from sim import engine, world
from sim.world import World

EXACT = {"rel": 0.0, "abs": 1e-9}  # the rules add 1e-12 where they divide


def office(coordinators: int, values: Values) -> World:
    """A leader in charge, an office, and departments D1 and D2, who all stand at 0.8 (work) and 0.6 (trust)."""
    w = template(
        {
            **QUIET, **LONE, "organisation.departments": 2, "organisation.coordinators": coordinators, "ticks": 30,
            "workload.arrivals": 0.0, "organisation.coordinator_hours": 2.0, "organisation.department_hours": 2.0,
            "rules.trust_weight": 0.0, "rules.trust_step": 0.05, "rules.trust_asymmetry": 2.0,
            "rules.trust_recovery": 0.0, "rules.friction": 1.0, "rules.consensus_divergence": 0.12, **values,
        }
    )  # fmt: skip
    w.actors.departmentalism = 0.0
    with_qualities(w, 1.0)
    w.ties.work = w.ties.work_base = 0.8
    w.ties.trust = w.ties.trust_base = 0.6
    for mode in ("meeting", "talks"):
        row = w.modes[list(world.FINDS_TIME).index(mode)]
        row.openness, row.pace, row.rapport, row.delay, row.delay_party, row.party_hours = 0.8, 0.5, 0.0, 1.0, 0.0, 1.0
    return w


def run(w: World, plan: np.recarray) -> World:
    """The world after all ticks, step by step."""
    w = engine.start(w, plan)
    for t in range(w.totals[0].horizon):
        step(w, t)
    return w


def test_two_matters_prepared_in_meetings_by_one_coordinator() -> None:
    """A (D1 with D2) arises in tick 0, B (D2 alone) in tick 1; needs 0.5, half of a proposal; a leader has 1 h a tick.

    Effort 4 h a party, a quarter for study: A has 8 h, study 2; B has 4 h, study 1.  Registering takes 1 h, a meeting
    2 h and 0.5 h a party, each party 1 h, a decision 1.5 h.  Agreed at a divergence of 0.09.

    t   what happens
    0   C 2 h of A's first 3
    1   C 1 h: A studied; a meeting costs 3 of the 6 h left: 1 h of it.  B joins the pool
    2   C 2 h: A's meeting is called for tick 3
    3   A meets.  x = .4, .8; mean .6, P = .5 x .5 + .5 x .6 = .55.  D1 aims at .8 P + .2 x .4 = .52, x .46, z .46 +
        .2 x .09 = .478; D2 aims at .6, x .7, z .67.  Divergence (.072 + .12) / 2 = .096: not agreed.  3 h left:
        another meeting, C 2 h of it.  D1, D2 1 h each for the meeting
    4   C 1 h: called for tick 5; C 1 h of B's first 2
    5   A meets.  Mean .574, P .537.  D1 aims at .5096, x .4848, z .49524; D2 aims at .5896, x .6448, z .62324.
        Divergence (.04176 + .08624) / 2 = .064: agreed; to L, 1 h of 1.5.  C 1 h: B studied; a meeting costs 2.5 of 3
        h: 1 h of it. D1, D2 1 h each for the meeting
    6   L .5 h: A decided, .537.  C 1.5 h: B's meeting is called for tick 7.  D2 begins 3 h for A at a rate of 1 -
        .1078 = .8922: 2 h do 1.7844
    7   B meets.  x = .3, P = .4; D2 aims at .38, x .34, z .352: agreed, L 1 h.  D2 1 h for the meeting, 1 h for A:
        .8922 done
    8   L .5 h: B decided, .4.  D2 finishes A's last .3234 in .3234 / .8922 h.  Lead units have their turns
    9   D1 2 h of A's 2 at a rate of 1 - .0522 = .9478: 1.8956.  D2 finishes B's 1 h at .94: B closed
    10  D1 .1044 / .9478 h: A closed
    """
    w = office(
        1,
        {
            "rules.intake_hours": 1.0, "rules.consensus_divergence": 0.09, "rules.decision_hours": 1.5,
            "organisation.leader_hours": 1.0, "rules.trust_step": 0.0, "modes.meeting.host_hours": 2.0,
            "modes.meeting.host_hours_party": 0.5, "modes.meeting.compliance": 0.2,
        },
    )  # fmt: skip
    d1, d2 = (int(u) for u in range(len(w.actors)) if w.actors[u].role == world.DEPARTMENT)
    w = with_matters(
        w,
        {"arrival": 0, "actors": [d1, d2], "work": [2.0, 3.0], "ideal": [0.4, 0.8]},
        {"arrival": 1, "actors": [d2], "work": [1.0], "ideal": [0.3]},
    )
    w = run(w, strategy(mode="meeting", effort=4.0, investigation=0.25, whole_weight=0.5))
    a, b = w.matters
    assert (a.first_act, a.decided, a.closed, a.rounds, a.handovers, a.touches) == (0, 6, 10, 2, 3, 11)
    assert (b.first_act, b.decided, b.closed, b.rounds, b.handovers, b.touches) == (4, 8, 9, 1, 3, 6)
    assert a.outcome == pytest.approx(0.537, **EXACT)
    assert b.outcome == pytest.approx(0.4, **EXACT)
    assert w.parties.stance.tolist() == pytest.approx([0.4848, 0.6448, 0.34], **EXACT)
    assert w.parties.voice.tolist() == pytest.approx([0.49524, 0.62324, 0.352], **EXACT)
    assert [a.host_hours, b.host_hours] == pytest.approx([9.0, 4.5], **EXACT)
    assert [a.party_hours, b.party_hours] == pytest.approx([4.0, 1.0], **EXACT)
    assert [a.leader_hours, b.leader_hours] == pytest.approx([1.5, 1.5], **EXACT)
    spent = [2.0 / 0.9478, 3.0 / 0.8922, 1.0 / 0.94]
    assert w.parties.friction.tolist() == pytest.approx([spent[0] - 2.0, spent[1] - 3.0, spent[2] - 1.0], **EXACT)
    assert [w.actors[d1].worked, w.actors[d2].worked] == pytest.approx([spent[0], spent[1] + spent[2]], **EXACT)
    assert [w.actors[d1].attended, w.actors[d2].attended] == pytest.approx([2.0, 3.0], **EXACT)
    assert [a.latent, b.latent] == pytest.approx([(0.0522 + 0.1078) / 2.0, 0.06], **EXACT)


def test_two_coordinators_who_contradict_each_other() -> None:
    """C1 and C2 both talk to D1 (lead, x = .2) and D2 (interest .3, misunderstanding .1); the whole needs 0.9.

    8 h of effort, 4 for each host, 1 of them for study; registering takes 2 h; talks 1 h and .5 h a party = 2 h; two
      rounds
    at most; instructions may differ by 0.05, more stalls for 4 ticks; agreed at 0.12.

    t  what happens
    0  C1 2 h of 3; C2 studied (1 h), 1 h of its talks
    1  C1 studied (1 h), 1 h of its talks; C2 1 h: its talks are due in tick 2
    2  C2's talks: mean .3, P = .45 + .15 = .6.  D1 aims at .52, x = z = .36.  Talks halve D2's misunderstanding to
       .05: it aims at .48 + .2 x .35 = .55, x = z = .475.  Divergence .1825: not agreed; 1 h left for half a round,
       spent, due in tick 3. C1 1 h: its talks are due in tick 3, before C2's, which were called later.  D1, D2 give 1
       h
    3  Both propose .45 + .5 x .4175 = .65875.  C1 is .05875 off what C2 told D1 and D2: both are stalled until tick
       7, two secondary conflicts, office ties .8 x .9 = .72.  C2 says the same as C1: no more, but nobody moves.  Not
       agreed: C2 is through; C1 has 1 h for half a round, spent, due in tick 4.  D1, D2 give 1.5 h
    4  C1's second round moves nobody; it is through too: to L, .5 + 1 h, who imposes .6 x .9 + .4 x .4175 = .707 at
       once. Resentment gap / (gap + .12) costs a tenth of that share.  D1, D2 give .5 h
    7  D2 may work again: 2 h at a rate of 1 - (.707 - .475) = .768
    8  D2 done with its 2 h; the lead's turn
    9  D1 done with its 1 h at a rate of 1 - .347 = .653: closed
    """
    w = office(
        2,
        {
            "rules.intake_hours": 2.0, "rules.decision_hours": 0.5, "rules.dispute_hours": 1.0, "rules.stall": 4.0,
            "organisation.leader_hours": 2.0, "rules.contradiction_tolerance": 0.05, "rules.leader_whole_weight": 0.6,
            "modes.talks.host_hours": 1.0, "modes.talks.host_hours_party": 0.5, "modes.talks.compliance": 0.0,
            "modes.talks.clarity": 0.5,
        },
    )  # fmt: skip
    d1, d2 = (int(u) for u in range(len(w.actors)) if w.actors[u].role == world.DEPARTMENT)
    matter = {
        "arrival": 0,
        "actors": [d1, d2],
        "work": [1.0, 2.0],
        "ideal": [0.2, 0.3],
        "bias": [0.0, 0.1],
        "need": 0.9,
    }
    plan = strategy(
        "multi", "talks", coordinators=2, effort=4.0, investigation=0.25, whole_weight=0.5, explanation=0.0, rounds=2
    )
    w = run(with_matters(w, matter), plan)
    m = w.matters[0]
    assert (m.secondary, m.escalated, m.rounds, m.decided, m.closed) == (2, 1, 4, 4, 9)
    assert m.outcome == pytest.approx(0.707, **EXACT)
    assert w.parties.stance.tolist() == pytest.approx([0.36, 0.475], **EXACT)
    assert w.parties.bias.tolist() == pytest.approx([0.0, 0.05], **EXACT)
    assert w.parties.stalled.tolist() == [7, 7]
    assert w.briefs.proposal.tolist() == pytest.approx([0.65875, 0.65875], **EXACT)
    assert [m.host_hours, m.party_hours, m.leader_hours] == pytest.approx([10.0, 6.0, 1.5], **EXACT)
    assert w.parties.friction.tolist() == pytest.approx([1.0 / 0.653 - 1.0, 2.0 / 0.768 - 2.0], **EXACT)
    for u, gap in ((d1, 0.347), (d2, 0.232)):  # stalled, imposed upon, and closed with a gap beyond 0.12
        share = 0.9 * (1.0 - 0.1 * gap / (gap + 0.12)) * (1.0 - 0.1 * (gap - 0.12) / (gap + 0.12))
        assert w.ties[w.actors[u].office_tie].work == pytest.approx(0.8 * share, **EXACT)
        assert w.ties[w.actors[u].office_tie].trust == 0.6


def test_an_outbreak_left_alone_cools_and_spoils_a_quarter_of_the_work() -> None:
    """Nobody prepares; L imposes the need, 0.5, on D1 (lead, x = .5) and D2 (x = .8); an outbreak is all but certain.

    The odds, 1000 x .15 x 1001 x ..., leave a chance of less than one in 10^5 that it does not; one outbreak exhausts.

    t  what happens
    0  L 1 h: decided.  D2 begins 5 h at a rate of .7: 2 h do 1.4.  Outbreak: ties .8 x .9 = .72, .6 x .9 = .54; cools
       in tick 3
    1  blocked
    2  blocked
    3  blocked; it cools: a quarter of 1.4 is spoilt, so that D2 has 3.95 h left
    4  D2 1.4
    5  D2 1.4
    6  D2 the last 1.15 in 1.15 / .7 h; the lead's turn
    7  D1 1 h: closed.  D1 is content (+1), D2 not (-.18 / .42)
    """
    w = office(
        1,
        {
            "rules.intake_hours": 0.0, "rules.decision_hours": 0.5, "rules.unprepared_hours": 0.5,
            "organisation.leader_hours": 1.0, "rules.leader_whole_weight": 1.0, "rules.outbreak_rate": 1000.0,
            "rules.interdependence": 1000.0, "rules.outbreak_exhaustion": 0.0, "rules.cooling": 3.0,
            "rules.outbreak_rework": 0.25,
        },
    )  # fmt: skip
    d1, d2 = (int(u) for u in range(len(w.actors)) if w.actors[u].role == world.DEPARTMENT)
    w = with_matters(w, {"arrival": 0, "actors": [d1, d2], "work": [1.0, 5.0], "ideal": [0.5, 0.8]})
    w = run(w, strategy(before=0.0, explanation=0.0))
    m = w.matters[0]
    assert (m.decided, m.outbreaks, m.conflict, m.escalated, m.rounds, m.closed) == (0, 1, 3, 0, 0, 7)
    assert m.outcome == pytest.approx(0.5, **EXACT)
    assert m.rework == pytest.approx(0.35, **EXACT)
    assert m.latent == pytest.approx(0.15, **EXACT)
    assert w.actors[d2].worked == pytest.approx((5.0 + 0.35) / 0.7, **EXACT)
    assert w.parties.friction.tolist() == pytest.approx([0.0, 5.35 / 0.7 - 5.35], **EXACT)
    assert w.parties.done.tolist() == pytest.approx([1.0, 5.0], **EXACT)
    assert m.touches == 1 + 4
    lead, assisting = w.ties[w.parties.tie]
    assert [lead.work, lead.trust] == pytest.approx([0.72 + 0.05 * 0.28, 0.54], **EXACT)
    assert [assisting.work, assisting.trust] == pytest.approx([0.72 * (1.0 - 0.1 * 0.18 / 0.42), 0.54], **EXACT)
    of_d2 = w.ties[w.actors[d2].office_tie]
    assert of_d2.work == pytest.approx(0.8 * (1.0 - 0.1 * 0.3 / 0.42) * (1.0 - 0.1 * 0.18 / 0.42), **EXACT)
