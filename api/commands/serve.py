"""`tuikuan serve`."""

import logging
from typing import Annotated

import typer
import uvicorn
from rich.console import Console

from bot.training import ensure_model
from cases import migrating
from cases.database import engine
from cases.errors import SetupError
from cases.knowledge import knowledge
from cases.settings import settings


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processes; more than one needs PostgreSQL.")] = 1,
) -> None:
    """Migrate the database, train the model if it is missing or stale, and serve."""
    _prepare(workers)
    Console().print(f"\n退款助手 → [bold]http://{host}:{port}/[/bold]  (Ctrl-C stops it)\n")
    uvicorn.run(
        "api.app:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        timeout_worker_healthcheck=60,  # a busy machine takes seconds to import Rasa, and a worker that does is alive
        ws="none",  # Sanic pins a websockets that uvicorn refuses; push goes by server-sent events
        log_level="warning",
        access_log=False,
    )


def _prepare(workers: int) -> None:
    """Once, before any worker starts: what is wrong is said here, in one line."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    if workers > 1 and engine().dialect.name == "sqlite":
        raise SetupError("several workers need PostgreSQL: set TUIKUAN_DATABASE_URL")
    knowledge()
    migrating.upgrade(engine())
    if settings().assistant == "rasa":
        with Console(stderr=True).status("looking for the model; training it takes under a minute"):
            ensure_model(settings().model_dir)
