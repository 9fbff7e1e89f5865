"""Alembic's entry: migrates the connection it is handed, or the database that the settings name."""

from alembic import context
from sqlalchemy import Connection

from cases.database import engine
from cases.models import Base
from cases.models.base import UtcDateTime


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Keep the migrations free of our classes, which may change after them."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def migrate(connection: Connection) -> None:
    """Run the migrations on `connection`. SQLite cannot alter tables, so there they are copied (batch)."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with engine().begin() as made:
        migrate(made)
