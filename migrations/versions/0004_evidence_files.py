"""evidence files: their measures, what was read in them, what is to be covered; the last message can be taken back"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MEASURES = ("width", "height", "pages")


def upgrade() -> None:
    with op.batch_alter_table("attachment") as attachment:
        for measure in MEASURES:
            attachment.add_column(sa.Column(measure, sa.Integer(), nullable=True))
        attachment.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
        attachment.add_column(sa.Column("likeness", sa.String(), nullable=True))
        attachment.add_column(sa.Column("reading_state", sa.String(), nullable=False, server_default="none"))
        attachment.add_column(sa.Column("reading", sa.JSON(), nullable=True))
        attachment.add_column(sa.Column("redaction", sa.JSON(), nullable=True))
        attachment.create_index(op.f("ix_attachment_reading_state"), ["reading_state"], unique=False)
    with op.batch_alter_table("conversation") as conversation:
        conversation.add_column(sa.Column("before", sa.JSON(), nullable=True))
    with op.batch_alter_table("inbox") as inbox:
        inbox.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        inbox.create_foreign_key(op.f("fk_inbox_person_id"), "person", ["person_id"], ["id"])
        inbox.create_index(op.f("ix_inbox_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("inbox") as inbox:
        inbox.drop_index(op.f("ix_inbox_person_id"))
        inbox.drop_constraint(op.f("fk_inbox_person_id"), type_="foreignkey")
        inbox.drop_column("person_id")
    with op.batch_alter_table("conversation") as conversation:
        conversation.drop_column("before")
    with op.batch_alter_table("attachment") as attachment:
        attachment.drop_index(op.f("ix_attachment_reading_state"))
        for column in ("redaction", "reading", "reading_state", "likeness", "withdrawn_at", *reversed(MEASURES)):
            attachment.drop_column(column)
