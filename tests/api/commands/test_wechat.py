"""`tuikuan wechat`: a line for each thing that is checked, and the menu of the account."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from api.wechat import menu
from api.wechat.codec import Codec
from api.wechat.rejection import Reject
from cases.settings import settings
from tests.api.wechat import fake_platform as paths
from tests.api.wechat.fake_platform import FakePlatform

Run = Callable[..., tuple[int, str, str]]
Check = Callable[..., None]
Set = Callable[..., None]


@pytest.fixture
def set_account(monkeypatch: pytest.MonkeyPatch) -> Iterator[Set]:
    """Change settings of the account; `public_url` is ours."""

    def change(*, public_url: str | None = None, **values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"TUIKUAN_WECHAT__{name.upper()}", value)
        if public_url is not None:
            monkeypatch.setenv("TUIKUAN_PUBLIC_URL", public_url)
        settings.cache_clear()

    yield change
    settings.cache_clear()


@pytest.fixture
def account(sqlite: None, monkeypatch: pytest.MonkeyPatch, set_account: Set) -> Iterator[FakePlatform]:
    """An account on a platform of the test's own."""
    platform = FakePlatform()
    for name, value in platform.settings.items():
        monkeypatch.setenv(name, value)
    set_account(public_url="")
    yield platform
    platform.close()


class Page:
    """A service that answers the platform's question as ours does, at `url`/wechat, for the account of `codec`."""

    def __init__(self, codec: Codec) -> None:
        self.codec = codec
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"


def _handler(page: Page) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(asked.query).items()}
            try:
                status, answer = (200, page.codec.verify_url(query)) if asked.path == "/wechat" else (404, "")
            except Reject as rejected:
                status, answer = rejected.status, ""
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer.encode())

        def log_message(self, *_: object) -> None:
            """Tests print nothing."""

    return Handler


@pytest.fixture
def page(account: FakePlatform) -> Iterator[Page]:
    """Our service, for this account."""
    made = Page(Codec.of_settings())
    yield made
    made.server.shutdown()
    made.server.server_close()


def lines(output: str) -> dict[str, tuple[str, str]]:
    """What is printed of each check: its mark and the rest."""
    parts = [line.partition(": ") for line in output.splitlines()]
    return {head[2:]: (head[0], rest) for head, _, rest in parts}


