"""Every number a user may set: one row each, and no second place that knows it.

A row gives the path under which a scenario, a strategy or a sweep sets it, its default, the range a sensitivity
analysis should explore, the hard limits outside which the rules make no sense, its unit, where the value comes from
(``assumed`` where no record says), and its meaning in English and Chinese.  The scenario reader, the engine's
records, ``list parameters`` and the reference page are all made from these rows.
"""

from typing import NamedTuple

ASSUMED = "assumed"
FLAG = "0 or 1"  # the unit of a norm that is kept or not


class Parameter(NamedTuple):
    """One settable number.  ``low``..``high`` is the range to explore, ``least``..``most`` what is accepted."""

    path: str
    default: float
    low: float
    high: float
    least: float
    most: float
    unit: str
    source: str
    en: str
    zh: str
    whole: bool = False  # counts: only whole numbers make sense

    @property
    def group(self) -> str:
        """``organisation``, ``workload``, ``rules``, ``strategy`` or ``modes.<mode>``."""
        return self.path.rsplit(".", 1)[0]

    @property
    def name(self) -> str:
        """The last word of the path."""
        return self.path.rsplit(".", 1)[1]


def _flag(path: str, default: int, source: str, en: str, zh: str) -> Parameter:
    return Parameter(path, default, 0, 1, 0, 1, FLAG, source, en, zh, whole=True)


def _count(
    path: str, default: int, low: int, high: int, least: int, source: str, en: str, zh: str, unit: str = "count"
) -> Parameter:
    return Parameter(path, default, low, high, least, 10_000_000, unit, source, en, zh, whole=True)


ORGANISATION = (
    _count("organisation.organs", 1, 1, 5, 1, ASSUMED, "organs, each with its own leaders, office and departments", "机关数（各有领导、办公室与部门）"),
    _count("organisation.branching", 4, 2, 8, 1, ASSUMED, "organs directly below an organ", "每个机关的直属下级机关数"),
    _count("organisation.superiors", 3, 1, 5, 0, "seed 000, upward coordination", "superior bodies (leading, guiding, supervising)", "上级机关数（领导、指导、监督）"),
    _count("organisation.leaders_in_charge", 4, 2, 6, 1, "seed 000, upward coordination", "leaders in charge of a portfolio", "分管领导数"),
    _count("organisation.other_leaders", 1, 0, 3, 0, "seed 000, upward coordination", "other leaders", "其他领导数"),
    _count("organisation.semi_retired", 1, 0, 3, 0, "seed 000, upward coordination", "semi-retired (second-line) leaders", "二线领导数"),
    _count("organisation.coordinators", 6, 3, 10, 1, ASSUMED, "coordinators of the general office", "办公室协调人员数"),
    _count("organisation.departments", 18, 8, 30, 1, ASSUMED, "departments", "职能部门数"),
    _count("organisation.peers", 5, 2, 10, 0, "seed 000, parallel coordination", "outside peer units", "外部平行单位数"),
    _count("organisation.subordinates", 16, 5, 40, 0, "seed 000, downward coordination", "subordinate units", "下级单位数"),
    _count("organisation.staff_groups", 4, 1, 8, 0, "seed 000, downward coordination", "staff groups", "职工群体数"),
    _count("organisation.publics", 2, 0, 4, 0, "seed 000, policy contents", "groups of the public", "社会公众群体数"),
    _count("organisation.partners", 6, 3, 10, 1, "span and density of 8 US county governments: density 0.29 (Denny)", "working partners a department has among the others", "每个部门的协作部门数"),
    Parameter("organisation.coordinator_hours", 2.4, 1.2, 3.6, 0.0, 1e6, "h/tick", ASSUMED, "hours a coordinator has for coordination", "协调人员每半天可用工时"),
    Parameter("organisation.leader_hours", 1.2, 0.6, 2.4, 0.0, 1e6, "h/tick", ASSUMED, "hours a leader has for decisions when not called away", "领导每半天可用决策工时"),
    Parameter("organisation.department_hours", 4.0, 2.5, 7.0, 0.0, 1e6, "h/tick", ASSUMED, "hours a department has for matters it shares with others", "部门每半天可用工时"),
    Parameter("organisation.subordinate_hours", 3.2, 2.0, 6.0, 0.0, 1e6, "h/tick", ASSUMED, "hours a subordinate unit has for shared matters", "下级单位每半天可用工时"),
    Parameter("organisation.outside_hours", 3.0, 1.5, 6.0, 0.0, 1e6, "h/tick", ASSUMED, "hours an outside body or group has for shared matters", "外部单位及群体每半天可用工时"),
    Parameter("organisation.departmentalism", 0.35, 0.1, 0.6, 0.0, 1.0, "share", ASSUMED, "mean departmentalism: resistance to moving from one's own position", "本位主义平均程度"),
    Parameter("organisation.departmentalism_spread", 0.15, 0.0, 0.3, 0.0, 1.0, "share", ASSUMED, "spread of departmentalism between units", "各单位本位主义程度的离散度"),
    Parameter("organisation.power_min", 0.3, 0.05, 0.9, 0.0, 1.0, "share", ASSUMED, "least power of a party, the most being 1", "参与方权力下限（上限为 1）"),
    Parameter("organisation.political", 0.8, 0.4, 1.0, 0.0, 1.0, "share", "seed 002 三(一); assumed", "mean political quality: reading the leader's intent, seeing what departs from policy", "政治素养均值：领会领导意图、识别与政策的偏离"),
    Parameter("organisation.professional", 0.8, 0.4, 1.0, 0.0, 1.0, "share", "seed 002 三(二); assumed", "mean knowledge of the field and the law, and power of expression", "业务素养均值：业务与法律知识、表达能力"),
    Parameter("organisation.technique", 0.8, 0.4, 1.0, 0.0, 1.0, "share", "seed 002 三(三); assumed", "mean command of method and technique: moving parties, seeing what divides them", "方式技巧均值：促成让步、辨明分歧性质"),
    Parameter("organisation.composure", 0.8, 0.4, 1.0, 0.0, 1.0, "share", "seed 002 三(四); assumed", "mean psychological quality: quick response under pressure, good relations", "心理素养均值：应急反应与融洽关系"),
    Parameter("organisation.skill_spread", 0.1, 0.0, 0.25, 0.0, 1.0, "share", ASSUMED, "spread of each of these qualities between people", "上述各项素养在人员间的离散度"),
    Parameter("organisation.duty_clarity", 0.75, 0.4, 1.0, 0.0, 1.0, "share", "seed 002 ⑥⑨; assumed", "share of matters of several parties whose duties are clear", "多方事项中职责明确者的比例"),
    Parameter("organisation.discipline", 0.2, 0.0, 0.5, 0.0, 1.0, "share", "seed 002 二: 民主集中制; assumed", "share of private disagreement that those heard before a decision leave out of their work", "决策前已听取其意见者在执行中搁置分歧的比例"),
    Parameter("organisation.prestige", 0.6, 0.3, 0.9, 0.0, 1.0, "share", "seed 002 二(六); assumed", "prestige of each organ's authority at the start", "各机关期初威信"),
    Parameter("organisation.trust", 0.65, 0.4, 0.9, 0.0, 1.0, "share", ASSUMED, "mean baseline of relations and trust on ties", "关系与信任的平均基线"),
    Parameter("organisation.trust_spread", 0.12, 0.0, 0.25, 0.0, 1.0, "share", ASSUMED, "spread of those baselines between ties", "关系信任基线的离散度"),
    Parameter("organisation.busy_leaders", 0.35, 0.15, 0.6, 0.0, 0.95, "share", ASSUMED, "share of half-days on which a leader is taken up by activities", "领导被活动占用的半天比例"),
    Parameter("organisation.busy_heads", 0.25, 0.1, 0.5, 0.0, 0.95, "share", ASSUMED, "share of half-days on which a unit's head or a coordinator is engaged elsewhere", "部门负责人或协调人员另有安排的半天比例"),
    Parameter("organisation.busy_outside", 0.45, 0.2, 0.7, 0.0, 0.95, "share", ASSUMED, "the same for superior bodies, peers and groups outside", "外部单位及群体代表另有安排的半天比例"),
    Parameter("organisation.absence", 0.05, 0.0, 0.12, 0.0, 0.95, "share", ASSUMED, "share of weeks a person is away", "人员外出缺勤的周比例"),
)

