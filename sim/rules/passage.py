"""The passage of a matter through the stages of its procedure: what ends sends it on, back, up, or to its close.

Source: the stage tables of the handbooks (seed 003; seed 002 三(三)); the stages themselves are data
(``scenarios/procedures``).
"""

from sim import vocabulary, world
from sim.compiled import compiled, entered
from sim.draws import REPORT, uniform
from sim.rules.briefs import desk_work, open_briefs
from sim.rules.checking import mend
from sim.rules.closing import close, refuse
from sim.rules.convening import begin_settling, worth_a_round
from sim.rules.decision import adopt
from sim.rules.docket import hand_up, submit
from sim.rules.documents import issue
from sim.rules.duties import name_lead, pass_on
from sim.rules.execution import begin, give_paperwork, surface
from sim.rules.occasions import await_superior, circulate_paper, schedule_event
from sim.rules.positions import mean_voice, spoken_divergence
from sim.rules.reports import after_consulting, after_mending, after_review, after_ruling, after_settling
from sim.rules.telling import tell
from sim.world import EPSILON, World


@entered
def proceed(w: World, m: int, t: int) -> None:
    """[PAS-PROCEED] A matter moves on from what has come to an end."""
    w.matters[m].moving = 0
    w.totals[0].moving -= 1
    if w.matters[m].life == world.WITHDRAWN:
        return
    ended, s = w.matters[m].ended, w.matters[m].stage
    if ended == world.STARTED:
        onward = w.procedures[w.matters[m].procedure].entry
    elif ended == world.PASSED:
        onward = after_passing(w, m, s, t)
    elif ended == world.FAILED:
        onward = after_failing(w, m, s, t)
    elif ended == world.RESUMED:
        onward = s
    elif ended == world.RULED:
        onward = after_ruling(w, m, t)
    elif w.matters[m].settling:
        onward = after_settling(w, m, t)
    elif w.matters[m].acting == world.BEFORE:
        onward = after_consulting(w, m, t)
    elif w.matters[m].acting == world.DURING:
        onward = after_mending(w, m, t)
    else:
        onward = after_review(w, m, t)
    if onward != world.STAY:
        enter(w, m, onward, t)


@compiled
def after_passing(w: World, m: int, s: int, t: int) -> int:
    """[PAS-PASS] What was found wrong has been mended by the desk it went back to; a document may come into force."""
    if w.matters[m].found:
        mend(w, m)
    if w.stages[s].names:
        name_lead(w, m)
    if w.stages[s].type == vocabulary.EXECUTE:
        surface(w, m, t)
        if w.matters[m].pending > 0:
            return world.STAY
        if w.matters[m].reopened:
            return world.CLOSE
    if w.stages[s].issues:
        issue(w, m, t)
    return w.stages[s].passed


@compiled
def after_failing(w: World, m: int, s: int, t: int) -> int:
    """[PAS-FAIL] Back to where the procedure says, so many times; then beyond, with what could not be mended."""
    shift = 4 * w.stages[s].place
    if (w.matters[m].visits >> shift) & 15 >= w.stages[s].limit:
        w.matters[m].found = 0
        return w.stages[s].beyond
    w.matters[m].visits += 1 << shift
    if w.stages[s].type == vocabulary.SCHEDULE:
        tell(w, t, vocabulary.POSTPONED, m, -1, -1, 0.0, 0)
    else:
        w.matters[m].returns += 1
        tell(w, t, vocabulary.RETURNED, m, w.matters[m].holder, -1, w.stages[s].failed, 0)
    return w.stages[s].failed


@compiled
def enter(w: World, m: int, onward: int, t: int) -> None:
    """[PAS-ENTER] A matter enters the next stage that concerns it, goes up to a leader, or comes to its end."""
    s = onward
    while s >= 0 and passed_over(w, m, s, t):
        s = w.stages[s].passed
    if s == world.CLOSE:
        close(w, m, t)
    elif s == world.REFUSE:
        refuse(w, m, t)
    elif s == world.TO_LEADER:
        go_up(w, m, t)
    else:
        w.matters[m].stage, w.matters[m].life = s, w.stages[s].life
        tell(w, t, vocabulary.ENTERS, m, -1, -1, s, 0)
        set_out(w, m, s, t)


@compiled
def passed_over(w: World, m: int, s: int, t: int) -> bool:
    """[PAS-OVER] Stages that do not concern this matter; a decision that an agreement, or a leader's ruling, has made
    superfluous; a consultation of parties who have been consulted and agree, or for which no hours are left.
    """
    if not concerns(w, m, w.stages[s].when):
        return True
    kind = w.stages[s].type
    if kind == vocabulary.DECIDE:
        agreed = w.matters[m].settled or entrusted(w, m)
        if w.procedures[w.matters[m].procedure].leaders_only:
            agreed = False
        if agreed or (w.matters[m].ruled and w.stages[s].checks == 0):
            adopt(w, m, t)
            return True
    elif kind == vocabulary.CONSULT:
        if w.stages[s].life == world.AFTER:
            return w.matters[m].left_after <= EPSILON or w.matters[m].reviewed
        if w.matters[m].rounds == 0 or w.matters[m].disputed:
            return False
        returned = w.matters[m].ended == world.FAILED
        enough = w.rules[0].consensus_divergence + w.matters[m].remainder
        if not returned and spoken_divergence(w, m, w.matters[m].paper) <= enough:
            return True
        return not worth_a_round(w, m, w.stages[s].share * w.matters[m].left_before)
    return False


