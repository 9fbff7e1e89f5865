"""The load: people who play the case one after another, each writing as soon as they are answered."""

import asyncio
import secrets
import time
from dataclasses import dataclass, field

import httpx
from refund_case import CASE, Line

WEBHOOK = "/webhooks/rest/webhook"
REPLY_TIMEOUT_S = 30.0
MOST_CASES = 1_000


@dataclass(slots=True)
class Played:
    """What came of it: a latency per turn in ms, how long it all took, and the replies that were wrong."""

    latencies_ms: list[float] = field(default_factory=list)
    wall_s: float = 0.0
    bad: list[str] = field(default_factory=list)


def play(url: str, people: int, seconds: float) -> Played:
    """Let `people` play at once. No case begins after `seconds`, or beyond `MOST_CASES`."""
    return asyncio.run(_play(url, people, seconds))


async def _play(url: str, people: int, seconds: float) -> Played:
    played = Played()
    started = time.perf_counter()
    cases = iter(range(MOST_CASES))
    limits = httpx.Limits(max_connections=people, max_keepalive_connections=people)
    async with httpx.AsyncClient(base_url=url, timeout=REPLY_TIMEOUT_S, limits=limits, trust_env=False) as client:

        async def person() -> None:
            for _ in cases:
                if not await _case(client, played) or time.perf_counter() - started >= seconds:
                    return

        await asyncio.gather(*(person() for _ in range(people)))
    played.wall_s = time.perf_counter() - started
    return played


async def _case(client: httpx.AsyncClient, played: Played) -> bool:
    """One case of a new person, up to its first bad reply; whether there was none."""
    sender = f"bench-{secrets.token_hex(8)}"
    for line in CASE:
        sent = time.perf_counter()
        wrong = await _turn(client, sender, line)
        played.latencies_ms.append((time.perf_counter() - sent) * 1000)
        if wrong:
            played.bad.append(wrong)
            return False
    return True


async def _turn(client: httpx.AsyncClient, sender: str, line: Line) -> str:
    """Write one line; returns what is wrong with the reply, if anything."""
    try:
        response = await client.post(WEBHOOK, json={"sender": sender, "message": line.text})
    except httpx.HTTPError as error:
        return f"{line.text}: {error!r}"
    if response.status_code != httpx.codes.OK:
        return f"{line.text}: HTTP {response.status_code} {response.text[:300]}"
    texts = [message.get("text", "") for message in response.json()]
    if not texts or not all(texts) or line.expected not in "\n".join(texts):
        return f"{line.text}: expected {line.expected or 'words'}, got {texts}"
    return ""
