"""`tuikuan db`: upgrade, check, backup."""

import sqlite3
from pathlib import Path
from typing import Annotated

import typer

from cases import migrating
from cases.database import engine
from cases.errors import SetupError

app = typer.Typer(no_args_is_help=True, help="The database: upgrade, check, backup.")


@app.command()
def upgrade() -> None:
    """Bring the database to today's tables."""
    migrating.upgrade(engine())
    print("database is up to date")


@app.command()
def check() -> None:
    """Fail if the database is behind, or the code's tables have no migration."""
    if not migrating.is_current(engine()):
        raise SetupError("the database is behind: run `tuikuan db upgrade`")
    differences = migrating.drift(engine())
    if differences:
        raise SetupError(f"tables without a migration: {differences}")
    print("database agrees with the code")


@app.command()
def backup(target: Annotated[Path, typer.Argument(help="The file to write.")]) -> None:
    """Copy the SQLite database while it is in use. (PostgreSQL: use pg_dump.)"""
    database = engine().url.database
    if engine().dialect.name != "sqlite" or database is None:
        raise SetupError("this copies SQLite; for PostgreSQL use pg_dump")
    if target.exists():
        raise SetupError(f"{target} exists already")
    with sqlite3.connect(database) as source, sqlite3.connect(target) as copy:
        source.backup(copy)
    print(f"copied to {target}")