WORKLOAD = (
    Parameter("workload.arrivals", 0.96, 0.6, 1.3, 0.0, 1e6, "1/tick", ASSUMED, "matters arriving per half-day in each organ", "每机关每半天新增事项数"),
    Parameter("workload.assistants", 2.4, 1.0, 4.0, 0.0, 15.0, "parties", ASSUMED, "mean number of assisting parties beside the lead unit", "协办方平均数"),
    _count("workload.parties_max", 8, 4, 12, 1, ASSUMED, "most parties a matter can have", "单个事项参与方上限"),
    Parameter("workload.hours", 22.0, 10.0, 30.0, 0.0, 1e6, "h", ASSUMED, "mean hours of work a matter asks of each executing party", "每个承办方平均所需工时"),
    Parameter("workload.peer_work", 0.4, 0.0, 1.0, 0.0, 10.0, "ratio", ASSUMED, "work of a peer unit relative to a department's", "平行单位相对部门的工作量"),
    Parameter("workload.staff_work", 0.3, 0.0, 1.0, 0.0, 10.0, "ratio", ASSUMED, "work of a staff group relative to a department's", "职工群体相对部门的工作量"),
    Parameter("workload.hours_cv2", 1.0, 0.0, 2.0, 0.0, 1.0e2, "ratio", ASSUMED, "squared coefficient of variation of those hours", "工时的变异系数平方"),
    Parameter("workload.deadline_min", 24.0, 12.0, 40.0, 1.0, 1e6, "tick", ASSUMED, "deadline of the most urgent matter after it arises", "最急事项的办结期限"),
    Parameter("workload.deadline_max", 110.0, 60.0, 160.0, 1.0, 1e6, "tick", ASSUMED, "deadline of the least urgent matter after it arises", "最不急事项的办结期限"),
    _count("workload.domains", 6, 3, 10, 1, ASSUMED, "policy domains", "政策领域数"),
    Parameter("workload.outside_domain", 0.25, 0.0, 0.6, 0.0, 1.0, "share", ASSUMED, "share of matters outside the lead unit's own domain", "超出主办单位本领域的事项比例"),
    Parameter("workload.interest_spread", 0.22, 0.0, 0.4, 0.0, 1.0, "position", ASSUMED, "spread of the parties' persistent interests in a domain", "各方在同一领域的利益离散度"),
    Parameter("workload.interest_noise", 0.08, 0.0, 0.2, 0.0, 1.0, "position", ASSUMED, "how far an interest in one matter departs from the profile", "单个事项利益偏离长期取向的幅度"),
    Parameter("workload.bias_spread", 0.15, 0.0, 0.3, 0.0, 1.0, "position", ASSUMED, "spread of misunderstandings", "认识偏差的离散度"),
    Parameter("workload.salience_min", 0.2, 0.05, 0.8, 0.0, 1.0, "share", ASSUMED, "least salience a party gives a matter", "参与方对事项的最低关注度"),
    Parameter("workload.optimum_spread", 0.12, 0.0, 0.3, 0.0, 1.0, "position", ASSUMED, "spread of a matter's best outcome around its domain's", "事项最优结果围绕领域最优的离散度"),
    Parameter("workload.band_min", 0.12, 0.02, 0.2, 0.0, 1.0, "position", ASSUMED, "narrowest legal room on each side of the best outcome", "合法余地下限（每侧）"),
    Parameter("workload.band_max", 0.5, 0.2, 0.8, 0.0, 1.0, "position", ASSUMED, "widest legal room on each side of the best outcome", "合法余地上限（每侧）"),
    Parameter("workload.line_spread", 0.12, 0.0, 0.3, 0.0, 1.0, "position", ASSUMED, "how far superior policy and related organs' rules lie from the best of their domain", "上级政策及相关机关规定偏离领域最优的幅度"),
    Parameter("workload.flaws", 1.0, 0.0, 2.0, 0.0, 100.0, "ratio", ASSUMED, "factor on every procedure's chances of flaws", "各程序问题发生率的系数"),
    Parameter("workload.addressed", 2, 1, 4, 1, 20, "count", "seed 003: 多头分送; default assumed", "leaders addressed at once where several are", "多头分送时同时报送的领导数", whole=True),
    Parameter("workload.public_occasions", 0.35, 0.1, 0.6, 0.0, 1.0, "share", "seed 003: 一切出头露面的事; share assumed", "share of leaders' activities that are public or ceremonial occasions", "领导活动中公开性、礼仪性活动的比例"),
    Parameter("workload.exceptional_occasions", 0.15, 0.05, 0.3, 0.0, 1.0, "share", "seed 003: 灵活掌握; share assumed", "share of leaders' activities that fall under the four exceptions", "领导活动中属于四种例外情形的比例"),
    Parameter("workload.drift_rate", 0.006, 0.0, 0.02, 0.0, 1.0, "1/tick", ASSUMED, "chance per half-day that an open matter's requirements change", "在办事项要求每半天发生变化的概率"),
    Parameter("workload.drift_size", 0.2, 0.0, 0.4, 0.0, 1.0, "position", ASSUMED, "spread of such a change", "要求变化的幅度"),
)

