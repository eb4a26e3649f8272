"""The story: every event can be said, in both languages, and what is said is what happened."""

import re
import string

import pytest

from sim import world
from sim.journal import VALUES, Journal, record
from sim.parameters import MODES
from sim.scenario import load_scenario
from sim.setting import prepare
from sim.story import Paragraph, listed, tell, when
from sim.story_pages import lines, pages
from sim.story_words import CLAUSES, PHRASES
from sim.strategy import load_strategy
from sim.vocabulary import EVENT_NAMES, MANY, MISUNDERSTOOD, MODE_REASONS, OCCASIONS, STUCK, TIMING_REASONS
from tests.laws.fake_journal import (
    CONSULT,
    DECIDE,
    DRAFT,
    EDUCATION,
    FINANCE,
    LEADER,
    OFFICE,
    PLANNING,
    VET,
    WORK,
    event,
    journal,
)

CHINESE = re.compile("[一-鿿]")


def told(lang: str, *events: tuple[object, ...], **matter: float) -> str:
    return "\n".join(paragraph.text for paragraph in tell(journal(*events, **matter), lang))


def meeting(*more: tuple[object, ...]) -> tuple[tuple[object, ...], ...]:
    """A round at 0.5: positions were 0.2, 0.4 and 0.9."""
    return (
        event(5, "round", who=OFFICE, whom=MODES.index("meeting"), value=0.5, stage=CONSULT),
        event(5, "hears", who=FINANCE, whom=OFFICE, value=0.45),
        event(5, "hears", who=PLANNING, whom=OFFICE, value=0.41),
        event(5, "hears", who=EDUCATION, whom=OFFICE, value=0.88),
        *more,
    )


def test_a_round_is_one_sentence_with_its_host_its_parties_and_what_came_of_it() -> None:
    assert told("en", *meeting()) == (
        "Secretariat Section held a meeting with Finance Department, Planning Department and Education Department "
        "(proposal 0.50); Finance Department came much closer (gap 0.05), Planning Department had no quarrel with it "
        "(gap 0.09), Education Department hardly moved and remained far off (gap 0.38); not yet agreed."
    )
    assert told("zh", *meeting()) == (
        "秘书科召集财政部门、规划部门、教育部门开会协调（协调意见 0.50）；财政部门明显靠拢（相距 0.05），"
        "规划部门没有异议（相距 0.09），教育部门不肯松口，分歧仍大（相距 0.38）；尚未一致。"
    )


def test_a_round_ends_with_agreement_or_without_it() -> None:
    assert "agreement was reached (proposal 0.50); it went on to “decision”." in told(
        "en", *meeting(event(5, "agreed", who=OFFICE, value=0.5), event(5, "enters", value=DECIDE))
    )
    unresolved = told("zh", *meeting(event(5, "unresolved", who=OFFICE, value=0.21)))
    assert unresolved.endswith("；仍未达成一致，协商到此为止（分歧 0.21）。")
    assert "尚未一致" not in unresolved


@pytest.mark.parametrize(
    ("stance", "says"),
    [(0.31, "came much closer"), (0.24, "came closer"), (0.21, "hardly moved"), (0.1, "drew back")],
)
def test_the_words_for_a_move_follow_its_size(stance: float, says: str) -> None:
    heard = event(5, "hears", who=FINANCE, whom=OFFICE, value=stance)
    shown = told("en", event(5, "round", who=OFFICE, whom=3, value=0.5), heard)
    assert f"Finance Department {says}" in shown


def test_those_who_were_told_different_things_came_but_did_not_move() -> None:
    shown = told(
        "en",
        event(5, "round", who=OFFICE, whom=3, value=0.5),
        event(5, "contradicted", who=FINANCE, whom=OFFICE, value=0.2),
    )
    assert shown.startswith("Secretariat Section talked it over with Finance Department (proposal 0.50); Finance ")
    assert "told otherwise before and did not know whom to follow (0.20 apart)" in shown


def test_a_round_nobody_responds_to_says_so() -> None:
    shown = event(5, "round", who=OFFICE, whom=0, value=0.5)
    assert told("en", shown) == "Secretariat Section arranged meeting but nobody responded; not yet agreed."
    assert told("zh", shown) == "秘书科安排会议协调，各方均未回应；尚未一致。"


