"""Terms shown to people, in English and simplified Chinese, in one place.

Measures and parameters carry their own labels in their tables (``sim.measures``, ``sim.parameters``); every other
term is here, under a dotted key whose first part is its kind: ``structure.unified``, ``timing.before``, ``unit.day``.
"""

from typing import NamedTuple, Protocol

LANGUAGES = ("en", "zh")
TIMINGS = ("before", "during", "after", "mixed", "adaptive")


class Bilingual(Protocol):
    """Anything with a text in each language: a label, a measure, a parameter."""

    @property
    def en(self) -> str:
        """English."""

    @property
    def zh(self) -> str:
        """Simplified Chinese."""


class Label(NamedTuple):
    """One term or sentence; braces are filled in with ``str.format``."""

    en: str
    zh: str


def _of(kind: str, /, **labels: tuple[str, str]) -> dict[str, Label]:
    return {f"{kind}.{name}": Label(*label) for name, label in labels.items()}


LABELS: dict[str, Label] = {
    **_of(
        "role",
        superior=("superior body", "上级机关"),
        leader=("leader", "领导"),
        office=("general office", "办公室"),
        department=("department", "职能部门"),
        peer=("outside peer unit", "外部平行单位"),
        subordinate=("subordinate unit", "下级单位"),
        staff=("staff group", "职工群体"),
        public=("the public", "社会公众"),
    ),
    **_of(
        "post",
        leading=("leading body", "领导机关"),
        guiding=("guiding body", "业务指导机关"),
        supervising=("supervising body", "监督机关"),
        principal=("principal leader", "主要领导"),
        in_charge=("leader in charge", "分管领导"),
        other=("other leader", "其他领导"),
        semi_retired=("semi-retired leader", "二线领导"),
        director=("director of the office", "办公室主任"),
        section=("section of the office", "办公室科室"),
        same_system=("unit of the same system", "同系统单位"),
        unaffiliated=("unaffiliated unit", "无隶属关系单位"),
        plain=("no particular post", "一般"),
    ),
    **_of(
        "tie",
        command=("command", "领导关系"),
        portfolio=("portfolio", "分管关系"),
        service=("service", "服务关系"),
        peer=("peer", "平行关系"),
        external=("external", "外部关系"),
        membership=("membership", "成员关系"),
    ),
    **_of(
        "level",
        affairs=("affairs", "事务"),
        plan=("plan", "计划"),
        policy=("policy", "政策"),
        strategy=("strategy", "战略"),
    ),
    **_of(
        "life",
        future=("not yet arisen", "尚未发生"),
        before=("before the decision", "决策之前"),
        decision=("awaiting a decision", "等待决策"),
        during=("being carried out", "执行之中"),
        after=("after the work is done", "执行之后"),
        closed=("closed", "已办结"),
        withdrawn=("withdrawn", "已撤回"),
        refused=("refused", "不予办理"),
    ),
    **_of(
        "structure",
        unified=("unified", "统一协调"),
        multi=("several at once", "多头协调"),
        self_first=("parties themselves first", "自行协商优先"),
        committee=("committee", "委员会"),
        tiered=("tiered", "分级协调"),
    ),
    **_of(
        "timing",
        before=("before", "事前"),
        during=("during", "事中"),
        after=("after", "事后"),
        mixed=("mixed", "综合"),
        adaptive=("adaptive", "相机"),
    ),
    **_of(
        "mode",
        meeting=("meeting", "会议协调"),
        onsite=("on-site work", "现场办公"),
        directive=("directive from above", "上级行文"),
        talks=("mutual talks", "互相沟通"),
        countersign=("countersigning", "会签"),
    ),
    **_of(
        "object",
        matter=("matter", "事项"),
        document=("document", "文件"),
        round=("round of coordination", "协调轮次"),
    ),
    **_of(
        "family",
        efficiency=("efficiency", "效率"),
        conflict=("conflict", "冲突"),
        result=("result", "结果"),
    ),
    **_of("better", up=("more is better", "越高越好"), down=("less is better", "越低越好")),
    **{
        f"unit.{unit}": Label(en, zh)
        for unit, en, zh in (
            ("day", "working days", "工作日"),
            ("day/matter", "working days per matter", "工作日/件"),
            ("h", "h", "小时"),
            ("h/matter", "h per matter", "小时/件"),
            ("h/party", "h per party", "小时/方"),
            ("h/tick", "h per half-day", "小时/半天"),
            ("tick", "half-days", "半天"),
            ("tick/party", "half-days per party", "半天/方"),
            ("1/tick", "per half-day", "每半天"),
            ("1/position", "per unit of position", "每单位立场"),
            ("1/party", "per party", "每方"),
            ("per matter", "per matter", "次/件"),
            ("per 100 matters", "per 100 matters", "次/百件"),
            ("position", "position, 0 to 1", "立场（0～1）"),
            ("share", "share", "比例"),
            ("ratio", "ratio", "比值"),
            ("Gini", "Gini coefficient", "基尼系数"),
            ("count", "count", "个"),
            ("0 or 1", "0 or 1", "0 或 1"),
            ("matters", "matters", "件"),
            ("parties", "parties", "方"),
        )
    },
    **_of(
        "table",
        strategy=("strategy", "策略"),
        measure=("measure", "指标"),
        mean=("mean", "均值"),
        interval=("95 % interval", "95% 区间"),
        difference=("paired difference", "配对差"),
        baseline=("baseline", "基准"),
        n=("replicates", "重复次数"),
        title=("{scenario}: means", "{scenario}：均值"),
        differences=("{scenario}: paired differences from {baseline}", "{scenario}：与{baseline}的配对差"),
        caption=(
            "Mean and half-width of the 95 % t interval, n = {n} replicates. Baseline: {baseline}. "
            "{better} better / {worse} worse than the baseline: the 95 % interval of the paired difference leaves "
            "out 0. {star} not dominated on {first} and {second}.",
            "均值及 95% t 区间半宽，n = {n} 次重复。基准：{baseline}。{better} 优于 / {worse} 劣于基准："
            "配对差的 95% 区间不含 0。{star} 在{first}与{second}上未被占优。",
        ),
        differences_caption=(
            "Strategy less baseline on the same worlds: mean and half-width of the 95 % paired t interval, "
            "n = {n} pairs; then the share of pairs in which the strategy is better (a tie counts half). "
            "{better} better / {worse} worse: the interval leaves out 0.",
            "同一世界中策略减基准：均值及 95% 配对 t 区间半宽，n = {n} 对；其后为策略较优的配对比例"
            "（平局计半）。{better} 优 / {worse} 劣：区间不含 0。",
        ),
    ),
    **_of(
        "split",
        title=("{scenario}, {strategy}: split by {by}", "{scenario}，{strategy}：按{by}分列"),
        procedure=("procedure", "程序"),
        content=("content", "内容"),
        kind=("kind", "类别"),
        field=("field of society", "社会领域"),
        object=("object", "对象"),
        type=("type", "类型"),
        sides=("sides and interests", "矛盾与利益"),
        all=("all matters", "全部事项"),
        matters=("matters", "事项数"),
        per_world=("per world", "每个世界"),
        caption=(
            "Mean and half-width of the 95 % t interval, n = {n} worlds: those with something to measure.",
            "均值及 95% t 区间半宽，n = {n} 个世界，即其中有可计量之事项者。",
        ),
        overlap=(
            "A matter is in the row of every label that an act of coordination on it carried: rows overlap and do not "
            "add up, and a matter without any such act is only among all matters.",
            "事项计入其各次协调所带标签的每一行：各行有重叠，不可相加；未经任何协调的事项只计入全部事项。",
        ),
        unseen=("No matter in any world: {names}.", "在所有世界中均无事项：{names}。"),
    ),
    **_of(
        "figure",
        plane=("Efficiency and conflict", "效率与冲突"),
        forest=("Differences from the baseline: {baseline}", "与基准的差异：{baseline}"),
        heatmap=("Who coordinates, and when", "谁来协调、何时协调"),
        course=("Conflict over time", "冲突随时间的变化"),
        log=("log scale", "对数刻度"),
        better_corner=("better: quick, few conflicts", "更优：快且冲突少"),
        better_left=("← better", "← 更优"),
        better_right=("better →", "更优 →"),
        better=("better", "更优"),
        worse=("worse", "更劣"),
        undecided=("undecided", "未定"),
        difference_in=("difference, {unit}", "差值（{unit}）"),
        weeks=("working weeks", "工作周"),
        others=("other structures", "其他结构"),
        plane_note=(
            "Mean and 95 % t interval, n = {n} replicates. Line and rings: strategies not dominated on the means; "
            "in parentheses, the share of {resamples} bootstrap resamples in which a strategy is not dominated.",
            "均值与 95% t 区间，n = {n} 次重复。折线与圆环：按均值未被占优的策略；"
            "括号内为 {resamples} 次自助重抽样中未被占优的比例。",
        ),
        forest_note=(
            "Strategy less baseline on the same worlds: mean and 95 % paired t interval, n = {n} pairs; "
            "intervals are not adjusted for their number.",
            "同一世界中策略减基准：均值与 95% 配对 t 区间，n = {n} 对；区间未作多重比较校正。",
        ),
        heatmap_note=(
            "Mean over the strategies of a cell and half-width of its 95 % t interval, n = {n} replicates; "
            "in parentheses, the number of strategies. Lighter is better; hatched: no such strategy.",
            "单元格内各策略均值及其 95% t 区间半宽，n = {n} 次重复；括号内为策略数。颜色越浅越优；斜线：无此类策略。",
        ),
        course_note=(
            "Mean and 95 % t interval at each time, n = {n} replicates.{grey}",
            "各时点均值与 95% t 区间，n = {n} 次重复。{grey}",
        ),
    ),
    **_of(
        "end",
        leader=("the leader rules", "报领导裁定"),
        refuse=("refused", "不予办理"),
        close=("closed", "办结"),
    ),
    **_of(
        "procedure",
        returns=("at most {times}×", "至多{times}次"),
        beyond=("then: {name}", "此后：{name}"),
        checks=("checked: {names}", "审核：{names}"),
        when=("only {condition}", "仅{condition}"),
        hours=("{hours} h", "{hours} 小时"),
        hours_party=("{hours} h + {more} h per party", "{hours} 小时，每方另加 {more} 小时"),
        wait=("{ticks} half-days ahead", "提前 {ticks} 个半天"),
        takes=("takes {ticks} half-days", "需 {ticks} 个半天"),
        pressed=("pressed after {ticks} half-days", "{ticks} 个半天后催办"),
        every=("every {ticks} half-days", "每 {ticks} 个半天"),
        issues=("comes into force", "生效施行"),
        names=("names who leads and assists", "明确主办协办"),
        enters=("matters enter here", "事项由此进入"),
        note=(
            "Columns: who acts. Solid: passes on; dashed: does not pass. Dashed outline: ordinary practice, "
            "not said in the source.",
            "各列为办理者。实线：通过；虚线：不通过。虚线框：通常做法，来源未述及。",
        ),
    ),
    **_of("course", grey=(" Grey: the strategies of the other columns.", "灰色：其他各列的策略。")),
    **_of(
        "notice",
        no_cjk_font=(
            "no Chinese font was found, so figures are in English only; install the extra 'zh' "
            "or a font such as Noto Sans CJK SC",
            "未找到中文字体，图件仅有英文；请安装附加依赖 zh，或 Noto Sans CJK SC 等字体",
        ),
    ),
}


def said(thing: Bilingual, lang: str) -> str:
    """The text of a label, measure or parameter in ``lang``, one of ``LANGUAGES``."""
    if lang not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}, got {lang!r}")
    return thing.zh if lang == "zh" else thing.en


def text(key: str, lang: str, **values: object) -> str:
    """The term under ``key`` in ``lang``, with ``values`` put into its braces.  An unknown key is a KeyError."""
    label = said(LABELS[key], lang)
    return label.format(**values) if values else label


def unit(name: str, lang: str) -> str:
    """How a unit of a measure or parameter is said; a symbol that needs no words stays as it is."""
    label = LABELS.get(f"unit.{name}")
    return said(label, lang) if label else name
