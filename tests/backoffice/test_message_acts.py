"""What HR can do about a message, and whom the board asks to call."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from server.db import transaction
from server.domain import clock
from server.domain.delivery import DeliveryAction
from server.models import Notice
from server.services.deliveries import advance
from server.services.notice_steps import advance_notices
from tests import builders
from tests.backoffice.browser import part, post
from tests.backoffice.conftest import Case
from tests.backoffice.notices import answered, now, shown, unreached

_A = DeliveryAction


def test_the_buttons_say_what_goes_where_or_why_not(browser: FlaskClient, notice: Notice) -> None:
    queued = browser.get(f"/messages/{notice.id}").text
    assert queued.count("有一条消息正在发送，请等结果出来再操作。") == 2
    unreached(notice)
    page = browser.get(f"/messages/{notice.id}").text
    assert f'通过短信发送到 <span class="number">{notice.interview.candidate.mobile}</span>' in page
    assert "候选人没有填写邮箱" in page
    assert "号码停机或不存在。" in page
    assert "未通知到" in page


def test_sending_again_makes_a_new_message_and_says_over_what(browser: FlaskClient, notice: Notice) -> None:
    unreached(notice)
    path = f"/messages/{notice.id}"
    answer = post(browser, f"{path}/resending", path)
    assert answer.location == path
    page = browser.get(path).text
    assert "正在通过短信通知候选人" in page
    assert "第 2 轮" in page
    again = post(browser, f"{path}/resending", "/wechat")
    assert again.location == path
    assert "正在发送，请等结果出来" in browser.get(path).text
    assert builders.last_delivery(now(notice).id).round == 2


def test_the_next_channel_is_taken_in_place(browser: FlaskClient, notice: Notice) -> None:
    answered(notice, _A.CLAIM, _A.ACCEPT)
    path = f"/messages/{notice.id}"
    answer = post(browser, f"{path}/next-channel", path, htmx=True)
    assert "<html" not in answer.text
    assert "短信内容" in answer.text
    assert '"kind": "done"' in answer.headers["HX-Trigger"]
    refused = post(browser, f"{path}/next-channel", "/wechat", htmx=True)
    assert refused.status_code == 200
    assert '"kind": "refused"' in refused.headers["HX-Trigger"]


def test_a_call_is_recorded_once_with_who_and_when(browser: FlaskClient, notice: Notice, case: Case) -> None:
    unreached(notice)
    path = f"/messages/{notice.id}"
    assert post(browser, f"{path}/phone-call", path).location == path
    page = browser.get(path).text
    assert "<b>李敏</b>已电话告知候选人" in page
    assert "已经通知到候选人，不需要再打电话。" in page
    assert "超时未通知到" not in page
    first = now(notice).told_at
    post(browser, f"{path}/phone-call")
    assert "没有重复记录" in browser.get(path).text
    assert now(notice).told_at == first
    assert "打电话告知了候选人" in browser.get(f"/interviews/{notice.interview_id}").text


def test_a_form_without_its_token_does_nothing(browser: FlaskClient, notice: Notice) -> None:
    for act in ("resending", "next-channel", "phone-call"):
        assert browser.post(f"/messages/{notice.id}/{act}").status_code == 400
        assert browser.get(f"/messages/{notice.id}/{act}").status_code == 405
    assert now(notice).told_at is None


def test_the_board_asks_to_call_whom_no_message_reached(browser: FlaskClient, notice: Notice) -> None:
    assert "请致电候选人" not in browser.get("/").text
    unreached(notice)
    page = browser.get("/").text
    assert f'id="call-case-{notice.id}"' in page
    assert f"tel:{notice.interview.candidate.mobile}" in page
    answer = post(browser, f"/messages/{notice.id}/phone-call", "/", htmx=True, view="board")
    assert 'data-page="board"' in answer.text
    assert "请致电候选人" not in answer.text


def test_the_board_asks_to_call_when_the_hour_is_over(browser: FlaskClient, notice: Notice) -> None:
    state = shown(browser, "board")
    with clock.clock_at(clock.utc_now() + timedelta(minutes=61)):
        assert browser.get("/follow", query_string=state).status_code == 200
        assert f'id="call-case-{notice.id}"' in part(browser, "/").text
    with clock.clock_at(clock.utc_now() + timedelta(days=40)):
        assert f'id="call-case-{notice.id}"' not in part(browser, "/").text


@pytest.mark.usefixtures("every_channel")
def test_an_invitation_nobody_got_asks_for_no_call_on_the_board(browser: FlaskClient, case: Case) -> None:
    made = builders.invited(builders.interview("徐然", of=case.interview.position))
    advance_notices()
    for action in (_A.CLAIM, _A.FAIL):
        with transaction():
            advance(builders.last_delivery(made.notice_id), action)
    advance_notices()
    assert now(made.notice).gave_up_at
    assert "请致电候选人" not in browser.get("/").text
    assert "未通知到" in browser.get(f"/interviews/{made.notice.interview_id}").text


def test_the_record_leads_to_the_message_and_takes_the_call(browser: FlaskClient, notice: Notice) -> None:
    unreached(notice)
    path = f"/interviews/{notice.interview_id}"
    page = browser.get(path).text
    assert f'href="/messages/{notice.id}"' in page
    assert "未通知到" in page
    answer = post(browser, f"/messages/{notice.id}/phone-call", path, htmx=True, view="record")
    assert f'data-page="interview:{notice.interview_id}"' in answer.text
    assert "李敏已电话告知" in answer.text
    assert f'id="call-{notice.id}"' not in answer.text
