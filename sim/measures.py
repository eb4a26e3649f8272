"""What is measured: each measure defined once, with unit, direction and label in English and Chinese."""

from typing import NamedTuple

import numpy as np

from sim import world
from sim.compiled import allocating
from sim.rules.planning import RUSH
from sim.rules.positions import need_now
from sim.rules.recording import strain
from sim.world import World


class Measure(NamedTuple):
    """One number per run.  ``better`` is 'up', 'down' or '' (neither)."""

    name: str
    family: str  # efficiency, conflict, result
    unit: str
    better: str
    en: str
    zh: str
    meaning: str  # in English
    meaning_zh: str

    def told(self, lang: str) -> str:
        """What exactly is measured."""
        return self.meaning_zh if lang == "zh" else self.meaning


MEASURES = (
    Measure("closed", "efficiency", "share", "up", "matters closed", "办结率", "share of arrived matters closed at the end of the run", "期末已办结事项占发生事项的比例"),
    Measure("withdrawn", "efficiency", "share", "down", "matters withdrawn", "撤回率", "share of arrived matters withdrawn for want of a decision", "因迟迟未决而撤回的事项占发生事项的比例"),
    Measure("time_in_system", "efficiency", "day", "down", "time in the system", "在办时间", "mean time from arising to the latest closing, open matters counted up to the end of the run", "从发生到最近一次办结的平均时间，未办结的计至期末"),
    Measure("lead_mean", "efficiency", "day", "down", "mean lead time", "平均办结时间", "mean time from arising to the latest closing of closed matters", "已办结事项从发生到最近一次办结的平均时间"),
    Measure("lead_median", "efficiency", "day", "down", "median lead time", "办结时间中位数", "median of the same (nearest rank)", "同上的中位数（最近秩）"),
    Measure("lead_p90", "efficiency", "day", "down", "90th percentile of lead time", "办结时间第九十百分位", "90th percentile of the same (nearest rank)", "同上的第九十百分位（最近秩）"),
    Measure("decision_wait", "efficiency", "day", "down", "time to decision", "决策等待时间", "mean time from arising to the first decision of decided matters", "已决事项从发生到首次决定的平均时间"),
    Measure("on_time", "efficiency", "share", "up", "closed on time", "按期办结率", "share of matters due within the run that were closed by their deadline", "期限在运行期内的事项中按期办结的比例"),
    Measure("touch_share", "efficiency", "share", "up", "touch time / cycle time", "实作时间占比", "share of half-days under way in which someone worked on the matter", "在办的半天中有人办理的比例"),
    Measure("first_wait", "efficiency", "day", "down", "wait for the first act", "首次处理等待", "mean time from arising to the first act on a matter", "从发生到首次有人经办的平均时间"),
    Measure("backlog", "efficiency", "count", "down", "backlog", "期末积压", "matters under way at the end of the run", "期末在办的事项数"),
    Measure("handovers", "efficiency", "per matter", "down", "handovers", "移交次数", "changes of holder per matter", "每件事项经办人变更的次数"),
    Measure("coordination_hours", "efficiency", "h/matter", "down", "coordination hours", "协调工时", "hours of hosts, parties and leaders per matter", "每件事项协调方、参与方与领导投入的工时"),
    Measure("host_hours", "efficiency", "h/matter", "down", "hosts' hours", "协调方工时", "hours of coordinators per matter", "每件事项协调人员投入的工时"),
    Measure("party_hours", "efficiency", "h/matter", "down", "parties' hours", "参与方工时", "hours units give to rounds, meetings and papers, to being briefed and to lending a hand, per matter", "每件事项各单位用于协调、会议、阅文、听取通报和支援他人的工时"),
    Measure("leader_hours", "efficiency", "h/matter", "down", "leaders' hours", "领导工时", "hours of leaders' attention per matter", "每件事项领导投入的工时"),
    Measure("rework_hours", "efficiency", "h/matter", "down", "rework", "返工工时", "hours of work done again per matter", "每件事项返工的工时"),
    Measure("friction_hours", "efficiency", "h/matter", "down", "hours lost to friction", "内耗工时", "hours of execution lost to disagreement, or prepared in vain, per matter", "每件事项执行中因分歧损耗或提前准备而未用上的工时"),
    Measure("rounds", "efficiency", "per matter", "", "rounds of coordination", "协调轮次", "rounds held per matter", "每件事项举行的协调轮数"),
    Measure("returns", "efficiency", "per 100 matters", "down", "papers returned", "退文次数", "times a paper was sent back for flaws found in it, per 100 matters", "每百件事项因发现问题而退回的次数"),
    Measure("refused", "efficiency", "share", "", "matters refused", "不予办理率", "share of arrived matters answered with a refusal", "不予办理的事项占发生事项的比例"),
    Measure("misdirected", "efficiency", "per 100 matters", "down", "misdirected requests", "不合规请求", "faults of requests as they come in (wrong place, wrong form, incomplete), per 100 matters", "每百件事项中报错对象、形式不符或填报不全的处数"),
    Measure("double_bookings", "efficiency", "per 100 matters", "down", "double bookings", "日程冲突", "leaders' activities that met with another engagement, per 100 matters", "每百件事项中领导活动与既有日程冲突的次数"),
    Measure("urgent_on_time", "efficiency", "share", "up", "urgent matters closed on time", "急件按期办结率", "share of urgent matters (urgency above ½) due within the run that were closed by their deadline", "紧急程度超过二分之一且期限在运行期内的事项中按期办结的比例"),
    Measure("urged", "efficiency", "per 100 matters", "down", "urging", "催办次数", "times work that lagged, or a reader who kept a paper, had to be urged on, per 100 matters", "每百件事项中催办进度滞后的工作、催促压件阅文者的次数"),
    Measure("uneven_progress", "efficiency", "share", "down", "uneven progress", "进度不均", "standard deviation, over matters decided, to be carried out and due within the run, of the share of the hours asked in each that has been done", "期限在运行期内、已决且须执行的事项，各自所需工时完成比例的标准差"),
    Measure("leader_hours_affairs", "efficiency", "share", "down", "leaders' hours for affairs", "领导精力用于事务的比例", "share of leaders' hours that affairs take, the least of the four kinds of matters", "领导投入的工时中用于事务类事项的比例"),
    Measure("dispute_share", "efficiency", "share", "", "hours for disputes in follow-up", "督查中用于化解分歧的工时比例", "share of the hours coordinators spend on matters being carried out that goes into rounds with the parties, and not into finding out and looking", "协调人员用于执行中事项的工时里，用于与各方协调而非了解情况与查看的比例"),
    Measure("conflicts", "conflict", "per 100 matters", "down", "conflicts", "冲突总数", "outbreaks, secondary conflicts, reopenings and bursts of patience per 100 matters", "每百件事项的冲突爆发、次生冲突、重启与诉求激化次数"),
    Measure("outbreaks", "conflict", "per 100 matters", "down", "outbreaks", "冲突爆发", "outbreaks per 100 matters", "每百件事项的冲突爆发次数"),
    Measure("secondary", "conflict", "per 100 matters", "down", "secondary conflicts", "次生冲突", "contradictions between coordinators felt by a party, per 100 matters", "每百件事项中参与方感受到的指示矛盾次数"),
    Measure("escalations", "conflict", "per 100 matters", "down", "escalations", "上报次数", "disputes brought to a leader, per 100 matters", "每百件事项因争议报送领导的次数"),
    Measure("reopened", "conflict", "per 100 matters", "down", "reopened matters", "重启事项", "reopenings per 100 matters", "每百件事项的重启次数"),
    Measure("conflict_time", "conflict", "day/matter", "down", "time in open conflict", "冲突持续时间", "time blocked by outbreaks per matter", "每件事项因冲突受阻的时间"),
    Measure("latent_divergence", "conflict", "position", "down", "latent divergence", "潜在分歧", "weighted private divergence from the outcome at the latest closing, mean of closed matters", "已办结事项最近一次办结时内心与结果的加权平均差距"),
    Measure("bursts", "conflict", "per 100 matters", "down", "bursts of patience", "诉求激化", "matters of the grassroots whose patience burst, per 100 matters", "每百件事项中基层诉求激化的件数"),
    Measure("buck_passing", "conflict", "per 100 matters", "down", "buck-passing", "推诿次数", "times a unit passed a matter on without working on it, per 100 matters", "每百件事项中单位未办即转手的次数"),
    Measure("broken_promises", "conflict", "per 100 matters", "down", "agreements gone back on", "失信次数", "times an outcome that was settled became clearly worse for a party, per 100 matters", "每百件事项中既定结果变得对某方明显不利的次数"),
    Measure("reserved", "conflict", "per 100 matters", "", "differences reserved", "存异事项", "closed matters whose latest agreement left a recorded difference standing, per 100 matters", "每百件事项中已办结且最近一次一致意见记录存异的件数"),
    Measure("rule_clashes", "conflict", "count", "down", "contradictory documents in force", "现行文件打架", "contradictions standing between documents in force at the end of the run", "期末现行文件之间尚存的抵触处数"),
    Measure("strain", "conflict", "share", "down", "strain of ties", "关系紧张度", "one less the mean of working relation and trust over ties at the end of the run", "一减去期末各关系上工作关系与信任的均值"),
    Measure("chained", "conflict", "per 100 matters", "down", "chain reactions", "连锁冲突", "conflicts that spread to another matter, per 100 matters", "每百件事项中冲突蔓延至其他事项的次数"),
    Measure("breaches", "conflict", "per 100 matters", "down", "breaches of norms", "违规次数", "units found, at a look at their work, to depart too far from the outcome, per 100 matters", "每百件事项中查看执行情况时发现单位过分偏离既定结果的次数"),
    Measure("defects", "conflict", "per 100 matters", "down", "defects of documents issued", "发文遗留缺陷", "flaws and contradictions left in documents when they are issued, per 100 matters", "每百件事项中发文时遗留的差错与抵触处数"),
    Measure("goal_attainment", "result", "share", "up", "goal attainment", "目标达成度", "1 less the distance of the outcome from what the whole needs at closing, mean of closed matters", "一减去办结时结果与全局需要的差距，取已办结事项均值"),
    Measure("legal", "result", "share", "up", "legal compliance", "合法合规率", "share of decided matters whose outcome lies in the legal band", "已决事项中结果在合法范围内的比例"),
    Measure("implementation", "result", "share", "up", "implementation rate", "落实率", "share of the hours of work asked in matters decided, to be carried out and due within the run that has been done", "期限在运行期内、已决且须执行的事项所需工时中已完成的比例"),
    Measure("fidelity", "result", "share", "up", "fidelity to the mandate", "忠实领导意图", "1 less the distance of the outcome from the leader's intent when the matter arose, mean of closed matters", "一减去结果与事项发生时领导意图的差距，取已办结事项均值"),
    Measure("satisfaction_leaders", "result", "share", "up", "satisfaction of leaders", "领导满意度", "matters that do not come from the grassroots and are due within the run: half for being closed on time, half for how near the outcome is to the leader's intent", "非基层提出且期限在运行期内的事项：按期办结占一半，结果接近领导意图的程度占一半"),
    Measure("satisfaction_grassroots", "result", "share", "up", "satisfaction of the grassroots", "基层满意度", "matters of subordinate units, staff and the public due within the run: half for being closed on time, half for how near the outcome is to what they wanted; nothing where patience has burst", "下级单位、职工与公众提出且期限在运行期内的事项：按期办结占一半，结果接近其诉求的程度占一半；已激化的不计分"),
    Measure("prestige", "result", "share", "up", "prestige of the authority", "机关威信", "prestige at the end of the run, mean over organs", "期末威信，取各机关均值"),
    Measure("inequity", "result", "Gini", "down", "inequity of concessions", "让步不均度", "Gini coefficient over actors of the mean distance between outcome and interest", "各主体的结果与自身利益平均差距的基尼系数"),
    Measure("local_loss", "result", "position", "down", "concession of local interests", "局部利益让步", "mean distance between outcome and interest, over all parties of decided matters", "已决事项各方的结果与自身利益差距的均值"),
)
NAMES = tuple(measure.name for measure in MEASURES)

