"""What is measured: each measure defined once, with unit, direction and label in English and Chinese."""

from typing import NamedTuple


class Measure(NamedTuple):
    """One number per run.  ``better`` is 'up', 'down' or '' (neither)."""

    name: str
    family: str  # efficiency, conflict, result
    unit: str
    better: str
    en: str
    zh: str
    meaning: str


MEASURES = (
    Measure("closed", "efficiency", "share", "up", "matters closed", "办结率", "share of arrived matters closed at the end of the run"),
    Measure("withdrawn", "efficiency", "share", "down", "matters withdrawn", "撤回率", "share of arrived matters withdrawn for want of a decision"),
    Measure("time_in_system", "efficiency", "day", "down", "time in the system", "在办时间", "mean time from arising to the latest closing, open matters counted up to the end of the run"),
    Measure("lead_mean", "efficiency", "day", "down", "mean lead time", "平均办结时间", "mean time from arising to the latest closing of closed matters"),
    Measure("lead_median", "efficiency", "day", "down", "median lead time", "办结时间中位数", "median of the same"),
    Measure("lead_p90", "efficiency", "day", "down", "90th percentile of lead time", "办结时间第九十百分位", "90th percentile of the same (nearest rank)"),
    Measure("decision_wait", "efficiency", "day", "down", "time to decision", "决策等待时间", "mean time from arising to the first decision of decided matters"),
    Measure("on_time", "efficiency", "share", "up", "closed on time", "按期办结率", "share of matters due within the run that were closed by their deadline"),
    Measure("touch_share", "efficiency", "share", "up", "touch time / cycle time", "实作时间占比", "share of half-days under way in which someone worked on the matter"),
    Measure("first_wait", "efficiency", "day", "down", "wait for the first act", "首次处理等待", "mean time from arising to the first act on a matter"),
    Measure("backlog", "efficiency", "count", "down", "backlog", "期末积压", "matters under way at the end of the run"),
    Measure("handovers", "efficiency", "per matter", "down", "handovers", "移交次数", "changes of holder per matter"),
    Measure("coordination_hours", "efficiency", "h/matter", "down", "coordination hours", "协调工时", "hours of hosts, parties and leaders per matter"),
    Measure("host_hours", "efficiency", "h/matter", "down", "hosts' hours", "协调方工时", "hours of coordinators per matter"),
    Measure("party_hours", "efficiency", "h/matter", "down", "parties' hours", "参与方工时", "hours parties give to rounds per matter"),
    Measure("leader_hours", "efficiency", "h/matter", "down", "leaders' hours", "领导工时", "hours of leaders' attention per matter"),
    Measure("rework_hours", "efficiency", "h/matter", "down", "rework", "返工工时", "hours of work done again per matter"),
    Measure("friction_hours", "efficiency", "h/matter", "down", "hours lost to friction", "内耗工时", "hours of execution lost to disagreement per matter"),
    Measure("rounds", "efficiency", "per matter", "", "rounds of coordination", "协调轮次", "rounds held per matter"),
    Measure("conflicts", "conflict", "per 100 matters", "down", "conflicts", "冲突总数", "outbreaks, secondary conflicts and reopenings per 100 matters"),
    Measure("outbreaks", "conflict", "per 100 matters", "down", "outbreaks", "冲突爆发", "outbreaks per 100 matters"),
    Measure("secondary", "conflict", "per 100 matters", "down", "secondary conflicts", "次生冲突", "contradictions between coordinators felt by a party, per 100 matters"),
    Measure("escalations", "conflict", "per 100 matters", "down", "escalations", "上报次数", "disputes brought to a leader, per 100 matters"),
    Measure("reopened", "conflict", "per 100 matters", "down", "reopened matters", "重启事项", "reopenings per 100 matters"),
    Measure("conflict_time", "conflict", "day/matter", "down", "time in open conflict", "冲突持续时间", "time blocked by outbreaks per matter"),
    Measure("latent_divergence", "conflict", "position", "down", "latent divergence", "潜在分歧", "weighted private divergence from the outcome at the latest closing, mean of closed matters"),
    Measure("strain", "conflict", "share", "down", "strain of ties", "关系紧张度", "one less the mean of working relation and trust over ties at the end of the run"),
    Measure("goal_attainment", "result", "share", "up", "goal attainment", "目标达成度", "1 less the distance of the outcome from what the whole needs at closing, mean of closed matters"),
    Measure("legal", "result", "share", "up", "legal compliance", "合法合规率", "share of decided matters whose outcome lies in the legal band"),
    Measure("inequity", "result", "Gini", "down", "inequity of concessions", "让步不均度", "Gini coefficient over actors of the mean distance between outcome and interest"),
)
NAMES = tuple(measure.name for measure in MEASURES)

SERIES = (
    Measure("open", "efficiency", "matters", "down", "matters under way", "在办事项", "matters arrived and neither closed nor withdrawn"),
    Measure("in_conflict", "conflict", "matters", "down", "matters in open conflict", "冲突中事项", "matters blocked by an outbreak"),
    Measure("conflicts_so_far", "conflict", "count", "down", "conflicts so far", "累计冲突", "outbreaks, secondary conflicts and reopenings up to now"),
    Measure("strain", "conflict", "share", "down", "strain of ties", "关系紧张度", "one less the mean of working relation and trust over ties"),
)
SERIES_NAMES = tuple(series.name for series in SERIES)
