"""Keeping Rasa to itself: no telemetry, and no log of what people write."""

import logging
import os


def quiet_rasa() -> None:
    """Call before Rasa does anything. Unconfigured, it reports home and prints every message it handles."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)
