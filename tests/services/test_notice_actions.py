"""What HR does about a notice by hand, on every database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from server.db import db, transaction
from server.domain import clock
from server.domain.delivery import DeliveryAction, DeliveryStatus
from server.domain.errors import Conflict, NotFound
from server.domain.events import ChannelName, Event
from server.domain.permissions import Role
from server.models import AuditEntry, Delivery, Interview, Notice, Staff
from server.runtime import install_runtime, runtime
from server.services.cancellations import cancel_interview, request_cancellation
from server.services.deliveries import advance
from server.services.notice_actions import mark_told_by_phone, resend_notice, use_next_channel
from server.services.notice_steps import advance_notices
from server.services.outbox import claim_due
from tests import builders

_A, _S = DeliveryAction, DeliveryStatus
ACTS = (resend_notice, use_next_channel, mark_told_by_phone)


@pytest.fixture
def only_wechat(any_app: Flask) -> None:
    """An installation without SMS and e-mail."""
    _offer(any_app, ChannelName.WECHAT_SUBSCRIBE, ChannelName.WECHAT_TEMPLATE)


@pytest.fixture
def any_app(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Nothing is sent here, so it does not matter what stands behind a channel's name."""
    monkeypatch.setattr(any_app, "extensions", dict(any_app.extensions))
    _offer(any_app, *ChannelName)
    return any_app


def _offer(app: Flask, *names: ChannelName) -> None:
    current = runtime()
    anything = next(iter(current.channels.values()))
    channels = {name: current.channels.get(name, anything) for name in names}
    install_runtime(app.extensions, replace(current, channels=channels))


def _cancelled(email: str | None = "chen@example.com", openid: str | None = "mp-chen") -> Notice:
    interview = builders.interview(of=builders.position(builders.staff()), openid=openid)
    with transaction():
        db.session.get_one(Interview, interview.id).candidate.email = email
    recruiter = interview.position.recruiter
    cancel_interview(interview.id, recruiter, builders.as_staff(recruiter), "position_filled", None)
    return builders.notices(Event.CANCELLED_BY_COMPANY)[0]


def _recruiter(notice: Notice) -> Staff:
    return notice.interview.position.recruiter


def _act(act: Callable[..., object], notice: Notice, who: Staff | None = None) -> object:
    staff = who or _recruiter(notice)
    return act(notice.id, staff, builders.as_staff(staff))


def _answered(notice: Notice, *actions: DeliveryAction) -> None:
    with transaction():
        for action in actions:
            advance(builders.last_delivery(notice.id), action)


def _now(notice: Notice) -> Notice:
    db.session.rollback()
    return db.session.get_one(Notice, notice.id, populate_existing=True)


def _sent(notice: Notice) -> list[tuple[str, int, str]]:
    db.session.rollback()
    rows = db.session.scalars(select(Delivery).where(Delivery.notice_id == notice.id).order_by(Delivery.id))
    return [(row.channel.value, row.round, row.status.value) for row in rows]


def _audit() -> list[str]:
    db.session.rollback()
    actions = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id))
    return [action for action in actions if action.startswith("notice.")]


@pytest.mark.parametrize(
    "answers", [(_A.REFUSE,), (_A.FAIL,), (_A.LOSE,), (_A.ACCEPT,)], ids=lambda each: each[0].value
)
def test_what_did_not_arrive_is_sent_again_over_the_same_channel(
    any_app: Flask, answers: tuple[DeliveryAction, ...]
) -> None:
    notice = _cancelled()
    _answered(notice, _A.CLAIM, *answers)
    _act(resend_notice, notice)
    before = _sent(notice)[0]
    assert _sent(notice) == [before, ("wechat_subscribe", 2, "queued")]
    assert _audit() == ["notice.resent"]


def test_the_second_click_finds_the_first_ones_message_under_way(any_app: Flask) -> None:
    notice = _cancelled()
    _answered(notice, _A.CLAIM, _A.REFUSE)
    _act(resend_notice, notice)
    for act in (resend_notice, use_next_channel):
        with pytest.raises(Conflict, match="正在发送"):
            _act(act, notice)
    assert len(_sent(notice)) == 2
    assert _audit() == ["notice.resent"]


def test_nothing_is_sent_to_who_has_been_told(any_app: Flask) -> None:
    notice = _cancelled()
    _answered(notice, _A.CLAIM, _A.ACCEPT, _A.DELIVER)
    for act in (resend_notice, use_next_channel):
        with pytest.raises(Conflict, match="已经通知到候选人"):
            _act(act, notice)
    assert len(_sent(notice)) == 1


def test_who_counts_as_told_by_an_acceptance_alone_may_be_written_to_again(any_app: Flask) -> None:
    notice = _cancelled()
    _answered(notice, _A.CLAIM, _A.ACCEPT)
    with transaction():
        db.session.get_one(Notice, notice.id).told_at = clock.utc_now()
    _act(resend_notice, notice)
    assert len(_sent(notice)) == 2


def test_the_next_channel_is_the_first_untried_one_with_an_address(any_app: Flask) -> None:
    notice = _cancelled()
    _answered(notice, _A.CLAIM, _A.ACCEPT)
    _act(use_next_channel, notice)
    assert _sent(notice)[-1] == ("sms", 1, "queued")
    _answered(notice, _A.CLAIM, _A.FAIL)
    _act(use_next_channel, notice)
    assert _sent(notice)[-1] == ("email", 1, "queued")
    _answered(notice, _A.CLAIM, _A.FAIL)
    with pytest.raises(Conflict, match="所有渠道都已经试过"):
        _act(use_next_channel, notice)
    assert _audit() == ["notice.next_channel"] * 2


