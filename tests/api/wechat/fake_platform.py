"""A platform on 127.0.0.1 that behaves as api.weixin.qq.com does, and badly when a test says so.

Errors come with HTTP 200 and an `errcode`. It checks what the real one checks: who asks, the token, raw UTF-8, the
length of a text, the 48 hours and five messages after somebody's own last one, and the agreement to a notice.
"""

import json
import re
import threading
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "/cgi-bin/stable_token"
SEND = "/cgi-bin/message/custom/send"
TEMPLATE = "/cgi-bin/message/template/send"
SUBSCRIPTION = "/cgi-bin/message/subscribe/bizsend"
MEDIA = "/cgi-bin/media/get"
MENU_CREATE = "/cgi-bin/menu/create"
MENU_GET = "/cgi-bin/menu/get"
CALLBACK_IPS = "/cgi-bin/getcallbackip"

QUOTA = 5
MAX_BYTES = 2048
DONE = {"errcode": 0, "errmsg": "ok"}
ESCAPED = re.compile(rb"(?<!\\)(?:\\\\)*\\u[0-9a-fA-F]{4}")


@dataclass(frozen=True)
class Sent:
    """What somebody got: `kind` is text, template or subscription; `body` is the whole request."""

    to: str
    kind: str
    body: dict[str, Any]

    @property
    def text(self) -> str:
        """Of a text."""
        return str(self.body["text"]["content"])


