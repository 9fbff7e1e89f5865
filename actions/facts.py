"""The dispute and its facts, given or corrected."""

from actions.topic import TopicAction


class ActionFacts(TopicAction):
    """The dispute and its facts, given or corrected."""

    topic = "facts"
