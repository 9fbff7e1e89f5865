"""Commands that need the NLU, without a model."""

import pytest

from bot.assistant import EchoAssistant


@pytest.fixture
def without_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """The assistant understands nothing, and needs no model for it."""
    monkeypatch.setattr("api.commands.nlu.RasaAssistant", lambda model: EchoAssistant())
    monkeypatch.setattr("bot.training.ensure_model", lambda folder: folder)