@dataclass(frozen=True)
class Answer:
    """What goes back over the wire."""

    content: bytes
    media_type: str = "application/json; encoding=utf-8"
    disposition: str | None = None
    status: int = 200


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one request: it is answered `instead` of done, or done and answered late or never."""

    instead: Answer | None = None
    hangs_s: float = 0
    hangs_up: bool = False


NO_FAULT = Fault()


class FakePlatform:
    """The platform, with one account. From any thread."""

    app_id = "wx0123456789abcdef"
    app_secret = "0123456789abcdef0123456789abcdef"
    callback_token = "AAAAA"
    aes_key = "A" * 43

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.asked: Counter[str] = Counter()
        """How often each path was asked."""
        self.tokens: list[str] = []
        """All it ever gave out, oldest first."""
        self.forced = 0
        """How often a new token was forced."""
        self.token_lasts_s = 7200
        self.menu: dict[str, Any] | None = None
        self.ips = ["101.226.103.0/25", "183.3.234.0/25"]
        self._token: str | None = None
        self._left: dict[str, int] = {}
        self._agreed: Counter[str] = Counter()
        self._media: dict[str, tuple[bytes, str]] = {}
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._lock = threading.RLock()
        self._let_go = threading.Event()
        self._server = _serving(self)

    @property
    def url(self) -> str:
        """Where it is: the `api_base`."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def settings(self) -> dict[str, str]:
        """The environment of a program whose account is here and may do everything."""
        account = {
            "TOKEN": self.callback_token,
            "AES_KEY": self.aes_key,
            "APP_ID": self.app_id,
            "APP_SECRET": self.app_secret,
            "API_BASE": self.url,
            "CAN_PUSH": "true",
        }
        return {f"TUIKUAN_WECHAT__{name}": value for name, value in account.items()}

    @property
    def tokens_issued(self) -> int:
        """How many different tokens it has given out."""
        return len(self.tokens)

    @property
    def texts(self) -> list[str]:
        """The texts that anybody got, oldest first."""
        return [one.text for one in self.sent if one.kind == "text"]

    # -- what people do -------------------------------------------------------------------------------------------

    def allow(self, openid: str, quota: int = QUOTA) -> None:
        """Somebody writes to the account: it may send them `quota` messages."""
        self._left[openid] = quota

    def disallow(self, openid: str) -> None:
        """Somebody's 48 hours are over, or they unfollow."""
        self._left.pop(openid, None)

    def agree(self, openid: str) -> None:
        """Somebody agrees to one 订阅通知."""
        self._agreed[openid] += 1

    def put_media(self, media_id: str, content: bytes, media_type: str = "image/jpeg") -> None:
        """Somebody sent a file."""
        self._media[media_id] = (content, media_type)

    # -- what goes wrong ------------------------------------------------------------------------------------------

    def expire_tokens(self) -> None:
        """No token that it gave out is good any more."""
        self._token = None

    def fail(self, path: str, errcode: int, times: int = 1) -> None:
        """Refuse the next `times` requests, and do nothing."""
        self._faults[path].extend([Fault(instead=_refusal(errcode))] * times)

    def answer(self, path: str, content: bytes, *, status: int = 200, media_type: str = "text/html") -> None:
        """Answer the next request with something that a platform should not say."""
        self._faults[path].append(Fault(instead=Answer(content, media_type, status=status)))

    def hang(self, path: str, seconds: float) -> None:
        """Do what the next request wants, and say so only after `seconds`, or when it is let go."""
        self._faults[path].append(Fault(hangs_s=seconds))

    def drop(self, path: str, times: int = 1) -> None:
        """Do what the next requests want, and hang up without a word."""
        self._faults[path].extend([Fault(hangs_up=True)] * times)

    def let_go(self) -> None:
        """Answer whoever hangs, now and later."""
        self._let_go.set()

    def close(self) -> None:
        """Stop. Connections are refused from now on."""
        self.let_go()
        self._server.shutdown()
        self._server.server_close()

    # -- what it does ---------------------------------------------------------------------------------------------

    def wait(self, seconds: float) -> None:
        """Let `seconds` pass, or less if all are let go."""
        self._let_go.wait(seconds)

    def take(self, path: str, query: Mapping[str, str], raw: bytes) -> tuple[Answer, Fault]:
        """The answer to a request, and what goes wrong with it."""
        with self._lock:
            self.asked[path] += 1
            faults = self._faults[path]
            fault = faults.popleft() if faults else NO_FAULT
            return fault.instead or self._done(path, query, raw), fault

    def _done(self, path: str, query: Mapping[str, str], raw: bytes) -> Answer:
        if ESCAPED.search(raw):
            return _refusal(40033)
        body = json.loads(raw) if raw else {}
        if path == TOKEN:
            return self._give_token(body)
        token = query.get("access_token")
        if token is None or token != self._token:
            return _refusal(42001 if token in self.tokens else 40001)
        return self._works[path](self, query, body)

    def _give_token(self, body: Mapping[str, Any]) -> Answer:
        if body.get("appid") != self.app_id:
            return _refusal(40013)
        if body.get("secret") != self.app_secret or body.get("grant_type") != "client_credential":
            return _refusal(40125)
        self.forced += bool(body.get("force_refresh"))
        if body.get("force_refresh") or self._token is None:
            self._token = f"token-{len(self.tokens) + 1}-" + "x" * 500
            self.tokens.append(self._token)
        return _json({"access_token": self._token, "expires_in": self.token_lasts_s})

    def _send(self, _query: object, body: dict[str, Any]) -> Answer:
        to, kind = body["touser"], body["msgtype"]
        if kind == "text" and len(body["text"]["content"].encode()) > MAX_BYTES:
            return _refusal(45002)
        if to not in self._left:
            return _refusal(45015)
        if not self._left[to]:
            return _refusal(45047)
        self._left[to] -= 1
        return self._note(to, kind, body)

    def _remind(self, _query: object, body: dict[str, Any]) -> Answer:
        return self._note(body["touser"], "template", body)

    def _notice(self, _query: object, body: dict[str, Any]) -> Answer:
        if not self._agreed[body["touser"]]:
            return _refusal(43101)
        self._agreed[body["touser"]] -= 1
        return self._note(body["touser"], "subscription", body)

    def _note(self, to: str, kind: str, body: dict[str, Any]) -> Answer:
        self.sent.append(Sent(to, kind, body))
        return _json(DONE)

    def _file(self, query: Mapping[str, str], _body: object) -> Answer:
        if query.get("media_id") not in self._media:
            return _refusal(40007)
        content, media_type = self._media[query["media_id"]]
        return Answer(content, media_type, 'attachment; filename="MEDIA_ID.jpg"')

    def _make_menu(self, _query: object, body: dict[str, Any]) -> Answer:
        self.menu = body
        return _json(DONE)

    def _show_menu(self, _query: object, _body: object) -> Answer:
        if self.menu is None:
            return _refusal(46003)
        return _json({"menu": {"button": [_as_kept(button) for button in self.menu["button"]]}})

    def _addresses(self, _query: object, _body: object) -> Answer:
        return _json({"ip_list": self.ips})

    _works: Mapping[str, Callable[["FakePlatform", Mapping[str, str], dict[str, Any]], Answer]] = {
        SEND: _send,
        TEMPLATE: _remind,
        SUBSCRIPTION: _notice,
        MEDIA: _file,
        MENU_CREATE: _make_menu,
        MENU_GET: _show_menu,
        CALLBACK_IPS: _addresses,
    }


def _json(content: Mapping[str, Any]) -> Answer:
    return Answer(json.dumps(content, ensure_ascii=False).encode())


def _refusal(errcode: int) -> Answer:
    return _json({"errcode": errcode, "errmsg": f"refused rid: {errcode}"})


def _as_kept(button: Mapping[str, Any]) -> dict[str, Any]:
    """The platform gives every button a list of those below it, an empty one too."""
    return {**button, "sub_button": [_as_kept(below) for below in button.get("sub_button", [])]}


def _serving(platform: FakePlatform) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])))

        def log_message(self, *_: object) -> None:
            """Tests print nothing."""

        def _answer(self, raw: bytes) -> None:
            asked = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(asked.query).items()}
            answer, fault = platform.take(asked.path, query, raw)
            platform.wait(fault.hangs_s)
            if not fault.hangs_up:
                with suppress(ConnectionError):  # who asked has gone
                    self._write(answer)

        def _write(self, answer: Answer) -> None:
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.media_type)
            self.send_header("Content-Length", str(len(answer.content)))
            if answer.disposition:
                self.send_header("Content-Disposition", answer.disposition)
            self.end_headers()
            self.wfile.write(answer.content)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return server