SERIES = (
    Measure("open", "efficiency", "matters", "down", "matters under way", "在办事项", "matters arrived and neither closed, refused nor withdrawn", "已发生而未办结、未撤回、未作不予办理答复的事项"),
    Measure("in_conflict", "conflict", "matters", "down", "matters in open conflict", "冲突中事项", "matters blocked by an outbreak", "因冲突受阻的事项"),
    Measure("conflicts_so_far", "conflict", "count", "down", "conflicts so far", "累计冲突", "outbreaks, secondary conflicts, reopenings and bursts of patience up to now", "截至当时的冲突爆发、次生冲突、重启与诉求激化次数"),
    Measure("strain", "conflict", "share", "down", "strain of ties", "关系紧张度", "one less the mean of working relation and trust over ties", "一减去当时各关系上工作关系与信任的均值"),
)
SERIES_NAMES = tuple(series.name for series in SERIES)


@allocating
def assess(w: World) -> np.ndarray:
    """All measures of a finished run: float64, in the order of MEASURES; NaN where nothing can be measured."""
    horizon, count = w.totals[0].horizon, w.matters.shape[0]
    per = 1.0 / count if count > 0 else np.nan
    days = 1.0 / world.TICKS_PER_DAY
    closed, withdrawn, refused, settled, decided, started, due, timely, lawful = 0, 0, 0, 0, 0, 0, 0, 0, 0
    in_system, to_decision, to_start, latent, attained, gone, faithful = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    leads, lead_total = np.empty(count), 0.0
    touches, handovers, rounds, outbreaks, secondary, escalated, reopened, conflict, returns = 0, 0, 0, 0, 0, 0, 0, 0, 0
    passed, reserved, urgent, prompt = 0, 0, 0, 0
    host, party, leader, affairs, rework, friction = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for m in range(count):
        life, arose, end = w.matters[m].life, w.matters[m].arose, float(horizon)
        if life == world.CLOSED:
            end = w.matters[m].closed + 1.0
            leads[closed] = (end - arose) * days
            lead_total += leads[closed]
            closed += 1
            if w.matters[m].decided >= 0:
                settled += 1
                latent += w.matters[m].latent
                attained += 1.0 - abs(w.matters[m].outcome - need_now(w, m, w.matters[m].closed))
                faithful += 1.0 - abs(w.matters[m].outcome - w.matters[m].mandate)
                reserved += w.matters[m].remainder > 0.0
        elif life == world.REFUSED:
            refused += 1
            end = w.matters[m].closed + 1.0
        elif life == world.WITHDRAWN:
            withdrawn += 1
            end = w.matters[m].arrival + w.rules[0].withdrawal
        in_system += (end - arose) * days
        gone += end - w.matters[m].arrival
        if w.matters[m].deadline < horizon:
            in_time = life == world.CLOSED and w.matters[m].closed <= w.matters[m].deadline
            due += 1
            timely += in_time
            if w.matters[m].urgency > RUSH:
                urgent += 1
                prompt += in_time
        if w.matters[m].decided >= 0:
            decided += 1
            to_decision += (w.matters[m].decided + 1.0 - arose) * days
            lawful += w.matters[m].low - 1e-9 <= w.matters[m].outcome <= w.matters[m].high + 1e-9
        if w.matters[m].first_act >= 0:
            started += 1
            to_start += (w.matters[m].first_act + 1.0 - arose) * days
        touches, handovers = touches + w.matters[m].touches, handovers + w.matters[m].handovers
        rounds, outbreaks = rounds + w.matters[m].rounds, outbreaks + w.matters[m].outbreaks
        secondary, escalated = secondary + w.matters[m].secondary, escalated + w.matters[m].escalated
        reopened, conflict = reopened + w.matters[m].reopened, conflict + w.matters[m].conflict
        returns, passed = returns + w.matters[m].returns, passed + w.matters[m].passed_on
        host, party = host + w.matters[m].host_hours, party + w.matters[m].party_hours
        leader, rework = leader + w.matters[m].leader_hours, rework + w.matters[m].rework
        if w.procedures[w.matters[m].procedure].kind == world.AFFAIRS:
            affairs += w.matters[m].leader_hours
    leads = np.sort(leads[:closed])
    for p in range(w.parties.shape[0]):
        friction += w.parties[p].friction
    progress, services, losses = _progress(w), _services(w), _losses(w)
    return np.array([
        closed * per, withdrawn * per, in_system * per, _share(lead_total, closed), _rank(leads, 0.5),
        _rank(leads, 0.9), _share(to_decision, decided), _share(timely, due), _share(touches, gone),
        _share(to_start, started), float(count - closed - withdrawn - refused), handovers * per,
        (host + party + leader) * per, host * per, party * per, leader * per, rework * per, friction * per,
        rounds * per, 100.0 * per * returns, refused * per, 100.0 * per * w.totals[0].misdirected,
        100.0 * per * w.totals[0].double_booked,
        _share(prompt, urgent), 100.0 * per * w.totals[0].urged, progress[UNEVEN], _share(affairs, leader),
        _share(w.totals[0].during_round_hours, w.totals[0].during_hours),
        100.0 * per * (outbreaks + secondary + reopened + w.totals[0].bursts), 100.0 * per * outbreaks,
        100.0 * per * secondary, 100.0 * per * escalated, 100.0 * per * reopened, conflict * days * per,
        _share(latent, settled), 100.0 * per * w.totals[0].bursts, 100.0 * per * passed, 100.0 * per * w.totals[0].broken,
        100.0 * per * reserved, _clashes(w), strain(w, horizon - 1), 100.0 * per * w.totals[0].chained,
        100.0 * per * w.totals[0].corrected, 100.0 * per * w.totals[0].defects,
        _share(attained, settled), _share(lawful, decided), progress[IMPLEMENTED], _share(faithful, settled),
        services[FOR_LEADERS], services[FOR_GRASSROOTS], services[PRESTIGE], losses[INEQUITY], losses[LOCAL],
    ])  # fmt: skip


