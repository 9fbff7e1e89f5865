"""Scoring a message by its likeness to real sentences."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.kernel_machine import KernelMachine, LeftOut, Matrix
from bot.nlu.sentence_encoder import add_meaning

LABELS = ("not_delivered", "not_as_described", "merchant_gone", "refund_delayed")


def grievances(messages: list[Message]) -> list[Message]:
    return [message for message in messages if message.get(INTENT) in LABELS]


def targets(messages: list[Message]) -> Matrix:
    return np.array([[message.get(INTENT) == label for label in LABELS] for message in messages], dtype=np.float32)


def share_right(scores: Matrix, messages: list[Message]) -> float:
    return float(np.mean(scores.argmax(axis=1) == targets(messages).argmax(axis=1)))


@pytest.fixture(scope="module")
def examples(taught: list[Message]) -> list[Message]:
    return grievances(taught)


@pytest.fixture(scope="module")
def fitted(examples: list[Message]) -> tuple[KernelMachine, LeftOut]:
    """The machine, and the scores its examples would have without themselves."""
    machine = KernelMachine()
    return machine, machine.fit(examples, targets(examples), np.ones(len(examples)))


@pytest.fixture(scope="module")
def machine(fitted: tuple[KernelMachine, LeftOut]) -> KernelMachine:
    return fitted[0]


def test_tells_apart_what_it_was_not_shown(machine: KernelMachine, unseen: list[Message]) -> None:
    asked = grievances(unseen)
    assert share_right(np.array([machine.scores(message) for message in asked]), asked) > 0.7


def test_its_left_out_scores_foretell_that(fitted: tuple[KernelMachine, LeftOut], examples: list[Message]) -> None:
    machine, left_out = fitted
    shown = np.array([machine.scores(message) for message in examples])
    assert 0.7 < share_right(left_out.all, examples) < share_right(shown, examples)
    by_letters = np.array([machine.letter_scores(message) for message in examples])
    assert 0.6 < share_right(left_out.letters, examples) < share_right(by_letters, examples)


def test_letters_alone_tell_a_part(machine: KernelMachine, unseen: list[Message]) -> None:
    asked = grievances(unseen)
    by_letters = share_right(np.array([machine.letter_scores(message) for message in asked]), asked)
    both = share_right(np.array([machine.scores(message) for message in asked]), asked)
    assert 0.5 < by_letters < both


def test_a_saved_machine_gives_the_same_scores(machine: KernelMachine, unseen: list[Message], tmp_path: Path) -> None:
    machine.save(tmp_path)
    loaded = KernelMachine.load(tmp_path)
    for message in unseen[::20]:
        np.testing.assert_allclose(loaded.scores(message), machine.scores(message), atol=1e-3)
        np.testing.assert_allclose(loaded.letter_scores(message), machine.letter_scores(message), atol=1e-3)


def test_its_file_holds_no_code(machine: KernelMachine, tmp_path: Path) -> None:
    machine.save(tmp_path)
    assert {path.suffix for path in tmp_path.iterdir()} == {".npz", ".json"}
    for path in tmp_path.glob("*.npz"):
        with np.load(path, allow_pickle=False) as arrays:
            assert all(arrays[name].dtype.kind == "f" for name in arrays.files)


@pytest.mark.parametrize("text", [pytest.param("𠀀𠀁𠀂", id="unknown letters"), pytest.param("😀", id="a picture")])
def test_letters_it_never_saw_leave_the_meaning_to_speak(
    machine: KernelMachine, said: Callable[[str], Message], text: str
) -> None:
    message = said(text)
    assert np.isfinite(machine.scores(message)).all()
    np.testing.assert_array_equal(machine.letter_scores(message), machine.letter_scores(Message({TEXT: "鿿"})))


def test_a_message_without_words_is_scored_by_its_characters(machine: KernelMachine) -> None:
    bare = Message({TEXT: "话费一直没到账"})
    add_meaning([bare], "test")
    assert LABELS[machine.scores(bare).argmax()] == "not_delivered"
