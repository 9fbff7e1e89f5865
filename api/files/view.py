"""A file as JSON, with the links that open it."""

from pydantic import BaseModel

from cases.evidence import copies, links
from cases.models import Attachment


class FileView(BaseModel):
    """A file that was handed in. `links` open the original and, where there are any, its copies; they expire."""

    id: str
    name: str
    size: int
    sha256: str
    media_type: str
    reading_state: str
    links: dict[str, str]


def view(attachment: Attachment) -> FileView:
    """What its owner may see of a file."""
    return FileView(
        id=attachment.public_id,
        name=attachment.name,
        size=attachment.size,
        sha256=attachment.sha256,
        media_type=attachment.media_type,
        reading_state=attachment.reading_state,
        links={variant: links.sign(attachment, variant) for variant in variants(attachment)},
    )


def variants(attachment: Attachment) -> list[str]:
    """What can be handed out of a file; redacted only once the person or the reading has said what to cover."""
    copied = [variant for variant in copies.FITS if attachment.media_type in copies.offered(variant)]
    is_settled = attachment.redaction is not None or attachment.reading is not None
    return ["original", *(variant for variant in copied if variant != "redacted" or is_settled)]
