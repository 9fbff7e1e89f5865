"""The reading process: it is killed, ends and starts again, and nobody but the one picture suffers."""

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from importlib.metadata import files
from pathlib import Path

import pillow_heif
import psutil
import pytest
from PIL import Image

from cases.evidence.reading.worker import Reader, ReadingFailed
from cases.settings import settings
from tests.cases.evidence.reading.canvas import Canvas, Look

WITHIN_S = 30
HEAVY = ("rapidocr", "onnxruntime", "cv2")


@pytest.fixture
def setting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
    def change(name: str, value: str) -> None:
        monkeypatch.setenv(name, value)
        settings.cache_clear()

    yield change
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture(scope="session")
def note() -> bytes:
    """A small picture with two lines."""
    canvas = Canvas(Look(width=480, quality=None))
    canvas.line("订单号 KM20261118001", 20)
    canvas.line("实付款 98.00", 20)
    return canvas.picture()


def texts(reader: Reader, path: Path) -> str:
    return "".join(line.text for line in reader.read(path)).replace(" ", "")


def saved(content: bytes, format_: str, **options: object) -> bytes:
    file = io.BytesIO()
    Image.open(io.BytesIO(content)).convert("RGB").save(file, format_, **options)
    return file.getvalue()


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "WEBP", "HEIF", "PDF"])
def test_every_kind_of_picture_is_read(
    reader: Reader, note: bytes, picture: Callable[[bytes], Path], format_: str
) -> None:
    pillow_heif.register_heif_opener()
    assert texts(reader, picture(saved(note, format_))) == "订单号KM20261118001实付款98.00"


def test_a_picture_on_its_side_is_read_as_it_is_seen(
    reader: Reader, note: bytes, picture: Callable[[bytes], Path]
) -> None:
    turned = Image.open(io.BytesIO(note)).rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned back by 90 degrees
    file = io.BytesIO()
    turned.save(file, "JPEG", exif=exif)
    lines = reader.read(picture(file.getvalue()))
    assert [line.text[:3] for line in lines] == ["订单号", "实付款"]
    assert all(line.width > line.height for line in lines)


def test_places_are_fractions_of_the_picture(reader: Reader, note: bytes, picture: Callable[[bytes], Path]) -> None:
    first, second = reader.read(picture(note))
    assert 0 < first.x < 0.1
    assert 0 < first.bottom < second.middle < 1
    assert first.confidence > 0.9


def test_a_picture_without_text_has_no_lines(reader: Reader, picture: Callable[[bytes], Path]) -> None:
    assert reader.read(picture(saved(_white(300, 300), "PNG"))) == []


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\0" * 50, id="broken"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", id="no picture"),
    ],
)
def test_a_file_that_does_not_open_costs_nobody_else(
    reader: Reader, note: bytes, picture: Callable[[bytes], Path], content: bytes
) -> None:
    before = reader.read(picture(note))
    pid = reader.pid
    with pytest.raises(ReadingFailed):
        reader.read(picture(content))
    assert reader.read(picture(note)) == before
    assert reader.pid == pid


def test_a_file_that_is_not_there_fails(reader: Reader, tmp_path: Path) -> None:
    with pytest.raises(ReadingFailed):
        reader.read(tmp_path / "none")


def test_threads_wait_for_each_other(reader: Reader, note: bytes, picture: Callable[[bytes], Path]) -> None:
    path = picture(note)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: texts(reader, path), range(6)))
    assert set(found) == {"订单号KM20261118001实付款98.00"}
    assert len(_children()) == 1


def test_a_picture_that_takes_too_long_ends_the_process_and_the_next_is_read(
    setting: Callable[[str, str], None], note: bytes, picture: Callable[[bytes], Path]
) -> None:
    with closing(Reader()) as reader:
        setting("TUIKUAN_READING_TIMEOUT_S", "0.05")
        with pytest.raises(ReadingFailed):
            reader.read(picture(note))
        assert reader.pid is None
        setting("TUIKUAN_READING_TIMEOUT_S", "60")
        assert texts(reader, picture(note)) == "订单号KM20261118001实付款98.00"


def test_a_process_that_takes_too_much_memory_ends(
    setting: Callable[[str, str], None], note: bytes, picture: Callable[[bytes], Path]
) -> None:
    setting("TUIKUAN_READING_MAX_MIB", "60")
    with closing(Reader()) as reader:
        with pytest.raises(ReadingFailed):
            reader.read(picture(note))
        assert reader.pid is None


def test_a_process_with_nothing_to_do_ends_and_comes_back(note: bytes, picture: Callable[[bytes], Path]) -> None:
    with closing(Reader(idle_s=0.2)) as reader:
        reader.read(picture(note))
        if pid := reader.pid:
            os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)  # its exit code is for the reader
        assert reader.pid is None
        assert texts(reader, picture(note)) == "订单号KM20261118001实付款98.00"


def test_a_process_that_is_killed_from_outside_comes_back(note: bytes, picture: Callable[[bytes], Path]) -> None:
    with closing(Reader()) as reader:
        reader.read(picture(note))
        assert reader.pid is not None
        psutil.Process(reader.pid).kill()
        with pytest.raises(ReadingFailed):
            reader.read(picture(note))
        assert texts(reader, picture(note)) == "订单号KM20261118001实付款98.00"


def test_a_closed_reader_has_no_process_and_reads_no_more(note: bytes, picture: Callable[[bytes], Path]) -> None:
    reader = Reader()
    reader.read(picture(note))
    pid = reader.pid
    reader.close()
    reader.close()
    assert pid is not None
    assert not psutil.pid_exists(pid)
    with pytest.raises(ReadingFailed):
        reader.read(picture(note))


def test_the_process_dies_with_the_server_and_the_server_stays_light(
    note: bytes, picture: Callable[[bytes], Path]
) -> None:
    server = f"""
import os, sys
from pathlib import Path
from cases.evidence.reading.worker import Reader
reader = Reader()
reader.read(Path({str(picture(note))!r}))
heavy = [name for name in {HEAVY!r} if name in sys.modules]
print(reader.pid, *heavy, flush=True)
os.kill(os.getpid(), 9)
"""
    ended = subprocess.run([sys.executable, "-c", server], capture_output=True, text=True, check=False)
    pid, *heavy = ended.stdout.split()
    assert heavy == []
    if psutil.pid_exists(int(pid)):
        psutil.Process(int(pid)).wait(WITHIN_S)
    assert not psutil.pid_exists(int(pid))


def test_the_models_come_with_the_library() -> None:
    shipped = {path.name for path in files("rapidocr") or [] if path.suffix == ".onnx"}
    named = Path("cases/evidence/reading/recognition.py").read_text("utf-8")
    assert {"PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"} <= {name for name in shipped if name in named}


def _white(width: int, height: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(file, "PNG")
    return file.getvalue()


def _children() -> list[psutil.Process]:
    ours = psutil.Process().children()
    return [child for child in ours if any("reading.child" in word for word in child.cmdline())]
