"""Settings: `config/default.toml`, then the file `YUEMIAN_CONFIG` names, then `YUEMIAN_*`; checked at start.

A nested value is set from the environment with two underscores: `YUEMIAN_WECHAT__MINIPROGRAM__APPID`.
"""

import os
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from server.domain.events import ChannelName

ROOT = Path(__file__).resolve().parent.parent
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class SettingsError(Exception):
    """The configuration cannot be used; the text names what is missing or wrong, a line each."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MiniProgram(_Section):
    """The mini-program's account; its template ids mean nothing to the official account."""

    appid: str = Field(pattern=r"^wx[0-9a-f]{16}$")
    secret: str = Field(min_length=8)
    push_token: str = Field(min_length=3, max_length=32)
    push_aes_key: str = Field(min_length=43, max_length=43)
    push_mode: Literal["safe", "plain", "either"] = "safe"
    state: Literal["formal", "trial", "developer"] = "formal"
    templates: dict[str, str]


class OfficialAccount(_Section):
    """The service account (服务号) that alerts HR."""

    appid: str = Field(pattern=r"^wx[0-9a-f]{16}$")
    secret: str = Field(min_length=8)
    push_token: str = Field(min_length=3, max_length=32)
    push_aes_key: str = Field(min_length=43, max_length=43)
    push_mode: Literal["safe", "plain", "either"] = "safe"
    templates: dict[str, str]


class WeChat(_Section):
    """Where WeChat answers, and for how long we wait (seconds)."""

    api_url: str
    oauth_url: str
    showqrcode_url: str
    connect_timeout: float = Field(gt=0, le=30)
    read_timeout: float = Field(gt=0, le=60)
    miniprogram: MiniProgram
    official_account: OfficialAccount


class Sms(_Section):
    """The account at an SMS provider; without this section nobody is reached by SMS."""

    provider: Literal["aliyun", "tencent"]
    access_key_id: str = Field(min_length=8)
    access_key_secret: str = Field(min_length=8)
    sign_name: str = Field(min_length=2, max_length=20)
    sdk_app_id: str = ""
    region: str = ""
    endpoint: str = Field(default="", pattern=r"^(https?://[A-Za-z0-9.-]+(:\d+)?)?$")
    report_token: str = Field(min_length=32, max_length=128, pattern=r"^[A-Za-z0-9_-]+$")
    templates: dict[str, str]
    parameters: dict[str, list[str]] = {}
    connect_timeout: float = Field(default=3.0, gt=0, le=30)
    read_timeout: float = Field(default=5.0, gt=0, le=60)

    @model_validator(mode="after")
    def _complete(self) -> "Sms":
        if self.provider == "tencent" and not self.sdk_app_id:
            raise ValueError("Tencent Cloud needs sdk_app_id")
        if unknown := sorted(set(self.parameters) - set(self.templates)):
            raise ValueError(f"parameters names {unknown[0]}, and templates does not")
        if self.endpoint_scheme == "http" and urlsplit(self.endpoint).hostname not in _LOOPBACK:
            raise ValueError("endpoint must begin with https:// unless it is on this machine")
        return self

    @property
    def endpoint_scheme(self) -> str:
        """How the provider is called: https, or http on this machine."""
        return urlsplit(self.endpoint).scheme or "https"

    @property
    def endpoint_host(self) -> str:
        """Host and port of an endpoint of one's own, or nothing."""
        return urlsplit(self.endpoint).netloc


class Clock(_Section):
    """Minutes within which things must have happened."""

    tell_within_minutes: int = Field(ge=5, le=24 * 60)
    remind_after_minutes: int = Field(ge=1, le=24 * 60)
    escalate_after_minutes: int = Field(ge=1, le=24 * 60)
    confirm_after_minutes: int = Field(ge=0, le=24 * 60)
    alarm_before_minutes: int = Field(ge=1, le=24 * 60)
    silence_minutes: int = Field(ge=1, le=24 * 60)
    unknown_minutes: int = Field(ge=1, le=24 * 60)


