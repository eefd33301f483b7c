"""The channel's connections to the mail server: kept, made again, secured, and set up without mistakes."""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from server.channels.base import SendOutcome
from tests.fixtures_mail import (
    MailSandbox,
    mail,
    mail_process,
    make_certificate,
    outgoing,
    start_mail_sandbox,
)

__all__ = ["mail", "mail_process"]


class CountingRelay:
    """Stands before the mail server and counts connections; `cut()` ends those that are open."""

    def __init__(self, target: int) -> None:
        self.connections = 0
        self._target = target
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        for one in self._open:
            one.close()
        self._open.clear()

    def close(self) -> None:
        self.cut()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            far = socket.create_connection(("127.0.0.1", self._target))
            self._open += [near, far]
            for pair in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=pair, daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
        for one in (source, sink):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def relay(mail: MailSandbox) -> Iterator[CountingRelay]:
    standing = CountingRelay(mail.port)
    yield standing
    standing.close()


def test_messages_share_a_connection(mail: MailSandbox, relay: CountingRelay) -> None:
    channel = mail.channel(port=relay.port)
    mail.sandbox.behave("wang-jie", mail_unknown=True)
    addresses = ["chen.siyuan@example.com", "wang.jie@example.com", "lin.xiao@example.com"] * 2
    outcomes = [channel.send(outgoing(address)).outcome for address in addresses]
    assert outcomes == [SendOutcome.ACCEPTED, SendOutcome.REFUSED, SendOutcome.ACCEPTED] * 2
    assert relay.connections == 1


def test_a_connection_that_went_away_is_made_again(mail: MailSandbox, relay: CountingRelay) -> None:
    channel = mail.channel(port=relay.port)
    assert channel.send(outgoing()).outcome is SendOutcome.ACCEPTED
    relay.cut()
    time.sleep(0.05)
    assert channel.send(outgoing(token="token-2")).outcome is SendOutcome.ACCEPTED
    assert relay.connections == 2
    assert len(mail.mailbox()) == 2


def test_threads_never_share_a_connection_at_once(mail: MailSandbox, relay: CountingRelay) -> None:
    channel = mail.channel(port=relay.port)
    with ThreadPoolExecutor(4) as pool:
        sent = pool.map(lambda number: channel.send(outgoing(token=f"t-{number}")), range(24))
        assert {result.outcome for result in sent} == {SendOutcome.ACCEPTED}
    assert len({one["message_id"] for one in mail.mailbox()}) == 24
    assert relay.connections <= 4


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_a_certificate_is_checked_before_anything_is_said(tls: str, certificate: Path) -> None:
    options = ["--smtp-tls", tls, "--smtp-certificate", str(certificate)]
    with start_mail_sandbox(options) as secured:
        distrusting = secured.channel(tls=tls).send(outgoing())
        assert distrusting.outcome is SendOutcome.FAILED
        assert "证书无法验证" in (distrusting.words or "")
        trusting = secured.channel(tls=tls, ca_file=certificate).send(outgoing())
        assert trusting.outcome is SendOutcome.ACCEPTED
        misnamed = secured.channel(tls=tls, ca_file=certificate, host="localhost").send(outgoing())
        assert misnamed.outcome is SendOutcome.FAILED


def test_a_server_without_encryption_is_a_mistake_in_the_settings(mail: MailSandbox) -> None:
    result = mail.channel(tls="starttls").send(outgoing())
    assert result.outcome is SendOutcome.FAILED
    assert "不支持所设的加密" in (result.words or "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"host": "smtp.example.com", "tls": "none"},
        {"password": None},
        {"from_address": "甲 <a@example.com>"},
        {"port": 0},
        {"password": "密码"},
    ],
)
def test_settings_that_cannot_work_are_found_at_the_start(mail: MailSandbox, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        mail.settings(**wrong)
