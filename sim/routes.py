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
    "review": {"when", "hours", "hours_party", "checks", "wait", "issues"} | _FAILING,
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

    def refuse(self, keys: Sequence[object], what: str, got: object, allowed: str = "", nearest: str = "") -> NoReturn:
        key = ".".join(str(each) for each in keys)
        raise RequestError(what, where=place(self.document, *keys), key=key, got=got, allowed=allowed, nearest=nearest)

    def target(self, keys: Sequence[object], name: str, more: Sequence[str] = ()) -> None:
        """Refuse a name that is neither a stage matters pass through nor one of ``more``."""
        names = [*self.chain, *more]
        if name not in names:
            what = "a follow-up is not on the way of a matter" if name in self.names else "no stage of this name"
            self.refuse(keys, what, name, ", ".join(names), nearest_name(name, names))


def check_procedure(procedure: "Procedure", document: Document | None) -> None:
    """Refuse the first thing in a procedure that has no meaning or no end."""
    at = _Refusing(procedure, document)
    if len(at.stages) > MOST_STAGES:
        at.refuse(("stage", MOST_STAGES), "too many stages", len(at.stages), f"at most {MOST_STAGES}")
    for number, stage in enumerate(at.stages):
        _check_name(at, number, stage)
        _check_keys(at, number, stage)
        _check_checks(at, number, stage)
    if not at.chain:
        at.refuse(("stage",), "every stage is a follow-up", len(at.stages), "at least one stage of another type")
    if procedure.entry:
        at.target(("entry",), procedure.entry)
    for number, stage in enumerate(at.stages):
        _check_routes(at, number, stage)
        _check_order(at, number, stage)
    _check_reached(at)


def _check_name(at: _Refusing, number: int, stage: "Stage") -> None:
    keys = ("stage", number, "name")
    if not _NAME.fullmatch(stage.name):
        at.refuse(keys, "is not a name", stage.name, "small letters, digits and _, beginning with a letter")
    if stage.name in ENDS:
        at.refuse(keys, "is a word of the file format", stage.name, f"not {', '.join(ENDS)}")
    if stage.name in at.names[:number]:
        at.refuse(keys, "two stages have one name", stage.name, "each name once")


def _check_keys(at: _Refusing, number: int, stage: "Stage") -> None:
    """What a stage of this type needs, and what means nothing to it."""
    meant = _EVERY | KEYS[stage.type]
    for key in sorted(
        stage.model_fields_set - meant, key=lambda key: at.document.line("stage", number, key) if at.document else 0
    ):
        what = f"means nothing in a stage of type '{stage.type}'"
        at.refuse(("stage", number, key), what, getattr(stage, key), ", ".join(sorted(meant)))
    if stage.who not in WHO_CAN[stage.type]:
        what = f"cannot act in a stage of type '{stage.type}'"
        at.refuse(("stage", number, "who"), what, stage.who, ", ".join(WHO_CAN[stage.type]))
    if stage.chained:
        return
    if not stage.alongside:
        at.refuse(("stage", number, "alongside"), "is missing", None, "the stage in which it is carried out")
    if not stage.every:
        at.refuse(("stage", number, "every"), "a follow-up looks at intervals", stage.every, "at least 1 tick")


def _check_checks(at: _Refusing, number: int, stage: "Stage") -> None:
    """Each check once, and by someone who can make it; what is checked can fail, and nothing else."""
    for item, flaw in enumerate(stage.checks):
        keys = ("stage", number, "checks", item)
        if flaw in stage.checks[:item]:
            at.refuse(keys, "is listed twice", flaw, "each check once")
        if stage.who not in CAN_FIND[flaw]:
            at.refuse(keys, f"is not found by '{stage.who}'", flaw, f"who: {', '.join(CAN_FIND[flaw])}")
    if stage.checks and not stage.on_failure:
        at.refuse(("stage", number, "on_failure"), "is missing", None, "a stage, leader, refuse or close")
    fails = stage.checks or stage.type in ("consult", "schedule")
    for key in ("on_failure", "limit", "beyond"):
        if key in stage.model_fields_set and not (fails and stage.on_failure):
            at.refuse(("stage", number, key), "nothing can fail here", getattr(stage, key), "a stage that checks")


def _check_routes(at: _Refusing, number: int, stage: "Stage") -> None:
    """Every way leads to a stage or an end; only failures, which are counted, lead back."""
    if stage.on_failure:
        at.target(("stage", number, "on_failure"), stage.on_failure, ENDS)
    if stage.beyond:
        keys = ("stage", number, "beyond")
        at.target(keys, stage.beyond, ENDS)
        if stage.beyond not in ENDS and (back := at.names.index(stage.beyond)) <= number:
            loop = [name for name in at.names[back : number + 1] if name in at.chain]
            at.refuse(
                keys,
                f"goes round without end: {' → '.join([*loop, stage.beyond])}",
                stage.beyond,
                "a later stage, leader, refuse or close",
            )
    if stage.alongside:
        executing = [each.name for each in at.stages if each.type == "execute"]
        if stage.alongside not in executing:
            near = nearest_name(stage.alongside, executing)
            at.refuse(
                ("stage", number, "alongside"),
                "no stage of this name that executes",
                stage.alongside,
                ", ".join(executing),
                near,
            )


def _check_order(at: _Refusing, number: int, stage: "Stage") -> None:
    """One execution and one review at most; first consult, then decide, then carry out, then review."""
    types = [each.type for each in at.stages]
    earlier = types[:number]
    keys = ("stage", number, "type")
    if stage.type == "execute" and "execute" in earlier:
        at.refuse(keys, "a second stage that executes", stage.name, "at most one")
    if stage.type == "follow_up" and "follow_up" in earlier:
        at.refuse(keys, "a second follow-up", stage.name, "at most one")
    if stage.type == "decide" and "execute" in earlier:
        at.refuse(keys, "decides after the work", stage.name, "a place before the stage that executes")
    if stage.type != "consult":
        return
    if stage.slot == "before" and ("execute" in earlier or "decide" in earlier):
        at.refuse(keys, "consults after the decision or the work", stage.name, "an earlier place, or slot = 'after'")
    if stage.slot == "after":
        if any(each.type == "consult" and each.slot == "after" for each in at.stages[:number]):
            at.refuse(keys, "a second consultation afterwards", stage.name, "at most one")
        last = "execute" if "execute" in types else "decide"
        if last not in earlier:
            at.refuse(keys, "consults afterwards, but nothing goes before", stage.name, f"a place after '{last}'")


def _check_reached(at: _Refusing) -> None:
    """Every stage is reached from the entry by passing, by failing or by going beyond."""
    reached: set[str] = set()
    open_ = [at.procedure.entry or at.chain[0]]
    while open_:
        name = open_.pop()
        if name in reached or name in ENDS:
            continue
        reached.add(name)
        stage = at.stages[at.names.index(name)]
        following = at.chain[at.chain.index(name) + 1 :][:1]
        open_ += [*following, *filter(None, (stage.on_failure, stage.beyond))]
    for number, stage in enumerate(at.stages):
        if stage.chained and stage.name not in reached:
            at.refuse(("stage", number, "name"), "no matter ever comes here", stage.name, "a stage some way leads to")
