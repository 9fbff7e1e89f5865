"""what humans say that messages mean; other grievances and contact attempts of a case"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "nlu_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("intent", sa.String(), nullable=False),
        sa.Column("teacher", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_nlu_correction_message_id_message")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nlu_correction")),
        sa.UniqueConstraint("message_id", name=op.f("uq_nlu_correction_message_id")),
    )
    with op.batch_alter_table("case") as case:
        case.add_column(sa.Column("contact_attempts", sa.Integer(), nullable=True))
        case.add_column(sa.Column("also", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("case") as case:
        case.drop_column("also")
        case.drop_column("contact_attempts")
    op.drop_table("nlu_correction")
