"""The sandbox's mail server for tests: its process, its mailboxes, and a channel that writes to it."""

import datetime as dt
import email
import ipaddress
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default as modern
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from server.channels.base import Outgoing
from server.channels.email import EmailChannel
from server.settings import Email
from tests.fixtures_sandbox import Sandbox, free_port, start_sandbox

PASSWORD = "sandbox-mail-password"
SENDER = "interviews@yunlan.example.com"
COMPANY = "云岚科技"
ZONE = ZoneInfo("Asia/Shanghai")


class MailSandbox:
    """A sandbox with a mail server on `port`."""

    def __init__(self, sandbox: Sandbox, port: int) -> None:
        self.sandbox = sandbox
        self.port = port

    def mailbox(self, person_id: str = "chen-siyuan") -> list[dict[str, Any]]:
        """A person's mail, newest first."""
        return self.sandbox.get(f"/sandbox/people/{person_id}/mail").json()["items"]

    def original(self, person_id: str = "chen-siyuan") -> EmailMessage:
        """The newest message as it came, parsed."""
        newest = self.mailbox(person_id)[0]["id"]
        source = self.sandbox.get(f"/sandbox/people/{person_id}/mail/{newest}/source")
        return email.message_from_bytes(source.content, _class=EmailMessage, policy=modern)

    def settings(self, **changes: Any) -> Email:
        """Settings that reach this mail server."""
        values: dict[str, Any] = {
            "host": "127.0.0.1",
            "port": self.port,
            "tls": "none",
            "username": "yuemian",
            "password": PASSWORD,
            "from_address": SENDER,
            "from_name": "云岚科技招聘组",
        }
        return Email(**(values | changes))

    def channel(self, **changes: Any) -> EmailChannel:
        """A channel that writes to this mail server."""
        return EmailChannel(self.settings(**changes), company=COMPANY, zone=ZONE)


def outgoing(address: str = "chen.siyuan@example.com", token: str = "token-1", **payload: Any) -> Outgoing:
    """A message to somebody; keywords replace parts of its payload."""
    content: dict[str, Any] = {
        "subject": "云岚科技 AI 面试邀请",
        "paragraphs": [
            "陈思远，您好！云岚科技邀请您参加「后端开发工程师」的 AI 面试。",
            "有疑问请联系李敏。",
        ],
        "link": "https://yuemian.example.com/i/token-1",
        "link_text": "查看面试",
        "calendar": None,
        **payload,
    }
    return Outgoing(delivery_id=1, token=token, address=address, template_id="", payload=content)


def appointment(**changes: Any) -> dict[str, Any]:
    """The calendar part of a payload: an invitation for 15 March 2024, 14:00–16:00 in Shanghai."""
    return {
        "method": "REQUEST",
        "uid": "interview-12@yuemian",
        "sequence": 0,
        "starts_at": "2024-03-15T06:00:00Z",
        "ends_at": "2024-03-15T08:00:00Z",
        "summary": "AI 面试：后端开发工程师（云岚科技）",
        "description": "请在小程序中确认参加。",
        "organizer": "li.min@example.com",
        "attendee": "chen.siyuan@example.com",
        **changes,
    }


def make_certificate(folder: Path) -> Path:
    """A PEM file with the key and the certificate of a server at 127.0.0.1 that nobody else has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example.com")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    file = folder / "mail.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return file


@contextmanager
def start_mail_sandbox(more: Sequence[str] = ()) -> Iterator[MailSandbox]:
    """Run a sandbox with a mail server until the block ends."""
    port = free_port()
    nobody = f"http://127.0.0.1:{free_port()}"
    with start_sandbox(free_port(), nobody, more=["--smtp-port", str(port), *more]) as sandbox:
        yield MailSandbox(sandbox, port)


@pytest.fixture(scope="session")
def mail_process() -> Iterator[MailSandbox]:
    """One sandbox with a mail server for all tests of a run."""
    with start_mail_sandbox() as mail:
        yield mail


@pytest.fixture
def mail(mail_process: MailSandbox) -> MailSandbox:
    """The shared mail server, its mailboxes empty."""
    mail_process.sandbox.reset()
    return mail_process
