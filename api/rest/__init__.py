"""Rasa's REST channel, so that Rasa's own tools and widgets connect."""
