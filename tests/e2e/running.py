"""`tuikuan serve`, running as people run it."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cases.settings import ROOT

NOW = "2026-11-22T10:00:00"
HOST = "127.0.0.1"
TUIKUAN = str(Path(sys.executable).with_name("tuikuan"))
START_S = 300
"""Long, because `tuikuan serve` trains the model first if there is none."""


@dataclass(frozen=True)
class Service:
    """`tuikuan serve`, and the environment in which other commands find the same data."""

    url: str
    environment: dict[str, str]

    def command(self, *arguments: str) -> str:
        """What `tuikuan …` prints."""
        run = [TUIKUAN, *arguments]
        return subprocess.run(run, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True).stdout


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[Service]:
    """A service of its own, with its data in a folder."""
    port = _free_port()
    log = folder / "log"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TUIKUAN_")}
    # What is read in a picture is told when it is read: tests that look at every line would have to wait for it.
    environment |= {"TUIKUAN_DATA_DIR": str(folder / "data"), "TUIKUAN_NOW": NOW, "TUIKUAN_READING": "off", **settings}
    command = [TUIKUAN, "serve", "--host", HOST, "--port", str(port)]
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait_until_ready(process, port, log)
        yield Service(f"http://{HOST}:{port}", environment)
        assert process.poll() is None, f"the service has died:\n{log.read_text()}"
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    assert "Traceback" not in log.read_text(), log.read_text()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + START_S
    answer = "nothing yet"
    while process.poll() is None and time.monotonic() < deadline:
        status, answer = _readiness(port)
        if status == 200:
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.1)
    raise AssertionError(
        f"the service did not start (exit code {process.poll()}); /readyz: {answer}; its log:\n{log.read_text()}"
    )


def _readiness(port: int) -> tuple[int, str]:
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    try:
        connection.request("GET", "/readyz")
        response = connection.getresponse()
        return response.status, response.read().decode()
    except OSError as error:
        return 0, repr(error)
    finally:
        connection.close()
