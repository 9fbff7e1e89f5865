"""Every setting of the program, read once from the environment (prefix `TUIKUAN_`)."""

from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from cases.errors import SetupError

ROOT = Path(__file__).resolve().parents[1]
MIN_SECRET_CHARS = 32


class Settings(BaseSettings):
    """Settings with their units in their names; what is unsafe in production refuses to start there."""

    model_config = SettingsConfigDict(env_prefix="TUIKUAN_", env_nested_delimiter="__", frozen=True, extra="ignore")

    environment: Literal["development", "production"] = "development"
    data_dir: Path = ROOT / "var"
    database_url: str = ""
    assistant: Literal["rasa", "echo"] = "rasa"
    model_dir: Path = ROOT / "models"

    rest_channel: Literal["off", "token", "open"] = "off"
    rest_token: SecretStr = SecretStr("")

    secret_key: SecretStr = SecretStr("")
    """Signs the links to files. Empty in development: one is made in `data_dir`."""

    turn_budget_s: float = Field(default=8.0, gt=0)
    """How long a channel waits for its turn; the turn itself goes on and its answer is kept."""
    message_max_chars: int = Field(default=5_000, gt=0)
    attachment_max_mib: int = Field(default=20, gt=0)
    attachments_max_mib: int = Field(default=200, gt=0)
    """What one person may hand in altogether."""
    link_minutes: int = Field(default=60, gt=0)
    reading: Literal["on", "off"] = "on"
    """Whether pictures are read (OCR), in a process of their own that takes 400 MB while it works."""
    reading_timeout_s: float = Field(default=30.0, gt=0)
    reading_max_mib: int = Field(default=1_500, gt=0)
    session_max_age_days: int = Field(default=180, gt=0)
    """The procedure takes months (60 days of mediation alone), and so must the way back to it."""
    reminder_interval_s: float = Field(default=30.0, gt=0)

    @model_validator(mode="after")
    def _refuse_unsafe(self) -> Self:
        if self.rest_channel == "token" and not self.rest_token.get_secret_value():
            raise ValueError("TUIKUAN_REST_CHANNEL=token needs TUIKUAN_REST_TOKEN")
        if self.environment == "production" and self.rest_channel == "open":
            raise ValueError("TUIKUAN_REST_CHANNEL=open lets anybody speak as anybody: not in production")
        if self.environment == "production" and self.assistant == "echo":
            raise ValueError("TUIKUAN_ASSISTANT=echo is for testing channels: not in production")
        if self.environment == "production" and len(self.secret_key.get_secret_value()) < MIN_SECRET_CHARS:
            raise ValueError(f"TUIKUAN_SECRET_KEY needs {MIN_SECRET_CHARS} characters in production")
        return self

    @property
    def sqlalchemy_url(self) -> str:
        """The database to use; SQLite under `data_dir` unless `database_url` says otherwise."""
        url = self.database_url or f"sqlite:///{self.data_dir / 'tuikuan.db'}"
        return url.replace("postgresql://", "postgresql+psycopg://", 1)

    @property
    def attachments_dir(self) -> Path:
        """Where the originals of evidence files are kept."""
        return self.data_dir / "attachments"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process. Raises `SetupError` naming the variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        where = "".join(f" TUIKUAN_{str(part).upper()}" for part in first["loc"])
        raise SetupError(f"settings{where}: {first['msg']}") from error
