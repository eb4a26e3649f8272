"""The sentences of the story, in English and simplified Chinese: written side by side, not translated.

A clause is filled in with ``str.format``: ``who`` and ``whom`` are names, ``stage`` a title, ``number`` an aside in
parentheses, or nothing where there is no number to give.
"""

from sim import parameters

CLAUSES: dict[str, tuple[str, str]] = {
    "arises": ("it arose, {who} taking the lead", "事项产生，由{who}主办"),
    "arises_with": (
        "it arose, {who} taking the lead, {others} also concerned",
        "事项产生，由{who}主办，涉及{others}",
    ),
    "occasion": ("it is {occasion}", "属{occasion}"),
    # what was chosen for it, and why
    "timed": (
        "{who} chose to coordinate mainly {time}, because {why}",
        "因{why}，{who}决定以{time}协调为主",
    ),
    "moded": ("{who} chose {mode}, because {why}", "因{why}，{who}决定采取{mode}的方式"),
    "moded_too": ("by {mode}, because {why}", "因{why}，采取{mode}的方式"),
    "moded_anew": ("{who} turned to {mode}, because {why}", "因{why}，{who}改用{mode}的方式"),
    "enters": ("it went on to “{to}”", "转入“{to}”"),
    "enters_anyway": ("it went on to “{to}” all the same", "仍转入“{to}”"),
    "enters_first": ("it was taken up at “{to}”", "从“{to}”办起"),
    "passes": ("{who} finished “{stage}”", "{who}办完“{stage}”"),
    "passes_leader": ("at “{stage}” {who} gave approval", "“{stage}”环节，{who}批示同意"),
    "passes_superior": ("{who} answered and raised no objection", "{who}批复同意"),
    "found": ("at “{stage}” {who} found fault with it: {flaws}", "{who}在“{stage}”环节发现：{flaws}"),
    "returned": ("{who} sent it back to “{to}”", "{who}退回“{to}”"),
    "returned_found": ("it went back to “{to}”", "退回“{to}”"),
    "returned_end": ("it could not go on like this", "不能照此办下去"),
    # a round, what the parties made of it, and what came of it
    "meeting": ("{who} held a meeting with {whom}{number}", "{who}召集{whom}开会协调{number}"),
    "meeting_one": ("{who} sat down with {whom}{number}", "{who}与{whom}当面商议{number}"),
    "onsite": ("{who} went to see for themselves, together with {whom}{number}", "{who}会同{whom}现场办公{number}"),
    "directive": (
        "{who} passed on to {whom} what the superior organ had put in writing{number}",
        "{who}以上级行文向{whom}提出要求{number}",
    ),
    "talks": ("{who} talked it over with {whom}{number}", "{who}与{whom}沟通商谈{number}"),
    "countersign": (
        "{who} passed the paper round {whom} for countersigning{number}",
        "{who}将文稿送{whom}会签{number}",
    ),
    "hears": ("{who} heard what was proposed", "{who}听取了协调意见"),
    "round_missed": ("{who} arranged {mode} but nobody responded", "{who}安排{mode}，各方均未回应"),
    "away": ("{who} drew back{number}", "{who}反而后退{number}"),
    "near": ("{who} had no quarrel with it{number}", "{who}没有异议{number}"),
    "much": ("{who} came much closer{number}", "{who}明显靠拢{number}"),
    "closer": ("{who} came closer{number}", "{who}有所靠拢{number}"),
    "hardly": ("{who} hardly moved{number}", "{who}几乎未动{number}"),
    "far": ("{who} hardly moved and remained far off{number}", "{who}不肯松口，分歧仍大{number}"),
    "contradicted": (
        "{who} had been told otherwise before and did not know whom to follow{number}",
        "{who}此前得到的指示与此不一，无所适从{number}",
    ),
    "bypassed": (
        "{whom} went past the head of {who} and asked the people there directly",
        "{whom}越过{who}负责人直接安排其人员",
    ),
    "bypassed_alone": (
        "the people of {who} were asked past their head",
        "未经{who}负责人，直接安排了其人员",
    ),
    "reserved": (
        "what still divides those concerned was put on record and left standing{number}",
        "未尽的分歧记录在案、予以保留{number}",
    ),
    "agreed": ("agreement was reached{number}", "意见达成一致{number}"),
    "agreed_alone": (
        "taking everything together, {who} found agreement{number}",
        "{who}综合各方情况，意见已趋一致{number}",
    ),
    "unresolved": (
        "still no agreement, and the consultation was closed{number}",
        "仍未达成一致，协商到此为止{number}",
    ),
    "unresolved_alone": ("{who} closed the consultation without agreement{number}", "{who}协调未果{number}"),
    "not_yet": ("not yet agreed", "尚未一致"),
    # leaders
    "reported": ("{who} submitted it to {whom}", "{who}呈报{whom}"),
    "reported_given": ("{whom} handed it to {who}", "{whom}向{who}交办"),
    "reported_again": ("it now lay with {whom}", "由{whom}审定"),
    "reported_disputed": (
        "{who} brought it to {whom} with all the views, since those concerned could not agree",
        "各方意见不一，{who}如实汇总，报请{whom}定夺",
    ),
    "reported_alone": (
        "{who} could not settle it with them and brought it to {whom}",
        "{who}未能与主办单位谈拢，如实汇报，请{whom}定夺",
    ),
    "decided_over": (
        "{who} decided, though the lead unit thought otherwise{number}",
        "主办单位仍有不同意见，{who}作出决断{number}",
    ),
    "decided": ("{who} approved it{number}", "{who}审定同意{number}"),
    "decided_imposed": ("{who} decided where views still differed{number}", "各方意见未统一，{who}作出决断{number}"),
    "decided_alone": ("{who} decided without a consultation beforehand{number}", "{who}未经事先协商作出决断{number}"),
    "decided_instructed": ("{who} gave instructions{number}", "{who}作出批示{number}"),
    "leaning": ("closest to {near}, furthest from {far}", "最接近{near}的意见，离{far}最远"),
    # carrying out
    "begins": ("work began", "着手落实"),
    "done": ("{who} finished the work assigned{number}", "{who}完成承办任务{number}"),
    "done_again": ("{who} finished what had to be done again", "{who}完成返工"),
    "passed_on": (
        "nobody took it for their own duty at first, and it was passed on {times} until {who} took it in hand",
        "起初各方均不认为是分内之事，推诿 {times}后由{who}承接",
    ),
    "passed_on_to_nobody": (
        "all of those concerned passed it on ({times}), and the office had to name one",
        "各方相互推诿 {times}，无人承接，由办公室指定承办单位",
    ),
    "restructured": (
        "{who} had functions in this domain divided anew, after matters had been passed on {times}",
        "鉴于该领域已推诿 {times}，{who}决定重新划分职能",
    ),
    "helped": ("{who} lent {whom} a hand{number}", "{who}支援{whom}人手{number}"),
    "misread": (
        "{whom} had taken it to mean something else, and {who} put that right{number}",
        "{whom}对要求的理解有出入，{who}予以澄清{number}",
    ),
    "misread_alone": (
        "it turned out that {whom} had taken it to mean something else{number}",
        "发现{whom}对要求的理解有出入{number}",
    ),
    "broken": (
        "{who} saw what had been settled gone back on{number}",
        "{who}认为原先议定的未予兑现{number}",
    ),
    "outbreak": ("open conflict broke out and the work stopped{number}", "矛盾公开化，工作受阻{number}"),
    "chain": ("the conflict in matter {from} spread to it by way of {who}", "第 {from} 号事项的矛盾经{who}波及本事项"),
    "cooled": ("the conflict died down by itself, and some of the work was spoilt", "矛盾自行平息，部分工作须返工"),
    "settled": ("the conflict was settled", "矛盾得到化解"),
    "changed": ("the earlier outcome was changed{number}", "对先前的结果作出调整{number}"),
    "unchanged": ("the earlier outcome stands", "维持先前的结果"),
    "looked": ("{who} looked in on {whom} and found nothing amiss", "{who}到{whom}察看进展，未见异常"),
    "urged": ("{who} urged {whom} on", "{who}向{whom}催办"),
    "urged_reader": ("{whom} had to be reminded", "催{whom}阅办"),
    "corrected": (
        "{who} put {whom} right for saying one thing and doing another{number}",
        "{who}发现{whom}表面照办、另有打算，予以纠偏{number}",
    ),
    # arranging, circulating, coming into force
    "booked": ("“{stage}” was set for {when}, with {who}", "“{stage}”定于{when}，{who}参加"),
    "attended": ("“{stage}” took place as arranged, with {who}{number}", "“{stage}”如期进行，{who}到场{number}"),
    "postponed": ("“{stage}” was put off", "“{stage}”改期"),
    "double_booked": (
        "{who}, invited past the office, turned out to be engaged elsewhere",
        "未经办公室而直接邀请，{who}此时已另有安排",
    ),
    "forgotten": ("{who}, whom nobody had reminded, did not come", "无人提醒，{who}误时未到"),
    "read": ("{who} read and signed it", "{who}阅签"),
    "issued": ("the document came into force{number}", "文件印发施行{number}"),
    "clash": ("but it clashed with what is in force: {flaws}", "但与现行规定冲突：{flaws}"),
    "surfaced": (
        "what nobody had found came to light, and some of the work had to be done again: {flaws}",
        "此前未发现的问题暴露，部分工作须返工：{flaws}",
    ),
    "mended": ("a clash between rules in force was removed", "现行规定之间的一处冲突得以消除"),
    # ends
    "burst": ("{who} lost patience after the long wait and raised the alarm", "{who}久等无果，诉求激化"),
    "closed": ("the matter was closed", "办结"),
    "closed_content": (
        "the matter was closed, and those concerned can live with it{number}",
        "办结，各方基本接受{number}",
    ),
    "closed_unhappy": (
        "the matter was closed, but not everyone is convinced{number}",
        "办结，但有的方面仍有保留{number}",
    ),
    "refused": ("{who} told {whom} that it could not be done", "{who}答复{whom}：不予办理"),
    "withdrawn": ("{who} gave up waiting and withdrew the matter", "{who}久候未决，撤回事项"),
    "reopened": ("the old dispute came back and the matter was taken up again", "遗留争议再起，重新办理"),
}
PHRASES: dict[str, tuple[str, str]] = {
    "nobody": ("those concerned", "有关方面"),
    "superior": ("the superior organ", "上级机关"),
    "morning": ("day {day}, morning", "第 {day} 天上午"),
    "afternoon": ("day {day}, afternoon", "第 {day} 天下午"),
    "matter": ("Matter {number}, {procedure}", "第 {number} 号事项（{procedure}）"),
    "headed": (
        "{who} leads; domain {domain}; deadline {deadline}",
        "主办：{who}；政策领域 {domain}；办结期限：{deadline}",
    ),
    "headed_with": (
        "{who} leads, with {others}; domain {domain}; deadline {deadline}",
        "主办：{who}；涉及：{others}；政策领域 {domain}；办结期限：{deadline}",
    ),
    "nothing": ("Nothing happened.", "没有发生任何事情。"),
    # how it ended
    "end_closed": (
        "Closed {when}, {days} working days after it arose, {deadline}",
        "{when}办结，历时 {days} 个工作日，{deadline}",
    ),
    "end_open": (
        "Still under way at the end, at “{stage}”, after {days} working days",
        "期末仍在办理，停在“{stage}”，已历时 {days} 个工作日",
    ),
    "end_refused": ("Refused {when}, {days} working days after it arose", "{when}不予办理，历时 {days} 个工作日"),
    "end_withdrawn": ("Withdrawn {when}, {days} working days after it arose", "{when}撤回，历时 {days} 个工作日"),
    "in_time": ("within its deadline", "未超期限"),
    "late": ("{days} working days late", "超期 {days} 个工作日"),
    "rounds": ("rounds of coordination: {count}", "协调 {count} 轮"),
    "returns": ("sent back: {count}", "退回 {count} 次"),
    "escalated": ("brought to a leader in dispute: {count}", "争议报领导 {count} 次"),
    "conflicts": ("conflicts: {count}", "冲突 {count} 次"),
    "reopened": ("taken up again: {count}", "重启 {count} 次"),
    # asides
    "hours": ("{value} h", "{value} 小时"),
    "gap": ("gap {value}", "相距 {value}"),
    "proposal": ("proposal {value}", "协调意见 {value}"),
    "difference": ("{value} apart", "相差 {value}"),
    "divergence": ("divergence {value}", "分歧 {value}"),
    "outcome": ("outcome {value}", "结果 {value}"),
    "before": ("{value} until then", "原为 {value}"),
    "position": ("position {value}", "取向 {value}"),
    "further": ("{value} further off", "又偏离 {value}"),
    "misreading": ("off by {value}", "偏差 {value}"),
    "times_1": ("once", "1 次"),
    "times_2": ("twice", "2 次"),
    "times": ("{count} times", "{count} 次"),
    # when most of the effort goes into coordination
    "before_decision": ("before the decision", "事前"),
    "during_work": ("while it is carried out", "事中"),
    "after_work": ("after the work is done", "事后"),
    "attendance": ("{value} present", "共到 {value}"),
}  # fmt: skip
MODES = parameters.MODES
TIMES = ("before_decision", "during_work", "after_work")
