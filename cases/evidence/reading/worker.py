"""Reads pictures in a process of its own, which is started when it is needed and ends when it no longer is."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Lock, Timer
from typing import IO, Any, cast

from cases.errors import TuikuanError
from cases.evidence.reading import child
from cases.evidence.reading.lines import Line
from cases.settings import settings

ENOUGH = 0.6
"""The share of the time limit after which no further part of a long picture is begun."""


class ReadingFailed(TuikuanError):
    """The picture could not be read; it is kept all the same."""

    code = "reading_failed"


class Reader:
    """Reads one picture at a time. May be used from any thread, and is to be closed in the end.

    The process is a module of ours run by the same Python, not a fork or a spawn, which would begin by importing the
    server once more. It knows none of our secrets, and its answers are JSON: nothing of a picture is ever executed.
    """

    def __init__(self, *, idle_s: float = child.IDLE_S) -> None:
        self._idle_s = idle_s
        self._turn = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self.closed = False

    def read(self, path: Path) -> list[Line]:
        """The lines of a JPEG, PNG, WebP, HEIC, or of the first page of a PDF, from top to bottom.

        Raises `ReadingFailed` if the file does not open, or takes longer than `reading_timeout_s` (once it is its turn)
        or more memory than `reading_max_mib`.
        """
        with self._turn:
            # A process that had nothing to do may end in the moment it is asked.
            answer = self._ask(path) or self._ask(path)
        if not answer or "error" in answer:
            raise _failed(answer["error"] if answer else "the process ended twice")
        return [Line(*line) for line in answer["lines"]]

    def close(self) -> None:
        """End the process, also in the midst of a picture; what waits to be read fails."""
        self.closed = True
        if process := self._process:
            process.kill()
        with self._turn:
            if self._process:
                self._process.kill()
            self._drop()

    @property
    def pid(self) -> int | None:
        """The process there is."""
        process = self._process
        return process.pid if process and process.poll() is None else None

    def _ask(self, path: Path) -> dict[str, Any] | None:
        """The answer of the process, or `None` if it had ended in peace. Raises `ReadingFailed` if it was ended."""
        process = self._running()
        limit = settings().reading_timeout_s
        watch = Timer(limit, process.kill)
        watch.start()
        try:
            answer = _exchange(process, os.fsencode(path.absolute()) + b"\n")
        finally:
            watch.cancel()
        if answer:
            return cast(dict[str, Any], json.loads(answer))
        self._drop()
        if process.returncode == 0:
            return None
        raise _failed(f"the process ended with {process.returncode}; it may take {limit} s")

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None and not self.closed:
            self._process = _start(self._idle_s)
        if self._process is None or self.closed:
            raise _failed("the reader is closed")
        return self._process

    def _drop(self) -> None:
        """Wait for the end of the process, and forget it."""
        if process := self._process:
            self._process = None
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with suppress(BrokenPipeError):
                    cast(IO[bytes], pipe).close()


def _start(idle_s: float) -> subprocess.Popen[bytes]:
    numbers = (settings().reading_max_mib, idle_s, settings().reading_timeout_s * ENOUGH)
    return subprocess.Popen(  # noqa: S603  # our own module, and three numbers
        [sys.executable, "-m", child.__name__, *map(str, numbers)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )


def _exchange(process: subprocess.Popen[bytes], request: bytes) -> bytes:
    """The line that answers, or nothing if the process ended, maybe in the midst of it."""
    asked, answers = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
    try:
        asked.write(request)
        asked.flush()
    except BrokenPipeError:
        return b""
    answer = answers.readline()
    return answer if answer.endswith(b"\n") else b""


def _failed(reason: str) -> ReadingFailed:
    error = ReadingFailed("这张图片没能自动读出来，图片本身已经收好。")
    error.add_note(reason)
    return error