def test_a_host_is_not_said_to_have_met_itself() -> None:
    own = event(5, "hears", who=FINANCE, whom=FINANCE, value=0.5)
    other = event(5, "hears", who=PLANNING, whom=FINANCE, value=0.5)
    shown = told("en", event(5, "round", who=FINANCE, whom=3, value=0.5), own, other)
    assert shown.startswith("Finance Department talked it over with Planning Department (")
    assert shown.count("Finance Department") == 1


def test_flaws_are_named_and_a_return_is_said_once() -> None:
    found = (
        event(2, "found", who=OFFICE, value=0b10010, stage=VET),
        event(2, "returned", who=OFFICE, value=DRAFT, stage=VET),
        event(2, "enters", value=DRAFT),
    )
    assert told("en", *found) == (
        "At “vetting” Secretariat Section found fault with it: against the law; against a related organ's rule; "
        "it went back to “draft”."
    )
    assert told("zh", *found) == "秘书科在“核稿”环节发现：违反法律法规，与相关机关文件打架；退回“草拟”。"


def test_a_paper_that_goes_on_with_its_flaws_is_said_to() -> None:
    found = event(2, "found", who=OFFICE, value=0b10, stage=VET)
    assert told("en", found, event(2, "enters", value=DECIDE)).endswith("it went on to “decision” all the same.")


def test_what_cannot_be_returned_to_a_stage_is_said_to_go_no_further() -> None:
    assert "It could not go on like this" in told("en", event(2, "returned", who=OFFICE, value=world.TO_LEADER))


def test_an_imposed_decision_says_whom_it_favours_and_a_signature_does_not() -> None:
    held = event(1, "round", who=OFFICE, whom=3, value=0.5)
    imposed = told("en", held, event(9, "decided", who=LEADER, whom=1, value=0.3))
    assert "Leader in Charge decided where views still differed (outcome 0.30)" in imposed
    assert (
        "closest to Finance Department, furthest from Education Department." in imposed
    )  # the nearer of two, by order
    assert told("en", held, event(9, "decided", who=LEADER, whom=0, value=0.5)).endswith(
        "Leader in Charge approved it (outcome 0.50)."
    )
    assert "decided without a consultation beforehand" in told("en", event(9, "decided", who=LEADER, whom=1, value=0.3))


def test_a_later_outcome_is_compared_with_the_earlier_one() -> None:
    begun = event(3, "begins", who=FINANCE, value=0.4)
    ruled = event(9, "decided", who=LEADER, whom=0, value=0.6)
    assert "the earlier outcome was changed (0.40 until then)" in told(
        "en", begun, ruled, event(9, "changed", value=0.6)
    )
    assert "维持先前的结果" in told("zh", begun, ruled, event(9, "changed", value=0.4))


def test_a_conflict_that_is_coordinated_is_said_to_be_settled() -> None:
    broken = event(3, "outbreak", who=FINANCE, value=0.3)
    assert "the conflict was settled" in told("en", broken, event(4, "agreed", who=OFFICE, value=0.5))
    assert "settled" not in told("en", broken, event(4, "cooled"), event(5, "agreed", who=OFFICE, value=0.5))


def test_what_several_do_alike_in_one_half_day_is_one_clause() -> None:
    done = (event(6, "done", who=FINANCE, value=2.0, stage=WORK), event(6, "done", who=PLANNING, value=3.5, stage=WORK))
    assert told("en", *done) == "Finance Department and Planning Department finished the work assigned (2.0, 3.5 h)."
    assert told("zh", *done) == "财政部门、规划部门完成承办任务（2.0、3.5 小时）。"


def test_work_done_by_those_who_had_done_theirs_is_work_done_again() -> None:
    begun = event(3, "begins", who=FINANCE, value=0.4)
    first = event(4, "done", who=FINANCE, value=2.0), event(4, "done", who=PLANNING, value=2.0)
    shown = told(
        "en", begun, *first, event(6, "done", who=EDUCATION, value=1.0), event(6, "done", who=PLANNING, value=2.0)
    )
    assert shown.splitlines()[-1] == (
        "Education Department finished the work assigned (1.0 h); "
        "Planning Department finished what had to be done again."
    )


