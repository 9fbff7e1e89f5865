"""Persons, and how each channel proves who it is talking to."""
