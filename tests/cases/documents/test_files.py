"""DOCX and PDF of the same text, opened and read back."""

import time
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import docx
import pypdf
import pytest
from docx.document import Document as Word
from docx.oxml.ns import qn

from cases.documents import service as documents
from cases.knowledge import knowledge
from cases.models import Attachment, Case, Document

KINDS = list(knowledge().documents)
Example = Callable[..., Case]
DocumentOf = Callable[[Case, str], Document]
MM = 36_000


def words(text: str) -> str:
    """A text without what layout may change: spaces, line ends, the bars of tables."""
    return "".join(text.replace("｜", "").split())


def opened(document: Document) -> Word:
    return docx.Document(BytesIO(documents.as_docx(document)))


def read(document: Document) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(documents.as_pdf(document)))


def told_in_order(word: Word) -> str:
    """All text of a Word file from top to bottom, tables where they stand."""
    return "".join(node.text or "" for node in word.element.body.iter(qn("w:t")))


def told_on_pages(reader: pypdf.PdfReader) -> str:
    pages = [page.extract_text() for page in reader.pages]
    return "".join(words(text).removesuffix(f"—{number}—") for number, text in enumerate(pages, start=1))


@pytest.mark.parametrize("kind", KINDS)
class TestBothFiles:
    def test_say_what_the_text_says(self, example: Example, document_of: DocumentOf, kind: str) -> None:
        document = document_of(example("usual"), kind)
        assert words(told_in_order(opened(document))) == words(document.text)
        if kind != "evidence_list":  # cells that are read side by side have their own test
            assert told_on_pages(read(document)) == words(document.text)

    def test_can_be_made_of_gaps_alone(self, example: Example, document_of: DocumentOf, kind: str) -> None:
        document = document_of(example("nothing_known"), kind)
        assert "（待补充" in told_in_order(opened(document))
        assert "（待补充" in told_on_pages(read(document))


@pytest.mark.parametrize("make", [documents.as_docx, documents.as_pdf], ids=["docx", "pdf"])
@pytest.mark.parametrize("kind", ["civil_complaint", "evidence_list"])
def test_a_file_is_made_in_less_than_a_second(
    example: Example, document_of: DocumentOf, kind: str, make: Callable[[Document], bytes]
) -> None:
    document = document_of(example("usual"), kind)
    taken = []
    for _ in range(3):
        started = time.process_time()
        make(document)
        taken.append(time.process_time() - started)
    assert min(taken) < 1


class TestWord:
    @pytest.fixture
    def file(self, example: Example, document_of: DocumentOf) -> Word:
        return opened(document_of(example("usual"), "civil_complaint"))

    def test_is_an_official_page(self, file: Word) -> None:
        section = file.sections[0]
        margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert [round(margin / MM) for margin in margins if margin] == [37, 35, 28, 26]
        assert (round((section.page_width or 0) / MM), round((section.page_height or 0) / MM)) == (210, 297)

    @pytest.mark.parametrize(
        ("style", "font", "size"),
        [
            pytest.param("Title", "宋体", 22, id="title"),
            pytest.param("Heading 1", "黑体", 16, id="headings"),
            pytest.param("Normal", "仿宋", 16, id="body"),
        ],
    )
    def test_is_set_in_the_types_courts_expect(self, file: Word, style: str, font: str, size: float) -> None:
        chosen = file.styles[style]
        assert chosen.font.size.pt == size
        fonts = chosen.element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == font
        assert not [name for name in fonts.attrib if "Theme" in name]

    def test_indents_paragraphs_by_two_characters(self, file: Word) -> None:
        [paragraph] = [line for line in file.paragraphs if line.text.startswith("案由")]
        assert paragraph._p.pPr.ind.get(qn("w:firstLineChars")) == "200"

    def test_has_one_title_and_its_sections_as_headings(self, file: Word) -> None:
        styled = {style: [line.text for line in file.paragraphs if line.style.name == style] for style in STYLES}
        assert styled["Title"] == ["民事起诉状"]
        assert [text[:2] for text in styled["Heading 1"]] == ["一、", "二、", "三、", "四、", "五、", "六、"]

    def test_numbers_its_pages(self, file: Word) -> None:
        assert "PAGE" in file.sections[0].footer._element.xml

    def test_names_no_author_and_no_program(self, file: Word) -> None:
        assert (file.core_properties.author, file.core_properties.comments) == ("", "")
        assert file.core_properties.title == "民事起诉状"

    def test_lists_the_evidence_in_a_table_whose_heads_repeat(self, example: Example, document_of: DocumentOf) -> None:
        [table] = opened(document_of(example("usual"), "evidence_list")).tables
        assert [cell.text for cell in table.rows[0].cells] == ["编号", "名称", "证明什么", "页数", "文件的 SHA-256"]
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert [row.cells[1].text for row in table.rows[1:]] == ["订单详情", "付款凭证", "卡密报错页面", "聊天记录"]
        assert table.rows[2].cells[4].text == "00" * 32

    def test_is_whole(self, example: Example, document_of: DocumentOf) -> None:
        with ZipFile(BytesIO(documents.as_docx(document_of(example("usual"), "demand")))) as archive:
            assert archive.testzip() is None


