"""The case of one purchase: its facts, its stage, its history."""
