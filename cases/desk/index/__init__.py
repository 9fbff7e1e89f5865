"""The index of what people have said: FTS5 in SQLite, a GIN of lexemes in PostgreSQL, made by migration 0007."""
