"""Custom components: slots, observers, behaviours, events, life, and styles that stay at home."""

import pytest

from tests.phone.driver import PhoneDriver

pytestmark = pytest.mark.browser


@pytest.fixture
def parts(phone: PhoneDriver) -> PhoneDriver:
    phone.open("pages/parts/index")
    phone.page.wait_for_timeout(150)
    return phone


def test_slots_properties_and_observers(parts: PhoneDriver) -> None:
    assert parts.text(".panel wx-view:nth-child(1)") == "面板附"
    assert parts.text(".panel wx-view:nth-child(2)") == "内容"
    parts.find("my-panel").get_by_text("面板4").wait_for()
    parts.tap(".more")
    parts.find("my-panel").get_by_text("面板10").wait_for()


def test_events_and_behaviours(parts: PhoneDriver) -> None:
    parts.find("my-panel").get_by_text("面板附").tap()
    parts.find("my-counter wx-button").tap()
    parts.find("my-counter wx-button").tap()
    assert parts.data("log") == [["choose", "面板", "外面"], ["total", 3], ["total", 6]]


def test_a_page_asks_its_components_and_measures(parts: PhoneDriver) -> None:
    parts.tap(".ask")
    assert parts.text(".answer") == "秘密 面板 1"
    parts.tap(".measure")
    parts.wait_data("width", 195)


def test_life_cycle_in_order(parts: PhoneDriver) -> None:
    parts.tap(".drop")
    lines = [line for line in parts.journal() if line.startswith("panel")]
    assert lines == ["panel created", "panel attached", "panel page show", "panel ready", "panel detached"]


def test_styles_of_page_and_component_do_not_mix(parts: PhoneDriver) -> None:
    head, body = "my-panel wx-view:nth-child(1)", "my-panel wx-view:nth-child(2)"
    assert parts.style(head, "fontSize") == "30px", "the page's .head must not reach into the component"
    assert parts.style(head, "letterSpacing") == "2px", "an external class is the page's"
    assert parts.style("[wx-id=box]", "color") == "rgb(1, 2, 3)", "the component keeps its .leak"
    assert parts.style(body, "color") == "rgb(70, 80, 90)", "app.wxss does not reach an isolated component"
    assert parts.style("my-counter wx-button", "color") == "rgb(10, 20, 30)", "apply-shared lets it in"
    assert parts.style("my-panel", "paddingTop") == "4px", ":host"
    assert parts.find(".chip-text, [class*=chip-text]").inner_text() == "薄片"
    assert parts.errors == []
