"""Danger first: fraud that goes on, or a person in despair."""

from actions.topic import TopicAction


class ActionDanger(TopicAction):
    """Danger first: fraud that goes on, or a person in despair."""

    topic = "danger"
