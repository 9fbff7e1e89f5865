"""The tables. Importing this module defines all of them."""

from cases.models.base import Base, public_id
from cases.models.case import Actor, Case, CaseEvent, Stage
from cases.models.conversation import Author, Conversation, Inbox, Message
from cases.models.correction import NluCorrection, Teacher
from cases.models.evidence import Attachment, EvidenceItem, EvidenceState, ReadingState
from cases.models.person import ChannelIdentity, Person
from cases.models.reminder import Reminder, ReminderKind
from cases.models.step import Document, Step

__all__ = [
    "Actor",
    "Attachment",
    "Author",
    "Base",
    "Case",
    "CaseEvent",
    "ChannelIdentity",
    "Conversation",
    "Document",
    "EvidenceItem",
    "EvidenceState",
    "Inbox",
    "Message",
    "NluCorrection",
    "Person",
    "ReadingState",
    "Reminder",
    "ReminderKind",
    "Stage",
    "Step",
    "Teacher",
    "public_id",
]
