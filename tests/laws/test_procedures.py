"""Procedures: those that come with the program, the tables made of them, and the shares of a scenario."""

import pickle
import re
import warnings
from pathlib import Path

import numpy as np
import pytest
from builders import SCENARIO_HEAD
from hypothesis import given
from hypothesis import strategies as st

from analysis.figures import style
from analysis.figures.procedure import procedure_figure, write_procedures
from sim import catalogue, engine, vocabulary, world
from sim.errors import RequestError
from sim.factors import limits, resolve
from sim.labels import LANGUAGES, said, text
from sim.layout import bits, lay_out
from sim.procedure import SPONSORS, Procedure, load_procedure, procedure_names
from sim.reading import key_lines
from sim.routes import KEYS
from sim.scenario import Scenario, load_scenario, rewritten, scenario_names
from sim.setting import prepare
from sim.strategy import load_strategy

SHIPPED = tuple(load_procedure(name) for name in procedure_names())
EVERY = lay_out(SHIPPED, [1.0] * len(SHIPPED))
GENERAL = load_procedure("general")
OWN = (Path(__file__).resolve().parents[2] / "scenarios" / "procedures" / "circulation.toml").read_text(
    encoding="utf-8"
)
REASON = 'reason = { en = "a", zh = "甲" }'


def named(procedure: Procedure) -> str:
    return procedure.name


def scenario(folder: Path, more: str) -> Scenario:
    (folder / "x.toml").write_text(SCENARIO_HEAD + more, encoding="utf-8")
    return load_scenario(folder / "x.toml")


# What comes with the program


def test_every_content_of_coordination_has_a_procedure() -> None:
    assert {each.content for each in SHIPPED} == set(vocabulary.CONTENT_NAMES)
    assert {each.kind for each in SHIPPED} == set(world.LEVELS)


def test_every_type_actor_and_check_occurs() -> None:
    stages = [stage for each in SHIPPED for stage in each.stages]
    assert {stage.type for stage in stages} == set(vocabulary.TYPE_NAMES)
    assert {stage.who for stage in stages} == set(vocabulary.ACTING_NAMES)
    assert {check for stage in stages for check in stage.checks} == set(vocabulary.FLAW_NAMES)


@pytest.mark.parametrize("procedure", SHIPPED, ids=named)
def test_what_may_be_wrong_is_looked_for_and_what_is_looked_for_may_be_wrong(procedure: Procedure) -> None:
    checked = {check for stage in procedure.stages for check in stage.checks} - set(vocabulary.COMPARED)
    assert {flaw for flaw in vocabulary.FLAW_NAMES if procedure.chance(flaw)} == checked


def test_every_condition_occurs_and_where_instructions_are_given_duties_are_named() -> None:
    stages = {f"{each.name}/{stage.name}": stage for each in SHIPPED for stage in each.stages}
    unused = {"outside", "light"}  # for procedures of one's own
    assert {stage.when for stage in stages.values()} == set(vocabulary.WRITTEN_CONDITIONS) - unused
    assert {name for name, stage in stages.items() if stage.names} == {
        "incoming_from_below/lead_assist", "work/lead_assist", "incoming_other/instruct", "emergency/liaise",
        "ad_hoc_task/liaise", "inspection/register", "policy_execution/study", "reception/see_to",
        "house_rules/publish",
    }  # fmt: skip


def test_all_but_technical_changes_of_a_document_are_reported_and_can_send_it_back() -> None:
    for name in ("outgoing_document", "joint_document"):
        procedure = load_procedure(name)
        report = procedure.stages[procedure.place("report")]
        assert (report.when, report.who, report.on_failure, report.limit) == ("changed", "leader", "draft", 1)
        assert procedure.place("vet") < procedure.place("countersigned") < procedure.place("report")


def test_plans_from_below_are_reviewed_before_they_are_fitted_together() -> None:
    plan = load_procedure("plan")
    below = plan.stages[plan.place("review_below")]
    assert (below.when, below.who) == ("from_below", "office")
    assert plan.place("draft") < plan.place("review_below") < plan.place("consult")
    assert "subordinate" in plan.sponsors


