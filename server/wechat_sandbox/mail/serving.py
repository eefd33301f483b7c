"""Runs the mail server in a thread of the sandbox's process."""

import logging
import ssl
from dataclasses import dataclass
from pathlib import Path

from aiosmtpd.controller import Controller

from server.wechat_sandbox.context import Sandbox
from server.wechat_sandbox.mail.reception import Reception
from server.wechat_sandbox.serving import HOST

_NAME = "mail.example.com"
_READY_SECONDS = 15.0


@dataclass(frozen=True)
class MailServing:
    """Where and how the mail server listens; `certificate` is a PEM file that has the key, too."""

    port: int
    tls: str = "none"  # none, starttls or implicit
    certificate: Path | None = None


def serve_mail(sandbox: Sandbox, serving: MailServing) -> Controller:
    """Start the mail server; it ends with the process. Its own chatter is not logged, it names addresses."""
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    reception = Reception(sandbox)
    context = None
    if serving.tls != "none":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(str(serving.certificate))
    controller = Controller(
        reception,
        hostname=HOST,
        port=serving.port,
        ready_timeout=_READY_SECONDS,
        server_hostname=_NAME,
        ssl_context=context if serving.tls == "implicit" else None,
        tls_context=context if serving.tls == "starttls" else None,
        require_starttls=serving.tls == "starttls",
        authenticator=reception.check_password,
        auth_require_tls=False,  # it listens on loopback alone
        ident="Yuemian sandbox",
    )
    controller.start()
    return controller
