"""What a debrief says, in English and simplified Chinese: written side by side, not translated.

Terms of the field, and what may be chosen in an exercise, are in ``sim.labels``.
"""

from collections.abc import Iterable

from sim.labels import LANGUAGES, Bilingual, text, unit
from sim.story import when

Told = dict[str, str]  # a text in each language

WORDS: dict[str, tuple[str, str]] = {
    # the year as a whole
    "better": (
        "Better than most of the {count} strategies on this world: {what}.",
        "在这个世界上优于 {count} 个策略中的多数：{what}。",
    ),
    "better_nowhere": (
        "In no main measure was the year clearly better than most of the {count} strategies.",
        "没有一项主要指标明显优于 {count} 个策略中的多数。",
    ),
    "worse": ("Worse than most: {what}.", "劣于多数：{what}。"),
    "worse_nowhere": ("In none was it clearly worse than most.", "也没有一项明显劣于多数。"),
    "median": ("{title} {mine} (median of the strategies {other})", "{title} {mine}（策略的中位数为 {other}）"),
    "traded": (
        "Against the standing way of the office (“{standing}”): gained {gained}; paid for with {paid}.",
        "与惯常做法（“{standing}”）相比：所得为{gained}；所付为{paid}。",
    ),
    "gained": (
        "Against the standing way of the office (“{standing}”): gained {gained}; no main measure was the price of it.",
        "与惯常做法（“{standing}”）相比：所得为{gained}；主要指标上没有付出要紧的代价。",
    ),
    "paid": (
        "Against the standing way of the office (“{standing}”): paid {paid}; no main measure gained by it.",
        "与惯常做法（“{standing}”）相比：所付为{paid}；主要指标上没有要紧的所得。",
    ),
    "even": (
        "Against the standing way of the office (“{standing}”) no main measure differs by so much that it matters.",
        "与惯常做法（“{standing}”）相比，没有一项主要指标的差别大到要紧。",
    ),
    "same": (
        "The year came out exactly as the standing way of the office (“{standing}”) has it.",
        "全年结果与惯常做法（“{standing}”）完全一样。",
    ),
    "instead": ("{title} {mine} instead of {other}", "{title} {mine}（惯常做法为 {other}）"),
    "own": (
        "Of your {count} matters {closed} were closed, {on_time} of them by their deadline, with {hours} h of "
        "coordination in all and {conflicts} times in conflict; in the standing way {closed_then}, {on_time_then}, "
        "{hours_then} h and {conflicts_then}.",
        "你经手的 {count} 件事项办结 {closed} 件，其中按期 {on_time} 件，协调共 {hours} 小时，冲突 {conflicts} 次；"
        "惯常做法分别为 {closed_then} 件、{on_time_then} 件、{hours_then} 小时、{conflicts_then} 次。",
    ),
    "others_felt": (
        "The other {count} matters, on which you decided nothing, felt it: {what}.",
        "你未作决定的其他 {count} 件事项也受到影响：{what}。",
    ),
    "others_not": (
        "The other {count} matters did not feel it so that it would matter, in time, conflicts or hours.",
        "其他 {count} 件事项在时间、冲突和工时上没有要紧的变化。",
    ),
    "luck": (
        "This is one world, and there is luck in how it was drawn. It was drawn alike for you and for every strategy, "
        "so that all differences come from what was done; but on another world the order may be another: ‘compare’ "
        "shows how the strategies themselves vary over worlds.",
        "这只是一个世界，其抽取带有运气成分。你与各策略面对的是同一抽取，差别全部来自做法；但换一个世界，"
        "优劣次序可能不同：用 compare 可看各策略在不同世界上的变动。",
    ),
    # a matter
    "alike": (
        "You left it as usual: what differs has reached it from your decisions on other matters.",
        "此事你照惯常做法办理：差别来自你在其他事项上的决定。",
    ),
    "same_course": ("It took the same course, to the half-day.", "办理过程完全一样，时间分毫不差。"),
    "done": ("Done otherwise: {what}.", "做法不同之处：{what}。"),
    "handled_alike": (
        "In the end it had the same time, hours and place in queues, the same sides and mode.",
        "最终的时机、工时、排队位置、参加各方与方式均相同。",
    ),
    "structure": ("who coordinates ({mine}; there {theirs})", "协调主体（{mine}；对照为{theirs}）"),
    "time": (
        "when most of the hours were meant for it ({mine}; there {theirs})",
        "主要协调时机（{mine}；对照为{theirs}）",
    ),
    "hours": (
        "coordinators’ hours meant for it ({mine} h; there {theirs} h)",
        "拟投入的协调工时（{mine} 小时；对照为 {theirs} 小时）",
    ),
    "order_first": ("it was put first in the queues", "排队时优先办理"),
    "order_later": ("it was made to wait in the queues", "排队时缓办"),
    "heard": ("those heard at last ({mine}; there {theirs})", "最后听取意见的单位（{mine}；对照为{theirs}）"),
    "mode": ("the mode last chosen ({mine}; there {theirs})", "最后选定的方式（{mine}；对照为{theirs}）"),
    "answers": ("your answers when they did not agree ({what})", "各方未能一致时你的答复（{what}）"),
    "went": ("It went otherwise: {what}.", "过程不同之处：{what}。"),
    "rounds": ("rounds held ({mine}; there {theirs})", "协调轮次（{mine}；对照为{theirs}）"),
    "ending": ("how the consultation ended ({mine}; there {theirs})", "协商结果（{mine}；对照为{theirs}）"),
    "round_times": ("{mode} ×{count} {phase}", "{phase}{mode} {count} 轮"),
    "no_rounds": ("none", "无"),
    "agreed": ("agreement", "达成一致"),
    "reserved": ("agreement with a difference on record", "求同存异、记录在案"),
    "unresolved": ("no agreement", "未达成一致"),
    "no_ending": ("no consultation", "未经协商"),
    "on_the_way": ("Working days against the other course: {what}.", "与对照相比的工作日：{what}。"),
    "conflict": ("in open conflict", "处于公开冲突"),
    "leader": ("before a leader", "等候领导"),
    "round": ("until a round could be held", "等候举行协调"),
    "desk": ("on a coordinator’s desk", "在协调人员案头"),
    "queue": ("in the office’s queue, taken up by nobody", "在办公室排队、无人接手"),
    "units": ("with the units that carry it out", "在承办单位办理"),
    "elsewhere": ("with readers, other organs or occasions", "在阅文、外单位或活动环节"),
    "days_there": ("{days} {where}", "{where} {days}"),
    "chain_mine": ("The conflict in matter {numbers} spread to it.", "第 {numbers} 号事项的冲突波及此事。"),
    "chain_theirs": (
        "There the conflict in matter {numbers} spread to it, here not.",
        "对照中第 {numbers} 号事项的冲突波及此事，你这里没有。",
    ),
    "the_end": ("by the end", "期末"),
    "nothing_more": ("Nothing more happened to it.", "此后再无进展。"),
    # what was decided
    "arises": ("when it arose", "事项发生时"),
    "round_held": ("after a round without agreement", "一轮协调未果后"),
    "conflict_out": ("when conflict had broken out", "冲突爆发后"),
    "said": ("{where}: {what}", "{where}：{what}"),
    "as_usual": ("left to the standing way", "照惯常做法"),
    "convened": ("convene {names}", "召集{names}"),
    "hours_more": ("half as many hours again", "工时增加一半"),
    "hours_fewer": ("half as many hours", "工时减少一半"),
    "also_first": ("put first along with matter {number}", "处理第 {number} 号事项时列为优先"),
    # what one matter's decisions have done
    "own_days": ("this matter: days in hand", "本事项：在办工作日"),
    "own_hours": ("this matter: hours of coordination", "本事项：协调工时"),
    "own_conflicts": ("this matter: conflicts", "本事项：冲突次数"),
    "own_gap": ("this matter: distance from what the whole needed", "本事项：与全局需要的差距"),
    "year_conflicts": ("all matters: conflicts", "全部事项：冲突次数"),
    "year_hours": ("all matters: hours of coordination", "全部事项：协调工时"),
    # a class
    "unfinished": ("not finished: stands at {when}", "尚未完成：停在{when}"),
    "class_title": ("{exercise}: the class", "{exercise}：全班对比"),
    "trainee": ("trainee", "学员"),
    "decisions": ("decisions", "决定次数"),
    "strategy": ("strategy", "策略"),
    "left_out": ("Left out: {file}: {why}", "未计入：{file}：{why}"),
    "class_caption": (
        "In parentheses: place among the {count} strategies on the same world and this trainee; less is better where "
        "the column says so (▼), more where it says ▲. One world: luck is in it, alike for all.",
        "括号内为该学员与同一世界上 {count} 个策略一起的名次；▼ 表示越低越好，▲ 表示越高越好。"
        "只有一个世界，运气对所有人相同。",
    ),
    "class_figure": ("The class among the strategies", "全班与各策略"),
    "class_note": (
        "One world, the same for all. Blue: trainees; grey: strategies left to themselves, named as far as there is "
        "room. Down and to the left is quicker with fewer conflicts; a point says nothing of cost and result.",
        "同一个世界。蓝色为学员，灰色为各策略自行运行的结果，名称以位置所容为限。越靠左下越快、冲突越少；图中不含代价与结果。",
    ),
}  # fmt: skip