RULES = (
    Parameter("rules.estimate_spread", 0.22, 0.0, 0.4, 0.0, 1.0, "position", ASSUMED, "error of an estimate of the best outcome without investigation", "未经调查时对最优结果的估计误差"),
    Parameter("rules.investigation_half", 2.5, 1.0, 8.0, 1e-6, 1e6, "h", ASSUMED, "hours of investigation that halve the variance of the error", "使误差方差减半的调查工时"),
    Parameter("rules.local_knowledge", 0.7, 0.4, 1.0, 0.0, 1.0, "ratio", ASSUMED, "factor on the error of a coordinator who knows the lead unit's portfolio", "熟悉主办单位分管口的协调人员误差系数"),
    Parameter("rules.delegation_view_loss", 0.3, 0.0, 0.7, 0.0, 1.0, "share", "seed 002 ⑥, delegation between levels", "whole-situation weight lost when a decision is delegated", "授权下级决定时全局权重的损失"),
    Parameter("rules.leader_whole_weight", 0.6, 0.2, 1.0, 0.0, 1.0, "share", ASSUMED, "weight a deciding leader gives the whole against the parties' mean", "领导决断时全局所占权重"),
    Parameter("rules.trust_weight", 0.5, 0.0, 1.0, 0.0, 1.0, "share", ASSUMED, "share of a party's openness that depends on relations", "让步意愿中取决于关系信任的比重"),
    Parameter("rules.skill_effect", 0.5, 0.1, 0.9, 0.0, 1.0, "share", ASSUMED, "share of a party's openness that depends on the host's skill", "让步意愿中取决于主持者能力的比重"),
    Parameter("rules.unfairness_sensitivity", 1.5, 0.0, 3.0, 0.0, 1e3, "1/position", "seed 002 二(二)", "openness lost per unit of felt partiality", "每单位偏袒感造成的让步意愿损失"),
    Parameter("rules.explanation_effect", 0.6, 0.2, 0.9, 0.0, 1.0, "share", "seed 002 二(二): 耐心讲明道理", "share of resentment that full explanation removes", "充分说明道理所消除的不满比例"),
    Parameter("rules.lateness_resistance", 0.3, 0.0, 1.0, 0.0, 1e3, "ratio", ASSUMED, "growth of resistance to moving, per stage after the decision", "决策之后每晚一阶段抵触的增长"),
    Parameter("rules.meeting_size_effect", 0.08, 0.0, 0.3, 0.0, 1e3, "1/party", ASSUMED, "effectiveness of a meeting lost per member beyond four", "会议超过四方后每增一方的效果损失"),
    Parameter("rules.consensus_divergence", 0.12, 0.06, 0.2, 0.0, 1.0, "position", ASSUMED, "weighted divergence below which parties are agreed", "视为达成一致的加权分歧上限"),
    Parameter("rules.contradiction_tolerance", 0.1, 0.03, 0.25, 0.0, 1.0, "position", ASSUMED, "difference between two coordinators' instructions a party can live with", "参与方可容忍的两处指示差异"),
    Parameter("rules.slot_window", 50.0, 20.0, 100.0, 1.0, 1e4, "tick", ASSUMED, "how far ahead a slot common to all is looked for", "寻找各方共同空档的最远时限"),
    Parameter("rules.stall", 6.0, 2.0, 12.0, 0.0, 1e6, "tick", ASSUMED, "how long contradicting instructions stall a party", "指示矛盾使参与方停滞的时间"),
    Parameter("rules.intake_hours", 0.5, 0.1, 1.5, 0.0, 1e3, "h", ASSUMED, "office hours to register and route a matter", "登记分办一件事项所需工时"),
    Parameter("rules.decision_hours", 0.4, 0.1, 1.0, 0.0, 1e3, "h", "DEU and permit records: leaders nearly always sign", "leader hours for an agreed case", "已协调一致事项的决策工时"),
    Parameter("rules.dispute_hours", 1.5, 0.5, 4.0, 0.0, 1e3, "h", ASSUMED, "further leader hours for a disputed case", "有分歧事项追加的决策工时"),
    Parameter("rules.unprepared_hours", 0.8, 0.2, 2.0, 0.0, 1e3, "h", ASSUMED, "further leader hours for a case nobody prepared", "未经协调准备事项追加的决策工时"),
    Parameter("rules.reconciliation_hours", 0.6, 0.2, 1.5, 0.0, 1e3, "h", ASSUMED, "further leader hours per extra coordinator whose proposal differs", "每多一个意见不同的协调者追加的决策工时"),
    Parameter("rules.principal_importance", 0.8, 0.5, 1.0, 0.0, 1.0, "share", ASSUMED, "importance from which the principal leader decides", "须由主要领导决定的重要程度"),
    Parameter("rules.urgency_headstart", 40.0, 0.0, 100.0, 0.0, 1e6, "tick", ASSUMED, "ticks of waiting that full urgency is worth in a queue", "最急事项在排队中相当于提前的时间"),
    Parameter("rules.friction", 1.0, 0.0, 2.0, 0.0, 1e3, "1/position", ASSUMED, "productivity lost per unit of private divergence from the outcome", "每单位内心分歧造成的效率损失"),
    Parameter("rules.productivity_min", 0.3, 0.1, 0.6, 0.01, 1.0, "share", ASSUMED, "productivity that remains however much a party disagrees", "分歧再大也保有的最低效率"),
    Parameter("rules.outbreak_rate", 0.09, 0.0, 0.25, 0.0, 1e3, "1/tick", ASSUMED, "odds of an outbreak per half-day and unit of tension", "每单位张力每半天爆发冲突的发生比"),
    Parameter("rules.outbreak_exhaustion", 0.6, 0.3, 1.0, 0.0, 1.0, "ratio", ASSUMED, "factor on the odds after each outbreak of the same matter", "同一事项每次爆发后发生比的系数"),
    Parameter("rules.interdependence", 0.15, 0.0, 0.4, 0.0, 1e3, "1/party", ASSUMED, "tension added by each further party", "每增一方带来的张力增幅"),
    Parameter("rules.strain_weight", 1.0, 0.0, 2.0, 0.0, 1e3, "ratio", ASSUMED, "tension added by fully strained ties", "关系完全紧张时的张力增幅"),
    Parameter("rules.outbreak_rework", 0.12, 0.0, 0.4, 0.0, 1.0, "share", ASSUMED, "share of the work done that an outbreak left alone spoils", "冲突无人协调时损毁已完成工作的比例"),
    Parameter("rules.cooling", 16.0, 6.0, 40.0, 1.0, 1e6, "tick", ASSUMED, "time until an outbreak left alone cools", "冲突无人协调时自行冷却的时间"),
    Parameter("rules.late_cost", 1.0, 0.5, 5.0, 0.0, 1e3, "ratio", "mixed: strong in NASA figures, absent in 171 software projects (Menzies et al. 2017)", "late-cost multiplier on rework when an outcome changes", "事后变更结果的返工倍数"),
    Parameter("rules.contingency_tolerance", 0.1, 0.03, 0.25, 0.0, 1.0, "position", ASSUMED, "gap between outcome and present needs at which a change is proposed", "提出调整的结果与现实需要的差距"),
    Parameter("rules.residual_rate", 0.8, 0.0, 2.5, 0.0, 1e3, "1/position", ASSUMED, "odds of a residual dispute per unit of private divergence at closure", "办结时每单位内心分歧引发遗留争议的发生比"),
    Parameter("rules.reopen_delay", 24.0, 6.0, 60.0, 1.0, 1e6, "tick", ASSUMED, "time until a residual dispute reopens a matter", "遗留争议使事项重启的间隔"),
    _count("rules.reopen_limit", 2, 1, 4, 0, ASSUMED, "times a matter can be reopened", "单个事项最多重启次数"),
    Parameter("rules.withdrawal", 200.0, 100.0, 400.0, 1.0, 1e6, "tick", "central review 1994–2008: usually 2–7 % withdrawn (reginfo.gov)", "wait without any decision after which the sponsor withdraws", "迟迟未决致主办方撤回的等待时间"),
    Parameter("rules.focus", 0.3, 0.0, 0.6, 0.0, 1.0, "share", "seed 002 五: 认识性、利益性协调", "how far a round turns to what divides the parties: explaining or bargaining", "协调针对分歧性质（认识或利益）的侧重程度"),
    Parameter("rules.vetting", 0.9, 0.6, 1.0, 0.0, 1.0, "share", ASSUMED, "chance that a fully skilled desk finds a flaw it checks for", "完全胜任的经办人发现应查问题的概率"),
    Parameter("rules.leader_vetting", 0.15, 0.0, 0.5, 0.0, 1.0, "share", "permit records: directors reject 0.3 %, first desks 2.3 % (BPIC 2020)", "the same for a leader who is asked to sign", "领导签批时发现问题的概率"),
    Parameter("rules.mending", 0.9, 0.6, 1.0, 0.0, 1.0, "share", "permit records: returned twice 0.24 % against once 4.7 % (BPIC 2020)", "chance that a flaw found is mended by the desk it is returned to", "退回后问题得到改正的概率"),
    Parameter("rules.policy_tolerance", 0.25, 0.1, 0.4, 0.0, 1.0, "position", ASSUMED, "difference between two documents in force that does not yet contradict", "现行文件之间尚不构成抵触的差异"),
    Parameter("rules.clash_weight", 0.3, 0.0, 1.0, 0.0, 1e3, "ratio", "seed 000: 政出多门、文件打架", "tension added by each contradiction between documents in force", "每一处现行文件抵触带来的张力增幅"),
    Parameter("rules.flaw_weight", 0.5, 0.0, 1.5, 0.0, 1e3, "ratio", ASSUMED, "tension added by each substantial flaw left in the paper", "文稿遗留的每一处实质问题带来的张力增幅"),
    Parameter("rules.flaw_rework", 0.1, 0.0, 0.3, 0.0, 1.0, "share", ASSUMED, "share of the work done again for each other flaw left in the paper", "文稿遗留的每一处其他问题造成的返工比例"),
    Parameter("rules.chain_rate", 0.12, 0.0, 0.4, 0.0, 1.0, "share", "seed 002: 连锁反应", "chance that an outbreak spreads, over a fully strained tie, to the next matter of a unit", "冲突经完全紧张的关系波及同一单位下一事项的概率"),
    Parameter("rules.patience", 50.0, 20.0, 100.0, 1.0, 1e6, "tick", "seed 002: 两个服务; assumed", "wait without a decision after which the patience of the grassroots may burst", "基层诉求未获决定而可能激化的等待时间"),
    Parameter("rules.burst_rate", 0.4, 0.0, 1.5, 0.0, 1e3, "ratio", ASSUMED, "odds that it does, over a fully strained tie to the office", "与办公室关系完全紧张时诉求激化的发生比"),
    Parameter("rules.burst_growth", 0.5, 0.0, 1.5, 0.0, 1e3, "ratio", "seed 002 二(六): 爆发出更大的问题; assumed", "work that a matter asks for beyond the former when patience bursts: the problem has become larger", "诉求激化后问题变大而增加的工作量与原工作量之比"),
    Parameter("rules.urging", 30.0, 10.0, 60.0, 0.0, 1e6, "tick", "seed 003: 适时催办", "ticks of waiting that being urged on is worth in a queue", "催办一次在排队中相当于提前的时间"),
    Parameter("rules.lag_tolerance", 0.25, 0.05, 0.5, 0.0, 1.0, "share", ASSUMED, "share of the work by which it may lag before it is urged on", "触发催办的进度滞后比例"),
    Parameter("rules.breach_tolerance", 0.3, 0.15, 0.5, 0.0, 1.0, "position", ASSUMED, "private divergence from the outcome that is corrected as a breach of norms", "视为偏离要求而须纠偏的内心分歧"),
    Parameter("rules.correction", 0.4, 0.1, 0.8, 0.0, 1.0, "share", ASSUMED, "share of that divergence a correction removes", "纠偏所消除的分歧比例"),
    Parameter("rules.correction_hours", 0.3, 0.1, 1.0, 0.0, 1e3, "h", ASSUMED, "leader hours for a correction", "每次纠偏所需领导工时"),
    Parameter("rules.press_hours", 0.1, 0.0, 0.5, 0.0, 1e3, "h", ASSUMED, "office hours for pressing a reader who keeps a paper", "催促阅件一次所需办公室工时"),
    Parameter("rules.rift_standing", 0.6, 0.4, 0.8, 0.0, 1.0, "share", ASSUMED, "relations at which a rift between people counts as closed", "视为关系弥合的关系水平"),
    Parameter("rules.rift_healing", 4.0, 1.0, 8.0, 0.0, 20.0, "ratio", ASSUMED, "how much more than a fair settlement a talk about a rift betters relations", "弥合谈话改善关系相当于公正解决的倍数"),
    Parameter("rules.practice_half", 400.0, 100.0, 2000.0, 1e-6, 1e18, "count", "seed 002 三(一): 阅历和经验; learning by practice after Newell & Rosenbloom (1981)", "tasks after which half of what is missing in a quality has been learnt", "弥补素养差距一半所需的办理次数"),
    Parameter("rules.sifting", 0.7, 0.0, 1.0, 0.0, 1.0, "share", "seed 002 二(一): 去伪存真; assumed", "how far endless investigation tells what parties mean from what they say", "充分调查对各方真实意见的辨明程度"),
    Parameter("rules.reading_spread", 0.12, 0.0, 0.25, 0.0, 1.0, "position", ASSUMED, "error in reading a leader's intent without political quality", "缺乏政治素养时领会领导意图的误差"),
    Parameter("rules.persuasion_effect", 0.4, 0.1, 0.8, 0.0, 1.0, "share", "seed 002 二(四): 顾大局; assumed", "share by which full persuasion turns a party's own position to the whole", "充分引导使参与方立场转向全局的比例"),
    Parameter("rules.persuasion_cost", 0.4, 0.0, 1.0, 0.0, 1e3, "ratio", ASSUMED, "host's further hours for full persuasion, relative to a round's", "充分引导追加的主持工时（相对一轮协调）"),
    Parameter("rules.observer_effect", 0.4, 0.0, 0.8, 0.0, 1.0, "ratio", "seed 003: 列席; assumed", "effect of a meeting on those who only observe it", "会议对列席者的效果系数"),
    Parameter("rules.garbling", 0.06, 0.0, 0.15, 0.0, 1.0, "position", "seed 002 ④③: 真实地传递; after Tullock (1965), loss of content per level; size assumed", "error of what is passed down, for each level", "逐级下达时每一层级的传达误差"),
    Parameter("rules.briefing_hours", 0.5, 0.1, 1.5, 0.0, 1e3, "h/party", ASSUMED, "hours of a party for being fully briefed on goals, policies and regulations", "充分了解目标、政策、法规所需工时"),
    Parameter("rules.briefing_effect", 0.5, 0.1, 0.9, 0.0, 1.0, "share", "seed 002 ④①; assumed", "share of misunderstanding and misreading that full briefing removes", "充分通报所消除的误解与误读比例"),
    Parameter("rules.misread_cost", 1.0, 0.0, 2.0, 0.0, 1e3, "1/position", ASSUMED, "share of the work done again per unit by which an instruction was misread", "每单位误读造成的返工比例"),
    Parameter("rules.service_headstart", 20.0, 0.0, 60.0, 0.0, 1e6, "tick", "seed 002 二(六); assumed", "ticks of waiting by which a one-sided office puts one side before the other", "服务失衡的办公室对一方的提前时间"),
    Parameter("rules.prestige_effect", 0.3, 0.0, 0.6, 0.0, 1.0, "share", "seed 002 二(六): 威信; assumed", "share of disagreement that full prestige keeps out of the work", "充分威信使分歧不影响执行的比例"),
    Parameter("rules.shirking", 0.6, 0.0, 1.0, 0.0, 1.0, "share", "seed 002 一(一): 推诿、扯皮; assumed", "chance that a wholly departmental unit passes on what is not clearly its duty", "完全本位主义的单位推诿职责不清事项的概率"),
    Parameter("rules.passing", 4.0, 1.0, 10.0, 1.0, 1e6, "tick", ASSUMED, "time lost each time a matter is passed on", "每次推诿转手延误的时间"),
    Parameter("rules.delimitation", 0.3, 0.05, 0.6, 0.0, 1.0, "share", "seed 002 ⑥: 明确职权划分; assumed", "share of what is unclear in a domain that delimiting authority clears up", "明确职权所消除的领域内职责不清比例"),
    Parameter("rules.restructuring_hours", 4.0, 1.0, 12.0, 0.0, 1e3, "h", ASSUMED, "the principal leader's hours for dividing functions anew", "重新划分职能所需主要领导工时"),
    Parameter("rules.learning", 0.3, 0.05, 0.8, 0.0, 1.0, "share", "seed 002 ⑨: 慢慢就会理顺; assumed", "share of what is missing in a unit's order that one fully enforced return teaches it", "一次严格退办使单位补足规范的比例"),
    Parameter("rules.memory", 0.2, 0.05, 0.5, 0.0, 1.0, "share", ASSUMED, "weight of the latest matter in what an actor remembers having given up", "主体对让步的记忆中最近一件的权重"),
    Parameter("rules.plan_ahead", 12.0, 4.0, 30.0, 0.0, 1e4, "h", ASSUMED, "most hours of a matter that can be done ahead of need", "单个事项最多可提前完成的工时"),
    Parameter("rules.advice_hours", 6.0, 2.0, 16.0, 0.0, 1e4, "h", ASSUMED, "hours an adviser looks into a matter", "咨询机构研究一件事项的工时"),
    Parameter("rules.advice_wait", 4.0, 1.0, 10.0, 0.0, 1e5, "tick", ASSUMED, "time advisers take before the first round", "首轮协调前咨询所需时间"),
    Parameter("rules.travel_hours", 0.75, 0.0, 2.0, 0.0, 1e3, "h", "seed 003: 节约会议开支; assumed", "hours on the way of each member who comes to a meeting elsewhere", "赴异地会议的每位成员的路途工时"),
    Parameter("rules.forgetting", 0.08, 0.01, 0.2, 0.0, 1.0, "share", "seed 003: 以免误事; assumed", "chance that a leader who is not reminded misses an activity", "未经提醒的领导误时的概率"),
    Parameter("rules.rank_gap", 0.3, 0.0, 0.8, 0.0, 1.0, "share", "seed 000: 所处地位不同; assumed", "share of a talk's healing lost between the highest and the lowest rank", "地位差距最大时弥合效果的损失比例"),
    Parameter("rules.information_gap", 1.0, 0.0, 2.0, 0.0, 1e3, "1/position", "seed 000: 了解情况不同; assumed", "share of a talk's healing lost per unit by which two misunderstand a matter differently", "每单位认识差异造成的弥合效果损失"),
    Parameter("rules.trust_step", 0.05, 0.0, 0.15, 0.0, 1.0, "share", ASSUMED, "share of the room left that a wholly fair settlement adds to relations", "公正解决使关系改善的幅度（占余地比例）"),
    Parameter("rules.trust_asymmetry", 2.0, 1.0, 5.0, 0.0, 20.0, "ratio", "negativity bias in trust (Slovic 1993)", "how many times faster relations are lost than gained", "关系受损快于修复的倍数"),
    Parameter("rules.trust_recovery", 0.004, 0.0, 0.02, 0.0, 1.0, "1/tick", ASSUMED, "share of the distance to its baseline a tie recovers per half-day", "关系每半天向基线恢复的比例"),
)

