"""Labels: which kind of coordination an act is, by object (O1-X1) and by type (T1-T10).

What follows from the matter alone (its traits) is found when the matter is drawn; the rest depends on who acts, when
and how.  Source: seeds 000 and 002, objects and types of coordination.
"""

from sim import parameters, world
from sim.compiled import compiled
from sim.vocabulary import CONTENT_NAMES, LABEL
from sim.world import World

MEETING, ONSITE, DIRECTIVE, TALKS, COUNTERSIGN = range(len(parameters.MODES))
O1, O2, O3, O4 = 1 << LABEL["O1"], 1 << LABEL["O2"], 1 << LABEL["O3"], 1 << LABEL["O4"]
P1, P2, P3, P4 = 1 << LABEL["P1"], 1 << LABEL["P2"], 1 << LABEL["P3"], 1 << LABEL["P4"]
D1, D2, D3, X1 = 1 << LABEL["D1"], 1 << LABEL["D2"], 1 << LABEL["D3"], 1 << LABEL["X1"]
COGNITION = 1 << LABEL["T3.cognition"]
PROMOTING, CORRECTIVE = 1 << LABEL["T4.promoting"], 1 << LABEL["T4.corrective"]
COOPERATIVE, CONTINGENT = 1 << LABEL["T5.cooperative"], 1 << LABEL["T5.contingent"]
BY_MEETING, BY_PAPER, BY_TALKS = 1 << LABEL["T6.meeting"], 1 << LABEL["T6.formal"], 1 << LABEL["T6.informal"]
AUTHORITY, REGULATION = 1 << LABEL["T8.authority"], 1 << LABEL["T8.regulation"]
INTEREST, PSYCHOLOGY = 1 << LABEL["T8.interest"], 1 << LABEL["T8.psychology"]
TREE, LATERAL, CHAIN = 1 << LABEL["T10.tree"], 1 << LABEL["T10.lateral"], 1 << LABEL["T10.chain"]

_THINGS, _PEOPLE, _RUSH = 1 << LABEL["T1.things"], 1 << LABEL["T1.people"], 1 << LABEL["T1.rush"]
_INTERNAL, _EXTERNAL, _SOCIETY = 1 << LABEL["T2.internal"], 1 << LABEL["T2.external"], 1 << LABEL["T2.society"]
_OF_INTEREST = 1 << LABEL["T3.interest"]
_ADAPTIVE, _STRUCTURAL = 1 << LABEL["T7.adaptive"], 1 << LABEL["T7.structural"]
_DYNAMIC, _COMMUNICATIVE = 1 << LABEL["T7.dynamic"], 1 << LABEL["T7.communicative"]
_HIGH, _MIDDLE, _GRASSROOTS = 1 << LABEL["T8.high"], 1 << LABEL["T8.middle"], 1 << LABEL["T8.grassroots"]
_ENVIRONMENT, _STRUCTURE = 1 << LABEL["T9.environment"], 1 << LABEL["T9.structure"]
_PERSONNEL = 1 << LABEL["T9.personnel"]
_OUTSIDE = (1 << world.SUPERIOR) | (1 << world.PEER)
_UNDER_WAY = sum(
    1 << CONTENT_NAMES.index(name)
    for name in ("policy_execution", "plan_execution", "follow_up", "emergencies", "ad_hoc")
)


@compiled
def traits_of(content: int, people: bool, rush: bool, roles: int, cognition: bool, high: bool, sponsor: int) -> int:
    """[LAB-TRAITS] Labels every act on a matter carries: of things or people, inside or outside, of cognition or
    interest, by its central problem, level and object.

    ``roles`` are the bits of its parties' roles, ``sponsor`` the role of the lead unit.
    """
    bits = (_PEOPLE if people else _THINGS) | (_RUSH if rush else 0)
    society, outside = (roles >> world.PUBLIC) & 1, roles & _OUTSIDE
    bits |= _SOCIETY if society else (_EXTERNAL if outside else _INTERNAL)
    bits |= COGNITION if cognition else _OF_INTEREST
    if society or outside:
        bits |= _ADAPTIVE
    elif (_UNDER_WAY >> content) & 1:
        bits |= _DYNAMIC
    else:
        bits |= _COMMUNICATIVE if cognition or people else _STRUCTURAL
    low = sponsor == world.SUBORDINATE or sponsor == world.STAFF or sponsor == world.PUBLIC
    bits |= _HIGH if high else (_GRASSROOTS if low else _MIDDLE)
    return bits | (_PERSONNEL if people else (_ENVIRONMENT if society or outside else _STRUCTURE))


@compiled
def labels_of(w: World, m: int, mode: int) -> int:
    """[LAB-ACT] Labels of an act on m by a mode: its traits, and what its course adds.

    Corrective while a conflict is open, else promoting; cooperative up to the decision, contingent after it.
    """
    bits = w.matters[m].traits
    bits |= CORRECTIVE if w.matters[m].blocked else PROMOTING
    bits |= COOPERATIVE if w.matters[m].acting == world.BEFORE else CONTINGENT
    if w.matters[m].primed > 0:
        bits |= CHAIN
    if mode == MEETING:
        return bits | BY_MEETING | INTEREST
    if mode == DIRECTIVE:
        return bits | BY_PAPER | AUTHORITY
    if mode == COUNTERSIGN:
        return bits | BY_PAPER | REGULATION
    return bits | BY_TALKS | (PSYCHOLOGY if bits & COGNITION else INTEREST)


@compiled
def object_of(w: World, u: int, v: int) -> int:
    """[LAB-OBJECT] The object of an act by which u coordinates with v, and whether it runs along the hierarchy."""
    role, other = w.actors[u].role, w.actors[v].role
    if other == world.SUPERIOR:
        return O1 | TREE
    if other == world.PEER:
        return P1 | LATERAL
    if other == world.PUBLIC:
        return X1 | LATERAL
    if other == world.SUBORDINATE:
        return D1 | TREE
    if other == world.STAFF:
        return (D3 if role == world.LEADER else D2) | TREE
    if other == world.LEADER:
        return (O2 if role == world.OFFICE else O4) | TREE
    if other == world.OFFICE:
        return (O2 | TREE) if role == world.LEADER else ((P4 if role == world.OFFICE else P2) | LATERAL)
    if role == world.LEADER:
        return O4 | TREE
    return (P2 if role == world.OFFICE else P3) | LATERAL
