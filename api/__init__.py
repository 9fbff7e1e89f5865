"""The doors to the assistant: HTTP channels, the page, and the command line."""