STRATEGY = (
    _count("strategy.coordinators", 1, 1, 4, 1, "seed 002 二(五)", "coordinators who act on one matter at once", "同时协调同一事项的主体数"),
    Parameter("strategy.before", 0.6, 0.0, 1.0, 0.0, 1.0, "share", "seed 002 三(三)", "share of the effort kept for before the decision", "事前协调的力量占比"),
    Parameter("strategy.during", 0.25, 0.0, 1.0, 0.0, 1.0, "share", "seed 002 三(三)", "share of the effort kept for while it is carried out", "事中协调的力量占比"),
    Parameter("strategy.after", 0.15, 0.0, 1.0, 0.0, 1.0, "share", "seed 002 三(三)", "share of the effort kept for after the work is done", "事后协调的力量占比"),
    Parameter("strategy.effort", 4.5, 1.5, 9.0, 0.0, 1e4, "h/party", ASSUMED, "coordinators' hours a matter may take, per party", "每参与方可投入的协调工时"),
    Parameter("strategy.investigation", 0.3, 0.0, 0.8, 0.0, 1.0, "share", "seed 002 二(一)", "share of the effort spent on investigation", "用于调查研究的力量占比"),
    Parameter("strategy.whole_weight", 0.5, 0.0, 1.0, 0.0, 1.0, "share", "seed 002 二(四)", "weight of the whole against the parties' mean in a proposal", "协调意见中全局所占权重"),
    Parameter("strategy.partiality", 0.0, 0.0, 0.6, 0.0, 1.0, "share", "seed 002 二(二)", "weight of the lead unit's own interest in a proposal", "偏向主办单位利益的权重"),
    Parameter("strategy.explanation", 0.5, 0.0, 1.0, 0.0, 1.0, "share", "seed 002 二(二)", "care taken to explain an outcome to those not followed", "对未被采纳方说明道理的程度"),
    Parameter("strategy.flexibility", 1.0, 0.2, 1.0, 0.0, 4.0, "share", "seed 002 二(三)", "share of the legal room that may be used; above 1, beyond the law", "可动用的法定余地比例；大于 1 即超越法律"),
    Parameter("strategy.strictness", 0.2, 0.0, 0.8, 0.0, 1.0, "share", "seed 002 二(三): 坚持原则性十分重要", "share of that room given up where power, duty, interest, plan or strategy are concerned", "权力、职责、利益、计划、战略协调中放弃的余地比例"),
    Parameter("strategy.uniformity", 0.0, 0.0, 0.6, 0.0, 1.0, "share", "seed 002 二(三): 一刀切", "weight of the standing rule of the domain against the matter's own circumstances", "以领域现行规定代替具体分析的程度"),
    Parameter("strategy.hearing", 1.0, 0.3, 1.0, 0.0, 1.0, "share", "seed 002 二(二): 兼听则明", "share of the parties whose views are sought, weightiest first", "听取意见的参与方比例（先重后轻）"),
    Parameter("strategy.participation", 0.5, 0.0, 1.0, 0.0, 1.0, "share", "seed 000: 征求有关公众意见; seed 002 ⑥: 公民参与与磋商", "chance that a group of the public concerned in a matter takes part", "涉事公众群体参与协商的概率"),
    _count("strategy.members", 12, 2, 12, 1, "seed 003: 精简", "most members of a meeting; others observe it", "会议正式成员上限，其余列席"),
    Parameter("strategy.balance", 0.2, 0.0, 1.0, 0.0, 1.0, "share", "seed 002 二(五): 统筹兼顾", "how far parties count alike instead of by weight", "各方意见等量齐观的程度"),
    Parameter("strategy.compensation", 0.5, 0.0, 3.0, 0.0, 1e3, "1/position", "seed 002 二(五): 统筹兼顾", "weight gained per unit a party has given up in earlier matters", "以往让步每单位换得的权重增幅"),
    Parameter("strategy.persuasion", 0.2, 0.0, 1.0, 0.0, 1.0, "share", "seed 002 二(四): 启发被协调者顾大局", "care taken to turn the parties to the whole", "引导各方顾全大局的力度"),
    Parameter("strategy.mandate", 0.2, 0.0, 0.8, 0.0, 1.0, "share", "seed 002 二(五): 不能走样", "weight of the leader's intent in a proposal", "协调意见中领导意图所占权重"),
    Parameter("strategy.reserve", 0.0, 0.0, 0.12, 0.0, 1.0, "position", "seed 002 ③: 求同存异", "divergence beyond agreement that may be recorded and left standing", "可记录存异的分歧余量"),
    Parameter("strategy.remedy", 0, 0, 2, 0, 2, "count", "seed 002 五: 认识性、利益性协调", "remedy for a dispute: 0 as it seems to the host, 1 explaining, 2 bargaining", "化解分歧的方式：0 依主持者判断，1 一律说明道理，2 一律协调利益", whole=True),
    _count("strategy.dynamic", 0, 0, 3, 0, "seed 002 ③: 动态协调", "rounds without agreement after which the mode is chosen anew; 0: never", "未达成一致多少轮后改换方式（0 为不改）"),
    Parameter("strategy.candour", 0.8, 0.0, 1.0, 0.0, 1.0, "share", "seed 003: 如实; seed 002 ④③", "how truthfully the parties' views are reported to a leader", "向领导如实反映各方意见的程度"),
    Parameter("strategy.feedback", 0.5, 0.0, 1.0, 0.0, 1.0, "share", "seed 002 ⑥: 行政反馈", "share of unspoken disagreement that comes back to the office while work goes on", "执行中反馈到办公室的未表达分歧比例"),
    Parameter("strategy.briefing", 0.3, 0.0, 1.0, 0.0, 1.0, "share", "seed 002 ④①", "care taken that goals, policies and regulations are understood before work begins", "工作开始前使目标、政策、法规得到理解的力度"),
    Parameter("strategy.oversight", 1.0, 0.0, 3.0, 0.0, 100.0, "ratio", "seed 002 ④②: 行政监督", "how often work is looked at, relative to what procedures say; 0: never", "相对程序规定的督查频度；0 为不督查"),
    _count("strategy.inspectors", 0, 0, 2, 0, "seed 000: 督办机构", "coordinators who do nothing but look at work under way", "专司督办的协调人员数"),
    Parameter("strategy.guidance", 0.3, 0.0, 1.0, 0.0, 1.0, "share", "seed 002 ⑥: 行政督导", "how far those who lag are guided and not only urged", "对滞后者在催办之外给予督导的程度"),
    Parameter("strategy.firmness", 1.0, 0.0, 1.0, 0.0, 1.0, "share", "seed 002, corrective coordination: 坚定有力", "how firmly a breach of norms is put right; what is let pass sets an example", "纠偏的坚定程度；姑息则成先例"),
    Parameter("strategy.levelling", 0.0, 0.0, 1.0, 0.0, 1.0, "share", "seed 002, promoting coordination: 不能一味强调平衡", "how far looks hold back what is ahead instead of spurring what is behind", "求平衡而抑先进、不促后进的程度"),
    _flag("strategy.helpers", 0, "seed 002 ⑨: 人手不够", "a named helper lends a hand to who lags", "滞后单位由指定单位支援人手"),
    Parameter("strategy.planning", 0.2, 0.0, 0.8, 0.0, 1.0, "share", "seed 002 ④④: 行政计划", "share of idle time spent on regular work ahead of need", "闲时用于提前安排常规工作的比例"),
    _count("strategy.restructure_after", 0, 0, 4, 0, "seed 002 ⑥: 建立或撤销机构、职能分化", "times matters of a domain are passed on before functions are divided anew; 0: never", "领域内推诿几次后重新划分职能（0 为不划分）"),
    _flag("strategy.dispatch", 0, "seed 000: 总调度", "every matter goes through the office, which names who leads", "一切事项经办公室并由其明确主办"),
    Parameter("strategy.entrustment", 0.0, 0.0, 0.6, 0.0, 1.0, "share", "seed 002 ⑥: 权力委任", "importance below which what is agreed needs no leader's decision", "已协商一致事项免报领导决定的重要程度上限"),
    Parameter("strategy.report_share", 1.0, 0.0, 1.0, 0.0, 1.0, "share", "seed 003: 报主管领导定夺", "share of papers changed in vetting that are reported to the leader", "核稿有实质修改的文稿报领导的比例"),
    Parameter("strategy.service", 0.5, 0.0, 1.0, 0.0, 1.0, "share", "seed 002 二(六): 两个服务", "whom the office serves first: 0 leaders, 1 the grassroots, 0.5 both alike", "服务侧重：0 为领导，1 为基层，0.5 为兼顾"),
    Parameter("strategy.advice", 0, 0, 3, 0, 100, "count", "seed 002 ④⑦: 咨询机构", "advisers asked about weighty matters and strategy", "重大事项与战略事项征询的咨询机构数", whole=True),
    _flag("strategy.seats", 0, "seed 002 ④⑥: 部际委员会", "departments concerned sit on the committee and judge with it", "有关部门作为委员会成员参与研判"),
    _count("strategy.agenda_order", 1, 0, 2, 0, "seed 003: 轻重缓急", "order of a session's topics: 0 arrival, 1 urgency, 2 drawn", "会议议题次序：0 先来后到，1 轻重缓急，2 随机"),
    _flag("strategy.venue", 1, "seed 003: 会议地点", "meetings are held where most members are, and not always at the office", "会议地点随多数成员而定，不固定在机关"),
    Parameter("strategy.bypass", 0.05, 0.0, 0.6, 0.0, 1.0, "share", "seed 002 ⑤: 不要跳过部门负责人; default assumed", "share of cases in which a head who is engaged is gone past", "负责人另有安排时越过其直接布置的比例"),
    _flag("strategy.forms", 1, "seed 002 ⑤: 凭申请单", "services are asked for by form, under a published procedure", "凭申请单按公布流程办理"),
    Parameter("strategy.enforcement", 0.3, 0.0, 1.0, 0.0, 1.0, "share", "seed 002 ⑨: 加强力度", "how firmly the order of services is enforced", "执行服务制度的力度"),
    _flag("strategy.attendance_rule", 1, "seed 003: 建立制度", "a rule says which leader attends what", "有领导出席活动的制度"),
    _count("strategy.event_cap", 6, 1, 12, 1, "seed 003: 严格控制数量; default assumed", "most leaders' activities an organ takes on in a fortnight", "每机关两周内领导活动上限"),
    Parameter("strategy.direct_invitations", 0.1, 0.0, 0.8, 0.0, 1.0, "share", "seed 003: 均与办公室联系; default assumed", "share of invitations that reach a leader past the office", "绕过办公室直接邀请领导的比例"),
    _flag("strategy.reminders", 1, "seed 003: 催促", "leaders are reminded of what they have promised to attend", "提醒领导按时出席"),
    _flag("strategy.expediting", 1, "seed 003: 适时催办", "a reader who keeps a paper too long is pressed", "催办久留文件的阅件人"),
    _flag("strategy.reading_order", 1, "seed 003: 确定恰当传阅顺序", "who is away reads last, and a paper does not wait for them", "外出者置后传阅，文件不予滞留"),
    _count("strategy.rounds", 5, 1, 10, 1, "seed 002 三(三): 反复商榷", "rounds of coordination in one stage before escalation", "单一阶段内协调轮数上限"),
    Parameter("strategy.watch_interval", 12.0, 5.0, 40.0, 1.0, 1e6, "tick", ASSUMED, "time between looks at a matter being carried out", "执行中察看的间隔"),
    Parameter("strategy.committee_interval", 8.0, 4.0, 20.0, 1.0, 1e6, "tick", ASSUMED, "time between sessions of the committee", "委员会例会间隔"),
    _count("strategy.committee_agenda", 14, 6, 30, 1, ASSUMED, "matters a session of the committee can take", "委员会每次会议议题上限"),
    _count("strategy.committee_members", 3, 1, 6, 1, ASSUMED, "coordinators who pool their judgement in the committee", "委员会中共同研判的协调人员数"),
    Parameter("strategy.contention_weight", 2.5, 0.0, 6.0, 0.0, 1e3, "1/position", ASSUMED, "adaptive timing: weight on before the decision per unit of spoken divergence", "相机选择时机：每单位公开分歧增加的事前权重"),
    Parameter("strategy.volatility_weight", 40.0, 0.0, 120.0, 0.0, 1e6, "tick", ASSUMED, "adaptive timing: weight on during per expected change of requirements", "相机选择时机：要求易变程度增加的事中权重"),
    _count("strategy.self_rounds", 2, 1, 5, 1, ASSUMED, "rounds the parties try among themselves before the office steps in", "各方先行自行协商的轮数"),
)

