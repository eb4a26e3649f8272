"""Refusals in Chinese.  Code that refuses writes one English sentence; here stands what it is in Chinese.

``{}`` is whatever stands at that place: names, numbers, paths; a sentence of its own is put into Chinese in turn.
"""

import re
from functools import cache

_SENTENCES = (
    # files
    ("cannot be read ({})", "无法读取（{}）"),
    ("cannot be read: {}", "无法读取：{}"),
    ("cannot be opened: {}", "无法打开：{}"),
    ("is not UTF-8 text", "不是 UTF-8 文本"),
    ("is not TOML: {}", "不是有效的 TOML：{}"),
    ("is not CSV: {}", "不是有效的 CSV：{}"),
    ("is not XML: {}", "不是有效的 XML：{}"),
    ("there is no such file", "没有此文件"),
    ("no such file or directory", "没有此文件或文件夹"),
    ("permission denied", "没有权限"),
    ("Not a directory", "不是文件夹"),
    ("No such file or directory", "没有此文件或文件夹"),
    ("Permission denied", "没有权限"),
    ("Read-only file system", "只读文件系统"),
    ("No space left on device", "磁盘空间不足"),
    ("a path relative to the scenario's file, of a GraphML file", "相对于情景文件的 GraphML 文件路径"),
    ("a path relative to the scenario's file, of a CSV file of {}", "相对于情景文件的 CSV 文件路径（{}）"),
    ("a path relative to the scenario's file", "相对于情景文件的路径"),
    # keys and values
    ("is missing", "缺失"),
    ("is missing in {} {}", "缺失（{} {}）"),
    ("unknown key", "未知的键"),
    ("unknown parameter", "未知的参数"),
    ("unknown role", "未知的角色"),
    ("is not known", "无法识别"),
    ("is listed twice", "重复列出"),
    ("must be a table", "必须是表"),
    ("must not be empty", "不能为空"),
    ("must be a share", "必须是比例"),
    ("must be a number within bounds", "必须是范围内的数"),
    ("must be a whole number", "必须是整数"),
    ("must be a number", "必须是数"),
    ("must be a finite number", "必须是有限的数"),
    ("must be a string", "必须是文本"),
    ("must be a boolean", "必须是 true 或 false"),
    ("must be a valid {}", "必须是有效的 {}"),
    ("must be {}", "必须是 {}"),
    ("must be greater than or equal to {}", "必须大于或等于 {}"),
    ("must be less than or equal to {}", "必须小于或等于 {}"),
    ("must be less than {}", "必须小于 {}"),
    ("must be greater than {}", "必须大于 {}"),
    ("must not exceed {}", "不得大于 {}"),
    ("shares must sum to 1", "各比例之和必须为 1"),
    ("a sum of 1", "和为 1"),
    ("from {} to {}, or empty", "{} 至 {}，或留空"),
    ("a whole number from {} to {}, or empty", "{} 至 {} 的整数，或留空"),
    ("a whole number from {} to {}", "{} 至 {} 的整数"),
    ("from {} to {}", "{} 至 {}"),
    ("at most {}", "至多 {}"),
    ("{}, or a table of shares of these that sum to 1", "{}，或和为 1 的各项比例表"),
    ("a table with en and zh", "含 en 与 zh 的表"),
    ("a table of the parameters {}", "参数 {} 的表"),
    ("a list of names of strategies", "策略名称列表"),
    ("one of the strategies listed", "所列策略之一"),
    ("each strategy once", "每个策略一次"),
    ("text: where the values come from", "文本：数值的来源"),
    ("English text", "英文文本"),
    ("Chinese text", "中文文本"),
    # scenarios and strategies
    ("no scenario of this name", "没有此名称的情景"),
    ("no strategy of this name", "没有此名称的策略"),
    ("no {} of this name", "没有此名称的 {}"),
    ("no actor of this name", "没有此名称的主体"),
    ("no procedure of this name", "没有此名称的程序"),
    ("no matter of this number", "没有此编号的事项"),
    ("an actor of the organisation, by its name in either language", "组织中的主体，用中文或英文名称均可"),
    ("cannot be written: {}", "无法写入：{}"),
    ("is not among the strategies", "不在所列策略之中"),
    ("is not among the strategies compared", "不在所比较的策略之中"),
    ("two strategies have one name", "两个策略同名"),
    ("timing is adaptive: its shares cannot be set", "时机为自适应，不能设定其比例"),
    ("does not fit the structure", "与协调主体结构不符"),
    ("2 or more with structure 'multi'", "结构为 'multi' 时至少 2"),
    ("1 except with structure 'multi'", "除结构为 'multi' 外只能为 1"),
    ("{} needs more coordinators than the office has", "{} 所需协调人员多于办公室现有人数"),
    ("{} needs more coordinators than an office of the organisation has", "{} 所需协调人员多于某一机关办公室的人数"),
    ("too many actors in all", "主体总数过多"),
    ("too many matters in all", "事项总数过多"),
    # organisations from files
    ("stands beside nodes and edges", "不能与 nodes、edges 并用"),
    ("file, or nodes with edges", "file，或 nodes 与 edges"),
    ("nodes and edges together", "nodes 与 edges 须同时给出"),
    ("is fixed by the organisation's file", "已由组织文件确定"),
    ("leave it out", "请删去"),
    ("the organisation is empty", "组织为空"),
    ("at least one node", "至少一个节点"),
    ("wrong number of columns", "列数不符"),
    ("column named twice", "列名重复"),
    ("unknown column", "未知的列"),
    ("a column is missing", "缺少一列"),
    ("entities are not read", "不支持 XML 实体"),
    ("GraphML without a document type", "不含文档类型声明的 GraphML"),
    ("hyperedges are not read", "不支持超边"),
    ("edges between two nodes", "两个节点之间的边"),
    ("is already the id of the node at {}", "与 {} 处节点的标识重复"),
    ("each id once", "每个标识一次"),
    ("there is no such node", "没有此节点"),
    ("a tie to itself", "指向自身的关系"),
    ("another node", "另一个节点"),
    ("a command tie needs a direction", "领导关系须有方向"),
    ("a directed graph: source commands target", "有向图：source 领导 target"),
    ("the tie at {} again", "与 {} 处的关系重复"),
    ("each tie once", "每条关系一次"),
    ("is already commanded by {}", "已由 {} 领导"),
    ("commands itself: {}", "领导关系成环：{}"),
    ("command ties without a cycle", "无环的领导关系"),
    ("{} has no unit that can lead a matter", "{} 没有可主办事项的单位"),
    ("at least one department or subordinate", "至少一个职能部门或下级单位"),
    ("{} has no {}", "{} 没有{}"),
    ("{} has a second {}", "{} 有第二个{}"),
    ("one {} to an organ", "每个机关一个{}"),
    ("is not the id of a leader", "不是领导的标识"),
    ("is not a policy domain", "不是政策领域"),
    # results
    ("the result folder cannot be written ({})", "结果文件夹无法写入（{}）"),
    ("another process is writing these results", "另一进程正在写入这些结果"),
    ("another folder (--out), or later", "另选文件夹（--out），或稍后再试"),
    ("the folder holds results of another request ({})", "文件夹中是另一请求的结果（{}）"),
    ("another folder (--out), or --fresh to replace these", "另选文件夹（--out），或以 --fresh 替换"),
    ("{}: here {}, asked {}", "{}：此处为 {}，请求为 {}"),
    ("holds no results", "没有结果"),
    ("no results here", "此处没有结果"),
    ("a folder that 'compare' has written", "由 compare 写出的文件夹"),
)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The sentences as patterns: those with fewer places, and longer ones, are tried first."""
    falling = sorted(_SENTENCES, key=lambda pair: (pair[0].count("{}"), -len(pair[0])))
    return tuple((re.compile(re.escape(en).replace(r"\{\}", "(.+?)"), re.DOTALL), zh) for en, zh in falling)


def in_chinese(sentence: str) -> str:
    """A refusal's sentence in Chinese; as it is if nobody has said it in Chinese."""
    for pattern, zh in _patterns():
        found = pattern.fullmatch(sentence)
        if found:
            return zh.format(*map(in_chinese, found.groups()))
    return sentence
