"""The rungs of the procedure that a case has taken."""
