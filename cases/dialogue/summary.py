"""A case and a step, told on one screen."""

from datetime import datetime

from cases.case.facts import known, listed
from cases.clock import SHANGHAI
from cases.knowledge import Knowledge
from cases.knowledge.schema import ChainLink, DeadlineType, Rung
from cases.models import Case, EvidenceState
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


def of_case(case: Case, knowledge: Knowledge) -> str:
    """What the case is, how complete the evidence chain is, and what would strengthen it."""
    words, planner = knowledge.wording, Planner(case, knowledge)
    lines = [
        words["summary_head"].format(number=case.number, kind=kind_name(case, knowledge)),
        listed(known(case), knowledge),
        *(words["summary_also"].format(plain=knowledge.kinds[grievance].plain) for grievance in case.also),
        words["summary_chain"].format(chain=_chain(planner, knowledge)),
    ]
    if gaps := [knowledge.evidence[id_].name for id_ in planner.gaps()]:
        lines.append(words["summary_gaps"].format(gaps="、".join(gaps)))
    more = [
        knowledge.evidence[id_].name
        for id_ in planner.plan.strengthens
        if planner.state_of(id_) != EvidenceState.PROVIDED
    ]
    if more:
        lines.append(words["summary_strengthens"].format(more="、".join(more[:3])))
    lines.append(words["not_advice"])
    return "\n".join(line for line in lines if line)


def of_rung(rung: Rung, knowledge: Knowledge) -> str:
    """What a step is and what to do, line by line."""
    todo = [f"{number}. {line}" for number, line in enumerate(rung.do, start=1)]
    head = knowledge.wording["step_head"].format(name=rung.name)
    tail = [knowledge.wording["step_letter"]] if rung.letter else []
    return "\n".join([head, rung.intro, *todo, *tail])


def of_progress(case: Case, knowledge: Knowledge) -> str:
    """Where the case stands, for somebody who asks."""
    words, planner = knowledge.wording, Planner(case, knowledge)
    required = planner.plan.required
    have = len(required) - len(planner.gaps())
    lines = [
        words["progress_head"].format(number=case.number, kind=kind_name(case, knowledge)),
        listed(known(case), knowledge),
        words["progress_evidence"].format(have=have, of=len(required)) if required else "",
        *(_step_line(step.rung_id, step.due_at, step.due_type, knowledge) for step in case.steps if step.submitted_at),
    ]
    return "\n".join(line for line in lines if line)


def kind_name(case: Case, knowledge: Knowledge) -> str:
    """The dispute in two or three words, the track included."""
    parts = [
        knowledge.kinds[case.dispute_kind].name if case.dispute_kind else "",
        knowledge.tracks[case.track].name if case.track else "",
    ]
    return "，".join(part for part in parts if part) or knowledge.wording["kind_unknown"]


def chinese_moment(moment: datetime) -> str:
    """`11月25日 14:30` in Shanghai."""
    local = moment.astimezone(SHANGHAI)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def _chain(planner: Planner, knowledge: Knowledge) -> str:
    words = knowledge.wording
    return " – ".join(f"{words[LINKS[link]]} {have}/{of}" for link, (have, of) in planner.chain().items())


def _step_line(rung_id: str, due_at: datetime | None, due_type: str | None, knowledge: Knowledge) -> str:
    name = knowledge.rungs[rung_id].name
    if due_at is None or due_type is None:
        return knowledge.wording["progress_step"].format(name=name)
    nature = knowledge.wording[NATURES[DeadlineType(due_type)]]
    return knowledge.wording["progress_step_due"].format(name=name, due=chinese_moment(due_at), nature=nature)
