"""When the model is trained, and what that leaves behind."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot import training


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files to make a model from, with a line in each."""
    for source in training.SOURCES:
        path = tmp_path / source
        path = path if path.suffix else path / "deeper" / "file.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a line\n")
    monkeypatch.setattr(training, "ROOT", tmp_path)
    return tmp_path


class TestTheNameOfAModel:
    def test_stays_while_nothing_changes(self, checkout: Path) -> None:
        assert training.current_model(checkout) == training.current_model(checkout)

    @pytest.mark.parametrize("source", training.SOURCES)
    def test_changes_with_every_file_it_is_made_from(self, checkout: Path, source: str) -> None:
        before = training.current_model(checkout)
        path = checkout / source
        (path if path.is_file() else path / "deeper" / "file.txt").write_text("another line\n")
        assert training.current_model(checkout) != before

    def test_changes_when_a_file_is_moved(self, checkout: Path) -> None:
        before = training.current_model(checkout)
        (checkout / "data" / "nlu" / "deeper" / "file.txt").rename(checkout / "data" / "nlu" / "file.txt")
        assert training.current_model(checkout) != before

    @pytest.mark.parametrize(
        "name", [pytest.param("bot/nlu/__pycache__/a.pyc", id="compiled"), pytest.param("README.md", id="another file")]
    )
    def test_does_not_change_with_what_it_is_not_made_from(self, checkout: Path, name: str) -> None:
        before = training.current_model(checkout)
        (checkout / name).parent.mkdir(exist_ok=True)
        (checkout / name).write_text("a line\n")
        assert training.current_model(checkout) == before


def test_a_model_that_is_there_is_not_trained_again(checkout: Path) -> None:
    there = training.current_model(checkout / "models")
    there.parent.mkdir()
    there.touch()
    assert training.ensure_model(checkout / "models") == there
    assert there.read_bytes() == b""


def test_a_model_that_somebody_else_is_training_is_waited_for(checkout: Path) -> None:
    folder = checkout / "models"
    there = training.current_model(folder)
    with ThreadPoolExecutor() as pool:
        with training._alone(folder):
            waiting = pool.submit(training.ensure_model, folder)
            there.touch()
        assert waiting.result() == there
    assert there.read_bytes() == b""


class TestCheapFingerprints:
    def test_rasas_own_is_back_afterwards(self) -> None:
        stock = Message.fingerprint
        with training._without_repetition():
            assert Message.fingerprint is not stock
        assert Message.fingerprint is stock

    def test_rasas_own_is_back_after_an_error(self) -> None:
        stock = Message.fingerprint
        with pytest.raises(RuntimeError, match="no memory"), training._without_repetition():
            raise RuntimeError("no memory")
        assert Message.fingerprint is stock

    @pytest.mark.parametrize(
        "other",
        [
            pytest.param({TEXT: "没到账", INTENT: "not_delivered"}, id="text"),
            pytest.param({TEXT: "到账了", INTENT: "outcome_refunded"}, id="intent"),
            pytest.param(
                {TEXT: "到账了", INTENT: "not_delivered", "metadata": {"intent": {"subkind": "nd_delayed"}}},
                id="subkind",
            ),
        ],
    )
    def test_tell_messages_apart(self, other: dict[str, object]) -> None:
        one = {TEXT: "到账了", INTENT: "not_delivered"}
        with training._without_repetition():
            assert Message(one).fingerprint() == Message(dict(one)).fingerprint()
            assert Message(one).fingerprint() != Message(other).fingerprint()
