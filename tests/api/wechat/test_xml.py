"""The platform's XML: what is read of it, what is refused, and that nothing said can become part of it."""

from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from api.wechat import xml
from api.wechat.rejection import Reject

LINE = "<!DOCTYPE xml [{}]><xml><Content>{}</Content></xml>"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ANY_CHARACTER = st.characters(exclude_categories=())  # lone surrogates too


def nested(depth: int) -> str:
    """So many elements, each in the one before it, the root included."""
    return "<xml>" + "<a>" * (depth - 1) + "</a>" * (depth - 1) + "</xml>"


def wide(elements: int) -> str:
    return "<xml>" + "".join(f"<a{n}/>" for n in range(elements - 1)) + "</xml>"


def sized(size: int) -> str:
    return f"<xml><a>{'x' * (size - len('<xml><a></a></xml>'))}</a></xml>"


class TestReading:
    def test_a_message_as_the_platform_sends_it(self) -> None:
        message = """<xml>
  <ToUserName><![CDATA[gh_97417a04a28d]]></ToUserName>
  <CreateTime>1348831860</CreateTime>
  <Content><![CDATA[充的话费没到账 😀]]></Content>
  <MsgId> 1234567890123456 </MsgId>
</xml>"""
        assert xml.read(message.encode()) == {
            "ToUserName": "gh_97417a04a28d",
            "CreateTime": "1348831860",
            "Content": "充的话费没到账 😀",
            "MsgId": "1234567890123456",
        }

    @pytest.mark.parametrize(
        ("inner", "read"),
        [
            pytest.param("<![CDATA[ 你好\n ]]>", " 你好\n ", id="whitespace-that-was-said"),
            pytest.param("\n  <![CDATA[ 你好]]>\n", " 你好", id="whitespace-that-is-layout"),
            pytest.param("<![CDATA[a]]]]><![CDATA[>b]]>", "a]]>b", id="cdata-in-two"),
            pytest.param("<![CDATA[<MsgType>]]>", "<MsgType>", id="markup-that-was-said"),
            pytest.param("a &lt; b &amp;&#65;", "a < b &A", id="references"),
            pytest.param("<![CDATA[a\x00\x1d\x0b\ufffeb\tc]]>", "ab\tc", id="characters-that-xml-cannot-hold"),
            pytest.param("", "", id="nothing"),
            pytest.param("1<!-- 2 -->3", "13", id="a-comment"),
            pytest.param("x" * 60_000, "x" * 60_000, id="more-than-one-buffer"),
            pytest.param("<![CDATA[" + "话 " * 15_000 + "]]>", "话 " * 15_000, id="more-than-one-buffer-of-cdata"),
        ],
    )
    def test_what_a_field_holds(self, inner: str, read: str) -> None:
        assert xml.read(f"<xml><Content>{inner}</Content></xml>".encode()) == {"Content": read}

    def test_fields_in_fields_have_dotted_names_and_the_first_of_several_is_kept(self) -> None:
        message = b"""<xml><Event>pic_sysphoto</Event><SendPicsInfo><Count>2</Count><PicList>
          <item><PicMd5Sum>one</PicMd5Sum></item><item><PicMd5Sum>two</PicMd5Sum></item></PicList></SendPicsInfo></xml>"""
        assert xml.read(message) == {
            "Event": "pic_sysphoto",
            "SendPicsInfo.Count": "2",
            "SendPicsInfo.PicList.item.PicMd5Sum": "one",
        }

    def test_a_field_inside_another_does_not_pass_for_one_of_the_top(self) -> None:
        assert xml.read(b"<xml><a><Encrypt>x</Encrypt></a></xml>") == {"a.Encrypt": "x"}

    @pytest.mark.parametrize("prefix", ["", "\ufeff"], ids=["plain", "byte-order-mark"])
    def test_the_bytes_decide_how_they_are_read_not_what_they_declare(self, prefix: str) -> None:
        message = f'{prefix}<?xml version="1.0" encoding="gb2312"?><xml><Content>话费</Content></xml>'
        assert xml.read(message.encode()) == {"Content": "话费"}

    @pytest.mark.parametrize(
        "largest",
        [
            pytest.param(nested(xml.MAX_DEPTH), id="depth"),
            pytest.param(wide(xml.MAX_ELEMENTS), id="elements"),
            pytest.param(sized(xml.MAX_BYTES), id="size"),
        ],
    )
    def test_up_to_its_limits(self, largest: str) -> None:
        assert xml.read(largest.encode())


