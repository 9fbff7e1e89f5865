"""The platform's interface, as far as we use it: sending, files, the menu.

Every call raises `PlatformError`, whose `action` says what to do; those that send raise its `Unsure` when the request
went out and no answer came. Nothing is written to a log.
"""

import asyncio
import re
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from api.wechat.failures import NO_MENU, WRONG_SECRET, Action, PlatformError, refusal
from api.wechat.token import Issued, Tokens
from api.wechat.wire import Answer, Request, Sleep, Wire
from cases.settings import WeChat, settings

MIB = 1024 * 1024
UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Client:
    """What an account may ask of the platform. It belongs to one event loop; workers share the token."""

    def __init__(self, account: WeChat, sleep: Sleep = asyncio.sleep) -> None:
        """`account` has an `app_secret`. `sleep` passes the time between two attempts."""
        self._account = account
        self._wire = Wire(account.api_base, sleep)
        self._tokens = Tokens(account.app_id, self._issue)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._wire.close()

    async def send_text(self, openid: str, text: str) -> None:
        """Send a 客服消息 of at most 2048 bytes."""
        await self._send_custom(openid, "text", {"content": _clean(text)})

    async def send_template(self, openid: str, fields: Mapping[str, str], url: str = "") -> None:
        """Send the account's 模板消息; tapped, it opens `url`."""
        body = {"template_id": self._account.template_id, "url": url, "data": _as_data(fields)}
        await self._send("/cgi-bin/message/template/send", openid, body)

    async def send_subscription(self, openid: str, fields: Mapping[str, str], url: str = "") -> None:
        """Send the account's 订阅通知, to which the person has agreed; tapped, it opens `url`."""
        body = {"template_id": self._account.subscription_id, "page": url, "data": _as_data(fields)}
        await self._send("/cgi-bin/message/subscribe/bizsend", openid, body)

    async def fetch_media(self, media_id: str) -> bytes:
        """A file that somebody sent, no larger than a file may be."""
        max_bytes = settings().attachment_max_mib * MIB
        wanted = Request(
            "/cgi-bin/media/get", query={"media_id": media_id}, is_file=True, max_bytes=max_bytes, waits_s=()
        )
        return (await self._ask(wanted)).content

    async def callback_ips(self) -> list[str]:
        """Where its callbacks come from: a signal, no gate, for they change."""
        return list(await self._told("ip_list", Request("/cgi-bin/getcallbackip")))

    async def push_menu(self, menu: Mapping[str, Any]) -> None:
        """Replace the account's menu."""
        await self._ask(Request("/cgi-bin/menu/create", menu))

    async def get_menu(self) -> dict[str, Any] | None:
        """The account's menu in the platform's own form, if it has one."""
        try:
            return dict(await self._told("menu", Request("/cgi-bin/menu/get")))
        except PlatformError as error:
            if error.errcode == NO_MENU:
                return None
            raise

    async def check_token(self) -> None:
        """Raises `PlatformError` if no token is to be had."""
        await self._tokens.get()

    async def _send_custom(self, openid: str, kind: str, content: Mapping[str, Any]) -> None:
        await self._send("/cgi-bin/message/custom/send", openid, {"msgtype": kind, kind: content})

    async def _send(self, path: str, openid: str, body: Mapping[str, Any]) -> None:
        await self._ask(Request(path, {"touser": openid, **body}, is_repeatable=False))

    async def _told(self, name: str, request: Request) -> Any:
        return _field(name, await self._ask(request))

    async def _ask(self, request: Request) -> Answer:
        """The answer; with another token if the first is refused."""
        token = await self._tokens.get()
        try:
            return await self._wire.ask(request, token)
        except PlatformError as error:
            if error.action is not Action.TOKEN:
                raise
        return await self._wire.ask(request, await self._tokens.get(rejected=token))

    async def _issue(self, is_forced: bool) -> Issued:
        body = {
            "grant_type": "client_credential",
            "appid": self._account.app_id,
            "secret": self._account.app_secret.get_secret_value(),
            "force_refresh": is_forced,
        }
        try:
            answer = await self._wire.ask(Request("/cgi-bin/stable_token", body))
        except PlatformError as error:
            if error.action is Action.TOKEN:  # there is none yet: here it is about the secret
                raise refusal(WRONG_SECRET) from None
            raise
        return Issued(str(_field("access_token", answer)), float(_field("expires_in", answer)))


def _field(name: str, answer: Answer) -> Any:
    if name not in answer.told:
        raise PlatformError(Action.ALARM, f"the platform's answer lacks {name}")
    return answer.told[name]


def _as_data(fields: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {name: {"value": value} for name, value in fields.items()}


def _clean(text: str) -> str:
    """Without the control characters that JSON would have to escape."""
    return UNSPEAKABLE.sub("", text)
