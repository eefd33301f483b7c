"""Connections to the mail server: opened, secured, signed in, and kept for the next message."""

import re
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from server.channels._smtp_answers import AnswerLost, Rejected, Stage
from server.settings import Email

_IDLE_SECONDS = 60  # a connection unused for longer has probably been closed by the server
_LINE_DOT = re.compile(rb"(?m)^\.")


class _Timeouts:
    """Gives the greeting and everything after it the read timeout; smtplib knows only one for all."""

    read_timeout: float
    _host: str

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        connected: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        connected.settimeout(self.read_timeout)
        return connected


class _Plain(_Timeouts, smtplib.SMTP):
    pass


class _ImplicitTls(_Timeouts, smtplib.SMTP_SSL):
    pass


class SmtpConnections:
    """A connection for each thread that sends, kept alive between messages; safe for many threads."""

    def __init__(self, settings: Email) -> None:
        self._settings = settings
        self._idle: list[tuple[smtplib.SMTP, float]] = []
        self._lock = threading.Lock()

    @contextmanager
    def connected(self) -> Iterator[smtplib.SMTP]:
        """A connection ready for a new message; it is kept unless the block shows that it is broken.

        Raises:
            Rejected: the server does not want us.
            OSError: there is no getting through.
        """
        smtp = self._kept() or self._open()
        try:
            yield smtp
        except Rejected as rejection:
            # 421 announces that the server closes the connection.
            if rejection.code == 421:
                smtp.close()
            else:
                self._keep(smtp)
            raise
        except BaseException:
            smtp.close()
            raise
        self._keep(smtp)

    def close(self) -> None:
        """Let go of every connection nobody uses at the moment."""
        with self._lock:
            idle, self._idle = self._idle, []
        for smtp, _ in idle:
            smtp.close()

    def _keep(self, smtp: smtplib.SMTP) -> None:
        with self._lock:
            self._idle.append((smtp, time.monotonic()))

    def _kept(self) -> smtplib.SMTP | None:
        while True:
            with self._lock:
                if not self._idle:
                    return None
                smtp, since = self._idle.pop()
            if time.monotonic() - since <= _IDLE_SECONDS and _is_alive(smtp):
                return smtp
            smtp.close()

    def _open(self) -> smtplib.SMTP:
        settings = self._settings
        options: dict[str, Any] = {
            "local_hostname": settings.from_address.rpartition("@")[2],
            "timeout": settings.connect_timeout,
        }
        context = ssl.create_default_context(cafile=settings.ca_file) if settings.tls != "none" else None
        smtp: _ImplicitTls | _Plain
        smtp = _ImplicitTls(context=context, **options) if settings.tls == "implicit" else _Plain(**options)
        smtp.read_timeout = settings.read_timeout
        # Without a host in the constructor smtplib forgets it, and TLS checks the certificate against it.
        smtp._host = settings.host
        try:
            expect(Stage.CONNECT, smtp.connect(settings.host, settings.port), 220)
            with _answers_of(Stage.CONNECT):
                smtp.ehlo_or_helo_if_needed()
                if settings.tls == "starttls":
                    smtp.starttls(context=context)
                    smtp.ehlo_or_helo_if_needed()
            if settings.username and settings.password:
                with _answers_of(Stage.SIGN_IN):
                    smtp.login(settings.username, settings.password)
        except BaseException:
            smtp.close()
            raise
        return smtp


def hand_over(smtp: smtplib.SMTP, sender: str, recipient: str, content: bytes) -> bytes:
    """Send one message, lines ended by CR LF, and return the server's words.

    Raises:
        Rejected: the server refused the sender, the recipient or the message.
        AnswerLost: the message was handed over whole, and no answer came.
        OSError: the connection broke before that, so the server has no message.
    """
    expect(Stage.SENDER, smtp.mail(sender), 250)
    expect(Stage.RECIPIENT, smtp.rcpt(recipient), 250, 251)
    expect(Stage.CONTENT, smtp.docmd("DATA"), 354)
    smtp.send(_LINE_DOT.sub(b"..", content) + b".\r\n")
    try:
        reply = smtp.getreply()
    except OSError as error:
        raise AnswerLost from error
    return expect(Stage.CONTENT, reply, 250)


def expect(stage: Stage, reply: tuple[int, bytes], *codes: int) -> bytes:
    """The words of a reply with one of these codes; raises Rejected for every other, and for none at all."""
    code, words = reply
    if code == -1:
        raise smtplib.SMTPServerDisconnected
    if code not in codes:
        raise Rejected(stage, code, words)
    return words


@contextmanager
def _answers_of(stage: Stage) -> Iterator[None]:
    try:
        yield
    except smtplib.SMTPResponseException as error:
        raise Rejected(stage, error.smtp_code, error.smtp_error) from None


def _is_alive(smtp: smtplib.SMTP) -> bool:
    """Whether the server still answers; this also clears what a refused message left behind."""
    try:
        return smtp.rset()[0] == 250
    except OSError:
        return False
