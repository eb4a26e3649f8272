"""The smallest difference in a measure that would matter to the head of an office, and why: a judgement, made once.

They hold for all claims alike.  The district year has some 600 matters and its
mean time in the system is some 20 days.
"""

from typing import NamedTuple

ASSUMED = "assumed"


class Smallest(NamedTuple):
    """A size in the measure's unit, with its reason in English and Chinese."""

    size: float
    en: str
    zh: str


_DAY = Smallest(1.0, "a working day of some twenty", "约二十个工作日中的一天")
_MONTHLY = Smallest(2.0, "twelve a year in a district, one a month", "一个县区一年十二次，即每月一次")
_SEASONAL = Smallest(
    0.5, "three a year in a district: each of them is talked about", "一个县区一年三次，每次都会引起议论"
)
_SHARE = Smallest(0.02, "two in a hundred", "百分之二")
_POSITION = Smallest(
    0.01, "a hundredth of the way from one extreme to the other, in every matter", "每件事项平均相差全距的百分之一"
)
_HALF_HOUR = Smallest(0.5, "half an hour a matter: three hundred hours a year", "每件事项半小时，全年三百小时")
_RELATION = Smallest(
    0.01, "a hundredth in the mean of all ties, in a single year", "一年之内全部关系的均值变动百分之一"
)

SMALLEST: dict[str, Smallest] = {
    "closed": _SHARE, "withdrawn": _SHARE, "on_time": _SHARE, "urgent_on_time": _SHARE, "touch_share": _SHARE,
    "refused": _SHARE, "legal": _SHARE, "implementation": _SHARE, "uneven_progress": _SHARE,
    "satisfaction_leaders": _SHARE, "satisfaction_grassroots": _SHARE, "leader_hours_affairs": _SHARE,
    "time_in_system": _DAY, "lead_mean": _DAY, "lead_median": _DAY, "lead_p90": _DAY, "decision_wait": _DAY,
    "first_wait": Smallest(0.25, "half a half-day sooner taken up", "受理提前四分之一天"),
    "backlog": Smallest(3.0, "three matters more on the table", "案头多三件事项"),
    "handovers": Smallest(0.1, "one more hand-over in ten matters", "每十件事项多一次移交"),
    "coordination_hours": _HALF_HOUR, "host_hours": _HALF_HOUR, "party_hours": _HALF_HOUR, "rework_hours": _HALF_HOUR,
    "friction_hours": _HALF_HOUR,
    "leader_hours": Smallest(0.1, "six minutes of a leader a matter: a week a year", "每件事项领导六分钟，全年约一周"),
    "rounds": Smallest(0.1, "one round more in ten matters", "每十件事项多一轮"),
    "returns": _MONTHLY, "misdirected": _MONTHLY, "conflicts": _MONTHLY, "outbreaks": _MONTHLY, "secondary": _MONTHLY,
    "escalations": _MONTHLY, "reopened": _MONTHLY, "buck_passing": _MONTHLY, "broken_promises": _MONTHLY,
    "reserved": _MONTHLY, "urged": _MONTHLY, "defects": _MONTHLY,
    "double_bookings": _SEASONAL, "bursts": _SEASONAL, "chained": _SEASONAL, "breaches": _SEASONAL,
    "rule_clashes": Smallest(1.0, "one more, and everybody meets with it", "现行文件多一处抵触，人人都会遇到"),
    "conflict_time": Smallest(0.25, "a quarter of a day blocked, in every matter", "每件事项平均多受阻四分之一天"),
    "latent_divergence": _POSITION, "goal_attainment": _POSITION, "fidelity": _POSITION, "local_loss": _POSITION,
    "strain": _RELATION, "prestige": _RELATION,
    "inequity": Smallest(0.01, "a hundredth of a Gini coefficient", "基尼系数百分之一"),
    "dispute_share": Smallest(0.05, "one hour in twenty of those at work under way", "督查工时二十分之一"),
}  # fmt: skip
