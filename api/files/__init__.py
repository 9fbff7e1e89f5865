"""The files of evidence, handed out to whoever holds a signed link."""
