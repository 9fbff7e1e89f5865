"""From what people wrote to what the NLU learns: a file of candidates, reviewed by a human, merged into `data/nlu`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.corpus import FOLDER, Likeness, Sentence, read
from cases.errors import SetupError

HEADER = """\
# Messages that were asked back, corrected, handed over or hardly understood. For each one: see that `intent` (and
# `subkind`, if it is told) is what it means, take out what points to a person, delete what teaches nothing.
# Then: tuikuan nlu merge FILE, and look at the diff.
"""
# Numbers (also in groups), accounts, addresses and keys: whatever they were, they are one person's and teach nothing.
_PRIVATE = re.compile(
    r"\d{3,}(?:[ -]\d{3,})+|(?<![A-Za-z\d])(?=[A-Za-z\d@._-]*[\d@])[A-Za-z\d@._-]{5,}|\d{5,}",
)
_ENTITY = re.compile(r"\][({\[]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A message to learn from. `intent` is what a human says it means, if one did; `guess` what the NLU thought."""

    text: str
    intent: str | None = None
    subkind: str | None = None
    guess: str = ""


def masked(text: str) -> str:
    """`text` on one line, without numbers and accounts of five characters and more; authorities' numbers stay."""
    from bot.nlu.numbers import AUTHORITIES  # brings jieba, which commands that only print help should not wait for

    visible = "".join(char for char in text if char.isprintable() or char.isspace())  # what YAML can hold
    return _PRIVATE.sub(
        lambda found: found[0] if re.fullmatch(AUTHORITIES, found[0]) else "***", " ".join(visible.split())
    )


def written(candidates: Iterable[Candidate]) -> str:
    """A file of candidates, to be reviewed, those a human has judged first.

    Of texts that are nearly the same the first is kept, and none that `data/nlu` has already.
    """
    likeness = Likeness(read())
    rows: list[dict[str, Any]] = []
    for candidate in sorted(candidates, key=lambda candidate: candidate.intent is None):
        sentence = Sentence(candidate.text, candidate.intent or "")
        if likeness.twin(sentence) is None:
            likeness.add(sentence)
            rows.append({"text": candidate.text, "intent": candidate.intent, "guess": candidate.guess})
    return HEADER + (yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=10_000) if rows else "[]\n")


def reviewed(path: Path) -> list[Candidate]:
    """The candidates of a reviewed file. Raises `SetupError` if it is not one."""
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8")) or []
        return [_candidate(row) for row in rows]
    except OSError as error:
        raise SetupError(f"cannot read {path}: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
        raise SetupError(f"{path.name} is not a list of candidates with text and intent") from error


def _candidate(row: dict[str, Any]) -> Candidate:
    text, intent, subkind = row["text"], row.get("intent"), row.get("subkind")
    if not (isinstance(text, str) and isinstance(intent, str | None) and isinstance(subkind, str | None)):
        raise TypeError("text, intent and subkind are texts")
    return Candidate(text, intent, subkind)


def merge(candidates: Sequence[Candidate], folder: Path = FOLDER) -> tuple[list[Candidate], list[str]]:
    """Add the candidates to their blocks; returns those added, and why the others were not."""
    known = list(read(folder))
    places = {(sentence.intent, sentence.subkind): sentence.file for sentence in known}
    likeness, added, refused = Likeness(known), [], []
    for candidate in candidates:
        sentence = Sentence(masked(candidate.text), candidate.intent or "", candidate.subkind)
        path = places.get((sentence.intent, sentence.subkind))
        twin = likeness.twin(sentence)
        if path is None:
            refused.append(f"no block for {candidate.intent or 'no intent'} {candidate.subkind or ''}: {sentence.text}")
        elif not sentence.text:
            refused.append(f"nothing said for {candidate.intent}")
        elif _ENTITY.search(sentence.text):
            refused.append(f"Rasa would read an entity in it: {sentence.text}")
        elif twin is not None:
            refused.append(f"as good as “{twin.text}” ({twin.intent}): {sentence.text}")
        else:
            _append(path, sentence)
            likeness.add(sentence)
            added.append(candidate)
    return added, refused


def _append(path: Path, sentence: Sentence) -> None:
    """Write the sentence at the end of the block of its intent and sub-kind."""
    lines = path.read_text(encoding="utf-8").splitlines()
    end = next(end for block, end in _blocks(lines) if block == (sentence.intent, sentence.subkind))
    lines.insert(end, f"      - {sentence.text}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _blocks(lines: Sequence[str]) -> Iterator[tuple[tuple[str, str | None], int]]:
    """(intent, sub-kind) of each block, and the index of the line after its last example."""
    block: tuple[str, str | None] | None = None
    end = 0
    for index, line in enumerate([*lines, "  - end: of file"]):
        if line.startswith("  - "):
            if block is not None:
                yield block, end
            key, _, value = line.removeprefix("  - ").partition(": ")
            block = (value, None) if key == "intent" else None
        elif block is not None and (told := re.search(r"subkind: (\w+)", line)) and line.startswith("    metadata"):
            block = (block[0], told[1])
        elif line.startswith("      - "):
            end = index + 1
