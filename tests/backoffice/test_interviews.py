"""The list, the record and cancelling for the company."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.db import db, transaction
from server.domain import clock
from server.domain.events import Event
from server.domain.interview import InterviewStatus
from server.domain.permissions import Role
from server.models import Interview, SubscriptionGrant
from server.runtime import runtime
from tests import builders
from tests.backoffice.browser import part, post, sign_in
from tests.backoffice.conftest import Case


@pytest.fixture
def standing(case: Case) -> Interview:
    """Another interview of the case's recruiter, not cancelled."""
    return builders.interview("林晓", of=case.interview.position, openid="mp-lin")


def _status(interview_id: int) -> InterviewStatus:
    db.session.rollback()
    return db.session.get_one(Interview, interview_id).status


@pytest.mark.parametrize("text", ["思远", "AI-2024", "开发工程"])
def test_part_of_a_name_a_number_or_a_position_finds_an_interview(browser: FlaskClient, text: str) -> None:
    page = browser.get("/interviews", query_string={"q": text}).text
    assert "陈思远" in page
    assert f'value="{text}"' in page


def test_what_nobody_has_is_an_empty_state_with_a_way_back(browser: FlaskClient) -> None:
    page = browser.get("/interviews?q=查无此人").text
    assert "没有找到符合条件的面试" in page
    assert "清除条件" in page


def test_wildcards_of_the_database_are_ordinary_characters(browser: FlaskClient) -> None:
    assert "陈思远" not in browser.get("/interviews", query_string={"q": "%"}).text


def test_without_any_data_the_list_says_how_to_import(client: FlaskClient, app: Flask) -> None:
    sign_in(client, builders.staff())
    assert "import-interviews" in client.get("/interviews").text


def test_the_status_filters_and_nonsense_is_ignored(browser: FlaskClient, standing: Interview) -> None:
    assert "林晓" in browser.get("/interviews?status=invited").text
    assert "陈思远" not in browser.get("/interviews?status=invited").text
    assert "陈思远" in browser.get("/interviews?status=nonsense&after=nonsense").text


def test_pages_follow_each_other_without_loss_and_keep_the_filter(browser: FlaskClient, case: Case) -> None:
    for number in range(35):
        builders.interview(f"候选{number:02d}", of=case.interview.position)
    first = browser.get("/interviews?q=候选").text
    link = next(part for part in first.split('"') if part.startswith("/interviews?") and "after=" in part)
    second = browser.get(link.replace("&amp;", "&")).text
    seen = [f"候选{number:02d}" for number in range(35) if (f"候选{number:02d}" in first)]
    rest = [f"候选{number:02d}" for number in range(35) if (f"候选{number:02d}" in second)]
    assert len(seen) == 30
    assert sorted(seen + rest) == [f"候选{number:02d}" for number in range(35)]


def test_htmx_gets_the_results_alone_and_the_history_the_whole_page(browser: FlaskClient) -> None:
    assert "<html" not in part(browser, "/interviews").text
    back = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in browser.get("/interviews", headers=back).text


def test_the_record_tells_everything(browser: FlaskClient, case: Case) -> None:
    page = browser.get(f"/interviews/{case.interview.id}").text
    for words in (
        case.interview.candidate.mobile,
        "要参加毕业答辩",
        "候选人取消提醒",
        "面试邀请",
        "申请取消面试",
        "排队中",
        case.cancellation.number,
    ):
        assert words in page


def test_a_foreign_record_does_not_exist(client: FlaskClient, case: Case) -> None:
    sign_in(client, builders.staff("周航"))
    for path in ("", "/cancel"):
        assert client.get(f"/interviews/{case.interview.id}{path}").status_code == 404
    assert client.get(f"/follow?page=interview:{case.interview.id}").status_code == 404
    answer = post(client, f"/interviews/{case.interview.id}/cancel", reason="position_filled")
    assert answer.status_code == 404


