"""What staff do with a case beside talking: they note, mark, assign, look at evidence, put right, and teach."""