def test_who_lets_a_paper_pass_decides_how_that_is_said() -> None:
    assert told("en", event(1, "passes", who=LEADER, stage=VET)) == "At “vetting” Leader in Charge gave approval."
    assert told("en", event(1, "passes", who=-1)) == "The superior organ answered and raised no objection."
    finished = event(1, "done", who=FINANCE, value=2.0), event(1, "passes", who=FINANCE, value=2.0)
    assert told("en", *finished) == "Finance Department finished “draft”."


def test_what_was_chosen_is_told_with_its_reason_before_the_matter_is_taken_up() -> None:
    chosen = (
        event(0, "arises", matter=1, who=EDUCATION, value=0), event(0, "timed", matter=1, who=OFFICE, whom=0, value=0),
        event(0, "moded", matter=1, who=OFFICE, whom=MODES.index("meeting"), value=MANY),
        event(0, "enters", matter=1, value=CONSULT),
    )  # fmt: skip
    assert told("en", *chosen) == (
        "It arose, Education Department taking the lead; Secretariat Section chose to coordinate mainly before the "
        "decision, because those concerned are divided, and it does not press; by meeting, because many are concerned, "
        "and all have to be face to face; it was taken up at “consultation”."
    )
    assert told("zh", *chosen) == (
        "事项产生，由教育部门主办；因各方意见分歧且时间允许，秘书科决定以事前协调为主；"
        "因涉及方多、须当面商定，采取会议协调的方式；从“协商”办起。"
    )
    alone = event(0, "moded", who=OFFICE, whom=MODES.index("talks"), value=MISUNDERSTOOD)
    assert "Secretariat Section chose mutual talks, because few are concerned" in told("en", alone)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_reason_can_be_given(lang: str) -> None:
    for what, reasons in (("timed", TIMING_REASONS), ("moded", MODE_REASONS)):
        for number, reason in enumerate(reasons):
            shown = told(lang, event(0, what, who=OFFICE, whom=1, value=number))
            assert (reason.zh if lang == "zh" else reason.en) in shown


def test_a_mode_that_got_stuck_is_changed_at_the_end_of_its_round() -> None:
    anew = event(5, "moded", who=OFFICE, whom=MODES.index("onsite"), value=STUCK)
    assert told("en", *meeting(anew)).endswith(
        "; not yet agreed; Secretariat Section turned to on-site work, because the way tried so far has brought no "
        "agreement."
    )
    assert told("zh", *meeting(anew)).endswith("；尚未一致；因原方式未能达成一致，秘书科改用现场办公的方式。")


def test_what_is_passed_on_says_how_often_and_who_took_it() -> None:
    taken = event(3, "enters", value=WORK), event(3, "passed_on", who=PLANNING, value=2)
    assert "it was passed on twice until Planning Department took it in hand" in told("en", *taken)
    assert told("zh", *taken) == "转入“落实”；起初各方均不认为是分内之事，推诿 2 次后由规划部门承接。"
    assert "ll of those concerned passed it on (3 times), and the office had to name one" in told(
        "en", event(3, "passed_on", value=3)
    )
    anew = *taken, event(3, "restructured", who=LEADER, value=4)
    assert told("en", *anew).endswith(
        "; Leader in Charge had functions in this domain divided anew, after matters had been passed on 4 times."
    )


def test_a_difference_is_put_on_record_before_the_agreement() -> None:
    reserved = event(5, "reserved", who=OFFICE, value=0.18), event(5, "agreed", who=OFFICE, value=0.5)
    assert told("en", *meeting(*reserved)).endswith(
        "; what still divides those concerned was put on record and left standing (divergence 0.18); "
        "agreement was reached (proposal 0.50)."
    )


def test_a_head_gone_past_is_told_with_the_round_or_the_paper_it_was_for() -> None:
    held = told("en", event(5, "bypassed", who=EDUCATION, whom=OFFICE), *meeting())
    assert held.startswith("Secretariat Section held a meeting with ")
    assert "; Secretariat Section went past the head of Education Department and asked the people there " in held
    assert held.count("\n") == held.count("past the head") - 1 == 0
    paper = event(5, "bypassed", who=EDUCATION), event(5, "bypassed", who=PLANNING), event(5, "read", who=FINANCE)
    assert told("zh", *paper) == "未经教育部门、规划部门负责人，直接安排了其人员；财政部门阅签。"


