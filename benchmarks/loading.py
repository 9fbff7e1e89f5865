"""How a process of the benchmark sets Rasa up: the way this program does for our pipelines, stock for the others."""

import json
import logging
import resource
import sys
from pathlib import Path
from typing import Any

import yaml


def is_ours(config: Path) -> bool:
    """Whether a pipeline has a component of this program, and so is loaded as this program loads its own."""
    components = yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]
    return any(component["name"].startswith("bot.") for component in components)


def set_up(config: Path) -> None:
    """Stop Rasa from printing every message, which takes milliseconds; for ours, do all that this program does."""
    if is_ours(config):
        _as_ours()
    else:
        from rasa.utils.log_utils import configure_structlog

        logging.captureWarnings(True)
        configure_structlog(logging.WARNING)


def _as_ours() -> None:
    from bot.quiet import quiet_rasa

    quiet_rasa()
    from bot import patches

    patches.apply()


def peak_mb() -> float:
    """The most memory that this process ever had resident, in MB."""
    unit = 1 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


def write_json(path: Path, what: Any) -> None:
    """Hand a result to the parent. Standard output is Rasa's."""
    path.write_text(json.dumps(what, ensure_ascii=False), encoding="utf-8")
