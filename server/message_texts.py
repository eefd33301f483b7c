"""How each channel carries a message: what it needs of a message file, and what is then sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from server.message_fields import cut, fit

_SMS_VALUE = 35  # characters a variable of an SMS template may have


class ChannelText(Protocol):
    """A message's words for one channel; `template` names a provider's template ("" where there is none)."""

    @property
    def template(self) -> str:
        """The name of the template."""
        ...

    def payload(self, facts: Mapping[str, Any], links: Mapping[str, Any]) -> dict[str, Any]:
        """What is sent: `links` adds the token, the notice's id and our address to the facts."""
        ...

    def preview(self, facts: Mapping[str, Any]) -> dict[str, str]:
        """What the person reads without opening anything."""
        ...


@dataclass(frozen=True)
class WeChatText:
    """A card with typed fields; a tap leads to `link`, a page of the mini-program or an address."""

    template: str
    fields: Mapping[str, str]
    link: str

    def payload(self, facts: Mapping[str, Any], links: Mapping[str, Any]) -> dict[str, Any]:
        """The fields, each made to fit WeChat's rules, and where a tap leads."""
        return {"fields": self.preview(facts), "link": self.link.format_map(links)}

    def preview(self, facts: Mapping[str, Any]) -> dict[str, str]:
        """The fields as they are sent."""
        return {key: fit(key, text.format_map(facts)) for key, text in self.fields.items()}


@dataclass(frozen=True)
class SmsText:
    """A template of the SMS provider with its variables, and the text as the person will read it."""

    template: str
    params: Mapping[str, str]
    text: str

    def payload(self, facts: Mapping[str, Any], links: Mapping[str, Any]) -> dict[str, Any]:
        """The variables, each within the providers' limit, and the whole text."""
        params = {name: cut(text.format_map(links), _SMS_VALUE) for name, text in self.params.items()}
        return {"params": params, "text": self.text.format_map(links)}

    def preview(self, facts: Mapping[str, Any]) -> dict[str, str]:
        """The whole text."""
        return {"text": self.text.format_map(facts)}


@dataclass(frozen=True)
class EmailText:
    """A subject over the message's own paragraphs; `calendar` is "request", "cancel" or None."""

    subject: str
    paragraphs: tuple[str, ...]
    calendar: str | None
    template: str = ""

    def payload(self, facts: Mapping[str, Any], links: Mapping[str, Any]) -> dict[str, Any]:
        """Subject, paragraphs and, where the message moves an appointment, what the calendar must know."""
        return {
            "subject": self.subject.format_map(facts),
            "paragraphs": [paragraph.format_map(facts) for paragraph in self.paragraphs],
            "link": None,
            "link_text": None,
            "calendar": self._calendar(facts) if self.calendar else None,
        }

    def preview(self, facts: Mapping[str, Any]) -> dict[str, str]:
        """The subject; the text below it is the message's own."""
        return {"subject": self.subject.format_map(facts)}

    def _calendar(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        cancelled = self.calendar == "cancel"
        return {
            "method": "CANCEL" if cancelled else "REQUEST",
            "uid": f"interview-{facts['interview_id']}@yuemian",
            "sequence": facts["calendar_sequence"],
            "starts_at": facts["starts_at"],
            "ends_at": facts["ends_at"],
            "summary": f"AI 面试：{facts['position']}（{facts['company']}）",
            "description": "\n".join(paragraph.format_map(facts) for paragraph in self.paragraphs),
            "organizer": facts["contact_email"],
            "attendee": facts["candidate_email"],
        }
