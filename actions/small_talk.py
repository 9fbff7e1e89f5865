"""Small talk, and what was not understood."""

from actions.topic import TopicAction


class ActionSmallTalk(TopicAction):
    """Small talk, and what was not understood."""

    topic = "small_talk"
