"""The two services under load, started as their users start them: on the loopback, with data of their own."""

import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil
import yaml

from cases.settings import ROOT

HOST = "127.0.0.1"
BIN = Path(sys.executable).parent
START_TIMEOUT_S = 240.0
LOG_TAIL_LINES = 30


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


class StartError(Exception):
    """A process that did not come up; the message ends with the last lines of its log."""


@dataclass(slots=True)
class Service:
    """Processes of one service, stopped when `stack` closes."""

    name: str
    folder: Path
    """Everything it writes, made by whoever starts it."""
    model: Path
    stack: ExitStack
    port: int = field(default_factory=_free_port)
    processes: list[psutil.Popen] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{HOST}:{self.port}"

    def prepare(self, command: list[str]) -> None:
        """Run a command of the environment to its end."""
        program, *arguments = command
        done = subprocess.run(
            [BIN / program, *arguments],
            cwd=ROOT,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode:
            raise StartError(f"{' '.join(command)} failed:\n{_tail(done.stdout)}")

    def start(self, command: list[str], ready: str) -> None:
        """Run a command of the environment and wait until the address `ready` answers 200."""
        program, *arguments = command
        log = self.folder / f"{len(self.processes)}.log"
        with log.open("wb") as out:
            process = psutil.Popen(
                [BIN / program, *arguments],
                cwd=ROOT,
                env=self.environment(),
                stdout=out,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for us alone; we stop them
            )
        self.stack.callback(_kill, process)
        self.processes.append(process)
        _await(process, ready, log)

    def environment(self) -> dict[str, str]:
        """Ours, with data of its own, and with bytecode, without which starting takes minutes."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("TUIKUAN_")}
        return {
            **inherited,
            "TUIKUAN_DATA_DIR": str(self.folder / "data"),
            "TUIKUAN_MODEL_DIR": str(self.model.parent),
            "TUIKUAN_REST_CHANNEL": "open",
            "PYTHONDONTWRITEBYTECODE": "",
            "RASA_TELEMETRY_ENABLED": "false",
            "SANIC_HOST": HOST,  # the action server would listen to the world
        }

    def cpu_s(self) -> float:
        """CPU seconds used so far by all processes, their children included."""
        return sum(sum(process.cpu_times()[:2]) for process in self._tree())

    def resident_mb(self) -> float:
        """Resident memory of all processes together. Pages that two of them share count twice."""
        return sum(process.memory_info().rss for process in self._tree()) / 2**20

    def _tree(self) -> list[psutil.Process]:
        return [each for process in self.processes for each in (process, *process.children(recursive=True))]


def ours(folder: Path, model: Path, stack: ExitStack) -> Service:
    """`tuikuan serve`: everything in one process. It finds the model in its folder by itself."""
    service = Service("tuikuan", _made(folder / "tuikuan"), model, stack)
    address = ["--host", HOST, "--port", str(service.port)]
    service.start(["tuikuan", "serve", *address], f"{service.url}/readyz")
    return service


def stock(folder: Path, model: Path, stack: ExitStack) -> Service:
    """`rasa run` beside `rasa run actions`, with trackers in SQLite, on the same model and actions."""
    service = Service("rasa run", _made(folder / "stock"), model, stack)
    actions_port = _free_port()
    endpoints, credentials = service.folder / "endpoints.yml", service.folder / "credentials.yml"
    trackers = {"type": "SQL", "dialect": "sqlite", "db": str(service.folder / "trackers.db"), "query": {}}
    actions = {"url": f"http://{HOST}:{actions_port}/webhook"}
    endpoints.write_text(yaml.safe_dump({"tracker_store": trackers, "action_endpoint": actions}))
    credentials.write_text("rest:\n")

    service.prepare(["tuikuan", "db", "upgrade"])  # the tables that the actions write to
    service.start(
        ["rasa", "run", "actions", "--actions", "actions", "--port", str(actions_port)],
        f"http://{HOST}:{actions_port}/health",
    )
    files = ["--model", str(model), "--endpoints", str(endpoints), "--credentials", str(credentials)]
    service.start(["rasa", "run", *files, "--interface", HOST, "--port", str(service.port)], f"{service.url}/")
    return service


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _await(process: psutil.Popen, ready: str, log: Path) -> None:
    until = time.monotonic() + START_TIMEOUT_S
    while process.poll() is None and time.monotonic() < until:
        with suppress(httpx.HTTPError):
            if httpx.get(ready, timeout=10, trust_env=False).status_code == httpx.codes.OK:
                return
        time.sleep(0.3)
    command = " ".join(map(str, process.args))
    raise StartError(f"{command} did not start:\n{_tail(log.read_text(errors='replace'))}")


def _tail(log: str) -> str:
    return "\n".join(log.splitlines()[-LOG_TAIL_LINES:])


def _kill(process: psutil.Popen) -> None:
    """Without asking: nothing of theirs is to be kept, and a second Ctrl-C shall not leave one behind."""
    with suppress(psutil.NoSuchProcess):
        for each in (*process.children(recursive=True), process):
            with suppress(psutil.NoSuchProcess):
                each.kill()
    process.wait()
