"""The hour, on every database: reminders, escalation, automatic confirmation, alarms, late."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from server.db import db
from server.domain import clock
from server.domain.cancellation import CancellationStatus
from server.domain.delivery import DeliveryStatus
from server.domain.events import Event
from server.domain.permissions import Role
from server.models import AuditEntry, Cancellation, Delivery, Notice
from server.services.cancellations import cancel_interview, confirm_cancellation, request_cancellation
from server.services.clocks import run_clocks
from server.services.notice_steps import advance_notices
from server.services.outbox import dispatch_due
from tests import builders
from tests.fixtures_sandbox import Sandbox

CASE = tuple[int, int]


@pytest.fixture
def start() -> datetime:
    """A moment the tests count minutes from."""
    return clock.utc_now()


def _at(start: datetime, minutes: float) -> int:
    with clock.clock_at(start + timedelta(minutes=minutes)):
        return run_clocks()


def _requested(start: datetime) -> Cancellation:
    recruiter = builders.staff(openid="o-staff-1")
    builders.staff("吴桐", Role.MANAGER, department="技术部", openid="o-manager-1")
    builders.staff("别人", Role.MANAGER, department="市场部")
    interview = builders.interview(of=builders.position(recruiter))
    with clock.clock_at(start):
        made, _ = request_cancellation(
            interview.id, builders.as_candidate(interview), "personal", None, "key-00000001"
        )
    return made


def _names(event: Event) -> list[str]:
    db.session.rollback()
    return [notice.staff.name for notice in builders.notices(event) if notice.staff]


def test_the_hour_of_a_cancellation_nobody_handles(any_app: Flask, start: datetime) -> None:
    made = _requested(start)
    assert _at(start, 14.9) == 0
    for minute in (15, 15.1, 16, 44):
        _at(start, minute)
    assert _names(Event.CANCELLATION_WAITING) == ["李敏"]
    assert _names(Event.CANCELLATION_OVERDUE) == []
    for minute in (45, 45.1, 35, 59):
        _at(start, minute)
    assert _names(Event.CANCELLATION_OVERDUE) == ["吴桐"]
    for minute in (60, 61, 50, 600):
        _at(start, minute)
    db.session.rollback()
    made = db.session.get_one(Cancellation, made.id, populate_existing=True)
    assert made.status is CancellationStatus.CONFIRMED
    assert made.confirmed_by_id is None
    assert made.clock_due_at is None
    [told] = builders.notices(Event.CANCELLATION_CONFIRMED)
    assert told.deadline_at > made.confirmed_at
    actions = list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))
    for action in ("cancellation.reminded", "cancellation.escalated", "cancellation.confirmed"):
        assert actions.count(action) == 1


def test_what_hr_handles_is_left_alone(any_app: Flask, start: datetime) -> None:
    made = _requested(start)
    recruiter = made.interview.position.recruiter
    confirm_cancellation(made.id, recruiter, builders.as_staff(recruiter))
    for minute in (15, 45, 60):
        _at(start, minute)
    assert _names(Event.CANCELLATION_WAITING) == _names(Event.CANCELLATION_OVERDUE) == []
    assert len(builders.notices(Event.CANCELLATION_CONFIRMED)) == 1


def _cancelled_by_company(start: datetime, openid: str | None = None) -> Notice:
    recruiter = builders.staff(openid="o-staff-1")
    interview = builders.interview(of=builders.position(recruiter), openid=openid)
    with clock.clock_at(start):
        cancel_interview(interview.id, recruiter, builders.as_staff(recruiter), "position_filled", None)
    return builders.notices(Event.CANCELLED_BY_COMPANY)[0]


def test_who_cannot_be_reached_at_all_is_to_be_called(any_app: Flask, start: datetime) -> None:
    notice = _cancelled_by_company(start)
    assert advance_notices() == 0
    db.session.rollback()
    assert db.session.get_one(Notice, notice.id, populate_existing=True).gave_up_at
    assert _names(Event.CANDIDATE_NOT_REACHED) == ["李敏"]
    advance_notices()
    assert len(builders.notices(Event.CANDIDATE_NOT_REACHED)) == 1


def test_at_45_minutes_an_alarm_and_at_60_late_each_once(any_app: Flask, start: datetime) -> None:
    notice = _cancelled_by_company(start, "o-candidate-1")
    assert _at(start, 44) == 0
    for minute in (45, 46, 40):
        _at(start, minute)
    assert _names(Event.CANDIDATE_NOT_REACHED) == ["李敏"]
    for minute in (60, 70):
        _at(start, minute)
    db.session.rollback()
    assert db.session.get_one(Notice, notice.id, populate_existing=True).late_at == notice.deadline_at


def test_a_refused_message_is_settled_in_the_same_run(
    any_app: Flask, wechat: Sandbox, start: datetime
) -> None:
    notice = _cancelled_by_company(start, wechat.person("xu-ran")["mp_openid"])
    dispatch_due()
    db.session.rollback()
    delivery = db.session.scalars(select(Delivery).where(Delivery.notice_id == notice.id)).one()
    assert delivery.status is DeliveryStatus.REFUSED
    assert _names(Event.CANDIDATE_NOT_REACHED) == ["李敏"]
