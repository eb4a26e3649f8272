"""The words procedures and acts of coordination are described in: one row each, with both languages and the source.

Procedure files use these words, the rules use their places in the tables as codes, the journal and every table by
label use their texts.  Rows such as ``B4a`` are those of ``docs/coverage.md``.
"""

from typing import NamedTuple


class Word(NamedTuple):
    """A word, its two texts, and the rows of the handbooks it stands for."""

    name: str
    en: str
    zh: str
    rows: str = ""


def _names(words: tuple[Word, ...]) -> tuple[str, ...]:
    return tuple(word.name for word in words)


STAGE_TYPES = (
    Word("review", "work at a desk, with or without a check", "审核办理"),
    Word("consult", "coordination among the parties", "协商协调"),
    Word("decide", "a leader's decision on the outcome", "决策"),
    Word("execute", "the parties carry it out", "执行"),
    Word("circulate", "a paper passes from one reader to the next", "传阅分送"),
    Word("schedule", "a time is found, and what was arranged takes place", "安排举行"),
    Word("follow_up", "looks at the work while it is carried out", "督办催办"),
)
TYPE_NAMES = _names(STAGE_TYPES)
REVIEW, CONSULT, DECIDE, EXECUTE, CIRCULATE, SCHEDULE, FOLLOW_UP = range(len(STAGE_TYPES))

ACTING = (
    Word("office", "the general office", "办公室", "G5"),
    Word("lead", "the lead unit", "主办单位", "B10"),
    Word("leader", "the leader in charge, or the principal if it is weighty", "分管领导或主要领导", "O2"),
    Word("principal", "the principal leader", "主要领导", "O2"),
    Word("chosen", "the leader chosen for the occasion", "确定出席的领导", "A1"),
    Word("superior", "the superior organ", "上级机关", "O1"),
    Word("parties", "all parties", "各有关方面", "P3"),
    Word("leaders", "all leaders in turn", "各位领导", "O2"),
)
ACTING_NAMES = _names(ACTING)
BY_OFFICE, BY_LEAD, BY_LEADER, BY_PRINCIPAL, BY_CHOSEN, BY_SUPERIOR, BY_PARTIES, BY_LEADERS = range(len(ACTING))
# Who can act in a stage of each type.
WHO_CAN = {
    "review": ("office", "lead", "leader", "principal", "chosen", "superior"),
    "consult": ("office",),
    "decide": ("leader", "principal"),
    "execute": ("parties",),
    "circulate": ("parties", "leaders"),
    "schedule": ("parties", "chosen"),
    "follow_up": ("office",),
}

CONDITIONS = (
    Word("always", "always", "始终"),
    Word("several", "if it touches several parties", "涉及多方时"),
    Word("outside", "if a body outside the organisation is a party", "涉及外单位时"),
    Word("weighty", "if it is important enough for the principal", "事关重大时"),
    Word("light", "if it is not that important", "一般事项时"),
    Word("divided", "if the parties are divided", "存在分歧时"),
    Word("by_form", "if the office works by request form", "实行申请单时", "N2"),
    Word("reminding", "if leaders are reminded", "实行提醒时", "A5"),
    Word("changed", "if more than technical faults were put right and it is reported", "有实质修改并须报告时", "B5"),
    Word("from_below", "if it comes from a subordinate unit", "来自下级单位时", "C2b"),
    Word("never", "never", "从不"),  # which no file of a procedure says: a scenario leaves the stage out
)
CONDITION_NAMES = _names(CONDITIONS)
ALWAYS, SEVERAL, OUTSIDE, WEIGHTY, LIGHT, DIVIDED, BY_FORM, REMINDING, CHANGED_PAPER, FROM_BELOW, NEVER = range(
    len(CONDITIONS)
)
WRITTEN_CONDITIONS = CONDITION_NAMES[:NEVER]  # those a file may name

