"""The e-mail channel, over SMTP to the sandbox's mail server."""

import logging
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from server.channels.base import SendOutcome
from server.channels.email import EmailChannel
from server.domain.delivery import DeliveryStatus
from tests.fixtures_mail import (
    MailSandbox,
    appointment,
    mail,
    mail_process,
    outgoing,
)
from tests.fixtures_sandbox import free_port

__all__ = ["mail", "mail_process"]

CHEN = "chen-siyuan"


@pytest.fixture
def channel(mail: MailSandbox) -> EmailChannel:
    return mail.channel()


def test_a_message_arrives_as_text_and_html(mail: MailSandbox, channel: EmailChannel) -> None:
    result = channel.send(outgoing())
    assert (result.outcome, result.code) == (SendOutcome.ACCEPTED, "250")
    [arrived] = mail.mailbox()
    assert arrived["subject"] == "云岚科技 AI 面试邀请"
    assert arrived["from"] == {"name": "云岚科技招聘组", "address": "interviews@yunlan.example.com"}
    assert "「后端开发工程师」的 AI 面试。" in arrived["text"]
    assert "查看面试：\nhttps://yuemian.example.com/i/token-1" in arrived["text"]
    assert 'href="https://yuemian.example.com/i/token-1"' in arrived["html"]
    assert "#07843F" in arrived["html"]
    assert "prefers-color-scheme: dark" in arrived["html"]
    assert arrived["calendar"] is None


def test_the_message_id_is_the_same_for_every_try_and_hides_the_token(
    mail: MailSandbox, channel: EmailChannel
) -> None:
    first = channel.send(outgoing(token="secret-token"))
    second = channel.send(outgoing(token="secret-token"))
    other = channel.send(outgoing(token="another-token"))
    assert first.provider_id == second.provider_id != other.provider_id
    assert "secret-token" not in (first.provider_id or "")
    assert [one["message_id"] for one in mail.mailbox()][1:] == [first.provider_id] * 2


def test_the_headers_say_that_a_machine_wrote_it(mail: MailSandbox, channel: EmailChannel) -> None:
    channel.send(outgoing())
    original = mail.original()
    assert original["Auto-Submitted"] == "auto-generated"
    assert original["List-Unsubscribe"] is None
    assert original["To"] == "chen.siyuan@example.com"
    age = datetime.now(UTC) - original["Date"].datetime
    assert timedelta(seconds=-2) < age < timedelta(minutes=1)
    kinds = [part.get_content_type() for part in original.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]


def test_an_invitation_carries_the_appointment(mail: MailSandbox, channel: EmailChannel) -> None:
    assert channel.send(outgoing(calendar=appointment())).outcome is SendOutcome.ACCEPTED
    original = mail.original()
    parts = [part for part in original.walk() if not part.is_multipart()]
    kinds = [part.get_content_type() for part in parts]
    assert kinds == ["text/plain", "text/html", "text/calendar", "application/ics"]
    assert parts[2].get_param("method") == "REQUEST"
    assert (parts[3].get_filename(), parts[3].get_content_disposition()) == ("invite.ics", "attachment")
    assert parts[3].get_content().decode().splitlines() == parts[2].get_content().splitlines()
    calendar = Calendar.from_ical(parts[3].get_content())
    event = calendar.events[0]
    assert calendar["METHOD"] == "REQUEST"
    assert (event["UID"], event["SEQUENCE"]) == ("interview-12@yuemian", 0)
    assert event.start == datetime(2024, 3, 15, 6, tzinfo=UTC)
    assert event.end == datetime(2024, 3, 15, 8, tzinfo=UTC)
    assert b"DTSTART:20240315T060000Z" in parts[3].get_content()
    assert "时间：2024年3月15日 周五 14:00–16:00（北京时间）" in event["DESCRIPTION"]
    assert event["ORGANIZER"] == "mailto:li.min@example.com"
    assert event["ATTENDEE"] == "mailto:chen.siyuan@example.com"
    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [timedelta(minutes=-30)]


def test_a_cancellation_takes_the_same_appointment_back(mail: MailSandbox, channel: EmailChannel) -> None:
    channel.send(outgoing(calendar=appointment()))
    channel.send(outgoing(token="token-2", calendar=appointment(method="CANCEL", sequence=1)))
    part = next(one for one in mail.original().walk() if one.get_content_type() == "text/calendar")
    calendar = Calendar.from_ical(part.get_content())
    event = calendar.events[0]
    assert part.get_param("method") == calendar["METHOD"] == "CANCEL"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("interview-12@yuemian", 1, "CANCELLED")
    assert event.walk("VALARM") == []
    assert [one["calendar"]["state"] for one in mail.mailbox()] == ["cancelled", "cancelled"]


def test_the_sender_organizes_what_has_no_organizer(mail: MailSandbox, channel: EmailChannel) -> None:
    channel.send(outgoing(calendar=appointment(organizer=None, attendee=None)))
    assert mail.mailbox()[0]["calendar"]["organizer"] == "mailto:interviews@yunlan.example.com"


@pytest.mark.parametrize(
    ("behaviour", "outcome", "code", "words"),
    [
        ("mail_unknown", SendOutcome.REFUSED, "550", "收件地址不存在"),
        ("mail_full", SendOutcome.FAILED, "552", "邮箱已满"),
        ("mail_greylists", SendOutcome.RETRY, "451", "Greylisted, please try again later"),
    ],
)
def test_what_the_server_answers_decides(
    mail: MailSandbox, channel: EmailChannel, behaviour: str, outcome: SendOutcome, code: str, words: str
) -> None:
    mail.sandbox.behave(CHEN, **{behaviour: True})
    result = channel.send(outgoing())
    assert (result.outcome, result.code, result.provider_id) == (outcome, code, None)
    assert words in (result.words or "")
    assert "@" not in f"{result.words} {result.raw}"
    assert mail.mailbox() == []
    assert channel.send(outgoing("lin.xiao@example.com")).outcome is SendOutcome.ACCEPTED


