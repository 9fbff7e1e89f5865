"""The tables. Importing this module defines all of them."""

from cases.models.base import Base, public_id
from cases.models.case import Actor, Case, CaseEvent, Stage
from cases.models.conversation import Author, Conversation, Inbox, Message
from cases.models.correction import NluCorrection, Teacher
from cases.models.delivery import AccessToken, Callback, LinkCode, Outbox, OutboxState
from cases.models.evidence import Attachment, EvidenceItem, EvidenceState, ReadingState
from cases.models.person import ChannelIdentity, Person
from cases.models.reminder import Reminder, ReminderKind
from cases.models.staff import Audit, Label, Note, Role, SavedFilter, Seen, SignInAttempt, StaffSession, StaffUser
from cases.models.step import Document, Step

__all__ = [
    "AccessToken",
    "Actor",
    "Attachment",
    "Audit",
    "Author",
    "Base",
    "Callback",
    "Case",
    "CaseEvent",
    "ChannelIdentity",
    "Conversation",
    "Document",
    "EvidenceItem",
    "EvidenceState",
    "Inbox",
    "Label",
    "LinkCode",
    "Message",
    "NluCorrection",
    "Note",
    "Outbox",
    "OutboxState",
    "Person",
    "ReadingState",
    "Reminder",
    "ReminderKind",
    "Role",
    "SavedFilter",
    "Seen",
    "SignInAttempt",
    "StaffSession",
    "StaffUser",
    "Stage",
    "Step",
    "Teacher",
    "public_id",
]