# What can be wrong with the paper of a matter; a review checks some of it.  The place in the table is the bit.
FLAWS = (
    Word("needed", "needless, or in the wrong name or form", "不必发或名义、形式不当", "B4a"),
    Word("law", "against the law", "违反法律法规", "B4b C1b"),
    Word("superior", "against superior policy", "与上级政策抵触", "B4b C1c"),
    Word("earlier", "against an earlier rule in force", "与既有规定抵触", "B4b C1d"),
    Word("related", "against a related organ's rule", "与相关机关文件打架", "C1e"),
    Word("content", "incomplete, contradicting itself or unworkable", "疏漏、自相矛盾或难于执行", "C1f"),
    Word("powers", "touching others' powers without their countersignature", "涉及他人职权未会签", "B4c"),
    Word("joint", "joint issue not needed, or a co-issuer missing", "联合行文不当", "B4d B3"),
    Word("technical", "technical faults", "技术性差错", "B4e"),
    Word("form", "wrong reporting relation, routing, type or addressee", "行文关系、方式、文种或主送不符", "B6"),
    Word("grounds", "without grounds, reason or feasibility", "缺乏依据或不合理可行", "B8"),
    Word("views", "views of those concerned missing", "有关意见未征求", "B8 K4"),
    Word("instructions", "leaders' instructions differ", "领导批示不一致", "B1 B9"),
    Word("complete", "form not complete", "填报不完整", "N2"),
    Word("scope", "not this office's business", "不属办理范围", "N3 N6"),
    Word("resources", "people, goods or information not provided for", "人财物与信息未落实", "C2b"),
    Word("ready", "papers not ready", "材料未备妥", "E3a"),
    Word("occasion", "not an occasion the rule provides a leader for", "不符合领导出席规定", "A1 A4"),
)  # fmt: skip
FLAW_NAMES = _names(FLAWS)
(
    NEEDED, LAW, SUPERIOR_RULE, EARLIER_RULE, RELATED_RULE, CONTENT, POWERS, JOINT, TECHNICAL, FORM, GROUNDS, VIEWS,
    INSTRUCTIONS, COMPLETE, SCOPE, RESOURCES, READY, OCCASION,
) = range(len(FLAWS))  # fmt: skip
# Not drawn but found by comparing positions: what a document says against what is in force.
COMPARED = ("superior", "earlier", "related")
# Those that make rules clash when a document with them comes into force; the others cost work done again.
CLASHING = ("law", "superior", "earlier", "related", "content", "powers")
_BY_OFFICE_ONLY = ("form", "complete", "scope", "technical", "joint", "occasion")
# Who can find a flaw.
CAN_FIND = {
    flaw: ("office",) if flaw in _BY_OFFICE_ONLY else ("office", "leader", "principal", "superior")
    for flaw in FLAW_NAMES
}

CONTENTS = (
    Word("policy_making", "making policy", "政策制定", "C1a"),
    Word("policy_execution", "carrying out policy", "政策执行", "C1h"),
    Word("work", "arranging work and dividing duties", "工作安排与职责分工", "C2a"),
    Word("plan_making", "making plans", "计划制定", "C2b"),
    Word("plan_execution", "carrying out plans", "计划执行", "C2c"),
    Word("documents", "documents", "公文办理", "C2d"),
    Word("meetings", "meetings", "办会", "C2d"),
    Word("affairs", "affairs of the house", "事务管理", "C2d"),
    Word("activities", "leaders' activities", "领导公务活动", "A1"),
    Word("follow_up", "follow-up inspection", "督查", "C2e"),
    Word("emergencies", "emergencies", "突发事件", "C2f"),
    Word("ad_hoc", "ad hoc tasks", "临时交办", "C2g"),
    Word("interests", "interests", "利益协调", "C3a"),
    Word("working_relations", "working relations", "工作关系", "C4a"),
    Word("personal_relations", "personal relations", "人际关系", "C4b"),
    Word("reception", "reception of visitors", "接待", "C2d N6"),
    Word("logistics", "supplies and logistics", "后勤与物资", "C2d N6"),
    Word("management", "running the house by its rules", "日常管理与制度建设", "C2d N6"),
    Word("licences", "licences and contacts with authorities", "证照资质与政府沟通", "C2d N6"),
)
CONTENT_NAMES = _names(CONTENTS)
# Where principle is strictest, by content and by kind: power, duty, interest, strategy, plan (R3).
STRICT_CONTENTS = ("working_relations", "interests", "work")
STRICT_KINDS = ("plan", "strategy")

