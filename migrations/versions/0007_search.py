"""search: an index of what was said; the desk's indexes; what older rows lack for its lists"""

import sqlalchemy as sa
from alembic import op

# Old messages must be found by what new ones are found by, so this is today's code, whatever it was.
from cases.desk.terms import terms

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BATCH = 1_000
INDEXES = (("conversation", "wants_human_at"), ("conversation", "case_id"), ("case", "platform"), ("case", "merchant"))

# What was said leaves the index with its message, and moves with it to another conversation. A later migration that
# copies the table `message` (batch, on SQLite) has to make the triggers again.
SQLITE = (
    "CREATE VIRTUAL TABLE message_search USING fts5(terms, tokenize='ascii', detail='none', columnsize=0)",
    "CREATE TRIGGER message_search_delete AFTER DELETE ON message BEGIN "
    "DELETE FROM message_search WHERE rowid = (old.conversation_id << 32 | old.id); END",
    "CREATE TRIGGER message_search_move AFTER UPDATE OF conversation_id ON message BEGIN "
    "UPDATE message_search SET rowid = (new.conversation_id << 32 | new.id) "
    "WHERE rowid = (old.conversation_id << 32 | old.id); END",
)
POSTGRESQL = (
    "CREATE TABLE message_search (message_id integer PRIMARY KEY REFERENCES message ON DELETE CASCADE, "
    "conversation_id integer NOT NULL, terms tsvector NOT NULL)",
    "CREATE INDEX ix_message_search_conversation_id ON message_search (conversation_id)",
    "CREATE INDEX ix_message_search_terms ON message_search USING gin (terms)",
    "CREATE FUNCTION message_search_move() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "UPDATE message_search SET conversation_id = new.conversation_id WHERE message_id = new.id; RETURN NULL; END $$",
    "CREATE TRIGGER message_search_move AFTER UPDATE OF conversation_id ON message "
    "FOR EACH ROW EXECUTE FUNCTION message_search_move()",
)
SQLITE_BACK = (
    "DROP TRIGGER message_search_move",
    "DROP TRIGGER message_search_delete",
    "DROP TABLE message_search",
)
POSTGRESQL_BACK = (
    "DROP TRIGGER message_search_move ON message",
    "DROP FUNCTION message_search_move",
    "DROP TABLE message_search",
)
PUT = {
    "sqlite": "INSERT INTO message_search (rowid, terms) VALUES (:conversation << 32 | :message, :terms)",
    "postgresql": "INSERT INTO message_search VALUES "
    "(:message, :conversation, array_to_tsvector(string_to_array(:terms, ' ')))",
}
FILL = (
    "UPDATE conversation SET last_at = (SELECT max(sent_at) FROM message WHERE conversation_id = conversation.id), "
    "last_channel = (SELECT channel FROM message WHERE conversation_id = conversation.id ORDER BY id DESC LIMIT 1) "
    "WHERE last_at IS NULL",
    'UPDATE "case" SET due_at = (SELECT min(due_at) FROM step WHERE case_id = "case".id '
    "AND submitted_at IS NOT NULL AND outcome IS NULL)",
)


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    for statement in SQLITE if dialect == "sqlite" else POSTGRESQL:
        op.execute(statement)
    for table, column in INDEXES:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
    for statement in FILL:
        op.execute(statement)
    _index_old_messages(op.get_bind(), sa.text(PUT[dialect]))


def _index_old_messages(connection: sa.Connection, put: sa.TextClause) -> None:
    batch = sa.text(
        "SELECT id, conversation_id, text FROM message WHERE id > :after AND author <> 'bot' ORDER BY id LIMIT :limit"
    )
    after = 0
    while rows := connection.execute(batch, {"after": after, "limit": BATCH}).all():
        after = rows[-1].id
        found_by = [(row, terms(row.text)) for row in rows]
        put_in = [
            {"message": row.id, "conversation": row.conversation_id, "terms": " ".join(sorted(some))}
            for row, some in found_by
            if some
        ]
        if put_in:
            connection.execute(put, put_in)


def downgrade() -> None:
    for table, column in reversed(INDEXES):
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
    for statement in SQLITE_BACK if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_BACK:
        op.execute(statement)