@pytest.mark.parametrize("procedure", SHIPPED, ids=named)
def test_texts_are_in_both_languages_and_sources_name_a_handbook(procedure: Procedure) -> None:
    texts = [procedure.title, procedure.purpose, *(stage.title for stage in procedure.stages)]
    assert all(re.search("[一-鿿]", each.zh) and not re.search("[一-鿿]", each.en) for each in texts)
    assert re.match(r"seed 00[023]\b", procedure.source)
    titles = [stage.title.zh for stage in procedure.stages]
    assert len(set(titles)) == len(titles)


def test_the_general_procedure_is_the_plain_model_of_the_oracles() -> None:
    assert [(stage.name, stage.type) for stage in GENERAL.stages] == [
        ("consult", "consult"), ("decide", "decide"), ("carry_out", "execute"), ("aftermath", "consult"),
    ]  # fmt: skip
    assert not any(GENERAL.chance(flaw) for flaw in vocabulary.FLAW_NAMES)
    assert not any(stage.hours or stage.checks for stage in GENERAL.stages)
    matter = GENERAL.matter.model_dump()
    assert matter.pop("with_roles") == ()
    assert matter.pop("among") == SPONSORS
    assert set(matter.values()) == {0.0, 1.0}


@pytest.mark.parametrize("procedure", SHIPPED, ids=named)
def test_every_matter_comes_to_an_end_whatever_fails(procedure: Procedure) -> None:
    """The longest way: every stage fails as often as it can before it passes."""
    rows = lay_out([procedure], [1.0])
    at, failures, steps = int(rows.procedures[0].entry), [0] * len(rows.stages), 0
    while at >= 0:
        row, steps = rows.stages[at], steps + 1
        assert steps <= 16 * 16
        can_fail = bool(procedure.stages[at].on_failure)
        if can_fail and failures[at] < row.limit:
            failures[at] += 1
            at = int(row.failed) if row.failed >= 0 else int(row.passed)
        else:
            at = int(row.beyond) if can_fail else int(row.passed)
    assert at == world.CLOSE


# The tables


def test_rows_are_absolute_and_lead_within_their_procedure() -> None:
    for number, procedure in enumerate(SHIPPED):
        row = EVERY.procedures[number]
        first, last = int(row.first), int(row.first) + len(procedure.stages)
        own = EVERY.stages[first:last]
        assert own.place.tolist() == list(range(len(own)))
        for field in ("passed", "failed", "beyond", "follow"):
            assert all(-3 <= each < 0 or first <= each < last for each in own[field].tolist())
        assert first <= row.entry < last
        assert (row.work < 0) == (vocabulary.EXECUTE not in own.type)
        assert row.work < 0 or EVERY.stages[row.work].type == vocabulary.EXECUTE
        assert row.review < 0 or EVERY.stages[row.review].life == world.AFTER


def test_the_chain_passes_over_follow_ups_and_ends_in_closing() -> None:
    for number, procedure in enumerate(SHIPPED):
        first = int(EVERY.procedures[number].first)
        passed = [int(EVERY.stages[first + place].passed) for place in procedure.chain]
        assert passed == [*(first + place for place in procedure.chain[1:]), world.CLOSE]
        for place, stage in enumerate(procedure.stages):
            if not stage.chained:
                assert EVERY.stages[first + procedure.place(stage.alongside)].follow == first + place


def test_the_general_procedure_as_tables() -> None:
    laid = lay_out([GENERAL], [3.0])
    row = laid.procedures[0]
    assert (row.entry, row.work, row.review, row.share) == (0, 2, 3, 1.0)
    assert row.roles == 1 << world.DEPARTMENT | 1 << world.SUBORDINATE
    assert laid.stages.life.tolist() == [world.BEFORE, world.DECISION, world.DURING, world.AFTER]
    assert laid.stages.passed.tolist() == [1, 2, 3, world.CLOSE]
    assert laid.stages.failed.tolist() == [world.TO_LEADER, 2, 3, world.CLOSE]
    assert laid.stages.follow.tolist() == [-1] * 4
    assert not laid.flaws.any()


def test_checks_chances_and_returns_arrive_in_the_tables() -> None:
    procedure = load_procedure("outgoing_document")
    laid = lay_out([GENERAL, procedure], [1.0, 3.0])
    assert laid.procedures.share.tolist() == [0.25, 0.75]
    first = int(laid.procedures[1].first)
    vet, decide = (laid.stages[first + procedure.place(name)] for name in ("vet", "decide"))
    assert vet.checks == bits(procedure.stages[procedure.place("vet")].checks, vocabulary.FLAW_NAMES)
    assert vet.failed == first + procedure.place("draft")
    assert (vet.limit, vet.beyond) == (2, vet.passed)
    assert decide.life == world.DECISION
    assert laid.stages.issues.sum() == 1
    assert laid.flaws[1, vocabulary.LAW] == procedure.chance("law") > 0
    assert laid.flaws[1, vocabulary.SUPERIOR_RULE] == 0


