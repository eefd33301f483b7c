"""Binding WeChat by a code, and the alert's link, with the sandbox as WeChat."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from server.db import db, transaction
from server.domain import clock
from server.domain.delivery import DeliveryStatus
from server.domain.events import Audience
from server.models import Delivery, Notice, Staff, StaffBinding
from server.services.cancellations import request_cancellation
from tests import builders
from tests.backoffice.browser import post, sign_in, token_on
from tests.backoffice.conftest import Case
from tests.fixtures_sandbox import Sandbox


@pytest.fixture
def alert(case: Case) -> Delivery:
    """HR's alert about the case, taken by WeChat."""
    found = db.session.scalars(
        select(Delivery).join(Delivery.notice).where(Notice.audience == Audience.STAFF)
    ).one()
    with transaction() as session:
        row = session.get_one(Delivery, found.id)
        row.status, row.sent_at, row.next_attempt_at = DeliveryStatus.ACCEPTED, clock.utc_now(), None
    return db.session.get_one(Delivery, found.id)


def _scanned(openid: str = "oa-new-phone") -> int:
    with transaction() as session:
        binding = session.scalars(select(StaffBinding).order_by(StaffBinding.id.desc())).first()
        assert binding
        binding.scanned_openid, binding.scanned_at = openid, clock.utc_now()
        return binding.id


def _status(delivery_id: int) -> DeliveryStatus:
    db.session.rollback()
    return db.session.get_one(Delivery, delivery_id).status


def test_a_code_is_shown_scanned_and_confirmed(client: FlaskClient, app: Flask) -> None:
    who = builders.staff()
    sign_in(client, who)
    page = post(client, "/wechat/codes").location
    assert "<svg" in client.get(page).text
    binding_id = _scanned()
    assert "确认绑定" in client.get(page).text
    assert post(client, f"/wechat/codes/{binding_id}/confirmation", page).location == "/wechat"
    db.session.rollback()
    assert db.session.get_one(Staff, who.id).openid == "oa-new-phone"
    assert "已绑定微信" in client.get("/wechat").text


def test_the_code_page_follows_the_scan(client: FlaskClient, app: Flask) -> None:
    sign_in(client, builders.staff())
    page = "binding:" + post(client, "/wechat/codes").location.rpartition("/")[2]
    state = client.get(f"/follow?page={page}").get_json()
    shown = {"page": page, "v": state["version"], "n": 0, "t": state["trouble"] or ""}
    assert client.get("/follow", query_string=shown).status_code == 204
    _scanned()
    assert client.get("/follow", query_string=shown).status_code == 200


def test_a_code_that_nobody_scanned_binds_nothing(client: FlaskClient, app: Flask) -> None:
    sign_in(client, builders.staff())
    page = post(client, "/wechat/codes").location
    answer = post(client, f"{page}/confirmation")
    assert answer.status_code == 409
    assert "还没有被扫描" in answer.text


def test_somebody_elses_code_does_not_exist(app: Flask, client: FlaskClient) -> None:
    sign_in(client, builders.staff())
    page = post(client, "/wechat/codes").location
    other = app.test_client()
    sign_in(other, builders.staff("周航"))
    assert other.get(page).status_code == 404
    assert post(other, f"{page}/confirmation").status_code == 404


def test_a_wechat_of_another_account_is_refused_in_words(client: FlaskClient, case: Case) -> None:
    sign_in(client, builders.staff("周航"))
    page = post(client, "/wechat/codes").location
    _scanned("oa-li-min")
    answer = post(client, f"{page}/confirmation", page)
    assert answer.status_code == 409
    assert "已绑定其他员工账号" in answer.text


def test_without_wechat_the_page_says_so_and_stands(client: FlaskClient, app: Flask, wechat: Sandbox) -> None:
    sign_in(client, builders.staff())
    wechat.settings(down=True)
    answer = post(client, "/wechat/codes")
    assert answer.status_code == 503
    assert "暂时无法生成二维码" in answer.text
    assert "生成二维码</button>" in answer.text


def test_unbinding_asks_first_and_may_be_said_twice(browser: FlaskClient, case: Case) -> None:
    assert "保留绑定" in browser.get("/wechat/unbinding").text
    for _ in range(2):
        assert post(browser, "/wechat/unbinding").location == "/wechat"
    db.session.rollback()
    assert db.session.get_one(Staff, case.recruiter.id).openid is None


def test_the_alerts_link_leads_its_recipient_to_the_cancellation(
    browser: FlaskClient, case: Case, alert: Delivery
) -> None:
    answer = browser.get(f"/m/{alert.token}")
    assert answer.location == f"/cancellations/{case.cancellation.id}?d={alert.token}"
    page = browser.get(answer.location).text
    assert f"/m/{alert.token}/opened" in page
    assert "确认取消" in page


