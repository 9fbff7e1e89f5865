"""`tuikuan wechat`: is the official account set up as it should be, and its menu."""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any

import httpx
import typer

from api.wechat import menu
from api.wechat.client import Client
from api.wechat.codec import sign
from api.wechat.failures import Action, PlatformError
from cases import migrating
from cases.database import engine
from cases.errors import SetupError, TuikuanError
from cases.settings import WeChat, settings

TIMEOUT_S = 5.0
PUSH = "run `tuikuan wechat menu push`"

app = typer.Typer(no_args_is_help=True, help="The official account on WeChat: check it, set its menu.")
menu_app = typer.Typer(no_args_is_help=True, help="The account's menu: push, show.")
app.add_typer(menu_app, name="menu")

Check = Callable[[Client], Awaitable[str]]


@app.command()
def check() -> None:
    """Check settings, token, addresses, menu and callback; a line each, and what to do where one is wrong."""
    account = _account()
    failed = [name for name, is_right in _with_client(account, _checked) if not is_right]
    if failed:
        raise SetupError(f"not as it should be: {', '.join(failed)}")


@menu_app.command()
def push() -> None:
    """Replace the account's menu by data/wechat_menu.yml."""
    ours = menu.as_platform_json(settings().public_url)
    _with_client(_account(needs_secret=True), lambda client: client.push_menu(ours))
    _print(ours)
    print("pushed; telephones show it within a day, or when the account is opened anew after five minutes")


@menu_app.command()
def show() -> None:
    """Print the menu that the account has now."""
    theirs = _with_client(_account(needs_secret=True), lambda client: client.get_menu())
    if theirs is None:
        raise SetupError(f"the account has no menu: {PUSH}")
    _print(theirs)
    if not menu.is_same(menu.as_platform_json(settings().public_url), theirs):
        print(f"differs from data/wechat_menu.yml: {PUSH}")


def _account(*, needs_secret: bool = False) -> WeChat:
    account = settings().wechat
    if not account.is_on:
        raise SetupError("there is no WeChat channel: set TUIKUAN_WECHAT__TOKEN (docs/wechat.md)")
    if needs_secret and not account.app_secret.get_secret_value():
        raise SetupError("set TUIKUAN_WECHAT__APP_SECRET; without it the menu is made in the platform's console")
    migrating.upgrade(engine())
    return account


def _with_client(account: WeChat, ask: Callable[[Client], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        async with Client(account) as client:
            return await ask(client)

    return asyncio.run(run())


async def _checked(client: Client) -> list[tuple[str, bool]]:
    return [(name, await _said(name, check, client)) for name, check in _checks(settings().wechat)]


def _checks(account: WeChat) -> Iterator[tuple[str, Check]]:
    """What there is to check with these settings."""
    yield "settings", _settings
    if account.app_secret.get_secret_value():
        yield "token", _token
        yield "addresses", _addresses
        yield "menu", _menu
    if settings().public_url:
        yield "callback", _callback


async def _said(name: str, check: Check, client: Client) -> bool:
    """Print the line of a check; whether it is right."""
    try:
        print(f"✓ {name}: {await check(client)}")
    except TuikuanError as error:
        print(f"✗ {name}: {error.message}")
        return False
    return True


async def _settings(_client: Client) -> str:
    account = settings().wechat
    has_template, has_secret = account.template_id or account.subscription_id, account.app_secret.get_secret_value()
    if account.mode == "plain" and settings().environment == "production":
        raise SetupError("TUIKUAN_WECHAT__MODE=plain lets anybody speak as anybody: choose 安全模式 in the console")
    if has_secret and not account.app_id:
        raise SetupError("TUIKUAN_WECHAT__APP_ID is missing")
    if has_template and not account.reminder_fields:
        raise SetupError("TUIKUAN_WECHAT__REMINDER_FIELDS is missing: which field of the template holds what")
    means = {
        "客服消息": account.can_push,
        "模板消息": bool(account.template_id),
        "订阅通知": bool(account.subscription_id),
    }
    sends = "、".join(name for name, is_there in means.items() if is_there) or "nothing on its own"
    return (
        f"{account.mode} mode, sends {sends}, {'links' if settings().public_url else 'no links (TUIKUAN_PUBLIC_URL)'}"
    )


async def _token(client: Client) -> str:
    await client.check_token()
    return "there is one"


async def _addresses(client: Client) -> str:
    return f"callbacks come from {len(await client.callback_ips())} addresses or networks"


async def _menu(client: Client) -> str:
    try:
        theirs = await client.get_menu()
    except PlatformError as error:
        if error.action is Action.NOT_GRANTED:
            return "this account's menu is made in the platform's console"
        raise
    if theirs is None:
        raise SetupError(f"the account has none: {PUSH}")
    if not menu.is_same(menu.as_platform_json(settings().public_url), theirs):
        raise SetupError(f"differs from data/wechat_menu.yml: {PUSH}")
    return "as in data/wechat_menu.yml"


async def _callback(_client: Client) -> str:
    """Ask our own address what the platform asks it when it is entered in the console."""
    address = f"{settings().public_url.rstrip('/')}/wechat"
    query = _signed_query(settings().wechat.token.get_secret_value())
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT_S, trust_env=False) as http:
            answer = await http.get(address, params=query)
    except httpx.HTTPError:
        raise SetupError(f"{address} cannot be reached from here: is the service running, is TLS in order?") from None
    if answer.status_code != httpx.codes.OK or answer.text != query["echostr"]:
        raise SetupError(
            f"{address} answers HTTP {answer.status_code}, not what it was asked: do proxy and token agree?"
        )
    return f"{address} answers"


def _signed_query(token: str) -> dict[str, str]:
    query = {"timestamp": str(int(time.time())), "nonce": secrets.token_hex(8), "echostr": secrets.token_hex(8)}
    return {**query, "signature": sign(token, query["timestamp"], query["nonce"])}


def _print(shown: Mapping[str, Any]) -> None:
    for button in shown.get("button", []):
        print(_line(button))
        for item in button.get("sub_button", []):
            print(f"  {_line(item)}")


def _line(entry: Mapping[str, Any]) -> str:
    return "  ".join(filter(None, (entry["name"], entry.get("key") or entry.get("url"))))
