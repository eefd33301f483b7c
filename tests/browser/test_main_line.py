"""What people touch: the candidate's phone, HR's screen and HR's phone, from the tap to 已确认."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.installation import Installation
from tests.phone.driver import PhoneDriver

pytestmark = pytest.mark.browser

OpenPhone = Callable[..., PhoneDriver]
OpenPage = Callable[..., Page]


def _open_card(phone: PhoneDriver, title: str) -> None:
    phone.tap_text("服务通知")
    phone.page.locator(".ph-screen").get_by_text(title, exact=True).last.tap()


def _clean(phone: PhoneDriver) -> None:
    assert phone.errors == []
    assert phone.missing == []


def test_from_the_opened_card_to_acknowledged(
    line: Installation, phone_of: OpenPhone, back_office: OpenPage, new_page: OpenPage
) -> None:
    pending = back_office()
    expect(pending.get_by_text("陈思远")).to_have_count(0)
    loads = pending.evaluate("performance.timeOrigin")

    # The candidate: three taps from the opened card.
    phone = phone_of("chen-siyuan")
    _open_card(phone, "面试邀请通知")
    phone.find(".cancel").wait_for()
    phone.page.evaluate("window.__phone.resetTaps()")
    phone.tap(".cancel")
    phone.find(".chip").first.wait_for()
    phone.tap(".chip:has-text('时间冲突')")
    phone.tap(".submit")
    phone.find(
        ".lead-title",
    ).get_by_text("已取消面试").wait_for()
    assert phone.taps == 3
    phone.tap_text("允许")
    expect(phone.find(".number")).to_contain_text("QX-")
    _clean(phone)

    # HR's open page shows it by itself.
    row = pending.get_by_text("陈思远").first
    expect(row).to_be_visible()
    assert pending.evaluate("performance.timeOrigin") == loads

    # HR confirms from the alert on the phone.
    hr_phone = PhoneDriver(new_page(390, 844, touch=True), line.sandbox.url)
    hr_phone.start("/phone/hr?person=li-min")
    hr_phone.page.locator(".ph-screen").get_by_text("候选人取消面试提醒").last.tap()
    hr_phone.page.locator(".ph-screen").get_by_text("陈思远").last.tap()
    frame = hr_phone.page.frame_locator("iframe")
    expect(frame.get_by_text("时间冲突").first).to_be_visible()
    frame.get_by_role("button", name="确认取消").tap()
    expect(frame.get_by_text("已确认取消").first).to_be_visible()

    # The candidate is told, opens the card, and taps 我已知晓; HR's record follows by itself.
    interview_id = json.loads(json.dumps(phone.data("interview")))["id"]
    record = back_office(f"/interviews/{interview_id}")
    result = phone_of("chen-siyuan")
    _open_card(result, "面试取消通知")
    result.find(".primary").wait_for()
    expect(record.get_by_text("已打开").first).to_be_visible()
    result.tap(".primary")
    result.find("page, view").get_by_text("已知晓").first.wait_for()
    _clean(result)
    expect(record.locator(".ladder").first).to_contain_text("已确认")


def test_two_taps_where_the_card_leads_straight_to_the_cancel_page(phone_of: OpenPhone) -> None:
    phone = phone_of("xu-ran")
    _open_card(phone, "面试邀请通知")
    phone.find(".cancel").wait_for()
    interview_id = phone.data("interview")["id"]
    phone.open("pages/cancel/index", f"id={interview_id}")
    phone.find(".chip").first.wait_for()
    phone.page.evaluate("window.__phone.resetTaps()")
    phone.tap(".chip:has-text('已找到其他工作')")
    phone.tap(".submit")
    phone.find(".lead-title").get_by_text("已取消面试").wait_for()
    assert phone.taps == 2
    _clean(phone)


def test_a_small_phone_confirms_attendance_and_an_old_card_shows_the_true_state(phone_of: OpenPhone) -> None:
    phone = phone_of("lin-xiao", 320, 568)
    _open_card(phone, "面试邀请通知")
    phone.find(".confirm").wait_for()
    phone.tap(".confirm")
    phone.tap_text("允许")
    phone.find(".tag").get_by_text("已确认参加").wait_for()
    again = phone_of("lin-xiao", 320, 568)
    again.tap_text("服务通知")
    again.page.locator(".ph-screen").get_by_text("面试邀请通知", exact=True).first.tap()
    again.find(".tag").get_by_text("已确认参加").wait_for()
    assert again.find(".confirm").count() == 0
    _clean(again)


def test_hr_confirms_with_one_click_on_the_screen(
    line: Installation, back_office: OpenPage, phone_of: OpenPhone
) -> None:
    # 徐然 has cancelled in the test before; this one stands alone with 王洁, who was never bound.
    invite = json.loads(line.flask("invitations", "--json"))[3]["invite"]
    phone = line.phone("wang-jie")
    interview_id = phone.sign_in(invite)["interview_id"]
    assert phone.cancel(interview_id, "browser-key-1", "personal").status_code == 201
    page = back_office()
    row = page.locator("li, tr, article").filter(has_text="王洁").first
    row.get_by_role("button", name="确认取消").click()
    expect(page.locator("li, tr, article").filter(has_text="王洁").first).to_contain_text("已确认")
    page.goto(f"{line.url}/interviews/{interview_id}")
    expect(page.get_by_text("43101").first).to_be_visible()  # 王洁 refuses messages, and HR reads why
