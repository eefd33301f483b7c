"""Takes the pictures of docs/screenshots/: a fresh demo, a browser, and one cancellation from tap to 已知晓.

python -m tests.demo.screenshots [folder]
"""

import json
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from server.demo.company import load_company
from tests.demo.demo_process import DemoProcess
from tests.fixtures_sandbox import PROJECT
from tests.phone.conftest import CHROMIUM, FLAGS
from tests.phone.driver import PhoneDriver

RECRUITER, ADMIN = "li.min@example.com", "admin@example.com"
COMPUTER, PHONE = (1280, 800), (390, 844)


class Photographer:
    """Opens pages of one demo and keeps what they look like."""

    def __init__(self, browser: Browser, demo: DemoProcess, folder: Path) -> None:
        self._browser = browser
        self._office_url = f"http://127.0.0.1:{demo.web_port}"
        self._phone_url = f"http://127.0.0.1:{demo.sandbox_port}"
        self._folder = folder

    def take(self, page: Page, name: str) -> None:
        """Keep what the page shows now."""
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(400)
        page.screenshot(path=self._folder / f"{name}.png", animations="disabled")
        print(f"{name}.png")  # noqa: T201  (it talks to the person at the terminal)

    def page(self, size: tuple[int, int]) -> Page:
        """A page in a browser profile of its own; phones are pictured at twice the resolution."""
        context = self._browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            device_scale_factor=2 if size == PHONE else 1,
            has_touch=size == PHONE,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        context.set_default_timeout(30_000)
        return context.new_page()

    def office(self, email: str, size: tuple[int, int] = COMPUTER) -> Page:
        """The back office, signed in."""
        page = self.page(size)
        page.goto(self._office_url + "/sign-in")
        page.locator("[name=email]").fill(email)
        page.locator("[name=password]").fill(load_company().password)
        page.locator("button[type=submit]").first.click()
        page.wait_for_url(lambda url: "sign-in" not in url)
        return page

    def phone(self, path: str) -> PhoneDriver:
        """A phone of the sandbox."""
        return PhoneDriver(self.page(PHONE), self._phone_url).start(path)


def picture_the_candidate(camera: Photographer) -> int:
    """From the card to the done page; returns the interview's id."""
    phone = camera.phone("/phone/?person=chen-siyuan")
    phone.tap_text("服务通知")
    camera.take(phone.page, "phone-card")
    phone.page.locator(".ph-screen").get_by_text("面试邀请通知", exact=True).last.tap()
    phone.find(".cancel").wait_for()
    camera.take(phone.page, "phone-interview")
    interview_id = int(phone.data("interview")["id"])
    phone.tap(".cancel")
    phone.find(".chip").first.wait_for()
    phone.tap(".chip:has-text('时间冲突')")
    camera.take(phone.page, "phone-cancel")
    phone.tap(".submit")
    phone.find(".lead-title").get_by_text("已取消面试").wait_for()
    camera.take(phone.page, "phone-consent")
    phone.tap_text("允许")
    camera.take(phone.page, "phone-done")
    return interview_id


def picture_hr(camera: Photographer, interview_id: int) -> None:
    """The back office on a computer and on a phone, and HR's alert."""
    office, small = camera.office(RECRUITER), camera.office(RECRUITER, PHONE)
    for page, kind in ((office, "computer"), (small, "phone")):
        for path, name in (("/", "pending"), ("/interviews", "interviews"), ("/wechat", "wechat")):
            _go(page, path)
            camera.take(page, f"office-{name}-{kind}")
        _go(page, f"/interviews/{interview_id}")
        camera.take(page, f"office-record-{kind}")
    _go(office, f"/interviews/{interview_id + 1}/cancel")
    camera.take(office, "office-cancel-computer")
    admin = camera.office(ADMIN)
    _go(admin, "/staff")
    camera.take(admin, "office-staff-computer")
    alert = camera.phone("/phone/hr?person=li-min")
    alert.page.locator(".ph-screen").get_by_text("候选人取消面试提醒").last.tap()
    camera.take(alert.page, "hr-phone-alert")
    alert.page.locator(".ph-screen").get_by_text("陈思远").last.tap()
    frame = alert.page.frame_locator("iframe")
    confirm = frame.get_by_role("button", name="确认取消")
    confirm.wait_for()
    camera.take(alert.page, "hr-phone-confirm")
    confirm.tap()
    frame.get_by_text("已确认取消").first.wait_for()
    camera.take(alert.page, "hr-phone-confirmed")


def picture_the_notice(camera: Photographer, interview_id: int) -> None:
    """The formal notice on the candidate's phone, and the record once it was read."""
    phone = camera.phone("/phone/?person=chen-siyuan")
    phone.tap_text("服务通知")
    phone.page.locator(".ph-screen").get_by_text("面试取消通知", exact=True).last.tap()
    phone.find(".primary").wait_for()
    camera.take(phone.page, "phone-notice")
    phone.tap(".primary")
    phone.find("page, view").get_by_text("已知晓").first.wait_for()
    office = camera.office(RECRUITER)
    _go(office, f"/interviews/{interview_id}")
    camera.take(office, "office-record-acknowledged")


def _go(page: Page, path: str) -> None:
    page.evaluate(f"location.assign({json.dumps(path)})")
    page.wait_for_url(lambda url: url.endswith(path))


def main() -> None:
    """Take all pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, DemoProcess(Path(place) / "demo") as demo:
        demo.wait_until_it_runs()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            camera = Photographer(browser, demo, folder)
            camera_page = camera.page(COMPUTER)
            camera_page.goto(f"http://127.0.0.1:{demo.web_port}/sign-in")
            camera.take(camera_page, "office-sign-in")
            interview_id = picture_the_candidate(camera)
            picture_hr(camera, interview_id)
            picture_the_notice(camera, interview_id)
            browser.close()


if __name__ == "__main__":
    main()
