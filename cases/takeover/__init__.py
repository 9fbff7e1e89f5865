"""A human of ours steps in: taking a conversation over, speaking in it, handing it back, and promising to come."""
