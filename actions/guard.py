"""Guards: danger first, and what changes the way of a case."""

from actions.topic import TopicAction


class ActionGuard(TopicAction):
    """Guards: danger first, and what changes the way of a case."""

    topic = "guard"