def test_what_is_postponed_is_arranged_again() -> None:
    procedure = Procedure.model_validate(
        {
            "name": "x", "kind": "affairs", "content": "meetings", "source": "x",
            "title": {"en": "x", "zh": "甲"}, "purpose": {"en": "x", "zh": "甲"},
            "stage": [{"name": "hold", "title": {"en": "x", "zh": "甲"}, "type": "schedule"}],
        }
    )  # fmt: skip
    row = lay_out([procedure], [1.0]).stages[0]
    assert (row.failed, row.limit, row.beyond, row.passed) == (0, 3, world.CLOSE, world.CLOSE)


@given(st.lists(st.floats(1e-3, 1e3), min_size=1, max_size=6))
def test_shares_are_made_to_sum_to_one_in_proportion(shares: list[float]) -> None:
    laid = lay_out(SHIPPED[: len(shares)], shares)
    assert laid.procedures.share.sum() == pytest.approx(1.0)
    assert np.allclose(laid.procedures.share * sum(shares), shares)


# Scenarios


@pytest.mark.parametrize("name", scenario_names())
def test_the_mix_of_a_scenario_says_why(name: str) -> None:
    found = load_scenario(name)
    assert sum(found.shares) == pytest.approx(100.0)
    assert [each.name for each in found.load_procedures()] == list(found.procedures)
    for weight in found.procedures.values():
        assert weight.source.startswith(("seed", "BPI", "assumed"))
        assert re.search("[一-鿿]", weight.reason.zh)


def test_without_a_table_every_matter_goes_the_general_way(tmp_path: Path) -> None:
    plain, named = scenario(tmp_path, ""), scenario(tmp_path, f"[procedures.general]\nshare = 7\n{REASON}\n")
    assert (plain.load_procedures(), plain.shares) == ((GENERAL,), (1.0,))
    assert named.shares == (7.0,)
    assert plain.digest != named.digest


def cut_of(path: str) -> tuple[str, str, str]:
    """Procedure, kind and name of what a path switches."""
    _, name, kind, which = path.split(".")
    return name, kind, which


def ended(values: dict[str, float]) -> tuple[world.World, world.World]:
    """A world of the district with these values: as drawn, and as it was left."""
    drawn = engine.draw(prepare(load_scenario("district").with_values({**values, "ticks": 200})), 5, 0)
    return drawn, engine.simulate(drawn, load_strategy("unified-balanced").record(), events=400_000)


def rows_told(w: world.World, what: int, name: str) -> np.ndarray:
    """The events of a kind about matters of a procedure of the district."""
    told = w.events[: w.totals[0].events]
    own = w.matters.procedure[told.matter] == list(load_scenario("district").procedures).index(name)
    return told[own & (told.what == what)]


CUTS = (
    "procedures.outgoing_document.stage.vet",  # returns lead back over it
    "procedures.incoming_from_below.stage.form_check",  # which is its entry
    "procedures.policy.stage.consult",
    "procedures.incoming_from_below.stage.distribute",
    "procedures.leaders_activity.stage.attend",
    "procedures.work.stage.supervise",
)


@pytest.mark.parametrize("path", CUTS)
def test_a_stage_left_out_is_never_entered_in_a_world_drawn_the_same(path: str) -> None:
    name, _, which = cut_of(path)
    usual, cut = ended({}), ended({path: 0})
    for part, other in zip(usual[0]._replace(stages=cut[0].stages), cut[0], strict=True):
        assert repr(part.tolist()) == repr(other.tolist())
    procedure = load_procedure(name)
    stage = procedure.stages[procedure.place(which)]
    kind = vocabulary.ENTERS if stage.chained else vocabulary.LOOKED
    for w, entered in ((usual[1], True), (cut[1], False)):
        number, rows = list(load_scenario("district").procedures).index(name), rows_told(w, kind, name)
        if stage.chained:
            rows = rows[rows.value == w.procedures[number].first + procedure.place(which)]
        assert (len(rows) > 0) == entered
        assert (w.matters.life[w.matters.procedure == number] == world.CLOSED).any()


