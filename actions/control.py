"""A second case, giving up, a human."""

from actions.topic import TopicAction


class ActionControl(TopicAction):
    """A second case, giving up, a human."""

    topic = "control"