def told(key: str, **values: object) -> Told:
    """The sentence under ``key`` in both languages; values that are texts in both are put in as such."""
    return {lang: WORDS[key][place].format(**_of(values, lang)) for place, lang in enumerate(LANGUAGES)}


def label(key: str, **values: object) -> Told:
    """A term of ``sim.labels`` in both languages."""
    return {lang: text(key, lang, **_of(values, lang)) for lang in LANGUAGES}


def titled(thing: Bilingual) -> Told:
    """What has a text in both languages."""
    return {"en": thing.en, "zh": thing.zh}


def unit_of(name: str) -> Told:
    """A unit in words."""
    return {lang: unit(name, lang) for lang in LANGUAGES}


def half_day(tick: int) -> Told:
    """A half-day as people call it."""
    return {lang: when(tick, lang) for lang in LANGUAGES}


def _of(values: dict[str, object], lang: str) -> dict[str, object]:
    return {name: value[lang] if isinstance(value, dict) else value for name, value in values.items()}


def sentences(parts: Iterable[Told]) -> Told:
    """Sentences one after another."""
    return _joined(list(parts), " ", "")


def clauses(parts: Iterable[Told]) -> Told:
    """Parts of one sentence."""
    return _joined(list(parts), "; ", "；")


def names(parts: Iterable[Told]) -> Told:
    """Names in a row."""
    return _joined(list(parts), ", ", "、")


def _joined(parts: list[Told], en: str, zh: str) -> Told:
    return {lang: between.join(part[lang] for part in parts) for lang, between in zip(LANGUAGES, (en, zh), strict=True)}
