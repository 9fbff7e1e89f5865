"""Recognising the finer kind of a dispute by the cue words in the knowledge files."""

from cases.knowledge import Knowledge


def recognise(text: str, kind: str, knowledge: Knowledge) -> str | None:
    """The first sub-kind of `kind` (a dispute kind or a track) one of whose cues occurs in `text`."""
    entry = knowledge.kinds.get(kind) or knowledge.tracks.get(kind)
    if entry is None:
        return None
    return next((sub.id for sub in entry.subkinds if any(cue in text for cue in sub.cues)), None)
