"""Does WeChat get its answer in time, once, whatever happens?

    python benchmarks/wechat.py [--callbacks 10000] [--scene quiet,hanging,restart]

Plays the platform against `tuikuan serve` with two workers on PostgreSQL and the echo assistant: sealed texts of 500
people, every third delivered twice at once, and each again when no answer comes within five seconds or it is a fault,
three times in all. `hanging`: the assistant takes eight seconds for each. `restart`: the database is stopped at once in
the middle and started again. Fails if a message was lost, done twice, answered with another's words, or if one in a
thousand deliveries took 4.5 seconds or more.
"""

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pgserver
from pgserver._commands import pg_ctl
from rich.console import Console
from rich.table import Table
from services import HOST, Service, StartError
from sqlalchemy import Engine, create_engine, text
from wechatpy.crypto import WeChatCrypto

TOKEN, KEY, APP_ID = "AAAAA", "A" * 43, "wx0123456789abcdef"
PEOPLE = 500
LIMIT_S, HANGS_UP_S = 4.5, 5.0
DELIVERIES = 3
SCENES = {"quiet": 24, "hanging": 72, "restart": 24}
"""Each with how many deliveries are on their way at once."""
SLOW = "__slow_8s__"

console = Console()


@dataclass(slots=True)
class Told:
    """What the platform saw."""

    latencies_s: list[float] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


class Machine:
    """One of the platform's: delivers texts, one after another, over connections of its own."""

    def __init__(self, client: httpx.AsyncClient, told: Told) -> None:
        self._client = client
        self._crypto = WeChatCrypto(TOKEN, KEY, APP_ID)
        self.told = told

    async def message(self, number: int, content: str) -> None:
        """Deliver one text until it is answered; every third twice at once."""
        openid, message_id = f"oBench{number % PEOPLE:04d}", str(7_100_000_000_000_000_000 + number)
        fields = {"ToUserName": "gh_bench", "FromUserName": openid, "CreateTime": str(int(time.time()))}
        fields |= {"MsgType": "text", "Content": content, "MsgId": message_id}
        plain = "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in fields.items())
        await asyncio.gather(
            *(self._until_answered(f"<xml>{plain}</xml>", content) for _ in range(1 + (number % 3 == 0)))
        )

    async def _until_answered(self, plain: str, content: str) -> None:
        for _ in range(DELIVERIES):
            if await self._deliver(plain, content):
                return
            await asyncio.sleep(1)

    async def _deliver(self, plain: str, content: str) -> bool:
        nonce, timestamp = str(random.randrange(10**9)), str(int(time.time()))
        envelope = ElementTree.fromstring(self._crypto.encrypt_message(plain, nonce, timestamp))
        query = {"timestamp": timestamp, "nonce": nonce, "encrypt_type": "aes"}
        query["msg_signature"] = envelope.findtext("MsgSignature") or ""
        body = f"<xml><Encrypt><![CDATA[{envelope.findtext('Encrypt')}]]></Encrypt></xml>"
        sent = time.perf_counter()
        try:
            response = await self._client.post("/wechat", params=query, content=body)
        except httpx.HTTPError as error:
            self.told.faults[type(error).__name__] += 1
            return False
        finally:
            self.told.latencies_s.append(time.perf_counter() - sent)
        if response.status_code != httpx.codes.OK:
            self.told.faults[str(response.status_code)] += 1
            return False
        self._read(response.text, content)
        return True

    def _read(self, answer: str, content: str) -> None:
        if answer == "success":
            self.told.answers["success"] += 1
            return
        envelope = ElementTree.fromstring(answer)
        signed = [envelope.findtext(name) or "" for name in ("MsgSignature", "TimeStamp", "Nonce")]
        reply = ElementTree.fromstring(self._crypto.decrypt_message(answer, *signed))
        self.told.answers["answered"] += 1
        if content not in (reply.findtext("Content") or ""):
            self.told.wrong.append(content)


def main() -> int:
    """Run the benchmark; the exit code."""
    options = _options()
    try:
        faults = [fault for scene in options.scene for fault in _run(scene, options.callbacks)]
    except StartError as error:
        faults = [str(error)]
    for fault in faults:
        print(f"wechat: {fault}", file=sys.stderr)
    return 1 if faults else 0


