"""The desk of those who work here: which conversations there are, and which of them they have read."""
