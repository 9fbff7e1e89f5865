"""The one way in which a callback is refused."""


class Reject(Exception):
    """What was posted is not taken. Nothing of its content is in here, so it may be logged.

    `status` is 403 where it does not prove that the platform sent it, now and for this account; 400 where that may be
    so and it cannot be read. `reason` is a short English phrase for our log, never for the sender.
    """

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{status}: {reason}")
        self.status = status
        self.reason = reason
