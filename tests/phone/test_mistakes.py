"""Mistakes in a mini-program's code are said in words, on the screen and in the record."""

import json

import pytest
from playwright.sync_api import Route

from tests.phone.driver import PhoneDriver

pytestmark = pytest.mark.browser


def _with_file(phone: PhoneDriver, path: str, text: str | None) -> None:
    """Serve the mini-program with one file changed, or without it."""

    def answer(route: Route) -> None:
        body = route.fetch().json()
        if text is None:
            del body["files"][path]
        else:
            body["files"][path] = text
        route.fulfill(status=200, content_type="application/json", body=json.dumps(body))

    phone.page.route("**/phone/source.json", answer)


def _open_broken(phone: PhoneDriver) -> None:
    phone.page.evaluate("window.__phone.phone.openProgram({ path: 'pages/broken/index', scene: 1001 })")


def test_a_template_that_does_not_compile_names_file_and_line(phone: PhoneDriver) -> None:
    _with_file(phone, "pages/broken/index.wxml", "<view>\n<text>{{ 1 + }}</text></view>")
    _open_broken(phone)
    alert = phone.page.get_by_role("alert")
    alert.get_by_text("pages/broken/index.wxml:2").wait_for()


def test_a_script_that_does_not_parse_names_its_file(phone: PhoneDriver) -> None:
    _with_file(phone, "pages/broken/index.js", "Page({ data: ")
    _open_broken(phone)
    phone.page.get_by_role("alert").get_by_text("pages/broken/index.js").wait_for()


def test_a_module_that_is_not_there_is_named(phone: PhoneDriver) -> None:
    _with_file(phone, "pages/broken/index.js", "require('./gone')\nPage({})")
    _open_broken(phone)
    phone.page.get_by_role("alert").get_by_text("pages/broken/gone.js").wait_for()


def test_a_json_file_that_does_not_parse_is_named(phone: PhoneDriver) -> None:
    _with_file(phone, "pages/broken/index.json", "{,}")
    _open_broken(phone)
    phone.page.get_by_text("pages/broken/index.json").wait_for()


def test_an_app_without_pages_does_not_open(phone: PhoneDriver) -> None:
    _with_file(phone, "app.json", "{}")
    _open_broken(phone)
    phone.page.get_by_role("alertdialog").get_by_text("没有 pages").wait_for()


def test_errors_while_running_are_recorded_and_told_to_the_app(phone: PhoneDriver) -> None:
    phone.open("pages/thrown/index")
    assert phone.text(".still") == "还在"
    phone.tap(".later")
    phone.tap(".promised")
    phone.page.wait_for_function("window.__phone.errors.length === 3")
    assert phone.errors == ["载入时出错", "稍后出错", "承诺出错"]
    told = [line for line in phone.journal() if line.startswith("App.onError")]
    assert told == ["App.onError Error: 载入时出错", "App.onError Error: 稍后出错"]


def test_an_unknown_page_says_so_and_shows_the_first(phone: PhoneDriver) -> None:
    phone.open("pages/nowhere/index")
    phone.page.get_by_text("页面不存在：pages/nowhere/index").wait_for()
    assert phone.text(".branch") == "二"
