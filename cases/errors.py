"""What can go wrong, as the person who meets it reads it.

TuikuanError
├── BadInput            what was sent cannot be taken
│   └── ChoiceExpired   a button that is no longer offered
├── NotFound            no such thing, or not theirs
├── NotAllowed          the credential does not open this
├── TryAgain            a passing fault or load; nothing was lost
└── SetupError          the installation is wrong; the program refuses to start
    └── KnowledgeError  a file under data/knowledge is wrong
"""


class TuikuanError(Exception):
    """Base of all errors of ours. `message` is one clear sentence for its reader; `code` is for programs."""

    code = "internal"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code


class BadInput(TuikuanError):
    """What was sent cannot be taken; sending something else can help."""

    code = "bad_input"


class ChoiceExpired(BadInput):
    """A tapped choice that the assistant does not offer (any more), or never offered."""

    code = "choice_expired"


class NotFound(TuikuanError):
    """There is no such thing, or it belongs to somebody else."""

    code = "not_found"


class NotAllowed(TuikuanError):
    """The credential is missing, wrong or expired."""

    code = "not_allowed"


class TryAgain(TuikuanError):
    """A passing fault or load; what was sent is safe and may be sent again."""

    code = "try_again"


class SetupError(TuikuanError):
    """The installation or its settings are wrong; the program refuses to start."""

    code = "setup"


class KnowledgeError(SetupError):
    """A file under `data/knowledge` is malformed or contradicts another."""

    code = "knowledge"
