"""What lies in a person's mailbox: messages as they came, and as a mail program shows them."""

import email
import uuid
from email.message import EmailMessage
from email.policy import default as modern
from typing import Any

from icalendar import Calendar

from server.wechat_sandbox.context import Sandbox, iso, seconds_now
from server.wechat_sandbox.documents import Document

# Where mail for addresses of example.com goes that belong to nobody in particular.
GENERAL = "general"


def find_by_email(sandbox: Sandbox, address: str) -> Document | None:
    """Return the person with this e-mail address, or None."""
    wanted = address.casefold()
    people = sandbox.documents.list("people")
    return next((one for one in people if (one.get("email") or "").casefold() == wanted), None)


def deliver_mail(sandbox: Sandbox, owner: str, recipient: str, content: bytes) -> Document:
    """Put a message into the mailbox of a person (by id), or into the general one, and return it."""
    parsed = email.message_from_bytes(content, _class=EmailMessage, policy=modern)
    senders = parsed["From"].addresses if parsed["From"] else ()
    sender = {"name": senders[0].display_name, "address": senders[0].addr_spec} if senders else {}
    mail: Document = {
        "id": uuid.uuid4().hex,
        "recipient": recipient,
        "subject": str(parsed["Subject"] or ""),
        "from": sender,
        "message_id": str(parsed["Message-ID"] or "").strip(),
        "text": _body(parsed, "plain"),
        "html": _body(parsed, "html"),
        "calendar": _appointment(parsed),
        "attachments": [part.get_filename() for part in parsed.iter_attachments()],
        "received_at": iso(seconds_now()),
        "read": False,
        # Every byte has its place in Latin-1, so the message can be shown as it came.
        "source": content.decode("latin-1"),
    }
    sandbox.documents.put(f"mail/{owner}", mail["id"], mail)
    return mail


def list_mail(sandbox: Sandbox, owner: str) -> list[Document]:
    """Return a mailbox, newest first; each appointment says what the calendar makes of it by now."""
    messages = sandbox.documents.list(f"mail/{owner}")[::-1]
    appointments = [mail["calendar"] for mail in messages if mail["calendar"]]
    return [
        {key: value for key, value in mail.items() if key != "source"}
        | {"calendar": _with_state(mail["calendar"], appointments)}
        for mail in messages
    ]


def find_mail(sandbox: Sandbox, owner: str, mail_id: str) -> Document | None:
    """Return one message with its source, or None."""
    return sandbox.documents.find(f"mail/{owner}", mail_id)


def mark(sandbox: Sandbox, owner: str, mail_id: str, **changes: Any) -> bool:
    """Change a message, such as read=True; False when the mailbox has no such message."""
    with sandbox.documents.change():
        mail = find_mail(sandbox, owner, mail_id)
        if mail is None:
            return False
        sandbox.documents.put(f"mail/{owner}", mail_id, mail | changes)
        return True


def _body(parsed: EmailMessage, kind: str) -> str | None:
    part = parsed.get_body((kind,))
    if part is None:
        return None
    # Letters that fit no stated encoding come as lone surrogates, which JSON cannot carry.
    readable: str = part.get_content().encode("utf-8", "replace").decode()
    return readable.replace("\r\n", "\n")


def _appointment(parsed: EmailMessage) -> dict[str, Any] | None:
    for part in parsed.walk():
        if part.get_content_type() == "text/calendar":
            calendar = Calendar.from_ical(part.get_content())
            event: Any = calendar.walk("VEVENT")[0]
            return {
                "method": str(calendar["METHOD"]),
                "uid": str(event["UID"]),
                "sequence": int(event.get("SEQUENCE", 0)),
                "summary": str(event.get("SUMMARY", "")),
                "description": str(event.get("DESCRIPTION", "")),
                "organizer": str(event.get("ORGANIZER", "")),
                "starts_at": iso(event["DTSTART"].dt.timestamp()),
                "ends_at": iso(event["DTEND"].dt.timestamp()),
                "reminds_minutes_before": _minutes_before(event),
                "added": False,
            }
    return None


def _minutes_before(event: Any) -> list[int]:
    triggers = [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")]
    return [int(-trigger.total_seconds() // 60) for trigger in triggers]


def _with_state(
    appointment: dict[str, Any] | None, appointments: list[dict[str, Any]]
) -> dict[str, Any] | None:
    """Add "state": offered, added or cancelled.

    A cancellation counts for the same UID when its SEQUENCE is higher (RFC 5546, 2.1.4).
    """
    if appointment is None:
        return None
    cancelled = appointment["method"] == "CANCEL" or any(
        other["method"] == "CANCEL"
        and other["uid"] == appointment["uid"]
        and other["sequence"] > appointment["sequence"]
        for other in appointments
    )
    return appointment | {
        "state": "cancelled" if cancelled else "added" if appointment["added"] else "offered"
    }
