"""The headers of every response, and who may call from another site's page."""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cases.settings import settings

SECURITY = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' blob: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
# The console's pages have forms, nobody frames them, and they are about persons.
CONSOLE = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",  # without one, forms send no origin, and that is what they are known by
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# For two years, as browsers' preload lists want it.
ONLY_TLS = {"Strict-Transport-Security": "max-age=63072000"}
# Any site may embed the widget. There are no cookies: without the token, which only its own page has, nothing opens.
EMBEDDABLE = ("/api/chat/", "/api/files/", "/static/", "/widget.js")
ANY_SITE = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Content-Disposition"}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Accept-Language",
    "Access-Control-Max-Age": "600",
}


def of(path: str) -> Mapping[str, str]:
    """The headers of an answer from this path, unless it sets others: what is about persons stays out of caches."""
    caching = {"Cache-Control": "no-store" if path.startswith(("/api/", "/wechat")) else "no-cache"}
    tls = ONLY_TLS if settings().environment == "production" else {}
    if path == "/staff" or path.startswith("/staff/"):
        return {**SECURITY, **CONSOLE, **tls}
    return {**SECURITY, **caching, **tls, **(ANY_SITE if path.startswith(EMBEDDABLE) else {})}


class Headers:
    """Adds the headers, and answers what browsers ask before they call from another site's page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102  # ASGI
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in of(scope["path"]).items():
                    headers.setdefault(name, value)
            await send(message)

        app = Response(status_code=204, headers=PREFLIGHT) if _is_preflight(scope) else self._app
        await app(scope, receive, send_with_headers)


def _is_preflight(scope: Scope) -> bool:
    return (scope["type"], scope.get("method")) == ("http", "OPTIONS") and str(scope["path"]).startswith(EMBEDDABLE)
