"""Every setting in one frozen class, from the environment or a .env file; secrets never printed."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PACKAGED_KNOWLEDGE = Path(__file__).parent / "_knowledge"
CHECKOUT_KNOWLEDGE = Path(__file__).parent.parent / "knowledge"


def default_knowledge_dir() -> Path:
    """The checkout's folder, or the copy that an installed wheel carries."""
    return CHECKOUT_KNOWLEDGE if CHECKOUT_KNOWLEDGE.is_dir() else PACKAGED_KNOWLEDGE


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port or an address in brackets that is none
        return False


class Settings(BaseSettings):
    """What an operator may set. Names in the environment are these, in capitals."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    telegram_token: SecretStr | None = None
    telegram_token_file: Path | None = None
    telegram_api_url: str = "https://api.telegram.org"
    database_url: SecretStr | None = None
    """SQLAlchemy URL, e.g. postgresql+asyncpg://…; None: SQLite under data_dir."""
    data_dir: Path = Path("data")
    knowledge_dir: Path = Field(default_factory=default_knowledge_dir)
    admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    """Numeric Telegram user ids, separated by commas."""
    channels: Annotated[tuple[str, ...], NoDecode] = ()
    """Channels that get a service's pings: "recip-e:fr:@name" separated by commas."""

    sends_per_second: float = Field(default=25, gt=0)
    replies_per_second: float = Field(default=5, gt=0)

    allow_private_sources: bool = False
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    webhook_listen: str = "127.0.0.1:8080"
    metrics_listen: str | None = None
    heartbeat_url: str | None = None
    """Dead-man's switch: called each minute by the sender's own loop."""
    contact: str | None = None
    """Where the owner of a status page can reach the operator; sent in the User-Agent."""
    log_level: str = "INFO"

    onset_reads: int = Field(default=3, ge=1)
    confirm_seconds: float = Field(default=25, ge=0)
    clear_reads: int = Field(default=2, ge=1)
    clear_seconds: float = Field(default=120, ge=0)
    group_seconds: float = Field(default=30, ge=0)

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _numbers(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        numbers = [part.strip() for part in value.split(",") if part.strip()]
        if not all(map(str.isdecimal, numbers)):
            raise ValueError("numeric Telegram ids, separated by commas")
        return list(map(int, numbers))

    @field_validator("contact")
    @classmethod
    def _plain(cls, value: str | None) -> str | None:
        if value is not None and not (value.isascii() and value.isprintable()):
            raise ValueError("a web or mail address of plain letters: it is sent in a header")
        return value

    @field_validator("heartbeat_url")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        if value is not None and not _is_web_address(value):
            raise ValueError("a web address, such as https://example.org/ping")
        return value

    @field_validator("channels", mode="before")
    @classmethod
    def _channels(cls, value: object) -> object:
        return tuple(p.strip() for p in value.split(",")) if isinstance(value, str) else value

    def token(self) -> str | None:
        """The bot's token, from the variable or from the file of a Docker secret."""
        if self.telegram_token is not None:
            return self.telegram_token.get_secret_value()
        if self.telegram_token_file is not None:
            return self.telegram_token_file.read_text(encoding="utf-8").strip()
        return None

    def database(self) -> str:
        """The SQLAlchemy URL of the store."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite+aiosqlite:///{(self.data_dir / 'bis.sqlite3').absolute()}"
