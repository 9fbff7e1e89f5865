"""channels that deliver twice and are answered late: callbacks, outbox, shared tokens, codes that join two doors"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "callback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("held_until", TIME, nullable=True),
        sa.Column("done_at", TIME, nullable=True),
        sa.Column("processed", sa.Integer(), nullable=False),
        sa.Column("reply", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_callback_person_id")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_callback_key_hash")),
    )
    op.create_index(op.f("ix_callback_person_id"), "callback", ["person_id"], unique=False)
    op.create_index(op.f("ix_callback_done_at"), "callback", ["done_at"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("reminder_id", sa.Integer(), nullable=True),
        sa.Column("callback_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("means", sa.String(), nullable=True),
        sa.Column("parts_sent", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("not_before", TIME, nullable=False),
        sa.Column("sent_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["callback_id"], ["callback.id"], name=op.f("fk_outbox_callback_id")),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_outbox_message_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_outbox_person_id")),
        sa.ForeignKeyConstraint(["reminder_id"], ["reminder.id"], name=op.f("fk_outbox_reminder_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    for column in ("person_id", "message_id", "state"):
        op.create_index(op.f(f"ix_outbox_{column}"), "outbox", [column], unique=False)
    op.create_table(
        "access_token",
        sa.Column("app_id", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("app_id", name=op.f("pk_access_token")),
    )
    op.create_table(
        "link_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("used_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_link_code_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_link_code_code_hash")),
    )
    op.create_index(op.f("ix_link_code_person_id"), "link_code", ["person_id"], unique=False)
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("link_failures", sa.Integer(), nullable=False, server_default="0"))
        person.add_column(sa.Column("link_failed_at", TIME, nullable=True))
    with op.batch_alter_table("channel_identity") as identity:
        identity.add_column(sa.Column("push_until", TIME, nullable=True))
        identity.add_column(sa.Column("pushes_left", sa.Integer(), nullable=False, server_default="0"))
        identity.add_column(sa.Column("opt_ins", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("channel_identity") as identity:
        for column in ("opt_ins", "pushes_left", "push_until"):
            identity.drop_column(column)
    with op.batch_alter_table("person") as person:
        person.drop_column("link_failed_at")
        person.drop_column("link_failures")
    for table in ("link_code", "access_token", "outbox", "callback"):
        op.drop_table(table)
