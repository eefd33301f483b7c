"""What the mail server says to those who bring mail (RFC 5321): who is known, full or slow."""

import asyncio
import hmac
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from server.wechat_sandbox.config import MailAccount
from server.wechat_sandbox.context import Sandbox
from server.wechat_sandbox.mail.mailbox import GENERAL, deliver_mail, find_by_email

_TAKEN = "250 2.1.5 OK"
_QUEUED = "250 2.0.0 OK: queued"


class Reception:
    """Answers the mail server's commands; aiosmtpd finds the methods by their names."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._account = sandbox.configuration.mail

    def check_password(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        """Let in whoever has the account's password; the others get 535."""
        return AuthResult(success=_is_ours(self._account, data), handled=False)

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a sender who has signed in."""
        if not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, unless this person's behaviour says otherwise."""
        if address.rpartition("@")[2].casefold() != self._account.domain:
            return f"550 5.1.2 <{address}>: no such domain here"
        answer = self._answer_for(find_by_email(self._sandbox, address), address)
        if answer == _TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Put the message into the mailboxes of its recipients, and answer as their behaviour lets us."""
        content = envelope.original_content or b""
        behaviours: list[dict[str, Any]] = []
        for address in envelope.rcpt_tos:
            person = find_by_email(self._sandbox, address)
            deliver_mail(self._sandbox, person["id"] if person else GENERAL, address, content)
            behaviours.append(person["behaviour"] if person else {})
        await asyncio.sleep(max(one.get("mail_slow_seconds", 0) for one in behaviours))
        if any(one.get("mail_loses_answer") for one in behaviours):
            _cut(server)
        return _QUEUED

    def _answer_for(self, person: dict[str, Any] | None, address: str) -> str:
        behaviour = person["behaviour"] if person else {}
        if behaviour.get("mail_unknown"):
            return f"550 5.1.1 <{address}>: Recipient address rejected: user unknown"
        if behaviour.get("mail_full"):
            return f"552 5.2.2 <{address}>: mailbox full"
        if behaviour.get("mail_greylists") and self._is_first_try(address):
            return "451 4.7.1 Greylisted, please try again later"
        return _TAKEN

    def _is_first_try(self, address: str) -> bool:
        documents = self._sandbox.documents
        with documents.change():
            known = documents.find("greylist", address.casefold())
            documents.put("greylist", address.casefold(), {"address": address.casefold()})
        return known is None


def _cut(server: SMTP) -> None:
    """Cut the connection; what is answered afterwards reaches nobody."""
    if isinstance(server.transport, asyncio.Transport):
        server.transport.abort()


def _is_ours(account: MailAccount, data: Any) -> bool:
    if not isinstance(data, LoginPassword):
        return False
    given = (data.login, data.password)
    wanted = (account.username.encode(), account.password.encode())
    return all(hmac.compare_digest(one, other) for one, other in zip(given, wanted, strict=True))
