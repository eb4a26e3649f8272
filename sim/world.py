"""The state of a simulation: one table of records per kind of thing, with units and bounds.

A world is a ``NamedTuple`` of NumPy record arrays, so that a row is reached as ``w.matters[m].outcome`` both in a
compiled rule and in Python, and lies in one piece of memory (``docs/decisions/0002-record-arrays.md`` has the
measurements behind this choice).  -1 stands for 'nobody', 'nothing' or 'not yet'; rules test for it before indexing.

Index letters, in the whole project: u actor (v another), k tie, o organ, m matter, p party (an actor's part in a
matter), b brief (a coordinator's part in a matter), s stage of a procedure, a act of coordination reaching a party, t
tick.
"""

import math
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from sim import parameters

TICKS_PER_DAY = 2
_LINE = 64  # bytes that come from memory together
ABSENCE_TICKS = 10  # people are away by the week
SERIES_EVERY = 10  # ticks between samples of the time series
FORTNIGHT = 20  # ticks over which leaders' activities are counted
EPSILON = 1e-9  # hours: less than that is no work

Table: TypeAlias = np.recarray[Any, np.dtype[Any]]  # records, reached by row and then by name
Fields = tuple[tuple[str, str, str, str], ...]  # name, NumPy type, unit, meaning


def parameter_fields(group: str) -> Fields:
    """The fields of a record that carries the parameters of one group."""
    return tuple((row.name, "i8" if row.whole else "f8", row.unit, row.en) for row in parameters.of_group(group))


# Roles (model.md §2) and posts within them.
ROLES = ("superior", "leader", "office", "department", "peer", "subordinate", "staff", "public")
SUPERIOR, LEADER, OFFICE, DEPARTMENT, PEER, SUBORDINATE, STAFF, PUBLIC = range(len(ROLES))
POSTS = (
    "leading", "guiding", "supervising",  # superior bodies
    "principal", "in_charge", "other", "semi_retired",  # leaders
    "director", "section",  # general office
    "same_system", "unaffiliated",  # peers
    "plain",  # all others
)  # fmt: skip
(
    LEADING, GUIDING, SUPERVISING, PRINCIPAL, IN_CHARGE, OTHER_LEADER, SEMI_RETIRED, DIRECTOR, SECTION,
    SAME_SYSTEM, UNAFFILIATED, PLAIN,
) = range(len(POSTS))  # fmt: skip

# Qualities of a coordinator (Q1-Q4), drawn one by one.
QUALITIES = ("political", "professional", "technique", "composure")

TIES = ("command", "portfolio", "service", "peer", "external", "membership")
COMMAND, PORTFOLIO, SERVICE, PEER_TIE, EXTERNAL, MEMBERSHIP = range(len(TIES))

LEVELS = ("affairs", "plan", "policy", "strategy")  # K1..K4 by growing importance
AFFAIRS, PLAN, POLICY, STRATEGY_LEVEL = range(len(LEVELS))

# The life of a matter.
LIVES = ("future", "before", "decision", "during", "after", "closed", "withdrawn", "refused")
FUTURE, BEFORE, DECISION, DURING, AFTER, CLOSED, WITHDRAWN, REFUSED = range(len(LIVES))
# Occasions for a leader's attendance.
(
    ORDINARY_OCCASION, PUBLIC_OCCASION,
    VISITOR, COMMEMORATION, PROFESSIONAL_MEETING, OUTSTANDING_ACTIVITY,  # the four exceptions (A4)
) = range(6)  # fmt: skip
# Where a stage may lead besides another stage.
CLOSE, REFUSE, TO_LEADER, STAY = -1, -2, -3, -4

# Who has something queued, or owes hours.
QUIET, UNIT_WAITS, LEADER_WAITS = range(3)

# The life of a brief.
IDLE, POOLED, ON_DESK, AWAITING = range(4)
# What a host is doing for a brief: finding out, getting a round ready, desk work of a stage, a look at the work,
# waiting for a matter that units pass on to each other, or naming who leads it before anything else.
STUDY, ROUND, DESK, LOOK, PASSING, DISPATCH = range(6)
# What has come to an end when a matter moves on, and how.
STARTED, PASSED, FAILED, CONSULTED, RULED, RESUMED = range(6)

