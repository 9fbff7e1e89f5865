"""What all topic actions do: hand an understood message to the dialogue, and utter its answer."""

from abc import ABC, abstractmethod
from datetime import date
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from cases.case import facts
from cases.database import transaction
from cases.dialogue import Understood, answer
from cases.people import service as people


class TopicAction(Action, ABC):
    """Base of the actions. Abstract, so that rasa-sdk registers only those that name their topic."""

    @property
    @abstractmethod
    def topic(self) -> str:
        """The topic of conversation, as `cases.dialogue` calls it."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return f"action_{self.topic}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Answer the latest message. In a turn of ours its transaction is used, else one of its own."""
        with transaction() as session:
            person = people.by_sender(session, tracker.sender_id)
            bubbles = answer(session, person, self.topic, understood(tracker.latest_message))
        for bubble in bubbles:
            said = bubble.as_json()
            dispatcher.utter_message(text=said["text"], buttons=said["buttons"])
        return []


def understood(message: dict[str, Any]) -> Understood:
    """A tracker's latest message, as the dialogue takes it."""
    entities = message.get("entities") or []
    numbers = _values(entities, "number")
    references, returned = _values(entities, "reference_no"), _values(entities, "returned_amount")
    intent = message.get("intent") or {}
    return Understood(
        text=message.get("text") or "",
        intent=intent.get("name") or "nlu_fallback",
        confidence=float(intent.get("confidence") or 0.0),
        facts=facts.read(entities),
        number=numbers[0] if numbers else None,
        labels={label["name"]: float(label["confidence"]) for label in message.get("label_ranking") or []},
        subkind=message.get("subkind"),
        also=tuple(message.get("also") or ()),
        days=tuple(date.fromisoformat(day) for day in _values(entities, "day")),
        reference=references[0] if references else None,
        returned=int(returned[0]) if returned else None,
        edited=bool(message.get("edited")),
        answers=tuple((answer["id"], float(answer["confidence"])) for answer in message.get("answers") or ()),
    )


def _values(entities: list[dict[str, Any]], name: str) -> list[Any]:
    return [entity["value"] for entity in entities if entity["entity"] == name]
