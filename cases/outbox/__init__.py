"""What leaves for people who are not waiting for an answer."""
