"""What the command line says, in English and simplified Chinese.  Standard library only: it speaks before anything
is installed.  The field's terms are in ``sim.labels``.
"""

import os
from collections.abc import Sequence
from itertools import zip_longest

from sim.errors import RequestError
from sim.refusals import in_chinese

LANGUAGES = ("en", "zh")
ENVIRONMENT = "XIETIAO_LANG"

_MESSAGES = {
    # what a command is for
    "cli": (
        "Xietiao (协调): who should coordinate, when, and how. Without a command: compare.",
        "协调：由谁协调、何时协调、如何协调。不写命令即为 compare。",
    ),
    "compare": (
        "Compare strategies on the same drawn worlds; run again to continue what was interrupted.",
        "在同一批抽取的世界上比较各策略；中断后再次运行即可继续。",
    ),
    "sweep": (
        "Run strategies over a design of parameters; run again to continue what was interrupted.",
        "按设计的参数点运行各策略；中断后再次运行即可继续。",
    ),
    "sensitivity": (
        "Which parameters matter, and which decide between two strategies.",
        "哪些参数有影响，哪些参数决定两个策略的优劣。",
    ),
    "propositions": (
        "Put the handbooks' claims on trial, by number, or all; run again to continue what was interrupted.",
        "检验手册的主张：按编号选取，或全部检验；中断后再次运行即可继续。",
    ),
    "merge": ("Put the shards of a sweep together.", "合并同一批量试验的各分片。"),
    "report": ("Write tables, figures and report of a result folder anew.", "重新写出结果文件夹的表格、图件和报告。"),
    "run": (
        "One run: all its measures, or its story; or many runs, split by label.",
        "单次运行：列出全部指标，或讲述全过程；或多次运行，按标签分列。",
    ),
    "watch": (
        "Watch a run in the browser, or two strategies side by side on the same world.",
        "在浏览器中观看一次运行，或在同一世界上并列观看两个策略。",
    ),
    "exercise": (
        "Direct the office for a while, in the browser, and see how the year compares; or compare a class.",
        "在浏览器中担任一段时间的办公室主任，看看这一年与各策略相比如何；或比较全班。",
    ),
    "export": (
        "One run as an event log, or the runs of a result folder as a table, for other programs.",
        "将单次运行导出为事件日志，或将结果文件夹中的各次运行导出为表格，供其他程序读取。",
    ),
    "list": (
        "List scenarios, procedures, strategies, measures, parameters, sweeps, claims or exercises.",
        "列出情景、程序、策略、指标、参数、批量试验、手册主张或演练。",
    ),
    "show": (
        "Show a scenario, a procedure, a strategy, a sweep, a claim or an exercise.",
        "查看一个情景、程序、策略、批量试验、手册主张或演练。",
    ),
    "test": ("Run the tests; further arguments go to pytest.", "运行测试；其余参数交给 pytest。"),
    "bench": ("Measure speed and memory.", "测量速度与内存。"),
    # options
    "help": ("Show this and leave.", "显示帮助并退出。"),
    "version": ("Show the version and leave.", "显示版本并退出。"),
    "strategies": (
        "Names or files, separated by commas (default: the scenario's).",
        "策略名称或文件，以逗号分隔（默认取自情景）。",
    ),
    "strategy": (
        "Name or file of a strategy (default: the scenario's baseline).",
        "策略名称或文件（默认为情景的基准）。",
    ),
    "baseline": ("The strategy others are compared with.", "作为比较基准的策略。"),
    "replicates": ("Worlds to draw (default: the scenario's).", "抽取的世界数（默认取自情景）。"),
    "replicate": ("Which world, from 0.", "第几个世界，从 0 起。"),
    "seed": (
        "Seed of the draws, 0 to 2**63 - 1 (default: the scenario's).",
        "随机种子，0 至 2**63 - 1（默认取自情景）。",
    ),
    "sweep_replicates": ("Worlds at each point (default: the file's).", "每个参数点抽取的世界数（默认取自文件）。"),
    "claim_replicates": (
        "Worlds where a claim is stated (default 200); maps and samples take a fifth and a sixteenth of it at a point.",
        "在主张所述情形下抽取的世界数（默认 200）；条件图和假定参数样本的每个点分别取其五分之一和十六分之一。",
    ),
    "claims_out": ("Result folder (default: results/propositions).", "结果文件夹（默认 results/propositions）。"),
    "pages": ("Write the pages and their figures here too.", "另将说明页及其图件写入此处。"),
    "point_replicates": ("Worlds at each point.", "每个参数点抽取的世界数。"),
    "two_strategies": (
        "Names or files (default: the scenario's baseline and one more).",
        "策略名称或文件（默认为情景的基准及另一策略）。",
    ),
    "varied": (
        "Paths or patterns such as rules.* (default: assumed, all that no record backs).",
        "参数路径或通配式，如 rules.*（默认 assumed，即所有无记录依据者）。",
    ),
    "method": (
        "morris: screening; sobol: shares of variance; latin: what decides; tornado: one at a time; "
        "grid: a phase diagram of two parameters.",
        "morris：筛选；sobol：方差占比；latin：决定因素；tornado：逐个变动；grid：两个参数的相图。",
    ),
    "size": (
        "Trajectories (morris), base points (sobol), points (latin) or levels (grid).",
        "轨迹数（morris）、基点数（sobol）、点数（latin）或取值数（grid）。",
    ),
    "cluster": (
        "Run on a dask.distributed scheduler: HOST:PORT, or its scheduler file.",
        "在 dask.distributed 调度器上运行：主机:端口，或其调度文件。",
    ),
    "shard": (
        "Run the K-th of N parts only, into a folder of its own; merge puts them together.",
        "只运行 N 份中的第 K 份，存入单独的文件夹；再用 merge 合并。",
    ),
    "dry_run": (
        "Tell runs, time and size, and run nothing but a trial.",
        "只告知运行次数、时间与大小，除试运行外不作运行。",
    ),
    "merged": ("Folder for the whole.", "存放合并结果的文件夹。"),
    "workers": ("Threads, 1 to 256 (default: one per processor).", "线程数，1 至 256（默认每个处理器一个）。"),
    "out": ("Result folder (default: results/NAME).", "结果文件夹（默认 results/名称）。"),
    "pictures": ("Draw the procedures into this folder.", "将程序画成图，存入此文件夹。"),
    "fresh": ("Replace the results in the folder.", "替换文件夹中的已有结果。"),
    "figures": (
        "Draw the run's matters and its organisation into this folder.",
        "将该次运行的事项进程与组织网络画成图，存入此文件夹。",
    ),
    "story": ("Tell what happened instead.", "改为讲述事情经过。"),
    "matter": ("Tell of this matter only, by its number.", "只讲此编号的事项。"),
    "actor": ("Tell only what this actor had a part in.", "只讲此主体参与的事。"),
    "procedure": ("Tell only of matters of this procedure.", "只讲按此程序办理的事项。"),
    "by": (
        "Split the results of many worlds: by procedure, content, kind, field of society, object, type, or sides.",
        "将多个世界的结果按程序（procedure）、内容（content）、类别（kind）、社会领域（field）、"
        "对象（object）、类型（type）或矛盾与利益（sides）分列。",
    ),
    "split_folder": ("Write splits.csv into this folder.", "将 splits.csv 写入此文件夹。"),
    "watched": (
        "One or two names or files (default: the baseline and one more).",
        "一个或两个策略名称或文件（默认为基准及另一策略）。",
    ),
    "point": ("Of a result folder: which point of the design, from 0.", "结果文件夹中的第几个参数点，从 0 起。"),
    "save": ("Write one file that opens without a network, and serve nothing.", "写成一个离线可看的文件，不启动服务。"),
    "port": (
        "Port to serve on (default: 8000, or the next free one).",
        "服务端口（默认 8000，被占用则取下一个可用端口）。",
    ),
    "host": (
        "Address to serve on (default: 127.0.0.1, which only this machine can see).",
        "服务地址（默认 127.0.0.1，仅本机可见）。",
    ),
    "no_browser": ("Open no browser.", "不打开浏览器。"),
    "resume": ("Go on from a save of this exercise.", "从本演练的存档继续。"),
    "class": ("Compare the saves of a class in this folder.", "比较此文件夹中全班的存档。"),
    "exercise_out": (
        "Where games are kept, or what a class comparison writes (default: results/exercises/NAME).",
        "演练进度的存放处，或全班比较结果的写入处（默认 results/exercises/名称）。",
    ),
    "format": (
        "ocel: OCEL 2.0 as JSON; csv: a line per event or run; parquet: runs.",
        "写成 ocel（OCEL 2.0，JSON 格式）、csv（每个事件或每次运行一行）或 parquet（各次运行）。",
    ),
    "table": (
        "Of a result folder: runs (default), points, series or failures.",
        "结果文件夹中的表：runs（各次运行，默认）、points（参数点）、series（时间序列）或 failures（失败）。",
    ),
    "export_file": ("File to write.", "要写出的文件。"),
    "lang": ("Language of everything shown: en or zh.", "显示语言：en 或 zh。"),
    "json": ("Print JSON.", "输出 JSON。"),
    "no_venv": (
        "Make no .venv, install nothing (also XIETIAO_NO_VENV=1).",
        "不建立 .venv，不安装任何包（亦可设 XIETIAO_NO_VENV=1）。",
    ),
    # click's own words
    "Usage: ": ("Usage: ", "用法："),
    "Options": ("Options", "选项"),
    "Commands": ("Commands", "命令"),
    # getting ready
    "making": (
        "Making {folder} with the pinned packages: once, a few minutes, about 700 MB. --no-venv turns this off.",
        "正在建立 {folder} 并安装固定版本的依赖：仅此一次，约需数分钟、700 MB。--no-venv 可关闭。",
    ),
    "updating": ("The pinned packages have changed: updating {folder}.", "依赖版本有变：正在更新 {folder}。"),
    "installing_dev": ("Installing what the tests need.", "正在安装测试所需的包。"),
    "no_venv_module": (
        "This Python cannot make a virtual environment. On Debian or Ubuntu: sudo apt install python{version}-venv",
        "此 Python 无法建立虚拟环境。Debian 或 Ubuntu 上请运行：sudo apt install python{version}-venv",
    ),
    "install_failed": (
        "The packages could not be installed: see above. With a network, run the same command again.",
        "依赖未能安装，原因见上。联网后请再次运行同一命令。",
    ),
    "missing": (
        "These packages are missing: {names}. Install them with: {command}",
        "缺少以下包：{names}。请运行：{command}",
    ),
    # while and after
    "compiling": (
        "Compiling the rules, once: less than a minute on two cores …",
        "正在编译规则，仅首次需要，双核不到一分钟……",
    ),
    "preparing": ("Preparing (the rules are compiled once) …", "准备中（规则仅首次需要编译）……"),
    "progress": (
        "{done} of {wanted} runs, {rate:,.0f} runs/s, {remaining} left",
        "已完成 {done}/{wanted} 次运行，每秒 {rate:,.0f} 次，剩余 {remaining}",
    ),
    "failed": ("{count} runs failed, e.g. {example}", "{count} 次运行失败，例如 {example}"),
    "done": (
        "{runs} runs: {ran} now ({rate} runs/s on {where}), {kept} kept from before.",
        "共 {runs} 次运行：本次 {ran} 次（{where}，每秒 {rate} 次），此前已有 {kept} 次。",
    ),
    "on_threads": ("{workers} threads", "{workers} 个线程"),
    "on_cluster": ("the cluster", "集群"),
    "best": ("Not dominated on {measures}: {names}", "在{measures}上未被占优：{names}"),
    "where": ("Results: {folder}", "结果：{folder}"),
    "interrupted": (
        "Interrupted: {done} of {wanted} runs are kept in {folder}. To continue:\n{command}",
        "已中断：{folder} 中保留了 {wanted} 次运行中的 {done} 次。继续运行：\n{command}",
    ),
    "lost": (
        "The workers are gone: {done} of {wanted} runs are kept in {folder}. To continue:\n{command}",
        "工作进程已全部失联：{folder} 中保留了 {wanted} 次运行中的 {done} 次。继续运行：\n{command}",
    ),
    "to_merge": ("When all parts are done:\n{command}", "各分片完成后：\n{command}"),
    "merged_runs": (
        "{folders} folders hold {runs} of {wanted} runs.",
        "{folders} 个文件夹共有 {wanted} 次运行中的 {runs} 次。",
    ),
    "parts_missing": (
        "At {points} points nothing has been run: a part is missing.",
        "有 {points} 个参数点尚无任何运行：缺少分片。",
    ),
    "stopped": ("Interrupted. To continue:\n{command}", "已中断。继续运行：\n{command}"),
    # exercises
    "standing_way": ("the office's standing way", "办公室惯常做法"),
    "own_matters": ("matters for the director", "主任处理的事项数"),
    "shown": ("shown", "显示内容"),
    "hints": ("hints", "提示"),
    "exercise_kept": ("Decisions are kept in {folder}.", "决定保存在 {folder}。"),
    "gone_on": (
        "The exercise has gone on in another window; here is how it stands.",
        "演练已在另一窗口中继续，现显示最新进度。",
    ),
    "not_over": ("The exercise is not over yet.", "演练尚未结束。"),
    "no_cookie": ("Open the exercise's page first.", "请先打开演练页面。"),
    # serving pages
    "serving": ("Open {address} in a browser. Ctrl-C ends.", "请在浏览器中打开 {address}。按 Ctrl-C 结束。"),
    "served": ("Ended.", "已结束。"),
    "saved": ("Saved: {file} ({size} MB)", "已保存：{file}（{size} MB）"),
    "port_taken": ("Port {port} is taken: using {other}.", "端口 {port} 已被占用，改用 {other}。"),
    "open_to_all": (
        "Everybody on the network can see this, at this machine's address and port {port}.",
        "网络上的所有人均可通过本机地址和端口 {port} 看到此页面。",
    ),
    "no_host": ("This server is addressed by another name.", "请求的主机名不是本服务的地址。"),
    "no_page": ("There is no such page.", "没有此页面。"),
    "no_method": ("This is not done here.", "此处不支持该操作。"),
    "bad_request": ("This cannot be understood.", "无法理解该请求。"),
    "long_address": ("The address is too long.", "地址过长。"),
    "too_much": ("This is too long.", "内容过长。"),
    "not_json": ("Only JSON is taken.", "只接受 JSON。"),
    "bad_json": ("This is not a JSON object.", "不是有效的 JSON 对象。"),
    "foreign": ("This comes from another site.", "请求来自其他网站。"),
    "page_defect": (
        "This is a defect of Xietiao: please report it with the lines in the terminal.",
        "这是本程序的缺陷：请连同终端中的内容反馈。",
    ),
    "defect": (
        "This is a defect of Xietiao, not of your request: please report it with the lines above.",
        "这是本程序的缺陷，与您的请求无关：请连同以上内容反馈。",
    ),
    # tables
    "name": ("name", "名称"),
    "title": ("title", "标题"),
    "measure": ("measure", "指标"),
    "value": ("value", "数值"),
    "unit": ("unit", "单位"),
    "better": ("better", "方向"),
    "up": ("up", "越高越好"),
    "down": ("down", "越低越好"),
    "": ("", ""),
    "meaning": ("meaning", "含义"),
    "path": ("path", "路径"),
    "default": ("default", "默认值"),
    "range": ("range explored", "探索范围"),
    "allowed": ("allowed", "允许范围"),
    "origin": ("source", "来源"),
    "measured": ("what exactly", "计算口径"),
    "aim": ("purpose", "目的"),
    "question": ("question", "问题"),
    "claimed": ("claimed", "主张"),
    "numbered": ("no.", "编号"),
    "through": ("through what", "作用途径"),
    "left_aside": ("left out", "未及之处"),
    "strategy_named": ("strategy", "策略"),
    "contrast": ("weighed", "加权"),
    "expected": ("expected", "预期"),
    "world": ("world", "情形"),
    "as_stated": ("as stated", "所述情形"),
    "place": ("looked at", "考察情形"),
    "control": ("control", "对照"),
    "turning": ("turns it", "使之反转"),
    "map": ("map", "条件图"),
    "scenario": ("scenario", "情景"),
    "design": ("design", "设计"),
    "size_of": ("design", "设计"),
    "varied_from": ("varied over", "变动范围"),
    "sized": (
        "{kind}: {points} points, {replicates} worlds each",
        "{kind}：{points} 个参数点，每点 {replicates} 个世界",
    ),
    "purpose": ("Purpose", "目的"),
    "expectation": ("Expectation", "预期"),
    "source": ("Source", "来源"),
    "compared": ("Strategies", "策略"),
    "settings": ("Settings that differ from the defaults", "与默认值不同的设置"),
    "all_default": ("All settings have their defaults.", "全部设置均为默认值。"),
    "organisation": ("Organisation", "组织"),
    "role": ("role", "角色"),
    "count": ("actors", "主体数"),
    "total": ("in all", "合计"),
    "structure": ("Who coordinates", "协调主体"),
    "timing": ("When", "协调时机"),
    "mode": ("By which mode", "协调方式"),
    "mix": ("What arises, and by which procedure it goes", "发生的事项及其办理程序"),
    "share": ("share", "占比"),
    "reason": ("reason", "理由"),
    "content": ("Content", "内容"),
    "flaws": ("What may be wrong when it arises", "发生时可能存在的问题"),
    "stages": ("stages", "环节"),
    "stage": ("stage", "环节"),
    "type": ("type", "类型"),
    "who": ("who", "办理者"),
    "checks": ("what is checked", "审核事项"),
    "on_failure": ("on failure", "不通过时"),
    "limit": ("at most", "次数上限"),
    "implied": (
        "* ordinary practice, not said in the source. At most: how often it may return from there.",
        "* 为通常做法，来源未述及。次数上限：由此退回的最多次数。",
    ),
    "one_run": (
        "{scenario}, {strategy}, world {replicate}, seed {seed}",
        "{scenario}，{strategy}，世界 {replicate}，种子 {seed}",
    ),
    "exported": ("{count} events: {file}", "{count} 个事件：{file}"),
    "exported_rows": ("{count} rows: {file}", "{count} 行：{file}"),
    "result_folder": ("a result folder", "结果文件夹"),
    "only_beside": ("needs {other} beside it", "须与 {other} 并用"),
    "not_beside": ("cannot stand beside {other}", "不能与 {other} 并用"),
    # a request that cannot be carried out
    "error": ("Error: ", "错误："),
    "unknown_command": ("no such command", "没有此命令"),
    "unknown_option": ("no such option", "没有此选项"),
    "bad_value": ("is not valid here", "取值无效"),
    "needs_value": ("needs a value", "缺少取值"),
    "is_missing": ("is missing", "缺失"),
    "extra": ("too many arguments", "参数过多"),
    "unknown_name": (
        "no scenario, procedure, strategy or sweep of this name",
        "没有此名称的情景、程序、策略或批量试验",
    ),
}  # fmt: skip


def say(key: str, lang: str, **values: object) -> str:
    """The message under ``key``, with ``values`` put into its braces.  An unknown key is a KeyError."""
    message = _MESSAGES[key][LANGUAGES.index(lang)]
    return message.format(**values) if values else message


def language(arguments: Sequence[str]) -> str:
    """The language to speak from the very first line: ``--lang``, else the environment, else English."""
    found = os.environ.get(ENVIRONMENT, "")
    for word, following in zip_longest(arguments, arguments[1:], fillvalue=""):
        if word == "--":
            break
        if word == "--lang":
            found = following
        elif word.startswith("--lang="):
            found = word.removeprefix("--lang=")
    return found if found in LANGUAGES else LANGUAGES[0]


def explain(error: RequestError, lang: str) -> str:
    """A refusal as shown."""
    if lang == "en":
        return say("error", lang) + str(error)
    parts = ["：".join(part for part in (error.where, error.key, in_chinese(error.what)) if part)]
    if error.got is not None:
        parts.append(f"给出的是 {error.got!r}")
    if error.allowed:
        parts.append(f"允许：{in_chinese(error.allowed)}")
    if error.nearest:
        parts.append(f"是否想写 {error.nearest!r}？")
    return say("error", lang) + "；".join(parts)
