"""The token for a platform's interface that all workers share."""
