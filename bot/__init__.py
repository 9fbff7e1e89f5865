"""The Rasa side: how a sentence is understood and how a turn is taken."""
