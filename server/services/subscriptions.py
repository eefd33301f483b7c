"""The ledger of one-time consents: recorded from the page and from WeChat's events, spent by sends."""

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, or_, select, update

from server.db import db, transaction
from server.domain import clock
from server.domain.delivery import DeliveryStatus
from server.domain.events import Audience, ChannelName, Event
from server.domain.interview import InterviewStatus
from server.models import Candidate, Delivery, Interview, Notice, SubscriptionGrant
from server.runtime import runtime
from server.services.notices import add_delivery

# The page's report and WeChat's event about the same tap arrive within this time of each other.
_SAME_TAP = timedelta(minutes=2)
_ACCEPT = "accept"
# Interviews that are still to take place: nobody is invited to any other.
_EXPECTED = (InterviewStatus.INVITED, InterviewStatus.CONFIRMED)


def report_consents(candidate_id: int, results: dict[str, str]) -> None:
    """The mini-program reports what the candidate chose: template id → accept, reject, ban or filter."""
    known = set(runtime().settings.wechat.miniprogram.templates.values())
    with transaction():
        candidate = db.session.get_one(Candidate, candidate_id)
        for template_id, choice in results.items():
            if template_id in known:
                record_consent(candidate, template_id, choice, "page")


def record_consent(candidate: Candidate, template_id: str, choice: str, source: str) -> None:
    """Write one choice down, once, whichever of page and event comes first; call inside a transaction.

    A consent opens the way for what could not be sent before for want of an address or of a consent.
    """
    now = clock.utc_now()
    other = db.session.scalar(
        select(SubscriptionGrant.id).where(
            SubscriptionGrant.candidate_id == candidate.id,
            SubscriptionGrant.template_id == template_id,
            SubscriptionGrant.choice == choice,
            SubscriptionGrant.source != source,
            SubscriptionGrant.created_at > now - _SAME_TAP,
        )
    )
    if other is not None:
        return
    db.session.add(
        SubscriptionGrant(
            candidate_id=candidate.id, template_id=template_id, choice=choice[:20], source=source
        )
    )
    if choice.startswith(_ACCEPT):
        db.session.flush()
        _send_what_was_refused(candidate, template_id)


def _send_what_was_refused(candidate: Candidate, template_id: str) -> None:
    refused = db.session.scalars(
        select(Delivery)
        .join(Delivery.notice)
        .join(Notice.interview)
        .where(
            Notice.candidate_id == candidate.id,
            Notice.audience == Audience.CANDIDATE,
            # The invitation's card is the way back to the interview, whatever else has told of it.
            or_(
                and_(Notice.event == Event.INVITATION, Interview.status.in_(_EXPECTED)),
                and_(Notice.event != Event.INVITATION, Notice.told_at.is_(None)),
            ),
            Delivery.channel == ChannelName.WECHAT_SUBSCRIBE,
            Delivery.template_id == template_id,
        )
        .order_by(Delivery.notice_id, Delivery.round)
    )
    newest = {delivery.notice_id: delivery for delivery in refused}
    for delivery in newest.values():
        if delivery.status is DeliveryStatus.REFUSED:
            add_delivery(delivery.notice, delivery.channel, round_=delivery.round + 1)
            return  # one consent is worth one message


def spend_grant(delivery: Delivery) -> None:
    """WeChat accepted a message, so the oldest consent for its template is used up."""
    if delivery.channel is not ChannelName.WECHAT_SUBSCRIBE:
        return
    grant = db.session.scalar(
        select(SubscriptionGrant).where(*_open_grants(delivery)).order_by(SubscriptionGrant.id).limit(1)
    )
    if grant is not None:
        grant.spent_at = clock.utc_now()


def void_grants(delivery: Delivery) -> None:
    """WeChat says that there is no consent left (43101), whatever our ledger says."""
    db.session.execute(
        update(SubscriptionGrant)
        .where(*_open_grants(delivery))
        .values(spent_at=clock.utc_now())
        .execution_options(synchronize_session=False)
    )


def _open_grants(delivery: Delivery) -> tuple[ColumnElement[bool], ...]:
    return (
        SubscriptionGrant.candidate_id == delivery.notice.candidate_id,
        SubscriptionGrant.template_id == delivery.template_id,
        SubscriptionGrant.choice.startswith(_ACCEPT),
        SubscriptionGrant.spent_at.is_(None),
    )
