"""The SMS program on the phones: a banner, the home screen, what can be tapped in a text."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from server.channels.base import SendOutcome
from server.channels.sms import build_sms_channel
from tests.channels.sms_accounts import PARAMS, invitation, sms_settings
from tests.fixtures_sandbox import Sandbox
from tests.phone.driver import PhoneDriver

pytestmark = pytest.mark.browser


def send(sandbox: Sandbox, mobile: str = "13900000001", **params: str) -> None:
    channel = build_sms_channel(sms_settings("aliyun", sandbox.url))
    result = channel.send(invitation("aliyun", mobile, PARAMS | params))
    assert result.outcome is SendOutcome.ACCEPTED


def open_sms(phone: PhoneDriver) -> None:
    phone.page.get_by_label("回到主屏幕").click()
    phone.page.locator(".ph-home-icon[data-app=短信]").click()


@pytest.fixture
def wide(make_phone: Callable[..., PhoneDriver]) -> PhoneDriver:
    """A window wide enough for the device with its home bar, and the panel."""
    return make_phone(width=1200, height=920).start()


def test_a_banner_shows_a_message_and_opens_it(phone: PhoneDriver, phone_sandbox: Sandbox) -> None:
    send(phone_sandbox)
    banner = phone.page.locator(".ph-banner")
    expect(banner).to_contain_text("106900008601")
    expect(banner).to_contain_text("【云岚科技】陈思远您好")
    banner.tap()
    expect(phone.page.locator(".ph-sms-bubble")).to_contain_text("邀请您参加「后端开发工程师」AI 面试")
    phone.page.wait_for_timeout(1500)
    assert phone_sandbox.get("/sandbox/people/chen-siyuan/sms").json()["unread"] == 0
    assert phone.errors == []


def test_the_home_screen_leads_to_the_messages_and_back(wide: PhoneDriver, phone_sandbox: Sandbox) -> None:
    send(phone_sandbox)
    send(phone_sandbox, name="陈思远二")
    panel = wide.page.locator(".ph-shortcuts [data-app=短信]")
    expect(panel.locator(".ph-badge")).to_have_text("2")
    wide.page.get_by_label("回到主屏幕").click()
    expect(wide.page.locator(".ph-home-icon[data-app=短信] .ph-badge")).to_have_text("2")
    wide.page.locator(".ph-home-icon[data-app=短信]").click()
    rows = wide.page.locator(".ph-sms-row")
    expect(rows).to_have_count(1)
    expect(rows.locator(".ph-sms-dot")).to_have_count(1)
    rows.click()
    expect(wide.page.locator(".ph-sms-bubble")).to_have_count(2)
    expect(wide.page.locator(".ph-sms-bubble").last).to_contain_text("陈思远二您好")
    expect(panel.locator(".ph-badge")).to_have_count(0)
    wide.page.get_by_label("回到主屏幕").click()
    wide.page.locator(".ph-home-icon[data-app=微信]").click()
    expect(wide.page.locator(".ph-home-screen")).to_be_hidden()
    wide.page.locator(".ph-shortcuts [data-app=微信]").click()
    expect(wide.page.get_by_role("heading", name="微信")).to_be_visible()


def test_a_number_in_a_text_can_be_called(wide: PhoneDriver, phone_sandbox: Sandbox) -> None:
    send(phone_sandbox)
    open_sms(wide)
    wide.page.locator(".ph-sms-row").click()
    wide.page.locator(".ph-sms-link", has_text="010-55500101").click()
    expect(wide.page.get_by_role("button", name="呼叫 010-55500101")).to_be_visible()


@pytest.mark.parametrize("text", ["localhost:{port}/backend/m/7", "api.yuemian.example.com/m/7"])
def test_an_address_in_a_text_opens_in_the_browser(
    wide: PhoneDriver, phone_sandbox: Sandbox, text: str
) -> None:
    address = "http://" + text.format(port=phone_sandbox.url.rpartition(":")[2])
    if "example" in address:
        address = address.replace("http:", "https:")
    wide.page.evaluate(
        """(address) => {
            const { sandbox } = window.__phone.phone
            const message = {
                id: 'one', sender: '10690000', text: `请查看 ${address}。`,
                received_at: new Date().toISOString(), read: true,
            }
            sandbox.sms = async () => ({ items: [message] })
        }""",
        address,
    )
    open_sms(wide)
    wide.page.locator(".ph-sms-row").click()
    link = wide.page.locator(".ph-sms-link")
    expect(link).to_have_text(address)
    link.click()
    frame = wide.page.locator("iframe")
    expect(frame).to_have_attribute("src", address if "localhost" in address else "/backend/m/7")
    wide.page.get_by_label("关闭").click()
    expect(wide.page.locator(".ph-sms-bubble")).to_be_visible()


def test_what_arrives_for_a_recruiter_shows_on_her_phone(
    make_phone: Callable[..., PhoneDriver], phone_sandbox: Sandbox
) -> None:
    phone = make_phone().start("/phone/hr?person=li-min")
    send(phone_sandbox, "13900000101", name="李敏")
    phone.page.locator(".ph-banner").tap()
    expect(phone.page.locator(".ph-sms-bubble")).to_contain_text("李敏您好")


def test_a_small_screen_finds_the_messages_among_its_apps(phone: PhoneDriver, phone_sandbox: Sandbox) -> None:
    send(phone_sandbox)
    phone.page.locator(".ph-tabs button", has_text="发现").tap()
    phone.page.get_by_role("button", name="短信").tap()
    expect(phone.page.locator(".ph-sms-row")).to_be_visible()