def test_a_channel_without_an_address_is_none_and_the_words_say_so(any_app: Flask) -> None:
    notice = _cancelled(email=None)
    _answered(notice, _A.CLAIM, _A.REFUSE)
    _act(use_next_channel, notice)
    _answered(notice, _A.CLAIM, _A.FAIL)
    with pytest.raises(Conflict, match="没有填写邮箱"):
        _act(use_next_channel, notice)


def test_who_never_opened_an_invitation_cannot_be_sent_wechat_again(any_app: Flask) -> None:
    notice = _cancelled(openid=None)
    with pytest.raises(Conflict, match="还没有绑定微信"):
        _act(resend_notice, notice)


def test_sending_by_hand_takes_up_a_search_that_was_given_up(any_app: Flask, only_wechat: None) -> None:
    notice = _cancelled()
    _answered(notice, _A.CLAIM, _A.REFUSE)
    advance_notices()
    assert _now(notice).gave_up_at
    _act(resend_notice, notice)
    assert _now(notice).gave_up_at is None
    _answered(notice, _A.CLAIM, _A.REFUSE)
    advance_notices()
    assert _now(notice).gave_up_at
    assert len(builders.notices(Event.CANDIDATE_NOT_REACHED)) == 1


def test_a_call_tells_the_candidate_and_stops_what_waits(any_app: Flask) -> None:
    notice = _cancelled()
    _answered(notice, _A.CLAIM, _A.REFUSE)
    _act(use_next_channel, notice)
    _act(mark_told_by_phone, notice)
    told = _now(notice)
    assert told.told_at
    assert told.told_by_id == _recruiter(notice).id
    assert told.next_step_at is None
    last = builders.last_delivery(notice.id)
    assert last.status is _S.FAILED
    assert last.error_words == "已电话告知，不再发送"
    assert last.next_attempt_at is None
    assert claim_due(10) == []
    assert advance_notices() == 0
    assert _audit() == ["notice.next_channel", "notice.told_by_phone"]


def test_a_call_does_not_touch_what_is_being_sent(any_app: Flask) -> None:
    notice = _cancelled()
    [claimed] = claim_due(10)
    _act(mark_told_by_phone, notice)
    assert _sent(notice) == [("wechat_subscribe", 1, "sending")]
    assert builders.last_delivery(notice.id).claim == claimed.claim
    _answered(notice, _A.REFUSE)
    assert _now(notice).next_step_at is None
    assert advance_notices() == 0


def test_a_second_call_changes_nothing(any_app: Flask) -> None:
    notice = _cancelled()
    assert _act(mark_told_by_phone, notice)[1]  # type: ignore[index]
    first = _now(notice).told_at
    with clock.clock_at(clock.utc_now() + timedelta(minutes=5)):
        assert not _act(mark_told_by_phone, notice, builders.staff("孟岩", Role.ADMIN))[1]  # type: ignore[index]
    assert _now(notice).told_at == first
    assert _now(notice).told_by_id == _recruiter(notice).id
    assert _audit() == ["notice.told_by_phone"]
    with pytest.raises(Conflict, match="已经打电话告知"):
        _act(resend_notice, notice)


def test_a_call_about_what_arrived_is_not_written_down_as_the_way_it_was_told(any_app: Flask) -> None:
    notice = _cancelled()
    _answered(notice, _A.CLAIM, _A.ACCEPT, _A.DELIVER)
    assert not _act(mark_told_by_phone, notice)[1]  # type: ignore[index]
    assert _now(notice).told_by_id is None


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
@pytest.mark.parametrize(
    ("name", "role"), [("周航", Role.RECRUITER), ("钱进", Role.HIRING_MANAGER), ("孟岩", Role.AUDITOR)]
)
def test_who_may_not_confirm_cancellations_finds_no_notice(
    any_app: Flask, act: Callable[..., object], name: str, role: Role
) -> None:
    notice = _cancelled()
    _answered(notice, _A.CLAIM, _A.REFUSE)
    with pytest.raises(NotFound):
        _act(act, notice, builders.staff(name, role))
    assert len(_sent(notice)) == 1
    assert _now(notice).told_at is None


def test_a_manager_acts_within_the_department(any_app: Flask) -> None:
    notice = _cancelled()
    _answered(notice, _A.CLAIM, _A.REFUSE)
    with pytest.raises(NotFound):
        _act(resend_notice, notice, builders.staff("别人", Role.MANAGER, department="市场部"))
    _act(resend_notice, notice, builders.staff("吴桐", Role.MANAGER))
    assert len(_sent(notice)) == 2


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_alerts_to_staff_are_not_for_these_acts(any_app: Flask, act: Callable[..., object]) -> None:
    interview = builders.interview(of=builders.position(builders.staff()), openid="mp-chen")
    request_cancellation(interview.id, builders.as_candidate(interview), "personal", None, "key-00000001")
    [alert] = builders.notices(Event.CANDIDATE_CANCELLED)
    with pytest.raises(NotFound):
        _act(act, alert)
