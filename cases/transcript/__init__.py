"""The conversation with a person: where it stands, what was said, what came in already."""
