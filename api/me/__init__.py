"""A person's own data: to take with them, and to have erased."""