def test_what_a_candidate_wrote_is_shown_and_never_run(browser: FlaskClient, case: Case) -> None:
    with transaction() as session:
        session.get_one(type(case.cancellation), case.cancellation.id).note = "<script>alert(1)</script>"
    page = browser.get(f"/interviews/{case.interview.id}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_the_invitation_code_is_shown_only_while_nobody_is_bound(browser: FlaskClient, case: Case) -> None:
    unbound = builders.interview("徐然", of=case.interview.position)
    page = browser.get(f"/interviews/{unbound.id}").text
    assert f"pages/interview/index?invite={unbound.invite_token}" in page
    assert case.interview.invite_token not in browser.get(f"/interviews/{case.interview.id}").text


def test_an_auditor_sees_the_record_without_the_invitation_code_or_buttons(
    client: FlaskClient, case: Case
) -> None:
    unbound = builders.interview("徐然", of=case.interview.position)
    sign_in(client, builders.staff("孟岩", Role.AUDITOR))
    page = client.get(f"/interviews/{unbound.id}").text
    assert unbound.invite_token not in page
    assert "plan-cancellation" not in page
    assert client.get(f"/interviews/{unbound.id}/cancel").status_code == 404


def test_the_cancel_page_shows_what_the_candidate_will_read(
    browser: FlaskClient, standing: Interview
) -> None:
    path = f"/interviews/{standing.id}/cancel"
    assert "〔所选原因〕" in browser.get(path).text
    preview = part(browser, f"{path}?reason=position_filled").text
    assert "<html" not in preview
    assert "取消原因：岗位已招满" in preview
    assert _status(standing.id) is InterviewStatus.INVITED


@pytest.mark.parametrize(
    ("bound", "consents", "words"),
    [
        (False, 0, "还没有绑定微信"),
        (True, 0, "可能通知不到"),
        (True, 1, "可以通知到"),
    ],
)
def test_the_cancel_page_says_whether_the_message_can_arrive(
    browser: FlaskClient, case: Case, bound: bool, consents: int, words: str
) -> None:
    made = builders.interview("徐然", of=case.interview.position, openid="mp-xu" if bound else None)
    template_id = runtime().settings.wechat.miniprogram.templates["cancellation_result"]
    with transaction() as session:
        for _ in range(consents):
            session.add(
                SubscriptionGrant(
                    candidate_id=made.candidate_id, template_id=template_id, choice="accept", source="page"
                )
            )
    assert words in browser.get(f"/interviews/{made.id}/cancel").text


def test_cancelling_for_the_company_tells_the_candidate(browser: FlaskClient, standing: Interview) -> None:
    answer = post(browser, f"/interviews/{standing.id}/cancel", reason="position_filled", note="HC 已用完")
    assert answer.location == f"/interviews/{standing.id}"
    assert _status(standing.id) is InterviewStatus.CANCELLED
    page = browser.get(answer.location).text
    assert "已取消这场面试" in page
    assert "HC 已用完" in page
    assert len(builders.notices(Event.CANCELLED_BY_COMPANY)) == 1


def test_a_candidate_whom_wechat_cannot_reach_is_to_be_called(browser: FlaskClient, case: Case) -> None:
    unbound = builders.interview("徐然", of=case.interview.position)
    answer = post(browser, f"/interviews/{unbound.id}/cancel", reason="position_filled")
    page = browser.get(answer.location).text
    assert "没有通知到候选人" in page
    assert f"tel:{unbound.candidate.mobile}" in page


def test_a_refused_form_keeps_what_was_typed(browser: FlaskClient, standing: Interview) -> None:
    path = f"/interviews/{standing.id}/cancel"
    answer = post(browser, path, reason="", note="已经和候选人电话沟通过")
    assert answer.status_code == 422
    assert "请选择一个取消原因" in answer.text
    assert "已经和候选人电话沟通过" in answer.text
    long = post(browser, path, reason="position_filled", note="很" * 201)
    assert "最多 200 个字" in long.text
    assert 'value="position_filled"' in long.text
    assert "checked" in long.text
    assert _status(standing.id) is InterviewStatus.INVITED


def test_a_reason_of_candidates_is_no_reason_of_the_company(
    browser: FlaskClient, standing: Interview
) -> None:
    assert post(browser, f"/interviews/{standing.id}/cancel", reason="time_conflict").status_code == 422


def test_cancelling_what_is_cancelled_leads_to_the_true_state(browser: FlaskClient, case: Case) -> None:
    path = f"/interviews/{case.interview.id}/cancel"
    assert browser.get(path).location == f"/interviews/{case.interview.id}"
    answer = post(browser, path, reason="position_filled")
    assert answer.location == f"/interviews/{case.interview.id}"
    assert "刚刚已被取消" in browser.get(answer.location).text
    assert builders.notices(Event.CANCELLED_BY_COMPANY) == []


def test_an_interview_that_is_over_cannot_be_cancelled(browser: FlaskClient, standing: Interview) -> None:
    with clock.clock_at(clock.utc_now() + timedelta(days=5)):
        assert "plan-cancellation" not in part(browser, f"/interviews/{standing.id}").text
        assert browser.get(f"/interviews/{standing.id}/cancel").status_code == 303


def test_the_record_follows_what_happens_to_it(browser: FlaskClient, standing: Interview) -> None:
    page = f"interview:{standing.id}"
    state = browser.get(f"/follow?page={page}").get_json()
    shown = {"page": page, "v": state["version"], "n": state["waiting"], "t": state["trouble"] or ""}
    assert browser.get("/follow", query_string=shown).status_code == 204
    builders.invited(standing)
    assert browser.get("/follow", query_string=shown).status_code == 200
