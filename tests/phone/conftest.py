"""A sandbox that serves the feature mini-program, and a browser to look at it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.conftest import skip_or_fail
from tests.fixtures_sandbox import Sandbox, free_port, start_sandbox
from tests.phone.driver import PhoneDriver
from tests.phone.echo import EchoServer

HERE = Path(__file__).resolve().parent
VENDOR = HERE.parents[1] / "server" / "wechat_sandbox" / "phone" / "vendor"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, or a loud skip."""
    if not Path(CHROMIUM).exists():
        skip_or_fail(f"no browser at {CHROMIUM} (set CHROMIUM): the phone is NOT tested")
    if not (VENDOR / "glass_easel.all.es.js").is_file():
        skip_or_fail("run `npm ci` and `python -m server.assets`: the phone is NOT tested")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def phone_sandbox() -> Iterator[Sandbox]:
    """A sandbox with the feature mini-program in front of the echo server."""
    echo = EchoServer()
    before = os.environ.get("YUEMIAN_SANDBOX_MINIPROGRAM")
    os.environ["YUEMIAN_SANDBOX_MINIPROGRAM"] = str(HERE / "feature_app")
    try:
        with start_sandbox(free_port(), echo.url) as sandbox:
            yield sandbox
    finally:
        echo.close()
        os.environ.pop("YUEMIAN_SANDBOX_MINIPROGRAM")
        if before is not None:
            os.environ["YUEMIAN_SANDBOX_MINIPROGRAM"] = before


@pytest.fixture
def make_phone(browser: Browser, phone_sandbox: Sandbox) -> Iterator[Callable[..., PhoneDriver]]:
    """Makes phones in browser contexts of their own: a small touch screen, or a desktop window."""
    phone_sandbox.reset()
    contexts = []

    def make(width: int = 390, height: int = 844, touch: bool = True) -> PhoneDriver:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            has_touch=touch,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        context.set_default_timeout(8000)
        contexts.append(context)
        return PhoneDriver(context.new_page(), phone_sandbox.url)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def phone(make_phone: Callable[..., PhoneDriver]) -> PhoneDriver:
    """陈思远's phone, showing the chat list."""
    return make_phone().start()
