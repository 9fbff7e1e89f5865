"""A tracker store that keeps nothing: where the conversation stands is in our tables."""

from collections.abc import Iterable

from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker


class ForgetfulTrackerStore(InMemoryTrackerStore):
    """Gives each turn a fresh tracker, in a session already begun, and saves none.

    One rule per intent needs no past, so turns cost the same however long the conversation is, and nothing
    a person said is stored twice.
    """

    def __init__(self, domain: Domain) -> None:
        super().__init__(domain)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep nothing."""

    async def retrieve(self, sender_id: str) -> DialogueStateTracker:
        """A tracker that waits for the person's message."""
        tracker = self.init_tracker(sender_id)
        for event in (
            ActionExecuted(ACTION_SESSION_START_NAME),
            SessionStarted(),
            ActionExecuted(ACTION_LISTEN_NAME),
        ):
            tracker.update(event, self.domain)
        return tracker

    async def keys(self) -> Iterable[str]:
        """Nobody."""
        return []
