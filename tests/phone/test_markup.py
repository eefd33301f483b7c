"""WXML, WXS and WXSS: what the page shows and how it looks."""

import pytest

from tests.phone.driver import PhoneDriver

pytestmark = pytest.mark.browser


@pytest.fixture
def markup(phone: PhoneDriver) -> PhoneDriver:
    return phone.open("pages/markup/index")


def test_conditions_lists_and_templates_are_rendered(markup: PhoneDriver) -> None:
    assert markup.text(".branch") == "二"
    assert markup.text(".list") == "0甲;1乙;"
    assert markup.text(".count") == "012"
    assert markup.text(".object") == "a:1 b:2"
    assert markup.text(".letters") == "[面][试]"
    assert markup.find(".person").all_inner_texts() == ["林1x1y", "陈"]
    assert markup.text(".row-plain") == "岗位=后端"
    assert markup.text(".row-made") == "时间=4"
    assert markup.text(".included") == "第 2 页"


def test_wxs_and_expressions_are_evaluated(markup: PhoneDriver) -> None:
    assert markup.text(".wxs") == "2 好！ 好！！ list 12 2024"
    assert markup.text(".expression") == "乙2 true 2"
    assert markup.text(".entities") == "<b> & <i>"


def test_set_data_changes_one_path_and_calls_back(markup: PhoneDriver) -> None:
    markup.tap(".set")
    markup.find(".path").get_by_text("新 3 好了").wait_for()
    assert markup.text(".branch") == "其他"
    markup.tap(".reverse")
    assert markup.find(".person").all_inner_texts() == ["陈", "林1x1y"]


def test_units_and_selectors_become_css(markup: PhoneDriver) -> None:
    assert markup.find(".wide").bounding_box()["width"] == pytest.approx(52, abs=0.5)  # type: ignore[index]
    assert markup.style(".wide", "marginLeft") == "39px"
    assert markup.style(".first", "color") == "rgb(0, 0, 200)", "an id beats a class"
    assert markup.style(".second", "color") == "rgb(200, 0, 0)"
    assert markup.style(".second", "fontWeight") == "700", "a tag name with a class"
    assert markup.style(".second", "letterSpacing") == "3px", "inside a media query"
    assert markup.style(".from-app", "color") == "rgb(10, 20, 30)"
    assert markup.style(".imported", "color") == "rgb(40, 50, 60)"
    assert markup.style("page", "color") == "rgb(1, 2, 3)"
    assert not markup.find(".hidden-one").is_visible()


def test_half_a_viewport_is_half_the_area_below_the_navigation_bar(markup: PhoneDriver) -> None:
    assert markup.find(".tall").bounding_box()["height"] == pytest.approx((844 - 44) / 2, abs=1)  # type: ignore[index]


def test_a_text_keeps_its_line_break(markup: PhoneDriver) -> None:
    assert markup.text(".lines") == "一\n二"


def test_a_button_has_wechats_width_unless_the_page_insists(markup: PhoneDriver) -> None:
    assert markup.style(".set", "width") == "184px"


def test_nothing_is_missing_and_nothing_failed(markup: PhoneDriver) -> None:
    assert markup.errors == []
    assert markup.missing == []
