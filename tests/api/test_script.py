"""Traditional characters for who reads them: our words are converted, and nothing that is anybody's own."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import WEB
from api.script import Script
from cases.dialogue import Understood

Chat = Talking = Any  # the fixtures' classes
Draw = Callable[..., bytes]
HANT = {"Accept-Language": "zh-Hant"}


@pytest.mark.parametrize(
    ("header", "traditional"),
    [
        pytest.param("zh-Hant", True, id="traditional"),
        pytest.param("zh-Hant-TW", True, id="of a place"),
        pytest.param("zh-TW,zh;q=0.9,en;q=0.8", True, id="taiwan"),
        pytest.param("zh-HK", True, id="hong kong"),
        pytest.param("zh-MO", True, id="macau"),
        pytest.param("ZH-tw", True, id="written otherwise"),
        pytest.param("en-US, zh-TW;q=0.5", True, id="the only chinese"),
        pytest.param("zh-CN,zh-TW;q=0.8", False, id="simplified first"),
        pytest.param("zh-TW;q=0.1,zh-CN;q=0.9", False, id="simplified rather"),
        pytest.param("zh-Hans", False, id="simplified"),
        pytest.param("zh", False, id="chinese"),
        pytest.param("en", False, id="another language"),
        pytest.param("", False, id="nothing"),
        pytest.param("zh-TW;q=lots,;;,=,zh-CN", False, id="no weight"),
        pytest.param("\xff" * 9000, False, id="nonsense"),
    ],
)
def test_the_header_says_which(header: str, traditional: bool) -> None:
    assert Script.of(header).is_traditional is traditional


class TestAnswers:
    @pytest.fixture
    def reader(self, talk: Chat) -> Chat:
        """Somebody who reads traditional characters."""
        talk.client.headers.update(HANT)
        return talk

    def test_the_welcome_is_converted(self, reader: Chat) -> None:
        opened = type(reader)(reader.client)
        assert opened.welcome[-1]["buttons"][0]["title"] == "沒到賬"

    def test_buttons_work_all_the_same(self, reader: Chat) -> None:
        answer = reader.tap("沒到賬")
        assert answer["case"]["dispute_kind"] == "not_delivered"
        assert answer["case"]["dispute_name"] == "未到賬"

    def test_the_case_is_converted_but_for_the_persons_own_words(self, reader: Chat, talking: Talking) -> None:
        text = "我在极速卡盟充的话费没到账"
        talking.means[text] = ("facts", Understood(text, "not_delivered", 0.95, {"platform": "极速卡盟"}))
        case = reader.say(text)["case"]
        facts = {fact["id"]: fact for fact in case["facts"]}
        assert (case["platform"], facts["platform"]["value"]) == ("极速卡盟", "极速卡盟")
        assert facts["platform"]["name"] == "平臺"
        assert case["evidence"][0]["name"] == "訂單詳情"

    def test_what_the_person_wrote_stays_as_it_is(self, reader: Chat, picture: Draw) -> None:
        reader.say("没到账")
        reader.upload(picture(), "订单.png")
        assert ("person", "没到账") in reader.said
        assert reader.files[0]["name"] == "订单.png"

    def test_a_refusal_is_converted_too(self, reader: Chat) -> None:
        assert reader.post({"payload": "c_never"}).json()["error"]["message"].count("這") == 1

    def test_nobody_else_gets_it(self, reader: Chat) -> None:
        other = type(reader)(reader.client)
        response = other.client.get("/api/chat/messages", headers={**other.headers, "Accept-Language": "zh-CN"})
        assert response.json()["messages"][-1]["buttons"][0]["title"] == "没到账"


class TestSources:
    @pytest.mark.parametrize("name", [path.name for path in sorted(WEB.glob("*.*"))])
    def test_a_source_is_the_same_but_for_its_chinese(self, client: TestClient, name: str) -> None:
        plain, converted = (client.get(f"/static/{folder}{name}") for folder in ("", "hant/"))
        assert converted.status_code == 200
        assert converted.headers["Content-Type"].split(";")[0] == plain.headers["Content-Type"].split(";")[0]
        assert "".join(filter(str.isascii, converted.text)) == "".join(filter(str.isascii, plain.text))

    def test_its_chinese_is_converted(self, client: TestClient) -> None:
        assert "退款助手" in client.get("/static/hant/index.html").text
        assert "对话" not in client.get("/static/hant/index.html").text

    @pytest.mark.parametrize(
        "path",
        [
            pytest.param("nothing.js", id="no such file"),
            pytest.param("../app.py", id="a file of ours"),
            pytest.param("%2e%2e/app.py", id="by another name"),
            pytest.param("", id="the folder"),
        ],
    )
    def test_there_is_nothing_else(self, client: TestClient, path: str) -> None:
        assert client.get(f"/static/hant/{path}").status_code == 404