STRUCTURES = ("unified", "multi", "self_first", "committee", "tiered")
UNIFIED, MULTI, SELF_FIRST, COMMITTEE, TIERED = range(len(STRUCTURES))

ACTOR = (
    # what changes, and what is looked at with it: together in memory
    ("queue", "i8", "p or b or m", "head of its queue: work (units), desk (coordinators), cases (leaders)"),
    ("debt", "f8", "h", "hours promised to rounds of coordination and not yet given"),
    ("capacity", "f8", "h/tick", "hours it has"),
    ("attended", "f8", "h", "hours given to rounds as a party"),
    ("worked", "f8", "h", "hours of execution, friction included"),
    ("role", "i1", "ROLES", "role"),
    ("post", "i1", "POSTS", "post within the role"),
    # who it is
    ("ident", "i8", "id", "stable id: organ, role and serial number among these"),
    ("organ", "i8", "o", "organ it belongs to"),
    ("boss", "i8", "u", "who commands it"),
    ("portfolio", "i8", "u", "leader in charge of its portfolio; for a coordinator, the one attached to"),
    ("home", "i8", "domain", "policy domain it works in"),
    ("office_tie", "i8", "k", "its service tie to the office"),
    ("partner_first", "i8", "row", "first row of its partners"),
    ("partner_count", "i8", "rows", "number of its partners"),
    ("busy", "f8", "share", "share of half-days its head is engaged"),
    ("departmentalism", "f8", "[0, 1]", "departmentalism; NaN: drawn"),
    ("power", "f8", "(0, 1]", "power; NaN: drawn"),
    ("political", "f8", "[0, 1]", "political quality; NaN: drawn"),
    ("professional", "f8", "[0, 1]", "knowledge of the field and the law, expression; NaN: drawn"),
    ("technique", "f8", "[0, 1]", "method and technique; NaN: drawn"),
    ("composure", "f8", "[0, 1]", "psychological quality; NaN: drawn"),
    # what changes less often
    ("coordinated", "f8", "h", "hours as a host"),
    ("deciding", "f8", "h", "hours of attention to decisions"),
    ("practised", "i8", "count", "tasks done as a host: experience"),
    ("idle_from", "i8", "tick", "since when it has had nothing to do"),
    ("conceded", "f8", "position", "running mean of what it has given up in matters closed"),
    ("order", "f8", "[0, 1]", "how far it keeps to the published order of services"),
)
TIE = (
    ("one", "i8", "u", "one end"),
    ("other", "i8", "u", "other end"),
    ("kind", "i1", "TIES", "kind"),
    ("work_base", "f8", "[0, 1]", "baseline of the working relation; NaN: drawn"),
    ("trust_base", "f8", "[0, 1]", "baseline of interpersonal trust; NaN: drawn"),
    ("work", "f8", "[0, 1]", "working relation when last touched"),
    ("trust", "f8", "[0, 1]", "interpersonal trust when last touched"),
    ("touched", "i8", "tick", "when it was last touched"),
)
PARTNER = (("actor", "i8", "u", "the partner"), ("tie", "i8", "k", "the tie to it"))
ORGAN = (
    ("principal", "i8", "u", "principal leader"),
    ("director", "i8", "u", "director of the office: the first coordinator"),
    ("coordinators", "i8", "count", "coordinators, in consecutive rows from the director on"),
    ("pool", "i8", "b", "head of the queue of briefs nobody has taken"),
    ("prestige", "f8", "[0, 1]", "prestige of its authority"),
    ("discipline", "f8", "[0, 1]", "share of disagreement that those heard before a decision leave out of their work"),
)
MATTER = (
    # looked at whenever somebody works on it: one line of memory
    ("life", "i1", "LIVES", "where it stands"),
    ("blocked", "i1", "flag", "an outbreak stops it"),
    ("primed", "i4", "tick", "the tick after a conflict elsewhere spread to it; 0: none has"),
    ("cased", "i1", "flag", "before a leader"),
    ("acting", "i1", "LIVES", "what its open briefs, or its case, belong to"),
    ("disputed", "i1", "flag", "a brief of this stage ended without agreement"),
    ("moving", "i1", "flag", "it moves on in this half-day"),
    ("noted", "i1", "flag", "it is noted as having no queued work left"),
    ("outcome", "f8", "[0, 1]", "decided outcome; NaN before"),
    ("hazard", "f8", "1/tick", "chance of an outbreak in a tick"),
    ("omen", "u8", "key", "its key in the stream of outbreaks"),
    ("pending", "i4", "count", "parties whose work is queued and not done"),
    ("briefs_open", "i4", "count", "briefs under way"),
    ("touched", "i4", "tick", "last tick in which someone worked on it"),
    ("touches", "i4", "count", "ticks in which someone did"),
    ("stage", "i4", "s", "stage of its procedure"),
    ("procedure", "i4", "row", "procedure"),
    ("watch_at", "i4", "tick", "when it is next looked at"),
    ("cool_at", "i4", "tick", "when an outbreak left alone cools"),
    # looked at often
    ("ident", "i8", "id", "stable id: organ and serial number"),
    ("left_during", "f8", "h", "coordinators' hours left for while it is carried out"),
    ("look_at", "i4", "tick", "when the follow-up next looks at it"),
    ("first", "i4", "p", "first party: the lead unit"),
    ("parties", "i4", "count", "number of parties, in consecutive rows"),
    ("organ", "i4", "o", "organ"),
    ("domain", "i4", "domain", "policy domain"),
    ("place", "f8", "tick", "its place in queues: smaller is earlier"),
    ("settling", "i1", "flag", "the parties are trying by themselves"),
    ("delegated", "i1", "flag", "left to one portfolio: its coordinator and its leader in charge"),
    ("reviewed", "i1", "flag", "looked at after completion"),
    ("leading", "i1", "flag", "the lead unit has begun"),
    ("mode", "i1", "MODES", "mode chosen for it; -1: by the strategy's mix"),
    ("ended", "i1", "STARTED..RULED", "what has come to an end"),
    ("settled", "i1", "flag", "those concerned have agreed and nobody above them is needed"),
    ("ruled", "i1", "flag", "a leader has ruled on it before the decision"),
    ("asked", "i1", "flag", "the leader is asked for approval, not for a decision"),
    ("burst", "i1", "flag", "patience has burst"),
    ("unclear", "i1", "0, 1 or 2", "nobody knows whose duty it is; 2: all have passed it on"),
    ("amended", "i1", "flag", "more than technical faults of its paper were put right"),
    ("direct", "i1", "flag", "arranged past the office, without a look at the calendar"),
    # from the world
    ("flaws", "i8", "bits of FLAWS", "what is wrong with its paper"),
    ("traits", "i8", "bits of LABELS", "labels that any act on it carries"),
    ("arose", "f8", "tick", "when it arises, within the tick"),
    ("urgency", "f8", "[0, 1]", "urgency"),
    ("importance", "f8", "[0, 1]", "importance"),
    ("volatility", "f8", "1/tick", "rate at which its requirements change"),
    ("need", "f8", "[0, 1]", "best outcome for the whole when it arises"),
    ("need_at_1", "f8", "tick", "first change of requirements"),
    ("need_by_1", "f8", "position", "its size"),
    ("need_at_2", "f8", "tick", "second change"),
    ("need_by_2", "f8", "position", "its size"),
    ("low", "f8", "[0, 1]", "lower end of the legal band"),
    ("high", "f8", "[0, 1]", "upper end"),
    ("occasion", "i4", "ORDINARY_OCCASION..", "what kind of occasion it is, if it is one"),
    ("addressed", "i4", "count", "leaders to whom it is put at once, where it is put to several"),
    ("murk", "f8", "[0, 1]", "clarity of duties below which nobody knows whose it is"),
    ("arrival", "i4", "tick", "when it arises"),
    ("deadline", "i4", "tick", "deadline"),
    # what changes with its course
    ("found", "i8", "bits of FLAWS", "found and not yet mended"),
    ("visits", "i8", "4 bits a stage", "failures of each stage so far"),
    ("labels", "i8", "bits of LABELS", "labels its acts of coordination have carried"),
    ("heeded", "i8", "bits of FLAWS", "contradictions with what is in force that were found and mended"),
    ("paper", "f8", "[0, 1]", "joint proposal of the latest consultation; NaN before"),
    ("apart", "f8", "position", "spread of the hosts' proposals in it"),
    ("mandate", "f8", "[0, 1]", "the leader's intent when it arises"),
    ("remainder", "f8", "position", "difference reserved in the latest agreement"),
    ("extra", "f8", "h", "office hours that expediting has added to its next desk work"),
    ("left_before", "f8", "h", "coordinators' hours left for before the decision"),
    ("left_after", "f8", "h", "the same for after the work is done"),
    ("case_hours", "f8", "h", "attention the case still needs"),
    ("latent", "f8", "position", "private divergence at the latest closing"),
    ("host_hours", "f8", "h", "coordinators' hours"),
    ("party_hours", "f8", "h", "parties' hours in rounds"),
    ("leader_hours", "f8", "h", "leaders' hours"),
    ("rework", "f8", "h", "work done again"),
    ("returns", "i4", "count", "times its paper was returned"),
    ("next", "i4", "m", "next in a leader's queue, or among those reopening in a tick"),
    ("leader", "i4", "u", "leader who has, or last had, the case"),
    ("holder", "i4", "u", "who acted on it last"),
    ("first_act", "i4", "tick", "first act of coordination"),
    ("decided", "i4", "tick", "first decision"),
    ("closed", "i4", "tick", "latest closing"),
    ("handovers", "i4", "count", "changes of holder"),
    ("rounds", "i4", "count", "rounds held"),
    ("outbreaks", "i4", "count", "outbreaks"),
    ("secondary", "i4", "count", "secondary conflicts"),
    ("escalated", "i4", "count", "disputes brought to a leader"),
    ("reopened", "i4", "count", "times reopened"),
    ("conflict", "i4", "tick", "ticks blocked"),
    ("heard", "i4", "count", "parties whose views are sought"),
    ("passed_on", "i4", "count", "times a unit passed it on without working on it"),
    ("companion", "i4", "u", "leader who attends besides the one chosen; -1: none"),
    ("way", "i4", "row", "row of the strategy that says how it is coordinated"),
)
PARTY = (
    # looked at in every tick of work: one line of memory
    ("next", "i4", "p", "next in its actor's queue"),
    ("matter", "i4", "m", "matter"),
    ("place", "f8", "tick", "its matter's place in queues"),
    ("left", "f8", "h", "work left"),
    ("stance", "f8", "[0, 1]", "private position"),
    ("done", "f8", "h", "work done"),
    ("friction", "f8", "h", "hours lost to disagreement"),
    ("actor", "i4", "u", "actor"),
    ("stalled", "i4", "tick", "stalled by contradicting instructions before this tick"),
    ("queued", "i1", "flag", "in its actor's queue"),
    ("listened", "i1", "flag", "a round before the decision has reached it"),
    ("heard", "i1", "count", "its place by weight among those heard, from 1; 0: its views are not sought"),
    ("tie", "i4", "k", "tie to the lead unit; the lead's own is to the office"),
    # from the world
    ("ideal", "f8", "[0, 1]", "ideal position: its interest"),
    ("weight", "f8", "(0, 1]", "salience x power"),
    ("work", "f8", "h", "work asked of it"),
    # what changes with coordination
    ("paper", "f8", "h", "hours of paperwork done"),
    ("bias", "f8", "position", "misunderstanding"),
    ("voice", "f8", "[0, 1]", "what it says"),
    ("told", "f8", "[0, 1]", "latest instruction"),
    ("told_by", "i4", "u", "who gave it"),
    ("misread", "f8", "position", "how far what it was told departs from what was decided"),
    ("ahead", "f8", "h", "work done ahead of need"),
    ("helped", "f8", "h", "work another unit has taken over"),
)
BRIEF = (
    ("matter", "i8", "m", "matter"),
    ("place", "f8", "tick", "its matter's place in queues"),
    ("host", "i8", "u", "who hosts; -1: nobody yet"),
    ("state", "i1", "IDLE..AWAITING", "where it is"),
    ("phase", "i1", "STUDY..LOOK", "what its host is doing"),
    ("budget", "f8", "h", "host's hours left in this stage"),
    ("task", "f8", "h", "hours left of the task in hand"),
    ("study", "f8", "h", "investigation the task in hand adds"),
    ("research", "f8", "h", "investigation so far"),
    ("effect", "f8", "[0, 1]", "share of a full round the budget allows"),
    ("rounds", "i8", "count", "rounds in this stage"),
    ("mode", "i1", "MODES", "mode of the round"),
    ("quorate", "i1", "flag", "a slot common to all was found"),
    ("cognitive", "i1", "flag", "its host takes the dispute for one of cognition, not of interest"),
    ("proposal", "f8", "[0, 1]", "latest proposal"),
    ("neutral", "f8", "[0, 1]", "what an impartial host would have proposed"),
    ("whole", "f8", "[0, 1]", "what the host takes to be best for the whole"),
    ("next", "i8", "b", "next in a queue, or among those due in a tick"),
)
LIST = (
    ("active", "i8", "m", "matters arrived and neither closed, refused nor withdrawn"),
    ("held", "i8", "b", "briefs whose round is held in this tick"),
    ("finished", "i8", "m", "matters whose queued work has come to an end in this tick"),
    ("moving", "i8", "m", "matters that move on in this half-day"),
)
TICK = (
    ("arrivals", "i8", "m", "matters arriving in tick t are the rows ticks[t].arrivals to ticks[t + 1].arrivals"),
    ("reopening", "i8", "m", "first matter reopening"),
)
DIARY = (
    ("due", "i8", "b", "first brief of the organ whose round is due in the tick"),
    ("agenda", "i8", "count", "matters taken in the session of the organ's committee"),
    ("events", "i8", "count", "leaders' activities in the fortnight that begins in the tick"),
)
PROCEDURE = (
    ("first", "i8", "s", "first of its stages, which stand in consecutive rows"),
    ("entry", "i8", "s", "stage a matter enters at"),
    ("work", "i8", "s", "stage in which the parties carry it out; -1: none"),
    ("review", "i8", "s", "consultation after the work; -1: none"),
    ("kind", "i8", "LEVELS", "affairs, plan, policy or strategy"),
    ("content", "i8", "CONTENTS", "content"),
    ("preempts", "i1", "flag", "it goes before everything else"),
    ("people", "i1", "flag", "it is of people, not of things"),
    ("leaders_only", "i1", "flag", "only a leader may decide it"),
    ("strict", "i1", "flag", "principle is strictest in it: power, duty, interest, plan, strategy"),
    ("lasting", "i1", "flag", "it leaves something that can be disputed: work carried out or a document in force"),
    # how such a matter differs from the average of the workload: for drawing it
    ("share", "f8", "share", "share of arrivals"),
    ("roles", "i8", "bits of ROLES", "who may sponsor and lead it"),
    ("with_roles", "i8", "bits of ROLES", "one of each of these is among its parties"),
    ("among", "i8", "bits of ROLES", "roles its other assisting parties may have"),
    ("parties", "i8", "parties", "least number of parties"),
    ("assistants", "f8", "ratio", "factor on the mean number of assisting parties"),
    ("hours", "f8", "ratio", "factor on the hours of work"),
    ("deadline", "f8", "ratio", "factor on the time to the deadline"),
    ("urgency", "f8", "[0, 1]", "least urgency"),
    ("importance", "f8", "[0, 1]", "least importance"),
    ("interest", "f8", "ratio", "factor on how far interests depart from the profile"),
    ("bias", "f8", "ratio", "factor on misunderstandings"),
)
STAGE = (
    ("type", "i8", "STAGE_TYPES", "type"),
    ("who", "i8", "ACTING", "who acts"),
    ("life", "i8", "LIVES", "before, decision, during or after"),
    ("when", "i8", "CONDITIONS", "when it takes place; else it is passed over"),
    ("hours", "f8", "h", "hours it takes: at a desk, of each reader, or of each who attends"),
    ("hours_party", "f8", "h/party", "further hours per party"),
    ("checks", "i8", "bits of FLAWS", "what is checked"),
    ("passed", "i8", "s", "where a matter goes on; CLOSE: it is closed"),
    ("failed", "i8", "s", "where it goes after a failure; REFUSE, CLOSE or TO_LEADER too"),
    ("limit", "i8", "count", "failures after which it goes beyond"),
    ("beyond", "i8", "s", "where it goes when the limit is reached"),
    ("wait", "i8", "tick", "notice, or time an outside body takes"),
    ("every", "i8", "tick", "time between looks, or wait at a reader after which it is pressed"),
    ("follow", "i8", "s", "follow-up alongside; -1: none"),
    ("share", "f8", "share", "share of the coordinators' hours left that a consultation may use"),
    ("issues", "i1", "flag", "the document comes into force when it ends"),
    ("names", "i1", "flag", "it names who leads and who assists"),
    ("place", "i8", "count", "its place in its procedure"),
)
FLAW = (("chance", "f8", "share", "chance that such a matter's paper has the flaw when it arises"),)
FORCE = (
    ("superior", "f8", "[0, 1]", "what superior policy says in the domain"),
    ("related", "f8", "[0, 1]", "what related organs' rules say"),
    ("own", "f8", "[0, 1]", "the organ's own latest document in force; NaN: none"),
    ("matter", "i8", "m", "matter it came of; -1: none"),
    ("clashes", "i8", "count", "contradictions standing between what is in force"),
    ("issued", "i8", "count", "documents issued"),
    ("clarity", "f8", "[0, 1]", "how clearly duties are divided in the domain"),
    ("passed", "i8", "count", "times matters were passed on since functions were last divided"),
)
MEMBER = (("actor", "i8", "u", "actor"),)
ROLL = (
    ("first", "i8", "row", "first row of an organ's members of a role"),
    ("count", "i8", "rows", "number of them"),
)
EVENT = (
    ("tick", "i8", "tick", "when"),
    ("what", "i8", "EVENTS", "what"),
    ("matter", "i8", "m", "matter"),
    ("stage", "i8", "s", "stage it was in"),
    ("who", "i8", "u", "who acted; -1: nobody in particular"),
    ("whom", "i8", "u", "with or to whom; -1: nobody in particular"),
    ("value", "f8", "depends", "position, hours, bits of FLAWS, mode or row of a stage"),
    ("labels", "i8", "bits of LABELS", "labels of the act, 0 if it is none"),
)
ACT = (("brief", "i8", "b", "brief"), ("party", "i8", "p", "party reached"))
# How a round finds its time: after a fixed delay, in a slot common to all, or passing from one to the next.
FIXED, COMMON, SEQUENCE = range(3)
FINDS_TIME = {"meeting": COMMON, "onsite": FIXED, "directive": FIXED, "talks": FIXED, "countersign": SEQUENCE}
TOTALS = (
    ("acts", "i8", "count", "acts of coordination in this tick"),
    ("held", "i8", "count", "rounds held in this tick"),
    ("active", "i8", "count", "matters arrived and neither closed, refused nor withdrawn"),
    ("finished", "i8", "count", "matters whose queued work came to an end in this tick"),
    ("conflicts", "i8", "count", "outbreaks, secondary conflicts, reopenings and bursts so far"),
    ("moving", "i8", "count", "matters that move on in this half-day"),
    ("events", "i8", "count", "events told so far, whether or not the journal had room"),
    ("chained", "i8", "count", "conflicts that spread to another matter"),
    ("bursts", "i8", "count", "times patience has burst"),
    ("urged", "i8", "count", "times work was urged on, or a reader pressed"),
    ("corrected", "i8", "count", "units found, at a look, to depart too far from the outcome"),
    ("misdirected", "i8", "count", "requests that came to the wrong place or incomplete"),
    ("bypassed", "i8", "count", "times a head was gone past"),
    ("double_booked", "i8", "count", "activities that met with another engagement"),
    ("broken", "i8", "count", "agreements gone back on, by party"),
    ("restructured", "i8", "count", "times functions were divided anew"),
    ("defects", "i8", "count", "flaws and contradictions left in documents when they are issued"),
    ("during_hours", "f8", "h", "coordinators' hours on finding out, rounds and looks while work is carried out"),
    ("during_round_hours", "f8", "h", "those of them on rounds with the parties"),
    ("horizon", "i8", "tick", "end of the run"),
)


