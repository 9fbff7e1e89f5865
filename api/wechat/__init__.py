"""The official account in WeChat."""
