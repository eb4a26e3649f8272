"""Every mistake in a procedure is one message that says where it is, what it is, and what is allowed."""

from pathlib import Path

import pytest
from builders import SCENARIO_HEAD

from sim.errors import RequestError
from sim.procedure import load_procedure
from sim.refusals import in_chinese
from sim.scenario import load_scenario

HEAD = """\
kind = "affairs"
content = "documents"
source = "a test"
title = { en = "A", zh = "甲" }
purpose = { en = "A", zh = "甲" }
"""  # stages begin on line 6


def stage(name: str, kind: str, *more: str) -> str:
    """Four lines, and one for each of ``more``."""
    title = 'title = { en = "A", zh = "甲" }'
    return "\n".join(["[[stage]]", f'name = "{name}"', title, f'type = "{kind}"', *more]) + "\n"


WORK = stage("decide", "decide") + stage("do", "execute")  # lines 6 to 13
FILE = "on_failure = 'draft'"

MISTAKES = {  # the line blamed, and parts of the message
    "": (0, "stage: is missing"),
    "stage = []\n": (6, "stage: must not be empty"),
    "stage = 3\n": (6, "stage: must be a list", "got 3"),
    "tittle = 1\n" + WORK: (6, "tittle: unknown key", "did you mean 'title'?"),
    "kynd = 1\n" + WORK: (6, "kynd: unknown key", "did you mean 'kind'?"),
    "sponsors = ['departmant']\n" + WORK: (6, "sponsors.0", "got 'departmant'", "did you mean 'department'?"),
    "sponsors = []\n" + WORK: (6, "sponsors: must not be empty"),
    "preempts = 1\n" + WORK: (6, "preempts: must be a boolean", "true or false"),
    "entry = 'deside'\n" + WORK: (6, "entry: no stage of this name", "did you mean 'decide'?"),
    "[matter]\nwith = ['peers']\n" + WORK: (7, "matter.with.0", "did you mean 'peer'?"),
    "[matter]\nwidth = 3\n" + WORK: (7, "matter.width: unknown key", "did you mean 'with'?"),
    "[matter]\nhours = -1\n" + WORK: (7, "matter.hours", "got -1", "from 0 to 100 ratio"),
    "[matter]\ndeadline = 0\n" + WORK: (7, "matter.deadline", "from 0.01 to 100"),
    "[flaws]\nlaw = 1.5\n" + WORK: (7, "flaws.law", "got 1.5", "from 0 to 1"),
    "[flaws]\nlwa = 0.1\n" + WORK: (7, "flaws.lwa: unknown key", "did you mean 'law'?"),
    "[flaws]\nearlier = 0.1\n" + WORK: (7, "flaws.earlier: unknown key"),  # compared, never drawn
    stage("Decide", "decide"): (7, "stage.0.name: is not a name", "small letters"),
    stage("close", "review"): (7, "is a word of the file format", "any name but leader, refuse, close"),
    WORK + stage("do", "review"): (15, "stage.2.name: two stages have one name", "got 'do'"),
    "[[stage]]\nname = 'x'\ntype = 'review'\n": (6, "stage.0.title: is missing"),
    "[[stage]]\nname = 'x'\ntitle = 'x'\ntype = 'review'\n": (8, "stage.0.title: must be a table"),
    stage("x", "reveiw"): (9, "stage.0.type", "got 'reveiw'", "did you mean 'review'?"),
    stage("x", "review", "hour = 1"): (10, "stage.0.hour: unknown key", "did you mean 'hours'?"),
    stage("x", "review", "hours = nan"): (10, "stage.0.hours", "finite"),
    stage("x", "review", "wait = 1.5"): (10, "stage.0.wait: must be a whole number"),
    stage("x", "review", "wait = 1"): (10, "stage.0.wait: means nothing in a stage", "who = superior"),
    stage("x", "review", "who = 'ofice'"): (10, "stage.0.who", "did you mean 'office'?"),
    stage("x", "review", "who = 'parties'"): (10, "stage.0.who: cannot act in a stage of type 'review'", "lead"),
    stage("x", "consult", "who = 'lead'"): (10, "cannot act in a stage of type 'consult'", "allowed: office"),
    stage("x", "review", "when = 'allways'"): (10, "stage.0.when", "did you mean 'always'?"),
    stage("x", "review", "slot = 'after'"): (10, "stage.0.slot: means nothing in a stage of type 'review'"),
    stage("x", "consult", "hours = 1"): (10, "stage.0.hours: means nothing in a stage of type 'consult'"),
    stage("x", "execute", "checks = ['law']"): (10, "means nothing in a stage of type 'execute'"),
    stage("x", "circulate", "checks = ['law']"): (10, "means nothing in a stage of type 'circulate'"),
    stage("x", "review", "alongside = 'x'"): (10, "stage.0.alongside: means nothing"),
    stage("x", "review", "checks = 'law'"): (10, "stage.0.checks: must be a list", "got 'law'"),
    stage("x", "review", "checks = ['lwa']", "on_failure = 'refuse'"): (10, "stage.0.checks.0", "mean 'law'?"),
    stage("x", "review", "checks = ['law', 'law']", "on_failure = 'refuse'"): (10, "checks.1: is listed twice"),
    stage("x", "review", "who = 'leader'", "checks = ['form']", "on_failure = 'refuse'"): (
        11, "stage.0.checks.0: is not found by 'leader'", "who = office",
    ),
    stage("x", "review", "who = 'lead'", "checks = ['law']", "on_failure = 'refuse'"): (11, "is not found by 'lead'"),
    stage("x", "review", "checks = ['law']"): (6, "stage.0.on_failure: is missing", "refuse or close"),
    stage("x", "decide", "checks = ['law']"): (6, "stage.0.on_failure: is missing"),
    stage("x", "review", "on_failure = 'refuse'"): (10, "stage.0.on_failure: nothing can fail here"),
    stage("x", "review", "limit = 2"): (10, "stage.0.limit: nothing can fail here"),
    stage("x", "review", "checks = ['law']", "on_failure = 'y'"): (11, "on_failure: no stage of this name", "got 'y'"),
    stage("x", "review", "checks = ['law']", "on_failure = 'x'", "limit = 16"): (12, "stage.0.limit", "from 0 to 15"),
    stage("draft", "review") + stage("x", "review", "checks = ['law']", FILE, "beyond = 'draft'"): (
        16, "stage.1.beyond: goes round without end: draft → x → draft", "a later stage",
    ),
    stage("x", "review", "checks = ['law']", "on_failure = 'close'", "beyond = 'x'"): (12, "without end: x → x"),
    stage("x", "follow_up", "every = 3", "alongside = 'do'"): (6, "stage: every stage is a follow-up"),
    WORK + stage("x", "follow_up", "every = 3"): (14, "stage.2.alongside: is missing"),
    WORK + stage("x", "follow_up", "alongside = 'do'"): (14, "stage.2.every: a follow-up looks at intervals"),
    WORK + stage("x", "follow_up", "every = 3", "alongside = 'decide'"): (
        19, "no stage of this name that executes", "allowed: do",
    ),
    WORK + stage("x", "follow_up", "every = 3", "alongside = 'do'")
    + stage("y", "review", "checks = ['law']", "on_failure = 'x'"): (25, "a follow-up is not on the way of a matter"),
    WORK + stage("more", "execute"): (17, "stage.2.type: a second stage of type 'execute'", "at most one"),
    WORK + stage("again", "decide"): (17, "stage.2.type: decides after the work"),
    WORK + stage("x", "consult"): (17, "consults after the decision or the work", "slot = 'after'"),
    stage("x", "consult", "slot = 'after'") + WORK: (9, "consults afterwards, but nothing goes before", "'execute'"),
    WORK + stage("x", "consult", "slot = 'after'") + stage("y", "consult", "slot = 'after'"): (
        22, "a second consultation afterwards", "at most one",
    ),
    "entry = 'do'\n" + WORK: (8, "stage.0.name: no matter ever comes here", "got 'decide'"),
    "".join(stage(f"s{number}", "review") for number in range(16)): (66, "too many stages", "at most 15"),
}  # fmt: skip


