"""How the work goes: what is counted over all conversations and cases of a period."""
