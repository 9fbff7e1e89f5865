"""The pipelines that are compared: each is trained in one process and measured in another."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from cases.errors import SetupError
from cases.settings import ROOT

HERE = Path(__file__).parent
OURS = "ours"
LOG_TAIL_LINES = 30

CONFIGS = {path.stem: path for path in sorted((HERE / "pipelines").glob("*.yml"))} | {OURS: ROOT / "config.yml"}
"""Name → config file; ours is the project's own, and last."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What became of one text. `ranking` is [name, confidence] of labels or intents, the likeliest first."""

    intent: str | None
    ranking: list[list[Any]]
    ms: float


@dataclass(frozen=True, slots=True)
class Run:
    """One pipeline, trained and measured. `parsed` is by text."""

    name: str
    training_s: float
    training_peak_mb: float
    model_mb: float
    resident_mb: float
    parsed: dict[str, Parsed]


def training_data(folder: Path, limit: int | None) -> Path:
    """One copy of `data/nlu` for all pipelines, whatever is edited meanwhile.

    A limit leaves that many examples in each block (an intent, or a sub-kind of one).
    """
    copy = folder / "nlu"
    shutil.copytree(ROOT / "data" / "nlu", copy)
    for path in copy.rglob("*.yml") if limit else ():
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        for block in document["nlu"]:
            if "intent" in block:
                block["examples"] = "".join(block["examples"].splitlines(keepends=True)[:limit])
        path.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    return copy


def run(name: str, data: Path, texts: Sequence[str], folder: Path) -> Run:
    """Train and measure one pipeline. Its model and what was measured stay in `folder`.

    Raises `SetupError` with the end of the log if a process fails.
    """
    config, model = CONFIGS[name], folder / f"{name}.tar.gz"
    texts_file = folder / "texts.json"
    texts_file.write_text(json.dumps(list(texts), ensure_ascii=False), encoding="utf-8")
    started = time.perf_counter()
    trained = _process("train_pipeline.py", [config, data, model], folder / f"{name}-training.json")
    training_s = time.perf_counter() - started
    measured = _process("parse_texts.py", [config, model, texts_file], folder / f"{name}-parsed.json")
    return Run(
        name=name,
        training_s=training_s,
        training_peak_mb=trained["peak_mb"],
        model_mb=model.stat().st_size / 2**20,
        resident_mb=measured["resident_mb"],
        parsed=dict(zip(texts, (Parsed(**one) for one in measured["parsed"]), strict=True)),
    )


def _process(script: str, arguments: Sequence[Path], result: Path) -> dict[str, Any]:
    """What a script of this folder writes into `result`, its last argument."""
    command = [sys.executable, *map(str, (HERE / script, *arguments, result))]
    log = result.with_suffix(".log")
    with log.open("wb") as out:
        done = subprocess.run(command, cwd=ROOT, env=_environment(), stdout=out, stderr=subprocess.STDOUT)
    if done.returncode or not result.is_file():
        tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-LOG_TAIL_LINES:])
        raise SetupError(f"{script} failed for {arguments[0].name}:\n{tail}")
    written: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    return written


def _environment() -> dict[str, str]:
    """Ours, with bytecode, without which starting takes minutes, and without what Rasa keeps of earlier trainings."""
    return {
        **os.environ,
        "PYTHONDONTWRITEBYTECODE": "",
        "RASA_TELEMETRY_ENABLED": "false",
        "RASA_MAX_CACHE_SIZE": "0",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
