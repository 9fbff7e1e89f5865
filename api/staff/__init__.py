"""The console for those who work here: pages drawn on the server, under `/staff`."""
