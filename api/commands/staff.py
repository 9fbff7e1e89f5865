"""`tuikuan staff`: who may use the console. What the team page does, from the machine itself."""

from typing import Annotated

import typer

from cases import migrating
from cases.database import engine, reading, transaction
from cases.models import Role
from cases.staff import accounts, repository

app = typer.Typer(no_args_is_help=True, help="Who may use the console: add, list, disable, enable, reset.")

Name = Annotated[str, typer.Argument(help="The name that they sign in with.")]


@app.callback()
def prepare() -> None:
    """Bring the database to today's tables first: on a new machine this may be the first command."""
    migrating.upgrade(engine())


@app.command()
def add(
    name: Name,
    role: Annotated[Role, typer.Option(help="What they may do: read; take over, too; manage, too.")],
    display: Annotated[str, typer.Option(help="What people see, such as 小林.")],
) -> None:
    """Make an account, and print its one-time password."""
    with transaction() as session:
        _, password = accounts.add(session, None, name, display, role)
    _tell(password)


@app.command("list")
def show() -> None:
    """Print the accounts: name, role, what people see, and whether it is disabled."""
    with reading() as session:
        for staff in repository.everybody(session):
            print(f"{staff.name}\t{staff.role}\t{staff.display_name}\t{'disabled' if staff.disabled_at else 'open'}")


@app.command()
def disable(name: Name) -> None:
    """Close an account and end its sessions."""
    with transaction() as session:
        accounts.disable(session, None, accounts.find(session, name))
    print(f"{name} is disabled")


@app.command()
def enable(name: Name) -> None:
    """Open an account again."""
    with transaction() as session:
        accounts.enable(session, None, accounts.find(session, name))
    print(f"{name} is open")


@app.command()
def reset(name: Name) -> None:
    """Forget an account's password and telephone, and print a new one-time password."""
    with transaction() as session:
        password = accounts.reset(session, None, accounts.find(session, name))
    _tell(password)


def _tell(password: str) -> None:
    print(f"one-time password: {password}")
    print(f"good for {accounts.ONE_TIME_LASTS.days} days; sign in at /staff/")