HOSTILE = {
    "a-file-of-ours": (LINE.format('<!ENTITY e SYSTEM "file:///etc/passwd">', "&e;"), "document type declared"),
    "an-address-inside": (LINE.format('<!ENTITY e SYSTEM "http://127.0.0.1/">', "&e;"), "document type declared"),
    "a-parameter-entity": (LINE.format('<!ENTITY % p SYSTEM "http://127.0.0.1/"> %p;', ""), "document type declared"),
    "another-dtd": ('<!DOCTYPE xml SYSTEM "http://127.0.0.1/x.dtd"><xml/>', "document type declared"),
    "a-doctype-of-no-harm": ("<!DOCTYPE xml><xml/>", "document type declared"),
    "a-billion-laughs": (LINE.format(f'<!ENTITY l0 "lol">{LAUGHS}', "&l9;"), "document type declared"),
    "quadratic-blowup": (LINE.format(f'<!ENTITY e "{"x" * 20_000}">', "&e;" * 10_000), "document type declared"),
    "an-entity-in-utf-16-without-a-mark": (
        LINE.format('<!ENTITY e "x">', "&e;").encode("utf-16-le"),
        "document type declared",
    ),
    "utf-16": ("<xml/>".encode("utf-16"), "not UTF-8"),
    "gbk": ("<xml><Content>话费</Content></xml>".encode("gbk"), "not UTF-8"),
    "an-overlong-bracket": (b"\xc0\xbcxml/>", "not UTF-8"),
    "a-surrogate": (b"<xml><a>\xed\xa0\x80</a></xml>", "not UTF-8"),
    "an-unknown-entity": ("<xml><a>&nbsp;</a></xml>", "not well-formed"),
    "a-reference-to-nothing": ("<xml><a>&#0;</a></xml>", "not well-formed"),
    "a-reference-to-a-control-character": ("<xml><a>&#1;</a></xml>", "not well-formed"),
    "a-reference-to-a-surrogate": ("<xml><a>&#xD800;</a></xml>", "not well-formed"),
    "an-end-of-cdata-that-was-never-begun": ("<xml><a>]]></a></xml>", "not well-formed"),
    "cdata-without-end": ("<xml><a><![CDATA[x</a></xml>", "not well-formed"),
    "an-element-without-end": ("<xml><a>", "not well-formed"),
    "two-roots": ("<xml/><xml/>", "not well-formed"),
    "json": ('{"ToUserName": "gh_97417a04a28d"}', "not well-formed"),
    "nothing": ("", "not well-formed"),
    "only-whitespace": (" \n", "not well-formed"),
    "only-control-characters": ("\x00\x01", "not well-formed"),
    "another-root": ("<html><a/></html>", "another root"),
    "another-namespace-of-the-root": ('<x:xml xmlns:x="y"/>', "another root"),
    "one-too-deep": (nested(xml.MAX_DEPTH + 1), "too deep"),
    "thousands-deep": (nested(9_000), "too deep"),
    "one-element-too-many": (wide(xml.MAX_ELEMENTS + 1), "too many elements"),
    "many-elements-in-one": (f"<xml><a>{'<b/>' * xml.MAX_ELEMENTS}</a></xml>", "too many elements"),
    "a-field-twice": ("<xml><MsgType>a</MsgType><MsgType>b</MsgType></xml>", "a field twice"),
    "a-field-twice-once-with-others-in-it": ("<xml><a><b>x</b></a><a>y</a></xml>", "a field twice"),
    "a-byte-too-many": (sized(xml.MAX_BYTES + 1), "too large"),
    "characters-that-go-count-too": ("\x00" * xml.MAX_BYTES + "<xml/>", "too large"),
}


@pytest.mark.parametrize(("hostile", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_it_refuses(hostile: str | bytes, reason: str) -> None:
    with pytest.raises(Reject) as refused:
        xml.read(hostile if isinstance(hostile, bytes) else hostile.encode())
    assert (refused.value.status, refused.value.reason) == (400, reason)


def test_a_refusal_holds_nothing_of_what_was_refused() -> None:
    with pytest.raises(Reject) as refused:
        xml.read("<xml><Content>我的话".encode("gbk"))
    assert str(refused.value) == "400: not UTF-8"
    assert refused.value.__suppress_context__


class TestWriting:
    def test_a_text_as_the_platform_wants_it(self) -> None:
        assert xml.text_reply("openid", "gh_1", "第一行\n第二行", 1348831860) == (
            "<xml><ToUserName><![CDATA[openid]]></ToUserName><FromUserName><![CDATA[gh_1]]></FromUserName>"
            "<CreateTime>1348831860</CreateTime><MsgType><![CDATA[text]]></MsgType>"
            "<Content><![CDATA[第一行\n第二行]]></Content></xml>"
        )

    def test_an_envelope_as_the_platform_wants_it(self) -> None:
        assert xml.encrypted_reply("c2VhbGVk", "03e0", 1713424427, "415670741") == (
            "<xml><Encrypt><![CDATA[c2VhbGVk]]></Encrypt><MsgSignature><![CDATA[03e0]]></MsgSignature>"
            "<TimeStamp>1713424427</TimeStamp><Nonce><![CDATA[415670741]]></Nonce></xml>"
        )

    @settings(deadline=None)
    @given(st.text(ANY_CHARACTER))
    @example("a]]>b")
    @example("x]]></Content><MsgType><![CDATA[news]]></MsgType><Content><![CDATA[")
    @example("]]\x00>")
    @example("]]\ud800>")
    @example("]]]]]>>")
    @example("<![CDATA[")
    def test_whatever_is_said_stays_one_field_and_what_it_was(self, said: str) -> None:
        reply = xml.text_reply("openid", "gh_1", said, 1)
        fields = {"ToUserName": "openid", "FromUserName": "gh_1", "CreateTime": "1", "MsgType": "text"}
        kept = xml.UNWRITABLE.sub("", said).replace("\r\n", "\n").replace("\r", "\n")  # as XML has line ends
        assert xml.read(reply.encode()) == {**fields, "Content": kept}
        assert [(child.tag, child.text or "") for child in ElementTree.fromstring(reply)] == [
            *fields.items(),
            ("Content", kept),
        ]
