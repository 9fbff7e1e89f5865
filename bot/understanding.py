"""What the NLU made of a text, and how that is told to programs."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cases.case.facts import KIND, MONEY, FactValue, yuan
from cases.knowledge import knowledge

FALLBACK = "nlu_fallback"
SUMS = (*MONEY, "returned_amount")
OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Understanding:
    """Intent, its probability, and the facts found. `parse` is Rasa's own form of the same."""

    text: str
    intent: str
    confidence: float
    entities: list[dict[str, Any]] = field(default_factory=list)
    parse: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, parse: dict[str, Any]) -> "Understanding":
        """From Rasa's parse data."""
        intent = parse["intent"]
        return cls(
            text=text,
            intent=intent.get("name") or FALLBACK,
            confidence=float(intent.get("confidence") or 0.0),
            entities=list(parse.get("entities", [])),
            parse=parse,
        )

    @classmethod
    def given(cls, text: str, intent: str) -> "Understanding":
        """An intent that needed no NLU: a tapped choice, a file, a message without words."""
        parse = {"text": text, "intent": {"name": intent, "confidence": 1.0}, "entities": []}
        return cls(text=text, intent=intent, confidence=1.0, parse=parse)

    @classmethod
    def edited(cls, text: str, name: str, value: FactValue) -> "Understanding":
        """A fact that was put right by hand; the kind of dispute is one, too."""
        plain = value.isoformat() if isinstance(value, date) else value
        entities = [{"entity": name, "value": plain}]
        intent = str(value) if name == KIND else "correct"
        parse = {"text": text, "intent": {"name": intent, "confidence": 1.0}, "entities": entities, "edited": True}
        return cls(text=text, intent=intent, confidence=1.0, entities=entities, parse=parse)

    @property
    def dispute_kind(self) -> str | None:
        """One of the three dispute kinds, or `None`."""
        return self.intent if self.intent in knowledge().kinds else None

    @property
    def track(self) -> str | None:
        """`refund_delayed`, or `None`."""
        return self.intent if self.intent in knowledge().tracks else None

    @property
    def label(self) -> str:
        """The dispute kind, the track, or `out_of_scope` for everything else: what evaluation compares."""
        return self.dispute_kind or self.track or OUT_OF_SCOPE

    @property
    def label_confidence(self) -> float:
        """The calibrated chance that the label is right."""
        ranking = self.parse.get("label_ranking", [])
        return next((float(item["confidence"]) for item in ranking if item["name"] == self.label), self.confidence)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """(entity, value) of each fact, money in yuan."""
        return [(entity["entity"], _written(entity)) for entity in self.entities]

    def as_json(self) -> dict[str, Any]:
        """As `tuikuan nlu` prints it: `confidence` is of the label, `intent_confidence` of the intent within it."""
        return {
            "text": self.text,
            "intent": self.intent,
            "intent_confidence": round(self.confidence, 4),
            "confidence": round(self.label_confidence, 4),
            "dispute_kind": self.dispute_kind,
            "subkind": self.parse.get("subkind"),
            "track": self.track,
            "entities": [
                {key: entity[key] for key in ("entity", "value", "start", "end") if key in entity}
                | {"value": _written(entity)}
                for entity in self.entities
            ],
        }


def _written(entity: dict[str, Any]) -> str:
    return yuan(int(entity["value"])) if entity["entity"] in SUMS else str(entity["value"])