# Fields of society, by which domains of policy are told apart: one after the other, and again from the first.
FIELDS = (
    Word("economic", "the economy", "经济", "C3a"),
    Word("political", "politics", "政治", "C3a"),
    Word("cultural", "culture", "文化", "C3a"),
    Word("social", "society", "社会", "C3a"),
    Word("ecological", "ecology", "生态", "C3a"),
)

# The labels of an act of coordination; the place in the table is the bit, of which a number has 63.
LABELS = (
    Word("O1", "with superior organs", "与上级机关", "O1"),
    Word("O2", "office with leaders", "办公室与领导", "O2"),
    Word("O3", "among leaders", "领导之间", "O3"),
    Word("O4", "departments with leaders", "科室与领导", "O4"),
    Word("P1", "with outside peers", "与外部平行单位", "P1"),
    Word("P2", "office with departments", "办公室与部门", "P2"),
    Word("P3", "between departments", "部门之间", "P3"),
    Word("P4", "inside the office", "办公室内部", "P4"),
    Word("D1", "with subordinate units", "与下级单位", "D1"),
    Word("D2", "with staff", "与职工", "D2"),
    Word("D3", "leaders with staff", "领导与职工群众", "D3"),
    Word("X1", "with the public", "与社会公众", "X1"),
    Word("T1.things", "of things", "对事的协调", "T1"),
    Word("T1.people", "of people", "对人的协调", "T1"),
    Word("T1.rush", "of rush work", "突击性工作", "T1"),
    Word("T2.internal", "internal", "内部协调", "T2"),
    Word("T2.external", "external", "外部协调", "T2"),
    Word("T2.society", "with society", "与社会的协调", "T2"),
    Word("T3.cognition", "of cognition", "认识性协调", "T3"),
    Word("T3.interest", "of interest", "利益性协调", "T3"),
    Word("T4.promoting", "promoting", "促进式协调", "T4"),
    Word("T4.corrective", "corrective", "纠偏式协调", "T4"),
    Word("T5.cooperative", "cooperative", "合作式协调", "T5"),
    Word("T5.contingent", "contingent", "应变式协调", "T5"),
    Word("T6.meeting", "by meeting", "会议协调", "T6"),
    Word("T6.formal", "by paper", "非会议正式协调", "T6"),
    Word("T6.informal", "by talks", "非会议非正式协调", "T6"),
    Word("T7.adaptive", "adapting to surroundings", "适应性协调", "T7"),
    Word("T7.structural", "of structure", "结构性协调", "T7"),
    Word("T7.dynamic", "of things under way", "动态性协调", "T7"),
    Word("T7.communicative", "of communication", "沟通性协调", "T7"),
    Word("T8.high", "at the high level", "高层协调", "T8"),
    Word("T8.middle", "at the middle level", "中层协调", "T8"),
    Word("T8.grassroots", "at the grassroots", "基层协调", "T8"),
    Word("T8.authority", "by authority and responsibility", "权责协调", "T8"),
    Word("T8.regulation", "by regulation", "法规协调", "T8"),
    Word("T8.interest", "by interest", "利益调节", "T8"),
    Word("T8.psychology", "by psychology", "心理协调", "T8"),
    Word("T9.environment", "of organisation and environment", "组织与环境协调", "T9"),
    Word("T9.structure", "of structure and duties", "组织结构协调", "T9"),
    Word("T9.personnel", "of personnel", "人员协调", "T9"),
    Word("T10.tree", "along the hierarchy", "树型沟通", "T10"),
    Word("T10.lateral", "sideways", "辐射沟通", "T10"),
    Word("T10.chain", "in a chain reaction", "连锁反应", "T10"),
    Word("T1.central", "of central work", "中心工作", "T1"),
    Word("T1.superiors", "of superiors' work", "上级布置的工作", "T1"),
    Word("T1.neighbours", "of neighbours' work", "相邻单位的工作", "T1"),
    Word("T1.own", "of the organisation's own work", "本级本单位的工作", "T1"),
    Word("G4.departments", "between departments", "部门之间的矛盾", "G4"),
    Word("G4.regions", "between localities", "地区之间的矛盾", "G4"),
    Word("G4.levels", "between levels", "上下级之间的矛盾", "G4"),
    Word("G4.authority", "over authority", "权限矛盾", "G4"),
    Word("G4.duty", "over duties", "职责矛盾", "G4"),
    Word("G4.interest", "over interests", "利益矛盾", "G4"),
    Word("T6.roundtable", "by meeting: roundtable", "座谈会", "T6"),
    Word("T6.discussion", "by meeting: discussion", "讨论会", "T6"),
    Word("T6.reporting", "by meeting: reporting", "汇报会", "T6"),
    Word("T6.media", "by the media", "新闻媒介", "T6"),
    Word("C3.state", "interests of the state", "国家利益", "C3a"),
    Word("C3.collective", "interests of collectives", "集体利益", "C3a"),
    Word("C3.individual", "interests of individuals", "个人利益", "C3a"),
)
LABEL_NAMES = _names(LABELS)
LABEL = {name: number for number, name in enumerate(LABEL_NAMES)}

