"""Form controls: what they show, what their events say, what a form collects."""

from typing import Any

import pytest

from tests.phone.driver import PhoneDriver

pytestmark = pytest.mark.browser


@pytest.fixture
def forms(phone: PhoneDriver) -> PhoneDriver:
    return phone.open("pages/forms/index")


def _events(phone: PhoneDriver) -> list[Any]:
    return phone.data("log")


def test_typing_tells_the_value_and_stops_at_the_limit(forms: PhoneDriver) -> None:
    field = forms.find(".name .mp-field")
    field.press_sequentially("陈思远同学")
    field.press("Enter")
    kinds = [kind for kind, _ in _events(forms)]
    assert kinds == ["focus", "input", "input", "input", "input", "confirm", "blur"]
    assert _events(forms)[4][1] == {"value": "陈思远同", "cursor": 4, "keyCode": 0}


def test_a_handlers_return_value_replaces_what_was_typed(forms: PhoneDriver) -> None:
    forms.find(".upper .mp-field").press_sequentially("ab")
    assert forms.find(".upper .mp-field").input_value() == "AB"


def test_a_model_binding_goes_both_ways(forms: PhoneDriver) -> None:
    assert forms.find(".model .mp-field").input_value() == "双向"
    forms.find(".model .mp-field").fill("改过")
    assert forms.text(".mirror") == "改过"


def test_a_placeholder_takes_the_pages_class(forms: PhoneDriver) -> None:
    assert forms.text(".name .mp-placeholder") == "姓名"
    assert forms.style(".name .mp-placeholder", "color") == "rgb(9, 9, 9)"


def test_labels_reach_their_controls(forms: PhoneDriver) -> None:
    forms.tap(".tue")
    forms.tap(".sz")
    forms.tap(".remind")
    forms.tap(".far-label")
    assert _events(forms) == [
        ["change", {"value": ["mon", "tue"]}],
        ["change", {"value": "sz"}],
        ["change", {"value": True}],
    ]
    assert forms.find("wx-radio[checked]").count() == 1


def test_a_picker_gives_the_index_and_a_date_stays_in_its_range(forms: PhoneDriver) -> None:
    forms.tap(".pick")
    forms.page.get_by_role("option", name="深圳").tap()
    forms.page.wait_for_timeout(600)
    forms.tap_text("确定")
    forms.tap(".day")
    forms.page.get_by_role("option", name="5月").first.tap()
    forms.page.wait_for_timeout(600)
    forms.tap_text("确定")
    assert _events(forms) == [["change", {"value": "2"}], ["change", {"value": "2024-05-15"}]]


def test_a_form_collects_its_fields_and_resets_them(forms: PhoneDriver) -> None:
    forms.find(".name .mp-field").fill("林晓")
    forms.tap(".tue")
    forms.tap(".send")
    assert forms.data("sent") == {
        "name": "林晓",
        "upper": "",
        "words": "起",
        "days": ["mon", "tue"],
        "city": "bj",
        "remind": False,
        "pick": 0,
        "custom": "自带",
        "far": False,
    }
    forms.tap(".again")
    forms.tap(".send")
    assert forms.data("wasReset") is True
    assert forms.data("sent")["name"] == ""
    assert forms.data("sent")["days"] == ["mon"]
    assert forms.errors == []