def _run(scene: str, callbacks: int) -> list[str]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tuikuan-wechat-")))
        server = pgserver.get_server(folder / "postgres", cleanup_mode="stop")
        stack.callback(server.cleanup)
        url = server.get_uri()
        service = _Service("tuikuan", _made(folder / "service"), folder / "none", stack)
        service.database = url
        ready = f"{service.url}/healthz"
        address = ["--host", HOST, "--port", str(service.port), "--workers", "2"]
        service.start(["tuikuan", "serve", *address], ready)
        with console.status(f"{scene}: {callbacks} callbacks"):
            began = time.perf_counter()
            told = asyncio.run(_play(scene, callbacks, service.url, server))
            took_s = time.perf_counter() - began
            engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
            _wait_until_done(engine, callbacks)
        return _report(scene, callbacks, told, took_s, engine)


class _Service(Service):
    """With an account, the echo assistant and a database of its own."""

    database = ""

    def environment(self) -> dict[str, str]:
        account = {"TOKEN": TOKEN, "AES_KEY": KEY, "APP_ID": APP_ID}
        return {
            **super().environment(),
            **{f"TUIKUAN_WECHAT__{name}": value for name, value in account.items()},
            "TUIKUAN_ASSISTANT": "echo",
            "TUIKUAN_DATABASE_URL": self.database,
            "TUIKUAN_READING": "off",
            "TUIKUAN_SECRET_KEY": "benchmark" * 4,
        }


async def _play(scene: str, callbacks: int, url: str, database: pgserver.PostgresServer) -> Told:
    told, numbers, restart = Told(), iter(range(callbacks)), asyncio.Event()

    async def deliver(place: float) -> None:
        await asyncio.sleep(place * HANGS_UP_S)  # people do not write all in the same moment
        # One client for all would look through hundreds of connections for each request, and measure that.
        async with httpx.AsyncClient(base_url=url, timeout=HANGS_UP_S, trust_env=False, verify=False) as client:
            machine = Machine(client, told)
            for number in numbers:
                if scene == "restart" and number == callbacks // 2:
                    restart.set()
                await machine.message(number, f"{SLOW if scene == 'hanging' else '第'}{number}条")

    restarting = asyncio.create_task(_restart(restart, database))
    at_once = SCENES[scene]
    await asyncio.gather(*(deliver(place / at_once) for place in range(at_once)))
    restarting.cancel()
    return told


async def _restart(when: asyncio.Event, database: pgserver.PostgresServer) -> None:
    """As after a power cut: at once, and two seconds later it is back."""
    await when.wait()
    stop = ["stop", "-m", "immediate"]
    await asyncio.to_thread(pg_ctl, stop, pgdata=database.pgdata, user=database.system_user)
    await asyncio.sleep(2)
    await asyncio.to_thread(database.ensure_postgres_running)


def _wait_until_done(engine: Engine, callbacks: int) -> None:
    """The assistant may still be at work."""
    for _ in range(240):
        with engine.connect() as connection:
            done = connection.scalar(text("SELECT count(*) FROM callback WHERE done_at IS NOT NULL"))
        if done == callbacks:
            return
        time.sleep(0.5)


def _report(scene: str, callbacks: int, told: Told, took_s: float, engine: Engine) -> list[str]:
    with engine.connect() as connection:
        said = connection.execute(text("SELECT author, text FROM message")).all()
        processed = connection.scalar(text("SELECT count(*) FROM callback WHERE processed > 1"))
    engine.dispose()
    people, bot = (Counter(line for author, line in said if author == who) for who in ("person", "bot"))
    twice = sum(count - 1 for lines in (people, bot) for count in lines.values())
    lost = callbacks - len(people)
    cuts = statistics.quantiles(told.latencies_s, n=1000)
    table = Table("scene", "deliveries", "p50", "p99", "p99.9", "answered", "success", "faults", "lost", "twice")
    shown = (f"{cuts[at] * 1000:.0f} ms" for at in (499, 989, 998))
    counts = (told.answers["answered"], told.answers["success"], told.faults.total(), lost, twice)
    table.add_row(scene, str(len(told.latencies_s)), *shown, *map(str, counts))
    console.print(table)
    console.print(f"{took_s:.0f} s; worked on again after a fault: {processed}; {dict(told.faults)}", style="dim")
    checks = {
        f"{lost} messages lost": lost != 0,
        f"{twice} lines twice": twice != 0,
        f"{len(told.wrong)} answers with other words": bool(told.wrong),
        f"p99.9 is {cuts[998]:.2f} s": cuts[998] >= LIMIT_S,
    }
    return [f"{scene}: {fault}" for fault, is_so in checks.items() if is_so]


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="WeChat's callbacks, replayed.")
    parser.add_argument("--callbacks", type=int, default=10_000)
    parser.add_argument("--scene", type=lambda text: text.split(","), default=list(SCENES))
    options = parser.parse_args()
    if set(options.scene) - set(SCENES):
        parser.error(f"scenes: {', '.join(SCENES)}")
    return options


if __name__ == "__main__":
    sys.exit(main())