class TestCheck:
    def test_all_is_well(self, account: FakePlatform, run: Run, set_account: Set, page: Page) -> None:
        set_account(public_url=page.url)
        assert run("wechat", "menu", "push")[0] == 0
        code, output, errors = run("wechat", "check")
        assert (code, errors) == (0, "")
        assert {name: mark for name, (mark, _) in lines(output).items()} == {
            "settings": "✓",
            "token": "✓",
            "addresses": "✓",
            "menu": "✓",
            "callback": "✓",
        }
        assert "safe mode, sends 客服消息" in lines(output)["settings"][1]

    def test_nothing_secret_is_printed(self, account: FakePlatform, run: Run) -> None:
        _, output, errors = run("wechat", "check")
        secrets = (account.app_secret, account.aes_key, account.callback_token, *account.tokens)
        assert [secret for secret in secrets if secret in output + errors] == []

    def test_an_account_without_the_interface_is_checked_as_far_as_it_goes(
        self, account: FakePlatform, run: Run, set_account: Set
    ) -> None:
        set_account(app_secret="", can_push="false")
        code, output, _ = run("wechat", "check")
        assert (code, list(lines(output))) == (0, ["settings"])
        assert "nothing on its own" in output
        assert not account.asked

    def test_there_is_no_such_channel(self, sqlite: None, run: Run, assert_one_line: Check) -> None:
        settings.cache_clear()
        assert_one_line(run("wechat", "check"), "TUIKUAN_WECHAT__TOKEN")

    @pytest.mark.parametrize(
        ("path", "errcode", "wrong", "says"),
        [
            (paths.TOKEN, 40125, ["token", "addresses", "menu"], "APP_SECRET is wrong [40125]"),
            (paths.TOKEN, 40164, ["token", "addresses", "menu"], "IP 白名单 [40164]"),
            (paths.CALLBACK_IPS, 48001, ["addresses"], "接口权限"),
            (paths.MENU_GET, 50002, ["menu"], "restricted"),
        ],
        ids=["secret", "allow-list", "not granted", "restricted"],
    )
    def test_a_refusal_stands_in_its_line(
        self, account: FakePlatform, run: Run, path: str, errcode: int, wrong: list[str], says: str
    ) -> None:
        account.menu = menu.as_platform_json("")
        account.fail(path, errcode, times=3)
        code, output, errors = run("wechat", "check")
        assert code == 1
        assert [name for name, (mark, _) in lines(output).items() if mark == "✗"] == wrong
        assert says in lines(output)[wrong[0]][1]
        assert errors == f"tuikuan: not as it should be: {', '.join(wrong)}\n"

    def test_the_menu_is_not_there_yet(self, account: FakePlatform, run: Run) -> None:
        code, output, _ = run("wechat", "check")
        assert (code, lines(output)["menu"][0]) == (1, "✗")
        assert "tuikuan wechat menu push" in lines(output)["menu"][1]

    def test_the_menu_is_an_old_one(self, account: FakePlatform, run: Run) -> None:
        account.menu = {"button": [{"name": "旧", "type": "click", "key": "old"}]}
        assert "differs" in lines(run("wechat", "check")[1])["menu"][1]

    def test_an_account_that_may_not_set_its_menu_is_no_fault(self, account: FakePlatform, run: Run) -> None:
        account.fail(paths.MENU_GET, 48001)
        code, output, _ = run("wechat", "check")
        assert (code, lines(output)["menu"]) == (0, ("✓", "this account's menu is made in the platform's console"))

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"template_id": "tmpl"}, "REMINDER_FIELDS"),
            ({"mode": "plain", "app_id": ""}, "APP_ID"),
        ],
        ids=["a template without its fields", "a secret without its account"],
    )
    def test_settings_that_do_not_go_together(
        self, account: FakePlatform, run: Run, set_account: Set, change: dict[str, str], says: str
    ) -> None:
        set_account(**change)
        code, output, _ = run("wechat", "check")
        assert (code, lines(output)["settings"][0]) == (1, "✗")
        assert says in lines(output)["settings"][1]

    def test_plain_text_is_not_for_production(
        self, account: FakePlatform, run: Run, set_account: Set, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        set_account(mode="plain")
        assert lines(run("wechat", "check")[1])["settings"][0] == "✓"
        monkeypatch.setenv("TUIKUAN_ENVIRONMENT", "production")
        monkeypatch.setenv("TUIKUAN_SECRET_KEY", "x" * 32)
        settings.cache_clear()
        mark, text = lines(run("wechat", "check")[1])["settings"]
        assert mark == "✗"
        assert "安全模式" in text


class TestTheCallback:
    def test_answers_under_another_token(self, account: FakePlatform, run: Run, set_account: Set, page: Page) -> None:
        set_account(public_url=page.url)
        page.codec = Codec("BBBBB", [account.aes_key], account.app_id, "safe")
        mark, text = lines(run("wechat", "check")[1])["callback"]
        assert mark == "✗"
        assert "HTTP 403" in text

    def test_is_somewhere_else(self, account: FakePlatform, run: Run, set_account: Set, page: Page) -> None:
        set_account(public_url=f"{page.url}/shop")
        assert "HTTP 404" in lines(run("wechat", "check")[1])["callback"][1]

    def test_cannot_be_reached(self, account: FakePlatform, run: Run, set_account: Set) -> None:
        away = FakePlatform()
        away.close()
        set_account(public_url=away.url)
        assert "cannot be reached" in lines(run("wechat", "check")[1])["callback"][1]


class TestMenu:
    def test_push_and_show(self, account: FakePlatform, run: Run) -> None:
        code, pushed, errors = run("wechat", "menu", "push")
        assert (code, errors) == (0, "")
        assert account.menu == menu.as_platform_json("")
        code, shown, errors = run("wechat", "menu", "show")
        assert (code, errors) == (0, "")
        assert pushed.startswith(shown)
        assert "  转人工  human\n" in shown

    def test_show_tells_when_it_is_another(self, account: FakePlatform, run: Run) -> None:
        account.menu = {"button": [{"name": "旧", "type": "click", "key": "old"}]}
        code, shown, _ = run("wechat", "menu", "show")
        assert (code, shown.splitlines()[0]) == (0, "旧  old")
        assert "differs" in shown

    def test_there_is_none_to_show(self, account: FakePlatform, run: Run, assert_one_line: Check) -> None:
        assert_one_line(run("wechat", "menu", "show"), "no menu", "tuikuan wechat menu push")

    @pytest.mark.parametrize("word", ["push", "show"])
    def test_without_the_interface_it_is_made_in_the_console(
        self, account: FakePlatform, run: Run, set_account: Set, assert_one_line: Check, word: str
    ) -> None:
        set_account(app_secret="", can_push="false")
        assert_one_line(run("wechat", "menu", word), "TUIKUAN_WECHAT__APP_SECRET")

    def test_a_refusal_is_one_line(self, account: FakePlatform, run: Run, assert_one_line: Check) -> None:
        account.fail(paths.MENU_CREATE, 48001)
        assert_one_line(run("wechat", "menu", "push"), "[48001]")


def test_help_tells_the_words(run: Run) -> None:
    shown = run("wechat", "--help")[1]
    assert "check" in shown
    assert "menu" in shown
