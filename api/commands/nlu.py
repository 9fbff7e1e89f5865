"""`tuikuan train` and `nlu`: making the model, looking at what it understands, teaching it from what people wrote."""

import asyncio
import json
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from bot import teaching, training
from bot.assistant import RasaAssistant
from bot.teaching import Candidate
from bot.understanding import Understanding
from cases import migrating
from cases.clock import SHANGHAI
from cases.corrections import service as corrections
from cases.database import engine, reading
from cases.dialogue.understood import SURE
from cases.errors import SetupError
from cases.models import Message
from cases.settings import settings


class ReadsByDefault(TyperGroup):
    """`tuikuan nlu FILE` reads; only what follows a word of its own is another command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the word `read` before anything that is no command."""
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = ["read", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(cls=ReadsByDefault, help="Print what is understood of a text (nlu FILE or nlu -); teach it.")


def train() -> None:
    """Train the model anew."""
    print(training.train(settings().model_dir).name)


@app.command()
def read(
    file: Annotated[str, typer.Argument(help="A text file, one sentence a line; - for standard input.")] = "-",
) -> None:
    """Print what is understood of each line, as JSON."""
    for understanding in understand(line for line in _read(file).splitlines() if line.strip()):
        print(json.dumps(understanding.as_json(), ensure_ascii=False))


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="Where the candidates are written, as YAML.")],
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only messages from that day on.")
    ] = None,
) -> None:
    """Write messages worth learning from, with the intent a human gave them, to be reviewed."""
    migrating.upgrade(engine())
    with reading() as session:
        start = since.replace(tzinfo=SHANGHAI) if since else None
        found = [_candidate(message, intent) for message, intent in corrections.candidates(session, SURE, start)]
    try:
        file.write_text(teaching.written(found), encoding="utf-8")
    except OSError as error:
        raise SetupError(f"cannot write {file}: {error.strerror}") from error
    print(f"{file}: review it, then tuikuan nlu merge {file}")


@app.command()
def merge(file: Annotated[Path, typer.Argument(help="A reviewed file of candidates.")]) -> None:
    """Add reviewed candidates to data/nlu; near-duplicates are refused."""
    added, refused = teaching.merge(teaching.reviewed(file))
    for reason in refused:
        print(f"left out, {reason}")
    print(f"{len(added)} added, {len(refused)} left out; see git diff data/nlu")


def understand(texts: Iterable[str]) -> list[Understanding]:
    """What today's model makes of each text; it is trained first if there is none."""
    assistant = RasaAssistant(training.ensure_model(settings().model_dir))

    async def all_of_them() -> list[Understanding]:
        return [await assistant.understand(text) for text in texts]

    return asyncio.run(all_of_them())


def _candidate(message: Message, intent: str | None) -> Candidate:
    return Candidate(teaching.masked(message.text), intent, guess=f"{message.intent} {message.confidence or 0:.2f}")


def _read(file: str) -> str:
    if file == "-":
        return sys.stdin.read()
    try:
        return Path(file).read_text(encoding="utf-8")
    except OSError as error:
        raise SetupError(f"cannot read {file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SetupError(f"{file} is not UTF-8") from error
