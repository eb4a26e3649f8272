"""What the benchmarks say, in English and simplified Chinese."""

from sim.messages import LANGUAGES

_WORDS = {
    "only": ("Measure this part only; may be given several times.", "只测量这一部分；可多次给出。"),
    "json": ("Also write all figures to FILE.", "同时将全部数据写入 FILE。"),
    "measuring": ("measuring: {part} …", "正在测量：{part}……"),
    "warming": ("compiling or loading the rules …", "正在编译或载入规则……"),
    # parts
    "throughput": ("throughput", "吞吐量"),
    "recording": ("keeping a journal", "事件日志"),
    "twin": ("against plain Mesa", "与纯 Mesa 对照"),
    "batches": ("many runs, against Mesa's batch_run", "成批运行，与 Mesa 的 batch_run 对照"),
    "sweeping": ("sweeps and their tables", "批量试验及其表格"),
    "mesa": ("the Mesa driver", "Mesa 驱动"),
    "start": ("cold start", "冷启动"),
    "large": ("a large world", "大规模世界"),
    "million": ("a million actors", "一百万主体"),
    "scaling": ("scaling", "规模伸缩"),
    # columns
    "figure": ("figure", "项目"),
    "median": ("median", "中位数"),
    "spread": ("min – max", "最小 – 最大"),
    "samples": ("n", "次数"),
    "unit": ("unit", "单位"),
    "floor": ("floor", "底线"),
    "verdict": ("", ""),
    "reached": ("reached", "达到"),
    "below": ("below floor", "未达底线"),
    # figures
    "rate_2": ("runs of the default world, 2 threads", "默认世界运行速率，2 线程"),
    "rate_1": ("the same, 1 thread", "同上，1 线程"),
    "rate_compare": ("the same through compare, results kept, 2 threads", "同上，经 compare 并保存结果，2 线程"),
    "journal_ratio": ("run with a journal, times one without", "带日志的运行相对不带日志的倍数"),
    "journal_off": ("a run without a journal, from the drawn world", "不带日志的一次运行（世界已抽好）"),
    "journal_on": ("the same with all its events", "同上，记下全部事件"),
    "journal_events": ("events of a run", "一次运行的事件数"),
    "journal_per_matter": ("events of a matter", "每件事项的事件数"),
    "twin_ratio": ("times as fast as the plain-Mesa twin, 1 thread", "相对纯 Mesa 孪生的倍数，1 线程"),
    "twin_compiled": ("a run from the drawn world to measures, compiled", "由抽好的世界到指标的一次运行，编译版"),
    "twin_plain": ("the same by the twin", "同上，孪生"),
    "twin_gap": ("largest difference between their measures", "两者指标的最大差异"),
    "batch_ratio": (
        "times as fast as batch_run on the plain-Mesa twin, 1 thread",
        "相对 batch_run 运行纯 Mesa 孪生的倍数，1 线程",
    ),
    "batch_ours": ("runs through compare, results kept", "经 compare 运行并保存结果"),
    "batch_mesa": ("the same runs through batch_run", "同样的运行，经 batch_run"),
    "batch_gap": ("largest difference between their measures", "两者指标的最大差异"),
    "sweep_rate": ("runs of a sweep, kept, 2 threads", "批量试验运行速率（保存结果），2 线程"),
    "sweep_share": ("share of the speed of the bare runs", "相当于不保存时速度的比例"),
    "keep": ("keeping a run", "保存一次运行"),
    "keep_size": ("room of a run on the disk", "一次运行占用的磁盘"),
    "compare_12": (
        "12 strategies on 1,000 worlds: store, tables, figures, report",
        "12 个策略、1000 个世界：保存、表格、图件与报告",
    ),
    "aggregate": ("means and differences of 1,000,000 kept runs", "一百万次已存运行的均值与差异"),
    "aggregate_csv": ("the same written as CSV", "同上，写成 CSV"),
    "aggregate_memory": ("peak memory of the process", "进程内存峰值"),
    "mesa_steps": ("a run by the Mesa driver, set up before", "Mesa 驱动的一次运行（不含建模）"),
    "mesa_ratio": ("times as fast compiled", "编译版相对的倍数"),
    "mesa_gap": ("largest difference between their measures", "两者指标的最大差异"),
    "help": ("run.py --help", "run.py --help"),
    "cached": ("from the command to a first result, rules compiled before", "从命令到首个结果，规则已编译"),
    "first": ("the same with nothing compiled before", "同上，从未编译"),
    "large_actors": ("actors", "主体数"),
    "large_matters": ("matters in a year", "一年事项数"),
    "large_time": ("build, draw, run and measure", "构建、抽取、运行与计量"),
    "large_build": ("of which build", "其中：构建"),
    "large_draw": ("of which draw", "其中：抽取"),
    "large_run": ("of which run", "其中：运行"),
    "large_memory": ("peak memory of the process", "进程内存峰值"),
    "million_time": ("build, draw, run and measure", "构建、抽取、运行与计量"),
    "million_memory": ("peak memory of the process", "进程内存峰值"),
    # units
    "runs/s": ("runs/s", "次/秒"),
    "x": ("×", "倍"),
    "s": ("s", "秒"),
    "ms": ("ms", "毫秒"),
    "per_matter": ("per matter", "个/件"),
    "GB": ("GB", "GB"),
    "us": ("µs", "微秒"),
    "B": ("B", "字节"),
    "share": ("", ""),
    "": ("", ""),
    # scaling
    "scaling_title": (
        "Cost of one matter at the same load per organ (µs of one thread)",
        "每机关负荷相同时单件事项的耗时（单线程，微秒）",
    ),
    "actors": ("actors", "主体"),
    "matters": ("matters", "事项"),
    "draw": ("draw", "抽取"),
    "run": ("run", "运行"),
    "assess": ("measure", "计量"),
    "total": ("in all", "合计"),
    "growth": ("× smallest", "相对最小规模"),
    "party_tick": ("ns/party, tick", "纳秒/方·半天"),
    # machine
    "machine": (
        "{cpu}, {cores} cores, load {load}; {system}; Python {python}, numpy {numpy}, numba {numba}, Mesa {mesa}",
        "{cpu}，{cores} 核，负载 {load}；{system}；Python {python}、numpy {numpy}、numba {numba}、Mesa {mesa}",
    ),
    "few_cores": (
        "Fewer than 2 cores are usable: what is said of 2 threads is not what 2 cores would give.",
        "可用内核不足 2 个：2 线程的数据不代表 2 核的结果。",
    ),
}  # fmt: skip


def word(key: str, lang: str, **values: object) -> str:
    """The text under ``key``, with ``values`` put into its braces."""
    text = _WORDS[key][LANGUAGES.index(lang)]
    return text.format(**values) if values else text
