"""What answers are trained and measured on: the finder's own examples as Rasa wants them, and held-out questions."""

import json
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import yaml

from cases.errors import SetupError
from cases.knowledge import knowledge

INTENT = "ask_question"


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asked, and the answer to it: `None` if none has been reviewed. `also_ok` would be right, too."""

    text: str
    answer: str | None
    also_ok: tuple[str, ...]

    def is_met_by(self, answer: str) -> bool:
        """Whether this answer helps who asked."""
        return answer in (self.answer, *self.also_ok)


def read_questions(path: Path) -> list[Question]:
    """Questions from JSON lines of {text, answer, also_ok}. Raises `SetupError` naming a line that is wrong."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise SetupError(f"cannot read {path}: {error.strerror}") from error
    return [_question(path, number, line) for number, line in enumerate(lines, start=1) if line.strip()]


def _question(path: Path, number: int, line: str) -> Question:
    try:
        row = json.loads(line)
        question = Question(row["text"], row["answer"], tuple(row["also_ok"]))
    except (ValueError, KeyError, TypeError) as error:
        raise SetupError(f"{path.name}:{number}: not a JSON object with text, answer and also_ok") from error
    if unknown := {question.answer, *question.also_ok} - {None, *knowledge().answers}:
        raise SetupError(f"{path.name}:{number}: there is no answer {', '.join(map(str, unknown))}")
    return question


def write_training_data(folder: Path) -> Path:
    """The examples that ours is trained on as those of retrieval intents, with their responses; the folder of it."""
    from bot.nlu.answer_finder import (
        examples_of,  # after the logs were silenced; these very ones, or it is no comparison
    )

    known = knowledge()
    by_answer = groupby(sorted(examples_of(known), key=itemgetter(1)), key=itemgetter(1))
    blocks = {answer: "".join(f"- {text}\n" for text, _ in texts) for answer, texts in by_answer}
    document = {
        "version": "3.1",
        "nlu": [{"intent": f"{INTENT}/{answer}", "examples": texts} for answer, texts in blocks.items()],
        "responses": {f"utter_{INTENT}/{answer}": [{"text": known.answers[answer].short}] for answer in blocks},
    }
    data = folder / "questions"
    data.mkdir()
    (data / "questions.yml").write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    return data
