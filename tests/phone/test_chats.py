"""WeChat itself on the candidate's phone: chats, cards, banners, codes, people."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.fixtures_sandbox import Sandbox
from tests.phone.driver import PhoneDriver
from tests.sandbox.conftest import Caller

pytestmark = pytest.mark.browser


@pytest.fixture
def send_card(phone_sandbox: Sandbox) -> Callable[..., None]:
    """Send 陈思远 an invitation that leads to a page of the released version."""

    def send(page: str | None = "pages/home/index?id=12&d=tok", person: str = "chen-siyuan") -> None:
        caller = Caller(phone_sandbox)
        phone_sandbox.consent(person, {"sbx-interview-invitation-00000000000000000001": "accept"})
        answer = caller.subscribe(person, **({"page": page} if page else {}))
        assert answer["errcode"] == 0, answer

    return send


def test_a_card_arrives_as_a_banner_a_badge_and_a_card(
    phone: PhoneDriver, send_card: Callable[..., None]
) -> None:
    send_card()
    expect(phone.page.locator(".ph-banner")).to_contain_text("约面：面试邀请通知")
    chat = phone.page.locator("[data-chat=服务通知]")
    expect(chat.locator(".ph-badge")).to_have_text("1")
    expect(phone.page.get_by_role("heading", name="微信(1)")).to_be_visible()
    phone.page.locator(".ph-banner").tap()
    card = phone.page.locator(".ph-card")
    expect(card.get_by_role("heading")).to_have_text("面试邀请通知")
    expect(card.locator("dt").first).to_have_text("面试岗位")
    expect(card.locator("dd").first).to_have_text("产品经理")
    expect(card.locator(".ph-card-foot")).to_contain_text("约面进入小程序查看", use_inner_text=False)


def test_reading_takes_the_badge_away(
    phone: PhoneDriver, send_card: Callable[..., None], phone_sandbox: Sandbox
) -> None:
    send_card()
    phone.page.locator("[data-chat=服务通知] .ph-badge").wait_for()
    phone.page.locator("[data-chat=服务通知]").tap()
    phone.page.locator(".ph-card").wait_for()
    phone.page.get_by_label("返回", exact=True).tap()
    expect(phone.page.locator("[data-chat=服务通知] .ph-badge")).to_have_count(0)
    assert [card["read"] for card in phone_sandbox.inbox("chen-siyuan")] == [True]


def test_a_card_opens_its_page_with_path_query_and_scene(
    phone: PhoneDriver, send_card: Callable[..., None]
) -> None:
    send_card()
    phone.page.evaluate(
        """() => {
            const { phone } = window.__phone
            const open = phone.openProgram.bind(phone)
            phone.openProgram = (wanted) => {
                window.wanted = wanted
                return open({ ...wanted, path: 'pages/shim/index' })
            }
        }"""
    )
    phone.page.locator("[data-chat=服务通知]").tap()
    phone.page.locator(".ph-card").tap()
    phone.find(".options").tap()
    launch, _ = phone.answer("options")
    assert phone.page.evaluate("window.wanted.path") == "pages/home/index"
    assert (launch["query"], launch["scene"]) == ({"id": "12", "d": "tok"}, 1014)
    assert phone.taps == 3


def test_a_mini_program_code_opens_with_its_scene(phone: PhoneDriver, phone_sandbox: Sandbox) -> None:
    Caller(phone_sandbox).wxacode(scene="token-22", page="pages/home/index")
    phone.page.get_by_label("更多功能").tap()
    phone.page.get_by_role("menuitem", name="扫一扫").tap()
    phone.page.evaluate(
        "window.__phone.phone.openProgram = (wanted) => { window.wanted = wanted }",
    )
    phone.page.locator("[data-kind=wxacode]").tap()
    phone.page.wait_for_function("window.wanted")
    wanted = phone.page.evaluate("window.wanted")
    assert wanted == {"path": "pages/home/index", "query": {"scene": "token-22"}, "scene": 1047}


def test_another_person_holds_the_phone(phone: PhoneDriver) -> None:
    phone.page.get_by_role("button", name="我", exact=True).tap()
    phone.page.get_by_role("button", name="林晓").tap()
    expect(phone.page).to_have_url(re.compile("person=lin-xiao"))
    expect(phone.page).to_have_title("林晓的微信")


def test_the_panel_beside_the_phone_says_what_to_tap(make_phone: Callable[..., PhoneDriver]) -> None:
    phone = make_phone(1280, 800, touch=False).start("/phone/")
    panel = phone.page.locator(".ph-panel")
    expect(panel.locator("li")).to_have_count(3)
    phone.page.locator("[data-chat=服务通知]").click()
    expect(panel.locator("output")).to_have_text("1")
    panel.get_by_role("button", name="重新计数").click()
    expect(panel.locator("output")).to_have_text("0")
    panel.get_by_label("谁的手机").select_option("sun-yue")
    expect(phone.page).to_have_url(re.compile("person=sun-yue"))


def test_a_person_nobody_knows_is_told_so(make_phone: Callable[..., PhoneDriver]) -> None:
    phone = make_phone()
    phone.page.goto(f"{phone.url}/phone/?person=nobody")
    expect(phone.page.get_by_role("alert")).to_contain_text("没有这个人")


def test_an_unreachable_sandbox_looks_like_a_lost_network(phone: PhoneDriver) -> None:
    phone.page.route("**/inbox", lambda route: route.abort())
    expect(phone.page.get_by_text("当前网络不可用")).to_be_visible()
    phone.page.unroute("**/inbox")
    expect(phone.page.get_by_text("当前网络不可用")).to_be_hidden()


def test_a_card_that_comes_while_the_mini_program_is_open_stays_unread(
    phone: PhoneDriver, send_card: Callable[..., None], phone_sandbox: Sandbox
) -> None:
    phone.page.locator("[data-chat=服务通知]").tap()
    phone.open("pages/markup/index")
    send_card()
    expect(phone.page.locator(".ph-banner")).to_be_visible()
    assert [card["read"] for card in phone_sandbox.inbox("chen-siyuan")] == [False]
    phone.page.locator(".ph-banner").tap()
    expect(phone.page.locator(".ph-card")).to_be_visible()
    expect(phone.page.locator(".mp")).to_be_hidden()


def test_the_mini_program_is_as_it_was_left_when_opened_again(phone: PhoneDriver) -> None:
    phone.open("pages/routes/index", "name=甲")
    phone.tap(".push")
    phone.page.get_by_label("关闭小程序").tap()
    phone.page.get_by_role("button", name="发现").tap()
    phone.page.get_by_role("button", name="小程序 约面").tap()
    expect(phone.find(".name")).to_contain_text("甲+ 2")
