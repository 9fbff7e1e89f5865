"""Evidence: files, words, 没有, 晚点. Nothing here ever blocks the procedure."""

import re
from collections.abc import Collection

from cases.case import service as cases_
from cases.dialogue import asking
from cases.dialogue.topics import confirmation
from cases.dialogue.turn import Turn
from cases.evidence import repository
from cases.evidence import service as evidence
from cases.knowledge.schema import Requirement
from cases.models import Attachment, Case

DECLINES = re.compile(
    r"(?<!有)没有|没存|没留|[找查]不|不记得|不知道|不清楚|不晓得|忘了|记不|[哪谁](?:里|儿|个|会|还)*记得|删了|丢了"
)
DECLINES_ONLY = re.compile(
    r"(?:我|这个|真的?|都)*(?:没有|不记得|不知道|不清楚|不晓得|忘了|记不得)[了啊呢哦的呀。,，.~！!]*"
)
QUESTIONS = re.compile(r"[?？吗呢]|怎么|为什么|咋")
# 聊天记录有的，发不上来: what cannot be sent is there all the same, and must not be closed.
HAVE = re.compile(
    r"[发传]不(?:出|上|了|过)|(?<!没)有(?:的|录屏|截图|照片)|(?<!没)(?:截图|存|录|拍)好?了|我(?:都|这)?有(?!\w)"
)
DECLINE_CHARS = 12
# 我不知道什么平台，就网上搜的: who begins so may say more.
BEGINS_NOT_KNOWING = re.compile(r"我?(?:也|真的?|都)?(?:不知道|不清楚|不记得|不晓得|记不得|忘了)")
NOT_KNOWING_CHARS = 24
SPEAKS_FOR_ITSELF = ("ask_human", "cancel", "new_case", "danger", "unauthorized", "self_harm")
# A person's account of this length says something; a shorter "有的" only says that there is something.
ACCOUNT_CHARS = 15
SOON = r"(?:晚点|等会|等下|回头|待会|一会|稍后|明天|今晚)"
PUTS_OFF = re.compile(rf"{SOON}.{{0,4}}[发拍弄找传补]|[发拍弄找传补].{{0,4}}{SOON}")
CORRECTS = re.compile(r"不是.{1,15}是|[说写记搞弄填]错|更正|改成|应该是")
PICTURES = re.compile(r"截图|照片|图片|凭证|证据")
HAN = re.compile(r"[\u4e00-\u9fff]")


def declines_question(turn: Turn) -> bool:
    """Whether a short message says that what was asked for is not there: 没有订单号, 不记得了, 删了."""
    text = turn.understood.text
    asked = turn.asked("fact") or turn.asked("evidence")
    return (
        asked is not None
        and not (turn.understood.intent in SPEAKS_FOR_ITSELF and turn.understood.is_heeded)
        and not (turn.understood.intent == "merchant_gone" and turn.understood.is_sure)  # 他把我删了
        and len(text) <= (NOT_KNOWING_CHARS if BEGINS_NOT_KNOWING.match(text) else DECLINE_CHARS)
        and DECLINES.search(text) is not None
        and QUESTIONS.search(text) is None
    )


def declines_only(turn: Turn) -> bool:
    """Whether a message says nothing but that it is not there: 不知道. Then no reading of it holds anything else."""
    asked = turn.asked("fact") or turn.asked("evidence")
    return asked is not None and DECLINES_ONLY.fullmatch(turn.understood.text.strip()) is not None


def is_put_off(turn: Turn) -> bool:
    """Whether a message about something else also puts off the evidence that was asked for."""
    return turn.asked("evidence") is not None and PUTS_OFF.search(turn.understood.text) is not None


def handle(turn: Turn) -> None:
    """Take what the message says or brings about evidence."""
    files = repository.loose(turn.session, turn.person)
    case = turn.case
    if case is None:
        turn.remark("file_kept" if files else "not_understood_no_case")
        return
    take_facts_beside(turn, case)
    intent = turn.understood.intent
    if files:
        _provide_files(turn, case, files)
    elif declines_only(turn) or declines_question(turn) or _says_unavailable(turn):
        unavailable(turn)
    elif intent == "evidence_later":
        later(turn)
    else:
        _given_without_file(turn, case)


def _says_unavailable(turn: Turn) -> bool:
    return turn.understood.intent == "evidence_unavailable" and not HAVE.search(turn.understood.text)


def unavailable(turn: Turn) -> None:
    """没有: close the item, say once what that means and what would serve instead."""
    case, requirement_id = turn.case, _about(turn)
    if turn.asked("confirm"):
        confirmation.refuse(turn)
    elif case is None or requirement_id is None:
        _not_known(turn)
    else:
        requirement = turn.knowledge.evidence[requirement_id]
        evidence.close_unavailable(turn.session, case, requirement_id)
        turn.remark("evidence_unavailable", name=requirement.name, without=requirement.without)
        if requirement.substitutes:
            turn.remark("evidence_substitute", substitute=requirement.substitutes[0])


