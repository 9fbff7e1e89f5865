"""A step taken, and how it went."""

from actions.topic import TopicAction


class ActionOutcome(TopicAction):
    """A step taken, and how it went."""

    topic = "outcome"
