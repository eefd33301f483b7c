"""A running installation with a candidate's card on the phone, and a browser to look at it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.flows.back_office import BackOffice
from tests.installation import RECRUITER, Installation, wait_until
from tests.phone.driver import PhoneDriver

# The people of the sandbox who get an invitation, in the order of their interviews.
PEOPLE = {"chen-siyuan": "陈思远", "xu-ran": "徐然", "lin-xiao": "林晓", "wang-jie": "王洁"}


@pytest.fixture(scope="session")
def line(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Everything runs, HR's WeChat is bound, and every candidate has the invitation's card."""
    with Installation(tmp_path_factory.mktemp("browser")) as installation:
        installation.start_all()
        invitations = installation.populate(list(PEOPLE.values()))
        hr = BackOffice(installation)
        hr.sign_in(RECRUITER)
        hr.bind_wechat("li-min")
        for person, invitation in zip(PEOPLE, invitations, strict=True):
            if person == "wang-jie":
                continue  # has never opened the invitation
            phone = installation.phone(person)
            phone.sign_in(invitation["invite"])
            phone.consent()
            wait_until(lambda person=person: installation.sandbox.inbox(person), 60, "the invitation's card")
        yield installation


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Makes pages, each in a browser profile of its own."""
    contexts: list[BrowserContext] = []

    def make(width: int = 1280, height: int = 800, touch: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            has_touch=touch,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def phone_of(line: Installation, new_page: Callable[..., Page]) -> Callable[..., PhoneDriver]:
    """Opens a candidate's phone at the chat list."""

    def open_phone(person: str, width: int = 390, height: int = 844) -> PhoneDriver:
        driver = PhoneDriver(new_page(width, height, touch=True), line.sandbox.url)
        return driver.start(f"/phone/?person={person}")

    return open_phone


@pytest.fixture
def back_office(line: Installation, new_page: Callable[..., Page]) -> Callable[..., Page]:
    """Opens the back office, signed in as the recruiter."""

    def open_page(path: str = "/", width: int = 1280, height: int = 800) -> Page:
        page = new_page(width, height)
        page.goto(line.url + "/sign-in")
        page.get_by_label("邮箱").fill(RECRUITER)
        page.get_by_label("密码").first.fill("correct horse battery")
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(line.url + "/")
        if path != "/":
            page.goto(line.url + path)
        return page

    return open_page
