"""The recruiter's phone: binding by a code, alerts, and the page behind them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.fixtures_sandbox import Sandbox
from tests.phone.driver import PhoneDriver
from tests.sandbox.conftest import Caller

pytestmark = pytest.mark.browser


@pytest.fixture
def staff(make_phone: Callable[..., PhoneDriver]) -> PhoneDriver:
    return make_phone().start("/phone/hr?person=li-min")


def test_the_official_account_appears_after_its_code_is_scanned(
    staff: PhoneDriver, phone_sandbox: Sandbox
) -> None:
    expect(staff.page.locator("[data-chat]")).to_have_count(0)
    Caller(phone_sandbox).ticket("bind-1")
    staff.page.get_by_label("更多功能").tap()
    staff.page.get_by_role("menuitem", name="扫一扫").tap()
    staff.page.locator("[data-kind=official_qrcode]").tap()
    expect(staff.page.get_by_role("heading", name="约面招聘助手")).to_be_visible()
    staff.page.get_by_label("返回", exact=True).tap()
    expect(staff.page.locator("[data-chat=约面招聘助手]")).to_be_visible()
    assert phone_sandbox.person("li-min")["follows"] is True


def test_an_alert_opens_its_page_as_this_person(staff: PhoneDriver, phone_sandbox: Sandbox) -> None:
    phone_sandbox.follow("li-min")
    url = f"{phone_sandbox.url}/backend/m/cancellations/7"
    assert Caller(phone_sandbox).template("li-min", url=url)["errcode"] == 0
    expect(staff.page.locator(".ph-banner")).to_contain_text("候选人取消面试提醒")
    staff.page.locator(".ph-banner").tap()
    staff.page.locator(".ph-card").tap()
    page = staff.page.frame_locator("iframe")
    expect(page.get_by_role("heading", name="候选人取消")).to_be_visible()
    cookies = {cookie["name"]: cookie["value"] for cookie in staff.page.context.cookies()}
    assert "li-min" in cookies.values()
    staff.page.get_by_label("关闭").tap()
    expect(staff.page.locator(".ph-card")).to_be_visible()
