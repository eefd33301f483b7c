"""The mail program on the phones: a banner, the list, a message, its appointment, its link."""

import pytest
from playwright.sync_api import Locator, expect

from tests.fixtures_mail import MailSandbox, appointment, mail, mail_process, outgoing
from tests.fixtures_sandbox import Sandbox
from tests.phone.driver import PhoneDriver

__all__ = ["mail", "mail_process"]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def phone_sandbox(mail_process: MailSandbox) -> Sandbox:
    return mail_process.sandbox


@pytest.fixture
def rows(phone: PhoneDriver) -> Locator:
    return phone.page.locator(".ph-mail-row")


def _open_list(phone: PhoneDriver) -> None:
    phone.page.locator(".ph-tabs button", has_text="发现").tap()
    phone.page.get_by_role("button", name="邮件").tap()


def test_mail_arrives_as_a_banner_that_opens_it(phone: PhoneDriver, mail: MailSandbox) -> None:
    mail.channel().send(outgoing())
    banner = phone.page.locator(".ph-banner")
    expect(banner).to_contain_text("云岚科技招聘组")
    expect(banner).to_contain_text("云岚科技 AI 面试邀请")
    banner.tap()
    expect(phone.page.locator(".ph-mail-head h2")).to_have_text("云岚科技 AI 面试邀请")
    body = phone.page.frame_locator(".ph-mail-html")
    expect(body.get_by_text("「后端开发工程师」的 AI 面试。")).to_be_visible()
    phone.page.wait_for_timeout(1500)
    assert [one["read"] for one in mail.mailbox()] == [True]


def test_the_list_marks_what_is_unread(phone: PhoneDriver, mail: MailSandbox, rows: Locator) -> None:
    channel = mail.channel()
    channel.send(outgoing())
    channel.send(outgoing(token="token-2", subject="面试取消通知"))
    expect(phone.page.locator(".ph-tabs button", has_text="发现").locator(".ph-badge")).to_have_text("2")
    _open_list(phone)
    expect(rows.locator(".ph-mail-subject")).to_have_text(["面试取消通知", "云岚科技 AI 面试邀请"])
    expect(rows.locator(".ph-mail-dot")).to_have_count(2)
    rows.first.tap()
    phone.page.get_by_label("返回", exact=True).last.tap()
    expect(rows.locator(".ph-mail-dot")).to_have_count(1)


def test_an_appointment_goes_into_the_calendar_and_is_taken_back(
    phone: PhoneDriver, mail: MailSandbox, rows: Locator
) -> None:
    channel = mail.channel()
    channel.send(outgoing(calendar=appointment()))
    _open_list(phone)
    rows.first.tap()
    card = phone.page.get_by_label("日程")
    expect(card).to_contain_text("AI 面试：后端开发工程师（云岚科技）")
    expect(card.locator("time")).to_have_text("3月15日周五 14:00–16:00")
    expect(card).to_contain_text("提前 30 分钟提醒")
    card.get_by_role("button", name="加入日历").tap()
    expect(card).to_contain_text("已加入日历")
    channel.send(outgoing(token="token-2", calendar=appointment(method="CANCEL", sequence=1)))
    expect(card).to_contain_text("已取消")
    expect(card.get_by_role("button")).to_have_count(0)


def test_a_message_cannot_run_scripts(phone: PhoneDriver, mail: MailSandbox, rows: Locator) -> None:
    mail.channel().send(outgoing(paragraphs=["<script>parent.evil = 1</script><b onclick=evil()>甲</b>"]))
    _open_list(phone)
    rows.first.tap()
    frame = phone.page.locator(".ph-mail-html")
    assert "allow-scripts" not in (frame.get_attribute("sandbox") or "")
    expect(phone.page.frame_locator(".ph-mail-html").get_by_text("<script>")).to_be_visible()
    assert phone.page.evaluate("window.evil") is None


def test_a_link_of_our_own_opens_on_the_phone(phone: PhoneDriver, mail: MailSandbox, rows: Locator) -> None:
    mail.channel().send(outgoing(link=f"{mail.sandbox.url}/healthz"))
    _open_list(phone)
    rows.first.tap()
    phone.page.frame_locator(".ph-mail-html").get_by_role("link", name="查看面试").tap()
    expect(phone.page.get_by_role("heading", name="查看面试", exact=True)).to_be_visible()
    expect(phone.page.frame_locator(".ph-web iframe").get_by_text("ok")).to_be_visible()


def test_a_message_is_as_wide_as_the_phone(phone: PhoneDriver, mail: MailSandbox, rows: Locator) -> None:
    mail.channel().send(
        outgoing(subject="面试安排通知" * 12, paragraphs=["https://example.com/" + "a" * 120])
    )
    _open_list(phone)
    rows.first.tap()
    frame = phone.page.locator(".ph-mail-html")
    phone.page.frame_locator(".ph-mail-html").get_by_role("link").wait_for()
    wide, high = frame.evaluate(
        "(one) => [one.contentDocument.documentElement.scrollWidth, one.clientHeight]"
    )
    assert wide <= 390
    assert high >= frame.evaluate("(one) => one.contentDocument.documentElement.scrollHeight")
