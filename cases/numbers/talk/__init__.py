"""How well the assistant understands, and how long people wait for a human."""