class Channels(_Section):
    """In which order people are reached; a channel without its settings, or its words, is passed over."""

    candidate: list[ChannelName]
    staff: list[ChannelName]


class Outbox(_Section):
    """How the dispatcher works: rows a claim, threads that send, seconds until a claim is void."""

    batch: int = Field(ge=1, le=2000)
    threads: int = Field(ge=1, le=128)
    lease_seconds: int = Field(ge=10, le=60)
    max_attempts: int = Field(ge=1, le=50)


class Email(_Section):
    """The company's mail server; without this section nobody gets e-mail. Timeouts are in seconds."""

    host: str = Field(min_length=1)
    port: int = Field(ge=1, le=65535)
    tls: Literal["starttls", "implicit", "none"] = "starttls"
    ca_file: Path | None = None  # instead of the public authorities
    username: str | None = Field(default=None, pattern=r"^[\x21-\x7e]+$")
    password: str | None = Field(default=None, pattern=r"^[\x20-\x7e]+$", repr=False)
    from_address: str = Field(pattern=r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+$")
    from_name: str | None = Field(default=None, max_length=60)
    connect_timeout: float = Field(default=3.0, gt=0, le=30)
    read_timeout: float = Field(default=5.0, gt=0, le=60)

    @model_validator(mode="after")
    def _safe(self) -> Self:
        if self.tls == "none" and self.host not in {"127.0.0.1", "::1", "localhost"}:
            raise ValueError('tls may be "none" only for a mail server on this machine')
        if (self.username is None) != (self.password is None):
            raise ValueError("username and password belong together")
        return self


class Security(_Section):
    """Sessions and sign-in limits."""

    secret_key: str = Field(min_length=32)
    secure_cookies: bool
    staff_session_hours: int = Field(ge=1, le=24 * 7)
    candidate_session_days: int = Field(ge=1, le=90)
    failures_before_lock: int = Field(ge=3, le=20)
    lock_minutes: int = Field(ge=1, le=24 * 60)
    frame_ancestors: list[str]
    trusted_proxies: int = Field(ge=0, le=5)


class Settings(BaseSettings):
    """Everything a person may want to change without touching code."""

    model_config = SettingsConfigDict(
        env_prefix="YUEMIAN_",
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
    )

    company: str = Field(min_length=2, max_length=20)
    public_url: str
    timezone: str
    database_url: str
    redis_url: str
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    wechat: WeChat
    sms: Sms | None = None
    clock: Clock
    channels: Channels
    outbox: Outbox
    security: Security
    email: Email | None = None

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"unknown time zone {value!r}") from error
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which people read times."""
        return ZoneInfo(self.timezone)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Explicit values, then the environment, then the files, later files under earlier ones."""
        files = [ROOT / "config" / "default.toml"]
        if named := os.environ.get("YUEMIAN_CONFIG"):
            files.append(Path(named))
        toml = TomlConfigSettingsSource(settings_cls, toml_file=files, deep_merge=True)
        return init_settings, env_settings, toml


def load_settings() -> Settings:
    """Read and check the settings.

    Raises:
        SettingsError: one line for each value that is missing or wrong, by its name in the file.
    """
    named = os.environ.get("YUEMIAN_CONFIG")
    if named and not Path(named).is_file():
        raise SettingsError(f"YUEMIAN_CONFIG names {named}, and there is no such file.")
    try:
        return Settings()  # type: ignore[call-arg]
    except ValidationError as error:
        lines = []
        for problem in error.errors(include_input=False, include_url=False):
            name = ".".join(str(part) for part in problem["loc"])
            environment = "YUEMIAN_" + "__".join(str(part).upper() for part in problem["loc"])
            lines.append(f"  {name}: {problem['msg']} (set it in config/ or as {environment})")
        raise SettingsError("The configuration cannot be used:\n" + "\n".join(lines)) from None
