"""The rasa-sdk actions: one a topic of conversation, each a thin door to `cases.dialogue`.

`rasa run actions` serves this package as it is; `tuikuan serve` runs it in its own process.
"""
