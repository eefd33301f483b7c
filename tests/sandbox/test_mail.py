"""The sandbox's mail server and mailboxes, as any mail program would use them."""

import smtplib
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fixtures_mail import (
    PASSWORD,
    SENDER,
    MailSandbox,
    appointment,
    mail,
    mail_process,
    outgoing,
    start_mail_sandbox,
)
from tests.fixtures_sandbox import PROJECT, Sandbox, free_port, start_sandbox

__all__ = ["mail", "mail_process"]

LETTER = (
    "From: A <a@example.com>\r\nTo: b@example.com\r\nSubject: Hello\r\n"
    "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n你好\r\n"
).encode()


def _sign_in(mail: MailSandbox) -> smtplib.SMTP:
    smtp = smtplib.SMTP("127.0.0.1", mail.port, local_hostname="example.com", timeout=10)
    smtp.login("yuemian", PASSWORD)
    return smtp


def test_everybody_has_the_address_of_the_demos_workbook(sandbox: Sandbox) -> None:
    workbook = (PROJECT / "config" / "demo" / "candidates.csv").read_text(encoding="utf-8")
    people = {person["name"]: person["email"] for person in sandbox.people()}
    assert all(people.values())
    listed = [line.split(",") for line in workbook.splitlines()[1:]]
    assert {name: address for name, _, address, *_ in listed if name in people} == {
        name: address for name, address in people.items() if name in workbook
    }


def test_mail_for_nobody_in_particular_goes_into_the_general_mailbox(mail: MailSandbox) -> None:
    with _sign_in(mail) as smtp:
        smtp.sendmail(SENDER, ["Chen.Siyuan@example.com", "somebody@example.com"], LETTER)
    assert [one["subject"] for one in mail.mailbox()] == ["Hello"]
    [general] = mail.sandbox.get("/sandbox/mail").json()["items"]
    assert (general["recipient"], general["text"]) == ("somebody@example.com", "你好\n")


def test_a_letter_in_no_encoding_at_all_is_shown_as_well_as_possible(mail: MailSandbox) -> None:
    with _sign_in(mail) as smtp:
        smtp.sendmail(SENDER, "chen.siyuan@example.com", b"Subject: Hi\r\n\r\n\xff?\r\n")
    [arrived] = mail.mailbox()
    assert arrived["text"].endswith("?\n")
    assert arrived["from"] == {}


def test_other_domains_are_unknown(mail: MailSandbox) -> None:
    with _sign_in(mail) as smtp:
        assert smtp.mail(SENDER)[0] == 250
        assert smtp.rcpt("somebody@elsewhere.example")[0] == 550


def test_only_who_has_signed_in_may_send(mail: MailSandbox) -> None:
    with smtplib.SMTP("127.0.0.1", mail.port, local_hostname="example.com", timeout=10) as smtp:
        assert smtp.ehlo()[0] == 250
        assert smtp.mail(SENDER)[0] == 530
        with pytest.raises(smtplib.SMTPAuthenticationError) as refused:
            smtp.login("yuemian", "wrong")
        assert refused.value.smtp_code == 535


def test_reading_a_message_is_remembered(mail: MailSandbox) -> None:
    mail.channel().send(outgoing())
    path = "/sandbox/people/chen-siyuan/mail"
    assert mail.sandbox.get(path).json()["unread"] == 1
    [arrived] = mail.mailbox()
    assert mail.sandbox.post(f"{path}/{arrived['id']}/read").status_code == 204
    assert mail.sandbox.get(path).json()["unread"] == 0
    assert mail.sandbox.post(f"{path}/none/read").status_code == 404
    assert mail.sandbox.post(f"{path}/{arrived['id']}/calendar").status_code == 404
    assert mail.sandbox.get("/sandbox/people/nobody/mail").status_code == 404


def test_the_calendar_follows_the_highest_sequence(mail: MailSandbox) -> None:
    channel = mail.channel()
    channel.send(outgoing(calendar=appointment(sequence=2)))
    [invitation] = mail.mailbox()
    assert invitation["calendar"] | {"description": ""} == {
        "method": "REQUEST",
        "uid": "interview-12@yuemian",
        "sequence": 2,
        "summary": "AI 面试：后端开发工程师（云岚科技）",
        "description": "",
        "organizer": "mailto:li.min@example.com",
        "starts_at": "2024-03-15T06:00:00.000Z",
        "ends_at": "2024-03-15T08:00:00.000Z",
        "reminds_minutes_before": [30],
        "added": False,
        "state": "offered",
    }
    mail.sandbox.post(f"/sandbox/people/chen-siyuan/mail/{invitation['id']}/calendar")
    channel.send(outgoing(token="late", calendar=appointment(method="CANCEL", sequence=1)))
    assert mail.mailbox()[1]["calendar"]["state"] == "added"
    channel.send(outgoing(token="now", calendar=appointment(method="CANCEL", sequence=3)))
    assert mail.mailbox()[2]["calendar"]["state"] == "cancelled"


def test_mail_survives_a_restart(tmp_path: Path) -> None:
    state = tmp_path / "sandbox.sqlite3"
    with start_mail_sandbox(["--state", str(state)]) as first:
        first.channel().send(outgoing())
        before = first.mailbox()
    with start_mail_sandbox(["--state", str(state)]) as second:
        assert second.mailbox() == before


def test_without_its_option_there_is_no_mail_server(mail: MailSandbox) -> None:
    nobody = f"http://127.0.0.1:{free_port()}"
    with start_sandbox(free_port(), nobody) as plain:
        assert plain.get("/sandbox/people/chen-siyuan/mail").json() == {"items": [], "unread": 0}


def test_a_busy_mail_port_is_told_in_one_sentence(mail: MailSandbox) -> None:
    command = [sys.executable, "-m", "server.wechat_sandbox", "--port", str(free_port())]
    command += ["--smtp-port", str(mail.port)]
    ended = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=20, check=False)
    assert ended.returncode == 1
    assert ended.stderr == f"Port {mail.port} on 127.0.0.1 is taken; choose another with --smtp-port.\n"
