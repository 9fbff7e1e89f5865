"""Settings come from the environment; what is wrong or unsafe refuses to start and says which."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cases.errors import SetupError
from cases.settings import ROOT, settings


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Settings are read anew, by this test and by the next."""
    settings.cache_clear()
    yield
    settings.cache_clear()


def test_the_defaults_are_those_of_one_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TUIKUAN_DATA_DIR", "TUIKUAN_DATABASE_URL", "TUIKUAN_ASSISTANT", "TUIKUAN_ENVIRONMENT"):
        monkeypatch.delenv(name, raising=False)
    assert settings().environment == "development"
    assert settings().assistant == "rasa"
    assert settings().rest_channel == "off"
    assert settings().sqlalchemy_url == f"sqlite:///{ROOT / 'var' / 'tuikuan.db'}"


def test_everything_lives_under_the_data_dir(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TUIKUAN_DATA_DIR", str(tmp_path))
    assert settings().sqlalchemy_url == f"sqlite:///{tmp_path / 'tuikuan.db'}"
    assert settings().attachments_dir == tmp_path / "attachments"


@pytest.mark.parametrize(
    ("given", "used"),
    [
        pytest.param("postgresql://a:b@c/d", "postgresql+psycopg://a:b@c/d", id="our driver by default"),
        pytest.param("postgresql+psycopg://a@c/d", "postgresql+psycopg://a@c/d", id="a driver that is named"),
        pytest.param("sqlite:////tmp/x.db", "sqlite:////tmp/x.db", id="sqlite"),
    ],
)
def test_a_database_url_is_used(monkeypatch: pytest.MonkeyPatch, given: str, used: str) -> None:
    monkeypatch.setenv("TUIKUAN_DATABASE_URL", given)
    assert settings().sqlalchemy_url == used


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        pytest.param({"REST_CHANNEL": "token"}, "TUIKUAN_REST_TOKEN", id="a token channel without a token"),
        pytest.param(
            {"ENVIRONMENT": "production", "REST_CHANNEL": "open"},
            "not in production",
            id="an open channel in production",
        ),
        pytest.param(
            {"ENVIRONMENT": "production", "ASSISTANT": "echo"},
            "not in production",
            id="an echo in production",
        ),
        pytest.param(
            {"ENVIRONMENT": "production", "SECRET_KEY": "short"},
            "TUIKUAN_SECRET_KEY",
            id="links that anybody can sign",
        ),
        pytest.param({"TURN_BUDGET_S": "soon"}, "TUIKUAN_TURN_BUDGET_S", id="no number"),
        pytest.param({"TURN_BUDGET_S": "0"}, "TUIKUAN_TURN_BUDGET_S", id="no time at all"),
        pytest.param({"ATTACHMENT_MAX_MIB": "-1"}, "TUIKUAN_ATTACHMENT_MAX_MIB", id="a negative limit"),
        pytest.param({"ASSISTANT": "parrot"}, "TUIKUAN_ASSISTANT", id="an unknown choice"),
    ],
)
def test_what_is_wrong_or_unsafe_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], says: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(f"TUIKUAN_{name}", value)
    with pytest.raises(SetupError, match=says):
        settings()


def test_the_same_is_fine_in_development(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUIKUAN_REST_CHANNEL", "open")
    monkeypatch.setenv("TUIKUAN_ASSISTANT", "echo")
    assert settings().rest_channel == "open"


def test_a_secret_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUIKUAN_REST_TOKEN", "hush")
    assert "hush" not in repr(settings())
