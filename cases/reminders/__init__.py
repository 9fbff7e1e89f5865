"""Coming back to people in time: what to remind of, when, and only once."""