@pytest.mark.parametrize(("name", "flaw"), [("outgoing_document", "technical"), ("outgoing_document", "superior")])
def test_nobody_finds_a_flaw_that_is_not_looked_for_and_it_is_there_all_the_same(name: str, flaw: str) -> None:
    usual, cut = ended({}), ended({f"procedures.{name}.check.{flaw}": 0})
    assert repr(usual[0].matters.tolist()) == repr(cut[0].matters.tolist())
    bit = vocabulary.FLAW_NAMES.index(flaw)
    found = [(rows_told(w, vocabulary.FOUND, name).value.astype(int) >> bit) & 1 for _, w in (usual, cut)]
    assert found[0].any()
    assert not found[1].any()
    assert (rows_told(cut[1], vocabulary.FOUND, name).value > 0).any()  # others are found


def test_a_switch_has_two_ends_and_a_name_in_both_languages() -> None:
    district = load_scenario("district")
    for path in district.switch_paths():
        factor = resolve(path, district, ())
        assert (factor.low, factor.high, factor.default, factor.whole, limits(factor)) == (0, 1, 1, True, (0, 1))
        assert re.search("[一-鿿]", factor.zh)
        off = district.with_values({path: 0})
        assert resolve(path, off, ()).default == 0
        assert off.run_digest != district.run_digest
        assert off.with_values({path: 1}).run_digest == district.run_digest
        assert off.switch_paths() == district.switch_paths()
    with pytest.raises(RequestError, match=r"is out of bounds; got 0\.5; allowed: 0 or 1"):
        district.with_values({"procedures.work.stage.consult": 0.5})


def test_what_a_file_leaves_out_is_what_a_path_leaves_out(tmp_path: Path) -> None:
    plain = f"[procedures.outgoing_document]\nshare = 1\n{REASON}\n"
    written = scenario(tmp_path, plain + 'left_out = ["vet", "report"]\nunchecked = ["law"]\n')
    switched = scenario(tmp_path, plain).with_values(
        {f"procedures.outgoing_document.{cut}": 0 for cut in ("stage.report", "stage.vet", "check.law")}
    )
    assert written.run_digest == switched.run_digest != scenario(tmp_path, plain).run_digest
    assert pickle.loads(pickle.dumps(written)) == written
    assert rewritten(written.written()).run_digest == written.run_digest


def test_what_is_left_out_leaves_its_mark_on_the_tables_alone() -> None:
    """A follow-up left out follows nothing, a document that is not issued leaves nothing to dispute."""
    work, house = load_procedure("work"), load_procedure("outgoing_document")
    assert lay_out([work], [1.0]).stages.follow.max() >= 0
    assert lay_out([work.without(["supervise"], ())], [1.0]).stages.follow.max() == -1
    issuing = [stage.name for stage in house.stages if stage.issues]
    assert [bool(lay_out([each], [1.0]).procedures[0].lasting) for each in (house, house.without(issuing, ()))] == [
        True, house.work >= 0,
    ]  # fmt: skip


