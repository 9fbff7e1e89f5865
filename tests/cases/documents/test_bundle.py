"""The bundle of evidence, opened and looked at: a cover, a list that agrees with its pages, and the pages."""

import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pypdf
import pypdfium2
import pytest
from fpdf import FPDF
from PIL import Image

from cases.documents import bundle
from cases.evidence import files
from cases.knowledge import knowledge
from cases.models import Attachment, Case, EvidenceItem, EvidenceState

pytestmark = pytest.mark.usefixtures("sqlite")

RED, BLUE, GREEN, BLACK = (220, 20, 30), (30, 60, 220), (20, 160, 60), (0, 0, 0)
RECEIVED = datetime(2026, 11, 20, 18, 3, tzinfo=UTC)
WHOLE: dict[str, Any] = {"page": 1, "x": 0.0, "y": 0.0, "width": 1.0, "height": 1.0, "kind": "phone"}
Example = Callable[..., Case]
Colour = tuple[int, int, int]


def picture(*colours: Colour, size: tuple[int, int] = (540, 1200), form: str = "PNG", **how: Any) -> bytes:
    """A picture with as many bands of colour, one below the other."""
    image = Image.new("RGB", size)
    for number, colour in enumerate(colours):
        top = size[1] * number // len(colours)
        image.paste(colour, (0, top, size[0], size[1] * (number + 1) // len(colours)))
    out = BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


def statement(*pages: str) -> bytes:
    """A PDF with words on each page."""
    made = FPDF()
    made.set_font("helvetica", size=40)
    for words in pages:
        made.add_page()
        made.cell(0, 30, words)
    return bytes(made.output())


def video() -> bytes:
    def box(kind: bytes, body: bytes) -> bytes:
        return (len(body) + 8).to_bytes(4, "big") + kind + body

    inside = box(b"mvhd", bytes(100)) + box(b"trak", bytes(50))
    return box(b"ftyp", b"isom\0\0\2\0isommp42") + box(b"moov", inside) + box(b"mdat", bytes(1024 * 1024))


def received(content: bytes, **facts: Any) -> Attachment:
    stored = files.store(content)
    return Attachment(
        sha256=stored.sha256,
        media_type=stored.media_type,
        size=stored.size,
        width=stored.width,
        height=stored.height,
        pages=stored.pages,
        **{"name": "我的 13812345678.png", "source": "web", "received_at": RECEIVED, **facts},
    )


@pytest.fixture
def case_with(example: Example) -> Callable[..., Case]:
    """The usual case with the evidence it is given: `ev_order=[file, file]`."""

    def build(**evidence: list[Attachment]) -> Case:
        case = example("personal_payment")
        case.evidence.clear()
        for id_, attachments in evidence.items():
            item = EvidenceItem(requirement_id=id_, state=EvidenceState.PROVIDED, parked=0)
            item.attachments.extend(attachments)
            case.evidence.append(item)
        return case

    return build


CaseWith = Callable[..., Case]


class Opened:
    """A bundle as a reader of PDF shows it; `pages` are those of the evidence."""

    def __init__(self, case: Case, *, redacted: bool = False) -> None:
        self.content = bundle.draw(case, knowledge(), redacted=redacted)
        self.reader = pypdf.PdfReader(BytesIO(self.content))
        self.labels = self.reader.page_labels
        texts = [page.extract_text() for page in self.reader.pages]
        front = self.labels.index("1") if "1" in self.labels else len(texts)
        self.cover, self.contents, self.pages = texts[0], "\n".join(texts[1:front]), texts[front:]
        self._front = front

    def colours(self, page: int) -> set[Colour]:
        """Which of our colours cover much of a page of evidence as it is rendered."""
        image = self.rendered(page)
        counted = image.getcolors(image.width * image.height) or []
        seen = dict.fromkeys((RED, BLUE, GREEN, BLACK), 0)
        for count, colour in counted:
            for known in seen:
                if max(abs(one - other) for one, other in zip(colour, known, strict=True)) < 12:
                    seen[known] += count
        return {known for known, count in seen.items() if count > image.width * image.height / 50}

    def rendered(self, page: int) -> Image.Image:
        with closing(pypdfium2.PdfDocument(self.content)) as document:
            return document[self._front + page - 1].render(scale=0.5).to_pil().convert("RGB")


def flat(text: str) -> str:
    return "".join(text.split())


class TestCover:
    def test_says_whose_case_it_is_and_what_is_asked(self, case_with: CaseWith) -> None:
        cover = flat(Opened(case_with(ev_order=[received(picture(RED))])).cover)
        assert cover.startswith("证据材料")
        for said in ("K7M2QX9P", "极速卡盟", "A20261105001", "请退还200.00元", "1项，1份文件，1页", "2026年11月22日"):
            assert said in cover

    def test_leaves_room_for_the_names_it_does_not_know(self, case_with: CaseWith) -> None:
        assert "提交人（待补充：姓名，提交时填写）" in flat(Opened(case_with()).cover)

    def test_tells_no_telephone_number(self, case_with: CaseWith) -> None:
        opened = Opened(case_with(ev_order=[received(picture(RED))]))
        told = flat(opened.cover + opened.contents + "".join(opened.pages))
        assert "138****5678" in told
        assert "13812345678" not in told
        assert "13987654321" not in told

    def test_names_no_author_and_no_program(self, case_with: CaseWith) -> None:
        metadata = Opened(case_with()).reader.metadata
        assert metadata is not None
        assert {name: str(value) for name, value in metadata.items()} == {
            "/Title": "证据材料",
            "/CreationDate": "D:20261122020000Z",
        }


class TestList:
    def test_registers_every_file(self, case_with: CaseWith) -> None:
        first = received(picture(RED))
        second = received(statement("a", "b"), source="wechat")
        contents = flat(Opened(case_with(ev_order=[first], ev_payment=[second])).contents)
        for line in (
            "1订单详情买了什么、向谁买、订单现在的状态1",
            "2付款凭证付款的金额、时间和收款方2-3",
            f"1-1PNG，网页上传2026-11-2102:031{first.sha256}",
            f"2-1PDF，聊天中发来2026-11-2102:032-3{second.sha256}",
        ):
            assert line in contents

    def test_names_what_the_person_brings_along(self, case_with: CaseWith) -> None:
        assert "1聊天记录向对方提出过要求，以及对方的答复由本人提交" in flat(Opened(case_with(ev_chat=[])).contents)

    def test_is_made_of_gaps_where_there_is_nothing(self, example: Example) -> None:
        opened = Opened(example("nothing_known"))
        assert "（待补充：订单、付款和沟通的证据）" in flat(opened.contents)
        assert opened.pages == []

    def test_holds_more_files_than_a_page_does(self, case_with: CaseWith) -> None:
        many = [received(picture((number, 0, 0), size=(8, 8))) for number in range(60)]
        opened = Opened(case_with(ev_chat=many))
        assert all(file.sha256 in flat(opened.contents) for file in many)
        assert opened.labels == ["i", "ii", "iii", "iv", "v", *map(str, range(1, 61))]

    def test_numbers_its_own_pages(self, case_with: CaseWith) -> None:
        assert flat(Opened(case_with()).contents).endswith("目录1")


class TestPages:
    def test_are_numbered_as_the_list_says(self, case_with: CaseWith) -> None:
        opened = Opened(
            case_with(
                ev_order=[received(picture(RED)), received(picture(BLUE, size=(500, 3000)))],
                ev_payment=[received(statement("one", "two", "three")), received(video())],
            )
        )
        captions = [flat(text).split("原件")[0] for text in opened.pages]
        assert captions == [
            "证据1-1订单详情",
            *(f"证据1-2订单详情第{part}页，共3页" for part in (1, 2, 3)),
            *(f"证据2-1付款凭证第{part}页，共3页" for part in (1, 2, 3)),
            "证据2-2付款凭证",
        ]
        assert [flat(text).rpartition("—")[0].rpartition("—")[2] for text in opened.pages] == list("12345678")
        assert opened.labels[2:] == list("12345678")
        assert "1订单详情买了什么、向谁买、订单现在的状态1-4" in flat(opened.contents)
        assert "2付款凭证付款的金额、时间和收款方5-8" in flat(opened.contents)

    def test_tell_the_end_of_the_digest_and_when_it_was_received(self, case_with: CaseWith) -> None:
        file = received(picture(RED))
        [text] = Opened(case_with(ev_order=[file])).pages
        assert f"末16位：{file.sha256[-16:]}收到：2026-11-2102:03" in flat(text)

    def test_are_found_in_the_outline(self, case_with: CaseWith) -> None:
        opened = Opened(case_with(ev_order=[received(picture(RED)), received(picture(BLUE, size=(500, 3000)))]))
        found = [
            (str(entry.title), opened.reader.get_destination_page_number(entry)) for entry in opened.reader.outline
        ]
        assert found == [("证据1-1　订单详情", 2), ("证据1-2　订单详情", 3)]

    @pytest.mark.parametrize(
        "content",
        [
            pytest.param({"form": "PNG"}, id="PNG"),
            pytest.param({"form": "JPEG"}, id="JPEG"),
            pytest.param({"form": "WEBP"}, id="WebP"),
            pytest.param({"size": (4000, 3000), "form": "JPEG"}, id="a large photo"),
            pytest.param({"size": (1920, 1080)}, id="a wide one"),
        ],
    )
    def test_show_the_picture(self, case_with: CaseWith, content: dict[str, Any]) -> None:
        assert Opened(case_with(ev_order=[received(picture(RED, BLUE, **content))])).colours(1) == {RED, BLUE}

    def test_are_a4_across_for_a_wide_picture_alone(self, case_with: CaseWith) -> None:
        sizes = [(1920, 1080), (1080, 2400), (400, 200)]
        opened = Opened(case_with(ev_order=[received(picture(RED, size=size)) for size in sizes]))
        shapes = [tuple(round(float(side) / 72 * 25.4) for side in page.mediabox[2:]) for page in opened.reader.pages]
        assert shapes[2:] == [(297, 210), (210, 297), (210, 297)]

    def test_show_all_of_a_long_picture(self, case_with: CaseWith) -> None:
        opened = Opened(case_with(ev_chat=[received(picture(RED, BLUE, GREEN, size=(400, 2400)))]))
        assert [opened.colours(page) for page in (1, 2, 3)] == [{RED}, {BLUE}, {GREEN}]

    def test_show_a_photo_upright(self, case_with: CaseWith) -> None:
        exif = Image.Exif()
        exif[0x0112] = 6
        lying = received(picture(RED, BLUE, size=(1200, 600), form="JPEG", exif=exif.tobytes()))
        image = Opened(case_with(ev_order=[lying])).rendered(1)
        middle = [image.getpixel((round(image.width * x), image.height // 2)) for x in (0.4, 0.6)]
        assert [near(colour) for colour in middle] == [BLUE, RED]

    def test_show_the_pages_of_a_pdf_as_pictures(self, case_with: CaseWith) -> None:
        opened = Opened(case_with(ev_payment=[received(statement("ACCOUNT", "BALANCE"))]))
        assert len(opened.pages) == 2
        for page in (1, 2):
            darkest, lightest = opened.rendered(page).crop((40, 60, 240, 200)).convert("L").getextrema()
            assert darkest < 60 < lightest
        assert not any(word in text for text in opened.pages for word in ("ACCOUNT", "BALANCE"))

    def test_carry_nothing_of_a_picture_but_what_is_seen(self, case_with: CaseWith) -> None:
        exif = Image.Exif()
        exif[0x010E] = "SECRET-PLACE"
        photo = received(picture(RED, form="JPEG", exif=exif.tobytes(), comment=b"SECRET-WORD"))
        assert b"SECRET" in files.path_of(photo.sha256).read_bytes()
        content = Opened(case_with(ev_order=[photo])).content
        assert b"SECRET" not in content
        assert b"Exif" not in content

    def test_say_that_a_video_is_kept_apart(self, case_with: CaseWith) -> None:
        clip = received(video())
        opened = Opened(case_with(ev_gone=[clip]))
        [text] = opened.pages
        assert "这份证据是视频，大小1.0MB，不能打印，原件另行提交" in flat(text)
        assert clip.sha256 in flat(text)
        assert "视频不能打印" in flat(opened.contents)

    @pytest.mark.parametrize("harm", ["gone", "damaged"])
    def test_say_that_an_original_cannot_be_opened_and_go_on(self, case_with: CaseWith, harm: str) -> None:
        lost, kept = received(picture(RED, size=(400, 2400))), received(picture(BLUE))
        path = files.path_of(lost.sha256)
        path.unlink()
        if harm == "damaged":
            path.write_bytes(b"\x89PNG\r\n\x1a\n and no more")
        opened = Opened(case_with(ev_order=[lost, kept]))
        assert ["没能打开" in text for text in opened.pages] == [True, True, True, False]
        assert opened.labels[2:] == ["1", "2", "3", "4"]
        assert opened.colours(4) == {BLUE}


class TestRedacted:
    def test_covers_the_boxes_that_were_chosen(self, case_with: CaseWith) -> None:
        half = WHOLE | {"height": 0.5}
        case = case_with(ev_order=[received(picture(RED, BLUE), redaction=[half])])
        assert Opened(case, redacted=True).colours(1) == {BLACK, BLUE}
        assert Opened(case).colours(1) == {RED, BLUE}

    def test_says_so(self, case_with: CaseWith) -> None:
        case = case_with(ev_order=[received(picture(RED), redaction=[WHOLE]), received(picture(BLUE))])
        opened, plain = Opened(case, redacted=True), Opened(case)
        assert flat(opened.cover).startswith("证据材料（遮盖副本）")
        assert "黑色的部分是遮盖" in flat(opened.contents)
        assert ["这份文件有遮盖" in text for text in opened.pages] == [True, False]
        assert "遮盖" not in plain.cover + plain.contents + "".join(plain.pages)

    def test_covers_across_the_parts_of_a_long_picture(self, case_with: CaseWith) -> None:
        file = received(picture(RED, RED, GREEN, size=(400, 2400)), redaction=[WHOLE | {"height": 2 / 3}])
        opened = Opened(case_with(ev_chat=[file]), redacted=True)
        assert RED not in {colour for page in (1, 2, 3) for colour in opened.colours(page)}
        assert GREEN in opened.colours(3)

    def test_covers_a_page_of_a_pdf_and_its_words(self, case_with: CaseWith) -> None:
        file = received(statement("13812345678", "13812345678"), redaction=[WHOLE | {"page": 2}])
        opened = Opened(case_with(ev_payment=[file]), redacted=True)
        assert (opened.colours(1), opened.colours(2)) == (set(), {BLACK})
        assert not any("13812345678" in text for text in opened.pages)

    @pytest.mark.parametrize(
        ("chosen", "seen"),
        [
            pytest.param(None, {BLACK}, id="until a person has chosen"),
            pytest.param([], {RED}, id="but not where they chose none"),
        ],
    )
    def test_covers_what_was_read(self, case_with: CaseWith, chosen: list[Any] | None, seen: set[Colour]) -> None:
        file = received(picture(RED), redaction=chosen, reading={"fields": {}, "private": [WHOLE]})
        assert Opened(case_with(ev_order=[file]), redacted=True).colours(1) == seen

    def test_keeps_the_digest_of_the_original(self, case_with: CaseWith) -> None:
        file = received(picture(RED), redaction=[WHOLE])
        assert file.sha256 in flat(Opened(case_with(ev_order=[file]), redacted=True).contents)


def test_twenty_screenshots_take_less_than_three_seconds(case_with: CaseWith) -> None:
    case = case_with(ev_chat=[received(picture(RED, (number, 9, 9), size=(1080, 2340))) for number in range(20)])
    taken = []
    for _ in range(2):
        started = time.process_time()
        bundle.draw(case, knowledge(), redacted=False)
        taken.append(time.process_time() - started)
    assert min(taken) < 3


def near(colour: Any) -> Colour | None:
    close = (known for known in (RED, BLUE) if max(abs(a - b) for a, b in zip(colour, known, strict=True)) < 12)
    return next(close, None)
