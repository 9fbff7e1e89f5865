"""`tuikuan chat`: the same turns as on the web, in a terminal."""

import secrets

from rich.console import Console

from api.incoming import Incoming
from api.turns import Messages, Turns
from bot.runtime import OwnLoop
from cases import migrating
from cases.database import engine, transaction
from cases.dialogue import greeting
from cases.errors import TuikuanError
from cases.people import service as people

TERMINAL = "terminal"


def chat() -> None:
    """Talk to the assistant in the terminal. An empty line or Ctrl-D ends it."""
    from api.app import load_assistant  # two seconds that no other command shall wait for

    console = Console()
    migrating.upgrade(engine())
    loop = OwnLoop("assistant")
    turns = Turns(load_assistant(), loop)
    with transaction() as session:
        person = people.by_channel(session, TERMINAL, secrets.token_hex(8))
        session.flush()
        person_id, welcome = person.id, greeting(session, person, TERMINAL)
    _show(console, welcome)
    while text := _read(console):
        said = Incoming(channel=TERMINAL, person_id=person_id, key=secrets.token_hex(16), text=text)
        try:
            _show(console, loop.run_sync(turns.take(said)))
        except TuikuanError as error:
            console.print(error.message, style="red")


def _read(console: Console) -> str:
    try:
        return console.input("[bold]我：[/bold]").strip()
    except EOFError:
        return ""


def _show(console: Console, messages: Messages) -> None:
    for message in messages:
        console.print(message["text"], style="green", markup=False)
        for number, button in enumerate(message["buttons"], start=1):
            console.print(f"  {number}. {button['title']}", markup=False)
