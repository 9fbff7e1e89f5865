"""Why, how, how far, and what the law says."""

from actions.topic import TopicAction


class ActionQuestion(TopicAction):
    """Why, how, how far, and what the law says."""

    topic = "question"
