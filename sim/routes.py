"""Where the stages of a procedure lead: what a file may say beyond words and bounds, refused at its line.

Stages pass forward only, and what fails returns at most ``limit`` times before it goes ``beyond``; so every matter
comes to an end, whoever finds whatever.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from sim.errors import RequestError, nearest_name
from sim.reading import Document, place
from sim.vocabulary import CAN_FIND, WHO_CAN

if TYPE_CHECKING:
    from sim.procedure import Procedure, Stage

MOST_STAGES = 15  # failures are counted in four bits a stage, in one number a matter
ENDS = ("leader", "refuse", "close")  # where a stage may lead besides another stage
# Which keys mean something in a stage of each type, besides those of every stage.
_EVERY = {"name", "title", "type", "who", "implied"}
_FAILING = {"on_failure", "limit", "beyond"}
KEYS = {
    "review": {"when", "hours", "hours_party", "checks", "wait", "issues", "names"} | _FAILING,
    "consult": {"when", "slot", "share"} | _FAILING,
    "decide": {"when", "hours", "checks"} | _FAILING,
    "execute": {"when"},
    "circulate": {"when", "hours", "wait", "every", "issues"},
    "schedule": {"when", "hours", "wait"} | _FAILING,
    "follow_up": {"hours", "every", "alongside"},
}
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class _Refusing:
    """A procedure with the document it came from, to say where a mistake stands."""

    def __init__(self, procedure: "Procedure", document: Document | None) -> None:
        self.procedure, self.document = procedure, document
        self.stages = procedure.stages
        self.names = [stage.name for stage in self.stages]
        self.chain = [stage.name for stage in self.stages if stage.chained]

    def wrong(self, keys: Sequence[object], what: str, got: object, allowed: str, nearest: str = "") -> NoReturn:
        key = ".".join(str(each) for each in keys)
        raise RequestError(what, where=place(self.document, *keys), key=key, got=got, allowed=allowed, nearest=nearest)

    def target(self, keys: Sequence[object], name: str, more: Sequence[str] = ()) -> None:
        """Refuse a name that is neither a stage matters pass through nor one of ``more``."""
        names = [*self.chain, *more]
        if name not in names:
            what = "a follow-up is not on the way of a matter" if name in self.names else "no stage of this name"
            self.wrong(keys, what, name, allowed=", ".join(names), nearest=nearest_name(name, names))


def check_procedure(procedure: "Procedure", document: Document | None) -> None:
    """Refuse the first thing in a procedure that has no meaning or no end."""
    at = _Refusing(procedure, document)
    for key, items in (("sponsors", procedure.sponsors), ("stage", at.stages)):
        if not items:  # said here, because pydantic counts what is wrong as absent
            at.wrong((key,), "must not be empty", [], allowed="at least one")
    if len(at.stages) > MOST_STAGES:
        at.wrong(("stage", MOST_STAGES), "too many stages", len(at.stages), allowed=f"at most {MOST_STAGES}")
    for number, stage in enumerate(at.stages):
        _check_name(at, number, stage)
        _check_keys(at, number, stage)
        _check_checks(at, number, stage)
    if not at.chain:
        at.wrong(("stage",), "every stage is a follow-up", at.names[0], allowed="at least one stage of another type")
    if procedure.entry:
        at.target(("entry",), procedure.entry)
    for number, stage in enumerate(at.stages):
        _check_routes(at, number, stage)
        _check_order(at, number, stage)
    _check_reached(at)


def _check_name(at: _Refusing, number: int, stage: "Stage") -> None:
    keys = ("stage", number, "name")
    if not _NAME.fullmatch(stage.name):
        allowed = "small letters, digits and _, beginning with a letter"
        at.wrong(keys, "is not a name", stage.name, allowed=allowed)
    if stage.name in ENDS:
        at.wrong(keys, "is a word of the file format", stage.name, allowed=f"any name but {', '.join(ENDS)}")
    if stage.name in at.names[:number]:
        at.wrong(keys, "two stages have one name", stage.name, allowed="each name once")


def _check_keys(at: _Refusing, number: int, stage: "Stage") -> None:
    """What a stage of this type needs, and what means nothing to it."""
    meant = _EVERY | KEYS[stage.type]
    for key in type(stage).model_fields:
        if key in stage.model_fields_set - meant:
            what = f"means nothing in a stage of type '{stage.type}'"
            at.wrong(("stage", number, key), what, getattr(stage, key), allowed=", ".join(sorted(meant)))
    if stage.who not in WHO_CAN[stage.type]:
        what = f"cannot act in a stage of type '{stage.type}'"
        at.wrong(("stage", number, "who"), what, stage.who, allowed=", ".join(WHO_CAN[stage.type]))
    if stage.type == "review" and stage.wait and stage.who != "superior":
        what = "means nothing in a stage of type 'review'"
        at.wrong(("stage", number, "wait"), what, stage.wait, allowed="who = superior")
    if stage.chained:
        return
    if not stage.alongside:
        at.wrong(("stage", number, "alongside"), "is missing", None, allowed="the stage in which it is carried out")
    if not stage.every:
        at.wrong(("stage", number, "every"), "a follow-up looks at intervals", stage.every, allowed="at least 1 tick")


def _check_checks(at: _Refusing, number: int, stage: "Stage") -> None:
    """Each check once, and by someone who can make it; what is checked can fail, and little else."""
    for item, flaw in enumerate(stage.checks):
        keys = ("stage", number, "checks", item)
        if flaw in stage.checks[:item]:
            at.wrong(keys, "is listed twice", flaw, allowed="each check once")
        if stage.who not in CAN_FIND[flaw]:
            at.wrong(keys, f"is not found by '{stage.who}'", flaw, allowed=f"who = {', '.join(CAN_FIND[flaw])}")
    if stage.checks and not stage.on_failure:
        at.wrong(("stage", number, "on_failure"), "is missing", None, allowed="a stage, leader, refuse or close")
    fails = stage.checks or stage.type in ("consult", "schedule")
    for key in ("on_failure", "limit", "beyond"):
        if key in stage.model_fields_set and not (fails and stage.on_failure):
            allowed = "where something is checked, consulted on or arranged"
            at.wrong(("stage", number, key), "nothing can fail here", getattr(stage, key), allowed=allowed)


def _check_routes(at: _Refusing, number: int, stage: "Stage") -> None:
    """Every way leads to a stage or an end; only failures, which are counted, lead back."""
    if stage.on_failure:
        at.target(("stage", number, "on_failure"), stage.on_failure, ENDS)
    if stage.beyond:
        keys = ("stage", number, "beyond")
        at.target(keys, stage.beyond, ENDS)
        if stage.beyond not in ENDS and (back := at.names.index(stage.beyond)) <= number:
            loop = [name for name in at.names[back : number + 1] if name in at.chain]
            what = f"goes round without end: {' → '.join([*loop, stage.beyond])}"
            at.wrong(keys, what, stage.beyond, allowed="a later stage, leader, refuse or close")
    if stage.alongside:
        executing = [each.name for each in at.stages if each.type == "execute"]
        if stage.alongside not in executing:
            keys, near = ("stage", number, "alongside"), nearest_name(stage.alongside, executing)
            allowed = ", ".join(executing) or "a stage of type 'execute'"
            at.wrong(keys, "no stage of this name that executes", stage.alongside, allowed=allowed, nearest=near)


def _check_order(at: _Refusing, number: int, stage: "Stage") -> None:
    """First consult, then decide, then carry out, then review; one execution, follow-up and review at most."""
    types = [each.type for each in at.stages]
    earlier, keys = types[:number], ("stage", number, "type")
    if stage.type in ("execute", "follow_up") and stage.type in earlier:
        at.wrong(keys, f"a second stage of type '{stage.type}'", stage.name, allowed="at most one")
    if stage.type == "decide" and "execute" in earlier:
        at.wrong(keys, "decides after the work", stage.name, allowed="a place before the stage that executes")
    if stage.type != "consult":
        return
    if stage.slot == "before" and ("execute" in earlier or "decide" in earlier):
        allowed = "an earlier place, or slot = 'after'"
        at.wrong(keys, "consults after the decision or the work", stage.name, allowed=allowed)
    if stage.slot == "after":
        if any(each.slot == "after" for each in at.stages[:number]):
            at.wrong(keys, "a second consultation afterwards", stage.name, allowed="at most one")
        last = "execute" if "execute" in types else "decide"
        if last not in earlier:
            allowed = f"a place after a stage of type '{last}'"
            at.wrong(keys, "consults afterwards, but nothing goes before", stage.name, allowed=allowed)


def _check_reached(at: _Refusing) -> None:
    """Every stage is reached from the entry by passing, by failing or by going beyond."""
    reached: set[str] = set()
    coming = [at.procedure.entry or at.chain[0]]
    while coming:
        name = coming.pop()
        if name in reached or name in ENDS:
            continue
        reached.add(name)
        stage, following = at.stages[at.names.index(name)], at.chain[at.chain.index(name) + 1 :]
        coming += filter(None, (*following[:1], stage.on_failure, stage.beyond))
    for number, stage in enumerate(at.stages):
        if stage.chained and stage.name not in reached:
            keys = ("stage", number, "name")
            at.wrong(keys, "no matter ever comes here", stage.name, allowed="a stage that some way leads to")
