"""The page stack and the hooks of app and pages, in WeChat's order."""

import pytest

from tests.phone.driver import PhoneDriver

pytestmark = pytest.mark.browser
ROUTES = "pages/routes/index"


@pytest.fixture
def routes(phone: PhoneDriver) -> PhoneDriver:
    phone.open(ROUTES, "name=甲", scene=1014)
    phone.page.wait_for_timeout(150)
    return phone


def test_a_cold_start_launches_shows_and_loads(routes: PhoneDriver) -> None:
    assert routes.journal() == [
        f"App.onLaunch {ROUTES} 1014",
        f"App.onShow {ROUTES} 1014",
        '甲 load {"name":"甲"}',
        "甲 show",
        "甲 ready",
    ]


def test_going_on_and_back_calls_the_hooks_in_order(routes: PhoneDriver) -> None:
    routes.journal()
    routes.tap(".push")
    routes.page.wait_for_timeout(150)
    assert routes.journal() == ["甲 hide", '甲+ load {"name":"甲+"}', "甲+ show", "甲+ ready"]
    assert routes.text(".name").startswith("甲+ 2")
    routes.tap(".tell")
    routes.tap(".back")
    routes.page.wait_for_timeout(150)
    assert routes.journal() == ["heard 你好", "甲+ unload", "甲 show"]


def test_replacing_and_restarting_unload_what_was_there(routes: PhoneDriver) -> None:
    routes.tap(".push")
    routes.page.wait_for_timeout(150)
    routes.journal()
    routes.tap(".replace")
    routes.page.wait_for_timeout(150)
    assert routes.journal() == ["甲+ unload", '换 load {"name":"换"}', "换 show", "换 ready"]
    routes.tap(".restart")
    routes.find(".branch").wait_for()
    assert routes.journal() == ["换 unload", "甲 unload"]
    assert routes.page.locator(".mp-page").count() == 1


def test_back_by_two_and_the_bars_own_arrow(routes: PhoneDriver) -> None:
    routes.tap(".push")
    routes.tap(".push")
    assert routes.text(".name").startswith("甲++ 3")
    routes.tap(".backTwo")
    assert routes.text(".name").startswith("甲 1")
    routes.tap(".push")
    routes.page.get_by_label("返回", exact=True).last.tap()
    assert routes.text(".name").startswith("甲 1")


def test_an_unknown_page_fails_and_ten_is_the_limit(routes: PhoneDriver) -> None:
    routes.tap(".lost")
    routes.find(".name").get_by_text('navigateTo:fail page "pages/nowhere/index" is not found').wait_for()
    for _ in range(12):
        routes.tap(".push")
    assert routes.page.locator(".mp-page").count() == 10


def test_one_pages_styles_do_not_reach_another(routes: PhoneDriver) -> None:
    routes.tap(".relative")
    assert routes.style("[wx-id=box]", "color") == "rgb(1, 2, 3)"
    routes.page.get_by_label("返回", exact=True).last.tap()
    assert routes.style(".leak", "color") == "rgb(0, 99, 0)"
    routes.tap(".link")
    assert routes.find(".first").first.is_visible(), "display:none is the other page's"


def test_the_bar_is_the_pages_to_name_and_paint(routes: PhoneDriver) -> None:
    assert routes.page.get_by_role("heading", name="路由").is_visible()
    routes.tap(".paint")
    routes.page.get_by_role("heading", name="新标题").wait_for()
    assert routes.style(".mp-nav", "backgroundColor") == "rgb(18, 52, 86)"


def test_refreshing_tells_the_page(routes: PhoneDriver) -> None:
    routes.journal()
    routes.tap(".refresh")
    routes.page.wait_for_timeout(100)
    assert routes.journal() == ["甲 refresh"]


def test_the_capsule_leaves_and_a_card_comes_back_to_its_own_page(routes: PhoneDriver) -> None:
    routes.journal()
    routes.page.get_by_label("关闭小程序").tap()
    routes.page.get_by_text("服务通知").first.wait_for()
    assert routes.journal() == ["甲 hide", "App.onHide"]
    routes.open(ROUTES, "name=乙", scene=1047)
    routes.page.wait_for_timeout(150)
    assert routes.journal() == [
        f"App.onShow {ROUTES} 1047",
        "甲 unload",
        '乙 load {"name":"乙"}',
        "乙 show",
        "乙 ready",
    ]


def test_the_house_leads_to_the_first_page(routes: PhoneDriver) -> None:
    routes.page.get_by_label("返回首页").tap()
    routes.find(".branch").wait_for()
    assert routes.page.get_by_label("返回首页").count() == 0
    assert routes.errors == []
