"""A sandbox that serves the feature mini-program, and a browser to look at it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.fixtures_sandbox import Sandbox, free_port, start_sandbox
from tests.phone.driver import PhoneDriver
from tests.phone.echo import EchoServer

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="session")
def phone_sandbox() -> Iterator[Sandbox]:
    """A sandbox with the feature mini-program in front of the echo server."""
    echo = EchoServer()
    try:
        with start_sandbox(free_port(), echo.url, miniprogram=HERE / "feature_app") as sandbox:
            yield sandbox
    finally:
        echo.close()


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