STRATEGY = (
    ("structure", "i1", "STRUCTURES", "who coordinates"),
    ("adaptive_timing", "i1", "flag", "timing by the traits of the matter"),
    ("adaptive_mode", "i1", "flag", "mode by the traits of the matter"),
    *((f"share_{mode}", "f8", "share", f"share of matters coordinated by {mode}") for mode in parameters.MODES),
    *parameter_fields("strategy"),
    # what can be said of one matter only
    ("convened", "i8", "bits", "parties to be heard, by place in the matter; 0: by the share 'hearing'"),
    ("headstart", "f8", "tick", "waiting that the matter is spared in queues"),
)
# What may be said of a matter by itself, in a row of its own: when, how much, whom, by which mode, how long, how soon.
OF_A_MATTER = (
    "before", "during", "after", "effort", "adaptive_timing", "contention_weight", "volatility_weight",
    "investigation", "hearing", "participation", "convened", *(f"share_{mode}" for mode in parameters.MODES),
    "adaptive_mode", "dynamic", "rounds", "self_rounds", "reserve", "headstart",
)  # fmt: skip
MODE = (
    ("calendar", "i1", "FIXED, COMMON, SEQUENCE", "how a round finds its time"),
    *parameter_fields(f"modes.{parameters.MODES[0]}"),
)
RULES = parameter_fields("rules")
WORKLOAD = parameter_fields("workload")
PEOPLE = parameter_fields("organisation")