@pytest.mark.parametrize("more", MISTAKES, ids=repr)
def test_a_mistake_is_blamed_on_its_line(tmp_path: Path, more: str) -> None:
    file = tmp_path / "x.toml"
    file.write_text(HEAD + more, encoding="utf-8")
    with pytest.raises(RequestError) as caught:
        load_procedure(file)
    line, *parts = MISTAKES[more]
    message = str(caught.value)
    assert (f"x.toml:{line}: " if line else "x.toml: ") in message
    assert "\n" not in message
    for part in parts:
        assert str(part) in message
    assert in_chinese(caught.value.what) != caught.value.what


def test_an_unknown_procedure_names_the_nearest() -> None:
    with pytest.raises(RequestError, match=r"no procedure of this name.*did you mean 'meeting'"):
        load_procedure("meting")


REASON = 'reason = { en = "a", zh = "甲" }'
SHARES = {  # from line 7 on
    f"[procedures.wrok]\nshare = 1\n{REASON}": (7, "wrok: no procedure of this name", "did you mean 'work'?"),
    f"[procedures.work]\nshare = 0\n{REASON}": (8, "procedures.work.share: must be greater than 0", "above 0"),
    f"[procedures.work]\nshare = -1\n{REASON}": (8, "procedures.work.share", "got -1"),
    f"[procedures.work]\nshare = inf\n{REASON}": (8, "procedures.work.share", "got inf"),
    f"[procedures.work]\n{REASON}": (7, "procedures.work.share: is missing"),
    "[procedures.work]\nshare = 1": (7, "procedures.work.reason: is missing", "en and zh"),
    "[procedures.work]\nshare = 1\nreason = { en = 'a' }": (9, "procedures.work.reason.zh: is missing"),
    f"[procedures.work]\nshares = 1\n{REASON}": (8, "procedures.work.shares: unknown key", "did you mean 'share'?"),
    f"[procedures.own]\nshare = 1\n{REASON}\nfile = 'no.toml'": (10, "procedures.own.file: there is no such file"),
    f"[procedures.work]\nshare = 1\n{REASON}\nleft_out = ['consul']": (
        10, "procedures.work.left_out.0: no stage of this name", "did you mean 'consult'?",
    ),
    f"[procedures.work]\nshare = 1\n{REASON}\nleft_out = ['consult', 'decide']": (
        10, "procedures.work.left_out.1: a stage of type 'decide' cannot be left out", "consult", "got 'decide'",
    ),
    f"[procedures.work]\nshare = 1\n{REASON}\nleft_out = ['consult', 'consult']": (
        10, "procedures.work.left_out.1: is listed twice", "each name once",
    ),
    f"[procedures.work]\nshare = 1\n{REASON}\nleft_out = 'consult'": (
        10, "left_out: must be a list", "a list of names of stages",
    ),
    f"[procedures.request_form]\nshare = 1\n{REASON}\nunchecked = ['complte']": (
        10, "procedures.request_form.unchecked.0: no stage looks for this", "did you mean 'complete'?",
    ),
    f"[procedures.request_form]\nshare = 1\n{REASON}\nunchecked = ['law']": (
        10, "procedures.request_form.unchecked.0: no stage looks for this", "got 'law'",
    ),
    "procedures = 3": (7, "procedures: must be a table"),
    "procedures.work = 3": (7, "procedures.work: must be a table"),
    f"organisation.subordinates = 0\n[procedures.incoming_from_below]\nshare = 1\n{REASON}": (
        8, "the organisation has nobody who may sponsor it", "allowed: subordinate",
    ),
}  # fmt: skip


@pytest.mark.parametrize("more", SHARES, ids=repr)
def test_a_mistake_in_the_shares_is_blamed_on_its_line(tmp_path: Path, more: str) -> None:
    file = tmp_path / "x.toml"
    file.write_text(f"{SCENARIO_HEAD}{more}\n", encoding="utf-8")
    with pytest.raises(RequestError) as caught:
        load_scenario(file)
    line, *parts = SHARES[more]
    assert f"x.toml:{line}: " in str(caught.value)
    for part in parts:
        assert str(part) in str(caught.value)
    assert in_chinese(caught.value.what) != caught.value.what


def test_a_mistake_in_an_own_procedure_is_blamed_on_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(HEAD + stage("x", "reveiw"), encoding="utf-8")
    (tmp_path / "x.toml").write_text(
        f"{SCENARIO_HEAD}[procedures.own]\nshare = 1\n{REASON}\nfile = 'own.toml'\n", encoding="utf-8"
    )
    with pytest.raises(RequestError, match=r"own\.toml:9: stage\.0\.type"):
        load_scenario(tmp_path / "x.toml")
