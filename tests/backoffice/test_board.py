"""待处理: what waits, confirming it once, and following by itself."""

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from server.db import db
from server.domain import clock
from server.domain.cancellation import CancellationStatus
from server.domain.events import Event
from server.domain.permissions import Role
from server.models import AuditEntry, Cancellation, Delivery, DeliveryEvent, Notice
from server.services.cancellations import request_cancellation
from tests import builders
from tests.backoffice.browser import part, post, sign_in
from tests.backoffice.conftest import Case


def _confirm(client: FlaskClient, case: Case, **more: object) -> object:
    return post(client, f"/cancellations/{case.cancellation.id}/confirmation", **more)


def _now(case: Case) -> Cancellation:
    db.session.rollback()
    return db.session.get_one(Cancellation, case.cancellation.id)


def test_a_candidates_cancellation_stands_on_the_board_with_its_reason_and_clock(
    browser: FlaskClient, case: Case
) -> None:
    page = browser.get("/").text
    for words in ("陈思远", "时间冲突", "要参加毕业答辩", "确认取消", "剩余"):
        assert words in page
    assert "<title>(1) 待处理 · 约面</title>" in page


def test_one_click_confirms_and_shows_the_ladder_of_the_candidates_message(
    browser: FlaskClient, case: Case
) -> None:
    answer = _confirm(browser, case, page="/", htmx=True)
    assert _now(case).status is CancellationStatus.CONFIRMED
    assert "已确认" in answer.text
    assert 'class="ladder"' in answer.text
    assert "<html" not in answer.text
    assert "yuemian:said" in answer.headers["HX-Trigger"]


def test_confirming_works_without_javascript(browser: FlaskClient, case: Case) -> None:
    answer = _confirm(browser, case, page="/")
    assert (answer.status_code, answer.location) == (303, "/")
    assert "已确认取消" in browser.get("/").text


def test_confirming_twice_tells_the_candidate_once(browser: FlaskClient, case: Case) -> None:
    _confirm(browser, case)
    again = _confirm(browser, case, htmx=True)
    assert again.status_code == 200
    assert _now(case).status is CancellationStatus.CONFIRMED
    assert len(builders.notices(Event.CANCELLATION_CONFIRMED)) == 1


def test_two_recruiters_confirm_and_the_second_reads_who_was_first(
    app: Flask, browser: FlaskClient, case: Case
) -> None:
    admin, other = builders.staff("孟岩", Role.ADMIN), app.test_client()
    sign_in(other, admin)
    _confirm(browser, case)
    _confirm(other, case)
    assert "此前已由李敏确认" in other.get("/").text
    assert _now(case).confirmed_by_id == case.recruiter.id


def test_another_recruiters_cancellation_is_not_there(app: Flask, client: FlaskClient, case: Case) -> None:
    sign_in(client, builders.staff("周航"))
    assert "陈思远" not in client.get("/").text
    assert _confirm(client, case).status_code == 404
    assert client.get(f"/cancellations/{case.cancellation.id}").status_code == 404
    assert client.get(f"/follow?page=cancellation:{case.cancellation.id}").status_code == 404
    assert _now(case).status is CancellationStatus.REQUESTED


def test_an_auditor_reads_the_board_and_cannot_confirm(app: Flask, client: FlaskClient, case: Case) -> None:
    sign_in(client, builders.staff("孟岩", Role.AUDITOR))
    page = client.get("/").text
    assert "陈思远" in page
    assert f"confirm-{case.cancellation.id}" not in page
    assert _confirm(client, case).status_code == 404


def test_the_clock_turns_amber_and_then_red(browser: FlaskClient, case: Case) -> None:
    with clock.clock_at(clock.utc_now() + timedelta(minutes=50)):
        assert "clock-soon" in part(browser, "/").text
    with clock.clock_at(clock.utc_now() + timedelta(minutes=75)):
        late = part(browser, "/").text
    assert "clock-late" in late
    assert "已超时 15 分钟" in late


def test_an_empty_board_says_what_to_expect(client: FlaskClient, app: Flask) -> None:
    sign_in(client, builders.staff())
    assert "都处理完了" in client.get("/").text


def _shown(client: FlaskClient) -> dict[str, str]:
    state = client.get("/follow?page=board").get_json()
    return {"page": "board", "v": state["version"], "n": state["waiting"], "t": state["trouble"] or ""}


def test_a_page_that_follows_hears_of_a_new_cancellation_and_of_nothing_else(
    browser: FlaskClient, case: Case
) -> None:
    shown = _shown(browser)
    assert browser.get("/follow", query_string=shown).status_code == 204
    second = builders.interview("林晓", of=case.interview.position, openid="mp-lin")
    request_cancellation(second.id, builders.as_candidate(second), "personal", None, "key-of-lin")
    state = browser.get("/follow", query_string=shown)
    assert state.status_code == 200
    assert state.get_json()["waiting"] == 2
    assert "林晓" in part(browser, "/").text


def test_the_version_on_the_board_is_the_one_that_following_compares(browser: FlaskClient) -> None:
    assert f'data-version="{_shown(browser)["v"]}"' in part(browser, "/").text


def test_what_was_just_confirmed_leaves_its_place_after_a_while(browser: FlaskClient, case: Case) -> None:
    _confirm(browser, case)
    before = _shown(browser)
    assert f'id="case-{case.cancellation.id}"' in part(browser, "/").text
    with clock.clock_at(clock.utc_now() + timedelta(minutes=3)):
        assert browser.get("/follow", query_string=before).status_code == 200
        page = part(browser, "/").text
    assert f'id="case-{case.cancellation.id}"' not in page
    assert "最近处理" in page


def test_reading_pages_changes_nothing(browser: FlaskClient, case: Case) -> None:
    def counts() -> list[int]:
        tables = (AuditEntry, Cancellation, Notice, Delivery, DeliveryEvent)
        db.session.rollback()
        return [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]

    before = counts()
    for path in (
        "/",
        "/interviews",
        f"/interviews/{case.interview.id}",
        f"/interviews/{case.interview.id}/cancel",
        f"/cancellations/{case.cancellation.id}",
        "/wechat",
        "/wechat/unbinding",
        "/follow?page=board",
        "/healthz",
        "/readyz",
    ):
        assert browser.get(path).status_code in (200, 303), path
    assert counts() == before
    assert _now(case).status is CancellationStatus.REQUESTED
