"""Every setting of the program, read once from the environment (prefix `TUIKUAN_`)."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from cases.errors import SetupError

ROOT = Path(__file__).resolve().parents[1]
MIN_SECRET_CHARS = 32
AES_KEY = re.compile(r"[A-Za-z0-9]{43}")


class WeChat(BaseModel):
    """The official account. Without a `token` there is no such channel."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    token: SecretStr = SecretStr("")
    aes_key: SecretStr = SecretStr("")
    previous_aes_key: SecretStr = SecretStr("")
    """Still taken while the platform changes over to a new key."""
    app_id: str = ""
    app_secret: SecretStr = SecretStr("")
    """Opens the platform's interface. Without it nothing is fetched there, and nothing is sent first."""
    mode: Literal["safe", "compatible", "plain"] = "safe"
    api_base: str = "https://api.weixin.qq.com"
    can_push: bool = False
    """Whether the account may send 客服消息: certified ones may."""
    template_id: str = ""
    """A 模板消息 for reminders."""
    subscription_id: str = ""
    """A 订阅通知 for reminders, once for each time the person agrees."""
    reminder_fields: dict[str, Literal["case", "what", "day"]] = {}
    """Which of the template's fields holds what: `{"thing1": "what", "time2": "day"}`."""

    @property
    def is_on(self) -> bool:
        """Whether there is such a channel."""
        return bool(self.token.get_secret_value())

    @model_validator(mode="after")
    def _refuse_incomplete(self) -> Self:
        if not self.is_on:
            return self
        if not re.fullmatch(r"[A-Za-z0-9]{3,32}", self.token.get_secret_value()):
            raise ValueError("TUIKUAN_WECHAT__TOKEN needs 3 to 32 letters and digits, as the platform does")
        if self.mode != "plain" and not (self.aes_key.get_secret_value() and self.app_id):
            raise ValueError("TUIKUAN_WECHAT__AES_KEY and __APP_ID are needed unless TUIKUAN_WECHAT__MODE=plain")
        for key in (self.aes_key, self.previous_aes_key):
            if key.get_secret_value() and not AES_KEY.fullmatch(key.get_secret_value()):
                raise ValueError("TUIKUAN_WECHAT__AES_KEY has 43 letters and digits")
        if (self.can_push or self.template_id or self.subscription_id) and not self.app_secret.get_secret_value():
            raise ValueError("TUIKUAN_WECHAT__APP_SECRET is needed to send anything")
        return self


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

    public_url: str = ""
    """Where people open the page, such as `https://example.org`: for links in messages of other channels."""
    wechat: WeChat = WeChat()

    turn_budget_s: float = Field(default=8.0, gt=0)
    """How long a channel waits for its turn; the turn itself goes on and its answer is kept."""
    assistant_timeout_s: float = Field(default=30.0, gt=0)
    """After this the assistant counts as failed, and says so."""
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

    staff_idle_minutes: int = Field(default=30, gt=0)
    staff_session_hours: int = Field(default=12, gt=0)
    staff_hours: str = Field(default="09:00-21:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$")
    """When somebody is there, in Shanghai; outside it a person who wants a human is promised the next morning."""

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
