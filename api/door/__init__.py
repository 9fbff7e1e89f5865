"""The way from another channel to the page: a signed link that opens the same conversation in a browser."""
