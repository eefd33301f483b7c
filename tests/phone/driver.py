"""Drives a phone: what a person sees and taps, and what the mini-program made of it."""

from typing import Any

from playwright.sync_api import Locator, Page

WAIT_MILLISECONDS = 5000
TOP_DATA = "window.__phone.phone.program.stack.top.instance.data"


class PhoneDriver:
    """One phone in one browser page."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    def start(self, path: str = "/phone/?person=chen-siyuan") -> "PhoneDriver":
        """Open the phone and wait for the chat list."""
        self.page.goto(self.url + path)
        self.page.wait_for_function("window.__phone && window.__phone.ready")
        return self

    def open(self, path: str, query: str = "", scene: int = 1001) -> "PhoneDriver":
        """Open a page of the mini-program from outside, as a link would."""
        self.page.evaluate(
            """async ([path, search, scene]) => {
                const pairs = search.split('&').filter(Boolean).map((pair) => pair.split('='))
                const query = Object.fromEntries(pairs)
                await window.__phone.phone.openProgram({ path, query, scene })
            }""",
            [path, query, scene],
        )
        self.page.locator("page").last.wait_for(state="attached")
        return self

    def find(self, selector: str) -> Locator:
        """An element of the page on top."""
        return self.page.locator(".mp-page").last.locator(selector)

    def text(self, selector: str) -> str:
        """The words an element shows."""
        return self.find(selector).inner_text()

    def tap(self, selector: str) -> None:
        """Put a finger on an element of the page on top."""
        self.find(selector).tap()

    def tap_text(self, text: str) -> None:
        """Put a finger on words anywhere on the phone."""
        self.page.locator(".ph-screen").get_by_text(text, exact=True).last.tap()

    def data(self, name: str) -> Any:
        """A field of the top page's data."""
        return self.page.evaluate(
            "(name) => window.__phone.phone.program.stack.top.instance.data[name]", name
        )

    def wait_data(self, name: str, value: Any) -> None:
        """Wait until a field of the top page's data has this value."""
        self.page.wait_for_function(
            f"([name, value]) => JSON.stringify({TOP_DATA}[name]) === JSON.stringify(value)",
            arg=[name, value],
            timeout=WAIT_MILLISECONDS,
        )

    def answer(self, name: str) -> Any:
        """Wait for an interface's answer in the page's log and take it."""
        handle = self.page.wait_for_function(
            f"""(name) => {{
                const found = {TOP_DATA}.log.find(([kept]) => kept === name)
                return found && {{ answer: found[1] }}
            }}""",
            arg=name,
            timeout=WAIT_MILLISECONDS,
        )
        return handle.json_value()["answer"]

    def journal(self) -> list[str]:
        """Take the lines the feature mini-program wrote since the last time."""
        script = "window.__phone.phone.program.modules.load('shared/journal').take()"
        return self.page.evaluate(script)

    def style(self, selector: str, name: str) -> str:
        """A computed style of an element of the page on top."""
        return self.find(selector).first.evaluate("(one, name) => getComputedStyle(one)[name]", name)

    @property
    def taps(self) -> int:
        """How often the screen was tapped."""
        return self.page.evaluate("window.__phone.taps")

    @property
    def errors(self) -> list[str]:
        """What mini-program code threw."""
        return self.page.evaluate("window.__phone.errors.map((one) => one.message)")

    @property
    def missing(self) -> list[str]:
        """Interfaces asked for and not built."""
        return self.page.evaluate("window.__phone.missing")
