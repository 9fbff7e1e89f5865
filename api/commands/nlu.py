"""`tuikuan train` and `nlu`: making the model, and looking at what it understands."""

import asyncio
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from bot import training
from bot.assistant import RasaAssistant
from bot.understanding import Understanding
from cases.errors import SetupError
from cases.settings import settings


def train() -> None:
    """Train the model anew."""
    print(training.train(settings().model_dir).name)


def nlu(
    file: Annotated[str, typer.Argument(help="A text file, one sentence a line; - for standard input.")] = "-",
) -> None:
    """Print what is understood of each line, as JSON."""
    for understanding in understand(line for line in _read(file).splitlines() if line.strip()):
        print(json.dumps(understanding.as_json(), ensure_ascii=False))


def understand(texts: Iterable[str]) -> list[Understanding]:
    """What today's model makes of each text; it is trained first if there is none."""
    assistant = RasaAssistant(training.ensure_model(settings().model_dir))

    async def all_of_them() -> list[Understanding]:
        return [await assistant.understand(text) for text in texts]

    return asyncio.run(all_of_them())


def _read(file: str) -> str:
    if file == "-":
        return sys.stdin.read()
    try:
        return Path(file).read_text(encoding="utf-8")
    except OSError as error:
        raise SetupError(f"cannot read {file}: {error.strerror}") from error
