"""消息: the list, one message, and following both."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.domain import clock
from server.domain.delivery import DeliveryAction
from server.domain.events import Event
from server.domain.permissions import Role
from server.models import Notice
from server.services.notice_actions import mark_told_by_phone
from server.services.notice_steps import advance_notices
from tests import builders
from tests.backoffice.browser import part, post, sign_in
from tests.backoffice.conftest import Case
from tests.backoffice.notices import answered, now, shown

_A = DeliveryAction


def _rows(page: str) -> list[str]:
    return re.findall(r'class="row-link" href="/messages/\d+">([^<]+)<', page)


def test_the_list_shows_every_notice_with_its_newest_message(browser: FlaskClient, notice: Notice) -> None:
    answered(notice, _A.CLAIM, _A.REFUSE, words="用户拒绝接收消息。")
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
    answered(notice, _A.CLAIM, _A.REFUSE)
    advance_notices()
    answered(notice, _A.CLAIM, _A.FAIL)
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
        answered(notice, _A.CLAIM, _A.ACCEPT, _A.DELIVER)
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
    answered(notice, _A.CLAIM, _A.REFUSE)
    sign_in(client, builders.staff("周航"))
    assert _rows(client.get("/messages").text) == []
    assert client.get(f"/messages/{notice.id}").status_code == 404
    assert client.get(f"/follow?page=notice:{notice.id}").status_code == 404
    for act in ("resending", "next-channel", "phone-call"):
        assert post(client, f"/messages/{notice.id}/{act}").status_code == 404
    assert now(notice).told_at is None


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
    answered(notice, _A.CLAIM, _A.REFUSE, words="用户拒绝接收消息。")
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


def test_list_and_message_follow_what_happens(browser: FlaskClient, notice: Notice, case: Case) -> None:
    def changed(state: dict[str, str]) -> bool:
        return browser.get("/follow", query_string=state).status_code == 200

    pages = ["messages", f"notice:{notice.id}"]
    for step in (
        lambda: answered(notice, _A.CLAIM, _A.REFUSE),
        advance_notices,
        lambda: mark_told_by_phone(notice.id, case.recruiter, builders.as_staff(case.recruiter)),
    ):
        before = [shown(browser, page) for page in pages]
        assert not any(map(changed, before))
        step()
        assert all(map(changed, before))


def test_the_versions_on_the_pages_are_those_that_following_compares(
    browser: FlaskClient, notice: Notice
) -> None:
    for path, page in (("/messages", "messages"), (f"/messages/{notice.id}", f"notice:{notice.id}")):
        assert f'data-version="{shown(browser, page)["v"]}"' in part(browser, path).text


def test_reading_messages_changes_nothing_and_carries_no_inline_script(
    browser: FlaskClient, notice: Notice
) -> None:
    before = shown(browser, "messages")
    for path in ("/messages", f"/messages/{notice.id}"):
        page = browser.get(path).text
        assert " style=" not in page
        assert "<script>" not in page
    assert browser.get("/follow", query_string=before).status_code == 204
