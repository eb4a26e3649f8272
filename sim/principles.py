"""Principles of coordination that hints cite: the row of ``docs/coverage.md``, a name, and the handbook's own words."""

from typing import NamedTuple


class Principle(NamedTuple):
    """A principle as it is cited; ``words`` are the handbook's, in simplified characters."""

    row: str
    en: str
    zh: str
    words: str
    source: str


PRINCIPLES = (
    Principle("S2", "the right time", "选择恰当的协调时间", "根据实际情况去合理选择事前协调、事中协调还是事后协调", "seed 002 三(三)"),
    Principle("S3", "the right mode", "采取合适的协调方式", "应视具体协调的事项采取有利、有效的方式，从而增加协调力度", "seed 002 三(三)"),
    Principle("R2", "hearing every side", "客观公允，秉公协调", "全面听取和反映被协调对象的意见和要求，做到“兼听则明”，防止“偏听则暗”", "seed 002 二(二)"),
    Principle("E3c", "few who attend", "精简与会人员", "会议出席、列席人员的协调工作比较复杂，但主要根据有利于工作，精简、保密的原则进行", "seed 003, meetings"),
    Principle("E1", "urgency decides the order", "轻重缓急", "按照轻重缓急的原则，充分协调后确定会议安排哪些议题和安排的先后顺序", "seed 003, meetings"),
    Principle("R7", "serving leaders and grassroots alike", "两个服务", "基层存在的问题长期得不到解决，最终会爆发出更大的问题", "seed 002 二(六)"),
    Principle("R8", "seeking what is common", "求同存异", "求同存异，动态协调的原则", "seed 002 ③"),
    Principle("S1", "consulting again and again", "反复商榷", "与相关部门进行充分沟通，征求意见，反复商榷", "seed 002 三(三)"),
    Principle("R9", "coordinating on the move", "动态协调", "求同存异，动态协调的原则", "seed 002 ③"),
    Principle("B12", "what is stuck goes up with all views", "如实报告，请领导决断", "遇到实在难以协调下去的问题，应把各方面的意见如实向领导报告，请领导出面协调或作出决断", "seed 003, incoming documents"),
    Principle("T10", "chain reactions", "连锁反应", "即使以一个职能部门为主的行政行为，也会引起其他部门的连锁反应", "seed 002 ②"),
)  # fmt: skip
BY_ROW = {principle.row: principle for principle in PRINCIPLES}