def record(fields: Fields) -> np.dtype[Any]:
    """The NumPy record type of a table above."""
    return np.dtype([(name, kind) for name, kind, _, _ in fields], align=True)


def table(fields: Fields, rows: int | tuple[int, int]) -> Table:
    """Records of zeros, in one dimension or two, from the start of a line of memory on.

    Rows of 64 or 128 bytes then lie in as few lines as they can, and a large world waits for little else than memory.
    """
    kind, shape = record(fields), (rows,) if isinstance(rows, int) else rows
    size = kind.itemsize * math.prod(shape)
    memory = np.zeros(size + _LINE, np.uint8)
    start = -memory.ctypes.data % _LINE
    return memory[start : start + size].view(kind).reshape(shape).view(np.recarray)


class World(NamedTuple):
    """Everything a rule may look at or change; see the tables above for units and bounds."""

    actors: Table  # ACTOR, shape (n,)
    ties: Table  # TIE
    partners: Table  # PARTNER, by actor
    organs: Table  # ORGAN
    matters: Table  # MATTER, in order of arrival
    parties: Table  # PARTY, by matter
    briefs: Table  # BRIEF, strategy.coordinators per matter: brief b belongs to matter b // coordinators
    acts: Table  # ACT: who is reached in this tick
    lists: Table  # LIST: rows in use, each column filled from the top
    ticks: Table  # TICK, shape (horizon + 1,)
    waiting: np.ndarray  # uint8, shape (n,): QUIET, UNIT_WAITS or LEADER_WAITS
    diary: Table  # DIARY, shape (organs, horizon + 1)
    calendar: np.ndarray  # uint64, shape (n, words): bit t set when u is engaged in tick t
    away: np.ndarray  # uint64, shape (n, words): bit t set when u is away
    keys: np.ndarray  # uint64: stream keys
    rules: Table  # the parameters 'rules.*', one row
    strategy: Table  # the strategy; further rows hold for single matters (OF_A_MATTER), and for nothing else
    modes: Table  # the parameters 'modes.*', a row per mode
    procedures: Table  # PROCEDURE: those of the scenario
    stages: Table  # STAGE: by procedure
    force: Table  # FORCE, shape (organs, domains): documents in force
    rolls: Table  # ROLL, shape (organs, len(ROLES)): who is who
    members: Table  # MEMBER, by organ and role
    events: Table  # EVENT: the journal; no rows when it is off
    totals: Table  # TOTALS, one row
    series: np.ndarray  # float64, shape (ticks / SERIES_EVERY, len(SERIES))
