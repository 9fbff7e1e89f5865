"""Which reviewed answer a question asks for: trained on how people ask it, heard inside longer messages too.

The examples are `data/knowledge/questions.yml` and the answers themselves, not `data/nlu`: as examples of an intent
they would draw plain accounts of a dispute away from it, which was measured (docs/understanding.md).
"""

from __future__ import annotations

import json
import re
from typing import Any

import jieba
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.classes import NO_GRIEVANCE
from bot.nlu.clauses import clauses
from bot.nlu.kernel_machine import KernelMachine
from bot.nlu.least_squares import Matrix, best_temperature, chances
from bot.nlu.normalize import normalize
from bot.nlu.sentence_encoder import add_meaning, encode_examples
from bot.nlu.text_features import TOKENS
from cases.knowledge import Knowledge, knowledge

FILE = "answers.json"
# A question of ten characters shares few of them with another, so meaning weighs more than for whole accounts.
MEANING_WEIGHT, SHARPNESS = 8.0, 0.75
ASKS = re.compile(
    r"[?？]|[吗么呢咋啥谁哪何]|怎么|多[久少长]|几[天个时]|([能可要是有会算行得该])[不没]\1|可以|是否|能否|凭什么|为什么|道理"
    r"|犯法|违法|合法|有用|管用|作数|[不没否](?=[，,。.；;]|$)"
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class AnswerFinder(GraphComponent):
    """Sets `answers` of a message that asks something: {id, confidence} of reviewed answers, the likeliest first."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._machine = KernelMachine(MEANING_WEIGHT, SHARPNESS)
        self._answers: list[str] = []
        self._temperatures = (1.0, 1.0)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`ranking_length` answers are named.

        A question is read by its letters alone where they `suffice`, and where the message is surely about something
        else: a question beside an account must say plainly what it asks.
        """
        return {"ranking_length": 3, "letters_suffice": 0.9, "question_intent": "ask_question"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AnswerFinder:
        """An untrained finder."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the weights and the temperatures to the questions of the knowledge base and persist them."""
        named = list(examples_of(knowledge()))
        examples = [_message(text) for text, _ in named]
        encode_examples(examples, __name__)
        self._answers = sorted({answer for _, answer in named})
        truth = np.array([self._answers.index(answer) for _, answer in named])
        each = np.eye(len(self._answers), dtype=np.float32)
        left_out = self._machine.fit(examples, each[truth], np.ones(len(examples)))
        self._temperatures = (
            best_temperature(left_out.all, each, truth),
            best_temperature(left_out.letters, each, truth),
        )
        self._persist()
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the answers that each message may be asking for."""
        for message in messages:
            question = self._question(message) if message.get(TEXT) else None
            answers = self._read(question, message) if question else []
            message.set("answers", answers, add_to_output=True)
        return messages

    def _question(self, message: Message) -> Message | None:
        """The message if it is a question, else what it asks beside telling something."""
        if self._is_question(message):
            return message
        asking = [part for part in clauses(message) or [message] if ASKS.search(str(part.get(TEXT)))]
        if not asking:
            return None
        joined = Message({TEXT: "，".join(str(part.get(TEXT)) for part in asking)})
        joined.set(TOKENS, [token for part in asking for token in part.get(TOKENS) or []])
        return joined

    def _is_question(self, message: Message) -> bool:
        return bool((message.get(INTENT) or {}).get("name") == self._config["question_intent"])

    def _read(self, question: Message, message: Message) -> list[dict[str, Any]]:
        everything, letters = self._temperatures
        ranked = self._ranked(chances(self._machine.letter_scores(question), letters))
        is_settled = not self._is_question(message) and (not message.features or _is_account(message))
        if is_settled or ranked[0]["confidence"] >= self._config["letters_suffice"]:
            return ranked
        add_meaning([question], __name__)
        return self._ranked(chances(self._machine.scores(question), everything))

    def _ranked(self, likely: Matrix) -> list[dict[str, Any]]:
        best = np.argsort(-likely)[: self._config["ranking_length"]]
        return [{"id": self._answers[index], "confidence": float(likely[index])} for index in best]

    def _persist(self) -> None:
        with self._storage.write_to(self._resource) as folder:
            self._machine.save(folder)
            state = {"answers": self._answers, "temperatures": self._temperatures}
            (folder / FILE).write_text(json.dumps(state), encoding="utf-8")

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> AnswerFinder:
        """The finder as it was trained."""
        finder = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            finder._machine = KernelMachine.load(folder)
            state = json.loads((folder / FILE).read_text(encoding="utf-8"))
        finder._answers, finder._temperatures = state["answers"], tuple(state["temperatures"])
        return finder


def _is_account(message: Message) -> bool:
    """Whether the message tells of a dispute, however surely."""
    labels = message.get("label_ranking") or [{"name": NO_GRIEVANCE}]
    return bool(labels[0]["name"] != NO_GRIEVANCE)


def examples_of(known: Knowledge) -> list[tuple[str, str]]:
    """(text, answer): how people ask for it, its own question, and what it says."""
    asked = [(text, question.id) for question in known.questions.values() for text in question.asks]
    written = [
        (text, answer.id)
        for answer in known.answers.values()
        for text in (answer.question, answer.short, answer.more)
        if text
    ]
    return [*asked, *written]


def _message(text: str) -> Message:
    """A text as the pipeline would bring it here."""
    plain = normalize(text)
    message = Message({TEXT: plain})
    message.set(TOKENS, [Token(word, start) for word, start, _ in jieba.tokenize(plain)])
    return message
