"""Errors as HTTP: one shape, `{"error": {"code", "message"}}`, never a trace."""

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api import headers
from api.script import Script
from cases.errors import BadInput, NotAllowed, NotFound, TryAgain, TuikuanError

logger = logging.getLogger(__name__)

STATUS: dict[type[TuikuanError], int] = {BadInput: 400, NotAllowed: 401, NotFound: 404, TryAgain: 503}
MESSAGES = {404: "没有这个地址。", 405: "这个地址不支持这种请求。"}


class TooLarge(HTTPException):
    """A body beyond its limit. Not a `TuikuanError`, because it is raised where only HTTP's own errors get through."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(413, message)
        self.code = code

    def response(self) -> JSONResponse:
        """The answer to who sent it."""
        return error(self.status_code, self.code, self.detail)


def install(app: FastAPI) -> None:
    """Make every failure of `app` answer in the one shape."""
    app.add_exception_handler(TuikuanError, _known)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(TooLarge, _too_large)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unknown)


def error(status: int, code: str, message: str) -> JSONResponse:
    """An error response."""
    return JSONResponse({"error": {"code": code, "message": message}}, status_code=status)


async def _known(request: Request, raised: Exception) -> JSONResponse:
    assert isinstance(raised, TuikuanError)
    status = next((number for kind, number in STATUS.items() if isinstance(raised, kind)), 500)
    return error(status, raised.code, Script.of_request(request).text(raised.message))


async def _malformed(_request: Request, _raised: Exception) -> JSONResponse:
    return error(422, "malformed", "请求的格式不对。")


async def _too_large(_request: Request, raised: Exception) -> JSONResponse:
    assert isinstance(raised, TooLarge)
    return raised.response()


async def _http(_request: Request, raised: Exception) -> JSONResponse:
    assert isinstance(raised, HTTPException)
    return error(raised.status_code, "http", MESSAGES.get(raised.status_code, "请求没有被接受。"))


async def _unknown(request: Request, raised: Exception) -> JSONResponse:
    logger.exception("unexpected error", exc_info=raised)
    answer = error(500, "internal", "服务出了点问题，你的材料都还在，请稍后再试。")
    answer.headers.update(headers.of(request.url.path))  # this one is answered outside the middleware
    return answer
