"""Terms shown to people, in English and simplified Chinese, in one place.

Measures and parameters carry their own labels in their tables (``sim.measures``, ``sim.parameters``); every other
term is here, under a dotted key whose first part is its kind: ``structure.unified``, ``timing.before``, ``unit.day``.
"""

from typing import NamedTuple, Protocol

from sim.claim_words import WORDS as CLAIM_WORDS
from sim.exercise_words import WORDS as EXERCISE_WORDS

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
        left_out=("left out", "略去"),
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
    **_of(
        "design",
        single=("one point", "单点"),
        factorial=("all combinations", "全因子设计"),
        latin=("Latin hypercube", "拉丁超立方抽样"),
        sobol=("Sobol sample", "Sobol 抽样"),
        morris=("Morris trajectories", "Morris 轨迹"),
        tornado=("one at a time", "逐个变动"),
        mixture=("mixes of timing", "时机配比"),
        table=("listed points", "列出的参数点"),
    ),
    **_of(
        "points",
        heading=("The points listed", "所列参数点"),
        number=("point {p}", "参数点 {p}"),
        first=(" The first {shown} of {count} points.", "仅列 {count} 个参数点中的前 {shown} 个。"),
        note=("Mean and 95 % t interval, n = {n} replicates.", "均值与 95% t 区间，n = {n} 次重复。"),
    ),
    **_of(
        "outcome",
        foretold=(
            "{name}. Points: {points}; settings: {worlds}; strategies: {strategies}.\n"
            "Runs: {runs}. Time: about {time} on {workers} threads (h:mm:ss). Room on the disk: about {size}.",
            "{name}。参数点 {points} 个，设定 {worlds} 种，策略 {strategies} 个。\n"
            "运行次数：{runs}。时间：{workers} 个线程约 {time}（时:分:秒）。占用磁盘：约 {size}。",
        ),
    ),
    **_of(
        "sweep",
        looked=(
            "{title}. Points: {points}; strategies: {strategies}; worlds at each point: {replicates}. Surely: the 95 % "
            "paired t interval of one point leaves out 0, each by itself.",
            "{title}。参数点 {points} 个，策略 {strategies} 个，每点 {replicates} 个世界。所谓确定，指该点的 95% 配对 "
            "t 区间不含 0，逐点判断，未作校正。",
        ),
        best=(
            "{measure}: best at {point}, {best} {unit}; of the other points, not surely worse: {beside}. Worst at "
            "{other}, {worst}.",
            "{measure}：{point} 时最优，为 {best}（{unit}）；其余参数点中，不能确定更劣者 {beside} 个。"
            "{other} 时最劣，为 {worst}。",
        ),
        verdict=(
            "{measure}, ‘{strategy}’ against ‘{baseline}’: surely better at {better}, surely worse at {worse}, "
            "undecided at {undecided} of {points}.",
            "{measure}：在 {points} 个参数点中，“{strategy}”有 {better} 个确定优于“{baseline}”，{worse} 个确定更劣，"
            "{undecided} 个未定。",
        ),
    ),
    **_of(
        "probe",
        title=("{scenario}: what the results depend on ({method})", "{scenario}：结果取决于哪些参数（{method}）"),
        question=(
            "Which of the parameters, within the ranges they are thought to have, change the results and the verdict "
            "between the strategies?",
            "在各自可能的取值范围内，哪些参数会改变结果，并改变策略之间的优劣判断？",
        ),
        morris=("Morris screening", "Morris 筛选法"),
        sobol=("Sobol indices", "Sobol 指数"),
        latin=("Latin hypercube", "拉丁超立方抽样"),
        tornado=("one at a time", "逐个变动"),
        grid=("all combinations", "全部组合"),
    ),
    **_of(
        "factor",
        mode=("share of the mode: {mode}", "方式比重：{mode}"),
        share=("how often matters arise: {procedure}", "事项发生的比重：{procedure}"),
        stage=("whether it takes place, in ‘{procedure}’: {which}", "“{procedure}”中是否设此环节：{which}"),
        check=("whether it is looked for, in ‘{procedure}’: {which}", "“{procedure}”中是否审核：{which}"),
        of=("{factor} ({whose})", "{whose}的{factor}"),
    ),
    **_of("course", grey=(" Grey: the strategies of the other columns.", "灰色：其他各列的策略。")),
    **_of(
        "case",
        run=("World {replicate}, seed {seed}.", "世界 {replicate}，种子 {seed}。"),
    ),
    **_of(
        "gantt",
        heading=("Matters from beginning to end", "事项办理进程"),
        waiting=("nobody has acted yet", "尚无人经办"),
        undecided=("in hand, nothing decided", "办理中，尚无决定"),
        decided=("decided, not yet closed", "已决定，尚未办结"),
        back=("reopened", "重启后"),
        deadline=("deadline", "办结期限"),
        open=("still under way at the end", "期末仍在办"),
        refused=("refused", "不予办理"),
        withdrawn=("withdrawn", "撤回"),
        outbreaks=("outbreaks of conflict", "冲突爆发"),
        returns=("paper returned", "退回补正"),
        reopened=("times reopened", "重启次数"),
        all=("All {matters} matters", "全部 {matters} 件事项"),
        every=("One matter in {step} of {matters}", "{matters} 件事项中每 {step} 件取一件"),
        note=(
            "{which}, in the order in which they arose, with number and procedure; signs after a bar are counts. {run}",
            "{which}，按发生先后排列，列出程序与编号；条形之后的符号附有次数。{run}",
        ),
    ),
    **_of(
        "network",
        load_heading=("The organisation: load and strained ties", "组织网络：负荷与关系紧张"),
        conflict_heading=("The organisation: conflicts and strained ties", "组织网络：冲突与关系紧张"),
        load=("share of its hours worked", "已用工时占比"),
        conflict=("conflicts in matters it was a party to", "所涉事项的冲突次数"),
        strain=("strain of a tie that has changed", "有变化的关系的紧张程度"),
        superior=("superior bodies", "上级机关"),
        principal=("principal leader", "主要领导"),
        leader=("other leaders", "其他领导"),
        director=("head of the office", "办公室主任"),
        office=("general office", "办公室"),
        department=("departments", "职能部门"),
        department_beside=("departments; outside peer units at the right", "职能部门（右侧为外部平行单位）"),
        peer=("outside peer units", "外部平行单位"),
        subordinate=("subordinate units", "下级单位"),
        staff=("staff groups", "职工群体"),
        public=("the public", "社会公众"),
        organ=("organ {number}", "第{number}单位"),
        note=(
            "Circles: the actors, by level. Lines: their ties; strain is one less the mean of working relation and "
            "trust at the end of the run; grey: no act has changed it. Grey circle: nothing to measure. {run}",
            "圆点：各行为主体，按层级排列。连线：相互关系；紧张程度为 1 减期末工作关系与信任的均值；"
            "灰线：未因任何行为而变化。灰色圆点：无可计量的内容。{run}",
        ),
    ),
    **_of(
        "film",
        running=(
            "As if the run had ended now, over the matters that have arisen so far: {meaning}.",
            "假定运行到此为止，只计迄今已发生的事项：{meaning}。",
        ),
    ),
    **_of(
        "replay",
        same=(
            "Made again from the stored run's seed: all its measures are the same, bit for bit.",
            "由所存运行的随机种子重新算出：全部指标与所存逐位相同。",
        ),
        other_code=(
            "Not the stored run: version {kept} has made that, and version {now} gives other measures. {runs}.",
            "与所存运行不同：所存由版本 {kept} 算出，版本 {now} 得出的指标与之不符。{runs}。",
        ),
        unlike=(
            "Not the stored run, though the same version {kept} has made it: what is stored has been changed, or this "
            "machine reckons otherwise. {runs}.",
            "与所存运行不同，虽由同一版本 {kept} 算出：所存结果已被改动，或本机运算结果不同。{runs}。",
        ),
    ),
    **_of(
        "leads",
        heading=("How soon matters are closed", "事项办结用时"),
        days=("working days since it arose", "自发生起的工作日"),
        share=("share of all matters closed", "已办结占全部事项的比例"),
        half=("in parentheses: days until half are closed", "括号内：半数事项办结所需工作日"),
        note=(
            "Cumulative incidence (Aalen–Johansen) with a 95 % band from drawing the worlds anew {resamples} times, "
            "n = {n} worlds with {matters} matters. A matter refused or withdrawn is never closed; one still under way "
            "at the end of the run counts only as long as it was watched; one reopened is closed when it is closed for "
            "the last time.{grey}",
            "累积发生率（Aalen–Johansen 估计），95% 区间由对世界重抽样 {resamples} 次得出，n = {n} 个世界，"
            "共 {matters} 件事项。不予办理或撤回的事项视为始终未办结；期末仍在办的事项只计至期末；"
            "重启的事项以最后一次办结为准。{grey}",
        ),
    ),
    **_of(
        "width",
        heading=("How the intervals narrow: differences from {baseline}", "区间如何收窄：与{baseline}的差异"),
        worlds=("worlds, n (log scale)", "世界数 n（对数刻度）"),
        half=("half-width, {unit} (log scale)", "半宽（{unit}，对数刻度）"),
        guide=("narrowing as 1/√n", "按 1/√n 收窄"),
        better=("better from here on", "自此稳定更优"),
        worse=("worse from here on", "自此稳定更劣"),
        undecided=("undecided from here on", "自此一直未定"),
        note=(
            "Half-width of the 95 % paired t interval over the first n worlds, from {first} worlds to n = {n}. A mark "
            "stands where the verdict (does the interval leave out 0?) stopped changing.",
            "前 n 个世界的 95% 配对 t 区间半宽，从 {first} 个世界到 n = {n}。"
            "标记处起，结论（区间是否不含 0）不再变化。",
        ),
    ),
    **_of(
        "check",
        none=(" The bootstrap agrees with all {total} intervals.", "全部 {total} 个区间均与自助法一致。"),
        some=(
            " {sign} the bootstrap disagrees, in verdict or by more than {share} of the half-width at an end: {count} "
            "of {total} intervals.",
            "{sign} 与自助法不符（结论不同，或端点相差超过半宽的 {share}）：{total} 个区间中有 {count} 个。",
        ),
    ),
    **_of(
        "answer",
        alone=("There is one strategy, and so nothing to compare.", "只有一个策略，无从比较。"),
        sure=("{measure}: {best} is best (chance {chance})", "{measure}：{best}最优（概率{chance}）"),
        likely=(
            "{measure}: {best} is probably best (chance {chance}{needed})",
            "{measure}：{best}很可能最优（概率{chance}{needed}）",
        ),
        open=(
            "{measure}: {best} looks best, but that is not assured (chance {chance}{needed})",
            "{measure}：{best}看似最优，但尚难断定（概率{chance}{needed}）",
        ),
        none=("; the joint test at 95 % excludes every other. ", "；95% 联合检验排除其余全部策略。"),
        few=("; the joint test at 95 % does not exclude {names}. ", "；95% 联合检验不能排除{names}。"),
        many=(
            "; the joint test at 95 % does not exclude {count} of the other {others}. ",
            "；95% 联合检验不能排除其余 {others} 个策略中的 {count} 个。",
        ),
        least=("at least {share}", "至少 {share}"),
        above=("above {share}", "高于 {share}"),
        unknown=("unknown", "未知"),
        needed=("; about {n} worlds would make it 95 %", "；约 {n} 个世界可达 95%"),
        named=(" ({names})", "（{names}）"),
        against=(
            "Against the baseline: {better} better{better_names}, {worse} worse{worse_names}, {undecided} undecided.",
            "与基准相比：{better} 个更优{better_names}，{worse} 个更劣{worse_names}，{undecided} 个未定。",
        ),
        first=(
            "On {first} and {second} together, {best} is behind nobody: there is nothing to trade.",
            "就{first}与{second}而言，{best}均不落后，无须取舍。",
        ),
        trade=(
            "The trade-off between {first} and {second}: taking {other} instead of {one} changes the former by {x} "
            "{unit_x} and the latter by {y} {unit_y}.",
            "{first}与{second}之间的取舍：由{one}改为{other}，前者变化 {x} {unit_x}，后者变化 {y} {unit_y}。",
        ),
        between=(" Between the two: {names}.", "介于两者之间的有：{names}。"),
        decided=(
            "Worlds: {n}. They decide all {total} differences from {baseline} on these measures.",
            "世界数：{n}，已能判定这些指标上与{baseline}的全部 {total} 个差异。",
        ),
        undecided=(
            "Worlds: {n}. Undecided: {count} of the {total} differences from {baseline} on these measures.",
            "世界数：{n}，这些指标上与{baseline}的 {total} 个差异中有 {count} 个未定。",
        ),
        more=(
            " If they are as large as they look, {least} worlds would decide the first of them, and {most} all.",
            "若差异确如所见，约需 {least} 个世界可判定其中第一个，{most} 个可判定全部。",
        ),
        more_one=(
            " If it is as large as it looks, {most} worlds would decide it.",
            "若差异确如所见，约需 {most} 个世界可判定。",
        ),
        agree=("The bootstrap agrees with all {total} intervals.", "自助法与全部 {total} 个区间一致。"),
        disagree=(
            "The bootstrap disagrees with {count} of the {total} intervals: read those with caution.",
            "自助法与 {total} 个区间中的 {count} 个不一致：解读时应审慎。",
        ),
    ),
    **_of(
        "decides",
        shares=(
            "{measure}, {n} points: ‘{first}’ is better in {first_share} of them (95 % interval {first_range}), "
            "‘{second}’ in {second_share} ({second_range}); undecided: {undecided_share} ({undecided_range}).",
            "{measure}，共 {n} 个参数点：“{first}”较优的占 {first_share}（95% 区间 {first_range}），"
            "“{second}”较优的占 {second_share}（{second_range}），未定的占 {undecided_share}（{undecided_range}）。",
        ),
        factor=(
            "{lead}: above {boundary}, ‘{first}’ is better in {above} of the decided points; below, in {below}.",
            "{lead}：高于 {boundary} 时，“{first}”在 {above} 的已定参数点上较优；低于时为 {below}。",
        ),
        lead=("What decides is ‘{factor}’", "起决定作用的是“{factor}”"),
        also=("‘{factor}’ matters as well", "“{factor}”也有影响"),
        flag=(
            "{lead}: with it, ‘{first}’ is better in {above} of the decided points; without it, in {below}.",
            "{lead}：取 1 时，“{first}”在 {above} 的已定参数点上较优；取 0 时为 {below}。",
        ),
        none=(
            "No factor decides surely by itself; the nearest to it is ‘{factor}’ (distance {distance}).",
            "没有哪个因素能单独起到确定的决定作用；最接近的是“{factor}”（距离 {distance}）。",
        ),
        one=(
            "At none of the {n} points compared is ‘{loser}’ surely better, so that nothing turns the verdict there.",
            "在所比较的 {n} 个参数点中，“{loser}”没有一个确定较优，因而谈不上由什么因素改变结论。",
        ),
        never=(
            "At none of the {n} points compared is either of the two surely better.",
            "在所比较的 {n} 个参数点中，两者均无一处确定较优。",
        ),
        nothing=(
            "{measure}, ‘{first}’ against ‘{second}’: no point can be compared; that takes two worlds at a point.",
            "{measure}：“{first}”与“{second}”在任何参数点上都无从比较；一个点至少要有两个世界才能比较。",
        ),
        rows=(
            "{measure}: which of ‘{first}’ and ‘{second}’ is better changes along {items}.",
            "{measure}：“{first}”与“{second}”孰优，随以下因素而变：{items}。",
        ),
        row=(
            "‘{factor}’ (in {turned} of {lines} rows of the grid)",
            "“{factor}”（网格的 {lines} 行中有 {turned} 行）",
        ),
        blocked=(
            " The intervals allow for points that were drawn in groups and so are alike.",
            "区间已计入成组抽取的参数点彼此相近这一点。",
        ),
        few=(
            "Too few points to say what decides: ‘{first}’ is better at {one} of them, ‘{second}’ at {other}{counted}; "
            "at least {least} independent points of each are needed.",
            "参数点太少，还说不出由什么决定：“{first}”较优的有 {one} 个，“{second}”较优的有 {other} 个{counted}；"
            "两者各须至少有 {least} 个相互独立的参数点。",
        ),
        count_for=(
            ", which count for {one} and {other} that are independent",
            "，分别只相当于 {one} 个和 {other} 个相互独立的点",
        ),
        few_note=(
            " No factor can be said to decide: one strategy is better at fewer than {least} independent points.",
            "有一个策略较优的相互独立的参数点不足 {least} 个，因此说不出哪个因素起决定作用。",
        ),
        heading=("{measure}: what decides between two strategies", "{measure}：两种策略孰优取决于什么"),
        distance=("distance (Kolmogorov–Smirnov)", "距离（柯尔莫哥洛夫—斯米尔诺夫）"),
        where=("share in which ‘{first}’ is better, on either side of the boundary", "分界两侧“{first}”较优的比例"),
        sure=("decides (adjusted p < 0.05)", "起决定作用（校正后 p < 0.05）"),
        unsure=("not sure", "不确定"),
        note=(
            "Distance between a factor's values where ‘{first}’ is better and where ‘{second}’ is: 0 none, 1 entire. "
            "Bars: range of the factor; the boundary parts the two best; shares of the decided points. n = {decided} "
            "decided of {n} points, by the 95 % paired t interval at each. ‘{first}’: better in {first_share}, "
            "‘{second}’: in {second_share} of all points.",
            "距离：“{first}”较优处与“{second}”较优处因素取值分布的差距，0 为无，1 为完全分开。横条：因素的取值范围；"
            "分界为最能分开两者之处；比例按已定参数点计。"
            "n = {n} 个参数点中有 {decided} 个已定（各点的 95% 配对 t 区间）。"
            "在全部参数点中，“{first}”较优的占 {first_share}，“{second}”较优的占 {second_share}。",
        ),
    ),
    **_of(
        "sensitivity",
        mean_of=("{strategy}: mean", "{strategy}：均值"),
        difference_of=("‘{first}’ less ‘{second}’", "“{first}”减“{second}”"),
        noise=(
            "Share of replicate noise in the variance over points, by panel: {noise}.",
            "各图中，重复抽样的噪声占各点间方差的比例：{noise}。",
        ),
        screening=("{measure}: which factors move it", "{measure}：受哪些因素影响"),
        effect=("effect over the whole range ({unit})", "走遍取值范围的影响（{unit}）"),
        mu_star=("mean size of the effect", "影响的平均大小"),
        sigma=("standard deviation of the effects", "影响的标准差"),
        screening_note=(
            "Morris screening: mean size of the effect with 95 % t interval, n = {n} trajectories; where the standard "
            "deviation is as large, the factor acts unevenly or together with others. {noise}",
            "莫里斯筛选：影响的平均大小及 95% t 区间，n = {n} 条轨迹；标准差与之相当时，"
            "说明影响不均匀或与其他因素共同起作用。{noise}",
        ),
        indices=("{measure}: shares of variance", "{measure}：方差的来源"),
        index=("share of the variance", "占方差的比例"),
        alone=("by itself (S1)", "单独（S1）"),
        together=("with others (ST)", "含交互（ST）"),
        indices_note=(
            "Sobol indices with 95 % bootstrap intervals, n = {n} base points. {noise}",
            "索博尔指数及 95% 自助区间，n = {n} 个基点。{noise}",
        ),
        tornado=("{measure}: one factor at a time", "{measure}：逐个改变因素"),
        change=("change from the centre ({unit})", "相对中心点的变化（{unit}）"),
        at_low=("factor at its low", "因素取低值"),
        at_high=("factor at its high", "因素取高值"),
        tornado_note=(
            "In parentheses: low and high value; the other factors stay at the centre. Paired by replicate, with 95 % "
            "t interval, n = {n} pairs.",
            "括号内为低值与高值；其余因素保持在中心点。按重复配对，附 95% t 区间，n = {n} 对。",
        ),
        top=(" The {shown} strongest of {all} factors.", "仅列 {all} 个因素中影响最大的 {shown} 个。"),
    ),
    **_of(
        "matters",
        morris=(
            "{measure} ({outcome}) is moved most by {items} ({unit}, mean size of the effect over the whole range, "
            "95 % interval, n = {n} trajectories). Above the noise (adjusted p < 0.05): {count} of {all} factors.",
            "{measure}（{outcome}）受影响最大的因素：{items}（{unit}，走遍取值范围的影响的平均大小及 95% 区间，"
            "n = {n} 条轨迹）。{all} 个因素中，高于噪声的有 {count} 个（校正后 p < 0.05）。",
        ),
        morris_item=("‘{factor}’ {value} ({range})", "“{factor}”{value}（{range}）"),
        sobol=(
            "{measure} ({outcome}) owes most of its variance to {items} (shares with 95 % intervals, n = {n} base "
            "points). Above the noise (adjusted p < 0.05): {count} of {all} factors.",
            "{measure}（{outcome}）的方差主要来自：{items}（方差占比及 95% 区间，n = {n} 个基点）。"
            "{all} 个因素中，高于噪声的有 {count} 个（校正后 p < 0.05）。",
        ),
        sobol_item=(
            "‘{factor}’ {st} with others ({st_range}), {s1} by itself ({s1_range})",
            "“{factor}”含交互 {st}（{st_range}），单独 {s1}（{s1_range}）",
        ),
        tornado=(
            "{measure} ({outcome}) is moved most by {items} ({unit}, change from the centre, 95 % interval, n = {n} "
            "pairs). Above the noise (adjusted p < 0.05): {count} of {all} factors.",
            "{measure}（{outcome}）受影响最大的因素：{items}（{unit}，相对中心的变化及 95% 区间，n = {n} 对）。"
            "{all} 个因素中，高于噪声的有 {count} 个（校正后 p < 0.05）。",
        ),
        tornado_item=("‘{factor}’ at {at}: {value} ({range})", "“{factor}”取 {at} 时 {value}（{range}）"),
        none=(
            "{measure} ({outcome}): none of the {all} factors is above the noise (adjusted p < 0.05); the largest "
            "effect seen: {items}.",
            "{measure}（{outcome}）：{all} 个因素的影响均未高于噪声（校正后 p < 0.05 为准）；看似最大的是{items}。",
        ),
        unknown=(
            "{measure} ({outcome}): how much is noise is not known, and so not which factor matters; that takes two "
            "worlds at each point, and two blocks of points.",
            "{measure}（{outcome}）：无从得知噪声有多大，因而也说不出哪个因素重要；"
            "每个点至少要有两个世界，参数点至少要有两组。",
        ),
        still=(
            "{measure} ({outcome}): the same at all {n} points, so that no factor moves it.",
            "{measure}（{outcome}）：{n} 个参数点上全都相同，没有因素能使其变动。",
        ),
        range=("{low} to {high}", "{low} 至 {high}"),
    ),
    **_of(
        "phase",
        heading=("{measure}: which strategy is best where", "{measure}：何处何种策略最优"),
        pair=("{measure}: which of two strategies is better where", "{measure}：两种策略何处孰优"),
        wins=("‘{name}’ better, by {most} at most", "“{name}”较优，至多优 {most}"),
        boundary=("difference 0, with 95 % interval", "差值为 0 处及 95% 区间"),
        undecided=("undecided", "未定"),
        unsure=("lead over the second not sure", "是否最优未定"),
        note=(
            "Mean over n = {n} replicates of the best strategy in each cell; hatched where the 95 % paired t interval "
            "of its lead over the second contains 0 (not adjusted).",
            "各格最优策略的均值，n = {n} 次重复；其对次优者领先幅度的 95% 配对 t 区间含 0 时加斜线（未校正）。",
        ),
        pair_note=(
            "‘{first}’ less ‘{second}’: mean difference with n = {n} pairs; hatched where the 95 % paired t interval "
            "contains 0. Between the centres of cells the lines are interpolated; levels are drawn equally far apart.",
            "“{first}”减“{second}”：平均差值，n = {n} 对；95% 配对 t 区间含 0 时加斜线。"
            "各格中心之间的线为插值；各水平等距绘制。",
        ),
    ),
    **_of(
        "ternary",
        heading=("{measure}: when to coordinate", "{measure}：何时协调"),
        share=("share {part}", "{part}比重"),
        best=("best: {mix} · {mean} ± {half}", "最优：{mix} · {mean} ± {half}"),
        best_mix=("best mix", "最优组合"),
        perhaps=("not surely worse", "未必更差"),
        shown=(" {shown} of {all} strategies are shown.", "仅列 {all} 种策略中的 {shown} 种。"),
        note=(
            "A hexagon per mix of effort before, during and after the decision ({mixes} mixes), coloured by the mean "
            "of n = {n} replicates; lighter is better. The best mix is given with the half-width of its 95 % t "
            "interval; ringed: the 95 % paired t interval of the difference from it contains 0 (not adjusted).",
            "每个六边形为一种事前、事中、事后的力量组合（共 {mixes} 种），颜色为 n = {n} 次重复的均值，越浅越优。"
            "最优组合附 95% t 区间半宽；带圈者与最优组合之差的 95% 配对 t 区间含 0（未校正）。",
        ),
    ),
    **_of(
        "response",
        heading=("What changes with the factor", "因素变化的影响"),
        factor_heading=("What changes with one factor, the others averaged", "单个因素的影响（对其余因素取平均）"),
        note=(
            "Mean and 95 % t interval at each level, n = {n} replicates.",
            "各水平的均值与 95% t 区间，n = {n} 次重复。",
        ),
    ),
    **_of(
        "report",
        question=("Question", "问题"),
        design=("Design", "设计"),
        answer=("Answer", "结论"),
        figures=("Figures", "图件"),
        tables=("Tables", "表格"),
        method=("Method", "方法"),
        provenance=("Provenance", "来源与复现"),
        contents=("Contents", "目录"),
        comparison=(
            "Comparison. Strategies: {strategies}. Worlds: {worlds}.",
            "策略比较。策略数：{strategies}；世界数：{worlds}。",
        ),
        sweep=(
            "Sweep. Points: {points}. Strategies: {strategies}. Worlds at each point: {worlds}.",
            "批量试验。参数点数：{points}；策略数：{strategies}；每点世界数：{worlds}。",
        ),
        asked=("What is asked", "所问"),
        expectation=("What was expected beforehand", "事先预期"),
        source=("Where question and values come from", "问题与取值的来源"),
        scenario=("Scenario", "情景"),
        length=("Length of a run", "运行时长"),
        ticks=("{ticks} half-days ({days} working days)", "{ticks} 个半天（{days} 个工作日）"),
        worlds=("Worlds drawn", "抽取的世界数"),
        seed=("Seed", "随机种子"),
        baseline=("Baseline", "基准"),
        mix=("What arises", "事项构成"),
        kind=("Kind of design", "设计类型"),
        points=("Points", "参数点数"),
        point_worlds=("Worlds at each point", "每点世界数"),
        settings=("Settings of the scenario other than the defaults", "情景中不同于默认值的设置"),
        setting=("setting", "设置"),
        value=("value", "取值"),
        default=("default", "默认值"),
        unit=("unit", "单位"),
        all_default=("All settings have their defaults.", "所有设置均为默认值。"),
        strategies=("The strategies", "各策略"),
        name=("name", "名称"),
        who=("who", "由谁"),
        when=("when", "何时"),
        meaning=("what it does", "做法"),
        factors=("What is varied", "所变动的因素"),
        factor=("factor", "因素"),
        path=("key", "键名"),
        low=("from", "起"),
        high=("to", "止"),
        levels=("different values", "不同取值数"),
        gone=(
            "A file of the scenario or of a strategy is gone or has changed its form: what only it says is left out.",
            "情景或策略的某个文件已不存在或格式已变，仅见于该文件的内容从略。",
        ),
        means=("Means", "均值"),
        differences=("Paired differences from the baseline, {baseline}", "与基准（{baseline}）的配对差"),
        better=("better", "更优"),
        worse=("worse", "更劣"),
        doubt=("the bootstrap disagrees", "与自助法不符"),
        full=(
            "These are the main measures. All of them are in summary.csv and differences.csv of the result folder, "
            "and every single run in runs.duckdb.",
            "此处仅列主要指标；全部指标见结果文件夹中的 summary.csv 与 differences.csv，逐次运行见 runs.duckdb。",
        ),
        point=("point", "参数点"),
        at_points=("{measure} ({unit})", "{measure}（{unit}）"),
        at_points_note=(
            "Mean and half-width of the 95 % t interval, n = {n}. {better} better / {worse} worse than {baseline} at "
            "the same point: the 95 % interval of the paired difference leaves out 0.",
            "均值及 95% t 区间半宽，n = {n}。{better} 优于 / {worse} 劣于同一参数点的{baseline}："
            "配对差的 95% 区间不含 0。",
        ),
        first_points=(
            "The first {shown} of {all} points; the rest is in points.csv and summary.csv.",
            "仅列 {all} 个参数点中的前 {shown} 个，其余见 points.csv 与 summary.csv。",
        ),
        first_strategies=(
            "{shown} of {all} strategies; the rest is in summary.csv.",
            "仅列 {all} 个策略中的 {shown} 个，其余见 summary.csv。",
        ),
        first_factors=(
            "The values of {all} factors at each point are in points.csv.",
            "各参数点上 {all} 个因素的取值见 points.csv。",
        ),
        no_figures=("There are no figures in the result folder.", "结果文件夹中没有图件。"),
        left_out=(
            "Left out, because it cannot be read or the page would grow too large: figures/{file}.",
            "因无法读取或页面过大而未收入：figures/{file}。",
        ),
        alt=("Figure: {heading}.", "图：{heading}。"),
        method_worlds=(
            "Every strategy works on the same drawn worlds: who is there, which matters arise and when, and every draw "
            "that does not hang on what was done are the same for all. Differences are therefore taken world by world "
            "(paired), and what a world does to all strategies alike drops out.",
            "各策略面对的是同一批抽取的世界：有哪些人、何时发生哪些事项，以及一切与所采取做法无关的随机抽取，"
            "对各策略完全相同。因此差异按世界逐一相减（配对），世界对各策略的共同影响随之消去。",
        ),
        method_intervals=(
            "Intervals are Student's t intervals of 95 % over the worlds. A strategy is called better or worse than "
            "the baseline where the interval of its paired difference leaves out 0, and undecided otherwise.",
            "区间为对各世界计算的 95% 学生 t 区间。配对差的区间不含 0 时，称该策略优于或劣于基准，否则为未定。",
        ),
        method_bootstrap=(
            "The bootstrap (BCa, {resamples} resamples), which assumes no normal distribution, checks the intervals; "
            "where it says something else, the table has a question mark.",
            "自助法（BCa，重抽样 {resamples} 次）不假定正态分布，用于核对上述区间；与之不符处，表中标有问号。",
        ),
        method_many=(
            "Each interval stands by itself: of many, some leave out 0 by chance. The column p_holm of "
            "differences.csv is adjusted for their number (Holm's step-down method).",
            "每个区间各自成立：区间一多，总有一些仅因偶然而不含 0。differences.csv 的 p_holm 列已按个数"
            "作霍尔姆逐步校正。",
        ),
        method_best=(
            "Which strategy is best is asked jointly. The chance given for the best-looking one is a lower bound "
            "(Bonferroni); in 95 % of experiments the truly best one is among those that the joint test does not "
            "exclude.",
            "何者最优是联合判断的。看似最优者的概率为下限（邦费罗尼不等式）；"
            "在 95% 的试验中，真正最优的策略必在联合检验未排除者之列。",
        ),
        method_meaning=(
            "An interval says how sure a number is within the model, given how worlds are drawn. It does not say that "
            "the model is right: more worlds make it narrower, not truer.",
            "区间只说明在本模型之内、按此方式抽取世界时，数字有多确定；它并不说明模型正确：增加世界数只使区间变窄，"
            "不使结论更真。",
        ),
        method_assumed=(
            "The rules put sentences of handbooks into arithmetic, and {assumed} of the {all} parameters are assumed, "
            "with neither a record nor a handbook behind them. Read every result as ‘if an organisation works like "
            "this, then’, and vary what you are unsure of before you believe a difference.",
            "规则是把手册中的论述化为算式，{all} 个参数中有 {assumed} 个为假定，既无记录也无手册为据。"
            "每项结果都应读作“若某单位如此运转，则……”；相信某一差异之前，请先变动您没有把握的参数。",
        ),
        method_points=(
            "A point is one set of values of what is varied. World number k has the same draws at every point, so that "
            "points, too, are compared with little noise between them.",
            "一个参数点即所变动因素的一组取值。第 k 个世界在各点使用相同的随机抽取，"
            "点与点之间的比较也因此少受噪声干扰。",
        ),
        kind_factorial=("every combination of the levels", "各水平的全部组合"),
        kind_latin=("Latin hypercube sample", "拉丁超立方样本"),
        kind_sobol=("Saltelli's sample, for Sobol indices", "萨尔泰利样本，用于索博尔指数"),
        kind_morris=("trajectories of one step at a time, for Morris screening", "逐步变动的轨迹，用于莫里斯筛选"),
        kind_tornado=("one factor at a time, to its low and its high", "逐个变动：每个因素取低值与高值"),
        kind_mixture=("mixtures of shares that add up to 1", "合计为 1 的各种比重组合"),
        kind_table=("points given one by one", "逐一给定的参数点"),
        command=("Command", "命令"),
        version=("Version of Xietiao", "本程序版本"),
        code=("Sources that decide an outcome, version and hash", "决定结果的源代码，版本及散列值"),
        generator=("Generator of random numbers", "随机数生成器"),
        digest=("Scenario, SHA-256 of what decides a run", "情景中决定运行的内容，SHA-256"),
        packages=("Packages", "程序包"),
        platform=("Machine", "机器"),
        processors=("{system}, {count} processors", "{system}，{count} 个处理器"),
        runs=("Runs", "运行次数"),
        runs_of=("{runs}, of which failed: {failures}", "{runs}，其中失败：{failures}"),
        wall=("Time taken", "用时"),
        seconds=("{seconds} s", "{seconds} 秒"),
        again=(
            "With the same version, the command gives the same numbers again in an empty folder, on any machine of "
            "this kind and with any number of workers.",
            "用同一版本，在空文件夹中、同类机器上、以任意数量的工作线程再次执行该命令，得到的数字相同。",
        ),
        no_manifest=(
            "manifest.json is missing or cannot be read: command, versions, machine, times and checksums are unknown.",
            "manifest.json 缺失或无法读取：命令、版本、机器、用时与校验和均不详。",
        ),
        files=("Files beside this page", "本页之外的文件"),
        file=("file", "文件"),
        fig_plane=("Efficiency and conflict", "效率与冲突"),
        how_plane=(
            "Each point is a strategy; further left is quicker, further down has fewer conflicts. Ringed: no other is "
            "as good on both and better on one.",
            "每个点为一个策略；越靠左越快，越靠下冲突越少。带圈者：没有其他策略在两方面都不逊于它且有一方面更优。",
        ),
        fig_forest=("Differences from the baseline", "与基准的差异"),
        how_forest=(
            "How far each strategy lies from the baseline, with 95 % intervals; an interval across the line of 0 "
            "decides nothing.",
            "各策略与基准相差多少，附 95% 区间；跨过 0 线的区间不能判定优劣。",
        ),
        fig_heatmap=("Who coordinates, and when", "谁来协调、何时协调"),
        how_heatmap=(
            "Rows say who coordinates, columns when; lighter is better.",
            "各行为由谁协调，各列为何时协调；颜色越浅越优。",
        ),
        fig_course=("Conflict over time", "冲突随时间的变化"),
        how_course=(
            "Week by week: matters in open conflict, conflicts so far, matters under way.",
            "逐周列出：处于冲突中的事项、累计冲突、在办事项。",
        ),
        fig_width=("How the intervals narrow", "区间如何收窄"),
        how_width=(
            "What each further world added to the certainty, and where the verdicts stopped changing.",
            "每增加一个世界使结果确定了多少，以及结论自何处起不再变化。",
        ),
        fig_leads=("How soon matters are closed", "事项办结用时"),
        how_leads=(
            "The share of matters closed within so many working days of arising.",
            "自发生起若干工作日之内办结的事项比例。",
        ),
        fig_gantt=("Matters from beginning to end", "事项办理进程"),
        how_gantt=(
            "One run of the baseline, a line per matter; other worlds run otherwise.",
            "基准策略的一次运行，每件事项一行；换一个世界，过程会有不同。",
        ),
        fig_network=("The organisation", "组织网络"),
        how_network=(
            "One run of the baseline: who carried the load or the conflicts, and which ties were strained.",
            "基准策略的一次运行：负荷或冲突集中于何处，哪些关系变得紧张。",
        ),
        fig_of=("{figure}: {subject}", "{figure}：{subject}"),
        fig_phase=("Which strategy is better where", "何处何种策略更优"),
        how_phase=(
            "Each cell is a pair of values of the two factors; hatched: not decided there.",
            "每格为两个因素的一组取值；加斜线处为未定。",
        ),
        fig_ternary=("When to coordinate", "何时协调"),
        how_ternary=(
            "Each hexagon is a mix of effort before, during and after the decision; lighter is better.",
            "每个六边形为事前、事中、事后力量的一种组合；颜色越浅越优。",
        ),
        fig_points=("The points listed", "所列参数点"),
        how_points=(
            "A row for each point, a mark with its interval for each strategy; compare within a row.",
            "每行一个参数点，每个策略一个标记及其区间；宜在同一行内比较。",
        ),
        fig_response=("What changes with the factor", "因素变化的影响"),
        how_response=(
            "A line per strategy over the values of one factor, averaged over the others, with 95 % intervals.",
            "每个策略一条线，横轴为一个因素的取值，对其余因素取平均，附 95% 区间。",
        ),
        fig_screening=("Which factors move it", "受哪些因素影响"),
        how_screening=(
            "The further to the right, the more a factor moves the measure over its whole range.",
            "越靠右，该因素走遍取值范围时对指标的影响越大。",
        ),
        fig_indices=("Shares of the variance", "方差的来源"),
        how_indices=(
            "How much of the variation over points comes from each factor, by itself and together with others.",
            "各点之间的变动有多少来自各个因素，分单独与含交互两种。",
        ),
        fig_decides=("What decides between two strategies", "两种策略孰优取决于什么"),
        how_decides=(
            "The greater the distance, the more the verdict hangs on that factor.",
            "距离越大，孰优孰劣越取决于该因素。",
        ),
        fig_tornado=("One factor at a time", "逐个改变因素"),
        how_tornado=(
            "How far the measure moves when one factor alone goes to its low or its high.",
            "单独把一个因素调到低值或高值时，指标移动多少。",
        ),
    ),
    **{key: Label(*pair) for key, pair in {**CLAIM_WORDS, **EXERCISE_WORDS}.items()},
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