def test_opening_counts_only_when_the_page_of_the_recipient_says_so(
    app: Flask, browser: FlaskClient, case: Case, alert: Delivery
) -> None:
    browser.get(f"/m/{alert.token}")
    browser.get(f"/cancellations/{case.cancellation.id}?d={alert.token}")
    assert _status(alert.id) is DeliveryStatus.ACCEPTED
    admin = app.test_client()
    sign_in(admin, builders.staff("管理员", builders.Role.ADMIN))
    assert admin.get(f"/m/{alert.token}").location == f"/cancellations/{case.cancellation.id}"
    assert post(admin, f"/m/{alert.token}/opened").status_code == 404
    assert _status(alert.id) is DeliveryStatus.ACCEPTED
    assert browser.post(f"/m/{alert.token}/opened").status_code == 400
    header = {"X-CSRFToken": token_on(browser, "/wechat")}
    assert browser.post(f"/m/{alert.token}/opened", headers=header).status_code == 204
    assert _status(alert.id) is DeliveryStatus.OPENED


def test_an_unknown_link_says_so(client: FlaskClient, app: Flask) -> None:
    answer = client.get("/m/no-such-token")
    assert answer.status_code == 404
    assert "提醒链接无效" in answer.text


@pytest.fixture
def bound(case: Case, alert: Delivery, wechat: Sandbox) -> str:
    """The recruiter's WeChat is the one of a person of the sandbox."""
    openid = str(wechat.person("li-min")["oa_openid"])
    with transaction() as session:
        session.get_one(Staff, case.recruiter.id).openid = openid
    return openid


def _through_wechat(client: FlaskClient, token: str, sandbox: Sandbox, person: str) -> str:
    """Open the link in the person's WeChat; returns the path WeChat sends the browser back to."""
    asked = client.get(f"/m/{token}")
    assert asked.status_code == 302
    assert asked.location.startswith(f"{sandbox.url}/connect/oauth2/authorize?")
    http = requests.Session()
    http.trust_env = False
    http.cookies.set("sandbox_person", person)
    back = http.get(asked.location, allow_redirects=False, timeout=10).headers["Location"]
    return back[back.index("/m/oauth") :]


def test_a_tap_on_the_alert_signs_in_and_opens_the_cancellation(
    client: FlaskClient, case: Case, alert: Delivery, wechat: Sandbox, bound: str
) -> None:
    back = _through_wechat(client, alert.token, wechat, "li-min")
    answer = client.get(back)
    assert answer.location == f"/cancellations/{case.cancellation.id}?d={alert.token}"
    assert "确认取消" in client.get(answer.location).text


def test_the_way_back_works_once_and_only_in_the_browser_that_asked(
    app: Flask, client: FlaskClient, case: Case, alert: Delivery, wechat: Sandbox, bound: str
) -> None:
    back = _through_wechat(client, alert.token, wechat, "li-min")
    stranger = app.test_client()
    assert stranger.get(back).status_code == 400
    assert stranger.get("/").status_code == 303
    assert client.get(back).status_code == 302
    assert client.get(back).status_code == 400


def test_a_wechat_nobody_has_bound_may_sign_in_by_password_and_go_on(
    client: FlaskClient, case: Case, alert: Delivery, wechat: Sandbox, bound: str
) -> None:
    answer = client.get(_through_wechat(client, alert.token, wechat, "zhou-hang"))
    assert answer.status_code == 401
    assert "还没有绑定员工账号" in answer.text
    assert f"/sign-in?next=/m/{alert.token}" in answer.text
    assert sign_in(client, case.recruiter, next=f"/m/{alert.token}").location == f"/m/{alert.token}"


def test_a_spent_code_is_explained(
    client: FlaskClient, case: Case, alert: Delivery, wechat: Sandbox, bound: str
) -> None:
    back = urlsplit(_through_wechat(client, alert.token, wechat, "li-min"))
    state = parse_qs(back.query)["state"][0]
    answer = client.get(f"/m/oauth?code=spent&state={state}")
    assert answer.status_code == 503
    assert "微信登录没有成功" in answer.text


def test_confirming_on_the_phone_shows_the_ladder_and_the_link_keeps_telling_the_truth(
    browser: FlaskClient, case: Case, alert: Delivery
) -> None:
    page = f"/cancellations/{case.cancellation.id}"
    answer = post(browser, f"{page}/confirmation", page, htmx=True, view="phone")
    assert 'class="ladder"' in answer.text
    assert json.loads(answer.headers["HX-Trigger"])["yuemian:said"]["words"].startswith("已确认取消")
    again = browser.get(browser.get(f"/m/{alert.token}").location)
    assert "已确认取消" in again.text
    assert "confirm-" not in again.text


def test_a_cancellation_without_an_alert_needs_no_link(app: Flask, client: FlaskClient) -> None:
    recruiter = builders.staff()
    made = builders.interview(of=builders.position(recruiter), openid="mp-chen")
    act, _ = request_cancellation(made.id, builders.as_candidate(made), "personal", None, "key-of-it")
    sign_in(client, recruiter)
    assert "data-opened" not in client.get(f"/cancellations/{act.id}").text
