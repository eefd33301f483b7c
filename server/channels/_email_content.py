"""An e-mail made of a message's payload: text, HTML and, where there is an appointment, the calendar file."""

import hashlib
import re
from collections.abc import Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from server.channels._email_calendar import calendar_file
from server.channels.base import Outgoing
from server.domain import clock

# Everything that could end a header or upset a terminal, line separators of Unicode included.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_templates = Environment(
    loader=FileSystemLoader(Path(__file__).resolve().parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class EmailWriter:
    """Writes e-mails in the name of one company."""

    def __init__(self, *, company: str, from_address: str, from_name: str, zone: ZoneInfo) -> None:
        self._company = one_line(company)
        self._from_address = from_address
        self._from_name = one_line(from_name)
        self._zone = zone

    def message_id(self, token: str) -> str:
        """The Message-ID of a delivery: the same for every try, and it does not give the token away."""
        digest = hashlib.sha256(f"message-id:{token}".encode()).hexdigest()[:32]
        return f"<{digest}@{self._from_address.rpartition('@')[2]}>"

    def write(self, message: Outgoing) -> EmailMessage:
        """The e-mail for a delivery; `payload` has subject, paragraphs, link, link_text and calendar."""
        payload = message.payload
        mail = EmailMessage(policy=SMTP)
        mail["From"] = _address(self._from_address, self._from_name)
        mail["To"] = _address(message.address)
        mail["Subject"] = one_line(payload["subject"])
        mail["Date"] = format_datetime(clock.utc_now())
        mail["Message-ID"] = self.message_id(message.token)
        # RFC 3834: holiday notices and the like do not answer such mail.
        mail["Auto-Submitted"] = "auto-generated"
        words = self._words(payload)
        mail.set_content(self._plain(words), cte="base64")
        html = _templates.get_template("email_message.html").render(words)
        mail.add_alternative(html, subtype="html", cte="base64")
        if payload.get("calendar"):
            self._add_calendar(mail, payload)
        return mail

    def _words(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "company": self._company,
            "subject": one_line(payload["subject"]),
            "paragraphs": [_CONTROL.sub(" ", paragraph) for paragraph in payload["paragraphs"]],
            "link": payload.get("link"),
            "link_text": one_line(payload.get("link_text") or "查看详情"),
            "contact": one_line(payload.get("contact") or ""),
        }

    def _plain(self, words: Mapping[str, Any]) -> str:
        parts = [words["company"], *words["paragraphs"]]
        if words["link"]:
            parts.append(f"{words['link_text']}：\n{words['link']}")
        if words["contact"]:
            parts.append(f"联系我们：{words['contact']}")
        parts.append(f"-- \n这封邮件由{words['company']}的面试安排系统自动发出。")
        return "\n\n".join(parts) + "\n"

    def _add_calendar(self, mail: EmailMessage, payload: Mapping[str, Any]) -> None:
        text = calendar_file(
            payload["calendar"],
            sender=self._from_address,
            company=self._company,
            zone=self._zone,
            link=payload.get("link"),
        )
        # As an alternative, mail programs show the appointment; as a file, the others can open it.
        method = {"method": payload["calendar"]["method"]}
        mail.add_alternative(text, subtype="calendar", params=method, cte="base64")
        mail.add_attachment(text.encode(), maintype="application", subtype="ics", filename="invite.ics")


def one_line(text: str) -> str:
    """The text without anything that could start another line: names come from outside."""
    return _CONTROL.sub(" ", text).strip()


def _address(address: str, name: str = "") -> Address:
    # Taken apart here: the library's own parser puts what it cannot read into its exceptions.
    username, _, domain = address.rpartition("@")
    return Address(name, username=username, domain=domain)
