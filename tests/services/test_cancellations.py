"""Cancelling, on every database."""

import contextlib
import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from server.db import db, transaction
from server.domain.cancellation import CancellationStatus, Initiator
from server.domain.clock import utc_now
from server.domain.errors import Conflict, DomainError, Invalid, InvalidTransition, NotFound
from server.domain.events import Event
from server.domain.interview import InterviewStatus
from server.domain.permissions import Role
from server.models import AuditEntry, Cancellation, Interview, Staff
from server.services.cancellations import cancel_interview, confirm_cancellation, request_cancellation
from tests import builders

KEY = "key-0000-0001"


def _request(interview: Interview, reason: str = "time_conflict", note: str | None = None, key: str = KEY):
    return request_cancellation(interview.id, builders.as_candidate(interview), reason, note, key)


def test_a_candidate_cancels_and_the_recruiter_is_alerted(any_app: Flask) -> None:
    interview = builders.interview(openid="openid-of-a-candidate")
    cancellation, created = _request(interview, note="  那天要参加毕业答辩  ")
    assert created
    assert interview.status is InterviewStatus.CANCELLED
    assert cancellation.status is CancellationStatus.REQUESTED
    assert cancellation.initiator is Initiator.CANDIDATE
    assert cancellation.note == "那天要参加毕业答辩"
    assert (cancellation.tell_by - cancellation.requested_at).total_seconds() == 3600
    [notice] = builders.notices(Event.CANDIDATE_CANCELLED)
    assert notice.staff_id == interview.position.recruiter_id
    assert notice.deadline_at == cancellation.tell_by
    assert "时间冲突" in "".join(notice.paragraphs)
    assert [entry.action for entry in db.session.scalars(select(AuditEntry))][-1] == "cancellation.requested"


def test_a_second_tap_gets_the_first_cancellation_with_the_same_key_or_another(any_app: Flask) -> None:
    interview = builders.interview()
    first, _ = _request(interview)
    for key in (KEY, "another-key-1"):
        again, created = _request(interview, reason="personal", key=key)
        assert (again.id, created) == (first.id, False)
        assert again.reason.code == "time_conflict"
    assert len(builders.notices(Event.CANDIDATE_CANCELLED)) == 1


def test_another_candidates_interview_is_not_found(any_app: Flask) -> None:
    interview, other = builders.interview(), builders.interview("林晓")
    with pytest.raises(NotFound):
        request_cancellation(interview.id, builders.as_candidate(other), "personal", None, KEY)


@pytest.mark.parametrize("reason", ["", "no_such_reason", "position_filled", "not_confirmed"])
def test_only_reasons_for_candidates_are_taken(any_app: Flask, reason: str) -> None:
    interview = builders.interview()
    with pytest.raises(Invalid) as refused:
        _request(interview, reason)
    assert "reason" in refused.value.errors
    assert db.session.get_one(Interview, interview.id).status is InterviewStatus.INVITED


def test_a_note_has_a_limit_and_nothing_is_changed_beyond_it(any_app: Flask) -> None:
    interview = builders.interview()
    with pytest.raises(Invalid) as refused:
        _request(interview, "other", "很" * 201)
    assert "note" in refused.value.errors
    assert _request(interview, "other", "很" * 200)[1]


def test_what_was_handed_in_cannot_be_cancelled(any_app: Flask) -> None:
    interview = builders.interview(submitted_at=utc_now())
    with pytest.raises(Conflict) as refused:
        _request(interview)
    assert refused.value.code == "already_submitted"


def test_what_is_over_cannot_be_cancelled(any_app: Flask) -> None:
    interview = builders.interview(starts_in=timedelta(days=-1))
    with pytest.raises(Conflict) as refused:
        _request(interview)
    assert refused.value.code == "interview_over"


@pytest.mark.parametrize("status", [InterviewStatus.COMPLETED, InterviewStatus.NO_SHOW])
def test_a_finished_interview_cannot_be_cancelled(any_app: Flask, status: InterviewStatus) -> None:
    with pytest.raises(InvalidTransition):
        _request(builders.interview(status=status))


def test_the_candidate_is_told_in_words_that_the_company_was_first(any_app: Flask) -> None:
    recruiter = builders.staff()
    interview = builders.interview(of=builders.position(recruiter))
    cancel_interview(interview.id, recruiter, builders.as_staff(recruiter), "position_filled", None)
    with pytest.raises(InvalidTransition, match="已被公司取消"):
        _request(interview)