IMPLEMENTED, UNEVEN = range(2)
FOR_LEADERS, FOR_GRASSROOTS, PRESTIGE = range(3)
INEQUITY, LOCAL = range(2)


@allocating
def _progress(w: World) -> np.ndarray:
    """How much of the work asked in matters decided and due has been done, and how unevenly over these matters."""
    asked, done, shares, count = 0.0, 0.0, np.empty(w.matters.shape[0]), 0
    for m in range(w.matters.shape[0]):
        to_do = w.matters[m].decided >= 0 and w.procedures[w.matters[m].procedure].work >= 0
        if not to_do or w.matters[m].deadline >= w.totals[0].horizon:
            continue
        asked_here, done_here = 0.0, 0.0
        for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
            hours = w.parties[p].done + w.parties[p].ahead + w.parties[p].helped
            asked, asked_here = asked + w.parties[p].work, asked_here + w.parties[p].work
            done, done_here = done + hours, done_here + hours
        if asked_here > 0.0:
            shares[count] = done_here / asked_here
            count += 1
    return np.array([_share(done, asked), _deviation(shares[:count])])


@allocating
def _services(w: World) -> np.ndarray:
    """How far those served have what they wanted, and what they think of the authority."""
    horizon = w.totals[0].horizon
    given, served, prestige = np.zeros(2), np.zeros(2), 0.0
    for m in range(w.matters.shape[0]):
        if w.matters[m].deadline >= horizon:
            continue
        first = w.matters[m].first
        role = w.actors[w.parties[first].actor].role
        side = 1 if role == world.SUBORDINATE or role == world.STAFF or role == world.PUBLIC else 0
        served[side] += 1.0
        if w.matters[m].life == world.CLOSED and not w.matters[m].burst:
            timely = w.matters[m].closed <= w.matters[m].deadline
            wanted = w.parties[first].ideal if side == 1 else w.matters[m].mandate
            near = 1.0 - abs(w.matters[m].outcome - wanted) if w.matters[m].decided >= 0 else 1.0
            given[side] += 0.5 * timely + 0.5 * near
    for o in range(w.organs.shape[0]):
        prestige += w.organs[o].prestige
    return np.array([_share(given[0], served[0]), _share(given[1], served[1]), prestige / w.organs.shape[0]])