def test_help_misreadings_and_broken_promises_name_both_sides() -> None:
    urged = event(5, "urged", who=OFFICE, whom=PLANNING), event(5, "helped", who=FINANCE, whom=PLANNING, value=3.0)
    assert told("en", *urged) == (
        "Secretariat Section urged Planning Department on; Finance Department lent Planning Department a hand (3.0 h)."
    )
    misread = event(5, "misread", who=OFFICE, whom=EDUCATION, value=0.12)
    assert told("zh", misread) == "教育部门对要求的理解有出入，秘书科予以澄清（偏差 0.12）。"
    assert told("en", event(5, "misread", whom=EDUCATION, value=0.12)) == (
        "It turned out that Education Department had taken it to mean something else (off by 0.12)."
    )
    broken = (
        event(3, "begins", who=FINANCE, value=0.4), event(9, "decided", who=LEADER, whom=0, value=0.6),
        event(9, "broken", who=FINANCE, value=0.1), event(9, "changed", value=0.6),
    )  # fmt: skip
    assert told("en", *broken).splitlines()[-1] == (
        "Leader in Charge approved it (outcome 0.60); Finance Department saw what had been settled gone back on "
        "(0.10 further off); the earlier outcome was changed (0.40 until then)."
    )


@pytest.mark.parametrize("why", ["double_booked", "forgotten"])
def test_an_activity_says_why_it_is_put_off(why: str) -> None:
    missed = event(4, why, who=LEADER, stage=DECIDE), event(4, "postponed", stage=DECIDE)
    shown = told("en", *missed)
    assert shown.startswith("Leader in Charge, ")
    assert shown.endswith("; “decision” was put off.")


def test_an_activity_says_what_kind_of_occasion_it_is() -> None:
    asked = journal(event(0, "arises", who=FINANCE, value=0), occasion=world.COMMEMORATION)
    assert len(OCCASIONS) == world.OUTSTANDING_ACTIVITY + 1
    assert "commemoration" not in next(tell(asked, "en")).text
    asked.setting.procedures[0].content = "activities"
    assert next(tell(asked, "en")).text.endswith("; it is a commemoration arranged from above.")
    assert next(tell(asked, "zh")).text.endswith("；属上级统一部署的纪念活动。")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("what", EVENT_NAMES)
def test_every_event_can_be_said_alone(what: str, lang: str) -> None:
    known = {"stage": float(VET), "flaws": 3.0, "tick": 7.0, "matter": 1.0, "count": 3.0, "timing": 2.0, "mode": 1.0}
    value = known.get(VALUES.get(what, ("", ""))[1], 0.4)
    for who, whom in ((FINANCE, 1), (FINANCE, -1), (-1, LEADER)):
        mode = whom if what != "round" else 1
        shown = told(lang, event(2, what, who=who, whom=mode, value=value))
        assert shown.endswith("." if lang == "en" else "。")
        assert not re.search(r"[{}]|\bnan\b|-1|^\W", shown.replace("“", ""))
        assert bool(CHINESE.search(shown)) == (lang == "zh")


def test_every_clause_and_phrase_is_filled_in_alike_in_both_languages() -> None:
    for table in (CLAUSES, PHRASES):
        for key, texts in table.items():
            fields = [{field for _, field, _, _ in string.Formatter().parse(each) if field} for each in texts]
            assert fields[0] - {"stage"} == fields[1] - {"stage"}, key
            assert not CHINESE.search(texts[0]), key
            assert not re.search("[A-Za-z]{2}", re.sub("{.*?}", "", texts[1])), key
    assert set(MODES) < set(CLAUSES)


def test_days_count_from_one_and_names_are_listed_as_people_do() -> None:
    assert (when(0, "en"), when(23, "en"), when(1, "zh")) == ("day 1, morning", "day 12, afternoon", "第 1 天下午")
    assert (listed(["A"], "en"), listed(["A", "B", "C"], "en"), listed(["甲", "乙"], "zh")) == (
        "A",
        "A, B and C",
        "甲、乙",
    )


