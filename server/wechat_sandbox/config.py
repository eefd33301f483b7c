"""The sandbox's configuration file as typed, checked values."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.wechat_sandbox.sms.platforms import SmsPlatforms, read_platforms

PROJECT = Path(__file__).resolve().parents[2]
DEFAULT_FILE = PROJECT / "config" / "sandbox.toml"

DEFAULT_SETTINGS: dict[str, Any] = {
    "event_delay_seconds": 0.3,
    "event_retry_seconds": 1.0,
    "latency_ms": 0,
    "token_seconds": 7200,
    "answers_msgid": True,
    "push_mode": "safe",
    "down": False,
    "fail_next": [],
    "sms_report_seconds": 1.0,
    "sms_down": False,
}


class ConfigurationError(Exception):
    """The configuration file cannot be used; the message says why."""


@dataclass(frozen=True)
class Account:
    """One WeChat account; `kind` is "miniprogram" or "official"."""

    kind: str
    appid: str
    secret: str
    original_id: str
    name: str
    push_token: str
    push_aes_key: str
    push_path: str
    push_format: str
    pages: tuple[str, ...] = ()
    linked_miniprograms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Template:
    """One message template of an account; `fields` maps the key, such as "thing1", to its label."""

    id: str
    account: str
    title: str
    fields: dict[str, str]


@dataclass(frozen=True)
class MailAccount:
    """Who may send over the mail server, and the domain whose mailboxes it has."""

    username: str
    password: str
    domain: str


@dataclass(frozen=True)
class Configuration:
    """Everything the configuration file says."""

    accounts: dict[str, Account]
    templates: dict[str, Template]
    people: tuple[dict[str, Any], ...]
    settings: dict[str, Any]
    mail: MailAccount
    sms: SmsPlatforms

    def account_of(self, appid: str) -> Account | None:
        """Return the account with this appid, or None."""
        return next((account for account in self.accounts.values() if account.appid == appid), None)


def load_configuration(path: Path | None = None) -> Configuration:
    """Read a TOML file (config/sandbox.toml when none is given).

    Raises ConfigurationError when the file is missing, is not TOML, or lacks something.
    """
    file = path or DEFAULT_FILE
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8"))
        accounts = {kind: _account(kind, values) for kind, values in document["accounts"].items()}
        templates = {values["id"]: Template(**values) for values in document["templates"]}
        people = tuple(_person(values) for values in document["people"])
        mail = MailAccount(**document["mail"])
        sms = read_platforms(document["sms"])
    except OSError as problem:
        raise ConfigurationError(f"{file} cannot be read: {problem.strerror}.") from problem
    except tomllib.TOMLDecodeError as problem:
        raise ConfigurationError(f"{file} is not valid TOML: {problem}.") from problem
    except KeyError as problem:
        raise ConfigurationError(f"{file} lacks {problem}.") from problem
    except TypeError as problem:
        raise ConfigurationError(f"{file} has an incomplete or unknown entry: {problem}.") from problem
    settings = DEFAULT_SETTINGS | document.get("settings", {})
    settings["push_format"] = {kind: account.push_format for kind, account in accounts.items()}
    return Configuration(accounts, templates, people, settings, mail, sms)


def _account(kind: str, values: dict[str, Any]) -> Account:
    given: dict[str, Any] = dict(values)
    for key in {"pages", "linked_miniprograms"} & set(given):
        given[key] = tuple(given[key])
    account = Account(kind=kind, **given)
    if len(account.push_aes_key) != 43:
        raise ConfigurationError(f"accounts.{kind}.push_aes_key must have 43 characters.")
    return account


def _person(values: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": values["id"],
        "name": values["name"],
        "kind": values["kind"],
        "title": values.get("title"),
        "email": values.get("email"),
        "mobile": values.get("mobile"),
        "behaviour": dict(values.get("behaviour", {})),
        "follows": bool(values.get("follows", False)),
    }
