"""Texts for the person to send, all made from one fact base."""