def test_a_matter_is_told_from_its_heading_to_its_end() -> None:
    made = journal(
        event(1, "arises", who=FINANCE, value=0), event(23, "closed", value=0.1), life=world.CLOSED, closed=23, rounds=3
    )
    blocks = list(pages(made, "en", matter=0))
    assert blocks[0] == (
        "Matter 1, Outgoing document",
        "Finance Department leads, with Planning Department and Education Department; domain 1; "
        "deadline day 11, morning",
    )
    assert [head for head, _ in blocks[1:]] == ["day 1, afternoon", "day 12, afternoon", ""]
    assert blocks[-1].body == (
        "Closed day 12, afternoon, 12.0 working days after it arose, 1.5 working days late; rounds of coordination: 3."
    )
    end = list(pages(made, "zh", matter=0))[-1].body
    assert end == "第 12 天下午办结，历时 12.0 个工作日，超期 1.5 个工作日；协调 3 轮。"


@pytest.mark.parametrize(
    ("life", "says"),
    [
        (world.DURING, "Still under way at the end, at “work”, after 20.0 working days."),
        (world.REFUSED, "Refused day 2, afternoon, 2.0 working days after it arose."),
        (world.WITHDRAWN, "Withdrawn day 2, afternoon, 2.0 working days after it arose."),
    ],
)
def test_a_matter_that_is_not_closed_ends_otherwise(life: int, says: str) -> None:
    assert list(pages(journal(event(3, "reopened", who=FINANCE), life=life), "en", matter=0))[-1].body == says


def test_a_year_is_told_half_day_by_half_day() -> None:
    made = journal(
        event(0, "arises", who=FINANCE, value=0),
        event(3, "arises", matter=1, who=EDUCATION, value=0),
        event(3, "read", who=FINANCE),
    )
    blocks = list(pages(made, "en"))
    assert [head for head, _ in blocks] == ["day 1, morning", "day 2, afternoon", ""]
    assert blocks[1].body == "Matter 1, Outgoing document: Finance Department read and signed it."
    assert blocks[2].body == "Matter 2, Outgoing document: It arose, Education Department taking the lead."
    assert list(pages(made, "zh", actor=LEADER)) == [("", "没有发生任何事情。")]


def test_an_actors_story_has_only_what_it_had_a_part_in() -> None:
    made = journal(event(1, "read", who=FINANCE), event(1, "urged", who=OFFICE, whom=PLANNING), event(2, "cooled"))
    assert list(tell(made, "en", actor=PLANNING)) == [
        Paragraph(1, 0, "Secretariat Section urged Planning Department on.")
    ]


@pytest.mark.parametrize(
    "text", ["One two three, four (5.25 h); five.", "第 3 天上午，财政部门、规划部门（相距 0.05）没有异议。" * 3]
)
@pytest.mark.parametrize("width", [12, 21, 60])
def test_lines_fit_lose_nothing_and_begin_with_no_stop(text: str, width: int) -> None:
    from rich.cells import cell_len

    broken = list(lines(text, width))
    assert "".join(broken).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= width for line in broken)
    assert not any(line[0] in "，。；、）” " for line in broken)
    assert not any(line[-1] in "（“" for line in broken)


@pytest.fixture(scope="module")
def lesson() -> Journal:
    scenario = load_scenario("teaching")
    return record(prepare(scenario), 1, 0, scenario.load_strategy("self-first").record())


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_real_run_can_be_told_from_end_to_end(lesson: Journal, lang: str) -> None:
    told = list(tell(lesson, lang))
    assert {paragraph.matter for paragraph in told} == set(lesson.rows.matter.tolist())
    for paragraph in told:
        assert not re.search(r"[{}]|\bnan\b|“”|\(\)|（）", paragraph.text)
        assert bool(CHINESE.search(paragraph.text)) == (lang == "zh")


def test_without_private_positions_no_number_says_what_anybody_thinks() -> None:
    """The same sentences, less the numbers of gaps and of minds apart; what was said aloud keeps its numbers."""
    weeks = record(prepare(load_scenario("teaching")), 1, 0, load_strategy("unified-balanced").record())
    whole, openly = (list(tell(weeks, "en", private=private)) for private in (True, False))
    assert [each.tick for each in whole] == [each.tick for each in openly]
    texts = " ".join(each.text for each in openly)
    assert "gap " in " ".join(each.text for each in whole)
    assert "gap " not in texts
    assert "(proposal " in texts
    for full, short in zip(whole, openly, strict=True):
        assert re.sub(r" \([^()]*\)", "", full.text) == re.sub(r" \([^()]*\)", "", short.text)
