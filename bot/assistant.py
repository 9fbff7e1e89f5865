"""The assistant as channels know it: understand a text, then answer the person who wrote it."""

import asyncio
import re
from pathlib import Path
from typing import Any, Protocol

from bot.quiet import quiet_rasa
from bot.understanding import FALLBACK, Understanding

# The NLU needs no more of a pasted log to know what it is about; the transcript keeps all of it.
NLU_MAX_CHARS = 1_000
HAS_WORDS = re.compile(r"[^\W_]")


class Assistant(Protocol):
    """Understands texts and answers persons. `act` runs inside the caller's transaction."""

    async def understand(self, text: str) -> Understanding:
        """What a text means. Touches no table."""
        ...

    async def act(self, sender: str, understanding: Understanding) -> list[dict[str, Any]]:
        """Do what the message asks for, and answer: a list of {text, buttons}. Empty if an action failed."""
        ...


class RasaAssistant:
    """One loaded Rasa agent. Its actions run in this process."""

    def __init__(self, model: Path) -> None:
        # Rasa takes seconds to import; commands that only print help should not wait for it.
        quiet_rasa()
        from rasa.core.agent import Agent
        from rasa.shared.core.domain import Domain

        from bot import patches
        from bot.endpoint import InProcessActions
        from bot.trackers import ForgetfulTrackerStore

        patches.apply()
        self._agent = Agent.load(str(model), action_endpoint=InProcessActions("actions"))
        domain = self._agent.domain or Domain.empty()
        assert self._agent.processor is not None
        self._agent.processor.tracker_store = ForgetfulTrackerStore(domain)

    async def understand(self, text: str) -> Understanding:
        """What a text means. One without letters or digits means nothing to the NLU and is not shown to it."""
        plain = _defused(text)
        if not HAS_WORDS.search(plain):
            return Understanding.given(text, FALLBACK)
        return Understanding.of(text, await self._agent.parse_message(plain))

    async def act(self, sender: str, understanding: Understanding) -> list[dict[str, Any]]:
        """Let Rasa pick the action and run it."""
        from rasa.core.channels.channel import UserMessage

        from bot.output import WholeMessages

        message = UserMessage(
            text=understanding.text,
            output_channel=WholeMessages(),
            sender_id=sender,
            parse_data=understanding.parse,
        )
        answer = await self._agent.handle_message(message)
        return [{"text": line["text"], "buttons": line.get("buttons", [])} for line in answer or []]


class EchoAssistant:
    """Says back what it hears, so that channels can be tested alone.

    `__slow_8s__` takes that many seconds, `__long_reply__` answers more than a WeChat message holds.
    """

    async def understand(self, text: str) -> Understanding:
        """Nothing but the text; slowly, if it says so."""
        if slow := re.search(r"__slow_(\d+)s__", text):
            await asyncio.sleep(int(slow[1]))
        return Understanding.given(text, FALLBACK)

    async def act(self, sender: str, understanding: Understanding) -> list[dict[str, Any]]:
        """The text itself."""
        text = understanding.text
        return [{"text": "很长的回复。" * 500 if "__long_reply__" in text else text, "buttons": []}]


def _defused(text: str) -> str:
    # Rasa reads `/intent{"slot": …}` as a command; from a person it is text.
    return text[:NLU_MAX_CHARS].strip().lstrip("/／").strip()
