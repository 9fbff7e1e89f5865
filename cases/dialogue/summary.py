"""A case, a step and what else could be done, each told on one screen."""

from collections.abc import Sequence
from datetime import datetime

from cases.case.facts import known, listed
from cases.clock import SHANGHAI
from cases.knowledge import Knowledge
from cases.knowledge.procedure import Rung
from cases.knowledge.schema import ChainLink, DeadlineType
from cases.ladder import Option
from cases.models import Case, EvidenceState, Step
from cases.planner import Planner

LINKS = {
    ChainLink.TRANSACTION: "chain_transaction",
    ChainLink.PROBLEM: "chain_problem",
    ChainLink.CONTACT: "chain_contact",
}
NATURES = {
    DeadlineType.STATUTORY: "nature_statutory",
    DeadlineType.JUDICIAL: "nature_judicial",
    DeadlineType.RULE: "nature_rule",
    DeadlineType.PLATFORM_CONTRACT: "nature_platform_contract",
    DeadlineType.PRACTICE: "nature_practice",
}


def of_case(planner: Planner) -> str:
    """What the case is, how complete the evidence chain is, what would strengthen it, and which way it goes."""
    case, knowledge = planner.case, planner.knowledge
    words, evidence = knowledge.wording, planner.evidence
    lines = [
        words["summary_head"].format(number=case.number, kind=kind_name(case, knowledge)),
        listed(known(case), knowledge),
        *(words["summary_also"].format(plain=knowledge.grievances[grievance].plain) for grievance in case.also),
        words["summary_chain"].format(chain=_chain(planner)),
    ]
    if gaps := [knowledge.evidence[id_].name for id_ in evidence.gaps()]:
        lines.append(words["summary_gaps"].format(gaps="、".join(gaps)))
    more = [
        knowledge.evidence[id_].name
        for id_ in evidence.plan.strengthens
        if evidence.state_of(id_) != EvidenceState.PROVIDED
    ]
    if more:
        lines.append(words["summary_strengthens"].format(more="、".join(more[:3])))
    lines += [words["summary_route"].format(why=planner.why()), words["not_advice"]]
    return "\n".join(line for line in lines if line)


def of_rung(rung: Rung, planner: Planner) -> str:
    """What a step is and what to do, line by line, with the mistakes to avoid."""
    words = planner.knowledge.wording
    todo = [f"{number}. {line}" for number, line in enumerate(rung.do, start=1)]
    head = words["step_head"].format(name=rung.name)
    warnings = [
        words["step_pitfall"].format(say=pitfall.say)
        for pitfall in planner.knowledge.pitfalls.values()
        if rung.id in pitfall.rungs and planner.situation.hold(pitfall.when)
    ]
    tail = [words["step_letter"]] if rung.letter else []
    return "\n".join([head, rung.intro, *todo, *warnings, *tail])


def of_doing(rung: Rung, knowledge: Knowledge) -> str:
    """How a step is taken, line by line: where, what those can and cannot do, and what stands behind it."""
    words, channel = knowledge.wording, knowledge.channels[rung.channel]
    about = [
        words["channel_entry"].format(entry=channel.entry),
        words["channel_can"].format(can="、".join(channel.can)),
        words["channel_cannot"].format(cannot="、".join(channel.cannot)) if channel.cannot else "",
        words["channel_power"].format(power=channel.power),
    ]
    return "\n".join([*rung.do, *(line for line in about if line)])


def of_options(options: Sequence[Option], knowledge: Knowledge) -> str:
    """What else may be done, and what the rest lacks."""
    words = knowledge.wording
    free = [option.rung.name for option in options if not option.closed and not option.lacks]
    lines = [words["options_free"].format(names="、".join(free)) if free else words["options_none"]]
    for option in options:
        if option.closed:
            lines.append(words["option_closed"].format(name=option.rung.name, why=option.closed))
        elif option.lacks:
            lines.append(lacking(option.rung, option.lacks, knowledge))
    return "\n".join(lines)


def lacking(rung: Rung, facts: Sequence[str], knowledge: Knowledge) -> str:
    """`向12315投诉还差：对方名称、对方地址。`"""
    names = "、".join(knowledge.facts[fact].name for fact in facts)
    return knowledge.wording["option_lacks"].format(name=rung.name, lacks=names)


def of_progress(planner: Planner) -> str:
    """Where the case stands, for somebody who asks."""
    case, knowledge = planner.case, planner.knowledge
    words, evidence = knowledge.wording, planner.evidence
    required = evidence.plan.required
    have = len(required) - len(evidence.gaps())
    lines = [
        words["progress_head"].format(number=case.number, kind=kind_name(case, knowledge)),
        listed(known(case), knowledge),
        words["progress_evidence"].format(have=have, of=len(required)) if required else "",
        *(_step_line(step, knowledge) for step in case.steps if step.submitted_at),
    ]
    return "\n".join(line for line in lines if line)


def kind_name(case: Case, knowledge: Knowledge) -> str:
    """The dispute in two or three words, the track included."""
    parts = [
        knowledge.kinds[case.dispute_kind].name if case.dispute_kind else "",
        knowledge.tracks[case.track].name if case.track else "",
    ]
    return "，".join(part for part in parts if part) or knowledge.wording["kind_unknown"]


def due_of(step: Step, knowledge: Knowledge) -> str:
    """`11月25日 14:30（惯例，不是法定期限，暂定）`; empty if nothing runs."""
    if step.due_at is None:
        return ""
    if step.due_type is None:
        return chinese_moment(step.due_at)
    nature = knowledge.wording[NATURES[DeadlineType(step.due_type)]]
    provisional = knowledge.wording["provisional"] if step.provisional else ""
    return f"{chinese_moment(step.due_at)}（{nature}{provisional}）"


def chinese_moment(moment: datetime) -> str:
    """`11月25日 14:30` in Shanghai; only the day if it runs to the day's end."""
    local = moment.astimezone(SHANGHAI)
    day = f"{local.month}月{local.day}日"
    return day if (local.hour, local.minute) == (23, 59) else f"{day} {local:%H:%M}"


def _chain(planner: Planner) -> str:
    words = planner.knowledge.wording
    return " – ".join(f"{words[LINKS[link]]} {have}/{of}" for link, (have, of) in planner.evidence.chain().items())


def _step_line(step: Step, knowledge: Knowledge) -> str:
    words, name = knowledge.wording, knowledge.rungs[step.rung_id].name
    number = words["progress_reference"].format(number=step.reference_no) if step.reference_no else ""
    if step.outcome is not None and step.outcome in knowledge.outcomes:
        return words["progress_step_outcome"].format(
            name=name, outcome=knowledge.outcomes[step.outcome].title, number=number
        )
    if due := due_of(step, knowledge):
        return words["progress_step_due"].format(name=name, due=due, number=number)
    return words["progress_step"].format(name=name, number=number)
