"""`/healthz`: the process answers. `/readyz`: the database is migrated and the assistant understands."""

import asyncio
import logging

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.assistant import Assistant
from bot.runtime import OwnLoop
from cases.database import engine
from cases.migrating import is_current
from cases.settings import settings

logger = logging.getLogger(__name__)

router = APIRouter(tags=["health"])

PROBE = "充的话费没到账"


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """Alive."""
    return {"status": "ok"}


@router.get("/readyz")
async def readyz(request: Request) -> JSONResponse:
    """Ready to serve: 200, or 503 with what is not."""
    checks = {"database": _database(), "assistant": await _assistant(request)}
    ready = all(checks.values())
    body = {"status": "ok" if ready else "not ready", "checks": checks}
    return JSONResponse(body, status_code=200 if ready else 503)


def _database() -> bool:
    try:
        return is_current(engine())
    except SQLAlchemyError:
        return False


async def _assistant(request: Request) -> bool:
    assistant: Assistant = request.app.state.assistant
    loop: OwnLoop = request.app.state.loop
    try:
        probed = await asyncio.wait_for(loop.run(assistant.understand(PROBE)), settings().turn_budget_s)
    except Exception:
        logger.exception("the assistant is not ready")
        return False
    return bool(probed.text)
