"""One module per topic of conversation: `handle(turn)` does the topic's work and says what came of it."""
