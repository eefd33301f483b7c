"""The messages of `templates_msg/` and the first reasons of `config/`, as typed values checked at start."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

from server.domain.events import Audience, ChannelName, Event
from server.domain.reasons import ReasonAudience
from server.message_fields import field_type
from server.message_texts import ChannelText, EmailText, SmsText, WeChatText
from server.settings import ROOT, Settings

# What a text may speak of. `token` and `notice_id` exist only once the rows do.
FACTS = frozenset(
    {
        *("candidate", "company", "position", "number", "when", "card_time", "contact", "contact_short"),
        *("reason", "reference", "tell_by", "interview_id", "mobile"),
    }
)
_LINK_FACTS = FACTS | {"token", "notice_id", "public_url"}
_FIELDS_LIMIT = 10


class CatalogueError(Exception):
    """A message file cannot be used; the text names the file and what is wrong in it."""


@dataclass(frozen=True)
class Message:
    """One file of `templates_msg/`."""

    event: Event
    audience: Audience
    title: str
    paragraphs: tuple[str, ...]
    channels: Mapping[ChannelName, ChannelText]

    def render_paragraphs(self, facts: Mapping[str, Any]) -> list[str]:
        """The full text as the person reads it on the page."""
        return [paragraph.format_map(facts) for paragraph in self.paragraphs]


@dataclass(frozen=True)
class ReasonSeed:
    """A reason an installation starts with."""

    code: str
    label_zh: str
    label_en: str
    audience: ReasonAudience
    asks_note: bool = False
    offers_new_time: bool = False


@dataclass(frozen=True)
class Catalogue:
    """All messages, by event."""

    messages: Mapping[Event, Message]

    def message(self, event: Event) -> Message:
        """The message of an event; every event has one, or the start fails."""
        return self.messages[event]


def _check_placeholders(where: str, text: str, allowed: frozenset[str]) -> None:
    try:
        names = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError as error:
        raise CatalogueError(f"{where}: {error} in {text!r}") from None
    if unknown := sorted(names - allowed):
        raise CatalogueError(
            f"{where}: {{{unknown[0]}}} is not known; known are {', '.join(sorted(allowed))}"
        )


def _read_wechat(where: str, channel: ChannelName, raw: dict[str, Any], settings: Settings) -> WeChatText:
    templates, link_key = {
        ChannelName.WECHAT_SUBSCRIBE: (settings.wechat.miniprogram.templates, "page"),
        ChannelName.WECHAT_TEMPLATE: (settings.wechat.official_account.templates, "url"),
    }[channel]
    template, fields, link = raw.get("template"), raw.get("fields"), raw.get(link_key)
    if not isinstance(template, str) or template not in templates:
        raise CatalogueError(f"{where}: the settings give no id for the template {template!r} of {channel}")
    if not isinstance(link, str) or not isinstance(fields, dict) or not 1 <= len(fields) <= _FIELDS_LIMIT:
        raise CatalogueError(f"{where}: [{channel}] needs `{link_key}` and 1 to {_FIELDS_LIMIT} `fields`")
    for key, text in fields.items():
        if field_type(key) is None:
            raise CatalogueError(f"{where}: {key} is no key of a WeChat message field (thing1, time2, …)")
        if not isinstance(text, str) or not text.strip():
            raise CatalogueError(f"{where}: {key} must be a text, and WeChat refuses empty ones")
        _check_placeholders(f"{where}, {key}", text, FACTS)
    _check_placeholders(f"{where}, {link_key}", link, _LINK_FACTS)
    return WeChatText(template=template, fields=fields, link=link)


def _read_sms(where: str, raw: dict[str, Any], settings: Settings) -> SmsText:
    template, params, text = raw.get("template"), raw.get("params", {}), raw.get("text")
    if settings.sms is not None and template not in settings.sms.templates:
        raise CatalogueError(f"{where}: the settings give no code for the SMS template {template!r}")
    if not isinstance(template, str) or not isinstance(text, str) or not isinstance(params, dict):
        raise CatalogueError(f"{where}: [sms] needs `template`, `text` and `params`")
    for name, value in params.items():
        _check_placeholders(f"{where}, {name}", value, _LINK_FACTS)
    _check_placeholders(f"{where}, text", text, FACTS)
    return SmsText(template=template, params=params, text=text)


def _read_email(where: str, raw: dict[str, Any], paragraphs: tuple[str, ...]) -> EmailText:
    subject, calendar = raw.get("subject"), raw.get("calendar")
    if not isinstance(subject, str) or calendar not in (None, "request", "cancel"):
        raise CatalogueError(f'{where}: [email] needs `subject`; `calendar` is "request" or "cancel"')
    _check_placeholders(f"{where}, subject", subject, FACTS)
    return EmailText(subject=subject, paragraphs=paragraphs, calendar=calendar)


def _read_channels(
    where: str, raw: dict[str, Any], paragraphs: tuple[str, ...], settings: Settings
) -> dict[ChannelName, ChannelText]:
    channels: dict[ChannelName, ChannelText] = {}
    for channel in (ChannelName.WECHAT_SUBSCRIBE, ChannelName.WECHAT_TEMPLATE):
        if channel.value in raw:
            channels[channel] = _read_wechat(where, channel, raw[channel.value], settings)
    if ChannelName.SMS.value in raw:
        channels[ChannelName.SMS] = _read_sms(where, raw["sms"], settings)
    if ChannelName.EMAIL.value in raw:
        channels[ChannelName.EMAIL] = _read_email(where, raw["email"], paragraphs)
    return channels


def _read_message(path: Path, settings: Settings) -> Message:
    where = f"templates_msg/{path.name}"
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        event, audience = Event(raw["event"]), Audience(raw["audience"])
        title, paragraphs = raw["title"], tuple(raw["paragraphs"])
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise CatalogueError(f"{where}: {error}") from None
    for text in (title, *paragraphs):
        _check_placeholders(where, text, FACTS)
    channels = _read_channels(where, raw, paragraphs, settings)
    if not channels:
        raise CatalogueError(f"{where}: no channel carries it; one of {', '.join(ChannelName)} is needed")
    return Message(event, audience, title, paragraphs, channels)


def load_catalogue(settings: Settings, folder: Path = ROOT / "templates_msg") -> Catalogue:
    """Read and check all messages.

    Raises:
        CatalogueError: a file is wrong, an event has no file, or two files serve the same event.
    """
    messages: dict[Event, Message] = {}
    for path in sorted(folder.glob("*.toml")):
        message = _read_message(path, settings)
        if message.event in messages:
            raise CatalogueError(f"templates_msg/{path.name}: a second message for {message.event}")
        messages[message.event] = message
    if missing := [event.value for event in Event if event not in messages]:
        raise CatalogueError(f"templates_msg/: no message for {', '.join(missing)}")
    return Catalogue(messages)


def load_reason_seeds(path: Path = ROOT / "config" / "reasons.toml") -> list[ReasonSeed]:
    """The reasons of `config/reasons.toml`, in their order."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["reasons"]
    return [ReasonSeed(**{**entry, "audience": ReasonAudience(entry["audience"])}) for entry in entries]
