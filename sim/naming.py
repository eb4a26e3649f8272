"""Believable names for generated actors, in English and Chinese, by kind of organisation."""

import numpy as np

from sim import world

Pairs = tuple[tuple[str, str], ...]

_COMMON: dict[str, Pairs] = {
    "leading": (("Superior Leading Body", "上级领导机关"),),
    "guiding": (("Superior Guiding Body", "上级业务指导机关"),),
    "supervising": (("Supervisory Body", "上级监督机关"),),
    "principal": (("Principal Leader", "主要领导"),),
    "in_charge": (("Leader in Charge", "分管领导"),),
    "other": (("Other Leader", "其他领导"),),
    "semi_retired": (("Semi-retired Leader", "二线领导"),),
    "director": (("Director of the General Office", "办公室主任"),),
    "section": (
        ("Secretariat Section", "秘书科"), ("General Affairs Section", "综合科"), ("Inspection Section", "督查科"),
        ("Documents Section", "文书科"), ("Research Section", "调研科"), ("Reception Section", "接待科"),
        ("Information Section", "信息科"), ("Liaison Section", "联络科"),
    ),
    "same_system": (("Peer Unit of the System", "系统内平行单位"),),
    "unaffiliated": (("Unaffiliated Unit", "无隶属关系单位"),),
    "staff": (
        ("Office Staff", "机关干部"), ("Technical Staff", "专业技术人员"), ("Support Staff", "工勤人员"),
        ("Retired Staff", "离退休人员"), ("Young Staff", "青年职工"), ("Contract Staff", "合同制职工"),
    ),
    "public": (("Residents", "居民群众"), ("Trade Associations", "行业协会"), ("Volunteers' Societies", "志愿团体")),
}  # fmt: skip

_GOVERNMENT: dict[str, Pairs] = {
    "department": (
        ("Finance Department", "财政部门"), ("Education Department", "教育部门"), ("Health Department", "卫生健康部门"),
        ("Civil Affairs Department", "民政部门"), ("Planning Department", "自然资源和规划部门"),
        ("Construction Department", "住房和城乡建设部门"), ("Transport Department", "交通运输部门"),
        ("Environment Department", "生态环境部门"), ("Agriculture Department", "农业农村部门"),
        ("Commerce Department", "商务部门"), ("Development and Reform Department", "发展改革部门"),
        ("Human Resources Department", "人力资源和社会保障部门"), ("Justice Department", "司法行政部门"),
        ("Public Security Department", "公安部门"), ("Emergency Management Department", "应急管理部门"),
        ("Culture and Tourism Department", "文化和旅游部门"), ("Water Department", "水利部门"),
        ("Market Supervision Department", "市场监管部门"), ("Audit Department", "审计部门"),
        ("Statistics Department", "统计部门"), ("Industry Department", "工业和信息化部门"),
        ("Science Department", "科技部门"), ("Veterans Department", "退役军人事务部门"),
        ("Urban Management Department", "城市管理部门"),
    ),
    "subordinate": (
        ("Town Government", "镇政府"), ("Subdistrict Office", "街道办事处"), ("Public Institution", "下属事业单位"),
    ),
}  # fmt: skip

_UNIVERSITY: dict[str, Pairs] = {
    "department": (
        ("Faculty of Letters", "文学院"), ("Faculty of Law", "法学院"), ("Faculty of Economics", "经济学院"),
        ("Faculty of Mathematics", "数学学院"), ("Faculty of Physics", "物理学院"),
        ("Faculty of Chemistry", "化学学院"),
        ("Faculty of Life Sciences", "生命科学学院"), ("Faculty of Medicine", "医学院"),
        ("Faculty of Engineering", "工程学院"), ("Faculty of Computing", "计算机学院"),
        ("Faculty of Education", "教育学院"), ("Faculty of Management", "管理学院"),
        ("Faculty of Foreign Languages", "外国语学院"), ("Faculty of History", "历史学院"),
        ("Faculty of Arts", "艺术学院"),
        ("Registry", "教务处"), ("Finance Division", "财务处"), ("Personnel Division", "人事处"),
        ("Research Division", "科研处"), ("Student Affairs Division", "学生工作处"), ("Estates Division", "后勤管理处"),
        ("International Division", "国际交流处"), ("Library", "图书馆"), ("Graduate School", "研究生院"),
    ),
    "subordinate": (
        ("Institute", "研究所"), ("Laboratory", "实验室"), ("Teaching Section", "教研室"),
        ("Service Centre", "服务中心"),
    ),
    "staff": (
        ("Teachers", "教师"), ("Students", "学生"), ("Administrative Staff", "行政人员"),
        ("Retired Staff", "离退休人员"),
    ),
    "public": (("Alumni", "校友"), ("Parents", "学生家长"), ("Local Community", "周边社区")),
}  # fmt: skip

_COMPANY: dict[str, Pairs] = {
    "leading": (("Parent Group", "上级集团"),),
    "department": (
        ("Sales Department", "销售部"), ("Production Department", "生产部"), ("Purchasing Department", "采购部"),
        ("Finance Department", "财务部"), ("Research and Development Department", "研发部"),
        ("Quality Department", "质量部"), ("Human Resources Department", "人力资源部"), ("Legal Department", "法务部"),
        ("Logistics Department", "物流部"), ("Marketing Department", "市场部"), ("Safety Department", "安全环保部"),
        ("Information Technology Department", "信息技术部"), ("Investment Department", "投资发展部"),
        ("Audit Department", "审计部"),
        ("Customer Service Department", "客户服务部"), ("Planning Department", "计划部"),
    ),
    "subordinate": (("Plant", "工厂"), ("Branch", "分公司"), ("Project Team", "项目部"), ("Warehouse", "仓储中心")),
    "staff": (("Office Staff", "职能人员"), ("Workers", "一线员工"), ("Sales Staff", "销售人员")),
    "public": (("Customers", "客户"), ("Neighbours", "周边居民"), ("Investors", "投资者")),
}  # fmt: skip

NAMES = {
    "government": {**_COMMON, **_GOVERNMENT},
    "university": {**_COMMON, **_UNIVERSITY},
    "company": {**_COMMON, **_COMPANY},
}


def names_of(actors: np.recarray, naming: str) -> tuple[list[str], list[str]]:
    """Names of all actors, unique within each language: a list's names in turn, then numbered; organs numbered too."""
    lists = NAMES[naming]
    seen: dict[tuple[int, str], int] = {}
    several = int(actors.organ[-1]) > 0
    english, chinese = [], []
    for role, post, organ in zip(actors.role.tolist(), actors.post.tolist(), actors.organ.tolist(), strict=True):
        title = world.ROLES[role] if post == world.PLAIN else world.POSTS[post]
        count = seen.get((organ, title), 0)
        seen[organ, title] = count + 1
        number, place = divmod(count, len(lists[title]))
        en, zh = lists[title][place]
        if number:
            en, zh = f"{en} {number + 1}", f"{zh}{number + 1}"
        english.append(f"{en}, organ {organ + 1}" if several else en)
        chinese.append(f"第{organ + 1}单位{zh}" if several else zh)
    return english, chinese
