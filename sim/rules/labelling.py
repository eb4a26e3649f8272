"""Labels: which kind of coordination an act is, by object (O1-X1), by type (T1-T10), and by the sides that meet in it
(G4, C3).

What follows from the matter alone (its traits) is found when the matter is drawn; the rest depends on who acts, when
and how.  Source: seeds 000 and 002, objects and types of coordination, contradictions, interests.
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
ROUNDTABLE, DISCUSSION = 1 << LABEL["T6.roundtable"], 1 << LABEL["T6.discussion"]
REPORTING, BY_MEDIA = 1 << LABEL["T6.reporting"], 1 << LABEL["T6.media"]
OVER_DUTY = 1 << LABEL["G4.duty"]
TREE, LATERAL, CHAIN = 1 << LABEL["T10.tree"], 1 << LABEL["T10.lateral"], 1 << LABEL["T10.chain"]

_THINGS, _PEOPLE, _RUSH = 1 << LABEL["T1.things"], 1 << LABEL["T1.people"], 1 << LABEL["T1.rush"]
_INTERNAL, _EXTERNAL, _SOCIETY = 1 << LABEL["T2.internal"], 1 << LABEL["T2.external"], 1 << LABEL["T2.society"]
_OF_INTEREST = 1 << LABEL["T3.interest"]
_ADAPTIVE, _STRUCTURAL = 1 << LABEL["T7.adaptive"], 1 << LABEL["T7.structural"]
_DYNAMIC, _COMMUNICATIVE = 1 << LABEL["T7.dynamic"], 1 << LABEL["T7.communicative"]
_HIGH, _MIDDLE, _GRASSROOTS = 1 << LABEL["T8.high"], 1 << LABEL["T8.middle"], 1 << LABEL["T8.grassroots"]
_ENVIRONMENT, _STRUCTURE = 1 << LABEL["T9.environment"], 1 << LABEL["T9.structure"]
_PERSONNEL = 1 << LABEL["T9.personnel"]
_CENTRAL, _SUPERIORS = 1 << LABEL["T1.central"], 1 << LABEL["T1.superiors"]
_NEIGHBOURS, _OWN = 1 << LABEL["T1.neighbours"], 1 << LABEL["T1.own"]
_DEPARTMENTS, _REGIONS, _LEVELS = 1 << LABEL["G4.departments"], 1 << LABEL["G4.regions"], 1 << LABEL["G4.levels"]
_OVER_AUTHORITY, _OVER_INTEREST = 1 << LABEL["G4.authority"], 1 << LABEL["G4.interest"]
_STATE, _COLLECTIVE = 1 << LABEL["C3.state"], 1 << LABEL["C3.collective"]
_INDIVIDUAL = 1 << LABEL["C3.individual"]
_HEARD = _EXTERNAL | _SOCIETY | _INDIVIDUAL  # whom a roundtable hears: outsiders and staff

# Roles by what they are to the organisation.
_ABOVE, _BELOW = 1 << world.SUPERIOR, 1 << world.SUBORDINATE
_OUTSIDE = _ABOVE | (1 << world.PEER)
_PERSONS = (1 << world.STAFF) | (1 << world.PUBLIC)
_COLLECTIVES = (1 << world.DEPARTMENT) | _BELOW | (1 << world.PEER)
_HANDED_DOWN = sum(1 << CONTENT_NAMES.index(name) for name in ("ad_hoc", "follow_up"))
_WORKING_RELATIONS, _INTERESTS = CONTENT_NAMES.index("working_relations"), CONTENT_NAMES.index("interests")
_UNDER_WAY = sum(
    1 << CONTENT_NAMES.index(name)
    for name in ("policy_execution", "plan_execution", "follow_up", "emergencies", "ad_hoc")
)


@compiled
def traits_of(content: int, people: bool, rush: bool, central: bool, roles: int, cognition: bool, sponsor: int) -> int:
    """[LAB-TRAITS] Labels every act on a matter carries: of things or people and of whose work, inside or outside, of
    cognition or interest, by its central problem, level and object.

    ``roles`` are the bits of its parties' roles, ``sponsor`` the role of the lead unit.
    """
    bits = (_PEOPLE if people else _THINGS) | (_RUSH if rush else 0) | (_CENTRAL if central else 0)
    above, beside = roles & _ABOVE or (_HANDED_DOWN >> content) & 1, (roles >> world.PEER) & 1
    bits |= (_SUPERIORS if above else 0) | (_NEIGHBOURS if beside else 0) | (0 if above or beside else _OWN)
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
    bits |= _HIGH if central or roles & _ABOVE else (_GRASSROOTS if low else _MIDDLE)
    return bits | (_PERSONNEL if people else (_ENVIRONMENT if society or outside else _STRUCTURE))


@compiled
def sides_of(content: int, roles: int, departments: int, localities: int, cognition: bool) -> int:
    """[LAB-SIDES] Between whom a matter is and over what, and whose interests it touches: of the state, of collectives,
    of individuals.

    ``departments`` and ``localities`` are the numbers of departments and of subordinate units among its parties.
    """
    bits = (_DEPARTMENTS if departments > 1 else 0) | (_REGIONS if localities > 1 else 0)
    if roles & (_ABOVE | _BELOW) and roles & (roles - 1):  # another role besides
        bits |= _LEVELS
    if content == _WORKING_RELATIONS:
        bits |= _OVER_AUTHORITY
    elif content == _INTERESTS:
        bits |= _OVER_INTEREST
    bits |= (_STATE if roles & _ABOVE else 0) | (_INDIVIDUAL if roles & _PERSONS else 0)
    return bits | (_COLLECTIVE if roles & _COLLECTIVES and not cognition else 0)


@compiled
def labels_of(w: World, m: int, mode: int) -> int:
    """[LAB-ACT] Labels of an act on m by a mode: its traits, and what its course adds.

    Corrective while a conflict is open, else promoting; cooperative up to the decision, contingent after it; over
    duties once units have passed it on.
    """
    bits = w.matters[m].traits
    before = w.matters[m].acting == world.BEFORE
    bits |= CORRECTIVE if w.matters[m].blocked else PROMOTING
    bits |= COOPERATIVE if before else CONTINGENT
    if w.matters[m].primed > 0:
        bits |= CHAIN
    if w.matters[m].passed_on > 0:
        bits |= OVER_DUTY
    if mode == MEETING:
        return bits | BY_MEETING | INTEREST | meeting_of(bits, before)
    if mode == DIRECTIVE:
        return bits | BY_PAPER | AUTHORITY
    if mode == COUNTERSIGN:
        return bits | BY_PAPER | REGULATION
    return bits | BY_TALKS | (PSYCHOLOGY if bits & COGNITION else INTEREST)


@compiled
def meeting_of(traits: int, before: bool) -> int:
    """Which sort of meeting: reports are heard once it is being carried out; before, a roundtable hears staff and those
    outside, and others discuss.
    """
    if not before:
        return REPORTING
    return ROUNDTABLE if traits & _HEARD else DISCUSSION


@compiled
def by_paper(w: World, u: int) -> int:
    """A paper that reaches u: what is meant for the public reaches it by the media."""
    return BY_PAPER | (BY_MEDIA if w.actors[u].role == world.PUBLIC else 0)


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
