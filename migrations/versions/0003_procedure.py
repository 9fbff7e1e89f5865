"""the procedure: steps taken again and their rules, reminders, confirmed documents, who the other side is"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("case") as case:
        case.add_column(sa.Column("purpose", sa.String(), nullable=True))
        case.add_column(sa.Column("operator", sa.String(), nullable=True))
        case.add_column(sa.Column("operator_address", sa.String(), nullable=True))
        case.add_column(sa.Column("refund_requested_at", sa.Date(), nullable=True))
        case.add_column(sa.Column("recovered_amount", sa.Integer(), nullable=True))
    with op.batch_alter_table("step") as step:
        step.add_column(sa.Column("attempt", sa.Integer(), nullable=False, server_default="1"))
        step.add_column(sa.Column("deadline_id", sa.String(), nullable=True))
        step.add_column(sa.Column("due_from", sa.DateTime(timezone=True), nullable=True))
        step.add_column(sa.Column("reference_no", sa.String(), nullable=True))
        step.add_column(sa.Column("promised_for", sa.Date(), nullable=True))
        step.drop_constraint(op.f("uq_step_case_id_rung_id"), type_="unique")
        step.create_unique_constraint(op.f("uq_step_case_id_rung_id_attempt"), ["case_id", "rung_id", "attempt"])
    with op.batch_alter_table("document") as document:
        document.add_column(sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("conversation") as conversation:
        conversation.add_column(sa.Column("reminders_off_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_reminder_case_id")),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_reminder_step_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("step_id", "kind", "send_at", name=op.f("uq_reminder_step_id_kind_send_at")),
    )
    with op.batch_alter_table("reminder") as reminder:
        reminder.create_index(op.f("ix_reminder_case_id"), ["case_id"], unique=False)
        reminder.create_index(op.f("ix_reminder_send_at"), ["send_at"], unique=False)


def downgrade() -> None:
    op.drop_table("reminder")
    with op.batch_alter_table("conversation") as conversation:
        conversation.drop_column("reminders_off_at")
    with op.batch_alter_table("document") as document:
        document.drop_column("confirmed_at")
    with op.batch_alter_table("step") as step:
        step.drop_constraint(op.f("uq_step_case_id_rung_id_attempt"), type_="unique")
        step.create_unique_constraint(op.f("uq_step_case_id_rung_id"), ["case_id", "rung_id"])
        for column in ("promised_for", "reference_no", "due_from", "deadline_id", "attempt"):
            step.drop_column(column)
    with op.batch_alter_table("case") as case:
        for column in ("recovered_amount", "refund_requested_at", "operator_address", "operator", "purpose"):
            case.drop_column(column)
