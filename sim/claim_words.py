"""Words about claims and their verdicts, in English and simplified Chinese, for ``sim.labels``."""

WORDS: dict[str, tuple[str, str]] = {
    "verdict.supported": ("supported", "得到支持"),
    "verdict.contradicted": ("contradicted", "被否定"),
    "verdict.conditional": ("conditional", "视条件而定"),
    "verdict.undecided": ("undecided", "尚无定论"),
    "basis.claim": ("claim of the handbooks", "手册的主张"),
    "basis.rule": ("rule of the handbooks", "手册的规定"),
    "basis.question": ("our own question", "本项目自己的问题"),
    "claims.heading": ("The handbooks on trial", "手册主张的检验"),
    "claims.number": ("No.", "编号"),
    "claims.claim": ("claim", "主张"),
    "claims.verdict": ("verdict", "结论"),
    "claims.effect": ("effect", "效应"),
    "claims.matters": ("smallest that matters", "最小有意义效应"),
    "claims.holds": ("holds in", "成立范围"),
    "claims.controls": ("controls", "对照"),
    "claims.silent": ("show nothing", "无效应"),
    "claims.loud": ("show it too", "也有效应"),
    "claims.none": ("none", "无"),
    "claims.more": ("more than {size} up", "上升超过 {size}"),
    "claims.less": ("more than {size} down", "下降超过 {size}"),
    "claims.turns": ("turns, by more than {size} each way", "方向改变，双向均超过 {size}"),
    "claims.count": (
        "{supported} supported, {contradicted} contradicted, {conditional} conditional, {undecided} undecided.",
        "得到支持 {supported} 项，被否定 {contradicted} 项，视条件而定 {conditional} 项，尚无定论 {undecided} 项。",
    ),
    "claims.caption": (
        "Effects at home with intervals that hold together for all claims at 95 %; 'holds in': share of the space of "
        "assumed parameters in which the estimate says so, with its 95 % interval.",
        "效应为既定情形下的效应，其区间对全部主张同时成立（95%）；“成立范围”指假定参数空间中估计值支持该主张的比例及其 95% 区间。",
    ),
    "claims.axis": (
        "effect in the claimed direction, in multiples of the smallest that matters",
        "沿主张方向的效应（以最小有意义效应为单位）",
    ),
    "claims.subject": ("Every claim where the handbooks state it", "各项主张在手册所述情形下的结果"),
    "claims.overview": ("All claims at a glance", "全部主张一览"),
    "claims.overview_note": (
        "Mark: the effect that decides, with an interval that holds for all claims together at 95 %. Grey: too small to matter, or "
        "none. Right of 1 a claim is supported; short of 1, contradicted. At the right edge: share of the space of assumed parameters in which it holds.",
        "标记为决定结论的效应，区间对全部主张同时成立（95%）。灰色为太小而无意义。越过 1 为得到支持，未及 1 为被否定。右侧为假定参数空间中成立的比例。",
    ),
    "claims.is": ("Verdict: {verdict}", "结论：{verdict}"),
    "claims.home": ("as stated", "手册所述情形"),
    "claims.line": ("where it begins to matter", "开始有意义之处"),
    "claims.note_0": (
        "Effects with intervals that hold for all claims together at 95 %: where the claim is stated, in the controls, and in a world that turns it.",
        "效应及其区间（对全部主张同时成立，95%）：所述情形、对照情形，以及使结论反转的情形。",
    ),
    "claims.note_1": (
        "Means over worlds with intervals that hold over the whole curve and for all claims together at 95 %.",
        "各世界的均值，其区间对整条曲线和全部主张同时成立（95%）。",
    ),
    "claims.note_2": (
        "Numbers are means over worlds; colours by intervals that hold over the whole map and for all claims together at 95 %.",
        "数字为各世界的均值；颜色依据对整幅图和全部主张同时成立的区间（95%）。",
    ),
    "claims.basis": ("what it is", "性质"),
    "claims.how": ("How to read this", "怎样阅读"),
    "claims.all": ("All claims", "全部主张"),
    "claims.one_by_one": ("One by one", "逐项说明"),
    "claims.tried": ("Tried", "比较"),
    "claims.control": ("Control", "对照"),
    "claims.turned": ("A world that turns it", "使结论反转的情形"),
    "claims.turns_it": ("it comes out the other way", "结论反转"),
    "claims.turns_not": ("it does not turn it", "未能反转"),
    "claims.mechanism": ("Through what", "作用途径"),
    "claims.thin": ("Left out", "未及之处"),
    "claims.needed": ("needed: {size}", "要求：{size}"),
    "claims.colon": (": ", "："),
    "claims.semi": ("; ", "；"),
    "claims.stop": (".", "。"),
    "claims.and": (", ", "、"),
    "claims.against": (" against ", "，比较基准："),
    "claims.supposing": ("Supposed: {what}.", "前提：{what}。"),
    "claims.over_places": ("Looked at in these worlds: {places}.", "考察的情形：{places}。"),
    "claims.on_map": (
        "On the map ({axes}): supported at {supported}, contradicted at {contradicted}, open at {open} of {points} points.",
        "条件图（{axes}）：{points} 个点中，得到支持 {supported} 个，被否定 {contradicted} 个，未定 {open} 个。",
    ),
    "claims.on_turning_map": (
        "On the map ({axes}): clearly above at {supported}, clearly below at {contradicted}, open at {open} of {points} points.",
        "条件图（{axes}）：{points} 个点中，明显为正 {supported} 个，明显为负 {contradicted} 个，未定 {open} 个。",
    ),
    "claims.boundary": (
        "It holds with {axis} {side} {last} and not from {first} on (right at {right} of the decided points).",
        "在{axis}{side} {last} 时成立，自 {first} 起不成立（与已定各点相符 {right}）。",
    ),
    "claims.up_to": ("up to", "不高于"),
    "claims.from": ("from", "不低于"),
    "claims.down": ("down from", "自"),
    "claims.boundary_up": (
        "It holds with {axis} of {last} and more, and not at {first} and less (right at {right} of the decided points).",
        "在{axis}不低于 {last} 时成立，不高于 {first} 时不成立（与已定各点相符 {right}）。",
    ),
    "claims.boundary_down": (
        "It holds with {axis} of {last} and less, and not at {first} and more (right at {right} of the decided points).",
        "在{axis}不高于 {last} 时成立，不低于 {first} 时不成立（与已定各点相符 {right}）。",
    ),
    "claims.in_space": (
        "Over the space of assumed parameters ({points} points) it holds by the estimate in {holds} (95 % interval {low} to {high}); surely in {surely}, surely not in {surely_not}.",
        "在假定参数空间中（{points} 个点），按估计值成立的占 {holds}（95% 区间 {low} 至 {high}）；确定成立 {surely}，确定不成立 {surely_not}。",
    ),
    "claims.generated": (
        "Written by python3 run.py propositions --pages docs, from {runs} runs of code {code}; not by hand.",
        "由 python3 run.py propositions --pages docs 写出，依据 {runs} 次运行，代码 {code}；请勿手工修改。",
    ),
    "claims.intro": (
        "The handbooks say what works in administrative coordination. Here {count} of their claims, of the rules whose purpose they leave to the reader, and of the questions they raise are put as experiments: "
        "what the claim varies is varied, on the same drawn worlds, and what it speaks of is measured. Nothing about the outcome is written into the model; it follows from the rules of [theory.md](theory.md). "
        "It says what follows *if an organisation works as this model has it*; the model has not yet been held against records.",
        "手册说明了行政协调中什么做法有效。这里将其中 {count} 项主张、用意不言自明的规定以及由此引出的问题逐一设为试验：在同一批抽取的世界上，改变主张所说的做法，测量主张所说的结果。"
        "结果并未写入模型，而是由规则（见 [theory.md](theory.md)）推演而出。它说明的是：*如果组织如本模型所设*，会怎样；模型尚未与实际记录对照。",
    ),
    "claims.plainly": ("In plain words, for the head of an office: [{page}]({page}).", "写给办公室主任的简明版：[{page}]({page})。"),
    "claims.how_verdict": (
        "*Verdict.* The effect, a paired difference with its interval, is held against the smallest effect that matters (`sim/smallest.py`, set before anything was run), not against zero. "
        "Beyond it in the claimed direction: supported. Short of it: contradicted, be it that nothing happens or the opposite does. Across it: undecided. A claim of several parts needs all of them.",
        "*结论*：将效应（配对差及其区间）与最小有意义效应（`sim/smallest.py`，试验之前即已定下）比较，而非与零比较。沿主张方向越过为得到支持；未及为被否定，无论是没有效应还是适得其反；跨越为尚无定论。由几部分构成的主张须各部分都成立。",
    ),
    "claims.how_look": (
        "*Many looks.* Intervals are widened so that all of them, of all claims, hold together with 95 % (Bonferroni): half of the risk for the effects where a claim is stated, half for the maps.",
        "*多次比较*：区间已放宽，使全部主张的全部区间同时成立的概率为 95%（邦费罗尼法）：一半风险用于所述情形，一半用于条件图。",
    ),
    "claims.how_controls": (
        "*Controls.* Where the mechanism a claim rests on is switched off, its effect must not be seen. If it is, the effect has another cause as well, and the entry says so.",
        "*对照*：关闭主张所依据的机制后，不应再出现该效应；若仍出现，说明另有原因，条目中会注明。",
    ),
    "claims.how_otherwise": (
        "*A world that turns it.* Every experiment can come out the other way: a world in which it does is given, and a test holds it.",
        "*使结论反转的情形*：每项试验都可能得出相反结论；条目给出这样的情形，并由测试保证。",
    ),
    "claims.how_space": (
        "*Share of the space.* Most parameters are assumptions. Every claim is tried again at {points} points of a Latin hypercube over the ranges of all {factors} assumed parameters of the scenario; the share in which it holds is part of the verdict.",
        "*成立范围*：多数参数是假定。每项主张都在情景全部 {factors} 个假定参数取值范围的拉丁超立方样本（{points} 个点）上重新检验；成立的比例是结论的一部分。",
    ),
    "claims.how_map": (
        "*Conditional* means: on the map of one or two conditions the claim surely holds in one part and surely fails in another. Colours are verdicts, the line is where the effect begins to matter.",
        "*视条件而定*：在一两个条件构成的图上，主张在一部分确定成立，在另一部分确定不成立。颜色表示结论，线条为效应开始有意义之处。",
    ),
    "claims.how_limits": (
        "*What this is not.* A contradicted claim is contradicted in this model. Where a mechanism is thinner than what the handbook has in mind, the entry says what is left out.",
        "*局限*：被否定是指在本模型中被否定。凡机制不及手册所指之处，条目均注明未及之处。",
    ),
    "plain.heading": ("What a head of office should take away", "办公室主任可以从中得到什么"),
    "plain.intro": (
        "The handbooks' advice was tried in a model of an office and its organisation, year after year of drawn matters. This page says in plain words what came out, and how sure we are. Figures, conditions and limits: [{page}]({page}).",
        "我们把手册的做法放进一个办公室及其所在机关的模型中，逐年抽取事项反复检验。本页用平实的话说明结果及把握程度。数据、条件与局限见 [{page}]({page})。",
    ),
    "plain.rely": ("What you can rely on", "可以放心照做的"),
    "plain.rely_lead": (
        "These hold where the handbooks state them, and in at least four of five worlds that we think possible.",
        "在手册所述情形下成立，并且在我们认为可能的世界中至少五分之四成立。",
    ),
    "plain.usual": ("What holds here, but not everywhere", "此处成立、未必处处成立的"),
    "plain.usual_lead": (
        "These hold where they are stated, but hang on things nobody has measured.",
        "在所述情形下成立，但取决于尚无人测量的因素。",
    ),
    "plain.depends": ("What depends on your situation", "要看情况的"),
    "plain.depends_lead": ("These hold in some conditions and fail in others.", "在有些条件下成立，在另一些条件下不成立。"),
    "plain.fails": ("What did not hold up", "未能成立的"),
    "plain.fails_lead": (
        "Nothing that matters came of these where they are stated, or the opposite did. It may be the model that misses something; the full entry says what it leaves out.",
        "在所述情形下没有产生有意义的效果，或适得其反。也可能是模型有所遗漏，详见完整条目。",
    ),
    "plain.open": ("What we cannot say", "尚不能断言的"),
    "plain.open_lead": ("The effect is too near to what just matters.", "效应与最小有意义效应相差太近。"),
    "plain.in_all": ("In nearly all worlds we think possible.", "在我们认为可能的世界中几乎都成立。"),
    "plain.in_most": ("In most worlds we think possible.", "在我们认为可能的世界中多数成立。"),
    "plain.in_half": ("In about half of the worlds we think possible.", "在我们认为可能的世界中约一半成立。"),
    "plain.in_few": ("In few of the worlds we think possible.", "在我们认为可能的世界中少数成立。"),
    "plain.in_none": ("In hardly any world we think possible.", "在我们认为可能的世界中几乎都不成立。"),
    "plain.claimed": ("The handbooks: {statement}", "手册的说法：{statement}"),
    "plain.how_sure": ("How sure we are", "把握有多大"),
    "plain.sure_counted": (
        "Of chance we are sure: {replicates} drawn years for every comparison, intervals that hold for all {count} claims together at 95 %.",
        "就偶然性而言有把握：每项比较抽取 {replicates} 个年份，区间对全部 {count} 项主张同时成立（95%）。",
    ),
    "plain.sure_space": (
        "Of the numbers in the model we are not: most are assumed. So every claim was tried at {points} other settings of all {factors} of them, and the words about worlds we think possible say how it fared.",
        "对模型中的数值则没有把握：多数是假定。因此每项主张都在全部 {factors} 个假定数值的另外 {points} 组取值下重新检验，“可能的世界”一语即指其结果。",
    ),
    "plain.sure_model": (
        "Of the model itself least: it has not yet been held against what real offices record.",
        "对模型本身最没有把握：它尚未与真实办公室的记录对照。",
    ),
    "plain.sure_cost": (
        "A claim that holds says what it is good for, not that it costs nothing: look at the hours in the full entry before you adopt it.",
        "主张成立只说明它在所说的方面有用，并不说明没有代价：采用之前请查看完整条目中的工时。",
    ),
    "plain.sure_use": (
        "Take this page as questions to put to your own office, not as orders.",
        "请把本页当作可以向自己办公室提出的问题，而不是命令。",
    ),
}
