"""消息: the list, one message, and what HR can do about it."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.db import db, transaction
from server.domain import clock
from server.domain.delivery import DeliveryAction
from server.domain.events import ChannelName, Event
from server.domain.permissions import Role
from server.models import Interview, Notice
from server.runtime import install_runtime, runtime
from server.services.cancellations import cancel_interview
from server.services.deliveries import advance
from server.services.notice_actions import mark_told_by_phone
from server.services.notice_steps import advance_notices
from tests import builders
from tests.backoffice.browser import part, post, sign_in
from tests.backoffice.conftest import Case

_A = DeliveryAction


@pytest.fixture
def app(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """An installation that offers every channel; nothing is sent here, so it does not matter what sends."""
    monkeypatch.setattr(app, "extensions", dict(app.extensions))
    current = runtime()
    anything = next(iter(current.channels.values()))
    channels = {name: current.channels.get(name, anything) for name in ChannelName}
    install_runtime(app.extensions, replace(current, channels=channels))
    return app


@pytest.fixture
def notice(case: Case) -> Notice:
    """The company has cancelled on 林晓, whose message is queued."""
    return _cancelled(case, "林晓", "mp-lin")


def _cancelled(case: Case, name: str, openid: str | None, email: str | None = None) -> Notice:
    interview = builders.interview(name, of=case.interview.position, openid=openid)
    with transaction():
        db.session.get_one(Interview, interview.id).candidate.email = email
    cancel_interview(interview.id, case.recruiter, builders.as_staff(case.recruiter), "position_filled", None)
    return builders.notices(Event.CANCELLED_BY_COMPANY)[-1]


def _answered(notice: Notice, *actions: DeliveryAction, words: str | None = None) -> None:
    with transaction():
        delivery = builders.last_delivery(notice.id)
        for action in actions:
            advance(delivery, action, words=words, raw={"errcode": 43101} if words else None)
        delivery.error_words = words


def _unreached(notice: Notice) -> None:
    """WeChat refuses, the SMS fails, and there is no e-mail address."""
    _answered(notice, _A.CLAIM, _A.REFUSE)
    advance_notices()
    _answered(notice, _A.CLAIM, _A.FAIL, words="号码停机或不存在。")
    advance_notices()


def _now(notice: Notice) -> Notice:
    db.session.rollback()
    return db.session.get_one(Notice, notice.id, populate_existing=True)


def _rows(page: str) -> list[str]:
    return re.findall(r'class="row-link" href="/messages/\d+">([^<]+)<', page)


def test_the_list_shows_every_notice_with_its_newest_message(browser: FlaskClient, notice: Notice) -> None:
    _answered(notice, _A.CLAIM, _A.REFUSE, words="用户拒绝接收消息。")
    advance_notices()
    page = browser.get("/messages").text
    assert _rows(page) == ["林晓", "李敏", "陈思远"]
    for words in ("公司取消通知", "候选人取消提醒", "面试邀请", "短信", "排队中", "剩余", 'href="/messages"'):
        assert words in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"event": "invitation"}, ["陈思远"]),
        ({"event": "cancelled_by_company"}, ["林晓"]),
        ({"channel": "sms"}, ["林晓"]),
        ({"channel": "wechat_template"}, ["李敏"]),
        ({"rung": "failed"}, ["林晓"]),
        ({"rung": "queued"}, ["李敏", "陈思远"]),
        ({"told": "untold"}, ["林晓", "陈思远"]),
        ({"told": "late"}, []),
        ({"q": "林"}, ["林晓"]),
        ({"q": "陈思"}, ["李敏", "陈思远"]),
        ({"q": "%"}, []),
        ({"q": "陈", "event": "invitation", "rung": "queued"}, ["陈思远"]),
        ({"event": "nonsense", "rung": "x", "told": "y", "channel": "z", "after": "-1"}, None),
    ],
    ids=str,
)
def test_filters_in_the_address_narrow_the_list_and_nonsense_is_ignored(
    browser: FlaskClient, notice: Notice, query: dict[str, str], names: list[str] | None
) -> None:
    _answered(notice, _A.CLAIM, _A.REFUSE)
    advance_notices()
    _answered(notice, _A.CLAIM, _A.FAIL)
    rows = _rows(browser.get("/messages", query_string=query).text)
    assert rows == (["林晓", "李敏", "陈思远"] if names is None else names)


def test_a_number_finds_its_messages_and_stays_in_the_form(browser: FlaskClient, notice: Notice) -> None:
    number = notice.interview.number
    page = browser.get("/messages", query_string={"q": number}).text
    assert _rows(page) == ["林晓"]
    assert f'value="{number}"' in page


def test_late_are_those_whose_hour_is_over_told_or_not(browser: FlaskClient, notice: Notice) -> None:
    with clock.clock_at(clock.utc_now() + timedelta(minutes=61)):
        page = browser.get("/messages?told=late").text
        assert _rows(page) == ["林晓"]
        assert "超时未通知到" in page
        assert f"tel:{notice.interview.candidate.mobile}" in page
        _answered(notice, _A.CLAIM, _A.ACCEPT, _A.DELIVER)
        page = browser.get("/messages?told=late").text
    assert _rows(page) == ["林晓"]
    assert "超时告知" in page
    assert "超时未通知到" not in page


def test_an_empty_list_says_what_it_means(client: FlaskClient, app: Flask) -> None:
    sign_in(client, builders.staff())
    assert "还没有消息" in client.get("/messages").text
    assert "候选人都通知到了" in client.get("/messages?told=untold").text
    assert "没有超时的通知" in client.get("/messages?told=late").text
    assert "清除条件" in client.get("/messages?told=late&q=x").text


def test_pages_follow_each_other_without_loss_and_keep_the_filter(browser: FlaskClient, case: Case) -> None:
    names = [f"候选{number:02d}" for number in range(35)]
    for name in names:
        builders.invited(builders.interview(name, of=case.interview.position))
    first = browser.get("/messages?q=候选&event=invitation").text
    link = re.search(r'href="(/messages\?[^"]*after=[^"]*)"', first)
    assert link
    second = browser.get(link.group(1).replace("&amp;", "&")).text
    assert len(_rows(first)) == 30
    assert _rows(first) + _rows(second) == names[::-1]
    assert "回到第一页" in second


def test_another_recruiters_messages_are_not_there(app: Flask, client: FlaskClient, notice: Notice) -> None:
    _answered(notice, _A.CLAIM, _A.REFUSE)
    sign_in(client, builders.staff("周航"))
    assert _rows(client.get("/messages").text) == []
    assert client.get(f"/messages/{notice.id}").status_code == 404
    assert client.get(f"/follow?page=notice:{notice.id}").status_code == 404
    for act in ("resending", "next-channel", "phone-call"):
        assert post(client, f"/messages/{notice.id}/{act}").status_code == 404
    assert _now(notice).told_at is None


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.HIRING_MANAGER])
def test_who_only_reads_sees_the_message_and_no_buttons(
    app: Flask, client: FlaskClient, notice: Notice, role: Role
) -> None:
    sign_in(client, builders.staff("孟岩", role))
    page = client.get(f"/messages/{notice.id}").text
    assert "林晓" in page
    assert "/resending" not in page
    assert "由负责的招聘专员、招聘经理或管理员操作" in page
    assert post(client, f"/messages/{notice.id}/phone-call").status_code == 404


def test_a_message_shows_its_text_what_was_sent_and_what_came_back(
    browser: FlaskClient, notice: Notice
) -> None:
    _answered(notice, _A.CLAIM, _A.REFUSE, words="用户拒绝接收消息。")
    advance_notices()
    page = browser.get(f"/messages/{notice.id}").text
    for words in (
        notice.title,
        *notice.paragraphs,
        "thing1",
        "短信内容",
        "【云岚科技】林晓您好",
        "用户拒绝接收消息。",
        "&#34;errcode&#34;: 43101",
        f'href="/interviews/{notice.interview_id}"',
        notice.interview.candidate.mobile,
    ):
        assert words in page
    assert page.count('class="ladder"') == 2


def test_a_message_to_a_colleague_has_no_buttons(browser: FlaskClient, case: Case) -> None:
    [alert] = builders.notices(Event.CANDIDATE_CANCELLED)
    page = browser.get(f"/messages/{alert.id}").text
    assert "发给 李敏（招聘专员），关于候选人 陈思远" in page
    assert "<h2>可以做的事</h2>" not in page
    assert post(browser, f"/messages/{alert.id}/resending").status_code == 404


def test_the_buttons_say_what_goes_where_or_why_not(browser: FlaskClient, notice: Notice) -> None:
    queued = browser.get(f"/messages/{notice.id}").text
    assert queued.count("有一条消息正在发送，请等结果出来再操作。") == 2
    _unreached(notice)
    page = browser.get(f"/messages/{notice.id}").text
    assert f'通过短信发送到 <span class="number">{notice.interview.candidate.mobile}</span>' in page
    assert "候选人没有填写邮箱" in page
    assert "号码停机或不存在。" in page
    assert "未通知到" in page


def test_sending_again_makes_a_new_message_and_says_over_what(browser: FlaskClient, notice: Notice) -> None:
    _unreached(notice)
    path = f"/messages/{notice.id}"
    answer = post(browser, f"{path}/resending", path)
    assert answer.location == path
    page = browser.get(path).text
    assert "正在通过短信通知候选人" in page
    assert "第 2 轮" in page
    again = post(browser, f"{path}/resending", "/wechat")
    assert again.location == path
    assert "正在发送，请等结果出来" in browser.get(path).text
    assert builders.last_delivery(_now(notice).id).round == 2


def test_the_next_channel_is_taken_in_place(browser: FlaskClient, notice: Notice) -> None:
    _answered(notice, _A.CLAIM, _A.ACCEPT)
    path = f"/messages/{notice.id}"
    answer = post(browser, f"{path}/next-channel", path, htmx=True)
    assert "<html" not in answer.text
    assert "短信内容" in answer.text
    assert '"kind": "done"' in answer.headers["HX-Trigger"]
    refused = post(browser, f"{path}/next-channel", "/wechat", htmx=True)
    assert refused.status_code == 200
    assert '"kind": "refused"' in refused.headers["HX-Trigger"]


def test_a_call_is_recorded_once_with_who_and_when(browser: FlaskClient, notice: Notice, case: Case) -> None:
    _unreached(notice)
    path = f"/messages/{notice.id}"
    assert post(browser, f"{path}/phone-call", path).location == path
    page = browser.get(path).text
    assert "<b>李敏</b>已电话告知候选人" in page
    assert "已经通知到候选人，不需要再打电话。" in page
    assert "超时未通知到" not in page
    first = _now(notice).told_at
    post(browser, f"{path}/phone-call")
    assert "没有重复记录" in browser.get(path).text
    assert _now(notice).told_at == first
    assert "打电话告知了候选人" in browser.get(f"/interviews/{notice.interview_id}").text


def test_a_form_without_its_token_does_nothing(browser: FlaskClient, notice: Notice) -> None:
    for act in ("resending", "next-channel", "phone-call"):
        assert browser.post(f"/messages/{notice.id}/{act}").status_code == 400
        assert browser.get(f"/messages/{notice.id}/{act}").status_code == 405
    assert _now(notice).told_at is None


def test_the_board_asks_to_call_whom_no_message_reached(browser: FlaskClient, notice: Notice) -> None:
    assert "请致电候选人" not in browser.get("/").text
    _unreached(notice)
    page = browser.get("/").text
    assert f'id="call-case-{notice.id}"' in page
    assert f"tel:{notice.interview.candidate.mobile}" in page
    answer = post(browser, f"/messages/{notice.id}/phone-call", "/", htmx=True, view="board")
    assert 'data-page="board"' in answer.text
    assert "请致电候选人" not in answer.text


def test_the_board_asks_to_call_when_the_hour_is_over(browser: FlaskClient, notice: Notice) -> None:
    shown = _shown(browser, "board")
    with clock.clock_at(clock.utc_now() + timedelta(minutes=61)):
        assert browser.get("/follow", query_string=shown).status_code == 200
        assert f'id="call-case-{notice.id}"' in part(browser, "/").text
    with clock.clock_at(clock.utc_now() + timedelta(days=40)):
        assert f'id="call-case-{notice.id}"' not in part(browser, "/").text


def test_an_invitation_nobody_got_asks_for_no_call_on_the_board(browser: FlaskClient, case: Case) -> None:
    made = builders.invited(builders.interview("徐然", of=case.interview.position))
    advance_notices()
    for action in (_A.CLAIM, _A.FAIL):
        with transaction():
            advance(builders.last_delivery(made.notice_id), action)
    advance_notices()
    assert _now(made.notice).gave_up_at
    assert "请致电候选人" not in browser.get("/").text
    assert "未通知到" in browser.get(f"/interviews/{made.notice.interview_id}").text


def test_the_record_leads_to_the_message_and_takes_the_call(browser: FlaskClient, notice: Notice) -> None:
    _unreached(notice)
    path = f"/interviews/{notice.interview_id}"
    page = browser.get(path).text
    assert f'href="/messages/{notice.id}"' in page
    assert "未通知到" in page
    answer = post(browser, f"/messages/{notice.id}/phone-call", path, htmx=True, view="record")
    assert f'data-page="interview:{notice.interview_id}"' in answer.text
    assert "李敏已电话告知" in answer.text
    assert f'id="call-{notice.id}"' not in answer.text


def _shown(client: FlaskClient, page: str) -> dict[str, str]:
    state = client.get("/follow", query_string={"page": page}).get_json()
    return {"page": page, "v": state["version"], "n": state["waiting"], "t": state["trouble"] or ""}


def test_list_and_message_follow_what_happens(browser: FlaskClient, notice: Notice, case: Case) -> None:
    def changed(shown: dict[str, str]) -> bool:
        return browser.get("/follow", query_string=shown).status_code == 200

    pages = ["messages", f"notice:{notice.id}"]
    for step in (
        lambda: _answered(notice, _A.CLAIM, _A.REFUSE),
        advance_notices,
        lambda: mark_told_by_phone(notice.id, case.recruiter, builders.as_staff(case.recruiter)),
    ):
        before = [_shown(browser, page) for page in pages]
        assert not any(map(changed, before))
        step()
        assert all(map(changed, before))


def test_the_versions_on_the_pages_are_those_that_following_compares(
    browser: FlaskClient, notice: Notice
) -> None:
    for path, page in (("/messages", "messages"), (f"/messages/{notice.id}", f"notice:{notice.id}")):
        assert f'data-version="{_shown(browser, page)["v"]}"' in part(browser, path).text


def test_reading_messages_changes_nothing_and_carries_no_inline_script(
    browser: FlaskClient, notice: Notice
) -> None:
    before = _shown(browser, "messages")
    for path in ("/messages", f"/messages/{notice.id}"):
        page = browser.get(path).text
        assert " style=" not in page
        assert "<script>" not in page
    assert browser.get("/follow", query_string=before).status_code == 204
