"""One human, and the channels that know them."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cases.models.base import Base, public_id

if TYPE_CHECKING:
    from cases.models.conversation import Conversation


class Person(Base):
    """One human, whichever channels they use. `public_id` names them to Rasa and in logs.

    `link_failures` counts wrong link codes since `link_failed_at`.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=lambda: public_id(16))
    created_at: Mapped[datetime]
    link_failures: Mapped[int] = mapped_column(default=0)
    link_failed_at: Mapped[datetime | None]

    identities: Mapped[list["ChannelIdentity"]] = relationship(back_populates="person")
    conversation: Mapped["Conversation | None"] = relationship(back_populates="person")


class ChannelIdentity(Base):
    """How one channel knows a person: a web token's SHA-256, a WeChat openid, a REST sender.

    Where the channel lets us write first, `pushes_left` messages may go until `push_until`; `opt_ins` are reminders
    that the person has subscribed to and not yet got.
    """

    __tablename__ = "channel_identity"
    __table_args__ = (UniqueConstraint("channel", "external_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    channel: Mapped[str]
    external_id: Mapped[str]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    push_until: Mapped[datetime | None]
    pushes_left: Mapped[int] = mapped_column(default=0)
    opt_ins: Mapped[int] = mapped_column(default=0)

    person: Mapped[Person] = relationship(back_populates="identities")