STYLES = ("Title", "Heading 1")


class TestPdf:
    @pytest.fixture
    def file(self, example: Example, document_of: DocumentOf) -> pypdf.PdfReader:
        return read(document_of(example("usual"), "civil_complaint"))

    def test_brings_its_fonts_along_cut_down(self, file: pypdf.PdfReader) -> None:
        fonts = [font.get_object() for page in file.pages for font in page["/Resources"]["/Font"].values()]
        assert {font["/BaseFont"].partition("+")[2] for font in fonts} == {"NotoSerifSC", "NotoSansSC"}
        for font in fonts:
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert 0 < len(descriptor["/FontFile2"].get_data()) < 300_000
            assert "/ToUnicode" in font

    def test_is_an_a4_page_with_a_number(self, file: pypdf.PdfReader) -> None:
        assert [round(float(side) / 72 * 25.4) for side in file.pages[0].mediabox[2:]] == [210, 297]
        assert [page.extract_text().split("\n")[-1].split() for page in file.pages] == [
            ["—", str(number), "—"] for number in range(1, len(file.pages) + 1)
        ]

    def test_tells_its_title_and_when_it_was_made(self, file: pypdf.PdfReader) -> None:
        assert file.metadata is not None
        assert file.metadata.title == "民事起诉状"
        assert file.metadata.creation_date_raw == "D:20261122020000Z"

    def test_lists_every_digest_of_the_evidence(self, example: Example, document_of: DocumentOf) -> None:
        told = told_on_pages(read(document_of(example("personal_payment"), "evidence_list")))
        assert all(digest in told for digest in ("00" * 32, "01" * 32, "02" * 32))

    def test_lists_more_files_than_a_page_can_hold(self, example: Example, document_of: DocumentOf) -> None:
        case = example("usual")
        case.evidence[0].attachments.extend(Attachment(sha256=f"{number:02x}" * 32) for number in range(2, 60))
        told = told_on_pages(read(document_of(case, "evidence_list"))).replace("编号名称证明什么页数文件的SHA-256", "")
        assert all(f"{number:02x}" * 32 in told for number in range(60))

    @pytest.mark.parametrize("name", ["🔥会员", "𠮷野家会员", "Ünïcode"])
    def test_shows_a_box_for_what_its_fonts_lack_and_never_fails(
        self, example: Example, document_of: DocumentOf, name: str
    ) -> None:
        document = document_of(example("usual", product=name), "demand")
        told = told_on_pages(read(document))
        assert words(name) in told or "商品：□" in told

    def test_is_the_same_however_often_it_is_made(self, example: Example, document_of: DocumentOf) -> None:
        document = document_of(example("usual"), "demand")
        assert told_on_pages(read(document)) == told_on_pages(read(document))

    def test_keeps_a_heading_with_its_section(self, example: Example, document_of: DocumentOf) -> None:
        for kind in ("final_demand", "civil_complaint"):
            for page in read(document_of(example("usual"), kind)).pages:
                *_, last, _ = page.extract_text().split("\n")
                assert "、" not in last.strip()[1:2]
