"""Training the model, only when what it is made from has changed."""

import fcntl
import hashlib
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from copy import copy
from functools import lru_cache, partial
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from bot.quiet import quiet_rasa
from cases.errors import SetupError
from cases.settings import ROOT

# A model is made from these, and named by their fingerprint.
SOURCES = (
    "config.yml",
    "domain.yml",
    "data/nlu",
    "data/rules",
    "data/stories",
    "data/dictionary",
    "data/knowledge/answers.yml",
    "data/knowledge/questions.yml",
    "bot/nlu",
)


def current_model(folder: Path) -> Path:
    """Where the model for today's data lies, or would."""
    return folder / f"tuikuan-{_fingerprint()}.tar.gz"


def ensure_model(folder: Path) -> Path:
    """The model for today's data; trained first if there is none. Raises `SetupError` if training fails.

    It is trained in a process of its own, so that the memory it takes goes with it, and once, however many programs
    find it missing.
    """
    model = current_model(folder)
    if not model.is_file():
        with _alone(folder):
            if not model.is_file():
                _train_apart(folder)
    return model


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".training").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _train_apart(folder: Path) -> None:
    training = get_context("spawn").Process(target=_train_and_exit, args=(folder,))
    training.start()
    training.join()
    if training.exitcode != 0:
        raise SetupError("training the model failed; the lines above say why")


def _train_and_exit(folder: Path) -> None:
    """Train, and say in one line what went wrong."""
    try:
        train(folder)
    except Exception as error:
        print(error, file=sys.stderr)
        sys.exit(1)


def train(folder: Path) -> Path:
    """Train from the stock Rasa files of the checkout, with Rasa's own trainer."""
    quiet_rasa()
    from rasa.model_training import train as rasa_train

    model = current_model(folder)
    with chdir(ROOT), _without_repetition():  # config.yml names the dictionary folder relative to itself
        result = rasa_train(
            domain="domain.yml",
            config="config.yml",
            training_files=["data/nlu", "data/rules", "data/stories"],
            output=str(folder),
            fixed_model_name=model.name.removesuffix(".tar.gz"),
            force_training=True,
        )
    if result.code != 0 or not model.is_file():
        raise SetupError("Rasa trained no model")
    return model


@contextmanager
def _without_repetition() -> Iterator[None]:
    """Let Rasa tell messages apart by what was written in them, and copy, read and pack no more than it must.

    It hashes every token and feature of every message before and after each component, for a cache that a forced
    training does not read, copies every message down to its letters whenever it puts two files together, and reads
    every file of training data again for each part of the data, and tries hard to make numbers smaller that do not get
    smaller: together nearly half of the time.
    """
    from rasa.engine.storage import local_model_storage
    from rasa.shared.nlu.training_data.message import Message
    from rasa.shared.utils import validation

    fingerprint, validate = Message.fingerprint, validation.validate_yaml_schema
    archive = local_model_storage.TarSafe
    local_model_storage.TarSafe = SimpleNamespace(open=partial(archive.open, compresslevel=1))
    Message.__deepcopy__ = _copied
    Message.fingerprint = lambda message: _digest(
        repr([(key, value) for key, value in message.data.items() if isinstance(value, str | dict)])
    )
    validation.validate_yaml_schema = lru_cache(validate)
    try:
        yield
    finally:
        Message.fingerprint, validation.validate_yaml_schema = fingerprint, validate
        del Message.__deepcopy__
        local_model_storage.TarSafe = archive


def _copied(message: Any, _memo: object) -> Any:
    """What a message holds is replaced, never changed."""
    made = copy(message)
    made.data, made.features = dict(message.data), list(message.features)
    made.output_properties = set(message.output_properties)
    return made


def _digest(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in _source_files():
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _source_files() -> Iterator[Path]:
    for source in SOURCES:
        path = ROOT / source
        files = [path] if path.is_file() else path.rglob("*")
        yield from sorted(file for file in files if file.is_file() and file.suffix != ".pyc")
