"""The reading process: `python -m cases.evidence.reading.child MAX_MIB IDLE_S ENOUGH_S`.

Reads a path from each line it is given, and answers with a line of JSON: `{"lines": [[text, x, y, width, height,
confidence], …]}` or `{"error": …}`. Ends when it has had nothing to do for a while, when whoever started it has ended,
and with `OUT_OF_MEMORY` if it takes too much. What a file does to it, it does not do to the server.
"""

import json
import os
import resource
import signal
import sys
import threading
import time
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO

IDLE_S = 120.0
OUT_OF_MEMORY = 3
WATCH_EVERY_S = 0.1
NICENESS = 10
MIB = 1024 * 1024
MAPPED_MIB = 1_024
"""Address space that is mapped and never filled, on top of the memory that may be taken."""


def main(max_mib: int, idle_s: float, enough_s: float) -> None:
    """Answer until there is nothing more to do."""
    answers = _stdout_of_ours()
    _confine(max_mib)
    paths: SimpleQueue[str] = SimpleQueue()
    threading.Thread(target=_receive, args=(paths,), daemon=True).start()
    threading.Thread(target=_watch_memory, args=(max_mib,), daemon=True).start()
    from cases.evidence.reading.recognition import Recogniser

    recogniser = Recogniser()
    with suppress(Empty):
        while True:
            path = Path(paths.get(timeout=idle_s))
            answer: dict[str, object]
            try:
                answer = {"lines": [astuple(line) for line in recogniser.read(path, enough_s)]}
            # A decoder fed with anything raises anything, and the next picture is to be read all the same.
            except Exception as error:
                answer = {"error": f"{type(error).__name__}: {error}"}
            answers.write(json.dumps(answer).encode() + b"\n")
            answers.flush()


def _stdout_of_ours() -> IO[bytes]:
    """The way to answer; what libraries print goes where errors go."""
    ours = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return ours


def _confine(max_mib: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends us
    os.nice(NICENESS)  # a turn comes first
    for limit, value in (
        (resource.RLIMIT_AS, (max_mib + MAPPED_MIB) * MIB),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        # macOS knows no limit of memory.
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))


def _receive(paths: SimpleQueue[str]) -> None:
    for line in sys.stdin:
        paths.put(line.rstrip("\n"))
    os._exit(0)  # whoever started us has ended, maybe in the midst of a picture


def _watch_memory(max_mib: int) -> None:
    while _memory() <= max_mib * MIB:
        time.sleep(WATCH_EVERY_S)
    os._exit(OUT_OF_MEMORY)


def _memory() -> int:
    """Bytes that the process takes now; where that cannot be told, the most it has taken."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[1]
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(pages) * resource.getpagesize()


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]))
