"""Evidence of a case: the items asked for, and the files handed in."""
