"""Touches: who hears them, and what a touch must never reach."""

import pytest

from tests.phone.driver import PhoneDriver

pytestmark = pytest.mark.browser


@pytest.fixture
def touch(phone: PhoneDriver) -> PhoneDriver:
    return phone.open("pages/touch/index")


def test_a_tap_bubbles_and_each_handler_sees_its_own_target(touch: PhoneDriver) -> None:
    touch.tap(".inner")
    assert touch.data("log") == ["inner 内 true 1", "outer inner/outer 外 7"]


def test_catch_stops_and_capture_comes_first(touch: PhoneDriver) -> None:
    touch.tap(".caught")
    touch.tap(".captured")
    touch.tap(".stopped")
    touch.tap(".dynamic")
    assert touch.data("log") == ["caught", "capture", "tap", "stopped", "dynamic"]


def test_a_long_press_is_no_tap(touch: PhoneDriver) -> None:
    box = touch.find(".long").bounding_box()
    assert box
    touch.page.mouse.move(box["x"] + 10, box["y"] + 5)
    touch.page.mouse.down()
    touch.page.wait_for_timeout(450)
    touch.page.mouse.up()
    touch.find(".long").tap()
    assert touch.data("log") == ["long", "tap"]


def test_a_disabled_button_hears_nothing(touch: PhoneDriver) -> None:
    touch.find(".disabled").tap(force=True)
    assert touch.data("log") == []


def test_a_tap_does_not_reach_what_it_opened_under_the_finger(touch: PhoneDriver) -> None:
    touch.tap(".opener")
    touch.find(".under").wait_for()
    touch.page.wait_for_timeout(400)
    assert touch.data("log") == ["open"]
    touch.tap(".under")
    assert touch.data("log") == ["open", "under"]


def test_a_tap_that_leaves_the_page_does_not_touch_the_next_one(touch: PhoneDriver) -> None:
    touch.tap(".leave")
    touch.find(".name").get_by_text("ghost").wait_for()
    touch.page.wait_for_timeout(400)
    assert touch.page.locator(".mp-page").count() == 2


def test_a_browsers_own_input_event_is_not_a_mini_program_event(touch: PhoneDriver) -> None:
    touch.find(".typed .mp-field").fill("字")
    assert touch.data("log") == []


def test_a_mouse_taps_like_a_finger_and_both_are_counted_once(touch: PhoneDriver) -> None:
    touch.page.evaluate("window.__phone.resetTaps()")
    touch.find(".inner").click()
    touch.find(".inner").tap()
    assert len(touch.data("log")) == 4
    assert touch.taps == 2


def test_a_keyboard_reaches_a_button(touch: PhoneDriver) -> None:
    touch.page.evaluate("window.__phone.phone.program.stack.relaunch('pages/markup/index', {})")
    touch.find(".set").focus()
    touch.page.keyboard.press("Enter")
    touch.find(".path").get_by_text("新 3").wait_for()
