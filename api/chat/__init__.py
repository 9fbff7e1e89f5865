"""The web channel: sessions, messages, files, and the person's own case."""