@compiled
def entrusted(w: World, m: int) -> bool:
    """[PAS-ENTRUST] Whether what the parties have agreed on is light enough for the office to settle it on the leader's
    behalf (M8, 权力委任).
    """
    agreed = w.matters[m].rounds > 0 and not w.matters[m].disputed
    return agreed and w.matters[m].importance < w.strategy[0].entrustment


@compiled
def concerns(w: World, m: int, when: int) -> bool:
    """[PAS-WHEN] Whether a condition of the procedure holds for a matter."""
    if when == vocabulary.ALWAYS:
        return True
    if when == vocabulary.NEVER:
        return False
    if when == vocabulary.SEVERAL:
        return w.matters[m].parties > 1
    if when == vocabulary.WEIGHTY:
        return w.matters[m].importance >= w.rules[0].principal_importance
    if when == vocabulary.LIGHT:
        return w.matters[m].importance < w.rules[0].principal_importance
    if when == vocabulary.DIVIDED:
        return spoken_divergence(w, m, mean_voice(w, m)) > w.rules[0].consensus_divergence
    if when == vocabulary.BY_FORM:
        return w.strategy[0].forms == 1
    if when == vocabulary.REMINDING:
        return w.strategy[0].reminders == 1
    if when == vocabulary.CHANGED_PAPER:
        reported = uniform(w.keys[REPORT], w.matters[m].ident, 0, 0) < w.strategy[0].report_share
        return w.matters[m].amended == 1 and reported
    if when == vocabulary.FROM_BELOW:
        return w.actors[w.parties[w.matters[m].first].actor].role == world.SUBORDINATE
    for p in range(w.matters[m].first, w.matters[m].first + w.matters[m].parties):
        role = w.actors[w.parties[p].actor].role
        if role == world.SUPERIOR or role == world.PEER or role == world.PUBLIC:
            return True
    return False


@compiled
def go_up(w: World, m: int, t: int) -> None:
    """[PAS-UP] All views go to a leader (B12): a dispute to be ruled on, or what a desk could not put right."""
    if w.matters[m].ended == world.FAILED:
        w.matters[m].asked = 1
        hand_up(w, m, vocabulary.BY_LEADER, w.rules[0].decision_hours, t)
    else:
        w.matters[m].disputed = 1
        submit(w, m, vocabulary.BY_LEADER, w.rules[0].decision_hours, t)


@compiled
def set_out(w: World, m: int, s: int, t: int) -> None:
    """[PAS-SET] What a stage asks for is put before those who do it."""
    kind, who = w.stages[s].type, w.stages[s].who
    hours = w.stages[s].hours + w.stages[s].hours_party * w.matters[m].parties
    if kind == vocabulary.EXECUTE:
        adopt(w, m, t)
    if (kind == vocabulary.EXECUTE or who == vocabulary.BY_LEAD) and pass_on(w, m, t):
        return
    if kind == vocabulary.CONSULT:
        consult(w, m, s, t)
    elif kind == vocabulary.DECIDE:
        submit(w, m, who, hours if hours > 0.0 else w.rules[0].decision_hours, t)
    elif kind == vocabulary.EXECUTE:
        begin(w, m, t)
    elif kind == vocabulary.CIRCULATE:
        circulate_paper(w, m, s, t)
    elif kind == vocabulary.SCHEDULE:
        schedule_event(w, m, s, t)
    elif who == vocabulary.BY_OFFICE:
        desk_work(w, m, world.DESK, hours + w.matters[m].extra)
        w.matters[m].extra = 0.0
    elif who == vocabulary.BY_LEAD:
        give_paperwork(w, m, hours)
    elif who == vocabulary.BY_SUPERIOR:
        await_superior(w, m, s, t)
    else:
        w.matters[m].asked = 1
        hand_up(w, m, who, hours, t)


@compiled
def consult(w: World, m: int, s: int, t: int) -> None:
    """[PAS-CONSULT] The parties are coordinated: by themselves first where the structure says so (N3), else by
    hosts.
    """
    if w.stages[s].life == world.AFTER:
        w.matters[m].reviewed = 1
        open_briefs(w, m, world.AFTER, w.stages[s].share)
    elif w.strategy[0].structure == world.SELF_FIRST and w.matters[m].parties > 1 and w.matters[m].rounds == 0:
        begin_settling(w, m, t)
    else:
        open_briefs(w, m, world.BEFORE, w.stages[s].share)
