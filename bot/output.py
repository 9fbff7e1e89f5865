"""Collecting what the assistant says, each message whole."""

from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel


class WholeMessages(CollectingOutputChannel):
    """Rasa cuts a text at its empty lines into several messages; a letter to copy must stay in one."""

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Keep a text as it is."""
        await self._persist_message(self._message(recipient_id, text=text))
