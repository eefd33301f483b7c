"""The candidate's API over the test client, with WeChat played by the sandbox."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.db import db, transaction
from server.domain import clock
from server.domain.clock import utc_now
from server.domain.interview import InterviewStatus
from server.models import Candidate, Interview
from server.services.cancellations import cancel_interview, confirm_cancellation
from tests import builders
from tests.fixtures_sandbox import INVITATION, Sandbox

KEY = {"Idempotency-Key": "key-0000-0001"}


class Caller:
    """One WeChat of the sandbox."""

    def __init__(self, client: FlaskClient, wechat: Sandbox, person: str) -> None:
        self.client, self.wechat, self.person = client, wechat, person
        self.headers: dict[str, str] = {}

    def sign_in(self, invite: str | None = None) -> TestResponse:
        body: dict[str, Any] = {"code": self.wechat.login_code(self.person)}
        answer = self.client.post("/api/v1/sessions", json=body | ({"invite": invite} if invite else {}))
        if answer.status_code == 201:
            self.headers = {"Authorization": f"Bearer {answer.json['token']}"}
        return answer

    def get(self, path: str) -> TestResponse:
        return self.client.get(f"/api/v1{path}", headers=self.headers)

    def post(self, path: str, body: Any = None, headers: dict[str, str] | None = None) -> TestResponse:
        return self.client.post(f"/api/v1{path}", json=body, headers=self.headers | (headers or {}))


@pytest.fixture
def caller(client: FlaskClient, wechat: Sandbox) -> Caller:
    return Caller(client, wechat, "chen-siyuan")


@pytest.fixture
def stranger(client: FlaskClient, wechat: Sandbox) -> Caller:
    return Caller(client, wechat, "lin-xiao")


@pytest.fixture
def interview(app: Flask) -> Interview:
    return builders.interview()


def _problem(answer: TestResponse, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.json
    assert set(answer.json) == {"code", "message", "errors", "request_id"}
    assert answer.json["code"] == code
    assert any("\u4e00" <= letter <= "\u9fff" for letter in answer.json["message"])
    assert answer.json["request_id"] == answer.headers["X-Request-ID"]
    return dict(answer.json)


def test_the_first_wechat_binds_and_may_come_again(caller: Caller, interview: Interview) -> None:
    first = caller.sign_in(interview.invite_token)
    assert first.status_code == 201
    assert first.json["candidate"] == {"name": "陈思远"}
    assert first.json["interview_id"] == interview.id
    assert first.json["templates"]["interview_invitation"] == INVITATION
    assert caller.sign_in(interview.invite_token).status_code == 201
    assert caller.sign_in().json["candidate"] == {"name": "陈思远"}
    assert "openid" not in first.get_data(as_text=True)


def test_a_second_wechat_is_refused_in_words(caller: Caller, stranger: Caller, interview: Interview) -> None:
    caller.sign_in(interview.invite_token)
    problem = _problem(stranger.sign_in(interview.invite_token), 409, "invite_taken")
    assert "已被其他微信绑定" in problem["message"]
    assert stranger.sign_in().json["candidate"] is None


def test_one_wechat_cannot_be_two_candidates(caller: Caller, interview: Interview) -> None:
    caller.sign_in(interview.invite_token)
    other = builders.interview("林晓")
    _problem(caller.sign_in(other.invite_token), 409, "invite_taken")


def test_an_unknown_invitation(caller: Caller, app: Flask) -> None:
    _problem(caller.sign_in("no-such-invitation"), 404, "invite_unknown")


def test_a_used_code_asks_to_sign_in_again(
    caller: Caller, client: FlaskClient, app: Flask, wechat: Sandbox
) -> None:
    code = wechat.login_code("chen-siyuan")
    assert client.post("/api/v1/sessions", json={"code": code}).status_code == 201
    _problem(client.post("/api/v1/sessions", json={"code": code}), 401, "login_code_invalid")
    _problem(client.post("/api/v1/sessions", json={"code": "made-up"}), 401, "login_code_invalid")


def test_a_blocked_user_and_a_dead_wechat(caller: Caller, app: Flask, wechat: Sandbox) -> None:
    wechat.behave("chen-siyuan", login_blocked=True)
    _problem(caller.sign_in(), 403, "login_blocked")
    wechat.behave("chen-siyuan", login_blocked=False)
    wechat.settings(down=True)
    _problem(caller.sign_in(), 503, "wechat_unavailable")
    wechat.settings(down=False)


@pytest.mark.parametrize("path", ["/interviews", "/interviews/1", "/reasons", "/notices", "/notices/1"])
def test_nobody_reads_without_signing_in(client: FlaskClient, path: str) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic eDp5"}):
        _problem(client.get(f"/api/v1{path}", headers=headers), 401, "unauthorized")


@pytest.mark.parametrize(
    "path",
    ["/interviews/1/confirmation", "/interviews/1/cancellation", "/notices/1/acknowledgement", "/openings"],
)
def test_nobody_acts_without_signing_in(client: FlaskClient, path: str) -> None:
    body = {"reason": "personal", "token": "x"}
    answer = client.post(f"/api/v1{path}", json=body, headers=KEY)
    assert answer.status_code in (401, 422)


def test_a_wechat_bound_to_nobody_is_told_what_to_do(caller: Caller, app: Flask) -> None:
    caller.sign_in()
    _problem(caller.get("/interviews"), 403, "not_bound")


def test_a_session_ends(caller: Caller, interview: Interview) -> None:
    caller.sign_in(interview.invite_token)
    with clock.clock_at(lambda: clock._system_time() + timedelta(days=31)):
        _problem(caller.get("/interviews"), 401, "unauthorized")


def test_the_interview_as_its_candidate_sees_it(caller: Caller, interview: Interview) -> None:
    caller.sign_in(interview.invite_token)
    shown = caller.get(f"/interviews/{interview.id}").json
    assert shown["status_text"] == "待确认"
    assert shown["can_confirm"] is shown["can_cancel"] is True
    assert shown["why_not"] is shown["cancellation"] is None
    assert shown["contact"]["phone"] == "010-66551234"
    assert shown["starts_at"].endswith("Z")
    assert caller.get("/interviews").json["items"] == [shown]


def test_somebody_elses_objects_are_not_found(caller: Caller, stranger: Caller, interview: Interview) -> None:
    caller.sign_in(interview.invite_token)
    mine = builders.interview("林晓")
    stranger.sign_in(mine.invite_token)
    delivery = builders.invited(interview)
    for answer in (
        stranger.get(f"/interviews/{interview.id}"),
        stranger.post(f"/interviews/{interview.id}/confirmation"),
        stranger.post(f"/interviews/{interview.id}/cancellation", {"reason": "personal"}, KEY),
        stranger.get(f"/notices/{delivery.notice_id}"),
        stranger.post(f"/notices/{delivery.notice_id}/acknowledgement"),
        stranger.post("/openings", {"token": delivery.token}),
        stranger.get("/interviews/999999999"),
    ):
        _problem(answer, 404, "not_found")
    db.session.rollback()
    assert db.session.get_one(Interview, interview.id).status is InterviewStatus.INVITED


def test_confirming_twice_is_the_same(caller: Caller, interview: Interview) -> None:
    caller.sign_in(interview.invite_token)
    first = caller.post(f"/interviews/{interview.id}/confirmation")
    assert (first.status_code, first.json["status"]) == (200, "confirmed")
    assert caller.post(f"/interviews/{interview.id}/confirmation").json == first.json


def test_cancelling_and_the_second_tap(caller: Caller, interview: Interview) -> None:
    caller.sign_in(interview.invite_token)
    path = f"/interviews/{interview.id}/cancellation"
    first = caller.post(path, {"reason": "time_conflict"}, KEY)
    assert first.status_code == 201
    made = first.json["cancellation"]
    assert (made["status"], made["reason"]["label"], made["initiator_text"]) == (
        "requested",
        "时间冲突",
        "候选人",
    )
    assert "HR 已收到" in made["next_step"]
    second = caller.post(path, {"reason": "personal"}, KEY)
    assert (second.status_code, second.json) == (200, first.json)
    _problem(caller.post(f"/interviews/{interview.id}/confirmation"), 409, "invalid_transition")


@pytest.mark.parametrize(
    ("body", "headers", "field"),
    [
        ({}, KEY, "reason"),
        ({"reason": ""}, KEY, "reason"),
        ({"reason": None}, KEY, "reason"),
        ({"reason": 7}, KEY, "reason"),
        ({"reason": "nonsense"}, KEY, "reason"),
        ({"reason": "other", "note": "很" * 201}, KEY, "note"),
        ({"reason": "other", "note": ["x"]}, KEY, "note"),
        ({"reason": "other", "wish": "x"}, KEY, "wish"),
        ({"reason": "other"}, {}, "Idempotency-Key"),
        ({"reason": "other"}, {"Idempotency-Key": "short"}, "Idempotency-Key"),
        ({"reason": "other"}, {"Idempotency-Key": "x" * 65}, "Idempotency-Key"),
    ],
)
def test_bad_input_names_the_field(
    caller: Caller, interview: Interview, body: Any, headers: dict[str, str], field: str
) -> None:
    caller.sign_in(interview.invite_token)
    answer = caller.post(f"/interviews/{interview.id}/cancellation", body, headers)
    assert field in _problem(answer, 422, "invalid")["errors"]
    assert caller.get(f"/interviews/{interview.id}").json["status"] == "invited"


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'"x"', b"\xff\xfe", b"null"])
def test_what_is_no_json_object_is_refused_in_words(caller: Caller, interview: Interview, raw: bytes) -> None:
    caller.sign_in(interview.invite_token)
    answer = caller.client.post(
        f"/api/v1/interviews/{interview.id}/cancellation",
        data=raw,
        headers=caller.headers | KEY | {"Content-Type": "application/json"},
    )
    assert answer.status_code in (400, 422)
    assert answer.json["message"]


def test_what_was_handed_in_says_why_it_cannot_be_cancelled(caller: Caller, app: Flask) -> None:
    interview = builders.interview(submitted_at=utc_now())
    caller.sign_in(interview.invite_token)
    assert "已提交" in caller.get(f"/interviews/{interview.id}").json["why_not"]
    answer = caller.post(f"/interviews/{interview.id}/cancellation", {"reason": "personal"}, KEY)
    _problem(answer, 409, "already_submitted")


def test_what_the_company_cancelled_is_told_truly(caller: Caller, app: Flask) -> None:
    recruiter = builders.staff()
    interview = builders.interview(of=builders.position(recruiter))
    caller.sign_in(interview.invite_token)
    cancel_interview(interview.id, recruiter, builders.as_staff(recruiter), "position_filled", "内部备注")
    shown = caller.get(f"/interviews/{interview.id}").json
    assert shown["cancellation"]["initiator_text"] == "公司"
    assert shown["cancellation"]["note"] is None
    assert not shown["can_cancel"]
    [notice] = caller.get("/notices").json["items"]
    assert (notice["event"], notice["reason"]) == ("cancelled_by_company", "岗位已招满")
    assert "李敏" in "".join(notice["paragraphs"])


def test_reading_a_notice_is_no_acknowledgement(caller: Caller, app: Flask) -> None:
    recruiter = builders.staff()
    interview = builders.interview(of=builders.position(recruiter))
    caller.sign_in(interview.invite_token)
    made = caller.post(f"/interviews/{interview.id}/cancellation", {"reason": "personal"}, KEY).json[
        "cancellation"
    ]
    confirm_cancellation(made["id"], recruiter, builders.as_staff(recruiter))
    [notice] = caller.get("/notices").json["items"]
    assert caller.get(f"/notices/{notice['id']}").json["acknowledged_at"] is None
    first = caller.post(f"/notices/{notice['id']}/acknowledgement").json
    assert first["acknowledged_at"]
    assert not first["can_acknowledge"]
    assert caller.post(f"/notices/{notice['id']}/acknowledgement").json == first


def test_reasons_are_offered_in_their_order(caller: Caller, interview: Interview) -> None:
    caller.sign_in(interview.invite_token)
    reasons = caller.get("/reasons").json["items"]
    assert [reason["label"] for reason in reasons][:2] == ["时间冲突", "已找到其他工作"]
    assert [reason["code"] for reason in reasons if reason["asks_note"]] == ["other"]


def test_consents_are_reported_and_nonsense_is_not_taken(caller: Caller, interview: Interview) -> None:
    caller.sign_in(interview.invite_token)
    assert caller.post("/subscriptions", {"results": {INVITATION: "accept"}}).status_code == 204
    for results in (None, [], {"x" * 65: "accept"}, {f"t{number}": "accept" for number in range(6)}):
        _problem(caller.post("/subscriptions", {"results": results}), 422, "invalid")


def test_an_unbound_candidate_loses_access_at_once(caller: Caller, interview: Interview) -> None:
    caller.sign_in(interview.invite_token)
    with transaction() as session:
        session.get_one(Candidate, interview.candidate_id).openid = None
    _problem(caller.get("/interviews"), 403, "not_bound")


def test_unknown_paths_and_methods_answer_in_json(client: FlaskClient) -> None:
    _problem(client.get("/api/v1/nowhere"), 404, "not_found")
    _problem(client.delete("/api/v1/interviews"), 405, "method_not_allowed")
