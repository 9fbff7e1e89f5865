"""The database's schema: bringing it to today's, and checking that it is."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from cases.models import Base
from cases.settings import ROOT

# The search index has another form in each database: its migration alone makes it.
UNMODELLED = "message_search"


def upgrade(engine: Engine) -> None:
    """Apply the migrations that the database has not seen yet."""
    config = _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_current(engine: Engine) -> bool:
    """Whether every migration has been applied."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    with engine.connect().execution_options(reading=True) as connection:
        return MigrationContext.configure(connection).get_current_revision() == head


def drift(engine: Engine) -> list[object]:
    """How a migrated database differs from the tables in the code; empty when they agree."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False, "include_name": _is_modelled})
        return list(compare_metadata(context, Base.metadata))


def _is_modelled(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or not (name or "").startswith(UNMODELLED)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config
