"""The reads behind 消息 and the calls of the board, on every database."""

from datetime import timedelta

from flask import Flask

from server.db import db, transaction
from server.domain import clock
from server.domain.delivery import DeliveryAction, DeliveryStatus
from server.domain.events import ChannelName, Event
from server.queries.calls import list_calls
from server.queries.messages import (
    MessageFilter,
    Told,
    get_notice_for_staff,
    list_messages_of,
    messages_version,
    notice_version,
    search_messages,
)
from server.services.cancellations import cancel_interview
from server.services.deliveries import advance
from tests import builders


def test_the_lists_read_alike_on_every_database(any_app: Flask) -> None:
    recruiter = builders.staff()
    interview = builders.interview(of=builders.position(recruiter), openid="mp-chen")
    builders.invited(interview)
    before = messages_version()
    cancel_interview(interview.id, recruiter, builders.as_staff(recruiter), "position_filled", None)
    assert messages_version() != before
    [notice] = builders.notices(Event.CANCELLED_BY_COMPANY)
    everything = MessageFilter(
        "思远", Event.CANCELLED_BY_COMPANY, ChannelName.WECHAT_SUBSCRIBE, DeliveryStatus.QUEUED, Told.LATE
    )
    assert search_messages(recruiter, everything).items == []
    assert list_calls(recruiter) == []
    with clock.clock_at(clock.utc_now() + timedelta(minutes=61)):
        assert [row.notice.id for row in search_messages(recruiter, everything).items] == [notice.id]
        assert [call.id for call in list_calls(recruiter)] == [notice.id]
        assert list_calls(builders.staff("周航")) == []
    first = search_messages(recruiter, MessageFilter(), size=1)
    assert [row.notice.id for row in first.items] == [notice.id]
    second = search_messages(recruiter, MessageFilter(), after=first.next, size=1)
    assert [row.notice.event for row in second.items] == [Event.INVITATION]
    assert second.next is None


def test_the_version_of_a_message_changes_with_what_comes_back(any_app: Flask) -> None:
    interview = builders.interview(openid="mp-chen")
    made = builders.invited(interview)
    recruiter = interview.position.recruiter
    notice = get_notice_for_staff(made.notice_id, recruiter)
    before = notice_version(notice)
    with transaction():
        advance(builders.last_delivery(notice.id), DeliveryAction.CLAIM)
    db.session.rollback()
    assert notice_version(get_notice_for_staff(notice.id, recruiter)) != before
    [message] = list_messages_of(notice.id)
    assert [event.kind for event in message.events] == ["claim"]