def test_a_greylisted_message_is_taken_the_second_time(mail: MailSandbox, channel: EmailChannel) -> None:
    mail.sandbox.behave(CHEN, mail_greylists=True)
    outcomes = [channel.send(outgoing()).outcome for _ in range(2)]
    assert outcomes == [SendOutcome.RETRY, SendOutcome.ACCEPTED]
    assert len(mail.mailbox()) == 1


def test_an_answer_lost_after_the_message_is_lost(mail: MailSandbox, channel: EmailChannel) -> None:
    mail.sandbox.behave(CHEN, mail_loses_answer=True)
    result = channel.send(outgoing())
    assert result.outcome is SendOutcome.LOST
    assert len(mail.mailbox()) == 1
    assert channel.send(outgoing("lin.xiao@example.com")).outcome is SendOutcome.ACCEPTED


def test_a_server_that_thinks_too_long_about_a_message_has_perhaps_taken_it(mail: MailSandbox) -> None:
    mail.sandbox.behave(CHEN, mail_slow_seconds=3)
    assert mail.channel(read_timeout=0.5).send(outgoing()).outcome is SendOutcome.LOST


def test_a_slow_server_is_waited_for(mail: MailSandbox, channel: EmailChannel) -> None:
    mail.sandbox.behave(CHEN, mail_slow_seconds=0.6)
    assert channel.send(outgoing()).outcome is SendOutcome.ACCEPTED


def test_a_wrong_password_is_told_in_words_and_never_shown(
    mail: MailSandbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    settings = mail.settings(password="wrong-password")
    result = mail.channel(password="wrong-password").send(outgoing())
    assert (result.outcome, result.code) == (SendOutcome.FAILED, "535")
    assert "请管理员检查邮件账号和密码" in (result.words or "")
    for text in (str(result), caplog.text, repr(settings)):
        assert "wrong-password" not in text


def test_a_server_that_wants_a_sign_in_is_told_in_words(mail: MailSandbox) -> None:
    result = mail.channel(username=None, password=None).send(outgoing())
    assert (result.outcome, result.code) == (SendOutcome.FAILED, "530")


def test_nobody_listening_is_tried_again_later(mail: MailSandbox) -> None:
    result = mail.channel(port=free_port()).send(outgoing())
    assert result.outcome is SendOutcome.RETRY
    assert "邮件服务器拒绝连接" in (result.words or "")


def test_a_server_without_a_name_is_tried_again_later(mail: MailSandbox) -> None:
    result = mail.channel(host="mail.invalid", tls="starttls").send(outgoing())
    assert result.outcome is SendOutcome.RETRY
    assert "域名解析失败" in (result.words or "")


@pytest.mark.parametrize(
    "address", ["", "nobody", "a b@example.com", "a@b\r\nRCPT TO:<c@d.e>", "李@example.com"]
)
def test_an_address_that_is_none_is_refused_without_a_call(address: str, mail: MailSandbox) -> None:
    result = mail.channel(port=free_port()).send(outgoing(address))
    assert (result.outcome, result.words) == (SendOutcome.REFUSED, "邮箱地址的格式不正确。")


def test_names_cannot_add_headers_or_calendar_lines(mail: MailSandbox, channel: EmailChannel) -> None:
    evil = "陈\r\nBcc: everybody@example.com\r\n\r\n<script>alert(1)</script>\u2028X: y"
    result = channel.send(
        outgoing(
            subject=f"面试 {evil}",
            paragraphs=[evil],
            link_text=evil,
            contact=evil,
            calendar=appointment(
                summary=evil, description=evil, organizer="a@example.com\r\nX-EVIL:1", attendee=evil
            ),
        )
    )
    assert result.outcome is SendOutcome.ACCEPTED
    original = mail.original()
    assert original["Bcc"] is None
    assert len(original["Subject"].splitlines()) == 1
    assert original.get_content_type() == "multipart/mixed"
    [arrived] = mail.mailbox()
    assert "<script>" not in arrived["html"]
    part = next(one for one in original.walk() if one.get_content_type() == "text/calendar")
    event = Calendar.from_ical(part.get_content()).events[0]
    assert "X-EVIL" not in event
    assert {str(name) for name in event} >= {"UID", "SUMMARY"}


def test_a_company_name_cannot_add_headers_either(mail: MailSandbox) -> None:
    settings = mail.settings(from_name="甲\r\nX-Evil: 1")
    sent = EmailChannel(settings, company='乙"\r\nX-Evil: 2', zone=ZoneInfo("UTC"))
    assert sent.send(outgoing(calendar=appointment())).outcome is SendOutcome.ACCEPTED
    original = mail.original()
    assert original["X-Evil"] is None
    assert original["From"].addresses[0].display_name == "甲 X-Evil: 1"


def test_a_line_that_is_a_dot_ends_nothing(mail: MailSandbox, channel: EmailChannel) -> None:
    channel.send(outgoing(paragraphs=["前", ".", "..", "后"]))
    assert "前\n\n.\n\n..\n\n后" in mail.mailbox()[0]["text"]


def test_acceptance_is_all_we_ever_hear() -> None:
    assert EmailChannel.success_rung is DeliveryStatus.ACCEPTED
    assert EmailChannel.drops_repeats is False