def test_hr_confirms_once_and_the_candidate_is_told_once(any_app: Flask) -> None:
    recruiter = builders.staff()
    interview = builders.interview(of=builders.position(recruiter), openid="openid-of-a-candidate")
    requested, _ = _request(interview)
    done, by_us = confirm_cancellation(requested.id, recruiter, builders.as_staff(recruiter))
    assert by_us
    assert done.status is CancellationStatus.CONFIRMED
    assert done.confirmed_by_id == recruiter.id
    again, by_us = confirm_cancellation(requested.id, recruiter, builders.as_staff(recruiter))
    assert (again.id, by_us) == (done.id, False)
    [notice] = builders.notices(Event.CANCELLATION_CONFIRMED)
    delivery = builders.last_delivery(notice.id)
    assert delivery.address == "openid-of-a-candidate"
    assert delivery.payload["fields"]["thing4"] == "时间冲突"
    assert f"id={notice.id}" in delivery.payload["link"]
    assert delivery.token in delivery.payload["link"]


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.MANAGER, Role.HIRING_MANAGER, Role.AUDITOR])
def test_who_is_not_responsible_cannot_confirm_or_cancel(any_app: Flask, role: Role) -> None:
    interview = builders.interview()
    requested, _ = _request(interview)
    other = builders.staff("周航", role, department="市场部")
    with pytest.raises(NotFound):
        confirm_cancellation(requested.id, other, builders.as_staff(other))
    with pytest.raises(NotFound):
        cancel_interview(interview.id, other, builders.as_staff(other), "position_filled", None)


def test_a_manager_of_the_department_and_an_admin_can_confirm(any_app: Flask) -> None:
    for who in (
        builders.staff("吴桐", Role.MANAGER, department="技术部"),
        builders.staff("管理员", Role.ADMIN),
    ):
        requested, _ = _request(builders.interview())
        assert confirm_cancellation(requested.id, who, builders.as_staff(who))[1]


def test_the_company_cancels_and_the_candidate_is_told_at_once(any_app: Flask) -> None:
    recruiter = builders.staff()
    interview = builders.interview(of=builders.position(recruiter), openid="openid-of-a-candidate")
    actor = builders.as_staff(recruiter)
    with pytest.raises(Invalid):
        cancel_interview(interview.id, recruiter, actor, "time_conflict", None)
    made = cancel_interview(interview.id, recruiter, actor, "position_filled", None)
    assert made.status is CancellationStatus.CONFIRMED
    assert made.initiator is Initiator.STAFF
    [notice] = builders.notices(Event.CANCELLED_BY_COMPANY)
    assert "岗位已招满" in "".join(notice.paragraphs)
    with pytest.raises(Conflict) as refused:
        cancel_interview(interview.id, recruiter, actor, "position_filled", None)
    assert refused.value.code == "already_cancelled"


@pytest.mark.parametrize("attempt", range(3))
def test_candidate_and_company_at_the_same_moment_have_one_winner(any_app: Flask, attempt: int) -> None:
    recruiter = builders.staff()
    interview = builders.interview(of=builders.position(recruiter))
    candidate_actor, staff_actor = builders.as_candidate(interview), builders.as_staff(recruiter)
    interview_id, recruiter_id = interview.id, recruiter.id
    start = threading.Barrier(4)
    won: list[str] = []

    def candidate() -> None:
        with any_app.app_context():
            start.wait()
            with contextlib.suppress(DomainError):
                if request_cancellation(interview_id, candidate_actor, "personal", None, "same-key-1")[1]:
                    won.append("candidate")
            db.session.remove()

    def company() -> None:
        with any_app.app_context():
            who = db.session.get_one(Staff, recruiter_id)
            start.wait()
            with contextlib.suppress(DomainError):
                cancel_interview(interview_id, who, staff_actor, "position_filled", None)
                won.append("company")
            db.session.remove()

    threads = [threading.Thread(target=target) for target in (candidate, candidate, company, company)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with transaction():
        standing = select(func.count(Cancellation.id)).where(Cancellation.interview_id == interview_id)
        assert (len(won), db.session.scalar(standing)) == (1, 1)
