"""staff: accounts and sessions, notes and labels, what was read, taken over, assigned and audited"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def _id() -> sa.Column:
    return sa.Column("id", sa.Integer(), nullable=False)


def _text(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=nullable)


def _time(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, TIME, nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _table(name: str, *columns: sa.Column, refers: dict[str, str] | None = None, unique: tuple[str, ...] = ()) -> None:
    foreign = [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{name}_{column}"))
        for column, other in (refers or {}).items()
    ]
    once = [sa.UniqueConstraint(*unique, name=op.f(f"uq_{name}_{'_'.join(unique)}"))] if unique else []
    op.create_table(name, _id(), *columns, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")), *foreign, *once)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def upgrade() -> None:
    _table(
        "staff_user",
        *(_text(name) for name in ("name", "display_name", "role", "password_hash")),
        sa.Column("password_is_temporary", sa.Boolean(), nullable=False),
        _text("totp_secret", nullable=True),
        _number("totp_used_step"),
        sa.Column("recovery_hashes", sa.JSON(), nullable=False),
        _time("created_at", nullable=False),
        _time("disabled_at"),
        unique=("name",),
    )
    _table(
        "staff_session",
        _text("public_id"),
        _number("staff_id"),
        _text("token_hash"),
        *(_time(name, nullable=False) for name in ("created_at", "seen_at")),
        *(_time(name) for name in ("verified_at", "ended_at")),
        *(_text(name) for name in ("agent", "address")),
        refers={"staff_id": "staff_user"},
        unique=("public_id",),
    )
    with op.batch_alter_table("staff_session") as made:
        made.create_unique_constraint(op.f("uq_staff_session_token_hash"), ["token_hash"])
    _table(
        "sign_in_attempt",
        *(_text(name) for name in ("name", "address")),
        _time("at", nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
    )
    _table(
        "note",
        *(_number(name) for name in ("conversation_id", "staff_id")),
        _text("text"),
        _time("at", nullable=False),
        refers={"conversation_id": "conversation", "staff_id": "staff_user"},
    )
    _table(
        "label",
        _number("conversation_id"),
        _text("name"),
        refers={"conversation_id": "conversation"},
        unique=("conversation_id", "name"),
    )
    _table(
        "seen",
        *(_number(name) for name in ("staff_id", "conversation_id", "message_id")),
        refers={"staff_id": "staff_user", "conversation_id": "conversation"},
        unique=("staff_id", "conversation_id"),
    )
    _table(
        "saved_filter",
        _number("staff_id"),
        *(_text(name) for name in ("name", "query")),
        refers={"staff_id": "staff_user"},
        unique=("staff_id", "name"),
    )
    _table(
        "audit",
        _time("at", nullable=False),
        _number("staff_id", nullable=True),
        *(_text(name) for name in ("action", "subject")),
        sa.Column("data", sa.JSON(), nullable=False),
        refers={"staff_id": "staff_user"},
    )
    _index("staff_session", "staff_id")
    _index("sign_in_attempt", "name", "address", "at")
    _index("note", "conversation_id")
    _index("label", "conversation_id", "name")
    _index("seen", "conversation_id")
    _index("audit", "at", "staff_id", "subject")
    with op.batch_alter_table("conversation") as conversation:
        for name in ("human_promised_at", "taken_at", "last_at", "doubted_at"):
            conversation.add_column(_time(name))
        conversation.add_column(_text("last_channel", nullable=True))
        for name in ("assignee_id", "taken_by_id"):
            conversation.add_column(_number(name, nullable=True))
            conversation.create_foreign_key(op.f(f"fk_conversation_{name}"), "staff_user", [name], ["id"])
    with op.batch_alter_table("message") as message:
        message.add_column(sa.Column("facts", sa.JSON(), nullable=False, server_default="[]"))
        message.add_column(_number("staff_id", nullable=True))
        message.create_foreign_key(op.f("fk_message_staff_id"), "staff_user", ["staff_id"], ["id"])
    with op.batch_alter_table("case") as case:
        case.add_column(_time("due_at"))
    with op.batch_alter_table("evidence_item") as item:
        item.add_column(_time("accepted_at"))
        item.add_column(_text("refusal", nullable=True))
    with op.batch_alter_table("nlu_correction") as correction:
        correction.add_column(sa.Column("facts", sa.JSON(), nullable=True))
        correction.add_column(_number("staff_id", nullable=True))
        correction.create_foreign_key(op.f("fk_nlu_correction_staff_id"), "staff_user", ["staff_id"], ["id"])
    _index("conversation", "assignee_id", "taken_by_id", "last_at")
    _index("case", "due_at")


def downgrade() -> None:
    with op.batch_alter_table("nlu_correction") as correction:
        correction.drop_constraint(op.f("fk_nlu_correction_staff_id"), type_="foreignkey")
        correction.drop_column("staff_id")
        correction.drop_column("facts")
    with op.batch_alter_table("evidence_item") as item:
        item.drop_column("refusal")
        item.drop_column("accepted_at")
    with op.batch_alter_table("case") as case:
        case.drop_index(op.f("ix_case_due_at"))
        case.drop_column("due_at")
    with op.batch_alter_table("message") as message:
        message.drop_constraint(op.f("fk_message_staff_id"), type_="foreignkey")
        message.drop_column("staff_id")
        message.drop_column("facts")
    with op.batch_alter_table("conversation") as conversation:
        for name in ("assignee_id", "taken_by_id", "last_at"):
            conversation.drop_index(op.f(f"ix_conversation_{name}"))
        for name in ("assignee_id", "taken_by_id"):
            conversation.drop_constraint(op.f(f"fk_conversation_{name}"), type_="foreignkey")
            conversation.drop_column(name)
        for name in ("last_channel", "doubted_at", "last_at", "taken_at", "human_promised_at"):
            conversation.drop_column(name)
    for table in ("audit", "saved_filter", "seen", "label", "note", "sign_in_attempt", "staff_session", "staff_user"):
        op.drop_table(table)
