"""Evidence: handed in by every way there is, looked at, covered."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import FilePayload, Locator, Request, Route, expect

from tests.e2e.conftest import png

if TYPE_CHECKING:
    from tests.e2e.conftest import Chat

pytestmark = pytest.mark.e2e

STORY = "我11月18号在极速卡盟用微信付了200块充话费，订单号20261118093344，到现在还没到账"
# As the browser would hand over files: a script may make the same event.
HAND_OVER = """(target, [kind, files]) => {
  const carried = new DataTransfer();
  for (const { name, type, content } of files) {
    const bytes = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
    carried.items.add(new File([bytes], name, { type }));
  }
  const event = kind === "paste"
    ? new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, composed: true, cancelable: true })
    : new DragEvent(kind, { dataTransfer: carried, bubbles: true, composed: true, cancelable: true });
  target.dispatchEvent(event);
  return event.defaultPrevented;
}"""


def carried(*names: str, kind: str = "image/png") -> list[dict[str, str]]:
    """Pictures of different sizes, so that none is the same as another."""
    contents = [base64.b64encode(png(64 + i, 96)).decode() for i in range(len(names))]
    return [{"name": name, "type": kind, "content": content} for name, content in zip(names, contents, strict=True)]


def test_several_files_picked_at_once_arrive_in_order(phone: Chat) -> None:
    phone.say(STORY)
    phone.until_evidence()
    with phone.page.expect_file_chooser() as chooser:
        phone.press("发送图片或文件")
    assert chooser.value.is_multiple()
    names = ["一.png", "二.png", "三.png"]
    chooser.value.set_files(
        [FilePayload(name=n, mimeType="image/png", buffer=png(70 + i)) for i, n in enumerate(names)]
    )
    phone.settled()
    assert phone.own_stored()[-3:] == names
    expect(phone.pictures).to_have_count(3)


def test_a_picture_is_pasted(desktop: Chat) -> None:
    desktop.say(STORY)
    desktop.until_evidence()
    assert desktop.box.evaluate(HAND_OVER, ["paste", carried("截图.png")])
    desktop.settled()
    expect(desktop.pictures).to_have_accessible_name("查看 截图.png")
    assert desktop.own_stored()[-1] == "截图.png"


def test_a_photo_is_taken(phone: Chat) -> None:
    phone.say(STORY)
    phone.until_evidence()
    with phone.page.expect_file_chooser() as chooser:
        phone.press("拍照")
    assert chooser.value.element.get_attribute("capture") == "environment"
    chooser.value.set_files({"name": "照片.png", "mimeType": "image/png", "buffer": png()})
    phone.settled()
    assert phone.own_stored()[-1] == "照片.png"


def test_a_file_is_dropped_onto_the_chat(desktop: Chat) -> None:
    desktop.say(STORY)
    desktop.until_evidence()
    log = desktop.page.get_by_role("log")
    drop = desktop.page.get_by_text("松开，把图发给助手")
    expect(drop).to_be_hidden()
    assert log.evaluate(HAND_OVER, ["dragover", carried("拖.png")])
    expect(drop).to_be_visible()
    assert log.evaluate(HAND_OVER, ["drop", carried("拖.png")])
    expect(drop).to_be_hidden()
    desktop.settled()
    assert desktop.own_stored()[-1] == "拖.png"


def test_what_is_not_accepted_is_said_before_anything_is_sent(desktop: Chat) -> None:
    sent: list[Request] = []
    desktop.page.on("request", lambda request: sent.append(request) if "attachments" in request.url else None)
    desktop.box.evaluate(HAND_OVER, ["paste", carried("动图.gif", kind="image/gif")])
    expect(desktop.notice).to_contain_text("「动图.gif」发不了")
    desktop.attach(b"", "空.png")
    expect(desktop.notice).to_contain_text("空文件")
    expect(desktop.own).to_have_count(0)
    assert sent == []


def test_an_upload_shows_how_far_it_is_and_can_be_cancelled(phone: Chat, picture: bytes) -> None:
    phone.network_may_fail = True
    phone.say(STORY)
    phone.until_evidence()
    held: list[Route] = []
    phone.page.route("**/api/chat/attachments", lambda route: held.append(route))
    phone.attach(picture, "订单.png")
    sending = phone.own.last
    expect(sending.get_by_role("progressbar", name="上传 订单.png")).to_be_visible()
    sending.get_by_role("button", name="取消上传 订单.png").tap()
    expect(phone.page.locator(".pending, .typing")).to_have_count(0)
    expect(phone.card).to_be_visible()
    assert len(held) == 1
    phone.page.unroute("**/api/chat/attachments")

    phone.page.reload()
    expect(phone.card).to_be_visible()
    assert "订单.png" not in phone.own_stored()
    phone.show(picture, "订单.png")
    assert phone.own_stored()[-1] == "订单.png"


def test_a_long_wait_says_so(phone: Chat) -> None:
    held: list[Route] = []
    phone.page.route("**/api/chat/messages", lambda route: held.append(route))
    phone.write(STORY)
    expect(phone.page.locator(".typing")).to_contain_text("还在看")
    held[0].continue_()
    phone.settled()


def test_a_pdf_is_evidence_too(desktop: Chat) -> None:
    from fpdf import FPDF

    made = FPDF()
    made.add_page()
    made.set_font("helvetica", size=24)
    made.cell(text="200.00")
    desktop.say(STORY)
    desktop.until_evidence()
    desktop.attach(bytes(made.output()), "账单.pdf", "application/pdf")
    desktop.settled()
    desktop.pictures.click()
    viewer = desktop.page.get_by_role("dialog", name="账单.pdf")
    expect(viewer.get_by_role("img", name="图片 账单.pdf")).to_be_visible()
    expect(viewer.get_by_role("button", name="保存打码版")).to_have_count(0)


def test_a_picture_is_covered_by_dragging_by_two_taps_and_by_keys(desktop: Chat) -> None:
    viewer = _opened(desktop, png(600, 800))
    expect(viewer.get_by_role("button", name="下载打码版")).to_be_hidden()
    picture = viewer.get_by_role("img", name="图片 订单.png")
    area = picture.bounding_box()
    assert area is not None
    left, top = area["x"], area["y"]

    mouse = desktop.page.mouse
    mouse.move(left + 30, top + 30)
    mouse.down()
    mouse.move(left + 130, top + 70)
    mouse.up()
    expect(_boxes(viewer)).to_have_count(1)

    mouse.click(left + 30, top + 120)
    expect(_boxes(viewer)).to_have_count(1)
    mouse.click(left + 110, top + 160)
    expect(_boxes(viewer)).to_have_count(2)

    viewer.get_by_role("button", name="加一块").click()
    third = _boxes(viewer).nth(2)
    assert desktop.focused(third)
    before = third.bounding_box()
    desktop.page.keyboard.press("ArrowUp")
    desktop.page.keyboard.press("Shift+ArrowRight")
    after = third.bounding_box()
    assert before is not None
    assert after is not None
    assert after["y"] < before["y"]
    assert after["width"] > before["width"]

    _boxes(viewer).nth(1).click()
    expect(_boxes(viewer)).to_have_count(2)
    viewer.get_by_role("button", name=re.compile("^去掉第 2 块")).click()
    expect(_boxes(viewer)).to_have_count(1)

    viewer.get_by_role("button", name="保存打码版").click()
    expect(viewer.get_by_role("button", name="下载打码版")).to_be_visible()
    with desktop.page.expect_download() as download:
        viewer.get_by_role("button", name="下载打码版").click()
    assert download.value.suggested_filename == "打码-订单.jpg"
    assert download.value.path().read_bytes()[:3] == b"\xff\xd8\xff"
    assert _black_at(desktop, download.value.path().read_bytes(), 80 / area["width"], 50 / area["height"])

    desktop.page.keyboard.press("Escape")
    desktop.page.reload()
    desktop.pictures.click()
    expect(_boxes(viewer)).to_have_count(1)


def test_the_original_is_handed_back_as_it_came(desktop: Chat) -> None:
    original = png(300, 500)
    viewer = _opened(desktop, original)
    with desktop.page.expect_download() as download:
        viewer.get_by_role("button", name="下载原件").click()
    assert download.value.path().read_bytes() == original


def test_an_expired_link_is_renewed_without_a_word(desktop: Chat) -> None:
    desktop.network_may_fail = True
    spent: list[str] = []

    def once(route: Route) -> None:
        if spent:
            route.continue_()
            return
        spent.append(route.request.url)
        body = '{"error": {"code": "file_link", "message": "这个链接打不开了，请回到对话里重新点开。"}}'
        route.fulfill(status=404, content_type="application/json", body=body)

    desktop.page.route("**/api/files/*/preview*", once)
    viewer = _opened(desktop, png(300, 500))
    expect(viewer.get_by_role("img", name="图片 订单.png")).to_be_visible()
    assert len(spent) == 1


def _opened(chat: Chat, content: bytes) -> Locator:
    chat.say(STORY)
    chat.until_evidence()
    chat.show(content, "订单.png")
    chat.pictures.click()
    viewer = chat.page.get_by_role("dialog", name="订单.png")
    expect(viewer.get_by_role("button", name="保存打码版")).to_be_visible()
    return viewer


def _boxes(viewer: Locator) -> Locator:
    return viewer.get_by_role("button", name=re.compile("^第"))


def _black_at(chat: Chat, jpeg: bytes, x: float, y: float) -> bool:
    """Whether the picture is black at a place, given in fractions."""
    look = """async ([content, x, y]) => {
      const bytes = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes]));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const brush = canvas.getContext("2d");
      brush.drawImage(bitmap, 0, 0);
      return [...brush.getImageData(x * bitmap.width, y * bitmap.height, 1, 1).data];
    }"""
    red, green, blue, _ = _numbers(chat.page.evaluate(look, [base64.b64encode(jpeg).decode(), x, y]))
    return max(red, green, blue) < 16


def _numbers(found: Any) -> list[int]:
    return [int(part) for part in found]