# What kind of occasion a leader is asked to; the places are the codes of sim.world.
OCCASIONS = (
    Word("ordinary", "an ordinary occasion", "一般活动", "A1"),
    Word("public", "a public occasion", "公众性、礼仪性活动", "A2"),
    Word("visitor", "one with a visitor of rank from above", "上级派相应级别领导出席的活动", "A4"),
    Word("commemoration", "a commemoration arranged from above", "上级统一部署的纪念活动", "A4"),
    Word("professional", "a professional meeting that moves central work", "对中心工作有重大推动的专业会议", "A4"),
    Word("outstanding", "an outstanding activity of large impact", "工作突出、影响较大的业务活动", "A4"),
)

# Why an adaptive strategy chose the time that gets most of the effort, and the mode.
TIMING_REASONS = (
    Word("divided", "those concerned are divided, and it does not press", "各方意见分歧且时间允许", "S2"),
    Word("changing", "its requirements are likely to change", "情况多变", "S2 R9"),
    Word("pressing", "it presses too much to settle everything beforehand", "时间紧迫、不及事前协商", "S2"),
    Word("lingering", "it has to be dealt with first, and something will remain", "须先行处置、留待善后", "S2"),
    Word("unhurried", "little divides those concerned, but there is time", "各方分歧不大而时间允许", "S2"),
)
DIVIDED_PARTIES, CHANGING, PRESSING, LINGERING, UNHURRIED = range(len(TIMING_REASONS))
MODE_REASONS = (
    Word("people", "it is between people", "属人际关系", "C4c"),
    Word("slight", "hardly anything divides those concerned", "各方分歧甚小", "T6"),
    Word("apart", "few are concerned, and their interests lie far apart", "涉及方少而利益悬殊", "S3b"),
    Word("misunderstood", "few are concerned, and they misunderstand each other", "涉及方少而主要是认识不一", "S3d T3"),
    Word("many", "many are concerned, and all have to be face to face", "涉及方多、须当面商定", "S3a T6"),
    Word("pressing", "it presses, and all are under one command", "时间紧迫且各方受同一上级领导", "S3c G2"),
    Word("stuck", "the way tried so far has brought no agreement", "原方式未能达成一致", "R9"),
)
PEOPLE, SLIGHT, APART, MISUNDERSTOOD, MANY, PRESSED, STUCK = range(len(MODE_REASONS))

