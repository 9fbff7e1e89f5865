"""Evidence that is given, not available, or put off."""

from actions.topic import TopicAction


class ActionEvidence(TopicAction):
    """Evidence that is given, not available, or put off."""

    topic = "evidence"
