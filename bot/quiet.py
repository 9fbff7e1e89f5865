"""Keeping Rasa to itself: no telemetry, no log of what people write, no warnings nobody here can act on,
and no TensorFlow for a model that has none."""

import logging
import os

from bot import lazy_imports


def quiet_rasa() -> None:
    """Call before Rasa does anything. Unconfigured, it reports home and prints every message it handles."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    logging.captureWarnings(True)  # of Rasa's old libraries, about each other
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    lazy_imports.install()
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)
