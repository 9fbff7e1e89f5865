"""Pictures come through the interface or from where they lie, and from nowhere else."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from api.wechat.client import Client
from api.wechat.media import fetch, is_picture_address
from cases.errors import BadInput, TryAgain
from cases.settings import settings
from tests.api.wechat import fake_platform as paths
from tests.api.wechat.fake_platform import FakePlatform

ADDRESS = "http://mmbiz.qpic.cn/mmbiz_jpg/abc/0"
MIB = 1024 * 1024


class Host(httpx.AsyncBaseTransport):
    """Stands for the platform's host of pictures; `asked` are the addresses, `taken` the MiB that were read."""

    def __init__(self, status: int = 200, mib: int = 1, *, hangs: bool = False) -> None:
        self.asked: list[str] = []
        self.taken = 0
        self._status, self._mib, self._hangs = status, mib, hangs

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        return httpx.Response(self._status, headers={"Location": "http://127.0.0.1/"}, content=self._content())

    async def _content(self) -> AsyncIterator[bytes]:
        if self._hangs:
            await asyncio.Event().wait()
        for _ in range(self._mib):
            self.taken += 1
            yield bytes(MIB)


def take(address: str, host: Host, *, media_id: str = "") -> bytes:
    """A picture; through the interface too if there is a `media_id`."""

    async def run() -> bytes:
        if not media_id:
            return await fetch(None, "", address, host)
        async with Client(settings().wechat) as client:
            return await fetch(client, media_id, address, host)

    return asyncio.run(asyncio.wait_for(run(), 20))


class TestThroughTheInterface:
    def test_if_there_is_one(self, account: FakePlatform) -> None:
        account.put_media("m1", b"\xff\xd8picture")
        host = Host()
        assert take(ADDRESS, host, media_id="m1") == b"\xff\xd8picture"
        assert host.asked == []

    @pytest.mark.parametrize("errcode", [40007, 48001, 45009, 40164])
    def test_and_if_it_refuses_from_where_it_lies(self, account: FakePlatform, errcode: int) -> None:
        account.fail(paths.MEDIA, errcode)
        assert take(ADDRESS, Host(), media_id="m1") == bytes(MIB)

    def test_or_if_it_takes_too_long(self, account: FakePlatform, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("api.wechat.media.EACH_S", 1.0)
        account.put_media("m1", b"\xff\xd8picture")
        account.hang(paths.MEDIA, 60)
        assert take(ADDRESS, Host(), media_id="m1") == bytes(MIB)


class TestFromWhereItLies:
    def test_if_there_is_no_interface(self) -> None:
        host = Host()
        assert take(ADDRESS, host) == bytes(MIB)
        assert host.asked == [ADDRESS]

    @pytest.mark.parametrize("status", [302, 404, 500])
    def test_but_nowhere_that_this_leads_to(self, status: int) -> None:
        host = Host(status)
        with pytest.raises(TryAgain, match="再发一次"):
            take(ADDRESS, host)
        assert host.asked == [ADDRESS]

    def test_and_no_longer_than_five_seconds(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("api.wechat.media.EACH_S", 0.1)
        with pytest.raises(TryAgain):
            take(ADDRESS, Host(hangs=True))

    def test_and_no_more_than_a_file_may_have(self) -> None:
        limit = settings().attachment_max_mib
        assert len(take(ADDRESS, Host(mib=limit))) == limit * MIB
        endless = Host(mib=1000)
        with pytest.raises(BadInput, match=f"{limit} MB"):
            take(ADDRESS, endless)
        assert endless.taken == limit + 1

    def test_and_if_it_lies_nowhere_it_is_asked_for_again(self, account: FakePlatform) -> None:
        with pytest.raises(TryAgain, match="再发一次") as raised:
            take("", Host(), media_id="gone")
        assert raised.value.code == "picture_lost"


ALLOWED = [
    ADDRESS,
    "https://mmbiz.qpic.cn/a?b=c",
    "http://wx.qlogo.cn/mmopen/0",
    "HTTP://MMBIZ.QPIC.CN/a",
    "http://mmbiz.qpic.cn:80/a",
    "https://mmbiz.qpic.cn:443/a",
]
REFUSED = [
    "",
    "mmbiz.qpic.cn/a",
    "//mmbiz.qpic.cn/a",
    "http://127.0.0.1/",
    "http://localhost/mmbiz.qpic.cn",
    "http://[::1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://qpic.cn.example.org/",
    "http://mmbizqpic.cn/",
    "http://evil-qpic.cn/",
    "http://mmbiz.qpic.cn.evil.org/",
    "http://mmbiz.qpic.cn@evil.org/",
    "http://evil.org\\@mmbiz.qpic.cn/",
    "http://somebody:secret@mmbiz.qpic.cn/",
    "http://evil.org#.qpic.cn",
    "http://evil.org?.qpic.cn",
    "http://evil.org/.qpic.cn",
    "http://mmbiz.qpic.cn:8080/",
    "https://mmbiz.qpic.cn:80/",
    "http://mmbiz.qpic.cn:99999/",
    "http://mmbiz。qpic。cn.evil.org/",
    "http://mmbiz.qpic.cn\n.evil.org/",
    "http://mmbiz.qpic.cn%00.evil.org/",
    "ftp://mmbiz.qpic.cn/a",
    "file:///etc/passwd",
    "gopher://mmbiz.qpic.cn/",
    "data:image/png;base64,AAAA",
]


@pytest.mark.parametrize("address", ALLOWED)
def test_an_address_of_the_platform(address: str) -> None:
    assert is_picture_address(address)


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_of_somebody_else_is_never_asked(address: str) -> None:
    host = Host()
    with pytest.raises(TryAgain):
        take(address, host)
    assert host.asked == []
