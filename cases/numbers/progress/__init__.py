"""How far cases have come."""
