"""Yes, no, and what was picked."""

from actions.topic import TopicAction


class ActionChoice(TopicAction):
    """Yes, no, and what was picked."""

    topic = "choice"