def test_an_own_procedure_has_the_name_the_scenario_gives_it_and_decides_runs(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    more = f'[procedures.round]\nshare = 1\n{REASON}\nfile = "own.toml"\n[procedures.work]\nshare = 3\n{REASON}\n'
    first = scenario(tmp_path, more)
    assert [each.name for each in first.load_procedures()] == ["round", "work"]
    assert first.shares == (1.0, 3.0)
    assert first.resolved()["procedure_files"]["round"]["stage"][0]["name"] == "order"
    assert pickle.loads(pickle.dumps(first)) == first
    assert first.with_values({"seed": 3}).run_digest == first.run_digest
    said = OWN.replace("starting at once", "beginning at once")
    (tmp_path / "own.toml").write_text(said, encoding="utf-8")
    second = scenario(tmp_path, more)
    assert second.run_digest == first.run_digest
    assert second.digest != first.digest
    (tmp_path / "own.toml").write_text(OWN.replace("hours = 0.2", "hours = 0.3"), encoding="utf-8")
    assert scenario(tmp_path, more).run_digest != first.run_digest
    assert scenario(tmp_path, more.replace("share = 3", "share = 2")).run_digest != first.run_digest


@pytest.mark.parametrize("procedure", SHIPPED, ids=named)
def test_a_procedure_survives_pickling(procedure: Procedure) -> None:
    assert pickle.loads(pickle.dumps(procedure)) == procedure


# Files


def test_lines_of_arrays_of_tables_are_numbered_by_item() -> None:
    lines = key_lines(
        'a = 1\n[[stage]]\nname = "x"\n[stage.title]\nen = "y"\n[[stage]]\nname = "z"\n[[stage.more]]\nk = 1\n'
    )
    assert lines["stage", "0"] == 2
    assert lines["stage", "0", "name"] == 3
    assert lines["stage", "0", "title", "en"] == 5
    assert lines["stage", "1", "name"] == 7
    assert lines["stage", "1", "more", "0", "k"] == 9


def test_every_type_has_its_keys_and_every_end_its_words() -> None:
    assert set(KEYS) == set(vocabulary.TYPE_NAMES)
    for lang in LANGUAGES:
        assert {GENERAL.destination(end, lang) for end in ("leader", "refuse", "close")} == {
            text(f"end.{end}", lang) for end in ("leader", "refuse", "close")
        }


# What is shown


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("procedure", SHIPPED, ids=named)
def test_a_procedure_is_shown_stage_by_stage(
    procedure: Procedure, lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    catalogue.show(catalogue.find(procedure.name, lang), lang)
    shown = capsys.readouterr().out
    assert procedure.title.of(lang) in shown
    for stage in procedure.stages:
        assert re.search(rf"^{stage.name} +{re.escape(stage.title.of(lang))}", shown, re.MULTILINE), stage.name


def test_a_scenario_shows_its_mix_with_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    teaching = load_scenario("teaching")
    catalogue.show(teaching, "zh")
    shown = capsys.readouterr().out
    assert re.search(r"incoming_from_below +下级来文 +25\.0%", shown)
    assert teaching.procedures["general"].reason.zh in shown


def test_what_is_drawn_is_a_scenarios_mix_or_one_procedure_but_no_strategy() -> None:
    assert catalogue.procedures_of(catalogue.find("general", "en")) == (GENERAL,)
    assert len(catalogue.procedures_of(catalogue.find("teaching", "en"))) == 4
    with pytest.raises(RequestError, match="--out: has no procedures to draw; got 'committee'"):
        catalogue.procedures_of(catalogue.find("committee", "en"))
    with pytest.raises(RequestError, match="did you mean 'emergency'"):
        catalogue.find("emergncy", "en")


# Pictures


@pytest.mark.parametrize(
    "lang",
    ["en", pytest.param("zh", marks=pytest.mark.skipif(style.chinese_font() is None, reason="no Chinese font"))],
)
@pytest.mark.parametrize("procedure", SHIPPED, ids=named)
def test_every_procedure_draws_within_its_picture(procedure: Procedure, lang: str) -> None:
    figure = procedure_figure(procedure, lang)
    style.dress(figure)
    figure.set_dpi(50)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure.canvas.draw()
    inside = figure.bbox.padded(1.0)
    for axes in figure.axes:
        for words in axes.texts:
            box = words.get_window_extent()
            assert inside.contains(box.x0, box.y0), words.get_text()
            assert inside.contains(box.x1, box.y1), words.get_text()


def test_a_picture_says_which_stages_are_left_out_and_no_more_what_is_not_looked_for() -> None:
    procedure = load_procedure("outgoing_document")
    for lang in LANGUAGES:
        flaw = said(vocabulary.FLAWS[vocabulary.JOINT], lang)
        notes = ["".join(note.split()) for note in (text("procedure.left_out", lang), flaw)]  # lines are broken
        shown = [
            "".join("".join(words.get_text().split()) for words in procedure_figure(each, lang).axes[0].texts)
            for each in (procedure, procedure.without(["balance"], ["joint"]))
        ]
        assert [[note in page for note in notes] for page in shown] == [[False, True], [True, False]]


def test_the_same_procedure_gives_the_same_picture(tmp_path: Path) -> None:
    first, second = (write_procedures([GENERAL], tmp_path / name) for name in ("a", "b"))
    assert [path.name for path in first] == ["general.png", "general.svg"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_without_a_chinese_font_a_procedure_is_drawn_in_english(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("analysis.figures.procedure.chinese_font", lambda: None)
    with pytest.warns(UserWarning, match="no Chinese font"):
        written = write_procedures([GENERAL], tmp_path, "zh")
    assert [path.name for path in written] == ["general.png", "general.svg"]
