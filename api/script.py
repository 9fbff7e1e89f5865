"""Simplified or traditional characters: the assistant writes simplified, and is converted for who reads the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from opencc import OpenCC
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from cases.models import Author

TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")
# Fields with words of ours. Ids, payloads, the person's own values and names of files stay as they are.
WORDS = {
    *("text", "title", "name", "ask", "how", "why", "must_show", "shown", "claim", "closed"),
    *("dispute_name", "pay_channel_name", "outcome_name"),
}
THEIR_OWN = ("attachments", "files")
SOURCES: Mapping[str, str] = {".js": "text/javascript", ".css": "text/css", ".html": "text/html"}

_to_traditional = OpenCC("s2t")
ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Script:
    """The characters of one reader."""

    is_traditional: bool

    @classmethod
    def of(cls, accept_language: str) -> "Script":
        """The script of the Chinese that the header asks for first; simplified if it asks for none."""
        chinese = [language for language in _languages(accept_language) if language.startswith("zh")]
        return cls(is_traditional=bool(chinese) and chinese[0].startswith(TRADITIONAL))

    @classmethod
    def of_request(cls, request: Request) -> "Script":
        """The script that a request asks for."""
        return cls.of(request.headers.get("accept-language", ""))

    def text(self, text: str) -> str:
        """A sentence of ours in this script."""
        return str(_to_traditional.convert(text)) if self.is_traditional else text

    def write(self, answer: ModelT) -> ModelT:
        """An answer with our words in this script."""
        if not self.is_traditional:
            return answer
        return type(answer).model_validate(self._written(answer.model_dump(), ""))

    def _written(self, value: Any, field: str) -> Any:
        match value:
            case str():
                return self.text(value) if field in WORDS else value
            case list():
                return [self._written(item, field) for item in value]
            case {"author": Author.PERSON}:
                return value
            case dict():
                return {key: part if key in THEIR_OWN else self._written(part, key) for key, part in value.items()}
        return value


class TraditionalFiles(StaticFiles):
    """The same scripts, styles and pages as in a folder, with their Chinese converted."""

    def file_response(self, full_path: Any, stat_result: Any, scope: Any, status_code: int = 200) -> Response:
        """The file; converted if it is a source."""
        media_type = SOURCES.get(Path(full_path).suffix)
        if media_type is None:
            return super().file_response(full_path, stat_result, scope, status_code)
        return Response(_source(Path(full_path), stat_result.st_mtime_ns), status_code, media_type=media_type)


@lru_cache(maxsize=64)
def _source(path: Path, _changed: int) -> str:
    return Script(is_traditional=True).text(path.read_text("utf-8"))


def _languages(accept_language: str) -> list[str]:
    """The languages of the header, the most wanted first."""
    entries = [entry.strip().lower().partition(";q=") for entry in accept_language.split(",")]
    return [language for language, _, _ in sorted(entries, key=lambda entry: -_weight(entry[2]))]


def _weight(quality: str) -> float:
    try:
        return float(quality or 1)
    except ValueError:
        return 0.0
