"""Photographs every screen of a running demo into docs/screenshots: `make screenshots`."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import CHROMIUM, CHROMIUM_FLAGS
from tests.demo.demo_process import DemoProcess
from tests.fixtures_sandbox import PROJECT

FOLDER = PROJECT / "docs" / "screenshots"
DESKTOP, HAND = (1280, 800), (390, 844)


class Photographer:
    """Opens pages and keeps pictures of them."""

    def __init__(self, browser: Browser, web: str, sandbox: str) -> None:
        self.browser, self.web, self.sandbox = browser, web, sandbox

    def page(self, size: tuple[int, int], state: object = None) -> Page:
        """A page of that size; `state` shares a session."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            storage_state=state,  # type: ignore[arg-type]
        )
        return context.new_page()

    def keep(self, page: Page, name: str, *, full: bool = False) -> None:
        """Wait until nothing moves, then take the picture."""
        page.wait_for_timeout(900)
        page.screenshot(path=str(FOLDER / f"{name}.png"), full_page=full)
        sys.stdout.write(f"docs/screenshots/{name}.png\n")

    def sign_in(self, page: Page, email: str = "li.min@example.com") -> None:
        """Sign in with the demo's password."""
        page.goto(f"{self.web}/sign-in")
        page.get_by_label("邮箱").fill(email)
        page.get_by_label("密码").first.fill("yuemian-demo")
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(f"{self.web}/")

    def phone(self, path: str) -> Page:
        """A phone at its chat list."""
        page = self.page(HAND)
        page.goto(
            self.sandbox.replace("127.0.0.1", "localhost") + path if "/hr" in path else self.sandbox + path
        )
        page.wait_for_function("window.__phone && window.__phone.ready")
        return page


def tap(page: Page, text: str, *, exact: bool = True) -> None:
    """Tap words on a phone, where they stand last."""
    page.locator(".ph-screen").get_by_text(text, exact=exact).last.click()


def candidate_cancels(camera: Photographer) -> Page:
    """From the chat list to the done page; returns the phone."""
    phone = camera.phone("/phone/?person=chen-siyuan")
    camera.keep(phone, "phone-1-chats")
    tap(phone, "服务通知")
    camera.keep(phone, "phone-2-card")
    tap(phone, "面试邀请通知")
    top = phone.locator(".mp-page").last
    top.locator(".cancel").wait_for()
    camera.keep(phone, "phone-3-interview")
    top.locator(".cancel").click()
    phone.locator(".mp-page").last.locator(".chip:has-text('时间冲突')").click()
    camera.keep(phone, "phone-4-cancel")
    phone.locator(".mp-page").last.locator(".submit").click()
    phone.locator(".ph-screen").get_by_text("允许", exact=True).last.wait_for()
    camera.keep(phone, "phone-5-consent")
    phone.locator(".ph-screen").get_by_text("允许", exact=True).last.click()
    phone.locator(".mp-page").last.locator(".number").wait_for()
    camera.keep(phone, "phone-6-done")
    return phone


def hr_confirms(camera: Photographer, desk: Page) -> None:
    """The alert on HR's phone, its page, and the confirmation."""
    camera.keep(desk, "back-office-pending")
    phone = camera.phone("/phone/hr?person=li-min")
    tap(phone, "候选人取消面试提醒", exact=False)
    camera.keep(phone, "hr-phone-1-alert")
    tap(phone, "陈思远", exact=False)
    button = phone.frame_locator("iframe").get_by_role("button", name="确认取消")
    button.wait_for()
    camera.keep(phone, "hr-phone-2-confirm")
    button.click()
    phone.wait_for_timeout(2500)
    camera.keep(phone, "hr-phone-3-confirmed")


def candidate_is_told(camera: Photographer) -> None:
    """The result's card and the page behind it."""
    phone = camera.phone("/phone/?person=chen-siyuan")
    tap(phone, "服务通知")
    tap(phone, "面试取消通知")
    button = phone.locator(".mp-page").last.locator(".primary")
    button.wait_for()
    camera.keep(phone, "phone-7-notice")
    button.click()
    camera.keep(phone, "phone-8-acknowledged")


def back_office(camera: Photographer, desk: Page) -> None:
    """Every page of the back office, on the desk and in the hand."""
    hand = camera.page(HAND, desk.context.storage_state())
    desk.goto(f"{camera.web}/interviews?q=陈思远")
    desk.get_by_text("陈思远").first.click()
    record = desk.url
    camera.keep(desk, "back-office-record", full=True)
    other = f"{camera.web}/interviews/3/cancel"  # 徐然, who has not answered yet
    for name, url in {
        "pending": f"{camera.web}/",
        "interviews": f"{camera.web}/interviews",
        "record": record,
        "cancel": other,
        "messages": f"{camera.web}/messages",
        "wechat": f"{camera.web}/wechat",
    }.items():
        hand.goto(url)
        camera.keep(hand, f"back-office-{name}-390")
        if name not in ("pending", "record"):
            desk.goto(url)
            camera.keep(desk, f"back-office-{name}")
    admin = camera.page(DESKTOP)
    camera.sign_in(admin, "admin@example.com")
    admin.goto(f"{camera.web}/staff")
    camera.keep(admin, "back-office-staff")


def main() -> None:
    """Start a demo of its own, photograph, stop it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, DemoProcess(Path(scratch) / "demo") as demo:
        demo.wait_until_it_runs(240)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
            web, sandbox = f"http://127.0.0.1:{demo.web_port}", f"http://127.0.0.1:{demo.sandbox_port}"
            camera = Photographer(browser, web, sandbox)
            signed_out = camera.page(DESKTOP)
            signed_out.goto(f"{web}/sign-in")
            camera.keep(signed_out, "back-office-sign-in")
            desk = camera.page(DESKTOP)
            camera.sign_in(desk)
            candidate_cancels(camera)
            hr_confirms(camera, desk)
            candidate_is_told(camera)
            back_office(camera, desk)
            browser.close()


if __name__ == "__main__":
    main()