MODES = ("meeting", "onsite", "directive", "talks", "countersign")  # 会议、现场办公、上级行文、互相沟通、会签
_MODE_FIELDS = (
    # name, unit, least, most, explored factor, defaults in the order of MODES, meaning
    ("host_hours", "h", 0.0, 1e3, (3.0, 1.0, 1.5, 0.5, 0.8), "hours of the host for a round", "主持方每轮固定工时"),
    ("host_hours_party", "h/party", 0.0, 1e3, (0.3, 2.2, 0.1, 1.1, 0.2), "hours of the host per party", "主持方每轮每参与方工时"),
    ("party_hours", "h", 0.0, 1e3, (2.0, 1.5, 0.2, 1.0, 0.4), "hours of each party for a round", "参与方每轮工时"),
    ("delay", "tick", 0.0, 1e5, (2.0, 1.0, 2.0, 1.0, 1.0), "notice or transmission time", "通知或传递时间"),
    ("delay_party", "tick/party", 0.0, 1e5, (0.0, 1.0, 0.0, 0.5, 1.0), "further time per party", "每增一方的延时"),
    ("openness", "share", 0.0, 1.0, (0.9, 0.95, 0.3, 0.8, 0.55), "how far a willing party can be moved", "可使参与方让步的程度"),
    ("pace", "share", 0.0, 1.0, (0.6, 0.7, 0.2, 0.5, 0.3), "share of that way covered in one round", "每轮达成该程度的比例"),
    ("clarity", "share", 0.0, 1.0, (0.55, 0.65, 0.1, 0.4, 0.2), "share of a misunderstanding removed in one round", "每轮消除认识偏差的比例"),
    ("compliance", "share", 0.0, 1.0, (0.15, 0.05, 0.9, 0.0, 0.4), "outward compliance beyond what a party believes", "超出内心认同的表面服从"),
    ("rapport", "ratio", -1.0, 1.0, (0.3, 0.6, -0.6, 0.3, 0.0), "effect of a round on personal trust, in fair settlements", "每轮对人际信任的影响"),
)


def _mode_parameters() -> tuple[Parameter, ...]:
    rows = []
    for name, unit, least, most, defaults, en, zh in _MODE_FIELDS:
        for mode, default in zip(MODES, defaults, strict=True):
            ends = sorted((default * 0.5, default * 1.5)) if default else [0.0, 0.5]
            low, high = (min(max(end, least), most) for end in ends)
            rows.append(Parameter(f"modes.{mode}.{name}", default, low, high, least, most, unit, ASSUMED, en, zh))
    return tuple(rows)


MODE = _mode_parameters()
ALL = ORGANISATION + WORKLOAD + RULES + STRATEGY + MODE
BY_PATH = {parameter.path: parameter for parameter in ALL}


def of_group(group: str) -> tuple[Parameter, ...]:
    """The rows under ``organisation``, ``workload``, ``rules``, ``strategy`` or ``modes.<mode>``, in table order."""
    return tuple(parameter for parameter in ALL if parameter.group == group)
