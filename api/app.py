"""The web application: the assistant on its own loop, the channels' routers, the page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

from api import errors
from api.chat.endpoints import router as chat
from api.headers import SecurityHeaders
from api.health.endpoints import router as health
from api.reminding import reminding
from api.rest.endpoints import router as rest
from api.turns import Turns
from bot.assistant import Assistant, EchoAssistant, RasaAssistant
from bot.runtime import OwnLoop
from bot.training import ensure_model
from cases import migrating
from cases.database import engine
from cases.knowledge import knowledge
from cases.settings import settings

WEB = Path(__file__).parent / "web"


def create_app(assistant: Assistant | None = None) -> FastAPI:
    """The application; `assistant` replaces the one that the settings name."""
    app = FastAPI(title="退款助手", lifespan=_lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.given_assistant = assistant
    errors.install(app)
    app.add_middleware(SecurityHeaders)
    for router in (chat, rest, health):
        app.include_router(router)
    app.get("/", include_in_schema=False)(_page)
    app.mount("/static", StaticFiles(directory=WEB))
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    knowledge()
    migrating.upgrade(engine())
    app.state.assistant = app.state.given_assistant or load_assistant()
    app.state.loop = OwnLoop("assistant")
    app.state.turns = Turns(app.state.assistant, app.state.loop)
    async with reminding():
        yield
    app.state.loop.close()


def load_assistant() -> Assistant:
    """The assistant that the settings name; its model is trained first if there is none."""
    if settings().assistant == "echo":
        return EchoAssistant()
    return RasaAssistant(ensure_model(settings().model_dir))


def _page() -> FileResponse:
    return FileResponse(WEB / "index.html")
