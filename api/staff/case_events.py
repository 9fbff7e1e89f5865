"""What happened to a case, each event told in a few words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cases.case.facts import DAYS, FACTS, KIND, shown
from cases.evidence.service import Found
from cases.knowledge import Knowledge
from cases.models import CaseEvent
from cases.review.privacy import masked, masked_fact

ACTORS = {"person": "对方", "bot": "助手", "staff": "客服"}
# {what} is what the event is about: a fact, a piece of evidence, a step, a stage …
EVENTS = {
    "opened": "建了案子",
    "joined": "和另一个入口合到一起",
    "reopened": "接着办",
    "taken_back": "撤回了上一条",
    "account": "又说了一遍经过",
    "merchant_reaction": "说了商家的反应",
    "fact_set": "记下{what}",
    "fact_unknown": "不清楚{what}",
    "fact_forgotten": "去掉{what}",
    "kind_set": "类型：{what}",
    "track_set": "另记：{what}",
    "grievance_added": "还提到：{what}",
    "flagged": "注意：{what}",
    "stage_set": "阶段：{what}",
    "evidence_asked": "问了「{what}」",
    "evidence_provided": "收到「{what}」",
    "evidence_unavailable": "没有「{what}」",
    "evidence_later": "「{what}」晚点发",
    "evidence_accepted": "接受「{what}」",
    "evidence_not_accepted": "退回「{what}」",
    "evidence_filed": "归入「{what}」",
    "file_refused": "「{what}」的文件不合要求",
    "document_made": "写好「{what}」",
    "document_confirmed": "确认「{what}」",
    "step_proposed": "建议「{what}」",
    "step_submitted": "已做「{what}」",
    "step_taken_back": "「{what}」还没做",
    "step_outcome": "结果：{what}",
    "outcome_unclear": "结果没说清",
    "period_begun": "「{what}」开始计时",
    "due_changed": "「{what}」的日子重新算了",
    "promise_dated": "「{what}」答应了日子",
    "reference_noted": "「{what}」有了编号",
    "reference_told": "说了一个编号",
    "reminded": "提醒「{what}」",
    "human_wanted": "想找真人",
    "taken_over": "{what}接管",
    "handed_back": "{what}交回",
}
STAGES = {"intake": "了解情况", "evidence": "收集证据", "step": "办理中", "waiting": "等待结果", "closed": "已结案"}


def told(event: CaseEvent, known: Knowledge, *, is_open: bool) -> str:
    """`记下付款金额 200 元`. What leads to somebody is masked unless it `is_open`."""
    what = _what(event.data, known, is_open=is_open)
    line = EVENTS.get(event.name, event.name).format(what=what)
    reason = event.data.get("reason")
    return f"{line}：{reason if is_open else masked(reason)}" if reason else line


def _what(data: dict[str, Any], known: Knowledge, *, is_open: bool) -> str:
    match data:
        case {"outcome": str(outcome), "rung": str(rung)}:
            title = known.outcomes[outcome].title if outcome in known.outcomes else "做完了"
            return f"{_name(known.rungs, rung)}，{title}"
        case {"fact": str(fact)}:
            return _fact(fact, data.get("value"), known, is_open=is_open)
        case {"requirement": str(requirement)}:
            return _name(known.evidence, requirement)
        case {"rung": str(rung)}:
            return _name(known.rungs, rung)
        case {"stage": str(stage)}:
            return STAGES.get(stage, stage)
        case {"flag": str(flag)}:
            return _name(known.guards, flag)
        case {"staff": str(staff)}:
            return staff
    about: Mapping[str, Any] = {**known.kinds, **known.tracks, **known.documents}
    return next((str(about[value].name) for value in data.values() if isinstance(value, str) and value in about), "")


def _fact(fact: str, value: Found, known: Knowledge, *, is_open: bool) -> str:
    name = known.facts[fact].name if fact in known.facts else fact
    if value is None or fact not in (*FACTS, KIND) or isinstance(value, list | tuple):
        return name
    read = date.fromisoformat(value) if fact in DAYS and isinstance(value, str) else value
    said = shown(fact, read, known)  # type: ignore[arg-type]  # a list was let go above
    return f"{name} {said if is_open else masked_fact(fact, said)}"


def _name(entries: Any, id_: str) -> str:
    return str(entries[id_].name) if id_ in entries else id_