def later(turn: Turn) -> None:
    """晚点: put the item off, and go on."""
    case, requirement_id = turn.case, _about(turn)
    if case is None or requirement_id is None:
        _not_known(turn)
    else:
        item = evidence.park(turn.session, case, requirement_id)
        if turn.planner(case).evidence.to_ask() == requirement_id:  # to come back to it at once would be to insist
            item = evidence.park(turn.session, case, requirement_id)
        name = turn.knowledge.evidence[requirement_id].name
        if item.parked == 1:
            turn.remark("evidence_later", name=name)
        else:
            turn.remark("evidence_later_again", name=name)


def kept(turn: Turn) -> None:
    """The person keeps it themselves: that counts, and the text says so."""
    case, requirement_id = turn.case, _about(turn)
    if case is not None and requirement_id is not None:
        evidence.provide(turn.session, case, requirement_id, text=turn.word("evidence_kept_note"))
        turn.remark("evidence_kept", name=turn.knowledge.evidence[requirement_id].name)


def _not_known(turn: Turn) -> None:
    """没有 or 晚点 to a question for a fact: the one named, else the one asked, is left open for good."""
    asked = turn.asked("fact")
    named = turn.named_fact() if asked else None
    if asked and named is None and PICTURES.search(turn.understood.text):
        turn.remark("pictures_later")
        asking.stay_with_fact(turn)
        return
    fact_id = named or asked
    if turn.case is not None and fact_id is not None:
        cases_.set_unknown(turn.session, turn.case, fact_id)
        turn.conversation.asked = None if fact_id == asked else turn.conversation.asked
        turn.remark("fact_unknown", fact=turn.knowledge.facts[fact_id].name)
    elif turn.case is not None:
        turn.remark("no_hurry")
    else:
        turn.remark("not_understood_no_case")


def _provide_files(turn: Turn, case: Case, files: list[Attachment]) -> None:
    requirement_id = _about(turn) or _next_gap(turn, case)
    requirement = turn.knowledge.evidence[requirement_id]
    fitting = [file for file in files if evidence.kind_of(file) in requirement.accepts]
    for file in files:
        if file not in fitting:
            _refuse(turn, case, file, requirement)
    if fitting:
        evidence.provide(turn.session, case, requirement_id, attachments=fitting)
        turn.remark("evidence_received", name=requirement.name, must_show="、".join(requirement.must_show))


def _refuse(turn: Turn, case: Case, file: Attachment, requirement: Requirement) -> None:
    evidence.refuse(turn.session, case, file, requirement.id)
    accepted = [turn.word(f"file_{kind}") for kind in requirement.accepts]
    kind = turn.word(f"file_{evidence.kind_of(file)}")
    turn.remark("evidence_refused", name=requirement.name, kind=kind, accepted="或".join(accepted))


def _given_without_file(turn: Turn, case: Case) -> None:
    requirement_id = _about(turn)
    text = turn.understood.text
    if requirement_id is None:
        turn.remark("evidence_none_asked")
    elif is_account(text):
        evidence.provide(turn.session, case, requirement_id, text=text)
        turn.remark("evidence_words", name=turn.knowledge.evidence[requirement_id].name)
    elif turn.conversation.misses:
        kept(turn)
    else:
        asking.missed(turn)
        turn.ask(
            f"evidence.{requirement_id}",
            turn.word("evidence_send", name=turn.knowledge.evidence[requirement_id].name),
            [turn.button("evidence.kept"), turn.button("evidence.later"), turn.button("evidence.unavailable")],
        )
        turn.done = True


def is_account(text: str) -> bool:
    """Whether a text tells enough in words to stand for evidence."""
    return len(text) >= ACCOUNT_CHARS and 2 * len(HAN.findall(text)) >= len(text)


def take_facts_beside(turn: Turn, case: Case, but: Collection[str] = ()) -> None:
    """Facts said on the way fill gaps (`but` these do not); what is settled is only changed by who says so."""
    said = {name: value for name, value in turn.understood.facts.items() if name not in but}
    missing = {name: value for name, value in said.items() if getattr(case, name) is None}
    other = {name: value for name, value in said.items() if name not in missing and getattr(case, name) != value}
    if missing:
        turn.remark("facts_noted", facts=turn.listed(cases_.set_facts(turn.session, case, missing)))
    if other and CORRECTS.search(turn.understood.text):
        turn.remark("facts_changed", facts=turn.listed(cases_.set_facts(turn.session, case, other)))


def _about(turn: Turn) -> str | None:
    """The requirement a message is about: the one it names, else the one that was asked for."""
    if turn.case is None:
        return None
    plan = turn.planner(turn.case).evidence.plan
    for id_ in (*plan.required, *plan.strengthens):
        if any(alias in turn.understood.text for alias in turn.knowledge.evidence[id_].aliases):
            return id_
    return turn.asked("evidence")


def _next_gap(turn: Turn, case: Case) -> str:
    needs = turn.planner(case).evidence
    gaps = needs.gaps()
    return gaps[0] if gaps else (*needs.plan.strengthens, *needs.plan.required)[0]