@allocating
def _clashes(w: World) -> float:
    """Contradictions standing between documents in force, over organs and domains."""
    total = 0
    for o in range(w.force.shape[0]):
        for d in range(w.force.shape[1]):
            total += w.force[o, d].clashes
    return float(total)


@allocating
def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else np.nan


@allocating
def _rank(values: np.ndarray, share: float) -> float:
    """Nearest-rank percentile of sorted values."""
    if values.shape[0] == 0:
        return np.nan
    return values[max(int(np.ceil(share * values.shape[0])) - 1, 0)]


@allocating
def _deviation(values: np.ndarray) -> float:
    """Standard deviation of values that are all there are."""
    if values.shape[0] == 0:
        return np.nan
    total, squares = 0.0, 0.0  # sums in order, which compiled and plain code do alike
    for value in values:
        total += value
    mean = total / values.shape[0]
    for value in values:
        squares += (value - mean) * (value - mean)
    return np.sqrt(squares / values.shape[0])


@allocating
def _losses(w: World) -> np.ndarray:
    """How far outcomes lie from interests: Gini coefficient over actors of the mean of each, and mean over parties."""
    total, times = np.zeros(w.actors.shape[0]), np.zeros(w.actors.shape[0])
    loss, parties = 0.0, 0
    for p in range(w.parties.shape[0]):
        m = w.parties[p].matter
        if w.matters[m].decided >= 0:
            lost = abs(w.matters[m].outcome - w.parties[p].ideal)
            total[w.parties[p].actor] += lost
            times[w.parties[p].actor] += 1.0
            loss, parties = loss + lost, parties + 1
    given = np.sort(total[times > 0.0] / times[times > 0.0])
    weighted, whole = 0.0, 0.0  # sums in order, which compiled and plain code do alike
    for place in range(given.shape[0]):
        whole += given[place]
        weighted += (2.0 * (place + 1) - given.shape[0] - 1.0) * given[place]
    return np.array([_share(weighted, given.shape[0] * whole), _share(loss, parties)])
