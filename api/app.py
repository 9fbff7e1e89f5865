"""The web application: the assistant on its own loop, the channels' routers, the pages."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from anyio import CapacityLimiter
from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

from api import errors
from api.chat.documents import router as chat_documents
from api.chat.endpoints import router as chat
from api.chat.files import router as chat_files
from api.door.endpoints import router as door
from api.events import Notifier, ending_with_the_server
from api.files.endpoints import router as files
from api.headers import Headers
from api.health.endpoints import router as health
from api.limits import BodyLimit
from api.me.endpoints import router as me
from api.reading import reading_pictures
from api.reminding import reminding
from api.rest.endpoints import router as rest
from api.script import TraditionalFiles
from api.staff.router import router as staff
from api.turns import Turns
from api.wechat.channel import receiving
from api.wechat.endpoints import router as wechat
from bot.assistant import Assistant, EchoAssistant, RasaAssistant
from bot.runtime import OwnLoop
from bot.training import ensure_model
from cases import migrating
from cases.database import engine
from cases.knowledge import knowledge
from cases.settings import settings

WEB = Path(__file__).parent / "web"
PAGES = {"/": "index.html", "/demo": "demo.html", "/widget.js": "widget.js"}
HEAVY_AT_ONCE = 2


def create_app(assistant: Assistant | None = None) -> FastAPI:
    """The application; `assistant` replaces the one that the settings name."""
    app = FastAPI(title="退款助手", lifespan=_lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.given_assistant = assistant
    errors.install(app)
    app.add_middleware(BodyLimit)
    app.add_middleware(Headers)
    for router in (chat, chat_files, chat_documents, me, files, rest, wechat, door, staff, health):
        app.include_router(router)
    for path, name in PAGES.items():
        _serve(app, path, WEB / name)
    # Only what is the same for everybody is compressed: a length must tell nothing about a person.
    app.mount("/static/hant", GZipMiddleware(TraditionalFiles(directory=WEB)))
    app.mount("/static", GZipMiddleware(StaticFiles(directory=WEB)))
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    knowledge()
    migrating.upgrade(engine())
    app.state.assistant = app.state.given_assistant or load_assistant()
    app.state.loop = OwnLoop("assistant")
    app.state.notifier = notifier = Notifier()
    app.state.turns = Turns(app.state.assistant, app.state.loop, notifier.notify)
    app.state.heavy = CapacityLimiter(HEAVY_AT_ONCE)
    with ending_with_the_server(notifier):
        async with (
            reminding(notifier.notify),
            reading_pictures(notifier.notify),
            receiving(app.state.turns, app.state.heavy) as app.state.reception,
        ):
            yield
    app.state.loop.close()


def load_assistant() -> Assistant:
    """The assistant that the settings name; its model is trained first if there is none."""
    if settings().assistant == "echo":
        return EchoAssistant()
    return RasaAssistant(ensure_model(settings().model_dir))


def _serve(app: FastAPI, path: str, file: Path) -> None:
    app.get(path, include_in_schema=False)(lambda: FileResponse(file))