# What the journal tells.
EVENTS = (
    Word("arises", "arises", "发生"),
    Word("enters", "enters a stage", "进入环节"),
    Word("passes", "passes a desk", "经办通过"),
    Word("found", "flaws found", "发现问题"),
    Word("returned", "returned", "退回"),
    Word("round", "round held", "举行协调"),
    Word("hears", "party hears", "参与方响应"),
    Word("contradicted", "contradicting instructions", "指示矛盾"),
    Word("agreed", "agreed", "达成一致"),
    Word("unresolved", "not agreed", "未达成一致"),
    Word("reported", "brought to a leader", "报送领导"),
    Word("decided", "decided", "作出决定"),
    Word("begins", "work begins", "开始执行"),
    Word("done", "part of the work done", "完成承办任务"),
    Word("outbreak", "conflict breaks out", "冲突爆发"),
    Word("chain", "conflict spreads", "连锁反应"),
    Word("cooled", "conflict cools", "冲突平息"),
    Word("changed", "outcome changed", "结果调整"),
    Word("looked", "looked at, nothing amiss", "察看无异常"),
    Word("urged", "urged on", "催办"),
    Word("corrected", "corrected", "纠偏"),
    Word("booked", "time found", "排定时间"),
    Word("attended", "takes place", "如期举行"),
    Word("postponed", "postponed", "改期"),
    Word("read", "read and signed", "阅签"),
    Word("issued", "comes into force", "生效施行"),
    Word("clash", "clashes with what is in force", "与现行规定冲突"),
    Word("mended", "clash of rules removed", "规定冲突消除"),
    Word("burst", "patience bursts", "诉求激化"),
    Word("closed", "closed", "办结"),
    Word("refused", "refused", "不予办理"),
    Word("withdrawn", "withdrawn", "撤回"),
    Word("reopened", "comes back", "重启"),
    Word("surfaced", "flaws come to light", "问题暴露"),
    Word("passed_on", "passed from unit to unit", "推诿转手"),
    Word("restructured", "functions divided anew", "职能重新划分"),
    Word("reserved", "agreed with a difference reserved", "求同存异"),
    Word("bypassed", "a head is gone past", "越过负责人"),
    Word("helped", "another unit lends a hand", "人手支援"),
    Word("broken", "an agreement is gone back on", "失信"),
    Word("timed", "timing chosen", "确定协调时机"),
    Word("moded", "mode chosen", "确定协调方式"),
    Word("misread", "an instruction misread is put right", "纠正传达走样"),
    Word("double_booked", "double booking", "时间冲突"),
    Word("forgotten", "forgotten", "误时"),
)
EVENT_NAMES = _names(EVENTS)
(
    ARISES, ENTERS, PASSES, FOUND, RETURNED, ROUND_HELD, HEARS, CONTRADICTED, AGREED_ON, NOT_AGREED, REPORTED, DECIDED,
    BEGINS, DONE, ERUPTED, CHAINED, COOLED, CHANGED, LOOKED, URGED, CORRECTED, BOOKED, ATTENDED, POSTPONED, READ,
    ISSUED, CLASHED, MENDED, BURST, CLOSES, REFUSES, WITHDRAWS, RETURNS, SURFACED, PASSED_ON, RESTRUCTURED, RESERVED,
    BYPASSED, HELPED, BROKEN, TIMED, MODED, MISREAD, DOUBLE_BOOKED, FORGOTTEN,
) = range(len(EVENTS))  # fmt: skip
