"""Looking at what was handed in: it is accepted, or refused with a reason for the person, and asked for again."""

from sqlalchemy.orm import Session

from cases import clock
from cases.case.service import log
from cases.dialogue import asking
from cases.errors import BadInput, NotFound
from cases.evidence import service as evidence
from cases.knowledge import knowledge
from cases.models import Actor, Attachment, Case, Conversation, EvidenceItem, EvidenceState, StaffUser
from cases.takeover import speaking
from cases.takeover.service import sendable
from cases.transcript import service as transcript

REASON_MAX_CHARS = 200


def accept(session: Session, conversation: Conversation, requirement_id: str, staff: StaffUser) -> None:
    """It serves. A refusal is taken back by this, and what was refused proves something again."""
    speaking.begin(session, conversation)
    case, item = _given(conversation, requirement_id)
    for file in item.attachments:
        if item.state == EvidenceState.NOT_ACCEPTED and file.withdrawn_at == item.changed_at:
            file.withdrawn_at = None
    item.state, item.refusal = EvidenceState.PROVIDED, None
    item.accepted_at = item.changed_at = clock.now()
    _log(session, case, "evidence_accepted", item, staff)


def refuse(session: Session, conversation: Conversation, requirement_id: str, staff: StaffUser, reason: str) -> None:
    """It does not serve: the person is told why and asked for it again, by `staff` if somebody has taken over.

    Raises `BadInput` without a reason.
    """
    turn = speaking.begin(session, conversation)
    case, item = _given(conversation, requirement_id)
    said = sendable(reason)
    if len(said) > REASON_MAX_CHARS:
        raise BadInput(f"原因写短一点，不超过 {REASON_MAX_CHARS} 字。", code="reason_length")
    _withdraw(item, said)
    conversation.before = None  # what the person did before is settled by this
    _log(session, case, "evidence_not_accepted", item, staff, reason=said)
    name = knowledge().evidence[requirement_id].name
    told = turn.word("evidence_not_accepted", name=name, reason=said.rstrip("。"))
    if conversation.taken_by_id is not None:
        transcript.record_staff(session, conversation, staff, told)
        return
    turn.remark_line(told)
    if turn.case is not None and not turn.asked("confirm"):
        asking.ask_evidence(turn, case, requirement_id)
    speaking.say(turn)


def file_under(
    session: Session, conversation: Conversation, attachment: Attachment, requirement_id: str, staff: StaffUser
) -> None:
    """Put a file that was sent where it belongs: what comes in while a human speaks, the assistant does not file."""
    speaking.begin(session, conversation)
    case, requirement = conversation.case, knowledge().evidence.get(requirement_id)
    if case is None or requirement is None or attachment.person_id != conversation.person_id:
        raise NotFound("没有这项证据。")
    if attachment.evidence_item_id is not None or attachment.withdrawn_at is not None:
        raise BadInput("这个文件已经归档或者撤回了。", code="file_filed")
    if evidence.kind_of(attachment) not in requirement.accepts:
        raise BadInput(f"「{requirement.name}」不收这种文件。", code="file_kind")
    item = evidence.provide(session, case, requirement_id, attachments=[attachment])
    item.refusal = None
    conversation.before = None
    _log(session, case, "evidence_filed", item, staff)


def _given(conversation: Conversation, requirement_id: str) -> tuple[Case, EvidenceItem]:
    """The case and what was given for a requirement of it, refused or not. Raises `NotFound` if nothing was."""
    case = conversation.case
    given = (EvidenceState.PROVIDED, EvidenceState.NOT_ACCEPTED)
    items = [item for item in (case.evidence if case else []) if item.requirement_id == requirement_id]
    if case is None or not items or items[0].state not in given:
        raise NotFound("这一项还没有收到东西。")
    return case, items[0]


def _withdraw(item: EvidenceItem, reason: str) -> None:
    item.state, item.refusal, item.accepted_at = EvidenceState.NOT_ACCEPTED, reason, None
    item.changed_at = clock.now()
    for file in item.attachments:
        file.withdrawn_at = file.withdrawn_at or item.changed_at


def _log(session: Session, case: Case, name: str, item: EvidenceItem, staff: StaffUser, **data: object) -> None:
    log(
        session,
        case,
        name,
        actor=Actor.STAFF,
        requirement=item.requirement_id,
        staff=staff.display_name,
        **data,
    )
